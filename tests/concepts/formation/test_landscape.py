"""Landscapes against their definition on every configuration, closed forms, and a second count."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product
from random import Random

import pytest

from alliance_games.model.landscape import Landscape
from alliance_games.results.budget import Budget
from alliance_games.results.named.landscape import Minimum, Path
from alliance_games.results.result import Coverage, Status
from alliance_games.solve import solve
from tests.contract.others.landscape import enemies, landscape
from tests.reading.games import study

Where = tuple[bool, ...]


def energy(game: Landscape, where: Where) -> Fraction:
    """The sum over ordered pairs on different sides, as Axelrod and Bennett define it."""
    states = range(len(game.players))
    return sum(
        (
            game.sizes[i] * game.sizes[j] * game.propensities[i][j]
            for i, j in product(states, states)
            if i != j and where[i] != where[j]
        ),
        Fraction(0),
    )


def moved(where: Where, at: int) -> Where:
    return tuple(side != (place == at) for place, side in enumerate(where))


def by_definition(game: Landscape) -> dict[frozenset[frozenset[str]], tuple[Fraction, bool, int]]:
    """Each local minimum with its energy, whether it is strict, and its basin."""
    count = len(game.players)
    all_of_them = [(False, *rest) for rest in product((False, True), repeat=count - 1)]
    energies = {where: energy(game, where) for where in all_of_them}

    def canonical(where: Where) -> Where:
        return where if not where[0] else tuple(not side for side in where)

    def after(where: Where) -> list[Where]:
        return [canonical(moved(where, at)) for at in range(count)]

    def end(where: Where) -> Where:
        while True:
            best = min(after(where), key=energies.__getitem__)  # the first of equals
            if energies[best] >= energies[where]:
                return where
            where = best

    ends = [end(where) for where in all_of_them]
    found = {}
    for where in all_of_them:
        around = [energies[other] for other in after(where)]
        if energies[where] <= min(around):
            sides = frozenset(
                frozenset(n for n, side in zip(game.players, where, strict=True) if side == place)
                for place in set(where)
            )
            strict = energies[where] < min(around)
            found[sides] = (energies[where], strict, ends.count(where))
    return found


def minima(game: Landscape) -> dict[frozenset[frozenset[str]], tuple[Fraction, bool, int]]:
    result = solve(game, ["landscape-minima"]).results[0]
    assert result.coverage is Coverage.ALL and result.verified
    found = [one for one in result.solutions if isinstance(one, Minimum)]
    assert [one.energy for one in found] == sorted(one.energy for one in found)
    assert sum(one.basin for one in found) == found[0].configurations
    return {
        frozenset(map(frozenset, one.sides)): (one.energy, one.strict, one.basin) for one in found
    }


@pytest.mark.parametrize("count", [1, 2, 3, 5, 7])
@pytest.mark.parametrize("most", [1, 5])
def test_they_are_those_of_the_definition(count: int, most: int) -> None:
    for seed in range(8):
        game = landscape(Random(seed), count, most)
        assert minima(game) == by_definition(game)


def test_weights_too_large_for_machine_integers() -> None:
    game = landscape(Random(5), 6)
    large = replace(game, sizes=tuple(size * 10**15 for size in game.sizes))
    assert {sides: one[1:] for sides, one in minima(large).items()} == {
        sides: one[1:] for sides, one in minima(game).items()
    }
    assert minima(large) == by_definition(large)


def test_mutual_enemies() -> None:
    """Equal enemies divide as evenly as they can: a pair against each loner, energy -4."""
    three = minima(enemies(3))
    assert len(three) == 3 and {one[0] for one in three.values()} == {-4}
    assert all(sorted(map(len, sides)) == [1, 2] for sides in three)
    assert len(minima(enemies(4))) == 3  # two against two
    assert len(minima(enemies(5))) == 10  # two against three: any pair
    assert not any(strict for _, strict, _ in minima(enemies(5)).values())  # three may lose one


THIRTIES = """\
game: Thirties
players: [BRI, FRA, GER, ITA, USR, POL]
parameters: {x: -2}
landscape:
  sizes: {BRI: 8, FRA: 5, GER: 15, ITA: 3, USR: 16, POL: 2}
  propensities:
    BRI - FRA: 2
    BRI - GER: x
    BRI - ITA: -1
    BRI - USR: -2
    BRI - POL: 1
    FRA - GER: -3
    FRA - ITA: -1
    FRA - USR: -2
    FRA - POL: 1
    GER - ITA: 1
    GER - USR: -3
    GER - POL: -2
    ITA - USR: -2
    ITA - POL: 0
    USR - POL: -2
  start: [[BRI], [FRA, GER, ITA, USR, POL]]
