from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_games.report.words import (
    amount,
    beside,
    both,
    capital,
    count,
    decimal,
    listed,
    many,
    number,
    ordinal,
)


@pytest.mark.parametrize(
    ("value", "shown", "exact"),
    [
        (F(0), "0", True),
        (F(3, 4), "0.75", True),
        (F(-18, 5), "-3.6", True),
        (F(33, 7), "4.714", False),
        (F(23, 54), "0.4259", False),
        (F(1, 3000), "0.0003333", False),
        (F(99999, 100000), "1", False),
        (F(1234567, 2), "617283.5", True),
        (F(200001, 7), "28571.6", False),
        (F(1, 10**12), "1e-12", True),
    ],
)
def test_decimals(value, shown, exact):
    assert decimal(value) == (shown, exact)


@given(st.fractions())
def test_a_decimal_is_within_half_a_unit_of_its_last_place_or_says_it_is_exact(value):
    shown, exact = decimal(value)
    told = F(shown)
    if exact:
        assert told == value
    else:
        assert told != value
        # Four significant digits, or one decimal in numbers from a thousand on.
        error = abs(told - value)
        assert error <= (F(1, 20) if abs(value) >= 1000 else abs(value) / 2000)


def test_an_integer_has_no_decimal_beside_it():
    assert both(F(4)) == "4"
    assert beside(F(4)) == ""


def test_fractions_keep_their_exact_form_and_say_when_the_decimal_is_rounded():
    assert both(F(3, 4)) == "3/4 (0.75)"
    assert both(F(23, 54)) == "23/54 (≈0.4259)"
    assert amount(F(7, 2)) == "7/2"
    assert amount(F(33, 7)) == "33/7 ≈ 4.714"
    assert amount(F(-18, 5)) == "-18/5 = -3.6"


def test_a_number_of_fifty_digits_is_shown_as_the_approximation_it_is():
    root = F(14142135623730950488016887242096980785696718753769, 10**49)
    assert number(root) == "≈1.4142136"
    assert beside(root) == ""


def test_words_for_lists_and_counts():
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b"]) == "a and b"
    assert listed(["a", "b", "c"], "or") == "a, b or c"
    assert count(1, "equilibrium", "equilibria") == "one equilibrium"
    assert count(3, "equilibrium", "equilibria") == "three equilibria"
    assert count(1024, "profile") == "1,024 profiles"
    assert many(66324) == "66,324"
    assert many(10**15) == "about 1.0e15"
    assert many(29372339821610944823963760) == "about 2.9e25"
    assert many(10**5000 - 1) == "about 9.9e4999"
    assert capital("iPhone wins") == "IPhone wins"
    assert [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 102)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "102nd",
    ]  # fmt: skip


def test_very_long_numbers_are_given_by_their_size():
    assert number(F(2) ** 20000) == "≈3.9802768e6020"
    assert number(-(F(10) ** 4500)) == "-1e4500"
    assert number(F(10) ** 4500 / 3) == "≈3.3333333e4499"
    assert number(F(10**30 + 1)) == str(10**30 + 1)


def test_the_digits_of_an_approximation_are_not_spread_out():
    root = F("1.414213562373095048801688724209698078569")
    assert number(root) == "≈1.4142136"
    assert number(root / (1 + root)) == "≈0.58578644"
    assert number(F(1, 10**39)) == f"1/{10**39}"
