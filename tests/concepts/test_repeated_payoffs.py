"""Sets of equilibrium payoffs and punishments: known sets, other people's programs, definitions."""

from __future__ import annotations

from fractions import Fraction as F
from random import Random

import numpy as np
import pytest
from scipy.optimize import linprog

from alliance_games.algorithms.feasible_payoffs import feasible_payoffs
from alliance_games.algorithms.payoff_answers import payoffs
from alliance_games.algorithms.penal_answers import penal_codes
from alliance_games.certificates.payoff_sets import check
from alliance_games.model.normal import NormalGame
from alliance_games.model.repeated import RepeatedGame
from alliance_games.results.budget import Budget, LimitReached
from alliance_games.results.named.repeated import PayoffSet
from alliance_games.results.result import Coverage
from alliance_games.solve import solve
from tests.contract.others.repeated import ABREU, dilemma, repeated

# The example of Abreu and Sannikov 2014, as quantecon's tests have it: a duopoly.
DUOPOLY = NormalGame.from_matrices(
    [[16, 3, 0], [21, 10, -1], [9, 5, -5]], [[9, 13, 3], [1, 4, 0], [0, -4, -15]]
)
PENNIES = NormalGame.from_matrices([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])


def found(stage: NormalGame, discount: F) -> PayoffSet:
    record, _ = payoffs(repeated(stage, discount), lambda: None)
    return record


def test_patient_players_in_a_dilemma_have_all_rational_payoffs() -> None:
    told = found(dilemma(5), F(9, 10))
    assert set(told.corners) == {(1, 1), (F(13, 3), 1), (3, 3), (1, F(13, 3))}


def test_impatient_players_in_a_dilemma_have_one_payoff() -> None:
    """Below every threshold only the stage's equilibrium is left."""
    told = found(dilemma(5), F(1, 10))
    assert told.corners == ((1, 1),)
    assert told.distance is not None and told.distance < F(1, 10**7)


def test_taking_turns_before_cooperation() -> None:
    """At 1/3 cooperation is out of reach (1/2), but the payoffs of a lopsided start are not: (4, 1)
    is (D, C) now and then (C, D) and (C, C) so that the other has 3 to come."""
    assert set(found(dilemma(5), F(1, 3)).corners) == {(1, 1), (4, 1), (1, 4)}


def test_no_equilibrium_in_pure_actions() -> None:
    told = found(PENNIES, F(9, 10))
    assert told.bound == () and not told.is_something
    (result,) = solve(repeated(PENNIES, F(9, 10)), ["repeated-payoffs"]).results
    assert result.coverage is Coverage.ALL and result.verified


def test_abreu_s_duopoly_at_four_sevenths() -> None:
    """Abreu 1988: at 4/7 the worst equilibrium holds a firm to its minmax payoff, 0."""
    told = found(ABREU, F(4, 7))
    assert {one.high for one in told.worst.values()} == {F(0)}


def test_discount_zero_is_the_stage_alone() -> None:
    told = found(ABREU, F(0))
    assert told.corners == ((7, 7),)


def peer(stage: NormalGame, discount: F) -> np.ndarray:
    """The corners by quantecon's Abreu-Sannikov."""
    from quantecon.game_theory import NormalFormGame, Player
    from quantecon.game_theory.repeated_game import RepeatedGame as Theirs

    tables = [np.array(stage.matrix(i), dtype=float) / stage.denominators[i] for i in range(2)]
    game = NormalFormGame((Player(tables[0]), Player(np.ascontiguousarray(tables[1].T))))
    # Their starting threat is 0 unless told; ours is the minmax, which 0 may exceed.
    low = np.array([table.min() for table in tables])
    hull = Theirs(game, float(discount)).equilibrium_payoffs(
        method="abreu_sannikov", options={"tol": 1e-10, "max_iter": 5000, "u_init": low}
    )
    return hull.points[hull.vertices]


def furthest(points: object, others: object) -> float:
    """The greatest distance from a point of one span to the other span, by linear programs."""
    others = np.array([[float(x) for x in pair] for pair in others])
    worst = 0.0
    for point in points:
        target = np.array([float(x) for x in point])
        count = len(others)
        # Least e with |sum w_k other_k - target| <= e in each coordinate.
        rows = np.vstack([np.c_[others.T, -np.ones(2)], np.c_[-others.T, -np.ones(2)]])
        sides = np.concatenate([target, -target])
        sums = np.r_[np.ones(count), 0.0][None, :]
        answer = linprog(np.r_[np.zeros(count), 1.0], rows, sides, sums, [1.0])
        worst = max(worst, answer.fun)
    return worst


@pytest.mark.parametrize("discount", [F(3, 10), F(1, 2), F(9, 10)])
def test_the_published_example_agrees_with_quantecon(discount: F) -> None:
    ours, theirs = found(DUOPOLY, discount), peer(DUOPOLY, discount)
    assert furthest(theirs, ours.corners) < 1e-6
    assert furthest(ours.corners, theirs) < 1e-6


