"""Every fault of a file: its code, its exact place, and what the hint says."""

from __future__ import annotations

import pytest

from alliance_games.model.extensive import ExtensiveGame
from tests.reading.games import HEAD, TABLE, TREE_HEAD, faults, marked, places, study

CELL = TABLE.replace("X, Y: 0, p", "X, Y: 0, {}")
TREE = TREE_HEAD + "tree:\n"


def cell(formula: str, more: str = "") -> str:
    return HEAD + more + CELL.format(formula)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The table
        (HEAD + "payoffs:\n  X, X: 1, 1\n  X, Y: 0, 2\n", [("missing-profile", 5, 1)]),
        (HEAD + TABLE + '  "X,X": 3, 3\n', [("doubled-profile", 10, 3)]),
        (HEAD + TABLE + "  X, X: 3, 3\n", [("duplicate-key", 10, 3)]),
        (HEAD + TABLE.replace("0, p", "0"), [("payoff-count", 7, 9)]),
        (HEAD + TABLE.replace("0, p", "0, p, 3"), [("payoff-count", 7, 9)]),
        (HEAD + TABLE.replace("X, Y:", "X, Z:"), [("unknown-strategy", 7, 6)]),
        (HEAD + TABLE.replace("X, Y:", "X:"), [("profile-length", 7, 3)]),
        (HEAD + TABLE.replace("0, p", "\n    - p, 1"), [("list-item", 8, 5)]),
        # Formulas
        (cell("pp + po"), [("unknown-name", 7, 12), ("unknown-name", 7, 17)]),
        (cell("power[C]"), [("unknown-entry", 7, 12)]),
        (cell("p[A]"), [("unknown-entry", 7, 12)]),
        (cell("if(mine == X, 1, 0)"), [("not-here", 7, 15)]),
        (cell("count(X)"), [("not-here", 7, 12)]),
        (cell("X"), [("name-not-number", 7, 12)]),
        (cell("1/(p - 1)"), [("division-by-zero", 7, 15)]),
        (cell("9^9^9^9"), [("too-large", 7, 14)]),
        (cell("nan"), [("unknown-name", 7, 12)]),
        (cell(".inf"), [("not-finite", 7, 12)]),
        (cell("sqrt(-p)"), [("domain", 7, 12)]),
        (cell("__import__('os').system('x')"), [("formula-syntax", 7, 28)]),
        (cell("(" * 10_000 + "p" + ")" * 10_000), [("formula-too-long", 7, 9)]),
        # Definitions and assumptions
        (cell("a", "define: {a: b, b: a + 1}\n"), [("circular-definition", 5, 19)]),
        (cell("a", "define: {a: a}\n"), [("circular-definition", 5, 13)]),
        (cell("p", "define: {p: 3}\n"), [("doubled-name", 5, 10)]),
        (cell("p", "define: {unused: zz}\n"), [("unknown-name", 5, 18)]),
        (cell("p", "assume: [p > 1, q < 1]\n"), [("broken-assumption", 5, 10)]),
        (cell("p", "assume: [p]\n"), [("type", 5, 10)]),
        (cell("p", "assume: [power > 1]\n"), [("broken-assumption", 5, 10)]),
        (cell("p", "assume: [mine == X]\n"), [("not-here", 5, 10)]),
        # Scenarios
        (cell("p", "scenarios: {s: {qq: 3}}\n"), [("unknown-parameter", 5, 17)]),
        (cell("p", "scenarios: {s: {p: z}}\n"), [("not-a-number", 5, 20)]),
        (cell("p", "scenarios: {s: {power: {C: 3}}}\n"), [("unknown-entry", 5, 17)]),
        (cell("1/(p - 2)", "scenarios: {s: {p: 2}}\n"), [("division-by-zero", 8, 15)]),
        (
            cell("p", "assume: [p < 2]\nscenarios: {s: {p: 1}, t: {p: 2}}\n"),
            [("broken-assumption", 6, 24)],
        ),
        # Keys and names
        (HEAD + TABLE + "expects: []\n", [("unknown-key", 10, 1)]),
        (HEAD + TABLE + "repeated: {}\n", [("two-bodies", 10, 1)]),
        (HEAD + TABLE + "solve: [nash, nahs]\n", [("unknown-concept", 10, 15)]),
        (HEAD, [("no-body", 1, 1)]),
        (HEAD + TABLE + "matrix: |\n  A \\ B | X\n", [("two-bodies", 10, 1)]),
        (HEAD.replace("game: G\n", "") + TABLE, [("no-title", 1, 1)]),
        (HEAD.replace("[A, B]", "[A, A]") + TABLE, [("doubled-name", 2, 14)]),
        (HEAD.replace("[A, B]", "[]") + TABLE, [("empty", 2, 10)]),
        (HEAD.replace("[X, Y]", "{A: [X, Y]}") + TABLE, [("missing-strategies", 3, 13)]),
        (HEAD.replace("[X, Y]", "{A: [X, Y], B: [X], C: [X]}") + TABLE[:24],
         [("unknown-player", 3, 33), ("missing-profile", 5, 1)]),
        (HEAD.replace("{A: 1, B: 2}", "{A: 1}") + TABLE, [("missing-entry", 4, 28)]),
        (HEAD.replace("{A: 1, B: 2}", "{A: 1, B: 2, C: 1}") + TABLE, [("unknown-player", 4, 56)]),
        (HEAD.replace("p: 1", "my p: 1") + TABLE.replace("p", "q").replace("qayoffs", "payoffs"),
         [("bad-name", 4, 14)]),
        (HEAD.replace("p: 1", "p: {about: x}") + TABLE, [("missing-value", 4, 14)]),
        (HEAD.replace("p: 1", "p: {value: 1, rnge: [0, 1]}") + TABLE, [("unknown-key", 4, 28)]),
        (HEAD.replace("p: 1", "p: {value: 1, range: [2, 3]}") + TABLE, [("out-of-range", 4, 14)]),
        (HEAD.replace("p: 1", "p: {value: 1, range: 3}") + TABLE, [("range", 4, 35)]),
        (HEAD.replace("p: 1", "p: .nan") + TABLE, [("not-finite", 4, 17)]),
        (HEAD.replace("p: 1", "p: {value: 1, range: [3, 2]}") + TABLE, [("range", 4, 35)]),
        (HEAD.replace("p: 1", "p: {value: {}}") + TABLE, [("empty", 4, 25)]),
        ("game: G\nplayers: [A, '']\nstrategies: [X]\npayoffs: {each: 1}\n",
         [("bad-name", 2, 14)]),
        (HEAD.replace("[X, Y]", '[X, "Y\\nZ"]') + "payoffs: {each: p}\n", [("bad-name", 3, 17)]),
        (HEAD.replace("[X, Y]", "[X, 'Y\"''“‘']") + "payoffs: {each: p}\n", [("bad-name", 3, 17)]),
        (HEAD.replace("[A, B]", "[A, chance]").replace("B: 2", "chance: 2") + TABLE,
         [("bad-name", 2, 14)]),
        (HEAD + "payoffs: {}\n", [("empty", 5, 10)]),
        # Outcomes and rankings
        (HEAD + TABLE.replace("0, p", "long war"), [("unknown-outcome", 7, 9)]),
        (HEAD + TABLE.replace("0, p", "war"), [("unknown-outcome", 7, 9)]),
        (HEAD + TABLE.replace("0, p", "powr"), [("unknown-name", 7, 9), ("payoff-count", 7, 9)]),
        (HEAD + "outcomes: {good: '1'}\n" + TABLE.replace("1, 1", "good"),
         [("payoff-count", 5, 18)]),
        (HEAD + "outcomes: {good: '1, 1'}\n" + TABLE.replace("0, p", "goood"),
         [("unknown-outcome", 8, 9)]),
        (HEAD + TABLE.replace("1, 1", "a").replace("0, p", "b").replace("p, 0", "b")
         + "ordinal: {A: [a, b], B: [b]}\n", [("missing-outcome", 10, 22)]),
        (HEAD + TABLE.replace("1, 1", "a").replace("0, p", "b").replace("p, 0", "b")
         + "ordinal: {A: [a, b], B: b > a}\n", [("wrong-shape", 10, 25)]),
        (HEAD + TABLE.replace("1, 1", "a").replace("0, p", "b").replace("p, 0", "b")
         + "ordinal:\n  A: a, b\n  B: [b, a]\n", [("wrong-shape", 11, 6)]),
        # Formulas for all
        (HEAD + "payoffs: {each: 'if(mine == Z, others(XX), plays(C, X))'}\n",
         [("unknown-strategy", 5, 29), ("unknown-strategy", 5, 39), ("unknown-player", 5, 50)]),
        (HEAD + "payoffs: {A: count(X)}\n", [("missing-formula", 5, 1)]),
        # The drawing
        (HEAD + "matrix: |\n  A \\ C | X | Y\n  X | 1, 1 | 0, 0\n  Y | 1, 1 | 0, 0\n",
         [("unknown-player", 6, 3)]),
        (HEAD + "matrix: |\n  A \\ B | X | Y\n  X | 1, 1 | 0, 0\n  Y | 1, 1\n",
         [("matrix-shape", 8, 3)]),
        (HEAD + "matrix: |\n  A \\ B | X | Y\n  X | 1, 1 | 0, 0\n  Z | 1, 1 | 0, 0\n",
         [("unknown-strategy", 8, 3)]),
        (HEAD + "matrix: |\n  A \\ B | X | Y\n  X | 1, 1 | 0, 0\n  Y | 1, 1 | 3, p2\n",
         [("unknown-name", 8, 17)]),
        # What stands behind a name that is not known is read for its faults too
        (HEAD + "matrix: |\n  A \\ C | X | Y\n  X | 1, 1 | 0\n  Y | 1, zz | 0, 0\n",
         [("unknown-player", 6, 3), ("payoff-count", 7, 14), ("unknown-name", 8, 10)]),
        (HEAD + "matrix: |\n  A \\ B | X | Y\n  # here\n  X | 1, 1 | 0, 0\n  Y | 1, 1 | 0, 0\n",
         [("matrix-shape", 7, 3)]),
        (TREE + "  Aa:\n    L: {B @ x: {a: '1'}}\n    R: {C @ x: {b: zz}}\n",
         [("unknown-player", 5, 3), ("payoff-count", 6, 20),
          ("unknown-player", 7, 9), ("unknown-outcome", 7, 20)]),
        (TREE + "  A:\n    L: {B @ x: {a: '1, 1'}}\n    R: {B @ x: {b: '2'}}\n",
         [("information-set", 7, 9), ("payoff-count", 7, 20)]),
        (HEAD.replace("game", "gme").replace("players", "player") + TABLE.replace("0, p", "0"),
         [("unknown-key", 1, 1), ("unknown-key", 2, 1), ("payoff-count", 7, 9)]),
        # Trees
        (TREE_HEAD.replace("q: 1/2", "q: {value: 1, range: [0, 1]}, r: {value: 1, range: [0, 1]}")
         + "tree:\n  chance:\n    u (q): 0, 0\n    v (1 - r): 1, 1\n", [("chance-sum", 5, 3)]),
        (TREE + "  chance:\n    u (q): 0, 0\n    v (1/4): 0, 0\n", [("chance-sum", 5, 3)]),
        (TREE + "  chance:\n    u (q): 0, 0\n    v (1/2): 0, 0\n", [("chance-sum", 5, 3)]),
        (TREE + "  chance:\n    u (q + 1): 0, 0\n    v (-q): 0, 0\n",
         [("probability", 6, 8), ("probability", 7, 8)]),
        (TREE + "  chance:\n    u: 0, 0\n    v (1): 0, 0\n", [("no-probability", 6, 5)]),
        (TREE + "  A:\n    L:\n      B @ x: {a: '1, 1', b: '2, 2'}\n"
         "    R:\n      B @ x: {a: '1, 1', c: '2, 2'}\n", [("information-set", 9, 7)]),
        (TREE + "  Nature:\n    L: 0, 0\n", [("unknown-player", 5, 3)]),
        (TREE + "  A:\n    L: 0, 0\n  B:\n    R: 0, 0\n", [("one-mover", 7, 3)]),
        (TREE + "  A:\n", [("no-actions", 5, 3)]),
        (TREE + "  A:\n    L: 0\n", [("payoff-count", 6, 8)]),
        (TREE_HEAD + "strategies: [X]\ntree:\n  A: {L: '0, 0'}\n", [("not-here", 4, 1)]),
        # No game at all
        ("", [("empty-file", 1, 1)]),
        ("- 1\n", [("not-a-game", 1, 1)]),
        ("hello\n", [("not-a-game", 1, 1)]),
        # Players by number
        (HEAD.replace("[A, B]", "0").replace(", power: {value: {A: 1, B: 2}}", "")
         + "payoffs: {each: count(X)}\n", [("players", 2, 10)]),
        (HEAD.replace("[A, B]", "10001").replace(", power: {value: {A: 1, B: 2}}", "")
         + "payoffs: {each: count(X)}\n", [("too-large", 2, 10)]),
        (HEAD.replace("[A, B]", "q").replace(", power: {value: {A: 1, B: 2}}", "")
         + "payoffs: {each: count(X)}\n", [("players", 2, 10)]),
        (HEAD.replace("[A, B]", "m").replace(", power: {value: {A: 1, B: 2}}", "")
         + "payoffs: {each: count(X)}\n", [("players", 2, 10)]),
    ],
)  # fmt: skip
def test_one_fault_one_problem_at_its_place(
    text: str, expected: list[tuple[str, int, int]]
) -> None:
    assert places(text) == expected


