"""The energy of a landscape as a weighted potential of what the states do for themselves."""

from __future__ import annotations

from collections.abc import Iterator

from alliance_games.algorithms.landscape_answers import potential
from alliance_games.certificates.landscape import check_potential
from alliance_games.model.landscape import Landscape
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.ordered import Signs
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Solution


def solve(game: Landscape, needed: Needed, budget: Budget) -> Answers:
    """Each state's weight is twice its size."""
    yield potential(game)
    because = (
        "each state's weight is twice its size, pair by pair, and any positive multiple of these "
        "weights would do as well"
    )
    return Conclusion(Coverage.ALL, because, "the coefficients of every pair")


def verify(game: Landscape, solution: Solution, needed: Needed) -> Certificate:
    """The identity pair by pair, and in small games move by move."""
    return check_potential(game, solution)


def conditions(game: Landscape, signs: Signs) -> Iterator[Solution]:
    """The same formulas for all values: no sign is asked."""
    yield potential(game)


CONCEPT = Concept(
    name="weighted-potential",
    title="The energy as a weighted potential",
    cites=("Monderer and Shapley 1996", "Axelrod and Bennett 1993"),
    summary=(
        "Weights such that a state's move changes the energy by its weight times the change of its "
        "own frustration, so that all moves of states for themselves end in a local minimum."
    ),
    games=("landscape",),
    solve=solve,
    verify=verify,
    conditions=conditions,
    default=True,
    order=232,
)
