"""Which coalitions are worth most together?"""

from __future__ import annotations

from fractions import Fraction
from itertools import islice

from alliance_games.model.coalitional import CoalitionalGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.named.partitions import BestStructures
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Solution

MOST_PLAYERS = 14
METHOD = "dynamic programming over sets of players"


def accepts(game: CoalitionalGame) -> str | None:
    """None, or how many players are too many."""
    if not game.is_tabled or len(game.players) > MOST_PLAYERS:
        return f"the partitions of up to {MOST_PLAYERS} players are compared"
    return None


def solve(game: CoalitionalGame, needed: Needed, budget: Budget) -> Answers:
    """The value and the partitions that reach it."""
    from alliance_games.algorithms import coalition_structure

    found = coalition_structure.BestStructures(game.numerators, budget.tick)
    number = found.number()
    most = 1 if budget.one else budget.listed
    listed = list(islice(found.partitions(game.everybody, budget.tick), most))
    yield BestStructures(
        value=Fraction(found.best[-1], game.denominator),
        together=game.worth(game.everybody),
        number=number,
        structures=tuple(tuple(game.names(one) for one in partition) for partition in listed),
    )
    if len(listed) < number:
        because = f"of {number:,} partitions that are worth most the first {len(listed):,} are told"
        return Conclusion(Coverage.SOME, because, METHOD)
    because = "every way to split every set of players was compared"
    return Conclusion(Coverage.ALL, because, METHOD)


def verify(game: CoalitionalGame, solution: Solution, needed: Needed) -> Certificate:
    """Find the value again by splits in two."""
    from alliance_games.certificates.coalition_structure import check_structures

    return check_structures(game, solution)


CONCEPT = Concept(
    name="coalition-structure",
    title="Best coalition structures",
    cites=("Aumann and Drèze 1974", "Yun Yeh 1986"),
    summary="The partitions of the players whose coalitions are worth most together.",
    games=("coalitional",),
    accepts=accepts,
    solve=solve,
    verify=verify,
    default=lambda game: len(game.players) <= 12,
    order=225,
)
