"""Stochastic stability: Kandori, Mailath and Rob; Young's example; all trees by definition."""

from __future__ import annotations

import time
from fractions import Fraction as F
from itertools import product
from random import Random

import pytest

from alliance_games.algorithms.revisions import tree_costs
from alliance_games.certificates.stochastic_stability import least_mistakes
from alliance_games.model.anonymous import AnonymousGame, count_vectors
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import as_pure
from alliance_games.results.result import Coverage, Result
from alliance_games.solve import solve
from tests.contract.sample_games import PENNIES, anonymous, coordination, normal


def stable(game: NormalGame | AnonymousGame) -> Result:
    (result,) = solve(game, ["stochastic-stability"]).results
    assert result.coverage is Coverage.ALL and result.verified
    return result


def population(players: int, matrix: list[list[int]]) -> AnonymousGame:
    """Everybody plays the symmetric game against each of the others, and gets the sum."""
    size = len(matrix)
    others = count_vectors(players - 1, size)
    return AnonymousGame(
        tuple(f"P{number}" for number in range(players)),
        tuple("ABC"[:size]),
        (0,) * players,
        (
            tuple(
                tuple(sum(n * matrix[own][s] for s, n in enumerate(counts)) for counts in others)
                for own in range(size)
            ),
        ),
        (1,),
    )


@pytest.mark.parametrize(
    ("matrix", "winner"),
    [([[4, 0], [3, 3]], 1), ([[4, 0], [1, 1]], 0), ([[2, 0], [0, 1]], 0), ([[5, 1], [4, 3]], 1)],
)
@pytest.mark.parametrize("players", [20, 21])
def test_a_population_plays_the_risk_dominant_equilibrium(
    matrix: list[list[int]], winner: int, players: int
) -> None:
    """Kandori, Mailath and Rob 1993: in a large population, the risk-dominant one.

    The mistakes are counted by hand: from everybody at the other strategy, the least number m such
    that a player who sees m of the other n - 1 at the winner does best to join them.
    """
    (only,) = stable(population(players, matrix)).solutions
    expected = [0, 0]
    expected[winner] = players
    assert only.counts == (tuple(expected),)

    def needed(to: int) -> int:
        a, b = matrix[to][to], matrix[to][1 - to]
        c, d = matrix[1 - to][to], matrix[1 - to][1 - to]
        rest = players - 1
        return next(m for m in range(players) if m * a + (rest - m) * b >= m * c + (rest - m) * d)

    assert only.properties["coradius"] == needed(winner)
    assert only.properties["radius"] == needed(1 - winner)


def test_the_convention_of_young() -> None:
    """Young 1993, Econometrica 61: of three strict equilibria the third risk-dominates
    each of the others, and the second is stochastically stable.

    By hand, as shares of a large population: 1 to 2 takes 1/8, 2 to 3 takes 2/5, 3 to 2 only 3/8
    (by mistakes that look like the first), so the tree to 2 is 1/2 and that to 3 is 21/40.
    """
    matrix = [[6, 0, 0], [5, 7, 5], [0, 5, 8]]
    columns = [list(column) for column in zip(*matrix, strict=True)]
    two = NormalGame.from_matrices(matrix, columns)
    assert solve(two, ["risk-dominance"]).results[0].solutions[0].profile == (2, 2)
    players = 161
    (only,) = stable(population(players, matrix)).solutions
    assert only.counts == ((0, players, 0),)
    shares = [F(only.properties[name], players) for name in ("radius", "coradius")]
    assert abs(shares[0] - F(2, 5)) < F(1, 50) and abs(shares[1] - F(3, 8)) < F(1, 50)
    assert abs(F(only.properties["mistakes of the least tree"], players) - F(1, 2)) < F(1, 50)


def test_twenty_players_are_quick() -> None:
    start = time.perf_counter()
    stable(population(20, [[4, 0], [3, 3]]))
    assert time.perf_counter() - start < 5


