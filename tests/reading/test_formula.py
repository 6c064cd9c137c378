"""The formula reader: what it accepts, and what it says at which column where it does not."""

from __future__ import annotations

import time
import unicodedata
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from alliance_games.exact.expression import (
    Arithmetic,
    Call,
    Compare,
    Entry,
    Name,
    Negate,
    Number,
    Text,
    to_text,
    walk,
)
from alliance_games.exact.span import NOWHERE, Span
from alliance_games.reading.formula import (
    FormulaError,
    read_formula,
    read_formulas,
    read_number,
)
from tests.exact.expressions import Sample, samples

START = Span(1, 1)


def fault(text: str) -> FormulaError:
    with pytest.raises(FormulaError) as caught:
        read_formula(text, START)
    return caught.value


@given(samples())
def test_what_is_written_is_read_again(sample: Sample) -> None:
    assert read_formula(to_text(sample.expression)) == sample.expression


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a*b+c", "a * b + c"),
        ("(a)", "a"),
        ("((a + b))*c", "(a + b) * c"),
        ("2−1", "2 - 1"),
        ("a – b", "a - b"),
        ("2×3·4⋅5", "2 * 3 * 4 * 5"),
        ("a·b", "a * b"),
        ("1 ≤ 2 ≥ 3 ≠ 4", "1 <= 2 >= 3 != 4"),
        ("½ * x", "0.5 * x"),
        ("x ÷ 2", "x / 2"),
        ("+3 - +2", "3 - 2"),
        ("- - a", "--a"),
        (".5 + 5. + 1.e1", "0.5 + 5 + 10"),
        ("1e3 + 1E-3 + 2.5e+1 + 1e−2", "1000 + 0.001 + 25 + 0.01"),
        ("010", "10"),
        ("not a == b", "not a == b"),
        ("a < b and not c > d or e == f", "a < b and not c > d or e == f"),
        ("“No treaty” == message", '"No treaty" == message'),
        ("'No treaty' != message", '"No treaty" != message'),
        ("power[France] + affinity[ Japan ,Korea ]", "power[France] + affinity[Japan, Korea]"),
        ('power["No treaty"]', 'power["No treaty"]'),
        ("power[010]", "power[010]"),
        ("if(mine == Balance, 1, 0)", "if(mine == Balance, 1, 0)"),
        ("total(power, Balance) / total(power)", "total(power, Balance) / total(power)"),
        ('count("No treaty") + others(S) + plays(France, S)',
         'count("No treaty") + others(S) + plays(France, S)'),
        ("a\n  + b", "a + b"),
        ("a\u00a0+\u2009b", "a + b"),
    ],
)  # fmt: skip
def test_formulas(text: str, written: str) -> None:
    assert to_text(read_formula(text)) == written


@pytest.mark.parametrize(
    "name",
    ["beta", "N", "S", "I", "lambda", "E", "pi", "Yes", "No", "on", "n", "mine", "size", "min",
     "max", "count", "total", "exp", "log", "sqrt", "e", "null", "true", "None", "import", "λ",
     "Δ_1", "été", "अ", "हिन्दी", "x1", "_x", "__import__", "And", "IF"],
)  # fmt: skip
def test_every_word_a_modeller_uses_is_a_name(name: str) -> None:
    assert read_formula(name) == Name(name)
    assert read_formula(f"2*{name}") == Arithmetic("*", Number(Fraction(2)), Name(name))
    assert read_formula(f"{name}[{name}]") == Entry(name, (name,))


def test_names_are_composed_but_not_made_compatible() -> None:
    assert read_formula(unicodedata.normalize("NFD", "été")) == Name("été")
    assert read_formula('"' + unicodedata.normalize("NFD", "été") + '" == a') == Compare(
        (Text("été"), Name("a")), ("==",)
    )
    assert read_formula("ℝ") == Name("ℝ") != Name("R")


def test_a_name_called_is_a_call_and_alone_a_name() -> None:
    node = read_formula("count(count) + count")
    assert node == Arithmetic("+", Call("count", (Name("count"),)), Name("count"))


def test_other_functions_may_be_allowed() -> None:
    assert read_formula("payoff(A) > 0", functions={"payoff"}) == Compare(
        (Call("payoff", (Name("A"),)), Number(Fraction(0))), (">",)
    )
    assert read_formula("f()", functions={"f"}) == Call("f", ())


def test_spans() -> None:
    text = "stag - (rabbit + 2) * max(a, power[x]) ^ -1"
    tree = read_formula(text, Span(7, 11))
    for node in walk(tree):
        assert node.span.line == 7
        start = node.span.column - 11
        piece = text[start : start + node.span.length]
        assert read_formula(piece) == node
    assert isinstance(tree, Arithmetic) and tree.right.span == Span(7, 18, 36)


