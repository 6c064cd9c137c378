"""Risk dominance between the strict equilibria of two players."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from alliance_games.certificates.selection import check_risk_dominance
from alliance_games.exact.numerals import number
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import PureProfile
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.ordered import Signs
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Selection, Solution

Losses = tuple[Fraction, Fraction]
"""What each player loses by leaving an equilibrium alone."""

OPPOSITE = (((0, 0), (1, 1)), ((0, 1), (1, 0)))
"""The pairs of profiles that can both be strict equilibria."""


def accepts(game: NormalGame) -> str | None:
    """Two players, and two strict equilibria or more."""
    if len(game.shape) != 2:
        return "it compares the strict equilibria of two players"
    if game.shape != (2, 2):
        from alliance_games.algorithms.risk_pairs import why_not

        return why_not(game)
    if _strict_pair(game) is None:
        return "it compares two strict equilibria, and this game does not have two"
    return None


def solve(game: NormalGame, needed: Needed, budget: Budget) -> Answers:
    """The equilibrium with the greater product of deviation losses, or neither.

    Where the players have more strategies, the one that has it against each other equilibrium.
    """
    if game.shape != (2, 2):
        from alliance_games.algorithms.risk_pairs import select

        yield select(game, budget.tick)
        return Conclusion(
            Coverage.ALL,
            "every two strict equilibria were compared in the game of their strategies alone",
            "product of deviation losses, pair by pair",
        )
    compared = _strict_pair(game)
    assert compared is not None, "the game was accepted"
    losses = (_losses(game, compared[0]), _losses(game, compared[1]))
    products = tuple(mine * yours for mine, yours in losses)
    picked = None if products[0] == products[1] else compared[products[1] > products[0]]
    numbers = {
        f"product of losses at {_name(game, profile)}": product
        for profile, product in zip(compared, products, strict=True)
    }
    # With this probability on the other playing her part of the first equilibrium, both strategies
    # are worth the same: a loss there against a loss at the second.
    thresholds = [second / (first + second) for first, second in zip(*losses, strict=True)]
    for player, threshold in zip(game.players, thresholds, strict=True):
        numbers[f"threshold of {player}"] = threshold
    yield Selection(picked, compared, numbers, _reason(game, compared, losses, picked))
    return Conclusion(
        Coverage.ALL,
        "the products of deviation losses at both strict equilibria were compared",
        "product of deviation losses",
    )


def _strict_pair(game: NormalGame) -> tuple[PureProfile, PureProfile] | None:
    for first, second in OPPOSITE:
        if min(*_losses(game, first), *_losses(game, second)) > 0:
            return first, second
    return None


def _losses(game: NormalGame, profile: PureProfile) -> Losses:
    row, column = profile
    (first, second), (of_first, of_second) = game.numerators, game.denominators
    here = 2 * row + column
    return (
        Fraction(first[here] - first[2 * (1 - row) + column], of_first),
        Fraction(second[here] - second[2 * row + 1 - column], of_second),
    )


def _name(game: NormalGame, profile: PureProfile) -> str:
    return ", ".join(game.names(profile))


def _reason(
    game: NormalGame,
    compared: tuple[PureProfile, PureProfile],
    losses: tuple[Losses, Losses],
    picked: PureProfile | None,
) -> str:
    """The comparison in one sentence, the equilibrium picked first."""
    order = (1, 0) if picked == compared[1] else (0, 1)
    parts = []
    for which in order:
        costs = " and ".join(
            [
                f"{player} {number(loss)}"
                for player, loss in zip(game.players, losses[which], strict=True)
            ]
        )
        product = number(losses[which][0] * losses[which][1])
        name = _name(game, compared[which])
        parts.append(f"leaving ({name}) alone costs {costs} (product {product})")
    verdict = "neither is riskier" if picked is None else "it is the safer of the two"
    sentence = f"{parts[0]}, {parts[1]}: {verdict}."
    return sentence[0].upper() + sentence[1:]


def verify(game: NormalGame, solution: Solution, needed: Needed) -> Certificate:
    """Multiply the losses again."""
    return check_risk_dominance(game, solution)


def conditions(game: Any, signs: Signs) -> Iterable[Solution]:
    """The comparison of products of losses, where two strict equilibria are."""
    from alliance_games.algorithms.pure_conditions import risk_dominance

    return risk_dominance(game, signs)


CONCEPT = Concept(
    name="risk-dominance",
    title="Risk dominance",
    cites=("Harsanyi and Selten 1988",),
    summary=(
        "Of two strict equilibria of two players, the one with the greater product of the players' "
        "losses from deviating alone to their part of the other; of several, the one that has it "
        "against each other."
    ),
    games=("normal",),
    accepts=accepts,
    solve=solve,
    verify=verify,
    conditions=conditions,
    default=True,
    invariances=("relabelling", "positive affine payoffs"),
    order=51,
)
