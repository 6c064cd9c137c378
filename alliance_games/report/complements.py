"""Strategic complements in lines: the order of the strategies and the extreme equilibria."""

from __future__ import annotations

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.profiles import as_pure
from alliance_games.report.blocks import Piece, Text, text
from alliance_games.report.counted_profiles import counted_words
from alliance_games.report.words import both, profile_words
from alliance_games.results.concept import Game
from alliance_games.results.result import Result
from alliance_games.results.solutions import CountPoint, Members, Point, Selection, Solution


def lines(result: Result, game: Game) -> list[Text]:
    """Whether strategies are complements, in which order, and between what all play lies."""
    shown: list[Text] = []
    extremes: dict[str, str] = {}
    for one in result.solutions:
        if isinstance(one, Selection):
            numbers = "; ".join(f"{name} {both(value)}" for name, value in one.numbers.items())
            shown += [text(Piece("none", "strong"), f". {one.reason}"), text(numbers)]
        elif isinstance(one, Members) and one.of.endswith("low to high"):
            shown.append(text("low to high: ", _orders(one, game)))
        elif isinstance(one, Point | CountPoint):
            extremes[str(one.properties["extreme"])] = _name(one, game)
    if "least" in extremes:
        shown.append(
            text(
                "least equilibrium ",
                Piece(extremes["least"], "strong"),
                ", greatest ",
                Piece(extremes["greatest"], "strong"),
                "; all rationalizable play lies between them",
            )
        )
    for name in (name for kind, name in extremes.items() if kind == "least and greatest"):
        shown.append(text(Piece(name, "strong"), " is all that is rationalizable"))
    return shown or [text("not settled")]


def _orders(one: Members, game: Game) -> str:
    """The order of each player's strategies; one for all where all have the same."""
    if isinstance(game, AnonymousGame):
        names = [" < ".join(game.strategies[own] for own in order) for order in one.members]
    else:
        assert game.kind == "normal"
        names = [
            " < ".join(strategies[own] for own in order)
            for strategies, order in zip(game.strategies, one.members, strict=True)  # type: ignore[union-attr]
        ]
    if len(set(names)) == 1:
        return names[0]
    pairs = zip(game.players, names, strict=True)
    return "; ".join(f"{player}: {order}" for player, order in pairs)


def _name(one: Solution, game: Game) -> str:
    if isinstance(one, CountPoint) and isinstance(game, AnonymousGame):
        return counted_words(one.counts, game)
    assert isinstance(one, Point) and game.kind == "normal"
    chosen = as_pure(one.profile) or ()
    pairs = zip(game.strategies, chosen, strict=True)  # type: ignore[union-attr]
    return profile_words([names[own] for names, own in pairs])