def test_spans_by_function() -> None:
    tree = read_formula("a + b", lambda offset, length: Span(3, 100 + offset, length))
    assert tree.span == Span(3, 100, 5)
    with pytest.raises(FormulaError) as caught:
        read_formula("a + ", lambda offset, length: Span(3, 100 + offset, length))
    assert caught.value.span == Span(3, 104)


def test_without_a_place_spans_are_nowhere_in_a_file() -> None:
    assert read_formula("a").span.line == NOWHERE.line


# Lists


def test_lists_of_formulas() -> None:
    assert read_formulas("stag, 0") == (Name("stag"), Number(Fraction(0)))
    assert read_formulas("max(1, 2), power[a, b], -c") == (
        Call("max", (Number(Fraction(1)), Number(Fraction(2)))),
        Entry("power", ("a", "b")),
        Negate(Name("c")),
    )
    assert read_formulas("x") == (Name("x"),)


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("", 1, "a formula is missing here"),
        ("a,", 3, "something is missing after ','"),
        (", a", 1, "missing before this comma"),
        ("a,,b", 3, "missing before this comma"),
        ("a, b c", 6, "operator is missing before 'c'"),
        ("a, \"x\"", 4, "is a name, not a number"),
        ("a), b", 2, "closes nothing"),
    ],
)  # fmt: skip
def test_faulty_lists(text: str, column: int, message: str) -> None:
    with pytest.raises(FormulaError) as caught:
        read_formulas(text, START)
    assert caught.value.span.column == column
    assert message in caught.value.message


# Numbers


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3", 3), ("-3", -3), ("−3", -3), ("+3", 3), ("0.1", Fraction(1, 10)), ("010", 10),
        ("1e-3", Fraction(1, 1000)), ("3/4", Fraction(3, 4)), (" -3 / 4 ", Fraction(-3, 4)),
        ("0.5/0.25", 2), ("¾", Fraction(3, 4)), ("0e9999999", 0), ("1e1000", 10**1000),
        ("0." + "0" * 999 + "1", Fraction(1, 10**1000)), ("9" * 1000, 10**1000 - 1),
    ],
)  # fmt: skip
def test_numbers_are_exact(text: str, number: Fraction) -> None:
    found = read_number(text)
    assert found == number and type(found) is Fraction


@given(st.integers(-(10**30), 10**30), st.integers(0, 40))
def test_decimals_are_exact(digits: int, places: int) -> None:
    written = f"{digits}e-{places}"
    assert read_number(written) == Fraction(digits, 10**places)


@pytest.mark.parametrize(
    ("text", "code", "column", "length"),
    [
        ("nan", "not-finite", 1, 3),
        (" -inf", "not-finite", 2, 4),
        (".NaN", "not-finite", 1, 4),
        ("-.inf", "not-finite", 1, 5),
        ("Infinity", "not-finite", 1, 8),
        ("∞", "not-finite", 1, 1),
        ("1/0", "division-by-zero", 3, 1),
        ("", "not-a-number", 1, 1),
        ("stag", "not-a-number", 1, 4),
        ("1 + 1", "not-a-number", 1, 5),
        ("1/2/3", "not-a-number", 1, 5),
        ("--1", "not-a-number", 1, 3),
        ("1,5", "not-a-number", 1, 3),
        ("1e999999999", "number-too-large", 1, 11),
        ("1e1001", "number-too-large", 1, 6),
        ("-1e-1001", "number-too-large", 2, 7),
        ("9" * 1001, "number-too-large", 1, 1001),
        ("0" * 5000, "number-too-large", 1, 5000),
        ("1e" + "9" * 5000, "number-too-large", 1, 5002),
        ("٣", "formula-syntax", 1, 1),
        ("5%", "formula-syntax", 2, 1),
    ],
)
def test_what_is_no_number(text: str, code: str, column: int, length: int) -> None:
    with pytest.raises(FormulaError) as caught:
        read_number(text, START)
    assert (caught.value.code, caught.value.span) == (code, Span(1, column, length))


# Faults


