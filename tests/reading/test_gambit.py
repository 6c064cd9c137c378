"""Gambit's formats, as its documentation tells them: files written by hand."""

from __future__ import annotations

import time
from fractions import Fraction
from pathlib import Path

import pytest

from alliance_games.model.extensive import CHANCE, ExtensiveGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.problems import InvalidGame, Problem
from alliance_games.model.study import Study
from alliance_games.reading import read_file, read_text
from alliance_games.reading.source import MAX_GAMBIT_BYTES

HEAD = 'EFG 2 R "T" { "A" "B" }\n'


def tree(text: str) -> ExtensiveGame:
    game = read_text(text, "t.efg").case().game
    assert isinstance(game, ExtensiveGame)
    return game


def table(text: str) -> NormalGame:
    game = read_text(text, "t.nfg").case().game
    assert isinstance(game, NormalGame)
    return game


def faults(text: str, name: str = "t.efg") -> list[Problem]:
    with pytest.raises(InvalidGame) as caught:
        read_text(text, name)
    return list(caught.value.problems)


def places(text: str, name: str = "t.efg") -> list[tuple[str, int, int]]:
    return [(each.code, each.span.line, each.span.column) for each in faults(text, name)]


def endings(game: ExtensiveGame) -> dict[tuple[str, ...], tuple[Fraction, ...]]:
    return {
        game.path(node): game.payoffs(node) for node in range(game.size) if not game.children(node)
    }


BAYES = """\
EFG 2 R "General Bayes game, one stage" { "Player 1" "Player 2" }
c "ROOT" 1 "(0,1)" { "1G" 0.500000 "1B" 0.500000 } 0
c "" 2 "(0,2)" { "2g" 0.250000 "2b" 7.5e-1 } 0
p "" 1 1 "(1,1)" { "H" "L" } 0
p "" 2 1 "(2,1)" { "h" "l" } 0
t "" 1 "Outcome 1" { 10.000000 2.000000 }
t "" 2 "Outcome 2" { 0.100000 10.000000 }
p "" 2 1 "(2,1)" { "h" "l" } 0
t "" 3 "Outcome 3" { 2.000000, 4.000000 }
t "" 4 "Outcome 4" { 4.000000 -1/3 }
p "" 1 1 0
p "" 2 2 "(2,2)" { "h" "l" } 0 t "" 1
t "" 2
p "" 2 2 0 t "" 3 t "" 0
t "" 3
"""


def test_the_documentations_way_of_writing_a_tree() -> None:
    study = read_text(BAYES, "bayes.efg")
    game = study.case().game
    assert isinstance(game, ExtensiveGame)
    assert (study.title, study.file, study.about) == (
        "General Bayes game, one stage", "bayes.efg", "",
    )  # fmt: skip
    assert game.players == ("Player 1", "Player 2")
    third = Fraction(1, 3)
    assert endings(game) == {
        ("1B",): (2, 4),
        ("1G", "2g", "H", "h"): (10, 2),
        ("1G", "2g", "H", "l"): (Fraction(1, 10), 10),
        ("1G", "2g", "L", "h"): (2, 4),
        ("1G", "2g", "L", "l"): (4, -third),
        ("1G", "2b", "H", "h"): (10, 2),
        ("1G", "2b", "H", "l"): (Fraction(1, 10), 10),
        ("1G", "2b", "L", "h"): (2, 4),
        ("1G", "2b", "L", "l"): (0, 0),
    }
    own = [(one.player, one.label) for one in game.sets if one.player != CHANCE]
    assert own == [(0, "(1,1)"), (1, "(2,1)"), (1, "(2,2)")]
    assert [len(nodes) for nodes in game.nodes_of] == [1, 1, 2, 2, 2]
    assert {game.probability(node) for node in game.children(1)} == {
        Fraction(1, 4), Fraction(3, 4),
    }  # fmt: skip
    assert "Outcome 3" in game.outcomes


def test_payoffs_on_the_way_add_up() -> None:
    game = tree(
        HEAD + 'p "" 1 1 "" { "in" "out" } 1 "fee" { -1/2 0 }\n'
        'p "" 2 1 "" { "yes" "no" } 2 "sight" { 0 0.25 }\n'
        't "" 3 "deal" { 3 3 }\nt "" 0\nt "" 1 "fee" { -1/2 0 }\n'
    )
    half, quarter = Fraction(1, 2), Fraction(1, 4)
    assert endings(game) == {
        ("in", "yes"): (3 - half, 3 + quarter),
        ("in", "no"): (-half, quarter),
        ("out",): (-1, 0),
    }
    assert game.outcomes == ("fee + fee", "fee + sight + deal", "fee + sight")


