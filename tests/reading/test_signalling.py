"""The body ``signalling`` becomes the tree it stands for; its faults are told at their place."""

from __future__ import annotations

from fractions import Fraction

import pytest

from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.signalling import Signalling, signalling_view
from tests.reading.games import codes, faults, study

TREATY = """\
game: A treaty
parameters: {q: 3/10, cost: 4, win: {value: {Ally: 2, Adversary: 5}}}
define: {paid: "if(message == Treaty, cost, 0)"}
signalling:
  sender: Ally
  types: {Committed: q, Uncommitted: 1 - q}
  messages: [Treaty, No treaty]
  receiver: Adversary
  responses: [Attack, Desist]
  payoffs:
    Ally: if(response == Attack, if(type == Committed, win, 0), 6) - paid
    Adversary: if(response != Attack, 0, if(type(Ally) == Committed, -4, win))
"""


def view_of(text: str) -> Signalling:
    game = study(text).case().game
    assert isinstance(game, ExtensiveGame)
    view = signalling_view(game)
    assert view is not None
    return view


def table(view: Signalling) -> dict[tuple[str, ...], tuple[Fraction, ...]]:
    """Payoffs by the names of type, message and response."""
    return {
        (kind, message, *answer): view.payoffs[t][m][r]
        for t, kind in enumerate(view.types)
        for m, message in enumerate(view.messages)
        for r, answer in enumerate([(each,) for each in view.responses[m]] or [()])
    }


def test_formulas_are_written_out_for_each_ending() -> None:
    view = view_of(TREATY)
    game = view.game
    assert game.players == ("Ally", "Adversary")
    assert view.prior == (Fraction(3, 10), Fraction(7, 10))
    assert table(view) == {
        ("Committed", "Treaty", "Attack"): (-2, -4),
        ("Committed", "Treaty", "Desist"): (2, 0),
        ("Committed", "No treaty", "Attack"): (2, -4),
        ("Committed", "No treaty", "Desist"): (6, 0),
        ("Uncommitted", "Treaty", "Attack"): (-4, 5),
        ("Uncommitted", "Treaty", "Desist"): (2, 0),
        ("Uncommitted", "No treaty", "Attack"): (0, 5),
        ("Uncommitted", "No treaty", "Desist"): (6, 0),
    }
    assert [game.set_name(index) for index in view.sender_set] == ["Committed", "Uncommitted"]
    assert [game.set_name(index) for index in view.receiver_set if index is not None] == [
        "Treaty",
        "No treaty",
    ]


def test_parameters_change_it_and_scenarios() -> None:
    text = TREATY + "scenarios: {cheap: {cost: 0}}\n"
    one = study(text)
    view = signalling_view(one.case("cheap").game)
    assert view is not None and view.u_sender(0, 0, 1) == 6
    view = signalling_view(one.case(None, {"q": Fraction(1, 2)}).game)
    assert view is not None and view.prior == (Fraction(1, 2),) * 2


TABLE = """\
game: A treaty
players: [Bystander, Adversary, Ally]
signalling:
  sender: Ally
  types: {High: 1/2, Low: 1/2}
  messages: [Speak, Leave]
  receiver: Adversary
  responses: {Speak: [Attack, Desist]}
  payoffs:
    High, Speak, Attack: 0, 1, 2
    High, Speak, Desist: 3, 4, if(type == High, 5, 0)
    High, Leave: 6, 7, 8
    Low, Speak, Attack: 9, 10, 11
    Low, Speak, Desist: 12, 13, 14
    Low, Leave: 15, 16, 17
"""


def test_a_table_of_payoffs_with_a_message_that_ends_the_game() -> None:
    view = view_of(TABLE)
    assert (view.sender, view.receiver) == (2, 1)
    assert view.responses == (("Attack", "Desist"), ())
    assert table(view) == {
        ("High", "Speak", "Attack"): (0, 1, 2),
        ("High", "Speak", "Desist"): (3, 4, 5),
        ("High", "Leave"): (6, 7, 8),
        ("Low", "Speak", "Attack"): (9, 10, 11),
        ("Low", "Speak", "Desist"): (12, 13, 14),
        ("Low", "Leave"): (15, 16, 17),
    }


def test_types_that_are_numbers_count() -> None:
    text = TREATY.replace("{Committed: q, Uncommitted: 1 - q}", "{0: q, 2.5: 1 - q}")
    text = text.replace("type == Committed", "type == 0").replace(
        "type(Ally) == Committed", "q > 2"
    )
    text = text.replace("- paid", "- paid + 10 * type")
    view = view_of(text)
    assert view.u_sender(0, 0, 1) == 2
    assert view.u_sender(1, 0, 1) == 27


