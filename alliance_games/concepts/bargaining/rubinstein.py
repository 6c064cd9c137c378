"""Alternating offers: the players take turns, and waiting costs."""

from __future__ import annotations

from fractions import Fraction

from alliance_games.algorithms.bargains import agreements, not_convex, threat_of
from alliance_games.certificates.bargaining import check_alternating, check_none
from alliance_games.model.bargaining import BargainingGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.named.bargaining import NoAgreement, Offers
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Solution

BECAUSE = (
    "the agreements are convex, so one pair of offers leaves each player what she would wait for, "
    "and it is the one subgame-perfect outcome"
)


def accepts(game: BargainingGame) -> str | None:
    """Whether the file says what waiting costs."""
    if game.discounts is None:
        return "the file gives no 'discount' under 'bargaining'"
    return not_convex(game)


def solve(game: BargainingGame, needed: Needed, budget: Budget) -> Answers:
    """The subgame-perfect offers of both, and what they come to as patience grows."""
    found = agreements(game, needed, budget)
    if (nothing := found.nothing_to_gain()) is not None:
        yield nothing
        return Conclusion(Coverage.ALL, nothing.reason, found.method)
    discounts = game.discounts
    assert discounts is not None  # accepts saw to it
    first, second = game.players
    mine, theirs = found.alternating(discounts)
    alike = discounts[0] == discounts[1]
    yield Offers(
        of=CONCEPT.name,
        first=game.players[game.first],
        offers={first: mine, second: theirs},
        discounts={first: discounts[0], second: discounts[1]},
        limit=found.largest_product((Fraction(1), Fraction(1))) if alike else None,
    )
    return Conclusion(Coverage.ALL, BECAUSE, found.method)


def verify(game: BargainingGame, solution: Solution, needed: Needed) -> Certificate:
    """Hold the deal to its line and the solution's own condition."""
    threat = dict(zip(game.players, threat_of(game, needed), strict=True))
    if isinstance(solution, NoAgreement):
        return check_none(game, threat, solution)
    return check_alternating(game, threat, solution)


CONCEPT = Concept(
    name="rubinstein",
    title="Rubinstein's alternating offers",
    cites=("Rubinstein 1982", "Binmore, Rubinstein and Wolinsky 1986"),
    summary="What players agree on who take turns at offers and value a later gain less.",
    games=("bargaining",),
    solve=solve,
    verify=verify,
    accepts=accepts,
    needs=("disagreement-point",),
    default=True,
    order=246,
)
