"""Dominance against an exhaustive comparison with mixtures, by definition."""

from __future__ import annotations

import random
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise, product

import pytest

from alliance_games.algorithms import columns, opponents
from alliance_games.concepts.dominance import CONCEPT, SURVIVORS
from alliance_games.model.anonymous import AnonymousGame, count_vectors
from alliance_games.model.normal import NormalGame
from alliance_games.results.result import Coverage
from alliance_games.results.solutions import Dominant, Dominated, Members
from alliance_games.solve import solve

HALF = Fraction(1, 2)


def answer(game):
    result = solve(game, ["dominance"]).results[0]
    assert result.verified
    assert result.coverage is Coverage.ALL
    return result.solutions


def random_game(rng, shape, high=4):
    return NormalGame.from_payoffs(
        [f"P{i}" for i in range(len(shape))],
        [[f"s{k}" for k in range(size)] for size in shape],
        lambda profile: [rng.randint(0, high) for _ in shape],
    )


def gaps(game, player, first, second, alive):
    """What ``first`` gives less what ``second`` gives, at every play of the living others."""
    plays = [(0,) if k == player else own for k, own in enumerate(alive)]
    result = []
    for play in product(*plays):
        with_first = (*play[:player], first, *play[player + 1 :])
        with_second = (*play[:player], second, *play[player + 1 :])
        result.append(game.payoff(player, with_first) - game.payoff(player, with_second))
    return result


def is_dominated(game, player, own, alive, strict):
    """By definition, where the player has at most three strategies: with two others the weights
    that could matter are those at which a gain vanishes, and those between them."""
    others = [gaps(game, player, other, own, alive) for other in alive[player] if other != own]
    if not others:
        return False
    if len(others) == 1:
        others = others * 2
    one, two = others
    marks = {Fraction(0), Fraction(1)}
    for a, b in zip(one, two, strict=True):
        if a != b and 0 <= Fraction(-b) / (a - b) <= 1:
            marks.add(Fraction(-b) / (a - b))
    ordered = sorted(marks)
    ordered += [(low + high) / 2 for low, high in pairwise(ordered)]
    for weight in ordered:
        gain = [weight * a + (1 - weight) * b for a, b in zip(one, two, strict=True)]
        if min(gain) > 0 or (not strict and min(gain) >= 0 and max(gain) > 0):
            return True
    return False


def survivors_one_by_one(game, rng):
    """Iterated strict elimination, one strategy at a time in a random order."""
    alive = tuple(tuple(range(size)) for size in game.shape)
    while True:
        gone = [
            (player, own)
            for player, mine in enumerate(alive)
            for own in mine
            if is_dominated(game, player, own, alive, strict=True)
        ]
        if not gone:
            return alive
        player, own = rng.choice(gone)
        alive = tuple(
            tuple(s for s in mine if (k, s) != (player, own)) for k, mine in enumerate(alive)
        )


def check_against_definition(game, rng):
    found = answer(game)
    everything = tuple(tuple(range(size)) for size in game.shape)
    given = {
        (d.player, d.strategy, d.strength) for d in found if d.kind == "dominated" and not d.round
    }
    for player, mine in enumerate(everything):
        for own in mine:
            strict = is_dominated(game, player, own, everything, strict=True)
            weak = not strict and is_dominated(game, player, own, everything, strict=False)
            assert ((player, own, "strict") in given) == strict
            assert ((player, own, "weak") in given) == weak
    members = next(s for s in found if isinstance(s, Members))
    assert members.members == survivors_one_by_one(game, rng)
    return len(given), members.properties["rounds"]


SHAPES = [(2, 2), (3, 3), (3, 2), (3, 2, 2), (3, 3, 2), (1, 3), (3,)]


def test_random_games_by_definition():
    rng = random.Random(11)
    seen = [
        check_against_definition(random_game(rng, rng.choice(SHAPES), rng.choice([2, 4, 9])), rng)
        for _ in range(250)
    ]
    assert sum(number > 0 for number, _ in seen) > 50
    assert max(rounds for _, rounds in seen) >= 3


def test_arrays_and_few_columns_give_the_same(monkeypatch):
    """Tables of a large game, as arrays and with programs that hold a few columns at first."""
    rng = random.Random(12)
    monkeypatch.setattr(opponents, "COMPACT_FROM", 1)
    monkeypatch.setattr(columns, "ALL_AT_ONCE", 1)
    for _ in range(80):
        check_against_definition(random_game(rng, rng.choice(SHAPES), 4), rng)


