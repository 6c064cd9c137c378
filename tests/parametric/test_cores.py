"""Cores, convexity and Shapley values as formulas, against the ordinary solver and closed forms."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from random import Random

import pytest

from alliance_games.algorithms.balanced_collections import core_or_not, minimal_balanced
from alliance_games.algorithms.core import Divisions, core
from alliance_games.claims.check import check
from alliance_games.claims.verdict import Outcome
from alliance_games.model.coalitional import CoalitionalGame, members
from alliance_games.model.coalitions_over_field import FieldCoalitions
from alliance_games.model.study import Study
from alliance_games.parametric.agreement import difference
from alliance_games.parametric.regimes import regimes
from alliance_games.results.named.cooperative import (
    Convexity,
    CoreExists,
    DivisionSet,
    EmptyCore,
    Value,
)
from alliance_games.results.ordered import ExactSigns
from alliance_games.results.records import decode, encode
from tests.parametric.studies import holders, library, points, study


def coalitional(players: str, parameters: str, body: str, assume: str = "[]") -> Study:
    return study(
        f"game: test\nplayers: [{players}]\nparameters: {parameters}\nassume: {assume}\n"
        f"coalitions:\n{body}"
    )


def table() -> Study:
    return coalitional(
        "A, B, C",
        "{x: 1, y: 1, z: 1, w: 1}",
        "  worth: {'A, B': x, 'A, C': y, 'B, C': z, 'A, B, C': w}\n  otherwise: 0",
    )


def formula() -> Study:
    return coalitional(
        "A, B, C, D",
        "{m: {value: {A: 4, B: 3, C: 2, D: 1}}, f: 2, g: 1}",
        "  worth: if(has(A), total(m), f) * size - g * if(size == 1, 0, 1) / n",
        "[m >= 0]",
    )


F = Fraction
NAMES = ("Patron", "Ally", "Client")

CASES = {
    "table": (table, ("core", "convexity", "shapley-value")),
    "formula": (formula, ("shapley-value",)),
    "three blocs": (
        lambda: library("coalitions/three_blocs.yaml"),
        ("core", "convexity", "shapley-value"),
    ),
    "votes": (lambda: library("coalitions/weighted_votes.yaml"), ("core",)),
    "a bloc": (lambda: library("coalitions/voting_as_a_bloc.yaml"), ("core", "shapley-value")),
}


@pytest.mark.parametrize("name", CASES)
def test_points_fall_into_one_cell_that_says_what_the_solver_does(name: str) -> None:
    make, concepts = CASES[name]
    for concept in concepts:
        found = regimes(make(), [concept], most_edges=None)
        assert not found.stopped
        for point in points(found, 25, seed=3):
            (regime,) = holders(found, point)
            gap = difference(found.study, found.region.symbols, regime.cell.outcome, point)
            assert gap is None, f"{concept} at {point}: {gap}"


@pytest.mark.parametrize(("players", "number"), [(1, 0), (2, 1), (3, 5), (4, 41)])
def test_minimal_balanced_collections(players: int, number: int) -> None:
    """As many as Peleg and Sudhoelter (2007) count, with the coalition of all 1, 2, 6 and 42."""
    found = minimal_balanced(players)
    assert len(found) == number
    families = [{one for one, _ in weights} for weights in found]
    for weights in found:
        for player in range(players):
            assert sum(weight for one, weight in weights if one >> player & 1) == 1
    assert not any(a < b or b < a for a, b in combinations(families, 2))


@pytest.mark.parametrize("players", [2, 3, 4])
def test_balanced_collections_decide_as_linear_programs_do(players: int) -> None:
    dice = Random(players)
    seen = set()
    for _ in range(250):
        worths = [Fraction(0)] + [
            Fraction(dice.randint(0, 4) * one.bit_count(), dice.choice([1, 2]))
            for one in range(1, 1 << players)
        ]
        worths[-1] += dice.choice([0, 1, 2, players])
        names = tuple("ABCD"[:players])
        ours = core_or_not(FieldCoalitions.of(names, worths), ExactSigns())
        game = CoalitionalGame.from_worths(names, worths)
        there = isinstance(core(game, lambda: None), Divisions)
        assert isinstance(ours, EmptyCore) is not there
        seen.add(there)
        if isinstance(ours, EmptyCore):
            assert ours.worth > ours.available == worths[-1]
            for player in names:
                assert sum(e.weight for e in ours.balanced if player in e.members) == 1
    assert seen == {True, False}


def test_a_table_of_three_by_hand() -> None:
    """Two and two: the core is there exactly where w covers each pair, none, and half of all."""
    found = regimes(table(), ["core"], most_edges=None)
    names = found.region.symbols.names
    for point in points(found, 60, seed=8):
        x, y, z, w = (point[names.index(name)] for name in "xyzw")
        (regime,) = holders(found, point)
        ((_, (one,)),) = regime.cell.outcome or ()
        assert isinstance(one, EmptyCore) is (w < max(x, y, z, 0, (x + y + z) / 2))


def test_power_squared_is_convex_and_its_value_is_own_times_all() -> None:
    """v(S) = (sum m)^2: convex, and the Shapley value is m_i times all of m."""
    squared = coalitional(
        "A, B, C, D",
        "{m: {value: {A: 4, B: 3, C: 2, D: 1}}}",
        "  worth: total(m)^2",
        "[m > 0]",
    )
    found = regimes(squared, ["core", "convexity", "shapley-value"])
    (only,) = found.regimes
    described = dict(only.cell.outcome or ())
    ((core_there,), (convex,), (value,)) = described.values()
    assert not isinstance(core_there, EmptyCore)
    assert isinstance(convex, Convexity) and convex.convex and convex.strictly
    assert isinstance(value, Value)
    m = found.region.symbols.names
    symbols = dict(zip(m, found.region.symbols.ring.variables, strict=True))
    assert len(symbols) == 4
    for point in points(found, 10, seed=2):
        for place, share in enumerate(value.shares.values()):
            assert share.at(point) == point[place] * sum(point)  # type: ignore[attr-defined]


def test_a_vote_has_a_core_where_somebody_has_a_veto_or_nobody_can_win() -> None:
    found = regimes(library("coalitions/weighted_votes.yaml"), ["core"], most_edges=None)
    for point in points(found, 60, seed=4):
        *votes, quota = point
        (regime,) = holders(found, point)
        ((_, (one,)),) = regime.cell.outcome or ()
        veto = [place for place, own in enumerate(votes) if sum(votes) - own < quota]
        assert isinstance(one, EmptyCore) is not bool(veto)
        if quota > sum(votes):
            assert one.extreme_points == ({"Patron": 0, "Ally": 0, "Client": 0},)  # type: ignore[union-attr]
        elif veto:
            # Everything goes to those without whom nothing passes, in any division.
            taken = [{n: F(n == m) for n in NAMES} for m in (NAMES[place] for place in veto)]
            assert isinstance(one, DivisionSet)
            assert list(one.extreme_points) == taken and one.dimension == len(veto) - 1


def test_claims_about_who_gets_what_in_the_core_of_a_vote() -> None:
    claims = """
