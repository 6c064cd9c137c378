"""How many solutions an answer holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from alliance_games.claims.setting import Setting
from alliance_games.claims.ties import MIXED, tied
from alliance_games.claims.verdict import NoMatch, Undecided
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.results.concept import Game
from alliance_games.results.ordered import Undescribed
from alliance_games.results.records import Record
from alliance_games.results.result import Coverage, Result
from alliance_games.results.solutions import (
    Behaviour,
    Component,
    CountPoint,
    Point,
    Selection,
    Solution,
    Tally,
)

if TYPE_CHECKING:
    from alliance_games.results.tree_solutions import Continuum

_ONE_EACH = frozenset({"assessment", "component", "correlated", "path"})
"""Solutions of trees, of which each counts as one: a continuum too, because in a tree it is most
often one way to play with many beliefs or threats that are never put to the test."""


class Infinite(NoMatch):
    """There is a continuum of solutions."""


def count(setting: Setting, concept: str) -> int:
    """The exact number of solutions; in a tree a continuum is one.

    Raises Infinite where a game in normal form has a continuum, or a polytope of correlated play.
    """
    result = setting.result(concept)
    if result.coverage is not Coverage.ALL:
        raise Undecided(f"{concept}: not all solutions are known ({result.because})")
    if tied(result.solutions):
        raise Undescribed(MIXED)
    tallies = [one.number for one in result.solutions if isinstance(one, Tally)]
    if tallies:
        return sum(tallies)
    solutions = [one for one in result.solutions if one.kind != "discarded"]
    if solutions and solutions[0].kind == "distribution":
        return _distributions(result)
    return sum(_number(result, solution) for solution in solutions)


def _distributions(result: Result) -> int:
    """One, where the polytope is a point."""
    plays = {getattr(one, "plays", None) for one in result.solutions}
    if len(plays) > 1:
        raise Infinite(f"infinitely many: {result.concept} has a polytope here")
    return 1


def _number(result: Result, solution: Solution) -> int:
    if isinstance(solution, Component):
        raise Infinite(f"infinitely many: {result.concept} has a continuum here")
    if isinstance(solution, CountPoint):
        return solution.profiles
    if isinstance(solution, Selection):
        return int(solution.profile is not None)
    if isinstance(solution, Record):
        return int(solution.is_something)
    if isinstance(solution, Point | Behaviour) or solution.kind in _ONE_EACH:
        return 1
    raise NoMatch(f"the answer of {result.concept} is not a number of solutions")


def is_one_play(game: Game, solution: Solution) -> bool:
    """Whether it is no continuum of a tree whose members differ on the path of play."""
    if not isinstance(game, ExtensiveGame) or solution.kind != "component":
        return True
    from alliance_games.claims import trees

    return trees.one_play(game, cast("Continuum", solution))
