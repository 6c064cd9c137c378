"""At every exact point exactly one cell holds, and its formulas give what the solver finds."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from alliance_games.exact.evaluate import EvaluationError, evaluate_truth
from alliance_games.exact.polynomials import evaluate
from alliance_games.parametric.agreement import CannotCompare, difference
from alliance_games.parametric.regimes import Regimes, regimes
from alliance_games.parametric.telling import Telling
from alliance_games.parametric.wording import written
from alliance_games.reading.formula import read_formula
from tests.parametric.studies import allowed, holders, holds, library, points, study, symmetric

CHICKEN = """
game: chicken with a choice of arms
players: [A, B]
parameters: {v: 4, c: 6, e: 1}
assume: [v > 0]
strategies: [Hawk, Dove, Hide]
payoffs:
  each: >
    if(mine == Hawk, if(others(Hawk) == 1, (v - c) / 2, v),
    if(mine == Dove, others(Dove) * v / 2, e))
"""

PIECEWISE = """
game: a piecewise stag hunt
players: [A, B]
parameters: {s: 4, r: 3, k: 1}
assume: [s > 0, k >= 0]
strategies: [Stag, Rabbit]
payoffs:
  Stag, Stag: min(s, 2 * r), min(s, 2 * r)
  Stag, Rabbit: -abs(k), max(r, k)
  Rabbit, Stag: max(r, k), -abs(k)
  Rabbit, Rabbit: if(r > k, r, k), if(r > k, r, k)
"""

DIVIDED = """
game: payoffs that are quotients
players: [A, B]
parameters: {x: 2, y: 1}
strategies: [Up, Down]
payoffs:
  Up, Up: x / y, y / x
  Up, Down: 1 / (x - y), 0
  Down, Up: 0, x
  Down, Down: 1, y / (x + y)
"""

THREE = """
game: a collective good
players: [France, Britain, Prussia]
parameters:
  power: {value: {France: 3, Britain: 4, Prussia: 6}}
  threat: 5
  cost: 1/2
assume: [power > 0, threat > 0, cost > 0]
strategies: [Balance, Hide]
payoffs:
  each: total(power, Balance) / threat - if(mine == Balance, cost * power, 0)
"""

MATRIX = """
game: asymmetric matching
players: [A, B]
parameters: {p: 1, q: 2}
strategies: {A: [L, M, R], B: [l, r]}
payoffs:
  L, l: p, 0
  L, r: 0, q
  M, l: 0, q
  M, r: p, 0
  R, l: q / 2, p
  R, r: q / 2, p
"""

OR = """
game: an assumption with or
players: [A, B]
parameters: {x: 2, y: 1}
assume: [x > 1 or y > 1, x != 3]
strategies: [Up, Down]
payoffs:
  Up, Up: x, y
  Up, Down: 0, 0
  Down, Up: 0, 0
  Down, Down: y - 1, x - 1
"""

TREE = """
game: a chain of offers
players: [Major, Minor]
parameters: {a: 2, b: 1, q: 1/2}
assume: [b > 0]
tree:
  Major:
    Wait: "0, 0"
    Offer:
      chance:
        calm (q):
          Minor @ calm: {Accept: "a, b", Refuse: "-1, 0"}
        storm (1 - q):
          Minor @ storm: {Accept: "a - b, b - a", Refuse: "-1, 0"}