def test_few_columns_of_plain_tables(monkeypatch):
    rng = random.Random(13)
    monkeypatch.setattr(columns, "ALL_AT_ONCE", 1)
    for _ in range(80):
        check_against_definition(random_game(rng, rng.choice(SHAPES), 4), rng)


def test_larger_games_are_settled_with_a_proof_either_way():
    """Every strategy is dominated by a checked mixture or justified by a checked belief."""
    rng = random.Random(14)
    mixed = 0
    for shape in [(6, 6), (8, 5), (5, 4, 3), (4, 20, 60)]:
        for _ in range(4):
            found = answer(random_game(rng, shape, 99))
            mixed += sum(d.kind == "dominated" and 1 not in d.by for d in found)
    assert mixed > 5


def test_a_dilemma():
    game = NormalGame.from_matrices([[2, 4], [1, 3]], [[2, 1], [4, 3]])
    found = answer(game)
    assert [(d.player, d.strategy, d.strength) for d in found if isinstance(d, Dominant)] == [
        (0, 0, "strict"),
        (1, 0, "strict"),
    ]
    given = [d for d in found if isinstance(d, Dominated)]
    assert [(d.player, d.strategy, d.by, d.strength, d.round) for d in given] == [
        (player, 1, (1, 0), "strict", number) for number in (0, 1) for player in (0, 1)
    ]
    assert found[-1].of == SURVIVORS
    assert found[-1].members == ((0,), (0,))


def test_a_mixture_with_the_simplest_weights():
    """Neither U nor M dominates D alone, and half of each does."""
    game = NormalGame.from_matrices([[3, 0], [0, 3], [1, 1]], [[0, 0], [0, 0], [0, 0]])
    strict = [d for d in answer(game) if isinstance(d, Dominated) and d.round == 0]
    assert [(d.player, d.strategy, d.by) for d in strict] == [(0, 2, (HALF, HALF, 0))]


def test_weakly_dominated_by_a_mixture_alone():
    game = NormalGame.from_matrices([[2, 0, 1], [0, 2, 1], [1, 1, 0]], [[0] * 3] * 3)
    given = [d for d in answer(game) if isinstance(d, Dominated)]
    assert [(d.strategy, d.by, d.strength, d.round) for d in given] == [
        (2, (HALF, HALF, 0), "weak", 0)
    ]


def test_a_mixture_of_three():
    matrix = [[4, 0, 0], [0, 4, 0], [0, 0, 4], [1, 1, 1]]
    strict = [
        d for d in answer(NormalGame.from_matrices(matrix, [[0] * 3] * 4)) if d.kind == "dominated"
    ]
    assert {(d.strategy, d.strength) for d in strict} == {(3, "strict")}
    assert all(d.by[k] for d in strict for k in range(3))


def test_the_stag_hunt_has_no_dominated_strategy():
    game = NormalGame.from_matrices([[4, 0], [3, 3]], [[4, 3], [0, 3]])
    assert [s.kind for s in answer(game)] == ["set"]


def test_weak_dominance():
    game = NormalGame.from_matrices([[1, 1], [1, 0]], [[1, 1], [1, 0]])
    found = answer(game)
    assert [(d.player, d.strategy, d.strength) for d in found if isinstance(d, Dominant)] == [
        (0, 0, "weak"),
        (1, 0, "weak"),
    ]
    assert [d.strength for d in found if isinstance(d, Dominated)] == ["weak", "weak"]


def test_differences_that_floats_cannot_see():
    big = 10**30
    game = NormalGame.from_matrices([[2 * big + 1, 1], [1, 2 * big + 1], [big, big]], [[0, 0]] * 3)
    strict = [d for d in answer(game) if isinstance(d, Dominated) and d.round == 0]
    assert [(d.strategy, d.strength) for d in strict] == [(2, "strict")]
    level = NormalGame.from_matrices([[2 * big, 0], [0, 2 * big], [big, big]], [[0, 0]] * 3)
    assert not [d for d in answer(level) if isinstance(d, Dominated)]


def test_rankings_are_compared_with_pure_strategies_only():
    game = NormalGame.from_matrices([[3, 0], [0, 3], [1, 1]], [[0, 0], [0, 0], [0, 0]])
    ranked = replace(game, ordinal=True)
    result = solve(ranked, ["dominance"]).results[0]
    assert [s.kind for s in result.solutions] == ["set"]
    assert result.verified
    assert "ranked" in result.notes[0]
    dilemma = NormalGame.from_matrices([[2, 4], [1, 3]], [[2, 1], [4, 3]])
    members = solve(replace(dilemma, ordinal=True), ["dominance"]).results[0].solutions[-1]
    assert members.members == ((0,), (0,))


