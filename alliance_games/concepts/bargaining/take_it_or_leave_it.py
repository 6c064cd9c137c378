"""One offer, take it or leave it, by either side."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from alliance_games.algorithms.bargains import agreements, not_convex, threat_of
from alliance_games.certificates.bargaining import check_none, check_one_offer
from alliance_games.model.bargaining import BargainingGame, Contracts
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.named.bargaining import Deal, NoAgreement, Offers
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Solution

BECAUSE = (
    "in the one subgame-perfect outcome the other accepts whatever is no worse than disagreement, "
    "and the proposer asks for the most"
)


def solve(game: BargainingGame, needed: Needed, budget: Budget) -> Answers:
    """Each player's offer."""
    found = agreements(game, needed, budget)
    if (nothing := found.nothing_to_gain()) is not None:
        yield nothing
        return Conclusion(Coverage.ALL, nothing.reason, found.method)
    threat = threat_of(game, needed)
    first, second = game.players
    offers = {first: found.offer(0, threat[1]), second: found.offer(1, threat[0])}
    yield Offers(of=CONCEPT.name, first=game.players[game.first], offers=offers)
    return Conclusion(Coverage.ALL, BECAUSE, found.method, _formulas(game, offers, budget))


def _formulas(game: BargainingGame, offers: Mapping[str, Deal], budget: Budget) -> tuple[str, ...]:
    """The terms of contracts in formulas, where there are such."""
    if not isinstance(game.over, Contracts):
        return ()
    from alliance_games.algorithms.contract_formulas import Formulas, notes

    asked = [
        (f"{player} proposes ", offer, partial(Formulas.of_offer, proposer=place))
        for place, (player, offer) in enumerate(offers.items())
    ]
    again = [
        lambda other: other.offer(0, other.threat[1]),
        lambda other: other.offer(1, other.threat[0]),
    ]
    return tuple(notes(game, asked, again, budget.tick))


def verify(game: BargainingGame, solution: Solution, needed: Needed) -> Certificate:
    """Hold the deal to its line and the solution's own condition."""
    threat = dict(zip(game.players, threat_of(game, needed), strict=True))
    if isinstance(solution, NoAgreement):
        return check_none(game, threat, solution)
    return check_one_offer(game, threat, solution)


CONCEPT = Concept(
    name="take-it-or-leave-it",
    title="Take-it-or-leave-it offers",
    cites=("Güth, Schmittberger and Schwarze 1982",),
    summary="What one proposes if the other can only accept or refuse, for each in turn.",
    games=("bargaining",),
    solve=solve,
    verify=verify,
    accepts=not_convex,
    needs=("disagreement-point",),
    default=True,
    order=245,
)
