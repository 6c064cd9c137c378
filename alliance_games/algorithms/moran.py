"""The Moran process of pairwise encounters: who takes over a finite population, exactly.

In each step one member, chosen by fitness, has a descendant that replaces a member chosen at
random. With two strategies the number of each goes up and down by one, and the probability that a
single mutant's descendants take over is one over a sum of products (Nowak, Sasaki, Taylor and
Fudenberg 2004). With rare mutations the population is nearly always all alike, and moves from one
strategy to another by fixation (Fudenberg and Imhof 2006).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import lcm

from alliance_games.exact.linear import solve
from alliance_games.model.populations import Population
from alliance_games.results.named.evolution import Fixation, Moran

Tick = Callable[[], None]


def process(crowd: Population, number: int, selection: Fraction, tick: Tick) -> Moran:
    """All fixation probabilities and the shares of time with rare mutations.

    Raises ValueError where ``selection`` makes some fitness zero or negative.
    """
    names = crowd.names
    found: dict[tuple[int, int], Fixation] = {}
    for mutant in range(len(names)):
        for resident in range(len(names)):
            if mutant != resident:
                tick()
                game = _pair(crowd, mutant, resident)
                found[mutant, resident] = Fixation(
                    names[mutant],
                    names[resident],
                    fixation(game, number, selection),
                    slope(game, number),
                    large(game),
                )
    shares = stationary(len(names), lambda i, j: found[i, j].probability)
    return Moran(
        population=number,
        selection=selection,
        neutral=Fraction(1, number),
        fixations=tuple(found.values()),
        stationary=dict(zip(names, shares, strict=True)),
    )


Pair = tuple[Fraction, Fraction, Fraction, Fraction]
"""What the mutant gets from mutants and residents, and the resident from mutants and residents."""


def _pair(crowd: Population, mutant: int, resident: int) -> Pair:
    both = (mutant, resident)
    a, b, c, d = (crowd.payoff(own, other) for own in both for other in both)
    return a, b, c, d


def fixation(game: Pair, number: int, selection: Fraction) -> Fraction:
    """The probability that one mutant's descendants take over ``number`` members.

    ``1 / (1 + sum of products of g_i / f_i)``, with the fitness of mutants and residents when there
    are ``i`` mutants.
    """
    a, b, c, d = game
    product = total = Fraction(1)
    for i in range(1, number):
        mutants = Fraction(a * (i - 1) + b * (number - i), number - 1)
        residents = Fraction(c * i + d * (number - i - 1), number - 1)
        f, g = (1 - selection + selection * value for value in (mutants, residents))
        if f <= 0 or g <= 0:
            raise ValueError("selection is so strong that some fitness is not positive")
        product *= g / f
        total += product
    return 1 / total


def slope(game: Pair, number: int) -> Fraction:
    """The derivative of the fixation probability by the intensity of selection at zero."""
    a, b, c, d = game
    return ((a + 2 * b - c - 2 * d) * number - (2 * a + b + c - 4 * d)) / (6 * number)


def large(game: Pair) -> int:
    """1 where weak selection favours a mutant in a large population, by the rule of one third."""
    a, b, c, d = game
    lead = a + 2 * b - c - 2 * d
    return (lead > 0) - (lead < 0)


def stationary(size: int, move: Callable[[int, int], Fraction]) -> tuple[Fraction, ...]:
    """The shares of time when a mutant ``i`` takes over from ``j`` with probability ``move(i, j)``
    and each of the other strategies is as likely to be the mutant's."""
    if size == 1:
        return (Fraction(1),)
    rows: list[list[Fraction]] = []
    for state in range(size - 1):
        row = [move(state, other) if other != state else Fraction(0) for other in range(size)]
        row[state] = -sum(
            (move(other, state) for other in range(size) if other != state), Fraction(0)
        )
        rows.append(row)
    rows.append([Fraction(1)] * size)
    answer = solve([_whole(row) for row in rows], [0] * (size - 1) + [1])
    assert answer is not None, "every strategy can be reached from every other"
    divisor, (values,) = answer
    return tuple(Fraction(value, divisor) for value in values)


def _whole(row: Sequence[Fraction]) -> list[int]:
    scale = lcm(*(entry.denominator for entry in row))
    return [int(entry * scale) for entry in row]


def gentle(crowd: Population, selection: Fraction) -> Fraction:
    """The intensity, or the largest of its tenths, hundredths... that keeps fitness positive."""
    least = min(map(min, crowd.payoffs))
    lowest = Fraction(least, crowd.denominator)
    while 1 - selection + selection * lowest <= 0:
        selection /= 10
    return selection