"""
AXIS = frozenset({frozenset({"BRI", "FRA", "USR", "POL"}), frozenset({"GER", "ITA"})})
AGAINST_USSR = frozenset({frozenset({"BRI", "FRA", "GER", "ITA", "POL"}), frozenset({"USR"})})


def test_the_stylised_thirties() -> None:
    game = study(THIRTIES).case().game
    found = minima(game)
    assert {sides: one[0] for sides, one in found.items()} == {AXIS: -2760, AGAINST_USSR: -2592}


@pytest.mark.parametrize(
    ("x", "sides", "strict"),
    [("-27/10", 2, True), ("-41/15", 2, False), ("-2734/1000", 1, True), ("-3", 1, True)],
)
def test_where_the_division_against_the_ussr_ends(x: str, sides: int, strict: bool) -> None:
    """Britain leaves it where 9 + 15x < -32: at x = -41/15, where nothing else moves before."""
    found = minima(study(THIRTIES.replace("x: -2", f"x: {x}")).case().game)
    assert len(found) == sides and AXIS in found
    assert all(one[1] for division, one in found.items() if division == AXIS)
    if AGAINST_USSR in found:
        assert found[AGAINST_USSR][1] is strict


def test_the_way_down_is_the_steepest() -> None:
    for seed in range(10):
        game = landscape(Random(seed), 6)
        result = solve(game, ["gradient-path"]).results[0]
        (path,) = result.solutions
        assert isinstance(path, Path) and result.verified
        where = tuple(at in game.start for at in range(6))
        for step in path.steps:
            falls = [energy(game, where) - energy(game, moved(where, at)) for at in range(6)]
            assert falls.index(max(falls)) == game.players.index(step.mover)
            where = moved(where, game.players.index(step.mover))
            assert energy(game, where) == step.energy
        falls = [energy(game, where) - energy(game, moved(where, at)) for at in range(6)]
        assert max(falls) <= 0
        assert frozenset(map(frozenset, path.end)) in minima(game)


def test_a_path_of_equals_says_so() -> None:
    result = solve(enemies(3), ["gradient-path"]).results[0]
    (path,) = result.solutions
    assert path.steps[0].mover == "A" and path.steps[0].equally == ("B", "C")
    assert result.notes


def test_the_weights_are_twice_the_sizes() -> None:
    game = landscape(Random(3), 7)
    (one,) = solve(game, ["weighted-potential"]).results[0].solutions
    assert one.said() == {
        name: 2 * size for name, size in zip(game.players, game.sizes, strict=True)
    }
    lopsided = [list(row) for row in game.propensities]
    lopsided[0][1] += 1
    broken = replace(game, propensities=tuple(map(tuple, lopsided)))
    from alliance_games.certificates.landscape import check_potential

    assert not check_potential(broken, one).verified


def test_what_is_not_asked() -> None:
    game = replace(landscape(Random(3), 4), start=None)
    answer = solve(game, ["gradient-path", "landscape-minima"])
    assert [one.concept for one in answer.refusals] == ["gradient-path"]
    names = tuple(f"S{at}" for at in range(30))
    large = Landscape(names, (Fraction(1),) * 30, ((Fraction(0),) * 30,) * 30)
    assert "2^29" in solve(large, ["landscape-minima"]).refusals[0].reason


def test_limits_are_told() -> None:
    game = landscape(Random(1), 10)
    stopped = solve(game, ["landscape-minima"], Budget(seconds=0)).results[0]
    assert stopped.status is Status.STOPPED
    some = solve(enemies(5), ["landscape-minima"], Budget(listed=4)).results[0]
    assert some.coverage is Coverage.SOME and len(some.solutions) == 4
    small = solve(game, ["landscape-minima"], Budget(bytes=1000)).results[0]
    assert small.status is Status.STOPPED
