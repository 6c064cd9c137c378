"""Reports on bargains: the problem, its picture, the solutions side by side, what they mean."""

from __future__ import annotations

import pytest

from alliance_games.render import markdown, terminal
from alliance_games.report.blocks import Plot
from alliance_games.report.build import build
from alliance_games.report.kinds import bargaining
from alliance_games.solve import solve_study
from tests.algorithms.test_contract_bargains import TRADE
from tests.reading.games import study

BATTLE = """\
game: Battle
players: [A, B]
strategies: [Opera, Football]
payoffs: {"Opera, Opera": "2, 1", "Opera, Football": "0, 0", "Football, Opera": "0, 0",
          "Football, Football": "1, 2"}
bargaining: {disagreement: maxmin, discount: 9/10}
"""
MATCHING = """\
game: Matching
players: [A, B]
strategies: [H, T]
payoffs: {"H, H": "1, -1", "H, T": "-1, 1", "T, H": "-1, 1", "T, T": "1, -1"}
bargaining: {disagreement: maxmin}
"""


def told(text: str, width: int | None = 100) -> str:
    return terminal.to_text(build(solve_study(study(text))), width)


def test_the_solutions_stand_side_by_side() -> None:
    shown = told(BATTLE)
    rows = [line.split() for line in shown.splitlines()]
    assert ["Nash", "3/2", "5/6", "3/2", "5/6", "1/2", "(0.5)", "Opera,", "Opera"] in rows
    assert ["One", "offer", "by", "A", "2", "4/3", "1", "1/3", "Opera,", "Opera"] in rows
    assert any(row[:5] == ["Alternating,", "A", "first", "88/57", "50/57"] for row in rows)
    assert "Utilitarian (an end)" in shown
    flat = " ".join(shown.split())
    assert "If they do not agree, they have A 2/3 and B 2/3, which is what each can make" in flat
    assert "are the same agreement here: the standards do not conflict" in flat


def test_the_picture_holds_the_set_and_every_solution() -> None:
    (case,) = solve_study(study(BATTLE)).cases
    (plot,) = [one for one in bargaining.draw(case.case.game, case, False) if isinstance(one, Plot)]
    (region,) = plot.regions
    assert set(region.corners) == {(0.0, 0.0), (1.0, 2.0), (2.0, 1.0)}
    places = {series.name: series.points for series in plot.series}
    assert places["disagreement"] == ((2 / 3, 2 / 3),)
    assert places["Nash, Kalai-Smorodinsky and egalitarian"] == ((1.5, 1.5),)
    low, high = plot.across
    assert low < 0 and high > 2


@pytest.mark.parametrize("width", [40, 80, 120])
def test_it_fits(width: int) -> None:
    for text in (BATTLE, TRADE):
        lines = told(text, width).splitlines()
        picture = next(i for i, line in enumerate(lines) if line.endswith("payoff of A") or (
            line.endswith("payoff of Ann")))  # fmt: skip
        assert max(map(len, lines[picture + 1 :])) <= max(width, 76)


def test_contracts_are_told_by_their_terms() -> None:
    shown = told(TRADE)
    flat = " ".join(shown.split())
    assert "Ann security 0 50 gamma * autonomy - kappa * security^2 / 2" in flat
    assert "security = 2, autonomy = 4: Ann 2, Bob 8 (gains 2, 8)" in flat
    assert "Ann proposes security ≈ 1.5874, autonomy ≈ 5.0397" in flat
    assert "Inside the ranges efficient contracts satisfy security * autonomy = " in flat
    assert "SOME, perhaps not all" in flat
    assert "| Nash | 2 | 8 |" in markdown.render(build(solve_study(study(TRADE))))


def test_nothing_to_bargain_about() -> None:
    flat = " ".join(told(MATCHING).split())
    assert "There is nothing to bargain about" in flat
    assert "With the weights A 1 and B 1, no agreement has a larger sum of payoffs." in flat


def test_cases_stand_side_by_side() -> None:
    flat = told(TRADE + "scenarios: {threatened: {alpha: 64}}\n")
    assert "nash: 8, 128 instead of 2, 8" in flat
