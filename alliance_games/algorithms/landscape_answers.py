"""Landscapes' answers: the local minima, the way down from a configuration, the potential."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from alliance_games.model.landscape import Landscape, Sides
from alliance_games.results.named.landscape import Minimum, Path, Step, WeightedPotential


def minima(game: Landscape, tick: Callable[[], None]) -> Iterator[Minimum]:
    """The local minima, the deepest first."""
    from alliance_games.algorithms.landscape_minima import Minima

    found = Minima(game, tick)
    energies = [found.energy(int(place)) for place in found.places]
    deepest = min(energies)
    order = sorted(range(len(energies)), key=lambda at: (energies[at], int(found.places[at])))
    for at in order:
        tick()
        second = found.sides(int(found.places[at]))
        frustrations, reluctance = {}, {}
        for player, name in enumerate(game.players):
            frustrations[name] = game.frustration(player, second)
            reluctance[name] = game.frustration(player, second ^ {player}) - frustrations[name]
        yield Minimum(
            sides=game.sides(second),
            energy=energies[at],
            strict=found.strict[at],
            deepest=energies[at] == deepest,
            basin=found.basins[at],
            configurations=len(found.energies),
            frustrations=frustrations,
            reluctance=reluctance,
        )


def descent(game: Landscape, tick: Callable[[], None]) -> Path:
    """From the start again and again the move that lowers the energy most, of equals the first."""
    assert game.start is not None
    now, energy = game.start, game.energy(game.start)
    first, steps = energy, []
    while True:
        tick()
        # A move of i changes the energy by 2 s_i times the change of its frustration.
        reliefs = [
            game.frustration(at, now) - game.frustration(at, now ^ {at})
            for at in range(len(game.players))
        ]
        falls = [2 * size * relief for size, relief in zip(game.sizes, reliefs, strict=True)]
        most = max(falls)
        if most <= 0:
            break
        mover, *others = [at for at, fall in enumerate(falls) if fall == most]
        now = _moved(game, now, mover)
        energy -= most
        equally = tuple(game.players[at] for at in others)
        steps.append(Step(game.players[mover], game.sides(now), energy, reliefs[mover], equally))
    return Path(start=game.sides(game.start), energy=first, steps=tuple(steps), end=game.sides(now))


def _moved(game: Landscape, now: Sides, player: int) -> Sides:
    if player:
        return now ^ {player}
    return frozenset(at for at in range(1, len(game.players)) if at not in now)


def potential(game: Landscape) -> WeightedPotential:
    """The weights of the states and the energy's coefficients."""
    count = len(game.players)
    terms: dict[str, Fraction] = {}
    for i in range(count):
        for j in range(i + 1, count):
            term = 2 * game.sizes[i] * game.sizes[j] * game.propensities[i][j]
            terms[f"{game.players[i]} - {game.players[j]}"] = term
    weights = {name: 2 * size for name, size in zip(game.players, game.sizes, strict=True)}
    return WeightedPotential(weights=weights, terms=terms)
