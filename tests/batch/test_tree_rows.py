"""The answers of a tree as rows and as Python objects: assessments, continua, what is ruled out."""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction

import pytest

import alliance_games as ag
from alliance_games.batch.rows import case_rows, solution_rows
from tests.claims.test_trees import TREATY

ASKED = (
    "sequential",
    "intuitive-criterion",
    "extensive-form-correlated",
    "extensive-form-rationalizable",
)


@pytest.fixture(scope="module")
def solved() -> ag.api.solved.Solved:
    return ag.load(TREATY.removesuffix("expect:\n")).solve(*ASKED)


def test_rows_say_beliefs_conditions_and_reasons(solved) -> None:
    rows = list(solution_rows(json.loads(json.dumps(solved.to_dict()))))
    words = {(row["concept"], row["kind"]): row["solution"] for row in rows if not row["scenario"]}
    assert words["sequential", "assessment"].endswith(
        "believing Adversary at Treaty: Committed; Adversary at No treaty: Uncommitted"
    )
    assert "where belief(Adversary @ Treaty: Committed) <= 1/2" in words["sequential", "component"]
    out = words["intuitive-criterion", "discarded"]
    assert out.startswith("ruled out: ") and "a Committed Ally would gain by deviating" in out
    assert words["extensive-form-correlated", "correlated"].startswith("welfare-best: ")
    assert "Ally: Committed: Treaty" in words["extensive-form-rationalizable", "plans"]
    text = io.StringIO()
    csv.DictWriter(text, rows[0].keys()).writerows(rows)
    assert len(text.getvalue().splitlines()) == len(rows)


def test_what_is_ruled_out_does_not_count(solved) -> None:
    (first, *_) = case_rows(solved.to_dict())
    assert "sequential infinitely many" in first["answers"]
    assert "intuitive-criterion 1" in first["answers"]


def test_an_assessment_has_payoffs_behaviour_and_beliefs(solved) -> None:
    one, many = solved.of("sequential")
    assert one.payoffs == {"Ally": Fraction(9, 5), "Adversary": Fraction(14, 5)}
    assert one.behaviour["Ally"]["Committed"] == {"Treaty": 1, "No treaty": 0}
    assert one.beliefs == {
        "Adversary": {
            "Treaty": {"Committed": 1, "Uncommitted": 0},
            "No treaty": {"Committed": 0, "Uncommitted": 1},
        }
    }
    for name in ("payoffs", "behaviour", "beliefs", "profile"):
        with pytest.raises(AttributeError):
            getattr(many, name)