def random_anonymous(rng, roles, strategies):
    vectors = count_vectors(len(roles) - 1, strategies)
    return AnonymousGame(
        tuple(f"P{i}" for i in range(len(roles))),
        tuple(f"s{k}" for k in range(strategies)),
        roles,
        tuple(
            tuple(tuple(rng.randint(0, 3) for _ in vectors) for _ in range(strategies))
            for _ in range(max(roles) + 1)
        ),
        tuple(rng.randint(1, 3) for _ in range(max(roles) + 1)),
    )


def expanded(game):
    strategies = range(len(game.strategies))

    def payoffs(profile):
        for player, role in enumerate(game.roles):
            others = [*profile[:player], *profile[player + 1 :]]
            yield game.payoff(role, profile[player], tuple(others.count(s) for s in strategies))

    return NormalGame.from_payoffs(
        game.players, [game.strategies] * len(game.players), lambda p: list(payoffs(p))
    )


def test_anonymous_games_agree_with_their_normal_form():
    rng = random.Random(15)
    rounds = []
    for _ in range(120):
        roles = rng.choice([(0, 0, 0), (0, 0, 1), (0, 1, 1, 0), (0, 1, 2)])
        game = random_anonymous(rng, roles, rng.choice([2, 3]))
        by_counts, by_profiles = answer(game), answer(expanded(game))

        def told(found):
            return {
                (s.kind, s.player, s.strategy, s.strength, getattr(s, "round", None))
                for s in found
                if not isinstance(s, Members)
            }

        assert told(by_counts) == told(by_profiles)
        assert by_counts[-1].members == by_profiles[-1].members
        rounds.append(by_counts[-1].properties["rounds"])
    assert max(rounds) >= 3


def test_false_statements_are_refused():
    game = NormalGame.from_matrices([[3, 0], [0, 3], [1, 1]], [[1, 0], [1, 0], [1, 0]])
    true = answer(game)
    steps = [d for d in true if isinstance(d, Dominated)]
    members = true[-1]
    assert members.members == ((0,), (0,))
    first = steps[0]
    wrong = [
        replace(first, by=(Fraction(1), Fraction(0), Fraction(0))),
        replace(first, by=(HALF, HALF, HALF)),
        replace(first, by=(Fraction(2), Fraction(-1), Fraction(0))),
        replace(first, by=(Fraction(0), Fraction(0), Fraction(1))),
        replace(first, strategy=0),
        replace(first, strength="very"),
        replace(first, within=((0, 2), (0, 1))),
        Dominant(0, 0, "weak"),
        Dominant(1, 1, "strict"),
        replace(members, members=((0, 1), (0,))),
        replace(members, eliminated=members.eliminated[1:]),
        replace(members, eliminated=members.eliminated + members.eliminated[:1]),
        replace(members, beliefs=()),
        replace(members, beliefs=(members.beliefs[0], ((((0, 1), Fraction(1)),),))),
        replace(members, members=((0, 1, 2), (0, 1)), eliminated=()),
    ]
    assert CONCEPT.verify(game, first, {}).verified
    assert [w for w in wrong if CONCEPT.verify(game, w, {}).verified] == []


def test_a_belief_must_speak_of_what_is_left_and_justify():
    game = NormalGame.from_matrices([[4, 0], [3, 3]], [[4, 3], [0, 3]])
    members = answer(game)[-1]
    stag, rabbit = members.beliefs[0]
    for beliefs in (
        (rabbit, rabbit),
        (stag, stag),
        ((), rabbit),
        ((((0, 2), Fraction(1)),), rabbit),
    ):
        wrong = replace(members, beliefs=(beliefs, members.beliefs[1]))
        assert not CONCEPT.verify(game, wrong, {}).verified


@pytest.mark.parametrize("concept", ["dominance", "rationalizable", "maxmin"])
def test_a_small_game_loads_nothing_heavy(concept):
    code = (
        "import sys; from alliance_games.solve import solve;"
        "from alliance_games.model.normal import NormalGame;"
        "game = NormalGame.from_matrices([[4, 0], [3, 3]], [[4, 3], [0, 3]]);"
        f"solve(game, [{concept!r}]);"
        "assert not {'numpy', 'flint', 'highspy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
