"""Correlated and coarse correlated equilibria held to their definitions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import lcm

from alliance_games.exact.linear import rank
from alliance_games.model.anonymous import AnonymousGame, count_vectors
from alliance_games.model.normal import NormalGame
from alliance_games.results.mediated_solutions import ANYTHING, Bound, Distribution
from alliance_games.results.solutions import Certificate

Play = tuple[int, ...]
Order = tuple[int, int, int]
"""A seat, what it is told (or ``ANYTHING``), and what it does instead."""

_CLAIMS = {
    "welfare-best": "a bound that holds at every profile shows that no sum of payoffs is larger",
    "fairest": (
        "bounds that hold at every profile show that no least payoff is larger, and among those "
        "as large no sum of payoffs"
    ),
    "worst": "a bound that holds at every profile shows that the player never gets less",
    "corner": "it is the only one in which the same constraints are tight",
}


def check(game: NormalGame | AnonymousGame, one: Distribution, *, coarse: bool) -> Certificate:
    """Whether the play is a (coarse) correlated equilibrium, and what ``one.of`` says of it."""
    view = _Profiles(game) if isinstance(game, NormalGame) else _Counts(game)
    obeying = "refusing the mediator" if coarse else "disobeying a recommendation"
    claim = f"nobody gains by {obeying}; {_CLAIMS.get(one.of, 'nothing is known of this')}"
    if not _is_drawn(view, one) or one.of not in _CLAIMS:
        return Certificate(False, claim)
    payoffs = [
        sum((p * view.worth(seat, play) for play, p in one.plays), Fraction(0))
        for seat in range(view.seats)
    ]
    if one.payoffs != tuple(payoffs[seat] for seat in view.seat_of):
        return Certificate(False, claim)
    gains = [
        sum((p * view.gain(order, play) for play, p in one.plays), Fraction(0))
        for order in view.orders(coarse)
    ]
    largest = max([*gains, Fraction(0)])
    right = largest == 0 and _facts_hold(one) and _SHOWN[one.of](view, one, payoffs, coarse)
    return Certificate(right, claim, largest_gain=largest)


class _Profiles:
    """What the definition asks of a game in normal form; seats are players."""

    def __init__(self, game: NormalGame) -> None:
        self.game = game
        self.seats = len(game.players)
        self.seat_of = range(self.seats)
        self.sizes = (1,) * self.seats

    def plays(self) -> Iterator[Play]:
        return self.game.profiles()

    def is_play(self, play: Play) -> bool:
        return len(play) == self.seats and all(
            0 <= own < size for own, size in zip(play, self.game.shape, strict=True)
        )

    def strategies(self, seat: int) -> int:
        return self.game.shape[seat]

    def orders(self, coarse: bool) -> Iterator[Order]:
        return _orders(self.seats, self.strategies, coarse)

    def worth(self, seat: int, play: Play) -> Fraction:
        return self.game.payoff(seat, play)

    def gain(self, order: Order, play: Play) -> Fraction:
        """What disobeying changes at a play; nothing where something else is recommended."""
        seat, told, instead = order
        if told not in (ANYTHING, play[seat]):
            return Fraction(0)
        turned = (*play[:seat], instead, *play[seat + 1 :])
        return self.game.payoff(seat, turned) - self.game.payoff(seat, play)


class _Counts:
    """The same of an anonymous game; seats are roles, whose players are drawn alike."""

    def __init__(self, game: AnonymousGame) -> None:
        self.game = game
        self.seats = len(game.members)
        self.seat_of = game.roles
        self.sizes = tuple(map(len, game.members))

    def plays(self) -> Iterator[Play]:
        n = len(self.game.strategies)
        for spread in product(*(count_vectors(size, n) for size in self.sizes)):
            yield tuple(count for role in spread for count in role)

    def is_play(self, play: Play) -> bool:
        n = len(self.game.strategies)
        return (
            len(play) == n * self.seats
            and min(play) >= 0
            and all(sum(self._own(play, seat)) == size for seat, size in enumerate(self.sizes))
        )

    def strategies(self, seat: int) -> int:
        return len(self.game.strategies)

    def orders(self, coarse: bool) -> Iterator[Order]:
        return _orders(self.seats, self.strategies, coarse)

    def _own(self, play: Play, seat: int) -> Play:
        n = len(self.game.strategies)
        return play[seat * n : (seat + 1) * n]

    def _payoff(self, seat: int, play: Play, told: int, does: int) -> Fraction:
        """What one player of the role gets who is told one thing and does another."""
        n = len(self.game.strategies)
        total = [sum(play[own::n]) for own in range(n)]
        total[told] -= 1
        return self.game.payoff(seat, does, tuple(total))

    def worth(self, seat: int, play: Play) -> Fraction:
        told = enumerate(self._own(play, seat))
        every = (those * self._payoff(seat, play, own, own) for own, those in told if those)
        return sum(every, Fraction(0)) / self.sizes[seat]

    def gain(self, order: Order, play: Play) -> Fraction:
        """What disobeying changes at a play, times how likely a player is to be told so."""
        seat, told, instead = order
        change = Fraction(0)
        for own, those in enumerate(self._own(play, seat)):
            if those and told in (ANYTHING, own):
                before = self._payoff(seat, play, own, own)
                change += those * (self._payoff(seat, play, own, instead) - before)
        return change / self.sizes[seat]


_View = _Profiles | _Counts


def _orders(seats: int, strategies: Callable[[int], int], coarse: bool) -> Iterator[Order]:
    for seat in range(seats):
        options = range(strategies(seat))
        for told in (ANYTHING,) if coarse else options:
            for instead in options:
                if instead != told:
                    yield seat, told, instead


def _is_drawn(view: _View, one: Distribution) -> bool:
    """Whether the plays are plays of the game, each once, with probabilities that sum to one."""
    plays = [play for play, _ in one.plays]
    return (
        len(set(plays)) == len(plays)
        and all(view.is_play(play) for play in plays)
        and all(p > 0 for _, p in one.plays)
        and sum(p for _, p in one.plays) == 1
    )


def _facts_hold(one: Distribution) -> bool:
    truth = {"welfare": sum(one.payoffs, Fraction(0)), "least payoff": min(one.payoffs)}
    return all(truth.get(name) == value for name, value in one.properties.items())


def _is_bound(view: _View, bound: Bound, coarse: bool) -> bool:
    """Whether the weighted payoffs less the weighted gains stay under the value at every play."""
    known = set(view.orders(coarse))
    if len(bound.weights) != view.seats or any(
        one.value < 0 or (one.seat, one.told, one.instead) not in known for one in bound.multipliers
    ):
        return False
    if isinstance(view, _Profiles):
        return _is_bound_of_profiles(view.game, bound)
    return all(
        sum((w * view.worth(seat, play) for seat, w in enumerate(bound.weights) if w), Fraction(0))
        - sum(
            (
                one.value * view.gain((one.seat, one.told, one.instead), play)
                for one in bound.multipliers
            ),
            Fraction(0),
        )
        <= bound.value
        for play in view.plays()
    )


def _is_bound_of_profiles(game: NormalGame, bound: Bound) -> bool:
    """The same in whole numbers, because profiles are many."""
    per_seat = [Fraction(1, denominator) for denominator in game.denominators]
    weights = [w * unit for w, unit in zip(bound.weights, per_seat, strict=True)]
    prices = [(one, one.value * per_seat[one.seat]) for one in bound.multipliers]
    scale = lcm(
        bound.value.denominator,
        *(w.denominator for w in weights),
        *(price.denominator for _, price in prices),
    )
    whole = [int(w * scale) for w in weights]
    by_told: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for one, price in prices:
        told = range(game.shape[one.seat]) if one.told == ANYTHING else (one.told,)
        for own in told:
            by_told.setdefault((one.seat, own), []).append((one.instead, int(price * scale)))
    most = int(bound.value * scale)
    for position, play in enumerate(game.profiles()):
        total = 0
        for seat, own in enumerate(play):
            table, step = game.numerators[seat], game.strides[seat]
            here = table[position]
            total += whole[seat] * here
            for instead, cost in by_told.get((seat, own), ()):
                total -= cost * (table[position + (instead - own) * step] - here)
        if total > most:
            return False
    return True


Shown = Callable[["_View", Distribution, Sequence[Fraction], bool], bool]


def _is_best(view: _View, one: Distribution, payoffs: Sequence[Fraction], coarse: bool) -> bool:
    if len(one.bounds) != 1 or one.player is not None:
        return False
    (bound,) = one.bounds
    return (
        bound.weights == view.sizes
        and bound.value == sum(one.payoffs)
        and _is_bound(view, bound, coarse)
    )


def _is_worst(view: _View, one: Distribution, payoffs: Sequence[Fraction], coarse: bool) -> bool:
    if len(one.bounds) != 1 or one.player is None or not 0 <= one.player < len(one.payoffs):
        return False
    (bound,) = one.bounds
    seat = view.seat_of[one.player]
    return (
        bound.weights == tuple(-int(other == seat) for other in range(view.seats))
        and bound.value == -one.payoffs[one.player]
        and _is_bound(view, bound, coarse)
    )


def _is_fairest(view: _View, one: Distribution, payoffs: Sequence[Fraction], coarse: bool) -> bool:
    """A mean of payoffs bounds the least of them. Where none is below that floor, the sum of
    payoffs is at most a bound on a sum with larger weights, less the floor times the excess."""
    if len(one.bounds) != 2 or one.player is not None:
        return False
    least, most = one.bounds
    floor = min(payoffs)
    excess = [w - size for w, size in zip(most.weights, view.sizes, strict=True)]
    return (
        sum(least.weights) == 1
        and min(least.weights) >= 0
        and least.value == floor
        and min(excess) >= 0
        and most.value - floor * sum(excess) == sum(one.payoffs)
        and all(_is_bound(view, bound, coarse) for bound in one.bounds)
    )


def _is_corner(view: _View, one: Distribution, payoffs: Sequence[Fraction], coarse: bool) -> bool:
    """Whether the plays that are drawn and the tight constraints leave no other distribution."""
    if one.bounds or one.player is not None:
        return False
    rows = [[1] * len(one.plays)]
    for order in view.orders(coarse):
        gains = [view.gain(order, play) for play, _ in one.plays]
        if sum(g * p for g, (_, p) in zip(gains, one.plays, strict=True)) == 0 and any(gains):
            scale = lcm(*(gain.denominator for gain in gains))
            rows.append([int(gain * scale) for gain in gains])
    return rank(rows) == len(one.plays)


_SHOWN: Mapping[str, Shown] = {
    "welfare-best": _is_best,
    "fairest": _is_fairest,
    "worst": _is_worst,
    "corner": _is_corner,
}
