"""``types`` and ``prior`` become the tree in which chance draws the types."""

from __future__ import annotations

from fractions import Fraction

import pytest

from alliance_games.model.bayesian import Bayesian, bayesian_view
from alliance_games.model.extensive import ExtensiveGame
from tests.reading.games import codes, faults, study

HALF, THIRD = Fraction(1, 2), Fraction(1, 3)

ONE_SIDED = """\
game: One side
players: [Ally, Adversary]
parameters: {q: 1/3}
strategies: {Ally: [Support, Withhold], Adversary: [Attack, Desist]}
types:
  Ally: {Resolute: q, Irresolute: 1 - q}
payoffs:
  Resolute:
    Support, Attack: 2, -1
    Support, Desist: 1, 0
    Withhold, Attack: -2, 1
    Withhold, Desist: 0, 0
  Irresolute:
    Support, Attack: -3, -1
    Support, Desist: -1, 0
    Withhold, Attack: -2, 1
    Withhold, Desist: 0, 0
"""

ASSURANCE = """\
game: Assurance under doubt
players: [A, B]
parameters: {t: 3/4, u: 1/2, R: 4, T: 3, P: 2, S: 0, greed: 6}
strategies: [Cooperate, Defect]
types:
  B: {Trusty: t, Greedy: 1 - t}
  A: {Trusty: u, Greedy: 1 - u}
payoffs:
  each: >
    if(mine == Cooperate, if(count(Cooperate) == 2, R, S),
       if(others(Cooperate) == 1, if(type == Trusty, T, greed), P))
"""

JOINT = """\
game: Three players, two with types that go together
players: [A, B, C]
parameters: {q: 1/3, power: {value: {A: 3, B: 5, C: 7}}}
strategies: [Up, Down]
types: {B: [s, w], A: [1, 2]}
prior:
  1, s: q
  1, w: 1/3 - q/2
  2, s: 0
  2, w: 2/3 - q/2
payoffs:
  A: if(mine == Up, type, 0) + if(type(B) == s, 1, 0)
  B: count(Up) * type(A)
  C: plays(A, Up) - others(Down) + total(power, Up) - total(power) + power
"""


def view_of(text: str, **values: Fraction) -> Bayesian:
    game = study(text).case(None, values).game
    assert isinstance(game, ExtensiveGame)
    view = bayesian_view(game)
    assert view is not None
    return view


def test_a_table_for_each_type() -> None:
    view = view_of(ONE_SIDED)
    assert view.types == (("Resolute", "Irresolute"), ("start",))
    assert view.prior == {(0, 0): THIRD, (1, 0): 2 * THIRD}
    assert view.payoffs((0, 0), (0, 0)) == (2, -1)
    assert view.payoffs((1, 0), (0, 0)) == (-3, -1)
    assert view.payoffs((1, 0), (1, 1)) == (0, 0)
    assert view.has_types(0) and not view.has_types(1)
    assert view_of(ONE_SIDED, q=HALF).prior == {(0, 0): HALF, (1, 0): HALF}


def test_independent_types_by_formula() -> None:
    view = view_of(ASSURANCE)
    assert view.types == (("Trusty", "Greedy"), ("Trusty", "Greedy"))
    # A is trusty with 1/2 and B with 3/4, whatever the order in which the file names them
    assert view.prior == {
        (0, 0): Fraction(3, 8), (0, 1): Fraction(1, 8), (1, 0): Fraction(3, 8),
        (1, 1): Fraction(1, 8),
    }  # fmt: skip
    for profile in view.prior:
        tempted = [3 if kind == 0 else 6 for kind in profile]
        assert view.payoffs(profile, (0, 0)) == (4, 4)
        assert view.payoffs(profile, (0, 1)) == (0, tempted[1])
        assert view.payoffs(profile, (1, 0)) == (tempted[0], 0)
        assert view.payoffs(profile, (1, 1)) == (2, 2)


def test_a_joint_prior_and_types_that_are_numbers() -> None:
    view = view_of(JOINT)
    assert view.types == (("1", "2"), ("s", "w"), ("start",))
    # what is written as 0 is left out of the tree
    assert view.prior == {(0, 0, 0): THIRD, (0, 1, 0): Fraction(1, 6), (1, 1, 0): HALF}
    up, down = 0, 1
    assert view.payoffs((0, 0, 0), (up, down, up)) == (2, 2, 1 - 1 + 10 - 15 + 7)
    assert view.payoffs((1, 1, 0), (up, up, down)) == (2, 4, 1 - 0 + 8 - 15 + 7)
    assert view.payoffs((1, 1, 0), (down, up, down)) == (0, 2, 0 - 1 + 5 - 15 + 7)


