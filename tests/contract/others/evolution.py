"""Symmetric games with one, two and no evolutionarily stable strategies, and spoilt answers."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction

from alliance_games.model.normal import NormalGame
from alliance_games.results.named.evolution import (
    Basin,
    FictitiousPlay,
    InvadedMixture,
    Moran,
    PairBasin,
    RestPair,
    RestPoint,
    StableMixture,
)


def symmetric(rows: list[list[int]], *names: str) -> NormalGame:
    """The symmetric game in which the row player has these payoffs."""
    columns = [list(column) for column in zip(*rows, strict=True)]
    own = names or tuple("ABCDEFGHIJKLMNOP"[: len(rows)])
    return NormalGame.from_matrices(rows, columns, ("One", "Other"), (own, own))


HAWK_DOVE = symmetric([[-1, 4], [0, 2]], "Hawk", "Dove")
GOOD_RPS = symmetric([[0, -1, 2], [2, 0, -1], [-1, 2, 0]], "Rock", "Paper", "Scissors")
RPS = symmetric([[0, -1, 1], [1, 0, -1], [-1, 1, 0]], "Rock", "Paper", "Scissors")
BAD_RPS = symmetric([[0, -2, 1], [1, 0, -2], [-2, 1, 0]], "Rock", "Paper", "Scissors")
TWO_STABLE = symmetric([[1, 2, 0], [2, 1, 0], [0, 0, 1]])
A_LINE = symmetric([[2, 2, 0], [2, 2, 0], [3, 0, 1]])
INDIFFERENT = symmetric([[1, 1], [1, 1]])

GAMES = [HAWK_DOVE, GOOD_RPS, RPS, BAD_RPS, TWO_STABLE, A_LINE, INDIFFERENT]

Spoilt = Iterator[tuple[str, object]]


def _mixture(solution: StableMixture | InvadedMixture) -> Spoilt:
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


def _stable(solution: StableMixture) -> Spoilt:
    yield from _mixture(solution)
    yield "evolutionary", replace(solution, evolutionary=not solution.evolutionary)


def _invaded(solution: InvadedMixture) -> Spoilt:
    yield from _mixture(solution)
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


def _at_rest(solution: RestPoint | RestPair) -> Spoilt:
    yield "an equilibrium or not", replace(solution, equilibrium=not solution.equilibrium)
    yield "attracting", replace(solution, attracting=solution.attracting + 1)
    yield "rotating", replace(solution, rotating=solution.rotating + 2)
    for name in {"asymptotically stable", "unstable"} - {solution.stability}:
        yield name, replace(solution, stability=name)
    yield "the form", replace(solution, form="saddle" if solution.repelling < 1 else "sink")


def _rest_point(solution: RestPoint) -> Spoilt:
    yield from _at_rest(solution)
    first = next(iter(solution.strategy))
    more = {**solution.strategy, first: solution.strategy[first] + Fraction(1, 2)}
    yield "a share", replace(solution, strategy=more)
    yield "the payoff", replace(solution, payoff=solution.payoff + 1)
    for name, rate in solution.growth.items():
        yield "a rate of growth", replace(solution, growth={**solution.growth, name: rate + 1})
    if solution.corners:
        yield "a corner left out", replace(solution, corners=solution.corners[1:])


def _rest_pair(solution: RestPair) -> Spoilt:
    yield from _at_rest(solution)
    player = next(iter(solution.strategies))
    shares = solution.strategies[player]
    first = next(iter(shares))
    more = {**shares, first: shares[first] + Fraction(1, 2)}
    yield "a share", replace(solution, strategies={**solution.strategies, player: more})
    payoffs = {**solution.payoffs, player: solution.payoffs[player] + 1}
    yield "a payoff", replace(solution, payoffs=payoffs)
    if solution.stability != "stable":
        yield "stable", replace(solution, stability="stable")
    if solution.corners:
        corners = {**solution.corners, player: solution.corners[player] * 2}
        yield "a corner twice", replace(solution, corners=corners)
    if solution.conserved:
        yield "nothing conserved", replace(solution, conserved={})
        own = {name: 2 * weight for name, weight in solution.conserved[player].items()}
        yield "a weight", replace(solution, conserved={**solution.conserved, player: own})
    else:
        yield "conserved", replace(solution, conserved=solution.strategies)


def _learning(solution: FictitiousPlay) -> Spoilt:
    yield "the periods", replace(solution, periods=solution.periods + 1)
    player = next(iter(solution.frequencies))
    own = solution.frequencies[player]
    turned = dict(zip(own, reversed(own.values()), strict=True))
    if turned != own:
        yield "shares", replace(solution, frequencies={**solution.frequencies, player: turned})
    gain = {**solution.gain, player: solution.gain[player] + 1}
    yield "the gain", replace(solution, gain=gain)
    yield "since when", replace(solution, since=solution.since + 1)
    for verdict in {"absorbed", "converges", "cycles", "unsettled"} - {solution.verdict}:
        yield verdict, replace(solution, verdict=verdict)
    if solution.cycle:
        yield "a run", replace(solution, runs=(solution.runs[0] + 1, *solution.runs[1:]))
        turned_round = solution.cycle[1:] + solution.cycle[:1]
        yield "the cycle", replace(solution, cycle=turned_round)


def _moran(solution: Moran) -> Spoilt:
    yield "the population", replace(solution, population=solution.population + 1)
    if any(one.probability != solution.neutral for one in solution.fixations):
        yield "selection", replace(solution, selection=solution.selection / 2)
    yield "neutral", replace(solution, neutral=solution.neutral / 2)
    first, *others = solution.fixations
    for what, wrong in (
        ("a probability", replace(first, probability=first.probability / 2)),
        ("a slope", replace(first, slope=first.slope + 1)),
        ("a sign", replace(first, large=first.large + 1)),
    ):
        yield what, replace(solution, fixations=(wrong, *others))
    yield "a pair left out", replace(solution, fixations=tuple(others))
    shares = {**solution.stationary, first.mutant: solution.stationary[first.mutant] + 1}
    yield "the shares of time", replace(solution, stationary=shares)


def _basin(solution: Basin) -> Spoilt:
    yield "the share", replace(solution, share=(solution.share + 1) / 3)
    if solution.low is not None and solution.high is not None:
        middle = (solution.low + solution.high) / 2
        yield "an end", replace(solution, low=middle, share=solution.high - middle)
        nowhere = dict.fromkeys(solution.attractor, Fraction(1, 7))
        yield "the attractor", replace(solution, attractor=nowhere)
    else:
        yield "how many starts", replace(solution, starts=solution.starts + 1)


def _pair_basin(solution: PairBasin) -> Spoilt:
    yield "the share", replace(solution, share=(solution.share + 2) / 4)
    yield "exact or not", replace(solution, share=solution.share / 2, exact=not solution.exact)
    player, *_ = solution.attractor
    elsewhere = {**solution.attractor, player: "elsewhere"}
    yield "the attractor", replace(solution, attractor=elsewhere)


_SPOILERS: dict[type, Callable[..., Spoilt]] = {
    StableMixture: _stable,
    InvadedMixture: _invaded,
    RestPoint: _rest_point,
    RestPair: _rest_pair,
    FictitiousPlay: _learning,
    Moran: _moran,
    Basin: _basin,
    PairBasin: _pair_basin,
}


def spoilt(solution: object) -> Spoilt:
    """Wrong answers close to right ones."""
    return _SPOILERS[type(solution)](solution)


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
                _shares(solution.growth),
                _nearby(solution),
                frozenset(map(_shares, solution.corners)),
            )
        case RestPair():
            return (
                frozenset((name, _shares(one)) for name, one in solution.strategies.items()),
                _shares(solution.payoffs),
                frozenset((name, _shares(one)) for name, one in solution.growth.items()),
                _nearby(solution),
                frozenset(
                    (name, frozenset(map(_shares, each))) for name, each in solution.corners.items()
                ),
                bool(solution.conserved),
            )
        case FictitiousPlay():
            # Gains are in units of payoffs, which may have changed.
            return (
                frozenset(solution.first.items()),
                frozenset(solution.last.items()),
                frozenset((name, _shares(one)) for name, one in solution.frequencies.items()),
                (solution.verdict, solution.since, solution.cycle, solution.runs),
            )
        case Moran():
            return (
                frozenset(solution.fixations),
                _shares(solution.stationary),
                (solution.population, solution.selection),
            )
    raise AssertionError(f"say here what is left of a {type(solution).__name__}")


def _nearby(one: RestPoint | RestPair) -> tuple[object, ...]:
    sides = (one.attracting, one.repelling, one.rotating, one.neutral)
    return (sides, one.form, one.stability, one.equilibrium)


def _shares(shares: Mapping[str, Fraction]) -> frozenset[tuple[str, Fraction]]:
    return frozenset(shares.items())
