"""Field arithmetic by its laws; roots, minimal polynomials and comparisons against SymPy."""

from __future__ import annotations

import pickle
from fractions import Fraction
from math import isclose

import pytest
import sympy
from flint import fmpz_poly
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from alliance_games.exact.algebraic import Algebraic, algebraic, real_roots, sign

X = sympy.Symbol("x")

integers = st.integers(-6, 6)
polynomials = st.lists(integers, min_size=2, max_size=6).filter(lambda c: c[-1] != 0)
fractions = st.fractions(-5, 5, max_denominator=7)


@st.composite
def elements(draw, coefficients=(1, -3, 0, 1)):
    """An element of the field of one real root of an irreducible polynomial."""
    root = real_roots(fmpz_poly(list(coefficients)))[1]
    number = draw(fractions)
    for power in range(1, len(coefficients) - 1):
        number = number + draw(fractions) * root**power
    return number


def expression(coefficients):
    return sympy.Poly(list(reversed(coefficients)), X)


@given(polynomials)
@settings(max_examples=60, deadline=None)
def test_real_roots_are_sympys(coefficients):
    found = real_roots(fmpz_poly(coefficients))
    known = sorted(set(expression(coefficients).real_roots()), key=lambda r: r.evalf(30))
    assert len(found) == len(known)
    for mine, theirs in zip(found, known, strict=True):
        assert isinstance(mine, Fraction) == bool(theirs.is_rational)
        if isinstance(mine, Fraction):
            assert mine == Fraction(int(theirs.p), int(theirs.q))
        else:
            assert isclose(float(mine), float(theirs.evalf(30)), rel_tol=1e-15)


@given(elements(), elements(), elements())
@settings(max_examples=60, deadline=None)
def test_field_laws(a, b, c):
    assert a + b == b + a and a * b == b * a
    assert (a + b) + c == a + (b + c) and (a * b) * c == a * (b * c)
    assert a * (b + c) == a * b + a * c
    assert a - a == 0 and isinstance(a - a, Fraction)
    assert hash(a + b) == hash(b + a)
    if a:
        assert a / a == 1 and (b / a) * a == b


@given(elements(), elements(), fractions)
@settings(max_examples=60, deadline=None)
def test_order_is_that_of_the_real_numbers(a, b, q):
    assert [a < b, a == b, a > b].count(True) == 1
    assert (a < b) == (b > a) and (a <= b) == (not a > b)
    if abs(float(a) - float(b)) > 1e-9:
        assert (a < b) == (float(a) < float(b))
    if abs(float(a) - float(q)) > 1e-9:
        assert (a < q) == (q > a) == (float(a) < float(q))
    assert sign(a * a) == (1 if a else 0)


@given(st.integers(2, 12), st.integers(2, 12), fractions, fractions)
@settings(max_examples=40, deadline=None)
def test_sums_and_products_of_square_roots(m, n, p, q):
    """Numbers of different fields, against SymPy's closed forms."""
    assume(sympy.sqrt(m).is_rational is False and sympy.sqrt(n).is_rational is False)
    root_m, root_n = algebraic([-m, 0, 1], 0, m), algebraic([-n, 0, 1], 0, n)
    first, second = root_m + p, root_n * 2 + q
    theirs = (sympy.sqrt(m) + sympy.Rational(p)) * (2 * sympy.sqrt(n) + sympy.Rational(q))
    ours = first * second
    assert isclose(float(ours), float(theirs.evalf(30)), rel_tol=1e-12, abs_tol=1e-12)
    if isinstance(ours, Algebraic):
        coefficients, low, high = ours.minimal
        their_polynomial = sympy.Poly(sympy.minimal_polynomial(theirs, X), X)
        assert list(reversed(coefficients)) == their_polynomial.all_coeffs()
        assert low < ours < high
        assert expression(coefficients).count_roots(*map(sympy.Rational, (low, high))) == 1
        assert algebraic(coefficients, low, high) == ours
        assert pickle.loads(pickle.dumps(ours)) == ours
        assert (first * second) / second == first


def test_equal_numbers_of_different_fields():
    two, three, six = (algebraic([-n, 0, 1], 0, n) for n in (2, 3, 6))
    assert two * three == six and hash(two * three) == hash(six)
    assert two * three != -six and (two + three) * (three - two) == 1
    cube = algebraic([-2, 0, 0, 1], 1, 2)
    assert (two + cube) - two == cube
    conjugate = real_roots(fmpz_poly([-1, 3, 0, -1]))
    assert isinstance(sum(conjugate), Fraction)


def test_what_is_rational_is_a_fraction():
    root = algebraic([-2, 0, 1], 1, 2)
    assert root * root == 2 and isinstance(root * root, Fraction)
    assert isinstance(root - root, Fraction)
    assert root != Fraction(3, 2) and bool(root) and 1 < root < Fraction(3, 2)
    assert sum([root, Fraction(1), -root]) == 1
    assert max(Fraction(1), root, Fraction(7, 5)) == root
    assert root**-2 == Fraction(1, 2) and abs(-root) == root
    assert root.minimal == ((-2, 0, 1), 1, 2)


def test_close_numbers_are_told_apart():
    gap = Fraction(1, 10**40)
    root = algebraic([-2, 0, 1], 1, 2)
    assert root < root + gap and root * (1 + gap) > root
    other = algebraic([-2 * 10**60 - 1, 0, 10**60], 1, 2)
    assert other > root and other != root


def test_no_or_several_roots_in_an_interval_are_refused():
    with pytest.raises(ValueError, match="0 roots"):
        algebraic([-2, 0, 1], 2, 3)
    with pytest.raises(ValueError, match="2 roots"):
        algebraic([-2, 0, 1], -2, 2)


def test_a_field_for_numbers_whose_combination_may_vanish() -> None:
    """For sqrt(2) and its own negative one of the sums tried is zero, a root to be left aside."""
    two = real_roots(fmpz_poly([-2, 0, 1]))
    assert two[0] + two[1] == 0
    assert two[0] * two[1] == -2
    assert two[0] - two[1] == 2 * two[0]
