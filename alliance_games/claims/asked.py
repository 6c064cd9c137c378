"""A setting whose numbers are formulas: what a claim compares, the search for its proof asks.

The functions that hold a line against an answer know nothing of proofs. Here they are given the
answers of a game with symbols, in numbers that, compared, ask the sign of their difference; where
that depends on the parameters, the search runs them again for each way it can fall.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from alliance_games.algorithms.pure_conditions import thresholds
from alliance_games.claims.quantities import functions
from alliance_games.claims.setting import Setting
from alliance_games.claims.verdict import NoMatch, NotAsked, Undecided
from alliance_games.concepts import find, names
from alliance_games.exact.expression import Expression
from alliance_games.exact.rational_functions import RationalFunction
from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.expectations import Leaf
from alliance_games.model.other_forms import OtherForm
from alliance_games.model.study import Case, Study
from alliance_games.parametric.describing import mapped
from alliance_games.parametric.explore import NoValue
from alliance_games.parametric.games import SymbolicGame, SymbolicNormal
from alliance_games.parametric.regimes import Unsupported, usable
from alliance_games.parametric.symbolic import OutsideClass, Scope, number, truth
from alliance_games.results.budget import Budget
from alliance_games.results.ordered import Signs, Undescribed
from alliance_games.results.result import Coverage, Result, Status
from alliance_games.results.solutions import Selection, Solution

if TYPE_CHECKING:
    _Number = Fraction
else:
    _Number = object


class Asked(_Number):
    """A number of the field Q(parameters) whose comparisons ask ``signs``.

    Two formulas that are equal at the place in question only may hash differently.
    """

    __slots__ = ("signs", "value")

    def __init__(self, value: Fraction, signs: Signs) -> None:
        self.value, self.signs = value, signs

    def _made(self, value: Any) -> Fraction:
        return asked(value, self.signs)

    def __add__(self, other: Any) -> Fraction:  # type: ignore[override]
        return self._made(self.value + bare(other))

    def __radd__(self, other: Any) -> Fraction:  # type: ignore[override]
        return self.__add__(other)

    def __sub__(self, other: Any) -> Fraction:  # type: ignore[override]
        return self._made(self.value - bare(other))

    def __rsub__(self, other: Any) -> Fraction:  # type: ignore[override]
        return self._made(bare(other) - self.value)

    def __mul__(self, other: Any) -> Fraction:  # type: ignore[override]
        return self._made(self.value * bare(other))

    def __rmul__(self, other: Any) -> Fraction:  # type: ignore[override]
        return self.__mul__(other)

    def __truediv__(self, other: Any) -> Fraction:  # type: ignore[override]
        return self._made(self.value / bare(other))

    def __neg__(self) -> Fraction:
        return self._made(-self.value)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Asked | Fraction | int):
            return NotImplemented
        return bool(self.signs.is_zero(self.value - bare(other)))

    def __lt__(self, other: Any) -> bool:
        return self.signs.is_negative(self.value - bare(other))

    def __gt__(self, other: Any) -> bool:
        return self.signs.is_positive(self.value - bare(other))

    def __le__(self, other: Any) -> bool:
        return not self > other

    def __ge__(self, other: Any) -> bool:
        return not self < other

    def __bool__(self) -> bool:
        return not self.signs.is_zero(self.value)

    def __abs__(self) -> Fraction:
        return -self if self < 0 else self

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(self.value)

    def __repr__(self) -> str:
        return repr(self.value)


def asked(value: Fraction, signs: Signs) -> Fraction:
    """The number, as one whose comparisons ask; a known number is itself."""
    return Asked(value, signs) if isinstance(value, RationalFunction) else value


def bare(value: Any) -> Any:
    """The number without whom it asks."""
    return value.value if isinstance(value, Asked) else value


COMPARING = frozenset({"laplacian", "risk-dominance"})
"""The concepts that compare strict equilibria, and are not asked of a game that lacks them."""


class SymbolicSetting(Setting):
    """A game with symbols at the place in the parameters where a search stands."""

    def __init__(
        self, study: Study, case: Case, game: SymbolicGame | None, scope: Scope, signs: Signs
    ) -> None:
        super().__init__(study, case, Budget)
        self.scope, self.signs = scope, signs
        self._given = game
        self.beyond = ""
        """Why equilibria are those of a wider concept than the first, or ''."""
        if game is not None:
            self.game = _asking(game, signs)

    @property
    def _symbolic(self) -> SymbolicGame:
        """The game; there is none where a claim speaks of parameters alone, and asks for none."""
        assert self._given is not None
        return self._given

    def turning_sets(self) -> frozenset[int]:
        """The information sets of a tree at which choices turn on how later ties are broken."""
        game: Any = self._symbolic
        from alliance_games.algorithms.subgame_conditions import turning_sets

        return turning_sets(game, self.signs)

    def number(self, leaf: Leaf) -> Fraction:
        """The formula a leaf stands for."""
        if leaf.number is None:
            raise NoMatch(f"{leaf.text} is not a number")
        return asked(number(leaf.number, self.scope, self.signs), self.signs)

    def holds(self, comparison: Expression, solution: Solution | None) -> bool:
        """Whether a comparison of quantities at ``solution`` is true here."""
        return truth(comparison, self._with_functions(solution), self.signs)

    def quantity(self, expression: Expression, solution: Solution | None) -> Fraction:
        """A quantity at ``solution`` as a number of the field."""
        return number(expression, self._with_functions(solution), self.signs)

    def _with_functions(self, solution: Solution | None) -> Scope:
        known = functions(self, solution)

        def bared(name: str) -> Any:
            return lambda arguments: Fraction(0) + bare(known[name](arguments))

        return replace(self.scope, functions={name: bared(name) for name in known})

    def result(self, concept: str) -> Result:
        """The concept's whole answer here; Undecided where it is not stated by signs, NotAsked
        where it compares what this game has not."""
        if concept not in self._results:
            try:
                record = usable(concept, self.study)
            except Unsupported as reason:
                raise Undecided(f"no proof: {reason}") from reason
            assert record.conditions is not None
            found = tuple(record.conditions(self._symbolic, self.signs))
            if concept in COMPARING and not self._compares(found):
                raise NotAsked(f"{concept} is not asked of the game here")
            if concept == "risk-dominance":
                found = tuple(map(self._with_numbers, found))
            self._results[concept] = Result(
                concept,
                Status.EXACT,
                Coverage.ALL,
                "its conditions were asked",
                "signs",
                mapped(found, lambda value: asked(value, self.signs)),
            )
        return self._results[concept]

    def _compares(self, found: tuple[Solution, ...]) -> bool:
        """Whether there is what a comparing concept compares, by the rule of its ``accepts``.

        Its conditions say nothing where there is not. In games told by counts everybody must play
        alike in each of the two equilibria; the conditions are of games told by profiles.
        """
        if not isinstance(self.case.game, AnonymousGame):
            return bool(found)
        return any(isinstance(one, Selection) and len(set(one.compared[0])) == 1 for one in found)

    def _with_numbers(self, one: Solution) -> Solution:
        """A choice between two strict equilibria of a 2x2 game with the beliefs that make it.

        The conditions leave them out: they are formulas that no cell of an answer depends on.
        """
        game = self._symbolic
        if not isinstance(one, Selection) or not isinstance(game, SymbolicNormal):
            return one
        if game.shape != (2, 2):
            return one
        beliefs = thresholds(game, *one.compared)
        return replace(
            one,
            numbers={
                f"threshold of {player}": belief
                for player, belief in zip(game.players, beliefs, strict=True)
            },
        )

    def equilibria(self) -> Result:
        """The answer of the first equilibrium concept that can be asked in symbols here.

        Where it cannot say, as at ties in what follows a tree's last answer, the next one does;
        each answer holds all equilibria of those before it, so that what is true of all of them is
        proved; what is not may still be true of those that are meant (``beyond`` says why).
        """
        reasons = []
        for concept in self.equilibrium_concepts():
            if concept in names() and find(concept).conditions is not None:
                try:
                    found = self.result(concept)
                except (Undecided, Undescribed) as reason:
                    reasons.append(str(reason))
                else:
                    self.beyond = reasons[0] if reasons else ""
                    return found
        raise Undecided(reasons[0] if reasons else "no proof: no equilibrium concept of such games")


def _asking(game: SymbolicGame, signs: Signs) -> SymbolicGame:
    """The game in numbers that ask."""
    if isinstance(game, SymbolicNormal):
        return replace(game, tables=mapped(game.tables, lambda value: asked(value, signs)))
    if isinstance(game, OtherForm):
        return game  # its answers name their parts, and nothing else of it is compared
    endings = mapped(game.endings, lambda value: asked(value, signs))
    return replace(
        game,
        endings=endings,
        # What is written as numerators is read by whoever computes with a profile in a tree.
        numerators=tuple(zip(*endings, strict=True)),
        chances=mapped(game.chances, lambda value: asked(value, signs)),
    )


def with_definitions(scope: Scope, definitions: Mapping[str, Expression], signs: Signs) -> Scope:
    """The scope in which definitions that have a value by themselves are known by name."""
    found: dict[str, Fraction] = {}
    for name, definition in definitions.items():
        try:
            found[name] = number(definition, scope, signs)
        except (OutsideClass, NoValue):
            continue
    return scope.extended(found) if found else scope
