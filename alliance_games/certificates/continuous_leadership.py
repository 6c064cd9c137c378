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
    better = _Search(game, leader).better_than(float(found.payoffs[found.leader]), point)
    if better is not None:
        return Certificate(False, f"the leader gains by {better:.6g}")
    claim = (
        "the follower's reply was compared with every other, and the leader's number with "
        f"{STEPS + 1} across his range and {FINE + 1} close by, each with a reply searched for it"
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
            if value > worth + SLACK * max(1.0, abs(worth)):
                pair = (number, reply) if self.leader == 0 else (reply, number)
                if is_best_reply(self.game, 1 - self.leader, [Fraction(one) for one in pair]):
                    return number
        return None


def _ends(game: ContinuousGame, player: int) -> tuple[float, float]:
    choice = game.choices[player]
    low = choice.low if choice.low is not None else (choice.high or Fraction(0)) - FAR
    return float(low), float(choice.high if choice.high is not None else low + FAR)


def _greatest(worth: Callable[[float], float], low: float, high: float) -> float:
    """Where a function is greatest: the best of a grid, refined around its three best numbers."""
    step = (high - low) / GRID
    numbers = [low + step * k for k in range(GRID + 1)]
    best = max(numbers, key=worth)
    for start in sorted(numbers, key=worth, reverse=True)[:3]:
        a, b = max(low, start - step), min(high, start + step)
        for _ in range(36):
            third = (b - a) / 3
            if worth(a + third) < worth(b - third):
                a += third
            else:
                b -= third
        best = max((best, (a + b) / 2), key=worth)
    return best
