"""Bargains held to the definitions.

That no feasible agreement is better is shown by a line: with the deal's ``normal`` as weights, no
agreement has a larger weighted sum of payoffs. Of lotteries that is seen outcome by outcome, of
contracts by first-order conditions where payoffs are concave (``bargaining_sets``). What the line
must satisfy besides is each solution's own condition.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from math import prod

from alliance_games.certificates.bargaining_sets import feasible
from alliance_games.exact.numerals import irrational
from alliance_games.model.bargaining import BargainingGame, Contracts, Pair
from alliance_games.results.named.bargaining import (
    Agreement,
    Agreements,
    Deal,
    Frontier,
    NoAgreement,
    Offers,
)
from alliance_games.results.solutions import Certificate, Solution


class Checker:
    """One problem with its point of disagreement."""

    def __init__(self, game: BargainingGame, threat: Mapping[str, Fraction]) -> None:
        self.game, self.players, self.threat = game, game.players, threat
        self.feasible = feasible(game)

    # What every deal owes

    def is_deal(self, deal: Deal) -> bool:
        """Whether it can be agreed on, is as it says, and its line has all else below it."""
        named = set(self.players)
        if not set(deal.payoffs) == set(deal.gains) == set(deal.normal) == named:
            return False
        if any(deal.gains[p] != deal.payoffs[p] - self.threat[p] for p in self.players):
            return False
        if min(deal.gains.values()) < 0 or not any(deal.normal.values()):
            return False
        return self._is_feasible(deal) and self.is_on_line(deal.normal, self.sum(deal), deal.terms)

    def sum(self, deal: Deal) -> Fraction:
        """The payoffs weighted by the deal's line."""
        return sum((deal.normal[p] * deal.payoffs[p] for p in self.players), Fraction(0))

    def is_on_line(
        self, weights: Mapping[str, Fraction], most: Fraction, terms: Mapping[str, Fraction]
    ) -> bool:
        """Whether no agreement has a weighted sum above ``most``."""
        if self.game.free_disposal and min(weights.values()) < 0:
            return False  # by throwing away payoffs the sum would rise without end
        return self.feasible.is_on_line(weights, most, terms)

    def _is_feasible(self, deal: Deal) -> bool:
        """Whether the agreement gives the payoffs, or more where payoffs may be thrown away."""
        given = self.feasible.gives(deal)
        if given is None:
            return False
        stated = tuple(deal.payoffs[p] for p in self.players)
        enough = all(g >= s for g, s in zip(given, stated, strict=True))
        return enough and (given == stated or self.game.free_disposal)

    # What each solution adds

    def is_best_offer(self, deal: Deal, proposer: str, least: Fraction) -> bool:
        """Whether the deal is the proposer's best of those that give the other ``least``, and
        among these as good for the other as any."""
        (other,) = [p for p in self.players if p != proposer]
        slack = deal.payoffs[other] - least
        if not self.is_deal(deal) or slack < 0 or min(deal.normal.values()) < 0:
            return False
        if slack > 0 or deal.normal[proposer] == 0:
            # Not held back by the other: no agreement at all is better for the proposer.
            alone = {proposer: Fraction(1), other: Fraction(0)}
            if not self.is_on_line(alone, deal.payoffs[proposer], deal.terms):
                return False
        return self.is_efficient(deal)

    def is_efficient(self, deal: Deal) -> bool:
        """Whether the line shows that nobody gains without a loss of the other: both have a
        weight, or one alone has, and no other agreement is as good for her."""
        if min(deal.normal.values()) > 0:
            return True
        return min(deal.normal.values()) == 0 and any(
            self.feasible.is_best_for_other(deal, place)
            for place, player in enumerate(self.players)
            if deal.normal[player] > 0
        )

    def is_furthest(self, deal: Deal, way: Mapping[str, Fraction]) -> bool:
        """Whether the gains are in proportion to ``way``, and no more are feasible so."""
        first, second = self.players
        if not self.is_deal(deal) or min(way.values()) < 0 or not any(way.values()):
            return False
        ratios = [(deal.gains[first], way[second]), (deal.gains[second], way[first])]
        if not _are_equal(*ratios):
            return False
        if min(deal.normal.values()) >= 0 < min(way.values()):
            return True  # one weight is positive
        return sum(deal.normal[p] * way[p] for p in self.players) > 0


TOLERANCE = Fraction(1, 10**12)
"""Within which proportions of numbers from several number fields are compared, where the field
that holds them all has too high a degree."""

MOST_DEGREE = 30


def _are_equal(one: tuple[Fraction, Fraction], two: tuple[Fraction, Fraction]) -> bool:
    """Whether two products are equal: exactly, or to TOLERANCE where that is too dear."""
    (a, b), (c, d) = one, two
    if prod(map(_degree, (a, b, c, d))) <= MOST_DEGREE or a is c:
        return a * b == c * d
    a, b, c, d = map(_near, (a, b, c, d))
    return abs(a * b - c * d) <= TOLERANCE * max(abs(b * d), abs(a * b))


