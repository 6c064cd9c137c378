"""The local minima of a landscape: the divisions into two sides that no state leaves."""

from __future__ import annotations

from collections.abc import Iterator

from alliance_games.algorithms import landscape_conditions
from alliance_games.algorithms.landscape_answers import minima
from alliance_games.certificates.landscape import check_minimum
from alliance_games.model.landscape import Landscape
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.ordered import Signs
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Solution

MOST_PLAYERS = 20
METHOD = "the energies of all configurations in integers"


def accepts(game: Landscape) -> str | None:
    """None for landscapes whose configurations can be gone through; else how many there are."""
    if len(game.players) > MOST_PLAYERS:
        return f"it would go through 2^{len(game.players) - 1} configurations"
    return None


def solve(game: Landscape, needed: Needed, budget: Budget) -> Answers:
    """All of them, the deepest first."""
    configurations = 1 << (len(game.players) - 1)
    # The table of energies, where each leads, and what is made on the way.
    budget.allow_bytes(configurations * 64, "the energies of all configurations")
    most = 1 if budget.one else budget.listed
    weak = 0
    for listed, minimum in enumerate(minima(game, budget.tick)):
        if listed == most:
            because = f"of all local minima the deepest {listed:,} are listed"
            return Conclusion(Coverage.SOME, because, METHOD)
        weak += not minimum.strict
        yield minimum
    notes: tuple[str, ...] = ()
    if weak:
        notes = (
            "where a minimum is not strict some state could change sides at no cost or gain: "
            "configurations beside it may have the same energy",
        )
    because = f"the energies of all {configurations:,} configurations were compared"
    return Conclusion(Coverage.ALL, because, METHOD, notes)


def verify(game: Landscape, solution: Solution, needed: Needed) -> Certificate:
    """Each state's move tried again, and the basins counted in another way."""
    return check_minimum(game, solution)


def conditions(game: Landscape, signs: Signs) -> Iterator[Solution]:
    """Every configuration, by the signs of what each state's move would change."""
    yield from landscape_conditions.minima(game, signs)


CONCEPT = Concept(
    name="landscape-minima",
    title="Local minima of the landscape",
    cites=("Axelrod and Bennett 1993",),
    summary=(
        "Divisions of the states into two sides in which no state would be less frustrated on the "
        "other side."
    ),
    games=("landscape",),
    accepts=accepts,
    solve=solve,
    verify=verify,
    conditions=conditions,
    default=True,
    order=230,
)
