"""Trembles against which a plan stays optimal, where two players move: exactly, yes or no.

Against a completely mixed realization plan r of the other player, the plan's optimality at every
information set is a system of linear inequalities in r. A sequence of such plans that tends to the
other's behaviour exists exactly when there are vectors v0, v1, ... with v0 the plan of that
behaviour, such that v0 + e v1 + e^2 v2 + ... satisfies every inequality for small e > 0 and its
ratios tend to the behaviour, off the path too. Level by level a linear program makes as many
inequalities strict, and as many sequences positive, as can be; what is strict is settled for good.
No choice at a level can spoil a later one, because the possible directions at each level are a
convex cone and the one taken lies in its relative interior.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from alliance_games.algorithms.perfect_trembles import Levels, Weights, weights_of
from alliance_games.exact.programs import Program, Row, maximize
from alliance_games.exact.tableau import Tick
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.profiles import Mixed
from alliance_games.model.sequence_form import NOBODY, SequenceForm, Sequences, sequence_form

Linear = dict[int, Fraction]
"""A linear form in realization probabilities: a coefficient by sequence."""


def trembles(
    form: SequenceForm, player: int, other: int, choices: Sequence[Mixed | None], tick: Tick
) -> Levels | None:
    """Trembles of ``other`` against which ``player``'s choices stay optimal at each set, with her
    own later choices untouched; None where there are provably none.

    ``other`` may be NOBODY. Nobody else may move.
    """
    own = form.sequences(other)
    conditions = _conditions(form, player, other, choices)
    level = _plan(own, choices)
    positive = {s for s in range(len(own)) if level[s] > 0}
    levels, open_ones = [level], []
    for condition in conditions:
        worth = _at(condition, level)
        if worth < 0:
            return None
        if worth == 0:
            open_ones.append(condition)
    while len(positive) < len(own):
        tick()
        level = _next(own, choices, open_ones, positive, tick)
        settled = [condition for condition in open_ones if _at(condition, level) > 0]
        new = {s for s in range(1, len(own)) if s not in positive and level[s] > 0}
        if not settled and not new:
            return None
        levels.append(level)
        positive |= new
        open_ones = [condition for condition in open_ones if _at(condition, level) == 0]
    return levels


def _conditions(
    form: SequenceForm, player: int, other: int, choices: Sequence[Mixed | None]
) -> list[Linear]:
    """What must not be negative: at each set, a used action's worth less another's."""
    own = form.of[player]
    worth: dict[tuple[int, int], Linear] = {}
    table, terminal = form.tree.numerators[player], form.tree.terminal
    nothing = (0,) * len(form.endings)
    theirs = nothing if other == NOBODY else form.at[other]
    for k, node in enumerate(form.endings):
        sequence, factor = form.at[player][k], Fraction(form.weight[k] * table[terminal[node]])
        while sequence and factor:
            place = own.place[sequence]
            index, action = own.sets[place], sequence - own.first[place]
            sums = worth.setdefault((index, action), {})
            sums[theirs[k]] = sums.get(theirs[k], Fraction(0)) + factor
            factor *= (choices[index] or ())[action]
            sequence = own.parent(sequence)
    conditions = []
    for index in own.sets:
        choice = choices[index] or ()
        for used in (a for a, p in enumerate(choice) if p):
            for action in range(len(choice)):
                if action != used:
                    better = worth.get((index, used), {})
                    conditions.append(_minus(better, worth.get((index, action), {})))
    return [condition for condition in conditions if condition]


def _minus(one: Linear, other: Linear) -> Linear:
    keys = one.keys() | other.keys()
    both = {k: one.get(k, Fraction(0)) - other.get(k, Fraction(0)) for k in sorted(keys)}
    return {k: number for k, number in both.items() if number}


def _at(condition: Linear, level: Sequence[Fraction]) -> Fraction:
    return sum((c * level[s] for s, c in condition.items()), Fraction(0))


def _plan(own: Sequences, choices: Sequence[Mixed | None]) -> list[Fraction]:
    plan = [Fraction(1)] * len(own)
    for k, index in enumerate(own.sets):
        for sequence, probability in zip(own.own(k), choices[index] or (), strict=True):
            plan[sequence] = plan[own.before[k]] * probability
    return plan


def _next(
    own: Sequences,
    choices: Sequence[Mixed | None],
    open_ones: Sequence[Linear],
    positive: set[int],
    tick: Tick,
) -> list[Fraction]:
    """A direction in the relative interior of those that are possible at the next level.

    Its flow is conserved; sequences that are not positive yet may not be negative; at a set whose
    own sequence becomes positive only now, the behaviour tells the ratios. Each open condition and
    each such sequence has a slack of at most one, and all slacks together are as large as can be.
    """
    size = len(own)
    waiting = [s for s in range(1, size) if s not in positive]
    slacks = len(open_ones) + len(waiting)
    width = size + slacks
    equal: list[Row] = [([int(s == 0) for s in range(width)], 0)]
    for k, index in enumerate(own.sets):
        before = own.before[k]
        if before in positive:
            row = [Fraction(0)] * width
            row[before] = Fraction(-1)
            for sequence in own.own(k):
                row[sequence] = Fraction(1)
            equal.append((row, 0))
            continue
        for sequence, probability in zip(own.own(k), choices[index] or (), strict=True):
            row = [Fraction(0)] * width
            row[sequence], row[before] = Fraction(1), -probability
            equal.append((row, 0))
    at_most: list[Row] = []
    for place, condition in enumerate(open_ones):
        row = [Fraction(0)] * width
        for sequence, coefficient in condition.items():
            row[sequence] = -coefficient
        row[size + place] = Fraction(1)
        at_most.append((row, 0))
    for place, sequence in enumerate(waiting, len(open_ones)):
        row = [Fraction(0)] * width
        row[sequence], row[size + place] = Fraction(-1), Fraction(1)
        at_most.append((row, 0))
    for place in range(slacks):
        at_most.append(([int(s == size + place) for s in range(width)], 1))
    objective = [0] * size + [1] * slacks
    outcome = maximize(Program(objective, at_most, equal, frozenset(positive)), tick)
    return list(outcome.primal[:size])


def both_sides(game: ExtensiveGame, choices: Sequence[Mixed | None], tick: Tick) -> Weights | None:
    """Trembles of both players against each of which the other's choices stay optimal, as weights
    by information set; None where there are provably none.

    The two are found apart: what one player's trembles must satisfy does not depend on the other's.
    Raises ValueError without perfect recall.
    """
    form = sequence_form(game)
    movers = list(form.active)
    plans: dict[int, Levels] = {}
    for player in movers:
        other = next((one for one in movers if one != player), NOBODY)
        levels = trembles(form, player, other, choices, tick)
        if levels is None:
            return None
        if other != NOBODY:
            plans[other] = levels
    return weights_of(form, plans, choices)
