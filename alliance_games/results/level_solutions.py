"""The shape of answers in which players reason a limited number of steps.

Apart from ``solutions`` so that other games do not pay for it at every start.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from alliance_games.model.profiles import Profile
from alliance_games.results.solutions import Certificate, Fact


@dataclass(frozen=True, slots=True)
class Levels:
    """What players of each level of reasoning do.

    ``levels[k]`` is the play of level k by player, or in an anonymous game by role: level 0
    chooses uniformly, a higher level uniformly among its best replies (a tie leaves several).
    ``cycle`` is (first, length) where from level ``first`` on play repeats every ``length`` levels.
    In a cognitive hierarchy ``rate`` is the mean of the Poisson distribution of levels before it is
    cut off, ``shares`` are those of the levels told, which sum to one, and ``aggregate`` is their
    play together.
    """

    of: str
    levels: tuple[Profile, ...]
    cycle: tuple[int, int] | None = None
    rate: Fraction | None = None
    shares: tuple[Fraction, ...] = ()
    aggregate: Profile = ()
    properties: Mapping[str, Fact] = field(default_factory=dict)
    certificate: Certificate | None = None
    kind = "levels"
