"""All equilibria of trees against the normal form, closed forms, and results of the literature."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from alliance_games.algorithms import bimatrix, sequence_vertices
from alliance_games.algorithms.sequence_equilibria import TreeEquilibria, all_equilibria
from alliance_games.exact.programs import Program, maximize
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.sequence_form import Plan
from alliance_games.transforms.normal_form import reduced_normal_form
from tests.algorithms.bayesian_trees import assurance, contribution
from tests.algorithms.sample_trees import kuhn_poker, noisy_leader, random_tree


def extreme(points: set[Plan]) -> frozenset[Plan]:
    """The points that are no mixture of the others."""
    kept = set()
    for point in points:
        others = [other for other in points if other != point]
        rows = [([o[k] for o in others], point[k]) for k in range(len(point))]
        program = Program([0] * len(others), equal=[*rows, ([1] * len(others), 1)])
        if not others or maximize(program).status == "infeasible":
            kept.add(point)
    return frozenset(kept)


def by_normal_form(game: ExtensiveGame, answer: TreeEquilibria) -> set[tuple]:
    """The maximal Nash subsets of the reduced normal form, in realization plans."""
    form = reduced_normal_form(game)
    found = bimatrix.all_equilibria(form.game.matrix(0), form.game.matrix(1))
    subsets = set()
    for component in found.components:
        for subset in component.subsets:
            sides = []
            for player, strategies in enumerate((subset.rows, subset.columns)):
                other = (Fraction(1),) + (Fraction(0),) * (form.game.shape[1 - player] - 1)
                plans = set()
                for mixed in strategies:
                    profile = (mixed, other) if player == 0 else (other, mixed)
                    plans.add(answer.form.plans(form.behaviour(profile))[player])
                sides.append(extreme(plans))
            subsets.add(tuple(sides))
    return subsets


def test_random_trees_agree_with_their_normal_forms() -> None:
    random = Random(4)
    compared = continua = mixed = 0
    while compared < 100:
        game = random_tree(random, random.randint(3, 9), random.choice([1, 3, 50]))
        if game.recall_violation() is not None:
            continue
        answer = all_equilibria(game)
        if min(len(own.sets) for own in answer.form.of) == 0:
            continue
        form = reduced_normal_form(game)
        if sum(form.game.shape) > 16:
            continue
        compared += 1
        ours = {
            (frozenset(subset.rows), frozenset(subset.columns))
            for component in answer.components
            for subset in component.subsets
        }
        assert ours == by_normal_form(game, answer)
        continua += any(component.dimension for component in answer.components)
        mixed += any(
            p not in (0, 1)
            for c in answer.components
            for edge in c.extreme
            for p in (*edge.row, *edge.column)
        )
    assert continua > 10 and mixed > 10


def test_arrays_find_the_same_edges(monkeypatch: pytest.MonkeyPatch) -> None:
    games = [kuhn_poker(), contribution([1, 2, 3, 4], 5), assurance(Fraction(3, 4))]
    plain = [all_equilibria(game).components for game in games]
    monkeypatch.setattr(sequence_vertices, "PAIRS", -1)
    assert [all_equilibria(game).components for game in games] == plain


def test_kuhn_poker_has_the_one_family() -> None:
    """Kuhn 1950: with bluffing probability a up to 1/3, bet the king with 3a, call with the queen
    with a + 1/3; the second player's strategy is unique."""
    answer = all_equilibria(kuhn_poker())
    (component,) = answer.components
    assert component.dimension == 1
    third = Fraction(1, 3)
    family = []
    for edge in component.extreme:
        choices, _ = answer.form.behaviour(answer.plans(edge))
        tree = answer.form.tree
        named = {one.label: choices[k] for k, one in enumerate(tree.sets) if one.player >= 0}
        assert (named["0b"][1], named["1b"][1], named["2b"][1]) == (0, third, 1)
        assert (named["0c"][1], named["1c"][1], named["2c"][1]) == (third, 0, 1)
        bluff = named["0"][1]
        assert named["2"][1] == 3 * bluff and named["1"][1] == 0
        assert named["1cb"][1] == bluff + third and named["0cb"][1] == 0
        assert answer.form.payoffs(answer.form.outcomes(answer.plans(edge)))[0] == Fraction(-1, 18)
        family.append(bluff)
    assert sorted(family) == [0, third]


@pytest.mark.parametrize("error", [Fraction(1, 20), Fraction(1, 5)])
def test_bagwell_has_three_equilibria_while_the_noise_is_small(error: Fraction) -> None:
    """Bagwell 1995; van Damme and Hurkens 1997: the closed forms of the noisy leader game."""
    answer = all_equilibria(noisy_leader([[5, 3], [6, 4]], [[2, 1], [3, 4]], error))
    assert [component.dimension for component in answer.components] == [0, 0, 0]
    obey = 1 / (2 * (1 - 2 * error))
    expected = {
        # (leader plays S, follower plays S after s, after c)
        (Fraction(0), Fraction(0), Fraction(0)),
        (1 - error, Fraction(1), 1 - obey),
        (error, obey, Fraction(0)),
    }
    found = set()
    for component in answer.components:
        (edge,) = component.extreme
        choices, free = answer.form.behaviour(answer.plans(edge))
        assert free == ()
        found.add(tuple(choice[0] for choice in choices if choice is not None))
    assert found == expected


def test_bagwell_has_one_equilibrium_under_much_noise() -> None:
    answer = all_equilibria(noisy_leader([[5, 3], [6, 4]], [[2, 1], [3, 4]], Fraction(3, 10)))
    assert len(answer.components) == 1


def test_more_than_two_movers_are_refused() -> None:
    random = Random(3)
    game = random_tree(random, 12, 5, players=3)
    assert len({one.player for one in game.sets if one.player >= 0}) == 3
    with pytest.raises(ValueError, match="two players"):
        all_equilibria(game)


@pytest.mark.parametrize("error", [Fraction(1, 20), Fraction(1, 10)])
def test_a_promise_seen_through_noise(error: Fraction) -> None:
    """Commitment and observability (models, k1): V 10, W -6, L 4, k 2, g 4, l 4; the three
    equilibria in closed form."""
    v, w, loss, cost, gain, pain = 10, -6, 4, 2, 4, 4
    answer = all_equilibria(
        noisy_leader([[v - cost, w - cost], [v, -loss]], [[0, -pain], [0, gain]], error)
    )
    right, wrong = (1 - error), error
    near = right * (v + loss) - wrong * (v - w)
    expected = {
        # (Commit, refrain after the signal of it, refrain after the other)
        (Fraction(0), Fraction(0), Fraction(0)),
        (gain * right / (gain * right + pain * wrong), Fraction(1), 1 - cost / near),
        (
            gain * wrong / (gain * wrong + pain * right),
            1 - (near - cost) / (right * (v - w) - wrong * (v + loss)),
            Fraction(0),
        ),
    }
    found = set()
    for component in answer.components:
        (edge,) = component.extreme
        choices, _ = answer.form.behaviour(answer.plans(edge))
        found.add(tuple(choice[0] for choice in choices if choice is not None))
    assert found == expected
