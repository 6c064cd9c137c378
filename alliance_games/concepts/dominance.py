"""Dominated and dominant strategies, and what iterated strict elimination leaves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from alliance_games.algorithms.dominance import dominance_of_all, strict_dominator, weak_dominator
from alliance_games.algorithms.iterated import as_mixed, survivors
from alliance_games.algorithms.opponents import Opponents, opponents
from alliance_games.certificates.dominance import check
from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.normal import NormalGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.ordered import Signs
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Dominant, Dominated, Solution

SURVIVORS = "surviving iterated strict elimination"
METHOD = (
    "comparison of strategies, and one exact linear program for each that no pure one dominates"
)
BECAUSE = "each strategy was compared with every mixture of its player's other strategies"
ONLY_RANKED = (
    "payoffs are ranked and not measured, so strategies are compared with pure strategies only"
)


def solve(game: NormalGame | AnonymousGame, needed: Needed, budget: Budget) -> Answers:
    """Dominance in the game as given (round 0), then the rounds of elimination and what is left."""
    tables = opponents(game)
    found = [
        one
        for group in range(len(tables.everyone))
        for one in _in_the_game_as_given(tables, group, not game.ordinal, budget)
    ]
    left = survivors(tables, SURVIVORS, not game.ordinal, budget.tick)
    found += left.eliminated
    yield from found
    yield left
    notes = (ONLY_RANKED,) if game.ordinal else ()
    because = "each strategy was compared with every other one" if game.ordinal else BECAUSE
    method = "comparison of strategies" if game.ordinal else METHOD
    return Conclusion(Coverage.ALL, because, method, notes)


def _in_the_game_as_given(
    tables: Opponents, group: int, mixtures: bool, budget: Budget
) -> Iterator[Solution]:
    size = len(tables.everyone[group])
    rows = tables.rows(group, tables.everyone)
    players = tables.members[group]
    for own in range(size):
        budget.tick()
        if (strength := dominance_of_all(rows, own)) is not None:
            yield from (Dominant(player, own, strength) for player in players)
    for own in range(size):
        budget.tick()
        strength = "strict"
        by = strict_dominator(rows, own, mixtures, budget.tick)
        if by is None:
            strength = "weak"
            by = weak_dominator(rows, own, mixtures, budget.tick)
        if by is not None:
            mixed = as_mixed(by, size)
            yield from (Dominated(player, own, mixed, strength) for player in players)


def verify(game: NormalGame | AnonymousGame, solution: Solution, needed: Needed) -> Certificate:
    """Compare against every play of the others again."""
    return check(game, solution)


def conditions(game: Any, signs: Signs) -> Iterable[Solution]:
    """Dominance, by the signs of payoff differences and of mixtures of them."""
    from alliance_games.algorithms.dominance_conditions import dominance

    return dominance(game, signs)


CONCEPT = Concept(
    name="dominance",
    title="Dominated and dominant strategies",
    cites=("Luce and Raiffa 1957", "Gilboa, Kalai and Zemel 1990"),
    summary=(
        "A strategy is dominated if another one, pure or mixed, does better whatever the others "
        "do; what is left after removing strictly dominated ones again and again depends on no "
        "order."
    ),
    games=("normal", "anonymous"),
    solve=solve,
    verify=verify,
    conditions=conditions,
    ordinal=True,
    default=True,
    invariances=("relabelling", "positive affine payoffs"),
    order=20,
)
