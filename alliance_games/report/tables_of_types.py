"""Trees drawn as people know them: signalling games by message, Bayesian games by type profile."""

from __future__ import annotations

from alliance_games.model.bayesian import Bayesian, TypeProfile
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.profiles import Mixed, Payoffs
from alliance_games.model.signalling import Signalling
from alliance_games.report.blocks import (
    Block,
    Cell,
    Column,
    Matrix,
    Note,
    Payoff,
    Piece,
    Prose,
    Table,
    Text,
    text,
)
from alliance_games.report.mixtures import roles
from alliance_games.report.seen import Play, Seen
from alliance_games.report.words import both, count, listed, number

MOST_CELLS = 60
"""A table of types, messages and responses has up to so many cells."""

MOST_MATRICES = 9
"""A Bayesian game is drawn at so many type profiles."""


def draw_types(game: ExtensiveGame, played: Play | None, name: str) -> list[Block]:
    """The tables of a signalling or Bayesian game, ``played`` marked; nothing for other trees."""
    seen = Seen(game)
    if seen.signalling is not None:
        return _by_message(seen.signalling, played, name)
    if seen.bayesian is not None and len(game.players) == 2:
        return _by_profile(seen.bayesian, played, name)
    return []


def _by_message(view: Signalling, played: Play | None, name: str) -> list[Block]:
    """A row for each type, a column for each message with its response."""
    columns = [
        (message, response)
        for message, answers in enumerate(view.responses)
        for response in range(max(len(answers), 1))
    ]
    if len(columns) * len(view.types) > MOST_CELLS:
        return []
    game = view.game
    heads = [Column(text(Piece(game.players[view.sender], roles(len(game.players))[view.sender])))]
    heads += [Column(_head(view, message, response, played)) for message, response in columns]
    rows = []
    for type_, prior in enumerate(view.prior):
        sent = _choice(played, view.sender_set[type_])
        cells = [
            (_signal_cell(view, type_, message, response, sent, played),)
            for message, response in columns
        ]
        label = text(Piece(view.types[type_], "strong"), f" ({number(prior)})")
        rows.append(((label,), *cells))
    blocks: list[Block] = [Table(tuple(heads), tuple(rows))]
    return [*blocks, _signal_legend(view, played, name)]


def _choice(played: Play | None, index: int | None) -> Mixed | None:
    return None if played is None or index is None else played.choices[index]


def _head(view: Signalling, message: int, response: int, played: Play | None) -> Text:
    """``Treaty: Attack*``; an answer that is mixed has its probability."""
    answers = view.responses[message]
    if not answers:
        return text(Piece(view.messages[message], "strong"))
    chosen = _choice(played, view.receiver_set[message])
    mark = ""
    if chosen is not None and chosen[response]:
        mark = "*" if chosen[response] == 1 else f"* ({number(chosen[response])})"
    role = "best-reply" if mark else ""
    return text(Piece(f"{view.messages[message]} > "), Piece(f"{answers[response]}{mark}", role))


def _signal_cell(
    view: Signalling,
    type_: int,
    message: int,
    response: int,
    sent: Mixed | None,
    played: Play | None,
) -> Text:
    values = _payoffs(view.payoffs[type_][message][response])
    if sent is None or not sent[message]:
        return text("  " if played is not None else "", values)
    answer = _choice(played, view.receiver_set[message])
    comes = answer is None or bool(answer[response])
    mark = "► " if sent[message] == 1 else f"►{number(sent[message])}: "
    return text(Piece(f"{mark}{values}", "path" if comes else ""))


def _payoffs(values: Payoffs) -> str:
    return ", ".join(map(number, values))


def _signal_legend(view: Signalling, played: Play | None, name: str) -> Prose:
    players = view.game.players
    said = f"By message and response: payoffs of {', '.join(players)}"
    if view.played_out:
        said += ", what follows the response played out"
    said += f"; prior probabilities beside {players[view.sender]}'s types."
    if played is not None:
        said += f"  ► sent, * answered in {name}."
    return Prose(text(Piece(said, "muted")))


def _by_profile(view: Bayesian, played: Play | None, name: str) -> list[Block]:
    """A matrix for each type profile, the likeliest first among equals in the file's order."""
    profiles = [(profile, p) for profile, p in view.prior.items() if p]
    blocks: list[Block] = []
    for profile, probability in profiles[:MOST_MATRICES]:
        caption = text(
            Piece(_profile_words(view, profile), "strong"), f" (probability {both(probability)})"
        )
        blocks.append(_matrix(view, profile, caption, played))
    if len(profiles) > MOST_MATRICES:
        hidden = count(len(profiles) - MOST_MATRICES, "more type profile")
        blocks.append(Note(text(f"{hidden} not drawn; the tree has them all.")))
    said = f"By type profile: payoffs of {', '.join(view.players)}."
    if played is not None:
        said += f"  Boxed: what {name} may come to."
    return [*blocks, Prose(text(Piece(said, "muted")))]


def _profile_words(view: Bayesian, profile: TypeProfile) -> str:
    """The types of one profile; with their players' names, where two players' types share one."""
    names = [
        (view.players[player], view.types[player][type_])
        for player, type_ in enumerate(profile)
        if view.has_types(player)
    ]
    every = [n for player, own in enumerate(view.types) if view.has_types(player) for n in own]
    if len(set(every)) == len(every):
        return listed(name for _, name in names)
    return listed(f"{player} {name}" for player, name in names)


def _matrix(view: Bayesian, profile: TypeProfile, caption: Text, played: Play | None) -> Matrix:
    sets = [view.set_of[player][type_] for player, type_ in enumerate(profile)]
    rows, columns = (view.actions[player][type_] for player, type_ in enumerate(profile))
    chosen = [_choice(played, index) for index in sets]

    def cell(row: int, column: int) -> Cell:
        values = view.payoffs(profile, (row, column))
        used = [
            mixed is not None and bool(mixed[action])
            for mixed, action in zip(chosen, (row, column), strict=True)
        ]
        payoffs = tuple(Payoff(number(value)) for value in values)
        return Cell(payoffs, equilibrium=all(used))

    cells = tuple(
        tuple(cell(row, column) for column in range(len(columns))) for row in range(len(rows))
    )
    first, second = view.players
    return Matrix(first, second, rows, columns, cells, caption)
