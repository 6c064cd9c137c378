"""What admissibility leaves of equilibria, as answers, and what rules out the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from alliance_games.algorithms.admissible import Admissible, Piece, surviving
from alliance_games.algorithms.equilibrium_properties import Describer
from alliance_games.algorithms.opponents import opponents
from alliance_games.exact.linear import affine_dimension
from alliance_games.exact.numerals import number
from alliance_games.exact.programs import Program, maximize
from alliance_games.exact.tableau import Tick
from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Mixed, support
from alliance_games.results.solutions import Component, CountPoint, Point, Solution
from alliance_games.results.tree_solutions import Continuum, Discarded

APPROXIMATE = ("told within", "largest gain")
"""Properties of points that are no exact equilibria, only near one or nearly one."""


def is_approximate(one: Solution) -> bool:
    """Whether it is known in decimals only: nothing exact can be said of it."""
    return isinstance(one, Point) and any(name in one.properties for name in APPROXIMATE)


EVERYWHERE = "each of its points uses a strategy that is weakly dominated"


class Sorted(NamedTuple):
    """What is left (whole, or a part of a continuum), what is ruled out, what stays open."""

    kept: list[Solution]
    discarded: list[Discarded]
    trimmed: int
    """Continua of which only a part, or nothing, is left."""
    undecided: list[str]


def sort_out(game: NormalGame | AnonymousGame, solutions: Iterable[Solution], tick: Tick) -> Sorted:
    """Each equilibrium as a whole, or the faces of a continuum that are undominated."""
    judge = Admissible(game, tick)
    found = Sorted([], [], 0, [])
    trimmed = 0
    for one in solutions:
        tick()
        if is_approximate(one):
            found.undecided.append("an equilibrium is known in decimals only")
        elif isinstance(one, Component):
            assert isinstance(game, NormalGame)
            left = list(parts(game, one, judge, tick))
            if not left:
                found.discarded.append(Discarded(one, EVERYWHERE))
                continue
            trimmed += left != [one]
            found.kept.extend(left)
        elif isinstance(one, Point | CountPoint):
            guilty = _dominated(one, judge)
            if guilty is None:
                found.kept.append(one)
            else:
                found.discarded.append(Discarded(one, _reason(game, *guilty, tick)))
        elif isinstance(one, Continuum):
            if _all_undominated(one, judge):
                found.kept.append(one)
            else:
                found.undecided.append(
                    "of a continuum, which uses dominated strategies somewhere, the part without "
                    "them is not described"
                )
    return found._replace(trimmed=trimmed)


def parts(
    game: NormalGame, component: Component, judge: Admissible, tick: Tick
) -> Iterator[Point | Component]:
    """The undominated part of a component: itself, or points and components of its faces."""
    pieces = surviving(judge, component.subsets)
    if len(pieces) == 1 and set(pieces[0].subsets) == set(component.subsets):
        yield component
        return
    describer = Describer(game, tick)
    for piece in pieces:
        yield of_piece(describer, piece)


def of_piece(describer: Describer, piece: Piece) -> Point | Component:
    """A connected union of faces as a point or a continuum."""
    corners = sorted(
        {(row, column) for each in piece.subsets for row in each.rows for column in each.columns},
        reverse=True,
    )
    payoffs = tuple(map(describer.payoffs, corners))
    if len(corners) == 1:
        facts = describer.facts(corners[0], None, isolated=False)
        return Point(corners[0], payoffs[0], facts)
    dimension = max(
        affine_dimension(each.rows) + affine_dimension(each.columns) for each in piece.subsets
    )
    facts = describer.facts_of_continuum(
        [(each.rows, each.columns) for each in piece.subsets], payoffs, None
    )
    return Component(dimension, tuple(corners), payoffs, piece.subsets, facts)


def _dominated(one: Point | CountPoint, judge: Admissible) -> tuple[int, tuple[int, ...]] | None:
    """A player (or role) and a support that is weakly dominated, if there is one."""
    if isinstance(one, Point):
        for player, mixed in enumerate(one.profile):
            if not judge.holds(player, support(mixed)):
                return player, support(mixed)
        return None
    for role, counts in enumerate(one.counts):
        for strategy, how_many in enumerate(counts):
            if how_many and not judge.holds(role, (strategy,)):
                return role, (strategy,)
    return None


def _all_undominated(one: Continuum, judge: Admissible) -> bool:
    """Whether whatever any of its points may use is undominated; so are they all then."""
    if not all(family.hull == "strategies" for family in one.families):
        return False
    for family in one.families:
        points = [one.points[place] for place in family.points]
        profiles = [point.profile for point in points if isinstance(point, Point)]
        for player in range(len(profiles[0])):
            used = sorted({own for profile in profiles for own in support(profile[player])})
            if not judge.holds(player, used):
                return False
    return True


def _reason(game: NormalGame | AnonymousGame, group: int, used: Sequence[int], tick: Tick) -> str:
    """Which strategy is weakly dominated by what."""
    tables = opponents(game)
    rows = [[int(v) for v in row] for row in tables.rows(group, tables.everyone)]
    names = game.strategies if isinstance(game, AnonymousGame) else game.strategies[group]
    who = game.players[tables.members[group][0]]
    if isinstance(game, AnonymousGame) and len(tables.members[group]) > 1:
        who = f"a player of the role of {who}" if len(game.members) > 1 else "a player"
    alone = next((own for own in used if (_better(rows, (own,), tick)) is not None), None)
    worse: tuple[int, ...] = tuple(used) if alone is None else (alone,)
    by = _better(rows, worse, tick)
    assert by is not None
    what = " and ".join(names[own] for own in worse)
    how = f"{what} of {who} is" if len(worse) == 1 else f"mixing {what}, {who} is"
    return f"{how} weakly dominated by {_words(by, names)}"


def _better(rows: Sequence[Sequence[int]], used: Sequence[int], tick: Tick) -> Mixed | None:
    """What weakly dominates an even mixture of ``used``, by as much as can be in the sum."""
    now = [Fraction(sum(rows[own][at] for own in used), len(used)) for at in range(len(rows[0]))]
    outcome = maximize(
        Program(
            [sum(row) for row in rows],
            [([-row[at] for row in rows], -now[at]) for at in range(len(now))],
            [([1] * len(rows), 1)],
        ),
        tick,
    )
    return None if outcome.value == sum(now) else outcome.primal


def _words(mixed: Mixed, names: Sequence[str]) -> str:
    used = support(mixed)
    if len(used) == 1:
        return names[used[0]]
    return " + ".join(f"{number(mixed[own])} {names[own]}" for own in used)
