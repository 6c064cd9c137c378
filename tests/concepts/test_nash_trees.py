"""nash on trees: what is asked, what is refused, one equilibrium, and a checker that says no."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from alliance_games.algorithms import sequence_lemke
from alliance_games.certificates.behaviour import check, play_of
from alliance_games.concepts import defaults
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.sequence_form import sequence_form
from alliance_games.model.tree_builder import Chance, Move, Terminal, build
from alliance_games.results.budget import Budget
from alliance_games.results.result import Coverage, Result, Status
from alliance_games.results.solutions import Behaviour
from alliance_games.results.tree_solutions import Continuum
from alliance_games.solve import solve
from alliance_games.transforms.normal_form import reduced_normal_form
from alliance_games.transforms.sequence_form import realization_constraints
from tests.algorithms.sample_trees import kuhn_poker, noisy_leader, random_tree, selten_horse

ONE = Budget(one=True)


def nash(game: ExtensiveGame, budget: Budget | None = None) -> Result:
    (result,) = solve(game, ["nash"], budget).results
    assert result.verified
    return result


def grown(root: Move | Chance | Terminal, players: tuple[str, ...] = ("A", "B")) -> ExtensiveGame:
    return build(players, root, lambda state: state)


def perfect_recall(random: Random, most: int, spread: int, players: int = 2) -> ExtensiveGame:
    while True:
        game = random_tree(random, most, spread, players)
        if game.recall_violation() is None:
            return game


def largest_gain_in_normal_form(game: ExtensiveGame, one: Behaviour) -> Fraction:
    """Brute force: each player's best pure plan against what the others do."""
    form = reduced_normal_form(game)
    gain = Fraction(0)
    for player, plans in enumerate(form.plans):
        for plan in plans:
            choices = list(one.choices)
            for index, action in plan.items():
                size = len(game.sets[index].actions)
                choices[index] = tuple(Fraction(a == action) for a in range(size))
            gain = max(gain, play_of(game, choices).payoffs[player] - one.payoffs[player])
    return gain


def test_the_best_reply_is_that_of_brute_force() -> None:
    random = Random(2)
    for _ in range(60):
        players = random.choice([2, 3])
        game = perfect_recall(random, random.randint(2, 8), 5, players)
        choices = []
        for one in game.sets:
            weights = [random.randint(0, 2) for _ in one.actions]
            total = sum(weights)
            mixed = [Fraction(w, total) for w in weights] if total else [1, *weights[1:]]
            choices.append(None if one.player < 0 else tuple(map(Fraction, mixed)))
        play = play_of(game, choices)
        profile = Behaviour(tuple(choices), play.payoffs, tuple(play.outcomes.items()))
        assert max(play.gain, 0) == largest_gain_in_normal_form(game, profile)


def test_constraints_hold_of_plans_and_of_nothing_else() -> None:
    form = sequence_form(kuhn_poker())
    choices = [
        None if one.player < 0 else (Fraction(1, 3), Fraction(2, 3)) for one in form.tree.sets
    ]
    for own, plan in zip(form.of, form.plans(choices), strict=True):
        rows = realization_constraints(own)
        assert len(rows) == len(own.sets) + 1
        assert all(sum(c * plan[s] for s, c in row) == value for row, value in rows)
        spoilt = (*plan[:-1], plan[-1] + 1)
        assert not all(sum(c * spoilt[s] for s, c in row) == value for row, value in rows)


def test_perfect_recall_is_needed_and_the_two_nodes_are_named() -> None:
    again = [Move(0, ("x", "y"), [Terminal([k, 0]), Terminal([0, k])], "later") for k in (1, 2)]
    game = grown(Move(0, ("Left", "Right"), again, "first"))
    (refusal,) = solve(game, ["nash"]).refusals
    assert "perfect recall" in refusal.reason
    assert "Left" in refusal.reason and "Right" in refusal.reason and "later" in refusal.reason


def test_it_is_no_default_of_trees() -> None:
    assert "nash" not in defaults(kuhn_poker())


def test_a_free_set_is_told() -> None:
    """Out is best, so what the mover would have done inside is nobody's concern but the other's."""
    inside = Move(1, ("l", "r"), [Move(0, ("u", "d"), [Terminal([1, 0]), Terminal([0, 0])]),
                                  Terminal([0, -1])])  # fmt: skip
    game = grown(Move(0, ("Out", "In"), [Terminal([5, 5]), inside]))
    (component,) = nash(game).solutions
    assert isinstance(component, Continuum) and component.dimension == 1
    for point in component.points:
        assert point.free == (2,)


def test_a_branch_of_probability_zero_makes_no_continuum() -> None:
    never = Move(0, ("u", "d"), [Terminal([1, 0]), Terminal([0, 0])], "never")
    always = Move(0, ("u", "d"), [Terminal([1, 0]), Terminal([0, 0])], "always")
    game = grown(Chance(("yes", "no"), [Fraction(1), Fraction(0)], [always, never]))
    (one,) = nash(game).solutions
    assert isinstance(one, Behaviour) and one.payoffs == (1, 0) and len(one.free) == 1


def test_one_player_alone_and_one_among_three() -> None:
    game = grown(Move(0, ("a", "b"), [Terminal([1]), Terminal([2])]), ("Alone",))
    (one,) = nash(game).solutions
    assert one.payoffs == (2,)
    game = grown(Move(2, ("a", "b"), [Terminal([1, 2, 3]), Terminal([4, 5, 6])]), ("A", "B", "C"))
    (one,) = nash(game).solutions
    assert one.payoffs == (4, 5, 6)
    assert nash(game, ONE).solutions == (one,)


