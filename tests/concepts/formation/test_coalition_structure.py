"""Best coalition structures and their core, against all partitions of small games."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from random import Random

import pytest

from alliance_games.model.coalitional import CoalitionalGame
from alliance_games.results.budget import Budget
from alliance_games.results.named.cooperative import DivisionSet
from alliance_games.results.named.partitions import BestStructures
from alliance_games.results.result import Coverage
from alliance_games.solve import solve
from tests.contract.others.cooperative import powers, random_game


def partitions(group: int) -> Iterator[frozenset[int]]:
    """Every partition, a player at a time."""
    if not group:
        yield frozenset()
        return
    last = 1 << (group.bit_length() - 1)
    for blocks in partitions(group ^ last):
        yield blocks | {last}
        for block in blocks:
            yield blocks - {block} | {block | last}


def worth(game: CoalitionalGame, blocks: frozenset[int]) -> Fraction:
    return sum(map(game.worth, blocks), Fraction(0))


def best(game: CoalitionalGame) -> BestStructures:
    result = solve(game, ["coalition-structure"]).results[0]
    assert result.coverage is Coverage.ALL and result.verified
    (one,) = result.solutions
    assert isinstance(one, BestStructures)
    return one


@pytest.mark.parametrize("players", [1, 2, 3, 4, 5, 6])
def test_they_are_the_best_of_all_partitions(players: int) -> None:
    for seed in range(6):
        game = random_game(Random(100 * players + seed), players)
        found = best(game)
        value = max(worth(game, blocks) for blocks in partitions(game.everybody))
        wanted = {b for b in partitions(game.everybody) if worth(game, b) == value}
        assert found.value == value and found.number == len(wanted)
        told = {frozenset(map(game.coalition, one)) for one in found.structures}
        assert told == wanted and len(found.structures) == len(wanted)


def test_where_larger_is_better_all_are_together() -> None:
    found = best(powers(5, 3, 2))
    assert found.value == found.together == 100
    assert found.structures == ((("A", "B", "C"),),)


def test_an_additive_game_has_all_partitions() -> None:
    worths = [bin(coalition).count("1") for coalition in range(1 << 6)]
    game = CoalitionalGame.from_worths(tuple("ABCDEF"), worths)
    assert best(game).number == 203  # Bell's number of six
    some = solve(game, ["coalition-structure"], Budget(listed=5)).results[0]
    assert some.coverage is Coverage.SOME and len(some.solutions[0].structures) == 5
    assert "number" in some.solutions[0].said() and "structures" not in some.solutions[0].said()


def test_blocs_may_be_stable_where_all_together_are_not() -> None:
    """Two pairs make 4 each, all 6: the core is empty, that of the structure is not."""
    worths = [0] * 16
    worths[0b0011] = worths[0b1100] = 4
    worths[15] = 6
    game = CoalitionalGame.from_worths(tuple("ABCD"), worths)
    found = best(game)
    assert found.value == 8 and found.structures == ((("A", "B"), ("C", "D")),)
    core, structure = solve(game, ["core", "structure-core"]).results
    assert not core.solutions[0].is_something
    (division,) = structure.solutions
    assert isinstance(division, DivisionSet) and division.dimension == 2
    for point in (division.inner, *division.extreme_points):
        assert point["A"] + point["B"] == 4 == point["C"] + point["D"]
    assert len(division.extreme_points) == 4


def test_the_core_of_a_structure_is_the_core_where_all_are_best_together() -> None:
    for seed in range(8):
        game = random_game(Random(seed), 4)
        core, structure = solve(game, ["core", "structure-core"]).results
        if best(game).value == game.worth(game.everybody):
            assert structure.solutions[0].said() == core.solutions[0].said()
        else:
            assert not core.solutions[0].is_something


def test_too_many_players_are_refused() -> None:
    game = CoalitionalGame.from_worths(tuple("ABCDEFGHIJKLMNO"), [0] + [1] * (2**15 - 1))
    answer = solve(game, ["coalition-structure", "structure-core"])
    assert [one.concept for one in answer.refusals] == ["coalition-structure", "structure-core"]
