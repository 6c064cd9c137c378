"""Random expressions, together with their value worked out independently by Fractions."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import NamedTuple

from hypothesis import strategies as st

from alliance_games.exact.expression import (
    Arithmetic,
    Call,
    Compare,
    Condition,
    Entry,
    Expression,
    Logic,
    Name,
    Negate,
    Not,
    Number,
    Text,
)

NUMBERS = {"stag": Fraction(4), "rabbit": Fraction(-3, 2), "λ": Fraction(0), "N": Fraction(7)}
ENTRIES = {
    "power": {("France",): Fraction(3), ("1",): Fraction(1, 3), ("No treaty",): Fraction(-2)},
    "affinity": {("Japan", "Korea"): Fraction(5)},
}
WORDS = {"mine": "Stag", "Stag": "Stag", "Hide": "Hide"}


class Undefined(Exception):
    """The reference value does not exist: a division by zero was reached."""


class Sample(NamedTuple):
    """An expression, and what computes its value."""

    expression: Expression
    value: Callable[[], Fraction | bool]


decimals = st.builds(
    lambda whole, places: Fraction(whole, 10**places), st.integers(0, 10**6), st.integers(0, 6)
)


def _number(value: Fraction) -> Sample:
    return Sample(Number(value), lambda: value)


def _name(name: str) -> Sample:
    return Sample(Name(name), lambda: NUMBERS[name])


def _entry(pair: tuple[str, tuple[str, ...]]) -> Sample:
    return Sample(Entry(*pair), lambda: ENTRIES[pair[0]][pair[1]])


def _negate(inner: Sample) -> Sample:
    return Sample(Negate(inner.expression), lambda: -inner.value())


def _arithmetic(operator: str, left: Sample, right: Sample) -> Sample:
    def value() -> Fraction:
        a, b = left.value(), right.value()
        if operator == "+":
            return a + b
        if operator == "-":
            return a - b
        if operator == "*":
            return a * b
        if b == 0:
            raise Undefined
        return a / b

    return Sample(Arithmetic(operator, left.expression, right.expression), value)


def _power(base: Sample, exponent: int) -> Sample:
    def value() -> Fraction:
        result = Fraction(1)
        for _ in range(exponent):
            result *= base.value()
        return result

    return Sample(Arithmetic("^", base.expression, Number(Fraction(exponent))), value)


def _extremum(function: str, samples: list[Sample]) -> Sample:
    def value() -> Fraction:
        ordered = sorted(sample.value() for sample in samples)
        return ordered[0 if function == "min" else -1]

    return Sample(Call(function, tuple(sample.expression for sample in samples)), value)


def _absolute(inner: Sample) -> Sample:
    def value() -> Fraction:
        found = inner.value()
        return found if found > 0 else -found

    return Sample(Call("abs", (inner.expression,)), value)


def _condition(test: Sample, yes: Sample, no: Sample) -> Sample:
    return Sample(
        Condition(test.expression, yes.expression, no.expression),
        lambda: yes.value() if test.value() else no.value(),
    )


def _holds(operator: str, left: Fraction, right: Fraction) -> bool:
    difference = left - right
    return {
        "<": difference < 0,
        "<=": difference <= 0,
        ">": difference > 0,
        ">=": difference >= 0,
        "==": difference == 0,
        "!=": difference != 0,
    }[operator]


def _compare(samples: list[Sample], operators: list[str]) -> Sample:
    operators = operators[: len(samples) - 1]

    def value() -> bool:
        left = samples[0].value()
        for operator, sample in zip(operators, samples[1:], strict=True):
            right = sample.value()
            if not _holds(operator, left, right):
                return False
            left = right
        return True

    operands = tuple(sample.expression for sample in samples)
    return Sample(Compare(operands, tuple(operators)), value)


def _same_word(left: str, right: str, operator: str) -> Sample:
    node = Compare((Name(left), Text(right)), (operator,))
    return Sample(node, lambda: (WORDS[left] == right) == (operator == "=="))


def _logic(operator: str, samples: list[Sample]) -> Sample:
    def value() -> bool:
        for sample in samples:
            if sample.value() == (operator == "or"):
                return operator == "or"
        return operator == "and"

    return Sample(Logic(operator, tuple(sample.expression for sample in samples)), value)


def _not(inner: Sample) -> Sample:
    return Sample(Not(inner.expression), lambda: not inner.value())


COMPARISONS = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])

_atoms = st.one_of(
    decimals.map(_number),
    st.integers(0, 3).map(Fraction).map(_number),
    st.sampled_from(sorted(NUMBERS)).map(_name),
    st.sampled_from([(name, keys) for name in ENTRIES for keys in ENTRIES[name]]).map(_entry),
)


@st.composite
def _numbers(draw: st.DrawFn, depth: int) -> Sample:
    if depth == 0 or draw(st.integers(0, 4)) == 0:
        return draw(_atoms)
    some = _numbers(depth - 1)
    match draw(st.sampled_from(["+", "-", "*", "/", "negate", "^", "min", "max", "abs", "if"])):
        case "negate":
            return _negate(draw(some))
        case "^":
            return _power(draw(some), draw(st.integers(0, 3)))
        case "min" | "max" as function:
            return _extremum(function, draw(st.lists(some, min_size=1, max_size=3)))
        case "abs":
            return _absolute(draw(some))
        case "if":
            return _condition(draw(_truths(depth - 1)), draw(some), draw(some))
        case operator:
            return _arithmetic(operator, draw(some), draw(some))


@st.composite
def _truths(draw: st.DrawFn, depth: int) -> Sample:
    kind = draw(st.sampled_from(["compare", "same", "not", "and", "or"] if depth else ["same"]))
    if kind == "compare":
        parts = draw(st.lists(_numbers(depth - 1), min_size=2, max_size=4))
        return _compare(parts, draw(st.lists(COMPARISONS, min_size=3, max_size=3)))
    if kind == "same":
        left = draw(st.sampled_from(sorted(WORDS)))
        right = draw(st.sampled_from(["Stag", "No treaty"]))
        return _same_word(left, right, draw(st.sampled_from(["==", "!="])))
    if kind == "not":
        return _not(draw(_truths(depth - 1)))
    return _logic(kind, draw(st.lists(_truths(depth - 1), min_size=2, max_size=3)))


def samples(depth: int = 4) -> st.SearchStrategy[Sample]:
    """Expressions of numbers and of truth values, with their values."""
    return st.one_of(_numbers(depth), _truths(depth))
