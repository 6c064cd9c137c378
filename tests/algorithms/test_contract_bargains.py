"""Bargains over contracts held to the closed forms of a trade of autonomy for security, and to
searches on grids."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import numpy as np
import pytest

from alliance_games.exact.evaluate import Environment, evaluate_number
from alliance_games.exact.span import Span
from alliance_games.reading.formula import read_formula
from alliance_games.results.named.bargaining import Agreement, NoAgreement, Offers
from alliance_games.solve import solve
from tests.algorithms.test_bargaining import answer
from tests.contract.others.bargaining import contracts
from tests.reading.games import study

F = Fraction
CONCEPTS = (
    "nash-bargaining",
    "kalai-smorodinsky",
    "egalitarian",
    "utilitarian",
    "take-it-or-leave-it",
    "rubinstein",
    "contract-curve",
)


def trade(alpha, beta, gamma, kappa, **more):
    """Ann, the protector, grants security x and gets autonomy y from Bob."""
    first = f"({gamma}) * y - ({kappa}) * x^2 / 2"
    second = f"({alpha}) * x - ({beta}) * y^2 / 2"
    return contracts(first, second, ((0, 100), (0, 100)), **more)


@pytest.mark.parametrize(
    ("alpha", "beta", "gamma", "kappa"),
    [(8, 1, 1, 1), (3, 2, 5, F(1, 2)), (1, 1, 1, 1), (F(7, 3), F(1, 4), 2, 3)],
)
def test_the_trade_of_autonomy_for_security(alpha, beta, gamma, kappa) -> None:
    game = trade(alpha, beta, gamma, kappa)
    cubed = F(alpha) * F(gamma) ** 2 / (F(kappa) ** 2 * beta)
    given = F(gamma) * F(alpha) ** 2 / (kappa * F(beta) ** 2)
    nash = answer(game, "nash-bargaining")
    security, autonomy = nash.deal.terms.values()
    assert security**3 == cubed and autonomy**3 == given and security > 0 < autonomy
    assert nash.payoffs == {"Ann": gamma * autonomy / 2, "Bob": alpha * security / 2}
    # S0 and A0 times the cube root of two, or divided by it.
    offers = answer(game, "take-it-or-leave-it").offers
    mine, yours = (offers[player].terms for player in ("Ann", "Bob"))
    assert mine["x"] ** 3 == cubed / 2 and mine["y"] ** 3 == 2 * given
    assert yours["x"] ** 3 == 2 * cubed and yours["y"] ** 3 == given / 2
    assert offers["Ann"].payoffs["Bob"] == 0 == offers["Bob"].payoffs["Ann"]
    most = offers["Ann"].payoffs["Ann"]
    assert most**3 == F(27, 64) * 2 * F(gamma) ** 3 * given
    for point in answer(game, "contract-curve").points:
        x, y = point.terms.values()
        assert x * y == F(alpha) * gamma / (F(beta) * kappa)


def test_the_default_case_has_the_numbers_of_the_model() -> None:
    game = trade(8, 1, 1, 1)
    offers = answer(game, "take-it-or-leave-it").offers
    assert float(offers["Ann"].terms["x"]) == pytest.approx(1.587401, abs=1e-6)
    assert float(offers["Ann"].payoffs["Ann"]) == pytest.approx(3.779763, abs=1e-6)
    assert float(offers["Bob"].payoffs["Bob"]) == pytest.approx(15.119053, abs=1e-6)


def test_patient_allies_come_to_nash() -> None:
    found = answer(trade(8, 1, 1, 1, discounts=(F(999, 1000),) * 2), "rubinstein")
    assert found.limit.terms == {"x": 2, "y": 4}
    for offer in found.offers.values():
        assert all(abs(offer.payoffs[p] - n) < F(1, 50) for p, n in {"Ann": 2, "Bob": 8}.items())


def test_a_pie_is_split_as_by_lotteries() -> None:
    """Ann grants x of a pie of one that is hers to give: the line of Rubinstein's cake."""
    game = contracts("1 - x", "x + 0 * y", ((0, 1), (0, 1)), discounts=(F(9, 10), F(4, 5)))
    offers = answer(game, "rubinstein").offers
    assert offers["Ann"].payoffs["Ann"] == F(1, 5) / (1 - F(18, 25))
    assert offers["Bob"].payoffs["Bob"] == F(1, 10) / (1 - F(18, 25))
    weighted = contracts("1 - x", "x", ((0, 1), (0, 1)), weights=(2, 1))
    assert answer(weighted, "nash-bargaining").payoffs == {"Ann": F(2, 3), "Bob": F(1, 3)}


