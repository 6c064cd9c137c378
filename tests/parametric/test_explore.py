"""The search: forks, places without a value, limits, and what is said where nothing is certain."""

from __future__ import annotations

import json
import random
from fractions import Fraction
from itertools import product

import pytest

from alliance_games.exact.polynomials import ring
from alliance_games.exact.rational_functions import RationalFunction
from alliance_games.parametric.cells import merge
from alliance_games.parametric.codec import encode
from alliance_games.parametric.decide import (
    ANY,
    NEGATIVE,
    POSITIVE,
    ZERO,
    Decider,
    Factors,
    Undecided,
)
from alliance_games.parametric.explore import Path, explore
from alliance_games.parametric.regimes import Unsupported, regimes
from alliance_games.parametric.telling import Telling
from alliance_games.report.regimes import build
from alliance_games.results.budget import Budget
from tests.parametric.studies import holders, library, study


def setting(*names: str, resources: int = 4_000_000) -> tuple[list[RationalFunction], Decider]:
    polynomials = ring(names)
    variables = [RationalFunction.variable(polynomials, i) for i in range(len(names))]
    return variables, Decider(Factors(polynomials), lambda: None, resources)


# Rational functions


def test_arithmetic_is_that_of_values() -> None:
    (x, y), _ = setting("x", "y")
    dice = random.Random(1)
    for _ in range(200):
        point = (Fraction(dice.randint(1, 9), 7), Fraction(dice.randint(1, 9), 5))
        a, b = point
        assert ((x + 2 * y) / (x * y + 1)).at(point) == (a + 2 * b) / (a * b + 1)
        assert (1 / x - y / 3).at(point) == 1 / a - b / 3
        assert (x**-2 * (y - 1) ** 3).at(point) == (b - 1) ** 3 / a**2
        assert (x / y).derivative(1).at(point) == -a / b**2


def test_constants_are_plain_fractions_and_equal_functions_are_equal() -> None:
    (x, y), _ = setting("x", "y")
    assert (x / y) * (y / x) == Fraction(1)
    assert isinstance((x - x), Fraction)
    assert (x * x - y * y) / (x - y) == x + y
    assert hash((x * x - y * y) / (x - y)) == hash(x + y)
    with pytest.raises(TypeError, match="ask Signs"):
        assert x > y
    with pytest.raises(TypeError, match="ask Signs"):
        bool(x)


# The decider


def test_conditions_that_hold_together_and_not() -> None:
    (x, y), decider = setting("x", "y")

    def key(p: RationalFunction) -> str:
        return decider.factors.of(p.over)[1][0][0]

    assert decider.find({key(x): POSITIVE, key(x - 1): NEGATIVE}) is not None
    assert decider.find({key(x): NEGATIVE, key(x - 1): POSITIVE}) is None
    assert decider.find({key(x * x + y * y + 1): NEGATIVE}) is None
    root = decider.find({key(x * x - 2): ZERO, key(x): POSITIVE})
    assert root is not None and root[0] * root[0] == 2


def test_what_is_not_settled_is_undecided() -> None:
    (x, y, z), decider = setting("x", "y", "z", resources=50)
    hard = x**3 * y + y**3 * z + z**3 * x - 7 * x * y * z + 1
    with pytest.raises(Undecided, match="limit of 50 steps"):
        decider.find({decider.factors.of(hard.over)[1][0][0]: ZERO})


# Forks


def signs_of(*numbers: RationalFunction) -> object:
    return lambda path: tuple(path.sign(number) for number in numbers)


def test_the_leaves_are_the_feasible_signs() -> None:
    (x, y), decider = setting("x", "y")
    found = explore(signs_of(x, y, x - y), decider)
    met = {leaf.outcome for leaf in found.leaves}
    dice = random.Random(2)
    seen = set()
    for _ in range(4000):
        a, b = dice.randint(-2, 2), dice.randint(-2, 2)
        seen.add(tuple((v > 0) - (v < 0) for v in (a, b, a - b)))
    assert met == seen
    for leaf in found.leaves:
        assert leaf.witness is not None
        assert decider.holds(leaf.conditions.items(), leaf.witness)


def test_products_ask_their_factors_and_squares_only_whether_they_vanish() -> None:
    (x, y), decider = setting("x", "y")
    found = explore(signs_of(x * x * (y - 1)), decider)
    assert sorted(leaf.outcome for leaf in found.leaves) == [(-1,), (0,), (0,), (1,)]


