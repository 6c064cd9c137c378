"""Symmetric games with one, two and no evolutionarily stable strategies, and spoilt answers."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from alliance_games.model.normal import NormalGame
from alliance_games.results.named.evolution import (
    InvadedMixture,
    RestPair,
    RestPoint,
    StableMixture,
)


def symmetric(rows: list[list[int]], *names: str) -> NormalGame:
    """The symmetric game in which the row player has these payoffs."""
    columns = [list(column) for column in zip(*rows, strict=True)]
    own = names or tuple("ABCDEFGH"[: len(rows)])
    return NormalGame.from_matrices(rows, columns, ("One", "Other"), (own, own))


HAWK_DOVE = symmetric([[-1, 4], [0, 2]], "Hawk", "Dove")
GOOD_RPS = symmetric([[0, -1, 2], [2, 0, -1], [-1, 2, 0]], "Rock", "Paper", "Scissors")
RPS = symmetric([[0, -1, 1], [1, 0, -1], [-1, 1, 0]], "Rock", "Paper", "Scissors")
BAD_RPS = symmetric([[0, -2, 1], [1, 0, -2], [-2, 1, 0]], "Rock", "Paper", "Scissors")
TWO_STABLE = symmetric([[1, 2, 0], [2, 1, 0], [0, 0, 1]])
A_LINE = symmetric([[2, 2, 0], [2, 2, 0], [3, 0, 1]])
INDIFFERENT = symmetric([[1, 1], [1, 1]])

GAMES = [HAWK_DOVE, GOOD_RPS, RPS, BAD_RPS, TWO_STABLE, A_LINE, INDIFFERENT]


def spoilt(solution: object) -> Iterator[tuple[str, object]]:
    """Wrong answers close to right ones."""
    match solution:
        case StableMixture():
            yield from _of_mixture(solution)
            yield "evolutionary", replace(solution, evolutionary=not solution.evolutionary)
        case InvadedMixture():
            yield from _of_mixture(solution)
            yield "the advantage", replace(solution, advantage=solution.advantage - 1)
            yield "the mutant", replace(solution, mutant=solution.strategy)
            yield (
                "called stable",
                StableMixture(
                    strategy=solution.strategy,
                    payoff=solution.payoff,
                    replies=solution.replies,
                    evolutionary=True,
                    corners=solution.corners,
                ),
            )
        case RestPoint():
            first = next(iter(solution.strategy))
            more = {**solution.strategy, first: solution.strategy[first] + Fraction(1, 2)}
            yield "a share", replace(solution, strategy=more)
            yield "the payoff", replace(solution, payoff=solution.payoff + 1)
            yield "an equilibrium or not", replace(solution, equilibrium=not solution.equilibrium)
            yield "attracting", replace(solution, attracting=solution.attracting + 1)
            yield "rotating", replace(solution, rotating=solution.rotating + 2)
            for name in {"asymptotically stable", "unstable"} - {solution.stability}:
                yield name, replace(solution, stability=name)
            yield "the form", replace(solution, form="saddle" if solution.repelling < 1 else "sink")
            for name, rate in solution.growth.items():
                growth = {**solution.growth, name: rate + 1}
                yield "a rate of growth", replace(solution, growth=growth)
            if solution.corners:
                yield "a corner left out", replace(solution, corners=solution.corners[1:])
        case RestPair():
            player = next(iter(solution.strategies))
            shares = solution.strategies[player]
            first = next(iter(shares))
            more = {**shares, first: shares[first] + Fraction(1, 2)}
            yield "a share", replace(solution, strategies={**solution.strategies, player: more})
            payoffs = {**solution.payoffs, player: solution.payoffs[player] + 1}
            yield "a payoff", replace(solution, payoffs=payoffs)
            yield "an equilibrium or not", replace(solution, equilibrium=not solution.equilibrium)
            yield "attracting", replace(solution, attracting=solution.attracting + 1)
            for name in {"asymptotically stable", "unstable", "stable"} - {solution.stability}:
                yield name, replace(solution, stability=name)
            yield "the form", replace(solution, form="saddle" if solution.repelling < 1 else "sink")
            if solution.corners:
                corners = {**solution.corners, player: solution.corners[player] * 2}
                yield "a corner twice", replace(solution, corners=corners)
            if solution.conserved:
                yield "nothing conserved", replace(solution, conserved={})
                own = {name: 2 * weight for name, weight in solution.conserved[player].items()}
                yield "a weight", replace(solution, conserved={**solution.conserved, player: own})
            else:
                yield "conserved", replace(solution, conserved=solution.strategies)


def _of_mixture(
    solution: StableMixture | InvadedMixture,
) -> Iterator[tuple[str, StableMixture | InvadedMixture]]:
    first, *others = solution.strategy
    more = {**solution.strategy, first: solution.strategy[first] + Fraction(1, 2)}
    yield "a share", replace(solution, strategy=more)
    yield "the payoff", replace(solution, payoff=solution.payoff + 1)
    yield "a best reply left out", replace(solution, replies=solution.replies[1:])
    fewer = {name: solution.strategy[name] for name in others}
    yield "a strategy left out", replace(solution, strategy=fewer)
    if solution.corners:
        yield "a corner left out", replace(solution, corners=solution.corners[1:])
        yield "the edge", replace(solution, closed=not solution.closed)


def essence(solution: object, change: object) -> Hashable:
    """What is left of an answer when players and strategies are listed in another order: names are
    kept, so all of it but the proofs (one of several mutants)."""
    match solution:
        case StableMixture() | InvadedMixture():
            return (
                solution.kind,
                _shares(solution.strategy),
                solution.payoff,
                frozenset(solution.replies),
                frozenset(map(_shares, solution.corners)),
                solution.closed,
            )
        case RestPoint():
            return (
                _shares(solution.strategy),
                solution.payoff,
                solution.equilibrium,
                _shares(solution.growth),
                (solution.attracting, solution.repelling, solution.rotating, solution.neutral),
                solution.form,
                solution.stability,
                frozenset(map(_shares, solution.corners)),
            )
        case RestPair():
            return (
                frozenset((name, _shares(one)) for name, one in solution.strategies.items()),
                _shares(solution.payoffs),
                solution.equilibrium,
                frozenset((name, _shares(one)) for name, one in solution.growth.items()),
                (solution.attracting, solution.repelling, solution.rotating, solution.neutral),
                solution.form,
                solution.stability,
                frozenset(
                    (name, frozenset(map(_shares, each))) for name, each in solution.corners.items()
                ),
                bool(solution.conserved),
            )
    raise AssertionError(f"say here what is left of a {solution.kind}")


def _shares(shares: Mapping[str, Fraction]) -> frozenset[tuple[str, Fraction]]:
    return frozenset(shares.items())
