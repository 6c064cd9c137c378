"""What the cells amount to, one thing at a time: where a profile is an equilibrium, and the like.

Each statement is an 'if and only if': the leaves of the search at which it holds, joined and put
into few conditions as cells are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from alliance_games.algorithms.pure_conditions import as_pure_profile
from alliance_games.exact.rational_functions import RationalFunction
from alliance_games.parametric.cells import Conjunction, agree, merge
from alliance_games.parametric.decide import ANY, ZERO, Decider, Undecided
from alliance_games.parametric.describing import Description, flatten
from alliance_games.parametric.explore import Leaf
from alliance_games.parametric.on_path import Used, members, plays, used
from alliance_games.results.named.bargaining import Agreement
from alliance_games.results.named.continuous import ChoiceEquilibrium
from alliance_games.results.named.cooperative import Convexity, EmptyCore
from alliance_games.results.named.landscape import RestingPlace
from alliance_games.results.named.matching import Matched
from alliance_games.results.named.partitions import Partition
from alliance_games.results.named.repeated import Thresholds
from alliance_games.results.records import Record
from alliance_games.results.solutions import (
    Behaviour,
    Component,
    Dominant,
    Dominated,
    Point,
    Selection,
    Solution,
)
from alliance_games.results.tree_solutions import Continuum

SINGLE = ("point", "assessment", "choice-equilibrium")
"""Kinds of solutions that are one equilibrium each."""

EFFICIENT = "pareto"
"""The concept whose pure profiles are no equilibria."""


@dataclass(frozen=True, slots=True)
class Statement:
    """Something about the answers and the conditions under which it is so.

    ``what`` is 'pure' (a pure profile is an equilibrium), 'efficient' (no pure profile dominates
    it), 'mixed' (a mixed one is an isolated equilibrium), 'chosen' (numbers that the players choose
    are one), 'one' (there is exactly one), 'selected', 'dominant', 'dominated', 'sustained' (by
    reversion), 'empty' (the core), 'convex' (the game), 'agreed' (a bargain is struck), 'stable' (a
    partition), 'minimum' (two sides of a landscape), 'matched' (a stable matching), 'play'
    (behaviour in a tree) or 'path' (some equilibrium uses just these actions on the path of play);
    ``about`` the profile or solution it speaks of (None for 'one', 'empty', 'convex' and
    'agreed'). It holds exactly where one of the conjunctions in ``where`` does, within the region:
    everywhere if ``always``. ``doubtful``: some of the cells are undecided. ``generic``: nothing is
    said about the knife edges that were not looked into. Without ``only_if`` the conditions are
    sufficient alone: where pieces of payoffs meet, the formulas of a mixed equilibrium on both
    sides agree, or the answer of some cell is not known.
    """

    concept: str
    what: str
    about: Any
    where: tuple[Conjunction, ...]
    always: bool
    doubtful: bool
    generic: bool = False
    only_if: bool = True


Holds = Callable[[tuple[Solution, ...]], bool]


def statements(
    concepts: Sequence[str],
    leaves: Sequence[Leaf[Description]],
    decider: Decider,
    tree: Any = None,
) -> list[Statement]:
    """The statements about all concepts, each once, in the order met; ``tree`` is the game's.

    What is so on knife edges alone is not stated, unless there is nothing else.
    """
    valued = [leaf for leaf in leaves if leaf.outcome is not None]
    told = [leaf for leaf in leaves if not leaf.excluded]
    made = []
    for place, concept in enumerate(concepts):
        for what, about, holds in _subjects(place, valued, tree):
            if concept == EFFICIENT:
                if what == "one":
                    continue
                what = "efficient"
            made.append(_stated(concept, what, about, holds, place, told, decider))
    return made


def _stated(
    concept: str,
    what: str,
    about: Any,
    holds: Holds,
    place: int,
    leaves: Sequence[Leaf[Description]],
    decider: Decider,
) -> Statement:
    judged: list[Leaf[bool]] = []
    only_if = True
    for leaf in leaves:
        told = None if leaf.outcome is None else holds(leaf.outcome[place][1])
        if what in ("mixed", "chosen") and told is False and leaf.outcome is not None:
            meeting = _meeting(about, leaf.outcome[place][1], leaf.conditions, decider)
            told = meeting == "everywhere"
            only_if = only_if and meeting != "perhaps"
        only_if = only_if and (leaf.outcome is not None or leaf.undivided)
        judged.append(replace(leaf, outcome=told))  # type: ignore[arg-type]
    cells = merge(judged, decider, lambda told: (told, ()))
    yes = next((cell for cell in cells if cell.outcome), None)
    assert yes is not None, "each subject holds somewhere"
    doubtful = any(leaf.undecided for leaf in leaves)
    generic = any(cell.undivided for cell in cells)
    always = len(cells) - generic == 1
    return Statement(concept, what, about, yes.alternatives, always, doubtful, generic, only_if)


def _meeting(
    about: Point | ChoiceEquilibrium,
    found: tuple[Solution, ...],
    conditions: Mapping[str, int],
    decider: Decider,
) -> str:
    """Whether the profile is, under the conditions, an equilibrium that other formulas give:
    'everywhere', 'perhaps' in some place, or 'nowhere'."""
    words, numbers = flatten(_profile(about))
    meeting = "nowhere"
    for one in found:
        mixed = isinstance(one, Point) and as_pure_profile(one.profile) is None
        if mixed or isinstance(one, ChoiceEquilibrium):
            other, values = flatten(_profile(one))
            if other != words:
                continue
            if agree(conditions, numbers, values, decider):
                return "everywhere"
            if not _apart(conditions, numbers, values, decider):
                meeting = "perhaps"
    return meeting


def _profile(one: Any) -> object:
    """What is played in an equilibrium."""
    return one.choices if isinstance(one, ChoiceEquilibrium) else one.profile


def _apart(
    conditions: Mapping[str, int],
    first: Sequence[Fraction],
    second: Sequence[Fraction],
    decider: Decider,
) -> bool:
    """Whether some number of the two lists provably differs everywhere under the conditions."""
    for a, b in zip(first, second, strict=True):
        gap = a - b
        if not isinstance(gap, RationalFunction):
            if gap:
                return True
            continue
        try:
            if all(
                decider.find({**conditions, key: conditions.get(key, ANY) & ZERO}) is None
                for key, _ in decider.factors.of(gap.over)[1]
            ):
                return True
        except Undecided:
            continue
    return False


def _subjects(
    place: int, leaves: Sequence[Leaf[Description]], tree: Any
) -> Iterator[tuple[str, Any, Holds]]:
    met: set[object] = set()
    for leaf in [leaf for leaf in leaves if not leaf.thin] or leaves:
        assert leaf.outcome is not None
        for solution in leaf.outcome[place][1]:
            for what, about, key, holds in _told_by(solution, tree):
                if key not in met:
                    met.add(key)
                    yield what, about, holds
    if any(_single(leaf.outcome[place][1]) for leaf in leaves if leaf.outcome is not None):
        yield "one", None, _single


def _single(solutions: tuple[Solution, ...]) -> bool:
    return len(solutions) == 1 and solutions[0].kind in SINGLE


def _told_by(solution: Solution, tree: Any) -> Iterator[tuple[str, Any, object, Holds]]:
    """What a solution gives to speak of: kind, subject, a key for it, and where it holds."""
    if isinstance(solution, Point):
        profile = as_pure_profile(solution.profile)
        if profile is None:
            flat = flatten(solution.profile)
            yield (
                "mixed",
                solution,
                flat,
                lambda found: any(
                    isinstance(one, Point) and flatten(one.profile) == flat for one in found
                ),
            )
        else:
            yield "pure", profile, profile, _plays(profile)
    elif isinstance(solution, Component):
        for pure in _pure_ones((solution,)):
            yield "pure", pure, pure, _plays(pure)
    elif isinstance(solution, Record):
        yield from _of_a_record(solution)
    elif isinstance(solution, Selection) and solution.profile is not None:
        picked = solution.profile
        yield (
            "selected",
            picked,
            picked,
            lambda found: any(
                isinstance(one, Selection) and one.profile == picked for one in found
            ),
        )
    elif isinstance(solution, Dominant):
        who = (solution.player, solution.strategy, solution.strength)
        yield (
            "dominant",
            solution,
            who,
            lambda found: any(
                isinstance(one, Dominant) and (one.player, one.strategy, one.strength) == who
                for one in found
            ),
        )
    elif isinstance(solution, Dominated):
        loser = (solution.player, solution.strategy, solution.strength, "dominated")
        yield "dominated", solution, loser, _dominates(loser[:3])
    elif solution.kind == "assessment" or isinstance(solution, Continuum):
        for point in members(solution):
            way = used(tree, point)
            yield "path", point, way, _takes(tree, way)
    elif isinstance(solution, Behaviour):
        choices = solution.choices
        yield (
            "play",
            solution,
            choices,
            lambda found: any(
                isinstance(one, Behaviour) and one.choices == choices for one in found
            ),
        )


def _of_a_record(solution: Record) -> Iterator[tuple[str, Any, object, Holds]]:
    """The same of an answer that names its parts."""
    if isinstance(solution, ChoiceEquilibrium):
        chosen = flatten(solution.choices)
        yield "chosen", solution, chosen, _chooses(chosen)
    elif isinstance(solution, Thresholds):
        for row in solution.profiles:
            if row.holds:
                key = ("sustained", row.profile)
                yield "sustained", row.profile, key, _sustains(row.profile)
    elif isinstance(solution, EmptyCore):
        yield "empty", None, "empty", _is_empty
    elif isinstance(solution, Convexity) and solution.convex:
        yield "convex", None, "convex", _is_convex
    elif isinstance(solution, Agreement):
        yield "agreed", None, "agreed", _is_agreed
    elif isinstance(solution, Partition | RestingPlace | Matched):
        # The same partition is an answer of several concepts, each with its own statement.
        place = _place(solution)
        yield _FORMED[type(solution)], solution, place, _is_found(place)


def _place(solution: Solution) -> object:
    """Who sides with whom in a solution, whatever it is worth; None for other solutions."""
    if isinstance(solution, Partition):
        return solution.coalitions
    if isinstance(solution, RestingPlace):
        return solution.sides
    return tuple(solution.partners.items()) if isinstance(solution, Matched) else None


_FORMED: dict[type, str] = {
    Partition: "stable",
    RestingPlace: "minimum",
    Matched: "matched",
}


def _is_found(place: object) -> Holds:
    return lambda found: any(_place(one) == place for one in found)


def _chooses(chosen: object) -> Holds:
    return lambda found: any(
        isinstance(one, ChoiceEquilibrium) and flatten(one.choices) == chosen for one in found
    )


def _is_empty(found: tuple[Solution, ...]) -> bool:
    return any(isinstance(one, EmptyCore) for one in found)


def _is_convex(found: tuple[Solution, ...]) -> bool:
    return any(isinstance(one, Convexity) and one.convex for one in found)


def _is_agreed(found: tuple[Solution, ...]) -> bool:
    return any(isinstance(one, Agreement) for one in found)


def _takes(tree: Any, way: Used) -> Holds:
    return lambda found: any(way in plays(tree, one) for one in found)


def _dominates(loser: tuple[object, ...]) -> Holds:
    return lambda found: any(
        isinstance(one, Dominated) and (one.player, one.strategy, one.strength) == loser
        for one in found
    )


def _sustains(profile: tuple[str, ...]) -> Holds:
    return lambda found: any(
        row.profile == profile and bool(row.holds)
        for one in found
        if isinstance(one, Thresholds)
        for row in one.profiles
    )


def _plays(profile: object) -> Holds:
    return lambda found: profile in _pure_ones(found)


def _pure_ones(solutions: Sequence[Solution]) -> set[object]:
    """The pure equilibria, corners of continua included."""
    found: set[object] = set()
    for one in solutions:
        if isinstance(one, Point):
            found.add(as_pure_profile(one.profile))
        elif isinstance(one, Component):
            found |= {as_pure_profile(profile) for profile in one.extreme_points}
    return found - {None}
