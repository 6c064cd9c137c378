"""What is asked of the set of agreements, whatever it is made of."""

from __future__ import annotations

from fractions import Fraction
from typing import Protocol

from alliance_games.model.bargaining import BargainingGame, Lotteries, Pair
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Needed
from alliance_games.results.named.bargaining import Deal, Disagreement, Frontier, NoAgreement


class Agreements(Protocol):
    """The feasible agreements of a problem, seen from its point of disagreement.

    Every deal found carries the line that proves it. Deals are asked for only where
    ``nothing_to_gain`` is None.
    """

    method: str
    unique: str
    """Why a solution that maximises over the agreements is the only one."""
    all_sums: str
    """Why the deals with the largest sums are all there are, if they are."""
    sums_are_all: bool
    whole_frontier: str
    """Why the frontier is all of it, or how much of it is told."""
    tolerance: Fraction | None
    """To which the last direction was met, where not exactly."""
    off_the_way: str
    """Why there is no agreement in some direction."""

    def nothing_to_gain(self) -> NoAgreement | None:
        """The proof that no agreement makes both better off than disagreement; else None."""
        ...

    def largest_product(self, weights: Pair) -> Deal:
        """The deal with the largest product of gains, each to the power of its weight."""
        ...

    def along(self, way: Pair) -> Deal | None:
        """The last agreement in a direction from disagreement; None where there is none."""
        ...

    def offer(self, proposer: int, least: Fraction) -> Deal:
        """The best deal for one player that gives the other at least so much."""
        ...

    def largest_sums(self, weights: Pair) -> tuple[Deal, ...]:
        """The deals with the largest weighted sum of payoffs: one, or the ends of several."""
        ...

    def alternating(self, discounts: Pair) -> tuple[Deal, Deal]:
        """The two players' offers, of which each leaves the other what her own next would."""
        ...

    def frontier(self) -> Frontier:
        """The efficient agreements that neither would leave."""
        ...


def agreements(game: BargainingGame, needed: Needed, budget: Budget) -> Agreements:
    """The agreements of a problem whose point of disagreement is known."""
    threat = threat_of(game, needed)
    if isinstance(game.over, Lotteries):
        from alliance_games.algorithms.lottery_bargains import LotteryBargains

        return LotteryBargains(game, threat, budget.tick)
    from alliance_games.algorithms.contract_bargains import ContractBargains

    return ContractBargains(game, threat, budget.tick)


def not_convex(game: BargainingGame) -> str | None:
    """Why the payoffs of contracts may be no convex set, in words; None where they are.

    Lotteries over outcomes always are; contracts where both payoffs are concave polynomials.
    """
    if isinstance(game.over, Lotteries):
        return None
    from alliance_games.algorithms.contract_payoffs import NotPolynomial, is_concave, polynomial
    from alliance_games.exact.polynomials import ring

    over = game.over
    terms = ring(list(over.terms))
    symbols = {symbol: place for place, symbol in enumerate(over.symbols)}
    for player, payoff in zip(game.players, over.payoffs, strict=True):
        try:
            p = polynomial(payoff, terms, symbols)
        except NotPolynomial as part:
            return (
                f"contracts are solved where payoffs are polynomials in the terms, and that of "
                f"{player} has {part}"
            )
        if not is_concave(p, over.box):
            return (
                f"contracts are solved where payoffs are concave in the terms, and that of "
                f"{player} is not, or it was not shown"
            )
    return None


def threat_of(game: BargainingGame, needed: Needed) -> Pair:
    """The point of disagreement, from the answer of ``disagreement-point``."""
    found = needed["disagreement-point"].solutions[0]
    assert isinstance(found, Disagreement)
    first, second = game.players
    return found.payoffs[first], found.payoffs[second]
