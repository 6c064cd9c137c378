"""2x2 games in which somebody has a dominant strategy, in sentences."""

from __future__ import annotations

from alliance_games.report.two_by_two_phrases import Profile, Words
from alliance_games.report.words import amount, listed


def prisoners_dilemma(words: Words) -> list[str]:
    """What each should do leaves both worse off than what neither can."""
    game = words.game
    stuck = game.strict_equilibria[0]
    wish = (1 - stuck[0], 1 - stuck[1])
    return [
        f"A prisoner's dilemma. {words.dominant_for(stuck)}whatever the other does. So "
        f"{words.profile(stuck)} is the only equilibrium, although both would prefer "
        f"{words.profile(wish)}{words.rather_than(wish, stuck)}.",
        f"{words.profile(wish)} does not last, because each would leave it: "
        f"{_temptations(words, wish)}.",
    ]


def _temptations(words: Words, wish: Profile) -> str:
    game = words.game
    if not words.measured:
        return "against the other's cooperation, the dominant strategy does better still"
    if game.symmetric:
        own = wish[0]
        return (
            f"against {words.strategy(1, own)}, {words.strategy(0, 1 - own)} pays "
            f"{amount(game.payoff(0, 1 - own, own))} instead of {amount(game.payoff(0, own, own))}"
        )
    parts = [
        f"{words.players[player]} gets {amount(game.payoff(player, 1 - own, wish[1 - player]))} "
        f"instead of {amount(game.payoff(player, own, wish[1 - player]))} by switching to "
        f"{words.strategy(player, 1 - own)}"
        for player, own in enumerate(wish)
    ]
    return listed(parts)


def deadlock(words: Words) -> list[str]:
    """Dominant strategies that are better for both than their opposites."""
    here = words.game.strict_equilibria[0]
    other = (1 - here[0], 1 - here[1])
    return [
        f"A deadlock. {words.dominant_for(here)}whatever the other does, and "
        f"{words.profile(here)}, the only equilibrium, is better for both than "
        f"{words.profile(other)}{words.rather_than(here, other)}. Each would like the other to act "
        "differently, but no other outcome is better for both."
    ]


def harmony(words: Words) -> list[str]:
    """Dominant strategies that give both the most they can get."""
    here = words.game.strict_equilibria[0]
    most = f" ({words.pays(here)})" if words.measured else ""
    return [
        f"Harmony: what each does for its own sake is what both want. {words.dominant_for(here)}"
        f"whatever the other does, and {words.profile(here)}, the only equilibrium, gives both the "
        f"most they can get{most}."
    ]


def both_dominant(words: Words) -> list[str]:
    """Both have a dominant strategy, in a game with no name of its own."""
    here = words.game.strict_equilibria[0]
    return [
        f"Both have a dominant strategy. {words.dominant_for(here)}whatever the other does, so "
        f"{words.profile(here)} is the only equilibrium. {_efficiency(words, here)}"
    ]


def _efficiency(words: Words, here: Profile) -> str:
    game = words.game
    if (better := game.better_for_both(here)) is not None:
        return (
            f"Both would prefer {words.profile(better)}{words.rather_than(better, here)}; it is no "
            "equilibrium."
        )
    if game.dominated_for_all(here):
        return "One of them could have more at no cost to the other."
    return "It is efficient: no outcome is better for one and as good for the other."


def one_dominant(words: Words) -> list[str]:
    """One player has a dominant strategy, and the other replies to it."""
    game = words.game
    leader = 0 if game.dominant(0) is not None else 1
    follower = 1 - leader
    here = game.strict_equilibria[0]
    leads, follows = here[leader], here[follower]
    reason = ""
    if words.measured:
        reason = (
            f": {amount(game.payoff(follower, follows, leads))} rather than "
            f"{amount(game.payoff(follower, 1 - follows, leads))}"
        )
    return [
        f"Solved by dominance. {words.strategy(leader, leads)} is dominant for "
        f"{words.players[leader]}; {words.players[follower]}, who can count on that, answers with "
        f"{words.strategy(follower, follows)}{reason}. {words.profile(here)} is the only "
        f"equilibrium. {_efficiency(words, here)}"
    ]
