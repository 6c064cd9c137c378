"""Comparative statics against closed forms, and against the ordinary solver at pairs of points."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from alliance_games.model.problems import InvalidGame
from alliance_games.parametric.describing import at
from alliance_games.parametric.regimes import Regime, Regimes, regimes
from alliance_games.parametric.statics import Quantity, Statics, comparative
from alliance_games.results.budget import Budget
from alliance_games.results.solutions import Behaviour, Point
from alliance_games.solve import solve
from tests.parametric.studies import holds, library, points, study

AMBIGUOUS = """
game: a payoff that falls and rises
players: [A, B]
parameters: {x: 3, y: 1}
assume: [x > 0, y > 0]
strategies: [L, R]
payoffs:
  L, L: (x - y)^2 + 1, 1 / x
  L, R: (x - y)^2 + 1, 0
  R, L: 0, 1
  R, R: 0, 0
"""

WHOLE = {"stag hunt": "stag_hunt.yaml", "balancing": "balancing_vs_bandwagoning.yaml"}


def directions(one: Statics) -> dict[tuple[str, int, int, int], str]:
    return {
        (e.quantity.of, e.quantity.player, e.quantity.place, e.variable): e.direction
        for e in one.effects
    }


def test_the_stag_hunt_by_hand() -> None:
    """At (Stag, Stag) each gets stag; mixed, each plays Stag with rabbit / stag and gets rabbit."""
    found = regimes(library("stag_hunt.yaml"), ["nash"])
    moves = comparative(found)
    assert moves.stopped == "" and not moves.undecided
    assert len(moves.found) == 3
    mixed = next(
        one for one in moves.found if any(e.quantity.of == "probability" for e in one.effects)
    )
    told = directions(mixed)
    assert told["probability", 0, 0, 0] == "decreasing"
    assert told["probability", 0, 0, 1] == "increasing"
    assert told["payoff", 0, 0, 0] == "constant"
    assert told["payoff", 0, 0, 1] == "increasing"
    # d log(rabbit / stag) / d log stag = -1 and 1 in rabbit.
    shares = {
        e.variable: e.elasticity
        for e in mixed.effects
        if (e.quantity.of, e.quantity.player) == ("probability", 0)
    }
    assert shares == {0: -1, 1: 1}


def test_where_the_sign_depends_two_points_say_so() -> None:
    """(x - y)^2 + 1 falls in x where x < y and rises where x > y; 1 / x falls everywhere."""
    found = regimes(study(AMBIGUOUS), ["pure-nash"])
    (one,) = comparative(found).found
    effect = next(e for e in one.effects if (e.quantity.player, e.variable) == (0, 0))
    assert effect.direction == "ambiguous"
    slopes = {}
    for sign, point in zip(effect.signs, effect.witnesses, strict=True):
        assert point is not None
        slopes[sign] = 2 * (point[0] - point[1])
    assert slopes[1] > 0 and slopes[-1] < 0 and slopes.get(0, 0) == 0
    falls = next(e for e in one.effects if (e.quantity.player, e.variable) == (1, 0))
    assert falls.direction == "decreasing"


def test_thresholds_of_the_future_move_too() -> None:
    """(T - R) / (T - P): in T its derivative is (R - P) / (T - P)^2 > 0."""
    found = regimes(library("endurance/reciprocity.yaml"))
    for one in comparative(found).found:
        told = {
            found.region.symbols.names[e.variable]: e.direction
            for e in one.effects
            if e.quantity.path == ("Share, Share",)
        }
        assert told == {
            "T": "increasing",
            "R": "decreasing",
            "P": "increasing",
            "S": "constant",
            "delta": "constant",
        }


def test_a_limit_keeps_what_was_found() -> None:
    found = regimes(library("balancing_vs_bandwagoning.yaml"))
    moves = comparative(found, Budget(seconds=0))
    assert "time limit" in moves.stopped and not moves.found


@pytest.mark.parametrize("name", [*WHOLE, "ambiguous", "autonomy"])
def test_nearby_points_agree(name: str) -> None:
    """Where the ordinary solver is asked on both sides of a small step within a cell, the quantity
    moves as it is said to."""
    made = {
        "ambiguous": study(AMBIGUOUS),
        "autonomy": library("morrow_autonomy_security.yaml"),
    }
    given = made[name] if name in made else library(WHOLE[name])
    found = regimes(given)
    moves = comparative(found)
    compared = 0
    dice = random.Random(7)
    for point in points(found, 40, 3):
        for regime in found.whole:
            if not holds(found, regime.cell, point):
                continue
            for one in (one for one in moves.found if one.regime is regime):
                effect = dice.choice(one.effects)
                step = list(point)
                step[effect.variable] += Fraction(1, 10**6)
                after = tuple(step)
                if not _inside(found, regime, after):
                    continue
                before, then = (_solved(found, one, effect.quantity, p) for p in (point, after))
                compared += 1
                match effect.direction:
                    case "constant":
                        assert then == before
                    case "increasing":
                        assert then >= before if 0 in effect.signs else then > before
                    case "decreasing":
                        assert then <= before if 0 in effect.signs else then < before
                    case other:
                        assert other == "ambiguous"
    assert compared >= 10


def _inside(found: Regimes, regime: Regime, point: tuple[Fraction, ...]) -> bool:
    try:
        found.study.game.values(found.region.symbols.values(point))
    except InvalidGame:
        return False
    return holds(found, regime.cell, point)


def _solved(
    found: Regimes, one: Statics, quantity: Quantity, point: tuple[Fraction, ...]
) -> Fraction:
    """The quantity at the equilibrium that the ordinary solver finds there with this play."""
    case = found.study.case(None, found.region.symbols.values(point))
    (result,) = (r for r in solve(case.game, [one.concept]).results if r.concept == one.concept)
    if isinstance(one.solution, Behaviour):
        alike = [
            other
            for other in result.solutions
            if isinstance(other, Behaviour) and other.choices == one.solution.choices
        ]
    else:
        assert isinstance(one.solution, Point)
        profile = at(one.solution.profile, point)
        alike = [
            other
            for other in result.solutions
            if isinstance(other, Point) and other.profile == profile
        ]
    (there,) = alike
    if quantity.of == "payoff":
        return there.payoffs[quantity.player]
    assert isinstance(there, Point)
    return there.profile[quantity.player][quantity.place]


def test_a_bluff_in_a_signalling_game_by_hand() -> None:
    """models.md f2: the weak sign with probability pi * l / ((1 - pi) * g), and the challenger
    attacks after a treaty with (VL - k) / (VL + r)."""
    found = regimes(library("signals/treaty_as_signal.yaml"), ["sequential"], over=["pi", "k"])
    tree = found.study.case().game
    named = {
        (tree.players[one.player], tree.set_name(index), action): (index, place)
        for index, one in enumerate(tree.sets)
        for place, action in enumerate(one.actions)
    }
    signing = named["Defender", "Weak", "Treaty"]
    attack = named["Challenger", "Treaty", "Attack"]
    pi, k = (found.region.symbols.names.index(name) for name in ("pi", "k"))
    told = [
        {
            (effect.quantity.at, effect.quantity.place, effect.variable): effect.direction
            for effect in one.effects
            if effect.quantity.of == "probability"
        }
        for one in comparative(found).found
    ]
    bluffs = [one for one in told if (*signing, pi) in one]
    assert bluffs
    for one in bluffs:
        assert one[*signing, pi] == "increasing"
        assert one[*signing, k] == "constant"
        assert one[*attack, pi] == "constant"
        assert one[*attack, k] == "decreasing"
