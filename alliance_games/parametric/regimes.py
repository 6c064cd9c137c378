"""For which parameters which equilibria: the whole of it for one file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from alliance_games.concepts import find
from alliance_games.model.cardinal import cardinal_study, is_ordinal
from alliance_games.model.environments import Value
from alliance_games.model.parametric import ParametricGame, Values
from alliance_games.model.study import Study
from alliance_games.parametric import trees
from alliance_games.parametric.agreement import CannotCompare, difference
from alliance_games.parametric.cells import Cell, merge
from alliance_games.parametric.coverage import coverage
from alliance_games.parametric.decide import (
    RESOURCES,
    Point,
    rational,
)
from alliance_games.parametric.describing import Description, flatten
from alliance_games.parametric.explore import MOST_EDGES, Exploration, Leaf, Path, explore
from alliance_games.parametric.games import TooLarge
from alliance_games.parametric.region import Region, region
from alliance_games.parametric.samples import simple_point
from alliance_games.parametric.statements import Statement, statements
from alliance_games.parametric.symbolic import OutsideClass
from alliance_games.results.budget import Budget, LimitReached
from alliance_games.results.concept import Concept
from alliance_games.solve import SelfCheckFailed

T = TypeVar("T")

MOST_STRATEGIES = 4
"""Strategies of each of two players up to which mixed equilibria are looked for unasked."""


_FORMATION = {
    "hedonic": ("nash-stable", "core-stable"),
    "landscape": ("landscape-minima",),
    "matching": ("stable-matching",),
}
"""What is asked, by kind, of games in which the question is who sides with whom."""


class Unsupported(Exception):
    """What regimes cannot be asked of, and why, in words."""


@dataclass(frozen=True, slots=True)
class Regime:
    """One cell with a point of it, and whether the ordinary solver agrees there.

    ``sample`` is None where not even one point of the cell is known for certain; ``checked`` says
    what was done with it: '' where the game was solved there and agreed, else why it was not.
    """

    cell: Cell[Description]
    sample: Point | None
    checked: str = ""


@dataclass(frozen=True, slots=True)
class Regimes:
    """The region of a game divided by what its concepts answer.

    ``regimes`` are whole cells first, then edges. ``covers`` and ``disjoint`` are '' where it was
    checked that the cells cover the region and do not overlap, else why it is not certain.
    ``stopped`` is '' or what ended the work: the cells found so far are then incomplete, and their
    conditions are those of the search, not simplified. ``held`` are the parameters held fixed.
    """

    study: Study
    concepts: tuple[str, ...]
    region: Region
    regimes: tuple[Regime, ...]
    statements: tuple[Statement, ...]
    held: Mapping[str, Value]
    covers: str
    disjoint: str
    stopped: str = ""

    @property
    def whole(self) -> tuple[Regime, ...]:
        """The cells with inner points at which something is described."""
        return tuple(r for r in self.regimes if not r.cell.thin and not r.cell.excluded)

    @property
    def edges(self) -> tuple[Regime, ...]:
        """The knife edges: cells without inner points."""
        return tuple(
            r for r in self.regimes if r.cell.thin and not r.cell.excluded and not r.cell.undivided
        )

    @property
    def undivided(self) -> Cell[Description] | None:
        """The knife edges that were not looked into, all in one; None where there are none."""
        return next((r.cell for r in self.regimes if r.cell.undivided), None)

    @property
    def excluded(self) -> tuple[Regime, ...]:
        """The places at which the game has no value."""
        return tuple(r for r in self.regimes if r.cell.excluded)

    @property
    def undecided(self) -> bool:
        """Whether something about the cells was left undecided."""
        return bool(
            self.covers
            or self.disjoint
            or self.region.undecided
            or any(r.cell.undecided for r in self.regimes)
        )


def default_concepts(game: ParametricGame) -> tuple[str, ...]:
    """What is asked where nothing is: of two players Nash, with risk dominance in a 2x2 game."""
    if game.kind == "extensive":
        return (trees.asked(game),)
    if game.kind == "repeated":
        return ("grim-trigger",)
    if game.kind == "coalitional":
        return ("core",)
    if game.kind == "continuous":
        return ("pure-nash",)
    if game.kind == "bargaining":
        return ("nash-bargaining",)
    if game.kind in _FORMATION:
        return _FORMATION[game.kind]
    shape = tuple(map(len, game.strategies))
    if shape == (2, 2):
        return ("nash", "risk-dominance")
    if is_ordinal(game):
        return ("pure-nash",)
    if len(shape) == 2 and max(shape) <= MOST_STRATEGIES:
        return ("nash",)
    return ("pure-nash",)


def regimes(
    study: Study,
    concepts: Sequence[str] | None = None,
    *,
    values: Values | None = None,
    over: Sequence[str] | None = None,
    budget: Budget | None = None,
    resources: int = RESOURCES,
    most_edges: int | None = MOST_EDGES,
) -> Regimes:
    """Divide the parameters ``over`` (None: all) of a study, the others held at ``values``.

    An ordinal game's parameters are the numbers that its rankings leave open.
    At most ``most_edges`` knife edges are looked into (None: all).

    Raises Unsupported for a concept or a game that is not stated by signs, KeyError for an unknown
    parameter in ``over``, SelfCheckFailed where the ordinary solver contradicts a cell.
    """
    budget = budget or Budget()
    asked = tuple(concepts or default_concepts(study.game))
    study = cardinal_study(study)
    if values is None or len(values) < len(study.game.parameters):
        values = study.game.values(values)
    study = replace(study, game=study.game.among(values))
    records = [usable(name, study) for name in asked]
    try:
        where = region(study.game, values, over, budget, resources)
        found = explore(_procedure(records, where), where.decider, where.pieces, budget, most_edges)
    except OutsideClass as outside:
        span = outside.span
        if not span.line:
            raise Unsupported(outside.message) from outside
        place = f"{study.file}:{span.line}:{span.column}: "
        raise Unsupported(
            f"{place}{outside.message}; regimes takes rational functions of the parameters, with "
            "if, min, max and abs"
        ) from outside
    except TooLarge as large:
        raise Unsupported(f"regimes takes games whose table can be written out: {large}") from large
    return _assembled(study, asked, where, found, values, budget)


def usable(name: str, study: Study) -> Concept:
    """The concept of this name, where its conditions can be asked; raises Unsupported."""
    concept = find(name)
    game = study.game
    if concept.conditions is None:
        raise Unsupported(
            f"{name} is not stated by signs yet; these are: {', '.join(sorted(_stated()))}"
        )
    case = trees.whole(game)
    if game.kind not in concept.games or (case.ordinal and not concept.ordinal):
        raise Unsupported(f"{name}: {concept.refuses(case)}")
    if name in ("nash", "payoff-dominance", "risk-dominance") and len(game.players) != 2:
        raise Unsupported(f"{name}: regimes takes it for two players; pure-nash is for any number")
    if game.kind == "extensive" and name == "nash":
        raise Unsupported(f"{name}: regimes takes it in normal form; subgame-perfect is for trees")
    if game.kind == "extensive" or game.kind in _FORMATION:
        refusal = concept.refuses(case)
        if refusal is not None:
            raise Unsupported(f"{name}: {refusal}")
    if game.kind == "extensive":
        untold = trees.untold(name, case)
        if untold is not None:
            raise Unsupported(f"{name}: {untold}")
    return concept


def _stated() -> list[str]:
    from alliance_games.concepts import catalogue

    return [concept.name for concept in catalogue() if concept.conditions is not None]


def _procedure(concepts: Sequence[Concept], where: Region) -> Callable[[Path], Description]:
    def describe(path: Path) -> Description:
        game = where.builder.build(path)
        found = []
        for concept in concepts:
            assert concept.conditions is not None, "it was looked at before"
            found.append((concept.name, tuple(concept.conditions(game, path))))
        return tuple(found)

    return describe


def _assembled(
    study: Study,
    asked: tuple[str, ...],
    where: Region,
    found: Exploration[Description],
    values: Values,
    budget: Budget,
) -> Regimes:
    stopped = where.stopped or found.stopped
    decider = where.decider
    made: tuple[Regime, ...] = ()
    said: tuple[Statement, ...] = ()
    covers = disjoint = ""
    if not stopped:
        try:
            cells = merge(found.leaves, decider, flatten)
            made = tuple(_regime(study, where, cell, budget) for cell in _ordered(cells, where))
            said = tuple(statements(asked, found.leaves, decider, tree_of(study)))
            covers, disjoint = coverage(cells, where)
        except LimitReached as limit:
            stopped = str(limit)
        except KeyboardInterrupt:
            budget.interrupted = True
            stopped = "the work was interrupted"
    if stopped:
        made = tuple(
            Regime(cell, _witness(cell), "the work was stopped") for cell in _raw(found.leaves)
        )
        said = ()
        covers = disjoint = "the work was stopped"
    decider.unlimit()
    free = {name for name, _ in where.symbols.places}
    held = {name: value for name, value in values.items() if name not in free}
    return Regimes(study, asked, where, made, said, held, covers, disjoint, stopped)


def tree_of(study: Study) -> Any:
    """The whole tree, for its sets and their names; None for other games."""
    return trees.whole(study.game) if study.game.kind == "extensive" else None


def _raw(leaves: Sequence[Leaf[Description]]) -> list[Cell[Description]]:
    """The leaves of a search that was not finished, under the conditions they were found under:
    where not everything is known, nothing can be left out."""
    groups: dict[object, list[Leaf[Description]]] = {}
    for leaf in leaves:
        key = leaf.excluded or (flatten(leaf.outcome), leaf.thin)
        groups.setdefault(key, []).append(leaf)
    return [
        Cell(
            tuple(
                tuple((k, s) for k, s in leaf.conditions.items() if k in leaf.forked)
                for leaf in group
            ),
            group[0].outcome,
            tuple(group),
            group[0].thin,
            next((leaf.undecided for leaf in group if leaf.undecided), ""),
            group[0].excluded,
        )
        for group in groups.values()
    ]


def _ordered(cells: Sequence[Cell[Description]], where: Region) -> list[Cell[Description]]:
    """The cell of the defaults first, the others as found, edges last."""
    defaults = where.symbols.defaults

    def key(cell: Cell[Description]) -> tuple[bool, bool]:
        return cell.thin, not any(
            where.decider.holds(leaf.conditions.items(), defaults) for leaf in cell.leaves
        )

    return sorted(cells, key=key)


def _witness(cell: Cell[Description]) -> Point | None:
    return next((leaf.witness for leaf in cell.leaves if leaf.witness is not None), None)


def _regime(study: Study, where: Region, cell: Cell[Description], budget: Budget) -> Regime:
    if cell.undivided:
        return Regime(cell, _witness(cell), "these knife edges were not looked into")
    if cell.outcome is None and not cell.excluded:
        return Regime(cell, _witness(cell), "nothing is described there")
    symbols = where.symbols
    leaves = [leaf for leaf in cell.leaves if leaf.witness is not None]
    if not leaves:
        return Regime(cell, None, "no point of it is known for certain")
    home = next(
        (leaf for leaf in leaves if where.decider.holds(leaf.conditions.items(), symbols.defaults)),
        leaves[0],
    )
    assert home.witness is not None
    point = simple_point(where.decider, home.conditions, home.witness, symbols.defaults)
    if not rational(point):
        return Regime(cell, point, "its points are irrational, and the solver takes exact values")
    try:
        gap = difference(study, symbols, cell.outcome, point, budget)
    except CannotCompare as reason:
        return Regime(cell, point, str(reason))
    if gap is not None:
        shown = ", ".join(f"{n} = {v}" for n, v in zip(symbols.names, point, strict=True))
        raise SelfCheckFailed(
            f"regimes: at {shown} the formulas of a cell and the solver disagree ({gap}); "
            f"please report this with the game file"
        )
    return Regime(cell, point)


__all__ = ["Regime", "Regimes", "Statement", "Unsupported", "default_concepts", "regimes"]
