"""The lines of ``expect:`` as typed records, and their faults."""

from __future__ import annotations

import pytest

from alliance_games.exact.expression import to_text
from alliance_games.exact.span import Span
from alliance_games.model.expectations import Expectation, Leaf, Listing, Table, Wanted
from alliance_games.reading import read_text
from tests.reading.games import CONCEPTS, HEAD, TABLE, TREE_HEAD, faults, places, study

SCENARIOS = "define: {gap: p - q}\nscenarios: {rich: {p: 2}}\n"


def lines(*written: str) -> tuple[Expectation, ...]:
    return study(
        HEAD + SCENARIOS + TABLE + "expect:\n" + "".join(f"  - {x}\n" for x in written)
    ).expectations


def one(written: str) -> Expectation:
    (found,) = lines(written)
    return found


def plain(wanted: Wanted | None) -> object:
    """The answer as lists, dictionaries and texts."""
    if isinstance(wanted, Table):
        return {name: plain(value) for name, value in wanted}
    if isinstance(wanted, Listing):
        return [plain(item) for item in wanted.items]
    return None if wanted is None else wanted.text


def test_the_whole_answer_of_a_concept() -> None:
    found = one("pure-nash: [[X, X], [Y, Y]]")
    assert (found.form, found.concept) == ("concept", "pure-nash")
    assert plain(found.content) == [["X", "X"], ["Y", "Y"]]
    assert found.text == "pure-nash: [[X, X], [Y, Y]]"
    assert found.span == Span(13, 5, 9)
    assert not found.none


def test_no_answer() -> None:
    found = one("risk-dominance: none")
    assert found.none
    assert found.content is None


def test_part_of_the_answer() -> None:
    found = one("pure-nash: {includes: [X, X], excludes: [[X, Y], [Y, X]]}")
    assert [plain(each) for each in found.includes] == [["X", "X"]]
    assert [plain(each) for each in found.excludes] == [["X", "Y"], ["Y", "X"]]
    assert found.content is None


def test_mixed_equilibria_are_formulas_in_the_parameters() -> None:
    found = one("equilibrium: {A: {X: p / 2}, B: {X: gap, Y: about 0.50}}")
    content = found.content
    assert isinstance(content, Table)
    leaves = {name: value for _, mixture in content for name, value in mixture}  # type: ignore[union-attr]
    assert to_text(content.get("A").get("X").number) == "p / 2"  # type: ignore[union-attr]
    assert to_text(content.get("B").get("X").number) == "p - q"  # type: ignore[union-attr]
    about = leaves["Y"]
    assert isinstance(about, Leaf)
    assert (about.text, about.places, to_text(about.number)) == ("about 0.50", 2, "0.5")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("written", "form", "answer"),
    [
        ("not equilibrium: [X, Y]", "not equilibrium", ["X", "Y"]),
        ("dominance: {A: X}", "concept", {"A": "X"}),
        ("maxmin: {A: 3, B: q}", "concept", {"A": "3", "B": "q"}),
        ("nash: {A: [X, Y], B: [X]}", "concept", {"A": ["X", "Y"], "B": ["X"]}),
        ("nash: {price of anarchy: 4/3}", "concept", {"price of anarchy": "4/3"}),
        ("never: X", "never", "X"),
        ("never: {A: X}", "never", {"A": "X"}),
        ("never: [X, Y]", "never", ["X", "Y"]),
    ],
)
def test_answers_of_every_shape(written: str, form: str, answer: object) -> None:
    found = one(written)
    assert (found.form, plain(found.content)) == (form, answer)


def test_counts_and_uniqueness() -> None:
    count, other, unique = lines("count: {nash: 2 + 1, pure-nash: 2}", "unique: nash")
    assert (count.form, count.concept, to_text(count.number)) == ("count", "nash", "2 + 1")  # type: ignore[arg-type]
    assert (other.concept, to_text(other.number)) == ("pure-nash", "2")  # type: ignore[arg-type]
    assert (unique.form, unique.concept) == ("unique", "nash")


def test_comparisons_and_changes() -> None:
    named, compare, change = lines(
        "nash: [[X, X]]\n    as: joint",
        'compare: "payoff(A) + gap < probability(B, X) and welfare() > count(nash)"\n    at: joint',
        'increasing: {of: "payoff(A)", in: "power[A]", at: joint}',
    )
    assert named.name == "joint"
    text = 'payoff("A") + (p - q) < probability("B", "X") and welfare() > count("nash")'
    assert (to_text(compare.of), compare.at) == (text, "joint")  # type: ignore[arg-type]
    assert (change.form, change.parameter, change.at) == ("increasing", "power[A]", "joint")


def test_where_and_when() -> None:
    found = one(
        "risk-dominance: [X, X]\n    when: gap > 0 and p < 3\n    in scenario: rich\n"
        "    may be: undecided"
    )
    assert to_text(found.when) == "p - q > 0 and p < 3"  # type: ignore[arg-type]
    assert (found.scenario, found.may_be_undecided) == ("rich", True)
    assert found.text.startswith("risk-dominance: [X, X] when: gap > 0 and p < 3 in scenario: rich")


