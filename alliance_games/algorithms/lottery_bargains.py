"""Bargains over the outcomes of a game and lotteries over them: convex polygons, exactly."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, pairwise
from math import gcd, lcm

from alliance_games.algorithms import convex_plane as plane
from alliance_games.algorithms.convex_plane import Point, between, dot
from alliance_games.model.bargaining import BargainingGame, Lotteries, Pair
from alliance_games.results.named.bargaining import Deal, Frontier, NoAgreement

ZERO, ONE = Fraction(0), Fraction(1)
AXES: tuple[Point, Point] = ((ONE, ZERO), (ZERO, ONE))
Accept = Callable[[Point], bool]


@lru_cache(maxsize=8)
def _outcomes(over: Lotteries) -> tuple[dict[Point, str], list[Point]]:
    """The first outcome with each pair of payoffs, and the corners of their convex hull."""
    names: dict[Point, str] = {}
    for name, payoffs in over.outcomes():
        names.setdefault(payoffs, name)
    return names, plane.hull(list(names))


class LotteryBargains:
    """The convex hull of the outcomes' payoffs; see ``bargains.Agreements``."""

    method = "the corners of the set of payoffs, edge by edge, in rationals"
    unique = "the set of payoffs is convex, and every edge of its frontier was looked at"
    off_the_way = "no agreement gives gains in this proportion"
    tolerance: Fraction | None = None
    sums_are_all = True
    all_sums = "every corner of the frontier was looked at"
    whole_frontier = "every corner of the convex hull of the outcomes was found"

    def __init__(self, game: BargainingGame, threat: Pair, tick: Callable[[], None]) -> None:
        assert isinstance(game.over, Lotteries)
        self.game, self.threat, self.tick = game, threat, tick
        self.names, self.hull = _outcomes(game.over)
        tick()
        allowed = self.hull
        if game.free_disposal:
            allowed = plane.comprehensive(self.hull, threat)
        for axis in (0, 1):
            allowed = plane.clipped(allowed, axis, threat[axis])
        self.allowed = allowed
        """What both prefer to disagreement, or are as happy with."""
        self.chain = plane.upper_right(allowed) if allowed else []

    # What is asked

    def nothing_to_gain(self) -> NoAgreement | None:
        """A line through or beyond disagreement with all agreements on its lower side."""
        if len(self.chain) > 1 or (self.chain and self._is_gain(self.chain[0])):
            return None
        for normal in (*AXES, *plane.normals(self.hull)):
            if min(normal) >= 0 and self._most(normal) <= dot(normal, self.threat):
                break
        else:
            raise ArithmeticError("neither an agreement that both want nor a line that shows none")
        reason = "no agreement makes both players better off than disagreement"
        return NoAgreement(weights=self._by_player(_whole(normal)), reason=reason)

    def largest_product(self, weights: Pair) -> Deal:
        """Along the frontier the product rises, then falls: the first edge on which it ends."""
        point = self.chain[0]
        for a, b in pairwise(self.chain):
            self.tick()
            if self._slope(weights, a, b, a) <= 0:
                break
            point = b
            if self._slope(weights, a, b, b) < 0:
                point = between(a, b, self._balanced(weights, a, b))
                break
        gains = self._gains(point)
        normal = weights[0] / gains[0], weights[1] / gains[1]
        return self._deal(point, normal)

    def along(self, way: Pair) -> Deal | None:
        """Where the ray leaves the set."""
        point = plane.furthest(self.allowed, self.threat, way)
        if point is None:
            return None
        return self._deal(point, self._normal(point, lambda n: dot(n, way) > 0, way))

    def offer(self, proposer: int, least: Fraction) -> Deal:
        """The frontier's point at which the other gets so much, or its end."""
        other = 1 - proposer
        point = self._at_least(other, least)
        slack = point[other] - least

        def accept(normal: Point) -> bool:
            return normal[proposer] > 0 and normal[other] >= 0 and normal[other] * slack == 0

        return self._deal(point, self._normal(point, accept, AXES[proposer]))

    def largest_sums(self, weights: Pair) -> tuple[Deal, ...]:
        """The corners of the frontier with the largest sum: one, or the ends of an edge."""
        most = max(dot(weights, point) for point in self.chain)
        best = [point for point in self.chain if dot(weights, point) == most]
        return tuple([self._deal(point, self._sum_normal(point, weights)) for point in best])

    def alternating(self, discounts: Pair) -> tuple[Deal, Deal]:
        """The one pair of points of the frontier of which each leaves the responder what she would
        get by her own offer a round later (Rubinstein 1982; Binmore 1987)."""
        mine, theirs = self._pair_of_offers(discounts)
        keeps = self.threat[1] + discounts[1] * (theirs[1] - self.threat[1])
        leaves = self.threat[0] + discounts[0] * (mine[0] - self.threat[0])
        return self.offer(0, keeps), self.offer(1, leaves)

    def frontier(self) -> Frontier:
        """Its corners."""
        found = [self._deal(point, self._any_normal(point)) for point in self.chain]
        return Frontier(points=tuple(found), straight=True)

    # The product of gains

    def _slope(self, weights: Pair, a: Point, b: Point, at: Point) -> int:
        """The sign of the change of the logarithm of the product on the way from a to b."""
        (up, down), (mine, theirs) = (b[0] - a[0], a[1] - b[1]), self._gains(at)
        # weights[0] * up / mine - weights[1] * down / theirs; a gain of zero is infinitely dear.
        balance = weights[0] * up * theirs - weights[1] * down * mine
        return (balance > 0) - (balance < 0)

    def _balanced(self, weights: Pair, a: Point, b: Point) -> Fraction:
        """How far from a to b the two weighted relative changes are equal."""
        (up, down), (mine, theirs) = (b[0] - a[0], a[1] - b[1]), self._gains(a)
        total = up * down * (weights[0] + weights[1])
        return (weights[0] * up * theirs - weights[1] * down * mine) / total

    # Alternating offers

    def _pair_of_offers(self, discounts: Pair) -> tuple[Point, Point]:
        """Where the first player's offer and the other's lie on the frontier."""
        gains = [self._gains(point) for point in self.chain]
        (patient, other), (highest, furthest) = discounts, (gains[0], gains[-1])
        mine = self._at_least(1, self.threat[1] + other * highest[1])
        if patient * self._gains(mine)[0] <= highest[0]:
            return mine, self.chain[0]
        theirs = self._at_least(0, self.threat[0] + patient * furthest[0])
        if other * self._gains(theirs)[1] <= furthest[1]:
            return self.chain[-1], theirs
        for f, (a, b) in enumerate(pairwise(gains)):
            for c, d in pairwise(gains[: f + 2]):
                self.tick()
                found = _leaving_each_other(discounts, (a, b), (c, d))
                if found is not None:
                    s, t = found
                    place = self.chain.index(self._back(c))
                    own = between(self.chain[f], self.chain[f + 1], s)
                    return own, between(self.chain[place], self.chain[place + 1], t)
        raise ArithmeticError("no pair of offers leaves each player what she would wait for")

    def _back(self, gains: Point) -> Point:
        return gains[0] + self.threat[0], gains[1] + self.threat[1]

    # Points and the lines through them

    def _gains(self, point: Point) -> Point:
        return point[0] - self.threat[0], point[1] - self.threat[1]

    def _is_gain(self, point: Point) -> bool:
        return min(self._gains(point)) > 0

    def _at_least(self, axis: int, least: Fraction) -> Point:
        """The efficient point that is best for the one where the other has at least ``least``."""
        chain = self.chain if axis == 1 else self.chain[::-1]
        # Along the chain so turned, the coordinate ``axis`` falls.
        last = chain[0]
        for a, b in pairwise(chain):
            if b[axis] < least:
                return between(a, b, (a[axis] - least) / (a[axis] - b[axis]))
            last = b
        return last

    def _most(self, normal: Point) -> Fraction:
        return max(dot(normal, corner) for corner in self.hull)

    def _touching(self, point: Point) -> Iterator[Point]:
        """Directions of lines through the point with every agreement on the lower side; those with
        positive weights first."""
        found = [n for n in (*plane.normals(self.hull), *AXES) if any(n)]
        if self.game.free_disposal:
            found = [n for n in found if min(n) >= 0]
        found = [n for n in found if self._most(n) <= dot(n, point)]
        # At a corner every line between two that touch it touches it too.
        found += [(a[0] + b[0], a[1] + b[1]) for a, b in combinations(found, 2)]
        yield from sorted(filter(any, found), key=lambda n: min(n) <= 0)

    def _normal(self, point: Point, accept: Accept, alone: Point) -> Point:
        """A line through the point that is as wanted; ``alone`` where it is the only outcome."""
        candidates = [*self._touching(point), *([alone] if len(self.hull) == 1 else [])]
        return next(normal for normal in candidates if accept(normal))

    def _any_normal(self, point: Point) -> Point:
        return self._normal(point, lambda n: min(n) > 0, (ONE, ONE))

    def _sum_normal(self, point: Point, weights: Pair) -> Point:
        """Weights raised for a player at her disagreement, where she insists on no less."""

        def accept(normal: Point) -> bool:
            ratios = [n / weight for n, weight in zip(normal, weights, strict=True)]
            gains = self._gains(point)
            return all(
                ratio == min(ratios) > 0 or gain == 0
                for ratio, gain in zip(ratios, gains, strict=True)
            )

        if self._most(weights) == dot(weights, point):
            return weights
        return self._normal(point, accept, weights)

    # Deals

    def _by_player(self, pair: Sequence[Fraction]) -> Mapping[str, Fraction]:
        first, second = self.game.players
        return {first: pair[0], second: pair[1]}

    def _deal(self, point: Point, normal: Point) -> Deal:
        return Deal(
            payoffs=self._by_player(point),
            gains=self._by_player(self._gains(point)),
            outcomes=self._lottery(point),
            normal=self._by_player(_whole(normal)),
        )

    def _lottery(self, point: Point) -> Mapping[str, Fraction]:
        """Outcomes with probabilities that give these payoffs, or more to throw away."""
        if point in self.names:
            return {self.names[point]: ONE}
        for a, b in plane.edges(self.hull):
            share = _share(a, b, point)
            if share is not None:
                return {self.names[a]: ONE - share, self.names[b]: share}
        better = self.hull
        for axis in (0, 1):
            better = plane.clipped(better, axis, point[axis])
        return self._lottery(min(better, key=lambda corner: (corner[0] + corner[1], corner)))


