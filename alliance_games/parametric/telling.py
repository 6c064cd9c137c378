"""Regimes with names and words on them: what reports and documents are made of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from alliance_games.exact.expression import Expression, Name, walk
from alliance_games.model.extensive import CHANCE
from alliance_games.model.profiles import Mixed
from alliance_games.parametric.decide import ZERO, Point
from alliance_games.parametric.games import SymbolicTree
from alliance_games.parametric.regimes import Regime, Regimes
from alliance_games.parametric.statements import Statement
from alliance_games.parametric.trees import whole
from alliance_games.parametric.wording import Writer
from alliance_games.results.naming import Json, Names, Number


@dataclass(frozen=True, slots=True)
class Told:
    """A regime under a letter, with its condition (None: everywhere in the region)."""

    label: str
    regime: Regime
    where: Expression | None


class Telling:
    """The regimes of one file, told: capital letters for cells, small ones for knife edges.

    Conditions are solved for the parameter ``solve_for`` where they can be ('': for whichever reads
    best).
    """

    def __init__(self, found: Regimes, solve_for: str = "") -> None:
        self.found = found
        self.writer = Writer(found.region, found.study.game.definitions)
        if solve_for:
            self.writer.solve_for(solve_for)
        else:
            self.writer.prepare(
                one
                for regime in found.regimes
                if not regime.cell.undivided
                for one in regime.cell.alternatives
            )
        self.cells = self._told(found.whole, "A")
        self.edges = self._told(found.edges, "a")
        self.excluded = self._told(found.excluded, "")
        self.names = FormulaNames(found, self.writer)
        self.undivided = self._undivided()

    def _undivided(self) -> tuple[Expression, ...]:
        """The equalities on which the knife edges lie that were not looked into."""
        cell = self.found.undivided
        if cell is None:
            return ()
        keys = {key: None for one in cell.alternatives for key, signs in one if signs == ZERO}
        return tuple(self.writer.condition(key, ZERO) for key in keys)

    @property
    def all(self) -> tuple[Told, ...]:
        """Cells, knife edges and excluded places, in this order."""
        return (*self.cells, *self.edges, *self.excluded)

    def _told(self, regimes: Sequence[Regime], first: str) -> tuple[Told, ...]:
        return tuple(
            Told(
                letters(place, first) if first else "",
                regime,
                self.writer.alternatives(regime.cell.alternatives),
            )
            for place, regime in enumerate(regimes)
        )

    def where(self, statement: Statement) -> Expression | None:
        """When a statement holds; None for always."""
        return None if statement.always else self.writer.alternatives(statement.where)

    def inside(self, point: Point) -> bool:
        """Whether a point lies in the region."""
        region = self.found.region
        return any(region.decider.holds(base.items(), point) for base, _ in region.pieces)

    def at(self, point: Point) -> Told | None:
        """The regime that holds a point of the region; None on an edge that was not looked into."""
        decider = self.found.region.decider
        for told in self.all:
            if any(decider.holds(one, point) for one in told.regime.cell.alternatives):
                return told
        return None

    def parameters_used(self) -> list[int]:
        """The free parameters that the conditions speak of, the most frequent first."""
        names = self.found.region.symbols.names
        counts = dict.fromkeys(range(len(names)), 0)
        for told in self.all:
            if told.where is None:
                continue
            spoken = {node.name for node in walk(told.where) if isinstance(node, Name)}
            for place, name in enumerate(names):
                counts[place] += name in spoken
        used = [place for place, count in counts.items() if count]
        return sorted(used, key=lambda place: (-counts[place], place))


class FormulaNames(Names):
    """Names for answers whose numbers are formulas."""

    def __init__(self, found: Regimes, writer: Writer) -> None:
        self.players = found.region.builder.players
        self._strategies = found.region.builder.body.strategies
        self.number: Callable[[Fraction | int], str] = writer.text  # type: ignore[assignment]
        self._sets: list[tuple[str, str]] | None = None
        body = found.study.game.body
        self.tree: SymbolicTree | None = None
        if body.kind == "extensive":
            self.tree = whole(found.study.game)
            self.game = self.tree

    def strategies(self, player: int) -> tuple[str, ...]:
        """The names of a player's strategies."""
        return self._strategies[player]

    def mixture(self, player: int, strategy: Mixed) -> dict[str, Number]:
        """A mixed strategy; nothing for one that is not told."""
        return super().mixture(player, strategy) if strategy else {}

    def set_at(self, index: int) -> tuple[str, tuple[str, ...]]:
        """The name of an information set of a tree, and its actions."""
        assert self.tree is not None
        return self.tree.set_name(index), self.tree.sets[index].actions

    def sets_of(self, player: int) -> list[tuple[int, str, tuple[str, ...]]]:
        """A player's information sets in a tree: index, name and actions."""
        assert self.tree is not None
        return [
            (index, self.tree.set_name(index), one.actions)
            for index, one in enumerate(self.tree.sets)
            if one.player == player and one.player != CHANCE
        ]


def letters(place: int, first: str) -> str:
    """A, B ... Z, AA ...; or small."""
    name = ""
    place += 1
    while place:
        place, digit = divmod(place - 1, 26)
        name = chr(ord(first) + digit) + name
    return name


__all__ = ["FormulaNames", "Json", "Telling", "Told"]
