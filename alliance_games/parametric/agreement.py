"""Formulas held against the ordinary solver: both must say the same at a point."""

from __future__ import annotations

from collections.abc import Sequence

from alliance_games.exact.algebraic import Exact
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.parametric import Game
from alliance_games.model.problems import NOT_WHOLE, InvalidGame
from alliance_games.model.study import Study
from alliance_games.parametric.decide import rational
from alliance_games.parametric.describing import Description, at
from alliance_games.parametric.region import Symbols
from alliance_games.parametric.trees import whole
from alliance_games.results.budget import Budget
from alliance_games.results.records import Record
from alliance_games.results.result import Coverage, Result
from alliance_games.results.solutions import (
    Behaviour,
    Component,
    Dominant,
    Dominated,
    Members,
    Point,
    Selection,
    Solution,
)
from alliance_games.results.tree_solutions import Assessment, Continuum
from alliance_games.solve import solve

Essence = frozenset[object]
"""What both ways of finding an answer must agree on, without order and decoration."""


def difference(
    study: Study,
    symbols: Symbols,
    description: Description | None,
    point: Sequence[Exact],
    budget: Budget | None = None,
) -> str | None:
    """None where the ordinary solver, at the point, finds exactly what the description says.

    Else what differs, in words. ``description`` None means that the game has no value there.
    Raises CannotCompare where the ordinary solver has no whole answer to compare.
    """
    if not rational(tuple(point)):
        raise CannotCompare("the point is irrational")
    values = symbols.values(point)
    try:
        study.game.values(values)
        game = study.game.at(values)
    except InvalidGame as invalid:
        if description is None:
            return None
        if any(problem.code == NOT_WHOLE for problem in invalid.problems):
            raise CannotCompare("a whole number is needed there") from invalid
        return f"the game has no value there: {invalid}"
    if description is None:
        return "the game has a value there"
    if not _alike(game, whole(study.game)):
        raise CannotCompare("chance leaves out a part of the game, which has another shape there")
    answer = solve(game, [name for name, _ in description], budget)
    for name, solutions in description:
        result = answer.of(name)
        tied = any(isinstance(one, Behaviour) and one.properties for one in solutions)
        ours = essence(_told(name, at(solutions, point)), tied)
        theirs = frozenset() if result is None else essence(_whole(result), tied)
        if ours != theirs:
            return f"{name}: {_in_words(ours - theirs)} against {_in_words(theirs - ours)}"
    return None


class CannotCompare(Exception):
    """The ordinary solver gives no whole answer at the point; the text says why."""


def _alike(game: Game, other: Game) -> bool:
    """Whether two trees have the same nodes and information sets; other games always are alike."""
    if not (isinstance(game, ExtensiveGame) and isinstance(other, ExtensiveGame)):
        return True
    return game.sets == other.sets and game.first_child == other.first_child


def _whole(result: Result) -> tuple[Solution, ...]:
    if result.coverage is not Coverage.ALL:
        raise CannotCompare(f"{result.concept} is not answered in full there: {result.because}")
    return _told(result.concept, result.solutions)


def _told(concept: str, solutions: Sequence[Solution]) -> tuple[Solution, ...]:
    """The solutions but those that a refinement rules out, if no continuum is told by examples."""
    for one in solutions:
        if isinstance(one, Continuum) and not all(family.hull for family in one.families):
            raise CannotCompare(f"{concept} gives only examples of a continuum there")
    return tuple(one for one in solutions if one.kind != "discarded")


def essence(solutions: Sequence[Solution], tied: bool = False) -> Essence:
    """The solutions as a set of what is compared; of behaviour at ties the pure ones alone."""
    found: set[object] = set()
    for one in solutions:
        if isinstance(one, Record):
            found.update(_of_a_record(one))
        elif isinstance(one, Point):
            found.add(("point", one.profile, one.payoffs))
        elif isinstance(one, Component):
            corners = frozenset(zip(one.extreme_points, one.payoffs, strict=True))
            found.add(("continuum", one.dimension, corners))
        elif isinstance(one, Selection):
            found.add(("selected", one.profile))
        elif isinstance(one, Dominant):
            found.add(("dominant", one.player, one.strategy, one.strength))
        elif isinstance(one, Dominated):
            if not one.round:
                found.add(("dominated", one.player, one.strategy, one.strength))
        elif isinstance(one, Members):
            found.add(("left", one.members))
        elif isinstance(one, Behaviour):
            if not tied or _is_pure(one):
                found.add(("behaviour", one.choices, one.payoffs))
        elif isinstance(one, Continuum):
            # Of the equilibria at ties the pure ones are compared: each is a corner.
            found.update(
                ("behaviour", p.choices, p.payoffs)
                for p in one.points
                if isinstance(p, Behaviour) and _is_pure(p)
            )
            assessed = [_assessed(p) for p in one.points if isinstance(p, Assessment)]
            if assessed:
                families = frozenset(
                    frozenset(assessed[place] for place in family.points) for family in one.families
                )
                found.add(("assessments", families))
        elif isinstance(one, Assessment):
            found.add(("assessments", frozenset([frozenset([_assessed(one)])])))
    return frozenset(found)


def _of_a_record(one: Record) -> Essence:
    """What is compared of an answer that names its parts; nothing of what only explains it."""
    if one.is_aside:
        return frozenset()
    return frozenset([(one.compared or one.kind, repr(one.essence()))])


def _assessed(one: Assessment) -> object:
    return one.choices, one.beliefs, one.payoffs, one.outcomes


def _is_pure(behaviour: Behaviour) -> bool:
    return all(mixed is None or 1 in mixed for mixed in behaviour.choices)


def _in_words(part: Essence) -> str:
    return "; ".join(sorted(map(str, part))) or "nothing"