def test_payoffs_that_are_not_concave_are_refused() -> None:
    for second, why in [
        ("x^2 + y", "concave"),
        ("x * y", "concave"),
        ("sqrt(x)", "polynomials"),
        ("y / (1 + x)", "polynomials"),
    ]:
        found = solve(contracts("y - x", second), ["nash-bargaining"])
        assert why in found.refusals[0].reason and "Bob" in found.refusals[0].reason


def test_a_cubic_cost_is_concave_where_terms_are_positive() -> None:
    game = contracts("y - x^3/3", "3*x - y^2", ((0, 2), (0, 3)))
    assert isinstance(answer(game, "nash-bargaining"), Agreement)
    beyond = contracts("y - x^3/3", "3*x - y^2", ((-1, 2), (0, 3)))
    assert "concave" in solve(beyond, ["nash-bargaining"]).refusals[0].reason


def test_a_proportion_of_irrational_ideals_is_met_to_a_tolerance() -> None:
    game = contracts(
        "2*x - y^2",
        "5*x - x^2/2 - y^2 + x*y",
        disagreement=(2, 2),
    )
    (result,) = solve(game, ["kalai-smorodinsky"]).results
    assert result.status.value == "numeric" and result.tolerance == F(1, 10**12)
    (found,) = result.solutions
    ratios = [float(found.deal.gains[p]) / float(found.ideals[p].gains[p]) for p in ("Ann", "Bob")]
    assert ratios[0] == pytest.approx(ratios[1], rel=1e-12)


# Grids


Coefficients = tuple[int, int, int, int, int]


def concave(random: Random) -> Coefficients:
    a, b = random.randint(-4, 6), random.randint(-4, 6)
    if random.random() < 0.25:
        return a, b, 0, 0, 0
    p, r = random.randint(0, 3), random.randint(0, 3)
    return a, b, p, r, random.randint(-int((p * r) ** 0.5), int((p * r) ** 0.5))


def written(c: Coefficients) -> str:
    return f"{c[0]} * x + {c[1]} * y - {c[2]} * x^2 / 2 - {c[3]} * y^2 / 2 - ({c[4]}) * x * y"


def computed(c: Coefficients, x, y):
    return c[0] * x + c[1] * y - c[2] * x**2 / 2 - c[3] * y**2 / 2 - c[4] * x * y


