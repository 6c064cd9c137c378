"""The region of a parametric game: the values its assumptions, ranges and probabilities allow.

The region is found by the same search that divides it: the assumptions are a procedure that asks
signs, and the leaves at which all of them hold make up the region (one, unless an assumption says
``or``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from alliance_games.exact.expression import Expression, Name, walk
from alliance_games.exact.polynomials import Ring, ring
from alliance_games.exact.rational_functions import RationalFunction
from alliance_games.exact.tableau import Tick, no_limit
from alliance_games.model.environments import Value
from alliance_games.model.parametric import ParametricGame, Values, entries_of
from alliance_games.model.trees import TreeBody
from alliance_games.parametric.decide import RESOURCES, Decider, Factors, Point
from alliance_games.parametric.explore import NoValue, Outside, Path, explore
from alliance_games.parametric.games import GameBuilder
from alliance_games.parametric.symbolic import Scope, number, truth
from alliance_games.results.budget import Budget


@dataclass(frozen=True, slots=True)
class Symbols:
    """The parameters left free, each entry a variable of the ring.

    ``names`` are the variables as a reader writes them; ``places[i]`` is the parameter and the keys
    of variable i; ``numbers`` gives every parameter its number of the field, or one per entry, the
    fixed ones among them; ``defaults`` the point at which the free ones have their defaults.
    """

    ring: Ring
    names: tuple[str, ...]
    places: tuple[tuple[str, tuple[str, ...]], ...]
    numbers: Mapping[str, Value]
    defaults: tuple[Fraction, ...]
    fixed: Mapping[str, Value]

    def values(self, point: Sequence[Fraction]) -> Values:
        """All parameters' values at a point of the free ones."""
        found: dict[str, Fraction | dict[tuple[str, ...], Fraction]] = {
            name: dict(value) if isinstance(value, Mapping) else value
            for name, value in self.fixed.items()
        }
        for (name, keys), value in zip(self.places, point, strict=True):
            if keys:
                entries = found.setdefault(name, {})
                assert isinstance(entries, dict)
                entries[keys] = value
            else:
                found[name] = value
        return {name: found[name] for name in self.numbers}


def symbols(game: ParametricGame, values: Values, over: Sequence[str] | None = None) -> Symbols:
    """The free parameters of a game; ``over`` names them (None: all that can be).

    An item of ``over`` is a parameter, or one entry (``power[France]``). A parameter that says how
    many players there are is never free. Raises KeyError for a name that is none.
    """
    crowd = game.body.crowd
    labels: list[str] = []
    places: list[tuple[str, tuple[str, ...]]] = []
    defaults: list[Fraction] = []
    wanted = None if over is None else set(over)
    met: set[str] = set()
    for name, value in values.items():
        listed = entries_of(name, value)
        keys_of = list(value) if isinstance(value, Mapping) else [()]
        for (label, default), keys in zip(listed, keys_of, strict=True):
            chosen = wanted is None or name in wanted or label in wanted
            met |= {name, label}
            if chosen and name != crowd:
                labels.append(label)
                places.append((name, keys))
                defaults.append(default)
    if wanted is not None and (unknown := sorted(wanted - met)):
        raise KeyError(unknown[0])
    polynomials = ring(labels)
    variables = {
        place: RationalFunction.variable(polynomials, index) for index, place in enumerate(places)
    }
    numbers: dict[str, Value] = {}
    for name, value in values.items():
        if isinstance(value, Mapping):
            numbers[name] = {
                keys: variables.get((name, keys), entry) for keys, entry in value.items()
            }
        else:
            numbers[name] = variables.get((name, ()), value)
    return Symbols(
        polynomials, tuple(labels), tuple(places), numbers, tuple(defaults), dict(values)
    )


@dataclass(frozen=True, slots=True)
class Region:
    """The values in question, as disjoint pieces with a point of each.

    ``excluded`` says where assumptions have no value; ``stopped`` is '' unless a limit ended the
    work before the whole region was found.
    """

    symbols: Symbols
    decider: Decider
    pieces: tuple[tuple[Mapping[str, int], Point | None], ...]
    builder: GameBuilder
    undecided: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    stopped: str = ""


def region(
    game: ParametricGame,
    values: Values | None = None,
    over: Sequence[str] | None = None,
    budget: Budget | None = None,
    resources: int = RESOURCES,
) -> Region:
    """The region of the parameters ``over`` (None: all), the others held at ``values``.

    Raises KeyError for an unknown parameter, OutsideClass for an assumption that is no condition on
    rational functions.
    """
    budget = budget or Budget()
    free = symbols(game, game.values() if values is None else values, over)
    tick: Tick = budget.tick if budget else no_limit
    decider = Decider(Factors(free.ring), tick, resources, budget.seconds_left)
    builder = GameBuilder(game, free.numbers)

    found = explore(lambda path: hold(game, builder, path), decider, [({}, free.defaults)], budget)
    kept = [leaf for leaf in found.leaves if not leaf.excluded]
    return Region(
        free,
        decider,
        tuple((leaf.conditions, leaf.witness) for leaf in kept),
        builder,
        tuple(dict.fromkeys(leaf.undecided for leaf in kept if leaf.undecided)),
        tuple(dict.fromkeys(leaf.excluded for leaf in found.leaves if leaf.excluded)),
        found.stopped,
    )


def hold(game: ParametricGame, builder: GameBuilder, path: Path) -> None:
    """Ask whether ranges and assumptions hold and chances are probabilities; Outside where not."""
    _hold_ranges(game, builder, path)
    _hold_assumptions(game, builder, path)
    _hold_probabilities(game, builder, path)


def _hold_ranges(game: ParametricGame, builder: GameBuilder, path: Path) -> None:
    scope = builder.scope()
    for parameter in game.parameters:
        value = builder.symbols[parameter.name]
        entries = list(value.values()) if isinstance(value, Mapping) else [value]
        for end, turn in ((parameter.low, 1), (parameter.high, -1)):
            if end is None:
                continue
            bound = number(end, scope, path)
            for entry in entries:
                if path.is_negative((entry - bound) * turn):
                    raise Outside


def _hold_assumptions(game: ParametricGame, builder: GameBuilder, path: Path) -> None:
    scope = builder.scope()
    for assumption in game.assumptions:
        hold_for_all(assumption.expression, game, builder, scope, path)


def hold_for_all(
    condition: Expression, game: ParametricGame, builder: GameBuilder, scope: Scope, path: Path
) -> None:
    """Outside where a condition fails; of a per-player parameter by itself, for some player."""
    per_player = any(
        isinstance(value := builder.symbols.get(node.name), Mapping)
        and all(len(keys) == 1 for keys in value)
        for node in walk(condition)
        if isinstance(node, Name)
    )
    scopes = [builder.own(scope, p) for p in builder.players] if per_player else [scope]
    for own in scopes:
        if not truth(condition, own, path):
            raise Outside


def _hold_probabilities(game: ParametricGame, builder: GameBuilder, path: Path) -> None:
    body = game.body
    if not isinstance(body, TreeBody):
        return
    scope = builder.scope()
    distributions = [probabilities for probabilities, _ in body.priors]
    distributions += [probabilities for _, probabilities, _ in body.chances]
    for expressions in distributions:
        try:
            builder.distribution(expressions, scope, path)
        except NoValue as none:
            if "division" in str(none):
                raise
            raise Outside from none


__all__ = ["Region", "Symbols", "hold", "hold_for_all", "region", "symbols"]
