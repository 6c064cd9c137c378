"""Strong and coalition-proof equilibria: the papers' examples, the definitions by brute force, and
anonymous games against the same games written out."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import combinations, product
from random import Random

import pytest

from alliance_games.concepts import defaults
from alliance_games.model.anonymous import AnonymousGame, count_vectors
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import as_pure
from alliance_games.report.findings import lines
from alliance_games.results.solutions import Point
from alliance_games.results.tree_solutions import Discarded
from alliance_games.solve import solve
from tests.contract.sample_games import anonymous, normal

THREE = {
    (0, 0, 0): (0, 0, 10), (0, 1, 0): (-5, -5, 0), (1, 0, 0): (-5, -5, 0), (1, 1, 0): (1, 1, -5),
    (0, 0, 1): (-2, -2, 0), (0, 1, 1): (-5, -5, 0), (1, 0, 1): (-5, -5, 0), (1, 1, 1): (-1, -1, 5),
}  # fmt: skip
"""Bernheim, Peleg and Whinston 1987, section 2: of two equilibria the worse one for all three is
coalition-proof, because A and B would leave the better one together."""


def answers(game: NormalGame | AnonymousGame, concept: str) -> tuple[set, list[Discarded]]:
    (result,) = solve(game, [concept]).results
    assert result.verified
    kept = {as_pure(one.profile) for one in result.solutions if isinstance(one, Point)}
    return kept, [one for one in result.solutions if isinstance(one, Discarded)]


def three_players() -> NormalGame:
    names = (("A1", "A2"), ("B1", "B2"), ("C1", "C2"))
    return NormalGame.from_payoffs("ABC", names, lambda profile: THREE[profile])


def test_the_example_of_bernheim_peleg_and_whinston() -> None:
    kept, left = answers(three_players(), "coalition-proof")
    assert kept == {(1, 1, 1)}
    (one,) = left
    assert one.numbers == {"gain of A": 1, "gain of B": 1}
    assert [(move.who, move.from_, move.to) for move in one.moves] == [(0, 0, 1), (1, 0, 1)]
    assert one.reason.startswith(
        "A and B would move together, A to A2 and B to B2, and gain 1 each"
    )
    assert answers(three_players(), "strong-nash")[0] == set()


def test_the_prisoners_dilemma_has_no_strong_equilibrium() -> None:
    dilemma = NormalGame.from_matrices([[3, 0], [4, 1]], [[3, 4], [0, 1]])
    kept, left = answers(dilemma, "strong-nash")
    assert kept == set() and left[0].numbers == {"gain of Row": 2, "gain of Column": 2}
    assert answers(dilemma, "coalition-proof")[0] == {(1, 1)}


def gains(game: NormalGame, coalition: tuple[int, ...], here: tuple, there: tuple) -> bool:
    return all(game.payoff(i, there) > game.payoff(i, here) for i in coalition)


def deviations(game: NormalGame, coalition: tuple[int, ...], here: tuple) -> list[tuple]:
    options = [range(n) if i in coalition else [here[i]] for i, n in enumerate(game.shape)]
    return list(product(*options))


def coalitions_of(members: tuple[int, ...]) -> list[tuple[int, ...]]:
    return [c for k in range(1, len(members) + 1) for c in combinations(members, k)]


def coalition_proof(game: NormalGame, coalition: tuple[int, ...], here: tuple) -> bool:
    """The definition, without memory."""
    if len(coalition) == 1:
        return not any(gains(game, coalition, here, x) for x in deviations(game, coalition, here))
    return self_enforcing(game, coalition, here) and not any(
        gains(game, coalition, here, there) and self_enforcing(game, coalition, there)
        for there in deviations(game, coalition, here)
    )


def self_enforcing(game: NormalGame, coalition: tuple[int, ...], here: tuple) -> bool:
    smaller = coalitions_of(coalition)[:-1]
    return all(coalition_proof(game, each, here) for each in smaller)


@pytest.mark.parametrize("seed", range(25))
def test_both_by_their_definitions(seed: int) -> None:
    random = Random(seed)
    shape = random.choice([(2, 2), (3, 3), (2, 2, 2), (3, 2, 2), (2, 2, 2, 2)])
    game = normal(random, shape, 0, random.choice((1, 2, 9)))
    everybody = tuple(range(len(shape)))
    strong = {
        here
        for here in game.profiles()
        if not any(
            gains(game, coalition, here, there)
            for coalition in coalitions_of(everybody)
            for there in deviations(game, coalition, here)
        )
    }
    assert answers(game, "strong-nash")[0] == strong
    proof = {here for here in game.profiles() if coalition_proof(game, everybody, here)}
    assert answers(game, "coalition-proof")[0] == proof
    assert strong <= proof


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("concept", ["strong-nash", "coalition-proof"])
def test_anonymous_games_like_the_same_games_written_out(seed: int, concept: str) -> None:
    random = Random(seed)
    sizes = random.choice([(3,), (4,), (2, 2), (1, 2), (5,), (1, 1, 2)])
    strategies = 2 if sum(sizes) > 3 else random.choice((2, 3))
    game = anonymous(random, sizes, strategies, random.choice((1, 2, 5)))
    (result,) = solve(game, [concept]).results
    assert result.verified
    found = Counter({one.counts: one.profiles for one in result.solutions if one.kind == "counts"})
    assert found == by_counts(game, answers(written_out(game), concept)[0])


def written_out(game: AnonymousGame) -> NormalGame:
    names = game.strategies

    def payoff(profile: tuple[int, ...]) -> list[Fraction]:
        paid = []
        for player, own in enumerate(profile):
            others = Counter(profile[:player] + profile[player + 1 :])
            counts = tuple(others[s] for s in range(len(names)))
            paid.append(game.payoff(game.roles[player], own, counts))
        return paid

    return NormalGame.from_payoffs(game.players, (names,) * len(game.players), payoff)


def by_counts(game: AnonymousGame, profiles: set) -> Counter:
    found: Counter = Counter()
    for profile in profiles:
        chosen = [Counter(profile[i] for i in members) for members in game.members]
        found[tuple(tuple(c[s] for s in range(len(game.strategies))) for c in chosen)] += 1
    return found


def test_it_is_told_unasked_where_several_equilibria_compete() -> None:
    assert "coalition-proof" in defaults(three_players())
    assert "strong-nash" not in defaults(three_players())
    assert "coalition-proof" not in defaults(normal(Random(1), (2, 2)))


def test_a_report_says_who_leaves_an_equilibrium_for_what() -> None:
    (result,) = solve(three_players(), ["coalition-proof"]).results
    told = ["".join(piece.text for piece in line) for line in lines(result, three_players())]
    assert told[0] == "(A2, B2, C2)"
    assert told[1].startswith("not (A1, B1, C1): A and B would move together, A to A2 and B to B2")


def test_a_thousand_like_players_by_counts() -> None:
    """A third must volunteer (a closed form): where nobody does, just so many would together, and
    where just enough do, nobody gains whatever coalition moves."""
    needed, others = 333, count_vectors(999, 2)
    paid = [
        tuple(7 if served[0] + 1 >= needed else -3 for served in others),
        tuple(10 if served[0] >= needed else 0 for served in others),
    ]
    names = tuple(f"P{place}" for place in range(1000))
    game = AnonymousGame(names, ("Serve", "Hide"), (0,) * 1000, (tuple(paid),), (1,))
    (result,) = solve(game, ["strong-nash"]).results
    kept, left = result.solutions
    assert kept.counts == ((333, 667),) and left.solution.counts == ((0, 1000),)
    assert [(move.from_, move.to, move.number) for move in left.moves] == [(1, 0, 333)]
    assert left.numbers == {"gain from Hide to Serve": 7}
