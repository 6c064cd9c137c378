"""Potentials: examples of Monderer and Shapley, congestion, and every cycle of small games."""

from __future__ import annotations

from fractions import Fraction as F
from itertools import product
from random import Random

import pytest

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.normal import NormalGame
from alliance_games.results.result import Coverage
from alliance_games.results.solutions import Selection
from alliance_games.solve import solve
from tests.contract.sample_games import PENNIES, STAG_HUNT, anonymous, normal


def potential(game: NormalGame | AnonymousGame) -> Selection:
    (result,) = solve(game, ["potential"]).results
    assert result.coverage is Coverage.ALL and result.verified
    (selection,) = result.solutions
    assert isinstance(selection, Selection)
    return selection


def kind(selection: Selection) -> str:
    """The kind of potential it gives, '' for a cycle."""
    kinds = {name.partition(" potential at ")[0] for name in selection.numbers if " at (" in name}
    kinds = {one for one in kinds if one in ("exact", "weighted", "ordinal", "generalized ordinal")}
    return kinds.pop() if kinds else ""


def test_the_prisoners_dilemma() -> None:
    """Monderer and Shapley 1996, section 2: payoffs 1,1 / 9,0 / 0,9 / 6,6, potential 4 3 3 0."""
    dilemma = NormalGame.from_matrices([[1, 9], [0, 6]], [[1, 0], [9, 6]])
    found = potential(dilemma)
    assert found.numbers == {
        "exact potential at (r1, c1)": 4,
        "exact potential at (r1, c2)": 3,
        "exact potential at (r2, c1)": 3,
        "exact potential at (r2, c2)": 0,
    }
    assert found.profile == (0, 0)


def test_the_stag_hunt() -> None:
    """The maximum of the potential is the risk-dominant equilibrium."""
    found = potential(STAG_HUNT)
    assert kind(found) == "exact" and found.profile == (1, 1)
    assert found.compared == ((0, 0), (1, 1))


def test_matching_pennies_go_round() -> None:
    found = potential(PENNIES)
    assert kind(found) == "" and found.profile is None
    assert len(found.numbers) == 4 and set(found.numbers.values()) == {2}


def test_the_weights_of_the_battle_of_the_sexes() -> None:
    """Two strict equilibria with unlike stakes: weights, but no exact potential."""
    battle = NormalGame.from_matrices([[4, 0], [0, 2]], [[1, 0], [0, 1]])
    found = potential(battle)
    assert kind(found) == "weighted"
    assert found.numbers["weight of Row"] == 1
    # Row's square is 4 + 2, Column's 1 + 1.
    assert found.numbers["weight of Column"] == F(1, 3)
    assert found.profile == (0, 0)


@pytest.mark.parametrize("seed", range(8))
def test_congestion_games_by_the_formula_of_rosenthal(seed: int) -> None:
    """Rosenthal 1973: the potential is the sum over facilities of their payoffs from 1 to the load.

    Players share three facilities and choose one, or two of them, each with her own fixed costs.
    """
    random = Random(seed)
    players = 3
    worth = [[random.randint(-9, 9) for _ in range(players)] for _ in range(3)]
    choices = [
        random.sample([(0,), (1,), (2,), (0, 1), (1, 2)], random.randint(2, 3))
        for _ in range(players)
    ]
    own = [[random.randint(-5, 5) for _ in chosen] for chosen in choices]

    def loads(profile: tuple[int, ...]) -> list[int]:
        used = [choices[player][i] for player, i in enumerate(profile)]
        return [sum(facility in one for one in used) for facility in range(3)]

    game = NormalGame.from_payoffs(
        ("A", "B", "C"),
        [[f"s{i}" for i in range(len(chosen))] for chosen in choices],
        lambda p: [
            own[player][i] + sum(worth[f][loads(p)[f] - 1] for f in choices[player][i])
            for player, i in enumerate(p)
        ],
    )
    found = potential(game)
    assert kind(found) == "exact"
    by_formula = {
        p: sum(sum(worth[f][: loads(p)[f]]) for f in range(3))
        + sum(own[player][i] for player, i in enumerate(p))
        for p in game.profiles()
    }
    least = min(by_formula.values())
    assert found.numbers == {
        f"exact potential at ({', '.join(game.names(p))})": value - least
        for p, value in by_formula.items()
    }


def test_common_interests() -> None:
    random = Random(3)
    values = [random.randint(0, 50) for _ in range(12)]
    place = {p: i for i, p in enumerate(product(range(2), range(3), range(2)))}
    game = NormalGame.from_payoffs(
        "ABC", [("a", "b"), ("c", "d", "e"), ("f", "g")], lambda p: [values[place[p]]] * 3
    )
    found = potential(game)
    assert kind(found) == "exact"
    assert list(found.numbers.values()) == [value - min(values) for value in values]


