"""A number committed to first, and the best reply to it: leadership of one of two players, exactly.

The follower's best reply is at an end of her range, at a kink, or where her marginal payoff is
zero. Along each of these the leader's best number is where his payoff is stationary (Lagrange), at
an end of his range, where two of them meet, or where the follower is as well off with another. All
such numbers are found, and the follower's best replies to each.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from alliance_games.algorithms.continuous_game import Prepared
from alliance_games.algorithms.continuous_judge import judged, worth_at
from alliance_games.algorithms.continuous_ties import liked_best, turning
from alliance_games.algorithms.continuous_values import Worth, compared
from alliance_games.exact.algebraic import Exact
from alliance_games.exact.forms import NotAForm, Ratio
from alliance_games.exact.pieces import Signs
from alliance_games.exact.polynomials import Polynomial, Ring, ring
from alliance_games.exact.systems import System, Undecided, solve
from alliance_games.exact.univariate import between
from alliance_games.model.continuous import ContinuousGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers
from alliance_games.results.named.continuous import Leadership
from alliance_games.results.result import Conclusion, Coverage

METHOD = "the follower's best replies by first-order conditions, ends and kinks; then the leader's"
HOW = (
    "the leader's best number is at an end, or where his payoff along the follower's replies is "
    "stationary or the reply turns or jumps: all such numbers were compared"
)
MANY = "infinitely many outcomes are as good for {}: only the ends and some between are told"
NO_BEST = "no best number of {} was found: payoffs jump away from it, or grow without end"
FAR, CLOSE = 2**20, Fraction(1, 2**30)


def answers(game: ContinuousGame, budget: Budget) -> Answers:
    """What each who may lead gets: the first in the file's order, or either of two."""
    doubts: list[str] = []
    for leader in game.order[:1] or range(2):
        try:
            search = _Leader(Prepared(game, budget.tick), leader, budget)
            found = search.optima()
            doubts += search.doubts
        except NotAForm as reason:
            doubts.append(f"it is not solved exactly with {reason} in the payoffs")
            continue
        if not found:
            doubts.append(f"{game.players[leader]} has no best number: payoffs jump away from it")
        yield from found
    if doubts:
        return Conclusion(Coverage.SOME, "; ".join(dict.fromkeys(doubts)), METHOD)
    notes = ("where the follower is indifferent she does what the leader likes best",)
    return Conclusion(Coverage.ALL, HOW, METHOD, notes)


