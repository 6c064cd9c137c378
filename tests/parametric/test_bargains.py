"""Nash's solution over contracts as formulas, against closed forms and the ordinary solver."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from typer.testing import CliRunner

from alliance_games.algorithms.contract_conditions import nash_solution
from alliance_games.cli.app import app
from alliance_games.model.contracts_in_formulas import ContractsInFormulas
from alliance_games.model.study import Study
from alliance_games.parametric.agreement import difference
from alliance_games.parametric.describing import at
from alliance_games.parametric.regimes import Regimes, Unsupported, regimes
from alliance_games.results.named.bargaining import Agreement, NoAgreement
from alliance_games.results.ordered import ExactSigns, Undescribed
from alliance_games.solve import solve
from tests.parametric.studies import holders, points, study


def bargain(
    parameters: str, assume: str, ranges: str, payoffs: tuple[str, str], rest: str = "0, 0"
) -> Study:
    return study(
        f"game: test\nplayers: [One, Two]\nparameters: {parameters}\nassume: {assume}\n"
        f"choices:\n  One: s in {ranges}\n  Two: a in {ranges}\n"
        f"payoffs:\n  One: {payoffs[0]}\n  Two: {payoffs[1]}\n"
        f"bargaining:\n  disagreement: {rest}\n"
    )


# Each set of parameters so that the solution is rational in them, and told otherwise below.
CASES = {
    "a trade in its own terms": lambda: bargain(
        "{S: 2, A: 4, b: 1, k: 1, d: 0}",
        "[S > 0, A > 0, b > 0, k > 0, S <= 30, A <= 30]",
        "[0, 30]",
        ("k * S^2 / A * a - k * s^2 / 2", "b * A^2 / S * s - b * a^2 / 2"),
        "d * k * S^2, d * b * A^2",
    ),
    "side payments": lambda: bargain(
        "{g: 3, k: 1, d: 1, e: 0, w: 2}",
        "[g > 0, k >= 1, w > 0, g <= 4, d >= -2, d <= 3, e >= -2, e <= 3, w <= 5]",
        "[-90, 90]",
        ("a - k * s^2 / 2", "g * s - a"),
        "d, e\n  weights: w, 1",
    ),
    "ranges that bind": lambda: bargain(
        "{h: 1/2, d: 0}",
        "[h > 0, h <= 3]",
        "[0, h]",
        ("a - s^2 / 2", "s - a^2 / 2"),
        "d, d",
    ),
}


@pytest.fixture(scope="module", params=CASES)
def found(request: pytest.FixtureRequest) -> Regimes:
    made = regimes(CASES[request.param](), ["nash-bargaining"], most_edges=None)
    assert not made.stopped
    return made


def test_every_point_falls_into_one_cell_that_says_what_the_solver_does(found: Regimes) -> None:
    kinds = set()
    for point in points(found, 40, seed=7):
        (regime,) = holders(found, point)
        assert not regime.cell.undecided
        assert regime.cell.outcome is not None
        assert difference(found.study, found.region.symbols, regime.cell.outcome, point) is None
        kinds.add(type(regime.cell.outcome[0][1][0]))
    assert kinds == {Agreement, NoAgreement}, "both answers are met"


def test_side_payments_share_the_surplus_in_proportion_to_power() -> None:
    made = regimes(CASES["side payments"](), ["nash-bargaining"])
    (cell,) = [
        one
        for one in made.whole
        if one.cell.outcome and isinstance(one.cell.outcome[0][1][0], Agreement)
    ]
    dice = Random(3)
    for _ in range(20):
        g, k, d, e, w = (Fraction(dice.randint(1, 9), dice.randint(1, 4)) for _ in range(5))
        assert cell.cell.outcome is not None
        told = at(cell.cell.outcome[0][1][0], (g, k, d, e, w))
        surplus = g * g / (2 * k) - d - e
        assert told.deal.gains == {"One": surplus * w / (w + 1), "Two": surplus / (w + 1)}
        assert told.deal.terms["s"] == g / k


def numbers(game: Study) -> ContractsInFormulas:
    """The bargain of a study in plain numbers."""

    class Plain:
        def number(self, expression: object, player: str = "") -> Fraction:
            from alliance_games.exact.environment import Environment
            from alliance_games.exact.evaluate import evaluate_number

            values = game.game.values()
            return Fraction(evaluate_number(expression, Environment(values)))  # type: ignore[arg-type]

        def between(self, number: Fraction, low: int | None, high: int | None, why: str) -> None:
            assert (low is None or number >= low) and (high is None or number <= high), why

        def differs(self, number: Fraction, value: int, why: str) -> None:
            assert number != value, why

    found = game.game.body.over_field(Plain())  # type: ignore[union-attr, arg-type]
    assert isinstance(found, ContractsInFormulas)
    return found


def test_known_numbers_give_what_the_ordinary_solver_does() -> None:
    dice = Random(11)
    met = {Agreement: 0, NoAgreement: 0}
    for _ in range(80):
        n = [Fraction(dice.randint(1, 6), dice.randint(1, 3)) for _ in range(4)]
        mixed = Fraction(dice.randint(-1, 1), 2)
        rest = [Fraction(dice.randint(-4, 12), 8) for _ in range(2)]
        end = dice.choice(["1/4", "1/2", "2"])
        if dice.random() < 0.3:
            n, mixed, rest = [n[0], n[1], n[0], n[1]], Fraction(0), [rest[0]] * 2
        game = bargain(
            "{unused: 1}",
            "[]",
            f"[0, {end}]",
            (
                f"{n[0]} * a - {n[1]} * s^2 / 2 - a^2 / 8 + {mixed} * a * s / 8",
                f"{n[2]} * s - {n[3]} * a^2 / 2 - s^2 / 8",
            ),
            f"{rest[0]}, {rest[1]}",
        )
        try:
            ours = nash_solution(numbers(game), ExactSigns())
        except Undescribed:
            continue  # the terms are irrational numbers
        (theirs,) = solve(game.case().game, ["nash-bargaining"]).of("nash-bargaining").solutions  # type: ignore[union-attr]
        assert type(ours) is type(theirs)
        assert ours.said() == theirs.said()
        met[type(ours)] += 1
    assert min(met.values()) > 8, met


SHAPE = """game: test
players: [One, Two]
parameters: {{g: 1, k: 1, c: 0}}
assume: [k > 0, g > 0]
choices:
  One: s in [0, 40]
  Two: a in [0, 40]
