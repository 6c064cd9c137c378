"""Answers about populations that learn or evolve: which mixtures last, where dynamics lead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from alliance_games.results.records import Record, Said

Shares = Mapping[str, Fraction]
"""A fraction of a population, or a probability, for each strategy by name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StableMixture(Record):
    """A symmetric equilibrium that resists mutants.

    ``payoff`` is what its players get among themselves, ``replies`` are all its pure best replies.
    ``evolutionary``: it does better than every mutant against the mutant; otherwise it never does
    worse. ``corners`` are the extreme points of a continuum of which ``strategy`` is the middle,
    empty for one mixture; ``closed`` says whether the edge of the continuum belongs to it.
    """

    kind: ClassVar[str] = "stable-mixture"
    family: ClassVar[str] = "evolution"

    strategy: Shares
    payoff: Fraction
    replies: tuple[str, ...]
    evolutionary: bool
    corners: tuple[Shares, ...] = ()
    closed: bool = True

    def said(self) -> Said:
        return dict(self.strategy)


@dataclass(frozen=True, slots=True, kw_only=True)
class InvadedMixture(Record):
    """A symmetric equilibrium that does not resist a mutant.

    The ``mutant`` does as well against the equilibrium as it does itself; against the mutant
    the equilibrium does better by ``advantage``, which is zero or negative. ``corners`` as in a
    stable mixture.
    """

    kind: ClassVar[str] = "invaded-mixture"
    family: ClassVar[str] = "evolution"

    strategy: Shares
    payoff: Fraction
    replies: tuple[str, ...]
    mutant: Shares
    advantage: Fraction
    corners: tuple[Shares, ...] = ()
    closed: bool = True

    @property
    def is_something(self) -> bool:
        return False

    def said(self) -> Said:
        return dict(self.strategy)


