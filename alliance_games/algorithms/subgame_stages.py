"""All Nash equilibria of one stage: a subgame whose inner subgames are replaced by payoffs.

One player alone chooses among her best plans; two players' equilibria are found by their best-reply
polytopes, those of more by the supports of their behaviour, continua included. Where the latter is
too much, the pure ones are found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Protocol

from alliance_games.algorithms.bimatrix import all_equilibria
from alliance_games.algorithms.equilibrium_set import ExtremeEquilibrium
from alliance_games.algorithms.pure_equilibria import equilibrium_positions, profile_at
from alliance_games.exact.linear import affine_dimension
from alliance_games.exact.tableau import Tick
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Mixed, Profile, pure
from alliance_games.results.budget import LimitReached
from alliance_games.results.solutions import Behaviour
from alliance_games.results.tree_solutions import Condition, Continuum

Choices = tuple[Mixed | None, ...]
"""A choice for each information set of a stage; None where chance moves."""


@dataclass(frozen=True, slots=True)
class Patch:
    """A convex part of a component: the hull of some of its points.

    ``points`` are places in the component's ``points``; ``hull`` is 'behaviour' or 'realization',
    or '' where ``conditions`` alone say what belongs to it (see ``results.tree_solutions.Family``).
    """

    points: tuple[int, ...]
    dimension: int
    hull: str
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class StageComponent:
    """A connected set of equilibria of a stage: one of them, or the union of ``patches``.

    ``free[k]`` are the sets that at ``points[k]`` their player's own choices rule out.
    """

    points: tuple[Choices, ...]
    free: tuple[tuple[int, ...], ...]
    patches: tuple[Patch, ...] = ()

    @property
    def dimension(self) -> int:
        return max((patch.dimension for patch in self.patches), default=0)


@dataclass(frozen=True, slots=True)
class StageAnswer:
    """The equilibria found for a stage; ``missing`` says which were not looked for, if any."""

    components: tuple[StageComponent, ...]
    missing: str = ""


class Form(Protocol):
    """What is asked of a reduced normal form (``transforms.normal_form``)."""

    @property
    def game(self) -> NormalGame: ...

    @property
    def plans(self) -> Sequence[Sequence[dict[int, int]]]: ...

    def behaviour(self, profile: Profile) -> Choices: ...


StageSolver = Callable[[ExtensiveGame, Tick], StageAnswer]
"""From a truncated game, whose every player moves, to its equilibria."""


def face(actions: int, best: Sequence[int]) -> StageComponent:
    """The one move of a stage, at which the actions ``best`` are equally good."""
    points = tuple((pure(action, actions),) for action in best)
    free: tuple[tuple[int, ...], ...] = ((),) * len(points)
    if len(points) == 1:
        return StageComponent(points, free)
    patch = Patch(tuple(range(len(points))), len(points) - 1, "behaviour")
    return StageComponent(points, free, (patch,))


class StageEquilibria:
    """Solves stages through their reduced normal forms, made by ``normal_form``."""

    def __init__(self, normal_form: Callable[[ExtensiveGame], Form]) -> None:
        self.normal_form = normal_form

    def all(self, game: ExtensiveGame, tick: Tick) -> StageAnswer:
        """All equilibria; for three and more players perhaps the pure ones only.

        Raises LimitReached where a single player's or the pure plans are too many.
        """
        if len(game.players) > 2:
            return self._many(game, tick)
        if len(game.players) == 1:
            return StageAnswer((self._best(self._form(game)),))
        try:
            form = self.normal_form(game)
        except ValueError:
            return _by_sequences(game, tick)
        found = all_equilibria(form.game.matrix(0), form.game.matrix(1), tick)
        return StageAnswer(
            tuple(
                _component(form, [(subset.rows, subset.columns) for subset in one.subsets])
                for one in found.components
            )
        )

    def _form(self, game: ExtensiveGame) -> Form:
        try:
            return self.normal_form(game)
        except ValueError as reason:
            raise LimitReached(f"in a subgame {reason}") from reason

    def _many(self, game: ExtensiveGame, tick: Tick) -> StageAnswer:
        from alliance_games.algorithms import behaviour_supports
        from alliance_games.exact.systems import Undecided

        try:
            found = list(behaviour_supports.all_equilibria(game, tick))
        except (Undecided, LimitReached) as reason:
            tick()  # time that is up stops everything, too many supports only this
            missing = (
                "mixed equilibria in which three or more players move in the same subgame "
                f"({reason})"
            )
            return StageAnswer(self.pure(game, tick).components, missing)
        once = game.moves_once
        return StageAnswer(tuple(_from_solution(one, once) for one in found))

    def pure(self, game: ExtensiveGame, tick: Tick) -> StageAnswer:
        """The pure equilibria, for any number of players."""
        form = self._form(game)
        shape = form.game.shape
        return StageAnswer(
            tuple(
                _component(
                    form,
                    [[(pure(s, n),) for s, n in zip(profile, shape, strict=True)]],
                )
                for place in equilibrium_positions(form.game, tick)
                for profile in [profile_at(form.game, place)]
            )
        )

    def _best(self, form: Form) -> StageComponent:
        table = form.game.numerators[0]
        top = max(table)
        best = [place for place, worth in enumerate(table) if worth == top]
        return _component(form, [[tuple(pure(place, len(table)) for place in best)]])


def _component(form: Form, subsets: Iterable[Sequence[Sequence[Mixed]]]) -> StageComponent:
    """A component of the normal form's equilibria as behaviour in the tree.

    Each subset gives every player's extreme strategies. Strategies that differ only in how plans
    are mixed become one.
    """
    places: dict[Choices, int] = {}
    free: list[tuple[int, ...]] = []
    patches = []
    for subset in subsets:
        corners = [_distinct(form, player, own) for player, own in enumerate(subset)]
        here = []
        for profile in product(*corners):
            choices = form.behaviour(profile)
            if choices not in places:
                places[choices] = len(places)
                free.append(_free(form, profile))
            here.append(places[choices])
        dimension = sum(_dimension(form, player, own) for player, own in enumerate(corners))
        patches.append(Patch(tuple(here), dimension, _hull(form, corners)))
    if len(places) == 1:
        return StageComponent(tuple(places), tuple(free))
    return StageComponent(tuple(places), tuple(free), tuple(patches))


def _from_solution(solution: Behaviour | Continuum, once: bool) -> StageComponent:
    """A solution of the stage; where each player moves ``once``, her probabilities of moves and of
    sequences of moves are the same."""
    if isinstance(solution, Behaviour):
        return StageComponent((solution.choices,), (solution.free,))
    points = [point for point in solution.points if isinstance(point, Behaviour)]
    return StageComponent(
        tuple(point.choices for point in points),
        tuple(point.free for point in points),
        tuple(
            Patch(
                family.points,
                family.dimension,
                "behaviour" if family.hull and once else family.hull,
                family.conditions,
            )
            for family in solution.families
        ),
    )


def _by_sequences(game: ExtensiveGame, tick: Tick) -> StageAnswer:
    """Two players' equilibria where their plans are too many for a normal form."""
    from alliance_games.algorithms import sequence_equilibria

    found = sequence_equilibria.all_equilibria(game, tick)
    components = []
    for one in found.components:
        places: dict[Choices, int] = {}
        free: list[tuple[int, ...]] = []
        patches = []
        for subset in one.subsets:
            here = []
            for row, column in product(subset.rows, subset.columns):
                choices, left_out = found.form.behaviour(
                    found.plans(ExtremeEquilibrium(row, column))
                )
                if choices not in places:
                    places[choices] = len(places)
                    free.append(left_out)
                here.append(places[choices])
            dimension = affine_dimension(subset.rows) + affine_dimension(subset.columns)
            once = game.moves_once
            patches.append(Patch(tuple(here), dimension, "behaviour" if once else "realization"))
        single = len(places) == 1
        components.append(
            StageComponent(tuple(places), tuple(free), () if single else tuple(patches))
        )
    return StageAnswer(tuple(components))


