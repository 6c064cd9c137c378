"""The arrays and the ordinary solver agree at thousands of points, ties among them."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from alliance_games.parametric.sweeps.rows import COMPONENT, PURE
from alliance_games.parametric.sweeps.two_by_two import corners
from tests.parametric.sweep_games import all_rows, assert_agree, sweep_of

SHAPES = [(2, 2), (2, 3), (3, 2), (3, 3), (2, 4), (4, 4)]


def payoffs(shape: tuple[int, int], number: int, draw: object, seed: int) -> list[list[object]]:
    dice = random.Random(seed)
    size = 2 * shape[0] * shape[1]
    return [[draw(dice) for _ in range(size)] for _ in range(number)]  # type: ignore[operator]


def whole(low: int, high: int) -> object:
    return lambda dice: dice.randint(low, high)


@pytest.mark.parametrize("concept", ["nash", "pure-nash"])
def test_every_column_agrees_in_2x2_games_with_and_without_ties(concept: str) -> None:
    left, _ = assert_agree((2, 2), payoffs((2, 2), 3000, whole(-1, 1), 1), concept)
    assert left == 0  # whole numbers are exact: ties are seen, and solved in closed form
    left, _ = assert_agree((2, 2), payoffs((2, 2), 1500, whole(-60, 60), 2), concept)
    assert left == 0
    tenths = lambda dice: f"{dice.randint(-9, 9) / 10}"  # noqa: E731
    left, _ = assert_agree((2, 2), payoffs((2, 2), 1000, tenths, 3), concept)
    assert left > 0  # tenths are no floats: their ties are decided exactly
    any_float = lambda dice: repr(dice.uniform(-1, 1))  # noqa: E731
    left, _ = assert_agree((2, 2), payoffs((2, 2), 1000, any_float, 4), concept)
    assert left < 10


@pytest.mark.parametrize("shape", SHAPES[1:], ids=str)
def test_every_column_agrees_in_larger_games(shape: tuple[int, int]) -> None:
    number = 300 if shape == (4, 4) else 500
    left, rows = assert_agree(shape, payoffs(shape, number, whole(-60, 60), 5))
    assert left < number / 4 and rows >= number
    tenths = lambda dice: f"{dice.randint(-40, 40) / 10}"  # noqa: E731
    assert_agree(shape, payoffs(shape, number // 2, tenths, 6))
    assert_agree(shape, payoffs(shape, 100, whole(-1, 1), 7))
    assert_agree(shape, payoffs(shape, 300, whole(-1, 1), 8), "pure-nash")


def test_near_ties_are_decided_exactly() -> None:
    """A difference far below what floats tell apart makes or unmakes an equilibrium."""
    tiny = Fraction(1, 10**18)
    games = [
        [1, 1, 0, 0, 1 + step * tiny, 0, 1, 1] for step in (-1, 0, 1)
    ]  # Bottom against Left gains, ties, or loses by 10^-18
    left, _ = assert_agree((2, 2), games)
    assert left == 2  # the tie itself is between floats, and seen
    rows = all_rows(sweep_of((2, 2), games, exact=False))
    top_left = [
        sum(1 for k in range(len(rows)) if rows.point[k] == p and rows.kind[k] == PURE
            and rows.chances[k, 0] == 1 == rows.chances[k, 2])
        for p in range(3)
    ]  # fmt: skip
    assert top_left[0] == 1 and top_left[2] == 0


def is_equilibrium(game: list[int], x: Fraction, y: Fraction) -> bool:
    """By the definition: no pure deviation gains."""
    a, b = game[0::2], game[1::2]

    def at(table: list[int], p: Fraction, q: Fraction) -> Fraction:
        weights = [p * q, p * (1 - q), (1 - p) * q, (1 - p) * (1 - q)]
        return sum((w * u for w, u in zip(weights, table, strict=True)), Fraction(0))

    ends = (Fraction(0), Fraction(1))
    return all(at(a, p, y) <= at(a, x, y) for p in ends) and all(
        at(b, x, q) <= at(b, x, y) for q in ends
    )


def test_all_81_patterns_of_signs_hold_by_the_definition() -> None:
    for alpha, beta, gamma, delta in product((-1, 0, 1), repeat=4):
        game = [alpha, gamma, beta, 0, 0, delta, 0, 0]
        found = corners(alpha, beta, gamma, delta)
        assert sum({one.number: one.nash_index for one in found}.values()) == 1
        for one in found:
            assert is_equilibrium(game, one.row, one.column)
        points = {(one.row, one.column) for one in found}
        for x, y in product((Fraction(0), Fraction(1)), repeat=2):
            if is_equilibrium(game, x, y):
                assert (x, y) in points  # a pure equilibrium is always an extreme point
        # On a fine grid every equilibrium lies between two corners of one component, or is one.
        for k, m in product(range(9), repeat=2):
            x, y = Fraction(k, 8), Fraction(m, 8)
            if is_equilibrium(game, x, y) and (x, y) not in points:
                assert any(one.corner for one in found)


def test_quantecon_finds_the_same_in_games_without_ties() -> None:
    quantecon = pytest.importorskip("quantecon.game_theory")
    games = payoffs((3, 3), 200, whole(-1000, 1000), 9)
    rows = all_rows(sweep_of((3, 3), games, exact=False))  # type: ignore[arg-type]
    assert (rows.kind != COMPONENT).all()
    for place, game in enumerate(games):
        a = np.array(game[0::2], dtype=float).reshape(3, 3)
        b = np.array(game[1::2], dtype=float).reshape(3, 3)
        players = (quantecon.Player(a), quantecon.Player(b.T.copy()))
        found = quantecon.vertex_enumeration(quantecon.NormalFormGame(players))
        theirs = sorted(tuple(np.concatenate(pair).round(9)) for pair in found)
        ours = sorted(tuple(row.round(9)) for row in rows.chances[rows.point == place])
        assert np.allclose(ours, theirs, atol=1e-8)


def test_components_have_all_their_corners() -> None:
    rows = all_rows(sweep_of((2, 2), [[0] * 8], exact=False))
    assert (rows.kind == COMPONENT).all()
    assert rows.corner.tolist() == [1, 2, 3, 4]
    assert rows.dimension.tolist() == [2, 2, 2, 2]
    assert rows.index.tolist() == [1, 1, 1, 1]
    pairs = [(row[0], row[2]) for row in rows.chances.tolist()]
    assert pairs == [(1, 1), (1, 0), (0, 1), (0, 0)]
