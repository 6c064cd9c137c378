"""The landscape of aggregation: states of some size that lean towards and away from each other
gather on two sides (Axelrod and Bennett 1993)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from alliance_games.exact.environment import EvaluationError
from alliance_games.exact.evaluate import Environment, evaluate_number
from alliance_games.exact.expression import Expression, Number
from alliance_games.model.environments import Faults, Values, as_player
from alliance_games.model.other_forms import Field, OtherBody, OtherForm
from alliance_games.model.pairs import beside
from alliance_games.model.problems import Problem

MOST_PLAYERS = 200
"""A landscape has at most so many states (its minima are listed for far fewer)."""

MOST_IN_FORMULAS = 8
"""So many states have few enough configurations (128) to ask about each."""

Sides = frozenset[int]
"""The players on the second side, which the first player is never on."""


@dataclass(frozen=True, slots=True)
class Landscape(OtherForm):
    """``sizes`` are positive; ``propensities[i][j] = propensities[j][i]`` is how much two states
    are inclined to be on one side (negative: to be apart). ``start`` is a configuration to begin
    from, as the players on the other side than the first player's, or None."""

    kind: ClassVar[str] = "landscape"

    players: tuple[str, ...]
    sizes: tuple[Fraction, ...]
    propensities: tuple[tuple[Fraction, ...], ...]
    start: Sides | None = None
    numeric: bool = False

    def frustration(self, player: int, second: Sides) -> Fraction:
        """The sum of a state's propensities to those on the other side, weighed by their sizes."""
        mine = player in second
        own = self.propensities[player]
        return sum(
            (
                self.sizes[other] * own[other]
                for other in range(len(self.players))
                if (other in second) != mine
            ),
            Fraction(0),
        )

    def energy(self, second: Sides) -> Fraction:
        """The sum of all frustrations, weighed by size: low where friends are together."""
        return sum(
            (size * self.frustration(player, second) for player, size in enumerate(self.sizes)),
            Fraction(0),
        )

    def sides(self, second: Sides) -> tuple[tuple[str, ...], ...]:
        """The names on each side, the first player's side first; one side where all are on it."""
        both = (
            tuple(name for at, name in enumerate(self.players) if (at in second) == place)
            for place in (False, True)
        )
        return tuple(side for side in both if side)

    def second(self, sides: Sequence[Sequence[str]]) -> Sides:
        """The configuration of these sides. Raises ValueError where they are none."""
        named = [self.players.index(name) for side in sides for name in side]
        if sorted(named) != list(range(len(self.players))) or len(sides) > 2:
            raise ValueError("every state is on one of two sides")
        return frozenset(
            self.players.index(name)
            for side in sides
            if self.players[0] not in side
            for name in side
        )

    def facts(self) -> Mapping[str, object]:
        """The configuration to begin from, if one is given."""
        if self.start is None:
            return {}
        return {"start": [list(side) for side in self.sides(self.start)]}

    def rows(self) -> Iterator[tuple[str, str, str]]:
        """Sizes, then the propensity of each pair."""
        for name, size in zip(self.players, self.sizes, strict=True):
            yield "size", name, str(size)
        for i, first in enumerate(self.players):
            for j in range(i + 1, len(self.players)):
                yield "propensity", f"{first} - {self.players[j]}", str(self.propensities[i][j])


@dataclass(frozen=True, slots=True)
class LandscapeBody(OtherBody):
    """A formula for each size, and one for each pair of players, or one for all pairs (evaluated
    for a pair in either order: both must give the same)."""

    kind: ClassVar[str] = "landscape"

    players: tuple[str, ...]
    sizes: tuple[Expression, ...]
    pairs: Mapping[tuple[int, int], Expression]
    every_pair: Expression | None = None
    start: Sides | None = None

    def expressions(self) -> tuple[Expression, ...]:
        """Every formula."""
        shared = () if self.every_pair is None else (self.every_pair,)
        return (*self.sizes, *self.pairs.values(), *shared)

    def over_field(self, field: Field) -> Landscape:
        """The landscape in numbers of the field."""
        count = len(self.players)
        if count > MOST_IN_FORMULAS:
            field.too_large(f"it has more than {MOST_IN_FORMULAS} states, who can take sides")
        sizes = [
            field.number(size, own) for size, own in zip(self.sizes, self.players, strict=True)
        ]
        for size in sizes:
            if not field.reaches(size, strict=True):
                field.leave_out("a size is not positive")
        table = [[Fraction(0)] * count for _ in range(count)]
        for i in range(count):
            for j in range(i + 1, count):
                table[i][j] = table[j][i] = self._of_two(field, i, j)
        return Landscape(self.players, tuple(sizes), tuple(map(tuple, table)), self.start)

    def _of_two(self, field: Field, i: int, j: int) -> Fraction:
        if self.every_pair is None:
            return field.number(self.pairs[i, j])
        found = field.of_pair(self.every_pair, i, j)
        gap = found - field.of_pair(self.every_pair, j, i)
        field.between(gap, 0, 0, "a propensity is not the same both ways")
        return found

    def build(self, environment: Environment, values: Values, faults: Faults) -> Landscape:
        """Every size and propensity, exactly. Raises InvalidGame."""
        own = [as_player(environment, values, name) for name in self.players]
        sizes = []
        for name, formula, each in zip(self.players, self.sizes, own, strict=True):
            size = _value(formula, each, f"for {name}", faults)
            if size is not None and size <= 0:
                message = f"the size of {name} is {size}, and sizes are positive"
                faults.add(Problem("not-positive", message, faults.file, formula.span))
            sizes.append(size or Fraction(1))
        table = self._propensities(environment, values, own, faults)
        faults.raise_any()
        return Landscape(self.players, tuple(sizes), table, self.start, numeric=environment.numeric)

    def _propensities(
        self, environment: Environment, values: Values, own: Sequence[Environment], faults: Faults
    ) -> tuple[tuple[Fraction, ...], ...]:
        count = len(self.players)
        table = [[Fraction(0)] * count for _ in range(count)]
        for i in range(count):
            for j in range(i + 1, count):
                about = f"for {self.players[i]} and {self.players[j]}"
                if self.every_pair is None:
                    value = _value(self.pairs[i, j], environment, about, faults)
                else:
                    value = self._of_pair(values, own, (i, j), about, faults)
                table[i][j] = table[j][i] = value or Fraction(0)
        return tuple(map(tuple, table))

    def _of_pair(
        self,
        values: Values,
        own: Sequence[Environment],
        pair: tuple[int, int],
        about: str,
        faults: Faults,
    ) -> Fraction | None:
        formula = self.every_pair
        assert formula is not None
        found = [
            _value(formula, beside(self.players, values, own, me, other), about, faults)
            for me, other in (pair, pair[::-1])
        ]
        if None not in found and found[0] != found[1]:
            message = (
                f"the propensity is {found[0]} one way and {found[1]} the other ({about}): it is "
                "one number for the two"
            )
            faults.add(Problem("not-symmetric", message, faults.file, formula.span))
        return found[0]


def _value(
    formula: Expression, environment: Environment, about: str, faults: Faults
) -> Fraction | None:
    try:
        return evaluate_number(formula, environment)
    except EvaluationError as error:
        faults.add_error(error, "" if isinstance(formula, Number) else about)
        return None