def test_random_games_agree_with_quantecon() -> None:
    dice = Random(12)
    compared = 0
    for _ in range(12):
        tables = [[[dice.randint(-9, 9) for _ in range(3)] for _ in range(3)] for _ in range(2)]
        stage = NormalGame.from_matrices(*tables)
        discount = dice.choice([F(2, 5), F(3, 5), F(4, 5)])
        ours = found(stage, discount)
        if len(ours.corners) < 3:
            continue  # their hulls need an interior
        theirs = peer(stage, discount)
        assert furthest(theirs, ours.corners) < 1e-5
        assert furthest(ours.corners, theirs) < 1e-5
        compared += 1
    assert compared >= 4


def test_random_games_are_settled_and_certified() -> None:
    dice = Random(4)
    for _ in range(40):
        rows, columns = dice.choice([2, 3]), dice.choice([2, 3, 4])
        tables = [
            [[dice.randint(-9, 9) for _ in range(columns)] for _ in range(rows)] for _ in range(2)
        ]
        stage = NormalGame.from_matrices(*tables)
        discount = dice.choice([F(1, 4), F(1, 2), F(3, 5), F(9, 10)])
        told = found(stage, discount)
        assert check(repeated(stage, discount), told).verified
        assert not told.bound or told.distance < F(1, 10**6)


def test_a_stop_is_a_stop() -> None:
    def tick() -> None:
        raise LimitReached("the time limit was reached")

    with pytest.raises(LimitReached):
        payoffs(repeated(DUOPOLY, F(1, 2)), tick)


# Punishments


def least(game: RepeatedGame) -> dict[tuple[str, ...], tuple[F, F | None]]:
    return {one.profile: (one.low, one.high) for one in penal_codes(game, Budget()).profiles}


def test_where_reversion_is_the_worst_nothing_is_gained() -> None:
    assert least(repeated(dilemma(5), None, cooperate=(0, 0))) == {("r1", "c1"): (F(1, 2),) * 2}


def test_stick_and_carrot_in_abreu_s_duopoly() -> None:
    """No punishment is below 0, so that low output needs (15 - 10)/15; that is enough."""
    assert least(repeated(ABREU, None, cooperate=(0, 0))) == {("r1", "c1"): (F(1, 3),) * 2}


def stick_and_carrot(discount: float) -> bool:
    """Whether one period of (High, High) before low output for ever sustains low output, begun
    anew for whoever deviates in either: symmetric, by hand (the carrot 10, the stick -15)."""
    worth = (1 - discount) * -15 + discount * 10
    carrot = (1 - discount) * 15 + discount * worth <= 10
    stick = worth >= (1 - discount) * 0 + discount * worth
    return carrot and stick


def test_it_needs_no_more_than_a_code_written_by_hand() -> None:
    """High output is answered best by low, which earns 0: the stick is credible from 3/5 on."""
    by_hand = next(k / 1000 for k in range(1, 1000) if stick_and_carrot(k / 1000))
    assert by_hand == pytest.approx(0.6, abs=0.002)
    ((_, high),) = least(repeated(ABREU, None, cooperate=(0, 0))).values()
    assert high is not None and high <= by_hand


def test_between_where_no_simple_number_is_known() -> None:
    ((low, high),) = least(repeated(DUOPOLY, F(1, 2), cooperate=(0, 0))).values()
    assert low == F(4, 13) and high is not None and 0 <= high - low < F(1, 10**6)


def test_what_nothing_sustains() -> None:
    (one,) = penal_codes(repeated(dilemma(5), F(9, 10), cooperate=(0, 1)), Budget()).profiles
    assert one.high is None and one.low == one.tried and one.holds is False


# Feasible payoffs


def by_program(matrix: np.ndarray) -> float:
    """The column player's minmax against the row player with this matrix, by HiGHS in floats."""
    rows, columns = matrix.shape
    answer = linprog(
        np.r_[np.zeros(columns), 1.0],
        np.c_[matrix, -np.ones(rows)],
        np.zeros(rows),
        np.r_[np.ones(columns), 0.0][None, :],
        [1.0],
        [(0, None)] * columns + [(None, None)],
    )
    return float(answer.fun)


def test_minmax_payoffs_by_floating_programs() -> None:
    dice = Random(6)
    for _ in range(30):
        shape = dice.choice([2, 3, 4]), dice.choice([2, 3, 4])
        tables = [
            [[dice.randint(-9, 9) for _ in range(shape[1])] for _ in range(shape[0])]
            for _ in range(2)
        ]
        stage = NormalGame.from_matrices(*tables)
        told = feasible_payoffs(stage, lambda: None).minmax
        first, second = np.array(tables[0], float), np.array(tables[1], float).T
        assert float(told[0].mixed) == pytest.approx(by_program(first), abs=1e-9)
        assert float(told[1].mixed) == pytest.approx(by_program(second), abs=1e-9)
        assert float(told[0].pure) == first.max(axis=0).min()


def test_pennies_are_held_to_nothing_by_mixtures_and_to_one_by_pure_actions() -> None:
    told = feasible_payoffs(PENNIES, lambda: None)
    assert [(one.pure, one.mixed) for one in told.minmax] == [(1, 0), (1, 0)]
    assert told.rational == ((0, 0),)