def test_all_faults_of_a_file_at_once_in_order() -> None:
    text = (
        HEAD.replace("p: 1", "p: 1, r: x")
        + "define: {d: zz}\nassume: [p > yy]\nscenarios: {s: {ww: 1}}\n"
        + CELL.format("vv + d")
        + "solves: [nash]\nexpect:\n  - nsh: none\n  - nash: [[X, Z]]\n"
    )
    assert places(text) == [
        ("not-a-number", 4, 23),
        ("unknown-name", 5, 13),
        ("unknown-name", 6, 14),
        ("unknown-parameter", 7, 17),
        ("unknown-name", 10, 12),
        ("unknown-key", 13, 1),
        ("unknown-concept", 15, 5),
        ("unknown-strategy", 16, 16),
    ]


@pytest.mark.parametrize(
    ("text", "under", "hint"),
    [
        (HEAD + TABLE.replace("0, p", "0, pwer[A]"), "pwer[A]", "did you mean 'power'?"),
        (HEAD + TABLE + "expects: []\n", "expects", "did you mean 'expect'?"),
        (HEAD + TABLE + "solve: [nahs]\n", "nahs", "did you mean 'nash'?"),
        (TREE + "  Nature:\n    L: 0, 0\n", "Nature", "write 'chance'"),
        (HEAD + TABLE.replace("0, p", "\n    - p"), "-", "write -p"),
        (
            HEAD.replace("[X, Y]", "[Support, Y]") + "payoffs: {each: count(Suport)}\n",
            "Suport",
            "did you mean 'Support'?",
        ),
    ],
)
def test_the_caret_underlines_the_slip_and_the_hint_mends_it(
    text: str, under: str, hint: str
) -> None:
    (problem,) = faults(text)
    assert marked(problem) == under
    assert hint in problem.hint
    assert problem.file == "g.yaml"


