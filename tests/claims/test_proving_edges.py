"""Claims that cannot be proved: each ends in words, and where chance drops out none is wrong."""

from __future__ import annotations

import pytest

from alliance_games.claims import Outcome, Verdict, check
from alliance_games.claims.proving import Prover
from alliance_games.reading import read_text
from alliance_games.results.budget import LimitReached

HUNT = """
game: Stag hunt
players: [Alice, Jack]
parameters: {stag: 4}
strategies: [Stag, Rabbit]
payoffs:
  Stag, Stag: stag, stag
  Stag, Rabbit: 0, 3
  Rabbit, Stag: 3, 0
  Rabbit, Rabbit: 3, 3
expect:
"""


def verdict(game: str, line: str) -> Verdict:
    return check(read_text(f"{game}  - {line}\n"))[-1]


@pytest.mark.parametrize("when", ["", ", when: stag > 3"])
@pytest.mark.parametrize("quantity", ["count(foo)", "value(foo)", 'value("foo", Alice)'])
def test_an_unknown_concept_is_named(quantity: str, when: str) -> None:
    found = verdict(HUNT, f"{{compare: '{quantity} > 0'{when}}}")
    assert found.outcome is Outcome.FAILED
    assert found.found.endswith(": there is no concept called 'foo'")


CONTEST = """
game: How much to give
players: [Ann]
parameters: {a: {value: 1, range: [0, 3]}, b: {value: 1, range: [0, 3]}}
choices:
  Ann: g in [0, a]
payoffs:
  Ann: 2 * log(g + b) - 2 * g
expect:
"""

ALLIES = """
game: Allies for ever
players: [Ally, Patron]
parameters: {T: {value: 5, range: [4, 10]}, delta: {value: 2/3, range: [0, 1]}}
repeated:
  discount: delta
  stage:
    matrix: |
      Ally \\ Patron | Share | Leave
      Share         | 3, 3  | 0, T
      Leave         | T, 0  | 1, 1
  cooperate: [Share, Share]
expect:
"""


@pytest.mark.parametrize("when", ["", ", when: b >= 0"])
@pytest.mark.parametrize("claim", ["never", "equilibrium", "not equilibrium"])
@pytest.mark.parametrize("profile", ["[]", "[L, l]"])
def test_a_list_is_no_choice_of_numbers(claim: str, profile: str, when: str) -> None:
    found = verdict(CONTEST, f"{{{claim}: {profile}{when}}}")
    assert found.outcome is Outcome.FAILED
    assert "it is no list: {Ann: " in found.found


@pytest.mark.parametrize("when", ["", ", when: delta > 0"])
def test_a_number_that_an_answer_does_not_name(when: str) -> None:
    found = verdict(ALLIES, f'{{compare: \'value("grim-trigger", "x") > 0\'{when}}}')
    assert found.outcome is Outcome.FAILED
    assert "there is no x in {Share, Share: " in found.found


def test_a_limit_reached_while_cases_are_put_into_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*_: object) -> str:
        raise LimitReached("the time limit of 2 seconds was reached")

    monkeypatch.setattr(Prover, "words", late)
    found = verdict(HUNT, "{count: {nash: 3}, when: stag > 3}")
    assert found.outcome is Outcome.UNDECIDED
    assert found.found == "the time limit of 2 seconds was reached"