payoffs:
  One: {one}
  Two: {two}
bargaining:
  disagreement: c, c
"""
PAID = {"one": "a - k * s^2 / 2", "two": "g * s - a"}
WHEN = "g <= 2 and k >= 1 and c <= 1/10 and c >= -1 and g^2 / k > 4 * c"


@pytest.mark.parametrize(
    ("payoffs", "claim", "when", "word"),
    [
        (PAID, "nash-bargaining: {s: g / k, a: 3/4 * g^2 / k}", WHEN, "PROVED"),
        (PAID, "nash-bargaining: {s: g / k, a: 1/2 * g^2 / k}", WHEN, "REFUTED"),
        (PAID, 'increasing: {of: \'value("nash-bargaining", Two)\', in: g}', WHEN, "PROVED"),
        (PAID, 'increasing: {of: \'value("nash-bargaining", Two)\', in: k}', WHEN, "REFUTED"),
        (PAID, "nash-bargaining: none", "g <= 2 and k >= 1 and g^2 / k <= 4 * c <= 20", "PROVED"),
        (PAID, "nash-bargaining: none", "g <= 2 and k >= 1 and 0 < c < 1", "REFUTED"),
        # The solution has a cube root in it, or the payoffs are not concave.
        (
            {"one": "a - k * s^2 / 2", "two": "g * s - a^2 / 2"},
            "nash-bargaining: {s: g, a: g}",
            "g <= 2 and k >= 1 and c == 0",
            "UNDECIDED",
        ),
        (
            {"one": "a + k * s^2 / 2", "two": "g * s - a"},
            "nash-bargaining: {s: g, a: g}",
            "g <= 2 and k >= 1 and c == 0",
            "UNDECIDED",
        ),
    ],
)  # fmt: skip
def test_claims(
    payoffs: dict[str, str], claim: str, when: str, word: str, tmp_path: object
) -> None:
    path = f"{tmp_path}/bargain.yaml"
    with open(path, "w", encoding="utf-8") as file:
        file.write(SHAPE.format(**payoffs))
    run = CliRunner().invoke(app, ["prove", path, claim, "--when", when])
    assert run.output.startswith(word), run.output


def test_a_bargain_over_a_table_is_refused_with_the_reason() -> None:
    game = study(
        "game: test\nplayers: [One, Two]\nparameters: {x: 2}\nstrategies: [A, B]\n"
        "payoffs:\n  A, A: x, x\n  A, B: 0, 3\n  B, A: 3, 0\n  B, B: 1, 1\n"
        "bargaining:\n  disagreement: 1, 1\n"
    )
    with pytest.raises(Unsupported, match="over contracts in numbers"):
        regimes(game)


NAMED = """expect:
  - nash-bargaining: {{One: 1/4, Two: 1/4}}
    as: deal
  - compare: "payoff(One) + payoff(Two) == choice(One)^2 * k / 2"
    at: deal
    when: {when}