def test_lines_about_another_game_use_its_names() -> None:
    found = one("compare: payoff(Ally) > worth\n    in game: other.yaml")
    assert found.game == "other.yaml"
    assert to_text(found.of) == "payoff(Ally) > worth"  # type: ignore[arg-type]


def test_behaviour_in_trees() -> None:
    text = TREE_HEAD + (
        "tree:\n  A:\n    offer: {B @ full: {accept: '1, 1', reject: '0, 0'}}\n    keep: 0, 0\n"
        "expect:\n  - subgame-perfect: [{A: {start: offer}, B: {full: {accept: q}}}]\n"
        "  - never: [offer, reject]\n"
    )
    first, second = study(text).expectations
    assert plain(first.content) == [{"A": {"start": "offer"}, "B": {"full": {"accept": "q"}}}]
    assert plain(second.content) == ["offer", "reject"]
    assert places(text.replace("{full:", "{ful:")) == [("unknown-information-set", 9, 47)]
    assert places(text.replace("reject]", "rejct]")) == [("unknown-strategy", 10, 20)]
    assert places(text.replace("start: offer", "start: ofer")) == [("unknown-strategy", 9, 35)]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("pure-nash: [[X, Z]]", [("unknown-strategy", 13, 21)]),
        ("pure-nash: [[X, X], [X]]", [("profile-length", 13, 25)]),
        ("pure-nash: [X, [X, X]]", [("wrong-shape", 13, 17)]),
        ("nsh: none", [("unknown-concept", 13, 5)]),
        ("equilibrium: {A: {X: pp}, C: X}", [("unknown-name", 13, 26), ("unknown-player", 13, 31)]),
        ("equilibrium: [[X, X]]", [("wrong-shape", 13, 18)]),
        ("equilibrium: {A: X}", [("profile-length", 13, 18)]),
        ("equilibrium:", [("empty", 13, 17)]),
        ("never:", [("empty", 13, 11)]),
        ("nash:", [("empty", 13, 10)]),
        ("nash: all", [("wrong-shape", 13, 11)]),
        ("nash: {includes: }", [("empty", 13, 22)]),
        ("nash: {inclueds: [X, X]}", [("unknown-key", 13, 12)]),
        ("count: {}", [("empty", 13, 12)]),
        ("compare: welfare > 1", [("unknown-name", 13, 14)]),
        ("nash: {Aa: {X: 1}}", [("unknown-player", 13, 12)]),
        ("nash: {A: {Z: 1}}", [("unknown-strategy", 13, 16)]),
        ("nash: {includes: [X, X], exclude: [Y, Y]}", [("unknown-key", 13, 30)]),
        ("count: {nsh: 3}", [("unknown-concept", 13, 13)]),
        ("unique: nsh", [("unknown-concept", 13, 13)]),
        ("never: Z", [("unknown-strategy", 13, 12)]),
        ("compare: payoff(A)", [("not-a-comparison", 13, 14)]),
        ("compare: payoff(C) > 0", [("unknown-player", 13, 21)]),
        ("compare: probability(A) > 0", [("formula-syntax", 13, 14)]),
        ("compare: p > 0\n    at: mixed", [("unknown-equilibrium", 14, 9)]),
        ("nash: none\n    in scenario: rch", [("unknown-scenario", 14, 18)]),
        ("nash: none\n    when: p > zz", [("unknown-name", 14, 15)]),
        ("nash: none\n    may be: decided", [("unknown-value", 14, 13)]),
        ("nash: none\n    in scenaro: rich", [("unknown-key", 14, 5)]),
        ("in scenario: rich", [("wrong-shape", 13, 5)]),
        ("increasing: {of: p}", [("missing-key", 13, 5)]),
        ("increasing: {of: 'payoff(A)', in: r}", [("unknown-parameter", 13, 39)]),
        ("nash", [("wrong-shape", 13, 5)]),
        ("nash: none\n    as: a\n  - nash: none\n    as: a", [("doubled-name", 16, 9)]),
    ],
)
def test_faults_at_their_place(written: str, expected: list[tuple[str, int, int]]) -> None:
    assert places(HEAD + SCENARIOS + TABLE + f"expect:\n  - {written}\n") == expected


def test_hints_name_the_nearest_word() -> None:
    (problem,) = faults(HEAD + TABLE + "expect:\n  - equilibrum: [X, X]\n")
    assert problem.hint == "did you mean 'equilibrium'?"


def test_concepts_are_not_judged_where_nobody_said_which_there_are() -> None:
    text = HEAD + TABLE + "solve: [my-concept]\nexpect:\n  - my-concept: none\n"
    assert read_text(text).expectations[0].concept == "my-concept"
    assert "my-concept" not in CONCEPTS


def test_a_drawing_s_strategies_are_known_to_expectations() -> None:
    text = (
        "game: G\nmatrix: |\n  A \\ B | X | Y\n  U | 1, 1 | 0, 0\n  D | 0, 0 | 1, 1\n"
        'expect:\n  - compare: "probability(A, U) > 0"\n  - nash: [[U, X], [D, {}]]\n'
    )
    assert len(study(text.replace("{}", "Y")).expectations) == 2
    assert places(text.replace("{}", "Z")) == [("unknown-strategy", 8, 24)]
