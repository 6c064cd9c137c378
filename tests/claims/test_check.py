"""Every form of expectation: one that holds, one that does not, and what cannot be settled."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from alliance_games.certificates.regret import expected_payoffs, largest_gain
from alliance_games.claims import Outcome, check
from alliance_games.model.normal import NormalGame
from alliance_games.reading import read_file, read_text
from alliance_games.results.budget import Budget

STAG_HUNT = """
game: Stag hunt
players: [Alice, Jack]
parameters: {stag: 4, rabbit: 3}
strategies: [Stag, Rabbit]
payoffs:
  Stag, Stag: stag, stag
  Stag, Rabbit: 0, rabbit
  Rabbit, Stag: rabbit, 0
  Rabbit, Rabbit: rabbit, rabbit
scenarios:
  poor: {rabbit: 1}
expect:
"""

PRISONERS = """
game: Prisoners
players: [A, B]
strategies: [Ally, Abstain]
matrix: |
  A \\ B   | Ally | Abstain
  Ally    | 2, 2 | 4, 1
  Abstain | 1, 4 | 3, 3
expect:
"""

CONTINUUM = """
game: Two rows alike
players: [A, B]
strategies: {A: [up, down], B: [left, right]}
matrix: |
  A \\ B | left | right
  up    | 1, 1 | 1, 1
  down  | 1, 0 | 0, 0
expect:
"""

MENU = """
game: Menu
players: [Major, Minor]
tree:
  Major:
    none: 0, 0
    light: {Minor @ light: {accept: "3/2, 6", reject: "0, 0"}}
    full: {Minor @ full: {accept: "2, 8", reject: "0, 0"}}
expect:
"""

VOLUNTEERS = """
game: Volunteers
players: 30
strategies: [Act, Wait]
payoffs:
  each: if(count(Act) >= 1, 1, 0) - if(mine == Act, 3/10, 0)
