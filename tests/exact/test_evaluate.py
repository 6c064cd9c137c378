"""Values of expressions: against an independent reference, and every error."""

from __future__ import annotations

import time
from decimal import Decimal, getcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_games.exact.environment import Value
from alliance_games.exact.evaluate import (
    Environment,
    EvaluationError,
    compile_expression,
    evaluate,
    evaluate_number,
    evaluate_truth,
    helper_name,
)
from alliance_games.exact.expression import Expression, Name, Number
from alliance_games.exact.span import Span
from alliance_games.reading.formula import read_formula
from tests.exact.expressions import ENTRIES, NUMBERS, WORDS, Sample, Undefined, samples

START = Span(1, 1)


def environment(**values: Value | int) -> Environment:
    known = {**NUMBERS, **WORDS, "message": "No treaty", **values}
    return Environment(known, ENTRIES, {"count": lambda arguments: 2})


def value(text: str, **values: Value | int) -> Value:
    return evaluate(read_formula(text, START), environment(**values))


def error(text: str, **values: Value | int) -> EvaluationError:
    with pytest.raises(EvaluationError) as caught:
        value(text, **values)
    return caught.value


@given(samples())
def test_values_agree_with_plain_fractions(sample: Sample) -> None:
    setting = environment()
    try:
        expected = sample.value()
    except Undefined:
        with pytest.raises(EvaluationError, match="zero"):
            evaluate(sample.expression, setting)
        return
    found = evaluate(sample.expression, setting)
    assert found == expected and isinstance(found, bool) == isinstance(expected, bool)
    assert isinstance(found, bool | Fraction)
    assert not setting.numeric
    # Compiled once, the same again.
    assert compile_expression(sample.expression)(setting) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-2^2", -4),
        ("2^3^2", 512),
        ("(2^3)^2", 64),
        ("2^-2", Fraction(1, 4)),
        ("2^-1^2", Fraction(1, 2)),
        ("0^0", 1),
        ("(-1)^999999999999", -1),
        ("1^999999999999", 1),
        ("0^999999999999", 0),
        ("8^(1/3)", 2),
        ("(8/27)^(2/3)", Fraction(4, 9)),
        ("(4/9)^-0.5", Fraction(3, 2)),
        ("0^0.5", 0),
        ("1^0.3", 1),
        ("(10^300)^(1/3)", 10**100),
        ("sqrt(4/9)", Fraction(2, 3)),
        ("sqrt(0)", 0),
        ("exp(0)", 1),
        ("log(1)", 0),
        ("0.1 + 0.2 == 0.3", True),
        ("7 - 2 - 1", 4),
        ("12 / 3 / 2", 2),
        ("2 * -3", -6),
        ("4 > 3 > 2 > 1", True),
        ("3 > 2 > 2", False),
        ("1 < 2 == 2", True),
        ("message == \"No treaty\"", True),
        ("mine == Stag", True),
        ("mine != Hide and stag == 4", True),
        ("(1 < 2) == (3 < 4)", True),
        ("not 1 < 2 or 2 < 3", True),
        ("power[France] * affinity[Japan, Korea]", 15),
        ("power[1] + power[\"No treaty\"]", Fraction(-5, 3)),
        ("count(Stag) + 1", 3),
        ("if(stag > 0, 1, 0) + if(stag < 0, 1, 0)", 1),
        ("min(3, stag, rabbit)", Fraction(-3, 2)),
        ("max(1, 1)", 1),
        ("abs(rabbit)", Fraction(3, 2)),
        ("mine", "Stag"),
    ],
)  # fmt: skip
def test_values(text: str, expected: Value) -> None:
    setting = environment()
    found = evaluate(read_formula(text, START), setting)
    assert found == expected
    assert type(found) is (Fraction if type(expected) is int else type(expected))
    assert not setting.numeric


@pytest.mark.parametrize(
    "text",
    [
        "if(stag > 0, 1, 1 / 0)",
        "if(stag < 0, nowhere, 1)",
        "if(stag > 0 or 1 / 0 > 1, 1, 0)",
        "if(stag < 0 and nowhere > 1, 0, 1)",
        "if(0 > 1 > 1 / 0, 0, 1)",
    ],
)
def test_what_is_not_needed_is_not_evaluated(text: str) -> None:
    assert value(text) == 1


# Errors: code, column, length


