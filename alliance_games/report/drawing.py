"""The game of a case, drawn with what the answers say marked on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.other_forms import OtherForm
from alliance_games.model.study import Case
from alliance_games.report.blocks import Block
from alliance_games.report.equilibria import pure_profiles
from alliance_games.report.matrix import MOST_CELLS, draw_anonymous, draw_normal
from alliance_games.report.tree import MOST_NODES, draw_tree
from alliance_games.results.cases import CaseAnswer
from alliance_games.results.result import Result
from alliance_games.results.solutions import Behaviour

if TYPE_CHECKING:
    from alliance_games.results.tree_solutions import Assessment


def draw(case: Case, answer: CaseAnswer | None, *, generous: bool = False) -> list[Block]:
    """The game, with what the answers say marked on it; ``generous`` draws larger ones whole."""
    game = case.game
    factor = 10 if generous else 1
    if isinstance(game, OtherForm):
        from alliance_games.report.kinds import room

        return room(game).draw(game, answer, generous)
    if isinstance(game, AnonymousGame):
        return draw_anonymous(game)
    if isinstance(game, ExtensiveGame):
        played, name = drawn_equilibrium(answer)
        blocks = draw_tree(game, played, name, MOST_NODES * factor)
        if not game.has_perfect_information:
            from alliance_games.report.tables_of_types import draw_types

            blocks += draw_types(game, played, name)
        return blocks
    return draw_normal(game, *_marks(answer), MOST_CELLS * factor)


def _marks(answer: CaseAnswer | None) -> tuple[list[tuple[int, ...]], list[tuple[int, ...]]]:
    if answer is None:
        return [], []
    equilibria: list[tuple[int, ...]] = []
    for name in ("nash", "pure-nash"):
        result = answer.of(name)
        if result is not None:
            equilibria = pure_profiles(result.solutions)
            break
    pareto = answer.of("pareto")
    efficient = pure_profiles(pareto.solutions) if pareto is not None else []
    return equilibria, efficient


def drawn_equilibrium(answer: CaseAnswer | None) -> tuple[Behaviour | Assessment | None, str]:
    """The equilibrium that is marked on the tree, and what the legend calls it.

    The first of the first answer with beliefs, else of the first with plans; of a continuum, its
    first point.
    """
    plays = [] if answer is None else [(r, one) for r in answer.results if (one := _plays(r))]
    if not plays:
        return None, ""
    result, found = next(((r, o) for r, o in plays if hasattr(_point(o[0]), "beliefs")), plays[0])
    name = f"equilibrium 1 of {len(found)}" if len(found) > 1 else "the equilibrium"
    if found[0].kind == "component":
        name = f"a corner of {'continuum 1' if len(found) > 1 else 'the continuum'}"
    return _point(found[0]), f"{name} ({result.concept})" if len(plays) > 1 else name


def _plays(result: Result) -> list[Any]:
    """The equilibria of a tree among a result's solutions: points and continua."""
    return [
        one
        for one in result.solutions
        if one.kind in ("behaviour", "assessment") or hasattr(one, "families")
    ]


def _point(one: Any) -> Any:
    return one.points[0] if hasattr(one, "families") else one
