"""Commitments of a leader held to their definition, the follower's best replies looked up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from alliance_games.certificates.programs import holds
from alliance_games.exact.programs import Outcome, Program, Row, maximize
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Mixed, is_distribution, support
from alliance_games.results.commitment_solutions import Commitment
from alliance_games.results.result import Coverage, Result
from alliance_games.results.solutions import Certificate, Component, Fact, Point

PURE, MIXED = "pure", "mixed"
OPTIMISTIC, PESSIMISTIC = "optimistic", "pessimistic"

OVER_BEST = "over the best equilibrium"
OVER_WORST = "over the worst equilibrium"


def check(game: NormalGame, one: Commitment, nash: Result | None) -> Certificate:
    """Whether the reply is a best one of the kind said, and no commitment brings her more."""
    view = _View(game, one.leader) if one.leader in (0, 1) else None
    claim = _claim(one)
    if view is None or not _well_formed(view, one):
        return Certificate(False, claim)
    if one.payoffs != view.payoffs(one.commitment, one.reply):
        return Certificate(False, claim)
    value = one.payoffs[one.leader]
    if dict(one.properties) != comparisons(one.leader, value, nash):
        return Certificate(False, claim)
    replied = _replied(view, one) if one.towards is None else _approached(view, one, value)
    return Certificate(replied and _bounded(view, one, value), claim)


def comparisons(leader: int, value: Fraction, nash: Result | None) -> Mapping[str, Fact]:
    """What the leader gets beyond her best and her worst Nash equilibrium, where all are known.

    A player's payoff takes its extremes over a maximal Nash subset at its extreme points.
    """
    if nash is None or nash.coverage is not Coverage.ALL:
        return {}
    known: list[Fraction] = []
    for solution in nash.solutions:
        if isinstance(solution, Point):
            known.append(solution.payoffs[leader])
        elif isinstance(solution, Component):
            known += [payoffs[leader] for payoffs in solution.payoffs]
    return {OVER_BEST: value - max(known), OVER_WORST: value - min(known)}


def _claim(one: Commitment) -> str:
    kind = "pure strategy" if one.strategies == PURE else "mixed strategy"
    ties = "best" if one.ties == OPTIMISTIC else "worst"
    if one.towards is None:
        return (
            f"the reply is the {ties} for the leader of the follower's best replies, and no {kind} "
            "to commit to brings her more"
        )
    return (
        "commitments near it have the reply for an answer, none brings the leader more than what "
        "is approached, and none as much"
    )


class _View:
    """Payoffs by the leader's strategy and the follower's."""

    def __init__(self, game: NormalGame, leader: int) -> None:
        self.leader = leader
        self.own: dict[tuple[int, int], Fraction] = {}
        self.other: dict[tuple[int, int], Fraction] = {}
        for profile in game.profiles():
            place = (profile[leader], profile[1 - leader])
            self.own[place] = game.payoff(leader, profile)
            self.other[place] = game.payoff(1 - leader, profile)
        self.rows, self.replies = range(game.shape[leader]), range(game.shape[1 - leader])

    def worth(
        self, table: Mapping[tuple[int, int], Fraction], mixed: Mixed, reply: int
    ) -> Fraction:
        return sum((mixed[row] * table[row, reply] for row in support(mixed)), Fraction(0))

    def payoffs(self, mixed: Mixed, reply: int) -> tuple[Fraction, ...]:
        both = self.worth(self.own, mixed, reply), self.worth(self.other, mixed, reply)
        return both if self.leader == 0 else both[::-1]

    def best(self, mixed: Mixed) -> list[int]:
        worth = [self.worth(self.other, mixed, reply) for reply in self.replies]
        return [reply for reply in self.replies if worth[reply] == max(worth)]

    def column(self, table: Mapping[tuple[int, int], Fraction], reply: int) -> list[Fraction]:
        return [table[row, reply] for row in self.rows]

    def pure(self, row: int) -> Mixed:
        return tuple(Fraction(other == row) for other in self.rows)


def _well_formed(view: _View, one: Commitment) -> bool:
    mixtures = [one.commitment] if one.towards is None else [one.commitment, one.towards]
    return (
        one.strategies in (PURE, MIXED)
        and one.ties in (OPTIMISTIC, PESSIMISTIC)
        and one.reply in view.replies
        and all(len(mixed) == len(view.rows) and is_distribution(mixed) for mixed in mixtures)
        and (one.strategies == MIXED or len(support(one.commitment)) == 1)
        and (one.towards is None or (one.strategies, one.ties) == (MIXED, PESSIMISTIC))
    )


def _replied(view: _View, one: Commitment) -> bool:
    """Whether the reply is a best one, and of those the best or the worst for the leader."""
    best = view.best(one.commitment)
    worths = [view.worth(view.own, one.commitment, reply) for reply in best]
    value = view.worth(view.own, one.commitment, one.reply)
    return one.reply in best and value == (max if one.ties == OPTIMISTIC else min)(worths)


def _approached(view: _View, one: Commitment, value: Fraction) -> bool:
    """Whether every mixture with a little of ``towards`` has the reply for an answer, which leaves
    the leader nearly the value, and whether no commitment at all guarantees the value."""
    assert one.towards is not None
    near = view.best(one.towards)
    at = view.best(one.commitment)
    least = min(view.worth(view.own, one.commitment, reply) for reply in near)
    if one.reply not in near or not set(near) <= set(at) or least != value:
        return False
    return not _guaranteed_somewhere(view, value)


def _bounded(view: _View, one: Commitment, value: Fraction) -> bool:
    """Whether no commitment brings the leader more than the value."""
    if one.strategies == PURE:
        pick = max if one.ties == OPTIMISTIC else min
        return all(
            pick(view.own[row, reply] for reply in view.best(view.pure(row))) <= value
            for row in view.rows
        )
    if one.ties == OPTIMISTIC:
        return all(_most(view, (reply,)) <= value for reply in view.replies)
    return all(_most(view, replies) <= value for replies in _with_regions(view))


def _most(view: _View, replies: Sequence[int]) -> Fraction | float:
    """The most that the worst of some replies leaves the leader where all of them are best."""
    rows: list[Row] = []
    for reply in replies:
        rows.append(([*(-v for v in view.column(view.own, reply)), 1], 0))
        rows += _no_better(view, reply)
    total: Row = ([*(1 for _ in view.rows), 0], 1)
    objective = [0] * len(view.rows) + [1]
    outcome = _proved(Program(objective, rows, [total], frozenset([len(view.rows)])))
    return float("-inf") if outcome.value is None else outcome.value


def _no_better(view: _View, reply: int) -> Iterator[Row]:
    """That no other reply is better for the follower (with one more column, left empty)."""
    here = view.column(view.other, reply)
    for other in view.replies:
        if other != reply:
            there = view.column(view.other, other)
            yield [*(a - b for a, b in zip(there, here, strict=True)), 0], 0


def _with_regions(view: _View) -> Iterator[tuple[int, ...]]:
    """Sets of replies that are the best ones, and no others, on a region with an inside."""
    for first in view.replies:
        here = view.column(view.other, first)
        same = tuple(r for r in view.replies if view.column(view.other, r) == here)
        if same[0] == first and _is_somewhere(view, same, (), None):
            yield same


def _guaranteed_somewhere(view: _View, value: Fraction) -> bool:
    """Whether some commitment has best replies that all leave the leader the value.

    Goes through the sets of best replies that exist, one reply after the other in or out.
    """
    waiting: list[tuple[tuple[int, ...], tuple[int, ...]]] = [((), ())]
    while waiting:
        inside, outside = waiting.pop()
        if not _is_somewhere(view, inside, outside, value):
            continue
        at = len(inside) + len(outside)
        if at == len(view.replies):
            if inside:
                return True
            continue
        waiting += [((*inside, at), outside), (inside, (*outside, at))]
    return False


def _is_somewhere(
    view: _View, inside: Sequence[int], outside: Sequence[int], value: Fraction | None
) -> bool:
    """Whether at some commitment the replies ``inside`` are best, and leave the leader the value,
    and those ``outside`` are not; without a value, whether those inside are the only best ones."""
    width = len(view.rows)
    level, gap = width, width + 1
    rows: list[Row] = []
    equal: list[Row] = [([*(1 for _ in view.rows), 0, 0], 1)]
    for reply in view.replies:
        worth = view.column(view.other, reply)
        if reply in inside:
            equal.append(([*worth, -1, 0], 0))
            if value is not None:
                rows.append(([*(-v for v in view.column(view.own, reply)), 0, 0], -value))
        else:
            apart = value is None or reply in outside
            rows.append(([*worth, -1, int(apart)], 0))
    rows.append(([0] * width + [0, 1], 1))
    objective = [0] * width + [0, 1]
    outcome = _proved(Program(objective, rows, equal, frozenset([level, gap])))
    return outcome.value is not None and outcome.value > 0


def _proved(program: Program) -> Outcome:
    outcome = maximize(program)
    if outcome.status == "unbounded" or not holds(program, outcome):
        raise ArithmeticError("a linear program's answer does not hold")
    return outcome
