"""What reports say of populations: sentences that hold, pictures where there is room for them."""

from __future__ import annotations

import re

import pytest

import alliance_games as ag
from alliance_games.api import NormalGame
from alliance_games.report.blocks import Plot
from alliance_games.report.build import build
from alliance_games.results.named.evolution import Basin, RestPoint
from tests.contract.others.evolution import (
    A_LINE,
    BAD_RPS,
    GOOD_RPS,
    HAWK_DOVE,
    INDIFFERENT,
    RPS,
    symmetric,
)
from tests.contract.sample_games import PENNIES, STAG_HUNT

SHAPLEY = NormalGame.from_matrices(
    [[1, 0, 0], [0, 1, 0], [0, 0, 1]], [[0, 1, 0], [0, 0, 1], [1, 0, 0]]
)


def report(game: NormalGame, *concepts: str, width: int = 400) -> str:
    return ag.load(game).solve(*concepts).report(width)


def plots(game: NormalGame, concept: str) -> list[Plot]:
    document = build(ag.load(game).solve(concept).answer)
    return [block for block in document.blocks if isinstance(block, Plot)]


def test_a_stable_strategy_and_a_mutant() -> None:
    told = report(STAG_HUNT, "evolutionarily-stable")
    assert "Stag is evolutionarily stable: once common, no rare mutant does better." in told
    assert "not evolutionarily stable" in told and "mutant Stag does better" in told


def test_where_no_strategy_is_stable_the_report_says_so() -> None:
    assert "No strategy is evolutionarily stable" in report(RPS, "evolutionarily-stable")
    assert "is neutrally stable" in report(RPS, "neutrally-stable")


def test_a_continuum_is_told_by_its_corners() -> None:
    told = report(A_LINE, "neutrally-stable")
    assert "all mixtures inside 2:" in told and "(A 2/3, B 1/3)" in told


def test_critical_mass_in_words() -> None:
    told = report(STAG_HUNT, "basins")
    assert "Stag takes over if more than 3/4 (0.75) play Stag at first." in told
    assert "Rabbit takes over if less than 3/4 (0.75) play Stag at first." in told


def test_estimates_say_that_they_are() -> None:
    told = report(symmetric([[1, 0, 0], [0, 1, 0], [0, 0, 1]]), "basins")
    assert "NUMERIC" in told and "231 starts" in told and "about 0.3" in told


@pytest.mark.parametrize(
    ("game", "words"),
    [
        (GOOD_RPS, "attracts all shares nearby"),
        (RPS, "go round for ever"),
        (BAD_RPS, "a small shock leads away from it"),
        (HAWK_DOVE, "(Hawk 2/3, Dove 1/3) attracts"),
    ],
    ids=["sink", "centre", "source", "hawks"],
)
def test_what_becomes_of_a_population(game: NormalGame, words: str) -> None:
    assert words in report(game, "replicator")


def test_what_is_conserved_is_written_out() -> None:
    told = report(PENNIES, "asymmetric-replicator")
    assert "1/2 log(Row: r1) + 1/2 log(Row: r2) + 1/2 log(Column: c1)" in told


def test_the_path_of_learning_in_words() -> None:
    assert "played for ever" in report(STAG_HUNT, "fictitious-play")
    assert "Robinson 1951" in report(PENNIES, "fictitious-play")
    told = report(SHAPLEY, "fictitious-play")
    assert "(r1, c2) → (r2, c2) → (r2, c3)" in told and "not proven" in told


def test_fixation_and_the_rules_of_thumb() -> None:
    told = report(STAG_HUNT, "moran")
    assert "the rule of one third" in told and "risk-dominant" in told
    assert re.search(r"Rabbit 0\.7346 and Stag 0\.2654 of the time", told)


def test_pictures_are_drawn_where_there_is_one() -> None:
    assert len(plots(STAG_HUNT, "replicator")) == 1
    assert len(plots(RPS, "replicator")) == 1
    assert not plots(symmetric([[int(i == j) for j in range(4)] for i in range(4)]), "replicator")
    assert len(plots(STAG_HUNT, "asymmetric-replicator")) == 1
    assert not plots(RPS, "asymmetric-replicator")
    assert not plots(STAG_HUNT, "fictitious-play")
    assert len(plots(PENNIES, "fictitious-play")) == 1


def test_arrows_of_the_line_point_where_the_basins_lead() -> None:
    (picture,) = plots(STAG_HUNT, "replicator")
    (edge,) = (
        float(one.low)
        for one in ag.load(STAG_HUNT).solve("basins").answer.cases[0].results[0].solutions
        if isinstance(one, Basin) and one.attractor["Stag"] == 1 and one.low is not None
    )
    assert picture.arrows
    for arrow in picture.arrows:
        assert (arrow.end[0] > arrow.start[0]) == (arrow.start[0] > edge)


def test_marks_stand_at_the_rest_points() -> None:
    (picture,) = plots(RPS, "replicator")
    drawn = {at for one in picture.series if one.style == "points" for at in one.points}
    (result,) = ag.load(RPS).solve("replicator").answer.cases[0].results
    places = {
        (float(one.strategy["Rock"]), float(one.strategy["Paper"]))
        for one in result.solutions
        if isinstance(one, RestPoint)
    }
    assert drawn == places


@pytest.mark.parametrize("width", [60, 80, 120])
@pytest.mark.parametrize("game", [STAG_HUNT, RPS, PENNIES, INDIFFERENT], ids=["s", "r", "p", "i"])
def test_every_width_has_room(game: NormalGame, width: int) -> None:
    told = report(
        game,
        "evolutionarily-stable",
        "replicator",
        "asymmetric-replicator",
        "fictitious-play",
        "moran",
        width=width,
    )
    assert "Fictitious play" in told


def test_cases_side_by_side_tell_what_lasts() -> None:
    told = ag.load("trust/critical_mass").solve("basins", "moran", scenarios=True).report(400)
    table = told.partition("Side by side")[2]
    assert re.search(r"little to gain alone\s+r = 1\s+.*Stag: 3/4", table)
    assert "basins: Stag: 3/4; Rabbit: 1/4 instead of Stag: 1/4; Rabbit: 3/4" in table
