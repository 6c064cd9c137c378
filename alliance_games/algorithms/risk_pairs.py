"""Risk dominance between every two strict equilibria of a two-player game.

Two strict equilibria differ in both players' strategies, for a strict best reply is the only one.
Each pair is compared in the 2x2 game that these strategies make, by the product of the losses from
playing one's part of the other equilibrium (Harsanyi and Selten 1988).
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from alliance_games.algorithms.pure_equilibria import equilibrium_positions, is_strict, profile_at
from alliance_games.exact.numerals import number
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import PureProfile
from alliance_games.results.solutions import Selection

MOST_COMPARED = 20
"""Of more strict equilibria the pairs are too many to be told."""


def strict_equilibria(game: NormalGame) -> list[PureProfile]:
    """The strict equilibria, in the order of profiles."""
    positions = equilibrium_positions(game, lambda: None)
    return [profile_at(game, place) for place in positions if is_strict(game, place)]


def why_not(game: NormalGame) -> str | None:
    """Why the comparison cannot be made, in words; None where it can."""
    found = len(strict_equilibria(game))
    if found < 2:
        return "it compares two strict equilibria or more, and this game does not have two"
    if found > MOST_COMPARED:
        return f"it compares up to {MOST_COMPARED} strict equilibria, and this game has {found}"
    return None


def select(game: NormalGame, tick: Callable[[], None]) -> Selection:
    """The equilibrium that risk-dominates every other one, if any does."""
    compared = strict_equilibria(game)
    products: dict[tuple[PureProfile, PureProfile], Fraction] = {}
    for one in compared:
        for other in compared:
            tick()
            if one != other:
                products[one, other] = _loss(game, 0, one, other) * _loss(game, 1, one, other)
    numbers = {
        f"product of losses at {_name(game, one)} against {_name(game, other)}": product
        for (one, other), product in products.items()
    }
    best = [
        one
        for one in compared
        if all(products[one, other] > products[other, one] for other in compared if other != one)
    ]
    picked = best[0] if best else None
    return Selection(picked, tuple(compared), numbers, _reason(game, compared, products, picked))


def _loss(game: NormalGame, player: int, here: PureProfile, there: PureProfile) -> Fraction:
    """What the player loses by playing her part of ``there`` alone."""
    away = (there[0], here[1]) if player == 0 else (here[0], there[1])
    return game.payoff(player, here) - game.payoff(player, away)


def _name(game: NormalGame, profile: PureProfile) -> str:
    return f"({', '.join(game.names(profile))})"


def _reason(
    game: NormalGame,
    compared: list[PureProfile],
    products: dict[tuple[PureProfile, PureProfile], Fraction],
    picked: PureProfile | None,
) -> str:
    """Which equilibrium has the greater product against which."""
    pairs = []
    for place, first in enumerate(compared):
        for second in compared[place + 1 :]:
            if picked is not None and picked not in (first, second):
                continue
            one, other = first, second
            if products[one, other] < products[other, one]:
                one, other = other, one
            mine, yours = number(products[one, other]), number(products[other, one])
            tie = products[one, other] == products[other, one]
            verb = "ties with" if tie else "risk-dominates"
            how = f"products {mine} and {yours}"
            pairs.append(f"{_name(game, one)} {verb} {_name(game, other)} ({how})")
    verdict = "" if picked is not None else "; none risk-dominates every other"
    return f"{'; '.join(pairs)}{verdict}."
