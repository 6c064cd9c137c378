"""Continua of games in normal form of three players or more, in the table of equilibria."""

from fractions import Fraction as F

from alliance_games.model.normal import NormalGame
from alliance_games.results.solutions import Point
from alliance_games.results.tree_solutions import Condition, Continuum, Family, Unknown
from tests.report.tree_answers import report, result_of


def test_a_continuum_of_three_players_is_told_by_its_points_and_conditions() -> None:
    """Nobody's payoff depends on anything, so that every profile is an equilibrium; here the line
    along which A alone mixes, once as a hull and once by its conditions."""
    names = (("U", "D"), ("L", "R"), ("X", "Y"))
    game = NormalGame.from_payoffs(("A", "B", "C"), names, lambda profile: [1, 1, 1])
    pure = ((F(1), F(0)), (F(1), F(0)))
    points = tuple(
        Point(((F(p), 1 - F(p)), *pure), (F(1), F(1), F(1))) for p in (F(0), F(1, 2), F(1))
    )
    up = Unknown("strategy", 0, 0)
    least = Condition(((F(1), (up,)), (F(-1, 2), ())), ">=")
    families = (Family(1, (0, 1)), Family(1, (1, 2), (least,), ""))
    text = report(game, result_of(Continuum(1, points, families), concept="nash"))
    rows = [line for line in text.splitlines() if line.startswith(("1a", "1b", "1c"))]
    assert [row.split("  ")[0] for row in rows] == ["1a", "1b", "1c"]
    assert "corner of continuum 1" in rows[0] and "example in continuum 1" in rows[2]
    assert "Continuum 1 (dimension 1): any mixture of 1a and 1b" in text
    assert "and in 1 (dimension 1): such as 1b and 1c, where Pr(A: U) >= 1/2" in text
    assert "Nash equilibria: a continuum" in text
