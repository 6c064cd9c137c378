"""Formulas over arrays give what the exact evaluator gives, or say that they cannot."""

from __future__ import annotations

from fractions import Fraction
from math import prod
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alliance_games.exact.evaluate import Environment, EvaluationError, evaluate
from alliance_games.exact.expression import Number
from alliance_games.model.problems import InvalidGame
from alliance_games.parametric.sweeps.formulas import (
    NotVectorised,
    check,
    difference,
    settled,
    truth,
    values,
)
from alliance_games.parametric.sweeps.near import UNKNOWN, Near
from alliance_games.parametric.sweeps.ordinary import merged
from alliance_games.parametric.sweeps.payoffs import MOST_PROFILES, formula_game
from alliance_games.parametric.sweeps.simplify import simplified
from alliance_games.reading import library, read_file, read_text
from alliance_games.reading.formula import read_formula

NAMES = ("a", "b", "c")
numbers = st.one_of(st.integers(-4, 4).map(Fraction), st.fractions(-3, 3, max_denominator=7))

atoms = st.one_of(st.sampled_from(NAMES), st.integers(0, 5).map(str), st.just("0.1"))
formulas = st.recursive(
    atoms,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        inner.map(lambda one: f"(-{one})"),
        inner.map(lambda one: f"{one}^2" if one[-1] not in "0123456789" else one),
        inner.map(lambda one: f"abs({one})"),
        st.tuples(inner, inner).map(lambda t: f"min({t[0]}, {t[1]})"),
        st.tuples(inner, inner, inner).map(lambda t: f"max({', '.join(t)})"),
        st.tuples(
            inner, st.sampled_from(["<", "<=", "==", "!=", ">", ">="]), inner, inner, inner
        ).map(lambda t: f"if({t[0]} {t[1]} {t[2]} and not {t[0]} == 7, {t[3]}, {t[4]})"),
    ),
    max_leaves=10,
)


@settings(max_examples=400)
@given(formulas, st.lists(st.tuples(numbers, numbers, numbers), min_size=1, max_size=6))
def test_values_hold_the_exact_ones(text: str, points: list[tuple[Fraction, ...]]) -> None:
    formula = read_formula(text)
    at = {name: Near.each([p[k] for p in points]) for k, name in enumerate(NAMES)}
    with np.errstate(all="ignore"):
        found = values(formula, at).spread(len(points))
    for place, point in enumerate(points):
        if not np.isfinite(found.error[place]):
            continue
        exact = evaluate(formula, Environment(dict(zip(NAMES, point, strict=True))))
        assert isinstance(exact, Fraction)
        gap = abs(Fraction(float(found.value[place])) - exact)
        assert gap <= Fraction(float(found.error[place]))


@settings(max_examples=200)
@given(formulas, formulas, st.tuples(numbers, numbers, numbers))
def test_a_comparison_is_decided_rightly_or_not_at_all(
    left: str, right: str, point: tuple[Fraction, ...]
) -> None:
    formula = read_formula(f"{left} < {right} or {right} == a")
    at = {name: Near.of(value) for name, value in zip(NAMES, point, strict=True)}
    with np.errstate(all="ignore"):
        yes, no = truth(formula, at)
    assert not (yes and no)
    try:
        exact = evaluate(formula, Environment(dict(zip(NAMES, point, strict=True))))
    except EvaluationError:
        assert not yes or not no
        return
    assert exact is not bool(no) or not (yes or no)
    if yes or no:
        assert bool(yes) is exact


@settings(max_examples=200)
@given(formulas, formulas, st.tuples(numbers, numbers, numbers))
def test_a_simplified_difference_is_the_difference(
    left: str, right: str, point: tuple[Fraction, ...]
) -> None:
    first, second = read_formula(left), read_formula(right)
    environment = Environment(dict(zip(NAMES, point, strict=True)))
    try:
        exact = evaluate(first, environment), evaluate(second, environment)
    except EvaluationError:
        return  # it need not have a value where they have none
    assert isinstance(exact[0], Fraction) and isinstance(exact[1], Fraction)
    assert evaluate(difference(first, second), environment) == exact[0] - exact[1]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("(a + b) * (a - b) - a^2 + b^2", "0"),
        ("a / (a + b) - (1 - b / (a + b))", "0"),
        ("(a - 3) - (b - 3)", "a - b"),
        ("(2 * a + 1) / 2 - a", "1/2"),
    ],
)
def test_what_cancels_is_gone(text: str, wanted: str) -> None:
    found = simplified(read_formula(text))
    if wanted in ("0", "1/2"):
        assert found == Number(Fraction(wanted))
    else:
        for point in ({"a": Fraction(2), "b": Fraction(9)}, {"a": Fraction(-1), "b": Fraction(4)}):
            there, here = read_formula(wanted), Environment(point)
            assert evaluate(found, here) == evaluate(there, here)


