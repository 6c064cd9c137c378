"""Numbers written many at a time are the numbers."""

from __future__ import annotations

import csv
import io

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from alliance_games.parametric.sweeps.columns import Column
from alliance_games.parametric.sweeps.rows import BLANK
from alliance_games.render.decimals import beside, decimal, text_of, whole
from alliance_games.render.delimited import Csv

floats = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False),
    st.floats(-2, 2),
    st.integers(-(10**9), 10**9).map(float),
    st.sampled_from([0.0, -0.0, 1e-3, 999.9999999999999, 1e3, 1e6, 1e9, 1 / 3, 0.1, -0.25]),
)


def written(values: list[float]) -> list[str]:
    field = decimal(np.array(values, dtype=np.float64))
    return text_of(beside([field], b"\n")).decode().split("\n")[:-1]


@given(st.lists(floats, min_size=1, max_size=40))
def test_a_decimal_is_its_number_rounded(values: list[float]) -> None:
    for value, text in zip(values, written(values), strict=True):
        near = float(text)
        assert abs(near - value) <= max(5.1e-13, 6e-12 * abs(value))
        if 1e-3 <= abs(value) < 1e3:
            assert abs(near - value) <= 5.1e-13 + 2e-16 * abs(value)
        if value == int(value) and abs(value) < 1e9:
            assert text == str(int(value))
        if "." in text and "e" not in text:
            assert not text.endswith("0") and not text.endswith(".")


def test_what_is_not_a_number_is_blank() -> None:
    assert written([1.0, float("nan"), -0.5]) == ["1", "", "-0.5"]


@given(st.lists(st.integers(-(10**11), 10**11), min_size=1))
def test_whole_numbers(values: list[int]) -> None:
    field = whole(np.array([*values, BLANK], dtype=np.int64), BLANK)
    expected = ["" if value == BLANK else str(value) for value in [*values, BLANK]]
    assert text_of(beside([field], b"\n")).decode().split("\n")[:-1] == expected


def test_codes_and_words() -> None:
    stream = io.BytesIO()
    codes = np.array([1, 0, BLANK, 2])
    columns = [
        Column("c", "coded", codes, ("no", "y,es", "")),
        Column("d", "numerals", codes, ("", "1", "2")),
        Column("w", "words", ["a", "", 'lon"ger', "d"]),
    ]
    Csv(stream, ["c", "d", "w"]).write(columns, 4)
    assert stream.getvalue() == b'c,d,w\n"y,es",1,a\nno,,\n,,"lon""ger"\n,2,d\n'
    assert columns[0].each() == ["y,es", "no", None, None]
    assert columns[1].each() == [1, None, None, 2]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00")),
                min_size=1, max_size=20))  # fmt: skip
def test_texts_come_back_from_the_csv(texts: list[str]) -> None:
    stream = io.BytesIO()
    at = np.arange(len(texts))[::-1]
    Csv(stream, ["a,b", "n"]).write(
        [Column("a,b", "words", texts, (), at), Column("n", "whole", np.arange(len(texts)))],
        len(texts),
    )
    rows = list(csv.reader(io.StringIO(stream.getvalue().decode(), newline="")))
    assert rows[0] == ["a,b", "n"]
    assert [row[0] for row in rows[1:]] == texts[::-1]
