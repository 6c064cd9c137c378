"""Repeated games, and wrong answers near right ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction as F

from alliance_games.model.automata import named
from alliance_games.model.normal import NormalGame
from alliance_games.model.repeated import RepeatedGame
from alliance_games.results.named.repeated import (
    Courses,
    Discounts,
    Feasible,
    PayoffSet,
    Penal,
    Thresholds,
)

ONE = ((F(1),),)
NUDGE = F(1, 1000)


def repeated(stage: NormalGame, discount: F | None, **more: object) -> RepeatedGame:
    return RepeatedGame(stage.players, ("",), (stage,), ONE, discount, **more)


def dilemma(t: int = 4, r: int = 3, p: int = 1, s: int = 0) -> NormalGame:
    return NormalGame.from_matrices([[r, s], [t, p]], [[r, t], [s, p]])


NAMES = ("grim trigger", "tit for tat", "pavlov")
AUTOMATA = tuple(named(name, (2, 2), (0, 0), (1, 1)) for name in NAMES)
CHICKEN = NormalGame.from_matrices([[3, 1], [4, 0]], [[3, 4], [1, 0]])
# The duopoly of Abreu 1988: low, middle and high output.
ABREU = NormalGame.from_matrices(
    [[10, 3, 0], [15, 7, -4], [7, 5, -15]], [[10, 15, 7], [3, 7, 5], [0, -4, -15]]
)
THREE = NormalGame.from_payoffs(
    ("A", "B", "C"),
    (("give", "keep"),) * 3,
    lambda p: [2 * p.count(0) - 3 * (own == 0) for own in p],
)


def threatened(high: F, low: F, stay: F) -> RepeatedGame:
    stages = [
        NormalGame.from_matrices([[h - 1, F(-1)], [h, F(0)]], [[h - 1, h], [F(-1), F(0)]])
        for h in (high, low)
    ]
    chain = ((stay, 1 - stay), (1 - stay, stay))
    return RepeatedGame(("Row", "Column"), ("grave", "calm"), tuple(stages), chain, F(4, 5))


GAMES = [
    repeated(dilemma(), F(1, 2), cooperate=(0, 0), automata=AUTOMATA),
    repeated(dilemma(5), F(1, 3), automata=AUTOMATA[:2], survival=F(9, 10)),
    repeated(CHICKEN, F(2, 5), cooperate=(0, 0)),
    repeated(ABREU, F(4, 7), cooperate=(0, 0)),
    repeated(dilemma(), F(1, 2), exit_costs=(F(1, 2), F(0)), relationships=3, breach="one"),
    repeated(THREE, None),
    threatened(F(4), F(1, 2), F(9, 10)),
]


def spoilt(solution: object) -> Iterator[tuple[str, object]]:
    """Each part of an answer changed a little."""
    if isinstance(solution, Thresholds):
        yield from _thresholds(solution)
    elif isinstance(solution, Courses):
        yield from _courses(solution)
    elif isinstance(solution, Feasible):
        yield from _feasible(solution)
    elif isinstance(solution, PayoffSet):
        yield from _payoffs(solution)
    elif isinstance(solution, Penal):
        yield from _penal(solution)


def _thresholds(one: Thresholds) -> Iterator[tuple[str, object]]:
    first, *rest = one.profiles
    if first.least is not None and first.least > 0:
        head, *tail = first.discounts
        for by in (NUDGE, -NUDGE):
            moved = Discounts(head.low + by, head.high, head.closed)
            wrong = replace(first, least=moved.low, discounts=(moved, *tail))
            yield "another threshold", replace(one, profiles=(wrong, *rest))
        none = replace(first, least=None, discounts=(), holds=first.holds and False)
        yield "never", replace(one, profiles=(none, *rest))
        nobody = replace(first, binding=(), ratio=None)
        yield "nobody tempted", replace(one, profiles=(nobody, *rest))
    if first.ratio is not None:
        wrong = replace(first, ratio=first.ratio + NUDGE)
        yield "another ratio", replace(one, profiles=(wrong, *rest))
    if first.holds is not None:
        wrong = replace(first, holds=not first.holds)
        yield "the other verdict", replace(one, profiles=(wrong, *rest))
    yield "a profile left out", replace(one, profiles=tuple(rest))
    punishment, *others = one.punishments
    worse = replace(punishment, payoff=punishment.payoff - NUDGE)
    yield "a worse punishment", replace(one, punishments=(worse, *others))


def _courses(one: Courses) -> Iterator[tuple[str, object]]:
    for place, course in enumerate(one.automata):

        def with_(wrong: object, place: int = place) -> Courses:
            automata = [*one.automata[:place], wrong, *one.automata[place + 1 :]]
            return replace(one, automata=tuple(automata))

        yield "the other verdict", with_(replace(course, perfect=not course.perfect))
        yield "the other Nash verdict", with_(replace(course, nash=not course.nash))
        payoffs = {name: payoff + NUDGE for name, payoff in course.payoffs.items()}
        yield "other payoffs", with_(replace(course, payoffs=payoffs))
        if course.discounts:
            head, *tail = course.discounts
            low = head.low + NUDGE if head.low + NUDGE < head.high else head.low - NUDGE
            moved = replace(head, low=low)
            wrong = replace(course, least=moved.low, discounts=(moved, *tail))
            yield "another threshold", with_(wrong)
        else:
            wrong = replace(course, least=F(9, 10), discounts=(Discounts(F(9, 10), F(1), False),))
            yield "a threshold where there is none", with_(wrong)


def _feasible(one: Feasible) -> Iterator[tuple[str, object]]:
    first, *rest = one.minmax
    yield "another minmax", replace(one, minmax=(replace(first, pure=first.pure - 1), *rest))
    if first.mixed is not None:
        lower = replace(first, mixed=first.mixed - NUDGE)
        yield "a lower mixed minmax", replace(one, minmax=(lower, *rest))
        (x, y), *corners = one.rational
        yield "a corner moved", replace(one, rational=((x - NUDGE, y), *corners))
        yield "a corner left out", replace(one, rational=tuple(corners))
        yield "a profile's corner left out", replace(one, feasible=one.feasible[1:])


def _payoffs(one: PayoffSet) -> Iterator[tuple[str, object]]:
    if not one.corners:
        return
    middle = [sum(corner[i] for corner in one.corners) / len(one.corners) for i in range(2)]
    (x, y), *rest = one.corners
    outward = (x + (x - middle[0]) * NUDGE + (x == middle[0]) * NUDGE, y + (y - middle[1]) * NUDGE)
    yield "a corner moved out", replace(one, corners=(outward, *rest))
    (x, y), *others = one.bound
    inward = (x + (middle[0] - x) / 2, y + (middle[1] - y) / 2)
    yield "a bound drawn in", replace(one, bound=(inward, *others))
    yield "no bound", replace(one, bound=())
    yield "nearer than it is", replace(one, distance=one.distance / 2)
    first, *states = one.code
    half = (replace(first.then[0], probability=first.then[0].probability / 2), *first.then[1:])
    yield "a lottery that does not add up", replace(one, code=(replace(first, then=half), *states))
    player, between = next(iter(one.worst.items()))
    wrong = {**one.worst, player: replace(between, high=between.high - NUDGE)}
    yield "a worse worst payoff", replace(one, worst=wrong)


def _penal(one: Penal) -> Iterator[tuple[str, object]]:
    first, *rest = one.profiles
    if first.high is not None and first.high > 0:
        lower = replace(first, low=first.low - NUDGE, high=first.high - NUDGE)
        yield "a lower threshold", replace(one, profiles=(lower, *rest))
        higher = replace(first, low=first.high + NUDGE, high=first.high + NUDGE, holds=None)
        yield "a higher threshold", replace(one, profiles=(higher, *rest))
        short = replace(first, code=first.code[:-1])
        yield "a code without the profile", replace(one, profiles=(short, *rest))
