"""2x2 games whose players want different things - chicken, battle, pursuit - in sentences."""

from __future__ import annotations

from alliance_games.report import two_by_two as kinds
from alliance_games.report.two_by_two_phrases import Words, mixed
from alliance_games.report.words import amount


def chicken(words: Words) -> list[str]:
    """Each wants the other to give way, and both insisting is worst."""
    game = words.game
    yields, clash = kinds.give_way(game), kinds.insist(game)
    first, second = kinds.favourite(game, 0), kinds.favourite(game, 1)
    costs = f" ({words.pays(clash)})" if words.measured else ""
    gets = f" ({words.pays(yields)})" if words.measured else ""
    opening = (
        f"A game of chicken: two pure equilibria, and in each one side gives way to the other. "
        f"{words.players[0]} wants {words.profile(first)}, {words.players[1]} "
        f"{words.profile(second)}. If both insist they meet in {words.profile(clash)}, the worst "
        f"for both{costs}. If both give way, in {words.profile(yields)}{gets}, they do better than "
        "by giving way alone, but each would then rather insist. Whoever can commit first wins."
    )
    return [opening, mixed(words)] if words.measured else [opening]


def battle(words: Words) -> list[str]:
    """Both want to agree, each on a choice of her own."""
    game = words.game
    first, second = kinds.favourite(game, 0), kinds.favourite(game, 1)
    best = f" ({words.pays(first)})" if words.measured else ""
    other = f" ({words.pays(second)})" if words.measured else ""
    opening = (
        f"A coordination problem with opposed preferences (a battle of the sexes): two pure "
        f"equilibria. {words.players[0]} prefers {words.profile(first)}{best}, {words.players[1]} "
        f"{words.profile(second)}{other}, and either is better for both than to miss each other."
    )
    return [opening, mixed(words)] if words.measured else [opening]


def mixed_motives(words: Words) -> list[str]:
    """Two equilibria over which the players disagree, of no kind with a name of its own."""
    game = words.game
    first, second = kinds.favourite(game, 0), kinds.favourite(game, 1)
    opening = (
        f"A coordination problem with mixed motives: two pure equilibria, of which "
        f"{words.players[0]} prefers {words.profile(first)} and {words.players[1]} "
        f"{words.profile(second)}."
    )
    return [opening, mixed(words)] if words.measured else [opening]


def pure_conflict(words: Words) -> list[str]:
    """No pure equilibrium: each wants to surprise the other."""
    game = words.game
    wishes = ""
    if game.same_names:
        matcher = 0 if game.gains[0][0] > 0 else 1
        wishes = (
            f" {words.players[matcher]} wants to do what {words.players[1 - matcher]} does, and "
            f"{words.players[1 - matcher]} wants to do something else."
        )
    constant = game.constant_sum
    sums = ""
    if constant is not None and words.measured:
        sums = (
            " What one gains the other loses."
            if constant == 0
            else f" The payoffs always sum to {amount(constant)}: what one gains the other loses."
        )
    opening = (
        "A conflict without a resting point (as in matching pennies): at every profile somebody "
        f"would rather switch, so there is no pure equilibrium.{wishes}{sums} Each has to be "
        "unpredictable."
    )
    return [opening, mixed(words)] if words.measured else [opening]