def test_an_anonymous_game_of_two_strategies_has_one() -> None:
    """Like players of two strategies: the potential sums the gains up to the number."""
    gains = [-3, -1, 2, 4]
    game = AnonymousGame(
        tuple("ABCD"), ("In", "Out"), (0,) * 4, (((*reversed(gains),), (0,) * 4),), (1,)
    )
    found = potential(game)
    sums = [sum(gains[:k]) for k in range(5)]
    told = [found.numbers[f"exact potential at ({words})"] for words in
            ("4 Out", "1 In, 3 Out", "2 In, 2 Out", "3 In, 1 Out", "4 In")]  # fmt: skip
    assert told == [one - min(sums) for one in sums]
    assert found.profile == (0,) * 4


def _cycles(states: list, moves: dict) -> list[list]:
    """Every simple closed path of moves of a small game."""
    found = []
    for start in states:
        waiting = [[start]]
        while waiting:
            path = waiting.pop()
            for after in moves[path[-1]]:
                if after == start and len(path) > 2:
                    found.append(path)
                elif after > start and after not in path:
                    waiting.append([*path, after])
    return found


@pytest.mark.parametrize("seed", range(60))
def test_the_kind_by_every_cycle(seed: int) -> None:
    """By definition in 2x2 and 2x3 games: the sums, and the signs, round every closed path."""
    random = Random(seed)
    shape = random.choice([(2, 2), (2, 2), (2, 3)])
    game = normal(random, shape, 0, 2)
    if seed % 3 == 0:  # common interests up to a factor of each, and what the others do alone
        base = {p: random.randint(0, 4) for p in product(*map(range, shape))}
        extra = [[random.randint(0, 3) for _ in range(shape[1 - i])] for i in range(2)]
        factor = [random.randint(1, 3) for _ in range(2)]
        game = NormalGame.from_payoffs(
            ("A", "B"),
            [[f"{i}{own}" for own in range(n)] for i, n in enumerate(shape)],
            lambda p: [factor[i] * base[p] + extra[i][p[1 - i]] for i in range(2)],
        )
    states = list(game.profiles())
    moves = {
        s: [t for t in states if sum(a != b for a, b in zip(s, t, strict=True)) == 1]
        for s in states
    }

    def gain(s: tuple[int, ...], t: tuple[int, ...]) -> tuple[int, F]:
        player = next(i for i in range(2) if s[i] != t[i])
        return player, game.payoff(player, t) - game.payoff(player, s)

    sums = []
    weak = strict = False
    for path in _cycles(states, moves):
        steps = [gain(a, b) for a, b in zip(path, [*path[1:], path[0]], strict=True)]
        sums.append([sum((g for i, g in steps if i == p), F(0)) for p in range(2)])
        gains = [g for _, g in steps]
        weak |= min(gains) >= 0 and max(gains) > 0
        strict |= min(gains) > 0
    exact = all(a + b == 0 for a, b in sums)
    ratios = {-a / b if b else None for a, b in sums if a or b}
    weighted = len(ratios) <= 1 and all(r is not None and r > 0 for r in ratios)
    expected = (
        "exact" if exact else "weighted" if weighted else "ordinal" if not weak
        else "generalized ordinal" if not strict else ""
    )  # fmt: skip
    assert kind(potential(game)) == expected


@pytest.mark.parametrize("seed", range(12))
def test_counts_have_the_kind_of_their_profiles(seed: int) -> None:
    """An anonymous game written out in normal form has the same kind of potential."""
    random = Random(seed)
    game = anonymous(random, random.choice([(3,), (1, 2), (2, 1)]), 2 + seed % 2, 1 + seed % 3)
    spread = range(len(game.strategies))

    def payoffs(profile: tuple[int, ...]) -> list[F]:
        rest = [(*profile[:i], *profile[i + 1 :]) for i in range(len(profile))]
        return [
            game.payoff(role, own, tuple(others.count(s) for s in spread))
            for role, own, others in zip(game.roles, profile, rest, strict=True)
        ]

    written = NormalGame.from_payoffs(game.players, [game.strategies] * len(game.players), payoffs)
    assert kind(potential(game)) == kind(potential(written))


def test_ranked_payoffs_have_ordinal_potentials_only() -> None:
    ranked = NormalGame(
        STAG_HUNT.players, STAG_HUNT.strategies, STAG_HUNT.numerators, (1, 1), ordinal=True
    )
    found = potential(ranked)
    assert kind(found) == "ordinal" and found.profile is None
