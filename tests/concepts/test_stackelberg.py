"""Commitment, against published games, closed forms and brute force on grids and in regions."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import combinations, pairwise, product
from random import Random

import pytest

from alliance_games.certificates.commitment import check
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Mixed
from alliance_games.results.commitment_solutions import Commitment
from alliance_games.results.result import Coverage, Result
from alliance_games.results.solutions import Component, Point
from alliance_games.solve import solve
from tests.contract.sample_games import normal

F = Fraction


def ask(game: NormalGame) -> Result:
    return solve(game, ["stackelberg"]).results[0]


def led(result: Result, leader: int, strategies: str, ties: str) -> Commitment:
    return next(
        one
        for one in result.solutions
        if (one.leader, one.strategies, one.ties) == (leader, strategies, ties)
    )


# Published games and closed forms


def test_the_game_of_conitzer_and_sandholm() -> None:
    """Conitzer and Sandholm 2006: (Up, Left) is the only equilibrium and gives 2; a pure commitment
    to Down gives 3, the mixture of one half 7/2."""
    game = NormalGame.from_matrices([[2, 4], [1, 3]], [[1, 0], [0, 1]])
    result = ask(game)
    mixed, pure = (led(result, 0, kind, "optimistic") for kind in ("mixed", "pure"))
    assert (mixed.commitment, mixed.reply, mixed.payoffs) == (
        (F(1, 2), F(1, 2)),
        1,
        (F(7, 2), F(1, 2)),
    )
    assert (pure.commitment, pure.reply, pure.payoffs[0]) == ((0, 1), 1, 3)
    assert mixed.properties["over the best equilibrium"] == F(3, 2)
    near = led(result, 0, "mixed", "pessimistic")
    assert near.payoffs[0] == F(7, 2) and near.towards is not None


def test_an_inspector_leads() -> None:
    """Avenhaus, von Stengel and Zamir 2002, section 5: nothing found 0, 0; an inspection -1, 0; an
    undetected violation -10, 10; a detected one -6, -90. Without commitment the inspector gets -2.
    Seen to inspect with probability 1/10 she keeps the inspectee legal, at -1/10; by any more of
    it she makes that his only best reply, so that -1/10 is approached if he would not comply
    when indifferent."""
    game = NormalGame.from_matrices([[0, -10], [-1, -6]], [[0, 10], [0, -90]])
    result = ask(game)
    (nash,) = solve(game, ["nash"]).results[0].solutions
    assert nash.payoffs == (-2, 0)
    mixed = led(result, 0, "mixed", "optimistic")
    assert (mixed.commitment, mixed.reply) == ((F(9, 10), F(1, 10)), 0)
    assert mixed.payoffs == (F(-1, 10), 0)
    near = led(result, 0, "mixed", "pessimistic")
    assert near.payoffs == mixed.payoffs and near.towards[1] > F(1, 10)
    assert result.coverage is Coverage.ALL
    assert led(result, 0, "pure", "pessimistic").payoffs == (-1, 0)


@pytest.mark.parametrize(
    ("V", "W", "L", "k", "g", "loss"), [(10, -6, 4, 2, 4, 4), (7, -9, 1, 3, 2, 5)]
)
def test_a_defender_who_is_seen_to_commit(
    V: int, W: int, L: int, k: int, g: int, loss: int
) -> None:
    """The secret commitment of the library (Bagwell 1995): unseen, Not and Attack give -L and g; a
    seen commitment gives V - k. With a seen probability p alone it deters from p = g / (g + loss)
    on, which leaves V - k g / (g + loss)."""
    game = NormalGame.from_matrices([[V - k, W - k], [V, -L]], [[0, -loss], [0, g]])
    result = ask(game)
    pure = led(result, 0, "pure", "pessimistic")
    assert pure.payoffs == (V - k, 0)
    assert pure.properties["over the best equilibrium"] == V - k + L
    p = F(g, g + loss)
    for ties in ("optimistic", "pessimistic"):
        mixed = led(result, 0, "mixed", ties)
        assert mixed.commitment == (p, 1 - p) and mixed.payoffs == (V - k * p, 0)
        assert (mixed.towards is None) == (ties == "optimistic")


def test_a_duopoly_of_quantities() -> None:
    """Von Stackelberg 1934, for the price 12 - q1 - q2 and no costs, in whole quantities: the
    leader sells 6 and gets 18, the follower sells 3 and gets 9; in the equilibrium that is no tie
    each sells 4 and gets 16. After an odd quantity the follower is indifferent between two."""
    profit = [[q * max(12 - q - other, 0) for other in range(13)] for q in range(13)]
    game = NormalGame.from_matrices(profit, [list(row) for row in zip(*profit, strict=True)])
    pure = led(ask(game), 0, "pure", "pessimistic")
    assert pure.commitment[6] == 1 and pure.reply == 3 and pure.payoffs == (18, 9)
    assert game.payoffs((4, 4)) == (16, 16)


def test_a_zero_sum_game_gives_its_value_to_either_leader() -> None:
    """Von Neumann 1928."""
    game = NormalGame.from_matrices([[2, -1], [-1, 1]], [[-2, 1], [1, -1]])
    result = ask(game)
    for leader, ties in product((0, 1), ("optimistic", "pessimistic")):
        one = led(result, leader, "mixed", ties)
        assert one.payoffs == (F(1, 5), F(-1, 5)) and one.towards is None


def test_twin_replies_that_only_the_leader_tells_apart() -> None:
    """The follower's last two strategies are the same to him, and better than the first where the
    leader plays the second row. Against the worse of the twins she gets at most min(4, 2) there."""
    game = NormalGame.from_matrices([[1, 0, 0], [0, 4, 2]], [[1, 0, 0], [0, 1, 1]])
    result = ask(game)
    assert led(result, 0, "mixed", "optimistic").payoffs[0] == 4
    worst = led(result, 0, "mixed", "pessimistic")
    assert worst.payoffs[0] == 2 and worst.reply == 2 and worst.towards is None


def test_a_reply_that_is_never_alone_counts_for_the_optimist_only() -> None:
    """The third reply is as good as the others at the middle commitment, and nowhere else."""
    game = NormalGame.from_matrices([[0, 0, 9], [0, 0, 9]], [[2, 0, 1], [0, 2, 1]])
    result = ask(game)
    best = led(result, 0, "mixed", "optimistic")
    assert best.payoffs[0] == 9 and best.commitment == (F(1, 2), F(1, 2)) and best.reply == 2
    assert led(result, 0, "mixed", "pessimistic").payoffs[0] == 0


# Brute force


def matrices(game: NormalGame, leader: int) -> tuple[list[list[Fraction]], list[list[Fraction]]]:
    def table(player: int) -> list[list[Fraction]]:
        rows, columns = game.shape[leader], game.shape[1 - leader]
        return [
            [game.payoff(player, (i, j) if leader == 0 else (j, i)) for j in range(columns)]
            for i in range(rows)
        ]

    return table(leader), table(1 - leader)


def worths(table: list[list[Fraction]], mixed: Mixed) -> list[Fraction]:
    return [
        sum((p * row[j] for p, row in zip(mixed, table, strict=True)), F(0))
        for j in range(len(table[0]))
    ]


def outcomes(own: list, other: list, mixed: Mixed) -> list[Fraction]:
    """What the leader gets by each best reply."""
    follower = worths(other, mixed)
    return [u for u, v in zip(worths(own, mixed), follower, strict=True) if v == max(follower)]


def grid(rows: int, steps: int):
    for cuts in combinations(range(steps + rows - 1), rows - 1):
        bars = (-1, *cuts, steps + rows - 1)
        yield tuple(F(b - a - 1, steps) for a, b in pairwise(bars))


GAMES = [
    normal(Random(100 + seed), shape, *spread)
    for seed, (shape, spread) in enumerate(
        product([(2, 2), (2, 3), (3, 2), (3, 3)], [(-9, 9), (0, 2), (0, 2)])
    )
]


@pytest.mark.parametrize("game", GAMES, ids=lambda game: "x".join(map(str, game.shape)))
def test_no_commitment_on_a_grid_brings_more_and_near_ones_bring_as_much(game: NormalGame) -> None:
    result = ask(game)
    assert result.verified
    for leader in (0, 1):
        own, other = matrices(game, leader)
        values = {}
        for ties, pick in (("optimistic", max), ("pessimistic", min)):
            one = led(result, leader, "mixed", ties)
            value = values[ties] = one.payoffs[leader]
            for mixed in grid(len(own), 24 if len(own) == 3 else 240):
                got = pick(outcomes(own, other, mixed))
                assert got <= value
                if one.towards is not None:
                    assert got < value
            if one.towards is None:
                assert pick(outcomes(own, other, one.commitment)) == value
            else:
                # The nearer, the closer to the value, from a distance that ties do not reach.
                last = None
                for share in (F(1, 10**k) for k in range(3, 8)):
                    near = tuple(
                        (1 - share) * p + share * q
                        for p, q in zip(one.commitment, one.towards, strict=True)
                    )
                    distance = value - min(outcomes(own, other, near))
                    assert 0 < distance < 1 and (last is None or distance * 10 == last)
                    last = distance
            pure = [
                pick(outcomes(own, other, tuple(F(i == row) for i in range(len(own)))))
                for row in range(len(own))
            ]
            found = [
                (one.commitment.index(1), one.payoffs[leader])
                for one in result.solutions
                if (one.leader, one.strategies, one.ties) == (leader, "pure", ties)
            ]
            assert found == [(row, v) for row, v in enumerate(pure) if v == max(pure)]
            assert value >= max(pure)
        assert values["optimistic"] >= values["pessimistic"]


@pytest.mark.parametrize("game", GAMES, ids=lambda game: "x".join(map(str, game.shape)))
def test_leading_is_never_worse_than_equilibrium(game: NormalGame) -> None:
    """Von Stengel and Zamir 2010: with favourable ties at least the best Nash payoff, with
    unfavourable ones at least the worst."""
    result = ask(game)
    known = []
    for one in solve(game, ["nash"]).results[0].solutions:
        known += [one.payoffs] if isinstance(one, Point) else one.payoffs
        assert isinstance(one, Point | Component)
    for leader in (0, 1):
        payoffs = [each[leader] for each in known]
        best, worst = (led(result, leader, "mixed", t) for t in ("optimistic", "pessimistic"))
        assert best.payoffs[leader] >= max(payoffs) and worst.payoffs[leader] >= min(payoffs)
        assert best.properties["over the best equilibrium"] == best.payoffs[leader] - max(payoffs)
        assert worst.properties["over the worst equilibrium"] == worst.payoffs[leader] - min(
            payoffs
        )


# The checker


def test_the_checker_refuses_a_worse_commitment_and_a_wrong_reply() -> None:
    game = NormalGame.from_matrices([[2, 4], [1, 3]], [[1, 0], [0, 1]])
    nash = solve(game, ["nash"]).results[0]
    best = led(ask(game), 0, "mixed", "optimistic")
    assert check(game, best, nash).verified
    facts = {"over the best equilibrium": F(1), "over the worst equilibrium": F(1)}
    down = replace(
        best, commitment=(F(0), F(1)), payoffs=(F(3), F(1)), properties=facts, certificate=None
    )
    assert not check(game, down, nash).verified
    assert check(game, replace(down, strategies="pure"), nash).verified
    assert not check(game, replace(best, ties="pessimistic"), nash).verified


def test_the_checker_refuses_what_is_attained_and_said_not_to_be() -> None:
    """The row's second strategy is strictly dominant for both: nothing is approached there."""
    game = NormalGame.from_matrices([[3, 0], [5, 1]], [[3, 5], [0, 1]])
    nash = solve(game, ["nash"]).results[0]
    one = led(ask(game), 0, "mixed", "pessimistic")
    assert one.towards is None and check(game, one, nash).verified
    assert not check(game, replace(one, towards=one.commitment), nash).verified


def test_more_players_are_refused() -> None:
    answer = solve(normal(Random(1), (2, 2, 2)), ["stackelberg"])
    assert not answer.results and "3 players" in answer.refusals[0].reason
