"""A sweep drawn: probabilities and payoffs along one parameter, regions over two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from alliance_games.parametric.sweeps.ordinary import Choice
from alliance_games.parametric.sweeps.rows import BLANK, COMPONENT, NONE, STATUSES
from alliance_games.report.blocks import (
    Block,
    Document,
    Key,
    Map,
    Note,
    Plot,
    Region,
    Series,
    text,
)
from alliance_games.report.sweep import heading, stopped

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from alliance_games.parametric.sweeps.outline import Outline

    Floats = NDArray[np.float64]

MOST_PANELS = 8
"""Plots of probabilities that are drawn unasked; `--of` names others."""

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
NOTHING = "·"
"""The letter of points that are not allowed, or have no game."""

_STABLE, _UNSTABLE, _NEITHER = "●■▲◆", "○□△◇", "+x*#"


class NothingToDraw(Exception):
    """A sweep that cannot be drawn, and why."""


class Branch(NamedTuple):
    """Rows that continue each other along the axis."""

    pattern: int
    nash_index: int
    rows: list[int]


def build(whole: Outline, of: Sequence[str] = ()) -> Document:
    """The plots of a sweep along one parameter, or the map of one over two.

    ``of`` names columns of probabilities and payoffs to be drawn. Raises NothingToDraw.
    """
    blocks = heading(whole.sweep)
    for axis, values in zip(whole.grid.axes, whole.values, strict=True):
        if len(set(values.tolist())) < 2:
            raise NothingToDraw(f"{axis.name} takes one value only: a plot needs two or more")
    if len(whole.grid.axes) == 1:
        blocks += _plots(whole, of)
    else:
        blocks += _maps(whole)
    return Document(whole.sweep.study.title, (*blocks, *stopped(whole.sweep)))


def _plots(whole: Outline, of: Sequence[str]) -> list[Block]:
    sweep = whole.sweep
    strategies = list(sweep.strategies)
    payoffs = [f"payoff.{player}" for player in sweep.players]
    for name in of:
        if name not in strategies and name not in payoffs:
            known = ", ".join((*strategies, *payoffs))
            raise NothingToDraw(f"there is no column '{name}' to draw; there are {known}")
    wanted = list(of) or _panels(sweep.choices) + payoffs
    drawn = list(branches(whole))
    blocks: list[Block] = []
    for name in wanted:
        if name in strategies:
            column = whole.chances[:, strategies.index(name)]
            blocks.append(_plot(whole, drawn, column, _of_chance(sweep.choices, name), (0.0, 1.0)))
        else:
            column = whole.payoffs[:, payoffs.index(name)]
            player = sweep.players[payoffs.index(name)]
            blocks.append(_plot(whole, drawn, column, f"Payoff of {player}", None))
    gone = sorted({whole.patterns[1][k] for k in set(whole.patterns[0][whole.rows.kind == NONE])})
    blocks += [Note(text(f"Not drawn: {name}")) for name in gone]
    return blocks


def _panels(choices: Sequence[Choice]) -> list[str]:
    """The probabilities drawn unasked: all strategies of a choice but the last."""
    names = [name for choice in choices for name in choice.columns[:-1]]
    return names[:MOST_PANELS]


def _of_chance(choices: Sequence[Choice], name: str) -> str:
    for choice in choices:
        if name in choice.columns:
            option = choice.options[choice.columns.index(name)]
            return f"Probability that {choice.name} plays {option}"
    raise ValueError(name)


def branches(whole: Outline) -> Iterator[Branch]:
    """The rows of isolated equilibria, joined from point to point where the same strategies are
    used and the index is the same; those of continua are left out."""
    rows = whole.rows
    patterns, _ = whole.patterns
    order = np.argsort(whole.values[0], kind="stable")
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    going: dict[tuple[int, int, int], tuple[int, list[int]]] = {}
    done: list[Branch] = []
    at = rank[rows.point]
    occurrence: dict[tuple[int, int, int], int] = {}
    for row in np.argsort(at, kind="stable").tolist():
        if rows.kind[row] in (NONE, COMPONENT):
            continue
        place, pattern, index = int(at[row]), int(patterns[row]), int(rows.index[row])
        seen = occurrence.get((place, pattern, index), 0)
        occurrence[place, pattern, index] = seen + 1
        key = (pattern, index, seen)
        if key in going and going[key][0] < place - 1:
            done.append(Branch(pattern, index, going.pop(key)[1]))
        _, members = going.get(key, (0, []))
        members.append(row)
        going[key] = (place, members)
    done += [Branch(key[0], key[1], members) for key, (_, members) in going.items()]
    yield from sorted(done, key=lambda one: (one.pattern, -one.nash_index, one.rows[0]))


def _plot(
    whole: Outline,
    drawn: Sequence[Branch],
    column: Floats,
    name: str,
    upward: tuple[float, float] | None,
) -> Plot:
    xs = whole.values[0][whole.rows.point]
    keys = list(dict.fromkeys((one.pattern, one.nash_index) for one in drawn))
    series = []
    for one in drawn:
        mark, style = _marked(keys, one.pattern, one.nash_index)
        points = tuple((float(xs[row]), float(column[row])) for row in one.rows)
        series.append(Series(_named(whole, one), points, mark, style))
    regions, segments = _continua(whole, xs, column)
    if upward is None:
        known = column[~np.isnan(column)]
        low, high = (float(known.min()), float(known.max())) if len(known) else (0.0, 1.0)
        upward = _rounded(low, high)
    axis = whole.grid.axes[0]
    span = (float(whole.values[0].min()), float(whole.values[0].max()))
    return Plot(
        name, axis.name, (*series, *segments), across=span, upward=upward, regions=tuple(regions)
    )


def _rounded(low: float, high: float) -> tuple[float, float]:
    from math import ceil, floor, log10

    if high == low:
        margin = abs(low) * 0.1 or 1.0
        low, high = low - margin, high + margin
    step = 10.0 ** floor(log10(high - low)) / 2
    return floor(low / step + 1e-9) * step, ceil(high / step - 1e-9) * step


def _named(whole: Outline, one: Branch) -> str:
    name = whole.patterns[1][one.pattern]
    if one.nash_index == 1:
        return f"{name}, stable (index +1)"
    if one.nash_index == -1:
        return f"{name}, unstable (index -1)"
    return name if one.nash_index == BLANK else f"{name} (index {one.nash_index:+})"


def _marked(keys: Sequence[tuple[int, int]], pattern: int, index: int) -> tuple[str, str]:
    """The sign and the style of a branch: stable ones full and solid, unstable ones hollow and
    dashed; later ones are letters."""
    alike = [key for key in keys if _rank(key[1]) == _rank(index)]
    place = alike.index((pattern, index))
    if index == BLANK:
        return (_NEITHER[place] if place < len(_NEITHER) else LETTERS[place]), "solid"
    signs, style = (_STABLE, "solid") if index > 0 else (_UNSTABLE, "dashed")
    return (signs[place] if place < len(signs) else LETTERS[place]), style


def _rank(index: int) -> int:
    """Stable (1), not (0), or not known (-1)."""
    return -1 if index == BLANK else int(index > 0)


def _continua(whole: Outline, xs: Floats, column: Floats) -> tuple[list[Region], list[Series]]:
    """Continua as what they cover: an area where they last, an upright line at a single point.

    A component is connected, so that it covers all between its least and its greatest corner.
    """
    rows = whole.rows
    patterns, names = whole.patterns
    spans: dict[int, list[tuple[float, float, float]]] = {}
    places = np.flatnonzero(rows.kind == COMPONENT)
    keys = rows.point[places] * 1_000 + rows.number[places]
    for key in np.unique(keys).tolist():
        members = places[_equal(keys, key)]
        own = column[members]
        low, high = float(np.nanmin(own)), float(np.nanmax(own))
        spans.setdefault(int(patterns[members[0]]), []).append((float(xs[members[0]]), low, high))
    step = float(np.diff(np.unique(whole.values[0])).max()) * 1.5
    regions, segments = [], []
    for pattern, found in sorted(spans.items()):
        found.sort()
        run: list[tuple[float, float, float]] = []
        for one in [*found, (float("inf"), 0.0, 0.0)]:
            if run and one[0] - run[-1][0] > step:
                if len(run) == 1:
                    x, low, high = run[0]
                    segments.append(Series(names[pattern], ((x, low), (x, high)), "|", "dotted"))
                else:
                    lower = tuple((x, low) for x, low, _ in run)
                    upper = tuple((x, high) for x, _, high in reversed(run))
                    if all(low == high for _, low, high in run):
                        segments.append(Series(names[pattern], lower, ":", "dotted"))
                    else:
                        regions.append(Region(names[pattern], lower + upper, "░"))
                run = []
            run.append(one)
    return regions, segments


def _equal(keys: NDArray[np.int64], key: int) -> slice:
    """Where a key stands among ascending ones."""
    return slice(int(np.searchsorted(keys, key)), int(np.searchsorted(keys, key, side="right")))


def _maps(whole: Outline) -> list[Block]:
    """Which equilibria there are over the plane, and which of them is risk-dominant."""
    blocks: list[Block] = [_map(whole, whole.sets, "Sets of equilibria")]
    for flags, title in (
        (whole.rows.risk_dominant, "Risk-dominant equilibrium"),
        (whole.rows.payoff_dominant, "Payoff-dominant equilibrium"),
    ):
        classes = whole.selected(flags)
        if sum(not _outside(name) for name in classes[1]) > 1:
            blocks.append(_map(whole, classes, title))
    return blocks


def _outside(name: str) -> bool:
    """Whether a class of points is no set of equilibria but a reason why there is none."""
    return name.startswith(tuple(f"{word}:" for word in STATUSES))


def _map(whole: Outline, classes: tuple[NDArray[np.int64], list[str]], title: str) -> Map:
    found, names = classes
    first, second = whole.grid.axes
    table = found.reshape(first.count, second.count)
    ys, rows = np.unique(whole.values[1], return_index=True)
    xs, columns = np.unique(whole.values[0], return_index=True)
    letters, legend = [], []
    counts = np.bincount(found[found >= 0], minlength=len(names)).tolist()
    outside = list(map(_outside, names))
    free = iter(LETTERS)
    for name, count, out in zip(names, counts, outside, strict=True):
        letter = NOTHING if out else next(free, "?")
        letters.append(letter)
        points = "1 point" if count == 1 else f"{count:,} points"
        legend.append((letter, f"{name} ({points})"))
    letters.append(" ")
    cells = tuple("".join(letters[code] for code in table[columns, row].tolist()) for row in rows)
    keys = [Key(letter, text(words)) for letter, words in legend if letter != NOTHING]
    aside = "; ".join(words for letter, words in legend if letter == NOTHING)
    if aside:
        keys.append(Key(NOTHING, text(aside)))
    return Map(
        second.name, first.name, tuple(ys.tolist()), tuple(xs.tolist()), cells, tuple(keys),
        title=title,
    )  # fmt: skip
