"""The driver of symbolic execution: runs a procedure once for each way the signs it asks can fall.

A procedure asks the signs of numbers of the field Q(parameters). Where the region and what was
answered before settle a sign, that is the answer; where several signs are feasible the search
forks, and the procedure is run again from its start for every one of them (it must be
deterministic). The leaves of the fork tree divide the region: no two overlap, and together they
cover it, because at every fork each sign left out was proved infeasible.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from heapq import heappop, heappush
from typing import Generic, TypeVar

from alliance_games.exact.polynomials import Polynomial, evaluate
from alliance_games.exact.rational_functions import RationalFunction
from alliance_games.parametric.decide import (
    ANY,
    NEGATIVE,
    POSITIVE,
    ZERO,
    Decider,
    Point,
    Undecided,
    bit,
    flipped,
)
from alliance_games.results.budget import Budget, LimitReached
from alliance_games.results.ordered import Undescribed

T = TypeVar("T")

THREE = (POSITIVE, NEGATIVE, ZERO)
IS_POSITIVE = (POSITIVE, NEGATIVE | ZERO)
IS_NEGATIVE = (NEGATIVE, POSITIVE | ZERO)
IS_ZERO = (POSITIVE | NEGATIVE, ZERO)

MOST_LEAVES = 20_000

MOST_EDGES = 40
"""Knife edges looked into one by one; beyond that they are left undivided, and said to be."""


class Outside(Exception):
    """Raised by a procedure at values that are not in question: they break an assumption, say."""


class NoValue(Exception):
    """Raised by a procedure where a formula has no value; the text says which and why."""


class _Impossible(Exception):
    """The answers given so far contradict each other after all."""


@dataclass(frozen=True, slots=True)
class Leaf(Generic[T]):
    """One way through a procedure.

    ``conditions`` are the signs on which it forked or that held from the start (by key of the
    factor: see ``decide.Factors``), ``outcome`` what the procedure returned there, ``witness`` a
    point of the leaf (None where feasibility itself is ``undecided``, in words), ``excluded`` why
    there is no outcome. An ``undivided`` leaf is a knife edge that was not looked into.
    """

    conditions: Mapping[str, int]
    outcome: T | None
    witness: Point | None
    undecided: str = ""
    excluded: str = ""
    forked: frozenset[str] = frozenset()
    """The factors on whose sign the run forked."""
    undivided: bool = False

    @property
    def thin(self) -> bool:
        """Whether the run forked into an equality: the leaf is no more than an edge."""
        return any(self.conditions[key] == ZERO for key in self.forked)


@dataclass(frozen=True, slots=True)
class Exploration(Generic[T]):
    """All leaves, in the order found; ``stopped`` is '' or says in words what ended the search."""

    leaves: tuple[Leaf[T], ...]
    stopped: str = ""


@dataclass(frozen=True, slots=True)
class _Step:
    """An answer given: ``key`` may have these ``signs``; ``forked`` where others were feasible."""

    key: str
    signs: int
    forked: bool


@dataclass(frozen=True, slots=True)
class _Start:
    """A run to make: the steps it repeats, and what is known of the place they lead to."""

    base: Mapping[str, int]
    steps: tuple[_Step, ...]
    witness: Point | None
    undecided: str

    @property
    def zeros(self) -> int:
        """On how many equalities the place lies."""
        return sum(step.forked and step.signs == ZERO for step in self.steps)


class Path:
    """One run's view of the signs: the ``Signs`` that conditions are written against.

    Beside its questions it tells the procedures of this floor where they stand.
    """

    def __init__(self, decider: Decider, start: _Start, later: list[_Start]) -> None:
        self.decider, self._later = decider, later
        self._base, self._repeated = start.base, start.steps
        self.steps: list[_Step] = []
        self.known: dict[str, int] = dict(start.base)
        self.witness, self.undecided = start.witness, start.undecided
        self.asked = 0

    # What a procedure asks

    def sign(self, number: Fraction) -> int:
        """1, 0 or -1."""
        if not isinstance(number, RationalFunction):
            return (number > 0) - (number < 0)
        found = self._sign_of(number.over, THREE)
        if found == ZERO or number.under.is_one():
            return _number(found)
        return _number(found) * _number(self._sign_of(number.under, THREE))

    def is_positive(self, number: Fraction) -> bool:
        """Whether the number is above zero."""
        return self._is(number, POSITIVE)

    def is_negative(self, number: Fraction) -> bool:
        """Whether the number is below zero."""
        return self._is(number, NEGATIVE)

    def is_zero(self, number: Fraction) -> bool:
        """Whether the number is zero."""
        if not isinstance(number, RationalFunction):
            return number == 0
        return self._sign_of(number.over, IS_ZERO) == ZERO

    def _is(self, number: Fraction, wanted: int) -> bool:
        if not isinstance(number, RationalFunction):
            return bit(number) == wanted
        if not number.under.is_one() and self._sign_of(number.under, THREE) == NEGATIVE:
            wanted = flipped(wanted)
        options = IS_POSITIVE if wanted == POSITIVE else IS_NEGATIVE
        return self._sign_of(number.over, options) == wanted

    def settled(self, p: Polynomial) -> int:
        """The signs a polynomial may have here as far as is known, without asking anything new."""
        scale, factors = self.decider.factors.of(p)
        total = (NEGATIVE, ZERO, POSITIVE)[scale + 1]
        for key, power in factors:
            total = _times(total, _raised(self._narrowed(key), power))
        return total

    # How it is answered

    def _sign_of(self, p: Polynomial, options: tuple[int, ...]) -> int:
        """Which option holds of the polynomial's sign; forks on one factor after the other."""
        scale, factors = self.decider.factors.of(p)
        total = (NEGATIVE, ZERO, POSITIVE)[scale + 1]
        left = []
        for key, power in factors:
            signs = _raised(self._narrowed(key), power)
            if signs == ZERO:
                return _option(ZERO, options)
            if signs in (POSITIVE, NEGATIVE):
                total = _times(total, signs)
            else:
                left.append((key, power))
        for place, (key, power) in enumerate(left):
            last = place == len(left) - 1
            if last and (
                found := _within(_times(total, _raised(self.known.get(key, ANY), power)), options)
            ):
                return found
            if power % 2 == 0:
                asked: tuple[int, ...] = IS_ZERO
            elif last:
                asked = options if total == POSITIVE else tuple(flipped(o) for o in options)
            else:
                asked = IS_ZERO if options == IS_ZERO else THREE
            signs = _raised(self._ask(key, asked), power)
            if signs == ZERO:
                return _option(ZERO, options)
            total = _times(total, signs)
        found = _within(total, options)
        assert found, "every factor was asked about"
        return found

    def _narrowed(self, key: str) -> int:
        """What is known of a factor's sign, with what bounds on single variables say."""
        signs = self.known.get(key, ANY)
        if signs in (NEGATIVE, ZERO, POSITIVE):
            return signs
        found = self.decider.bounded_sign(self.decider.factors.polynomials[key], self.known)
        if found:
            signs &= POSITIVE if found > 0 else NEGATIVE
            self.known[key] = signs
        return signs

    def _ask(self, key: str, options: tuple[int, ...]) -> int:
        """The signs a factor has, of the options; forks where several are feasible."""
        self.asked += 1
        before = self.known.get(key, ANY)
        narrowed = [option & before for option in options if option & before]
        if len(narrowed) == 1:
            return narrowed[0]
        place = len(self.steps)
        if place < len(self._repeated):
            step = self._repeated[place]
            assert step.key == key, "a procedure asked other questions when it was run again"
        else:
            step = self._decided(key, narrowed)
        self.steps.append(step)
        self.known[key] = step.signs
        return step.signs

    def _decided(self, key: str, options: list[int]) -> _Step:
        feasible: list[tuple[int, Point | None, str]] = []
        for signs in options:
            point, doubt = self._feasible(key, signs)
            if point is not None or doubt:
                feasible.append((signs, point, doubt))
        if not feasible:
            raise _Impossible
        forked = len(feasible) > 1
        for signs, point, doubt in feasible[1:]:
            steps = (*self.steps, _Step(key, signs, True))
            self._later.append(_Start(self._base, steps, point, self.undecided or doubt))
        signs, point, doubt = feasible[0]
        self.witness = point
        self.undecided = self.undecided or doubt
        return _Step(key, signs, forked)

    def _feasible(self, key: str, signs: int) -> tuple[Point | None, str]:
        polynomial = self.decider.factors.polynomials[key]
        if self.witness is not None and bit(evaluate(polynomial, self.witness)) & signs:
            return self.witness, ""
        try:
            return self.decider.find({**self.conditions(), key: signs}), ""
        except Undecided as undecided:
            return None, str(undecided)

    def conditions(self) -> dict[str, int]:
        """The signs that hold from the start, and those on which the run forked."""
        found = dict(self._base)
        for step in self.steps:
            if step.forked:
                found[step.key] = found.get(step.key, ANY) & step.signs
        return found