def test_a_table_whose_payoffs_speak_of_types() -> None:
    text = ONE_SIDED[: ONE_SIDED.index("payoffs:")] + (
        "payoffs:\n"
        "  Support, Attack: 'if(type == Resolute, 2, -3), -1'\n"
        "  Support, Desist: 'if(type == Resolute, 1, -1), 0'\n"
        "  Withhold, Attack: '-2, if(type(Ally) == Resolute, 1, 1)'\n"
        "  Withhold, Desist: 0, 0\n"
    )
    one, other = study(text).case().game, study(ONE_SIDED).case().game
    assert one == other


def test_a_drawn_table_has_types_too() -> None:
    text = """\
game: Drawn
types: {Row: {hard: 1/4, soft: 3/4}}
matrix: |
  Row \\ Column | L | R
  T | if(type == hard, 1, 2), 0 | 3, if(type(Row) == hard, 4, 5)
  B | 6, 7 | 8, 9
"""
    text = text.replace("types:", "players: [Row, Column]\ntypes:")
    view = view_of(text)
    assert view.payoffs((0, 0), (0, 0)) == (1, 0)
    assert view.payoffs((1, 0), (0, 1)) == (3, 5)


RAGGED = """\
game: What a type can do
players: [Ally, Adversary]
strategies:
  Ally: {Resolute: [Fight], Irresolute: [Flee, Fight]}
  Adversary: [Attack, Desist]
types:
  Ally: {Resolute: 1/4, Irresolute: 3/4}
payoffs:
  Resolute:
    Fight, Attack: 1, 2
    Fight, Desist: 3, 4
  Irresolute:
    Flee, Attack: 5, 6
    Flee, Desist: 7, 8
    Fight, Attack: 9, 10
    Fight, Desist: 11, 12
"""


def test_types_may_differ_in_what_they_can_do() -> None:
    view = view_of(RAGGED)
    assert view.actions == ((("Fight",), ("Flee", "Fight")), (("Attack", "Desist"),))
    assert view.payoffs((0, 0), (0, 1)) == (3, 4)
    assert view.payoffs((1, 0), (1, 0)) == (9, 10)
    formula = RAGGED[: RAGGED.index("payoffs:")] + (
        "payoffs:\n  Ally: if(mine == Flee, 1, 2)\n  Adversary: plays(Ally, Fight)\n"
    )
    assert view_of(formula).payoffs((0, 0), (0, 0)) == (2, 1)
    assert view_of(formula).payoffs((1, 0), (0, 0)) == (1, 0)


@pytest.mark.parametrize(
    ("before", "after", "code", "line"),
    [
        ("Resolute: [Fight], I", "I", "missing-strategies", 4),
        ("{Resolute: [", "{Resolte: [", "unknown-type", 4),
        ("Resolute: [Fight]", "Resolute: [Fight, Fight]", "doubled-name", 4),
        ("Resolute: [Fight]", "Resolute: []", "empty", 4),
        ("    Fight, Attack: 1, 2\n", "    Flee, Attack: 1, 2\n", "unknown-strategy", 10),
        ("Adversary: [Attack, Desist]", "Adversary: {Resolute: [Attack]}", "wrong-shape", 5),
    ],
)  # fmt: skip
def test_faults_of_strategies_by_type(before: str, after: str, code: str, line: int) -> None:
    assert before in RAGGED
    found = [(fault.code, fault.span.line) for fault in faults(RAGGED.replace(before, after))]
    assert (code, line) in found, found


def test_definitions_may_speak_of_types() -> None:
    text = ASSURANCE.replace("if(type == Trusty, T, greed)", "lure").replace(
        "strategies:", "define: {lure: 'if(type == Trusty, T, greed)'}\nstrategies:"
    )
    assert study(text).case().game == study(ASSURANCE).case().game