@pytest.mark.parametrize("text", ["sqrt(a)", "2^a", "a^(1/2)", "log(a)", "a^100", "nothing"])
def test_what_arrays_cannot_do_is_said(text: str) -> None:
    with pytest.raises(NotVectorised):
        check(read_formula(text), frozenset(NAMES))


def test_fixed_parts_are_worked_out_exactly() -> None:
    formula = read_formula("a * (b / 3 + 0.1)")
    found = settled(formula, {"b": Number(Fraction(1))})
    assert found == read_formula("a * (13 / 30)") or found.right == Number(Fraction(13, 30))


CROWD = """game: Burden
players: [France, Britain, Prussia]
parameters:
  power: {value: {France: 3, Britain: 4, Prussia: 6}}
  bond: {value: {France - Britain: 2, Britain - Prussia: 1, France - Prussia: 3}}
  threat: 5
define: {strain: threat / 2}
strategies: [Balance, Hide]
payoffs:
  France: if(mine == Balance, total(power, Balance) / threat, count(Hide) - bond[Britain, France])
  Britain: max(power, others(Balance)) - strain * plays(France, Hide)
  Prussia: if(n > 2, total(power * 2), 0) - power[France] * (mine == Hide and threat > 3)
"""
CROWD = CROWD.replace("power[France] * (mine == Hide and threat > 3)",
                      "if(mine == Hide and threat > 3, power[France], 0)")  # fmt: skip


@settings(max_examples=40)
@given(st.tuples(numbers, numbers, numbers))
def test_payoffs_by_formula_are_those_of_the_game(point: tuple[Fraction, ...]) -> None:
    study = read_text(CROWD)
    varied = ("power[France]", "bond[France, Britain]", "threat")
    base = study.game.values()
    game = formula_game(study.game, base, frozenset(varied))
    at = dict(zip(varied, point, strict=True))
    near = {name: Near.of(value) for name, value in at.items()}
    try:
        exact = study.game.at(merged(base, at))
    except InvalidGame:
        assert at["threat"] == 0
        return
    for player, own in enumerate(game.payoffs):
        for profile, formula in zip(exact.profiles(), own, strict=True):
            found = values(formula, near)
            gap = abs(Fraction(float(found.value)) - exact.payoff(player, profile))
            assert gap <= Fraction(float(found.error))


@pytest.mark.parametrize("file", library.all_files(), ids=library.name_of)
def test_the_library_s_matrices_are_read_as_formulas(file: Path) -> None:
    study = read_file(file)
    if study.game.kind != "normal" or not study.game.parameters:
        return
    base = study.game.values()
    # A number of players that varies goes by the ordinary road; here it stays as it is.
    crowd = study.game.body.crowd
    varied = frozenset(
        p.name for p in study.game.parameters if isinstance(p.default, Fraction) and p.name != crowd
    )
    formulas = [*study.game.definitions.values(), *study.game.body.expressions()]
    irrational = any(sign in str(one) for one in formulas for sign in ("^(", "log("))
    if max(map(len, study.game.strategies)) > 4 or irrational:
        return  # larger tables, roots and logarithms go by the ordinary road
    if prod(map(len, study.game.strategies)) * len(study.game.players) > MOST_PROFILES:
        with pytest.raises(NotVectorised, match="a large game"):
            formula_game(study.game, base, varied)
        return
    game = formula_game(study.game, base, varied)
    near = {name: Near.of(base[name]) for name in varied}  # type: ignore[arg-type]
    exact = study.game.at(base)
    for player, own in enumerate(game.payoffs):
        for profile, formula in zip(exact.profiles(), own, strict=True):
            found = values(formula, near)
            gap = abs(Fraction(float(found.value)) - exact.payoff(player, profile))
            assert gap <= Fraction(float(found.error))
    for condition in game.conditions:
        yes, no = truth(condition.formula, near)
        assert yes and not no


def test_ties_by_identity_are_seen_at_any_value() -> None:
    first, second = read_formula("a * 0.3"), read_formula("0.3 * a")
    near = {"a": Near.of(Fraction(1, 3))}
    assert values(difference(first, second), near).signs() == 0
    assert (values(first, near) - values(second, near)).signs() in (0, UNKNOWN)
