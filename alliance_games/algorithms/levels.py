"""Levels of reasoning: best replies to the level below, or to a mixture of all lower levels."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import product
from math import comb, factorial, lcm, prod

from alliance_games.model.anonymous import AnonymousGame, count_positions, count_vectors
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Mixed, Profile
from alliance_games.results.level_solutions import Levels

MOST_LEVELS = 30
"""Levels after which no repetition of play is waited for any more."""

REMAINDER = Fraction(1, 10**6)
"""A hierarchy is cut off where all higher levels together have a smaller share than this."""

Game = NormalGame | AnonymousGame


def step_by_step(game: Game, tick: Callable[[], None]) -> Levels:
    """Each level replies to the one below it, until play repeats an earlier level's."""
    levels = [uniform(game)]
    first = None
    while first is None and len(levels) <= MOST_LEVELS:
        tick()
        after = best_replies(game, levels[-1])
        first = levels.index(after) if after in levels else None
        levels.append(after)
    if first is None:
        return Levels("level-k", tuple(levels))
    return Levels("level-k", tuple(levels[:-1]), (first, len(levels) - 1 - first))


def hierarchy(game: Game, rate: Fraction, tick: Callable[[], None]) -> Levels:
    """Each level replies to the lower ones in proportion to their Poisson shares.

    The exponential that the shares have in common cancels in every belief.
    """
    weights = [rate**k / factorial(k) for k in range(cut_off(rate) + 1)]
    levels = [uniform(game)]
    for k in range(1, len(weights)):
        tick()
        levels.append(best_replies(game, mixed(levels, weights[:k])))
    total = sum(weights, Fraction(0))
    shares = tuple(weight / total for weight in weights)
    return Levels(
        "cognitive hierarchy",
        tuple(levels),
        rate=rate,
        shares=shares,
        aggregate=mixed(levels, weights),
    )


def cut_off(rate: Fraction) -> int:
    """The last level told: all higher ones together have a share below ``REMAINDER``.

    What follows the weight of level k + 1 falls at least as fast as powers of rate / (k + 2).
    """
    last, sums = 0, Fraction(1)
    while True:
        following = rate ** (last + 1) / factorial(last + 1)
        ratio = rate / (last + 2)
        if ratio < 1 and following / (1 - ratio) < REMAINDER * sums:
            return last
        last, sums = last + 1, sums + following


def mixed(levels: Sequence[Profile], weights: Sequence[Fraction]) -> Profile:
    """The play of several levels together, each with its weight."""
    total = sum(weights, Fraction(0))
    return tuple(
        tuple(
            sum((w * p for w, p in zip(weights, column, strict=True)), Fraction(0)) / total
            for column in zip(*own, strict=True)
        )
        for own in zip(*levels, strict=True)
    )


def uniform(game: Game) -> Profile:
    """Level 0: every strategy is as likely as every other."""
    widths = game.shape if isinstance(game, NormalGame) else _roles_by_strategies(game)
    return tuple((Fraction(1, width),) * width for width in widths)


def best_replies(game: Game, belief: Profile) -> Profile:
    """Uniform choice among the best replies to a belief, by player or by role."""
    found = []
    for worth in expected(game, belief):
        best = [value == max(worth) for value in worth]
        found.append(tuple(Fraction(int(one), sum(best)) for one in best))
    return tuple(found)


def expected(game: Game, belief: Profile) -> Iterator[list[int]]:
    """What each strategy brings, by player or role, up to a positive factor of her own."""
    if isinstance(game, NormalGame):
        yield from (_expected(game, player, belief) for player in range(len(game.players)))
    else:
        yield from (_expected_in_role(game, role, belief) for role in range(len(game.members)))


def _expected(game: NormalGame, player: int, belief: Profile) -> list[int]:
    """The table summed out over one player after the other, the last one first."""
    table, shape = list(game.numerators[player]), list(game.shape)
    for axis in range(len(shape) - 1, -1, -1):
        if axis == player:
            continue
        weights, width = _integers(belief[axis]), shape[axis]
        inner = shape[player] if axis < player else 1
        table = [
            sum(
                weight * table[(outer * width + own) * inner + within]
                for own, weight in enumerate(weights)
                if weight
            )
            for outer in range(len(table) // (width * inner))
            for within in range(inner)
        ]
    return table


def _expected_in_role(game: AnonymousGame, role: int, belief: Profile) -> list[int]:
    """Summed over how many of the others choose what, role by role."""
    width = len(game.strategies)
    position = count_positions(len(game.players) - 1, width)
    spread: dict[tuple[int, ...], int] = {(0,) * width: 1}
    for other, members in enumerate(game.members):
        weights = _integers(belief[other])
        own = {
            counts: _ways(counts) * prod(w**k for w, k in zip(weights, counts, strict=True))
            for counts in count_vectors(len(members) - (other == role), width)
        }
        joined: dict[tuple[int, ...], int] = {}
        for (before, a), (counts, b) in product(spread.items(), own.items()):
            if a and b:
                both = tuple(map(int.__add__, before, counts))
                joined[both] = joined.get(both, 0) + a * b
        spread = joined
    return [
        sum(weight * table[position[counts]] for counts, weight in spread.items())
        for table in game.numerators[role]
    ]


def _ways(counts: Sequence[int]) -> int:
    """The multinomial coefficient."""
    left, ways = sum(counts), 1
    for number in counts:
        ways *= comb(left, number)
        left -= number
    return ways


def _integers(strategy: Mixed) -> list[int]:
    over = lcm(*(p.denominator for p in strategy))
    return [int(p * over) for p in strategy]


def _roles_by_strategies(game: AnonymousGame) -> tuple[int, ...]:
    return (len(game.strategies),) * len(game.members)


def cost(game: Game) -> int:
    """How many terms the expectations of one level sum."""
    if isinstance(game, NormalGame):
        return game.size * len(game.players)
    width = len(game.strategies)
    ways = prod(comb(len(members) + width - 1, width - 1) for members in game.members)
    return ways * len(game.members) * width
