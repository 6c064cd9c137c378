"""Stable partitions against their definitions, tried on every partition of small games."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import chain, combinations
from random import Random

import pytest

from alliance_games.model.hedonic import HedonicGame
from alliance_games.results.budget import Budget
from alliance_games.results.named.partitions import NoPartition, Partition
from alliance_games.results.result import Coverage, Status
from alliance_games.solve import solve
from tests.contract.others.partitions import CHASE, ROUNDABOUT, hedonic
from tests.reading.games import study

NOTIONS = (
    "core-stable",
    "strict-core-stable",
    "nash-stable",
    "individually-stable",
    "contractually-individually-stable",
)
Blocks = frozenset[frozenset[str]]


def partitions(names: tuple[str, ...]) -> Iterator[Blocks]:
    """Every partition, a player at a time: she joins a coalition or begins one."""
    if not names:
        yield frozenset()
        return
    for blocks in partitions(names[1:]):
        yield blocks | {frozenset(names[:1])}
        for block in blocks:
            yield blocks - {block} | {block | {names[0]}}


def subsets(names: tuple[str, ...]) -> Iterator[frozenset[str]]:
    sizes = range(1, len(names) + 1)
    return map(frozenset, chain.from_iterable(combinations(names, size) for size in sizes))


def stable(game: HedonicGame, notion: str) -> set[Blocks]:
    """The definitions, once more."""

    def gets(name: str, block: frozenset[str]) -> Fraction:
        return game.utility(game.players.index(name), game.coalition(block))

    def unmade(blocks: Blocks) -> bool:
        home = {name: block for block in blocks for name in block}
        if notion in ("core-stable", "strict-core-stable"):
            for group in subsets(game.players):
                gains = [gets(name, group) - gets(name, home[name]) for name in group]
                if min(gains) > 0 or (notion[0] == "s" and min(gains) == 0 < max(gains)):
                    return True
            return False
        for name in game.players:
            for goal in [frozenset(), *blocks]:
                if name in goal or gets(name, goal | {name}) <= gets(name, home[name]):
                    continue
                hosts = all(gets(one, goal | {name}) >= gets(one, goal) for one in goal)
                behind = home[name] - {name}
                left = all(gets(one, behind) >= gets(one, home[name]) for one in behind)
                asked = {"nash-stable": True, "individually-stable": hosts}
                if asked.get(notion, hosts and left):
                    return True
        return False

    return {blocks for blocks in partitions(game.players) if not unmade(blocks)}


def found(game: HedonicGame, notion: str) -> set[Blocks]:
    result = solve(game, [notion]).results[0]
    assert result.coverage is Coverage.ALL and result.verified
    assert all(isinstance(one, Partition | NoPartition) for one in result.solutions)
    every = [one.said() for one in result.solutions if one.is_something]
    assert len(every) == len(set(every))
    assert bool(every) != any(isinstance(one, NoPartition) for one in result.solutions)
    return set(every)


@pytest.mark.parametrize("notion", NOTIONS)
@pytest.mark.parametrize(("count", "most"), [(1, 3), (2, 2), (3, 2), (4, 9), (4, 2), (5, 3)])
def test_they_are_those_of_the_definition(notion: str, count: int, most: int) -> None:
    for seed in range(6):
        game = hedonic(Random(100 * count + seed), count, most)
        assert found(game, notion) == stable(game, notion)


def test_both_answers_occur() -> None:
    """The games above are not all of one kind."""
    games = [hedonic(Random(500 + seed), 5, 3) for seed in range(6)]
    for notion in NOTIONS[:4]:
        numbers = {len(stable(game, notion)) for game in games}
        assert len(numbers) > 1, notion


def test_every_pair_is_broken_up_by_the_third() -> None:
    assert found(ROUNDABOUT, "core-stable") == set()
    assert found(CHASE, "nash-stable") == set()
    assert found(CHASE, "core-stable") == {frozenset({frozenset("A"), frozenset("B")})}


def test_notions_imply_each_other() -> None:
    """Strict core in the core; Nash, individual and contractual stability in a row."""
    for seed in range(8):
        game = hedonic(Random(seed), 6, 4)
        answers = {notion: found(game, notion) for notion in NOTIONS}
        assert answers["strict-core-stable"] <= answers["core-stable"]
        assert answers["strict-core-stable"] <= answers["individually-stable"]
        assert answers["nash-stable"] <= answers["individually-stable"]
        assert answers["individually-stable"] <= answers["contractually-individually-stable"]
        assert answers["contractually-individually-stable"]


def symmetric(random: Random, count: int) -> HedonicGame:
    """Sums of affinities that are the same on both sides."""
    pairs = {pair: random.randint(-4, 4) for pair in combinations(range(count), 2)}
    values = []
    for me in range(count):
        others = [at for at in range(count) if at != me]
        own = []
        for chosen in range(1 << (count - 1)):
            inside = [at for place, at in enumerate(others) if chosen >> place & 1]
            own.append(Fraction(sum(pairs[min(me, at), max(me, at)] for at in inside)))
        values.append(tuple(own))
    return HedonicGame(tuple("ABCDEFGHIJ"[:count]), tuple(values))


def test_symmetric_affinities_have_a_nash_stable_partition() -> None:
    """Bogomolnaia and Jackson 2002, proposition 2: the sum of affinities is a potential."""
    for seed in range(10):
        game = symmetric(Random(seed), 6)
        answer = found(game, "nash-stable")
        best = max(partitions(game.players), key=lambda blocks: sum(
            game.utility(game.players.index(name), game.coalition(block))
            for block in blocks for name in block
        ))  # fmt: skip
        assert best in answer


def test_a_limit_is_told() -> None:
    game = symmetric(Random(3), 10)
    result = solve(game, ["nash-stable"], Budget(seconds=0)).results[0]
    assert result.status is Status.STOPPED and result.coverage is not Coverage.ALL
    listed = solve(
        hedonic(Random(2), 6, 1), ["contractually-individually-stable"], Budget(listed=3)
    )
    assert listed.results[0].coverage is Coverage.SOME
    assert len(listed.results[0].solutions) == 3


def test_with_explain_every_partition_has_its_reason() -> None:
    result = solve(ROUNDABOUT, ["core-stable"], Budget(explain=True)).results[0]
    assert len(result.rejected) == 5
    assert "A, B | C: B and C would form a coalition" in result.rejected


BLOCS = """\
game: Blocs
players: [1, 2, 3, 4]
parameters: {b: 3/2, d: 1, theta: {value: {1: 0, 2: 0, 3: 1, 4: 1}}}
coalitions:
  utility: others(b - d * abs(theta - own(theta)))
"""
APART = frozenset({frozenset("12"), frozenset("34")})
ONE = frozenset({frozenset("1234")})


@pytest.mark.parametrize(
    ("b", "nash", "core"),
    [
        ("1/2", {APART}, {APART}),
        ("4/5", {APART, ONE}, {APART}),
        ("3/2", {APART, ONE}, {ONE}),
        ("3", {ONE}, {ONE}),
    ],
)
def test_ideological_blocs(b: str, nash: set[Blocks], core: set[Blocks]) -> None:
    """b < 2d/3, 2d/3 < b < d, d < b < 2d, b > 2d: by hand from the two utilities of a move."""
    game = study(BLOCS.replace("b: 3/2", f"b: {b}")).case().game
    assert found(game, "nash-stable") == nash
    assert found(game, "core-stable") == core
