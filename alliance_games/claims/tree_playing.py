"""Whether behaviour in a tree, as written, is a Nash equilibrium: by the definition."""

from __future__ import annotations

from collections.abc import Callable

from alliance_games.certificates.behaviour import is_behaviour, play_of
from alliance_games.claims import wording
from alliance_games.claims.matching import mixed
from alliance_games.claims.setting import Setting
from alliance_games.claims.trees import set_called, sets_of
from alliance_games.claims.verdict import NoMatch, Undecided
from alliance_games.model.expectations import Table, Wanted
from alliance_games.model.extensive import CHANCE, ExtensiveGame
from alliance_games.model.profiles import Mixed
from alliance_games.results.solutions import Behaviour


def written(setting: Setting, game: ExtensiveGame, wanted: Wanted) -> list[Mixed | None] | str:
    """The choice at every information set, or what is missing for that, in words."""
    if not isinstance(wanted, Table):
        return "a path does not say what is chosen off it"
    choices: list[Mixed | None] = [None] * len(game.sets)
    for player, content in wanted:
        if player not in game.players or not isinstance(content, Table):
            return "more is said than the choices of the players"
        sets = sets_of(game, player)
        for name, choice in content:
            index = set_called(sets, name, player)
            choices[index] = mixed(setting, choice, game.sets[index].actions)
    missing = [
        f"{game.players[one.player]} at {game.set_name(index)}"
        for index, one in enumerate(game.sets)
        if one.player != CHANCE and choices[index] is None
    ]
    return f"nothing is said of {', '.join(missing)}" if missing else choices


def judged(game: ExtensiveGame, choices: list[Mixed | None]) -> tuple[bool, Callable[[], str]]:
    """Whether nobody gains by another strategy; Undecided without perfect recall."""
    if not is_behaviour(game, choices):
        return False, lambda: "not all of its numbers are probabilities that sum to 1"
    if game.recall_violation() is not None:
        raise Undecided("without perfect recall a best reply need not be found set by set")
    play = play_of(game, choices)
    gains = [best - now for best, now in zip(play.best, play.payoffs, strict=True)]
    if not any(gains):
        return True, lambda: f"no player gains by deviating from {wording.behaviour(game, choices)}"

    def words() -> str:
        gain = max(gains)
        player = game.players[gains.index(gain)]
        return f"{player} gains {wording.number(gain)} by her best reply"

    return False, words


def behaviour(game: ExtensiveGame, choices: list[Mixed | None]) -> Behaviour:
    """The profile with what it brings."""
    if not is_behaviour(game, choices):
        raise NoMatch("not all of its numbers are probabilities that sum to 1")
    play = play_of(game, choices)
    return Behaviour(tuple(choices), play.payoffs, tuple(sorted(play.outcomes.items())))
