"""Bayesian Nash equilibria by hand: assurance after Kydd, and who helps when helping is costly."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest

from alliance_games.certificates.bayesian_nash import check
from alliance_games.concepts import defaults
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.tree_builder import Chance, Move, Terminal, build
from alliance_games.results.budget import Budget
from alliance_games.results.result import Coverage, Result
from alliance_games.results.tree_solutions import Continuum
from alliance_games.solve import solve
from tests.algorithms.bayesian_trees import assurance, bayesian, contribution
from tests.algorithms.sample_trees import kuhn_poker


def equilibria(game: ExtensiveGame, budget: Budget | None = None) -> Result:
    (result,) = solve(game, ["bayesian-nash"], budget).results
    assert result.verified
    return result


@pytest.mark.parametrize("trust", [Fraction(1, 2), Fraction(3, 5), Fraction(3, 4), Fraction(9, 10)])
def test_trustworthy_states_cooperate_from_two_thirds_on(trust: Fraction) -> None:
    """(P - S)/((R - T) + (P - S)) = 2/3; the mixing makes the other cooperate so often."""
    result = equilibria(assurance(trust))
    assert result.coverage is Coverage.ALL
    chances = []
    for one in result.solutions:
        ann, ann_bad, bob, bob_bad = [choice[0] for choice in one.choices if choice is not None]
        assert ann == bob and ann_bad == bob_bad == 0
        chances.append(ann)
    expected = [1, Fraction(2, 3) / trust, 0] if trust > Fraction(2, 3) else [0]
    assert chances == expected


def test_interim_payoffs_add_up_and_are_those_of_the_types() -> None:
    result = equilibria(assurance(Fraction(3, 4)))
    cooperating = result.solutions[0]
    assert cooperating.properties["interim payoff of Ann (trustworthy)"] == 3
    assert cooperating.properties["interim payoff of Ann (untrustworthy)"] == Fraction(17, 4)
    assert cooperating.payoffs[0] == Fraction(3, 4) * 3 + Fraction(1, 4) * Fraction(17, 4)


def test_every_pure_cut_off_of_the_contribution_game() -> None:
    """Benefit 5, costs 1 to 4: who helps from cost c down is right if 5 times the chance that the
    other does not help is between the costs on both sides of c."""
    costs, benefit = [1, 2, 3, 4], 5
    right = set()
    for mine, theirs in product(range(5), repeat=2):
        fits = True
        for a, b in ((mine, theirs), (theirs, mine)):
            gain = Fraction(benefit * (4 - b), 4)
            fits &= all((cost <= gain) if k < a else (cost >= gain) for k, cost in enumerate(costs))
        if fits:
            right.add((mine, theirs))
    found = set()
    for one in equilibria(contribution(costs, benefit)).solutions:
        choices = [choice for choice in one.choices if choice is not None]
        if all(p in (0, 1) for choice in choices for p in choice):
            helping = [
                sum(int(choice[0]) for choice in side) for side in (choices[:4], choices[4:])
            ]
            found.add(tuple(helping))
            for name, number in zip(("Ann", "Bob"), helping, strict=True):
                said = one.properties.get(f"cut-off of {name}")
                words = f"wait from {costs[number]} on, help below" if 0 < number < 4 else None
                assert said == words
    assert found == right and len(right) == 5


def test_the_threshold_type_may_mix() -> None:
    words = [
        one.properties.get("cut-off of Ann")
        for one in equilibria(contribution([1, 2, 3, 4], 5)).solutions
    ]
    assert "help below 3; 3 mixes; wait above" in words
    assert "help below 4; 4 mixes" in words and "1 mixes; wait above" in words


def test_types_that_are_not_ordered_have_no_cut_off() -> None:
    for one in equilibria(assurance(Fraction(3, 4))).solutions:
        assert not any(name.startswith("cut-off") for name in one.properties)


def test_a_type_without_probability_is_free() -> None:
    game = bayesian(
        (("1", "2"), ("1",)),
        lambda a, b: Fraction(a == "1"),
        ("x", "y"),
        lambda a, b, s, t: (int(s == "x"), int(t == "y")),
    )
    (one,) = equilibria(game).solutions
    assert len(one.free) == 1 and game.set_name(one.free[0]) == "2"
    assert "interim payoff of Ann (1)" in one.properties
    assert "interim payoff of Ann (2)" not in one.properties


def test_the_checker_says_no_to_other_words_and_numbers() -> None:
    game = contribution([1, 2, 3, 4], 5)
    one = next(one for one in equilibria(game).solutions if "cut-off of Ann" in one.properties)
    for name, wrong in (
        ("cut-off of Ann", "help from 2 on, wait below"),
        ("interim payoff of Bob (2)", Fraction(99)),
    ):
        facts = {**one.properties, name: wrong}
        assert not check(game, replace(one, properties=facts)).verified
    assert check(game, one).verified


def test_of_a_continuum_the_range_of_a_types_payoff_is_told() -> None:
    """Benefit 6, half the types never help: one whose cost is 3 is indifferent."""
    game = contribution([10, 20, 2, 3], 6)
    (continuum,) = equilibria(game).solutions
    assert isinstance(continuum, Continuum)
    facts = continuum.properties
    assert facts["interim payoff of Ann (2)"] == 4
    assert facts["interim payoff of Ann (10)"] == "from 3/2 to 3"
    spoilt = {**facts, "interim payoff of Ann (10)": "from 3/2 to 4"}
    assert not check(game, replace(continuum, properties=spoilt)).verified


def test_one_is_one_of_all() -> None:
    game = contribution([1, 2, 3], 4)
    (one,) = equilibria(game, Budget(one=True)).solutions
    assert one.choices in [other.choices for other in equilibria(game).solutions]


def test_it_is_asked_of_bayesian_games_and_of_no_others() -> None:
    assert "bayesian-nash" in defaults(assurance(Fraction(1, 2)))
    assert "nash" not in defaults(assurance(Fraction(1, 2)))
    (refusal,) = solve(kuhn_poker(), ["bayesian-nash"]).refusals
    assert "Bayesian games" in refusal.reason


def test_three_players_with_two_types_each() -> None:
    """A trustworthy one gains 3 (k - 1) from cooperating with k others, the rest never cooperate:
    mixing with x needs 3 * 2 * (3/4) x = 3, so x = 2/3."""
    types = (("good", "bad"),) * 3
    draws = list(product(*types))

    def worth(type_: str, mine: str, others: list[str]) -> int:
        k = others.count("C")
        return (3 * k - 3 if mine == "C" else 0) if type_ == "good" else k + (mine == "D")

    def expand(state: tuple[str, ...]) -> Move | Chance | Terminal:
        if not state:
            chances = [Fraction(3 ** draw.count("good"), 64) for draw in draws]
            return Chance(tuple(map(" ".join, draws)), chances, draws)
        if len(state) < 6:
            mover = len(state) - 3
            return Move(mover, ("C", "D"), [(*state, "C"), (*state, "D")], label=state[mover])
        actions = list(state[3:])
        return Terminal(
            [worth(state[i], actions[i], actions[:i] + actions[i + 1 :]) for i in range(3)]
        )

    result = equilibria(build(("A", "B", "C"), (), expand))
    assert result.coverage is Coverage.ALL
    chances = [
        [choice[0] for choice in one.choices if choice is not None] for one in result.solutions
    ]
    assert chances == [[x, 0, x, 0, x, 0] for x in (1, Fraction(2, 3), 0)]
