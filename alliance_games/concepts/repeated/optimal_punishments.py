"""The least discount factor at which the worst equilibrium punishments sustain a profile."""

from __future__ import annotations

from alliance_games.algorithms.penal_answers import asked_about, penal_codes
from alliance_games.algorithms.penal_codes import WIDTH
from alliance_games.certificates.penal_codes import check
from alliance_games.model.repeated import RepeatedGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Solution

QUICK = 16
"""Stages of up to so many profiles are asked it unasked, where one is called cooperation."""


def accepts(game: RepeatedGame) -> str | None:
    """Two players, one stage, and few profiles or one called cooperation."""
    if len(game.players) != 2:
        return "it is defined for two players"
    if not game.is_plain:
        return "it is asked of one relationship with one stage and no cost of exit"
    if not asked_about(game):
        return "the stage has many profiles; 'cooperate' says which is asked about"
    return None


def solve(game: RepeatedGame, needed: Needed, budget: Budget) -> Answers:
    """One record: each profile with its least discount factor, or what it lies between."""
    record = penal_codes(game, budget)
    yield record
    method = "codes read off the payoff set at trial discount factors, and bisection"
    notes = ("pure actions; the players observe a public lottery before each period",)
    open_ones = [one for one in record.profiles if one.high != one.low]
    unknown = [one for one in open_ones if one.high is None and one.low < one.tried]
    apart = [one for one in open_ones if one.high is not None and one.high - one.low > 2 * WIDTH]
    if unknown or apart:
        because = "for some profiles neither play nor a bound decides at every discount factor"
        return Conclusion(Coverage.SOME, because, method, notes)
    because = "at the upper end play sustains the profile, below the lower end nothing does"
    if any(one.high is not None for one in open_ones):
        because += f"; the two are at most {float(2 * WIDTH / game.survival):.0e} apart"
    return Conclusion(Coverage.ALL, because, method, notes)


def verify(game: RepeatedGame, solution: Solution, needed: Needed) -> Certificate:
    """Weigh every deviation from the codes, and bound the punishments again."""
    return check(game, solution)


CONCEPT = Concept(
    name="optimal-punishments",
    title="What the worst punishments sustain",
    cites=("Abreu 1988", "Abreu, Pearce and Stacchetti 1990"),
    summary=(
        "The least discount factor at which a profile can be played for ever when whoever deviates "
        "is met by the equilibrium that is worst for her."
    ),
    games=("repeated",),
    accepts=accepts,
    solve=solve,
    verify=verify,
    default=lambda game: game.cooperate is not None and game.stage.size <= QUICK,
    order=288,
)