class _Leader:
    """The problem of one leader."""

    def __init__(self, prepared: Prepared, leader: int, budget: Budget) -> None:
        self.prepared, self.leader, self.budget = prepared, leader, budget
        self.follower = 1 - leader
        self.doubts: list[str] = []
        self.unreached = False

    def optima(self) -> list[Leadership]:
        """The leader's best numbers with the replies; () where there is no best one."""
        top: Worth | None = None
        found: list[tuple[Exact, Exact]] = []
        numbers = self._numbers()
        for number in numbers:
            for reply, value in self._outcomes(number):
                verdict = 1 if top is None else self._compared(value, top)
                if verdict == 1:
                    top, found = value, []
                if verdict != -1 and (number, reply) not in found:
                    found.append((number, reply))
        if top is None or self._is_passed(numbers, top) or self.unreached:
            return []
        if self._is_level(found, top):
            self.doubts.append(MANY.format(self.prepared.game.players[self.leader]))
        return [self._record(*one) for one in sorted(found)]

    def _outcomes(self, number: Exact) -> Iterator[tuple[Exact, Worth]]:
        """The follower's best replies to a number, and what each is worth to the leader."""
        self.budget.tick()
        replies, doubt = liked_best(self.prepared, self.follower, self._point(number, number))
        if doubt:
            self.doubts.append(doubt)
            self.unreached = True
        for reply in replies:
            value = worth_at(self.prepared, self.leader, self._point(number, reply))
            if value is not None:
                yield reply, value

    def _compared(self, value: Worth, top: Worth) -> int | None:
        verdict = compared(value, top)
        if verdict is None:
            self.doubts.append("two of the leader's payoffs could not be told apart")
        return verdict

    def _is_passed(self, numbers: Sequence[Exact], top: Worth) -> bool:
        """Whether some number between the candidates, or beyond them, is better: then what would be
        best is only tended to, since the payoff rises or falls from candidate to candidate."""
        return any(
            self._compared(value, top) == 1
            for number in self._others(numbers)
            for _, value in self._outcomes(number)
        )

    def _others(self, numbers: Sequence[Exact]) -> Iterator[Exact]:
        """One number in every gap, close to its ends too where payoffs are in pieces; and beyond
        the outermost candidates, where the range goes on."""
        prepared, leader = self.prepared, self.leader
        pieces = max(len(own) for own in prepared.pieces)
        for low, high in pairwise(numbers):
            middle = between(low, high)
            yield middle
            if pieces > 1:
                yield from (end + (middle - end) * CLOSE for end in (low, high))
        outermost = (numbers[0], numbers[-1]) if numbers else (Fraction(0), Fraction(0))
        if prepared.low[leader] is None:
            yield from (outermost[0] - step for step in (1, FAR))
        if prepared.high[leader] is None:
            yield from (outermost[1] + step for step in (1, FAR))

    def _is_level(self, found: Sequence[tuple[Exact, Exact]], top: Worth) -> bool:
        """Whether what lies between two of the best outcomes is as good, or goes on being so."""
        numbers = sorted({number for number, _ in found})
        for number in self._others(numbers):
            if any(compared(value, top) == 0 for _, value in self._outcomes(number)):
                return True
        for number in numbers:
            replies = sorted(reply for one, reply in found if one == number)
            for low, high in pairwise(replies):
                point = self._point(number, between(low, high))
                verdict = judged(self.prepared, self.follower, point)
                value = worth_at(self.prepared, self.leader, point)
                if verdict is None or not verdict.holds or value is None:
                    continue
                if compared(value, top) == 0:
                    return True
        return False

    def _point(self, number: Exact, reply: Exact) -> list[Exact]:
        return [number, reply] if self.leader == 0 else [reply, number]

    def _record(self, number: Exact, reply: Exact) -> Leadership:
        game, point = self.prepared.game, self._point(number, reply)
        payoffs = {}
        for player, name in enumerate(game.players):
            value = worth_at(self.prepared, player, point)
            assert value is not None
            exact = value.exact
            payoffs[name] = value.near if exact is None else exact
        return Leadership(
            leader=game.players[self.leader],
            choices={
                name: self.prepared.outward(player, point[player])
                for player, name in enumerate(game.players)
            },
            payoffs=payoffs,
        )

    # Candidates

    def _numbers(self) -> list[Exact]:
        """The leader's numbers among which is his best one, if there is one."""
        found: list[Exact] = []
        ends = (self.prepared.low[self.leader], self.prepared.high[self.leader])
        found += [end for end in ends if end is not None]
        for signs in self._systems():
            self.budget.tick()
            try:
                cells = solve(self.prepared.system(signs), self.budget.tick)
            except Undecided as reason:
                self.doubts.append(f"a system was not settled ({reason})")
                continue
            for cell in cells:
                if cell.dimension:
                    self._free(cell.sample, cell.corners, found)
                else:
                    found.append(cell.sample[self.leader])
        found += self._jumps()
        ordered: list[Exact] = []
        for number in sorted(found):
            if not ordered or ordered[-1] != number:
                ordered.append(number)
        return ordered

    def _free(
        self, sample: Sequence[Exact], corners: Sequence[Sequence[Exact]], found: list[Exact]
    ) -> None:
        """A whole stretch of candidates: the leader's payoff does not change along it."""
        found.append(sample[self.leader])
        found += [corner[self.leader] for corner in corners]

    def _curves(self) -> list[tuple[Polynomial, Signs]]:
        """What the follower's best reply satisfies, one way or another."""
        prepared, follower = self.prepared, self.follower
        choice = prepared.game.choices[follower]
        found: list[tuple[Polynomial, Signs]] = []
        if choice.low is not None:
            found.append((prepared.end(follower, 1), ()))
        if choice.high is not None:
            found.append((prepared.end(follower, -1), ()))
        for piece, slope in zip(prepared.pieces[follower], prepared.slopes[follower], strict=True):
            if not slope.is_flat and not any(relation == "=" for _, relation in piece.signs):
                found.append((slope.zeros, _closed(piece.signs)))
        found += [(kink, ()) for kink in prepared.kinks(follower)]
        found += [(curve, ()) for curve in turning(prepared, self.leader)]
        return [(p, signs) for p, signs in found if not p.is_constant()]

    def _systems(self) -> Iterator[Signs]:
        """Signs that each leave finitely many of the leader's numbers, as a rule."""
        prepared, leader, follower = self.prepared, self.leader, self.follower
        curves = self._curves()
        for place, (curve, signs) in enumerate(curves):
            here: Signs = (*signs, (curve, "="))
            for piece in prepared.pieces[leader]:
                ratio = piece.form.ratio
                if ratio is None:
                    raise NotAForm("roots or logarithms of the leader's payoff")
                yield (*here, *_closed(piece.signs), (_stationary(ratio, curve, leader), "="))
            yield (*here, (curve.derivative(follower), "="))
            for other, others in curves[:place]:
                yield (*here, *others, (other, "="))
            for kink in prepared.kinks(leader):
                yield (*here, (kink, "="))

    def _jumps(self) -> list[Exact]:
        """Numbers to which the follower has two equally good replies on different curves."""
        prepared, follower, leader = self.prepared, self.follower, self.leader
        wide = ring([*prepared.ring.names, "another reply"])
        curves = self._curves()
        found: list[Exact] = []
        for place, (curve, signs) in enumerate(curves):
            for other, others in curves[: place + 1]:
                for one in prepared.pieces[follower]:
                    for second in prepared.pieces[follower]:
                        first, then = one.form.ratio, second.form.ratio
                        if first is None or then is None:
                            continue
                        moved = [_moved(p, follower, wide) for p in (then.num, then.den)]
                        kept = [_widened(p, wide) for p in (first.num, first.den)]
                        gap = kept[0] * moved[1] - moved[0] * kept[1]
                        apart = wide.variables[follower] - wide.variables[2]
                        if gap.is_zero():
                            continue
                        while not apart.gcd(gap).is_one():
                            gap = gap / apart
                        near = [*signs, *_closed(one.signs), (curve, "=")]
                        far = [*others, *_closed(second.signs), (other, "=")]
                        system = _system(
                            wide,
                            [
                                *((_widened(p, wide), r) for p, r in near),
                                *((_moved(p, follower, wide), r) for p, r in far),
                                *((_widened(p, wide), ">=") for p in prepared.box),
                                *((_moved(p, follower, wide), ">=") for p in prepared.box),
                                (gap, "="),
                            ],
                        )
                        try:
                            cells = solve(system, self.budget.tick)
                        except Undecided as reason:
                            self.doubts.append(f"a system was not settled ({reason})")
                            continue
                        found += [cell.sample[leader] for cell in cells]
        return found