@pytest.mark.parametrize(
    ("text", "before", "after", "code", "line"),
    [
        (ONE_SIDED, "Irresolute: 1 - q", "Irresolute: 2/3 + 0 * q", "chance-sum", 6),
        (ONE_SIDED, "Irresolute: 1 - q", "Irresolute: 1/2", "chance-sum", 6),
        (ONE_SIDED, "{Resolute: q, Irresolute: 1 - q}", "[Resolute, Irresolute]", "no-prior", 6),
        (ONE_SIDED, "Irresolute: 1 - q", "Irresolute: ''", "no-prior", 6),
        (ONE_SIDED, "  Ally: {R", "  Aly: {R", "unknown-player", 6),
        (ONE_SIDED, "  Irresolute:\n", "  Iresolute:\n", "unknown-type", 13),
        (ONE_SIDED, "    Support, Attack: -3, -1\n", "", "missing-profile", 13),
        (ONE_SIDED, "  Resolute:\n", "  Other:\n", "unknown-type", 8),
        (ASSURANCE, "type == Trusty", "type == Trusti", "unknown-word", 11),
        (ASSURANCE, "type == Trusty", "type(A) == Nobody", "unknown-word", 11),
        (ASSURANCE, "type == Trusty", "type > 1", "name-not-number", 11),
        (ASSURANCE, "  A: {Trusty: u, Greedy: 1 - u}\n", "  A: {}\n", "empty", 7),
        (JOINT, "  2, s: 0\n", "", "no-prior", 6),
        (JOINT, "  2, s: 0\n", "  3, s: 0\n", "unknown-type", 9),
        (JOINT, "  2, s: 0\n", "  2, s: 0\n  2,s: 0\n", "doubled-profile", 10),
        (JOINT, "2/3 - q/2", "2/3", "chance-sum", 6),
        (JOINT, "A: [1, 2]", "A: {1: 1/2, 2: 1/2}", "two-priors", 5),
        (JOINT, "C: plays", "C: type + plays", "not-here", 14),
        (JOINT, "C: plays", "C: type(C) + plays", "unknown-type", 14),
        (JOINT, "A: [1, 2]", "A: [1, 1]", "doubled-name", 5),
        (ASSURANCE, "types:\n", "prior: {}\ntypes:\n", "empty", 5),
        (ASSURANCE, "types:\n", "observed: {A: public}\ntypes:\n", "not-here", 5),
        (ASSURANCE, "(Cooperate) == 2, R, S)", "(Cooperate) == 2, R, 1/(t - 3/4))",
         "division-by-zero", 10),
    ],
)  # fmt: skip
def test_faults_at_their_line(text: str, before: str, after: str, code: str, line: int) -> None:
    assert before in text
    found = [(fault.code, fault.span.line) for fault in faults(text.replace(before, after))]
    assert (code, line) in found, found


def test_a_prior_without_types() -> None:
    text = ASSURANCE[: ASSURANCE.index("types:")] + "prior: {A: 1}\npayoffs: {each: 1}\n"
    assert codes(text) == ["missing-key"]


def test_types_beside_a_tree_say_how_a_tree_does_it() -> None:
    text = "game: G\nplayers: [A]\ntypes: {A: {x: 1}}\ntree: {A: {l: 1, r: 2}}\n"
    (fault,) = faults(text)
    assert (fault.code, fault.span.line) == ("not-here", 3)
    assert "@" in fault.hint


@pytest.mark.parametrize(
    "types",
    ["", " 1", " []", " {}", " [A]", " {A: }", " {A: 1}", " {A: [[x]]}", " {A: {x: {y: 1}}}",
     " {[A]: {x: 1}}", " {A: {x: 2}}", " {A: {x: -1, y: 2}}", " {A: {x: type}}",
     " {A: {x: 1/0}}"],
)  # fmt: skip
def test_whatever_stands_there_is_told(types: str) -> None:
    for body in ("payoffs: {each: 1}", "payoffs: {x: {X: 1}}", "matrix: A"):
        assert codes(f"game: G\nplayers: [A, B]\nstrategies: [X]\ntypes:{types}\n{body}\n")


@pytest.mark.parametrize("number", [12, 60])
def test_too_many_types_are_refused(number: int) -> None:
    types = "".join(f"  P{i}: {{a: 1/2, b: 1/2}}\n" for i in range(number))
    players = ", ".join(f"P{i}" for i in range(number))
    text = (
        f"game: G\nplayers: [{players}]\nstrategies: [X, Y]\ntypes:\n{types}payoffs:\n  each: 1\n"
    )
    assert codes(text) == ["too-large"]
