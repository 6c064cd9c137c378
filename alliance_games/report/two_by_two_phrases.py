"""Phrases that the sentences on 2x2 games of every kind share."""

from __future__ import annotations

from alliance_games.report.two_by_two import TwoByTwo
from alliance_games.report.words import amount, both, listed, profile_words

Profile = tuple[int, int]


class Words:
    """A 2x2 game with the phrases its sentences share."""

    def __init__(self, game: TwoByTwo) -> None:
        self.game = game
        self.players = game.game.players
        self.measured = not game.game.ordinal
        """Whether payoffs are amounts that may be told, or mere ranks."""

    def strategy(self, player: int, index: int) -> str:
        """A strategy's name."""
        return self.game.game.strategies[player][index]

    def profile(self, profile: Profile) -> str:
        """``(Stag, Rabbit)``."""
        return profile_words(self.game.game.names(profile))

    def pays(self, profile: Profile) -> str:
        """``4 each`` or ``Alice 4 and Jack 3``."""
        first, second = self.game.at(profile)
        if first == second:
            return f"{amount(first)} each"
        return f"{self.players[0]} {amount(first)} and {self.players[1]} {amount(second)}"

    def rather_than(self, better: Profile, worse: Profile) -> str:
        """``, 4 each rather than 3 each``; nothing where payoffs are only ranked."""
        if not self.measured:
            return ""
        return f": {self.pays(better)} rather than {self.pays(worse)}"

    def dominant_for(self, profile: Profile) -> str:
        """Which dominant strategies: ``Withhold is dominant for both``."""
        first, second = self.strategy(0, profile[0]), self.strategy(1, profile[1])
        if first == second:
            return f"{first} is dominant for both: it does better than {self._other(profile)} "
        return (
            f"{first} is dominant for {self.players[0]} and {second} for {self.players[1]}: "
            "each does better than the alternative "
        )

    def _other(self, profile: Profile) -> str:
        names = [self.strategy(player, 1 - profile[player]) for player in (0, 1)]
        return names[0] if names[0] == names[1] else listed(names, "or")


def mixed(words: Words) -> str:
    """What the completely mixed equilibrium balances."""
    game = words.game
    name = "the only equilibrium" if not game.strict_equilibria else "the mixed equilibrium"
    if game.symmetric:
        return (
            f"In {name} each plays {words.strategy(0, 0)} with probability {both(game.mixed(0))}: "
            f"just what leaves the other indifferent between {words.strategy(0, 0)} and "
            f"{words.strategy(0, 1)}, both worth {amount(game.mixed_payoff(0))}."
        )
    parts = [
        f"{words.players[player]} plays {words.strategy(player, 0)} with probability "
        f"{both(game.mixed(player))}, which leaves {words.players[1 - player]} indifferent "
        f"(either strategy is worth {amount(game.mixed_payoff(1 - player))})"
        for player in (0, 1)
    ]
    return f"In {name} {'; '.join(parts)}."
