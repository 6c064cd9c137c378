"""Fixation: closed forms, a simulated process, the whole chain with mutations, textbook rules."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import numpy as np
import pytest

import alliance_games as ag
from alliance_games.model.normal import NormalGame
from alliance_games.results.named.evolution import Moran
from alliance_games.solve import solve
from tests.contract.others.evolution import BAD_RPS, INDIFFERENT, symmetric

F = Fraction
STAG_HUNT = symmetric([[4, 0], [3, 3]], "Stag", "Rabbit")


def answer(game: NormalGame) -> Moran:
    (one,) = solve(game, ["moran"]).results[0].solutions
    assert isinstance(one, Moran)
    return one


def probability(one: Moran, mutant: str, resident: str) -> Fraction:
    (found,) = (f for f in one.fixations if (f.mutant, f.resident) == (mutant, resident))
    return found.probability


@pytest.mark.parametrize("number", [2, 5, 30])
@pytest.mark.parametrize("better", [F(2), F(1, 2), F(11, 10)])
def test_constant_fitness(number: int, better: Fraction) -> None:
    """(1 - 1/r) / (1 - 1/r^N) (Moran 1958; Nowak 2006, equation 6.13): payoffs that do not depend
    on the other, selection as strong as can be."""
    rows = [[better, better], [1, 1]]
    game = NormalGame.from_matrices(rows, [[better, 1], [better, 1]], strategies=[["A", "B"]] * 2)
    found = ag.load(game).fixation(number, 1)
    assert found.certificate is not None and found.certificate.verified
    assert probability(found, "A", "B") == (1 - 1 / better) / (1 - 1 / better**number)


def test_without_differences_everybody_has_the_same_chance() -> None:
    found = answer(INDIFFERENT)
    assert {one.probability for one in found.fixations} == {F(1, 10)}
    assert set(found.stationary.values()) == {F(1, 2)}


def test_against_a_simulated_process() -> None:
    random = Random(4)
    number, runs = 5, 6000
    a = [[4.0, 0.0], [3.0, 3.0]]
    wins = 0
    for _ in range(runs):
        mutants = 1
        while 0 < mutants < number:
            pay = [
                (a[0][0] * (mutants - 1) + a[0][1] * (number - mutants)) / (number - 1),
                (a[1][0] * mutants + a[1][1] * (number - mutants - 1)) / (number - 1),
            ]
            fitness = [mutants * (0.5 + 0.5 * pay[0]), (number - mutants) * (0.5 + 0.5 * pay[1])]
            born = random.random() * sum(fitness) < fitness[0]
            dies = random.random() * number < mutants
            mutants += int(born) - int(dies)
        wins += mutants == number
    exact = probability(ag.load(STAG_HUNT).fixation(number, F(1, 2)), "Stag", "Rabbit")
    spread = (float(exact) * (1 - float(exact)) / runs) ** 0.5
    assert abs(wins / runs - float(exact)) < 4 * spread


def test_the_slope_is_the_derivative_at_weak_selection() -> None:
    random = Random(6)
    for _ in range(10):
        game = symmetric([[random.randint(0, 9) for _ in range(2)] for _ in range(2)])
        number = random.randint(2, 12)
        tiny = F(1, 10**9)
        weak = ag.load(game).fixation(number, tiny)
        for one in weak.fixations:
            assert abs((one.probability - weak.neutral) / tiny - one.slope) < F(1, 10**5)


def test_the_shares_of_time_are_those_of_the_whole_chain_with_rare_mutations() -> None:
    """All states of three strategies among four members, mutations of one in ten million."""
    game = symmetric([[1, 4, 2], [3, 1, 1], [0, 2, 3]])
    number, rate, selection = 4, 1e-7, 0.1
    a = np.array(game.matrix(0), dtype=float)
    states = [(i, j, number - i - j) for i in range(number + 1) for j in range(number + 1 - i)]
    place = {state: index for index, state in enumerate(states)}
    chain = np.zeros((len(states), len(states)))
    for state in states:
        counts = np.array(state, dtype=float)
        payoffs = (a @ counts - np.diag(a)) / (number - 1)
        fitness = counts * (1 - selection + selection * payoffs)
        parents = fitness / fitness.sum()
        born = parents * (1 - rate) + rate / 2 * (1 - parents)
        for own in range(3):
            for lost in range(3):
                new = list(state)
                new[own] += 1
                new[lost] -= 1
                if min(new) >= 0:
                    chain[place[state], place[tuple(new)]] += born[own] * counts[lost] / number
    system = np.vstack([chain.T - np.eye(len(states)), np.ones(len(states))])
    shares = np.linalg.lstsq(system, np.append(np.zeros(len(states)), 1), rcond=None)[0]
    found = ag.load(game).fixation(number, "1/10")
    pure = [(number, 0, 0), (0, number, 0), (0, 0, number)]
    for state, told in zip(pure, found.stationary.values(), strict=True):
        assert abs(shares[place[state]] - float(told)) < 1e-4


def test_symmetry_of_rock_scissors_and_paper() -> None:
    assert set(answer(BAD_RPS).stationary.values()) == {F(1, 3)}


@pytest.mark.parametrize("rabbit", [F(1), F(3, 2), F(2), F(5, 2), F(3)])
def test_the_rule_of_one_third_and_risk_dominance(rabbit: Fraction) -> None:
    """Nowak, Sasaki, Taylor and Fudenberg 2004: in a large population weak selection favours Stag
    if the indifferent share is below 1/3, and makes it the more frequent if that is below 1/2."""
    rows = [[F(4), F(0)], [rabbit, rabbit]]
    game = NormalGame.from_matrices(
        rows, [list(c) for c in zip(*rows, strict=True)], strategies=[["Stag", "Rabbit"]] * 2
    )
    between = rabbit / 4
    found = ag.load(game).fixation(400, F(1, 10**6))
    stag = probability(found, "Stag", "Rabbit")
    rabbits = probability(found, "Rabbit", "Stag")
    (one,) = (f for f in found.fixations if f.mutant == "Stag")
    assert one.large == (between < F(1, 3)) - (between > F(1, 3))
    assert (stag > found.neutral) == (between < F(1, 3))
    if between != F(1, 2):
        assert (stag > rabbits) == (between < F(1, 2))
        assert (found.stationary["Stag"] > F(1, 2)) == (between < F(1, 2))


def test_payoffs_below_zero_weaken_selection() -> None:
    assert answer(BAD_RPS).selection == F(1, 10)
    assert answer(symmetric([[-30, 0], [0, 1]])).selection == F(1, 100)


def test_what_is_no_process_is_refused() -> None:
    model = ag.load(STAG_HUNT)
    for number, selection in ((1, "1/10"), (5, 0), (5, 2)):
        with pytest.raises(ValueError, match="population"):
            model.fixation(number, selection)
    with pytest.raises(ValueError, match="fitness"):
        ag.load(symmetric([[-30, 0], [0, 1]])).fixation(5, "1/2")
    with pytest.raises(ValueError, match="not asked"):
        ag.load(NormalGame.from_matrices([[1, 2]], [[1, 2]])).fixation(5)
