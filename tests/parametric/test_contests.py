"""Contests by shares of effort as formulas, against the definition and the ordinary solver."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random

import pytest

from alliance_games.model.study import Study
from alliance_games.parametric.agreement import CannotCompare, difference
from alliance_games.parametric.regimes import Regimes, Unsupported, regimes
from tests.parametric.studies import holders, points, study
from tests.parametric.test_choices import numbers, only


def contest_of_two() -> Study:
    """Two with prizes of their own, the second of whom likes the first's effort."""
    return numbers(
        "{v: 3, w: 2, c: 1/2}",
        "[v > 0, w > 0, c > 0]",
        "x in [0, infinity)",
        "v * contest(x) - x",
        "contest(x) * w - x / 2 - c * x + x[One]",
    )


def contest_of_three() -> Study:
    """Three who fight for what is not worth the same to them, one of them with more skill."""
    payoffs = (f"v[{who}] * contest(s * x) - x[{who}]" for who in ("One", "Two", "Three"))
    parameters = "{v: {value: {One: 3, Two: 2, Three: 1}}, s: {value: {One: 2, Two: 1, Three: 1}}}"
    return numbers(parameters, "[v > 0, s > 0]", "x in [0, 2 * v]", *payoffs)


def divided(game: Study) -> Regimes:
    found = regimes(game, most_edges=None)
    assert found.concepts == ("pure-nash",)
    assert not found.stopped
    return found


def fought(prize: Fraction, skill: Fraction, others: Fraction, effort: Fraction) -> Fraction:
    """What an effort pays against others that count for so much together."""
    return prize * skill * effort / (others + skill * effort) - effort


@pytest.mark.parametrize("make", [contest_of_two, contest_of_three])
def test_points_fall_into_one_cell_that_says_what_the_solver_does(
    make: Callable[[], Study],
) -> None:
    found = divided(make())
    compared = 0
    for point in points(found, 30, seed=3):
        (regime,) = holders(found, point)
        assert not regime.cell.undecided
        try:
            gap = difference(found.study, found.region.symbols, regime.cell.outcome, point)
        except CannotCompare:
            continue
        assert gap is None, f"at {point}: {gap}"
        compared += 1
    assert compared >= 20


def test_two_contenders_by_hand() -> None:
    """v^2 w / (v + w)^2 and v w^2 / (v + w)^2 at a cost of one."""
    found = divided(contest_of_two())
    (regime,) = found.regimes
    dice = Random(5)
    for _ in range(20):
        v, w, c = (Fraction(dice.randint(1, 12), 4) for _ in range(3))
        k = w / (c + Fraction(1, 2))  # what the prize is worth to the second in units of effort
        one = only(found, v=v, w=w, c=c)
        first, second = v**2 * k / (v + k) ** 2, v * k**2 / (v + k) ** 2
        assert one.choices == {"One": first, "Two": second}
        won = first / (first + second)
        assert one.payoffs["One"] == v * won - first
        assert one.payoffs["Two"] == w * (1 - won) - second * (c + Fraction(1, 2)) + first
    assert regime.checked == ""


def test_no_effort_is_better_in_a_contest_of_three() -> None:
    """At the formulas' efforts every other effort pays less, and those who stay out would lose."""
    found = divided(contest_of_three())
    assert not found.undecided
    dice = Random(13)
    out = 0
    for _ in range(30):
        v = [Fraction(dice.randint(1, 20)) for _ in range(3)]
        s = [Fraction(dice.randint(1, 4)) for _ in range(3)]
        names = ("One", "Two", "Three")
        point = {f"v[{n}]": has for n, has in zip(names, v, strict=True)}
        one = only(found, **point, **{f"s[{n}]": has for n, has in zip(names, s, strict=True)})
        x = list(one.choices.values())
        out += x.count(Fraction(0))
        for i in range(3):
            others = sum(s[j] * x[j] for j in range(3) if j != i)
            best = fought(v[i], s[i], others, x[i])
            assert one.payoffs[names[i]] == best
            for step in range(1, 40):
                assert fought(v[i], s[i], others, x[i] + Fraction(step, 40)) < best
                less = x[i] * Fraction(step, 40)
                assert x[i] == 0 or fought(v[i], s[i], others, less) < best
    assert 0 < out < 30


@pytest.mark.parametrize(
    "payoff",
    [
        "v * contest(x) - x^2",
        "v * contest(x)",  # effort for nothing
        "v * contest(x, 2) - x",
        "-v * contest(x) - x",
        "v * contest(x + 1) - x",
        "v * contest(x) * x[One] - x",
        "2 * v * contest(x) - x / 2",  # an effort that may be worth it is out of range
        "v * if(total(x) == 0, 1, x / total(x)) - x",  # nobody need do anything
        "v * if(total(x) == 0, 1/2, x / (total(x) + 1)) - x",
        "v * contest(x) - x + contest(x)",
    ],
)
def test_other_contests_are_refused(payoff: str) -> None:
    text = (
        "game: test\nplayers: [One, Two]\nparameters: {v: 3}\nassume: [v > 0]\n"
        f"choices:\n  each: x in [0, v]\npayoffs:\n  each: {payoff}\n"
    )
    with pytest.raises(Unsupported, match="solved for all values where"):
        regimes(study(text))