expect:
"""


def verdicts(game: str, *lines: str):
    text = game + "".join("  - " + line.replace("\n", "\n    ") + "\n" for line in lines)
    return check(read_text(text, "game.yaml"))


def outcome(game: str, line: str) -> str:
    (verdict,) = verdicts(game, line)
    return verdict.outcome.value


HELD = [
    (STAG_HUNT, "pure-nash: [[Stag, Stag], [Rabbit, Rabbit]]"),
    (STAG_HUNT, "pure-nash: [[Rabbit, Rabbit], [Stag, Stag]]"),
    (STAG_HUNT, "nash: [[Stag, Stag], [Rabbit, Rabbit], {Alice: {Stag: 3/4}, Jack: {Stag: 3/4}}]"),
    (STAG_HUNT, "nash: {includes: [[Stag, Stag]], excludes: [[Stag, Rabbit]]}"),
    (STAG_HUNT, "equilibrium: {Alice: {Stag: rabbit / stag}, Jack: {Rabbit: 1 - rabbit/stag}}"),
    (STAG_HUNT, "equilibrium: {Alice: {Stag: about 0.75}, Jack: {Stag: 0.75}}"),
    (STAG_HUNT, "not equilibrium: [Stag, Rabbit]"),
    (STAG_HUNT, "count: {nash: 3}"),
    (STAG_HUNT, "count: {nash: stag - 1}"),
    (STAG_HUNT, "payoff-dominance: [Stag, Stag]"),
    (STAG_HUNT, "risk-dominance: [Stag, Stag]\nin scenario: poor"),
    (STAG_HUNT, "maxmin: {Alice: 3, Jack: about 3.0}"),
    (STAG_HUNT, "dominance: none"),
    (STAG_HUNT, "compare: payoff(Alice) >= rabbit"),
    (STAG_HUNT, "compare: threshold(Alice) == 3/4"),
    (STAG_HUNT, "compare: count(nash) == 3 and stag > rabbit"),
    (PRISONERS, "unique: nash"),
    (PRISONERS, "dominance: {A: Ally, B: Ally}"),
    (PRISONERS, "rationalizable: {A: [Ally], B: [Ally]}"),
    (PRISONERS, "pareto: [[Ally, Abstain], [Abstain, Ally], [Abstain, Abstain]]"),
    (PRISONERS, "never: Abstain"),
    (PRISONERS, "never: {A: Abstain}"),
    (PRISONERS, "never: [Abstain, Abstain]"),
    (PRISONERS, "welfare: {price of anarchy: 3/2}"),
    (PRISONERS, "compare: welfare() == 4"),
    (CONTINUUM, "nash: {includes: [[up, left], {A: up, B: {left: 1/2}}]}"),
    (CONTINUUM, "nash: {excludes: [[down, right]]}"),
    (MENU, "subgame-perfect: [{Major: {start: full}, Minor: {light: accept, full: accept}}]"),
    (MENU, "subgame-perfect: [full, accept]"),
    (MENU, "subgame-perfect: [{Minor: {light: accept}}]"),
    (MENU, "equilibrium: {Major: {start: full}, Minor: {light: accept, full: accept}}"),
    (MENU, "equilibrium: {Major: {start: none}, Minor: {light: reject, full: reject}}"),
    (MENU, "not equilibrium: {Major: {start: none}, Minor: {light: reject, full: accept}}"),
    (MENU, "count: {subgame-perfect: 1}"),
    (MENU, "never: reject"),
    (MENU, "compare: payoff(Minor) == 8 and probability(Minor, full, accept) == 1"),
    (VOLUNTEERS, "count: {pure-nash: 30}"),
    (VOLUNTEERS, "pure-nash: [{Act: 1, Wait: 29}]"),
]

FAILED = [
    (STAG_HUNT, "pure-nash: [[Stag, Stag]]"),
    (STAG_HUNT, "pure-nash: none"),
    (STAG_HUNT, "nash: [[Stag, Stag], [Rabbit, Rabbit]]"),
    (STAG_HUNT, "nash: {includes: [[Stag, Rabbit]]}"),
    (STAG_HUNT, "nash: {excludes: [[Stag, Stag]]}"),
    (STAG_HUNT, "equilibrium: {Alice: {Stag: 2/3}, Jack: {Stag: 2/3}}"),
    (STAG_HUNT, "equilibrium: {Alice: {Stag: 3/2}, Jack: {Stag: 3/2}}"),
    (STAG_HUNT, "equilibrium: {Alice: {Stag: 0.7500001}, Jack: {Stag: 3/4}}"),
    (STAG_HUNT, "not equilibrium: [Stag, Stag]"),
    (STAG_HUNT, "count: {nash: 2}"),
    (STAG_HUNT, "unique: nash"),
    (STAG_HUNT, "risk-dominance: [Stag, Stag]"),
    (STAG_HUNT, "risk-dominance: none"),
    (STAG_HUNT, "maxmin: {Alice: about 3.1}"),
    (STAG_HUNT, "dominance: {Alice: Stag}"),
    (STAG_HUNT, "never: Stag"),
    (STAG_HUNT, "compare: payoff(Alice) > rabbit"),
    (PRISONERS, "dominance: {A: Ally}"),
    (PRISONERS, "dominance: none"),
    (PRISONERS, "rationalizable: {A: [Ally, Abstain], B: [Ally]}"),
    (PRISONERS, "pareto: [[Ally, Abstain]]"),
    (PRISONERS, "risk-dominance: [Ally, Ally]"),
    (CONTINUUM, "nash: [[up, left], [up, right], [down, left]]"),
    (CONTINUUM, "unique: nash"),
    (CONTINUUM, "count: {nash: 2}"),
    (CONTINUUM, "nash: {includes: [[down, right]]}"),
    (MENU, "subgame-perfect: [light, accept]"),
    (MENU, "subgame-perfect: [{Minor: {light: reject}}]"),
    (MENU, "never: accept"),
    (VOLUNTEERS, "pure-nash: [{Act: 2, Wait: 28}]"),
]

UNDECIDED = [
    (STAG_HUNT, "unique: correlated\nwhen: stag > 2 * rabbit"),
    (MENU, "equilibrium: {Minor: {light: reject}}"),
    (VOLUNTEERS, "never: Wait"),
]


@pytest.mark.parametrize(("game", "line"), HELD)
def test_an_expectation_that_holds(game: str, line: str) -> None:
    (verdict,) = verdicts(game, line)
    assert (verdict.outcome, verdict.passes) == (Outcome.HELD, True), verdict.found


@pytest.mark.parametrize(("game", "line"), FAILED)
def test_an_expectation_that_does_not_hold_names_what_was_found(game: str, line: str) -> None:
    (verdict,) = verdicts(game, line)
    assert verdict.outcome is Outcome.FAILED, verdict.found
    assert not verdict.passes
    assert verdict.found


@pytest.mark.parametrize(("game", "line"), UNDECIDED)
def test_what_cannot_be_settled_is_undecided_and_does_not_pass(game: str, line: str) -> None:
    (verdict,) = verdicts(game, line)
    assert verdict.outcome is Outcome.UNDECIDED
    assert not verdict.passes
    (allowed,) = verdicts(game, line + "\nmay be: undecided")
    assert allowed.outcome is Outcome.UNDECIDED
    assert allowed.passes


def test_a_named_equilibrium_moves_with_the_values() -> None:
    mixed = "equilibrium: {Alice: {Stag: rabbit / stag}, Jack: {Stag: rabbit / stag}}\nas: mixed"
    at = "compare: payoff(Alice) == rabbit\nat: mixed"
    assert [one.outcome for one in verdicts(STAG_HUNT, mixed, at, at + "\nin scenario: poor")] == [
        Outcome.HELD
    ] * 3
    wrong = "equilibrium: {Alice: {Stag: 3/4}, Jack: {Stag: 3/4}}\nas: mixed"
    (_, there) = verdicts(STAG_HUNT, wrong, at + "\nin scenario: poor")
    assert there.outcome is Outcome.FAILED
    assert "mixed" in there.found


def test_the_words_of_a_failure() -> None:
    (verdict,) = verdicts(STAG_HUNT, "equilibrium: [Stag, Rabbit]")
    assert verdict.found == "Alice gains 3 by playing Rabbit"
    (verdict,) = verdicts(STAG_HUNT, "risk-dominance: [Stag, Stag]")
    assert verdict.found == "[Rabbit, Rabbit]"
    (verdict,) = verdicts(CONTINUUM, "count: {nash: 2}")
    assert "infinitely many" in verdict.found


def test_numbers_of_any_size_have_words() -> None:
    game = STAG_HUNT.replace("Stag: stag, stag", "Stag: 10^999 / 3, 10^9000")
    (verdict,) = verdicts(game, "compare: payoff(Alice) < 1")
    assert (verdict.outcome, "3.3333333e998" in verdict.found) == (Outcome.FAILED, True)


def test_what_says_nothing_about_the_answer_is_not_called_an_answer() -> None:
    (verdict,) = verdicts(PRISONERS, "risk-dominance: [Ally, Ally]")
    assert verdict.found.startswith("nothing to compare: risk-dominance is not asked")
    (verdict,) = verdicts(PRISONERS, "equilibrium: {A: {Ally: 3/2}, B: Ally}")
    assert verdict.found == "A's numbers are no probabilities: one is negative"


def test_another_file_is_asked_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "other.yaml").write_text(PRISONERS.removesuffix("expect:\n"))
    (tmp_path / "mine.yaml").write_text(
        STAG_HUNT + "  - unique: nash\n    in game: other.yaml\n  - unique: nash\n"
    )
    there, here = check(read_file(tmp_path / "mine.yaml"))
    assert there.outcome is Outcome.HELD
    assert here.outcome is Outcome.FAILED


def test_the_values_asked_for_replace_the_defaults() -> None:
    study = read_text(STAG_HUNT + "  - risk-dominance: [Stag, Stag]\n", "game.yaml")
    assert not check(study)[0].passes
    assert check(study, overrides={"rabbit": Fraction(1)})[0].passes
    assert check(study, scenario="poor")[0].passes


def test_a_limit_leaves_an_expectation_undecided() -> None:
    import random

    draw = random.Random(3)
    names = [f"s{i}" for i in range(12)]
    rows = [[f"{draw.randint(0, 99)}, {draw.randint(0, 99)}" for _ in names] for _ in names]
    table = "\n".join(f"  {n} | " + " | ".join(row) for n, row in zip(names, rows, strict=True))
    text = (
        f"game: Large\nplayers: [A, B]\nstrategies: [{', '.join(names)}]\n"
        f"matrix: |\n  A \\ B | {' | '.join(names)}\n{table}\nexpect:\n  - count: {{nash: 1}}\n"
    )
    (verdict,) = check(read_text(text, "game.yaml"), budget=lambda: Budget(seconds=0))
    assert verdict.outcome is Outcome.UNDECIDED
    assert "time limit" in verdict.found


def test_regret_by_the_definition() -> None:
    game = NormalGame.from_payoffs(
        ["A", "B", "C"],
        [["0", "1"]] * 3,
        lambda p: (p[0] == p[1], p[1] == p[2], p[2] != p[0]),
    )
    half = (Fraction(1, 2),) * 2
    assert expected_payoffs(game, (half,) * 3) == (Fraction(1, 2),) * 3
    assert largest_gain(game, (half,) * 3)[0] == 0
    one = (Fraction(0), Fraction(1))
    assert expected_payoffs(game, (one, one, one)) == (1, 1, 0)
    assert largest_gain(game, (one, one, one)) == (1, 2, 0)


HUNTERS = """
game: Three hunters, all of whom are needed
players: 3
strategies: [Stag, Rabbit]
payoffs:
  each: if(mine == Rabbit, 1, if(count(Stag) == 3, 4, 0))
expect:
"""


@pytest.mark.parametrize(
    ("line", "held"),
    [
        ("symmetric-nash: [{Stag: 1}, {Stag: 1/2}, {Rabbit: 1}]", True),
        ("symmetric-nash: {includes: {Stag: 1/2}}", True),
        ("symmetric-nash: {excludes: {Stag: 1/3}}", True),
        ("symmetric-nash: {includes: {Stag: 1/3}}", False),
        ("symmetric-nash: [{Stag: 1}, {Rabbit: 1}]", False),
    ],
)
def test_symmetric_equilibria_are_described_by_one_mixture(line: str, held: bool) -> None:
    """With q the others' probability of Stag, 4 q^2 = 1 has the root 1/2."""
    (verdict,) = check(read_text(HUNTERS + f"  - {line}\n"))
    assert (verdict.outcome is Outcome.HELD) == held
    assert "Stag" in verdict.found
