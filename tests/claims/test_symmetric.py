"""Expectations about what all players of a symmetric game do."""

import pytest

import alliance_games as ag

CHICKEN = """game: n
players: [A, B]
strategies: [C, D]
payoffs:
  C, C: 0, 0
  C, D: 1, 3
  D, C: 3, 1
  D, D: 0, 0
expect:
  - symmetric-nash: {}
"""


@pytest.mark.parametrize(
    ("wanted", "holds"),
    [
        ("[{C: 1/4}]", True),
        ("[{A: {C: 1/4}, B: {C: 1/4}}]", True),
        ("[{A: {C: 1/4}, B: {C: 1/2}}]", False),
        ("[{C: 1/2}]", False),
        ("[[D, D]]", False),
        ("none", False),
    ],
)
def test_the_mixture_is_compared_and_told(wanted: str, holds: bool) -> None:
    (verdict,) = ag.loads(CHICKEN.replace("{}", wanted)).check()
    assert verdict.passes is holds
    if not holds:
        assert verdict.found == "all play {C: 1/4, D: 3/4}"
