"""What reports say of populations that learn or evolve: which module tells which concept."""

from __future__ import annotations

from collections.abc import Callable

from alliance_games.report import learning, mutants, rest_points
from alliance_games.report.asides import COLUMNS as COLUMNS
from alliance_games.report.blocks import Block
from alliance_games.results.cases import CaseAnswer
from alliance_games.results.result import Result

_TELLERS: dict[str, Callable[[Result, CaseAnswer], list[Block]]] = {
    "evolutionarily-stable": mutants.mutants,
    "neutrally-stable": mutants.mutants,
    "replicator": rest_points.rest_points,
    "asymmetric-replicator": rest_points.rest_pairs,
    "basins": learning.attraction,
    "asymmetric-basins": learning.pair_attraction,
    "fictitious-play": learning.learning,
    "moran": learning.takeovers,
}


def blocks(result: Result, answer: CaseAnswer) -> list[Block]:
    """The tables and sentences of one concept's answer."""
    return _TELLERS[result.concept](result, answer)
