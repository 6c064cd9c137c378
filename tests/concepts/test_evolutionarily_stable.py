"""Evolutionarily and neutrally stable strategies: against the definition by brute force, the
equilibria of another road, textbooks."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from random import Random

import pytest

from alliance_games.model.normal import NormalGame
from alliance_games.results.named.evolution import InvadedMixture, StableMixture
from alliance_games.results.result import Coverage, Result
from alliance_games.results.solutions import Point
from alliance_games.solve import solve
from tests.contract.others.evolution import (
    A_LINE,
    BAD_RPS,
    GOOD_RPS,
    HAWK_DOVE,
    INDIFFERENT,
    RPS,
    TWO_STABLE,
    symmetric,
)

F = Fraction
Matrix = list[list[int]]
Mixture = tuple[Fraction, ...]


def answer(game: NormalGame, concept: str = "evolutionarily-stable") -> Result:
    (result,) = solve(game, [concept]).results
    assert result.coverage is Coverage.ALL
    return result


def stable(game: NormalGame, concept: str = "evolutionarily-stable") -> list[Mixture]:
    found = answer(game, concept).solutions
    return [tuple(one.strategy.values()) for one in found if isinstance(one, StableMixture)]


def matrix(game: NormalGame) -> Matrix:
    return game.matrix(0)


def value(a: Matrix, x: Mixture, y: Mixture) -> Fraction:
    many = range(len(a))
    return sum((x[i] * a[i][j] * y[j] for i, j in product(many, many)), F(0))


def grid(size: int, parts: int) -> Iterator[Mixture]:
    """All mixtures in multiples of ``1/parts``."""
    for counts in product(range(parts + 1), repeat=size):
        if sum(counts) == parts:
            yield tuple(F(count, parts) for count in counts)


def invaded(a: Matrix, x: Mixture, y: Mixture, evolutionary: bool) -> bool:
    """Whether y shows that x is not stable, from the definition."""
    here, there = value(a, x, x), value(a, y, x)
    if there != here:
        return there > here
    against = value(a, x, y) - value(a, y, y)
    return y != x and (against < 0 or (against == 0 and evolutionary))


def pure(place: int, size: int) -> Mixture:
    return tuple(F(i == place) for i in range(size))


def games(seed: int, number: int, most: int = 4, spread: int = 3) -> Iterator[NormalGame]:
    random = Random(seed)
    for _ in range(number):
        size = random.randint(2, most)
        yield symmetric([[random.randint(0, spread) for _ in range(size)] for _ in range(size)])


@pytest.mark.parametrize("concept", ["evolutionarily-stable", "neutrally-stable"])
def test_no_mixture_of_a_grid_invades_what_is_stable(concept: str) -> None:
    seen = 0
    for game in games(1, 50):
        a = matrix(game)
        mutants = list(grid(len(a), 10 if len(a) < 4 else 6))
        for one in answer(game, concept).solutions:
            x = tuple(one.strategy.values())
            if isinstance(one, StableMixture):
                seen += 1
                assert not any(invaded(a, x, y, concept[0] == "e") for y in mutants)
                near = [tuple((8 * p + q) / 9 for p, q in zip(x, y, strict=True)) for y in mutants]
                assert not any(invaded(a, x, y, concept[0] == "e") for y in near)
            else:
                assert isinstance(one, InvadedMixture)
                assert invaded(a, x, tuple(one.mutant.values()), concept[0] == "e")
    assert seen > 40


@pytest.mark.parametrize("concept", ["evolutionarily-stable", "neutrally-stable"])
def test_every_equilibrium_of_a_grid_is_told_with_the_right_verdict(concept: str) -> None:
    """A grid finds equilibria by the definition alone; each must lie in one of the answers."""
    evolutionary = concept[0] == "e"
    seen = 0
    for game in games(2, 50, spread=2):
        a = matrix(game)
        solutions = answer(game, concept).solutions
        mixtures = list(grid(len(a), 6))
        for x in mixtures:
            best = max(value(a, pure(i, len(a)), x) for i in range(len(a)))
            if value(a, x, x) != best:
                continue
            seen += 1
            holders = [one for one in solutions if holds(a, one, x)]
            assert holders, (a, x)
            shown = any(invaded(a, x, y, evolutionary) for y in mixtures)
            if shown:
                assert all(isinstance(one, InvadedMixture) for one in holders), (a, x)
    assert seen > 80


def holds(a: Matrix, one: StableMixture | InvadedMixture, x: Mixture) -> bool:
    """Whether an equilibrium lies in the part of the equilibria that an answer speaks of."""
    middle = tuple(one.strategy.values())
    if not one.corners:
        return middle == x

    def label(y: Mixture) -> tuple[set[int], set[int]]:
        earned = [value(a, pure(i, len(a)), y) for i in range(len(a))]
        replies = {i for i, each in enumerate(earned) if each == max(earned)}
        return {i for i, p in enumerate(y) if p}, replies

    (used, replies), (own, best) = label(middle), label(x)
    return (own, best) == (used, replies) or (one.closed and own <= used and best >= replies)


def test_the_symmetric_equilibria_are_those_that_vertex_enumeration_finds() -> None:
    compared = 0
    for game in games(3, 80, spread=9):
        points = {
            one.profile[0]
            for one in solve(game, ["nash"]).results[0].solutions
            if isinstance(one, Point) and one.profile[0] == one.profile[1]
        }
        own = {
            tuple(one.strategy.values())
            for one in answer(game).solutions
            if not getattr(one, "corners", ())
        }
        assert points <= own
        compared += len(points)
        if all(isinstance(one, Point) for one in solve(game, ["nash"]).results[0].solutions):
            assert points == own
    assert compared > 100


def test_strict_equilibria_are_stable_and_supports_are_never_nested() -> None:
    """Weibull 1995, propositions 2.1 and 2.2 (Bishop and Cannings 1976)."""
    for game in games(4, 80, 5):
        a = matrix(game)
        found = stable(game)
        for i in range(len(a)):
            if all(a[i][i] > a[j][i] for j in range(len(a)) if j != i):
                assert pure(i, len(a)) in found
        supports = [{i for i, p in enumerate(x) if p} for x in found]
        assert not any(s < t for s in supports for t in supports)


@pytest.mark.parametrize(
    ("prize", "injury"), [(2, 4), (1, 3), (5, 7), (2, 1), (2, 2)], ids=lambda n: str(n)
)
def test_hawks_and_doves(prize: int, injury: int) -> None:
    """The only one is a share of V/C hawks, or hawks alone where V >= C (Maynard Smith 1982)."""
    game = symmetric([[prize - injury, 2 * prize], [0, prize]], "Hawk", "Dove")
    assert stable(game) == [(min(F(prize, injury), F(1)), max(1 - F(prize, injury), F(0)))]


def test_rock_scissors_and_paper() -> None:
    """Hofbauer and Sigmund 1998, section 7.7; Weibull 1995, example 2.7."""
    even = (F(1, 3),) * 3
    assert stable(GOOD_RPS) == [even]
    assert stable(RPS) == [] and stable(RPS, "neutrally-stable") == [even]
    assert stable(BAD_RPS) == [] and stable(BAD_RPS, "neutrally-stable") == []


def test_two_stable_strategies_of_three() -> None:
    """A polymorphism of the first two, and the third alone."""
    assert sorted(stable(TWO_STABLE)) == [(0, 0, 1), (F(1, 2), F(1, 2), 0)]


def test_zeeman_s_game_has_one_stable_strategy_and_another_equilibrium() -> None:
    """Zeeman 1980: (1/3, 1/3, 1/3) attracts all that is near and is not evolutionarily stable."""
    game = symmetric([[0, 6, -4], [-3, 0, 5], [-1, 3, 0]])
    assert stable(game) == [(1, 0, 0)]
    told = {tuple(one.strategy.values()) for one in answer(game).solutions}
    assert (F(1, 3),) * 3 in told


def test_where_nothing_matters_everything_is_neutral_and_nothing_stable() -> None:
    assert stable(INDIFFERENT) == []
    (one,) = answer(INDIFFERENT, "neutrally-stable").solutions
    assert isinstance(one, StableMixture) and one.closed and len(one.corners) == 2


def test_a_line_whose_edge_is_told_apart() -> None:
    """A and B are alike; C does better once more than two thirds play A, and invades there, where
    another line begins on which all three earn the same (and which C invades, too)."""
    found = answer(A_LINE, "neutrally-stable").solutions
    told = {
        (tuple(one.strategy.values()), isinstance(one, StableMixture), one.closed) for one in found
    }
    third = F(1, 3)
    assert told == {
        ((0, 0, 1), True, True),
        ((0, 1, 0), True, True),
        ((third, 2 * third, 0), True, False),
        ((third, third, third), False, True),
    }
    line, other = (one for one in found if one.corners)
    assert [tuple(one.values()) for one in line.corners] == [(2 * third, third, 0), (0, 1, 0)]
    assert [tuple(one.values()) for one in other.corners] == [
        (2 * third, third, 0),
        (0, third, 2 * third),
    ]


def test_what_is_refused() -> None:
    def reason(game: NormalGame) -> str:
        return solve(game, ["evolutionarily-stable"]).refusals[0].reason

    assert "exchanging" in reason(
        NormalGame.from_matrices([[1, 0], [0, 1]], [[1, 0], [0, 2]], strategies=[["a", "b"]] * 2)
    )
    assert "same strategies" in reason(NormalGame.from_matrices([[1]], [[1]]))
    three = NormalGame.from_payoffs("abc", [["x", "y"]] * 3, lambda profile: [0, 0, 0])
    assert "two players" in reason(three)


def test_strategies_are_matched_by_name() -> None:
    names = ("Hawk", "Dove")
    turned = NormalGame.from_payoffs(
        ("One", "Other"),
        (names, names[::-1]),
        lambda profile: HAWK_DOVE.payoffs((profile[0], 1 - profile[1])),
    )
    assert stable(turned) == stable(HAWK_DOVE)
