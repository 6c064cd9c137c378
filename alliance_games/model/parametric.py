"""Games with symbols: parameters, assumptions and a body that gives an exact game at values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from alliance_games.exact.expression import Expression
from alliance_games.exact.span import NOWHERE, Span
from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.normal import NormalGame

Value = Fraction | Mapping[tuple[str, ...], Fraction]
"""A parameter's value: a number, or one per player (keys of one name) or pair (of two)."""

Values = Mapping[str, Value]
"""Values of parameters by name."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A symbol of the game; ``low`` and ``high`` bound its closed range."""

    name: str
    default: Value
    low: Expression | None = None
    high: Expression | None = None
    about: str = ""
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Assumption:
    """A condition the theory takes as given; ``text`` is it as written."""

    expression: Expression
    text: str
    span: Span = NOWHERE


class ParametricGame:
    """Being written: the interface is values(), at(), kind, players, strategies."""

    players: tuple[str, ...]
    strategies: tuple[tuple[str, ...], ...]
    parameters: tuple[Parameter, ...]
    definitions: Mapping[str, Expression]
    assumptions: tuple[Assumption, ...]
    kind: str

    def values(self, overrides: Values) -> Values:
        """The defaults changed by ``overrides``, for all parameters in declared order."""
        raise NotImplementedError

    def at(self, values: Values) -> NormalGame | AnonymousGame | ExtensiveGame:
        """The exact game at ``values``."""
        raise NotImplementedError