def explore(
    procedure: Callable[[Path], T],
    decider: Decider,
    bases: Iterable[tuple[Mapping[str, int], Point | None]] = (({}, None),),
    budget: Budget | None = None,
    most_edges: int | None = None,
) -> Exploration[T]:
    """Run ``procedure`` for every feasible way the signs it asks can fall.

    ``bases`` are the pieces of the region to divide, each with a point of it (None: not known).
    The procedure may raise Outside (the place is left out) and NoValue (it is kept as excluded).
    Places without an equality come first, then knife edges, those on fewer equalities before
    others; after ``most_edges`` of these (None: no bound) the rest are given as undivided leaves.
    A limit of ``budget`` or an interruption ends the search with the leaves found so far.
    """
    budget = budget or Budget()
    leaves: list[Leaf[T]] = []
    waiting: list[tuple[int, int, _Start]] = []
    made = 0

    def wait(starts: Iterable[_Start]) -> None:
        nonlocal made
        for start in starts:
            # The newest first among equals: depth first keeps few places waiting.
            made += 1
            heappush(waiting, (start.zeros, -made, start))

    wait([_Start(base, (), point, "") for base, point in bases][::-1])
    stopped = ""
    edges = 0
    try:
        while waiting:
            budget.tick()
            if len(leaves) >= MOST_LEAVES:
                raise LimitReached(f"the limit of {MOST_LEAVES:,} cells was reached")
            start = heappop(waiting)[2]
            later: list[_Start] = []
            if start.zeros and most_edges is not None and edges >= most_edges:
                leaves.append(_undivided(Path(decider, start, later), start))
                continue
            leaf = _run(procedure, Path(decider, start, later))
            wait(later)
            if leaf is not None:
                leaves.append(leaf)
                edges += bool(start.zeros)
    except LimitReached as limit:
        stopped = str(limit)
    except KeyboardInterrupt:
        budget.interrupted = True
        stopped = "the work was interrupted"
    return Exploration(tuple(leaves), stopped)


