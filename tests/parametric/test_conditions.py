"""A concept's conditions over plain numbers are the concept: they find what the solver finds."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product

import pytest

from alliance_games.concepts import find
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.tree_builder import Chance, Move, Terminal, build
from alliance_games.parametric.agreement import essence
from alliance_games.results.ordered import ExactSigns
from alliance_games.results.result import Coverage
from alliance_games.solve import solve


def compare(game: NormalGame | ExtensiveGame, concept: str) -> None:
    conditions = find(concept).conditions
    assert conditions is not None
    mine = list(conditions(game, ExactSigns()))
    result = solve(game, [concept]).of(concept)
    theirs = () if result is None else result.solutions
    assert result is None or result.coverage is Coverage.ALL
    assert essence(mine) == essence(theirs)


def random_normal(dice: random.Random, shape: tuple[int, ...], spread: int) -> NormalGame:
    size = 1
    for strategies in shape:
        size *= strategies
    tables = tuple(tuple(dice.randint(-spread, spread) for _ in range(size)) for _ in shape)
    players = tuple("ABC"[: len(shape)])
    strategies = tuple(tuple(f"{i}" for i in range(n)) for n in shape)
    return NormalGame(players, strategies, tables, (1,) * len(shape))


@pytest.mark.parametrize("shape", [(2, 2), (2, 3), (3, 3), (3, 4), (4, 4)])
@pytest.mark.parametrize("spread", [1, 2, 20])
def test_nash(shape: tuple[int, int], spread: int) -> None:
    """Small payoffs make most of the games degenerate, with continua."""
    dice = random.Random(f"{shape}{spread}")
    for _ in range(25 if max(shape) < 4 else 6):
        compare(random_normal(dice, shape, spread), "nash")


@pytest.mark.parametrize("concept", ["pure-nash", "risk-dominance", "payoff-dominance"])
@pytest.mark.parametrize("shape", [(2, 2), (3, 3)])
def test_selection(concept: str, shape: tuple[int, int]) -> None:
    dice = random.Random(f"{concept}{shape}")
    for _ in range(120):
        compare(random_normal(dice, shape, 3), concept)


@pytest.mark.parametrize("players", [2, 3, 4])
def test_laplacian_choice(players: int) -> None:
    """Gains by number or by who, small enough that ties and games without a pair come up."""
    dice = random.Random(f"laplacian{players}")
    picked = set()
    for number in range(150):
        first = tuple(dice.randrange(2) for _ in range(players))
        gains = [[dice.randint(-2, 2) for _ in range(players)] for _ in range(players)]
        for row in gains:
            row[0], row[-1] = dice.randint(-2, -1), dice.randint(1, 2)
        tables: list[list[int]] = [[] for _ in range(players)]
        for profile in product(range(2), repeat=players):
            sides = [own == side for own, side in zip(profile, first, strict=True)]
            for player, row in enumerate(gains):
                own = row[sum(sides) - 1] if sides[player] else 0
                tables[player].append(own)
        if number % 5 == 0:  # who sides matters as well, or nobody leaves something alone
            tables[0][dice.randrange(2**players)] += 1
        names = tuple("ABCD"[:players])
        strategies = (("0", "1"),) * players
        game = NormalGame(names, strategies, tuple(map(tuple, tables)), (1,) * players)
        compare(game, "laplacian")
        found = list(find("laplacian").conditions(game, ExactSigns()))  # type: ignore[misc]
        picked |= {one.profile == first if one.profile else None for one in found}  # type: ignore
    assert picked == {True, False, None}


def test_pure_equilibria_of_three() -> None:
    dice = random.Random(3)
    for _ in range(60):
        compare(random_normal(dice, (2, 3, 2), 2), "pure-nash")


@pytest.mark.parametrize("shape", [(2, 2), (3, 2), (3, 3), (4, 3), (2, 2, 2), (3, 2, 2)])
def test_dominance(shape: tuple[int, ...]) -> None:
    """By pure strategies and mixtures, strict and weak, and what iterated elimination leaves."""
    dice = random.Random(f"dominance{shape}")
    for spread in (1, 2, 5):
        for _ in range(60):
            compare(random_normal(dice, shape, spread), "dominance")


def test_a_mixture_dominates() -> None:
    """Neither Top nor Bottom beats Middle everywhere, their even mixture does."""
    game = NormalGame(
        ("A", "B"),
        (("Top", "Middle", "Bottom"), ("L", "R")),
        ((4, 0, 1, 1, 0, 4), (0, 0, 0, 0, 0, 0)),
        (1, 1),
    )
    compare(game, "dominance")
    found = find("dominance").conditions(game, ExactSigns())
    assert ("dominated", 0, 1, "strict") in essence(list(found))


def random_tree(dice: random.Random) -> ExtensiveGame:
    """Two players and chance, moves never hidden, payoffs so small that ties are common."""
    kinds: list[Terminal | Move | Chance] = []

    def make(depth: int) -> int:
        place = len(kinds)
        kinds.append(Terminal((Fraction(0), Fraction(0))))
        if depth == 0 or dice.random() < 0.25:
            payoffs = tuple(Fraction(dice.randint(0, 3)) for _ in range(2))
            kinds[place] = Terminal(payoffs)
            return place
        below = [make(depth - 1) for _ in range(2)]
        if dice.random() < 0.2:
            p = Fraction(dice.randint(1, 3), 4)
            kinds[place] = Chance(("up", "down"), [p, 1 - p], below)
        else:
            kinds[place] = Move(dice.randint(0, 1), ("left", "right"), below)
        return place

    root = make(3)
    return build(("A", "B"), root, lambda node: kinds[node])


def test_backward_induction() -> None:
    dice = random.Random(9)
    for _ in range(120):
        game = random_tree(dice)
        mine = essence(list(find("subgame-perfect").conditions(game, ExactSigns())))
        result = solve(game, ["subgame-perfect"]).of("subgame-perfect")
        assert result is not None
        if any(not f.hull for s in result.solutions for f in getattr(s, "families", ())):
            continue
        assert mine == essence(result.solutions)
