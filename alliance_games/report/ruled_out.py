"""Equilibria of games in normal form that a refinement rules out, each with the reason."""

from __future__ import annotations

from collections.abc import Sequence

from alliance_games.model.profiles import as_pure
from alliance_games.report.blocks import Block, Bullets, Piece, Prose, Text, text
from alliance_games.report.findings import counted, named, strategies_of
from alliance_games.report.mixtures import mixture_words
from alliance_games.report.words import capital, numeral, profile_words
from alliance_games.results.concept import Game
from alliance_games.results.solutions import CountPoint, Point, Solution
from alliance_games.results.tree_solutions import Discarded


def ruled_out(solutions: Sequence[Discarded], game: Game) -> list[Block]:
    """How many, and a line for each: which equilibrium, and who would leave it for what."""
    title = Prose(text(Piece(f"Ruled out: {numeral(len(solutions))}", "strong")))
    return [title, Bullets(tuple(_line(one, game) for one in solutions))]


def lines_of(solutions: Sequence[Solution], game: Game) -> list[Text]:
    """The same in lines beside the concept's name, after what is left."""
    left = [one for one in solutions if isinstance(one, Discarded)]
    kept = len(left) < len(solutions)
    said = [text(f"not {_name(one.solution, game)}: {one.reason}") for one in left]
    return said if kept else [text("none"), *said]


def _line(one: Discarded, game: Game) -> Text:
    reason = capital(one.reason if one.reason.endswith(".") else f"{one.reason}.")
    return text(Piece(_name(one.solution, game), "strong"), f": {reason}")


def _name(one: Solution, game: Game) -> str:
    if isinstance(one, CountPoint):
        return counted(one, game)
    if not isinstance(one, Point):
        return "a continuum"
    profile = as_pure(one.profile)
    if profile is not None:
        return named(profile, game)
    words = [mixture_words(x, strategies_of(game, who)) for who, x in enumerate(one.profile)]
    return profile_words(words)
