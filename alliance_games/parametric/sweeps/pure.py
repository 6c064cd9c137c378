"""The pure equilibria of many games at once, for any number of players."""

from __future__ import annotations

from itertools import product
from math import prod
from typing import TYPE_CHECKING

import numpy as np

from alliance_games.exact.expression import Expression
from alliance_games.parametric.sweeps.formulas import difference, values
from alliance_games.parametric.sweeps.near import Near
from alliance_games.parametric.sweeps.payoffs import FormulaGame
from alliance_games.parametric.sweeps.rows import PURE, Rows, joined

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Solver:
    """Finds the pure equilibria of one game at many points."""

    def __init__(self, game: FormulaGame) -> None:
        self.game = game
        strides = [prod(game.shape[player + 1 :]) for player in range(len(game.shape))]
        self.deviations: list[tuple[tuple[int, ...], list[Expression]]] = []
        for place, profile in enumerate(product(*map(range, game.shape))):
            losses = [
                difference(own[place], own[place + (other - profile[player]) * strides[player]])
                for player, own in enumerate(game.payoffs)
                for other in range(game.shape[player])
                if other != profile[player]
            ]
            self.deviations.append((profile, losses))

    def solve(self, at: dict[str, Near], size: int) -> tuple[Rows, NDArray[np.bool_]]:
        """The rows of the points that are settled, and which points are not."""
        strategies, players = sum(self.game.shape), len(self.game.players)
        open_ = np.zeros(size, dtype=bool)
        count = np.zeros(size, dtype=np.int64)
        starts = np.cumsum([0, *self.game.shape])
        known: dict[Expression, NDArray[np.int8]] = {}
        parts = []
        for place, (profile, losses) in enumerate(self.deviations):
            good = np.ones(size, dtype=bool)
            out = np.zeros(size, dtype=bool)
            for loss in losses:
                if loss not in known:
                    known[loss] = values(loss, at).spread(size).signs()
                sign = known[loss]
                good &= (sign == 0) | (sign == 1)
                out |= sign == -1
            open_ |= ~(good | out)
            here = np.flatnonzero(good)
            if not len(here):
                continue
            count[here] += 1
            rows = Rows.blank(len(here), strategies, players)
            rows.point[:] = here
            rows.number[:] = count[here]
            rows.kind[:] = PURE
            rows.coverage[:] = 1
            rows.chances[:] = 0.0
            for player, own in enumerate(profile):
                rows.chances[:, starts[player] + own] = 1.0
                payoff = values(self.game.payoffs[player][place], at).spread(size)
                rows.payoffs[:, player] = payoff.value[here]
            parts.append(rows)
        none = np.flatnonzero((count == 0) & ~open_)
        empty = Rows.blank(len(none), strategies, players)
        empty.point[:] = none
        empty.coverage[:] = 1
        parts.append(empty)
        whole = joined(parts)
        return whole.take(~open_[whole.point]), open_
