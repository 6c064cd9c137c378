"""One equilibrium: exact, on every road, whatever the ties."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_games.algorithms import lemke_howson
from alliance_games.algorithms.bimatrix import all_equilibria, one_equilibrium
from tests.algorithms.nash_by_definition import is_equilibrium


def random_game(seed: int, rows: int, columns: int, high: int) -> tuple[list[list[int]], ...]:
    random = Random(seed)
    return tuple(
        [[random.randint(0, high) for _ in range(columns)] for _ in range(rows)] for _ in "ab"
    )


@pytest.fixture
def no_pure_shortcut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lemke_howson, "_pure", lambda game: None)


@given(st.integers(0, 10**6), st.integers(1, 5), st.integers(1, 5), st.sampled_from([0, 1, 2, 99]))
def test_it_is_an_extreme_equilibrium(seed: int, rows: int, columns: int, high: int) -> None:
    a, b = random_game(seed, rows, columns, high)
    found = one_equilibrium(a, b)
    assert found in {e for c in all_equilibria(a, b).components for e in c.extreme}


@pytest.mark.usefixtures("no_pure_shortcut")
@pytest.mark.parametrize("high", [0, 1, 2, 9, 10**20])
@pytest.mark.parametrize(("rows", "columns"), [(2, 2), (3, 5), (8, 8), (12, 9), (20, 20), (30, 25)])
def test_paths_end_in_an_equilibrium(rows: int, columns: int, high: int) -> None:
    for seed in range(3):
        a, b = random_game(seed, rows, columns, high)
        found = one_equilibrium(a, b)
        assert found is not None
        assert is_equilibrium(a, b, found.row, found.column)


@pytest.mark.usefixtures("no_pure_shortcut")
@pytest.mark.parametrize("size", [60, 100])
def test_big_games(size: int) -> None:
    a, b = random_game(size, size, size, 99)
    found = one_equilibrium(a, b)
    assert found is not None
    assert is_equilibrium(a, b, found.row, found.column)


@pytest.mark.usefixtures("no_pure_shortcut")
def test_zero_sum() -> None:
    a, _ = random_game(5, 40, 40, 1)
    b = [[-entry for entry in line] for line in a]
    found = one_equilibrium(a, b)
    assert found is not None
    assert is_equilibrium(a, b, found.row, found.column)


def test_a_pure_equilibrium_is_preferred() -> None:
    found = one_equilibrium([[4, 0], [3, 3]], [[4, 3], [0, 3]])
    assert found is not None
    assert found.row == (1, 0)


def test_a_limit_is_passed_on() -> None:
    def stop() -> None:
        raise TimeoutError

    with pytest.raises(TimeoutError):
        one_equilibrium([[1, 0], [0, 1]], [[0, 1], [1, 0]], stop)