def _by_definition(game: NormalGame | AnonymousGame, mistake: F) -> dict[object, F]:
    """The stationary distribution of the chain with this probability of mistakes, exactly."""
    if isinstance(game, NormalGame):
        states: list = list(game.profiles())
        players = range(len(game.players))
    else:
        states = list(product(range(len(game.strategies)), repeat=len(game.players)))
        players = range(len(game.players))
    place = {state: index for index, state in enumerate(states)}
    size = len(states)
    chance = [[F(0)] * size for _ in states]
    for state in states:
        for player in players:
            sizes = game.shape[player] if isinstance(game, NormalGame) else len(game.strategies)
            worth = []
            for own in range(sizes):
                other = (*state[:player], own, *state[player + 1 :])
                if isinstance(game, NormalGame):
                    worth.append(game.payoff(player, other))
                else:
                    rest = (*state[:player], *state[player + 1 :])
                    counts = tuple(rest.count(s) for s in range(sizes))
                    worth.append(game.payoff(game.roles[player], own, counts))
            best = [own for own in range(sizes) if worth[own] == max(worth)]
            for own in range(sizes):
                after = place[(*state[:player], own, *state[player + 1 :])]
                p = mistake / sizes + (1 - mistake) * F(own in best, len(best))
                chance[place[state]][after] += p / len(list(players))
    # pi (P - I) = 0 with the sum 1, by elimination.
    rows = [[chance[a][b] - (a == b) for a in range(size)] + [F(0)] for b in range(size)]
    rows[-1] = [F(1)] * size + [F(1)]
    for column in range(size):
        pivot = next(row for row in range(column, size) if rows[row][column])
        rows[column], rows[pivot] = rows[pivot], rows[column]
        rows[column] = [value / rows[column][column] for value in rows[column]]
        for row in range(size):
            if row != column and rows[row][column]:
                factor = rows[row][column]
                rows[row] = [a - factor * b for a, b in zip(rows[row], rows[column], strict=True)]
    return {state: rows[place[state]][-1] for state in states}


@pytest.mark.parametrize("seed", range(16))
def test_the_long_run_of_the_chain_itself(seed: int) -> None:
    """Where mistakes have probability 10^-6, the stable states have nearly all the weight."""
    random = Random(seed)
    game = [
        lambda: coordination(random),
        lambda: normal(random, (2, 2), 0, 2),
        lambda: normal(random, (3, 3), 0, 3),
        lambda: normal(random, (2, 2, 2), 0, 2),
    ][seed % 4]()
    weight = _by_definition(game, F(1, 10**6))
    found = {as_pure(one.profile) for one in stable(game).solutions}
    assert {state for state, share in weight.items() if share > F(1, 10**3)} == found


@pytest.mark.parametrize("seed", range(6))
def test_counts_stand_for_profiles(seed: int) -> None:
    """The chain on the profiles of an anonymous game gives the weight to the same counts."""
    game = anonymous(Random(seed), ((3,), (1, 2), (4,))[seed % 3], 2)
    weight = _by_definition(game, F(1, 10**6))
    counts = {
        tuple(
            tuple(sum(state[player] == own for player in members) for own in range(2))
            for members in game.members
        )
        for state, share in weight.items()
        if share > F(1, 10**3)
    }
    assert counts == {one.counts for one in stable(game).solutions}


def test_a_circle_is_stable_as_a_whole() -> None:
    found = stable(PENNIES).solutions
    assert len(found) == 4
    assert all(one.properties == {"states of its class": 4} for one in found)


@pytest.mark.parametrize("seed", range(30))
def test_trees_by_looking_at_all_of_them(seed: int) -> None:
    """Least trees by Edmonds' method and by the matrix-tree theorem, against every tree."""
    random = Random(seed)
    size = random.randint(2, 5)
    cost = [[0 if a == b else random.randint(0, 6) for b in range(size)] for a in range(size)]
    least = [min(_trees(cost, root)) for root in range(size)]
    assert tree_costs(cost, lambda: None) == least
    assert least_mistakes(cost) == least


def _trees(cost: list[list[int]], root: int) -> list[int]:
    """The cost of every way to give each other node one edge so that all lead to the root."""
    size = len(cost)
    others = [node for node in range(size) if node != root]
    found = []
    for ends in product(range(size), repeat=len(others)):
        to = dict(zip(others, ends, strict=True))
        if all(_leads(node, to, root) for node in others):
            found.append(sum(cost[a][b] for a, b in to.items()))
    return found


def _leads(node: int, to: dict[int, int], root: int) -> bool:
    for _ in to:
        if node == root:
            return True
        node = to[node]
    return node == root
