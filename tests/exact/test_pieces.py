"""Formulas cut into pieces and differentiated, against their values and SymPy."""

from __future__ import annotations

from fractions import Fraction as F
from random import Random

import pytest
import sympy

from alliance_games.exact.environment import Environment
from alliance_games.exact.evaluate import evaluate_number
from alliance_games.exact.expression import Name
from alliance_games.exact.forms import NotAForm
from alliance_games.exact.pieces import pieces
from alliance_games.exact.polynomials import evaluate, ring, terms
from alliance_games.reading.formula import read_formula

RING = ring(["x", "y"])
SYMBOLS = {Name("x"): 0, Name("y"): 1}


def cut(text: str):
    return pieces(read_formula(text), RING, SYMBOLS)


def value(found, point) -> F | None:
    """The value of the piece that holds, all ratios; None where none holds."""
    held = [
        piece
        for piece in found
        if all(
            {"=": v == 0, ">": v > 0, ">=": v >= 0}[relation]
            for p, relation in piece.signs
            for v in [evaluate(p, point)]
        )
    ]
    assert len(held) <= 1
    if not held:
        return None
    ratio = held[0].form.ratio
    den = evaluate(ratio.den, point)
    return None if den == 0 else evaluate(ratio.num, point) / den


@pytest.mark.parametrize(
    "text",
    [
        "x + y * 2 - 3",
        "max(x, y, 1) * min(x, 2 * y)",
        "abs(x - y) + abs(x + y - 1)",
        "if(x > y, x^2, if(x == y, 7, -y))",
        "if(x > 0 and y > 0 or x == y, 1, 2) * x",
        "if(not (x < y and y <= 1), x / 2, y)",
        "if(0 < x < y, 1, if(x != 2, 3, 4))",
        "(x - y)^3 / (1 + x^2)",
        "if(x + y == 0, 1/2, x / (x + y))",
    ],
)
def test_pieces_have_the_formula_s_values(text: str) -> None:
    expression, found = read_formula(text), cut(text)
    random = Random(3)
    for _ in range(120):
        point = [F(random.randint(-4, 4), random.choice([1, 1, 2])) for _ in range(2)]
        expected = evaluate_number(expression, Environment(dict(zip("xy", point, strict=True))))
        assert value(found, point) == expected


@pytest.mark.parametrize(
    "text",
    ["x^(2/5) * y^(3/5)", "sqrt(x + y) - x / 4", "3 * log(x + y) - x", "x^2 * (1 + x * y)^(-1/2)"],
)
def test_derivatives_are_those_of_sympy(text: str) -> None:
    (piece,) = cut(text)
    x, y = sympy.symbols("x y", positive=True)
    expected = sympy.diff(sympy.sympify(text.replace("^", "**"), {"x": x, "y": y}), x)

    def told(form):
        total = sympy.Integer(0)
        for (powers, log), ratio in form.terms.items():
            one = sympify(ratio.num) / sympify(ratio.den)
            for base, e in powers:
                one *= sympify(base.p) ** sympy.Rational(e.numerator, e.denominator)
            if log is not None:
                one *= sympy.log(sympify(log.p))
            total += one
        return total

    def sympify(p):
        return sum(
            sympy.Rational(c.numerator, c.denominator) * x ** powers[0] * y ** powers[1]
            for c, powers in terms(p)
        )

    gap = told(piece.form.derivative(0)) - expected
    for at in ((0.7, 1.3), (2.5, 0.4), (1.1, 3.0)):
        assert abs(complex(gap.subs({x: at[0], y: at[1]}).evalf())) < 1e-9


@pytest.mark.parametrize("text", ["exp(x)", "x^y", "1 / (sqrt(x) + sqrt(y))", "log(log(x))"])
def test_what_is_no_form_is_said(text: str) -> None:
    with pytest.raises(NotAForm):
        cut(text)
