"""The equilibrium of a contest by shares of effort, over any ordered field.

With all efforts together ``X`` (in what they count for), a player with the cost ``k`` per unit of
the prize wants ``X * (1 - k * X)``, or nothing where that is not positive. The shares ``1 - k * X``
of those who take part sum to one at just one ``X``, so that there is one equilibrium (Szidarovszky
and Okuguchi 1997). Whoever would have no share even if nobody else stayed out stays out.
"""

from __future__ import annotations

from fractions import Fraction

from alliance_games.model.lottery_contests import LotteryContest
from alliance_games.results.named.continuous import ChoiceEquilibrium
from alliance_games.results.ordered import Signs


def equilibrium(game: LotteryContest, signs: Signs) -> ChoiceEquilibrium:
    """The one equilibrium."""
    rates = [
        cost / (skill * prize)
        for cost, skill, prize in zip(game.costs, game.skills, game.prizes, strict=True)
    ]
    inside = list(range(len(rates)))
    while True:
        whole = Fraction(len(inside) - 1) / sum((rates[i] for i in inside), Fraction(0))
        staying = [i for i in inside if signs.is_positive(1 - rates[i] * whole)]
        if len(staying) == len(inside):
            break
        inside = staying
    efforts = [Fraction(0)] * len(rates)
    for i in inside:
        efforts[i] = whole * (1 - rates[i] * whole) / game.skills[i]
    return ChoiceEquilibrium(
        choices=dict(zip(game.players, efforts, strict=True)),
        payoffs={name: game.payoff(i, efforts) for i, name in enumerate(game.players)},
        properties={"strict": True, "interior": len(inside) == len(rates)},
    )


__all__ = ["equilibrium"]
