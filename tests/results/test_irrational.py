"""Irrational probabilities and payoffs, from answer to JSON to answer and in the report's words."""

from __future__ import annotations

import json
from fractions import Fraction as F

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_games.exact.algebraic import Algebraic, algebraic
from alliance_games.exact.written import coefficients, polynomial_text, read
from alliance_games.model.study import Case
from alliance_games.report.mixtures import decimals, mixture, mixture_words, payoff_lines
from alliance_games.report.words import amount, beside, both, number
from alliance_games.results.cases import CaseAnswer
from alliance_games.results.codec import dumps, encode_case
from alliance_games.results.decode import decode_case
from alliance_games.results.naming import exact, read_number
from alliance_games.results.result import Coverage, Result, Status
from alliance_games.results.solutions import Behaviour, Certificate
from tests.report import hand_trees as hand
from tests.results.test_codec import hold

SILVER = algebraic([-1, 2, 1], 0, 1)
"""The square root of two less one."""


def test_the_written_form_of_the_design():
    root = algebraic([-2, 0, 1], 1, 2)
    assert exact(root) == {"root": "x^2 - 2", "in": ["1", "2"], "approx": 1.41421356}
    assert read({"root": "x^2 - 2", "in": ["1", "3/2"], "approx": 1.41421356}) == root
    assert read_number("3/4") == F(3, 4)


def test_an_answer_with_irrational_numbers_reads_back():
    game = hand.horse()
    mixed = (SILVER, 1 - SILVER)
    choices = tuple(mixed if len(one.actions) == 2 else (F(1),) for one in game.sets)
    solution = Behaviour(
        choices,
        (SILVER, F(1, 2), 3 * SILVER - 1),
        ((game.size - 1, SILVER),),
        properties={"odds": SILVER, "pure": False},
        certificate=Certificate(True, "every deviation was tried", F(0)),
    )
    result = Result("nash", Status.EXACT, Coverage.ALL, "shown", "by hand", (solution,))
    answer = CaseAnswer(Case(None, {}, game), (result,), ())
    written = json.loads(dumps(encode_case(answer)))
    hold(written, "case")
    back = decode_case(written, game)
    assert back.results == (result,)
    (found,) = back.results[0].solutions
    assert isinstance(found, Behaviour) and isinstance(found.payoffs[0], Algebraic)


def test_words():
    assert number(SILVER) == "≈0.41421"
    assert beside(SILVER) == "root of x^2 + 2x - 1"
    assert both(SILVER) == "≈0.41421 (root of x^2 + 2x - 1)"
    assert amount(SILVER) == "≈0.41421"
    long = algebraic([-12345678901234567891, 98765432109876543211, 0, 10**21, 1], 0, 1)
    assert beside(long) == "root of a polynomial of degree 4"


def test_lines_of_a_table():
    def joined(line):
        return "".join(piece if isinstance(piece, str) else piece.text for piece in line)

    first, second = map(joined, mixture((SILVER, 1 - SILVER), ("Stag", "Rabbit")))
    assert first == "Stag ≈0.41421 (root of x^2 + 2x - 1)"
    assert second == "Rabbit ≈0.58579 (root of x^2 - 4x + 2)"
    assert mixture_words((SILVER, 1 - SILVER), ("Stag", "Rabbit")) == f"{first}, {second}"
    assert list(map(joined, payoff_lines((SILVER, F(1)), ("A", "B")))) == ["≈0.41421, 1"]
    assert decimals((SILVER, F(1, 3))) == "≈ 0.41421, 0.3333"


@given(st.lists(st.integers(-20, 20), min_size=1, max_size=6).filter(lambda c: c[-1] != 0))
def test_polynomials_as_text_read_back(own):
    assert coefficients(polynomial_text(tuple(own))) == tuple(own)


@pytest.mark.parametrize("text", ["", "y^2", "x^", "2.5x", "x^2 - ", "__import__('os')"])
def test_what_is_no_polynomial_is_refused(text):
    if text:
        with pytest.raises(ValueError, match="no polynomial"):
            coefficients(text)
    else:
        assert coefficients(text) == (0,)
