"""Two-sided matchings: patrons and clients, each with those on the other side it would have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import ClassVar

from alliance_games.exact.environment import EvaluationError
from alliance_games.exact.evaluate import Environment, evaluate_number
from alliance_games.exact.expression import Expression
from alliance_games.exact.span import NOWHERE, Span
from alliance_games.model.environments import Faults, Values, as_player
from alliance_games.model.other_forms import Field, NotInFormulas, OtherBody, OtherForm
from alliance_games.model.pairs import beside
from alliance_games.model.problems import Problem


@dataclass(frozen=True, slots=True)
class MatchingMarket(OtherForm):
    """Players of two sides, the first ``border`` of them on the first, of the names ``sides``.

    ``lists[i]`` are the players on the other side that ``i`` would have rather than nobody, best
    first, without ties; ``quotas[i]`` how many ``i`` can have (more than one on one side at most).
    With more than one a player ranks groups responsively: one partner in another's place changes a
    group for the better or worse as the two are ranked (Roth 1985). ``broken`` are the ties that
    the order of the file has decided, in words.
    """

    kind: ClassVar[str] = "matching"

    players: tuple[str, ...]
    sides: tuple[str, str]
    border: int
    lists: tuple[tuple[int, ...], ...]
    quotas: tuple[int, ...]
    broken: tuple[str, ...] = ()
    numeric: bool = False

    def side(self, second: bool) -> range:
        """The players of a side."""
        return range(self.border, len(self.players)) if second else range(self.border)

    def names(self, players: Sequence[int]) -> tuple[str, ...]:
        """The names of players."""
        return tuple(self.players[at] for at in players)

    def facts(self) -> Mapping[str, object]:
        """Who is on which side, and the quotas."""
        return {
            "sides": {
                name: list(self.names(self.side(second)))
                for second, name in zip((False, True), self.sides, strict=True)
            },
            "quotas": dict(zip(self.players, self.quotas, strict=True)),
        }

    def rows(self) -> Iterator[tuple[str, str, str]]:
        """For each player the rank of each acceptable partner, 1 is the best."""
        for name, own in zip(self.players, self.lists, strict=True):
            for rank, other in enumerate(own, 1):
                yield self.players[other], name, str(rank)


@dataclass(frozen=True, slots=True)
class FieldMarket(OtherForm):
    """A market in which players' worths to each other are numbers of a field.

    ``worths[i]`` are those of the players on the other side that ``i`` could have, acceptable where
    they are not negative; of equals the first in the file is preferred if ``in_order``, otherwise
    there are none.
    """

    kind: ClassVar[str] = "matching"

    players: tuple[str, ...]
    sides: tuple[str, str]
    border: int
    worths: tuple[Mapping[int, Fraction], ...]
    quotas: tuple[int, ...]
    in_order: bool = False
    numeric: bool = False

    def side(self, second: bool) -> range:
        """The players of a side."""
        return range(self.border, len(self.players)) if second else range(self.border)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A player's list as written: places, best first, each with those who share it; or a formula
    of the worth of a partner, who is acceptable where it is not negative."""

    places: tuple[tuple[int, ...], ...] = ()
    formula: Expression | None = None
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class MatchingBody(OtherBody):
    """Lists or formulas, and quotas as formulas (None: one). ``in_order`` says that ties are broken
    in the order of the file; otherwise they are faults."""

    kind: ClassVar[str] = "matching"

    players: tuple[str, ...]
    sides: tuple[str, str]
    border: int
    ranked: tuple[Ranked, ...]
    quotas: tuple[Expression | None, ...]
    in_order: bool = False

    def expressions(self) -> tuple[Expression, ...]:
        """Every formula."""
        worths = [one.formula for one in self.ranked if one.formula is not None]
        return (*worths, *(one for one in self.quotas if one is not None))

    def over_field(self, field: Field) -> FieldMarket:
        """The market in numbers of the field; quotas must be known numbers."""
        quotas = tuple(self._known_quota(at, field) for at in range(len(self.players)))
        worths = []
        for at, ranked in enumerate(self.ranked):
            if ranked.formula is None:
                order = [other for tied in ranked.places for other in tied]
                worths.append({other: Fraction(-at) for at, other in enumerate(order, -len(order))})
                continue
            own = {other: field.of_pair(ranked.formula, at, other) for other in self._others(at)}
            if not self.in_order:
                self._without_ties(at, own, field)
            worths.append(own)
        return FieldMarket(
            self.players, self.sides, self.border, tuple(worths), quotas, self.in_order
        )

    def _known_quota(self, at: int, field: Field) -> int:
        formula = self.quotas[at]
        if formula is None:
            return 1
        value = field.number(formula, self.players[at])
        if type(value) is not Fraction or value.denominator != 1 or value < 0:
            raise NotInFormulas(f"the quota of {self.players[at]} is no known whole number")
        return min(value.numerator, len(self.players))

    def _without_ties(self, at: int, own: Mapping[int, Fraction], field: Field) -> None:
        """Leave out where two acceptable partners are worth the same, as ``build`` does."""
        for one, other in combinations(own, 2):
            if field.is_zero(own[one] - own[other]) and field.reaches(own[one]):
                names = f"{self.players[one]} and {self.players[other]}"
                field.leave_out(f"{self.players[at]} is indifferent between {names}")

    def _others(self, at: int) -> range:
        """The players on the other side."""
        return range(self.border) if at >= self.border else range(self.border, len(self.players))

    def build(self, environment: Environment, values: Values, faults: Faults) -> MatchingMarket:
        """The lists in strict order, and the quotas. Raises InvalidGame."""
        quotas = tuple(
            self._quota(at, as_player(environment, values, name), faults)
            for at, name in enumerate(self.players)
        )
        self._one_side(quotas, faults)
        own = [as_player(environment, values, name) for name in self.players]
        lists, broken = [], []
        for at, ranked in enumerate(self.ranked):
            places = ranked.places
            if ranked.formula is not None:
                places = self._by_worth(at, ranked.formula, own, values, faults)
            for tied in places:
                if len(tied) > 1:
                    broken.append(self._tie(at, tied, ranked.span, faults))
            lists.append(tuple(other for tied in places for other in tied))
        faults.raise_any()
        return MatchingMarket(
            self.players,
            self.sides,
            self.border,
            tuple(lists),
            quotas,
            tuple(broken),
            numeric=environment.numeric,
        )

    def _quota(self, at: int, environment: Environment, faults: Faults) -> int:
        formula = self.quotas[at]
        if formula is None:
            return 1
        try:
            value = evaluate_number(formula, environment)
        except EvaluationError as error:
            faults.add_error(error, f"the quota of {self.players[at]}")
            return 1
        if value.denominator != 1 or value < 0:
            message = f"the quota of {self.players[at]} is {value}, and not how many there can be"
            faults.add(Problem("quota", message, faults.file, formula.span, "0, 1, 2..."))
            return 1
        return min(value.numerator, len(self.players))

    def _one_side(self, quotas: Sequence[int], faults: Faults) -> None:
        """More than one partner can be had on one side only."""
        large = [at for at, quota in enumerate(quotas) if quota > 1]
        if not large or (large[0] >= self.border) == (large[-1] >= self.border):
            return
        formula = self.quotas[large[-1]]
        names = f"{self.players[large[0]]} and {self.players[large[-1]]}"
        message = f"quotas above 1 on both sides ({names}) are not read"
        span = formula.span if formula is not None else NOWHERE
        hint = "the players of one side have one partner each"
        faults.add(Problem("quota", message, faults.file, span, hint))

    def _by_worth(
        self,
        at: int,
        formula: Expression,
        own: Sequence[Environment],
        values: Values,
        faults: Faults,
    ) -> tuple[tuple[int, ...], ...]:
        """The others by their worth, those of negative worth left out."""
        worths: dict[Fraction, list[int]] = {}
        for other in self._others(at):
            try:
                worth = evaluate_number(formula, beside(self.players, values, own, at, other))
            except EvaluationError as error:
                about = f"for {self.players[at]} of {self.players[other]}"
                faults.add_error(error, about)
                continue
            if worth >= 0:
                worths.setdefault(worth, []).append(other)
        return tuple(tuple(worths[worth]) for worth in sorted(worths, reverse=True))

    def _tie(self, at: int, tied: Sequence[int], span: Span, faults: Faults) -> str:
        names = " and ".join(self.players[other] for other in tied)
        words = f"{self.players[at]} is indifferent between {names}"
        if not self.in_order:
            hint = "order them, or write  ties: in order  to prefer those that come first"
            faults.add(Problem("tie", words, faults.file, span, hint))
        return words
