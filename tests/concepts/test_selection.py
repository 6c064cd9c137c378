"""Payoff and risk dominance: the closed forms of models.md and the definitions."""

from __future__ import annotations

from fractions import Fraction as F
from random import Random

import pytest

from alliance_games.model.normal import NormalGame
from alliance_games.results.budget import Budget
from alliance_games.results.result import Coverage
from alliance_games.results.solutions import Selection
from alliance_games.solve import solve
from tests.contract.sample_games import PENNIES, coordination, normal


def select(concept: str, game: NormalGame) -> Selection:
    answer = solve(game, [concept])
    assert not answer.refusals
    (selection,) = answer.results[0].solutions
    assert isinstance(selection, Selection)
    return selection


def stag_hunt(stag: int, rabbit: int, hungry: int = 0) -> NormalGame:
    names = ("Stag", "Rabbit")
    return NormalGame.from_matrices(
        [[stag, hungry], [rabbit, rabbit]],
        [[stag, rabbit], [hungry, rabbit]],
        ("Alice", "Jack"),
        (names, names),
    )


@pytest.mark.parametrize(
    ("stag", "rabbit", "hungry"), [(4, 3, 0), (4, 1, 0), (4, 2, 0), (10, 3, 1), (5, 4, 3)]
)
def test_stag_hunts(stag: int, rabbit: int, hungry: int) -> None:
    """models.md a1: Stag is payoff-dominant always, and risk-dominant iff s + h > 2 r."""
    game = stag_hunt(stag, rabbit, hungry)
    assert select("payoff-dominance", game).profile == (0, 0)
    risk = select("risk-dominance", game)
    tilt = stag + hungry - 2 * rabbit
    assert risk.profile == (None if not tilt else (0, 0) if tilt > 0 else (1, 1))
    assert risk.compared == ((0, 0), (1, 1))
    threshold = F(rabbit - hungry, stag - hungry)
    assert risk.numbers == {
        "product of losses at Stag, Stag": (stag - rabbit) ** 2,
        "product of losses at Rabbit, Rabbit": (rabbit - hungry) ** 2,
        "threshold of Alice": threshold,
        "threshold of Jack": threshold,
    }


@pytest.mark.parametrize(
    ("forbearance", "picked"),
    [(F(19, 100), (0, 0)), (F(35, 100), (0, 0)), (F(38, 100), (0, 0)), (F(39, 100), (1, 1)),
     (F(45, 100), (1, 1)), (F(23, 60), None)],
)  # fmt: skip
def test_balancing_or_bandwagoning(forbearance: F, picked: tuple[int, int] | None) -> None:
    """models.md b1: between 13/70 and 33/50 a stag hunt; Balance risk-dominant below 23/60."""
    worth, cost, alone, together = 10, 1, F(2, 7), F(4, 7)
    rows = [
        [together * worth - cost, alone * worth - cost],
        [(1 - alone) * forbearance * worth, forbearance * worth],
    ]
    game = NormalGame.from_matrices(rows, [list(column) for column in zip(*rows, strict=True)])
    assert select("risk-dominance", game).profile == picked


def test_the_threshold_of_balancing() -> None:
    rows = [[F(33, 7), F(13, 7)], [F(5, 2), F(7, 2)]]
    game = NormalGame.from_matrices(rows, [list(column) for column in zip(*rows, strict=True)])
    assert select("risk-dominance", game).numbers["threshold of Row"] == F(23, 54)


@pytest.mark.parametrize("seed", range(40))
def test_risk_dominance_is_thresholds_that_sum_to_less_than_one(seed: int) -> None:
    """Another definition of the same, on games that are not symmetric, on either diagonal."""
    game = coordination(Random(seed))
    selection = select("risk-dominance", game)
    first, second = selection.compared
    mixed = next(
        point.profile
        for point in solve(game, ["nash"]).results[0].solutions
        if not point.properties["pure"]
    )
    # In the mixed equilibrium each player plays so that the other is at her threshold.
    beliefs = [mixed[1 - player][first[1 - player]] for player in range(2)]
    thresholds = [value for name, value in selection.numbers.items() if "threshold" in name]
    assert thresholds == beliefs
    total = sum(beliefs)
    assert selection.profile == (None if total == 1 else first if total < 1 else second)


