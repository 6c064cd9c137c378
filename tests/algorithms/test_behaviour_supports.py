"""Nash equilibria of trees of several players: against the two-player solver, grids, closed forms
and the oddness of the number of equilibria."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction as F
from itertools import product
from random import Random

import pytest

from alliance_games.algorithms import behaviour_supports as supports
from alliance_games.algorithms import sequence_equilibria as pairs
from alliance_games.algorithms.plan_supports import Pruning
from alliance_games.algorithms.sequence_solutions import solution
from alliance_games.certificates.behaviour import check, plans_of, play_of
from alliance_games.certificates.behaviour_families import fault_of_conditions, meets
from alliance_games.exact.algebraic import algebraic
from alliance_games.exact.programs import Program, maximize
from alliance_games.model.extensive import CHANCE, ExtensiveGame
from alliance_games.model.profiles import Mixed
from alliance_games.model.sequence_form import sequence_form
from alliance_games.model.tree_builder import Move, Terminal, build
from alliance_games.results.budget import LimitReached
from alliance_games.results.solutions import Behaviour
from alliance_games.results.tree_solutions import Continuum
from tests.algorithms.sample_trees import random_tree
from tests.report import hand_trees as hand


def trees(seed: int, number: int, players: int, most: int = 7) -> Iterator[ExtensiveGame]:
    random = Random(seed)
    while number:
        game = random_tree(random, random.randint(3, most), random.choice([1, 3, 50]), players)
        if game.recall_violation() is None and game.size > 1:
            number -= 1
            yield game


def simultaneous(payoffs, players: int = 3) -> ExtensiveGame:
    """Everybody chooses a or b, seeing nothing; ``payoffs`` of the choices, as 0 and 1."""

    def expand(chosen: tuple[int, ...]) -> Move | Terminal:
        if len(chosen) < players:
            after = [(*chosen, 0), (*chosen, 1)]
            return Move(len(chosen), ("a", "b"), after, label=f"at {len(chosen)}")
        return Terminal(payoffs(chosen))

    return build([f"P{player}" for player in range(players)], (), expand)


def told(answer: Sequence[Behaviour | Continuum]) -> Counter:
    found: Counter = Counter()
    for one in answer:
        if isinstance(one, Behaviour):
            found[one.choices, one.payoffs, one.free] += 1
            continue
        for family in one.families:
            found[family.dimension, frozenset(one.points[k].choices for k in family.points)] += 1
    return found


def belongs(game: ExtensiveGame, choices: Sequence[Mixed | None], one) -> bool:
    """Whether an equilibrium is told of: as that point, in a hull, or by conditions."""
    if isinstance(one, Behaviour):
        return plans_of(game, choices) == plans_of(game, one.choices)
    for family in one.families:
        if family.hull == "":
            if all(meets(condition, choices) for condition in family.conditions):
                return True
            continue
        corners = [plans_of(game, one.points[k].choices) for k in family.points]
        rows = [
            ([corner[player][s] for corner in corners], p)
            for player, plan in enumerate(plans_of(game, choices))
            for s, p in enumerate(plan)
        ]
        program = Program([0] * len(corners), equal=[*rows, ([1] * len(corners), 1)])
        if maximize(program).status != "infeasible":
            return True
    return False


def grid(game: ExtensiveGame, most: int) -> list[tuple[Mixed | None, ...]]:
    shares = [(F(k, 2), 1 - F(k, 2)) for k in range(3)]
    sides = [[None] if one.player == CHANCE else shares for one in game.sets]
    count = 1
    for side in sides:
        count *= len(side)
    return list(product(*sides)) if count <= most else []


def test_two_players_as_by_vertices():
    continua = points = 0
    for game in trees(3, 60, 2):
        ours = list(supports.all_equilibria(game))
        answer = pairs.all_equilibria(game)
        theirs = [solution(answer, component) for component in answer.components]
        assert told(ours) == told(theirs)
        continua += any(isinstance(one, Continuum) for one in ours)
        points += any(isinstance(one, Behaviour) for one in ours)
    assert continua > 10 and points > 10


def test_three_players_by_definition():
    """Every point is an equilibrium, no conditions take in others, and every equilibrium of a grid
    of behaviour strategies is told of."""
    described = on_grid = 0
    for game in trees(6, 60, 3, most=7):
        found = list(supports.all_equilibria(game))
        assert found
        for one in found:
            points = one.points if isinstance(one, Continuum) else (one,)
            for point in points:
                play = play_of(game, point.choices)
                assert play.gain == 0 and play.payoffs == point.payoffs
                assert play.outcomes == dict(point.outcomes)
                assert tuple(sorted(play.excluded)) == point.free
            for family in getattr(one, "families", ()):
                if family.hull == "":
                    described += 1
                    examples = [one.points[k].choices for k in family.points]
                    assert fault_of_conditions(game, family, examples) == ""
                    assert family.conditions
        for choices in grid(game, 250):
            if play_of(game, choices).gain == 0:
                on_grid += 1
                assert any(belongs(game, choices, one) for one in found)
    assert described > 3 and on_grid > 100


def test_numbers_of_equilibria_are_odd():
    """Of almost all games in normal form (Wilson 1971)."""
    random = Random(9)
    irrational = 0
    for _ in range(40):
        table = {c: [random.randint(0, 10**4) for _ in range(3)] for c in product((0, 1), repeat=3)}
        found = list(supports.all_equilibria(simultaneous(table.__getitem__)))
        assert all(isinstance(one, Behaviour) for one in found) and len(found) % 2 == 1
        for one in found:
            assert check(simultaneous(table.__getitem__), one).verified
            irrational += any(not isinstance(p, F) for c in one.choices for p in c or ())
    assert irrational > 3


def test_the_volunteers_dilemma():
    """One of three has to pay 1 so that all get 2: all mix with 1 - 1/sqrt 2 (Diekmann 1985)."""

    def payoffs(chosen):
        return [(2 if 0 in chosen else 0) - (mine == 0) for mine in chosen]

    game = simultaneous(payoffs)
    found = list(supports.all_equilibria(game))
    mixed = [one for one in found if not one.properties["pure"]]
    pays = 1 - algebraic([-1, 0, 2], 0, 1)
    assert any(one.choices == ((pays, 1 - pays),) * 3 for one in mixed)
    alone = [one for one in found if one.properties["pure"]]
    assert len(alone) == 3
    # Two mix while the third never pays: each pays with probability one half.
    half = (F(1, 2), F(1, 2))
    assert sum(one.choices.count(half) == 2 for one in mixed) == 3
    assert len(found) == 7


def test_seltens_horse():
    """The two continua of Selten (1975): C, c, R with at least 3/4; D, c with at least 1/3, L."""
    first, second = supports.all_equilibria(hand.horse())
    assert isinstance(first, Continuum) and isinstance(second, Continuum)
    sure, never = (F(1), F(0)), (F(0), F(1))
    assert {point.choices for point in first.points} == {
        (sure, sure, never),
        (sure, sure, (F(1, 4), F(3, 4))),
    }
    assert {point.choices for point in second.points} == {
        (never, sure, sure),
        (never, (F(1, 3), F(2, 3)), sure),
    }


def test_one_player_and_nobody():
    decision = build(
        ["A"],
        "root",
        lambda s: Move(0, ("x", "y", "z"), ["2", "2", "1"]) if s == "root" else Terminal([int(s)]),
    )
    (segment,) = supports.all_equilibria(decision)
    assert isinstance(segment, Continuum) and segment.dimension == 1
    ending = build(["A", "B"], "root", lambda s: Terminal([1, 2]))
    (point,) = supports.all_equilibria(ending)
    assert point.payoffs == (F(1), F(2))


def test_pruning_keeps_every_equilibriums_support():
    """Without the tables of dominance the equilibria are the same."""
    for game in trees(21, 12, 3, most=5):
        form = sequence_form(game)
        if not form.active:
            continue
        pruned = set(Pruning(form, form.active, lambda: None).profiles())
        bare = Pruning(form, form.active, lambda: None)
        bare.tables = None
        for profile in set(bare.profiles()) - pruned:
            conditions = supports.Conditions(form, dict(zip(form.active, profile, strict=True)))
            assert supports.feasible(conditions.system(strict=True)) is None


def test_a_limit_stops_the_work_and_keeps_what_was_found():
    met: list[Behaviour] = []

    def tick() -> None:
        if met:
            raise LimitReached("enough")

    with pytest.raises(LimitReached):
        list(supports.all_equilibria(hand.horse(), tick, found=met))
    assert all(check(hand.horse(), one).verified for one in met)