def test_a_parameter_hides_the_word() -> None:
    text = TREATY.replace("cost: 4", "cost: 4, response: 7").replace(
        "response == Attack", "response > 6"
    )
    text = text.replace("response != Attack", "response < 6")
    assert view_of(text).u_sender(0, 1, 1) == 2


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("receiver: Adversary", "receiver: Ally", ["one-player"]),
        ("{Committed: q, Uncommitted: 1 - q}", "[Committed, Uncommitted]", ["no-prior"]),
        ("Uncommitted: 1 - q", "Uncommitted", ["no-prior"]),
        ("Uncommitted: 1 - q", "Committed: 1 - q", ["duplicate-key"]),
        ("Uncommitted: 1 - q", "Uncommitted: 7/10 + 0 * q", ["chance-sum"]),
        ("Uncommitted: 1 - q", "Uncommitted: 1/2", ["chance-sum"]),
        ("response == Attack", "response == Atack", ["unknown-word"]),
        ("response == Attack", "response == Treaty", ["unknown-word"]),
        ("message == Treaty", "message == Committed", ["unknown-word"]),
        ("type(Ally)", "type(Adversary)", ["unknown-type"]),
        ("type(Ally)", "type(Alli)", ["unknown-player"]),
        ("win, 0), 6)", "win, 0), 6 * type)", ["name-not-number"]),
        ("    Adversary: if", "    Adversery: if", ["unknown-player"]),
        ("  messages: [Treaty, No treaty]\n", "", ["missing-key"]),
        ("  responses:", "  respones:", ["unknown-key"]),
        ("  sender: Ally", "  sender: [Ally]", ["wrong-shape"]),
        ("{q: 3/10", "{q: type", ["not-a-number"]),
        ("[Treaty, No treaty]", "[Treaty, Treaty]", ["doubled-name"]),
    ],
)  # fmt: skip
def test_faults(before: str, after: str, expected: list[str]) -> None:
    assert before in TREATY
    found = codes(TREATY.replace(before, after))
    assert set(expected) <= set(found), found


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("    High, Leave: 6, 7, 8\n", "", [("missing-profile", 9)]),
        ("High, Leave:", "High, Leave, Attack:", [("profile-length", 12)]),
        ("High, Speak, Attack", "High, Speak", [("profile-length", 10)]),
        ("Low, Speak, Attack", "Low, Speak, Atack", [("unknown-response", 13)]),
        ("Low, Speak, Attack", "Lo, Speak, Attack", [("unknown-type", 13)]),
        ("Low, Speak, Attack", "Low, Speek, Attack", [("unknown-message", 13)]),
        ("Low, Speak, Attack", "High,Speak,Attack", [("doubled-profile", 13)]),
        ("players: [Bystander, Adversary, Ally]", "players: [Bystander, Ally, A]",
         [("unknown-player", 7)]),
    ],
)  # fmt: skip
def test_faults_of_a_table_at_their_line(
    before: str, after: str, expected: list[tuple[str, int]]
) -> None:
    found = faults(TABLE.replace(before, after))
    assert set(expected) <= {(fault.code, fault.span.line) for fault in found}, found


def test_all_faults_at_once() -> None:
    text = TREATY.replace("receiver: Adversary", "receiver: Ally").replace("Attack, Desist", "A, A")
    assert {"one-player", "doubled-name", "unknown-word"} <= set(codes(text))


def test_a_message_that_makes_no_difference_is_a_warning() -> None:
    text = TREATY.replace("cost: 4", "cost: 4, z: 1").replace("- paid", "")
    (warning,) = study(text).warnings
    assert (warning.code, warning.span.line) == ("idle-message", 7)
    assert not study(TREATY).warnings


def test_a_type_that_cannot_be_is_a_warning() -> None:
    (warning,) = study(TREATY.replace("q: 3/10", "q: 1")).warnings
    assert (warning.code, warning.span.line) == ("unreachable", 6)
    assert "'Uncommitted' of Ally" in warning.message
    (warning,) = study(TREATY + "scenarios: {sure: {q: 1}}\n").warnings
    assert warning.code == "unreachable" and "sure" in warning.message


@pytest.mark.parametrize(
    "key",
    ["types: {Ally: {A: 1}}", "prior: {A: 1}", "observed: {Ally: public}", "strategies: [A, B]"],
)
def test_it_has_its_own_types_and_messages(key: str) -> None:
    (fault, *_) = faults(TREATY + key + "\n")
    assert (fault.code, fault.span.line) == ("not-here", 13)


@pytest.mark.parametrize(
    "body", ["", " 1", " []", " {}", " [1, 2]", "\n  sender:", "\n  sender: A\n  types: 3",
             "\n  payoffs: {}", "\n  sender: {A: 1}\n  receiver: [B]\n  types: {A: {B: 1}}",
             "\n  responses: {A: 1, B: [C, D], [E]: F}", "\n  messages: {A: B}\n  types: [x]"],
)  # fmt: skip
def test_whatever_stands_there_is_told(body: str) -> None:
    for head in ("game: G\n", "game: G\nplayers: [A, B]\n"):
        assert codes(f"{head}signalling:{body}\n")


def test_a_part_that_is_missing_is_said_once() -> None:
    """What pays by types, messages or responses that are not known is no fault of its own."""
    define = 'define: {paid: "if(message == Treaty, cost, 0)"}\n'
    text = TREATY.replace(define, "").replace("paid", "if(message == Treaty, cost, 0)")
    for part, code in (
        ("  types: {Committed: q, Uncommitted: 1 - q}\n", "missing-key"),
        ("  messages: [Treaty, No treaty]\n", "missing-key"),
        ("  responses: [Attack, Desist]\n", "missing-key"),
    ):
        assert codes(text.replace(part, "")) == [code]
    assert codes(text.replace("{Committed: q, Uncommitted: 1 - q}", "[Committed, Un]")) == [
        "no-prior"
    ]


def test_too_many_messages_are_refused_before_they_are_written_out() -> None:
    many = ", ".join(f"m{k}" for k in range(100_000))
    (fault,) = faults(TREATY.replace("Treaty, No treaty", f"Treaty, {many}"))
    assert (fault.code, fault.span.line) == ("too-large", 4)
    assert "has 600,009 nodes" in fault.message


def test_a_sender_who_cannot_be_is_marked() -> None:
    (fault,) = faults(TREATY.replace("sender: Ally", "sender: chance").replace("Ally", "chance"))
    assert (fault.code, fault.span.line, fault.span.column) == ("bad-name", 5, 11)
