"""Two players' sequence form, and the exact plans that a proposed basis stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from alliance_games.algorithms.best_response import Tick
from alliance_games.exact.sparse import TooDense, solve_sparse
from alliance_games.model.sequence_form import Plan, SequenceForm, Sequences

Gains = Mapping[int, Mapping[int, int]]
"""For each sequence of a player, her payoffs by the other's sequences, where they are not zero."""


@dataclass(frozen=True, slots=True)
class Pair:
    """The two players' sequences, and each one's gains by her own sequences."""

    of: tuple[Sequences, Sequences]
    gains: tuple[Gains, Gains]


def pair_of(form: SequenceForm, pair: tuple[int, int]) -> Pair:
    """The two players of a tree at places ``pair``."""
    gains: tuple[dict[int, dict[int, int]], dict[int, dict[int, int]]] = ({}, {})
    for (i, j), value in form.triples(pair[0], *pair).items():
        gains[0].setdefault(i, {})[j] = value
    for (i, j), value in form.triples(pair[1], *pair).items():
        gains[1].setdefault(j, {})[i] = value
    return Pair((form.sequences(pair[0]), form.sequences(pair[1])), gains)


def settled(
    pair: Pair, basic: tuple[Iterable[int], Iterable[int]], tick: Tick
) -> tuple[Plan, Plan] | None:
    """The equilibrium in which the players use no other sequences than those of ``basic``, all of
    them best replies; None where the equations do not settle one, or too hard, or it is none.
    """
    sequences = (sorted(set(basic[0])), sorted(set(basic[1])))
    plans = []
    for own in (0, 1):
        plan = _plan(pair, own, sequences, tick)
        if plan is None:
            return None
        plans.append(plan)
    found = plans[0], plans[1]
    return found if all(replies_best(pair, own, found) for own in (0, 1)) else None


def _plan(pair: Pair, own: int, basic: tuple[list[int], list[int]], tick: Tick) -> Plan | None:
    """The plan of one that makes the other's basic sequences equally good at each of her sets."""
    mine, other = pair.of[own], pair.of[1 - own]
    root = len(mine)
    used = set(basic[own])
    rows: list[dict[int, int]] = [{0: 1}]
    for k in range(len(mine.sets)):
        row = {s: 1 for s in mine.own(k) if s in used}
        if mine.before[k] in used:
            row[mine.before[k]] = -1
        rows.append(row)
    right = [1, *[0] * len(mine.sets)]
    after = following(other)
    for sequence in basic[1 - own]:
        row = {root + 1 + other.place[sequence]: 1}
        for k in after.get(sequence, ()):
            row[root + 1 + k] = -1
        for s, value in pair.gains[1 - own].get(sequence, {}).items():
            if s in used:
                row[s] = -value
        rows.append(row)
        right.append(0)
    try:
        values = solve_sparse(rows, right, tick)
    except TooDense:
        return None
    if values is None or any(values[s] < 0 for s in basic[own]):
        return None
    return tuple([values[s] if s in used else Fraction(0) for s in range(len(mine))])


def following(own: Sequences) -> dict[int, list[int]]:
    """The positions of the sets that come right after each sequence."""
    after: dict[int, list[int]] = {}
    for k, before in enumerate(own.before):
        after.setdefault(before, []).append(k)
    return after


def replies_best(pair: Pair, player: int, plans: tuple[Plan, Plan]) -> bool:
    """Whether what the player does is a best reply, exactly."""
    best, now = best_and_now(pair, player, plans)
    return best == now


def best_and_now(pair: Pair, player: int, plans: tuple[Plan, Plan]) -> tuple[Fraction, Fraction]:
    """What the player could get against the other's plan, and what she gets, in units of gains."""
    mine, plan, theirs = pair.of[player], plans[player], plans[1 - player]
    worth = [Fraction(0)] * len(mine)
    for sequence, row in pair.gains[player].items():
        worth[sequence] = sum((theirs[s] * v for s, v in row.items() if theirs[s]), Fraction(0))
    now = sum((p * w for p, w in zip(plan, worth, strict=True) if p and w), Fraction(0))
    for k in range(len(mine.sets) - 1, -1, -1):
        worth[mine.before[k]] += max([worth[s] for s in mine.own(k)])
    return worth[0], now
