"""Local minima, descents and the potential of a landscape, held to their definitions.

A state's frustration is the sum of its propensities to those on the other side, weighed by their
sizes; the energy is the sum of all frustrations, weighed by size (Axelrod and Bennett 1993).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from math import lcm

from alliance_games.model.landscape import Landscape, Sides
from alliance_games.results.named.landscape import Minimum, Path, WeightedPotential
from alliance_games.results.solutions import Certificate, Solution

MOST_TRIED = 10
"""Up to so many states the potential is tried at every move of every configuration too."""


def check_minimum(game: Landscape, solution: Solution) -> Certificate:
    """Every state's move from the configuration, and, counted again, what leads to it."""
    if not isinstance(solution, Minimum):
        return Certificate(False, "it is no configuration")
    second = _second(game, solution.sides)
    if second is None:
        return Certificate(False, "not every state is on one of two sides")
    if solution.energy != game.energy(second):
        return Certificate(False, "the energy is another")
    before = [game.frustration(at, second) for at in range(len(game.players))]
    after = [game.frustration(at, second ^ {at}) for at in range(len(game.players))]
    changes = [there - here for here, there in zip(before, after, strict=True)]
    if not _are(game, solution.frustrations, before):
        return Certificate(False, "the frustrations are others")
    if not _are(game, solution.reluctance, changes):
        return Certificate(False, "a move changes the frustrations by something else")
    if min(changes, default=Fraction(0)) < 0:
        return Certificate(False, "some state is less frustrated on the other side")
    if solution.strict != all(change > 0 for change in changes):
        return Certificate(False, "it is strict or not, as not stated")
    lowest, basins = _by_descent(game)
    if solution.deepest != (solution.energy == lowest):
        return Certificate(False, "it is the deepest or not, as not stated")
    number = _number(game, second)
    configurations = 1 << max(len(game.players) - 1, 0)
    if solution.configurations != configurations or solution.basin != basins[number]:
        return Certificate(False, "another number of configurations leads here")
    claim = (
        f"no move of {len(game.players)} states lowers its own frustration; the "
        f"{configurations:,} configurations were descended from again, lowest first"
    )
    return Certificate(True, claim)


def _are(game: Landscape, stated: Mapping[str, Fraction], values: Sequence[Fraction]) -> bool:
    return dict(stated) == dict(zip(game.players, values, strict=True))


def _second(game: Landscape, sides: Sequence[Sequence[str]]) -> Sides | None:
    """The configuration, if its sides are written in the order agreed."""
    try:
        second = game.second(sides)
    except ValueError:
        return None
    return second if game.sides(second) == tuple(map(tuple, sides)) else None


def _number(game: Landscape, second: Sides) -> int:
    return sum(1 << (at - 1) for at in second)


