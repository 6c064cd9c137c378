"""Polynomials and their values, against the same sums in plain Fractions."""

from __future__ import annotations

import pickle
from fractions import Fraction
from math import prod

from hypothesis import given, settings
from hypothesis import strategies as st

from alliance_games.exact.algebraic import algebraic
from alliance_games.exact.polynomials import evaluate, ring, terms

R = ring(["p of Alice", "q", "mu@{x}"])
fractions = st.fractions(-4, 4, max_denominator=5)
exponents = st.tuples(*[st.integers(0, 3)] * 3)
coefficients = st.dictionaries(exponents, fractions.filter(bool), max_size=5)


def by_hand(table, point):
    return sum(
        (c * prod(x**e for x, e in zip(point, powers, strict=True)) for powers, c in table.items()),
        Fraction(0),
    )


@given(coefficients, coefficients, st.tuples(fractions, fractions, fractions))
@settings(max_examples=80, deadline=None)
def test_values_of_sums_and_products(first, second, point):
    p, q = R.polynomial(first), R.polynomial(second)
    assert {powers: c for c, powers in terms(p)} == first
    a, b = by_hand(first, point), by_hand(second, point)
    assert evaluate(p, point) == a
    assert evaluate(p + q, point) == a + b
    assert evaluate(p - q * 2, point) == a - 2 * b
    assert evaluate(p * q, point) == a * b
    assert evaluate(p**2, point) == a * a


@given(coefficients, fractions)
@settings(max_examples=40, deadline=None)
def test_values_at_irrational_points(table, rational):
    two, three = algebraic([-2, 0, 1], 1, 2), algebraic([-3, 0, 1], 1, 2)
    assert evaluate(R.polynomial(table), (two, rational, two)) == by_hand(
        table, (two, rational, two)
    )
    mixed = evaluate(R.polynomial(table), (two, rational, three))
    assert abs(float(mixed) - float(by_hand(table, (2**0.5, rational, 3**0.5)))) < 1e-6


def test_rings_by_their_names():
    assert ring(["a", "b"]) == ring(("a", "b")) != ring(["b", "a"])
    assert pickle.loads(pickle.dumps(R)) == R
    assert len(R.variables) == 3 and R.zero.is_zero() and evaluate(R.one, (1, 2, 3)) == 1
    assert evaluate(R.constant(Fraction(2, 3)), (0, 0, 0)) == Fraction(2, 3)
    assert evaluate(ring([]).constant(5), ()) == 5