def _undivided(path: Path, start: _Start) -> Leaf[T]:
    """The place a run would start from, as it is."""
    path.steps = list(start.steps)
    forked = frozenset(step.key for step in start.steps if step.forked)
    return Leaf(path.conditions(), None, start.witness, start.undecided, "", forked, True)


def _run(procedure: Callable[[Path], T], path: Path) -> Leaf[T] | None:
    outcome: T | None = None
    excluded = ""
    try:
        outcome = procedure(path)
    except (Outside, _Impossible):
        return None
    except NoValue as none:
        excluded = str(none)
    except Undescribed as why:
        path.undecided = str(why)
    forked = frozenset(step.key for step in path.steps if step.forked)
    return Leaf(path.conditions(), outcome, path.witness, path.undecided, excluded, forked)


def _number(signs: int) -> int:
    return {POSITIVE: 1, ZERO: 0, NEGATIVE: -1}[signs]


def _times(first: int, second: int) -> int:
    """The signs a product may have."""
    total = 0
    if (first | second) & ZERO:
        total |= ZERO
    if (first & POSITIVE and second & POSITIVE) or (first & NEGATIVE and second & NEGATIVE):
        total |= POSITIVE
    if (first & POSITIVE and second & NEGATIVE) or (first & NEGATIVE and second & POSITIVE):
        total |= NEGATIVE
    return total


def _raised(signs: int, power: int) -> int:
    """The signs a power may have."""
    if power % 2:
        return signs
    return (signs & ZERO) | (POSITIVE if signs & (POSITIVE | NEGATIVE) else 0)


def _option(signs: int, options: tuple[int, ...]) -> int:
    return next(option for option in options if option & signs)


def _within(signs: int, options: tuple[int, ...]) -> int:
    """The option that all these signs fall in; 0 where they fall in several."""
    return next((option for option in options if not signs & ~option), 0)


__all__ = ["Exploration", "Leaf", "NoValue", "Outside", "Path", "explore"]
