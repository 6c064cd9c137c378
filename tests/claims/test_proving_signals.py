"""Claims about signalling games for all values: proved, or refuted by a counterexample."""

from __future__ import annotations

from pathlib import Path

import pytest

from alliance_games.claims import Outcome, check
from alliance_games.reading import read_text
from tests.parametric.studies import GAMES

SUNK = "WL < 0, WL + tau < -r, tau > 0, r > 0, k > 0, VL > 0, pi > 0, pi < 1"
"""Breaking a treaty costs less than fighting does the weak: models.md f2, its main case."""

APART = "Defender: {Firm: Treaty, Weak: No treaty}, form: separating"
BLUFF = (
    "Defender: {Firm: Treaty, Weak: {Treaty: pi * l / ((1 - pi) * g)}}, "
    "Challenger: {Treaty: {Attack: (VL - k) / (VL + r)}}, form: semi-separating"
)
DETERRED = "Challenger: {Treaty: Refrain, No treaty: Attack}"


def outcome(line: str) -> Outcome:
    text = (GAMES / "signals" / "treaty_as_signal.yaml").read_text(encoding="utf-8")
    head = text[: text.index("scenarios:")].replace("WL < 0", SUNK)
    return check(read_text(f"{head}\nexpect:\n  - {line}\n", "treaty.yaml"))[-1].outcome


@pytest.mark.parametrize(
    "line",
    [
        f"{{sequential: {{includes: [{{{APART}, {DETERRED}}}]}}, when: VL < k and k < VH - WH}}",
        f"{{sequential: {{excludes: [{{{APART}}}]}}, when: k > VH - WH}}",
        f"{{sequential: {{excludes: [{{{APART}}}]}}, when: k < VL}}",
        f"{{sequential: {{includes: [{{{BLUFF}}}]}}, when: k < VL and pi < g / (g + l) and "
        "VH - k - (VL - k) / (VL + r) * (VH - WH - tau) > WH}",
        f"{{sequential: {{includes: [{{{DETERRED}, "
        "beliefs: {Challenger: {Treaty: {Firm: 1}}}}]}, when: VL < k and k < VH - WH}",
        "{count: {sequential: 2}, when: VL < k and k < VH - WH and pi < g / (g + l) and k > tau}",
        f"{{intuitive-criterion: [{{{APART}}}], "
        "when: VL < k and k < VH - WH and pi < g / (g + l)}",
    ],
)
def test_theorems(line: str) -> None:
    assert outcome(line) is Outcome.PROVED


@pytest.mark.parametrize(
    "line",
    [
        f"{{sequential: {{includes: [{{{APART}}}]}}, when: VL < k}}",
        f"{{sequential: {{excludes: [{{{BLUFF}}}]}}, when: k < VL}}",
        "{count: {sequential: 1}, when: VL < k and k < VH - WH and pi < g / (g + l)}",
    ],
)
def test_false_claims(line: str) -> None:
    assert outcome(line) is Outcome.REFUTED


def test_a_form_that_no_equilibrium_of_the_game_could_have_is_refused() -> None:
    """A misspelt message would otherwise make whatever excludes it true."""
    from alliance_games.claims import check
    from alliance_games.reading import read_text

    text = (Path("games") / "signals" / "treaty_as_signal.yaml").read_text(encoding="utf-8")
    head = text[: text.index("expect:")]
    line = "expect:\n  - sequential: {excludes: [{form: pooling on Treatyy}]}\n    when: k > 0\n"
    (verdict,) = check(read_text(head + line))
    assert verdict.outcome.value == "failed" and "Treaty, No treaty" in verdict.found
    mixture = line.replace("Treatyy", "a mixture of Treaty and No treaty")
    (verdict,) = check(read_text(head + mixture))
    assert verdict.outcome.value != "failed"