@lru_cache(maxsize=4)
def _by_descent(game: Landscape) -> tuple[Fraction, dict[int, int]]:
    """The lowest energy, and how many configurations end in each local minimum.

    Every configuration as a row of signs ``x``, the energy and its changes come from the products
    ``Wx``: configurations are gone through in the order of their energies, so that where a
    neighbour ends is known before.
    """
    import numpy as np

    count = len(game.players)
    products = [
        [game.sizes[i] * game.sizes[j] * game.propensities[i][j] for j in range(count)]
        for i in range(count)
    ]
    scale = lcm(*(value.denominator for row in products for value in row))
    whole = [[int(value * scale) for value in row] for row in products]
    large = sum(abs(value) for row in whole for value in row) * 4 >= 2**62
    kind = object if large else np.int64
    weights = np.array(whole, dtype=kind)
    for at in range(count):
        weights[at, at] = 0
    numbers = np.arange(1 << (count - 1), dtype=np.int64)
    energies, steepest = [], []
    for part in np.array_split(numbers, max(len(numbers) >> 14, 1)):
        bits = [np.zeros_like(part), *(part >> (at - 1) & 1 for at in range(1, count))]
        signs = (1 - 2 * np.stack(bits, axis=1)).astype(kind)
        pulls = signs * (signs @ weights)  # a move of i changes the energy by 2 of this
        energies.append((weights.sum() - pulls.sum(axis=1)) // 2)
        best = pulls.argmin(axis=1)
        falls = pulls[np.arange(len(part)), best] < 0
        steepest.append(np.where(falls, best, -1))
    energy, mover = np.concatenate(energies), np.concatenate(steepest)
    last = len(numbers) - 1
    ends = [0] * len(numbers)
    basins: dict[int, int] = {}
    for number in np.argsort(energy, kind="stable").tolist():
        player = int(mover[number])
        turned = last if player == 0 else 1 << max(player - 1, 0)
        end = number if player < 0 else ends[number ^ turned]
        ends[number] = end
        basins[end] = basins.get(end, 0) + 1
    return Fraction(int(energy.min()), scale), basins


def check_path(game: Landscape, solution: Solution) -> Certificate:
    """Each step is the steepest, and the last leaves no state a move that lowers the energy."""
    if not isinstance(solution, Path) or game.start is None:
        return Certificate(False, "it is no way down")
    now = game.start
    if solution.start != game.sides(now) or solution.energy != game.energy(now):
        return Certificate(False, "it begins elsewhere")
    for step in solution.steps:
        falls = _falls(game, now)
        if step.mover not in falls or falls[step.mover] <= 0:
            return Certificate(False, f"the move of {step.mover} does not lower the energy")
        most = max(falls.values())
        if falls[step.mover] != most:
            return Certificate(False, f"the move of {step.mover} is not the steepest")
        first = [name for name, fall in falls.items() if fall == most]
        if step.mover != first[0] or step.equally != tuple(first[1:]):
            return Certificate(False, "another state moves first, or others would as well")
        player = game.players.index(step.mover)
        there = _moved(game, now, player)
        relief = game.frustration(player, now) - game.frustration(player, there)
        now = there
        if (step.sides, step.energy, step.relief) != (game.sides(now), game.energy(now), relief):
            return Certificate(False, f"the move of {step.mover} leads elsewhere")
    if solution.end != game.sides(now) or max(_falls(game, now).values()) > 0:
        return Certificate(False, "it ends elsewhere, or goes on")
    return Certificate(True, f"each of {len(solution.steps)} moves is the steepest of all")


def _falls(game: Landscape, now: Sides) -> dict[str, Fraction]:
    """By how much each state's move would lower the energy: the terms of its pairs change."""
    falls = {}
    for i, name in enumerate(game.players):
        fall = Fraction(0)
        for j in range(len(game.players)):
            if i != j:
                term = game.sizes[i] * game.sizes[j] * game.propensities[i][j]
                term += game.sizes[j] * game.sizes[i] * game.propensities[j][i]
                fall += term if (i in now) != (j in now) else -term
        falls[name] = fall
    return falls


def _moved(game: Landscape, now: Sides, player: int) -> Sides:
    """The configuration after a move; the second side never holds the first player."""
    there = now ^ {player}
    return frozenset(range(len(game.players))) - there if 0 in there else there


def check_potential(game: Landscape, solution: Solution) -> Certificate:
    """The identity of both changes: pair by pair, and in small games move by move.

    Both the energy and a frustration are linear in which pairs are apart, and a move of ``i`` turns
    over exactly the pairs with ``i``; so it holds for every move if for every pair with ``i`` the
    energy's coefficient is the weight of ``i`` times the frustration's.
    """
    if not isinstance(solution, WeightedPotential):
        return Certificate(False, "it is no potential")
    count = len(game.players)
    terms = dict(solution.terms)
    pairs = {
        f"{game.players[i]} - {game.players[j]}": (i, j)
        for i in range(count)
        for j in range(i + 1, count)
    }
    if set(terms) != set(pairs) or set(solution.weights) != set(game.players):
        return Certificate(False, "it speaks of other players or pairs")
    for name, (i, j) in pairs.items():
        # Apart, the pair frustrates i by s_j p_ij and j by s_i p_ji.
        energy = game.sizes[i] * game.sizes[j] * game.propensities[i][j]
        energy += game.sizes[j] * game.sizes[i] * game.propensities[j][i]
        for me, other in ((i, j), (j, i)):
            own = game.sizes[other] * game.propensities[me][other]
            if terms[name] != energy or energy != solution.weights[game.players[me]] * own:
                return Certificate(False, f"the pair {name} changes the two by other amounts")
    if count > MOST_TRIED:
        return Certificate(True, f"the coefficients of {len(pairs)} pairs agree")
    moves = 0
    for number in range(1 << max(count - 1, 0)):
        here = frozenset(at for at in range(1, count) if number >> (at - 1) & 1)
        for player, name in enumerate(game.players):
            there = here ^ {player}
            change = game.energy(there) - game.energy(here)
            own = game.frustration(player, there) - game.frustration(player, here)
            moves += 1
            if change != solution.weights[name] * own:
                return Certificate(False, f"a move of {name} changes the energy otherwise")
    claim = f"the coefficients of {len(pairs)} pairs agree, and {moves:,} moves were tried"
    return Certificate(True, claim)
