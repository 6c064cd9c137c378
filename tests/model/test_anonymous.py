"""The anonymous game: payoffs by counts, never by profiles."""

import pickle
from fractions import Fraction
from math import comb

import pytest

from alliance_games.model.anonymous import (
    AnonymousGame,
    count_positions,
    count_vectors,
    number_of_count_vectors,
)


@pytest.mark.parametrize(("players", "strategies"), [(0, 3), (1, 1), (4, 2), (5, 3), (3, 4)])
def test_count_vectors_are_all_the_ways_to_spread(players: int, strategies: int) -> None:
    vectors = count_vectors(players, strategies)
    assert len(set(vectors)) == len(vectors) == number_of_count_vectors(players, strategies)
    assert len(vectors) == comb(players + strategies - 1, strategies - 1)
    assert all(sum(vector) == players and len(vector) == strategies for vector in vectors)
    assert list(vectors) == sorted(vectors, reverse=True)
    assert all(
        vectors[place] == vector for vector, place in count_positions(players, strategies).items()
    )


def volunteers(players: int) -> AnonymousGame:
    """Everyone gets 1 if anyone acts; acting costs 3/10."""
    act = [7] * players
    wait = [10 if others[0] else 0 for others in count_vectors(players - 1, 2)]
    names = tuple(str(i) for i in range(players))
    return AnonymousGame(names, ("Act", "Wait"), (0,) * players, ((act, wait),), (10,))


def test_payoffs_by_counts() -> None:
    game = volunteers(3)
    assert game.payoff(0, 0, (0, 2)) == Fraction(7, 10)
    assert game.payoff(0, 1, (1, 1)) == 1
    assert game.payoff(0, 1, (0, 2)) == 0
    assert game.members == ((0, 1, 2),)


def test_a_thousand_players_pickle_and_hash() -> None:
    game = volunteers(1000)
    again = pickle.loads(pickle.dumps(game))
    assert again == game and hash(again) == hash(game)
    assert sum(1 for _ in game.counts()) == 1001


def test_what_is_no_anonymous_game_is_refused() -> None:
    with pytest.raises(ValueError, match="role"):
        AnonymousGame(("1", "2"), ("x",), (0, 2), (((1,),),), (1,))
    with pytest.raises(ValueError, match="payoffs"):
        AnonymousGame(("1", "2"), ("x", "y"), (0, 0), (((1, 2), (1,)),), (1,))
