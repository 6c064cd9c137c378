"""The body ``coalitions``: what coalitions are worth, or how much their members like them."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, cast

from alliance_games.exact.expression import Expression
from alliance_games.exact.words import listed
from alliance_games.model.coalition_bodies import WeightedVote, WorthFormula, WorthTable
from alliance_games.reading.contexts import PAYOFF, PLAIN, WORTH
from alliance_games.reading.desk import Desk, split_names
from alliance_games.reading.nodes import Mapping, Node, Scalar

if TYPE_CHECKING:
    from alliance_games.model.other_forms import OtherBody

KEYS = ("worth", "otherwise", "weights", "quota", "more than", "blocs")
"""The parts of a game of coalitions with transferable utility."""

HEDONIC = ("utility", "preferences")
"""The parts that make it a game in which players only like or dislike coalitions."""

_EXAMPLE = "as in  coalitions: {worth: total(power)^2}"
_TABLE_EXAMPLE = "as in  France, Britain: 3"
MOST_MISSING = 5


def read_body(desk: Desk, at: Scalar, node: Node, players: tuple[str, ...]) -> OtherBody | None:
    """The body under ``at``; None where it cannot be made."""
    entries = desk.filled(node, "'coalitions'", _EXAMPLE)
    if any(key.text in HEDONIC for key, _ in entries):
        hedonic = import_module("alliance_games.reading.hedonic")
        return cast("OtherBody | None", hedonic.read_body(desk, at, node, players))
    parts: dict[str, tuple[Scalar, Node]] = {}
    for key, value in entries:
        if desk.choose(key, (*KEYS, *HEDONIC), "unknown-key", "part of 'coalitions'") is not None:
            parts[key.text] = (key, value)
    blocs = _blocs(desk, parts["blocs"][1], players) if "blocs" in parts else ()
    if "worth" in parts:
        return _worth(desk, parts, players, blocs)
    if "weights" in parts:
        return _vote(desk, at, parts, players, blocs)
    if entries and len(parts) == len(entries):
        message = "nothing says what coalitions are worth"
        hint = "write 'worth:', or 'weights:' and 'quota:'"
        desk.fault("missing-key", message, at.span, hint)
    return None


def _worth(
    desk: Desk,
    parts: dict[str, tuple[Scalar, Node]],
    players: tuple[str, ...],
    blocs: tuple[tuple[int, ...], ...],
) -> OtherBody | None:
    for part in ("weights", "quota", "more than"):
        if part in parts:
            message = f"'{part}' belongs to a vote, which says by itself what coalitions are worth"
            desk.fault("two-bodies", message, parts[part][0].span, "leave it out, or 'worth'")
    at, node = parts["worth"]
    if isinstance(node, Mapping):
        return _table(desk, at, node, parts, players, blocs)
    if "otherwise" in parts:
        message = "a formula is about every coalition, and nothing is otherwise"
        desk.fault("not-here", message, parts["otherwise"][0].span, "it goes with a table")
    return WorthFormula(players, desk.formula(node, WORTH, "a worth"), blocs)


def _table(
    desk: Desk,
    at: Scalar,
    node: Mapping,
    parts: dict[str, tuple[Scalar, Node]],
    players: tuple[str, ...],
    blocs: tuple[tuple[int, ...], ...],
) -> OtherBody | None:
    found: dict[int, Expression] = {}
    lines: dict[int, int] = {}
    whole = True
    for key, value in desk.filled(node, "'worth'", _TABLE_EXAMPLE):
        coalition = read_coalition(desk, key, players)
        worth = desk.formula(value, PLAIN, f"the worth of '{key.text}'")
        if coalition is None:
            whole = False
        elif coalition in found:
            message = f"the coalition '{key.text}' stands here twice"
            hint = f"the first is in line {lines[coalition]}"
            desk.fault("doubled-coalition", message, key.span, hint)
        else:
            found[coalition], lines[coalition] = worth, key.span.line
    otherwise = None
    if "otherwise" in parts:
        otherwise = desk.formula(parts["otherwise"][1], PLAIN, "'otherwise'")
    elif whole and len(found) < (1 << len(players)) - 1:
        _missing(desk, at, found, players)
        return None
    return WorthTable(players, found, otherwise, at.span, blocs) if whole and found else None


def _missing(
    desk: Desk, at: Scalar, found: dict[int, Expression], players: tuple[str, ...]
) -> None:
    number = (1 << len(players)) - 1 - len(found)
    first: list[str] = []
    coalition = 1
    while len(first) < min(number, MOST_MISSING):
        if coalition not in found:
            inside = [name for i, name in enumerate(players) if coalition >> i & 1]
            first.append(", ".join(inside))
        coalition += 1
    more = "; ..." if number > len(first) else ""
    what = f"{number:,} coalitions have" if number > 1 else "1 coalition has"
    message = f"{what} no worth: {'; '.join(first)}{more}"
    desk.fault("missing-coalition", message, at.span, "as in  otherwise: 0  beside 'worth'")


def read_coalition(desk: Desk, key: Scalar, players: tuple[str, ...]) -> int | None:
    """The coalition a key names, ``France, Britain``; None, and its faults noted, for none."""
    coalition = 0
    for part in split_names(key):
        if part.text not in players:
            desk.unknown(part, list(players), "unknown-player", "player")
            return None
        bit = 1 << players.index(part.text)
        if coalition & bit:
            message = f"'{part.text}' stands twice in this coalition"
            desk.fault("doubled-name", message, part.span)
            return None
        coalition |= bit
    return coalition


def _vote(
    desk: Desk,
    at: Scalar,
    parts: dict[str, tuple[Scalar, Node]],
    players: tuple[str, ...],
    blocs: tuple[tuple[int, ...], ...],
) -> OtherBody | None:
    if "otherwise" in parts:
        message = "the coalitions that do not reach the quota are worth 0"
        desk.fault("not-here", message, parts["otherwise"][0].span, "leave it out")
    weights = _weights(desk, *parts["weights"], players)
    rules = [part for part in ("quota", "more than") if part in parts]
    if len(rules) > 1:
        message = "a vote has a quota that is to be reached, or one that is to be passed, not both"
        desk.fault("two-bodies", message, parts["more than"][0].span, "leave one out")
    if not rules:
        hint = "as in  quota: 51  (at least), or  more than: total(power) / 2"
        desk.fault("missing-key", "the vote has no 'quota'", at.span, hint)
        return None
    quota = desk.formula(parts[rules[0]][1], PLAIN, f"'{rules[0]}'")
    if weights is None:
        return None
    return WeightedVote(players, weights, quota, rules[0] == "more than", blocs)


def _weights(
    desk: Desk, at: Scalar, node: Node, players: tuple[str, ...]
) -> tuple[Expression, ...] | None:
    """One formula for all, of each player's own parameters, or a number for each."""
    if not isinstance(node, Mapping):
        return (desk.formula(node, PAYOFF, "a weight"),) * len(players)
    found: dict[str, Expression] = {}
    for key, value in desk.filled(node, "'weights'", "as in  weights: {France: 10, Britain: 8}"):
        weight = desk.formula(value, PAYOFF, f"the weight of '{key.text}'")
        if desk.choose(key, players, "unknown-player", "player") is not None:
            found[key.text] = weight
    missing = [player for player in players if player not in found]
    if missing and found:
        desk.fault("missing-weight", f"there is no weight for {listed(missing)}", at.span)
    return None if missing else tuple(found[player] for player in players)


def _blocs(desk: Desk, node: Node, players: tuple[str, ...]) -> tuple[tuple[int, ...], ...]:
    """Lists of players; one in no list stands alone."""
    found: list[tuple[int, ...]] = []
    where: dict[str, int] = {}
    for item in desk.items(node, "'blocs'", "as in  blocs: [[France, Britain], [Germany]]"):
        bloc = []
        for name in desk.names(item, "a bloc", "player"):
            if desk.choose(name, players, "unknown-player", "player") is None:
                continue
            if name.text in where:
                message = f"'{name.text}' belongs to two blocs"
                hint = f"the first is in line {where[name.text]}"
                desk.fault("doubled-name", message, name.span, hint)
                continue
            where[name.text] = name.span.line
            bloc.append(players.index(name.text))
        if bloc:
            found.append(tuple(sorted(bloc)))
    alone = [(i,) for i, player in enumerate(players) if player not in where]
    return tuple(sorted([*found, *alone]))