def test_a_fault_in_a_definition_shows_once_and_in_the_definition() -> None:
    text = cell("d + d", "define: {d: 1/(p - 1)}\n")
    assert places(text) == [("division-by-zero", 5, 16)]


def test_a_fault_that_only_a_scenario_has_names_it() -> None:
    (problem,) = faults(cell("1/(p - 2)", "scenarios: {calm: {p: 3}, war: {p: 2}}\n"))
    assert "in the scenario 'war'" in problem.message


def test_a_fault_of_the_defaults_is_not_repeated_for_every_scenario() -> None:
    text = cell("1/0", "scenarios: {s: {p: 2}, t: {p: 3}}\n")
    assert places(text) == [("division-by-zero", 8, 14)]


def test_a_formula_that_yaml_cut_at_a_comma_gets_the_hint_to_quote_it() -> None:
    first = faults(HEAD + "payoffs: {each: if(mine == X, 1, 0)}\n")[0]
    assert first.hint == "inside [ ] and { } a comma ends the item: put the whole text in quotes"


def test_a_profile_that_yaml_cut_at_a_comma_gets_the_hint_to_quote_it() -> None:
    empty = [each for each in faults(HEAD + "payoffs: {X, Y: 0, 2}\n") if each.code == "empty"]
    assert {each.hint for each in empty} == {
        "inside [ ] and { } a comma ends the item: put the whole text in quotes"
    }
    (plain,) = faults(HEAD + "about:\n" + TABLE)
    assert (plain.code, plain.hint) == ("empty", "")


