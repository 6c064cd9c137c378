"""Answers about games that are played again and again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from alliance_games.results.records import Record, Said


@dataclass(frozen=True, slots=True)
class Discounts:
    """Discount factors from ``low`` to ``high``; ``closed`` says whether ``high`` is one of
    them (``low`` always is)."""

    low: Fraction
    high: Fraction
    closed: bool


@dataclass(frozen=True, slots=True)
class Punishment:
    """An equilibrium of the stage that is played for ever once ``player`` has deviated.

    ``state`` is '' where the stage is always the same; ``play`` gives every player's probabilities
    (those above 0); ``payoff`` is what ``player`` gets from it in a period.
    """

    player: str
    state: str
    play: Mapping[str, Mapping[str, Fraction]]
    payoff: Fraction


@dataclass(frozen=True, slots=True)
class Sustained:
    """When one profile can be played for ever.

    ``discounts`` are all the discount factors at which it can, ``least`` the least of them (None:
    there is none); ``holds`` says whether the game's own is one (None where it has none).
    ``binding`` are those who stand in the way below the least, where the least is above 0, and
    ``state`` is where the first of them does ('' where there is one stage); where there is no
    least, those who are not to be held. ``ratio`` is the first one's gain over gain and loss, told
    where the stage is always the same even where it is above every discount factor.
    """

    profile: tuple[str, ...]
    least: Fraction | None
    discounts: tuple[Discounts, ...]
    holds: bool | None
    binding: tuple[str, ...]
    state: str
    ratio: Fraction | None


@dataclass(frozen=True, slots=True)
class Thresholds(Record):
    """The discount factors at which each stage profile is sustained by reversion."""

    kind: ClassVar[str] = "thresholds"
    family: ClassVar[str] = "repeated"

    profiles: tuple[Sustained, ...]
    punishments: tuple[Punishment, ...]

    def said(self) -> Said:
        """The least discount factor by profile (``never`` where there is none)."""
        return {
            ", ".join(one.profile): "never" if one.least is None else one.least
            for one in self.profiles
        }

    def essence(self) -> Said:
        """The thresholds, and what holds at the game's own discount factor."""
        return self.said(), tuple(one.holds for one in self.profiles)


@dataclass(frozen=True, slots=True)
class Temptation:
    """A deviation that pays: in ``state`` of the automaton ``player`` does ``strategy`` once, which
    changes her average payoff of a period by ``gain``."""

    player: str
    state: str
    strategy: str
    gain: Fraction


@dataclass(frozen=True, slots=True)
class Course:
    """Whether one automaton is an equilibrium, and at which discount factors it is a perfect one.

    ``discounts`` are all those at which no one-shot deviation pays in any state that can be
    reached, ``least`` the least (None: there is none). ``perfect`` and ``nash`` are the verdicts at
    the game's own discount factor (None where it has none), ``payoffs`` the average payoffs of a
    period there, ``path`` the profiles played from the beginning until they repeat from the place
    ``repeats`` on, ``states`` how many states can be reached. ``temptation`` is the deviation that
    pays most there, where one does.
    """

    name: str
    least: Fraction | None
    discounts: tuple[Discounts, ...]
    perfect: bool | None
    nash: bool | None
    payoffs: Mapping[str, Fraction] | None
    path: tuple[tuple[str, ...], ...]
    repeats: int
    states: int
    temptation: Temptation | None


@dataclass(frozen=True, slots=True)
class Courses(Record):
    """The verdicts on the automata that the game names."""

    kind: ClassVar[str] = "courses"
    family: ClassVar[str] = "repeated"

    automata: tuple[Course, ...]

    def said(self) -> Said:
        """By the automaton's name its verdicts, the least discount factor and the payoffs."""
        return {
            one.name: {
                "least": "never" if one.least is None else one.least,
                "perfect": one.perfect,
                "nash": one.nash,
                "payoffs": None if one.payoffs is None else dict(one.payoffs),
            }
            for one in self.automata
        }


@dataclass(frozen=True, slots=True)
class Chance:
    """A lottery's outcome: the state that follows, by its place from 0 up, and how likely."""

    state: int
    probability: Fraction


