"""Who takes over a finite population, by chance and by selection."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, cast

from alliance_games.model.normal import NormalGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Game, Needed
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Solution

if TYPE_CHECKING:
    from alliance_games.results.named.evolution import Moran

METHOD = "sums of products of fitness ratios, and a linear system for the shares of time"
POPULATION = 10
"""Members of the population."""
SELECTION = Fraction(1, 10)
"""The intensity of selection, unless it makes some fitness negative."""
MOST = 20


def accepts(game: NormalGame) -> str | None:
    """Two players in the same position, with two strategies or more."""
    from alliance_games.model.populations import refusal

    if (reason := refusal(game, MOST)) is not None:
        return reason
    return "there is one strategy, and nothing to take over" if game.shape[0] == 1 else None


def solve(game: NormalGame, needed: Needed, budget: Budget) -> Answers:
    """The fixation probabilities of all pairs, and the shares of time with rare mutations."""
    from alliance_games.algorithms.moran import gentle, process
    from alliance_games.model.populations import population

    crowd = population(game)
    assert crowd is not None, "the game was accepted"
    yield process(crowd, POPULATION, gentle(crowd, SELECTION), budget.tick)
    because = "the probabilities were computed for every pair of strategies"
    return Conclusion(Coverage.ALL, because, METHOD)


def in_population(game: Game, number: int, selection: Fraction) -> Moran:
    """The checked answer for any size of population and intensity of selection.

    Raises ValueError for a game that is not symmetric, or numbers that make no process of it.
    """
    from alliance_games.algorithms.moran import process
    from alliance_games.certificates.moran import check_moran
    from alliance_games.model.populations import population

    reason = CONCEPT.refuses(game)
    crowd = population(game) if reason is None and isinstance(game, NormalGame) else None
    if crowd is None:
        raise ValueError(f"moran was not asked: {reason}")
    if number < 2 or not 0 < selection <= 1:
        raise ValueError("a population has two members or more, selection is above 0 and up to 1")
    found = process(crowd, number, selection, lambda: None)
    certificate = check_moran(cast("NormalGame", game), found)
    if not certificate.verified:
        raise ArithmeticError(f"an answer did not pass its own check: {certificate.claim}")
    return replace(found, certificate=certificate)


def verify(game: NormalGame, solution: Solution, needed: Needed) -> Certificate:
    """Solve the equations of the process step by step."""
    from alliance_games.certificates.moran import check_moran

    return check_moran(game, solution)


CONCEPT = Concept(
    name="moran",
    title="Fixation in a finite population",
    cites=(
        "Moran 1958",
        "Nowak, Sasaki, Taylor and Fudenberg 2004",
        "Fudenberg and Imhof 2006",
    ),
    summary=(
        "The probability that the descendants of one mutant take over a finite population in which "
        "those who earn more have more descendants, and how long each strategy prevails."
    ),
    games=("normal",),
    accepts=accepts,
    solve=solve,
    verify=verify,
    invariances=("relabelling",),
    order=306,
)