def test_known_signs_are_not_asked_again() -> None:
    (x, _y), decider = setting("x", "y")

    def procedure(path: Path) -> tuple[bool, int]:
        return path.is_positive(x), path.sign(x)

    assert {leaf.outcome for leaf in explore(procedure, decider).leaves} == {
        (True, 1),
        (False, -1),
        (False, 0),
    }


def test_merging_keeps_only_what_the_answer_needs() -> None:
    (x, y), decider = setting("x", "y")

    def procedure(path: Path) -> bool:
        path.sign(y)
        return not path.is_negative(x)

    cells = merge(explore(procedure, decider).leaves, decider, lambda told: (told, ()))
    assert {(cell.outcome, cell.alternatives) for cell in cells} == {
        (True, ((("x0", POSITIVE | ZERO),),)),
        (False, ((("x0", NEGATIVE),),)),
    }
    assert ANY == POSITIVE | ZERO | NEGATIVE


# Whole files

QUOTIENT = """
game: A quotient
players: [A, B]
parameters: {x: 2, y: 1}
assume: [x >= 0]
strategies: [Up, Down]
payoffs:
  Up, Up: 1 / (x - y), 1
  Up, Down: 0, 0
  Down, Up: 0, 0
  Down, Down: 1, 1
"""


def test_where_a_payoff_has_no_value_is_told() -> None:
    telling = Telling(regimes(study(QUOTIENT)))
    (left,) = telling.excluded
    assert str(left.where) == "x == y"
    assert left.regime.cell.excluded == "division by zero: x - y is 0"


PIECES = """
game: Pieces
players: [A, B]
parameters: {x: 2, y: 1}
strategies: [Up, Down]
payoffs:
  Up, Up: max(x, y), max(x, y)
  Up, Down: 0, 0
  Down, Up: 0, 0
  Down, Down: abs(x - y), min(x, y)
"""


def test_pieces_of_payoffs_are_cells_where_they_meet() -> None:
    found = regimes(study(PIECES))
    telling = Telling(found)
    said = {str(told.where) for told in telling.cells}
    assert any("y" in text and "x" in text for text in said)
    payoffs = {
        telling.writer.text(one.payoffs[0])
        for told in telling.cells
        for _, solutions in told.regime.cell.outcome or ()
        for one in solutions
        if hasattr(one, "payoffs")
    }
    assert {"x", "y"} <= payoffs


@pytest.mark.parametrize(
    ("payoff", "why"),
    [
        ("sqrt(x)", "square root"),
        ("exp(x)", "exponential"),
        ("x^y", "exponent depends"),
        ("x^(1/2)", "whole power"),
    ],
)
def test_what_is_no_rational_function_is_said_so(payoff: str, why: str) -> None:
    text = QUOTIENT.replace("1 / (x - y)", payoff)
    with pytest.raises(Unsupported, match=why) as refusal:
        regimes(study(text))
    assert str(refusal.value).startswith("test.yaml:8:11: ")
    assert payoff.split("(")[0] in str(refusal.value)


def test_an_irrational_constant_is_said_so() -> None:
    with pytest.raises(Unsupported, match="irrational"):
        regimes(study(QUOTIENT.replace("1 / (x - y)", "sqrt(2) * x")))
    assert regimes(study(QUOTIENT.replace("1 / (x - y)", "sqrt(4) * x"))).whole


def test_too_little_work_gives_undecided_cells_and_never_a_wrong_one() -> None:
    found = regimes(library("balancing_vs_bandwagoning.yaml"), resources=30)
    assert found.undecided and not found.stopped
    document = encode(Telling(found))
    assert document["status"] == "undecided"
    assert document["covers"] != "proved"
    # Every cell of the full answer is still there: what could not be excluded is kept.
    whole = regimes(library("balancing_vs_bandwagoning.yaml"))
    kept = {str(cell.cell.outcome) for cell in found.regimes}
    assert {str(cell.cell.outcome) for cell in whole.whole} <= kept


def test_a_limit_of_time_gives_what_was_found() -> None:
    budget = Budget(seconds=0.0)
    found = regimes(library("stag_hunt.yaml"), budget=budget)
    assert "time limit" in found.stopped
    assert encode(Telling(found))["status"] == "stopped"
    assert build(Telling(found)).blocks


