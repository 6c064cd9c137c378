"""Which trees the conditions of which concept can be asked of."""

from __future__ import annotations

from typing import Any

from alliance_games.model.parametric import ParametricGame
from alliance_games.model.signalling import signalling_view

OF_SIGNALS = ("sequential", "weak-perfect-bayesian", "intuitive-criterion")
"""The concepts whose conditions are told of signalling games."""


def asked(game: ParametricGame) -> str:
    """What is asked of a tree where nothing is: of a signalling game its sequential equilibria."""
    tree: Any = game.at(game.values())
    signalling = not tree.has_perfect_information and signalling_view(tree) is not None
    return "sequential" if signalling else "subgame-perfect"


def untold(concept: str, tree: Any) -> str | None:
    """Why the conditions of ``concept`` are not told of a tree; None where they are."""
    if concept in OF_SIGNALS:
        from alliance_games.algorithms.signalling_vertices import stated

        view = signalling_view(tree)
        if view is None:
            return (
                "regimes takes it for signalling games: chance draws the type of one player, who "
                "alone sees it and sends a message to which another responds"
            )
        return stated(view)
    if not tree.has_perfect_information:
        from alliance_games.algorithms.subgame_stage_conditions import told
        from alliance_games.transforms.subgames import subgames

        return told(tree, subgames(tree).stages())
    return None