@dataclass(frozen=True, slots=True, kw_only=True)
class RestPoint(Record):
    """Shares of one population at which the replicator dynamics stands still.

    ``payoff`` is what everybody earns there, ``equilibrium`` whether it is a symmetric equilibrium,
    ``growth`` at what rate each strategy that nobody plays would grow. Of the eigenvalues of the
    linearised dynamics within the simplex ``attracting`` have a negative real part, ``repelling`` a
    positive one, ``rotating`` are imaginary, ``neutral`` are zero. ``form`` is 'sink', 'source',
    'saddle', 'centre', 'degenerate' or 'continuum'; ``stability`` is 'asymptotically stable',
    'stable', 'unstable' or 'undecided', and ``because`` says by what criterion. ``corners`` are the
    extreme points of a continuum of which ``strategy`` is the middle; the rest then speaks of the
    middle.
    """

    kind: ClassVar[str] = "rest-point"
    family: ClassVar[str] = "evolution"

    strategy: Shares
    payoff: Fraction
    equilibrium: bool
    growth: Shares
    attracting: int
    repelling: int
    rotating: int
    neutral: int
    form: str
    stability: str
    because: str
    corners: tuple[Shares, ...] = ()

    def said(self) -> Said:
        return {
            "at": dict(self.strategy),
            "stability": self.stability,
            "form": self.form,
            "payoff": self.payoff,
            "equilibrium": self.equilibrium,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class RestPair(Record):
    """Shares of two populations, one for each player, at which the replicator dynamics of both
    stands still.

    Fields as of a rest point of one population, by player. ``corners`` are, for a continuum, the
    extreme points of each population's side: any pair of mixtures of them is at rest. ``conserved``
    are the weights, where there are any, by which the sum of the logarithms of all shares never
    changes.
    """

    kind: ClassVar[str] = "rest-pair"
    family: ClassVar[str] = "evolution"

    strategies: Mapping[str, Shares]
    payoffs: Mapping[str, Fraction]
    equilibrium: bool
    growth: Mapping[str, Shares]
    attracting: int
    repelling: int
    rotating: int
    neutral: int
    form: str
    stability: str
    because: str
    corners: Mapping[str, tuple[Shares, ...]]
    conserved: Mapping[str, Shares]

    def said(self) -> Said:
        return {
            "at": {player: dict(shares) for player, shares in self.strategies.items()},
            "stability": self.stability,
            "form": self.form,
            "payoffs": dict(self.payoffs),
            "equilibrium": self.equilibrium,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class FictitiousPlay(Record):
    """The path of fictitious play over so many ``periods``.

    ``first`` and ``last`` are the choices of the first and the last period, ``frequencies`` how
    often each strategy was chosen, ``gain`` what a player would gain at most by a best reply to the
    other's frequencies, in each player's own payoffs. ``verdict`` is 'absorbed' (the last choices
    are made for ever, from period ``since``), 'converges' (by a theorem the frequencies tend to
    equilibria), 'cycles' (``cycle`` are profiles that came round in the same order again and again,
    in ``runs`` the lengths of their latest runs) or 'unsettled'; ``because`` says why.
    """

    kind: ClassVar[str] = "fictitious-play"
    family: ClassVar[str] = "evolution"

    periods: int
    first: Mapping[str, str]
    last: Mapping[str, str]
    frequencies: Mapping[str, Shares]
    gain: Mapping[str, Fraction]
    verdict: str
    since: int
    cycle: tuple[tuple[str, ...], ...]
    runs: tuple[int, ...]
    because: str

    def said(self) -> Said:
        return {
            "verdict": self.verdict,
            "last": dict(self.last),
            "frequencies": {player: dict(own) for player, own in self.frequencies.items()},
            "periods": self.periods,
            "since": self.since,
        }


@dataclass(frozen=True, slots=True)
class Fixation:
    """One mutant among residents: the ``probability`` that all end as the mutant's descendants.

    ``slope`` is its derivative by the intensity of selection where that is zero: where it is
    positive weak selection favours the mutant over a neutral one. ``large`` is the sign of the same
    in a large population, by the rule of one third: 1, 0 or -1.
    """

    mutant: str
    resident: str
    probability: Fraction
    slope: Fraction
    large: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Moran(Record):
    """Fixation in a population of ``population`` members that meet in pairs and replace each other.

    Fitness is ``1 - selection + selection * payoff``; ``neutral`` is the fixation probability
    without selection. ``stationary`` is the share of time spent in each state of all alike when
    mutations to every other strategy are equally likely and very rare.
    """

    kind: ClassVar[str] = "moran"
    family: ClassVar[str] = "evolution"

    population: int
    selection: Fraction
    neutral: Fraction
    fixations: tuple[Fixation, ...]
    stationary: Shares

    def said(self) -> Said:
        table: dict[str, dict[str, Fraction]] = {}
        for one in self.fixations:
            table.setdefault(one.mutant, {})[one.resident] = one.probability
        return {
            "population": self.population,
            "selection": self.selection,
            "fixation": table,
            "stationary": dict(self.stationary),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Basin(Record):
    """How much of all possible shares the replicator dynamics leads to one rest point.

    ``share`` is the part of the simplex, by length, area or volume; exact where ``starts`` is 0,
    else the part of so many starts on a grid. ``attractor`` is empty for what settled nowhere. With
    two strategies ``low`` and ``high`` are the ends of the interval of the first strategy's shares.
    """

    kind: ClassVar[str] = "basin"
    family: ClassVar[str] = "evolution"

    attractor: Shares
    share: Fraction
    starts: int
    low: Fraction | None
    high: Fraction | None

    def said(self) -> Said:
        told: dict[str, Said] = {"attractor": dict(self.attractor), "share": self.share}
        if self.low is not None and self.high is not None:
            told.update({"low": self.low, "high": self.high})
        return told


@dataclass(frozen=True, slots=True, kw_only=True)
class PairBasin(Record):
    """How much of all possible shares of two populations leads to one strict equilibrium.

    ``share`` is the part of the square of both first strategies' shares, ``exact`` whether that is
    exact or an integral in floating point.
    """

    kind: ClassVar[str] = "pair-basin"
    family: ClassVar[str] = "evolution"

    attractor: Mapping[str, str]
    share: Fraction
    exact: bool

    def said(self) -> Said:
        return {"attractor": dict(self.attractor), "share": self.share}
