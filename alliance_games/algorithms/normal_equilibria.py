"""All Nash equilibria of a game in normal form with any number of players, through supports.

Profiles of supports that no conditional dominance rules out (Porter, Nudelman and Shoham 2008) are
gone through; on each, all complex solutions of the indifference equations are found and certified
(``indifference``). Where these equations are degenerate the conditions of an equilibrium are solved
as a polynomial system with inequalities, of which continua may come (``behaviour_supports``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from alliance_games.algorithms.behaviour_continua import assembled
from alliance_games.algorithms.behaviour_supports import Conditions, Part
from alliance_games.algorithms.indifference import Candidate, Indifference, Supports
from alliance_games.algorithms.normal_facts import facts, payoffs, replies
from alliance_games.algorithms.plan_supports import Pruning, Support
from alliance_games.exact.algebraic import Exact
from alliance_games.exact.systems import Cell, Undecided, feasible, solve
from alliance_games.exact.tableau import Tick
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Profile
from alliance_games.model.sequence_form import SequenceForm, sequence_form
from alliance_games.results.solutions import Behaviour, Fact, Point
from alliance_games.results.tree_solutions import Condition, Continuum, Family, Unknown

METHOD = (
    "supports pruned by conditional dominance; indifference equations solved by certified homotopy"
)
COMPLETE = (
    "every profile of supports that no dominance rules out was gone through, and all solutions of "
    "its indifference equations are known"
)
WITHIN = "told within"
"""The property by which a point says how near the equilibrium it stands for is to it."""


@dataclass(slots=True)
class Search:
    """All equilibria of a game. ``tree`` is the game with its players' moves unseen, one after the
    other, player i's information set being the i-th; it may be None where only ``settle`` is asked.

    ``found`` holds equilibria as they are met; ``open`` says in words which supports could not be
    settled; ``largest`` is how far a point told by rationals may be from its equilibrium.
    """

    game: NormalGame
    tree: ExtensiveGame | None
    tick: Tick
    found: list[Point] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    largest: Fraction = Fraction(0)

    def solutions(self) -> Iterator[Point | Continuum]:
        """Isolated equilibria and continua in canonical order. Raises LimitReached."""
        assert self.tree is not None
        form = sequence_form(self.tree)
        chosen: dict[Supports, tuple[Support, ...]] = {}

        def profiles() -> Iterator[Supports]:
            for profile in Pruning(form, form.active, self.tick).profiles():
                supports = tuple(support.used[0] for support in profile)
                chosen[supports] = profile
                yield supports

        parts: list[Part] = []
        for one in Indifference(self.game, self.tick).solve(profiles()):
            self.tick()
            if isinstance(one, Candidate):
                self.settle(one)
            else:
                parts += self._algebraically(form, one, chosen[one])
        yield from self._assembled(form, chosen, parts)

    def settle(self, one: Candidate) -> None:
        """Keep a candidate that no strategy beats."""
        profile = self._spread(one)
        margin = Fraction(0)
        tables = zip(self.game.numerators, range(len(profile)), strict=True)
        if one.within is not None:
            if any(0 < p <= one.within for mixed in profile for p in mixed):
                self._leave(one.supports, "a probability could not be told from zero")
                return
            widest = max(max(table) - min(table) for table, _ in tables)
            margin = 2 * widest * one.within * sum(map(len, one.supports))
        answers = []
        for player, own in enumerate(one.supports):
            values = replies(self.game, player, profile)
            now = values[own[0]]
            others = [value for k, value in enumerate(values) if k not in own]
            if any(value - now > margin for value in others):
                return
            if margin and any(value - now >= -margin for value in others):
                self._leave(one.supports, "a strategy could not be told from a best reply")
                return
            answers.append(values)
        told: dict[str, Fact] = facts(self.game, profile, answers, margin)
        if one.within is not None:
            told[WITHIN] = one.within
            self.largest = max(self.largest, one.within)
        self.found.append(Point(profile, payoffs(self.game, profile, answers), told))

    def _spread(self, one: Candidate) -> Profile:
        profile = []
        for size, own, mixture in zip(self.game.shape, one.supports, one.mixtures, strict=True):
            mixed: list[Exact] = [Fraction(0)] * size
            for strategy, p in zip(own, mixture, strict=True):
                mixed[strategy] = p
            profile.append(tuple(mixed))
        return tuple(profile)

    def _leave(self, supports: Supports, why: str) -> None:
        names = [
            " or ".join(strategies[k] for k in own)
            for strategies, own in zip(self.game.strategies, supports, strict=True)
        ]
        self.open.append(f"the supports ({', '.join(names)}) were not settled: {why}")

    def _algebraically(
        self, form: SequenceForm, supports: Supports, profile: tuple[Support, ...]
    ) -> list[Part]:
        """The equilibria of degenerate supports, as cells."""
        conditions = Conditions(form, dict(zip(form.active, profile, strict=True)))
        try:
            if feasible(conditions.system(strict=True), self.tick) is None:
                return []
            cells = conditions.inner(solve(conditions.system(strict=False), self.tick))
        except Undecided as undecided:
            self._leave(supports, str(undecided))
            return []
        return [Part(conditions, cell) for cell in cells]

    def _assembled(
        self, form: SequenceForm, chosen: dict[Supports, tuple[Support, ...]], parts: list[Part]
    ) -> Iterator[Point | Continuum]:
        """Points and continua, those points left out that lie in a continuum."""
        if not any(part.cell.dimension for part in parts):
            isolated = [self._point(part.conditions.plans(part.cell.sample)) for part in parts]
            self.found.extend(one for one in isolated if one not in self.found)
            yield from sorted(self.found, key=lambda one: one.profile, reverse=True)
            return
        regular = {one.profile: one for one in self.found}
        for one in self.found:
            supports = tuple(tuple(k for k, p in enumerate(mixed) if p) for mixed in one.profile)
            conditions = Conditions(form, dict(zip(form.active, chosen[supports], strict=True)))
            values = conditions.values([(Fraction(1), *mixed) for mixed in one.profile])
            assert values is not None
            parts.append(Part(conditions, Cell(values, 0, (values,), ())))
        for solution in assembled(form, parts, self.tick):
            if isinstance(solution, Continuum):
                yield as_profiles(solution)
            else:
                profile = _profile(solution)
                yield regular.get(profile) or self._described(profile)

    def _point(self, plans: Sequence[Sequence[Fraction]]) -> Point:
        return self._described(tuple(tuple(plan[1:]) for plan in plans))

    def _described(self, profile: Profile) -> Point:
        answers = [replies(self.game, player, profile) for player in range(len(profile))]
        told = facts(self.game, profile, answers)
        return Point(profile, payoffs(self.game, profile, answers), told)


def _profile(one: Behaviour) -> Profile:
    return tuple(choice for choice in one.choices if choice is not None)


def as_profiles(one: Continuum) -> Continuum:
    """A continuum of the tree in which nobody sees anything, as one of the game."""
    points = []
    for point in one.points:
        assert isinstance(point, Behaviour)
        points.append(Point(_profile(point), point.payoffs))
    families = tuple(
        replace(
            family,
            hull="strategies" if family.hull == "realization" else family.hull,
            conditions=tuple(map(_condition, family.conditions)),
        )
        for family in one.families
    )
    assert all(isinstance(family, Family) for family in families)
    return Continuum(one.dimension, tuple(points), families, one.properties)


def _condition(one: Condition) -> Condition:
    return Condition(
        tuple(
            (c, tuple(Unknown("strategy", unknown.set, unknown.place) for unknown in unknowns))
            for c, unknowns in one.terms
        ),
        one.relation,
    )
