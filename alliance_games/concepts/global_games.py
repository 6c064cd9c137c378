"""The equilibrium that small private doubts about the payoffs select."""

from __future__ import annotations

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.normal import NormalGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Selection, Solution

METHOD = "risk dominance, Laplacian beliefs, p-dominance or the maximum of a potential"
NOT_PROVEN = (
    "none of the criteria applies under which the selection is proven not to depend on the noise"
)


def accepts(game: NormalGame | AnonymousGame) -> str | None:
    """Games of strategic complements."""
    from alliance_games.algorithms.deviations import number_of_states
    from alliance_games.algorithms.noise_independent import MOST_STATES, orders

    if (number := number_of_states(game)) > MOST_STATES:
        return f"there are {number:,} states, and up to {MOST_STATES:,} are read"
    if orders(game, lambda: None) is None:
        return "it is asked of games of strategic complements, and no order found makes this one so"
    return None


def solve(game: NormalGame | AnonymousGame, needed: Needed, budget: Budget) -> Answers:
    """The selection by the first criterion that applies, or none."""
    from alliance_games.algorithms.deviations import state_name
    from alliance_games.algorithms.noise_independent import orders, select

    order = orders(game, budget.tick)
    assert order is not None, "the game was accepted"
    found = select(game, order, budget.tick)
    if not found.why:
        yield Selection(None, found.compared, {}, f"{NOT_PROVEN[0].upper()}{NOT_PROVEN[1:]}.")
        return Conclusion(Coverage.UNKNOWN, NOT_PROVEN, METHOD)
    if found.profile is None:
        reason = f"{found.why[0].upper()}{found.why[1:]}: small changes of the payoffs decide."
    else:
        reason = f"{state_name(game, found.profile)} is selected whatever the noise: {found.why}."
    yield Selection(found.profile, found.compared, found.numbers, reason)
    because = "the criterion is proven sufficient for every distribution of the noise"
    return Conclusion(Coverage.ALL, because, METHOD)


def verify(game: NormalGame | AnonymousGame, solution: Solution, needed: Needed) -> Certificate:
    """Hold the game to the criteria again."""
    from alliance_games.certificates.global_games import check_global_games

    return check_global_games(game, solution)


CONCEPT = Concept(
    name="global-games",
    title="Global-games selection",
    cites=("Carlsson and van Damme 1993", "Frankel, Morris and Pauzner 2003"),
    summary=(
        "In a game of strategic complements whose payoffs each player observes with a little "
        "noise, the only profile that survives elimination as the noise vanishes, where it is the "
        "same for every noise."
    ),
    games=("normal", "anonymous"),
    accepts=accepts,
    solve=solve,
    verify=verify,
    invariances=("relabelling", "positive affine payoffs"),
    order=68,
)