def test_what_risk_dominance_is_not_asked_of() -> None:
    for game, words in ((PENNIES, "two strict equilibria"), (normal(Random(0), (2, 3)), "two")):
        (refusal,) = solve(game, ["risk-dominance"]).refusals
        assert words in refusal.reason


@pytest.mark.parametrize("seed", range(40))
def test_payoff_dominance_by_definition(seed: int) -> None:
    random = Random(seed)
    game = random.choice((coordination(random), normal(random, (3, 3), 0, 10**6)))
    points = solve(game, ["nash"]).results[0].solutions
    assert all(point.kind == "point" for point in points)
    better = [
        p
        for p in points
        if all(
            q is p
            or (
                p.payoffs != q.payoffs
                and all(a >= b for a, b in zip(p.payoffs, q.payoffs, strict=True))
            )
            for q in points
        )
    ]
    pure = [p for p in better if p.properties["pure"]]
    expected = tuple(mixed.index(1) for mixed in pure[0].profile) if pure else None
    assert select("payoff-dominance", game).profile == expected


def test_chicken_has_no_payoff_dominant_equilibrium() -> None:
    chicken = NormalGame.from_matrices([[6, 2], [7, 0]], [[6, 7], [2, 0]])
    assert select("payoff-dominance", chicken).profile is None


def test_the_only_equilibrium() -> None:
    formation = NormalGame.from_matrices([[2, 4], [1, 3]], [[2, 1], [4, 3]])
    selection = select("payoff-dominance", formation)
    assert selection.profile == (0, 0) and "only equilibrium" in selection.reason
    selection = select("payoff-dominance", PENNIES)
    assert selection.profile is None and "mixed strategies" in selection.reason


def test_a_continuum_is_compared_by_its_corners() -> None:
    """(1, 1) gives 3 and 3; the continuum on the first row gives at most 2 to each."""
    game = NormalGame.from_matrices([[2, 2, 0], [0, 0, 3]], [[2, 2, 0], [0, 0, 3]])
    assert select("payoff-dominance", game).profile == (1, 2)
    # And where the continuum is better, nothing is picked.
    game = NormalGame.from_matrices([[4, 4, 0], [0, 0, 3]], [[4, 4, 0], [0, 0, 3]])
    assert select("payoff-dominance", game).profile is None


def test_equilibria_that_share_the_best_payoffs_are_said_to() -> None:
    """No pick, but not for want of an equilibrium that is at least as good as each other one."""
    for game in (
        NormalGame.from_matrices([[3, 3], [3, 3]], [[3, 3], [3, 3]]),
        NormalGame.from_matrices([[3, 0], [0, 3]], [[3, 0], [0, 3]]),
    ):
        selection = select("payoff-dominance", game)
        assert selection.profile is None
        assert selection.reason.startswith(
            "Several equilibria give Row 3 and Column 3: at least as much"
        )
    unlike = NormalGame.from_matrices([[2, 0], [0, 1]], [[1, 0], [0, 2]])
    assert select("payoff-dominance", unlike).reason.startswith("No equilibrium gives every")


def test_a_best_corner_that_is_pure_is_not_called_mixed() -> None:
    """A is indifferent at the second column's end only; (2, 2) is best, in a continuum."""
    game = NormalGame.from_matrices([[2, 2], [2, 3]], [[1, 1], [3, 3]])
    selection = select("payoff-dominance", game)
    assert selection.profile is None
    assert "corner of a continuum" in selection.reason and "not isolated" in selection.reason


def test_reasons_do_not_spread_out_the_digits_of_an_approximation() -> None:
    root = F("1.414213562373095048801688724209698078569")
    game = NormalGame.from_matrices([[root, 0], [0, 1]], [[2, 0], [0, 1]])
    for concept in ("payoff-dominance", "risk-dominance"):
        assert "≈1.4142136" in select(concept, game).reason


def test_no_selection_among_some_of_the_equilibria() -> None:
    (result,) = solve(stag_hunt(4, 3), ["payoff-dominance"], Budget(one=True)).results
    assert result.solutions == () and result.coverage is Coverage.UNKNOWN