def test_names_that_are_missing_or_doubled() -> None:
    text = (
        'EFG 2 R "" { "" "A" "A" }\np "" 2 1 "s" { "" "x" "x" } 0\n'
        'p "" 2 2 "s" { "x (2)" "x" "x" } 0 t "" 0 t "" 0 t "" 0\n'
        'p "" 3 1 "s" { "y" } 0 t "" 0\n'
        'p "" 3 4 "" { "y" } 0 p "" 3 4 0 t "" 0\n'
    )
    study = read_text(text, "t.efg")
    game = study.case().game
    assert isinstance(game, ExtensiveGame)
    assert study.title == "A extensive game" or study.title
    assert game.players == ("Player 1", "A", "A (2)")
    assert [(one.player, one.label, one.actions) for one in game.sets] == [
        (1, "s", ("1", "x", "x (2)")),
        (1, "s (2)", ("x (2)", "x", "x (3)")),
        (2, "s", ("y",)),
        (2, "set 3:4", ("y",)),
    ]
    assert [warning.code for warning in study.warnings].count("renamed") == 3


def test_many_warnings_are_no_fault() -> None:
    nodes = 300
    body = "".join(f'p "" 1 {n} "s" {{ "x" "x" }} 0\nt "" 0\n' for n in range(1, nodes))
    study = read_text(HEAD + body + 't "" 0\n', "t.efg")
    assert 0 < len(study.warnings) <= 50
    game = study.case().game
    assert isinstance(game, ExtensiveGame)
    assert len({one.label for one in game.sets}) == len(game.sets) == nodes - 1


def test_quotes_and_backslashes_in_names() -> None:
    text = r"""EFG 2 R "a \"Bayesian\" game" { "A\\B" "C\\" "\\\"D\"" }
        "two
        lines" p "" 1 1 "\" { { t" { "tab	and  blanks" } 0 t "" 0"""
    study = read_text(text, "t.efg")
    assert study.title == 'a "Bayesian" game'
    # A backslash stands for itself, but for one before a quote.
    assert study.game.players == (r"A\\B", "C\\", '\\"D"')
    game = study.case().game
    assert isinstance(game, ExtensiveGame)
    assert game.sets[0].label == '" { { t'
    assert game.sets[0].actions == ("tab and blanks",)
    assert study.about == "two lines"


SELTEN = """NFG 1 R "Selten (IJGT, 75), Figure 2, normal form"
{ "Player 1" "Player 2" } { 3 2 }

1 1 0 2 0 2 1 1 0 3 2 0
"""
SELTEN_OUTCOMES = """NFG 1 R "Selten (IJGT, 75), Figure 2, normal form" { "Player 1" "Player 2" }

{
{ "1" "2" "3" }
{ "1" "2" }
}
"a comment"
{
{ "" 1, 1 }
{ "" 0, 2 }
{ "" 0, 2 }
{ "" 1, 1 }
{ "" 0, 3 }
{ "" 2, 0 }
}
1 2 3 4 5 6
"""


@pytest.mark.parametrize("text", [SELTEN, SELTEN_OUTCOMES])
def test_the_documentations_table_in_both_versions(text: str) -> None:
    game = table(text)
    assert game.players == ("Player 1", "Player 2")
    assert game.strategies == (("1", "2", "3"), ("1", "2"))
    assert game.matrix(0) == [[1, 1], [0, 0], [0, 2]]
    assert game.matrix(1) == [[1, 1], [2, 3], [2, 0]]
    assert game.outcomes == ()


def test_a_table_of_three_players_and_shared_outcomes() -> None:
    game = table(
        'NFG 1 R "" { "A" "B" "C" } { { "x" "y" } { "l" } 2 } '
        '{ { "war" 1 .5 1e-1 } { "unused" 1/7 0 0 } } 1 0 0 1'
    )
    assert game.payoffs((0, 0, 0)) == (1, Fraction(1, 2), Fraction(1, 10))
    assert game.payoffs((1, 0, 0)) == (0, 0, 0)
    assert game.payoffs((1, 0, 1)) == (1, Fraction(1, 2), Fraction(1, 10))
    assert game.outcomes == ("war", "", "", "war")
    assert game.denominators == (1, 2, 10)


