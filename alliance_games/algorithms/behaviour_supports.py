"""All Nash equilibria of a tree with any number of players, through supports of plans.

For each profile of supports the equilibria are the solutions of polynomial conditions in the
realization probabilities of sequences: used sequences have positive probability and are worth the
same where they start, and no other continuation is worth more (the sequence form's conditions, von
Stengel 1996, for n players). ``exact.systems`` solves each system exactly.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product

from alliance_games.algorithms.best_response import Tick, no_limit
from alliance_games.algorithms.plan_supports import Pruning, Support, continuations
from alliance_games.exact.polynomials import Polynomial, Ring, evaluate, ring
from alliance_games.exact.systems import Cell, Point, System, feasible, solve
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.sequence_form import Plan, SequenceForm, Sequences, sequence_form
from alliance_games.results.solutions import Behaviour
from alliance_games.results.tree_solutions import Continuum

METHOD = "supports of realization plans, each system of conditions solved exactly"
COMPLETE = (
    "every profile of supports that no dominance rules out was gone through, and the conditions "
    "of each were solved exactly"
)
MOST_WAYS = 2000
"""Pure continuations of one deviation beyond which the conditions are not written down."""


def all_equilibria(
    game: ExtensiveGame,
    tick: Tick = no_limit,
    *,
    form: SequenceForm | None = None,
    found: list[Behaviour] | None = None,
) -> Iterator[Behaviour | Continuum]:
    """Every Nash equilibrium of a tree with perfect recall: isolated ones and continua.

    Any number of players. ``tick`` may raise to stop the work; ``found``, if given, then holds
    equilibria met so far, perhaps of continua. Raises ValueError without perfect recall,
    LimitReached for too many supports, and exact.systems.Undecided.
    """
    from alliance_games.algorithms.behaviour_continua import assembled
    from alliance_games.algorithms.sequence_solutions import behaviour

    form = form or sequence_form(game)
    parts: list[Part] = []
    players = form.active
    if not players:
        yield behaviour(form, [(Fraction(1),)] * len(form.of))
        return
    for profile in Pruning(form, players, tick).profiles():
        tick()
        conditions = Conditions(form, dict(zip(players, profile, strict=True)))
        if feasible(conditions.system(strict=True), tick) is None:
            continue
        for cell in conditions.inner(solve(conditions.system(strict=False), tick)):
            parts.append(Part(conditions, cell))
            if found is not None:
                found.append(behaviour(form, conditions.plans(cell.sample)))
    yield from assembled(form, parts, tick)


@dataclass(frozen=True, slots=True)
class Part:
    """A cell of equilibria in the free probabilities of one profile of supports."""

    conditions: Conditions
    cell: Cell


@dataclass(slots=True)
class Conditions:
    """What an equilibrium of given supports satisfies, as polynomials.

    The unknowns are the realization probabilities of all used actions at a set but the last, for
    sets with several: ``unknowns[i]`` is the (player, sequence) of the i-th. ``probability`` gives
    those of all sequences that are used.
    """

    form: SequenceForm
    supports: dict[int, Support]
    unknowns: list[tuple[int, int]] = field(default_factory=list)
    ring: Ring = field(init=False)
    probability: dict[tuple[int, int], Polynomial] = field(default_factory=dict)
    worth: dict[int, dict[int, Polynomial]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for player, support in self.supports.items():
            own = self.form.of[player]
            for k, used in enumerate(support.used):
                self.unknowns.extend((player, own.first[k] + a) for a in used[:-1])
        self.ring = ring([f"{player}:{sequence}" for player, sequence in self.unknowns])
        place = {unknown: i for i, unknown in enumerate(self.unknowns)}
        for player in range(len(self.form.of)):
            self.probability[player, 0] = self.ring.one
        for player, support in self.supports.items():
            own = self.form.of[player]
            for k, used in enumerate(support.used):
                rest = self.probability.get((player, own.before[k]))
                if rest is None:
                    continue
                for action in used[:-1]:
                    unknown = player, own.first[k] + action
                    self.probability[unknown] = self.ring.variables[place[unknown]]
                    rest = rest - self.probability[unknown]
                self.probability[player, own.first[k] + used[-1]] = rest

    def system(self, *, strict: bool) -> System:
        """The conditions. With ``strict`` every used sequence is likely, else it may also fail."""
        equal: list[Polynomial] = []
        at_least: list[Polynomial] = []
        for player in self.supports:
            self._best_replies(player, equal, at_least)
        used = [p for (_, sequence), p in self.probability.items() if sequence]
        if strict:
            return System(self.ring, tuple(equal), tuple(at_least), tuple(used))
        return System(self.ring, tuple(equal), (*used, *at_least))

    def _best_replies(
        self, player: int, equal: list[Polynomial], at_least: list[Polynomial]
    ) -> None:
        """Used actions of a set are worth the same, and every other continuation no more."""
        own, support = self.form.of[player], self.supports[player]
        worth = self._worths(player)
        zero = self.ring.zero
        after: dict[int, list[int]] = {}
        for k, before in enumerate(own.before):
            after.setdefault(before, []).append(k)
        value: dict[int, Polynomial] = {}
        for k in reversed(range(len(own.sets))):
            used = support.used[k]
            if not used:
                continue
            totals = []
            for action in used:
                sequence = own.first[k] + action
                total = worth.get(sequence, zero)
                for later in after.get(sequence, ()):
                    total = total + value[later]
                totals.append(total)
            value[k] = totals[0]
            equal.extend(total - totals[0] for total in totals[1:])
            for action in range(len(own.own(k))):
                if action in used:
                    continue
                for way in self._ways(own.first[k] + action, own, after):
                    total = zero
                    for sequence in way:
                        total = total + worth.get(sequence, zero)
                    at_least.append(value[k] - total)

    def _ways(
        self, sequence: int, own: Sequences, after: dict[int, list[int]]
    ) -> Iterator[tuple[int, ...]]:
        """The pure ways to make a sequence and go on from there."""
        parts = [continuations(own, after, k, MOST_WAYS) for k in after.get(sequence, ())]
        for combination in product(*parts):
            yield (sequence, *(s for part in combination for s in part))

    def _worths(self, player: int) -> dict[int, Polynomial]:
        """What each sequence of the player brings at the endings it leads to: a polynomial in what
        the others do, times one positive number for all.
        """
        form = self.form
        table, terminal = form.tree.numerators[player], form.tree.terminal
        sums: dict[int, dict[tuple[int, ...], int]] = {}
        others = [other for other in self.supports if other != player]
        for k, node in enumerate(form.endings):
            payoff = form.weight[k] * table[terminal[node]]
            key = tuple(form.at[other][k] for other in others)
            if payoff and all(
                s in self.supports[other].sequences for s, other in zip(key, others, strict=True)
            ):
                group = sums.setdefault(form.at[player][k], {})
                group[key] = group.get(key, 0) + payoff
        worth = {}
        for sequence, group in sums.items():
            total = self.ring.zero
            for key, payoff in group.items():
                term = self.ring.constant(payoff)
                for s, other in zip(key, others, strict=True):
                    if s:
                        term = term * self.probability[other, s]
                total = total + term
            worth[sequence] = total
        return worth

    def inner(self, cells: Sequence[Cell]) -> tuple[Cell, ...]:
        """The cells in which every used sequence is likely; other supports give the others."""
        used = [p for (_, sequence), p in self.probability.items() if sequence]
        return tuple(cell for cell in cells if all(evaluate(p, cell.sample) != 0 for p in used))

    def plans(self, point: Point) -> tuple[Plan, ...]:
        """One realization plan per player from the values of the unknowns."""
        plans = []
        for player, own in enumerate(self.form.of):
            plan = [Fraction(0)] * len(own)
            for sequence in range(len(own)):
                p = self.probability.get((player, sequence))
                if p is not None:
                    plan[sequence] = evaluate(p, point)
            plans.append(tuple(plan))
        return tuple(plans)

    def values(self, plans: Sequence[Plan]) -> Point | None:
        """The values of the unknowns in given plans; None where these use other sequences."""
        for player, support in self.supports.items():
            if any(p and s not in support.sequences for s, p in enumerate(plans[player])):
                return None
        return tuple(plans[player][sequence] for player, sequence in self.unknowns)