expect:
  - core: {extreme points: [{A: 1, B: 0, C: 0}]}
    when: q > 2 and 1 < w and q <= w + 1
  - core: {extreme points: [{A: 1, B: 0, C: 0}]}
    when: q > w + 1 and w + 2 >= q
  - core: {dimension: 2}
    when: q > w + 1 and w + 2 >= q and w >= 1
"""
    with_claims = study(
        "game: test\nplayers: [A, B, C]\nparameters: {w: 2, q: 3}\nassume: [w >= 0, q > 0]\n"
        "coalitions:\n  weights: {A: w, B: 1, C: 1}\n  quota: q\n" + claims
    )
    outcomes = [one.outcome for one in check(with_claims)]
    assert outcomes == [Outcome.PROVED, Outcome.REFUTED, Outcome.PROVED]


def test_the_winning_table_of_a_vote_by_its_members() -> None:
    """A table of worths: the core is empty unless every winning coalition shares a member."""
    names = ("A", "B", "C", "D")
    dice = Random(6)
    for _ in range(60):
        winning = [one for one in range(1, 15) if dice.random() < 0.2] + [15]
        worths = [Fraction(any(one & w == w for w in winning)) for one in range(16)]
        veto = set(range(4)).intersection(*(set(members(w)) for w in winning))
        ours = core_or_not(FieldCoalitions.of(names, worths), ExactSigns())
        assert isinstance(ours, EmptyCore) is not bool(veto)


def test_that_a_core_exists_is_written_and_read_back() -> None:
    one = CoreExists()
    document = {"kind": one.kind, **encode(one, str)}
    assert document == {"kind": "core-exists"}
    assert decode(document, {}) == one


def test_claims_about_cores() -> None:
    """Proved, refuted, and left open where formulas do not tell."""
    claims = """
expect:
  - core: none
    when: x + y + z > 2 * w
  - core: {nonempty: yes}
    when: w == 1
  - core: {dimension: 2}
    when: x == 0 and y == 0 and z == 0 and w == 1
"""
    with_claims = study(
        "game: test\nplayers: [A, B, C]\nparameters: {x: 1, y: 1, z: 1, w: 1}\ncoalitions:\n"
        "  worth: {'A, B': x, 'A, C': y, 'B, C': z, 'A, B, C': w}\n  otherwise: 0\n" + claims
    )
    outcomes = [one.outcome for one in check(with_claims)]
    assert outcomes == [Outcome.PROVED, Outcome.REFUTED, Outcome.UNDECIDED]