FAULTY = {
    "unfinished": (HEAD + 'p "" 1 1 "" { "a" "b" } 0\nt "" 0\n', [("tree-unfinished", 3, 6)]),
    "nodes after the end": (HEAD + 't "" 0\nt "" 0\n', [("after-the-tree", 3, 1)]),
    "payoffs": (HEAD + 't "" 1 "" { 1 }\n', [("wrong-number-of-payoffs", 2, 12)]),
    "an open quote": (HEAD + 't "" 1 "x { 1 2 }\n', [("open-quote", 2, 8)]),
    "a payoff that is none": (HEAD + 't "" 1 "" { 1 x }\n', [("gambit-syntax", 2, 15)]),
    "null outcome": (HEAD + 't "" 0 "x" { 1 2 }\n', [("null-outcome", 2, 6)]),
    "no such outcome": (HEAD + 't "" 7\n', [("undefined-outcome", 2, 6)]),
    "no such player": (
        HEAD + 'p "" 3 1 "" { "a" } 0\nt "" 0\n', [("unknown-player", 2, 6)]
    ),
    "chance that sums to less": (
        HEAD + 'c "" 1 "" { "a" 0.333 "b" 0.333 "c" 0.333 } 0\nt "" 0\nt "" 0\nt "" 0\n',
        [("probabilities-do-not-sum-to-one", 2, 12)],
    ),
    "a negative chance": (
        HEAD + 'c "" 1 "" { "a" -1 "b" 2 } 0\nt "" 0\nt "" 0\n', [("negative-probability", 2, 12)]
    ),
    "no actions": (HEAD + 'p "" 1 1 "" { } 0\nt "" 0\n', [("no-actions", 2, 13)]),
    "a set that is not told": (HEAD + 'p "" 1 1 0\nt "" 0\n', [("undefined-set", 2, 8)]),
    "a set with two lists": (
        HEAD + 'p "" 1 1 "" { "a" } 0\np "" 1 1 "" { "b" } 0\nt "" 0\n',
        [("information-set-differs", 3, 14)],
    ),
    "an outcome told twice": (
        HEAD + 'p "" 1 1 "" { "a" "b" } 0\nt "" 1 "x" { 1 2 }\nt "" 1 "x" { 1 3 }\n',
        [("outcome-differs", 4, 6)],
    ),
    "all at once": (
        HEAD + 'p "" 1 1 "" { "a" "b" } 0\nt "" 1 "x" { 1 2/0 }\nq "" 1\nt "" 9\nt "" 3 { 1 }\n',
        [
            ("division-by-zero", 3, 16), ("gambit-syntax", 4, 1), ("undefined-outcome", 5, 6),
            ("wrong-number-of-payoffs", 6, 9),
        ],
    ),
    "a number too large": (HEAD + 't "" 1 "" { 1e99999 1 }\n', [("number-too-large", 2, 13)]),
    "no players": ('EFG 2 R "x" { }\nt "" 0\n', [("players", 1, 12)]),
    "another version": ('EFG 1 R "x" { "A" }\nt "" 0\n', [("gambit-version", 1, 5)]),
    "another format": ('#AGG\n', [("not-a-gambit-file", 1, 1)]),
    "no more than a head": ('EFG 2 R "x"', [("gambit-syntax", 1, 11)]),
}  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), FAULTY.values(), ids=list(FAULTY))
def test_faults_of_a_tree_have_their_places(text: str, wanted: list[tuple[str, int, int]]) -> None:
    assert places(text) == wanted


TABLE_HEAD = 'NFG 1 R "T" { "A" "B" } { 2 2 }\n'


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (TABLE_HEAD + "1 2 3 4 5 6 7", [("wrong-number-of-payoffs", 2, 13)]),
        (TABLE_HEAD + "1 2 3 4 5 6 7 8 9", [("wrong-number-of-payoffs", 2, 17)]),
        (TABLE_HEAD + "1 2 3 4\n5 six 7 8", [("gambit-syntax", 3, 3)]),
        (
            TABLE_HEAD + "1 two 3 1/0\n5 six 7 8",
            [("gambit-syntax", 2, 3), ("division-by-zero", 2, 9), ("gambit-syntax", 3, 3)],
        ),
        (TABLE_HEAD + "1 2 3 4\n5 1/0 7 8", [("division-by-zero", 3, 3)]),
        (TABLE_HEAD + '1 2 3 4\n5 10"6 7 8', [("gambit-syntax", 3, 5)]),
        (TABLE_HEAD + '{ { "x" 1 2 } }\n1 1 1"2 1', [("gambit-syntax", 3, 6)]),
        (TABLE_HEAD + "1 2 3 4\n5 1_0 7 8", [("gambit-syntax", 3, 3)]),
        (TABLE_HEAD + '{ { "x" 1 2 } }\n1 1 2 1', [("unknown-outcome", 3, 5)]),
        (TABLE_HEAD + '{ { "x" 1 } }\n1 1 1 1', [("wrong-number-of-payoffs", 2, 8)]),
        ('NFG 1 R "T" { "A" "B" } { 2 }\n1', [("strategies", 1, 26)]),
        ('NFG 1 R "T" { "A" "B" } { 0 2 }\n', [("no-strategies", 1, 27)]),
        ('NFG 1 R "T" { "A" "B" } { 99999 99999 }\n', [("too-large", 1, 26)]),
    ],
)
def test_faults_of_a_table_have_their_places(text: str, wanted: list[tuple[str, int, int]]) -> None:
    assert places(text, "t.nfg") == wanted


