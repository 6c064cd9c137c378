"""Quantal response in games in which everybody moves once: which branches there are, and what they
tend to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cache

from alliance_games.algorithms.logit_branches import (
    UNTIL,
    LogitBranch,
    LogitPoint,
    branch_from,
    principal_branch,
)
from alliance_games.algorithms.logit_equations import LogitEquations
from alliance_games.algorithms.logit_settled import NEAR, distance, proposals
from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Mixed, Profile, as_pure
from alliance_games.results.solutions import CountPoint, Point
from alliance_games.results.tree_solutions import QuantalPath

CHANGE = 0.02
"""A point is told where a probability has moved by more than this since the last one told."""

FARTHER = 3.0
"""So is one where precision has grown or fallen by this factor."""

MOST_STRATEGIES = 12
"""The strategies of all players together up to which branches from every equilibrium are sought."""

MOST_EXACT = 200
"""Players up to which a mixed limit of an anonymous game is settled in exact numbers."""

SAME = 1e-6
"""Equilibria of one precision that differ by less are one, found twice."""

Holds = Callable[[Point | CountPoint], bool]
"""Whether nobody gains by deviating, exactly."""

Starts = Callable[[], Sequence[Profile]]
"""Finds isolated equilibria from which to follow branches back; asked in small games only."""


def branches(
    game: NormalGame | AnonymousGame,
    holds: Holds,
    tick: Callable[[], None],
    precisions: Sequence[float],
    starts: Starts,
) -> Iterator[QuantalPath]:
    """The principal branch; then in small games those that start at other equilibria."""
    known = cache(starts)
    for branch, start in _followed(game, tick, precisions, known):
        origin = None if start is None else _told(game, start)
        limit = settled(game, branch, holds)
        if limit is None and branch.complete and sum(map(len, branch.end)) <= MOST_STRATEGIES:
            limit = _among(game, known(), branch, holds)
        yield _path(branch, limit, origin, precisions)


def _among(
    game: NormalGame | AnonymousGame, known: Sequence[Profile], branch: LogitBranch, holds: Holds
) -> Point | CountPoint | None:
    """The equilibrium known (perhaps irrational) that a branch ends at, if it is one alone."""
    near = [one for one in known if distance(one, branch.end) <= NEAR]
    told = _told(game, near[0]) if len(near) == 1 else None
    return told if told is not None and holds(told) else None


def responses_at(
    game: NormalGame | AnonymousGame, precision: float, tick: Callable[[], None], starts: Starts
) -> list[LogitPoint]:
    """The equilibria of one precision that the branches pass, by player or by role, each once.

    Raises ValueError for a precision higher than branches are followed to.
    """
    highest = UNTIL / float(LogitEquations(game).unit)
    if precision > highest:
        raise ValueError(f"branches are followed up to a precision of {highest:.3g} in this game")
    found: list[LogitPoint] = []
    for branch, _ in _followed(game, tick, (precision,), starts):
        for point in branch.points:
            if point.precision == precision and not any(
                distance(one.profile, point.profile) < SAME for one in found
            ):
                found.append(point)
    return found


def _followed(
    game: NormalGame | AnonymousGame,
    tick: Callable[[], None],
    precisions: Sequence[float],
    starts: Starts,
) -> Iterator[tuple[LogitBranch, Profile | None]]:
    """Every branch, with the equilibrium it starts from (None: from uniform choice)."""
    equations = LogitEquations(game)
    first = principal_branch(equations, tick, precisions)
    yield first, None
    if equations.size > MOST_STRATEGIES:
        return
    ends = [first.points[-1].profile]
    for profile in starts():
        if any(distance(profile, end) <= NEAR for end in ends):
            continue
        floats = [[float(p) for p in mixed] for mixed in profile]
        branch = branch_from(equations, floats, tick, precisions)
        if branch is None or branch.points[-1].precision < branch.points[0].precision:
            continue  # not regular, or it is the principal branch itself
        ends += [tuple(map(tuple, floats)), branch.points[-1].profile]
        yield branch, profile


def _path(
    branch: LogitBranch,
    limit: Point | CountPoint | None,
    origin: Point | CountPoint | None,
    precisions: Sequence[float],
) -> QuantalPath:
    points, turns = _thinned(branch, precisions)
    facts = {"principal": origin is None, "settled": limit is not None}
    return QuantalPath(points, limit, facts, turns=turns, origin=origin)


def _thinned(
    branch: LogitBranch, precisions: Sequence[float]
) -> tuple[tuple[LogitPoint, ...], tuple[int, ...]]:
    """Points well apart; the ends, the turning points and those asked for are all kept."""
    kept: list[int] = []
    for place, point in enumerate(branch.points):
        wanted = place in (0, len(branch.points) - 1, *branch.turns)
        if wanted or point.precision in precisions or _apart(branch.points[kept[-1]], point):
            kept.append(place)
    turns = tuple(kept.index(place) for place in branch.turns)
    return tuple(branch.points[place] for place in kept), turns


def _apart(before: LogitPoint, after: LogitPoint) -> bool:
    """Whether two points differ enough that both are worth telling."""
    ratio = (after.precision + 1e-9) / (before.precision + 1e-9)
    return (
        not 1 / FARTHER < ratio < FARTHER
        or max(
            abs(p - q)
            for old, new in zip(before.profile, after.profile, strict=True)
            for p, q in zip(old, new, strict=True)
        )
        > CHANGE
    )


def settled(
    game: NormalGame | AnonymousGame, branch: LogitBranch, holds: Holds
) -> Point | CountPoint | None:
    """The equilibrium that a branch tends to, exactly; None where none was found near its end."""
    if not branch.complete:
        return None
    few = isinstance(game, NormalGame) or len(game.players) <= MOST_EXACT
    candidates = (one for one in proposals(game, branch.end) if few or as_pure(one))
    return next(filter(holds, (_told(game, profile) for profile in candidates)), None)


def two_player_equilibria(game: NormalGame, tick: Callable[[], None]) -> list[Profile]:
    """The isolated equilibria of a game of two players."""
    from alliance_games.algorithms.bimatrix import all_equilibria

    found = all_equilibria(game.matrix(0), game.matrix(1), tick)
    return [
        (edge.row, edge.column)
        for one in found.components
        if one.dimension == 0
        for edge in one.extreme
    ]


def _told(game: NormalGame | AnonymousGame, profile: Profile) -> Point | CountPoint:
    """The profile with its payoffs; by role in an anonymous game, as counts where it is pure."""
    if isinstance(game, NormalGame):
        return Point(profile, _payoffs(game, profile))
    chosen = as_pure(profile)
    if chosen is None:
        everybody = tuple(profile[role] for role in game.roles)
        return Point(everybody, _payoffs_by_role(game, profile))
    sizes = [len(members) for members in game.members]
    counts = tuple(
        tuple(size * (own == k) for k in range(len(game.strategies)))
        for own, size in zip(chosen, sizes, strict=True)
    )
    total = [sum(column) for column in zip(*counts, strict=True)]
    payoffs = []
    for role, own in enumerate(chosen):
        others = tuple(n - (k == own) for k, n in enumerate(total))
        payoffs.append(
            tuple(game.payoff(role, k, others) if k == own else None for k in range(len(total)))
        )
    return CountPoint(counts, 1, tuple(payoffs))


def _payoffs(game: NormalGame, profile: Profile) -> tuple[Fraction, ...]:
    totals = [Fraction(0)] * len(game.players)
    weighted: list[tuple[tuple[int, ...], Fraction]] = [((), Fraction(1))]
    for mixed in profile:
        weighted = [
            ((*before, own), weight * p)
            for before, weight in weighted
            for own, p in enumerate(mixed)
            if p
        ]
    for chosen, weight in weighted:
        for player, value in enumerate(game.payoffs(chosen)):
            totals[player] += weight * value
    return tuple(totals)


def _payoffs_by_role(game: AnonymousGame, profile: Profile) -> tuple[Fraction, ...]:
    worth = []
    for role, mixed in enumerate(profile):
        spread: dict[tuple[int, ...], Fraction] = {(0,) * len(game.strategies): Fraction(1)}
        for player, other in enumerate(game.roles):
            if player != game.members[role][0]:
                spread = _joined(spread, profile[other])
        worth.append(
            sum(
                (
                    weight * p * game.payoff(role, own, counts)
                    for counts, weight in spread.items()
                    for own, p in enumerate(mixed)
                    if p
                ),
                Fraction(0),
            )
        )
    return tuple(worth[role] for role in game.roles)


def _joined(
    spread: dict[tuple[int, ...], Fraction], mixed: Mixed
) -> dict[tuple[int, ...], Fraction]:
    """The counts after one more player."""
    found: dict[tuple[int, ...], Fraction] = {}
    for counts, weight in spread.items():
        for own, p in enumerate(mixed):
            if p:
                more = (*counts[:own], counts[own] + 1, *counts[own + 1 :])
                found[more] = found.get(more, Fraction(0)) + weight * p
    return found