@pytest.mark.parametrize(
    ("text", "column", "length", "message", "hint"),
    [
        ("a**b", 2, 2, "'**' is not used", "power is ^"),
        ("a = b", 3, 1, "'=' is not used", "compare with =="),
        ("a === b", 3, 3, "'===' is not used", "compare with =="),
        ("a && b", 3, 2, "'&&' is not used", "write 'and'"),
        ("a || b", 3, 2, "'||' is not used", "write 'or'"),
        ("!a", 1, 1, "'!' is not used", "write 'not'"),
        ("a <> b", 3, 2, "'<>' is not used", "'not equal' is !="),
        ("a => b", 3, 2, "'=>' is not used", "write >="),
        ("a =< b", 3, 2, "'=<' is not used", "write <="),
        ("a // b", 3, 2, "'//' is not used", "division is /, and it is exact"),
        ("5%", 2, 1, "'%' is not used", "write 5% as 0.05 or 5/100"),
        ("a ? b : c", 3, 1, "'?' is not used", "write if(test, yes, no)"),
        ("a : b", 3, 1, "':' is not used", "a condition is if(test, yes, no)"),
        ("x²", 2, 1, "'²' is not used", "write ^2"),
        ("√2", 1, 1, "'√' is not used", "write sqrt(x)"),
        ("1 - ∞", 5, 1, "'∞' is not used", "every number is finite here"),
        ("-.inf", 2, 4, "'.inf' is not a number", "every number is finite here"),
        ("{a}", 1, 1, "'{' is not used", "group with round brackets ( )"),
        ("[a + b]", 1, 1, "a name is missing before this bracket", "group with round brackets ( )"),
        ("a; b", 2, 1, "';' is not used", "separate with commas"),
        ("a, b", 2, 1, "a comma cannot stand here", "one formula is expected here"),
        ("a.b", 2, 1, "'.' stands only inside a number",
         "a name is one word: letters, digits and underscores"),
        ("__import__('os').system('x')", 17, 1, "'.' stands only inside a number",
         "a name is one word: letters, digits and underscores"),
        ("__import__('os')", 1, 10, "there is no function '__import__'",
         "to multiply, write __import__ * (...)"),
        ("1..2", 2, 2, "'..' is not used", "a number has one decimal point"),
        ("1.2.3", 4, 2, "operator is missing before '.3'", ""),
        ("2 stag", 3, 4, "operator is missing before 'stag'", "to multiply, write 2 * stag"),
        ("2stag", 2, 4, "operator is missing before 'stag'", "to multiply, write 2 * stag"),
        ("a b", 3, 1, "operator is missing before 'b'",
         'to multiply, write a * b; a name of several words is quoted: "a b"'),
        ("(a) b", 5, 1, "operator is missing before 'b'", "to multiply, write *"),
        ("2(a)", 2, 1, "operator is missing before '('", "to multiply, write *"),
        ("beta(1 + x)", 1, 4, "there is no function 'beta'", "to multiply, write beta * (...)"),
        ("cuont(S)", 1, 5, "there is no function 'cuont'", "did you mean 'count'?"),
        ("a[b][c]", 5, 1, "operator is missing before '['", ""),
        ('message "No"', 9, 4, 'operator is missing before "', "compare names with =="),
        ('"No treaty"', 1, 11, "is a name, not a number",
         "a quoted name is compared, with == or !=, or handed to a helper"),
        ('1 + "a"', 5, 3, "is a name, not a number",
         "a quoted name is compared, with == or !=, or handed to a helper"),
        ('max("a", 1)', 5, 3, "is a name, not a number",
         "a quoted name is compared, with == or !=, or handed to a helper"),
        ('1 < "a"', 5, 3, "is a name, not a number",
         "a quoted name is compared, with == or !=, or handed to a helper"),
        ("'abc", 1, 1, "this quote is never closed", "add '"),
        ('x == "', 6, 1, "this quote is never closed", 'add "'),
        ("''", 1, 2, "an empty name", ""),
        ("(a + b", 1, 1, "this bracket is never closed", "add ')'"),
        ("max(a, b", 4, 1, "this bracket is never closed", "add ')'"),
        ("power[a", 6, 1, "this bracket is never closed", "add ']'"),
        ("(a]", 3, 1, "this ']' closes nothing", ""),
        ("a)", 2, 1, "this ')' closes nothing", ""),
        (")", 1, 1, "this ')' closes nothing", ""),
        ("()", 2, 1, "nothing between these brackets", ""),
        ("power[]", 7, 1, "a name is missing between these brackets", "as in power[France]"),
        ("power[-1]", 7, 1, "a name is missing between these brackets", "as in power[France]"),
        ("power[United States]", 14, 6, "more than one word",
         'write it in quotes: "United States"'),
        ("", 1, 1, "a formula is missing here", ""),
        ("  ", 3, 1, "a formula is missing here", ""),
        ("a +", 4, 1, "something is missing after '+'", ""),
        ("a + * b", 5, 1, "something is missing between '+' and '*'", ""),
        ("* b", 1, 1, "something is missing before '*'", ""),
        ("a and", 6, 1, "something is missing after 'and'", ""),
        ("and a", 1, 3, "something is missing before 'and'", ""),
        ("max(a,)", 7, 1, "something is missing between ',' and ')'", ""),
        ("max(,a)", 5, 1, "a formula is missing before this comma", ""),
        ("if a", 1, 2, "'if' needs brackets", "write if(test, yes, no)"),
        ("if(a, b)", 1, 2, "'if' takes three parts, not 2", "write if(test, yes, no)"),
        ("a if b", 3, 2, "'if' cannot stand here", "write if(test, yes, no)"),
        ("a not b", 3, 3, "'not' cannot stand here", "'not equal' is !="),
        ("min()", 1, 3, "'min' takes at least one argument, not 0", ""),
        ("sqrt(1, 2)", 1, 4, "'sqrt' takes one argument, not 2", ""),
        ("plays(France)", 1, 5, "'plays' takes two arguments, not 1", ""),
        ("total(a, b, c)", 1, 5, "'total' takes one argument or two, not 3", ""),
        ("a # b", 3, 1, "'#' is not used", ""),
        ("a \x07", 3, 1, "the character U+0007 is not used", ""),
        ("٣", 1, 1, "'٣' is not read as a number", "use the digits 0-9"),
        ("5e", 2, 1, "operator is missing before 'e'", "to multiply, write 5 * e"),
    ],
)  # fmt: skip
def test_faults(text: str, column: int, length: int, message: str, hint: str) -> None:
    found = fault(text)
    assert message in found.message and str(found) == found.message
    assert (found.span, found.hint) == (Span(1, column, length), hint)