@pytest.mark.parametrize("probability", ["10^5000", "1/10^5000"])
def test_numbers_of_any_length_have_a_place_in_messages(probability: str) -> None:
    text = TREE + f"  chance:\n    u ({probability}): 0, 0\n    v ({probability}): 0, 0\n"
    assert {each.code for each in faults(text)} <= {"probability", "chance-sum"}


def test_an_entry_within_yaml_s_brackets_gets_the_hint_to_quote_it() -> None:
    (problem,) = faults(HEAD + "assume: [0 < power[A]]\n" + TABLE)
    assert (problem.code, problem.span.line, problem.span.column) == ("yaml-syntax", 5, 19)
    assert "quotes" in problem.hint


def test_missing_profiles_are_named() -> None:
    (problem,) = faults(HEAD + "payoffs:\n  X, X: 1, 1\n  X, Y: 0, 2\n")
    assert "Y, X; Y, Y" in problem.message


def test_information_sets_say_how_they_differ() -> None:
    (problem,) = faults(
        TREE + "  A:\n    L:\n      B @ x: {a: '1, 1', b: '2, 2'}\n"
        "    R:\n      B @ x: {a: '1, 1', c: '2, 2'}\n"
    )
    assert "only here: c; only there: b" in problem.message
    assert "line 7" in problem.message