@pytest.mark.parametrize(("ranks", "value"), [(3, Fraction(-1, 18)), (13, None)])
def test_poker_by_linear_program_is_exact(ranks: int, value: Fraction | None) -> None:
    game = kuhn_poker(ranks)
    result = nash(game, ONE)
    (one,) = result.solutions
    assert result.status is Status.EXACT and result.coverage is Coverage.SOME
    assert "linear program" in result.method
    assert one.certificate.largest_gain == 0
    if value is not None:
        assert one.payoffs == (value, -value)


def test_values_of_random_zero_sum_trees_are_those_of_all_equilibria() -> None:
    random = Random(8)
    for _ in range(25):
        game = perfect_recall(random, random.randint(3, 9), 4)
        payoffs = game.numerators[0]
        game = replace(game, numerators=(payoffs, [-p for p in payoffs]), denominators=(1, 1))
        (one,) = nash(game, ONE).solutions
        values = {
            point.payoffs
            for solution in nash(game).solutions
            for point in (solution.points if isinstance(solution, Continuum) else (solution,))
        }
        assert values == {one.payoffs}


@pytest.mark.parametrize("exact", [True, False])
def test_lemke_ends_in_an_equilibrium(exact: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """The certificate decides; both arithmetics are made to do all the work."""
    monkeypatch.setattr(sequence_lemke, "EXACT_UP_TO", 10**6 if exact else 0)
    monkeypatch.setattr(sequence_lemke, "EXACT_AFTER_FLOATS", 10**6 if exact else 0)
    random = Random(5)
    for _ in range(40):
        game = perfect_recall(random, random.randint(3, 20), random.choice([1, 3, 100]))
        result = nash(game, ONE)
        assert len(result.solutions) == 1 and result.status is Status.EXACT


def test_rounded_plans_say_what_they_lack(monkeypatch: pytest.MonkeyPatch) -> None:
    from alliance_games.algorithms import sequence_program

    monkeypatch.setattr(sequence_program, "settled", lambda *_: None)
    result = nash(kuhn_poker(), ONE)
    (one,) = result.solutions
    assert result.status is Status.NUMERIC
    assert 0 < one.certificate.largest_gain <= result.tolerance < Fraction(1, 10**9)
    assert abs(one.payoffs[0] + Fraction(1, 18)) < Fraction(1, 10**9)
    honest = one.properties["largest gain"]
    boast = replace(one, properties={**one.properties, "largest gain": honest / 2})
    assert not check(kuhn_poker(), boast).verified


def test_the_checker_of_continua_says_no() -> None:
    game = kuhn_poker()
    (continuum,) = nash(game).solutions
    assert isinstance(continuum, Continuum)
    first, second = continuum.points
    form = sequence_form(game)
    half = tuple(
        tuple((x + y) / 2 for x, y in zip(a, b, strict=True))
        for a, b in zip(form.plans(first.choices), form.plans(second.choices), strict=True)
    )
    choices, free = form.behaviour(half)
    outcomes = form.outcomes(half)
    between = Behaviour(choices, form.payoffs(outcomes), outcomes, free=free)
    assert check(game, between).verified
    (family,) = continuum.families
    for wrong in (
        replace(continuum, points=(first, second, between)),
        replace(
            continuum,
            points=(first, second, between),
            families=(replace(family, points=(0, 1, 2)),),
        ),
        replace(continuum, points=(first, first)),
        replace(continuum, properties={"constant payoffs": False}),
        replace(continuum, families=(replace(family, hull="behaviour"),)),
        replace(continuum, dimension=2),
    ):
        assert not check(game, wrong).verified


def test_a_set_is_free_or_it_is_not() -> None:
    game = noisy_leader([[5, 3], [6, 4]], [[2, 1], [3, 4]], Fraction(1, 5))
    one = nash(game).solutions[0]
    assert not check(game, replace(one, free=(0,))).verified


def test_a_limit_leaves_what_was_found() -> None:
    result = nash(kuhn_poker(4), Budget(seconds=0.2))
    assert result.status is Status.STOPPED and result.coverage is not Coverage.ALL


def test_the_two_continua_of_seltens_horse() -> None:
    """Selten 1975: (D, c at least 1/3, L) and (C, c, R at least 3/4)."""
    game = selten_horse()
    result = nash(game)
    assert result.coverage is Coverage.ALL
    found = {}
    for continuum in result.solutions:
        assert isinstance(continuum, Continuum) and continuum.dimension == 1
        corners = [[choice[0] for choice in point.choices] for point in continuum.points]
        first, second, third = zip(*corners, strict=True)
        found[first[0]] = sorted(second), sorted(third)
        assert len(set(first)) == 1
    assert found == {
        1: ([1, 1], [0, Fraction(1, 4)]),
        0: ([Fraction(1, 3), 1], [1, 1]),
    }
    (one,) = nash(game, ONE).solutions
    assert one.payoffs in {(1, 1, 1), (3, 3, 2)}


def test_too_many_plans_are_said_and_one_is_found() -> None:
    """A centipede of 10,000 legs: taking at once is what every equilibrium does."""
    legs = 10_000

    def expand(at: int) -> Move | Terminal:
        if at < 0 or at == legs:
            leg = abs(at)
            return Terminal([leg + 3 * (leg % 2), leg + 3 * (1 - leg % 2)])
        return Move(at % 2, ("take", "pass"), [-at - 1, at + 1])

    game = build(("A", "B"), 0, expand)
    result = nash(game)
    assert result.status is Status.STOPPED and "--one" in result.because
    (one,) = nash(game, ONE).solutions
    assert one.payoffs == game.payoffs(1)
