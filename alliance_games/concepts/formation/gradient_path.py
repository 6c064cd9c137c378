"""The way down from a given configuration of a landscape."""

from __future__ import annotations

from collections.abc import Iterator

from alliance_games.algorithms import landscape_conditions
from alliance_games.algorithms.landscape_answers import descent
from alliance_games.certificates.landscape import check_path
from alliance_games.model.landscape import Landscape
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.ordered import Signs
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Solution


def accepts(game: Landscape) -> str | None:
    """None where there is a configuration to begin from."""
    if game.start is None:
        return "the file gives no configuration to begin from ('start:')"
    return None


def solve(game: Landscape, needed: Needed, budget: Budget) -> Answers:
    """The one path of steepest descent."""
    path = descent(game, budget.tick)
    yield path
    notes: tuple[str, ...] = ()
    if any(step.equally for step in path.steps):
        notes = (
            "where several moves lower the energy equally the state named first in the file moves; "
            "the path may be another one if another does",
        )
    because = (
        "there is one steepest way, each step being the move that lowers the energy most, until "
        "none does"
    )
    return Conclusion(Coverage.ALL, because, "steepest descent", notes)


def verify(game: Landscape, solution: Solution, needed: Needed) -> Certificate:
    """Every step tried against every other move."""
    return check_path(game, solution)


def conditions(game: Landscape, signs: Signs) -> Iterator[Solution]:
    """The steepest move of each step, by the signs of differences between moves."""
    yield landscape_conditions.descent(game, signs)


CONCEPT = Concept(
    name="gradient-path",
    title="The way down from the start",
    cites=("Axelrod and Bennett 1993",),
    summary=(
        "The moves of one state after the other that lower the energy most, from a configuration "
        "given to a local minimum."
    ),
    games=("landscape",),
    accepts=accepts,
    solve=solve,
    verify=verify,
    conditions=conditions,
    default=True,
    order=231,
)
