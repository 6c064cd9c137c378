"""Games that are the same game for a concept, and what its answers become in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from fractions import Fraction
from random import Random

from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Mixed, Payoffs, Profile, PureProfile
from alliance_games.results.commitment_solutions import Commitment
from alliance_games.results.level_solutions import Levels
from alliance_games.results.mediated_solutions import Distribution
from alliance_games.results.records import Record
from alliance_games.results.result import Result
from alliance_games.results.solutions import (
    Component,
    Dominant,
    Dominated,
    Members,
    Numbers,
    Point,
    Selection,
    Solution,
    Tally,
)
from alliance_games.results.tree_solutions import Continuum, Discarded
from tests.contract import others


@dataclass(frozen=True)
class Change:
    """A changed game. ``player[i]`` and ``strategy[i][s]`` say what the old ones are called now;
    ``scale[i]`` and ``shift[i]`` what became of the old player's payoffs."""

    game: NormalGame
    player: tuple[int, ...]
    strategy: tuple[tuple[int, ...], ...]
    scale: tuple[Fraction, ...]
    shift: tuple[Fraction, ...]

    def mixed(self, player: int, mixed: Mixed) -> Mixed:
        new = [Fraction(0)] * self.game.shape[self.player[player]]
        for own, probability in enumerate(mixed):
            new[self.strategy[player][own]] = probability
        return tuple(new)

    def per_player(self, entries: tuple) -> tuple:
        new = [None] * len(entries)
        for player, entry in enumerate(entries):
            new[self.player[player]] = entry
        return tuple(new)

    def profile(self, profile: Profile) -> Profile:
        return self.per_player(tuple(self.mixed(i, mixed) for i, mixed in enumerate(profile)))

    def pure(self, profile: PureProfile | None) -> PureProfile | None:
        if profile is None:
            return None
        return self.per_player(tuple(self.strategy[i][own] for i, own in enumerate(profile)))

    def payoffs(self, payoffs: Payoffs) -> Payoffs:
        return self.per_player(
            tuple(
                p * scale + shift
                for p, scale, shift in zip(payoffs, self.scale, self.shift, strict=True)
            )
        )


def unchanged(game: NormalGame) -> Change:
    return Change(
        game,
        tuple(range(len(game.players))),
        tuple(tuple(range(size)) for size in game.shape),
        (Fraction(1),) * len(game.players),
        (Fraction(0),) * len(game.players),
    )


def relabelled(game: NormalGame, random: Random) -> Change:
    """Players and strategies in another order."""
    player = random.sample(range(len(game.players)), len(game.players))
    strategy = [random.sample(range(size), size) for size in game.shape]

    def back(profile: PureProfile) -> PureProfile:
        return tuple(strategy[i].index(profile[player[i]]) for i in range(len(player)))

    def payoff(profile: PureProfile) -> list[Fraction]:
        old = game.payoffs(back(profile))
        return [old[player.index(new)] for new in range(len(player))]

    names = [[""] * size for size in game.shape]
    for i, order in enumerate(strategy):
        for own, place in enumerate(order):
            names[i][place] = game.strategies[i][own]
    changed = NormalGame.from_payoffs(
        [game.players[player.index(new)] for new in range(len(player))],
        [names[player.index(new)] for new in range(len(player))],
        payoff,
    )
    same = unchanged(game)
    return Change(changed, tuple(player), tuple(map(tuple, strategy)), same.scale, same.shift)


def rescaled(game: NormalGame, random: Random) -> Change:
    """Each player's payoffs times a positive number of her own, plus another."""
    scale = tuple(Fraction(random.randint(1, 9), random.randint(1, 9)) for _ in game.players)
    shift = tuple(Fraction(random.randint(-9, 9), random.randint(1, 9)) for _ in game.players)
    changed = NormalGame.from_payoffs(
        game.players,
        game.strategies,
        lambda profile: [
            p * a + b for p, a, b in zip(game.payoffs(profile), scale, shift, strict=True)
        ],
    )
    same = unchanged(game)
    return Change(changed, same.player, same.strategy, scale, shift)


def with_a_dominated_strategy(game: NormalGame, random: Random) -> Change:
    """One player gets one more strategy, always worse for her than one she has."""
    player = random.randrange(len(game.players))
    better = random.randrange(game.shape[player])
    last = game.shape[player]

    def payoff(profile: PureProfile) -> list[Fraction]:
        if profile[player] < last:
            return list(game.payoffs(profile))
        values = [Fraction(random.randint(-20, 20)) for _ in game.players]
        old = (*profile[:player], better, *profile[player + 1 :])
        values[player] = game.payoff(player, old) - random.randint(1, 3)
        return values

    names = [list(own) for own in game.strategies]
    names[player].append("worse")
    changed = NormalGame.from_payoffs(game.players, names, payoff)
    same = unchanged(game)
    return Change(changed, same.player, same.strategy, same.scale, same.shift)


