"""Continua of subgame perfect equilibria, held to the definition at every mixture of their points.

What a player gains by a plan in a subgame is linear in each block of the profile: what one player
does in one subgame up to the next ones. So a hull consists of equilibria when every recombination
of its points block by block is one; where that fails, ``subgame_perfect_hulls`` looks closer.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from math import prod

from alliance_games.certificates.behaviour_families import meets
from alliance_games.certificates.subgame_perfect_hulls import hull_is_perfect
from alliance_games.certificates.subgame_perfect_stages import CLAIM, check_stages, subgame_starts
from alliance_games.exact.linear import affine_dimension
from alliance_games.model.extensive import CHANCE, TERMINAL, ExtensiveGame
from alliance_games.model.profiles import Mixed
from alliance_games.results.solutions import Behaviour, Certificate, Solution
from alliance_games.results.tree_solutions import Continuum, Family

ALL_OF_IT = CLAIM + ", at every point of every family"
EXAMPLES = CLAIM + "; where a family is told by conditions, at the examples named"

RECOMBINATIONS = 5_000

Choices = tuple[Mixed | None, ...]


def check_continuum(game: ExtensiveGame, solution: Solution) -> Certificate:
    """Whether every family is made of subgame perfect equilibria and they hang together."""
    if not isinstance(solution, Continuum):
        return Certificate(False, "no profile of behaviour strategies")
    points = solution.points
    families = solution.families
    if not families or not points or max(f.dimension for f in families) != solution.dimension:
        return Certificate(False, ALL_OF_IT)
    plays = [point for point in points if isinstance(point, Behaviour)]
    if len(plays) < len(points) or not all(check_stages(game, p).verified for p in plays):
        return Certificate(False, ALL_OF_IT)
    choices = [play.choices for play in plays]
    if len(set(choices)) != len(choices) or not _connected(families, choices):
        return Certificate(False, ALL_OF_IT)
    whole = all(_family(game, family, choices) for family in families)
    claim = ALL_OF_IT if all(family.hull for family in families) else EXAMPLES
    return Certificate(whole, claim, largest_gain=Fraction(0) if whole else None)


def _connected(families: Sequence[Family], choices: Sequence[Choices]) -> bool:
    """Whether the families hang together, and every point is in one.

    Two meet in a point that both list, or in a listed point of one that meets the conditions of the
    other (strict ones at least with equality).
    """
    if any(not 0 <= place < len(choices) for family in families for place in family.points):
        return False

    def meet(one: Family, other: Family) -> bool:
        return bool(set(one.points) & set(other.points)) or any(
            all(meets(condition, choices[place], weakly=True) for condition in within.conditions)
            for within, listed in ((one, other), (other, one))
            if not within.hull
            for place in listed.points
        )

    met, waiting = [families[0]], list(families[1:])
    for here in met:
        near = [family for family in waiting if meet(here, family)]
        waiting = [family for family in waiting if family not in near]
        met += near
    return not waiting and {place for family in met for place in family.points} == set(
        range(len(choices))
    )


def _family(game: ExtensiveGame, family: Family, points: Sequence[Choices]) -> bool:
    """Whether the hull of a family's points has its dimension and is made of equilibria."""
    own = [points[place] for place in family.points]
    if not own:
        return False
    if not family.hull:
        return _by_conditions(family, own)
    if family.hull not in ("behaviour", "realization") or family.conditions:
        return False
    if _dimension(game, own, family.hull) != family.dimension:
        return False
    if _recombined(game, own, family.hull):
        return True
    return family.hull == "behaviour" and hull_is_perfect(game, own, subgame_starts(game))


def _by_conditions(family: Family, points: Sequence[Choices]) -> bool:
    """Whether the examples of a family meet the conditions that describe it."""
    return bool(family.conditions) and all(
        meets(condition, point) for point in points for condition in family.conditions
    )


def _recombined(game: ExtensiveGame, own: Sequence[Choices], hull: str) -> bool:
    """Whether every recombination of the points block by block is an equilibrium."""
    blocks = _blocks(game, own, hull)
    if blocks is None:
        return False
    known = set(own)
    parts = [sorted({tuple(point[index] for index in block) for point in own}) for block in blocks]
    if prod(map(len, parts)) > RECOMBINATIONS:
        return False
    for chosen in product(*parts):
        profile = list(own[0])
        for block, part in zip(blocks, chosen, strict=True):
            for index, choice in zip(block, part, strict=True):
                profile[index] = choice
        if tuple(profile) not in known and not _is_equilibrium(game, tuple(profile)):
            return False
    return True


def _blocks(game: ExtensiveGame, points: Sequence[Choices], hull: str) -> list[list[int]] | None:
    """The sets at which the points differ, by player and subgame; None where that will not do.

    A player who varies at two sets one after the other makes products of her own probabilities:
    in a hull in behaviour each such set is a block by itself. In a hull in realization play may
    differ in one subgame only.
    """
    vary = [i for i in range(len(game.sets)) if len({point[i] for point in points}) > 1]
    starts = subgame_starts(game)
    home = [0] * game.size
    for node in range(1, game.size):
        home[node] = node if starts[node] else home[game.parent[node]]
    if hull == "realization" and len({home[game.nodes_of[i][0]] for i in vary}) > 1:
        return None
    if hull == "behaviour" and _successive(game, vary):
        return [[index] for index in vary]
    blocks: dict[tuple[int, int], list[int]] = {}
    for index in vary:
        place = (home[game.nodes_of[index][0]], game.sets[index].player)
        blocks.setdefault(place, []).append(index)
    return list(blocks.values())


def _successive(game: ExtensiveGame, vary: Sequence[int]) -> bool:
    """Whether some player passes two of the sets one after the other."""
    for index in vary:
        for node in game.nodes_of[index]:
            while (node := game.parent[node]) >= 0:
                before = game.set_of[node]
                if before in vary and game.sets[before].player == game.sets[index].player:
                    return True
    return False


def _dimension(game: ExtensiveGame, points: Sequence[Choices], hull: str) -> int:
    if hull == "realization":
        return affine_dimension([_realization(game, point) for point in points])
    return affine_dimension([[p for choice in point for p in choice or ()] for point in points])


def _realization(game: ExtensiveGame, choices: Choices) -> list[Fraction]:
    """With which probability each player's own moves make each of her choices."""
    own: list[dict[int, Fraction]] = [{} for _ in range(game.size)]
    numbers: dict[tuple[int, int], Fraction] = {}
    for node in range(game.size):
        index = game.set_of[node]
        if index == TERMINAL:
            continue
        player, choice = game.sets[index].player, choices[index]
        for action, child in enumerate(game.children(node)):
            own[child] = own[node]
            if player != CHANCE and choice is not None:
                made = own[node].get(player, Fraction(1)) * choice[action]
                own[child] = own[node] | {player: made}
                numbers[index, action] = made
    return [numbers[key] for key in sorted(numbers)]


def _is_equilibrium(game: ExtensiveGame, choices: Choices) -> bool:
    """Whether the profile is subgame perfect, whatever its payoffs."""
    verdict = check_stages(game, Behaviour(choices, (), ()))
    return verdict.largest_gain == 0
