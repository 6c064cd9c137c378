"""The mistakes of which an assessment is the limit, in words."""

from __future__ import annotations

from collections.abc import Sequence

from alliance_games.model.extensive import ExtensiveGame
from alliance_games.report.blocks import Block, Bullets, Piece, Prose, Text, text
from alliance_games.report.mixtures import mixture_words
from alliance_games.report.words import number
from alliance_games.results.solutions import Solution
from alliance_games.results.tree_solutions import Assessment, Tremble

MOST_SHOWN = 20
"""The trembles of so many assessments are told."""


def trembles(solutions: Sequence[Solution], game: ExtensiveGame) -> list[Block]:
    """For each assessment that carries one: its mistakes and the beliefs that they lead to."""
    items: list[Text] = []
    place = 0
    for one in solutions:
        place += one.kind in ("assessment", "component", "behaviour")
        if isinstance(one, Assessment) and one.tremble is not None and len(items) < MOST_SHOWN:
            items.append(text(Piece(f"{place}: ", "strong"), tremble_words(one, one.tremble, game)))
    if not items:
        return []
    head = "Mistakes that bear out the beliefs, as e goes to 0:"
    return [Prose(text(Piece(head, "strong"))), Bullets(tuple(items))]


def tremble_words(one: Assessment, tremble: Tremble, game: ExtensiveGame) -> str:
    """``in the limit of mistakes of these orders: One, start: D e; ... give D 1/3 at third``."""
    told = []
    for index, orders in enumerate(tremble.orders):
        weights = tremble.weights[index]
        if orders is None or weights is None:
            continue
        mistakes = [
            f"{game.sets[index].actions[k]} {_size(number(weights[k]), order)}"
            for k, order in enumerate(orders)
            if order > 0
        ]
        if mistakes:
            who = game.players[game.sets[index].player]
            told.append(f"{who} @ {game.set_name(index)}: {', '.join(mistakes)}")
    if not told:
        return "every action is taken, so Bayes' rule gives every belief"
    beliefs = [
        f"{mixture_words(held, game.node_names(index))} at {game.set_name(index)}"
        for index, held in enumerate(one.beliefs)
        if held is not None and len(held) > 1
    ]
    leads = f"; they lead to the beliefs {'; '.join(beliefs)}" if beliefs else ""
    return f"in the limit of mistakes with probabilities near {'; '.join(told)}{leads}"


def _size(weight: str, order: int) -> str:
    power = "e" if order == 1 else f"e^{order}"
    return power if weight == "1" else f"{weight} {power}"
