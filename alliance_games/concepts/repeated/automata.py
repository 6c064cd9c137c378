"""Are the automata of a repeated game equilibria, and for which discount factors?"""

from __future__ import annotations

from alliance_games.algorithms.automaton_answers import courses
from alliance_games.certificates.automata import check
from alliance_games.model.repeated import RepeatedGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Solution


def accepts(game: RepeatedGame) -> str | None:
    """None where the game names automata and one relationship with one stage."""
    if not game.automata:
        return "the game names no 'automata'"
    if not game.is_plain:
        return "it judges automata of one relationship with one stage and no cost of exit"
    return None


def solve(game: RepeatedGame, needed: Needed, budget: Budget) -> Answers:
    """One record: every automaton with its verdicts and all discount factors."""
    yield courses(game, budget)
    return Conclusion(
        Coverage.ALL,
        "every one-shot deviation in every state that any play leads to was weighed, for all "
        "discount factors at once",
        "exact roots of the one-shot deviation conditions",
    )


def verify(game: RepeatedGame, solution: Solution, needed: Needed) -> Certificate:
    """Solve the worth of the states again, and weigh every deviation."""
    return check(game, solution)


CONCEPT = Concept(
    name="automata",
    title="Automata as equilibria",
    cites=("Abreu 1988", "Axelrod 1984", "Mailath and Samuelson 2006"),
    summary=(
        "For each automaton (grim trigger, tit for tat, Pavlov and others), the discount factors "
        "at which no player gains by a one-shot deviation after any history, and whether it is a "
        "Nash equilibrium at the game's own."
    ),
    games=("repeated",),
    accepts=accepts,
    solve=solve,
    verify=verify,
    default=True,
    order=282,
)
