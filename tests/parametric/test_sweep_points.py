"""Grids and rows of data: the points are the exact ones, in order, and faults have their lines."""

from __future__ import annotations

import io
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_games.parametric.sweeps.data import Data, FaultyData
from alliance_games.parametric.sweeps.points import Axis, Chunk, Grid
from alliance_games.reading.formula import read_formula

fractions = st.fractions(-100, 100, max_denominator=60)


def holds(chunk: Chunk) -> None:
    """The floats of every point are within their errors of the exact values."""
    for place in range(chunk.size):
        if place in chunk.faults:
            continue
        for name, value in chunk.exact(place).items():
            near = chunk.near[name]
            gap = abs(Fraction(float(near.value[place])) - value)
            assert gap <= Fraction(float(near.error[place]))


@given(fractions, fractions, st.integers(1, 40))
def test_an_even_axis_has_both_ends_and_even_steps(
    start: Fraction, stop: Fraction, count: int
) -> None:
    axis = Axis.even("x", start, stop, count)
    values = [axis.value(k) for k in range(count)]
    assert values[0] == start
    if count > 1:
        assert values[-1] == stop
        assert len({b - a for a, b in pairwise(values)}) == 1
    holds(next(Grid((axis,)).chunks()))


def test_whole_steps_are_exact_floats() -> None:
    near = Axis.even("x", Fraction(0), Fraction(8), 17).near(np.arange(17))
    assert near.error.tolist() == [0.0] * 17
    tenths = Axis.even("x", Fraction(0), Fraction(1), 11).near(np.arange(11))
    assert [error == 0 for error in tenths.error.tolist()] == [k in (0, 5, 10) for k in range(11)]


def test_huge_numbers_are_kept() -> None:
    axis = Axis.even("x", Fraction(10) ** 30, Fraction(10) ** 30 + 2, 3)
    assert axis.value(1) == 10**30 + 1
    holds(next(Grid((axis,)).chunks()))


@given(st.integers(1, 5), st.integers(1, 5), st.integers(1, 7))
def test_chunks_of_a_plane_join_to_all_its_points(m: int, n: int, size: int) -> None:
    grid = Grid(
        (Axis.even("x", Fraction(0), Fraction(1), m), Axis.of("y", [Fraction(k) for k in range(n)]))
    )
    found = []
    for chunk in grid.chunks(size):
        assert chunk.first == len(found) + 1
        holds(chunk)
        found += [tuple(chunk.exact(k).values()) for k in range(chunk.size)]
    xs = [grid.axes[0].value(k) for k in range(m)]
    assert found == [(x, Fraction(y)) for x in xs for y in range(n)]


TABLE = """\
id,a,b,name
1,0.1,2,"x, y"
2,1/3,4,"two
lines"
3,-1e-3,0.25,z
"""


def data(text: str, skip: bool = False, kept: tuple[str, ...] = (), **formulas: str) -> Data:
    mapping = {name: read_formula(formula) for name, formula in formulas.items()}
    return Data(io.StringIO(text, newline=""), mapping, kept, skip)


def test_columns_become_parameters_exactly() -> None:
    (chunk,) = data(TABLE, kept=("name",), p="a / b", q="max(a, b) - 0.1").chunks()
    assert chunk.exact(0) == {"p": Fraction(1, 20), "q": Fraction(19, 10)}
    assert chunk.exact(1) == {"p": Fraction(1, 12), "q": Fraction(39, 10)}
    assert chunk.exact(2) == {"p": Fraction(-1, 250), "q": Fraction(3, 20)}
    assert chunk.lines == (2, 3, 5)
    assert chunk.kept == (("name", ["x, y", "two\nlines", "z"]),)
    holds(chunk)


@given(st.lists(st.tuples(st.floats(-1e9, 1e9), st.integers(-(10**9), 10**9)), min_size=1))
def test_columns_of_floats_and_integers_hold(rows: list[tuple[float, int]]) -> None:
    text = "a,b\n" + "".join(f"{a!r},{b}\n" for a, b in rows)
    (chunk,) = data(text, p="a", q="b", r="a * b").chunks()
    holds(chunk)
    assert (chunk.near["q"].error == 0).all()


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a\n1\n\nNA\n", 4, "column 'a': 'NA' is not a number"),
        ("a,b\n1,2\n,3\n", 3, "column 'a' is empty"),
        ("a\n1\nnan\n", 3, "'nan' is not a number"),
        ("a\n1\ninf\n", 3, "'inf' is not a number"),
        ("a\n1_000\n", 2, "column 'a'"),
        ("a\n1,2\n", 2, "2 fields instead of 1"),
        ("a\n1\n0\n", 3, "p = 1 / a: division by zero: a is 0"),
        ('a\n1\n"2\n', 3, "unexpected end of data"),
    ],
)
def test_a_faulty_row_is_told_with_its_line(text: str, line: int, words: str) -> None:
    with pytest.raises(FaultyData) as raised:
        list(data(text, p="1 / a").chunks())
    assert raised.value.faults[0][0] == line
    assert words in raised.value.faults[0][1]


def test_faulty_rows_may_be_skipped_and_the_rest_stands() -> None:
    (chunk,) = data("a\n1\nNA\n0\n4\n", skip=True, p="1 / a").chunks()
    assert sorted(chunk.faults) == [1, 2]
    assert np.isnan(chunk.near["p"].value).tolist() == [False, True, True, False]
    assert chunk.exact(3) == {"p": Fraction(1, 4)}
    holds(chunk)


def test_a_head_that_does_not_fit_is_told_even_where_faults_are_skipped() -> None:
    for text, words in (
        ("", "empty"),
        ("aa\n1\n", "there is no column 'a'; did you mean 'aa'?"),
        ("a,a\n1,2\n", "2 columns are called 'a'"),
    ):
        with pytest.raises(FaultyData, match=r"line 1") as raised:
            data(text, skip=True, p="1 / a")
        assert words in str(raised.value)


def test_a_root_is_an_approximation_and_said_to_be_one() -> None:
    (chunk,) = data("a\n4\n2\n", p="sqrt(a)").chunks()
    assert chunk.exact(0) == {"p": Fraction(2)}
    assert chunk.numeric is not None and chunk.numeric.tolist() == [False, True]
    assert abs(float(chunk.exact(1)["p"]) - 2**0.5) < 1e-15


def test_rows_are_read_as_they_are_needed() -> None:
    """A table without an end: no more of it is read than a chunk."""

    class Endless(io.TextIOBase):
        lines = 0

        def __iter__(self) -> Endless:
            return self

        def __next__(self) -> str:
            self.lines += 1
            return "a\n" if self.lines == 1 else "1\n"

    stream = Endless()
    table = Data(stream, {"p": read_formula("a")})  # type: ignore[arg-type]
    chunk = next(table.chunks(100))
    assert chunk.size == 100
    assert stream.lines == 101
