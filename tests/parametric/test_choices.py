"""Choices that are numbers as formulas, against closed forms and the ordinary solver at points."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from alliance_games.algorithms.choice_conditions import equilibria
from alliance_games.algorithms.choice_pivots import has_one_solution
from alliance_games.claims.check import check
from alliance_games.claims.verdict import Outcome
from alliance_games.model.linear_quadratic import LinearQuadraticGame
from alliance_games.model.study import Study
from alliance_games.parametric.agreement import CannotCompare, difference
from alliance_games.parametric.describing import at
from alliance_games.parametric.regimes import Regimes, Unsupported, regimes
from alliance_games.results.named.continuous import ChoiceEquilibrium
from alliance_games.results.ordered import ExactSigns
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


def tastes(assume: str) -> Study:
    """Three who give to what they share, with Cobb-Douglas tastes."""
    payoffs = (f"cobb_douglas(w[{who}] - x[{who}], total(x), a)" for who in ("One", "Two", "Three"))
    parameters = "{a: 2/5, w: {value: {One: 10, Two: 8, Three: 6}}}"
    return numbers(parameters, assume, "x in [0, w]", *payoffs)


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
    "tastes of three": lambda: tastes("[a > 0, a < 1, w > 0]"),
    "a logarithm": lambda: numbers(
        "{t: {value: {One: 3, Two: 2, Three: 1}}}", "[t > 0]", "x in [0, infinity)",
        *(f"t[{who}] * log(total(x)) - x[{who}]" for who in ("One", "Two", "Three")),
    ),
    "tastes as logarithms": lambda: numbers(
        "{a: 1/3, w: {value: {One: 3, Two: 2}}}", "[a > 0, a < 1, w > 0]", "x in [0, w]",
        *(f"(1 - a) * log(w[{who}] - x[{who}]) + log(total(x)) * a" for who in ("One", "Two")),
    ),
    "powers and a spillover": lambda: numbers(
        "{s: 1/2, w: 3}", "[w > 0, s >= 0]", "x in [1, w + 1]",
        "2 * (w + 2 - x[One])^2 * (x[One] + s * x[Two])", "(w + 1 - x[Two])^2 * (x[Two] + 1)^3",
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
        assert set(only(found, b=b, c=c, given=1).choices.values()) == {Fraction(0)}
    for b, c in ((4, 1), (7, 2)):
        assert set(only(found, b=b, c=c, given=1).choices.values()) == {Fraction(1)}
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


def test_the_richest_give_by_hand() -> None:
    """Add givers richest first: G = a * Y / (a + k * (1 - a)), and each gives what it has beyond
    (1 - a) / a * G, as long as that is more than nothing (Bergstrom, Blume and Varian 1986)."""
    found = divided("tastes of three")
    assert not found.undecided
    dice = Random(9)
    givers = set()
    for _ in range(60):
        a = Fraction(dice.randint(1, 9), 10)
        wealth = {name: Fraction(dice.randint(1, 30)) for name in ("One", "Two", "Three")}
        one = only(found, a=a, **{f"w[{name}]": has for name, has in wealth.items()})
        for number in (3, 2, 1):
            richest = sorted(wealth.values(), reverse=True)[:number]
            keeps = (1 - a) * sum(richest) / (a + number * (1 - a))
            if richest[-1] > keeps:
                break
        assert one.choices == {name: max(has - keeps, 0) for name, has in wealth.items()}
        assert one.payoffs == {}
        givers.add(number)
    assert givers == {1, 2, 3}


def test_the_one_equilibrium_is_the_one_among_all_patterns() -> None:
    """Pivoting finds what looking through all patterns finds, in exact numbers."""
    dice = Random(12)
    for _ in range(80):
        a = Fraction(dice.randint(1, 11), 12)
        wealth = tuple(Fraction(dice.randint(1, 12)) for _ in range(4))
        slopes = tuple(tuple(-a * (i == j) - (1 - a) for j in range(4)) for i in range(4))
        game = LinearQuadraticGame(
            players=("A", "B", "C", "D"),
            lows=(Fraction(0),) * 4,
            highs=wealth,
            forms=(None,) * 4,
            starts=tuple(a * has for has in wealth),
            slopes=slopes,
            never=(("high",),) * 4,
        )
        (alone,) = equilibria(game, ExactSigns())
        (among,) = equilibria(replace(game, never=((),) * 4), ExactSigns())
        assert alone == among


def test_a_matrix_that_leaves_several_equilibria_is_told_from_one_that_does_not() -> None:
    one, two, minus = Fraction(1), Fraction(2), Fraction(-1)

    def game(cross: Fraction) -> LinearQuadraticGame:
        zero = (Fraction(0),) * 2
        slopes = ((minus, cross), (cross, minus))
        return LinearQuadraticGame(
            ("A", "B"), zero, (one, one), (None, None), zero, slopes, ((), ())
        )

    assert has_one_solution(game(-one / 2), ExactSigns())
    assert not has_one_solution(game(-two), ExactSigns())  # either may give, or both
    assert not has_one_solution(game(minus), ExactSigns())  # how they share is open


@pytest.mark.parametrize(
    ("assume", "payoff"),
    [
        ("[a > 0]", "cobb_douglas(w - x[One], x[One], a)"),  # a may be above one
        ("[a > 0, a < 1]", "cobb_douglas(w - x[One], x[One], a)"),  # there may be nothing to give
        ("[a > 0, a < 1, w > 2]", "cobb_douglas(w - 3 * x[One], x[One], a)"),  # a negative rest
        ("[a > 0, a < 1, w > 2]", "(w + x[One])^(1 - a) * (x[One] + 1)^a"),  # both rise
        ("[a > 0, w > 2]", "a * log(w + x[One]) + x[One]"),
        ("[a > 0, w > 2]", "a * log(x[One] - 1) - x[One]"),  # no value where one gives little
        ("[a > 0, w > 2]", "-a * log(w + x[One]) + x[One]"),
        ("[a > 0, w > 2]", "a * log(w + x[One]) - x[One]^2"),
        ("[a > 0, w >= 0]", "a * log(x[One]) - x[One]"),  # no value where there is nothing to give
        ("[a > 0, w >= 0]", "a * log(w - x[One]) + x[One]"),
    ],
)
def test_shapes_without_a_marginal_payoff_of_known_sign_are_refused(
    assume: str, payoff: str
) -> None:
    with pytest.raises(Unsupported, match="solved for all values where"):
        regimes(numbers("{a: 1/2, w: 3}", assume, "x in [0, w]", payoff))


def test_nothing_is_proved_of_a_logarithm_without_a_value() -> None:
    text = (
        "game: test\nplayers: [One]\nparameters: {a: {value: 1, range: [0, 3]}, b: 1}\n"
        "assume: [b >= 0]\nchoices:\n  One: x in [0, a]\npayoffs:\n"
        "  One: 2 * log(x + b) - 2 * x\nexpect:\n"
        "  - {count: {pure-nash: 1}, when: a >= 0}\n"
        "  - {count: {pure-nash: 1}, when: a > 0}\n"
        "  - {count: {pure-nash: 1}, when: b > 0}\n"
    )
    found = [verdict.outcome for verdict in check(study(text))]
    assert found == [Outcome.UNDECIDED, Outcome.PROVED, Outcome.PROVED]


def test_claims_about_a_public_good() -> None:
    claims = """
expect:
  - compare: "choice(One) / w[One] > choice(Two) / w[Two] or choice(One) == 0"
    when: w[One] > w[Two]
  - compare: "choice(One) > choice(Two)"
    when: w[One] > w[Two]
  - compare: "payoff(One) > 0"
    when: w[One] > w[Two]
"""
    text = (
        "game: test\nplayers: [One, Two, Three]\n"
        "parameters: {a: 2/5, w: {value: {One: 10, Two: 8, Three: 6}}}\n"
        "assume: [a > 0, a < 1, w > 0]\nchoices:\n  each: x in [0, w]\n"
        "payoffs:\n  each: cobb_douglas(w - x, total(x), a)\n" + claims
    )
    outcomes = [one.outcome for one in check(study(text))]
    assert outcomes == [Outcome.PROVED, Outcome.REFUTED, Outcome.UNDECIDED]
