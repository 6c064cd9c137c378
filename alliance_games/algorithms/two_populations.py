"""Rest points of the replicator dynamics of two populations, and how each behaves nearby.

``dx_i/dt = x_i ((A y)_i - x A y)``, ``dy_j/dt = y_j ((x B)_j - x B y)`` (Taylor 1979). Which
shares stand still is linear in each population, given the strategies in use. Only strict equilibria
attract all that is near (Selten 1980; Ritzberger and Weibull 1995); where the game within the
strategies in use is zero-sum, up to scales and to payoffs that the own choice does not change, a
weighted sum of logarithms is conserved (Hofbauer 1996).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from math import prod

from alliance_games.algorithms.population_equilibria import (
    MOST_CORNERS,
    Mixture,
    Tick,
    TooManyCorners,
    payoffs,
)
from alliance_games.algorithms.replicator import LYAPUNOV, STABLE, UNDECIDED, UNSTABLE, form_of
from alliance_games.exact.inertia import Inertia, inertia
from alliance_games.exact.vertices import vertices_of_distributions
from alliance_games.model.normal import NormalGame
from alliance_games.model.populations import by_name
from alliance_games.results.named.evolution import RestPair, Shares

Matrix = Sequence[Sequence[int]]
Support = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """All rest points of one pair of supports: any point of one side with any of the other."""

    supports: tuple[Support, Support]
    sides: tuple[tuple[Mixture, ...], tuple[Mixture, ...]]

    @property
    def alone(self) -> bool:
        """Whether it is one point."""
        return len(self.sides[0]) == len(self.sides[1]) == 1

    @property
    def middle(self) -> tuple[Mixture, Mixture]:
        """The mean of the corners on each side."""
        x, y = (_mean(side) for side in self.sides)
        return x, y


def rest(game: NormalGame, tick: Tick) -> Iterator[RestPair]:
    """Every rest point, continua by the corners of each side. Raises TooManyCorners."""
    a, b = game.matrix(0), [list(column) for column in zip(*game.matrix(1), strict=True)]
    for block in blocks(a, b, tick):
        yield _described(game, a, b, block)


def blocks(a: Matrix, b: Matrix, tick: Tick) -> Iterator[Block]:
    """The rest points by supports; ``a[i][j]`` and ``b[j][i]`` are what each side's own strategy
    earns, by own strategy first."""
    for rows, columns in product(_supports(len(a)), _supports(len(b))):
        tick()
        x = _indifferent(b, columns, rows)
        y = _indifferent(a, rows, columns) if x else ()
        if x and y and _support(_mean(x)) == rows and _support(_mean(y)) == columns:
            yield Block((rows, columns), (x, y))


def _supports(size: int) -> list[Support]:
    return [s for number in range(1, size + 1) for s in combinations(range(size), number)]


def _indifferent(own: Matrix, alike: Support, mixed: Support) -> tuple[Mixture, ...]:
    """The corners of the distributions over ``mixed`` against which ``alike`` all earn the same."""
    first, *others = alike
    halfspaces = []
    for other in others:
        row = [own[other][j] - own[first][j] for j in mixed]
        halfspaces += [row, [-entry for entry in row]]
    vertices = vertices_of_distributions(len(mixed), halfspaces, MOST_CORNERS)
    if vertices is None:
        raise TooManyCorners(f"a continuum has more than {MOST_CORNERS:,} corners")
    width = len(own[0])
    return tuple(
        tuple(point[mixed.index(j)] if j in mixed else Fraction(0) for j in range(width))
        for point in vertices
    )


def _mean(points: Sequence[Mixture]) -> Mixture:
    return tuple(sum(column, Fraction(0)) / len(points) for column in zip(*points, strict=True))


def _support(mixture: Mixture) -> Support:
    return tuple(i for i, share in enumerate(mixture) if share)


def _described(game: NormalGame, a: Matrix, b: Matrix, block: Block) -> RestPair:
    x, y = block.middle
    rates = (_growth(a, x, y), _growth(b, y, x))
    found = sides(a, b, block.supports, (x, y), rates)
    form, stability, because, weights = _behaviour(a, b, block, found, rates)
    values = [payoffs(a, y)[block.supports[0][0]], payoffs(b, x)[block.supports[1][0]]]
    return RestPair(
        strategies=_by_player(game, (x, y)),
        payoffs={
            name: value / over
            for name, value, over in zip(game.players, values, game.denominators, strict=True)
        },
        equilibrium=max(map(max, rates)) <= 0,
        growth={
            name: {
                game.strategies[player][i]: rate / game.denominators[player]
                for i, rate in enumerate(rates[player])
                if i not in block.supports[player]
            }
            for player, name in enumerate(game.players)
        },
        attracting=found.left,
        repelling=found.right,
        rotating=found.imaginary,
        neutral=found.zero,
        form=form,
        stability=stability,
        because=because,
        corners={}
        if block.alone
        else {
            name: tuple(by_name(game.strategies[player], one) for one in block.sides[player])
            for player, name in enumerate(game.players)
        },
        conserved={} if weights is None else _by_player(game, _in_units(game, weights)),
    )


def _by_player(game: NormalGame, pair: tuple[Mixture, Mixture]) -> dict[str, Shares]:
    return {
        name: by_name(names, shares)
        for name, names, shares in zip(game.players, game.strategies, pair, strict=True)
    }


def _in_units(game: NormalGame, weights: tuple[Mixture, Mixture]) -> tuple[Mixture, Mixture]:
    """The weights for payoffs in their own units, not as integers over two denominators."""
    rate = Fraction(game.denominators[1], game.denominators[0])
    return weights[0], tuple(weight * rate for weight in weights[1])


def _growth(own: Matrix, mine: Mixture, other: Mixture) -> list[Fraction]:
    earned = payoffs(own, other)
    mean = sum((p * value for p, value in zip(mine, earned, strict=True)), Fraction(0))
    return [value - mean for value in earned]


def sides(
    a: Matrix,
    b: Matrix,
    supports: tuple[Support, Support],
    at: tuple[Mixture, Mixture],
    rates: Sequence[Sequence[Fraction]],
) -> Inertia:
    """The sides of the eigenvalues of the linearised dynamics on both simplices.

    Within the strategies in use each population only feels the other, so that the matrix has two
    blocks off its diagonal.
    """
    (rows, columns), (x, y) = supports, at
    top, bottom = _felt(a, x, rows, columns), _felt(b, y, columns, rows)
    zeros = [[Fraction(0)] * (len(rows) - 1), [Fraction(0)] * (len(columns) - 1)]
    whole = [[*zeros[0], *row] for row in top] + [[*row, *zeros[1]] for row in bottom]
    within = inertia(whole)
    outside = [
        rate
        for own, used in zip(rates, supports, strict=True)
        for i, rate in enumerate(own)
        if i not in used
    ]
    return Inertia(
        within.left + sum(rate < 0 for rate in outside),
        within.right + sum(rate > 0 for rate in outside),
        within.imaginary,
        within.zero + sum(rate == 0 for rate in outside),
    )


def _felt(own: Matrix, mine: Mixture, rows: Support, columns: Support) -> list[list[Fraction]]:
    """How own shares respond to the other's, the last strategy in use left out on both sides."""
    mean = {j: sum((mine[i] * own[i][j] for i in rows), Fraction(0)) for j in columns}
    last = columns[-1]
    return [
        [mine[i] * (own[i][j] - mean[j] - own[i][last] + mean[last]) for j in columns[:-1]]
        for i in rows[:-1]
    ]


