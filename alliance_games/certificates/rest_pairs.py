"""Do these shares of two populations stand still, and does what is said of them hold?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from alliance_games.certificates.eigenvalues import NotIsolated, characteristic, sides, without_root
from alliance_games.exact.linear import affine_dimension, rank
from alliance_games.model.normal import NormalGame
from alliance_games.model.populations import in_order
from alliance_games.model.profiles import is_distribution
from alliance_games.results.named.evolution import RestPair, Shares
from alliance_games.results.solutions import Certificate, Solution

CLAIM = (
    "what each strategy earns was computed, every eigenvalue of the dynamics was enclosed, and the "
    "criterion named was held to its definition"
)

Vector = tuple[Fraction, ...]


def check_rest_pair(game: NormalGame, solution: Solution) -> Certificate:
    """Hold a rest point of two populations to the definition (Taylor 1979)."""
    if not isinstance(solution, RestPair):
        return Certificate(False, f"a {solution.kind} is no answer to this question")
    try:
        x, y = _pair(game, solution.strategies)
        corners = [
            [in_order(names, dict(one)) for one in solution.corners[player]]
            if solution.corners
            else [shares]
            for player, names, shares in zip(game.players, game.strategies, (x, y), strict=True)
        ]
    except KeyError:
        return Certificate(False, "it names other players or strategies than the game has")
    if not all(map(is_distribution, (x, y, *corners[0], *corners[1]))):
        return Certificate(False, "these are no shares")
    earned = _earned(game, x, y)
    means = [_dot(x, earned[0]), _dot(y, earned[1])]
    rates = [[value - mean for value in own] for own, mean in zip(earned, means, strict=True)]
    used = [[i for i, p in enumerate(shares) if p] for shares in (x, y)]
    if any(rates[side][i] for side in (0, 1) for i in used[side]):
        return Certificate(False, "it does not stand still there")
    growth = {
        name: {
            game.strategies[side][i]: rate
            for i, rate in enumerate(rates[side])
            if i not in used[side]
        }
        for side, name in enumerate(game.players)
    }
    if (
        dict(solution.payoffs) != dict(zip(game.players, means, strict=True))
        or {player: dict(own) for player, own in solution.growth.items()} != growth
        or solution.equilibrium != (max(map(max, rates)) <= 0)
    ):
        return Certificate(False, "what is said of payoffs or absent strategies does not hold")
    try:
        found = _eigenvalues(game, x, y, rates, means)
    except NotIsolated as unsettled:
        return Certificate(False, str(unsettled))
    told = (solution.attracting, solution.repelling, solution.rotating, solution.neutral)
    if found != told:
        return Certificate(False, "the eigenvalues are others")
    if not _whole(game, used, (x, y), corners):
        return Certificate(False, "more or other shares of these strategies stand still")
    if solution.corners:
        holds = _continuum(game, solution, used, corners)
    else:
        holds = _behaves(game, solution, (x, y), used, rates)
    return Certificate(holds, CLAIM if holds else "what is said of its stability does not hold")


def _pair(game: NormalGame, shares: Mapping[str, Shares]) -> tuple[Vector, Vector]:
    first, second = (
        in_order(names, dict(shares[player]))
        for player, names in zip(game.players, game.strategies, strict=True)
    )
    return first, second


def _dot(p: Sequence[Fraction], q: Sequence[Fraction]) -> Fraction:
    return sum((one * other for one, other in zip(p, q, strict=True)), Fraction(0))


def _earned(game: NormalGame, x: Vector, y: Vector) -> list[list[Fraction]]:
    rows, columns = (range(size) for size in game.shape)
    return [
        [_dot(y, [game.payoff(0, (i, j)) for j in columns]) for i in rows],
        [_dot(x, [game.payoff(1, (i, j)) for i in rows]) for j in columns],
    ]


def _eigenvalues(
    game: NormalGame,
    x: Vector,
    y: Vector,
    rates: Sequence[Sequence[Fraction]],
    means: Sequence[Fraction],
) -> tuple[int, int, int, int]:
    """The sides of the eigenvalues on both simplices.

    The whole Jacobian has two eigenvalues more, minus the mean payoff of each population.
    """
    m, n = game.shape
    rows = []
    for i in range(m):
        own = [(rates[0][i] if i == k else Fraction(0)) - x[i] * (rates[0][k] + means[0])
               for k in range(m)]  # fmt: skip
        felt = []
        for j in range(n):
            mean = _dot(x, [game.payoff(0, (k, j)) for k in range(m)])
            felt.append(x[i] * (game.payoff(0, (i, j)) - mean))
        rows.append([*own, *felt])
    for j in range(n):
        felt = []
        for i in range(m):
            mean = _dot(y, [game.payoff(1, (i, k)) for k in range(n)])
            felt.append(y[j] * (game.payoff(1, (i, j)) - mean))
        own = [(rates[1][j] if j == k else Fraction(0)) - y[j] * (rates[1][k] + means[1])
               for k in range(n)]  # fmt: skip
        rows.append([*felt, *own])
    p = characteristic(rows)
    for mean in means:
        p = without_root(p, -mean)
    return sides(p)


def _whole(
    game: NormalGame,
    used: Sequence[Sequence[int]],
    middle: tuple[Vector, Vector],
    corners: Sequence[Sequence[Vector]],
) -> bool:
    """Whether each side's corners are all of them: as many dimensions as the equations leave, the
    middle their mean, each alone on its face."""
    for side in (0, 1):
        mine, others = used[side], used[1 - side]
        mean = tuple(
            sum(column, Fraction(0)) / len(corners[side])
            for column in zip(*corners[side], strict=True)
        )
        if mean != middle[side] or len(set(corners[side])) != len(corners[side]):
            return False
        if affine_dimension(corners[side]) != _freedom(game, side, mine, others):
            return False
        for corner in corners[side]:
            own = [i for i, p in enumerate(corner) if p]
            if not set(own) <= set(mine) or _freedom(game, side, own, others):
                return False
            pair = (corner, middle[1]) if side == 0 else (middle[0], corner)
            earned = _earned(game, *pair)[1 - side]
            if len({earned[j] for j in others}) != 1:
                return False
    return True


def _freedom(game: NormalGame, side: int, mixed: Sequence[int], alike: Sequence[int]) -> int:
    """The dimensions left to shares over ``mixed`` that make the other side's ``alike`` earn the
    same."""
    table = game.matrix(1 - side)
    entry = (lambda i, j: table[i][j]) if side == 0 else (lambda j, i: table[i][j])
    rows = [[*(entry(i, j) for i in mixed), -1] for j in alike]
    return len(mixed) + 1 - rank([*rows, [*(1 for _ in mixed), 0]])


def _continuum(
    game: NormalGame,
    told: RestPair,
    used: Sequence[Sequence[int]],
    corners: Sequence[Sequence[Vector]],
) -> bool:
    """Unstable where an absent strategy earns no less than the others at every corner, and more at
    some; else nothing is said."""
    if told.form != "continuum" or told.conserved:
        return False
    grows = False
    for side in (0, 1):
        tables = [
            _earned(game, *((corners[0][0], corner) if side == 0 else (corner, corners[1][0])))[
                side
            ]
            for corner in corners[1 - side]
        ]
        for i in set(range(game.shape[side])) - set(used[side]):
            lead = [row[i] - row[used[side][0]] for row in tables]
            grows = grows or (min(lead) >= 0 and max(lead) > 0)
    return told.stability == ("unstable" if grows else "undecided")


def _behaves(
    game: NormalGame,
    told: RestPair,
    at: tuple[Vector, Vector],
    used: Sequence[Sequence[int]],
    rates: Sequence[Sequence[Fraction]],
) -> bool:
    hyperbolic = not told.rotating and not told.neutral
    if hyperbolic:
        ways = (bool(told.attracting), bool(told.repelling))
        named = {(True, True): "saddle", (False, True): "source"}
        if told.form != named.get(ways, "sink"):
            return False
    elif told.form not in ("degenerate", "centre"):
        return False
    strict = all(
        rate < 0 for side in (0, 1) for i, rate in enumerate(rates[side]) if i not in used[side]
    )
    pure = all(len(own) == 1 for own in used)
    if told.stability == "asymptotically stable":
        return strict and pure and not told.conserved
    if told.stability == "unstable":
        return told.repelling > 0 and not told.conserved
    if told.repelling or (strict and pure):
        return False
    if told.stability == "undecided":
        return told.form == "degenerate" and not told.conserved
    centre = told.rotating and not told.neutral and not told.attracting
    if told.stability != "stable" or (told.form == "centre") != bool(centre):
        return False
    return strict and _is_conserved(game, told, at, used)


def _is_conserved(
    game: NormalGame,
    told: RestPair,
    at: tuple[Vector, Vector],
    used: Sequence[Sequence[int]],
) -> bool:
    """Whether the weighted sum of logarithms stands still along all solutions within the strategies
    in use, with weights in proportion to the shares, where it is then greatest.

    Its change is bilinear in the shares, so that pairs of pure strategies are enough.
    """
    try:
        weights = _pair(game, told.conserved)
    except KeyError:
        return False
    totals = [sum(own, Fraction(0)) for own in weights]
    if min(totals) <= 0:
        return False
    for own, total, shares in zip(weights, totals, at, strict=True):
        if any(weight != total * share for weight, share in zip(own, shares, strict=True)):
            return False
    rows, columns = used
    return all(
        sum((weights[0][k] * game.payoff(0, (k, j)) for k in rows), Fraction(0))
        - totals[0] * game.payoff(0, (i, j))
        + sum((weights[1][k] * game.payoff(1, (i, k)) for k in columns), Fraction(0))
        - totals[1] * game.payoff(1, (i, j))
        == 0
        for i in rows
        for j in columns
    )