# Hostile formulas


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("(" * 10_000, "formula-too-deep"),
        ("(" * 9_999 + "1" + ")" * 9_999, "formula-too-deep"),
        ("-" * 10_000 + "1", "formula-too-deep"),
        ("not " * 4_000 + "a", "formula-too-deep"),
        ("2^" * 9_000 + "1", "formula-too-deep"),
        ("min(" * 4_000 + "1", "formula-too-deep"),
        ("1+" * 9_000 + "1", "formula-too-deep"),
        ("a * " * 4_000 + "1", "formula-too-deep"),
        ("if(a," * 4_000, "formula-too-deep"),
        ("1" * 20_001, "formula-too-long"),
        ("(" * 1_000_000, "formula-too-long"),
        ("9" * 20_000, "number-too-large"),
    ],
)
def test_hostile_formulas_are_refused_quickly(text: str, code: str) -> None:
    begin = time.process_time()
    assert fault(text).code == code
    assert time.process_time() - begin < 0.5


def test_what_is_just_within_the_bounds_is_read_and_safe_to_recurse_over() -> None:
    import copy
    import pickle

    for text in [
        "(" * 99 + "1" + ")" * 99,
        "+".join(["a"] * 200),
        "max(" * 99 + "a" + ")" * 99,
        "if(a > b, 1, " * 98 + "0" + ")" * 98,
        "a < " + "(" * 98 + "b" + ")" * 98,
    ]:
        tree = read_formula(text)
        assert read_formula(to_text(tree)) == tree
        assert pickle.loads(pickle.dumps(tree)) == copy.deepcopy(tree)
    many = read_formula(f"max({', '.join(['a'] * 5_000)}) > 0" + " and a" * 400)
    assert len(list(walk(many))) == 5_404


_pieces = st.sampled_from(
    ["a", "b1", "λ", "2", "0.5", "1e3", "+", "-", "*", "/", "^", "<", "<=", "==", "!=", "=", "(",
     ")", "[", "]", ",", " ", "and", "or", "not", "if", "max(", "count(", '"x y"', "'", ".", "½",
     "−", "≤", "?", "!", "\n", "🂡", "\u0301"]
)  # fmt: skip


@given(st.one_of(st.text(max_size=60), st.lists(_pieces, max_size=40).map("".join)))
@example("\ud800")
@example("a\u00b7")
def test_any_text_is_read_or_refused_in_place(text: str) -> None:
    error, trees = None, ()
    try:
        trees = read_formulas(text, START)
    except FormulaError as refused:
        error = refused
    if error is not None:
        assert error.message and error.code
        assert 1 <= error.span.column <= len(text) + 1
        assert error.span.column + error.span.length <= len(text) + 2
    for tree in trees:
        written = to_text(tree)
        assert read_formula(written) == tree
        assert to_text(read_formula(written)) == written


@given(st.one_of(st.text(max_size=30), st.text("0123456789./-e ", max_size=8)))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    error, number = None, Fraction(0)
    try:
        number = read_number(text, START)
    except FormulaError as refused:
        error = refused
    if error is None:
        assert read_number(str(number)) == number
    else:
        assert error.span.line == 1 and error.message
