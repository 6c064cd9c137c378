"""The error of every computation holds its true value, and is 0 where nothing was rounded."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from alliance_games.parametric.sweeps.near import UNKNOWN, Near, choose, larger

numbers = st.one_of(
    st.integers(-50, 50).map(Fraction),
    st.fractions(-100, 100, max_denominator=1000),
    st.floats(-1e6, 1e6, allow_nan=False).map(Fraction),
    st.sampled_from([Fraction(10) ** 16 + 1, Fraction(1, 10**30), Fraction(2) ** 60]),
)
operations = st.recursive(
    numbers.map(lambda value: (value, Near.of(value))),
    lambda inner: st.tuples(st.sampled_from("+-*/m^"), inner, inner).map(lambda t: combined(*t)),
    max_leaves=12,
)


def combined(
    sign: str, first: tuple[Fraction | None, Near], second: tuple[Fraction | None, Near]
) -> tuple[Fraction | None, Near]:
    """An operation on the exact values (None: there is none) and on their floats."""
    (a, x), (b, y) = first, second
    known = a is not None and b is not None
    with np.errstate(all="ignore"):
        match sign:
            case "+":
                return (a + b if known else None), x + y  # type: ignore[operator]
            case "-":
                return (a - b if known else None), x - y  # type: ignore[operator]
            case "*":
                return (a * b if known else None), x * y  # type: ignore[operator]
            case "/":
                return (a / b if known and b else None), x / y  # type: ignore[operator]
            case "m":
                return (max(a, b) if known else None), larger(x, y)  # type: ignore[type-var]
            case _:
                return (a**3 if a is not None else None), x.power(3)


@settings(max_examples=600)
@given(operations)
def test_the_truth_lies_within_the_error(pair: tuple[Fraction | None, Near]) -> None:
    truth, near = pair
    if not np.isfinite(near.error):
        assert near.signs() == UNKNOWN
        return
    # A finite error promises a value: a division by what may be zero has none.
    assert truth is not None
    assert abs(Fraction(float(near.value)) - truth) <= Fraction(float(near.error))
    sign = int(near.signs())
    if sign != UNKNOWN:
        assert sign == (truth > 0) - (truth < 0)


@given(st.integers(-1000, 1000), st.integers(-1000, 1000), st.integers(-1000, 1000))
def test_whole_numbers_are_exact(a: int, b: int, c: int) -> None:
    x, y, z = Near.of(a), Near.of(b), Near.of(c)
    result = x * y - z * z + x
    assert result.error == 0
    assert result.value == a * b - c * c + a


def test_a_zero_that_was_rounded_is_not_known_to_be_one() -> None:
    tenth = Near.of(Fraction(1, 10))
    assert (tenth + tenth + tenth - Near.of(Fraction(3, 10))).signs() == UNKNOWN
    half = Near.of(Fraction(1, 2))
    assert (half + half - Near.of(1)).signs() == 0


def test_nothing_is_known_of_a_division_by_what_may_be_zero_or_of_an_overflow() -> None:
    with np.errstate(all="ignore"):
        third = Near.of(Fraction(1, 3))
        nothing = Near.of(1) / (third + third + third - Near.of(1))
        assert nothing.signs() == UNKNOWN
        assert (nothing * Near.of(0)).signs() == UNKNOWN
        assert (Near.of(10**300) * Near.of(10**300)).signs() == UNKNOWN
        assert Near.of(10**400).signs() == UNKNOWN


def test_a_choice_that_is_not_decided_gives_nothing() -> None:
    yes, no = np.array([True, False, False]), np.array([False, True, False])
    found = choose(yes, no, Near.of(1), Near.of(-1))
    assert found.signs().tolist() == [1, -1, UNKNOWN]


def test_trust_asks_for_more_than_the_sign() -> None:
    near = Near(np.array([1.0, 1.0]), np.array([1e-16, 1e-3]))
    assert near.signs().tolist() == [1, 1]
    assert near.signs(2.0**40).tolist() == [1, UNKNOWN]
