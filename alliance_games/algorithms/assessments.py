"""All sequential and all weak perfect Bayesian equilibria: pattern by pattern, exactly."""

from __future__ import annotations

from collections.abc import Callable

from alliance_games.algorithms.assessments_consistency import arbitrary, consistent
from alliance_games.algorithms.assessments_ground import Ground
from alliance_games.algorithms.assessments_join import joined
from alliance_games.algorithms.assessments_pieces import Held, Piece
from alliance_games.algorithms.assessments_rationality import Leaf
from alliance_games.algorithms.assessments_supports import Beaten, Broken, Pattern, patterns
from alliance_games.algorithms.assessments_tremble import tremble_of
from alliance_games.exact.systems import Undecided, solve
from alliance_games.exact.tableau import Tick, no_limit
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.results.tree_solutions import Assessment, Continuum, Tremble

Rejected = Callable[[Beaten | tuple[Pattern, Broken] | Pattern], None]
"""Told of each pattern ruled out: a partial one, one with the condition that fails, or one whose
conditions have no solution together."""


class Search:
    """The search for all equilibria of one game.

    ``sequential`` asks for consistent beliefs (Kreps and Wilson 1982); else beliefs are arbitrary
    off the path and every plan is compared (Mas-Colell, Whinston and Green 1995). ``pieces`` are
    the cells found so far, ``undecided`` what could not be settled, in words; ``patterns`` and
    ``systems`` count the patterns of used actions left by pruning and the systems solved.
    """

    def __init__(
        self, game: ExtensiveGame, sequential: bool, rejected: Rejected = lambda candidate: None
    ) -> None:
        self.ground = Ground(game)
        self.sequential, self.rejected = sequential, rejected
        self.pieces: list[Piece] = []
        self.undecided: list[str] = []
        self.patterns = self.systems = 0

    def run(self, tick: Tick, *, one: bool = False) -> None:
        """Find every equilibrium, or the first where ``one``."""
        for used in patterns(self.ground, tick, self.rejected):
            tick()
            self.patterns += 1
            found = self._of_pattern(used, tick)
            self.pieces += found
            if one and found:
                return

    def joined(
        self, tick: Tick = no_limit, *, most: int | None = None
    ) -> list[Assessment | Continuum]:
        """What was found (the first ``most`` cells of it), in canonical order."""
        return joined(self.ground, self.pieces[:most], self._tremble, tick)

    def _tremble(self, held: Held) -> Tremble | None:
        return tremble_of(self.ground, *held) if self.sequential else None

    def _of_pattern(self, used: Pattern, tick: Tick) -> list[Piece]:
        ground = self.ground
        ways = consistent(ground, used, tick) if self.sequential else arbitrary(ground, used)
        pieces: list[Piece] = []
        wrong: Broken | None = None
        for beliefs in ways:
            outcome = self._of_leaf(Leaf(ground, used, beliefs, not self.sequential), tick)
            if isinstance(outcome, Broken):
                wrong = wrong or outcome
            else:
                pieces += outcome
        if not pieces:
            self.rejected((used, wrong) if wrong else used)
        return pieces

    def _of_leaf(self, leaf: Leaf, tick: Tick) -> list[Piece] | Broken:
        system = leaf.system()
        if isinstance(system, Broken):
            return system
        self.systems += 1
        try:
            return [Piece(leaf, cell) for cell in solve(system, tick)]
        except Undecided as undecided:
            self.undecided.append(str(undecided))
            return []
