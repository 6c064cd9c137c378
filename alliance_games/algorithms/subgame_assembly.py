"""From an equilibrium, or a component, of every stage to one of the whole tree."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from math import prod
from typing import Protocol

from alliance_games.algorithms.subgame_equilibria import reached
from alliance_games.algorithms.subgame_stages import Choices, Patch, StageComponent
from alliance_games.exact.tableau import Tick
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.profiles import Mixed
from alliance_games.results.solutions import Behaviour
from alliance_games.results.tree_solutions import Condition, Continuum, Family, Unknown


class Sets(Protocol):
    """A part of a tree: the information sets that are in it."""

    @property
    def sets(self) -> Sequence[int]: ...


CORNERS = 2_000
"""Corners of one continuum that are listed, at most."""


class TooManyCorners(Exception):
    """A continuum is not listed; the message says why."""


class Untold(Exception):
    """A continuum has no description of the kinds there are; the message says why."""


def assemble(
    game: ExtensiveGame, stages: Sequence[Sets], play: Sequence[StageComponent], tick: Tick
) -> Behaviour | Continuum:
    """The equilibria in which every stage is played by its component of ``play``.

    Raises TooManyCorners where a continuum has too many corners to list, and Untold.
    """
    if all(component.dimension == 0 for component in play):
        return _behaviour(game, stages, play, [0] * len(play))
    corners = prod(len(component.points) for component in play)
    if corners > CORNERS:
        raise TooManyCorners(f"a continuum of equilibria has {corners} extreme points")
    places: dict[tuple[int, ...], int] = {}
    points: list[Behaviour] = []
    families: list[Family] = []
    for patches in product(*(_patches(component) for component in play)):
        here = []
        for corner in product(*(patch.points for patch in patches)):
            tick()
            if corner not in places:
                places[corner] = len(points)
                points.append(_behaviour(game, stages, play, corner))
            here.append(places[corner])
        dimension = sum(patch.dimension for patch in patches)
        hull = _hull(patches)
        if hull == "realization" and _ruled_out(game, stages, patches, points[here[0]]):
            hull = ""
        conditions: list[Condition] = []
        if not hull:
            for stage, component, patch in zip(stages, play, patches, strict=True):
                conditions += patch.conditions or _told(stage.sets, component, patch)
        families.append(Family(dimension, tuple(here), tuple(conditions), hull))
    return Continuum(max(f.dimension for f in families), tuple(points), tuple(families))


def _patches(component: StageComponent) -> Sequence[Patch]:
    return component.patches or (Patch((0,), 0, "behaviour"),)


def _hull(patches: Sequence[Patch]) -> str:
    """A product of hulls in behaviour is one; so is one in realization if nothing else varies."""
    varied = [patch.hull for patch in patches if patch.dimension]
    if all(hull == "behaviour" for hull in varied):
        return "behaviour"
    return varied[0] if len(varied) == 1 else ""


def _told(sets: Sequence[int], component: StageComponent, patch: Patch) -> list[Condition]:
    """What is played in a stage beside one that conditions describe, as conditions: the choices at
    each set, or which of its actions are not used where any mixture of the others will do.

    Raises Untold where the stage varies otherwise.
    """
    points = [component.points[place] for place in patch.points]
    conditions = []
    combinations = 1
    for index, choices in zip(sets, zip(*points, strict=True), strict=True):
        own = {choice for choice in choices if choice is not None}
        combinations *= max(1, len(own))
        if len(own) > 1 and (patch.hull != "behaviour" or any(max(one) < 1 for one in own)):
            raise Untold("a continuum varies in several subgames in ways that no hull describes")
        for action, probabilities in enumerate(zip(*own, strict=True)):
            value = probabilities[0]
            if len(set(probabilities)) > 1:
                continue
            if not isinstance(value, Fraction):
                raise Untold("a continuum comes with irrational choices in other subgames")
            terms = ((Fraction(1), (Unknown("choice", index, action),)), (-value, ()))
            conditions.append(Condition(terms if value else terms[:1], "="))
    if combinations != len(set(points)):
        raise Untold("a continuum varies in several subgames in ways that no hull describes")
    return conditions


def _ruled_out(
    game: ExtensiveGame, stages: Sequence[Sets], patches: Sequence[Patch], point: Behaviour
) -> bool:
    """Whether somebody who moves in the subgame that varies keeps it from being reached: then the
    probabilities of her sequences there are zero at all points alike."""
    at = next(k for k, patch in enumerate(patches) if patch.dimension)
    sets = stages[at].sets
    movers = {game.sets[index].player for index in sets}
    node = min(game.nodes_of[index][0] for index in sets)
    while (before := game.parent[node]) >= 0:
        index = game.set_of[before]
        choice = point.choices[index]
        own = choice is not None and game.sets[index].player in movers
        if own and choice and not choice[node - game.first_child[before]]:
            return True
        node = before
    return False


def _behaviour(
    game: ExtensiveGame,
    stages: Sequence[Sets],
    play: Sequence[StageComponent],
    corner: Sequence[int],
) -> Behaviour:
    choices: list[Mixed | None] = [None] * len(game.sets)
    free: list[int] = []
    for stage, component, at in zip(stages, play, corner, strict=True):
        _put(choices, stage.sets, component.points[at])
        free += [stage.sets[place] for place in component.free[at]]
    outcomes = tuple(reached(game, 0, dict(enumerate(choices)), ()))
    payoffs = [Fraction(0)] * len(game.players)
    for node, probability in outcomes:
        for player, worth in enumerate(game.payoffs(node)):
            payoffs[player] += probability * worth
    return Behaviour(tuple(choices), tuple(payoffs), outcomes, free=tuple(sorted(free)))


def _put(choices: list[Mixed | None], sets: Sequence[int], local: Choices) -> None:
    for index, choice in zip(sets, local, strict=True):
        choices[index] = choice
