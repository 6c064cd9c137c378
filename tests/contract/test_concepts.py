"""What every concept owes: a whole record, its page, answers that do not depend on how the game is
written, and a checker that says no."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random

import pytest

from alliance_games.concepts import ROOMS, catalogue, defaults, find, needed_by, refusal
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import as_pure, pure_profile
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Concept, Game
from alliance_games.results.result import Coverage, Result
from alliance_games.results.solutions import Component, Point, Solution
from alliance_games.results.tree_solutions import Continuum
from alliance_games.solve import solve
from tests.contract.changes import CHANGES, essence, unchanged
from tests.contract.corruptions import corrupted
from tests.contract.sample_games import STAG_HUNT, normal, some_games

PAGES = Path(__file__).resolve().parents[2] / "docs" / "concepts"
CONCEPTS = pytest.mark.parametrize("concept", catalogue(), ids=lambda concept: concept.name)
GAMES = some_games()
KINDS = {kind for kinds in ROOMS.values() for kind in kinds}


@CONCEPTS
def test_the_record_is_complete(concept: Concept) -> None:
    assert find(concept.name) is concept
    assert concept.name == concept.name.lower().replace("_", "-").replace(" ", "-")
    assert concept.title[0].isupper()
    assert concept.cites and all(cite[-4:].isdigit() for cite in concept.cites)
    assert concept.summary.endswith(".") and len(concept.summary) > 30
    assert set(concept.games) <= KINDS and concept.games
    for other in (*concept.needs, *concept.needs_one_of, *filter(None, [concept.unless])):
        assert find(other).order < concept.order
    assert set(concept.invariances) <= set(CHANGES)


def test_no_two_concepts_share_a_place_in_the_report() -> None:
    orders = [concept.order for concept in catalogue()]
    assert sorted(set(orders)) == orders


@CONCEPTS
def test_the_page_is_there_and_cites_the_source(concept: Concept) -> None:
    text = (PAGES / f"{concept.name}.md").read_text(encoding="utf-8")
    assert text.startswith("# ")
    flat = " ".join(text.split())
    missing = [cite for cite in concept.cites if cite[-4:] not in flat]
    assert not missing


@cache
def _answers(name: str) -> list[tuple[int, Result]]:
    """The number of every sample game that the concept accepts, and its answer."""
    return [
        (number, result)
        for number, game in enumerate(GAMES)
        for result in solve(game, [name]).results
    ]


@CONCEPTS
def test_it_applies_somewhere_and_every_answer_is_verified(concept: Concept) -> None:
    answers = _answers(concept.name)
    assert answers
    assert any(result.solutions for _, result in answers)
    for _, result in answers:
        assert result.verified and result.because and result.method
        assert all(solution.certificate.claim for solution in result.solutions)


@CONCEPTS
def test_the_same_question_gets_the_same_answer(concept: Concept) -> None:
    for number, result in _answers(concept.name):
        assert solve(GAMES[number], [concept.name]).results == (result,)


@pytest.mark.parametrize(
    ("concept", "invariance"),
    [
        pytest.param(concept, name, id=f"{concept.name}: {name}")
        for concept in catalogue()
        if "normal" in concept.games
        for name in concept.invariances
    ],
)
def test_it_does_not_depend_on(concept: Concept, invariance: str) -> None:
    random = Random(11)
    shapes = [(2, 2)] * 8 + [(2, 3), (3, 3), (3, 3), (2, 2, 2), (2, 3, 2)]
    compared = 0
    games = [game for game in GAMES if isinstance(game, NormalGame)]
    for game in games + [normal(random, shape) for shape in shapes]:
        change = CHANGES[invariance](game, random)
        before, after = solve(game, [concept.name]), solve(change.game, [concept.name])
        # The new game may have a shape that the concept does not take, never a new reason.
        if change.game.shape == game.shape:
            assert bool(before.refusals) == bool(after.refusals)
        if before.results and after.results:
            compared += 1
            old, new = before.results[0], after.results[0]
            added = change.game.size > game.size
            assert essence(old, change, added) == essence(new, unchanged(change.game), added)
            assert old.coverage == new.coverage
    assert compared >= 3


def _needed(concept: Concept, game: Game) -> dict[str, Result]:
    answer = solve(game, needed_by(concept, game))
    return {result.concept: result for result in answer.results}


@CONCEPTS
def test_the_checker_says_no_to_spoilt_answers(concept: Concept) -> None:
    seen: dict[str, int] = {}
    for game in GAMES:
        if refusal(concept.name, game) is not None:
            continue
        needed = _needed(concept, game)
        for budget in (Budget(), Budget(listed=1)):
            for result in solve(game, [concept.name], budget).results:
                for solution in result.solutions:
                    if seen.setdefault(type(solution).__name__, 0) >= 25:
                        continue
                    assert concept.verify(game, solution, needed).verified
                    for what, wrong in corrupted(solution):
                        seen[type(solution).__name__] += 1
                        verdict = concept.verify(game, wrong, needed)
                        assert not verdict.verified, (what, wrong)
    assert all(seen.values()), seen


@CONCEPTS
def test_the_checker_says_no_to_other_profiles(concept: Concept) -> None:
    """Where all solutions are known, every other pure profile is none."""
    tried = 0
    for number, result in _answers(concept.name):
        game = GAMES[number]
        points = [solution for solution in result.solutions if isinstance(solution, Point)]
        if not isinstance(game, NormalGame) or result.coverage is not Coverage.ALL or not points:
            continue
        families = [f for one in result.solutions for f in getattr(one, "families", ())]
        if not all(family.hull for family in families):
            continue  # some pure profile may lie in it without being one of its examples
        right = {as_pure(profile) for solution in result.solutions for profile in _pure(solution)}
        needed = _needed(concept, game)
        for profile in game.profiles():
            if profile not in right:
                wrong = Point(pure_profile(profile, game.shape), game.payoffs(profile))
                assert not concept.verify(game, wrong, needed).verified
                tried += 1
    if concept.name in ("nash", "pure-nash", "pareto", "welfare"):
        assert tried > 20


def _pure(solution: Solution) -> tuple:
    if isinstance(solution, Point):
        return (solution.profile,)
    if isinstance(solution, Continuum) and isinstance(solution.points[0], Point):
        return tuple(point.profile for point in solution.points)
    return solution.extreme_points if isinstance(solution, Component) else ()


def test_the_defaults_of_a_two_player_game() -> None:
    asked = defaults(STAG_HUNT)
    assert "nash" in asked and "pure-nash" not in asked
    assert set(asked) >= {"nash", "dominance", "welfare", "payoff-dominance", "risk-dominance"}


def test_the_defaults_of_more_players() -> None:
    asked = defaults(normal(Random(1), (2, 2, 2)))
    assert "nash" in asked and "payoff-dominance" in asked and "pure-nash" not in asked
    asked = defaults(normal(Random(1), (5, 5, 6)))
    assert "pure-nash" in asked and "nash" not in asked


def test_the_defaults_of_a_ranked_game() -> None:
    ranked = NormalGame(
        STAG_HUNT.players, STAG_HUNT.strategies, STAG_HUNT.numerators, (1, 1), ordinal=True
    )
    asked = defaults(ranked)
    assert "pure-nash" in asked and "welfare" not in asked
    assert all(find(name).ordinal for name in asked)