@pytest.mark.parametrize(
    ("text", "code", "column", "length", "message"),
    [
        ("stag / (stag - 4)", "division-by-zero", 9, 8, "stag - 4 is 0"),
        ("1 / 0", "division-by-zero", 5, 1, "division by zero"),
        ("1 + 0^-1", "division-by-zero", 5, 1, "zero to the power -1"),
        ("0^-0.5", "division-by-zero", 1, 1, "zero to the power -0.5"),
        ("2 * rabit", "undefined-name", 5, 5, "'rabit' is not defined"),
        ("1 + power", "undefined-name", 5, 5, "several entries"),
        ("power[Spain]", "undefined-entry", 1, 12, "no entry 'Spain'"),
        ("stag[France]", "undefined-entry", 1, 12, "'stag' has no entries"),
        ("pwer[France]", "undefined-entry", 1, 12, "'pwer' is not defined"),
        ("1 + others(Stag)", "unknown-function", 5, 12, "no function 'others'"),
        ("1 + mine", "type", 5, 4, "'Stag' is a name"),
        ("1 + (1 < 2)", "type", 6, 5, "a condition"),
        ("if(stag, 1, 2)", "type", 4, 4, "stag is a number"),
        ("if(mine, 1, 2)", "type", 4, 4, "'Stag' is a name"),
        ("mine == 1", "type", 1, 9, "cannot be compared"),
        ("(1 < 2) == 1", "type", 1, 12, "a condition and a number"),
        ("mine < 1", "type", 1, 4, "'Stag' is a name"),
        ("1 and 2 > 1", "type", 1, 1, "1 is a number"),
        ("1 + sqrt(-stag)", "domain", 5, 11, "-stag is -4"),
        ("log(0)", "domain", 1, 6, "positive"),
        ("(-8)^(1/3)", "domain", 1, 10, "negative"),
        ("9^9^9^9", "too-large", 3, 5, "too large"),
        ("2^100001", "too-large", 1, 8, "too large"),
        ("exp(10^6)", "too-large", 1, 9, "too large"),
        ("2.5^(10^6 + 0.5)", "too-large", 1, 16, "too large"),
        ("2^49999 * 2^49999 * 2^49999", "too-large", 1, 27, "too large"),
    ],
)
def test_errors_say_what_and_where(
    text: str, code: str, column: int, length: int, message: str
) -> None:
    fault = error(text)
    assert (fault.code, fault.span) == (code, Span(1, column, length))
    assert message in fault.message and str(fault) == fault.message


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("rabit", "did you mean 'rabbit'?"),
        ("power", "as in power[France]"),
        ("nan", "every number is finite here"),
        ("Infinity", "every number is finite here"),
        ("count", "'count' is a function: write count(...)"),
        ("sqrt + 1", "'sqrt' is a function: write sqrt(...)"),
        ("power[Frnce]", "did you mean 'France'?"),
        ("stag[x]", "'stag' is a single number: write stag alone"),
        ("pwoer[France]", "did you mean 'power'?"),
        ("1 + (stag > 2)", "write if(stag > 2, 1, 0) to count it as 1 or 0"),
        ("if(stag, 1, 2)", "compare it, as in stag > 0"),
        ("if(message, 1, 2)", "compare it, as in mine == \"No treaty\""),
        ("mine == 1", "if 1 is a name here, write it in quotes: \"1\""),
        ("1 + mine", "a name can only be compared, with == or !="),
    ],
)  # fmt: skip
def test_errors_say_what_to_do(text: str, hint: str) -> None:
    assert error(text).hint == hint


def test_towers_of_powers_are_refused_at_once() -> None:
    begin = time.process_time()
    for text in ["9^9^9^9", "9^9^9^9^9^9", "(9^9999)^9999", "2^0.1^-9^9^9", "(1/3)^(10^9)"]:
        assert error(text).code == "too-large"
    assert time.process_time() - begin < 1


def test_a_call_of_a_number_is_seen_as_a_missing_times() -> None:
    node = read_formula("stag(2)", START, functions={"stag"})
    with pytest.raises(EvaluationError) as caught:
        evaluate(node, environment())
    assert caught.value.hint == "'stag' is a number: write stag * (...) to multiply"


def test_wrong_numbers_of_arguments_made_in_memory() -> None:
    from alliance_games.exact.expression import Call

    for call in [Call("min", ()), Call("sqrt", (Name("stag"), Name("stag"))), Call("abs", ())]:
        with pytest.raises(EvaluationError, match="takes") as caught:
            evaluate(call, environment())
        assert caught.value.code == "type"


# Beyond the rationals