def _degree(number: Fraction) -> int:
    if not irrational(number):
        return 1
    from alliance_games.exact.algebraic import Algebraic

    assert isinstance(number, Algebraic)
    return number.root.degree


def _near(number: Fraction) -> Fraction:
    if not irrational(number):
        return number
    from alliance_games.exact.written import near

    return near(number, 40)


def _named(players: tuple[str, ...], pair: Pair) -> dict[str, Fraction]:
    return dict(zip(players, pair, strict=True))


def check_none(game: BargainingGame, threat: Mapping[str, Fraction], one: Solution) -> Certificate:
    """Nothing to bargain about: with some weights disagreement is as good as any agreement."""
    claim = (
        "with these weights, none negative, no agreement has a larger sum than disagreement, so "
        "none is better for both"
    )
    if not isinstance(one, NoAgreement) or set(one.weights) != set(game.players):
        return Certificate(False, claim)
    weights = one.weights
    if min(weights.values()) < 0 or not any(weights.values()):
        return Certificate(False, claim)
    most = sum((weights[p] * threat[p] for p in game.players), Fraction(0))
    return Certificate(Checker(game, threat).is_on_line(weights, most, one.terms), claim)


def check_nash(game: BargainingGame, threat: Mapping[str, Fraction], one: Solution) -> Certificate:
    """Nash (1950): the supporting line at the deal weighs the gains like the bargaining powers."""
    claim = (
        "no agreement lies above the line through the deal on which each player's weight is her "
        "bargaining power over her gain; below that line the product of gains is largest at the "
        "deal and nowhere else (Nash 1950)"
    )
    if not isinstance(one, Agreement) or one.of != "nash-bargaining" or one.ideals:
        return Certificate(False, claim)
    deal, checker = one.deal, Checker(game, threat)
    if not checker.is_deal(deal) or min(*deal.gains.values(), *deal.normal.values()) <= 0:
        return Certificate(False, claim)
    powers = _named(game.players, game.weights)
    first, second = (deal.normal[p] * deal.gains[p] / powers[p] for p in game.players)
    return Certificate(first == second, claim)


def check_kalai_smorodinsky(
    game: BargainingGame, threat: Mapping[str, Fraction], one: Solution
) -> Certificate:
    """Kalai and Smorodinsky (1975): gains in proportion to the players' largest possible gains."""
    claim = (
        "each player's ideal is the most she can have while the other loses nothing, the gains are "
        "in proportion to the ideal gains, and no agreement is further in that proportion"
    )
    if not isinstance(one, Agreement) or one.of != "kalai-smorodinsky":
        return Certificate(False, claim)
    checker = Checker(game, threat)
    if set(one.ideals) != set(game.players):
        return Certificate(False, claim)
    for player in game.players:
        (other,) = [p for p in game.players if p != player]
        if not checker.is_best_offer(one.ideals[player], player, threat[other]):
            return Certificate(False, claim)
    way = {player: one.ideals[player].gains[player] for player in game.players}
    return Certificate(checker.is_furthest(one.deal, way), claim)


def check_egalitarian(
    game: BargainingGame, threat: Mapping[str, Fraction], one: Solution
) -> Certificate:
    """Kalai (1977): gains in proportion to the weights, as large as can be."""
    claim = (
        "the gains are in proportion to the bargaining powers, and no agreement is further in that "
        "proportion"
    )
    if not isinstance(one, Agreement) or one.of != "egalitarian" or one.ideals:
        return Certificate(False, claim)
    way = _named(game.players, game.weights)
    return Certificate(Checker(game, threat).is_furthest(one.deal, way), claim)


def check_utilitarian(
    game: BargainingGame, threat: Mapping[str, Fraction], one: Solution
) -> Certificate:
    """The largest sum among the agreements that neither would leave, by its multipliers."""
    claim = (
        "no agreement has a larger sum of payoffs with the players' weights, raised only for a "
        "player who gains nothing (who would leave an agreement that gives her less)"
    )
    if isinstance(one, Agreement) and not one.ideals:
        ends: tuple[Deal, ...] = (one.deal,)
    elif isinstance(one, Agreements) and len(one.ends) == 2 and one.ends[0] != one.ends[1]:
        ends = one.ends
    else:
        return Certificate(False, claim)
    if one.of != "utilitarian":
        return Certificate(False, claim)
    checker, weights = Checker(game, threat), _named(game.players, game.weights)
    for deal in ends:
        if not checker.is_deal(deal):
            return Certificate(False, claim)
        ratios = {p: deal.normal[p] / weights[p] for p in game.players}
        scale = min(ratios.values())
        free = [p for p in game.players if deal.gains[p] > 0]
        if scale <= 0 or any(ratios[p] != scale for p in free):
            return Certificate(False, claim)
    totals = {sum(weights[p] * deal.payoffs[p] for p in game.players) for deal in ends}
    return Certificate(len(totals) == 1, claim)