"""

CASES = {
    "stag hunt": (lambda: library("stag_hunt.yaml"), None, 400),
    "balancing": (lambda: library("balancing_vs_bandwagoning.yaml"), None, 250),
    "security dilemma": (lambda: library("alliance_security_dilemma.yaml"), None, 250),
    "autonomy": (lambda: library("morrow_autonomy_security.yaml"), None, 250),
    "dominance": (lambda: library("balancing_vs_bandwagoning.yaml"), ["dominance"], 150),
    "payoff dominance": (lambda: library("stag_hunt.yaml"), ["payoff-dominance"], 150),
    "chicken": (lambda: study(CHICKEN), ["nash"], 250),
    "piecewise": (lambda: study(PIECEWISE), ["nash"], 250),
    "divided": (lambda: study(DIVIDED), ["nash"], 250),
    "efficient": (lambda: library("alliance_security_dilemma.yaml"), ["pareto"], 150),
    "rationalizable": (lambda: study(MATRIX), ["rationalizable"], 150),
    "three players": (lambda: study(THREE), ["pure-nash"], 150),
    "asymmetric": (lambda: study(MATRIX), ["nash"], 250),
    "dominance of three": (lambda: study(MATRIX), ["dominance"], 200),
    "or": (lambda: study(OR), ["nash", "payoff-dominance"], 250),
    "tree": (lambda: study(TREE), ["subgame-perfect"], 250),
}


def agree(found: Regimes, point: tuple[Fraction, ...]) -> bool:
    """Assert that exactly one cell holds the point and says what the solver does; False where the
    solver itself has no whole answer."""
    there = holders(found, point)
    assert len(there) == 1, f"{len(there)} cells hold {point}"
    try:
        gap = difference(found.study, found.region.symbols, there[0].cell.outcome, point)
    except CannotCompare:
        return False
    assert gap is None, f"at {point}: {gap}"
    return True


@pytest.mark.parametrize("name", CASES)
def test_points_of_the_region(name: str) -> None:
    make, concepts, number = CASES[name]
    found = regimes(make(), concepts, most_edges=None)
    assert not found.stopped and not found.undecided
    compared = [agree(found, point) for point in points(found, number, seed=7)]
    assert sum(compared) >= 0.9 * len(compared)


@pytest.mark.parametrize("name", CASES)
def test_conditions_as_written(name: str) -> None:
    """The text of each condition, read by our own grammar, holds where the cell does."""
    make, concepts, _ = CASES[name]
    found = regimes(make(), concepts, most_edges=None)
    telling = Telling(found)
    texts = {
        id(told.regime): read_formula(written(told.where)) for told in telling.all if told.where
    }
    for point in points(found, 60, seed=3):
        game = found.study.game
        environment = game.environment(found.region.symbols.values(point))
        for told in telling.all:
            if id(told.regime) not in texts:
                continue
            try:
                said = evaluate_truth(texts[id(told.regime)], environment)
            except EvaluationError as error:
                if error.code != "division-by-zero":
                    raise
                continue
            assert said == holds(found, told.regime.cell, point)


@pytest.mark.parametrize("name", CASES)
def test_points_on_the_edges(name: str) -> None:
    """Points made to lie on knife edges: a linear equality solved for one of its parameters."""
    make, concepts, _ = CASES[name]
    found = regimes(make(), concepts, most_edges=None)
    factors = found.region.decider.factors.polynomials
    equalities = {
        key
        for regime in found.regimes
        for one in regime.cell.alternatives
        for key, signs in one
        if signs == 2
    }
    met = 0
    for base in points(found, 40, seed=11):
        for key in sorted(equalities):
            point = on(factors[key], base)
            if point is None or not allowed(found, point):
                continue
            met += agree(found, point)
    assert met or not equalities


def on(p: object, base: tuple[Fraction, ...]) -> tuple[Fraction, ...] | None:
    """The base with one coordinate moved so that the polynomial vanishes, where that is linear."""
    for variable, degree in enumerate(p.degrees()):
        if degree != 1:
            continue
        zero = tuple(Fraction(0) if i == variable else v for i, v in enumerate(base))
        one = tuple(Fraction(1) if i == variable else v for i, v in enumerate(base))
        rest = evaluate(p, zero)
        slope = evaluate(p, one) - rest
        if slope:
            return tuple(-rest / slope if i == variable else v for i, v in enumerate(base))
    return None


@pytest.mark.parametrize("seed", range(12))
def test_random_games(seed: int) -> None:
    """Small games whose payoffs are random polynomials in one to three parameters: of the second
    degree for two strategies each, linear where one player has three."""
    dice = random.Random(seed)
    names = ["x", "y", "z"][: dice.randint(1, 3)]
    degree = 2 - seed % 2

    def payoff() -> str:
        terms = [str(dice.randint(-2, 2))]
        for _ in range(dice.randint(0, 2)):
            terms.append(
                "*".join(
                    [str(dice.randint(-2, 2)), *dice.choices(names, k=dice.randint(1, degree))]
                )
            )
        return " + ".join(terms)

    if seed % 4 == 0:
        found = symmetric(
            "{" + ", ".join(f"{n}: 1" for n in names) + "}", "[]", *(payoff() for _ in range(4))
        )
    else:
        cells = "\n".join(
            f"  {r}, {c}: {payoff()}, {payoff()}" for r in "UMD"[: 2 + seed % 2] for c in "LR"
        )
        rows = ", ".join("UMD"[: 2 + seed % 2])
        found = study(
            "game: random\nplayers: [A, B]\nparameters: {"
            + ", ".join(f"{n}: 1" for n in names)
            + "}\nstrategies: {A: ["
            + rows
            + "], B: [L, R]}\npayoffs:\n"
            + cells
        )
    divided = regimes(found, ["nash"], most_edges=None)
    assert not divided.stopped
    for point in points(divided, 40, seed):
        agree(divided, point)
