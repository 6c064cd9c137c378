"""Agent-form and quasi-perfect equilibria: undominated play in normal form, and textbook trees."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

import pytest

from alliance_games.algorithms.perfect_linear import both_sides
from alliance_games.concepts.trees.agent_form_perfect import CONCEPT as AGENT_FORM
from alliance_games.concepts.trees.quasi_perfect import CONCEPT as QUASI
from alliance_games.exact.programs import Program, maximize
from alliance_games.model.profiles import as_pure, pure
from alliance_games.model.tree_builder import Chance, Move, Terminal, build
from alliance_games.results.result import Coverage
from alliance_games.solve import solve


def same(state):
    return state


def answer(game, concept):
    result = next(r for r in solve(game, [concept]).results if r.concept == concept)
    assert result.verified
    return result


def plays(game, concept):
    """The pure actions of each pure solution, set by set."""
    found = set()
    for solution in answer(game, concept).solutions:
        chosen = as_pure(tuple(c for c in solution.choices if c is not None))
        if chosen is not None:
            found.add(chosen)
    return found


# --- one simultaneous move: perfect is undominated (van Damme 1987, theorem 3.2.2) ---------------


def simultaneous(a, b):
    columns = tuple(f"c{k}" for k in range(len(a[0])))
    rows = [
        Move(1, columns, [Terminal(pair) for pair in zip(*each, strict=True)], label="column")
        for each in zip(a, b, strict=True)
    ]
    return build(["A", "B"], Move(0, tuple(f"r{k}" for k in range(len(a))), rows), same)


def undominated(matrix, row):
    """Whether no mixture of rows is at least as good everywhere and better somewhere: by the sum of
    what it gains."""
    own = matrix[row]
    gains = [[x - y for x, y in zip(other, own, strict=True)] for other in matrix]
    at_most = [([-g for g in column], 0) for column in zip(*gains, strict=True)]
    program = Program([sum(g) for g in gains], at_most, [([1] * len(matrix), 1)])
    return maximize(program).value == 0


@pytest.mark.parametrize("size", [(2, 2), (2, 3), (3, 3)])
def test_a_pure_equilibrium_is_perfect_if_it_is_undominated(size):
    rng = random.Random(41)
    yes = no = 0
    for _ in range(60):
        a, b = ([[rng.randint(0, 2) for _ in range(size[1])] for _ in range(size[0])] for _ in "ab")
        game = simultaneous(a, b)
        turned = [list(column) for column in zip(*b, strict=True)]
        for i in range(size[0]):
            for j in range(size[1]):
                best = a[i][j] == max(row[j] for row in a) and b[i][j] == max(b[i])
                choices = (pure(i, size[0]), pure(j, size[1]))
                expected = best and undominated(a, i) and undominated(turned, j)
                assert (both_sides(game, choices, lambda: None) is not None) == expected
                yes += expected
                no += best and not expected
    assert yes > 20 and no > 10


def test_the_concepts_find_the_undominated_equilibria_of_random_matrices():
    rng = random.Random(42)
    for _ in range(12):
        a, b = ([[rng.randint(0, 2) for _ in range(2)] for _ in range(2)] for _ in "ab")
        game = simultaneous(a, b)
        turned = [list(column) for column in zip(*b, strict=True)]
        expected = {
            (i, j)
            for i in range(2)
            for j in range(2)
            if a[i][j] == max(row[j] for row in a) and b[i][j] == max(b[i])
            if undominated(a, i) and undominated(turned, j)
        }
        assert plays(game, "quasi-perfect") == expected
        assert plays(game, "agent-form-perfect") == expected


# --- Mertens 1995: who is to carry out a task ----------------------------------------------------


def vote():
    """Each votes for herself or the other; if they differ a coin decides. Whoever is charged knows
    her own vote and may err; all that counts for both is that the task is done well."""

    def task(player, votes):
        label = f"charged after voting {'me' if votes[player] == player else 'other'}"
        return Move(player, ("right", "wrong"), [Terminal([1, 1]), Terminal([0, 0])], label=label)

    def result(*votes):
        if votes[0] == votes[1]:
            return task(votes[0], votes)
        half = Fraction(1, 2)
        return Chance(("one", "two"), [half, half], [task(0, votes), task(1, votes)])

    second = [
        Move(1, ("me", "other"), [result(first, 1), result(first, 0)], label="vote")
        for first in (0, 1)
    ]
    return build(["One", "Two"], Move(0, ("me", "other"), second), same)


def test_a_voter_who_need_not_fear_her_own_mistakes_votes_for_herself():
    game = vote()
    names = [game.set_name(i) for i, s in enumerate(game.sets) if s.player >= 0]
    first, second = names.index("start"), names.index("vote")
    votes = {(play[first], play[second]) for play in plays(game, "quasi-perfect")}
    assert votes == {(0, 0)}
    votes = {(play[first], play[second]) for play in plays(game, "agent-form-perfect")}
    assert votes == {(0, 0), (0, 1), (1, 0), (1, 1)}


# --- van Damme 1984: outside options and one's own mistakes --------------------------------------


def own_mistakes(loss):
    """One may stop with 1, or go on and choose once more: 1 if she does it right, less if not.
    Two only looks on."""
    later = Move(0, ("right", "wrong"), [Terminal([1, 0]), Terminal([1 - loss, 0])])
    return build(["One", "Two"], Move(0, ("go on", "stop"), [later, Terminal([1, 1])]), same)


def test_ones_own_mistakes_count_in_agent_form_only():
    """Stopping avoids the mistake: going on is not agent-form perfect, but it is quasi-perfect."""
    game = own_mistakes(1)
    assert plays(game, "quasi-perfect") == {(0, 0), (1, 0)}
    assert plays(game, "agent-form-perfect") == {(1, 0)}
    agent_form = answer(game, "agent-form-perfect")
    assert all(s.choices[0] == (0, 1) for s in agent_form.solutions)


# --- three players -------------------------------------------------------------------------------


def test_seltens_horse():
    """Of the horse's two kinds of equilibria only the one in which the first two go across is
    perfect (Selten 1975, section 6); the three-player tree is out for quasi-perfect."""

    def third(left, right):
        return Move(2, ("L", "R"), [Terminal(left), Terminal(right)], label="three")

    across = Move(1, ("across", "down"), [Terminal([1, 1, 1]), third([4, 4, 0], [0, 0, 1])])
    root = Move(0, ("across", "down"), [across, third([3, 3, 2], [0, 0, 0])])
    game = build(["One", "Two", "Three"], root, same)
    found = answer(game, "agent-form-perfect")
    assert ((1, 0), (1, 0), (0, 1)) in [s.choices for s in found.solutions]
    assert {s.choices[:2] for s in found.solutions} == {((1, 0), (1, 0))}
    refusal = solve(game, ["quasi-perfect"]).refusals[0]
    assert "here 3 do" in refusal.reason


# --- the checker ---------------------------------------------------------------------------------


@pytest.mark.parametrize("concept", [AGENT_FORM, QUASI], ids=lambda c: c.name)
def test_false_trembles_are_refused(concept):
    game = simultaneous([[1, 0], [1, 1]], [[1, 0], [0, 0]])
    found = answer(game, concept.name).solutions
    assert found
    for one in found:
        tremble = one.tremble
        wrong = [
            replace(one, tremble=None),
            replace(one, tremble=replace(tremble, orders=tremble.orders[:-1])),
            replace(one, payoffs=tuple(p + 1 for p in one.payoffs)),
            replace(one, outcomes=()),
        ]
        assert not any(concept.verify(game, each, {}).verified for each in wrong)
    dominated = replace(
        found[0],
        choices=((Fraction(1), Fraction(0)), (Fraction(1), Fraction(0))),
        payoffs=(Fraction(1), Fraction(1)),
        outcomes=((3, Fraction(1)),),
        beliefs=((Fraction(1),), (Fraction(1), Fraction(0))),
        tremble=replace(found[0].tremble, orders=((0, 1), (0, 1)), weights=((1, 1), (1, 1))),
    )
    assert not concept.verify(game, dominated, {}).verified


def test_all_is_said_only_where_nothing_varies():
    game = simultaneous([[2, 0], [0, 1]], [[1, 0], [0, 2]])
    result = answer(game, "quasi-perfect")
    assert result.coverage is Coverage.ALL
    assert len(result.solutions) == 3
