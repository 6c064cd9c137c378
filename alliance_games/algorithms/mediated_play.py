"""What a mediator may draw so that everybody obeys, as linear programs over distributions.

One column for each pure profile; in an anonymous game, where a mediator may treat the players of a
role alike, one for each way in which the roles spread over the strategies. One row for each
recommendation and what its player could do instead (Aumann 1974), or for each strategy to which a
player could commit without hearing the recommendation (Moulin and Vial 1978).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import gcd, lcm, prod

from alliance_games.exact.programs import Outcome, Program, Row, maximize
from alliance_games.exact.tableau import Tick
from alliance_games.exact.vertices import vertices_of_distributions
from alliance_games.model.anonymous import (
    AnonymousGame,
    count_positions,
    count_vectors,
    number_of_count_vectors,
)
from alliance_games.model.normal import NormalGame
from alliance_games.results.mediated_solutions import ANYTHING, Bound, Multiplier

Temptation = tuple[int, int, int]
"""A seat, what it is told (or ``ANYTHING``) and what it would do instead."""


@dataclass(frozen=True, slots=True)
class Scheme:
    """What can be drawn, and what obeying and disobeying bring.

    ``payoffs[seat][k]`` over ``over[seat]`` is what a player of the seat gets if play ``k`` is
    drawn and all obey; ``gains[temptation][k]``, over the same, what she gains by disobeying (left
    out where nothing). ``sizes[seat]`` is how many players sit there.
    """

    plays: tuple[tuple[int, ...], ...]
    payoffs: tuple[tuple[int, ...], ...]
    over: tuple[int, ...]
    sizes: tuple[int, ...]
    gains: Mapping[Temptation, Mapping[int, int]]


def size_of(game: NormalGame | AnonymousGame, coarse: bool) -> tuple[int, int]:
    """How many columns and rows the scheme has, before it is made."""
    if isinstance(game, NormalGame):
        rows = sum(n if coarse else n * (n - 1) for n in game.shape)
        return game.size, rows
    n = len(game.strategies)
    columns = prod(number_of_count_vectors(len(members), n) for members in game.members)
    return columns, len(game.members) * (n if coarse else n * (n - 1))


def scheme(game: NormalGame | AnonymousGame, coarse: bool, tick: Tick) -> Scheme:
    """The scheme of a game; ``coarse`` where players accept before they are told anything."""
    if isinstance(game, NormalGame):
        return _of_profiles(game, coarse, tick)
    return _of_counts(game, coarse, tick)


def _of_profiles(game: NormalGame, coarse: bool, tick: Tick) -> Scheme:
    gains: dict[Temptation, dict[int, int]] = {}
    for player, size in enumerate(game.shape):
        tick()
        table, stride = game.numerators[player], game.strides[player]
        for position in range(game.size):
            own = position // stride % size
            for instead in range(size):
                gain = table[position + (instead - own) * stride] - table[position]
                if instead != own:
                    row = gains.setdefault((player, ANYTHING if coarse else own, instead), {})
                    if gain:
                        row[position] = gain
    return Scheme(
        tuple(game.profiles()),
        tuple(tuple(table) for table in game.numerators),
        game.denominators,
        (1,) * len(game.players),
        gains,
    )


def _of_counts(game: AnonymousGame, coarse: bool, tick: Tick) -> Scheme:
    strategies = len(game.strategies)
    sizes = tuple(map(len, game.members))
    places = count_positions(len(game.players) - 1, strategies)
    plays = []
    payoffs: list[list[int]] = [[] for _ in sizes]
    gains: dict[Temptation, dict[int, int]] = {}
    for number, spread in enumerate(product(*(count_vectors(n, strategies) for n in sizes))):
        tick()
        plays.append(tuple(count for role in spread for count in role))
        total = [sum(column) for column in zip(*spread, strict=True)]
        for role, counts in enumerate(spread):
            obeyed = 0
            for own, those in enumerate(counts):
                if not those:
                    continue
                others = places[tuple(n - (k == own) for k, n in enumerate(total))]
                tables = game.numerators[role]
                obeyed += those * tables[own][others]
                for instead in range(strategies):
                    gain = those * (tables[instead][others] - tables[own][others])
                    key = (role, ANYTHING if coarse else own, instead)
                    if instead != own and gain:
                        row = gains.setdefault(key, {})
                        row[number] = row.get(number, 0) + gain
            payoffs[role].append(obeyed)
    over = tuple(own * n for own, n in zip(game.denominators, sizes, strict=True))
    return Scheme(tuple(plays), tuple(map(tuple, payoffs)), over, sizes, gains)


Found = tuple[tuple[Fraction, ...], tuple[Bound, ...]]
"""Probabilities of all plays, and the proof that none do better."""


class MediatedPlay:
    """The programs over one scheme."""

    def __init__(self, one: Scheme, tick: Tick) -> None:
        self.scheme, self.tick = one, tick
        self.temptations = sorted(one.gains)
        self.rows: list[Row] = [(self._dense(one.gains[key]), 0) for key in self.temptations]
        self.certain: Row = ([1] * len(one.plays), 1)

    def _dense(self, row: Mapping[int, int]) -> list[int]:
        full = [0] * len(self.scheme.plays)
        for place, value in row.items():
            full[place] = value
        return full

    def _weighted(self, weights: Sequence[int]) -> tuple[list[int], int]:
        """A weighted sum of payoffs by play, as integers and what they stand over."""
        over = lcm(*self.scheme.over)
        factors = [w * (over // own) for w, own in zip(weights, self.scheme.over, strict=True)]
        sums = [0] * len(self.scheme.plays)
        for factor, payoffs in zip(factors, self.scheme.payoffs, strict=True):
            if factor:
                sums = [total + factor * one for total, one in zip(sums, payoffs, strict=True)]
        return sums, over

    def best(self, weights: Sequence[int]) -> Found:
        """The play with the largest sum of the seats' payoffs times ``weights``."""
        objective, over = self._weighted(weights)
        outcome = self._solved(Program(objective, self.rows, [self.certain]))
        dual = [price / over for price in outcome.dual]
        value = dual[-1]
        bound = Bound(tuple(map(Fraction, weights)), value, self._multipliers(dual))
        return outcome.primal, (bound,)

    def worst(self, seat: int) -> Found:
        """The play with the smallest payoff of a seat."""
        return self.best([-(other == seat) for other in range(len(self.scheme.sizes))])

    def fairest(self) -> Found:
        """The play with the largest least payoff, and among those with the largest sum."""
        seats = range(len(self.scheme.sizes))
        rows: list[Row] = [([*row, 0], bound) for row, bound in self.rows]
        for seat in seats:
            rows.append(([*(-p for p in self.scheme.payoffs[seat]), self.scheme.over[seat]], 0))
        width = len(self.scheme.plays)
        program = Program([0] * width + [1], rows, [([1] * width + [0], 1)], frozenset([width]))
        first = self._solved(program)
        floor = first.primal[-1]
        at = len(self.rows)
        weights = [first.dual[at + seat] * self.scheme.over[seat] for seat in seats]
        bounds = [Bound(tuple(weights), first.dual[-1], self._multipliers(first.dual))]
        objective, over = self._weighted(self.scheme.sizes)
        floors: list[Row] = []
        for seat in seats:
            least = floor * self.scheme.over[seat]
            row = [-least.denominator * payoff for payoff in self.scheme.payoffs[seat]]
            floors.append((row, -least.numerator))
        second = self._solved(Program(objective, [*self.rows, *floors], [self.certain]))
        dual = [price / over for price in second.dual]
        weights = []
        for seat in seats:
            scale = floor * self.scheme.over[seat]
            extra = dual[at + seat] * scale.denominator * self.scheme.over[seat]
            weights.append(self.scheme.sizes[seat] + extra)
        bounds.append(Bound(tuple(weights), dual[-1], self._multipliers(dual)))
        return second.primal, tuple(bounds)

    def corners(self, most: int) -> list[tuple[Fraction, ...]] | None:
        """The extreme points of the polytope of all plays that are obeyed; None past ``most``."""
        halfspaces = []
        for key in self.temptations:
            row = self._dense(self.scheme.gains[key])
            divisor = gcd(*row) or 1
            halfspaces.append([-value // divisor for value in row])
        return vertices_of_distributions(len(self.scheme.plays), halfspaces, most)

    def _solved(self, program: Program) -> Outcome:
        outcome = maximize(program, self.tick)
        if outcome.status != "optimal":
            raise ArithmeticError("a program over a polytope that holds an equilibrium has no end")
        return outcome

    def _multipliers(self, dual: Sequence[Fraction]) -> tuple[Multiplier, ...]:
        """The dual numbers of the rows of gains, in the units of payoffs."""
        return tuple(
            Multiplier(*key, price * self.scheme.over[key[0]])
            for key, price in zip(self.temptations, dual, strict=False)
            if price
        )
