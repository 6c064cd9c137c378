"""An equilibrium of a Bayesian game in words: what each type does, and what it gets by it."""

from __future__ import annotations

from alliance_games.model.bayesian import Bayesian
from alliance_games.report.blocks import Piece, Text, text
from alliance_games.report.families import Variation
from alliance_games.report.mixtures import aside, roles
from alliance_games.report.reading import Reading
from alliance_games.report.seen import Play, Seen
from alliance_games.report.telling import does_and_why, gains
from alliance_games.report.words import capital, count, number

MOST_TYPES = 12
"""So many types of a player are told one by one."""


def interim_lines(one: Play, view: Bayesian) -> list[Text]:
    """What each type of each player expects when she knows it."""
    reading = Reading(one, view.game)
    colours = roles(len(view.players))
    lines = []
    for player, sets in enumerate(view.set_of):
        for type_, index in enumerate(sets):
            spans = reading.brings(index)
            if spans is None:
                continue
            name = f" {view.types[player][type_]}" if view.has_types(player) else ""
            value = spans[reading.used(index)[0]].low
            who = Piece(view.players[player], colours[player])
            lines.append(text(who, f"{name} {number(value)}", aside(value)))
    return lines


def by_types(
    reading: Reading, variation: Variation | None, seen: Seen, view: Bayesian
) -> list[str]:
    """Player by player and type by type: the choice, its interim payoff, the best alternative."""
    parts = []
    for player, sets in enumerate(view.set_of):
        name = view.players[player]
        told = []
        for type_, index in enumerate(sets[:MOST_TYPES]):
            who = view.types[player][type_] if view.has_types(player) else name
            told.append(f"{who} {does_and_why(index, reading, variation, seen)}")
        if len(sets) > MOST_TYPES:
            told.append(f"{count(len(sets) - MOST_TYPES, 'more type')} in the table")
        lead = f"{name}'s types: " if view.has_types(player) else ""
        parts.append(f"{capital(lead + '; '.join(told))}.")
    if ex_ante := gains(reading, seen):
        said = ex_ante.removesuffix(".").removesuffix(" in expectation")
        parts.append(f"Before types are known, {said}.")
    return parts
