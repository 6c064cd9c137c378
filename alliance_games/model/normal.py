"""Games in normal (strategic) form, with exact payoffs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any

from alliance_games.model.integers import hash_of, over_common_denominator, pack
from alliance_games.model.profiles import Payoffs, PureProfile

if TYPE_CHECKING:
    import numpy as np


FEW_SUPPORTS = 150
"""Profiles of supports of three players or more that take a second or two, as a rule."""


@dataclass(frozen=True, eq=False)
class NormalGame:
    """A finite game in normal form.

    ``players``: their names. ``strategies``: for each player the names of her strategies.
    ``numerators``: for each player one integer per pure profile, profiles in row-major order
    (the last player's strategy changes fastest); her payoff is the integer over her
    ``denominators`` entry. ``numeric`` marks payoffs that are approximations of irrational
    numbers; ``ordinal`` marks payoffs of which only the order within a player means anything.
    ``outcomes`` holds the name the modeller gave the outcome of each profile ('' where none), or
    is empty.

    Equal games are equal and hash alike; a game pickles.
    """

    players: tuple[str, ...]
    strategies: tuple[tuple[str, ...], ...]
    numerators: tuple[Sequence[int], ...]
    denominators: tuple[int, ...]
    numeric: bool = field(default=False, kw_only=True)
    ordinal: bool = field(default=False, kw_only=True)
    outcomes: tuple[str, ...] = field(default=(), kw_only=True)

    kind = "normal"

    def __post_init__(self) -> None:
        size = prod(len(names) for names in self.strategies)
        if not self.players or len(self.strategies) != len(self.players):
            raise ValueError("a normal-form game needs players, each with her list of strategies")
        if not size:
            raise ValueError("every player needs at least one strategy")
        if len(self.numerators) != len(self.players) or any(
            len(table) != size for table in self.numerators
        ):
            raise ValueError(f"every player needs one payoff for each of the {size} profiles")
        if len(self.denominators) != len(self.players) or min(self.denominators) < 1:
            raise ValueError("every player needs one positive denominator")
        object.__setattr__(self, "numerators", tuple(pack(table) for table in self.numerators))

    @classmethod
    def from_payoffs(
        cls,
        players: Sequence[str],
        strategies: Sequence[Sequence[str]],
        payoff: Callable[[PureProfile], Sequence[Fraction | int]],
        *,
        numeric: bool = False,
        ordinal: bool = False,
    ) -> NormalGame:
        """The game in which the pure profile ``indices`` gives ``payoff(indices)``."""
        columns: list[list[Fraction]] = [[] for _ in players]
        for indices in product(*(range(len(names)) for names in strategies)):
            for column, value in zip(columns, payoff(indices), strict=True):
                column.append(Fraction(value))
        scaled = [over_common_denominator(column) for column in columns]
        return cls(
            tuple(players),
            tuple(tuple(names) for names in strategies),
            tuple(pack(integers) for integers, _ in scaled),
            tuple(denominator for _, denominator in scaled),
            numeric=numeric,
            ordinal=ordinal,
        )

    @classmethod
    def from_matrices(
        cls,
        row: Sequence[Sequence[Fraction | int]],
        column: Sequence[Sequence[Fraction | int]],
        players: Sequence[str] = ("Row", "Column"),
        strategies: Sequence[Sequence[str]] | None = None,
    ) -> NormalGame:
        """The two-player game with the m x n payoff matrices ``row`` and ``column``."""
        if strategies is None:
            strategies = (
                tuple(f"r{index + 1}" for index in range(len(row))),
                tuple(f"c{index + 1}" for index in range(len(row[0]))),
            )
        return cls.from_payoffs(
            players, strategies, lambda p: (row[p[0]][p[1]], column[p[0]][p[1]])
        )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, NormalGame):
            return NotImplemented
        return self is other or self._identity == other._identity

    def __hash__(self) -> int:
        return hash(
            (self.players, self.strategies, tuple(map(hash_of, self.numerators)), self.denominators)
        )

    @property
    def _identity(self) -> tuple[Any, ...]:
        return (
            self.players,
            self.strategies,
            self.denominators,
            self.numeric,
            self.ordinal,
            self.outcomes,
            self.numerators,
        )

    @cached_property
    def shape(self) -> tuple[int, ...]:
        """The number of strategies of each player."""
        return tuple(len(names) for names in self.strategies)

    @property
    def has_few_supports(self) -> bool:
        """Whether all mixed equilibria can be looked for unasked: one or two players, or up to
        ``FEW_SUPPORTS`` profiles of supports."""
        return len(self.players) <= 2 or prod(2**n - 1 for n in self.shape) <= FEW_SUPPORTS

    @cached_property
    def strides(self) -> tuple[int, ...]:
        """How far apart in a flat table two neighbouring strategies of each player stand."""
        steps, step = [], 1
        for size in reversed(self.shape):
            steps.append(step)
            step *= size
        return tuple(reversed(steps))

    @property
    def size(self) -> int:
        """The number of pure profiles."""
        return prod(self.shape)

    def profiles(self) -> Iterator[PureProfile]:
        """All pure profiles, in the order of the tables."""
        return product(*(range(size) for size in self.shape))

    def position(self, profile: PureProfile) -> int:
        """Where the pure profile stands in each player's flat table."""
        return sum(index * stride for index, stride in zip(profile, self.strides, strict=True))

    def payoff(self, player: int, profile: PureProfile) -> Fraction:
        """The payoff of ``player`` (an index) at a pure profile."""
        return Fraction(self.numerators[player][self.position(profile)], self.denominators[player])

    def payoffs(self, profile: PureProfile) -> Payoffs:
        """Every player's payoff at a pure profile."""
        position = self.position(profile)
        return tuple(
            Fraction(table[position], denominator)
            for table, denominator in zip(self.numerators, self.denominators, strict=True)
        )

    def names(self, profile: PureProfile) -> tuple[str, ...]:
        """The names of the strategies in a pure profile."""
        return tuple(names[index] for names, index in zip(self.strategies, profile, strict=True))

    def matrix(self, player: int) -> list[list[int]]:
        """A two-player game's integer payoffs (numerators) of ``player``: m rows of n columns."""
        if len(self.players) != 2:
            raise ValueError("only a two-player game has a payoff matrix")
        rows, columns = self.shape
        table = self.numerators[player]
        return [list(table[row * columns : (row + 1) * columns]) for row in range(rows)]

    def array(self, player: int) -> np.ndarray[Any, Any]:
        """The integer payoffs of ``player`` as an array with one axis per player.

        Read-only, like ``flat``. Imports numpy, which allows 64 players at most.
        """
        return self.flat(player).reshape(self.shape)

    def flat(self, player: int) -> np.ndarray[Any, Any]:
        """The integer payoffs of ``player``, profiles in row-major order.

        A read-only int64 array where the integers fit (a view, not a copy, in large games), else
        an array of Python integers (dtype object). Imports numpy.
        """
        import numpy as np

        table = self.numerators[player]
        if isinstance(table, tuple):
            fits = min(table) >= -(2**63) and max(table) < 2**63
            flat = np.array(table, dtype=np.int64 if fits else object)
        else:
            flat = np.frombuffer(table, dtype=np.int64)  # type: ignore[call-overload, unused-ignore]
        flat.setflags(write=False)
        return flat
