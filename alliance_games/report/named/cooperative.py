"""Values, cores and power in tables of shares, and sentences on what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from alliance_games.report.blocks import Block, Bullets, Column, Piece, Prose, Table, Text, text
from alliance_games.report.words import amount, beside, capital, count, listed, number
from alliance_games.results.cases import CaseAnswer
from alliance_games.results.named.cooperative import (
    Against,
    BlocValue,
    Convexity,
    CoreExists,
    DivisionSet,
    EmptyCore,
    LeastCoreSet,
    Names,
    Nucleolus,
    Power,
    Roles,
    Shares,
    Superadditivity,
    Value,
    Weighed,
    Winning,
)
from alliance_games.results.records import Record
from alliance_games.results.result import Result

MOST_ROWS = 40
MOST_POINTS = 12
MOST_NAMED = 12


def blocks(result: Result, answer: CaseAnswer) -> list[Block]:
    """What stands under the concept's heading."""
    found: list[Block] = []
    for one in result.solutions:
        if isinstance(one, Record):
            found += _WRITERS[type(one)](one)
    return found


def braces(names: Iterable[str]) -> str:
    """``{France, Britain}``; a coalition of many by the first of them."""
    shown = list(names)
    more = len(shown) - MOST_NAMED
    if more > 1:
        shown = [*shown[:MOST_NAMED], f"{more} more"]
    return "{" + ", ".join(shown) + "}"


def table_of_shares(columns: Sequence[tuple[str, Mapping[str, Fraction]]]) -> list[Block]:
    """One row a player and one column a division; beside fractions their decimals."""
    players = list(columns[0][1])
    heads = [Column(text("Player"))]
    for title, shares in columns:
        heads.append(Column(text(title), "right"))
        if any(beside(share) for share in shares.values()):
            heads.append(Column((), "right"))
    rows = []
    for player in players[:MOST_ROWS]:
        row: list[tuple[Text, ...]] = [(text(Piece(player, "player")),)]
        for _, shares in columns:
            row.append((text(number(shares[player])),))
            if any(beside(share) for share in shares.values()):
                row.append((text(Piece(beside(shares[player]), "muted")),))
        rows.append(tuple(row))
    blocks: list[Block] = [Table(tuple(heads), tuple(rows))]
    if len(players) > MOST_ROWS:
        more = f"{len(players) - MOST_ROWS} more players; --format json has them all."
        blocks.append(Prose(text(Piece(more, "muted"))))
    return blocks


def _value(one: Value) -> list[Block]:
    return table_of_shares([("Share", one.shares)])


def _power(one: Power) -> list[Block]:
    swings = {player: Fraction(number) for player, number in one.swings.items()}
    columns = [("Swings", swings), ("Raw", one.raw), ("Normalised", one.normalised)]
    if len(swings) > 30:  # the swings of a hundred voters have thirty digits
        columns = columns[2:]
    return table_of_shares(columns)


def _bloc_value(one: BlocValue) -> list[Block]:
    whose = {player: bloc for bloc in one.blocs for player in bloc}
    said = "; ".join(
        f"{braces(bloc)} {amount(share)}"
        for bloc, share in zip(one.blocs, one.bloc_shares, strict=True)
    )
    heads = (Column(text("Player")), Column(text("Bloc")), Column(text("Share"), "right"))
    rows = [
        (
            (text(Piece(player, "player")),),
            (text(braces(whose[player])),),
            (text(amount(share)),),
        )
        for player, share in one.shares.items()
    ]
    return [Table(heads, tuple(rows)), Prose(text(f"The blocs get: {said}."))]


def _weights(balanced: Sequence[Weighed]) -> Block:
    heads = (
        Column(text("Coalition")),
        Column(text("Weight"), "right"),
        Column(text("Worth"), "right"),
    )
    rows = [
        (
            (text(Piece(braces(each.members), "player")),),
            (text(amount(each.weight)),),
            (text(amount(each.worth)),),
        )
        for each in balanced[:MOST_ROWS]
    ]
    return Table(heads, tuple(rows))


