"""Security levels: closed forms, and the vertices of the maxmin strategies by definition."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product

from alliance_games.algorithms import columns, opponents
from alliance_games.concepts.maxmin import CONCEPT, MIXED, PURE
from alliance_games.exact.linear import solve as solve_system
from alliance_games.model.anonymous import AnonymousGame, count_vectors
from alliance_games.model.normal import NormalGame
from alliance_games.solve import solve

HALF, THIRD = Fraction(1, 2), Fraction(1, 3)


def answer(game):
    result = solve(game, ["maxmin"]).results[0]
    assert result.verified
    return result


def test_the_stag_hunt():
    result = answer(NormalGame.from_matrices([[4, 0], [3, 3]], [[4, 3], [0, 3]]))
    (numbers,) = result.solutions
    assert numbers.per_player == (3, 3)
    assert numbers.strategies == (((0, 1),), ((0, 1),))
    assert numbers.values == {}


def test_matching_pennies():
    game = NormalGame.from_matrices([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])
    mixed, pure = answer(game).solutions
    assert (mixed.of, mixed.values, mixed.per_player) == (MIXED, {"value": 0}, (0, 0))
    assert mixed.strategies == (((HALF, HALF),), ((HALF, HALF),))
    assert (pure.of, pure.per_player) == (PURE, (-1, -1))
    assert pure.strategies == (((1, 0), (0, 1)), ((1, 0), (0, 1)))


def test_rock_paper_scissors_with_a_constant_sum():
    wins = [[1, 0, 2], [2, 1, 0], [0, 2, 1]]
    game = NormalGame.from_matrices(wins, [[2 - w for w in row] for row in wins])
    mixed = answer(game).solutions[0]
    assert mixed.values == {"value": 1}
    assert mixed.strategies[0] == ((THIRD, THIRD, THIRD),)


def test_two_by_two_by_the_formula():
    """Without a saddle point the value of [[a, b], [c, d]] is (ad - bc) / (a + d - b - c)."""
    rng = random.Random(1)
    mixed = 0
    for _ in range(200):
        a, b, c, d = (Fraction(rng.randint(-9, 9), rng.randint(1, 3)) for _ in range(4))
        game = NormalGame.from_matrices([[a, b], [c, d]], [[-a, -b], [-c, -d]])
        low, high = max(min(a, b), min(c, d)), min(max(a, c), max(b, d))
        value = low if low == high else (a * d - b * c) / (a + d - b - c)
        assert answer(game).solutions[0].values == {"value": value}
        mixed += low != high
    assert mixed > 20


def level_and_vertices(rows):
    """The level and the extreme maxmin strategies, from every square set of tight conditions.

    Unknown are the strategy and the level; conditions are one per column and one per weight.
    """
    m, n = len(rows), len(rows[0])
    limits = [[int(i == k) for i in range(m)] + [0] for k in range(m)]
    limits += [[rows[k][c] for k in range(m)] + [-1] for c in range(n)]
    points = set()
    for tight in combinations(limits, m):
        solution = solve_system([[1] * m + [0], *tight], [1] + [0] * m)
        if solution is None:
            continue
        over, (point,) = solution
        if all(sum(a * x for a, x in zip(limit, point, strict=True)) >= 0 for limit in limits):
            points.add(tuple(Fraction(x, over) for x in point))
    best = max(point[-1] for point in points)
    return best, sorted((point[:-1] for point in points if point[-1] == best), reverse=True)


def check_by_definition(rng):
    shape = rng.choice([(2, 2), (2, 4), (3, 3), (3, 2), (2, 2, 2), (3, 2, 2), (4, 3), (1, 3)])
    game = NormalGame.from_payoffs(
        [f"P{i}" for i in range(len(shape))],
        [[f"s{k}" for k in range(size)] for size in shape],
        lambda p: [Fraction(rng.randint(0, 3), 2) for _ in shape],
    )
    numbers = answer(game).solutions[0]
    for player in range(len(shape)):
        plays = [range(1) if k == player else range(size) for k, size in enumerate(shape)]
        rows = [
            [
                game.numerators[player][game.position((*p[:player], own, *p[player + 1 :]))]
                for p in product(*plays)
            ]
            for own in range(shape[player])
        ]
        level, vertices = level_and_vertices(rows)
        assert numbers.per_player[player] == level / game.denominators[player]
        assert list(numbers.strategies[player]) == vertices
    return max(map(len, numbers.strategies))


def test_all_extreme_maxmin_strategies():
    rng = random.Random(2)
    assert max(check_by_definition(rng) for _ in range(150)) >= 3


def test_arrays_and_few_columns_give_the_same(monkeypatch):
    monkeypatch.setattr(opponents, "COMPACT_FROM", 1)
    monkeypatch.setattr(columns, "ALL_AT_ONCE", 1)
    rng = random.Random(3)
    for _ in range(60):
        check_by_definition(rng)


def test_huge_payoffs():
    big = 10**30
    game = NormalGame.from_matrices([[big, 0], [0, big + 1]], [[-big, 0], [0, -big - 1]])
    value = Fraction(big * (big + 1), 2 * big + 1)
    assert answer(game).solutions[0].values == {"value": value}


def test_counts():
    """An ally's worst case: she gets 3 for acting, and for hiding what two others' acts give."""
    others = count_vectors(2, 2)
    acting, hiding = [3] * len(others), [2 * acts for acts, _ in others]
    game = AnonymousGame(
        ("A", "B", "C"), ("Act", "Hide"), (0, 0, 0), ((tuple(acting), tuple(hiding)),), (2,)
    )
    (numbers,) = answer(game).solutions
    assert numbers.per_player == (Fraction(3, 2),) * 3
    assert numbers.strategies == (((1, 0),),) * 3


def test_false_numbers_are_refused():
    game = NormalGame.from_matrices([[2, -1], [-1, 1]], [[-2, 1], [1, -1]])
    mixed, pure = answer(game).solutions
    assert mixed.values == {"value": Fraction(1, 5)}
    wrong = [
        replace(mixed, per_player=(Fraction(1, 4), Fraction(-1, 5))),
        replace(mixed, values={"value": Fraction(-1, 5)}),
        replace(mixed, strategies=(((HALF, HALF),), mixed.strategies[1])),
        replace(mixed, strategies=((), mixed.strategies[1])),
        replace(mixed, held_by=((((0, 0), Fraction(1)),), mixed.held_by[1])),
        replace(mixed, held_by=()),
        replace(pure, strategies=(((1, 0),), pure.strategies[1])),
        replace(pure, per_player=(Fraction(0), Fraction(-1))),
        replace(pure, of="something else"),
    ]
    assert [w for w in wrong if CONCEPT.verify(game, w, {}).verified] == []