def _share(a: Point, b: Point, point: Point) -> Fraction | None:
    """How far on the way from a to b the point lies; None where it is not between them."""
    if plane.cross(a, b, point) != 0:
        return None
    way = (b[0] - a[0], b[1] - a[1])
    share = dot((point[0] - a[0], point[1] - a[1]), way) / dot(way, way)
    return share if 0 <= share <= 1 else None


def _leaving_each_other(
    discounts: Pair, mine: tuple[Point, Point], theirs: tuple[Point, Point]
) -> tuple[Fraction, Fraction] | None:
    """How far along an edge of gains my offer lies, and along another theirs; None if neither."""
    (a, b), (c, d) = mine, theirs
    fx, fy, ex, ey = b[0] - a[0], b[1] - a[1], d[0] - c[0], d[1] - c[1]
    # c + t e has discounts[0] times the first gain of a + s f, which has discounts[1] times the
    # second gain of c + t e.
    one, two = discounts[0] * a[0] - c[0], discounts[1] * c[1] - a[1]
    over = ex * fy - discounts[0] * discounts[1] * fx * ey
    if over == 0:
        return None
    s = (ex * two + discounts[1] * ey * one) / over
    t = (fy * one + discounts[0] * fx * two) / over
    return (s, t) if 0 <= s <= 1 and 0 <= t <= 1 else None


def _whole(normal: Point) -> Point:
    """The same direction in the smallest integers."""
    scale = lcm(normal[0].denominator, normal[1].denominator)
    first, second = int(normal[0] * scale), int(normal[1] * scale)
    common = gcd(first, second)
    return Fraction(first, common), Fraction(second, common)
