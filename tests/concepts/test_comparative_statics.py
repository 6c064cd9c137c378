"""How equilibria in numbers move, against closed forms, SymPy and differences."""

from __future__ import annotations

from fractions import Fraction as F

import pytest
import sympy

from alliance_games.results.result import Coverage
from tests.concepts.numbers import chosen, game, result


def response(one):
    (found,) = result(one, "comparative-statics").solutions
    return found


def test_the_formula_of_the_best_commitment() -> None:
    one = game(
        "  A: k in [0, 1]", "  A: -(a * (1 - k)^2 + b * k^2)", "a: 5, b: 16/5", players="[A]"
    )
    found = response(one)
    a, b = sympy.symbols("a b")
    assert sympy.simplify(sympy.sympify(found.formulas["A"]) - a / (a + b)) == 0
    assert sympy.simplify(sympy.sympify(found.payoffs["A"]) + a * b / (a + b)) == 0
    at = {a: sympy.Integer(5), b: sympy.Rational(16, 5)}
    for name, symbol in (("a", a), ("b", b)):
        choice = sympy.diff(a / (a + b), symbol).subs(at)
        payoff = sympy.diff(-a * b / (a + b), symbol).subs(at)
        assert found.effects["A"][name] == F(int(choice.p), int(choice.q))
        assert found.gains["A"][name] == F(int(payoff.p), int(payoff.q))


def test_formulas_of_an_asymmetric_contest() -> None:
    one = game(
        "  each: x in [0, 10]",
        "  A: v * contest(x) - x\n  B: w * contest(x) - x",
        "v: 3, w: 2",
    )
    found = response(one)
    v, w = sympy.symbols("v w")
    told = [sympy.sympify(found.formulas[name].replace("^", "**")) for name in "AB"]
    assert sympy.simplify(told[0] - v**2 * w / (v + w) ** 2) == 0
    assert sympy.simplify(told[1] - v * w**2 / (v + w) ** 2) == 0


def test_whoever_gives_nothing_goes_on_giving_nothing() -> None:
    one = game(
        "  each: g in [0, y]",
        "  each: cobb_douglas(y - g, total(g), a)",
        "a: 2/5, y: {value: {A: 10, B: 8, C: 6}}",
        "[A, B, C]",
    )
    found = response(one)
    assert found.effects["A"]["y[A]"] == F(5, 8) and found.effects["A"]["y[B]"] == F(-3, 8)
    assert set(found.effects["C"].values()) == {0} and found.formulas["C"] == "0"
    # The third stays out as long as (1 - a) of the givers' wealth exceeds (2 - a) of hers.
    assert any("y[C]" in condition for condition in found.conditions)


@pytest.mark.parametrize(
    ("choices", "payoffs", "parameters"),
    [
        ("  each: q in [0, 20]", "  each: q * (d - total(q)) - c * q^2", {"d": F(10), "c": F(1)}),
        ("  each: x in [0, 9]", "  each: v * contest(x, 1/2) - x^2", {"v": F(4)}),
        ("  each: x in [0, 9]", "  each: v * log(1 + total(x)) - x^2 - x * others(x)", {"v": F(7)}),
    ],
)
def test_differences_tend_to_the_derivatives(choices, payoffs, parameters) -> None:
    def at(values: dict[str, F]):
        return game(choices, payoffs, ", ".join(f"{name}: {v}" for name, v in values.items()))

    answer = result(at(parameters), "comparative-statics")
    if not answer.solutions:
        pytest.fail(answer.because)
    (found,) = answer.solutions
    step = F(1, 10**5)
    for name, value in parameters.items():
        (up,), (down,) = (chosen(at({**parameters, name: value + way * step})) for way in (1, -1))
        for place, player in enumerate("AB"):
            slope = (float(up[place]) - float(down[place])) / float(2 * step)
            assert float(found.effects[player][name]) == pytest.approx(slope, abs=1e-6)


def test_nothing_is_said_where_there_is_a_kink_or_a_continuum() -> None:
    kinked = game("  A: x in [0, 4]", "  A: -abs(x - t)", "t: 1", players="[A]")
    assert chosen(kinked) == [(F(1),)]
    found = result(kinked, "comparative-statics")
    assert not found.solutions and found.coverage is Coverage.UNKNOWN and "kink" in found.because
    level = game("  each: x in [0, 1]", "  each: t * min(x[A], x[B])", "t: 1")
    assert not result(level, "comparative-statics").solutions


def test_without_parameters_it_is_refused() -> None:
    from alliance_games.solve import solve

    one = game("  A: x in [0, 1]", "  A: x", players="[A]")
    assert [r.concept for r in solve(one, ["comparative-statics"]).refusals]
