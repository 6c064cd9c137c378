"""The answers about mutants, as records: every cell of symmetric equilibria with its verdict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from alliance_games.algorithms.mutants import mutant, resistance
from alliance_games.algorithms.population_equilibria import (
    Cell,
    Tick,
    payoffs,
    symmetric_equilibria,
)
from alliance_games.model.populations import Population, Share, by_name
from alliance_games.results.named.evolution import InvadedMixture, Shares, StableMixture


def mixtures(
    crowd: Population, evolutionary: bool, tick: Tick
) -> Iterator[StableMixture | InvadedMixture]:
    """Every symmetric equilibrium with the verdict on it, as they are found.

    Those of a continuum that are alike are one answer. Raises TooManyCorners.
    """
    waiting: list[tuple[Cell, StableMixture | InvadedMixture]] = []
    for cell in symmetric_equilibria(crowd.payoffs, tick):
        one = _judged(crowd, cell, evolutionary, tick)
        if cell.support == cell.replies and len(cell.corners) == 1:
            yield one  # no continuum has it at its edge
        else:
            waiting.append((cell, one))
    yield from _without_edges(waiting)


def _without_edges(
    judged: Sequence[tuple[Cell, StableMixture | InvadedMixture]],
) -> Iterator[StableMixture | InvadedMixture]:
    """The answers without those at the edge of a continuum whose edge has one verdict with it."""
    closed = {
        place: all(type(judged[edge][1]) is type(one) for edge in _edges(judged, cell))
        for place, (cell, one) in enumerate(judged)
    }
    covered = {
        edge
        for place, (cell, _) in enumerate(judged)
        if closed[place]
        for edge in _edges(judged, cell)
    }
    for place, (_, one) in enumerate(judged):
        if place not in covered:
            yield replace(one, closed=closed[place])


def _edges(judged: Sequence[tuple[Cell, object]], cell: Cell) -> list[int]:
    """Where the cells at the edge of another stand: fewer strategies or more best replies."""
    if len(cell.corners) == 1:
        return []
    return [
        place
        for place, (other, _) in enumerate(judged)
        if other is not cell
        and set(other.support) <= set(cell.support)
        and set(other.replies) >= set(cell.replies)
    ]


def _judged(
    crowd: Population, cell: Cell, evolutionary: bool, tick: Tick
) -> StableMixture | InvadedMixture:
    names, a = crowd.names, crowd.payoffs
    middle = cell.middle
    payoff = payoffs(a, middle)[cell.support[0]] / crowd.denominator
    replies = tuple(names[i] for i in cell.replies)
    corners = () if len(cell.corners) == 1 else tuple(_named(crowd, one) for one in cell.corners)
    found = mutant(a, cell, evolutionary, tick)
    if found is not None:
        return InvadedMixture(
            strategy=_named(crowd, middle),
            payoff=payoff,
            replies=replies,
            mutant=_named(crowd, found),
            advantage=resistance(a, middle, found) / crowd.denominator,
            corners=corners,
        )
    strict = evolutionary or mutant(a, cell, True, tick) is None
    return StableMixture(
        strategy=_named(crowd, middle),
        payoff=payoff,
        replies=replies,
        evolutionary=strict,
        corners=corners,
    )


def _named(crowd: Population, mixture: Share) -> Shares:
    return by_name(crowd.names, mixture)
