"""The solutions that only trees have, in the words of an ``expect:`` line."""

from __future__ import annotations

from alliance_games.claims import wording
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.profiles import Mixed
from alliance_games.results.codec_trees import condition_words
from alliance_games.results.naming import Names
from alliance_games.results.solutions import Behaviour, Solution
from alliance_games.results.tree_solutions import (
    Assessment,
    Continuum,
    Correlated,
    Discarded,
    Family,
    Plans,
    QuantalPath,
)

NAMED = 4
"""How many extreme points of a continuum are written out."""


def solution(game: ExtensiveGame, found: Solution) -> str:
    """One solution; a continuum by its dimension, its conditions and its first extreme points."""
    match found:
        case Behaviour():
            return wording.behaviour(game, found.choices)
        case Assessment():
            return _assessment(game, found)
        case Continuum():
            return _continuum(game, found)
        case Discarded():
            return f"not {solution(game, found.solution)} ({found.reason})"
        case Correlated():
            payoffs = zip(game.players, found.payoffs, strict=True)
            worth = ", ".join(f"{name}: {wording.number(one)}" for name, one in payoffs)
            return f"{found.of} of {len(found.plans)} plans with payoffs {{{worth}}}"
        case QuantalPath():
            if found.limit is None:
                return "a branch whose limit is not settled"
            return f"a branch that tends to {solution(game, found.limit)}"
        case Plans():
            return _plans(game, found)
    raise TypeError(f"a {found.kind} is no solution of a tree")


def _plans(game: ExtensiveGame, found: Plans) -> str:
    """The plans that are left, by player: ``Ally: {Committed: Treaty, ...} or {...}``."""
    told = []
    for player, places in enumerate(found.members):
        plans = []
        for place in places:
            chosen = [
                f"{game.set_name(index)}: {game.sets[index].actions[action]}"
                for index, action in enumerate(found.plans[player][place])
                if action >= 0
            ]
            plans.append("{" + ", ".join(chosen) + "}")
        told.append(f"{game.players[player]}: {' or '.join(plans)}")
    return f"{found.of} " + "{" + ", ".join(told) + "}"


def _assessment(game: ExtensiveGame, found: Assessment) -> str:
    behaviour = wording.behaviour(game, found.choices)
    beliefs = _beliefs(game, found)
    return f"{behaviour[:-1]}, beliefs: {beliefs}}}" if beliefs != "{}" else behaviour


def _beliefs(game: ExtensiveGame, found: Assessment) -> str:
    """The beliefs at sets of several nodes."""
    held: list[Mixed | None] = [
        belief if belief is not None and len(belief) > 1 else None for belief in found.beliefs
    ]
    names = [game.node_names(index) for index in range(len(game.sets))]
    return wording.by_set(game, held, names)


def _continuum(game: ExtensiveGame, found: Continuum) -> str:
    parts = [_family(game, found, family) for family in found.families]
    what = "; and ".join(parts)
    return f"a continuum of dimension {found.dimension}: {what}"


def _family(game: ExtensiveGame, found: Continuum, family: Family) -> str:
    """Its conditions, and one point to show what else is done; else its extreme points."""
    if family.conditions:
        names = Names(game)
        conditions = " and ".join(condition_words(one, names) for one in family.conditions)
        return f"those like {solution(game, found.points[family.points[0]])} where {conditions}"
    points = [solution(game, found.points[place]) for place in family.points[:NAMED]]
    more = len(family.points) - len(points)
    listed = ", ".join(points) + (f" and {more} more" if more else "")
    return f"{'all between' if family.hull else 'such as'} {listed}"
