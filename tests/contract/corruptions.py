"""Wrong answers close to right ones, for every kind of answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction

from alliance_games.results.commitment_solutions import Commitment
from alliance_games.results.level_solutions import Levels
from alliance_games.results.mediated_solutions import Distribution
from alliance_games.results.records import Record
from alliance_games.results.solutions import (
    Behaviour,
    Component,
    CountPoint,
    Dominant,
    Dominated,
    Members,
    Numbers,
    Point,
    Selection,
    Solution,
    Tally,
)
from alliance_games.results.tree_solutions import (
    Assessment,
    Continuum,
    Correlated,
    Discarded,
    Plans,
    QuantalPath,
    Symmetric,
)
from tests.contract import others

Spoilt = Iterator[tuple[str, Solution]]
"""What was spoilt, and the spoilt solution."""

CHECKED_FACTS = ("pure", "strict", "quasi-strict", "symmetric", "efficient")


def _raised(payoffs: tuple[Fraction, ...]) -> tuple[Fraction, ...]:
    return (*payoffs[:-1], payoffs[-1] + 1)


def _point(solution: Point) -> Spoilt:
    yield "a payoff", replace(solution, payoffs=_raised(solution.payoffs))
    first = solution.profile[0]
    spoilt = (first[0] + Fraction(1, 2), *first[1:])
    yield "a probability", replace(solution, profile=(spoilt, *solution.profile[1:]))
    yield "a player left out", replace(solution, profile=solution.profile[:-1])
    for name in CHECKED_FACTS:
        if name in solution.properties:
            facts = {**solution.properties, name: not solution.properties[name]}
            yield name, replace(solution, properties=facts)
    if "index" in solution.properties and solution.properties.get("quasi-strict"):
        facts = {**solution.properties, "index": -int(solution.properties["index"])}
        yield "the index", replace(solution, properties=facts)


def _component(solution: Component) -> Spoilt:
    yield "the dimension", replace(solution, dimension=solution.dimension + 1)
    payoffs = (_raised(solution.payoffs[0]), *solution.payoffs[1:])
    yield "a payoff", replace(solution, payoffs=payoffs)
    fewer = replace(
        solution,
        extreme_points=solution.extreme_points[1:],
        payoffs=solution.payoffs[1:],
    )
    yield "an extreme point left out", fewer
    yield "no subsets", replace(solution, subsets=())
    subset = solution.subsets[0]
    other = tuple(Fraction(1, len(mixed)) for mixed in subset.rows[:1] for _ in mixed)
    if other not in subset.rows:
        more = replace(subset, rows=(*subset.rows, other))
        yield "one more corner", replace(solution, subsets=(more, *solution.subsets[1:]))


def _countpoint(solution: CountPoint) -> Spoilt:
    yield "how many profiles", replace(solution, profiles=solution.profiles + 1)
    role = solution.payoffs[0]
    wrong = tuple(None if payoff is None else payoff + 1 for payoff in role)
    yield "a payoff", replace(solution, payoffs=(wrong, *solution.payoffs[1:]))
    counts = solution.counts[0]
    moved = (counts[0] + 1, *counts[1:])
    yield "the counts", replace(solution, counts=(moved, *solution.counts[1:]))


def _behaviour(solution: Behaviour) -> Spoilt:
    yield "a payoff", replace(solution, payoffs=_raised(solution.payoffs))
    place = next(i for i, choice in enumerate(solution.choices) if choice is not None)
    choices = list(solution.choices)
    choices[place] = tuple(1 - p for p in choices[place] or ())
    yield "a choice", replace(solution, choices=tuple(choices))
    if solution.free:
        yield "a free set forgotten", replace(solution, free=solution.free[1:])


def _members(solution: Members) -> Spoilt:
    player = max(range(len(solution.members)), key=lambda i: len(solution.members[i]))
    sets = list(solution.members)
    sets[player] = sets[player][1:]
    yield "a member left out", replace(solution, members=tuple(sets))


def _dominated(solution: Dominated) -> Spoilt:
    itself = tuple(Fraction(own == solution.strategy) for own in range(len(solution.by)))
    yield "dominated by itself", replace(solution, by=itself)
    yield "not a distribution", replace(solution, by=_raised(solution.by))


def _dominant(solution: Dominant) -> Spoilt:
    yield "another strategy", replace(solution, strategy=1 - min(solution.strategy, 1))


def _numbers(solution: Numbers) -> Spoilt:
    for name, value in solution.values.items():
        values = {**solution.values, name: 1 if value is None else value + 1}
        yield name, replace(solution, values=values)
    if solution.per_player:
        yield "a number", replace(solution, per_player=_raised(solution.per_player))


def _selection(solution: Selection) -> Spoilt:
    others = [profile for profile in solution.compared if profile != solution.profile]
    picks = others if solution.profile is None else [None, *others]
    for profile in picks:
        yield f"{profile} picked", replace(solution, profile=profile)
    for name, number in solution.numbers.items():
        numbers = {**solution.numbers, name: number + 1}
        yield name, replace(solution, numbers=numbers)
    if solution.compared:
        yield "fewer compared", replace(solution, compared=solution.compared[1:])


def _tally(solution: Tally) -> Spoilt:
    yield "the number", replace(solution, number=solution.number + 1)


def _plans(solution: Plans) -> Spoilt:
    yield "an ending left out", replace(solution, outcomes=solution.outcomes[1:])
    fewer = (solution.plans[0][1:], *solution.plans[1:])
    yield "a plan left out", replace(solution, plans=fewer)
    if solution.ruled_out:
        back = solution.ruled_out[-1]
        members = list(solution.members)
        members[back.player] = tuple(sorted((*members[back.player], back.plan)))
        yield (
            "a step left out",
            replace(solution, ruled_out=solution.ruled_out[:-1], members=tuple(members)),
        )


def _correlated(solution: Correlated) -> Spoilt:
    yield "a payoff", replace(solution, payoffs=_raised(solution.payoffs))
    yield "no outcome", replace(solution, outcomes=())
    (plan, probability), *rest = solution.plans
    plans = ((plan, probability + 1), *rest)
    yield "a probability", replace(solution, plans=plans)


def _distribution(solution: Distribution) -> Spoilt:
    yield "a payoff", replace(solution, payoffs=_raised(solution.payoffs))
    (play, probability), *rest = solution.plays
    yield "a probability", replace(solution, plays=((play, probability + 1), *rest))
    if solution.of == "corner":
        yield "called the best without proof", replace(solution, of="welfare-best")
        return
    yield "no proof", replace(solution, bounds=())
    first, *others = solution.bounds
    lower = first._replace(value=first.value - 1)
    yield "a bound too low", replace(solution, bounds=(lower, *others))
    higher = first._replace(value=first.value + 1)
    yield "a bound too high", replace(solution, bounds=(higher, *others))
    for place, one in enumerate(first.multipliers):
        negative = list(first.multipliers)
        negative[place] = one._replace(value=-one.value)
        bounds = (first._replace(multipliers=tuple(negative)), *others)
        yield "a negative multiplier", replace(solution, bounds=bounds)
    least = {**solution.properties, "least payoff": min(solution.payoffs) - 1}
    yield "a fact", replace(solution, properties=least)


def _commitment(solution: Commitment) -> Spoilt:
    yield "a payoff", replace(solution, payoffs=_raised(solution.payoffs))
    first, *rest = solution.commitment
    yield "a probability", replace(solution, commitment=(first + 1, *rest))
    if solution.towards is not None:
        yield "attained", replace(solution, towards=None)
    elif len(solution.commitment) > 1:
        yield "only approached", replace(solution, towards=solution.commitment)
    for name, value in solution.properties.items():
        yield name, replace(solution, properties={**solution.properties, name: value + 1})


def _levels(solution: Levels) -> Spoilt:
    last = solution.levels[-1]
    place = next((i for i, own in enumerate(last) if len(own) > 1), None)
    if place is None:
        return
    first, *rest = last[place]
    more = (1 + first) / 2 if first < 1 else Fraction(0)
    own = (more, 1 - more, *(Fraction(0) for _ in rest[1:]))
    wrong = tuple(own if i == place else each for i, each in enumerate(last))
    yield "a level", replace(solution, levels=(*solution.levels[:-1], wrong))
    yield "no levels", replace(solution, levels=())
    if solution.cycle is not None:
        start, length = solution.cycle
        yield "the cycle", replace(solution, cycle=(start + 1, length))
    if solution.shares:
        yield "shares", replace(solution, shares=solution.shares[::-1])
        spoilt = tuple(own[::-1] for own in solution.aggregate)
        if spoilt != solution.aggregate:
            yield "the aggregate", replace(solution, aggregate=spoilt)
        yield "the rate", replace(solution, rate=2 * (solution.rate or 1))


def _path(solution: QuantalPath) -> Spoilt:
    (precision, choices, error), *rest = reversed(solution.points)
    # One choice alone: where all are turned the point may lie on another branch.
    place = next(i for i, choice in enumerate(choices) if choice and len(choice) > 1)
    likeliest, *others = sorted(choices[place], reverse=True)
    wrong = (likeliest / 2, others[0] + likeliest / 2, *others[1:])
    turned = tuple(wrong if i == place else choice for i, choice in enumerate(choices))
    yield "the last point", replace(solution, points=(*rest[::-1], (precision, turned, error)))
    yield "no points", replace(solution, points=())


def _assessment(solution: Assessment) -> Spoilt:
    yield "a payoff", replace(solution, payoffs=_raised(solution.payoffs))
    place = next(i for i, choice in enumerate(solution.choices) if choice is not None)
    choices = list(solution.choices)
    choices[place] = tuple(1 - p for p in choices[place] or ())
    yield "a choice", replace(solution, choices=tuple(choices))
    held = next(i for i, belief in enumerate(solution.beliefs) if belief is not None)
    beliefs = list(solution.beliefs)
    beliefs[held] = _raised(beliefs[held] or ())
    yield "a belief", replace(solution, beliefs=tuple(beliefs))
    yield "an outcome", replace(solution, outcomes=solution.outcomes[1:])


def _continuum(solution: Continuum) -> Spoilt:
    yield "the dimension", replace(solution, dimension=solution.dimension + 1)
    if isinstance(solution.points[0], Point):
        spoilt_profile = tuple(mixed[::-1] for mixed in solution.points[0].profile)
        if spoilt_profile != solution.points[0].profile:
            turned = replace(solution.points[0], profile=spoilt_profile)
            yield "a profile", replace(solution, points=(turned, *solution.points[1:]))
    first = solution.points[0]
    spoilt = replace(first, payoffs=_raised(first.payoffs))
    yield "a payoff", replace(solution, points=(spoilt, *solution.points[1:]))
    yield "no families", replace(solution, families=())
    family, *rest = solution.families
    if family.hull in ("realization", "strategies"):
        fewer = replace(family, points=family.points[1:])
        yield "a family's corner left out", replace(solution, families=(fewer, *rest))
        smaller = replace(family, dimension=family.dimension - 1)
        yield "a family's dimension", replace(solution, families=(smaller, *rest))


def _symmetric(solution: Symmetric) -> Spoilt:
    yield "the payoff", replace(solution, payoff=solution.payoff + 1)
    first, *rest = solution.strategy
    yield "a probability", replace(solution, strategy=(first + Fraction(1, 2), *rest))


def _discarded(solution: Discarded) -> Spoilt:
    for name, number in solution.numbers.items():
        numbers = {**solution.numbers, name: number + 1}
        yield name, replace(solution, numbers=numbers)
    for what, wrong in corrupted(solution.solution):
        yield f"{what} of what is discarded", replace(solution, solution=wrong)
    yield "not discarded", solution.solution


_BY_KIND: dict[type, Callable[..., Spoilt]] = {
    Point: _point,
    Component: _component,
    CountPoint: _countpoint,
    Behaviour: _behaviour,
    Members: _members,
    Dominated: _dominated,
    Dominant: _dominant,
    Numbers: _numbers,
    Selection: _selection,
    Tally: _tally,
    Correlated: _correlated,
    Distribution: _distribution,
    Commitment: _commitment,
    Plans: _plans,
    Levels: _levels,
    QuantalPath: _path,
    Assessment: _assessment,
    Continuum: _continuum,
    Symmetric: _symmetric,
    Discarded: _discarded,
}


def corrupted(solution: Solution) -> Spoilt:
    """Spoilt copies of a solution, each with the name of what was spoilt."""
    if isinstance(solution, Record):
        return others.spoilt(solution)
    return _BY_KIND[type(solution)](solution)
