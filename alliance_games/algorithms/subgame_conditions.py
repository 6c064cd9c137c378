"""Backward induction over any ordered field: all pure subgame perfect equilibria.

Written for ``Concept.conditions``: at each node the mover's payoffs are compared by signs, so that
a tie is a case of its own (Kuhn 1953; Selten 1965).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any, NamedTuple

from alliance_games.model.extensive import CHANCE, TERMINAL
from alliance_games.model.profiles import Mixed, Payoffs, pure
from alliance_games.results.ordered import Signs, Undescribed
from alliance_games.results.solutions import Behaviour

MOST = 256
"""Pure equilibria of one subgame up to which ties are followed."""


class _Play(NamedTuple):
    """An equilibrium of a subgame: its payoffs and the action at each of its nodes."""

    payoffs: Payoffs
    choices: tuple[tuple[int, int], ...]


class _Subgame(NamedTuple):
    """The equilibria of a subgame; ``open`` if a choice in it turns on how later ties are broken,
    so that mixing there can make new ones."""

    plays: list[_Play]
    open: bool


def equilibria(game: Any, signs: Signs) -> Iterator[Behaviour]:
    """All pure subgame perfect equilibria of a tree of perfect information.

    Raises Undescribed where ties make more than MOST of them.
    """
    plays, _ = _solved(game, signs)
    properties = {"several": True} if len(plays) > 1 else {}
    for play in plays:
        yield _behaviour(game, dict(play.choices), play.payoffs, properties)


def turning_sets(game: Any, signs: Signs) -> frozenset[int]:
    """The information sets at which, or below which, a choice turns on how later ties are broken.

    At all others the best actions are the same in every equilibrium, also where players mix: gains
    are multilinear in mixtures, and have one sign at all pure ones.
    """
    return _solved(game, signs)[1]


def _solved(game: Any, signs: Signs) -> tuple[list[_Play], frozenset[int]]:
    found: dict[int, _Subgame] = {}
    turning: set[int] = set()
    for node in range(game.size - 1, -1, -1):
        index = game.set_of[node]
        if index == TERMINAL:
            found[node] = _Subgame([_Play(tuple(game.payoffs(node)), ())], False)
            continue
        subgames = [found.pop(child) for child in game.children(node)]
        if len(game.nodes_of[index]) > 1 or not all(one.plays for one in subgames):
            # Where moves are hidden nothing is told of what they, and those before them, turn on.
            found[node] = _Subgame([], True)
            turning.add(index)
            continue
        below = [one.plays for one in subgames]
        turns = any(one.open for one in subgames)
        if game.sets[index].player == CHANCE:
            weights = [game.probability(child) for child in game.children(node)]
            plays = list(_at_chance(below, weights, len(game.players)))
        else:
            plays, differs = _at_move(below, node, game.sets[index].player, signs)
            turns = turns or differs
        if len(plays) > MOST:
            raise Undescribed(f"ties make more than {MOST} pure subgame perfect equilibria")
        found[node] = _Subgame(plays, turns)
        if turns:
            turning.add(index)
    return found[0].plays, frozenset(turning)


def _combined(below: list[list[_Play]]) -> Iterator[tuple[_Play, ...]]:
    total = 1
    for plays in below:
        total *= len(plays)
    if total > MOST:
        raise Undescribed(f"ties make more than {MOST} pure subgame perfect equilibria")
    return product(*below)


def _at_chance(below: list[list[_Play]], weights: list[Fraction], players: int) -> Iterator[_Play]:
    for chosen in _combined(below):
        payoffs = tuple(
            sum((w * one.payoffs[p] for w, one in zip(weights, chosen, strict=True)), Fraction(0))
            for p in range(players)
        )
        yield _Play(payoffs, tuple(choice for one in chosen for choice in one.choices))


def _at_move(
    below: list[list[_Play]], node: int, mover: int, signs: Signs
) -> tuple[list[_Play], bool]:
    """For each equilibrium of what follows, every action that is best there; and whether that
    differs between them."""
    plays: list[_Play] = []
    met: set[tuple[int, ...]] = set()
    for chosen in _combined(below):
        later = tuple(choice for one in chosen for choice in one.choices)
        best = [0]
        for action in range(1, len(chosen)):
            lead = chosen[action].payoffs[mover] - chosen[best[0]].payoffs[mover]
            sign = signs.sign(lead)
            if sign > 0:
                best = [action]
            elif sign == 0:
                best.append(action)
        met.add(tuple(best))
        plays += [_Play(chosen[action].payoffs, ((node, action), *later)) for action in best]
    return plays, len(met) > 1


def _behaviour(
    game: Any, chosen: dict[int, int], payoffs: Payoffs, properties: dict[str, bool]
) -> Behaviour:
    choices: list[Mixed | None] = [None] * len(game.sets)
    for node, action in chosen.items():
        index = game.set_of[node]
        choices[index] = pure(action, len(game.sets[index].actions))
    reached = []
    waiting: list[tuple[int, Fraction]] = [(0, Fraction(1))]
    while waiting:
        node, weight = waiting.pop()
        if game.set_of[node] == TERMINAL:
            reached.append((node, weight))
        elif node in chosen:
            waiting.append((game.first_child[node] + chosen[node], weight))
        else:
            waiting += [(child, weight * game.probability(child)) for child in game.children(node)]
    reached.sort(key=lambda pair: pair[0])
    return Behaviour(tuple(choices), payoffs, tuple(reached), properties)
