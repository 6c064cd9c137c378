"""The set of subgame-perfect payoffs of two players at a discount factor."""

from __future__ import annotations

from fractions import Fraction

from alliance_games.algorithms.payoff_answers import payoffs
from alliance_games.certificates.payoff_sets import check
from alliance_games.exact.numerals import decimal
from alliance_games.model.repeated import RepeatedGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Solution

MOST = Fraction(999, 1000)
"""The greatest factor: nearer to one the bound takes too many rounds."""
QUICK = 100
"""Stages of up to so many profiles are asked it unasked."""


def accepts(game: RepeatedGame) -> str | None:
    """Two players, one stage, and a discount factor."""
    if len(game.players) != 2:
        return "it is defined for two players"
    if not game.is_plain:
        return "it is asked of one relationship with one stage and no cost of exit"
    if game.discount is None:
        return "the game has no 'discount'"
    if game.factor is not None and game.factor > MOST:
        return "it is asked up to the discount factor 0.999; folk-theorem tells what is left beyond"
    return None


def solve(game: RepeatedGame, needed: Needed, budget: Budget) -> Answers:
    """One record: corners that are equilibrium payoffs, and a bound around all of them."""
    record, rounds = payoffs(game, budget.tick)
    yield record
    method = f"extreme points that just hold somebody (Abreu and Sannikov 2014), {rounds}"
    about = ("pure actions; the players observe a public lottery before each period",)
    if not record.bound:
        because = "no payoffs are left that equilibria in pure actions could have"
        return Conclusion(Coverage.ALL, because, method, about)
    if not record.code:
        because = "no play was found that bears out payoffs within the bound"
        return Conclusion(Coverage.UNKNOWN, because, method, about)
    assert record.distance is not None
    near = decimal(record.distance, 1)[0]
    because = f"the corners' span are equilibrium payoffs, and none is further than {near} from it"
    return Conclusion(Coverage.ALL, because, method, about)


def verify(game: RepeatedGame, solution: Solution, needed: Needed) -> Certificate:
    """Weigh every deviation from the code, and bound the payoffs again."""
    return check(game, solution)


CONCEPT = Concept(
    name="repeated-payoffs",
    title="Subgame-perfect payoffs",
    cites=("Abreu, Pearce and Stacchetti 1990", "Abreu and Sannikov 2014"),
    summary=(
        "The average payoffs that two players can have in subgame-perfect equilibria in pure "
        "actions with a public lottery, at the game's discount factor: play that bears them out "
        "from inside, a bound from outside."
    ),
    games=("repeated",),
    accepts=accepts,
    solve=solve,
    verify=verify,
    default=lambda game: game.stage.size <= QUICK,
    order=286,
)
