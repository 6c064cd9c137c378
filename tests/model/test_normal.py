"""The normal-form game: exact, hashable, picklable, the same small or large."""

import pickle
import random
from array import array
from fractions import Fraction
from itertools import product

import pytest

from alliance_games.model.integers import COMPACT_FROM, over_common_denominator, pack
from alliance_games.model.normal import NormalGame


def three_players() -> NormalGame:
    return NormalGame.from_payoffs(
        ["A", "B", "C"],
        [["a", "b"], ["c", "d", "e"], ["f", "g"]],
        lambda p: (
            Fraction(p[0] + 1, p[1] + 2),
            Fraction(1, 3) * p[2] - p[0],
            p[0] * 100 + p[1] * 10 + p[2],
        ),
    )


def test_payoffs_are_those_given() -> None:
    game = three_players()
    for p in product(range(2), range(3), range(2)):
        assert game.payoffs(p) == (
            Fraction(p[0] + 1, p[1] + 2),
            Fraction(p[2], 3) - p[0],
            p[0] * 100 + p[1] * 10 + p[2],
        )
        assert [game.payoff(i, p) for i in range(3)] == list(game.payoffs(p))
    assert game.denominators == (12, 3, 1)
    assert game.names((1, 2, 0)) == ("b", "e", "f")


def test_equal_games_are_equal_and_hash_alike_and_pickle() -> None:
    first, second = three_players(), three_players()
    assert first is not second and first == second and hash(first) == hash(second)
    assert pickle.loads(pickle.dumps(first)) == first
    other = NormalGame.from_payoffs(["A", "B", "C"], first.strategies, lambda p: (0, 0, 0))
    assert first != other and first != "a game"


def test_a_large_game_is_compact_and_reads_the_same() -> None:
    size = COMPACT_FROM
    game = NormalGame.from_payoffs(
        ["A", "B"], [list("xy"), [str(i) for i in range(size)]], lambda p: (p[1] - 7 * p[0], p[1])
    )
    assert isinstance(game.numerators[0], array)
    assert game.payoffs((1, 5)) == (-2, 5)
    again = pickle.loads(pickle.dumps(game))
    assert again == game and hash(again) == hash(game)
    assert game.array(0).shape == (2, size) and game.array(0)[1, 5] == -2
    assert not game.array(0).flags.writeable


def test_integers_past_64_bits_stay_exact() -> None:
    huge = 10**40
    game = NormalGame.from_matrices([[huge, 1]], [[Fraction(1, huge), 0]])
    assert game.payoff(0, (0, 0)) == huge and game.payoff(1, (0, 0)) == Fraction(1, huge)
    assert game.array(0).dtype == object and game.array(0)[0, 0] == huge
    assert pack([huge] * COMPACT_FROM) == (huge,) * COMPACT_FROM


def test_the_matrix_and_the_array_agree_with_the_payoffs() -> None:
    draw = random.Random(1)
    row = [[draw.randint(-9, 9) for _ in range(4)] for _ in range(3)]
    column = [[Fraction(draw.randint(-9, 9), 7) for _ in range(4)] for _ in range(3)]
    game = NormalGame.from_matrices(row, column)
    assert game.matrix(0) == row
    for i, j in product(range(3), range(4)):
        assert Fraction(game.matrix(1)[i][j], game.denominators[1]) == column[i][j]
        assert int(game.array(1)[i, j]) == game.matrix(1)[i][j]
    with pytest.raises(ValueError, match="two-player"):
        three_players().matrix(0)


def test_the_common_denominator_is_the_least() -> None:
    numbers = [Fraction(1, 6), Fraction(3, 4), Fraction(-2)]
    assert over_common_denominator(numbers) == ([2, 9, -24], 12)
    assert over_common_denominator([Fraction(5), Fraction(-1)]) == ([5, -1], 1)


@pytest.mark.parametrize(
    ("players", "strategies", "numerators", "denominators"),
    [
        ((), (), (), ()),
        (("A",), (("a", "b"),), ((1,),), (1,)),
        (("A",), ((),), ((),), (1,)),
        (("A",), (("a",),), ((1,),), (0,)),
        (("A", "B"), (("a",), ("b",)), ((1,),), (1, 1)),
    ],
)
def test_what_is_no_game_is_refused(players, strategies, numerators, denominators) -> None:
    with pytest.raises(ValueError, match="needs"):
        NormalGame(players, strategies, numerators, denominators)
