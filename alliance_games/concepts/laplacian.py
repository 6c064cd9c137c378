"""The Laplacian choice: what is best if every number of others is equally likely to join."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from alliance_games.exact.numerals import number
from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.normal import NormalGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.ordered import Signs
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Selection, Solution

if TYPE_CHECKING:
    from alliance_games.algorithms.opposite_equilibria import Opposite


def accepts(game: NormalGame | AnonymousGame) -> str | None:
    """Two strategies each, and two opposite strict equilibria in which numbers are what matters."""
    from alliance_games.algorithms.opposite_equilibria import why_not

    return why_not(game)


def solve(game: NormalGame | AnonymousGame, needed: Needed, budget: Budget) -> Answers:
    """The equilibrium with which every player sides under the uniform belief, or neither."""
    from alliance_games.algorithms.opposite_equilibria import laplacian_gains, opposite

    pair = opposite(game)
    assert pair is not None, "the game was accepted"
    gains = laplacian_gains(pair, budget.tick)
    picked = None
    if min(gains) > 0:
        picked = pair.first
    elif max(gains) < 0:
        picked = pair.second
    numbers = {
        f"expected gain of {who} from {_names(game, pair)[0]}": gain
        for who, gain in zip(_groups(game, pair), gains, strict=True)
    }
    reason = _reason(game, pair, gains)
    yield Selection(picked, (pair.first, pair.second), numbers, reason)
    return Conclusion(
        Coverage.ALL,
        "both strict equilibria were held to the uniform belief",
        "mean of each player's gain over the number of others",
    )


def _groups(game: NormalGame | AnonymousGame, pair: Opposite) -> list[str]:
    """What the players of each group are called: the first of them, or each player."""
    if isinstance(game, AnonymousGame) and len(pair.members) == 1:
        return ["each player"]
    return [game.players[members[0]] for members in pair.members]


def _names(game: NormalGame | AnonymousGame, pair: Opposite) -> list[str]:
    """What the two equilibria are called."""
    if isinstance(game, AnonymousGame):
        return [f"all {strategy}" for strategy in game.strategies]
    return [f"({', '.join(game.names(profile))})" for profile in (pair.first, pair.second)]


def _reason(game: NormalGame | AnonymousGame, pair: Opposite, gains: tuple[Fraction, ...]) -> str:
    """Who sides with which equilibrium, and what the belief is."""
    names = _names(game, pair)
    belief = "If any number of the others is equally likely to side with one of the two"
    if min(gains) > 0 or max(gains) < 0:
        which = 0 if min(gains) > 0 else 1
        return f"{belief}, everybody does best to side with {names[which]}."
    told = []
    for who, gain in zip(_groups(game, pair), gains, strict=True):
        side = "is indifferent" if not gain else f"sides with {names[gain < 0]}"
        told.append(f"{who} {side} (by {number(abs(gain))})" if gain else f"{who} {side}")
    return f"{belief}, {'; '.join(told)}."


def verify(game: NormalGame | AnonymousGame, solution: Solution, needed: Needed) -> Certificate:
    """Compute the best replies again."""
    from alliance_games.certificates.laplacian import check_laplacian

    return check_laplacian(game, solution)


def conditions(game: Any, signs: Signs) -> Iterable[Solution]:
    """The comparison of two opposite strict equilibria, where such are."""
    from alliance_games.algorithms.opposite_conditions import laplacian

    return laplacian(game, signs)


CONCEPT = Concept(
    name="laplacian",
    title="Laplacian choice",
    cites=("Morris and Shin 2003",),
    summary=(
        "Of two opposite strict equilibria of a binary game, the one that is every player's best "
        "reply if each number of others who play their part is equally likely."
    ),
    games=("normal", "anonymous"),
    accepts=accepts,
    solve=solve,
    verify=verify,
    conditions=conditions,
    invariances=("relabelling", "positive affine payoffs"),
    order=53,
)
