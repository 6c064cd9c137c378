"""Which trees the conditions of which concept can be asked of."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from alliance_games.model.exchange import exchange
from alliance_games.model.parametric import ParametricGame
from alliance_games.model.signalling import signalling_view
from alliance_games.model.trees import TreeBody

OF_EXCHANGES = ("sequential", "weak-perfect-bayesian", "intuitive-criterion")
"""The concepts whose conditions are told of exchanges; the last of signalling games alone."""


def whole(game: ParametricGame) -> Any:
    """The game at the file's values, with what chance may leave out there but not elsewhere.

    It has the information sets, in their order, of the tree in formulas.
    """
    if isinstance(game.body, TreeBody) and game.body.prunes:
        game = replace(game, body=replace(game.body, prunes=False))
    return game.at(game.values())


def asked(game: ParametricGame) -> str:
    """What is asked of a tree where nothing is: the sequential equilibria of a signalling game, and
    of another exchange if its subgame-perfect ones are not told."""
    tree = whole(game)
    if tree.has_perfect_information:
        return "subgame-perfect"
    if signalling_view(tree) is not None:
        return "sequential"
    told = untold("subgame-perfect", tree) is None or exchange(tree) is None
    return "subgame-perfect" if told else "sequential"


def untold(concept: str, tree: Any) -> str | None:
    """Why the conditions of ``concept`` are not told of a tree; None where they are."""
    if concept in OF_EXCHANGES:
        from alliance_games.algorithms.exchange_ground import stated

        if concept == "intuitive-criterion" and signalling_view(tree) is None:
            return (
                "regimes takes it for signalling games: chance draws the type of one player, who "
                "alone sees it and sends a message to which another responds"
            )
        view = exchange(tree)
        if view is None:
            return (
                "regimes takes it for trees in which one player moves and another then answers, "
                "each once, whatever chance tells either of them; what follows must be settled "
                "whatever is believed"
            )
        return stated(view)
    if not tree.has_perfect_information:
        from alliance_games.algorithms.subgame_stage_conditions import told
        from alliance_games.transforms.subgames import subgames

        return told(tree, subgames(tree).stages())
    return None
