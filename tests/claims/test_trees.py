"""Expectations about signalling games, held against what models.md (f2) says of this one.

The only sequential equilibria are the separating one, and pooling without a treaty, which is
supported by a belief in Committed of at most 1/2 after a treaty (attack; at 1/2 with probability
4/7 or more).
"""

from __future__ import annotations

import pytest

from alliance_games.claims import Outcome, check
from alliance_games.model.problems import InvalidGame
from alliance_games.reading import read_text

TREATY = """
game: Treaty as a signal
players: [Ally, Adversary]
parameters: {q: 3/10, k: 4}
signalling:
  sender: Ally
  types: {Committed: q, Uncommitted: 1 - q}
  messages: [Treaty, No treaty]
  receiver: Adversary
  responses: [Attack, Desist]
  payoffs:
    Ally: >
      if(type == Committed,
        if(response == Attack, 2 + if(message == Treaty, 1, 0), 10),
        if(response == Attack, if(message == Treaty, -1, 0), 3)) - if(message == Treaty, k, 0)
    Adversary: if(response == Desist, 0, if(type == Committed, -4, 4))
scenarios:
  likely committed: {q: 3/5}
  cheap: {k: 1}
expect:
"""

SEPARATING = "Ally: {Committed: Treaty, Uncommitted: No treaty}"
POOLING = "Ally: {Committed: No treaty, Uncommitted: No treaty}"


def verdict(line: str):
    text = TREATY + "  - " + line.replace("\n", "\n    ") + "\n"
    (found,) = check(read_text(text, "game.yaml"))
    return found


HELD = [
    f"sequential: {{includes: [{{{SEPARATING}, Adversary: {{Treaty: Desist}}}}]}}",
    f"sequential: [{{{SEPARATING}}}, {{{POOLING}, Adversary: {{No treaty: Attack}}}}]",
    "sequential: [{form: separating}, {form: pooling on No treaty}]",
    "sequential: [{form: separating}, {form: pooling}]",
    "sequential: {excludes: [{form: semi-separating}, {form: pooling on Treaty}]}",
    "sequential: {includes: [{form: semi-separating}]}\nin scenario: cheap",
    "sequential: {includes: [{beliefs: {Adversary: {Treaty: {Committed: 1}}}}]}",
    "sequential: {includes: [{form: pooling, beliefs: {Adversary: {No treaty: {Committed: q}}}}]}",
    f"intuitive-criterion: [{{{SEPARATING}}}]",
    "intuitive-criterion: {excludes: [{form: pooling}]}",
    "count: {sequential: 2}",
    "count: {intuitive-criterion: 1}",
    "count: {d1: 1}",
    "count: {divinity: 1}",
    "unique: intuitive-criterion",
    "logit: {includes: [{form: separating}]}",
    f"not equilibrium: {{{POOLING}, Adversary: {{Treaty: {{Attack: 1/2}}, No treaty: Attack}}}}",
    f"equilibrium: {{{POOLING}, Adversary: {{Treaty: {{Attack: 4/7}}, No treaty: Attack}}}}",
    f"equilibrium: {{{SEPARATING}}}",
    "compare: payoff(Ally) > 1/2 and payoff(Adversary) >= 8/5",
    "compare: 'probability(Adversary, \"No treaty\", Attack) == 1'",
]

FAILED = [
    f"sequential: [{{{SEPARATING}}}]",
    "sequential: none",
    "sequential: {includes: [{form: pooling, beliefs: {Adversary: {Treaty: {Committed: 1/2}}}}]}",
    "sequential: {includes: [{form: pooling, Adversary: {Treaty: Attack}}]}",
    "sequential: {excludes: [{form: separating}]}",
    "intuitive-criterion: [{form: separating}, {form: pooling}]",
    "count: {sequential: 1}",
    "unique: sequential",
    "never: Treaty",
    "never: {Ally: Treaty}",
    "never: [Committed, Treaty, Desist]",
    f"not equilibrium: {{{SEPARATING}, Adversary: {{Treaty: Desist, No treaty: Attack}}}}",
    "compare: payoff(Ally) > 1",
]


@pytest.mark.parametrize("line", HELD)
def test_a_line_that_holds(line: str) -> None:
    found = verdict(line)
    assert found.outcome is Outcome.HELD, found.found


@pytest.mark.parametrize("line", FAILED)
def test_a_line_that_does_not_hold_says_what_was_found(line: str) -> None:
    found = verdict(line)
    assert found.outcome is Outcome.FAILED, found.found
    assert found.found


def test_an_unmet_line_tells_assessments_with_their_beliefs_and_continua_by_their_conditions() -> (
    None
):
    found = verdict("sequential: none").found
    assert "{Ally: {Committed: Treaty, Uncommitted: No treaty}, " in found
    assert "beliefs: {Adversary: {Treaty: Committed, No treaty: Uncommitted}}" in found
    assert "belief(Adversary @ Treaty: Committed) <= 1/2" in found
    assert "Pr(Adversary @ Treaty: Attack) >= 4/7" in found


def test_plans_that_are_left_are_told() -> None:
    found = verdict("extensive-form-rationalizable: none")
    assert found.outcome is Outcome.FAILED
    assert "Ally: {Committed: Treaty, Uncommitted: No treaty}" in found.found


def test_what_is_said_of_nash_equilibria_in_part_is_undecided_where_no_answer_is_so() -> None:
    found = verdict(f"equilibrium: {{{POOLING}, Adversary: {{Treaty: Desist}}}}")
    assert found.outcome is Outcome.UNDECIDED
    assert "nothing is said of Adversary at No treaty" in found.found


def test_a_named_equilibrium_has_beliefs() -> None:
    text = TREATY + (
        f"  - sequential: {{includes: [{{{SEPARATING}}}]}}\n"
        f"  - equilibrium: {{{SEPARATING}}}\n    as: telling\n"
        "  - compare: belief(Adversary, Treaty, Committed) == 1\n    at: telling\n"
        "  - compare: payoff(Ally) == 9/5 and probability(Ally, Committed, Treaty) == 1\n"
        "    at: telling\n"
    )
    assert [one.outcome for one in check(read_text(text, "game.yaml"))] == [Outcome.HELD] * 4


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("sequential: [{form: separated}]", "wrong-shape"),
        (
            "sequential: [{beliefs: {Adversary: {Trety: {Committed: 1}}}}]",
            "unknown-information-set",
        ),
        ("sequential: [{beliefs: [Adversary]}]", "wrong-shape"),
        ("never: {Ally: Attac}", "unknown-strategy"),
        ("compare: belief(Adversary, Treaty) == 1", "formula-syntax"),
    ],
)
def test_misspelt_lines_are_faults_of_the_file(line: str, code: str) -> None:
    with pytest.raises(InvalidGame) as fault:
        verdict(line)
    assert [problem.code for problem in fault.value.problems] == [code]