@pytest.mark.parametrize("seed", range(12))
def test_no_contract_on_a_grid_is_better(seed: int) -> None:
    random = Random(seed)
    one, two = concave(random), concave(random)
    box = (0, random.choice([1, 3, 10])), (0, random.choice([1, 3, 10]))
    d = random.randint(-3, 1), random.randint(-3, 1)
    weights = random.randint(1, 3), random.randint(1, 3)
    discounts = F(random.randint(0, 9), 10), F(random.randint(0, 9), 10)
    game = contracts(written(one), written(two), box, d, random.random() < 0.5, weights, discounts)
    x, y = np.meshgrid(*(np.linspace(*side, 201) for side in box))
    first, second = (computed(c, x, y) - at for c, at in ((one, d[0]), (two, d[1])))
    inside = (first >= 0) & (second >= 0)
    found = {concept: answer(game, concept) for concept in CONCEPTS}
    if isinstance(found["nash-bargaining"], NoAgreement):
        assert not ((first > 1e-9) & (second > 1e-9)).any()
        return

    def gains(deal) -> tuple[float, float]:
        return float(deal.gains["Ann"]), float(deal.gains["Bob"])

    def most(quantity) -> float:
        return np.where(inside, quantity, -np.inf).max() - 1e-7

    a, b = gains(found["nash-bargaining"].deal)
    powers = np.maximum(first, 0) ** weights[0] * np.maximum(second, 0) ** weights[1]
    assert a ** weights[0] * b ** weights[1] >= most(powers)
    offers = found["take-it-or-leave-it"].offers
    assert gains(offers["Ann"])[0] >= most(first) and gains(offers["Bob"])[1] >= most(second)
    a, b = gains(found["utilitarian"].deal)
    assert weights[0] * a + weights[1] * b >= most(weights[0] * first + weights[1] * second)
    if found["egalitarian"] is not None:
        a, b = gains(found["egalitarian"].deal)
        least = np.minimum(first / weights[0], second / weights[1])
        assert min(a / weights[0], b / weights[1]) >= most(least)
    if found["kalai-smorodinsky"] is not None:
        a, b = gains(found["kalai-smorodinsky"].deal)
        ideal = gains(offers["Ann"])[0], gains(offers["Bob"])[1]
        assert min(a / ideal[0], b / ideal[1]) >= most(
            np.minimum(first / ideal[0], second / ideal[1])
        )
    turns = found["rubinstein"]
    assert isinstance(turns, Offers)
    waits = float(discounts[1]) * gains(turns.offers["Bob"])[1]
    assert gains(turns.offers["Ann"])[0] >= most(np.where(second >= waits, first, -np.inf))
    waits = float(discounts[0]) * gains(turns.offers["Ann"])[0]
    assert gains(turns.offers["Bob"])[1] >= most(np.where(first >= waits, second, -np.inf))


# Formulas in the parameters

TRADE = """\
game: Trade
players: [Ann, Bob]
parameters: {alpha: 8, beta: 1, gamma: 1, kappa: 1, power: 1}
choices: {Ann: "security in [0, 50]", Bob: "autonomy in [0, 50]"}
payoffs:
  Ann: gamma * autonomy - kappa * security^2 / 2
  Bob: alpha * security - beta * autonomy^2 / 2
bargaining:
  disagreement: [0, 0]
  weights: [power, 1]
"""


def formulas(notes: tuple[str, ...]) -> dict[str, str]:
    """The formulas of the terms in a note."""
    (note,) = notes
    text = note.partition(", as long as")[0].partition("in the parameters, ")[2]
    return dict(part.split(" = ") for part in text.split(", "))


def test_terms_are_told_in_the_parameters() -> None:
    """The formulas, read by the grammar of files, give the solution at other values."""
    file = study(TRADE)
    (result,) = solve(file.case().game, ["nash-bargaining"]).results
    told = formulas(result.notes)
    for values in ({"alpha": 3, "kappa": 2}, {"power": 2, "gamma": F(3, 2), "beta": 5}):
        case = file.case(None, {name: F(value) for name, value in values.items()})
        deal = answer(case.game, "nash-bargaining").deal
        for name, text in told.items():
            expression = read_formula(text, lambda start, stop: Span(1, 1))
            value = evaluate_number(expression, Environment(dict(case.values)))
            assert float(value) == pytest.approx(float(deal.terms[name]), rel=1e-12)


def test_the_contract_curve_is_told_in_the_parameters() -> None:
    (result,) = solve(study(TRADE).case().game, ["contract-curve"]).results
    (note,) = result.notes
    left, right = note.rpartition("satisfy ")[2].split(" = ")
    assert left == "security * autonomy"
    value = evaluate_number(
        read_formula(right, lambda start, stop: Span(1, 1)),
        Environment({"alpha": F(7), "beta": F(2), "gamma": F(3), "kappa": F(5)}),
    )
    assert value == F(21, 10)


def test_no_formula_is_told_where_there_is_none() -> None:
    """With a positive disagreement the terms solve equations of higher degree."""
    game = study(TRADE.replace("[0, 0]", "[1/2, 1/2]")).case().game
    (result,) = solve(game, ["nash-bargaining"]).results
    assert result.notes == () and result.solutions
    at_an_end = study(TRADE.replace("security in [0, 50]", "security in [0, 1]")).case().game
    (result,) = solve(at_an_end, ["nash-bargaining"]).results
    assert result.notes == () and result.solutions[0].deal.terms["security"] == 1
