"""Expectations about populations: names of parts, proofs that are no answers, misspellings."""

from __future__ import annotations

import pytest

import alliance_games as ag
from alliance_games.concepts import find, own_names
from alliance_games.reading.answers import NAMED_ANSWERS

GAME = """
game: Stag hunt
players: [Alice, Jack]
strategies: [Stag, Rabbit]
payoffs:
  Stag, Stag: 4, 4
  Stag, Rabbit: 0, 3
  Rabbit, Stag: 3, 0
  Rabbit, Rabbit: 3, 3
expect:
"""


def verdicts(*lines: str) -> list[str]:
    text = GAME + "".join(f"  - {line}\n" for line in lines)
    return [one.outcome.value for one in ag.loads(text).check()]


@pytest.mark.parametrize(
    "line",
    [
        "evolutionarily-stable: [{Stag: 1}, {Rabbit: 1}]",
        "evolutionarily-stable: {includes: {Stag: 1}, excludes: {Stag: 3/4}}",
        "count: {evolutionarily-stable: 2}",
        "count: {replicator: 3}",
        "replicator: {includes: {at: {Stag: 3/4}, stability: unstable, equilibrium: yes}}",
        "basins: {includes: {attractor: {Rabbit: 1}, share: 3/4, low: 0, high: 3/4}}",
        "asymmetric-replicator: {includes: {at: {Alice: {Stag: 1}, Jack: {Rabbit: 1}}}}",
        "fictitious-play: {verdict: absorbed, since: 1}",
        "moran: {population: 10, selection: 1/10}",
        "compare: \"value('moran', fixation, Stag, Rabbit) < 1/10\"",
    ],
)
def test_what_holds(line: str) -> None:
    assert verdicts(line) == ["held"]


@pytest.mark.parametrize(
    "line",
    [
        "evolutionarily-stable: none",
        "evolutionarily-stable: [{Stag: 1}, {Rabbit: 1}, {Stag: 3/4}]",
        "evolutionarily-stable: {Stag: 1}",
        "count: {evolutionarily-stable: 3}",
        "replicator: {includes: {at: {Stag: 3/4}, stability: stable}}",
        "basins: {includes: {attractor: {Rabbit: 1}, share: 1/4}}",
        "replicator: {includes: {at: {Stagg: 3/4}}}",
        "replicator: {includes: {place: {Stag: 3/4}}}",
        "fictitious-play: {verdict: cycles}",
    ],
)
def test_what_fails(line: str) -> None:
    assert verdicts(line) == ["failed"]


def test_a_misspelt_strategy_is_told() -> None:
    (verdict,) = ag.loads(GAME + "  - replicator: {includes: {at: {Stagg: 3/4}}}\n").check()
    assert "Stagg" in verdict.found and "Stag, Rabbit" in verdict.found


def test_the_concepts_that_name_parts_are_there() -> None:
    assert set(own_names()) >= NAMED_ANSWERS
    assert all("normal" in find(name).games for name in NAMED_ANSWERS)
