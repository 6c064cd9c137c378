"""What only trees are asked and is no list of equilibria: correlated play, branches of quantal
response, plans that survive an elimination."""

from __future__ import annotations

from collections.abc import Sequence

from alliance_games.model.extensive import CHANCE, ExtensiveGame
from alliance_games.report.blocks import (
    Block,
    Column,
    Heading,
    Note,
    Piece,
    Prose,
    Table,
    Text,
    text,
)
from alliance_games.report.equilibria_trees import outcome_lines
from alliance_games.report.mixtures import aside, payoff_lines, roles
from alliance_games.report.words import count, listed, number
from alliance_games.results.solutions import Solution
from alliance_games.results.tree_solutions import Correlated, Plans, QuantalPath

MOST_PLANS = 40
"""So many plans are listed of a mediator's scheme, or of a player."""

MOST_STEPS = 12
"""A branch is shown at so many precisions."""

MOST_SETS = 8
"""A branch is shown at so many information sets."""


def blocks_of(one: Solution, game: ExtensiveGame) -> list[Block]:
    """One such answer."""
    if isinstance(one, Correlated):
        return _correlated(one, game)
    if isinstance(one, QuantalPath):
        return _path(one, game)
    if isinstance(one, Plans):
        return _plans(one, game)
    return []


def _plan(plan: Sequence[int], game: ExtensiveGame, player: int) -> tuple[Text, ...]:
    """A player's actions in a plan, one a line, each with its information set."""
    own = [k for k, each in enumerate(game.sets) if each.player == player and plan[k] >= 0]
    alone = sum(each.player == player for each in game.sets) == 1
    return tuple(
        text(
            "" if alone and not game.sets[k].label else Piece(f"{game.set_name(k)}: ", "muted"),
            Piece(game.sets[k].actions[plan[k]], "strategy"),
        )
        for k in own
    ) or (text(Piece("nothing", "muted")),)


def _correlated(one: Correlated, game: ExtensiveGame) -> list[Block]:
    colours = roles(len(game.players))
    rows = [
        (
            (text(number(chance), aside(chance)),),
            *(_plan(plan, game, player) for player in range(len(game.players))),
        )
        for plan, chance in one.plans[:MOST_PLANS]
    ]
    columns = (
        Column(text("Probability"), "right"),
        *(Column(text(Piece(who, role))) for who, role in zip(game.players, colours, strict=True)),
    )
    gains = text(*_spaced(payoff_lines(one.payoffs, game.players)))
    blocks: list[Block] = [
        Heading(text(Piece(one.of, "strong"), " · payoffs ", gains), 4),
        Table(columns, tuple(rows)),
    ]
    if len(one.plans) > MOST_PLANS:
        hidden = count(len(one.plans) - MOST_PLANS, "more plan")
        blocks.append(Note(text(f"{hidden} not shown; --format json has them all.")))
    happens = text(*_spaced(tuple(outcome_lines(one.outcomes, game)), "; "))
    return [*blocks, Prose(text(Piece("What happens: ", "strong"), happens))]


def _spaced(lines: Sequence[Text], between: str = " ") -> list[Text | str]:
    parts: list[Text | str] = []
    for line in lines:
        parts += [between, line] if parts else [line]
    return parts


def _path(one: QuantalPath, game: ExtensiveGame) -> list[Block]:
    """The branch at some of its precisions: the probability of each action but a set's last."""
    sets = [k for k, each in enumerate(game.sets) if each.player != CHANCE]
    shown = [
        (k, action) for k in sets[:MOST_SETS] for action in range(len(game.sets[k].actions) - 1)
    ]
    step = max(-(-len(one.points) // MOST_STEPS), 1)
    points = list(one.points[::step])
    if one.points and points[-1] != one.points[-1]:
        points.append(one.points[-1])
    rows = []
    for precision, choices, _ in points:
        cells = []
        for k, action in shown:
            choice = choices[k]
            cells.append((text("" if choice is None else _chance(choice[action])),))
        rows.append(((text(_rounded(precision)),), *cells))
    columns = (
        Column(text("Precision"), "right"),
        *(
            Column(
                text(
                    Piece(game.players[game.sets[k].player], _role(game, k)),
                    f" @ {game.set_name(k)}: {game.sets[k].actions[action]}",
                ),
                "right",
            )
            for k, action in shown
        ),
    )
    error = max((error for _, _, error in one.points), default=0.0)
    said = (
        f"The branch from precision 0 at {len(points)} of its {len(one.points):,} points; "
        f"the logit equations hold within {error:.1e}."
    )
    blocks: list[Block] = [Table(columns, tuple(rows)), Prose(text(Piece(said, "muted")))]
    if len(sets) > MOST_SETS:
        more = count(len(sets) - MOST_SETS, "more information set")
        blocks.append(Note(text(f"{more} not shown; --format json has the whole branch.")))
    return blocks


def _role(game: ExtensiveGame, index: int) -> str:
    return roles(len(game.players))[game.sets[index].player]


def _rounded(value: float) -> str:
    return f"{value:.4g}"


def _chance(value: float) -> str:
    """A probability to four decimals."""
    if 0 < value < 5e-5:
        return "≈0"
    if 1 - 5e-5 < value < 1:
        return "≈1"
    return f"{value:.4f}".rstrip("0").rstrip(".")


def _plans(one: Plans, game: ExtensiveGame) -> list[Block]:
    """The plans left, player by player, then the rounds in which the others went."""
    rows = []
    for player, members in enumerate(one.members):
        left = [_told(one.plans[player][k], game, player) for k in members[:MOST_PLANS]]
        if len(members) > MOST_PLANS:
            left.append(f"{len(members) - MOST_PLANS:,} more")
        rows.append(
            (
                (text(Piece(game.players[player], roles(len(game.players))[player])),),
                tuple(map(text, left)),
                (text(f"{len(members):,} of {len(one.plans[player]):,}"),),
            )
        )
    columns = (Column(text("Player")), Column(text("Plans left")), Column(text("")))
    blocks: list[Block] = [Table(columns, tuple(rows))]
    if one.ruled_out:
        blocks.append(Table(*_eliminated(one, game)))
    return blocks


def _eliminated(
    one: Plans, game: ExtensiveGame
) -> tuple[tuple[Column, ...], tuple[tuple[tuple[Text, ...], ...], ...]]:
    rows = [
        (
            (text(str(gone.round)),),
            (text(Piece(game.players[gone.player], roles(len(game.players))[gone.player])),),
            (text(_told(one.plans[gone.player][gone.plan], game, gone.player)),),
            (text(game.set_name(gone.set)),),
        )
        for gone in one.ruled_out[:MOST_PLANS]
    ]
    columns = ("Round", "Player", "Plan that goes", "At")
    return tuple(Column(text(title)) for title in columns), tuple(rows)


def _told(plan: Sequence[int], game: ExtensiveGame, player: int) -> str:
    """A plan on one line: ``Out``; ``In, after In Left``."""
    own = [k for k, each in enumerate(game.sets) if each.player == player and plan[k] >= 0]
    return listed(f"{game.set_name(k)}: {game.sets[k].actions[plan[k]]}" for k in own) or "no move"
