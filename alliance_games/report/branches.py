"""Branches of quantal response in games in which everybody moves once: a plot, a table, and in
words what error does to the players' plans."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import log, prod
from typing import NamedTuple

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Profile, as_pure
from alliance_games.report.blocks import (
    Block,
    Column,
    Heading,
    Piece,
    Plot,
    Prose,
    Series,
    Table,
    Text,
    text,
)
from alliance_games.report.mixtures import mixture_words
from alliance_games.report.words import capital, listed, profile_words
from alliance_games.results.solutions import CountPoint, Point, Solution
from alliance_games.results.tree_solutions import QuantalPath

MOST_SERIES = 6
"""A plot shows so many strategies, the likeliest ones."""

MOST_ROWS = 12
"""A table shows a branch at so many precisions, its turning points apart."""

MOST_COMPARED = 4096
"""Profiles of the largest game that is searched for an equilibrium better for everybody."""

PRECISIONS = (0.5, 1.0, 2.0)
_SETTLED = 1e-3

Groups = list[tuple[str, int, tuple[str, ...], int]]
"""Who chooses alike: the words for them, their place, their strategies, how many they are."""


class Curve(NamedTuple):
    """A strategy: of which group, which one, and in words."""

    group: int
    strategy: int
    name: str


def blocks(solutions: Sequence[Solution], game: NormalGame | AnonymousGame) -> list[Block]:
    """The branches found: the principal one in full, what the others join and where they turn."""
    paths = [one for one in solutions if isinstance(one, QuantalPath)]
    if not paths:
        return []
    first, others = paths[0], paths[1:]
    groups = groups_of(game, paths)
    curves = _curves(groups, first)
    found: list[Block] = [
        _plot(paths, curves),
        _table(first, curves),
        *(Prose(text(sentence)) for sentence in sentences(first, game, groups)),
    ]
    for number, path in enumerate(others, 2):
        found.append(Heading(text(Piece(f"Branch {number}: {_course(path, game)}", "strong")), 4))
        found.append(_table(path, curves))
    return found


def groups_of(game: NormalGame | AnonymousGame, paths: Sequence[QuantalPath]) -> Groups:
    """Roles; or players, those together who have the same strategies and always choose alike."""
    if isinstance(game, AnonymousGame):
        return [
            (_members(game, role), role, game.strategies, len(members))
            for role, members in enumerate(game.members)
        ]
    found: list[list[int]] = []
    for player in range(len(game.players)):
        for group in found:
            if _alike(game, paths, group[0], player):
                group.append(player)
                break
        else:
            found.append([player])
    return [
        (listed(game.players[k] for k in group), group[0], game.strategies[group[0]], len(group))
        for group in found
    ]


def _members(game: AnonymousGame, role: int) -> str:
    members = game.members[role]
    if len(members) == len(game.players):
        return "everybody"
    names = [game.players[member] for member in members]
    return listed(names) if len(names) <= 4 else f"{names[0]} and {len(names) - 1:,} others"


def _alike(game: NormalGame, paths: Sequence[QuantalPath], first: int, second: int) -> bool:
    return game.strategies[first] == game.strategies[second] and all(
        abs(p - q) < 1e-9
        for path in paths
        for _, choices, _ in path.points
        for p, q in zip(choices[first] or (), choices[second] or (), strict=True)
    )


def _curves(groups: Groups, path: QuantalPath) -> list[Curve]:
    """The strategies worth drawing: of two the first, of more those that are ever likeliest."""
    found: list[tuple[float, Curve]] = []
    for who, place, names, _ in groups:
        own = range(1) if len(names) == 2 else range(len(names))
        for strategy in own:
            most = max((choices[place] or ())[strategy] for _, choices, _ in path.points)
            name = f"{capital(who)}: {names[strategy]}"
            found.append((most, Curve(place, strategy, name)))
    kept = sorted(found, key=lambda one: -one[0])[:MOST_SERIES]
    return [curve for one in found for curve in [one[1]] if one in kept]


def _values(path: QuantalPath, curve: Curve) -> list[tuple[float, float]]:
    return [
        (precision, (choices[curve.group] or ())[curve.strategy])
        for precision, choices, _ in path.points
    ]


def horizon(paths: Sequence[QuantalPath]) -> float:
    """The precision beyond which no probability moves any more, to speak of."""
    most = 0.0
    for path in paths:
        end = path.points[-1][1]
        for precision, choices, _ in path.points:
            away = max(
                abs(p - q)
                for mine, own in zip(choices, end, strict=True)
                for p, q in zip(mine or (), own or (), strict=True)
            )
            if away > 10 * _SETTLED and (path.origin is None or precision > most):
                most = max(most, precision)
        most = max([most, *(2 * path.points[place][0] for place in path.turns)])
    return most or 1.0


def _plot(paths: Sequence[QuantalPath], curves: Sequence[Curve]) -> Plot:
    principal = [paths[0]]
    until = horizon(principal)
    for path in paths[1:]:
        until = max([until, *(4 * path.points[place][0] for place in path.turns)])
    series = [
        Series(curve.name, tuple(_values(paths[0], curve)), str(number))
        for number, curve in enumerate(curves, 1)
    ]
    for which, path in enumerate(paths[1:4]):
        # One strategy is enough to show where another branch lies.
        curve = curves[0]
        name = f"{curve.name}, on branch {which + 2}"
        series.append(Series(name, tuple(_values(path, curve)), "abc"[which]))
    return Plot("Probability", "Precision", tuple(series), until)


def _table(path: QuantalPath, curves: Sequence[Curve]) -> Table:
    until = max(horizon([path]) * 2, 2.0)
    shown = [k for k, point in enumerate(path.points) if point[0] <= until]
    if path.origin is not None:
        shown = [k for k in shown if path.points[k][0] <= max(until, 4 * _least(path))]
    step = max(-(-len(shown) // MOST_ROWS), 1)
    kept = {*shown[::step], *path.turns, *(k for k in shown if path.points[k][0] in PRECISIONS)}
    rows: list[tuple[tuple[Text, ...], ...]] = []
    for place in sorted(kept):
        precision, choices, _ = path.points[place]
        turn = text(Piece("turns", "muted")) if place in path.turns else text("")
        cells = [(text(_chance((choices[c.group] or ())[c.strategy])),) for c in curves]
        rows.append(((text(_rounded(precision)),), *cells, (turn,)))
    columns = (
        Column(text("Precision"), "right"),
        *(Column(text(curve.name), "right") for curve in curves),
        Column(text("")),
    )
    if not path.turns:
        return Table(columns[:-1], tuple(row[:-1] for row in rows))
    return Table(columns, tuple(rows))


def _least(path: QuantalPath) -> float:
    return min(precision for precision, _, _ in path.points)


def _rounded(value: float) -> str:
    return f"{value:.4g}"


def _chance(value: float) -> str:
    """A probability to four decimals."""
    if 0 < value < 5e-5:
        return "≈0"
    if 1 - 5e-5 < value < 1:
        return "≈1"
    return f"{value:.4f}".rstrip("0").rstrip(".") or "0"


def _course(path: QuantalPath, game: NormalGame | AnonymousGame) -> str:
    """Where a branch that does not start at precision 0 runs."""
    ends = [named(one, game) for one in (path.origin, path.limit)]
    least = _rounded(_least(path))
    return f"from {ends[0]} back to precision {least}, then to {ends[1]}"


def named(one: Solution | None, game: NormalGame | AnonymousGame) -> str:
    """An equilibrium in a few words."""
    if isinstance(one, CountPoint) and isinstance(game, AnonymousGame):
        chosen = [game.strategies[counts.index(max(counts))] for counts in one.counts]
        return f"all {chosen[0]}" if len(set(chosen)) == 1 else profile_words(chosen)
    if not isinstance(one, Point):
        return "an end that was not settled exactly"
    profile: Profile = one.profile
    names: Sequence[Sequence[str]] = (
        game.strategies if isinstance(game, NormalGame) else [game.strategies for _ in game.players]
    )
    if isinstance(game, AnonymousGame):
        firsts = [members[0] for members in game.members]
        profile, names = tuple(profile[k] for k in firsts), [names[k] for k in firsts]
    if (chosen_by := as_pure(profile)) is not None:
        return profile_words([own[k] for own, k in zip(names, chosen_by, strict=True)])
    told = [mixture_words(mixed, own) for mixed, own in zip(profile, names, strict=True)]
    if len(set(told)) == 1:
        return f"{'both' if len(game.players) == 2 else 'everybody'} playing {told[0]}"
    if isinstance(game, AnonymousGame):
        who = [_members(game, role) for role in range(len(told))]
    else:
        who = list(game.players)
    return "; ".join(f"{one} playing {mixed}" for one, mixed in zip(who, told, strict=True))


def sentences(path: QuantalPath, game: NormalGame | AnonymousGame, groups: Groups) -> list[str]:
    """What error does along the principal branch; every number read off the branch, rounded."""
    found = []
    if path.limit is not None:
        found.append(
            f"As errors become rare, play on the branch that starts in ignorance tends to "
            f"{named(path.limit, game)}."
        )
    limit = _pure_limit(path, game)
    if limit is not None:
        found.append(_carried_out(path, game, groups, limit))
        better = _better(game, limit)
        if better is not None:
            found.append(_passed_over(path, game, better))
    for who, place, names, number in groups:
        for strategy, name in enumerate(names):
            found += _crossings(path, who, number, place, strategy, name)
    if path.turns:
        turns = listed(_rounded(path.points[place][0]) for place in path.turns)
        found.append(f"The branch turns back in precision at {turns}: behaviour jumps there.")
    return [" ".join(found)] if found else []


def _pure_limit(path: QuantalPath, game: NormalGame | AnonymousGame) -> tuple[int, ...] | None:
    """The strategies of every player in a pure limit."""
    if isinstance(path.limit, CountPoint) and isinstance(game, AnonymousGame):
        chosen = [counts.index(max(counts)) for counts in path.limit.counts]
        return tuple(chosen[role] for role in game.roles)
    return as_pure(path.limit.profile) if isinstance(path.limit, Point) else None


def _together(
    path: QuantalPath, game: NormalGame | AnonymousGame, profile: Sequence[int]
) -> list[tuple[float, float]]:
    """How likely it is along the branch that everybody does her part."""
    place = game.roles if isinstance(game, AnonymousGame) else range(len(game.players))
    return [
        (precision, prod((choices[k] or ())[own] for k, own in zip(place, profile, strict=True)))
        for precision, choices, _ in path.points
    ]


def _carried_out(
    path: QuantalPath, game: NormalGame | AnonymousGame, groups: Groups, limit: tuple[int, ...]
) -> str:
    values = _together(path, game, limit)
    half, nearly = _for_good(values, 0.5), _for_good(values, 0.9)
    whom = "both do" if len(game.players) == 2 else "everybody does"
    if len(game.players) == 1:
        return ""
    told = [f"a precision of about {_rounded2(one)}" for one in (half, nearly) if one is not None]
    if len(told) < 2:
        return ""
    return (
        f"That {whom} their part in it is likelier than not from {told[0]} on, and nine times in "
        f"ten from {told[1].replace('a precision of ', '')} on; until then nobody can be sure of "
        "the others."
    ).replace("everybody does their", "everybody does her")


def _better(game: NormalGame | AnonymousGame, limit: tuple[int, ...]) -> tuple[int, ...] | None:
    """A pure equilibrium that is better for everybody than the limit."""
    if not isinstance(game, NormalGame) or game.size > MOST_COMPARED:
        return None
    now = game.payoffs(limit)
    for profile in game.profiles():
        gains = game.payoffs(profile)
        if all(a > b for a, b in zip(gains, now, strict=True)) and all(
            game.payoff(player, (*profile[:player], own, *profile[player + 1 :])) <= gains[player]
            for player, width in enumerate(game.shape)
            for own in range(width)
        ):
            return profile
    return None


def _passed_over(
    path: QuantalPath, game: NormalGame | AnonymousGame, better: tuple[int, ...]
) -> str:
    assert isinstance(game, NormalGame)
    name = profile_words(game.names(better))
    values = _together(path, game, better)
    most, at = max((value, -precision) for precision, value in values)
    low = _for_good([(precision, 1 - value) for precision, value in values], 0.99)
    gone = "" if low is None else f", and falls below 1 in 100 at about {_rounded2(low)}"
    where = f"{most:.2g} on this branch (at precision {_rounded2(-at)})"
    return (
        f"{name}, an equilibrium better for everybody, is never played with more than probability "
        f"{where}{gone}: the risk that the others err tells against it."
    )


def _crossings(
    path: QuantalPath, who: str, number: int, place: int, strategy: int, name: str
) -> list[str]:
    """Where one strategy becomes likelier than not, or ceases to be."""
    values = [
        (precision, (choices[place] or ())[strategy]) for precision, choices, _ in path.points
    ]
    if len(values[0:1]) and values[0][1] >= 0.5:
        values = values[1:]  # of two strategies each starts at one half
        if len(values) and strategy > 0:
            return []  # the first one tells it already
    found = []
    for (low, p), (high, q) in pairwise(values):
        if (p - 0.5) * (q - 0.5) < 0:
            at = _rounded2(_between(low, high, p, q, 0.5))
            verb = "are" if number > 1 else "is"
            than = "likelier than not" if q > p else "less likely than not"
            found.append(f"Beyond a precision of about {at}, {who} {verb} {than} to choose {name}.")
    return found


def _for_good(values: Sequence[tuple[float, float]], level: float) -> float | None:
    """The precision from which the value stays above the level; None where it does not."""
    if values[-1][1] <= level:
        return None
    for (low, p), (high, q) in zip(reversed(values[:-1]), reversed(values[1:]), strict=True):
        if p <= level:
            return _between(low, high, p, q, level)
    return 0.0


def _between(low: float, high: float, p: float, q: float, level: float) -> float:
    """Where a probability passes the level, between two points; log-odds are all but straight."""
    if min(p, q) > 0 and max(p, q) < 1:
        p, q, level = (log(one / (1 - one)) for one in (p, q, level))
    return low + (level - p) / (q - p) * (high - low)


def _rounded2(value: float) -> str:
    return f"{value:.2g}"
