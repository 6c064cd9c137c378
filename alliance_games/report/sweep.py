"""A sweep as a report: what varies, which equilibria hold where, and the rows themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np

from alliance_games.exact.numerals import decimal, number
from alliance_games.parametric.sweeps.points import Axis, Grid
from alliance_games.parametric.sweeps.rows import (
    COMPONENT,
    COVERAGES,
    FAULT,
    NONE,
    STATUSES,
    STOPPED,
    Rows,
)
from alliance_games.report.blocks import (
    Block,
    Column,
    Document,
    Facts,
    Heading,
    Note,
    Piece,
    Table,
    Text,
    text,
)

if TYPE_CHECKING:
    from alliance_games.parametric.sweeps.outline import Outline
    from alliance_games.parametric.sweeps.points import Chunk
    from alliance_games.parametric.sweeps.sweep import Part, Sweep

MOST_ROWS = 60
"""Rows of a table for people; all of them are in the machine formats."""

MOST_RUNS = 40


def heading(sweep: Sweep) -> list[Block]:
    """The title, what varies, and what was found out in all."""
    study = sweep.study
    title = study.title or study.file
    facts: list[tuple[Text, Text]] = []
    if isinstance(sweep.points, Grid):
        facts += [(text(axis.name), text(span(axis))) for axis in sweep.points.axes]
    facts.append((text("Equilibria"), text(sweep.concept)))
    return [Heading(text(f"{title}: a sweep"), 1), Facts(tuple(facts))]


def span(axis: Axis) -> str:
    """``2 to 10 in 9 steps of 1``, or the values listed."""
    if axis.listed:
        shown = ", ".join(number(value) for value in axis.listed[:12])
        return shown + (", ..." if len(axis.listed) > 12 else "")
    if axis.count == 1:
        return number(axis.value(0))
    step = number(axis.value(1) - axis.value(0))
    ends = f"{number(axis.value(0))} to {number(axis.value(axis.count - 1))}"
    return f"{ends} in {axis.count:,} values, {step} apart"


def build(whole: Outline) -> Document:
    """The report of a sweep over a grid."""
    sweep = whole.sweep
    blocks = heading(sweep)
    if len(whole.grid.axes) == 1:
        blocks += _runs(whole)
    else:
        blocks += _sets(whole)
    rows = whole.rows
    shown = rows.take(slice(0, MOST_ROWS))
    blocks.append(Heading(text("Point by point"), 2))
    blocks.append(table(sweep, shown, sweep.problems, partial(_values, whole.grid)))
    if len(rows) > MOST_ROWS:
        more = f"{len(rows) - MOST_ROWS:,} more rows: --format csv writes all of them."
        blocks.append(Note(text(more)))
    blocks += stopped(sweep)
    return Document(sweep.study.title, tuple(blocks))


def build_rows(sweep: Sweep, parts: list[Part], left: int) -> Document:
    """The report of a sweep over data: its first rows."""
    blocks = heading(sweep)
    for part in parts:
        values = partial(_of_chunk, sweep, part.chunk)
        blocks.append(table(sweep, part.rows, part.problems, values))
    if left:
        blocks.append(Note(text(f"{left:,} more rows: --format csv writes all of them.")))
    return Document(sweep.study.title, (*blocks, *stopped(sweep)))


def stopped(sweep: Sweep) -> list[Block]:
    """A warning where the work ended early."""
    if not sweep.stopped:
        return []
    return [Note(text(f"{sweep.stopped}: {sweep.done:,} points are done."), "warning")]


def _values(grid: Grid, point: int) -> list[str]:
    places = grid.places(point)
    return [number(axis.value(k)) for axis, k in zip(grid.axes, places, strict=True)]


def _of_chunk(sweep: Sweep, chunk: Chunk, point: int) -> list[str]:
    line = f"{chunk.lines[point]}"
    if point in chunk.faults:
        return [line, *("" for _ in sweep.points.names)]
    return [line, *(_short(chunk.exact(point)[name]) for name in sweep.points.names)]


def _runs(whole: Outline) -> list[Block]:
    """Along one parameter: from where to where the set of equilibria stays the same."""
    sets, names = whole.sets
    axis = whole.grid.axes[0]
    runs = [(key, list(places)) for key, places in groupby(range(len(sets)), sets.__getitem__)]
    runs = [(key, places) for key, places in runs if key >= 0]
    if len(runs) > MOST_RUNS:
        return []
    rows = []
    for key, places in runs:
        first, last = axis.value(places[0]), axis.value(places[-1])
        where = number(first) if len(places) == 1 else f"{number(first)} to {number(last)}"
        rows.append(((text(where),), (text(f"{len(places):,}"),), (text(names[key]),)))
    head = (
        Column(text(axis.name)),
        Column(text("Points"), "right"),
        Column(text("Equilibria")),
    )
    only = "The points were solved; of what lies between them nothing is claimed."
    return [
        Heading(text("Where which equilibria are"), 2),
        Table(head, tuple(rows)),
        Note(text(only)),
    ]


def _sets(whole: Outline) -> list[Block]:
    """How often each set of equilibria occurs."""
    sets, names = whole.sets
    counts = np.bincount(sets[sets >= 0], minlength=len(names)).tolist()
    rows = tuple(
        ((text(f"{count:,}"),), (text(name),)) for name, count in zip(names, counts, strict=True)
    )[:MOST_RUNS]
    head = (Column(text("Points"), "right"), Column(text("Equilibria")))
    return [Heading(text("Sets of equilibria"), 2), Table(head, rows)]


def table(
    sweep: Sweep, rows: Rows, problems: Sequence[str], values: Callable[[int], list[str]]
) -> Table:
    """Rows for people: mixtures in words, one line for each equilibrium."""
    lines = list(_lines(sweep, rows, problems, values))
    players = list(dict.fromkeys(choice.player for choice in sweep.choices))
    heads = _heads(sweep)
    names = [*heads, *players, "Payoffs", "", "Remark"]
    columns = [Column(text(name), "right" if k < len(heads) else "left")
               for k, name in enumerate(names)]  # fmt: skip
    kept = [k for k in range(len(names)) if not lines or any(line[k] for line in lines)]
    return Table(
        tuple(columns[k] for k in kept),
        tuple(tuple((line[k],) for k in kept) for line in lines),
    )


def _heads(sweep: Sweep) -> list[str]:
    """The columns before those of the players: what varies, of data also the line."""
    return [*(["line"] if sweep.points.has_lines else []), *sweep.points.names]


def _lines(
    sweep: Sweep, rows: Rows, problems: Sequence[str], values: Callable[[int], list[str]]
) -> Iterator[list[Text]]:
    before = -1
    for row in range(len(rows)):
        point = int(rows.point[row])
        head = values(point) if point != before else ["" for _ in _heads(sweep)]
        before = point
        line = [text(value) for value in head]
        if rows.kind[row] == NONE:
            cells = ["" for _ in dict.fromkeys(c.player for c in sweep.choices)]
            yield [
                *line,
                *map(text, cells),
                (),
                (),
                text(Piece(_remark(problems, rows, row), "muted")),
            ]
            continue
        yield [
            *line,
            *_mixtures(sweep, rows.chances[row].tolist()),
            text(", ".join(map(_short, rows.payoffs[row].tolist()))),
            text(_marks(rows, row)),
            text(_remark(problems, rows, row)),
        ]


def _mixtures(sweep: Sweep, chances: list[Any]) -> list[Text]:
    """For each player what she does: ``Stag``, ``0.75 Stag + 0.25 Rabbit``."""
    told: dict[str, list[str]] = {}
    start = 0
    for choice in sweep.choices:
        own = chances[start : start + len(choice.options)]
        start += len(choice.options)
        used = [(p, name) for p, name in zip(own, choice.options, strict=True) if p and p == p]
        words = used[0][1] if len(used) == 1 else " + ".join(f"{_short(p)} {n}" for p, n in used)
        told.setdefault(choice.player, []).append(f"{choice.at}: {words}" if choice.at else words)
    return [text("; ".join(words)) for words in told.values()]


def _marks(rows: Rows, row: int) -> str:
    marks = [
        word
        for flags, word in (
            (rows.payoff_dominant, "payoff-dominant"),
            (rows.risk_dominant, "risk-dominant"),
        )
        if flags[row] == 1
    ]
    return ", ".join(marks)


def _remark(problems: Sequence[str], rows: Rows, row: int) -> str:
    parts = []
    if rows.kind[row] == COMPONENT:
        parts.append(f"corner {rows.corner[row]} of a continuum")
    status, coverage = int(rows.status[row]), int(rows.coverage[row])
    problem = problems[int(rows.problem[row])]
    if rows.kind[row] == NONE and status < STOPPED and not problem:
        parts.append("no equilibrium")
    elif status >= STOPPED and (status != FAULT or not problem):
        problem = f"{STATUSES[status]}: {problem}" if problem else STATUSES[status]
    if problem:
        parts.append(problem)
    if status < STOPPED and coverage > 1:
        parts.append(f"{COVERAGES[coverage]} equilibria")
    return "; ".join(parts)


def _short(value: Any) -> str:
    """A number as a reader likes it: a short fraction, or a few digits."""
    if value is None or value != value:
        return ""
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, Fraction) and value.denominator > 10_000:
        return decimal(value)[0]
    return number(value)
