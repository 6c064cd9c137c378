"""What a branch of logit agent quantal response tends to, settled in exact numbers.

Far out on the branch the probabilities are close to those of a sequential equilibrium. The simplest
fractions near them are tried, the nearest first; what is proposed here is then held to the
definition by the concept's checker and dropped where it fails.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from alliance_games.algorithms.simplest import simplest_between
from alliance_games.model.extensive import TERMINAL, ExtensiveGame
from alliance_games.model.profiles import Mixed
from alliance_games.results.tree_solutions import Assessment

NEARNESS = (Fraction(1, 10**6), Fraction(1, 10**5), Fraction(1, 10**4), Fraction(1, 1000))
"""How far from the floats the fractions may lie, one try after the other."""


def proposals(
    game: ExtensiveGame,
    choices: Sequence[Sequence[float] | None],
    beliefs: Sequence[Sequence[float] | None],
) -> Iterator[tuple[Assessment, Fraction]]:
    """Assessments in the simplest fractions near the floats, each once, and how near they are."""
    seen = set()
    for near in NEARNESS:
        exact = tuple(None if c is None else _simplest(c, near) for c in choices)
        held = tuple(None if b is None else _simplest(b, near) for b in beliefs)
        if any(c is not None and s is None for c, s in zip(choices, exact, strict=True)):
            continue
        if any(b is not None and s is None for b, s in zip(beliefs, held, strict=True)):
            continue
        held = _by_bayes(game, exact, held)
        if (exact, held) not in seen:
            seen.add((exact, held))
            payoffs, outcomes = _play(game, exact)
            yield Assessment(exact, held, payoffs, outcomes), near


def _simplest(values: Sequence[float], near: Fraction) -> Mixed | None:
    """The distribution of the simplest fractions within ``near``; the largest takes the rest."""
    found = []
    for value in values:
        low, high = (
            max(Fraction(value) - near, Fraction(0)),
            min(Fraction(value) + near, Fraction(1)),
        )
        if low == 0 or high == 1:
            found.append(Fraction(low > 0))
        else:
            found.append(simplest_between(low, high, closed=True))
    largest = max(range(len(found)), key=lambda k: values[k])
    found[largest] = 1 - sum((f for k, f in enumerate(found) if k != largest), Fraction(0))
    if abs(found[largest] - Fraction(values[largest])) > near * len(values):
        return None
    return tuple(found)


def _by_bayes(
    game: ExtensiveGame, choices: Sequence[Mixed | None], held: Sequence[Mixed | None]
) -> tuple[Mixed | None, ...]:
    """The beliefs with those at sets that are reached replaced by what Bayes's rule gives."""
    reach = _reach(game, choices)
    beliefs = list(held)
    for index, nodes in enumerate(game.nodes_of):
        total = sum((reach[node] for node in nodes), Fraction(0))
        if beliefs[index] is not None and total:
            beliefs[index] = tuple(reach[node] / total for node in nodes)
    return tuple(beliefs)


def _reach(game: ExtensiveGame, choices: Sequence[Mixed | None]) -> list[Fraction]:
    reach = [Fraction(0)] * game.size
    reach[0] = Fraction(1)
    for node in range(game.size):
        index = game.set_of[node]
        if index == TERMINAL or not reach[node]:
            continue
        choice = choices[index]
        for action, child in enumerate(game.children(node)):
            share = game.probability(child) if choice is None else choice[action]
            reach[child] = reach[node] * share
    return reach


def _play(
    game: ExtensiveGame, choices: Sequence[Mixed | None]
) -> tuple[tuple[Fraction, ...], tuple[tuple[int, Fraction], ...]]:
    reach = _reach(game, choices)
    outcomes = tuple(
        (node, reach[node])
        for node in range(game.size)
        if game.set_of[node] == TERMINAL and reach[node]
    )
    payoffs = tuple(
        sum((p * game.payoffs(node)[player] for node, p in outcomes), Fraction(0))
        for player in range(len(game.players))
    )
    return payoffs, outcomes
