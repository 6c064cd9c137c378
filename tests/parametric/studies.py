"""Games of the tests on regimes, and exact points of their parameters."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

from alliance_games.concepts import names
from alliance_games.model.problems import InvalidGame
from alliance_games.model.study import Study
from alliance_games.parametric.cells import Cell
from alliance_games.parametric.regimes import Regime, Regimes
from alliance_games.reading import read_file, read_study

GAMES = Path(__file__).parents[2] / "games"


def library(name: str) -> Study:
    """A game of the library."""
    return read_file(str(GAMES / name), names())


def study(text: str) -> Study:
    """The study that a file with this text is."""
    return read_study(text, "test.yaml", names())


def symmetric(parameters: str, assume: str, a: str, b: str, c: str, d: str) -> Study:
    """A symmetric game of two players with strategies X and Y and row payoffs [[a, b], [c, d]]."""
    return study(
        f"game: test\nplayers: [One, Two]\nparameters: {parameters}\nassume: {assume}\n"
        "strategies: [X, Y]\npayoffs:\n"
        f"  X, X: {a}, {a}\n  X, Y: {b}, {c}\n  Y, X: {c}, {b}\n  Y, Y: {d}, {d}\n"
    )


def points(found: Regimes, number: int, seed: int) -> Iterator[tuple[Fraction, ...]]:
    """Exact points that satisfy the study's assumptions, told by the ordinary game itself.

    Half of them are small integers and halves, so that knife edges are met by chance.
    """
    dice = random.Random(seed)
    symbols = found.region.symbols
    made = tries = 0
    while made < number and tries < 200 * number:
        tries += 1
        point = tuple(_number(dice, default, coarse=tries % 2 == 0) for default in symbols.defaults)
        if allowed(found, point):
            made += 1
            yield point
    assert made == number, "too few points satisfy the assumptions"


def allowed(found: Regimes, point: tuple[Fraction, ...]) -> bool:
    """Whether the ordinary game finds the point within its assumptions, ranges and probabilities.

    A payoff without a value is another matter: there the cells say so.
    """
    values = found.region.symbols.values(point)
    try:
        found.study.game.values(values)
        found.study.game.at(values)
    except InvalidGame as invalid:
        return all(problem.code == "division-by-zero" for problem in invalid.problems)
    return True


def _number(dice: random.Random, default: Fraction, coarse: bool) -> Fraction:
    if dice.random() < 0.15:
        return default
    if coarse:
        return Fraction(dice.randint(-2, 8), dice.choice([1, 1, 2, 4]))
    spread = max(abs(default), Fraction(1))
    return default + spread * Fraction(dice.randint(-2000, 2000), 997)


def holders(found: Regimes, point: tuple[Fraction, ...]) -> list[Regime]:
    """The regimes that hold a point, by their stated conditions."""
    return [regime for regime in found.regimes if holds(found, regime.cell, point)]


def holds(found: Regimes, cell: Cell[object], point: tuple[Fraction, ...]) -> bool:
    """Whether one of a cell's conjunctions holds at a point: evaluated here, from the numbers."""
    from alliance_games.exact.polynomials import evaluate

    for conjunction in cell.alternatives:
        for key, signs in conjunction:
            value = evaluate(found.region.decider.factors.polynomials[key], point)
            if not signs & (4 if value > 0 else 1 if value < 0 else 2):
                break
        else:
            return True
    return False
