"""Choices that are numbers as formulas, against closed forms and the ordinary solver at points."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from alliance_games.model.study import Study
from alliance_games.parametric.agreement import CannotCompare, difference
from alliance_games.parametric.describing import at
from alliance_games.parametric.regimes import Regimes, Unsupported, regimes
from alliance_games.results.named.continuous import ChoiceEquilibrium
from alliance_games.solve import solve
from tests.parametric.studies import holders, library, points, study


def numbers(parameters: str, assume: str, choices: str, *payoffs: str) -> Study:
    lines = "".join(
        f"  {name}: {payoff}\n"
        for name, payoff in zip(("One", "Two", "Three"), payoffs, strict=False)
    )
    players = ", ".join(("One", "Two", "Three")[: len(payoffs)])
    return study(
        f"game: test\nplayers: [{players}]\nparameters: {parameters}\nassume: {assume}\n"
        f"choices:\n  each: {choices}\npayoffs:\n{lines}"
    )


def cournot() -> Study:
    return numbers(
        "{a: 10, c: {value: {One: 1, Two: 2}}}",
        "[a > 0, c >= 0]",
        "q in [0, infinity)",
        "q[One] * (a - q[One] - q[Two] - c[One])",
        "q[Two] * (a - q[One] - q[Two] - c[Two])",
    )


CASES = {
    "severity": lambda: library("entrapment/severity_of_the_dilemma.yaml"),
    "two-sided commitment": lambda: library("entrapment/two_sided_commitment.yaml"),
    "linear public good": lambda: library("burden_sharing/linear_public_good.yaml"),
    "Cournot": cournot,
    "complements that may tip": lambda: numbers(
        "{s: 2, t: 1, h: 3}", "[h > 0]", "x in [0, h]",
        "t * x[One] + s * x[One] * x[Two] - x[One]^2 / 2",
        "s * x[One] * x[Two] - x[Two]^2 / 2",
    ),
    "bends of any sign": lambda: numbers(
        "{m: 1, s: 2, t: 1}", "[m >= -2, m <= 2]", "x in [-1, 2]",
        "t * x[One] + s * x[One] * x[Two] + m * x[One]^2",
        "-x[Two] * x[One] + x[Two]^2 * (1 - m) + x[One]^3",
    ),
    "pennies of any size": lambda: numbers(
        "{s: 1, t: 1}", "[s > 0]", "x in [0, 1]",
        "x[One] * (s * x[Two] - t)",
        "x[Two] * (1 - 2 * x[One])",
    ),
    "substitutes for each other": lambda: numbers(
        "{b: 2, c: {value: {One: 1, Two: 1}}}", "[b > -1]", "x in [0, 1]",
        "b * (x[One] + x[Two]) - (x[One] + x[Two])^2 / 2 - c[One] * x[One]",
        "b * (x[One] + x[Two]) - (x[One] + x[Two])^2 / 2 - c[Two] * x[Two]",
    ),
    "ranges by formulas": lambda: numbers(
        "{l: 0, h: 2, b: 3}", "[b > 0]", "x in [l, h]", "b * x[One] - x[One]^2",
    ),
    "convex without end": lambda: numbers(
        "{m: 1, b: 3}", "[b > 0]", "x in [0, infinity)", "m * x[One]^2 - b * x[One]",
    ),
    "a piece by parameters": lambda: numbers(
        "{m: 1, b: 3}", "[b > 0]", "x in [0, 1]",
        "if(m > b, x[One], -x[One]) * b / m - x[One]^2",
    ),
}  # fmt: skip


def has_a_continuum(found: Regimes, point: tuple[Fraction, ...]) -> bool:
    """Whether the ordinary solver finds infinitely many equilibria at a point."""
    game = found.study.game.at(found.region.symbols.values(point))
    answer = solve(game, ["pure-nash"]).of("pure-nash")
    assert answer is not None
    return any(one.kind == "choice-continuum" for one in answer.solutions)


def divided(name: str) -> Regimes:
    found = regimes(CASES[name](), most_edges=None)
    assert found.concepts == ("pure-nash",)
    assert not found.stopped
    return found


@pytest.mark.parametrize("name", CASES)
def test_points_fall_into_one_cell_that_says_what_the_solver_does(name: str) -> None:
    found = divided(name)
    compared = 0
    for point in points(found, 40, seed=3):
        (regime,) = holders(found, point)
        if regime.cell.undecided:
            assert "infinitely many" in regime.cell.undecided
            assert has_a_continuum(found, point), f"at {point} all is settled"
            continue
        try:
            gap = difference(found.study, found.region.symbols, regime.cell.outcome, point)
        except CannotCompare:
            continue
        assert gap is None, f"at {point}: {gap}"
        compared += 1
    assert compared >= 20


@pytest.mark.parametrize("name", ["Cournot", "complements that may tip", "bends of any sign"])
def test_payoffs_and_what_is_said_of_an_equilibrium_agree_too(name: str) -> None:
    found = divided(name)
    met = 0
    for point in points(found, 25, seed=8):
        (regime,) = holders(found, point)
        if regime.cell.undecided or regime.cell.outcome is None:
            continue
        ((_, told),) = regime.cell.outcome
        game = found.study.game.at(found.region.symbols.values(point))
        answer = solve(game, ["pure-nash"]).of("pure-nash")
        assert answer is not None
        theirs = {tuple(one.choices.values()): one for one in answer.solutions}  # type: ignore[union-attr]
        for one in at(told, point):
            other = theirs[tuple(one.choices.values())]
            assert one.payoffs == other.payoffs  # type: ignore[union-attr]
            assert one.properties == other.properties
            met += 1
    assert met >= 10


def only(found: Regimes, **values: object) -> ChoiceEquilibrium:
    """The one equilibrium at a point given by parameter."""
    point = tuple(Fraction(values[name]) for name in found.region.symbols.names)  # type: ignore[arg-type]
    (regime,) = holders(found, point)
    ((_, told),) = regime.cell.outcome or ()
    (one,) = at(told, point)
    assert isinstance(one, ChoiceEquilibrium)
    return one


def test_the_best_commitment_by_hand() -> None:
    """k* = a / (a + b), and the risk left is a * b / (a + b): one cell, everywhere."""
    found = divided("severity")
    (regime,) = found.whole
    assert not found.edges
    dice = Random(2)
    for _ in range(30):
        rho, eps = (Fraction(dice.randint(1, 9), 9) for _ in range(2))
        A, E = (Fraction(dice.randint(1, 40), 4) for _ in range(2))
        one = only(found, rho=rho, A=A, eps=eps, E=E, instead=0)
        a, b = rho * A, eps * E
        assert one.choices == {"Ally": a / (a + b)}
        assert one.payoffs == {"Ally": -a * b / (a + b)}
    assert regime.checked == ""


def test_two_sided_commitment_by_hand() -> None:
    """k_i = z_i * (1 - z_j) / (1 - z_i * z_j)."""
    found = divided("two-sided commitment")
    dice = Random(4)
    for _ in range(30):
        z, y = (Fraction(dice.randint(1, 18), 19) for _ in range(2))
        point = {"a[Dependent]": 3 * z, "a[Independent]": 3 * y, "b": 3, "instead": 0}
        one = only(found, **point)
        assert one.choices == {
            "Dependent": z * (1 - y) / (1 - z * y),
            "Independent": y * (1 - z) / (1 - z * y),
        }


def test_two_firms_of_which_one_may_stay_out() -> None:
    """Cournot: (a - 2 c_i + c_j) / 3 each, the monopoly's (a - c_i) / 2 where the other is out."""
    found = divided("Cournot")
    assert len(found.whole) == 4
    dice = Random(6)
    for _ in range(60):
        a, c, d = dice.randint(1, 12), dice.randint(0, 12), dice.randint(0, 12)
        one = only(found, **{"a": a, "c[One]": c, "c[Two]": d})
        first, second = Fraction(a - 2 * c + d, 3), Fraction(a - 2 * d + c, 3)
        if first <= 0 or second <= 0:
            # Whoever is out meets a price that does not pay her cost.
            first, second = (
                (Fraction(max(a - c, 0), 2), Fraction(0))
                if c <= d
                else (Fraction(0), Fraction(max(a - d, 0), 2))
            )
        assert tuple(one.choices.values()) == (first, second)


