"""How much of all possible beginnings of two populations leads where."""

from __future__ import annotations

from alliance_games.model.normal import NormalGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.named.evolution import PairBasin
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Solution

METHOD = "the separatrix as a level curve of what is conserved, and an integral under it"


def accepts(game: NormalGame) -> str | None:
    """Two players with two strategies each."""
    if game.shape != (2, 2):
        return "it is asked of two players with two strategies each"
    return None


def solve(game: NormalGame, needed: Needed, budget: Budget) -> Answers:
    """The basins of the strict equilibria."""
    from alliance_games.algorithms.pair_basins import ERROR, divided, leads, too_uneven

    if too_uneven(leads(game)):
        because = (
            "the curve between the basins runs too near a side, or one population is too much "
            "faster than the other, for numbers in floats"
        )
        return Conclusion(Coverage.UNKNOWN, because, METHOD)
    found = divided(leads(game))
    if found is None:
        because = (
            "a strategy ties with another against a pure one, and what lies near is not followed"
        )
        return Conclusion(Coverage.UNKNOWN, because, METHOD)
    shares, exact = found
    for profile, share in sorted(shares.items()):
        yield PairBasin(
            attractor=dict(zip(game.players, game.names(profile), strict=True)),
            share=share,
            exact=exact,
        )
    because = "inside the square every share is on one side of the separatrix, if not on it"
    if not shares:
        because = "the only rest point inside the square is a centre, and attracts nothing"
    elif len(shares) == 1:
        because = "a dominant strategy leads from everywhere inside the square to one equilibrium"
    return Conclusion(Coverage.ALL, because, METHOD, tolerance=None if exact else ERROR)


def verify(game: NormalGame, solution: Solution, needed: Needed) -> Certificate:
    """Look at the signs or the symmetry, or follow the separatrix backwards."""
    from alliance_games.certificates.pair_basins import check_pair_basin

    return check_pair_basin(game, solution)


CONCEPT = Concept(
    name="asymmetric-basins",
    title="Basins of attraction of two populations",
    cites=("Taylor 1979", "Hofbauer and Sigmund 1998"),
    summary=(
        "For each strict equilibrium of two players with two strategies each, the part of all "
        "shares of two populations from which the replicator dynamics leads to it."
    ),
    games=("normal",),
    accepts=accepts,
    solve=solve,
    verify=verify,
    invariances=(),
    order=307,
)
