"""What only trees have, as JSON: it holds to the schema, reads back, and its words are true."""

from __future__ import annotations

import json
from fractions import Fraction as F
from typing import Any

import pytest

from alliance_games.model.study import Case
from alliance_games.results.cases import CaseAnswer
from alliance_games.results.codec import dumps, encode_case
from alliance_games.results.codec_trees import condition_words
from alliance_games.results.decode import decode_case
from alliance_games.results.naming import Names
from alliance_games.results.result import Coverage, Result, Status
from alliance_games.results.solutions import Solution
from alliance_games.results.tree_solutions import (
    Condition,
    Continuum,
    Correlated,
    Discarded,
    Family,
    QuantalPath,
    Tremble,
)
from tests.report import hand_trees as hand
from tests.results.test_codec import hold

HORSE, TREATY = hand.horse(), hand.treaty()

TREMBLE = Tremble(
    ((0, 1), (0, 2), (1, 0)), ((F(1), F(1, 2)), (F(1), F(3)), (F(2, 7), F(1)))
)  # fmt: skip
QUARTER = {"L": F(1, 4), "R": F(3, 4)}
PLAYED = hand.play(HORSE, {"start": "C", "C": "c", "third": "R"})
EVERY_KIND: list[tuple[Any, Solution]] = [
    (TREATY, hand.separating(TREATY, certificate=hand.CHECKED, properties={"form": "separating"})),
    (
        HORSE,
        hand.assess(
            HORSE,
            {"start": "C", "C": "c", "third": "R"},
            {"third": {"C > d": 1}},
            tremble=TREMBLE,
        ),
    ),
    (HORSE, hand.horse_equilibria(HORSE)),
    (TREATY, hand.pooling(TREATY, properties={"form": "pooling"})),
    (
        HORSE,
        Continuum(
            1,
            (PLAYED, hand.play(HORSE, {"start": "C", "C": "c", "third": QUARTER})),
            (Family(1, (0, 1), hull="realization"),),
        ),
    ),
    (
        TREATY,
        Discarded(
            hand.pooling(TREATY),
            "a Committed ally would gain by Treaty if that were believed",
            {"gain": F(4)},
            hand.CHECKED,
        ),
    ),
    (
        HORSE,
        Correlated(
            "communication",
            (((0, 0, 1), F(3, 4)), ((1, -1, 0), F(1, 4))),
            (F(3, 2), F(3, 2), F(5, 4)),
            PLAYED.outcomes,
            certificate=hand.CHECKED,
        ),
    ),
    (
        HORSE,
        QuantalPath(
            ((0.0, ((0.5, 0.5), (0.5, 0.5), (0.5, 0.5)), 0.0),),
            hand.assess(
                HORSE, {"start": "C", "C": "c", "third": "R"}, {"third": {"C > d": 1}}
            ),
            {"turning points": 0},
            hand.CHECKED,
        ),
    ),
    (HORSE, QuantalPath(((0.0, ((0.5, 0.5), (0.5, 0.5), (0.25, 0.75)), 1e-12),), None)),
    (HORSE, hand.play(HORSE, {"start": "D", "C": "c", "third": "L"}, free=("C",))),
]  # fmt: skip


def case_of(game: Any, one: Solution) -> CaseAnswer:
    rejected = ("One may not mix: she would gain 1/2",)
    result = Result(
        "sequential", Status.EXACT, Coverage.ALL, "why", "how", (one,), rejected=rejected
    )
    return CaseAnswer(Case(None, {}, game), (result,), ())


@pytest.mark.parametrize(("game", "one"), EVERY_KIND, ids=lambda part: type(part).__name__)
def test_every_kind_holds_to_the_schema_and_comes_back(game: Any, one: Solution) -> None:
    case = case_of(game, one)
    document = json.loads(dumps(encode_case(case)))
    (written,) = document["results"][0]["solutions"]
    hold(written, "solution")
    assert decode_case(document, game) == case


def words(*terms: tuple[Any, ...], relation: str) -> str:
    condition = Condition(tuple((F(c), tuple(unknowns)) for c, *unknowns in terms), relation)
    return condition_words(condition, Names(TREATY))


ATTACK = hand.unknown(TREATY, "choice", "Treaty", "Attack")
COMMITTED = hand.unknown(TREATY, "belief", "Treaty", "Committed")


def test_a_condition_in_one_unknown_is_a_bound_on_it() -> None:
    """-x + 1/3 >= 0 is x <= 1/3; 3 x - 2 = 0 is x = 2/3."""
    assert words((-1, COMMITTED), (F(1, 3),), relation=">=") == (
        "belief(Adversary @ Treaty: Committed) <= 1/3"
    )
    assert words((7, ATTACK), (-4,), relation=">") == "Pr(Adversary @ Treaty: Attack) > 4/7"
    assert words((3, ATTACK), (-2,), relation="=") == "Pr(Adversary @ Treaty: Attack) = 2/3"


def test_a_condition_in_several_keeps_the_sense_of_its_relation() -> None:
    """-2x + y - 1 >= 0, divided by 2, is -x + 1/2 y >= 1/2; as an equality, by -2."""
    x, y = "Pr(Adversary @ Treaty: Attack)", "belief(Adversary @ Treaty: Committed)"
    terms = ((-2, ATTACK), (1, COMMITTED), (-1,))
    assert words(*terms, relation=">=") == f"-{x} + 1/2 {y} >= 1/2"
    assert words(*terms, relation="=") == f"{x} - 1/2 {y} = -1/2"
    assert words((1, ATTACK, COMMITTED), (-1, ATTACK), relation=">=") == f"{x} {y} - {x} >= 0"


def test_a_condition_without_unknowns_is_said_as_it_is() -> None:
    assert words((2,), relation=">") == "2 > 0"