"""


@pytest.mark.parametrize(
    ("when", "word"),
    [(WHEN, "1 proved"), (f"{WHEN} and c != 0", "1 proved"), ("c > 1", "1 refuted")],
)
def test_an_agreement_is_followed_by_name(when: str, word: str, tmp_path: object) -> None:
    path = f"{tmp_path}/bargain.yaml"
    with open(path, "w", encoding="utf-8") as file:
        file.write(SHAPE.format(**PAID) + NAMED.format(when=when))
    run = CliRunner().invoke(app, ["check", path])
    assert "1 held" in run.output and word in run.output, run.output


FLAT = """game: test
players: [One, Two]
parameters: {{a: {{value: {value}, range: [0, 3]}}, b: {{value: {value}, range: [0, 3]}}}}
choices:
  One: s in [-1, 2]
  Two: q in [0, 2]
payoffs:
  One: b * q - a * q^2
  Two: 2 * s - s^2 / 2
bargaining:
  disagreement: -1, 0
"""
"""At a = b = 0 nobody gains or loses by q, of which the best, b / (2 * a), has no value there."""


@pytest.mark.parametrize(
    ("claim", "when", "word"),
    [
        ("nash-bargaining: none", "a == 0 and b == 0", "UNDECIDED"),
        ("nash-bargaining: none", "a >= 0", "REFUTED"),
        ("count: {nash-bargaining: 1}", "a >= 0", "UNDECIDED"),
        ("nash-bargaining: {s: 2, q: b / (2 * a)}", "a > 0 and b < 4 * a", "PROVED"),
        ("nash-bargaining: {s: 2, q: 2}", "a == 0 and b > 0", "PROVED"),
    ],
)
def test_a_term_is_not_divided_by_zero(claim: str, when: str, word: str, tmp_path: object) -> None:
    path = f"{tmp_path}/bargain.yaml"
    with open(path, "w", encoding="utf-8") as file:
        file.write(FLAT.format(value=1))
    run = CliRunner().invoke(app, ["prove", path, claim, "--when", when])
    assert run.output.startswith(word), run.output


def test_where_a_term_has_no_value_nothing_is_claimed_of_it() -> None:
    made = regimes(study(FLAT.format(value=1)), ["nash-bargaining"], most_edges=None)
    assert not made.stopped
    for point in [
        *points(made, 20, seed=3),
        (Fraction(0), Fraction(1)),
        (Fraction(1), Fraction(0)),
    ]:
        (regime,) = holders(made, point)
        assert not regime.cell.undecided
        assert regime.cell.outcome is not None
        assert difference(made.study, made.region.symbols, regime.cell.outcome, point) is None
    (regime,) = holders(made, (Fraction(0), Fraction(0)))
    assert regime.cell.undecided
    (said,) = made.statements
    assert said.what == "agreed" and not said.only_if  # there is an agreement there, too