def test_chance_that_sums_to_one_by_chance_shows_where_it_does_not() -> None:
    (problem,) = faults(TREE + "  chance:\n    u (q): 0, 0\n    v (1/2): 0, 0\n")
    assert "for all values: with q = " in problem.message


def test_chance_that_an_assumption_makes_sum_to_one_is_fine() -> None:
    text = "game: T\nplayers: [A]\nparameters: {q: 1/3, r: 2/3}\nassume: [q + r == 1]\n"
    assert study(text + "tree:\n  chance:\n    u (q): 0\n    v (r): 1\n").game.kind == "extensive"


def test_imperfect_recall_is_a_warning_with_both_ways() -> None:
    found = study(
        TREE + "  A:\n    L:\n      A @ x: {a: '1, 1', b: '2, 2'}\n"
        "    R:\n      A @ x: {a: '1, 1', b: '2, 2'}\n"
    )
    (warning,) = found.warnings
    assert (warning.code, warning.warning, warning.span.line) == ("imperfect-recall", True, 9)
    assert "by L and by R" in warning.message


def test_names_that_differ_only_by_case_are_a_warning() -> None:
    found = study("game: G\nplayers: [A]\nstrategies: [go, Go]\npayoffs: {go: 1, Go: 2}\n")
    assert [warning.code for warning in found.warnings] == ["similar-names"]


def test_an_outcome_nothing_leads_to_is_a_warning() -> None:
    found = study(HEAD + "outcomes: {never: '1, 1'}\n" + TABLE)
    assert [(w.code, w.span.line, w.span.column) for w in found.warnings] == [
        ("unused-outcome", 5, 12)
    ]


def test_a_doubled_key_does_not_hide_the_other_faults() -> None:
    text = (
        "game: Three faults\n"
        "players: [A, B]\n"
        "strategies: [x, y]\n"
        "payoffs:\n"
        "  x, x: .nan, 1\n"
        "  x, x: 1, 1\n"
        "  y, x: 1, 1\n"
        "  x, y: 1, 1\n"
        "  y, y: 1, 1, 1\n"
    )
    assert places(text) == [("not-finite", 5, 9), ("duplicate-key", 6, 3), ("payoff-count", 9, 9)]


def test_a_label_of_two_players_is_two_sets_and_may_be_a_slip() -> None:
    text = (
        "game: T\nplayers: [A, B]\ntree:\n  A:\n    L:\n      B @ x: {a: '1, 1', b: '2, 2'}\n"
        "    R:\n      A @ x: {a: '1, 1', b: '2, 2'}\n"
    )
    one = study(text)
    assert [(each.code, each.span.line) for each in one.warnings] == [("information-set", 8)]
    game = one.case().game
    assert isinstance(game, ExtensiveGame)
    assert [(each.player, each.label) for each in game.sets] == [(0, ""), (1, "x"), (0, "x")]
    assert not study(text.replace("A @ x: {a:", "A @ x: {c:")).warnings
