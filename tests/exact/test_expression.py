"""The expression tree: equality, immutability, pickling, substitution, bounds, notation."""

from __future__ import annotations

import copy
import pickle
from fractions import Fraction

import pytest
from hypothesis import given

from alliance_games.exact.expression import (
    MAX_DEPTH,
    Arithmetic,
    Call,
    Compare,
    Condition,
    Entry,
    Expression,
    ExpressionTooLarge,
    Logic,
    Name,
    Negate,
    Not,
    Number,
    Text,
    calls,
    check_size,
    children,
    names,
    quoted,
    rebuild,
    substitute,
    to_text,
    walk,
)
from alliance_games.exact.span import NOWHERE, Span
from tests.exact.expressions import Sample, samples

a, b, c, d = Name("a"), Name("b"), Name("c"), Name("d")
one, two = Number(Fraction(1)), Number(Fraction(2))


def add(left: Expression, right: Expression) -> Expression:
    return Arithmetic("+", left, right)


def test_equal_by_content_wherever_they_stand() -> None:
    here, there = Name("a", Span(1, 1)), Name("a", Span(9, 9, 3))
    assert here == there and hash(here) == hash(there)
    assert here.span != there.span
    assert Name("a") != Text("a") and Name("a") != "a"
    assert add(a, b) != add(b, a) and add(a, b) != Arithmetic("-", a, b)


@pytest.mark.parametrize("node", [a, one, add(a, b), Entry("p", ("x",))])
def test_immutable(node: Expression) -> None:
    with pytest.raises(AttributeError, match="immutable"):
        node.span = NOWHERE
    with pytest.raises(AttributeError, match="immutable"):
        del node.span


@given(samples())
def test_pickled_and_copied_whole(sample: Sample) -> None:
    expression = sample.expression
    back = pickle.loads(pickle.dumps(expression))
    assert back == expression and hash(back) == hash(expression)
    assert [node.span for node in walk(back)] == [node.span for node in walk(expression)]
    assert copy.deepcopy(expression) == expression


def test_a_compiled_expression_still_pickles() -> None:
    from alliance_games.exact.evaluate import Environment, evaluate

    expression = add(a, one)
    assert evaluate(expression, Environment({"a": 1})) == 2
    assert evaluate(pickle.loads(pickle.dumps(expression)), Environment({"a": 2})) == 3


def test_repr_shows_the_structure() -> None:
    assert repr(Negate(a)) == "Negate(Name('a'))"
    assert str(add(a, b)) == "a + b"


def test_walk_goes_left_to_right_parents_first() -> None:
    tree = Condition(Compare((a, b), ("<",)), add(c, one), Negate(d))
    assert [to_text(node) for node in walk(tree)] == [
        "if(a < b, c + 1, -d)", "a < b", "a", "b", "c + 1", "c", "1", "-d", "d",
    ]  # fmt: skip


def test_names_and_calls() -> None:
    tree = add(Call("total", (Name("power"), Name("S"))), Call("max", (Entry("w", ("France",)), a)))
    assert names(tree) == {"power", "S", "w", "a"}
    assert calls(tree) == {"total", "max"}


@given(samples())
def test_rebuild_from_its_own_parts_changes_nothing(sample: Sample) -> None:
    for node in walk(sample.expression):
        assert rebuild(node, children(node)) == node


def test_a_comparison_needs_matching_operators() -> None:
    with pytest.raises(ValueError, match="one operand more"):
        Compare((a, b), ("<", "<"))
    with pytest.raises(ValueError, match="one operand more"):
        Compare((a,), ())


# Substitution


def test_substitution_is_simultaneous() -> None:
    assert substitute(add(a, b), {"a": b, "b": a}) == add(b, a)


def test_substitution_reaches_every_kind_of_node() -> None:
    tree = Condition(
        Logic("and", (Not(Compare((a, b), ("==",))), Compare((a, one), (">",)))),
        Negate(Call("max", (a, b))),
        Arithmetic("^", a, two),
    )
    expected = "if(not c == b and c > 1, -max(c, b), c^2)"
    assert to_text(substitute(tree, {"a": c})) == expected