CHANGES: dict[str, Callable[[NormalGame, Random], Change]] = {
    "relabelling": relabelled,
    "positive affine payoffs": rescaled,
    "adding a strictly dominated strategy": with_a_dominated_strategy,
}


def essence(result: Result, change: Change, added: bool = False) -> Counter[Hashable]:
    """What an answer says, in the terms of the changed game and in no order.

    Left out is what may rightly differ: proofs (one of several dominating mixtures or beliefs),
    words, the numbers of ``Numbers`` and ``Selection`` in the units of payoffs, and properties
    that speak of other profiles (efficiency) or of the strategies' order (symmetry). Where a
    strategy was added, so are eliminations: it goes too, and others may go later.
    """
    return Counter(
        others.essence(solution, change)
        if isinstance(solution, Record)
        else _essence(solution, change)
        for solution in result.solutions
        if not (added and isinstance(solution, Dominated))
    )


def _essence(solution: Solution, change: Change) -> Hashable:
    match solution:
        case Point():
            kept = ("pure", "strict", "quasi-strict", "index", "undominated")
            facts = tuple((k, solution.properties[k]) for k in kept if k in solution.properties)
            return (
                "point",
                change.profile(solution.profile),
                change.payoffs(solution.payoffs),
                facts,
            )
        case Component():
            corners = zip(solution.extreme_points, solution.payoffs, strict=True)
            subsets = frozenset(
                change.per_player(
                    tuple(
                        frozenset(change.mixed(player, mixed) for mixed in side)
                        for player, side in enumerate((subset.rows, subset.columns))
                    )
                )
                for subset in solution.subsets
            )
            return (
                "component",
                solution.dimension,
                frozenset((change.profile(x), change.payoffs(p)) for x, p in corners),
                subsets,
                solution.properties.get("index"),
            )
        case Continuum():
            points = {
                change.profile(point.profile): change.payoffs(point.payoffs)
                for point in solution.points
                if isinstance(point, Point)
            }
            exact = all(family.hull for family in solution.families)
            return (
                "continuum",
                solution.dimension,
                frozenset(points.items()) if exact else None,
                tuple(sorted(family.dimension for family in solution.families)),
            )
        case Members():
            sets = [
                tuple(sorted(change.strategy[player][own] for own in each))
                for player, each in enumerate(solution.members)
            ]
            return ("set", solution.of, change.per_player(tuple(sets)))
        case Dominated() | Dominant():
            player, own = solution.player, solution.strategy
            place = (change.player[player], change.strategy[player][own])
            return (solution.kind, place, solution.strength, getattr(solution, "round", None))
        case Numbers():
            sets = [
                frozenset(change.mixed(player, mixed) for mixed in each)
                for player, each in enumerate(solution.strategies)
            ]
            values = change.payoffs(solution.per_player) if solution.per_player else ()
            return ("numbers", solution.of, change.per_player(tuple(sets)), values)
        case Selection():
            compared = frozenset(change.pure(profile) for profile in solution.compared)
            return ("selection", change.pure(solution.profile), compared)
        case Distribution():
            who = None if solution.player is None else change.player[solution.player]
            if solution.of != "corner":
                # Several may be as good; that good they all are.
                return ("distribution", solution.of, who, _measured(solution))
            plays = frozenset((change.pure(play), p) for play, p in solution.plays)
            return ("distribution", "corner", plays, change.payoffs(solution.payoffs))
        case Levels():
            levels = tuple(change.profile(level) for level in solution.levels)
            return ("levels", levels, solution.cycle, solution.shares)
        case Discarded():
            return ("discarded", _essence(solution.solution, change))
        case Commitment():
            payoff = change.payoffs(solution.payoffs)[change.player[solution.leader]]
            who = change.player[solution.leader]
            attained = solution.towards is None
            if solution.strategies == "pure":
                chosen = change.mixed(solution.leader, solution.commitment)
                return ("commitment", who, chosen, solution.ties, payoff, attained)
            # Several mixed commitments may bring as much.
            return ("commitment", who, solution.ties, payoff, attained)
        case Tally():
            return ("tally", solution.what, solution.number)
    raise AssertionError(f"say here what becomes of a {solution.kind} when a game changes")


def _measured(one: Distribution) -> object:
    """What a distribution is the best of."""
    if one.player is not None:
        return one.payoffs[one.player]
    return (min(one.payoffs), sum(one.payoffs)) if one.of == "fairest" else sum(one.payoffs)