def _empty(one: EmptyCore) -> list[Block]:
    said = (
        f"The core is empty. If every player gives the coalitions below their weights of her time, "
        f"which uses it up, they make {amount(one.worth)} together, and all players together have "
        f"only {amount(one.available)} to share. So whatever the division, some coalition can do "
        "better alone."
    )
    return [Prose(text(said)), _weights(one.balanced)]


def _exists(_: CoreExists) -> list[Block]:
    said = (
        "The core is not empty: no coalitions that use up every player's time make more than all."
    )
    return [Prose(text(said))]


_SHAPES = {0: "a single division", 1: "a segment", 2: "a polygon"}


def _set(one: DivisionSet) -> list[Block]:
    shape = _SHAPES.get(one.dimension, f"a polytope of dimension {one.dimension}")
    said = f"The core is not empty: it is {shape}"
    return _points(said, one)


def _points(said: str, one: DivisionSet | LeastCoreSet) -> list[Block]:
    if not one.listed:
        told = f"{said} with many extreme points; a division in its middle:"
        return [Prose(text(told)), *table_of_shares([("Share", one.inner)])]
    if one.dimension == 0:
        return [Prose(text(f"{said}.")), *table_of_shares([("Share", one.inner)])]
    points = one.extreme_points
    told = f"{said}, made of all mixtures of {count(len(points), 'extreme point')}."
    blocks: list[Block] = [Prose(text(told)), _by_player(points[:MOST_POINTS])]
    if len(points) > MOST_POINTS:
        more = f"{len(points) - MOST_POINTS} more extreme points; --format json has them all."
        blocks.append(Prose(text(Piece(more, "muted"))))
    return blocks


def _by_player(points: Sequence[Shares]) -> Block:
    """One row a point, one column a player; players who never get anything are left out."""
    players = [p for p in points[0] if any(point[p] for point in points)] or list(points[0])
    players = players[:MOST_NAMED]
    heads = [Column(()), *(Column(text(Piece(player, "player")), "right") for player in players)]
    rows = [
        ((text(str(place)),), *((text(number(point[player])),) for player in players))
        for place, point in enumerate(points, start=1)
    ]
    return Table(tuple(heads), tuple(rows))


def _least_core(one: LeastCoreSet) -> list[Block]:
    shape = _SHAPES.get(one.dimension, f"a polytope of dimension {one.dimension}")
    size = one.concession
    if size > 0:
        said = (
            f"Some coalition is always worth at least {amount(size)} more than its members get; "
            f"with just that as the most, the divisions are {shape}"
        )
    elif size < 0:
        said = (
            f"Every coalition can get at least {amount(-size)} more than it is worth; where the "
            f"worst off gets just that, the divisions are {shape}"
        )
    else:
        said = f"Every coalition can just get what it is worth; the divisions are {shape}"
    blocks = _points(said, one)
    why = "That no division does better follows from these coalitions, taken with their weights:"
    return [*blocks, Prose(text(why)), _weights(one.balanced)]


def _nucleolus(one: Nucleolus) -> list[Block]:
    heads = (Column(text("Excess"), "right"), Column(text("Coalitions that have it")))
    rows = []
    for each in one.complaints:
        names = "; ".join(map(braces, each.coalitions))
        if each.number > len(each.coalitions):
            names += f"; {each.number - len(each.coalitions):,} more"
        rows.append(((text(amount(each.excess)),), (text(names),)))
    title = "Share" if one.of == "nucleolus" else "Share (prenucleolus)"
    blocks = table_of_shares([(title, one.shares)])
    if rows:
        told = "The largest excesses there, what a coalition is worth beyond what its members get:"
        blocks += [Prose(text(told)), Table(heads, tuple(rows))]
    return blocks


