"""Equilibria in which all players of a symmetric game do the same, mixed ones included."""

from __future__ import annotations

from fractions import Fraction

from alliance_games.certificates.symmetric_nash import check
from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.symmetry import symmetric_values
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Fact, Solution

METHOD = "roots of the indifference polynomial, isolated by its Bernstein coefficients"
MOST_PROFILES = 200_000
"""Profiles of a game in normal form up to which it is seen whether it is symmetric."""

WITHIN = "told within"


def accepts(game: NormalGame | AnonymousGame) -> str | None:
    """A symmetric game in which everybody has the same two strategies."""
    if len(game.players) < 2:
        return "a single player has nobody to be like"
    if isinstance(game, AnonymousGame):
        if len(game.members) > 1:
            return "the players have different payoffs, so the game is not symmetric"
        if len(game.strategies) != 2:
            return "it is answered for two strategies so far"
        return None
    if set(game.shape) != {2}:
        return "it is answered for two strategies so far, the same for every player"
    if game.size > MOST_PROFILES:
        return "there are too many profiles to see whether the game is symmetric"
    if symmetric_values(game) is None:
        return "exchanging the players changes the game, so it is not symmetric"
    return None


def solve(game: NormalGame | AnonymousGame, needed: Needed, budget: Budget) -> Answers:
    """All probabilities at which no player gains by deviating while all others keep to them."""
    from alliance_games.algorithms.symmetric_equilibria import (
        Unsettled,
        common_probabilities,
        expected,
    )
    from alliance_games.results.tree_solutions import Symmetric

    values = symmetric_values(game)
    assert values is not None
    gains = [a - b for a, b in zip(*values, strict=True)]
    nil = Fraction(0)
    if not any(gains):
        for p in (Fraction(1), nil):
            payoff = expected(values[0], p)
            facts: dict[str, Fact] = {"pure": True, "strict": False, "end of a continuum": True}
            yield Symmetric((p, 1 - p), payoff, facts)
        because = "both strategies always give the same, so every probability is an equilibrium"
        return Conclusion(Coverage.ALL, because, METHOD)
    tolerance = nil
    try:
        for common in common_probabilities(gains, budget.tick):
            p, within = common.probability, common.within
            payoff = expected(values[0 if p else 1], p)
            told: dict[str, Fact] = {"pure": p in (0, 1)}
            told["strict"] = bool(told["pure"]) and gains[-1 if p else 0] != 0
            if within:
                payoff = Fraction(round(payoff / within)) * within
                told[WITHIN] = within
                tolerance = max(tolerance, within)
            yield Symmetric((p, 1 - p), payoff, told)
    except Unsettled as unsettled:
        return Conclusion(Coverage.UNKNOWN, f"not told apart: {unsettled}", METHOD)
    because = "every root of the indifference polynomial was isolated exactly"
    return Conclusion(Coverage.ALL, because, METHOD, (), tolerance or None)


def verify(game: NormalGame | AnonymousGame, solution: Solution, needed: Needed) -> Certificate:
    """Compute what each strategy gives while all others mix so."""
    return check(game, solution)


CONCEPT = Concept(
    name="symmetric-nash",
    title="Symmetric Nash equilibria",
    cites=("Nash 1951", "Palfrey and Rosenthal 1984", "Diekmann 1985"),
    summary=(
        "One mixed strategy that is a best reply for each player while all the others use it."
    ),
    games=("normal", "anonymous"),
    accepts=accepts,
    solve=solve,
    verify=verify,
    default=lambda game: game.kind == "anonymous",
    order=13,
)