def _weights(form: Form, player: int, mixed: Mixed) -> dict[tuple[int, int], Fraction]:
    """With which probability the player's own plan makes each of her choices."""
    weights: dict[tuple[int, int], Fraction] = {}
    for probability, plan in zip(mixed, form.plans[player], strict=True):
        if probability:
            for choice in plan.items():
                weights[choice] = weights.get(choice, Fraction(0)) + probability
    return weights


def _distinct(form: Form, player: int, own: Sequence[Mixed]) -> list[Mixed]:
    """One of the strategies for each way of playing."""
    seen: dict[frozenset[tuple[tuple[int, int], Fraction]], Mixed] = {}
    for mixed in own:
        seen.setdefault(frozenset(_weights(form, player, mixed).items()), mixed)
    return list(seen.values())


def _dimension(form: Form, player: int, own: Sequence[Mixed]) -> int:
    """The dimension of the hull of strategies, as ways of playing."""
    if len(own) == 1:
        return 0
    vectors = [_weights(form, player, mixed) for mixed in own]
    keys = sorted(set().union(*vectors))
    return affine_dimension([[v.get(key, Fraction(0)) for key in keys] for v in vectors])


def _hull(form: Form, corners: Sequence[Sequence[Mixed]]) -> str:
    """'behaviour' where no player whose play varies chooses twice in a row."""
    for plans, own in zip(form.plans, corners, strict=True):
        if len(own) > 1 and len({frozenset(plan) for plan in plans}) > 1:
            return "realization"
    return "behaviour"


def _free(form: Form, profile: Profile) -> tuple[int, ...]:
    """The sets that their player's own plan never lets her reach."""
    left_out = []
    for plans, mixed in zip(form.plans, profile, strict=True):
        every = set().union(*plans)
        used: set[int] = set()
        for probability, plan in zip(mixed, plans, strict=True):
            if probability:
                used |= plan.keys()
        left_out += sorted(every - used)
    return tuple(sorted(left_out))
