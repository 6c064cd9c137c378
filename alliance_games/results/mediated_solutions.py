"""The shapes of answers to what a mediator may recommend.

Apart from ``solutions`` so that other games do not pay for them at every start.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from alliance_games.model.profiles import Payoffs
from alliance_games.results.solutions import Certificate, Fact

ANYTHING = -1
"""In place of a recommendation: whatever is recommended, the player does the same instead."""


class Multiplier(NamedTuple):
    """What the constraint is worth that ``seat``, told ``told``, must not prefer ``instead``."""

    seat: int
    told: int
    instead: int
    value: Fraction


class Bound(NamedTuple):
    """A proof that no mediated play has a larger weighted sum of payoffs than ``value``.

    At every profile, the payoffs times ``weights`` plus what each player would lose there by
    disobeying times the ``multipliers`` are at most ``value``; in an equilibrium the expected loss
    is never negative. Seats are players, in an anonymous game roles (whose payoff is that of one
    player, on average).
    """

    weights: tuple[Fraction, ...]
    value: Fraction
    multipliers: tuple[Multiplier, ...]


@dataclass(frozen=True, slots=True)
class Distribution:
    """A distribution over the profiles of a game in normal form, which a mediator draws from.

    ``plays`` are pure profiles with their probabilities; in an anonymous game how many of each role
    choose each strategy, role after role in one tuple, all profiles with these counts being equally
    likely. ``of`` says what it is: 'welfare-best', 'fairest', 'worst' (for ``player``; of a role,
    its first) or 'corner' (of the polytope of all). ``bounds`` prove that none is better by that
    measure; a corner has none.
    """

    of: str
    plays: tuple[tuple[tuple[int, ...], Fraction], ...]
    payoffs: Payoffs
    player: int | None = None
    bounds: tuple[Bound, ...] = ()
    properties: Mapping[str, Fact] = field(default_factory=dict)
    certificate: Certificate | None = None
    kind = "distribution"
