"""An equilibrium of a Bayesian game in words: what each type does, and what it gets by it."""

from __future__ import annotations

from alliance_games.model.bayesian import Bayesian
from alliance_games.report.families import Variation
from alliance_games.report.reading import Reading
from alliance_games.report.seen import Seen
from alliance_games.report.telling import gains, verb
from alliance_games.report.words import capital


def by_types(
    reading: Reading, variation: Variation | None, seen: Seen, view: Bayesian
) -> list[str]:
    """Player by player and type by type: the choice, its interim payoff, the best alternative."""
    parts = []
    for player, sets in enumerate(view.set_of):
        name = view.players[player]
        told = []
        for type_, index in enumerate(sets):
            who = view.types[player][type_] if view.has_types(player) else name
            why = reading.why(index)
            told.append(f"{who} {verb(index, reading, variation, seen)}{': ' + why if why else ''}")
        lead = f"{name}'s types: " if view.has_types(player) else ""
        parts.append(f"{capital(lead + '; '.join(told))}.")
    parts.append(
        f"Before types are known, {gains(reading, seen).removesuffix(' in expectation.')}."
    )
    return [part.replace("..", ".") for part in parts]
