"""Blocks that are neither linear nor in one variable."""

from __future__ import annotations

from alliance_games.exact.elimination import Branch
from alliance_games.exact.polynomials import Ring
from alliance_games.exact.systems import Piece, Undecided
from alliance_games.exact.tableau import Tick


def nonlinear_cells(
    part: Branch, ring: Ring, variables: tuple[int, ...], tick: Tick
) -> list[Piece]:
    """The cells of a block. Raises Undecided."""
    raise Undecided("polynomial conditions in several unknowns that do not come apart")
