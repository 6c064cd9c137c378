"""The columns a sweep is written in."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from alliance_games.exact.numerals import number
from alliance_games.parametric.sweeps.rows import BLANK, COVERAGES, KINDS, STATUSES

if TYPE_CHECKING:
    from alliance_games.parametric.sweeps.sweep import Part, Sweep

FLAGS = ("no", "yes")


class Column(NamedTuple):
    """One column of some rows.

    ``kind`` says what ``data`` is: ``whole`` (integers, BLANK where there is none), ``decimal``
    (floats, not a number where there is none), ``words`` (a list of texts), ``coded`` (integers
    that are places in ``vocabulary``, BLANK where there is none), or ``numerals`` (the same, the
    vocabulary being whole numbers and ''). ``at`` gives for each row the
    place of its entry in ``data``; None where the entries are the rows' own.
    """

    name: str
    kind: str
    data: Any
    vocabulary: tuple[str, ...] = ()
    at: Any = None

    def each(self) -> list[Any]:
        """The entries of the rows: ints, floats or texts, None where there is none."""
        data = self.data
        if self.kind == "words":
            return data if self.at is None else [data[place] for place in self.at.tolist()]
        entries = (data if self.at is None else data[self.at]).tolist()
        if self.kind == "decimal":
            return [None if entry != entry else entry for entry in entries]
        if self.kind in ("coded", "numerals"):
            read = int if self.kind == "numerals" else str
            names = [read(name) if name else None for name in self.vocabulary]
            return [None if entry == BLANK else names[entry] for entry in entries]
        return [None if entry == BLANK else entry for entry in entries]


def names(sweep: Sweep) -> tuple[str, ...]:
    """The names of the columns, in order."""
    varied = sweep.points.names
    fixed = (
        "equilibrium", "kind", "corner", "dimension", *sweep.strategies,
        *(f"payoff.{player}" for player in sweep.players), "index",
        *(("payoff_dominant", "risk_dominant") if sweep.selects else ()),
        "status", "coverage", "problem",
    )  # fmt: skip
    taken = {"case", *fixed}
    head = ["case", *(["line"] if sweep.points.has_lines else [])]
    for name in (*varied, *sweep.points.kept_names):
        head.append(f"parameter.{name}" if name in taken else name)
        taken.add(head[-1])
    return (*head, *fixed)


def columns(sweep: Sweep, part: Part) -> list[Column]:
    """The columns of a part of the rows, as ``names`` calls them."""
    rows, chunk = part.rows, part.chunk
    at = rows.point
    first = np.arange(chunk.first, chunk.first + chunk.size, dtype=np.int64)
    found = [Column("", "whole", first, (), at)]
    if sweep.points.has_lines:
        found.append(Column("", "whole", np.array(chunk.lines, dtype=np.int64), (), at))
    if sweep.exact:
        points = [
            {} if place in chunk.faults else chunk.exact(place) for place in range(chunk.size)
        ]
        for name in sweep.points.names:
            found.append(
                Column("", "words", [_number(point.get(name)) for point in points], (), at)
            )
    else:
        for name in sweep.points.names:
            found.append(Column("", "decimal", chunk.near[name].spread(chunk.size).value, (), at))
    found += [Column("", "words", texts, (), at) for _, texts in chunk.kept]
    found += [
        Column("", "numerals", rows.number, ("", *map(str, range(1, int(_most(rows.number)) + 1)))),
        Column("", "coded", rows.kind, KINDS),
        Column("", "numerals", rows.corner, ("", *map(str, range(1, int(_most(rows.corner)) + 1)))),
        _small(np.where(rows.number > 0, rows.dimension, BLANK)),
    ]
    for table in (rows.chances, rows.payoffs):
        for k in range(table.shape[1]):
            if sweep.exact:
                found.append(
                    Column("", "words", [_number(entry) for entry in table[:, k].tolist()])
                )
            else:
                found.append(Column("", "decimal", table[:, k]))
    found.append(_small(rows.index))
    if sweep.selects:
        found.append(Column("", "coded", rows.payoff_dominant, FLAGS))
        found.append(Column("", "coded", rows.risk_dominant, FLAGS))
    found.append(Column("", "coded", rows.status, STATUSES))
    found.append(Column("", "coded", rows.coverage, COVERAGES))
    used, told = np.unique(rows.problem, return_inverse=True)
    texts = tuple(part.problems[code] for code in used.tolist())
    found.append(Column("", "coded", told.reshape(-1), texts))
    return [column._replace(name=name) for column, name in zip(found, names(sweep), strict=True)]


def _small(numbers: Any) -> Column:
    """A column of few different whole numbers."""
    known = numbers[numbers != BLANK]
    if not len(known):
        return Column("", "numerals", np.full(len(numbers), BLANK), ("",))
    low, high = int(known.min()), int(known.max())
    codes = np.where(numbers == BLANK, BLANK, numbers - low)
    return Column("", "numerals", codes, tuple(map(str, range(low, high + 1))))


def _most(numbers: Any) -> int:
    return int(numbers.max()) if len(numbers) else 0


def _number(entry: Fraction | None) -> str:
    return "" if entry is None else number(entry)