def _behaviour(
    a: Matrix,
    b: Matrix,
    block: Block,
    found: Inertia,
    rates: Sequence[Sequence[Fraction]],
) -> tuple[str, str, str, tuple[Mixture, Mixture] | None]:
    """Form, stability, by what criterion, and the weights of what is conserved, if that decides."""
    form = form_of(found) if block.alone else "continuum"
    if found.right and block.alone:
        return form, UNSTABLE, "an eigenvalue has a positive real part", None
    if form == "sink":
        return form, STABLE, "it is a strict equilibrium (Selten 1980)", None
    if not block.alone and _is_left(a, b, block):
        return form, UNSTABLE, "a strategy that nobody plays grows all along it", None
    if not block.alone:
        return form, UNDECIDED, "its members need not be alike", None
    inward = [
        rate
        for own, used in zip(rates, block.supports, strict=True)
        for i, rate in enumerate(own)
        if i not in used
    ]
    weight = opposed(a, b, block.supports)
    if weight is not None and all(rate < 0 for rate in inward):
        x, y = block.middle
        why = "a weighted sum of the logarithms of the shares is conserved (Hofbauer 1996)"
        centre = "centre" if found.imaginary and not found.zero and not found.left else form
        return centre, LYAPUNOV, why, (x, tuple(weight * share for share in y))
    return form, UNDECIDED, "the linearised dynamics does not decide", None


def _is_left(a: Matrix, b: Matrix, block: Block) -> bool:
    """Whether an absent strategy grows inside a continuum, wherever in it one is."""
    for own, used, other in ((a, block.supports[0], 1), (b, block.supports[1], 0)):
        tables = [payoffs(own, corner) for corner in block.sides[other]]
        for i in set(range(len(own))) - set(used):
            column = [row[i] - row[used[0]] for row in tables]
            if min(column) >= 0 and max(column) > 0:
                return True
    return False


def opposed(a: Matrix, b: Matrix, supports: tuple[Support, Support]) -> Fraction | None:
    """The positive ``c`` for which ``A + c B`` is a sum of a number for each row and one for each
    column, within the strategies in use: there the game is zero-sum up to scales. None if none."""
    rows, columns = supports
    ratio: Fraction | None = None
    i0, j0 = rows[0], columns[0]
    for i, j in product(rows, columns):
        mine = a[i][j] - a[i0][j] - a[i][j0] + a[i0][j0]
        yours = b[j][i] - b[j][i0] - b[j0][i] + b[j0][i0]
        if mine * yours > 0 or (not mine) != (not yours):
            return None
        if yours:
            here = Fraction(-mine, yours)
            if ratio is not None and here != ratio:
                return None
            ratio = here
    return ratio


def number_of_supports(game: NormalGame) -> int:
    """How many pairs of supports there are."""
    return prod(2**size - 1 for size in game.shape)