class Few(Budget):
    """A budget that runs out after some ticks, wherever the work stands then."""

    def __init__(self, ticks: int) -> None:
        super().__init__(seconds=1e9)
        self.left = ticks

    def tick(self) -> None:
        self.left -= 1
        self.seconds = 1e9 if self.left > 0 else 0.0
        super().tick()


@pytest.mark.parametrize("ticks", [1, 5, 12, 20, 30, 40, 60, 90])
def test_stopped_anywhere_every_cell_told_is_right(ticks: int) -> None:
    study_ = library("balancing_vs_bandwagoning.yaml")
    found = regimes(study_, budget=Few(ticks))
    dice = random.Random(ticks)
    from alliance_games.parametric.agreement import difference
    from tests.parametric.studies import points

    if not found.region.pieces or found.region.stopped:
        assert found.stopped
        return
    for point in points(found, 25, dice.randint(0, 99)):
        for regime in holders(found, point):
            gap = difference(study_, found.region.symbols, regime.cell.outcome, point)
            assert gap is None


def test_two_runs_give_the_same_text() -> None:
    texts = {
        json.dumps(encode(Telling(regimes(library("balancing_vs_bandwagoning.yaml")))))
        for _ in range(2)
    }
    assert len(texts) == 1


def test_knife_edges_beyond_the_bound_are_left_undivided_and_said_so() -> None:
    found = regimes(library("morrow_autonomy_security.yaml"), most_edges=3)
    assert found.undivided is not None and not found.covers and not found.disjoint
    telling = Telling(found)
    assert len(telling.edges) <= 3
    assert {str(one) for one in telling.undivided} >= {"alpha == 4 * beta"}
    assert all(statement.generic for statement in found.statements)
    full = regimes(library("morrow_autonomy_security.yaml"), most_edges=None)
    assert full.undivided is None and len(full.whole) == len(found.whole)


def test_knife_edges_left_undivided_meet_no_cell() -> None:
    """Help comes with the probability reliable * covered, which is zero on two edges that are
    told apart before any sign is asked."""
    game = library("secrecy/hidden_alliances.yaml")
    found = regimes(game, over=["reliable", "covered"], most_edges=0)
    assert found.undivided is not None and not found.covers and not found.disjoint
    shares = [Fraction(k, 8) for k in range(9)]
    for point in product(shares, repeat=2):
        assert len(holders(found, point)) == 1


def test_what_regimes_cannot_be_asked() -> None:
    with pytest.raises(Unsupported, match="not stated by signs"):
        regimes(library("stag_hunt.yaml"), ["correlated"])
    with pytest.raises(Unsupported, match="more is hidden"):
        regimes(library("classics/kuhn_poker.yaml"))
    with pytest.raises(KeyError):
        regimes(library("stag_hunt.yaml"), over=["hare"])


def test_the_number_of_players_is_held() -> None:
    crowd = (
        "game: crowd\nplayers: n\nparameters: {n: 3, b: 2, c: 1}\nstrategies: [Give, Keep]\n"
        "payoffs:\n  each: b * count(Give) / n - if(mine == Give, c, 0)\n"
    )
    found = regimes(study(crowd))
    assert found.region.symbols.names == ("b", "c")
    assert found.held == {"n": Fraction(3)}
    said = {s.about: Telling(found).where(s) for s in found.statements if s.what == "pure"}
    assert str(said[0, 0, 0]) in ("b >= 3 * c", "c <= b / 3")


def test_another_number_of_players() -> None:
    """`--set` changes how many there are, and the cells are those of that many."""
    many = study(
        "game: t\nplayers: many\nparameters: {many: 4, cost: 1}\nassume: [cost > 0]\n"
        "strategies: [Act, Wait]\n"
        "payoffs:\n  each: if(count(Act) >= 2, 2, 0) - if(mine == Act, cost, 0)\n"
    )
    for number, equilibria in ((2, 2), (3, 4), (4, 7)):
        found = regimes(many, ["pure-nash"], values={"many": Fraction(number)})
        cheap = next(one for one in found.whole if one.sample and one.sample[0] < 2)
        assert cheap.cell.outcome is not None
        solutions = cheap.cell.outcome[0][1]
        assert len(solutions) == equilibria
        assert {len(one.profile) for one in solutions} == {number}  # type: ignore[union-attr]
