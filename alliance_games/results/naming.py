"""Puts a game's names, and the written form of exact numbers, on answers that are plain indices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from alliance_games.exact.numerals import irrational
from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.extensive import CHANCE, ExtensiveGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.other_forms import OtherForm
from alliance_games.model.profiles import Mixed, Profile, PureProfile

Json = Any
"""What ``json`` writes: dicts, lists, strings, numbers, booleans and None."""

Number = str | float | dict[str, Any]
"""An exact number as text (``'3/4'``), an irrational one as the root it is (see
``exact.written``), or an approximation as a float."""

PAIR = " - "
"""Joins the two names of a pairwise parameter's entry, as the game file writes them."""


def exact(number: Fraction | int) -> Number:
    """The exact number as text: ``'3/4'``, ``'-2'``, ``'0'``; an irrational one as a mapping."""
    if isinstance(number, int) or not irrational(number):
        return str(number)
    from alliance_games.exact.written import written

    return written(number)


def read_number(value: Json) -> Fraction:
    """The number that was written so. Raises ValueError for what is no number."""
    if isinstance(value, dict):
        from alliance_games.exact.written import read

        return read(value)
    return Fraction(value)


def approximate(number: Fraction | int) -> float | int:
    """The number as a JSON number, for games whose payoffs are approximations themselves.

    A float, or an integer where it is larger than any float.
    """
    try:
        return float(number)
    except OverflowError:
        return round(number)


class Names:
    """The names of one game, ready to be put on answers.

    ``number`` writes a number: exact text, or a float where the game is numeric. What is named
    once (information sets, above all) is kept, so that writing many solutions is linear in their
    size.
    """

    def __init__(self, game: NormalGame | AnonymousGame | ExtensiveGame | OtherForm) -> None:
        self.game = game
        self.players = game.players
        self.number = approximate if game.numeric else exact
        self._sets: list[tuple[str, str]] | None = None

    def strategies(self, player: int) -> tuple[str, ...]:
        """The names of the strategies of a player (of every player, in an anonymous game)."""
        if isinstance(self.game, NormalGame):
            return self.game.strategies[player]
        if isinstance(self.game, AnonymousGame):
            return self.game.strategies
        raise TypeError(f"the strategies of an {self.game.kind} game are not listed")

    def information_set(self, index: int) -> tuple[str, str] | None:
        """The player's name and the name of an information set; None for a chance move."""
        game = self.game
        assert isinstance(game, ExtensiveGame)
        if self._sets is None:
            self._sets = [
                ("", "") if one.player == CHANCE else (game.players[one.player], game.set_name(at))
                for at, one in enumerate(game.sets)
            ]
        return None if game.sets[index].player == CHANCE else self._sets[index]

    def by_player(self, values: Iterable[Fraction]) -> dict[str, Number]:
        """One number for each player, under her name."""
        return {name: self.number(value) for name, value in zip(self.players, values, strict=True)}

    def mixture(self, player: int, strategy: Mixed) -> dict[str, Number]:
        """A mixed strategy: every strategy's name with its probability."""
        return self.distribution(self.strategies(player), strategy)

    def distribution(self, labels: Sequence[str], strategy: Mixed) -> dict[str, Number]:
        """Every label with its probability."""
        number = self.number
        return {label: number(p) for label, p in zip(labels, strategy, strict=True)}

    def profile(self, profile: Profile) -> dict[str, dict[str, Number]]:
        """A mixed profile: every player's mixture under her name."""
        return {
            name: self.mixture(player, strategy)
            for player, (name, strategy) in enumerate(zip(self.players, profile, strict=True))
        }

    def pure(self, profile: PureProfile) -> dict[str, str]:
        """A pure profile: every player's strategy under her name."""
        return {
            name: self.strategies(player)[index]
            for player, (name, index) in enumerate(zip(self.players, profile, strict=True))
        }


def parameters(values: Mapping[str, Fraction | Mapping[tuple[str, ...], Fraction]]) -> Json:
    """Values of parameters: a number, or one for each player or pair under its name."""
    return {
        name: {PAIR.join(key): exact(entry) for key, entry in value.items()}
        if isinstance(value, Mapping)
        else exact(value)
        for name, value in values.items()
    }
