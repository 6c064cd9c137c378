"""Power and standing in cooperative games as formulas: against definitions and the solver."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations
from math import factorial
from random import Random

import pytest

from alliance_games.algorithms.coalition_conditions import (
    banzhaf,
    roles,
    shapley_shubik,
    superadditivity,
)
from alliance_games.claims.check import check
from alliance_games.claims.verdict import Outcome
from alliance_games.model.coalitional import CoalitionalGame
from alliance_games.model.coalitions_over_field import FieldCoalitions
from alliance_games.model.study import Study
from alliance_games.parametric.agreement import difference
from alliance_games.parametric.regimes import regimes
from alliance_games.results.ordered import ExactSigns, Undescribed
from alliance_games.solve import solve
from tests.parametric.studies import holders, library, points, study

INDICES = ("shapley-shubik", "banzhaf")


def four() -> Study:
    """Four voters, one of them as many votes as she has; the others' are known."""
    return study(
        "game: test\nplayers: [A, B, C, D]\nparameters: {w: 4, q: 7}\n"
        "assume: [w >= 0, q > 0]\ncoalitions:\n"
        "  weights: {A: w, B: 3, C: 2, D: 1}\n  quota: q\n"
    )


def table() -> Study:
    return study(
        "game: test\nplayers: [A, B, C]\nparameters: {x: 1, y: 1, z: 1}\ncoalitions:\n"
        "  worth: {A: x, 'A, B': y, 'A, B, C': z}\n  otherwise: 0\n"
    )


CASES = {
    "votes": (
        lambda: library("coalitions/weighted_votes.yaml"),
        (*INDICES, "veto-and-dummy", "superadditivity"),
    ),
    "four voters": (four, (*INDICES, "veto-and-dummy", "superadditivity")),
    "a table": (table, ("veto-and-dummy", "superadditivity")),
}


@pytest.mark.parametrize("name", CASES)
def test_points_fall_into_one_cell_that_says_what_the_solver_does(name: str) -> None:
    make, concepts = CASES[name]
    for concept in concepts:
        found = regimes(make(), [concept], most_edges=None)
        assert not found.stopped
        told = 0
        for point in points(found, 25, seed=3):
            (regime,) = holders(found, point)
            if regime.cell.undecided:
                game = found.study.game.at(found.region.symbols.values(point))
                assert concept in INDICES and not game.is_simple  # type: ignore[union-attr]
                continue
            gap = difference(found.study, found.region.symbols, regime.cell.outcome, point)
            assert gap is None, f"{concept} at {point}: {gap}"
            told += 1
        assert told >= 10


def drawn(dice: Random, players: int) -> tuple[tuple[str, ...], list[Fraction]]:
    """A monotonic game of winning and losing that all together win, by winning coalitions."""
    names = tuple("ABCD"[:players])
    every = (1 << players) - 1
    least = [dice.randint(1, every) for _ in range(dice.randint(1, 4))]
    return names, [Fraction(any(one & w == w for w in least)) for one in range(every + 1)]


@pytest.mark.parametrize("players", [2, 3, 4])
def test_indices_by_definition(players: int) -> None:
    """Orders in which each turns the coalition of those before her; coalitions she turns."""
    dice = Random(players)
    for _ in range(40):
        names, worths = drawn(dice, players)
        game = FieldCoalitions.of(names, worths)
        turns = [0] * players
        for order in permutations(range(players)):
            before = 0
            for player in order:
                turns[player] += int(worths[before | 1 << player] - worths[before])
                before |= 1 << player
        index = shapley_shubik(game, ExactSigns())
        assert list(index.shares.values()) == [Fraction(t, factorial(players)) for t in turns]
        swings = [
            sum(int(w - worths[one & ~(1 << i)]) for one, w in enumerate(worths) if one >> i & 1)
            for i in range(players)
        ]
        power = banzhaf(game, ExactSigns())
        assert list(power.swings.values()) == swings
        assert list(power.raw.values()) == [Fraction(s, 1 << players - 1) for s in swings]
        assert list(power.normalised.values()) == [Fraction(s, sum(swings)) for s in swings]


@pytest.mark.parametrize("players", [2, 3, 4])
def test_standing_and_superadditivity_are_the_solver_s(players: int) -> None:
    dice = Random(players + 10)
    for _ in range(60):
        names, worths = drawn(dice, players)
        if dice.random() < 0.5:
            worths = [w * dice.choice([0, 1, 2]) for w in worths]
        game = CoalitionalGame.from_worths(names, worths)
        answer = solve(game, ["veto-and-dummy", "superadditivity"])
        ours = FieldCoalitions.of(names, worths)
        for concept, told in (
            ("veto-and-dummy", roles(ours, ExactSigns())),
            ("superadditivity", superadditivity(ours, ExactSigns())),
        ):
            result = answer.of(concept)
            assert result is not None
            assert [one.said() for one in result.solutions] == [told.said()]  # type: ignore[union-attr]


def test_an_index_is_of_games_of_winning_and_losing_alone() -> None:
    half = FieldCoalitions.of(("A", "B"), [Fraction(0), Fraction(0), Fraction(1, 2), Fraction(1)])
    nobody = FieldCoalitions.of(("A", "B"), [Fraction(0)] * 4)
    turned = FieldCoalitions.of(("A", "B"), [Fraction(w) for w in (0, 1, 0, 0)])
    for game in (half, nobody, turned):
        with pytest.raises(Undescribed, match="win or lose"):
            shapley_shubik(game, ExactSigns())
        with pytest.raises(Undescribed, match="win or lose"):
            banzhaf(game, ExactSigns())


def test_claims_about_votes() -> None:
    claims = """
expect:
  - shapley-shubik: {A: 1/3, B: 1/3, C: 1/6, D: 1/6}
    when: q == 6 and 3 <= w < 4
  - shapley-shubik: {A: 1/2, B: 1/6, C: 1/6, D: 1/6}
    when: q == 6 and w >= 4
  - veto-and-dummy: {veto: [A]}
    when: 6 < q <= 6 + w and q > 3 + w
  - banzhaf: {swings: {A: 1, B: 1, C: 1, D: 1}}
    when: 5 + w < q <= 6 + w and w >= 1
  - banzhaf: {swings: {A: 1, B: 1, C: 1, D: 1}}
    when: 5 + w < q and w >= 1
"""
    text = (
        "game: test\nplayers: [A, B, C, D]\nparameters: {w: 4, q: 7}\n"
        "assume: [w >= 0, q > 0]\ncoalitions:\n"
        "  weights: {A: w, B: 3, C: 2, D: 1}\n  quota: q\n" + claims
    )
    outcomes = [one.outcome for one in check(study(text))]
    # Of the third B has a veto, too; of the last nobody wins at all beyond 6 + w.
    assert outcomes == [
        Outcome.PROVED,
        Outcome.REFUTED,
        Outcome.REFUTED,
        Outcome.PROVED,
        Outcome.UNDECIDED,
    ]