def _closed(signs: Signs) -> Signs:
    return tuple((p, ">=" if relation == ">" else relation) for p, relation in signs)


def _stationary(ratio: Ratio, curve: Polynomial, leader: int) -> Polynomial:
    """Zero where the payoff does not change along the curve."""
    follower = 1 - leader
    ahead, aside = ratio.derivative(leader), ratio.derivative(follower)
    along = ahead.num * aside.den * curve.derivative(follower)
    return along - aside.num * ahead.den * curve.derivative(leader)


def _widened(p: Polynomial, wide: Ring) -> Polynomial:
    """The polynomial in a ring with one variable more."""
    return wide.context.from_dict({(*map(int, powers), 0): c for powers, c in p.to_dict().items()})


def _moved(p: Polynomial, follower: int, wide: Ring) -> Polynomial:
    """The same with the last variable in the follower's place."""
    moved = {}
    for powers, c in p.to_dict().items():
        one = [*map(int, powers), 0]
        one[2], one[follower] = one[follower], 0
        moved[tuple(one)] = c
    return wide.context.from_dict(moved)


def _system(wide: Ring, signs: Sequence[tuple[Polynomial, str]]) -> System:
    by: dict[str, list[Polynomial]] = {"=": [], ">=": [], ">": []}
    for p, relation in signs:
        by[relation].append(p)
    return System(wide, tuple(by["="]), tuple(by[">="]), tuple(by[">"]))
