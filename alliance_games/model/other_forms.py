"""What all kinds of game have in common that are not given strategy by strategy or move by move.

Coalitional and hedonic games, matchings, landscapes, choices that are numbers, bargains and
repeated games: each is one file beside this one. Their answers speak of players, coalitions and
choices by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, NoReturn, Protocol

if TYPE_CHECKING:
    from fractions import Fraction

    from alliance_games.exact.evaluate import Environment
    from alliance_games.exact.expression import Expression
    from alliance_games.model.environments import Faults, Values
    from alliance_games.model.formulas import NormalFormulas
    from alliance_games.model.normal import NormalGame
    from alliance_games.model.tables import NormalTable


class OtherForm:
    """A game with a form of its own; ``kind`` is its name everywhere (``'coalitional'``...).

    Subclasses are frozen dataclasses: hashable, picklable, exact unless ``numeric``.
    """

    __slots__ = ()

    kind: ClassVar[str]
    ordinal: ClassVar[bool] = False
    """Such games are never given by rankings in place of payoffs."""

    players: tuple[str, ...]
    numeric: bool
    """Whether some number left the rationals and is an approximation."""

    def facts(self) -> Mapping[str, object]:
        """What a document says of the game besides kind and players: JSON values by key."""
        return {}

    def rows(self) -> Iterator[tuple[str, str, str]]:
        """The game's numbers, each as (what it is of, whose it is or '', the number), for CSV."""
        return iter(())


class NotInFormulas(Exception):
    """A body that is not stated in formulas that conditions are asked of; the text says why."""


class Field(Protocol):
    """Numbers in which a body's formulas can be evaluated: formulas in the parameters, say.

    What is built in them can be added, multiplied and divided, and its signs are asked of whoever
    made the field.
    """

    def number(self, expression: Expression, player: str = "") -> Fraction:
        """The value of a formula; ``player``'s own entries where it is somebody's."""

    def worth(self, expression: Expression, members: Sequence[int]) -> Fraction:
        """What a coalition is worth by a formula over its members, given by their indices."""

    def member(self, expression: Expression, player: int, members: Sequence[int]) -> Fraction:
        """What a coalition is worth to one of its members, all given by their indices."""

    def of_pair(self, expression: Expression, player: int, other: int) -> Fraction:
        """What one player is to another: entries are the other's, ``own`` gives one's own, and a
        pairwise parameter is the number of the two."""

    def reaches(self, number: Fraction, strict: bool = False) -> bool:
        """Whether a number is zero or more (above zero, if ``strict``)."""

    def is_zero(self, number: Fraction) -> bool:
        """Whether a number is zero."""

    def too_large(self, why: str) -> NoReturn:
        """Give up, for this reason: the game is too large for formulas."""

    def normal(self, body: NormalTable | NormalFormulas) -> NormalGame:
        """A game in normal form."""

    def between(self, number: Fraction, low: int | None, high: int | None, why: str) -> None:
        """Leave out, for this reason, values at which a number is not in a closed interval."""

    def differs(self, number: Fraction, value: int, why: str) -> None:
        """Leave out, for this reason, values at which a number has this value."""

    def leave_out(self, why: str) -> NoReturn:
        """Leave out, for this reason, the values in question."""


class OtherBody:
    """The body of a parametric game of another form: its formulas, and how they become a game.

    Subclasses are frozen dataclasses with ``players``.
    """

    __slots__ = ()

    kind: ClassVar[str]
    crowd: ClassVar[str] = ""
    """No parameter says how many players there are."""
    strategies: ClassVar[tuple[tuple[str, ...], ...]] = ()

    players: tuple[str, ...]

    def expressions(self) -> tuple[Expression, ...]:
        """Every formula of the body."""
        raise NotImplementedError

    def for_players(self, number: int) -> NoReturn:
        """Such games name their players."""
        raise TypeError(f"the players of a {self.kind} game are named in its file")

    def over_field(self, field: Field) -> OtherForm | None:
        """The game in numbers of ``field``, for proofs; None where such games are not stated in
        formulas. Raises NotInFormulas where this one is not."""
        return None

    def build(self, environment: Environment, values: Values, faults: Faults) -> OtherForm:
        """The exact game at the values the environment was made of. Raises InvalidGame."""
        raise NotImplementedError
