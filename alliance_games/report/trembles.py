"""The mistakes of which an assessment is the limit, in words."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from alliance_games.model.extensive import ExtensiveGame
from alliance_games.report.blocks import Block, Bullets, Piece, Prose, Text, text
from alliance_games.report.mixtures import letters, mixture_words
from alliance_games.report.words import number
from alliance_games.results.solutions import Solution
from alliance_games.results.tree_solutions import Assessment, Continuum, Tremble

MOST_SHOWN = 20
"""The trembles of so many assessments are told."""


def trembles(solutions: Sequence[Solution], game: ExtensiveGame) -> list[Block]:
    """For each assessment that carries one: its mistakes and the beliefs that they lead to."""
    items: list[Text] = []
    place = 0
    for one in solutions:
        place += one.kind in ("assessment", "component", "behaviour")
        points = one.points if isinstance(one, Continuum) else (one,)
        for corner, point in enumerate(points):
            if not isinstance(point, Assessment) or point.tremble is None:
                continue
            tag = f"{place}, corner {letters(corner)}" if isinstance(one, Continuum) else str(place)
            words = tremble_words(point, point.tremble, game)
            items.append(text(Piece(f"{tag}: ", "strong"), words))
    items = items[:MOST_SHOWN]
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
        further = (tremble.further[index] if tremble.further else None) or ((),) * len(orders)
        mistakes = [
            f"{game.sets[index].actions[k]} {_series([(order, weights[k]), *further[k]])}"
            for k, order in enumerate(orders)
            if order > 0 or further[k]
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


def _series(terms: Sequence[tuple[int, Fraction]]) -> str:
    """``2 e``, ``1/2 + e - 3 e^2``: powers of e with their coefficients."""
    said = ""
    for order, coefficient in terms:
        power = {0: "", 1: "e"}.get(order, f"e^{order}")
        size = number(abs(coefficient))
        term = power if size == "1" and power else f"{size} {power}".rstrip()
        sign = ("-" if coefficient < 0 else "") if not said else " - " if coefficient < 0 else " + "
        said += f"{sign}{term}"
    return said
