"""Bargains over contracts: the terms are numbers, the payoffs concave polynomials, exactly.

Whatever maximises a weighted sum of concave payoffs satisfies first-order conditions, and whatever
satisfies these maximises it. So each solution is found among the real solutions of polynomial
equations, on every face of the ranges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import lcm

from alliance_games.algorithms.contract_faces import (
    Equations,
    Face,
    Faces,
    Place,
    Share,
    degree,
    degree_of,
    free,
    inner,
    minimal_polynomial,
    supporting,
)
from alliance_games.algorithms.contract_payoffs import polynomial
from alliance_games.exact.numerals import irrational
from alliance_games.exact.polynomials import Polynomial, evaluate, ring
from alliance_games.exact.tableau import Tick
from alliance_games.exact.written import near
from alliance_games.model.bargaining import BargainingGame, Contracts, Pair
from alliance_games.results.budget import LimitReached
from alliance_games.results.named.bargaining import Deal, Frontier, NoAgreement

ZERO, ONE = Fraction(0), Fraction(1)
BETWEEN = 7
"""Points of the frontier told between its ends."""

MOST_DEGREES = (9, 4)
"""Degrees up to which the proportion of two irrational numbers is formed, and gone on with."""

DIGITS = 30
TOLERANCE = Fraction(1, 10**12)
"""How exact a proportion is that was not gone on with."""

TOO_LARGE = "the first-order conditions have too high a degree to be solved exactly"

Choose = Callable[[Place, Share], Fraction | None]
"""Which weight of the second player proves a contract right, of those that support it; None where
it is not the one looked for."""


class ContractBargains:
    """The contracts within the ranges; see ``bargains.Agreements``."""

    method = "first-order conditions on every face of the ranges, solved in algebraic numbers"
    unique = (
        "the payoffs are concave in the terms, so first-order conditions suffice, and no other "
        "payoffs satisfy them"
    )
    off_the_way = "no efficient contract gives gains in this proportion"
    whole_frontier = (
        "the two ends are known, and points between them; the first-order conditions give the rest"
    )

    def __init__(self, game: BargainingGame, threat: Pair, tick: Tick) -> None:
        assert isinstance(game.over, Contracts)
        self.game, self.over, self.threat, self.tick = game, game.over, threat, tick
        self.box = game.over.box
        # The third variable stands for an irrational number that a condition may need.
        self.ring = ring(["first", "second", "number"])
        symbols = {symbol: place for place, symbol in enumerate(game.over.symbols)}
        self.payoffs = [polynomial(payoff, self.ring, symbols) for payoff in game.over.payoffs]
        self.slopes = [[p.derivative(v) for v in (0, 1)] for p in self.payoffs]
        self.surplus = [p - self._constant(d) for p, d in zip(self.payoffs, threat, strict=True)]
        self.faces = Faces(self.box, tick)
        self.tolerance: Fraction | None = None
        self.sums_are_all = True
        self.all_sums = "the first-order conditions suffice, and nothing else satisfies them"

    # What is asked

    def nothing_to_gain(self) -> NoAgreement | None:
        """The largest smaller gain: where it is not positive, its line shows it."""
        deal = self._best_smaller_gain((ONE, ONE))
        if min(deal.gains.values()) > 0:
            return None
        reason = "no contract makes both players better off than disagreement"
        return NoAgreement(weights=deal.normal, reason=reason, terms=deal.terms)

    def largest_product(self, weights: Pair) -> Deal:
        """Where what one gains in proportion, the other loses in proportion."""
        (mine, yours), (first, second) = self.surplus, map(self._constant, weights)

        def equations(face: Face) -> Iterator[Polynomial]:
            for v in free(face):
                yield first * yours * self.slopes[0][v] + second * mine * self.slopes[1][v]

        def choose(place: Place, share: Share) -> Fraction | None:
            gains = self._gains(place)
            if min(gains) <= 0:
                return None
            wanted = weights[1] * gains[0] / (weights[0] * gains[1] + weights[1] * gains[0])
            return wanted if share[0] <= wanted <= share[1] else None

        return self._found(equations, choose)

    def along(self, way: Pair) -> Deal | None:
        """The efficient contract with gains in this proportion; where payoffs may be thrown away,
        the contract from which most is left in it."""
        deal = self._on_ray(way)
        if deal is None and self.game.free_disposal:
            deal = self._best_smaller_gain(way)
            far = min(g / w for g, w in zip(deal.gains.values(), way, strict=True))
            kept = [d + far * w for d, w in zip(self.threat, way, strict=True)]
            deal = self._deal(self._place(deal), tuple(deal.normal.values()), kept)
        return deal

    def offer(self, proposer: int, least: Fraction) -> Deal:
        """The proposer's best contract, or else the best that gives the other just ``least``."""
        other = 1 - proposer

        def enough(place: Place) -> bool:
            return evaluate(self.payoffs[other], (*place, ZERO)) >= least

        best = self._ideal(proposer, enough)
        return best if best is not None else self._just(proposer, least)

    def largest_sums(self, weights: Pair) -> tuple[Deal, ...]:
        """The one of the largest sum, or of the largest that a player who would lose agrees to."""
        first, second = map(self._constant, weights)
        wanted = weights[1] / (weights[0] + weights[1])

        def equations(face: Face) -> Iterator[Polynomial]:
            for v in free(face):
                yield first * self.slopes[0][v] + second * self.slopes[1][v]

        def choose(place: Place, share: Share) -> Fraction | None:
            return wanted if share[0] <= wanted <= share[1] else None

        deal = self._found(equations, choose)
        self.sums_are_all = self.faces.complete
        if not self.sums_are_all:
            self.all_sums = "other contracts may have the same sum"
        losers = [player for player, gain in enumerate(deal.gains.values()) if gain < 0]
        if not losers:
            return (deal,)
        (loser,) = losers  # the weighted sum is not below disagreement's
        return (self._just(1 - loser, self.threat[loser], wanted),)

    def alternating(self, discounts: Pair) -> tuple[Deal, Deal]:
        """Two contracts of the frontier, each leaving the responder what she would wait for
        (Rubinstein 1982)."""
        one, two = self.offer(0, self.threat[1]), self.offer(1, self.threat[0])
        # A player whose best contract leaves the other more than he would wait for proposes it.
        for player, best in ((1, two), (0, one)):
            other = 1 - player
            mine, yours = (tuple(best.gains.values())[p] for p in (player, other))
            reply = self.offer(other, self.threat[player] + discounts[player] * mine)
            if discounts[other] * tuple(reply.gains.values())[other] <= yours:
                return (reply, best) if player == 1 else (best, reply)
        return self._waiting(discounts)

    def frontier(self) -> Frontier:
        """Its ends and some points between them, the second player's best first."""
        last, first = self.offer(0, self.threat[1]), self.offer(1, self.threat[0])
        second = self.game.players[1]
        high, low = first.payoffs[second], last.payoffs[second]
        if high == low:
            return Frontier(points=(first,), straight=False)
        levels = _levels(float(low), float(high))
        between = [self.offer(0, level) for level in levels if low < level < high]
        return Frontier(points=(first, *between, last), straight=False)

    # Conditions

    def _found(self, equations: Equations, choose: Choose) -> Deal:
        deal = self._search(equations, choose)
        if deal is None:
            raise LimitReached(TOO_LARGE)
        return deal

    def _search(
        self, equations: Equations, choose: Choose, number: Fraction | None = None
    ) -> Deal | None:
        """The contract looked for, with positive weights of both players where there are such."""
        spare: Deal | None = None
        for place in self.faces.places(equations, number):
            share = supporting(self.slopes, self.box, place)
            chosen = choose(place, share) if share is not None else None
            if chosen is None:
                continue
            deal = self._deal(place, (ONE - chosen, chosen))
            if 0 < chosen < 1:
                return deal
            spare = spare or deal
        return spare

    def _ideal(self, player: int, enough: Callable[[Place], bool]) -> Deal | None:
        """The player's best contract of all, as good for the other as any such, if ``enough``."""
        alone = ZERO if player == 0 else ONE

        def equations(face: Face) -> Iterator[Polynomial]:
            for v in free(face):
                mine = self.slopes[player][v]
                yield mine if not mine.is_zero() else self.slopes[1 - player][v]

        def choose(place: Place, share: Share) -> Fraction | None:
            if not share[0] <= alone <= share[1] or not enough(place):
                return None
            return inner(share)

        return self._search(equations, choose)

    def _just(self, proposer: int, least: Fraction, wanted: Fraction | None = None) -> Deal:
        """The proposer's best contract that gives the other ``least``, no more.

        ``wanted`` is a weight of the second player that the other's may not fall short of.
        """
        other = 1 - proposer

        def choose(place: Place, share: Share) -> Fraction | None:
            low, high = share
            if wanted is not None:
                low, high = (max(low, wanted), high) if other == 1 else (low, min(high, wanted))
            if low > high or low == high == other:
                return None  # only the other would have a weight
            return inner((low, high))

        condition, number = self._equal(self.payoffs[other], least)
        deal = self._search(self._efficient_and(condition), choose, number)
        if deal is None:
            raise LimitReached(TOO_LARGE)
        return deal

    def _on_ray(self, way: Pair, *, gain: bool = True) -> Deal | None:
        """The efficient contract with gains in proportion to ``way``."""

        def choose(place: Place, share: Share) -> Fraction | None:
            return inner(share) if not gain or min(self._gains(place)) > 0 else None

        ratio = self._ratio(way)
        mine, yours = self.surplus
        if irrational(ratio):
            number = self.ring.variables[2]
            conditions = [mine * number - yours, minimal_polynomial(ratio, self.ring, 2)]
            return self._search(self._efficient_and(conditions), choose, ratio)
        return self._search(self._efficient_and([mine * self._constant(ratio) - yours]), choose)

    def _ratio(self, way: Pair) -> Fraction:
        """The second number over the first: a rational one near it where its field is too large
        to go on in."""
        if degree(way[0]) * degree(way[1]) <= MOST_DEGREES[0]:
            ratio = way[1] / way[0]
            if not irrational(ratio) or degree_of(ratio) <= MOST_DEGREES[1]:
                return ratio
        self.tolerance = TOLERANCE
        first, second = (near(x, DIGITS) if irrational(x) else x for x in way)
        return (second / first).limit_denominator(10**DIGITS)

    def _best_smaller_gain(self, way: Pair) -> Deal:
        """The contract with the largest smaller gain, each over its share of ``way``."""
        deal = self._on_ray(way, gain=False)
        if deal is not None:
            return deal
        # No efficient contract has such gains: one player's best leaves the other more than that.
        for player in (0, 1):
            best = self._ideal(player, lambda place: True)
            if best is None:
                continue
            gains = tuple(best.gains.values())
            if gains[player] / way[player] <= gains[1 - player] / way[1 - player]:
                return self._deal(self._place(best), (ONE, ZERO) if player == 0 else (ZERO, ONE))
        raise LimitReached(TOO_LARGE)

    def _efficient_and(self, conditions: Sequence[Polynomial]) -> Equations:
        """Efficiency (the payoffs' slopes are in line where both terms are free), and more."""

        def equations(face: Face) -> Iterator[Polynomial]:
            yield from conditions
            if len(free(face)) == 2:
                yield _determinant(self.slopes)

        return equations

    def _equal(self, p: Polynomial, number: Fraction) -> tuple[list[Polynomial], Fraction | None]:
        """That a polynomial has this value; the number too, where it is a variable's."""
        if not irrational(number):
            return [p - self._constant(number)], None
        unknown = self.ring.variables[2]
        return [p - unknown, minimal_polynomial(number, self.ring, 2)], number

    def _waiting(self, discounts: Pair) -> tuple[Deal, Deal]:
        """Two efficient contracts, each giving its responder her discounted gain of the other."""
        both = ring(["first", "second", "first again", "second again"])
        mine, theirs = (
            [
                polynomial(payoff, both, {s: v + place for v, s in enumerate(self.over.symbols)})
                - both.constant(d)
                for payoff, d in zip(self.over.payoffs, self.threat, strict=True)
            ]
            for place in (0, 2)
        )
        links = [
            theirs[0] - mine[0] * both.constant(discounts[0]),
            mine[1] - theirs[1] * both.constant(discounts[1]),
        ]
        aligned = [
            _determinant([[p.derivative(v + place) for v in (0, 1)] for p in surplus])
            for place, surplus in ((0, mine), (2, theirs))
        ]

        def equations(face: Face) -> Iterator[Polynomial]:
            yield from links
            for place, condition in ((0, aligned[0]), (2, aligned[1])):
                if face[place] is None and face[place + 1] is None:
                    yield condition

        for four in Faces([*self.box, *self.box], self.tick).places(equations):
            shares = [supporting(self.slopes, self.box, four[p : p + 2]) for p in (0, 2)]
            if shares[0] is None or shares[1] is None:
                continue
            if min(*self._gains(four[:2]), *self._gains(four[2:])) < 0:
                continue
            one, two = map(inner, (shares[0], shares[1]))
            if one < 1 and two > 0:
                return (
                    self._deal(four[:2], (ONE - one, one)),
                    self._deal(four[2:], (ONE - two, two)),
                )
        raise LimitReached(TOO_LARGE)

    # Parts

    def _constant(self, number: Fraction) -> Polynomial:
        return self.ring.constant(number)

    def _gains(self, place: Place) -> Pair:
        first, second = (evaluate(p, (*place, ZERO)) for p in self.surplus)
        return first, second

    def _place(self, deal: Deal) -> Place:
        return tuple(deal.terms.values())

    def _by_player(self, pair: Sequence[Fraction]) -> Mapping[str, Fraction]:
        return dict(zip(self.game.players, pair, strict=True))

    def _deal(
        self, place: Place, normal: Sequence[Fraction], kept: Sequence[Fraction] | None = None
    ) -> Deal:
        payoffs = kept or [evaluate(p, (*place, ZERO)) for p in self.payoffs]
        gains = [payoff - d for payoff, d in zip(payoffs, self.threat, strict=True)]
        return Deal(
            payoffs=self._by_player(payoffs),
            gains=self._by_player(gains),
            terms=dict(zip(self.over.terms, place, strict=True)),
            choices=self._by_player(place),
            normal=self._by_player(_simplest(normal)),
        )


def _determinant(slopes: Sequence[Sequence[Polynomial]]) -> Polynomial:
    (a, b), (c, d) = slopes
    return a * d - b * c


def _levels(low: float, high: float) -> list[Fraction]:
    """Round numbers between two others, evenly, the highest first."""
    step = (high - low) / (BETWEEN + 1)
    digits = 0
    while step * 10**digits < 4:
        digits += 1
    unit = Fraction(1, 10**digits)
    return [round((high - step * k) / float(unit)) * unit for k in range(1, BETWEEN + 1)]


def _simplest(normal: Sequence[Fraction]) -> Sequence[Fraction]:
    """The same direction in whole numbers, where the weights are rational."""
    if any(map(irrational, normal)):
        return normal
    scale = lcm(*(weight.denominator for weight in normal))
    return [weight * scale for weight in normal]