def _roles(one: Roles) -> list[Block]:
    lines = []
    if len(one.null) == len(one.dummies) and not one.essential:
        return [Prose(text("Nobody adds anything to any coalition."))]
    if one.dictator is not None:
        lines.append(f"{one.dictator} is a dictator: wins alone, and nobody wins otherwise.")
    if one.veto:
        without = "Without it" if len(one.veto) == 1 else "Without any one of them"
        lines.append(f"With a veto: {some(one.veto)}. {without} no coalition is worth anything.")
    else:
        lines.append("Nobody has a veto: without any one player some coalition is worth something.")
    if not one.dummies:
        lines.append("Nobody is a dummy: every player is essential to some coalition.")
    elif one.dictator is None:
        null = [name for name in one.dummies if name in one.null]
        only = [name for name in one.dummies if name not in one.null]
        if null:
            lines.append(f"Dummies who add nothing to any coalition: {some(null)}.")
        if only:
            lines.append(f"Dummies who add just what they are worth alone: {some(only)}.")
        if one.essential:
            lines.append(f"Essential: {some(one.essential)}.")
    return _bullets(lines)


def _bullets(lines: Sequence[str]) -> list[Block]:
    return [Bullets(tuple(map(text, lines)))]


def some(names: Sequence[str]) -> str:
    """The names in words; of many the first."""
    if len(names) <= MOST_NAMED:
        return listed(names)
    return f"{', '.join(names[:MOST_NAMED])} and {len(names) - MOST_NAMED} more"


def _apart(found: Against, shared: bool) -> str:
    first, second = braces(found.first), braces(found.second)
    together = "the union and what they share have" if shared else "together they have"
    return (
        f"{first} and {second} are worth {amount(found.left)} apart, and {together} "
        f"{amount(found.right)}"
    )


def _convexity(one: Convexity) -> list[Block]:
    if one.against is not None:
        return [Prose(text(f"The game is not convex: {_apart(one.against, True)}."))]
    strictly = "strictly convex" if one.strictly else "convex"
    said = f"The game is {strictly}: the larger the coalition, the more a new member adds to it"
    said += "." if one.strictly else ", or at least no less."
    after = " So the core is not empty, and the Shapley value lies in it."
    return [Prose(text(said + after))]


def _superadditivity(one: Superadditivity) -> list[Block]:
    lines = []
    if one.against is None:
        lines.append("superadditive: coalitions never lose by joining")
    else:
        lines.append(f"not superadditive: {_apart(one.against, False)}")
    if one.against_monotonic is None:
        lines.append("monotonic: a larger coalition is worth no less")
    else:
        found: Against = one.against_monotonic
        lines.append(
            f"not monotonic: {braces(found.first)} is worth {amount(found.left)}, and "
            f"{braces(found.second)} {amount(found.right)}"
        )
    if one.essential:
        lines.append("essential: all together are worth more than the players alone")
    else:
        lines.append("inessential: all together are worth no more than the players alone")
    return _bullets([f"{capital(line)}." for line in lines])


def _winning(one: Winning) -> list[Block]:
    lines = []
    if one.against_proper is None:
        lines.append("Proper: two coalitions without a common member never both win.")
    else:
        both = braces(one.against_proper)
        lines.append(f"Not proper: {both} wins, and so do all the others together.")
    if one.against_strong is None:
        lines.append("Strong: if a coalition does not win, the others do.")
    else:
        neither = braces(one.against_strong)
        lines.append(f"Not strong: neither {neither} nor all the others together win.")
    shown: list[Names] = list(one.minimal[:MOST_ROWS])
    listing = "; ".join(map(braces, shown))
    if one.number > len(shown):
        listing += f"; {one.number - len(shown):,} more"
    many = count(one.number, "coalition wins", "coalitions win")
    lines.append(f"{capital(many)} with no member to spare: {listing}.")
    return _bullets(lines)


_WRITERS: dict[type, Callable[[Any], list[Block]]] = {
    Value: _value,
    Power: _power,
    BlocValue: _bloc_value,
    EmptyCore: _empty,
    CoreExists: _exists,
    DivisionSet: _set,
    LeastCoreSet: _least_core,
    Nucleolus: _nucleolus,
    Roles: _roles,
    Convexity: _convexity,
    Superadditivity: _superadditivity,
    Winning: _winning,
}
