"""Claims that cannot be proved: each ends in words, and where chance drops out none is wrong."""

from __future__ import annotations

import pytest

from alliance_games.claims import Outcome, Verdict, check
from alliance_games.reading import read_text

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
