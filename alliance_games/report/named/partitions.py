"""Reports on partitions of the players: those that are stable, and who would leave others."""

from __future__ import annotations

from collections.abc import Sequence

from alliance_games.model.hedonic import HedonicGame
from alliance_games.report.blocks import (
    Block,
    Bullets,
    Column,
    Piece,
    Prose,
    Table,
    Text,
    text,
)
from alliance_games.report.coalition_words import braces, called, partition_text
from alliance_games.report.words import amount, capital, listed, number
from alliance_games.results.cases import CaseAnswer
from alliance_games.results.named.partitions import (
    BestStructures,
    Departure,
    NoPartition,
    Partition,
)
from alliance_games.results.result import Result

MOST_ROWS = 60
"""So many stable partitions are shown."""

MOST_GAINS = 6
MOST_MOVES = 12


def blocks(result: Result, answer: CaseAnswer) -> list[Block]:
    """The stable partitions with what everybody gets, then who would leave the others told."""
    best = [one for one in result.solutions if isinstance(one, BestStructures)]
    if best:
        return _structures(best[0])
    found = [one for one in result.solutions if isinstance(one, Partition)]
    game = answer.case.game
    assert isinstance(game, HedonicGame)
    stable = [one for one in found if one.is_something]
    told: list[Block] = []
    if stable:
        told.append(_table(stable, game))
    if len(stable) > MOST_ROWS:
        more = f"{len(stable) - MOST_ROWS:,} more are not shown; --format json has them all."
        told.append(Prose(text(more)))
    for one in result.solutions:
        if isinstance(one, NoPartition):
            told += _proof(one)
    left = [_left(one, one.leaves, game) for one in found if one.leaves is not None]
    if left:
        told.append(Bullets(tuple(left)))
    return told


def _structures(one: BestStructures) -> list[Block]:
    """The best partitions, and what being together is worth beside them."""
    items = [text(partition_text(structure)) for structure in one.structures[:MOST_ROWS]]
    if one.number > len(items):
        items.append(text(f"{one.number - len(items):,} more"))
    worth = f"Worth {amount(one.value)} together"
    if one.value == one.together:
        said = "; all players in one coalition are worth as much."
    else:
        said = f"; all players in one coalition are worth {amount(one.together)}."
    return [Bullets(tuple(items)), Prose(text(worth, said))]


def _table(stable: Sequence[Partition], game: HedonicGame) -> Table:
    head = "Ranks" if game.ranked else "Utilities"
    rows = []
    for place, one in enumerate(stable[:MOST_ROWS], 1):
        gets = [f"{name}: {_value(game, one, name)}" for name in game.players]
        rows.append(
            ((text(str(place)),), (partition_text(one.coalitions),), (text(", ".join(gets)),))
        )
    columns = (Column(text("#"), "right"), Column(text("Coalitions")), Column(text(head)))
    return Table(columns, tuple(rows))


def _value(game: HedonicGame, one: Partition, name: str) -> str:
    return place_of(game, name, one) if game.ranked else number(one.payoffs[name])


def place_of(game: HedonicGame, name: str, one: Partition) -> str:
    """``2nd of 3``: how a player ranks her coalition among the places of her list."""
    from alliance_games.report.words import ordinal

    levels = sorted(set(game.values[game.players.index(name)]), reverse=True)
    return f"{ordinal(levels.index(one.payoffs[name]) + 1)} of {len(levels)}"


def _left(one: Partition, leaves: Departure, game: HedonicGame) -> Text:
    """``The grand coalition is not stable: A and B would rather be by themselves (A 1 to 2)``."""
    return text(
        Piece(capital(called(one.coalitions)), "strong"),
        f" is not stable: {leaving(one, leaves, ranked=game.ranked)}.",
    )


def leaving(one: Partition, leaves: Departure, ranked: bool = False) -> str:
    """Who would go where, and what it would bring each of them."""
    joined = [name for name in leaves.coalition if name not in leaves.movers]
    who = listed(leaves.movers)
    if joined:
        goal = f"join {braces(joined)}"
    elif len(leaves.movers) == 1:
        goal = "be alone"
    elif len(leaves.movers) == len(one.payoffs):
        who, goal = "all", "be together"
    else:
        goal = "be a coalition by themselves"
    words = f"{who} would rather {goal}"
    if ranked:
        return words
    gains = [
        f"{name}: {amount(leaves.before[name])} to {amount(leaves.after[name])}"
        for name in leaves.movers[:MOST_GAINS]
    ]
    if len(leaves.movers) > MOST_GAINS:
        gains.append("...")
    return f"{words} ({', '.join(gains)})"


def _proof(one: NoPartition) -> list[Block]:
    """That there is none, and what makes every partition fall."""
    alone = [
        ", ".join(move.movers) for move in one.moves if len(move.movers) == 1 > len(move.joins)
    ]
    groups = [braces(move.movers) for move in one.moves if len(move.movers) > 1]
    moves = [f"{move.movers[0]} to {braces(move.joins)}" for move in one.moves if move.joins]
    parts = []
    if alone:
        parts.append(f"one of {listed(alone, 'or')} would rather be alone")
    if groups:
        parts.append(f"one of {_some(groups)} would rather be a coalition")
    if moves:
        parts.append(f"one of these moves is open: {_some(moves)}")
    return [
        Prose(text("No partition of the players is stable in this sense.")),
        Prose(text("In each ", listed(parts, "or"), ".")),
    ]


def _some(words: Sequence[str]) -> str:
    """The first of many, and how many more."""
    if len(words) <= MOST_MOVES:
        return listed(words, "or")
    return f"{', '.join(words[:MOST_MOVES])} or {len(words) - MOST_MOVES:,} others"
