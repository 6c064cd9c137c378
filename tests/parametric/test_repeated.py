"""Thresholds of the future as formulas, against the ordinary solver at random exact points."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from alliance_games.model.study import Study
from alliance_games.parametric.agreement import difference
from alliance_games.parametric.regimes import Regimes, regimes
from alliance_games.results.named.repeated import Thresholds
from tests.parametric.studies import holders, library, points, study

STAGE = """
  stage:
    strategies: [Share, Leave]
    payoffs:
      Share, Share: {r}, {r}
      Share, Leave: {s}, {t}
      Leave, Share: {t}, {s}
      Leave, Leave: {p}, {p}
  cooperate: [Share, Share]
"""


def repeated(parameters: str, assume: str, rest: str, t: str, r: str, p: str, s: str) -> Study:
    stage = STAGE.format(t=t, r=r, p=p, s=s)
    return study(
        f"game: test\nplayers: [One, Two]\nparameters: {parameters}\nassume: {assume}\n"
        f"repeated:\n{rest}{stage}"
    )


CASES = {
    "reciprocity": (lambda: library("endurance/reciprocity.yaml"), 60),
    "linked alliances": (lambda: library("endurance/linked_alliances.yaml"), 60),
    "costs of exit": (
        lambda: repeated(
            "{T: 5, c: 1, d: 1/2}",
            "[T > 3, c >= 0, d >= 0, d < 1]",
            "  discount: d\n  exit cost: c",
            "T", "3", "1", "0",
        ),
        60,
    ),
    "survival": (
        lambda: repeated(
            "{T: 5, q: 3/4, d: 1/2}",
            "[T > 3, q > 0, q <= 1, d >= 0, d < 1]",
            "  discount: d\n  survival: q",
            "T", "3", "1", "0",
        ),
        60,
    ),
    "any stage": (
        lambda: repeated(
            "{T: 5, S: 0, d: 1/2}",
            "[d >= 0, d < 1]",
            "  discount: d",
            "T", "3", "1", "S",
        ),
        60,
    ),
}  # fmt: skip


def divided(name: str) -> tuple[Regimes, int]:
    make, number = CASES[name]
    found = regimes(make(), ["grim-trigger"], most_edges=None)
    assert not found.stopped
    return found, number


@pytest.mark.parametrize("name", CASES)
def test_points_fall_into_one_cell_that_says_what_the_solver_does(name: str) -> None:
    found, number = divided(name)
    for point in points(found, number, seed=5):
        (regime,) = holders(found, point)
        gap = difference(found.study, found.region.symbols, regime.cell.outcome, point)
        assert gap is None, f"at {point}: {gap}"


def test_the_prisoners_dilemma_by_hand() -> None:
    """Sharing for ever is sustained exactly where d >= (T - R) / (T - P) (Friedman 1971)."""
    found, _ = divided("reciprocity")
    names = found.region.symbols.names
    dice = Random(1)
    for _ in range(60):
        p, r, t = sorted(dice.sample(range(1, 41), 3))
        d = Fraction(dice.randint(0, 40), 41)
        if dice.random() < 0.2:
            d = Fraction(t - r, t - p)
        values = {"T": t, "R": r, "P": p, "S": 0, "delta": d}
        point = tuple(Fraction(values[name]) / (4 if name != "delta" else 1) for name in names)
        (regime,) = holders(found, point)
        ((_, (one,)),) = regime.cell.outcome or ()
        assert isinstance(one, Thresholds)
        row = next(row for row in one.profiles if row.profile == ("Share", "Share"))
        assert row.holds is (d * (t - p) >= t - r)
