"""The shape of answers to what a leader gets who commits herself first, and is seen to.

Apart from ``solutions`` so that other games do not pay for it at every start.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from alliance_games.model.profiles import Mixed, Payoffs
from alliance_games.results.solutions import Certificate, Fact


@dataclass(frozen=True, slots=True)
class Commitment:
    """What a player of two commits to, the reply of the other who sees it, and what comes of it.

    ``strategies`` says from what she chooses: 'pure' or 'mixed' strategies; ``ties`` which of her
    best replies the follower takes: the best for the leader ('optimistic') or the worst
    ('pessimistic'). Where ``towards`` is given, the payoffs are approached and not attained: mixing
    a little of it into ``commitment`` makes the reply (or others that are always as good for the
    follower) the only best ones, and the less of it, the nearer the payoffs.
    """

    leader: int
    strategies: str
    ties: str
    commitment: Mixed
    reply: int
    payoffs: Payoffs
    towards: Mixed | None = None
    properties: Mapping[str, Fact] = field(default_factory=dict)
    certificate: Certificate | None = None
    kind = "commitment"