def test_imperfect_recall_is_a_warning() -> None:
    study = read_text(
        HEAD + 'p "" 1 1 "" { "a" "b" } 0\np "" 1 2 "later" { "c" } 0\nt "" 0\n'
        'p "" 1 2 "later" { "c" } 0\nt "" 0\n',
        "t.efg",
    )
    [warning] = study.warnings
    assert (warning.code, warning.span.line, warning.warning) == ("imperfect-recall", 5, True)
    assert "by a and by b" in warning.message


def test_the_first_word_tells_the_format() -> None:
    assert read_text("\n  " + BAYES, "<stdin>").game.kind == "extensive"
    assert read_text("\ufeff" + SELTEN.replace("NFG 1", "NFG\n1")).game.kind == "normal"


def test_a_gambit_file_is_not_extended(tmp_path: Path) -> None:
    (tmp_path / "bayes.efg").write_text(BAYES)
    extending = tmp_path / "more.yaml"
    extending.write_text("game: More\nextends: bayes.efg\n")
    with pytest.raises(InvalidGame) as caught:
        read_file(extending)
    [fault] = caught.value.problems
    assert (fault.code, fault.span.line, fault.span.column) == ("not-here", 2, 10)
    assert "convert" in fault.hint


# Files made to break the reader


def quickly(text: str, name: str) -> Study | list[Problem]:
    start = time.monotonic()
    try:
        return read_text(text, name)
    except InvalidGame as invalid:
        return list(invalid.problems)
    finally:
        assert time.monotonic() - start < 30


@pytest.mark.parametrize("cut", range(0, len(BAYES), 7))
def test_a_truncated_file_is_a_fault_with_a_place(cut: int) -> None:
    found = quickly(BAYES[:cut], "t.efg")
    assert isinstance(found, list)
    assert all(problem.span.line for problem in found)


@pytest.mark.parametrize(
    "text",
    [
        HEAD + 't "' * 100_000,
        HEAD + "{" * 1_000_000,
        HEAD + 'p "" 1 1 "" { ' + '"a" ' * 100_000 + "} 0\n",
        HEAD + '"' + "\\" * 1_000_001,
        HEAD + 't "" ' + "9" * 1_000_000,
        HEAD + 't "" 1 "" { ' + "9" * 1_000_000 + " 1 }",
        HEAD + 't "" 1 "" { 1e-' + "9" * 1000 + " 1 }",
        HEAD + 'q "" 1\n' * 100_000,
        'EFG 2 R "x" { ' + '"" ' * 100_000,
        'NFG 1 R "x" { "A" } { ' + "{ " * 100_000,
        'NFG 1 R "x" { "A" } { 1000000 } ' + "x " * 1_000_000,
    ],
    ids=lambda text: text[20:50].replace("\n", " "),
)
def test_hostile_files_are_faults_soon(text: str) -> None:
    found = quickly(text, "t" + (".nfg" if text.startswith("NFG") else ".efg"))
    assert isinstance(found, list)
    assert 0 < len(found) <= 201


def test_a_tree_as_deep_as_it_is_large() -> None:
    nodes = 50_000
    body = "".join(f'p "" {n % 2 + 1} {n} "" {{ "on" "out" }} 0\n' for n in range(1, nodes))
    game = tree(HEAD + body + 't "" 0\n' + 't "" 1 "" { 1 2 }\n' * (nodes - 1))
    assert game.size == 2 * nodes - 1
    # Long paths make no names.
    assert game.set_name(100) == "set 2:101"


def test_faults_of_a_long_file_have_their_places() -> None:
    body = 't "" 1 "" { 1 }\n'
    text = HEAD + " " * 5_000_000 + "\n" * 5_000_001 + body
    [problem] = faults(text)
    assert (problem.code, problem.span.line) == ("wrong-number-of-payoffs", 5_000_003)
    assert problem.span.column == 12
    [near] = faults(HEAD + body + " " * 10_000_001)
    assert (near.span.line, near.span.column, near.source) == (2, 12, body.rstrip())


def test_a_file_above_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.nfg"
    with path.open("wb") as file:
        file.truncate(MAX_GAMBIT_BYTES + 1)
    with pytest.raises(InvalidGame, match="file-too-large"):
        read_file(path)