@dataclass(frozen=True, slots=True)
class CodeState:
    """A state of a code: the profile that is played and the lottery over what follows."""

    play: tuple[str, ...]
    then: tuple[Chance, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """A number known to lie from ``low`` to ``high``."""

    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class PayoffSet(Record):
    """The average payoffs of subgame-perfect equilibria of two players, from inside and outside.

    ``corners`` span payoffs that are certain to be equilibrium payoffs: those of ``code``, in which
    a deviation of a player is met by the state that is worst for her (no corners: no equilibrium
    was found). ``bound`` spans a set that is certain to contain all of them (none: there is no
    equilibrium in pure actions). Both go counter-clockwise, first player's payoff first.
    ``distance`` is the furthest that the bound is from the corners' span. ``worst`` is, for each
    player, her worst equilibrium payoff, between the bound's and the code's.
    """

    kind: ClassVar[str] = "payoff-set"
    family: ClassVar[str] = "repeated"

    corners: tuple[tuple[Fraction, Fraction], ...]
    bound: tuple[tuple[Fraction, Fraction], ...]
    distance: Fraction | None
    code: tuple[CodeState, ...]
    worst: Mapping[str, Between]

    @property
    def is_something(self) -> bool:
        """Whether there may be an equilibrium."""
        return bool(self.bound)

    def said(self) -> Said:
        """The corners, and each player's worst payoff in the code."""
        return {
            "corners": frozenset(self.corners),
            "worst": {player: one.high for player, one in self.worst.items()},
        }


@dataclass(frozen=True, slots=True)
class Minmax:
    """The least to which the others can hold ``player``.

    ``pure`` is the least by pure actions, ``by`` a profile of the others' that does it (hers is her
    best reply). ``mixed`` is the least by a mixture of the one other player (None where there are
    several others), ``held_by`` that mixture and ``secured_by`` the mixture of her own that makes
    sure of as much.
    """

    player: str
    pure: Fraction
    by: tuple[str, ...]
    mixed: Fraction | None
    held_by: Mapping[str, Fraction]
    secured_by: Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Feasible(Record):
    """What patience could bring: minmax payoffs, and for two players the feasible payoffs and those
    of them that give nobody less than her minmax payoff (corners counter-clockwise)."""

    kind: ClassVar[str] = "feasible-set"
    family: ClassVar[str] = "repeated"

    minmax: tuple[Minmax, ...]
    feasible: tuple[tuple[Fraction, Fraction], ...]
    rational: tuple[tuple[Fraction, Fraction], ...]

    def said(self) -> Said:
        """Minmax payoffs by player, in pure and in mixed actions, and the corners."""
        return {
            "minmax": {
                one.player: one.pure if one.mixed is None else one.mixed for one in self.minmax
            },
            "pure minmax": {one.player: one.pure for one in self.minmax},
            "feasible": frozenset(self.feasible),
            "rational": frozenset(self.rational),
        }


@dataclass(frozen=True, slots=True)
class Least:
    """The least discount factor at which the worst punishments let a profile be played for ever.

    It lies from ``low`` to ``high`` (equal: it is known exactly; None: at no factor up to
    ``tried`` was there play that sustains the profile). ``code`` is play that sustains the profile
    at ``high``: its last state is the profile for ever. ``holds`` says whether the profile is
    sustained at the game's own discount factor (None where that is open, or there is none).
    """

    profile: tuple[str, ...]
    low: Fraction
    high: Fraction | None
    tried: Fraction
    code: tuple[CodeState, ...]
    holds: bool | None


@dataclass(frozen=True, slots=True)
class Penal(Record):
    """What the worst equilibrium punishments sustain (Abreu's optimal penal codes)."""

    kind: ClassVar[str] = "penal-codes"
    family: ClassVar[str] = "repeated"

    profiles: tuple[Least, ...]

    def said(self) -> Said:
        """The least discount factor by profile (``never`` where none was found)."""
        return {
            ", ".join(one.profile): "never" if one.high is None else one.high
            for one in self.profiles
        }
