"""The points of a sweep that a table of data gives, row by row, in constant memory.

A column of the file becomes a parameter by a formula of our own grammar over the names of columns:
``power = cinc_a / (cinc_a + cinc_b)``. Numbers are read exactly.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, TextIO

import numpy as np

from alliance_games.exact.evaluate import Environment, EvaluationError, evaluate_number
from alliance_games.exact.expression import Expression, names, to_text
from alliance_games.exact.words import did_you_mean
from alliance_games.parametric.sweeps.formulas import NotVectorised, check, settled, values
from alliance_games.parametric.sweeps.near import Near
from alliance_games.parametric.sweeps.points import CHUNK, Chunk
from alliance_games.reading.numbers import read_number
from alliance_games.reading.tokens import FormulaError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]

_PLAIN = r"[+-]?(?:[0-9]{1,40}\.?[0-9]{0,40}|\.[0-9]{1,40})(?:[eE][+-]?[0-9]{1,2})?"
_ALL_PLAIN = re.compile(rf"(?:{_PLAIN}\n)*")
_ROUNDING = 2.0**-53
_SURE = 15  # decimal digits that a float tells apart

MOST_SHOWN = 20
"""Faulty rows that are told of before the work stops."""


class FaultyData(Exception):
    """Rows, or the head, of a table that cannot be used: each by its line, and why."""

    def __init__(self, faults: Sequence[tuple[int, str]]) -> None:
        super().__init__("; ".join(f"line {line}: {why}" for line, why in faults))
        self.faults = tuple(faults)


@dataclass
class Data:
    """A table of data with what becomes of its columns.

    ``mapping`` holds the parameters (or entries) with their formulas over columns. ``kept_names``
    are columns whose text is carried along. ``skip`` makes a faulty row a point that says why,
    instead of raising FaultyData; a head that does not fit always raises.
    """

    stream: TextIO
    mapping: Mapping[str, Expression]
    kept_names: tuple[str, ...] = ()
    skip: bool = False
    delimiter: str = ","
    size: None = None
    has_lines = True
    header: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self._reader = csv.reader(self.stream, delimiter=self.delimiter, strict=True)
        head = self._next_rows(1)
        if not head:
            raise FaultyData([(1, "the table is empty: its first line names the columns")])
        self.header = tuple(name.strip() for name in head[0][1])
        faults = [(1, why) for name in self.used + self.kept_names if (why := self._unfit(name))]
        if faults:
            raise FaultyData(list(dict.fromkeys(faults)))

    def _unfit(self, name: str) -> str:
        number = self.header.count(name)
        if number == 1:
            return ""
        if number:
            return f"{number} columns are called '{name}'"
        hint = did_you_mean(name, self.header) or f"there are {', '.join(self.header)}"
        return f"there is no column '{name}'; {hint}"

    @property
    def names(self) -> tuple[str, ...]:
        """The parameters that the data give."""
        return tuple(self.mapping)

    @cached_property
    def used(self) -> tuple[str, ...]:
        """The columns that the formulas use."""
        return tuple(dict.fromkeys(n for f in self.mapping.values() for n in sorted(names(f))))

    @cached_property
    def _vectorised(self) -> dict[str, Expression]:
        """The formulas that can be evaluated over arrays."""
        found = {}
        for name, formula in self.mapping.items():
            try:
                ready = settled(formula, {})
                check(ready, frozenset(self.used))
            except NotVectorised:
                continue
            found[name] = ready
        return found

    def chunks(self, size: int = CHUNK) -> Iterator[Chunk]:
        """All rows, a chunk at a time. Raises FaultyData unless faulty ones are skipped."""
        first = 1
        while rows := self._next_rows(size):
            chunk = self._chunk(first, rows)
            if chunk.faults and not self.skip:
                told = [(rows[place][0], why) for place, why in sorted(chunk.faults.items())]
                raise FaultyData(told[:MOST_SHOWN])
            yield chunk
            first += len(rows)

    def _next_rows(self, size: int) -> list[tuple[int, list[str]]]:
        """The next rows, each with its line; empty lines are passed over."""
        rows: list[tuple[int, list[str]]] = []
        before = self._reader.line_num
        try:
            for row in islice(self._reader, size):
                if row:
                    rows.append((before + 1, row))
                before = self._reader.line_num
        except (csv.Error, UnicodeDecodeError) as error:
            why = "it is not UTF-8 text" if isinstance(error, UnicodeDecodeError) else str(error)
            raise FaultyData([(before + 1, why)]) from error
        return rows

    def _chunk(self, first: int, rows: Sequence[tuple[int, list[str]]]) -> Chunk:
        width = len(self.header)
        faults = {
            place: f"{len(row)} fields instead of {width}"
            for place, (_, row) in enumerate(rows)
            if len(row) != width
        }
        columns = {name: self._texts(name, rows) for name in (*self.used, *self.kept_names)}
        at = {name: _numbers(name, columns[name], faults) for name in self.used}
        exact = self._exactly(columns)
        near: dict[str, Near] = {}
        numeric = np.zeros(len(rows), dtype=np.bool_)
        for name in self.mapping:
            near[name] = self._values(name, at, exact, faults, numeric)
        for number in near.values():
            number.value[list(faults)] = number.error[list(faults)] = np.nan
        return Chunk(
            first,
            len(rows),
            near,
            lambda place: {name: exact(name, place)[0] for name in self.mapping},
            faults,
            tuple((name, columns[name]) for name in self.kept_names),
            tuple(line for line, _ in rows),
            numeric,
        )

    def _texts(self, name: str, rows: Sequence[tuple[int, list[str]]]) -> list[str]:
        place = self.header.index(name)
        return [row[place].strip() if place < len(row) else "" for _, row in rows]

    def _exactly(
        self, columns: Mapping[str, list[str]]
    ) -> Callable[[str, int], tuple[Fraction, bool]]:
        """What gives the exact value of a parameter at a row, and whether it is approximate."""

        def exact(name: str, place: int) -> tuple[Fraction, bool]:
            formula = self.mapping[name]
            numbers = {column: read_number(columns[column][place]) for column in names(formula)}
            environment = Environment(numbers)
            value = evaluate_number(formula, environment)
            return value, environment.numeric

        return exact

    def _values(
        self,
        name: str,
        at: Mapping[str, Near],
        exact: Callable[[str, int], tuple[Fraction, bool]],
        faults: dict[int, str],
        numeric: Flags,
    ) -> Near:
        """A parameter at every row: from arrays where that is certain, else one by one.

        Rows without a value are added to ``faults``, those with approximations to ``numeric``.
        """
        size = len(numeric)
        value, error = np.full(size, np.nan), np.full(size, np.nan)
        if name in self._vectorised:
            with np.errstate(all="ignore"):
                found = values(self._vectorised[name], at).spread(size)
            value, error = found.value.copy(), found.error.copy()
        open_ = ~(np.isfinite(value) & np.isfinite(error))
        for place in np.flatnonzero(open_).tolist():
            if place in faults:
                continue
            try:
                number, approximate = exact(name, place)
            except EvaluationError as fault:
                formula = to_text(self.mapping[name])
                faults[place] = f"{name} = {formula}: {fault.message}"
                continue
            known = Near.of(number)
            value[place], error[place] = known.value, known.error
            numeric[place] |= approximate
        return Near(value, error)


def _numbers(name: str, texts: list[str], faults: dict[int, str]) -> Near:
    """A column of numbers; what is none becomes a fault of its row."""
    joined = "\n".join(texts) + "\n"
    if _ALL_PLAIN.fullmatch(joined):
        value = np.array(list(map(float, texts)), dtype=np.float64)
        lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
        # A decimal of so few digits is a whole number where its float is one.
        sure = (lengths <= _SURE) & (value == np.rint(value))
        return Near(value, np.where(sure, 0.0, np.abs(value) * _ROUNDING))
    known: list[Fraction] = []
    for place, text in enumerate(texts):
        try:
            known.append(read_number(text))
        except FormulaError as error:
            why = f"column '{name}' is empty" if not text else f"column '{name}': {error.message}"
            faults.setdefault(place, why)
            known.append(Fraction(0))
    return Near.each(known)


__all__ = ["Data", "FaultyData"]
