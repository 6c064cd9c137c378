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
    "a threat that does not remember": (
        lambda: threatened("{H: 4, calm: 1/2, c: 1, x: 0, q: 1/3, d: 4/5}", "q", "q"),
        60,
    ),
    "three states, one with payoffs of its own": (
        lambda: study(
            "game: test\nplayers: [One, Two]\nparameters: {H: 4, q: 1/2, d: 1/2}\n"
            "assume: [H > 1, q >= 0, q <= 1, d >= 0, d < 1]\nrepeated:\n  discount: d\n"
            "  stage:\n    matrix: |\n"
            "      One \\ Two | Share    | Leave\n"
            "      Share     | H-1, H-1 | -1, H\n"
            "      Leave     | H, -1    | 0, 0\n"
            "  states:\n"
            "    grave: {next: {grave: q, odd: (1 - q) / 2, calm: (1 - q) / 2}}\n"
            "    odd:\n      next: {grave: q, odd: (1 - q) / 2, calm: (1 - q) / 2}\n"
            "      matrix: |\n"
            "        One \\ Two | Share | Leave\n"
            "        Share     | 1, H  | 0, 2\n"
            "        Leave     | 2, 0  | 1, 1\n"
            "    calm: {where: {H: 1/2}, next: {grave: q, odd: (1 - q) / 2, calm: (1 - q) / 2}}\n"
            "  cooperate: [Share, Share]\n"
        ),
        40,
    ),
}  # fmt: skip


def threatened(parameters: str, grave: str, calm: str) -> Study:
    """An alliance in grave and calm years; how likely a grave one is after either."""
    return study(
        f"game: test\nplayers: [One, Two]\nparameters: {parameters}\n"
        "assume: [c > 0, x >= 0, q >= 0, q <= 1, d >= 0, d < 1]\n"
        "repeated:\n  discount: d\n  exit cost: x\n"
        "  stage:\n    strategies: [Share, Leave]\n    payoffs:\n"
        "      Share, Share: H - c, H - c\n      Share, Leave: -c, H\n"
        "      Leave, Share: H, -c\n      Leave, Leave: 0, 0\n"
        "  states:\n"
        f"    grave: {{where: {{H: H}}, next: {{grave: {grave}, calm: 1 - {grave}}}}}\n"
        f"    calm: {{where: {{H: calm}}, next: {{grave: {calm}, calm: 1 - {calm}}}}}\n"
        "  cooperate: [Share, Share]\n"
    )


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


def test_a_threat_that_does_not_remember_by_hand() -> None:
    """Sharing is sustained exactly where d * E[H] >= c, if leaving costs nothing."""
    found, _ = divided("a threat that does not remember")
    names = found.region.symbols.names
    dice = Random(2)
    for _ in range(60):
        h, calm, c = (Fraction(dice.randint(1, 20), 4) for _ in range(3))
        q, d = Fraction(dice.randint(0, 8), 8), Fraction(dice.randint(0, 19), 20)
        values = {"H": h, "calm": calm, "c": c, "x": Fraction(0), "q": q, "d": d}
        (regime,) = holders(found, tuple(values[name] for name in names))
        ((_, (one,)),) = regime.cell.outcome or ()
        assert isinstance(one, Thresholds)
        row = next(row for row in one.profiles if row.profile == ("Share", "Share"))
        assert row.holds is (d * (q * h + (1 - q) * calm) >= c)


def test_a_threat_that_remembers_is_left_undecided() -> None:
    made = threatened("{H: 4, calm: 1/2, c: 1, x: 0, q: 9/10, d: 4/5}", "q", "(1 - q)")
    found = regimes(made, ["grim-trigger"], over=["q"])
    assert all("higher degree" in one.cell.undecided for one in found.regimes)