def check_one_offer(
    game: BargainingGame, threat: Mapping[str, Fraction], one: Solution
) -> Certificate:
    """Take it or leave it: each proposer's best agreement that the other does not refuse."""
    claim = (
        "each offer is the proposer's best of those that give the other no less than disagreement, "
        "and the other accepts it"
    )
    if not isinstance(one, Offers) or one.of != "take-it-or-leave-it" or one.discounts:
        return Certificate(False, claim)
    if set(one.offers) != set(game.players) or one.first != game.players[game.first] or one.limit:
        return Certificate(False, claim)
    checker = Checker(game, threat)
    good = all(
        checker.is_best_offer(offer, proposer, threat[other])
        for proposer, offer in one.offers.items()
        for other in game.players
        if other != proposer
    )
    return Certificate(good, claim)


def check_alternating(
    game: BargainingGame, threat: Mapping[str, Fraction], one: Solution
) -> Certificate:
    """Rubinstein (1982): each offer is the best of those worth as much as waiting to propose."""
    claim = (
        "each offer is the proposer's best of those that give the other what her own offer, a "
        "round later, is worth to her now; as the agreements are convex, one pair does (Rubinstein "
        "1982)"
    )
    if not isinstance(one, Offers) or one.of != "rubinstein" or game.discounts is None:
        return Certificate(False, claim)
    discounts = _named(game.players, game.discounts)
    if one.discounts != discounts or set(one.offers) != set(game.players):
        return Certificate(False, claim)
    if one.first != game.players[game.first]:
        return Certificate(False, claim)
    checker = Checker(game, threat)
    for proposer, offer in one.offers.items():
        (other,) = [p for p in game.players if p != proposer]
        waits = threat[other] + discounts[other] * one.offers[other].gains[other]
        if not checker.is_best_offer(offer, proposer, waits):
            return Certificate(False, claim)
    if one.limit is None:
        return Certificate(True, claim)
    return Certificate(_is_limit(checker, discounts, one.limit), claim)


def _is_limit(checker: Checker, discounts: Mapping[str, Fraction], limit: Deal) -> bool:
    """With one discount factor for both, patience leads to equal powers (Binmore, Rubinstein and
    Wolinsky 1986)."""
    if len(set(discounts.values())) != 1 or not checker.is_deal(limit):
        return False
    if min(*limit.gains.values(), *limit.normal.values()) <= 0:
        return False
    first, second = (limit.normal[p] * limit.gains[p] for p in checker.players)
    return first == second


def check_frontier(
    game: BargainingGame, threat: Mapping[str, Fraction], one: Solution
) -> Certificate:
    """Efficient corners that follow each other on straight edges, from one player's best to the
    other's."""
    curve = isinstance(one, Frontier) and not one.straight
    claim = (
        "every point is efficient, in the order of the payoffs, and the ends are the players' best "
        "agreements"
        if curve
        else "every point is efficient, each neighbouring pair lies on one line that no agreement "
        "passes, and the ends are the players' best agreements"
    )
    if not isinstance(one, Frontier) or curve != isinstance(game.over, Contracts):
        return Certificate(False, claim)
    if not one.points:
        return Certificate(False, claim)
    checker, (first, second) = Checker(game, threat), game.players
    if not all(checker.is_deal(deal) and checker.is_efficient(deal) for deal in one.points):
        return Certificate(False, claim)
    for a, b in zip(one.points, one.points[1:], strict=False):
        # Compared, not subtracted: points of a curve may lie in different number fields.
        if b.payoffs[first] <= a.payoffs[first] or b.payoffs[second] >= a.payoffs[second]:
            return Certificate(False, claim)
        if one.straight and not _is_edge(checker, a, b):
            return Certificate(False, claim)
    low, high = one.points[0], one.points[-1]
    ends = _is_end(checker, high, first, second) and _is_end(checker, low, second, first)
    return Certificate(ends, claim)


def _is_edge(checker: Checker, a: Deal, b: Deal) -> bool:
    """Whether no agreement passes the line through two neighbours."""
    first, second = checker.players
    weights = {
        first: a.payoffs[second] - b.payoffs[second],
        second: b.payoffs[first] - a.payoffs[first],
    }
    most = sum((weights[p] * a.payoffs[p] for p in checker.players), Fraction(0))
    return checker.is_on_line(weights, most, {})


def _is_end(checker: Checker, deal: Deal, best_for: str, other: str) -> bool:
    """Whether nobody who keeps the other at her disagreement could give this player more."""
    if deal.gains[other] == 0:
        return True  # efficient, and the other can give no more
    most = {best_for: Fraction(1), other: Fraction(0)}
    return checker.is_on_line(most, deal.payoffs[best_for], deal.terms)