def test_all_ride_free_or_all_give() -> None:
    """The public good: all where b > 3 c, nobody where b < 3 c; on the edge it is not decided."""
    found = divided("linear public good")
    for b, c in ((2, 1), (5, 2), (1, 9)):
        assert set(only(found, b=b, c=c).choices.values()) == {Fraction(0)}
    for b, c in ((4, 1), (7, 2)):
        assert set(only(found, b=b, c=c).choices.values()) == {Fraction(1)}
    (edge,) = found.edges
    assert "infinitely many" in edge.cell.undecided


def test_other_payoffs_are_refused_in_words() -> None:
    root = numbers("{a: 1}", "[a > 0]", "x in [0, 1]", "sqrt(x[One]) - a * x[One]")
    with pytest.raises(Unsupported, match=r"sqrt\(x\) is no polynomial in the choices"):
        regimes(root)
    cubic = numbers("{a: 1}", "[a > 0]", "x in [0, 1]", "x[One]^3 - a * x[One]")
    with pytest.raises(Unsupported, match="the marginal payoff of One is not linear"):
        regimes(cubic)
    led = study(
        "game: test\nplayers: [One, Two]\nparameters: {a: 1}\nchoices:\n  order: [One, Two]\n"
        "  each: x in [0, 1]\npayoffs:\n  One: a * x[One]\n  Two: x[Two] * x[One]\n"
    )
    with pytest.raises(Unsupported, match="choose one after another"):
        regimes(led)
