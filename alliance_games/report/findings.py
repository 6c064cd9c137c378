"""Answers that are no list of equilibria: dominance, security, welfare, selection, sets."""

from __future__ import annotations

from collections.abc import Sequence

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.profiles import as_pure
from alliance_games.report.blocks import Block, Bullets, Facts, Note, Piece, Prose, Text, text
from alliance_games.report.equilibria import mixture_words
from alliance_games.report.words import both, capital, listed, profile_words
from alliance_games.results.concept import Game
from alliance_games.results.solutions import (
    Dominant,
    Dominated,
    Members,
    Numbers,
    Point,
    Selection,
    Solution,
    Tally,
)

MOST_LISTED = 60


def strategies_of(game: Game, player: int) -> tuple[str, ...]:
    """The names of a player's strategies (none in extensive form)."""
    if isinstance(game, ExtensiveGame):
        return ()
    return game.strategies if isinstance(game, AnonymousGame) else game.strategies[player]


def dominance(solutions: Sequence[Solution], game: Game) -> list[Block]:
    """Dominant and dominated strategies, then iterated elimination round by round."""
    dominant = [one for one in solutions if isinstance(one, Dominant)]
    dominated = [one for one in solutions if isinstance(one, Dominated)]
    items = [_dominant(one, game) for one in dominant]
    items += [_dominated(one, game) for one in dominated if one.round == 0]
    items += [_dominated(one, game) for one in dominated if one.round > 1]
    survivors = [one for one in solutions if isinstance(one, Members)]
    blocks: list[Block] = []
    if items:
        hidden = len(items) - MOST_LISTED
        blocks.append(Bullets(tuple(items[:MOST_LISTED])))
        if hidden > 0:
            blocks.append(Note(text(f"{hidden:,} more; --format json lists all."), "warning"))
    else:
        blocks.append(Prose(text("No strategy dominates another.")))
    for one in survivors:
        blocks += members(one, game)
    return blocks


def _dominant(one: Dominant, game: Game) -> Text:
    name = strategies_of(game, one.player)[one.strategy]
    how = "strictly dominant" if one.strength == "strict" else "weakly dominant"
    return text(
        Piece(game.players[one.player], "player"), ": ", Piece(name, "strategy"), f" is {how}"
    )


def _dominated(one: Dominated, game: Game) -> Text:
    names = strategies_of(game, one.player)
    how = "strictly" if one.strength == "strict" else "weakly"
    by = mixture_words(one.by, names)
    mixed = "the mixture " if "," in by and by not in names else ""
    once = f"round {one.round}: " if one.round else ""
    return text(
        Piece(game.players[one.player], "player"),
        f": {once}",
        Piece(names[one.strategy], "strategy"),
        f" is {how} dominated by {mixed}",
        Piece(by, "strategy"),
    )


def members(one: Members, game: Game) -> list[Block]:
    """A set of strategies for each player; one line where nothing is ruled out."""
    if isinstance(game, ExtensiveGame):
        return []
    full = all(
        len(kept) == len(strategies_of(game, player)) for player, kept in enumerate(one.members)
    )
    if full:
        return [Prose(text(f"{capital(one.of)}: every strategy of every player."))]
    pairs = []
    for player, kept in enumerate(one.members[:MOST_LISTED]):
        names = strategies_of(game, player)
        shown = ", ".join(names[index] for index in kept)
        pairs.append((text(Piece(game.players[player], "player")), text(shown)))
    blocks: list[Block] = [Prose(text(f"{capital(one.of)}:")), Facts(tuple(pairs))]
    if len(one.members) > MOST_LISTED:
        blocks.append(Note(text(f"and {len(one.members) - MOST_LISTED:,} more players")))
    return blocks


def numbers(one: Numbers, game: Game) -> list[Block]:
    """Named numbers; where there is one per player, with the strategies that attain it."""
    pairs = [
        (text(capital(name)), text("does not exist" if value is None else both(value)))
        for name, value in one.values.items()
    ]
    for player, value in enumerate(one.per_player):
        parts: list[str | Piece] = [both(value)]
        if player < len(one.strategies) and one.strategies[player]:
            names = strategies_of(game, player)
            plays = listed((mixture_words(mixed, names) for mixed in one.strategies[player]), "or")
            parts += ["  by ", Piece(plays, "strategy")]
        pairs.append((text(Piece(_player(game, player), "player")), text(*parts)))
    return [Facts(tuple(pairs))] if pairs else []


def _player(game: Game, player: int) -> str:
    return game.players[player] if player < len(game.players) else str(player + 1)


def selection(one: Selection, game: Game) -> list[Block]:
    """The equilibrium a principle picks, and why."""
    chosen: list[str | Piece]
    if one.profile is None:
        chosen = [Piece("None", "strong")]
    else:
        chosen = [Piece(_named(one.profile, game), "equilibrium")]
    facts = tuple((text(capital(name)), text(both(value))) for name, value in one.numbers.items())
    blocks: list[Block] = [Prose(text(*chosen, ": ", one.reason))]
    if facts:
        blocks.append(Facts(facts))
    return blocks


def _named(profile: Sequence[int], game: Game) -> str:
    return profile_words(
        [strategies_of(game, player)[index] for player, index in enumerate(profile)]
    )


def points_in_a_line(solutions: Sequence[Solution], game: Game) -> list[Block]:
    """Pure profiles named one after the other (the efficient ones, say)."""
    names = []
    for one in solutions:
        if isinstance(one, Point) and (indices := as_pure(one.profile)) is not None:
            names.append(_named(indices, game))
    shown = ", ".join(names[:MOST_LISTED])
    if not shown:
        return []
    blocks: list[Block] = [Prose(text(shown))]
    if len(names) > MOST_LISTED:
        hidden = len(names) - MOST_LISTED
        blocks.append(Note(text(f"{hidden:,} more; --format json lists all."), "warning"))
    return blocks


def tally(one: Tally) -> Block:
    """How many there are in all."""
    return Prose(text(f"{one.number:,} {one.what} in all."))