def test_substitution_leaves_entries_and_untouched_parts() -> None:
    untouched = add(b, c)
    tree = add(untouched, add(a, Entry("a", ("France",))))
    result = substitute(tree, {"a": one})
    assert to_text(result) == "b + c + (1 + a[France])"
    assert isinstance(result, Arithmetic) and result.left is untouched
    assert substitute(untouched, {"z": one}) is untouched


def test_what_is_put_in_keeps_its_own_place() -> None:
    definition = Name("x", Span(3, 8))
    result = substitute(Negate(Name("gap", Span(9, 2, 3)), Span(9, 1, 4)), {"gap": definition})
    assert isinstance(result, Negate)
    assert result.span == Span(9, 1, 4) and result.operand.span == Span(3, 8)


def test_doubling_definitions_are_refused_without_being_written_out() -> None:
    expression: Expression = a
    for _ in range(16):
        expression = substitute(add(b, b), {"b": expression})
    check_size(expression)  # 2^17 - 1 parts, made of 17 objects
    with pytest.raises(ExpressionTooLarge, match="200,000 parts"):
        substitute(add(b, b), {"b": expression})


def test_a_tree_too_deep_is_refused() -> None:
    expression: Expression = a
    for _ in range(MAX_DEPTH - 1):
        expression = Negate(expression)
    check_size(expression)
    with pytest.raises(ExpressionTooLarge, match="200 operations"):
        substitute(Negate(b), {"b": expression})


# Notation


@pytest.mark.parametrize(
    ("tree", "text"),
    [
        (Arithmetic("*", add(a, b), c), "(a + b) * c"),
        (add(a, Arithmetic("*", b, c)), "a + b * c"),
        (Arithmetic("-", a, Arithmetic("-", b, c)), "a - (b - c)"),
        (Arithmetic("-", Arithmetic("-", a, b), c), "a - b - c"),
        (Arithmetic("/", a, Arithmetic("*", b, c)), "a / (b * c)"),
        (Arithmetic("^", Arithmetic("^", a, b), c), "(a^b)^c"),
        (Arithmetic("^", a, Arithmetic("^", b, c)), "a^b^c"),
        (Arithmetic("^", a, Negate(b)), "a^-b"),
        (Negate(Arithmetic("^", a, two)), "-a^2"),
        (Arithmetic("^", Negate(a), two), "(-a)^2"),
        (Arithmetic("*", Negate(a), b), "-a * b"),
        (Negate(Arithmetic("*", a, b)), "-(a * b)"),
        (Arithmetic("-", a, Negate(b)), "a - -b"),
        (Logic("and", (Logic("or", (a, b)), c)), "(a or b) and c"),
        (Logic("or", (Logic("and", (a, b)), c)), "a and b or c"),
        (Logic("and", (Logic("and", (a, b)), c)), "(a and b) and c"),
        (Not(Logic("and", (a, b))), "not (a and b)"),
        (Logic("and", (Not(a), b)), "not a and b"),
        (Not(Compare((a, b), ("<",))), "not a < b"),
        (Compare((Compare((a, b), ("<",)), c), ("==",)), "(a < b) == c"),
        (Compare((a, b, c), (">", ">=")), "a > b >= c"),
        (Entry("p", ("No treaty", "010", "if", "A")), 'p["No treaty", 010, "if", A]'),
        (Compare((a, Text('say "no"')), ("!=",)), "a != 'say \"no\"'"),
        (Number(Fraction(1, 10)), "0.1"),
        (Number(Fraction(-5, 4)), "-1.25"),
        (Arithmetic("^", Number(Fraction(-2)), two), "(-2)^2"),
        (Arithmetic("/", a, Number(Fraction(1, 3))), "a / (1/3)"),
    ],
)  # fmt: skip
def test_notation_has_the_parentheses_it_needs(tree: Expression, text: str) -> None:
    assert to_text(tree) == text


def test_quoting_picks_quotes_the_name_does_not_contain() -> None:
    assert quoted("No treaty") == '"No treaty"'
    assert quoted("""a"b'c""") == """“a"b'c”"""
    with pytest.raises(ValueError, match="no formula can quote"):
        quoted("\"'“‘”’")
