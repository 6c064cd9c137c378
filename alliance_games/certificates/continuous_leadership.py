"""Does the follower reply best, and can the leader do no better by another number?

The reply is held to the definition. The leader's other numbers are searched: to each of many the
follower's best reply is looked for afresh on a grid, and what the leader gets then is compared.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from alliance_games.certificates.continuous import is_best_reply, payoff_is
from alliance_games.certificates.floats import in_floats
from alliance_games.exact.algebraic import Exact
from alliance_games.model.continuous import ContinuousGame
from alliance_games.results.named.continuous import Leadership
from alliance_games.results.solutions import Certificate, Solution

STEPS = 48
"""The leader's numbers tried, evenly over his range."""

FINE = 40
GRID = 40
FAR = Fraction(20)
SLACK = 1e-6
EQUAL = 1e-12
"""By how much, of the follower's payoff, replies as good may differ in floats."""

APART = 1e-4
"""Replies nearer than this part of the range are the same reply."""


def check(game: ContinuousGame, found: Solution) -> Certificate:
    """Hold a leader's number and the reply to the definition (von Stackelberg 1934)."""
    if not isinstance(found, Leadership) or len(game.players) != 2:
        return Certificate(False, "it is no answer about a leader and a follower")
    names = set(game.players)
    if found.leader not in names or set(found.choices) != names or set(found.payoffs) != names:
        return Certificate(False, "something is not said of every player")
    leader = game.players.index(found.leader)
    if game.order and game.order[0] != leader:
        return Certificate(False, "another player moves first")
    point: list[Exact] = []
    for choice, name in zip(game.choices, game.players, strict=True):
        number = found.choices[name]
        exact = Fraction(number) if isinstance(number, float) else number
        if not choice.holds(exact):
            return Certificate(False, "a choice is out of its range")
        point.append(exact)
    for place, player in enumerate(game.players):
        if not payoff_is(game, place, point, found.payoffs[player]):
            return Certificate(False, f"the payoff of {player} is another")
    if not is_best_reply(game, 1 - leader, point):
        return Certificate(False, "the follower has a better reply")
    search = _Search(game, leader)
    worth = float(found.payoffs[found.leader])
    if (tied := search.liked_more(worth, point)) is not None:
        return Certificate(False, f"a reply as good is better for the leader: {tied:.6g}")
    better = search.better_than(worth, point)
    if better is not None:
        return Certificate(False, f"the leader gains by {better:.6g}")
    claim = (
        "the follower's reply was compared with every other, and the leader's number with "
        f"{STEPS + 1} across his range and {FINE + 1} close by, each with a reply searched for it; "
        "replies as good as the follower's were searched, and the leader likes none more"
    )
    return Certificate(True, claim)


class _Search:
    """The follower's replies and the leader's payoffs, in floats."""

    def __init__(self, game: ContinuousGame, leader: int) -> None:
        self.game, self.leader = game, leader
        self.ends = [_ends(game, player) for player in (0, 1)]
        places = {symbol: place for place, symbol in enumerate(game.symbols)}
        self.programs = [in_floats(payoff, places) for payoff in game.payoffs]

    def payoff(self, player: int, number: float, reply: float) -> float:
        """A player's payoff; minus infinity where it has no value."""
        pair = (number, reply) if self.leader == 0 else (reply, number)
        return self.programs[player](pair)

    def reply(self, number: float) -> float:
        """The follower's best reply to a number."""
        low, high = self.ends[1 - self.leader]
        return _greatest(lambda one: self.payoff(1 - self.leader, number, one), low, high)

    def liked_more(self, worth: float, point: list[Exact]) -> float | None:
        """Another best reply to the leader's own number with which the leader gets clearly more."""
        follower = 1 - self.leader
        number, said = float(point[self.leader]), float(point[follower])
        low, high = self.ends[follower]
        found = _peaks(lambda one: self.payoff(follower, number, one), low, high)
        top = max(self.payoff(follower, number, one) for one in (*found, said))
        for reply in found:
            if (
                abs(reply - said) > APART * (high - low)
                and self.payoff(follower, number, reply) >= top - EQUAL * max(1.0, abs(top))
                and self._is_more(self.payoff(self.leader, number, reply), worth)
                and is_best_reply(self.game, follower, self._pair(point[self.leader], reply))
            ):
                return reply
        return None

    def _is_more(self, value: float, worth: float) -> bool:
        return value > worth + SLACK * max(1.0, abs(worth))

    def _pair(self, number: Exact | float, reply: Exact | float) -> list[Exact]:
        pair = (number, reply) if self.leader == 0 else (reply, number)
        return [Fraction(one) if isinstance(one, float) else one for one in pair]

    def better_than(self, worth: float, point: list[Exact]) -> float | None:
        """A number with which the leader gets clearly more, the follower's reply being best."""
        low, high = self.ends[self.leader]
        own = float(point[self.leader])
        near = (high - low) / STEPS
        tried = [low + (high - low) * k / STEPS for k in range(STEPS + 1)]
        tried += [own + near * (2 * k / FINE - 1) for k in range(FINE + 1)]
        for number in tried:
            if not low <= number <= high:
                continue
            reply = self.reply(number)
            value = self.payoff(self.leader, number, reply)
            if self._is_more(value, worth) and is_best_reply(
                self.game, 1 - self.leader, self._pair(number, reply)
            ):
                return number
        return None


def _ends(game: ContinuousGame, player: int) -> tuple[float, float]:
    choice = game.choices[player]
    low = choice.low if choice.low is not None else (choice.high or Fraction(0)) - FAR
    return float(low), float(choice.high if choice.high is not None else low + FAR)


def _greatest(worth: Callable[[float], float], low: float, high: float) -> float:
    """Where a function is greatest: the best of a grid, refined around its three best numbers."""
    return max(_peaks(worth, low, high, most=3), key=worth)


def _peaks(
    worth: Callable[[float], float], low: float, high: float, most: int | None = None
) -> list[float]:
    """A grid, and what is greatest near its best numbers (``most`` of them, or near all)."""
    step = (high - low) / GRID
    numbers = [low + step * k for k in range(GRID + 1)]
    refined = []
    for start in sorted(numbers, key=worth, reverse=True)[:most]:
        a, b = max(low, start - step), min(high, start + step)
        for _ in range(36):
            third = (b - a) / 3
            if worth(a + third) < worth(b - third):
                a += third
            else:
                b -= third
        refined.append((a + b) / 2)
    return [*numbers, *refined]
