"""What is told of populations where several cases stand side by side: a line or two each."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from alliance_games.report.shares import decimal, in_words
from alliance_games.report.words import amount
from alliance_games.results.cases import CaseAnswer
from alliance_games.results.named.evolution import (
    Basin,
    FictitiousPlay,
    Moran,
    PairBasin,
    RestPair,
    RestPoint,
    StableMixture,
)

Lines = list[str]

STABLE = "asymptotically stable"


def _mixtures(concept: str) -> Callable[[CaseAnswer], Lines]:
    """The stable mixtures that a concept found."""

    def tell(case: CaseAnswer) -> Lines:
        result = case.of(concept)
        if result is None:
            return []
        found = [one for one in result.solutions if isinstance(one, StableMixture)]
        return [in_words(one.strategy) for one in found] or ["none"]

    return tell


def _attracting(case: CaseAnswer) -> Lines:
    result = case.of("replicator")
    if result is None:
        return []
    found = [one for one in result.solutions if isinstance(one, RestPoint)]
    return [in_words(one.strategy) for one in found if one.stability == STABLE] or ["none"]


def _attracting_pairs(case: CaseAnswer) -> Lines:
    result = case.of("asymmetric-replicator")
    if result is None:
        return []
    found = [one for one in result.solutions if isinstance(one, RestPair)]
    return [
        f"({', '.join(map(in_words, one.strategies.values()))})"
        for one in found
        if one.stability == STABLE
    ] or ["none"]


def _basins(case: CaseAnswer) -> Lines:
    result = case.of("basins")
    found = [one for one in result.solutions if isinstance(one, Basin)] if result else []
    return [
        f"{in_words(one.attractor) if one.attractor else 'none'}: "
        f"{amount(one.share) if not one.starts else decimal(one.share)}"
        for one in found
    ]


def _pair_basins(case: CaseAnswer) -> Lines:
    result = case.of("asymmetric-basins")
    found = [one for one in result.solutions if isinstance(one, PairBasin)] if result else []
    return [
        f"({', '.join(one.attractor.values())}): "
        f"{amount(one.share) if one.exact else decimal(one.share)}"
        for one in found
    ]


def _learning(case: CaseAnswer) -> Lines:
    result = case.of("fictitious-play")
    found = [one for one in result.solutions if isinstance(one, FictitiousPlay)] if result else []
    return [
        f"({', '.join(one.last.values())})" if one.verdict == "absorbed" else one.verdict
        for one in found
    ]


def _prevailing(case: CaseAnswer) -> Lines:
    result = case.of("moran")
    found = [one for one in result.solutions if isinstance(one, Moran)] if result else []
    return [f"{name} {decimal(share)}" for one in found for name, share in one.stationary.items()]


COLUMNS: Sequence[tuple[str, Callable[[CaseAnswer], Lines]]] = (
    ("Evolutionarily stable", _mixtures("evolutionarily-stable")),
    ("Neutrally stable", _mixtures("neutrally-stable")),
    ("Attracting", _attracting),
    ("Attracting pairs", _attracting_pairs),
    ("Basins", _basins),
    ("Basins of pairs", _pair_basins),
    ("Learned", _learning),
    ("Share of time", _prevailing),
)