def digits(text: str, **values: Value | int) -> tuple[Decimal, Environment]:
    setting = environment(**values)
    found = evaluate_number(read_formula(text, START), setting)
    getcontext().prec = 60
    return Decimal(found.numerator) / Decimal(found.denominator), setting


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # To 49 places, from tables of constants (OEIS A002193, A001113, A002392, A002580).
        ("sqrt(2)", "1.4142135623730950488016887242096980785696718753769"),
        ("2^0.5", "1.4142135623730950488016887242096980785696718753769"),
        ("exp(1)", "2.7182818284590452353602874713526624977572470937000"),
        ("log(10)", "2.3025850929940456840179914546843642076011014886288"),
        ("2^(1/3)", "1.2599210498948731647672106072782283505702514647015"),
    ],
)
def test_approximations_have_fifty_digits(text: str, expected: str) -> None:
    found, setting = digits(text)
    assert setting.numeric
    assert abs(found - Decimal(expected)) < Decimal(10) ** -48


@given(st.fractions(min_value=Fraction(1, 10**9), max_value=10**9))
def test_roots_exponentials_and_logarithms_undo_each_other(number: Fraction) -> None:
    def near(text: str) -> bool:
        found = value(text, x=number)
        assert isinstance(found, Fraction)
        return abs(found - number) <= number * Fraction(1, 10**45)

    assert near("sqrt(x)^2")
    assert near("exp(log(x))")
    assert near("(x^(1/7))^7")
    assert near("1 / x^-1")


def test_logarithms_near_one_keep_their_digits() -> None:
    found, _ = digits("log(1 + 10^-80)")
    assert abs(found / Decimal("1e-80") - 1) < Decimal("1e-48")


def test_numeric_is_shared_with_extended_environments_and_can_be_reset() -> None:
    setting = environment()
    inner = setting.extended({"x": 2})
    evaluate(read_formula("sqrt(x)"), inner)
    assert inner.numeric and setting.numeric
    setting.numeric = False
    assert not inner.numeric
    setting.numeric = True
    assert inner.numeric


# Environments and helpers


def test_extended_environments_hide_and_keep() -> None:
    outer = Environment({"x": 1, "mine": "Stag", "flag": True})
    inner = outer.extended({"x": "Hide", "mine": 3}, {"f": lambda arguments: len(arguments)})
    assert evaluate(Name("x"), inner) == "Hide" and evaluate(Name("mine"), inner) == 3
    assert evaluate(Name("x"), outer) == 1 and evaluate(Name("mine"), outer) == "Stag"
    assert evaluate(Name("flag"), inner) is True
    assert evaluate(read_formula("f(x, y)", functions={"f"}), inner) == 2
    with pytest.raises(EvaluationError, match="no function"):
        evaluate(read_formula("f(x)", functions={"f"}), outer)
    assert set(inner.known_names()) == {"x", "mine", "flag"}


def test_helpers_get_their_arguments_unevaluated() -> None:
    seen: list[tuple[Expression, ...]] = []

    def total(arguments: tuple[Expression, ...]) -> Fraction:
        seen.append(arguments)
        return Fraction(4, 2)

    setting = Environment(functions={"total": total})
    expression = read_formula('total(nowhere, "No treaty") + 1')
    assert evaluate(expression, setting) == 3
    assert [helper_name(argument) for argument in seen[0]] == ["nowhere", "No treaty"]


def test_names_handed_to_helpers() -> None:
    assert helper_name(Number(Fraction(12))) == "12"
    with pytest.raises(EvaluationError, match="not the formula 1 \\+ 2") as caught:
        helper_name(read_formula("1 + 2", Span(4, 2)))
    assert caught.value.span == Span(4, 2, 5)


def test_evaluating_to_a_kind() -> None:
    setting = environment()
    assert evaluate_truth(read_formula("stag > 1"), setting) is True
    with pytest.raises(EvaluationError, match="is a number"):
        evaluate_truth(read_formula("stag"), setting)
    with pytest.raises(EvaluationError, match="a condition"):
        evaluate_number(read_formula("stag > 1"), setting)
    with pytest.raises(EvaluationError, match="is a name"):
        evaluate_number(read_formula("mine"), setting)


def test_compiled_values_are_ints_where_integral() -> None:
    program = compile_expression(read_formula("x / 2"))
    assert type(program(Environment({"x": Fraction(4)}))) is int
    assert program(Environment({"x": 3})) == Fraction(3, 2)


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("sqrt(2) * sqrt(2) == 2", True),
        ("sqrt(2) * sqrt(2) != 2", False),
        ("sqrt(2) * sqrt(2) < 2", False),
        ("sqrt(2) * sqrt(2) >= 2", True),
        ("2 > sqrt(2) * sqrt(2)", False),
        ("1 < sqrt(2) * sqrt(2) <= 2 <= exp(log(2)) < 3", True),
        ("exp(-300) > 0", True),
        ("exp(1) < exp(1) + 1e-30", True),
        ("1 + 1e-60 > 1", True),
    ],
)
def test_conditions_hold_approximations_that_agree_to_be_equal(text: str, truth: bool) -> None:
    assert value(text) is truth
