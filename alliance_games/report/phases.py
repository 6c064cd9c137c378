"""Pictures of the replicator dynamics: lines, triangles and squares with arrows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from math import hypot

from alliance_games.algorithms.fictitious_play import play
from alliance_games.algorithms.flows import both_scaled, pair_velocity, path, scaled, velocity
from alliance_games.model.normal import NormalGame
from alliance_games.model.populations import Population
from alliance_games.report.blocks import Arrow, Plot, Series
from alliance_games.results.named.evolution import FictitiousPlay, RestPair, RestPoint

Place = tuple[float, float]

MARKS = {"asymptotically stable": "●", "stable": "◉", "unstable": "○", "undecided": "◌"}
"""What rest points are drawn as."""

_STEPS, _STEP, _FIELD = 400, 0.1, 13


def of_population(crowd: Population, rest: Sequence[RestPoint]) -> Plot | None:
    """The picture of one population with two or three strategies; None for others."""
    if len(crowd.names) == 2:
        return _line(crowd, rest)
    return _triangle(crowd, rest) if len(crowd.names) == 3 else None


def _line(crowd: Population, rest: Sequence[RestPoint]) -> Plot:
    """How fast the share of the first strategy grows, by that share."""
    a = scaled(crowd.payoffs)
    first = crowd.names[0]
    curve = [(k / 100, velocity(a, (k / 100, 1 - k / 100))[0]) for k in range(101)]
    low = min(min(y for _, y in curve), -0.01) * 1.15
    high = max(max(y for _, y in curve), 0.01) * 1.15
    arrows = []
    for k in range(1, 36):
        x = k / 36
        speed = velocity(a, (x, 1 - x))[0]
        if abs(speed) > 1e-9:
            arrows.append(Arrow((x, 0.0), (x + (0.02 if speed > 0 else -0.02), 0.0)))
    points = _points([((float(one.strategy[first]), 0.0), one.stability) for one in rest])
    speeds = Series(f"growth of {first} (payoffs scaled to 1)", tuple(curve), "•")
    return Plot(
        "growth",
        f"share of {first}",
        (*points, speeds),
        across=(0.0, 1.0),
        upward=(low, high),
        arrows=tuple(arrows),
    )


def _triangle(crowd: Population, rest: Sequence[RestPoint]) -> Plot:
    """All shares of three strategies, with arrows and some solutions."""
    a = scaled(crowd.payoffs)
    first, second, third = crowd.names
    start = (0.8, 0.15, 0.05)
    solution = [(x, y) for x, y, _ in path(a, start, _STEPS, _STEP)]
    arrows = []
    for i in range(_FIELD):
        for j in range(_FIELD - i):
            x, y = (i + 1 / 3) / _FIELD, (j + 1 / 3) / _FIELD
            arrows.append(_arrow((x, y), velocity(a, (x, y, 1 - x - y))[:2]))
    edge = Series("", ((0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (0.0, 0.0)), "∙")
    curve = Series("a solution", tuple(solution), "·", "solid")
    points = _points(
        [((float(one.strategy[first]), float(one.strategy[second])), one.stability) for one in rest]
    )
    return Plot(
        f"share of {second}",
        f"share of {first} (the rest: {third})",
        (*points, curve, edge),
        across=(0.0, 1.0),
        arrows=tuple(arrow for arrow in arrows if arrow is not None),
    )


def of_two_populations(game: NormalGame, rest: Sequence[RestPair]) -> Plot | None:
    """The picture of two populations with two strategies each; None for others."""
    if game.shape != (2, 2):
        return None
    (first, second), (row, column) = game.strategies[0], game.strategies[1]
    a, b = both_scaled(game)
    arrows = []
    for i in range(_FIELD):
        for j in range(_FIELD):
            x, y = (i + 0.5) / _FIELD, (j + 0.5) / _FIELD
            speeds = pair_velocity(a, b, (x, 1 - x), (y, 1 - y))
            arrows.append(_arrow((x, y), (speeds[0][0], speeds[1][0])))
    one, other = game.players
    places = [
        (
            (float(each.strategies[one][first]), float(each.strategies[other][row])),
            each.stability,
        )
        for each in rest
    ]
    return Plot(
        f"{other}: share of {row} (the rest: {column})",
        f"{one}: share of {first} (the rest: {second})",
        tuple(_points(places)),
        across=(0.0, 1.0),
        arrows=tuple(arrow for arrow in arrows if arrow is not None),
    )


def of_learning(game: NormalGame, told: FictitiousPlay) -> Plot:
    """How often each strategy was chosen up to each period (of two strategies, the first)."""
    a, b = game.matrix(0), [list(column) for column in zip(*game.matrix(1), strict=True)]
    path = [
        run.profile for run in play(a, b, told.periods, lambda: None) for _ in range(run.length)
    ]
    times = sorted({max(round(1.12**k), 1) for k in range(200) if 1.12**k <= told.periods})
    series = []
    marks = iter("*+ox#%@&abcdefghijklmnopqrstuvwxyz")
    first, second = game.strategies
    alike = all(first[own] == second[other] for own, other in path)
    for side, (player, names) in enumerate(zip(game.players, game.strategies, strict=True)):
        if side == 1 and alike:
            break
        for i, name in enumerate(names[:1] if len(names) == 2 else names):
            counts = list(accumulate(int(one[side] == i) for one in path))
            points = tuple((float(t), counts[t - 1] / t) for t in times)
            series.append(
                Series(f"{'both' if alike else player}: {name}", points, next(marks, "·"), "solid")
            )
    return Plot("frequency", "period", tuple(series[:8]), until=float(told.periods))


def _arrow(at: Place, speed: Sequence[float], length: float = 0.03) -> Arrow | None:
    size = hypot(*speed)
    if size < 1e-9:
        return None
    x, y = at
    return Arrow(at, (x + length * speed[0] / size, y + length * speed[1] / size))


def _points(told: Sequence[tuple[Place, str]]) -> list[Series]:
    """Rest points, a mark to each stability."""
    return [
        Series(f"{name} rest point", tuple(at for at, one in told if one == name), mark, "points")
        for name, mark in MARKS.items()
        if any(one == name for _, one in told)
    ]
