"""Weak perfect Bayesian equilibria: those a book derives, and more of them than sequential ones."""

from __future__ import annotations

from fractions import Fraction

from alliance_games.model.extensive import ExtensiveGame
from alliance_games.results.result import Coverage
from alliance_games.results.tree_solutions import Assessment, Continuum
from alliance_games.solve import solve
from tests.concepts.trees import beer_and_quiche, entry, treaty, two_onlookers


def found(game: ExtensiveGame, concept: str = "weak-perfect-bayesian") -> list:
    [result] = solve(game, [concept]).results
    assert result.coverage is Coverage.ALL and result.verified
    return list(result.solutions)


def points(solutions: list) -> list[Assessment]:
    return [p for one in solutions for p in (one.points if isinstance(one, Continuum) else (one,))]


def test_entry_deterred_by_an_incredible_belief() -> None:
    """Mas-Colell, Whinston and Green 1995, chapter 9: Out, because the incumbent would fight.

    By hand: she fights only if she believes in Fight with at least 2/3, and Out is best where she
    fights with at least 3/5; inside, the entrant would accommodate.
    """
    inside, outside = sorted(found(entry()), key=lambda one: one.kind == "component")
    assert isinstance(inside, Assessment) and inside.payoffs == (3, 1)
    assert isinstance(outside, Continuum) and outside.dimension == 1
    told = {(p.choices[2][0], p.beliefs[2][0]) for p in outside.points}
    two_thirds = Fraction(2, 3)
    assert told == {(1, 1), (1, two_thirds), (Fraction(3, 5), two_thirds)}
    assert all(p.choices[0] == (1, 0) and p.choices[1] == (0, 1) for p in outside.points)


def test_onlookers_may_draw_opposite_conclusions() -> None:
    game = two_onlookers()
    weak = points(found(game))
    staying_out = [p for p in weak if p.choices[0] == (1, 0, 0)]
    assert staying_out
    assert all(p.beliefs[1][0] > p.beliefs[2][0] for p in staying_out if p.choices[1][0] == 1)
    assert not [p for p in points(found(game, "sequential")) if p.choices[0] == (1, 0, 0)]


def test_the_concepts_agree_on_signals_answered_once() -> None:
    for game in (beer_and_quiche(), treaty()):
        weak, sequential = found(game), found(game, "sequential")
        assert [(p.choices, p.beliefs) for p in points(weak)] == [
            (p.choices, p.beliefs) for p in points(sequential)
        ]
        assert all(p.tremble is None for p in points(weak))
        assert all(p.tremble is not None for p in points(sequential))
