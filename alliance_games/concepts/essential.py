"""Essential equilibria and components: those whose index is not zero."""

from __future__ import annotations

from fractions import Fraction

from alliance_games.model.normal import NormalGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Component, Point, Solution

METHOD = "the index of each component"
REASON = (
    "its index is 0: some game as near as one likes, in which certain mixtures have become "
    "strategies of their own, has no equilibrium near it"
)


def solve(game: NormalGame, needed: Needed, budget: Budget) -> Answers:
    """The equilibria and components with an index other than 0, then those with index 0."""
    from alliance_games.algorithms.admissible_answers import is_approximate
    from alliance_games.results.tree_solutions import Discarded

    nash = needed["nash"]
    left, unknown = [], 0
    for one in nash.solutions:
        budget.tick()
        index = None
        if isinstance(one, Point | Component) and not is_approximate(one):
            index = one.properties.get("index")
        if index is None:
            unknown += 1
        elif index:
            yield one
        else:
            left.append(Discarded(one, REASON, {"index": Fraction(0)}))
    yield from left
    doubts = [] if nash.coverage is Coverage.ALL else [nash.because]
    if unknown:
        what = "one equilibrium or continuum" if unknown == 1 else f"{unknown} of the answers"
        doubts.append(f"of {what} the index is not known")
    if doubts:
        return Conclusion(Coverage.SOME, "; ".join(doubts), METHOD)
    because = "the index of every equilibrium and component is known"
    return Conclusion(Coverage.ALL, because, METHOD)


def verify(game: NormalGame, solution: Solution, needed: Needed) -> Certificate:
    """Find the index again, from the equilibria of a game near by."""
    from alliance_games.certificates.essential import check

    return check(game, solution)


CONCEPT = Concept(
    name="essential",
    title="Essential equilibria and components",
    cites=("Govindan and Wilson 1997", "Govindan and Wilson 2005", "Ritzberger 1994"),
    summary=(
        "Equilibria and components of equilibria whose index is not zero: every game near by has "
        "equilibria near them, even where mixtures are added as strategies."
    ),
    games=("normal",),
    solve=solve,
    verify=verify,
    needs=("nash",),
    invariances=("relabelling", "positive affine payoffs"),
    order=69,
)
