"""Behaviour strategy profiles of trees: who would do what where, as a numbered table."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction

from alliance_games.model.extensive import CHANCE, ExtensiveGame
from alliance_games.report.blocks import Block, Column, Note, Piece, Table, Text, text
from alliance_games.report.mixtures import Lines, aside, mixture_words, payoff_lines, roles
from alliance_games.report.words import count, number
from alliance_games.results.solutions import Behaviour

MOST_SETS = 40
"""A report shows a player's plan at so many information sets."""

MOST_ENDINGS = 8
"""So many endings are named; the payoffs count them all."""

Outcomes = Sequence[tuple[int, Fraction]]
"""Endings with their probabilities."""


def by_player(solutions: Sequence[Behaviour], game: ExtensiveGame) -> list[Block]:
    """A row for each profile, a column for each player: what she does at each of her sets."""
    if not solutions:
        return []
    own: list[list[int]] = [[] for _ in game.players]
    for index, information_set in enumerate(game.sets):
        if information_set.player != CHANCE:
            own[information_set.player].append(index)
    movers = [player for player, sets in enumerate(own) if sets]
    hidden = {player: max(len(own[player]) - MOST_SETS, 0) for player in movers}
    last, happens = _last_column(game)
    rows = [
        (
            (text(Piece(str(place), "strong")),),
            *(plan(one, game, own[player][:MOST_SETS]) for player in movers),
            *(() if game.ordinal else (payoff_lines(one.payoffs, game.players),)),
            tuple(happens(one)),
        )
        for place, one in enumerate(solutions, start=1)
    ]
    colours = roles(len(game.players))
    columns = (
        Column(text("#"), "right"),
        *(Column(text(Piece(game.players[player], colours[player]))) for player in movers),
        *(() if game.ordinal else (Column(text("Payoffs")),)),
        Column(text(last)),
    )
    blocks: list[Block] = [Table(columns, tuple(rows))]
    blocks += [
        Note(
            text(
                f"{game.players[player]} has {number_of:,} more information sets, not shown here; "
                "--format json gives the whole plan."
            )
        )
        for player, number_of in hidden.items()
        if number_of
    ]
    return blocks


def _last_column(game: ExtensiveGame) -> tuple[str, Callable[[Behaviour], list[Text]]]:
    """What happens; in a Bayesian game, whose endings are many, what each type expects."""
    if not game.has_perfect_information and not game.ordinal:
        from alliance_games.report.meaning_types import interim_lines
        from alliance_games.report.seen import Seen

        if (view := Seen(game).bayesian) is not None:
            return "Interim payoffs", lambda one: interim_lines(one, view)
    return "What happens", lambda one: outcome_lines(one.outcomes, game)


def plan(one: Behaviour, game: ExtensiveGame, sets: Iterable[int]) -> Lines:
    """What a player does at each of her information sets."""
    chosen = list(sets)
    lines = []
    for index in chosen:
        choice = one.choices[index]
        if choice is None:
            continue
        action = mixture_words(choice, game.sets[index].actions)
        if len(chosen) == 1 and not game.sets[index].label:
            lines.append(text(Piece(action, "strategy")))
        else:
            lines.append(
                text(Piece(f"{game.set_name(index)}: ", "muted"), Piece(action, "strategy"))
            )
    return tuple(lines)


def ending(game: ExtensiveGame, node: int) -> str:
    """The name of an ending, or the moves that lead to it."""
    name = game.outcomes[game.terminal[node]] if game.outcomes else ""
    return name or ", ".join(game.path(node))


def outcome_lines(outcomes: Outcomes, game: ExtensiveGame) -> list[Text]:
    """The endings reached, with their probabilities."""
    shown = outcomes[:MOST_ENDINGS]
    lines = [
        text(
            ending(game, node),
            "" if chance == 1 else f" {number(chance)}",
            () if chance == 1 else aside(chance),
        )
        for node, chance in shown
    ]
    if len(shown) < len(outcomes):
        lines.append(text(count(len(outcomes) - len(shown), "more ending")))
    return lines
