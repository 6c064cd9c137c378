"""Best-reply curves, against closed forms and a grid."""

from __future__ import annotations

from fractions import Fraction as F

import pytest

from alliance_games.results.result import Coverage
from tests.concepts.numbers import best_reply, game, result


def test_straight_lines_and_their_formulas() -> None:
    one = game("  each: q in [0, 9]", "  each: q * (d - total(q)) - q", "d: 10")
    found = result(one, "best-replies")
    assert found.verified and found.coverage is Coverage.SOME
    first, second = found.solutions
    assert first.player == "A" and first.formula == "(d - q[B] - 1) / 2"
    for curve in (first, second):
        for reply in curve.replies:
            assert reply.choices == (max((9 - reply.to) / 2, F(0)),)


def test_a_contest_is_replied_to_by_a_root() -> None:
    one = game("  each: x in [0, 1]", "  each: contest(x) - x")
    curve = result(one, "best-replies").solutions[0]
    for reply in curve.replies:
        if reply.to:
            (own,) = reply.choices
            expected = max(float(reply.to) ** 0.5 - float(reply.to), 0)
            assert float(own) == pytest.approx(expected, abs=1e-12)
        else:
            assert reply.choices == ()  # any trifle wins, and a smaller one is better


def test_two_replies_where_humps_are_equally_high() -> None:
    one = game(
        "  A: x in [-2, 2]\n  B: y in [-1, 1]",
        "  A: -(x^2 - 1)^2 + x * y\n  B: -(y - x / 9)^2",
    )
    curve = result(one, "best-replies").solutions[0]
    against = {reply.to: reply.choices for reply in curve.replies}
    assert against[F(0)] == (F(-1), F(1))


def test_curves_found_by_search() -> None:
    one = game(
        "  each: x in [0, 3]", "  each: 4 * exp(x) / total(exp(x)) - x^2 + x * others(x) / 9"
    )
    found = result(one, "best-replies")
    assert found.tolerance is not None

    def payoff(x: float, y: float) -> float:
        from math import exp

        return 4 * exp(x) / (exp(x) + exp(y)) - x**2 + x * y / 9

    for reply in found.solutions[0].replies:
        expected = best_reply(payoff, 0, [float(reply.to)], 0, 3)
        assert float(reply.choices[0]) == pytest.approx(expected, abs=1e-5)
