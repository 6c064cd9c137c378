"""The body ``landscape``: sizes, propensities of pairs, and perhaps where to begin."""

from __future__ import annotations

from itertools import combinations

from alliance_games.exact.expression import Expression
from alliance_games.exact.words import listed
from alliance_games.model.landscape import MOST_PLAYERS, LandscapeBody, Sides
from alliance_games.reading.contexts import OF_PAIR, OWN
from alliance_games.reading.desk import Desk
from alliance_games.reading.nodes import Mapping, Node, Scalar, Sequence
from alliance_games.reading.parameters import entry_keys

KEYS = ("sizes", "propensities", "start", "sides")
"""The parts of a landscape, in the order of reading aloud."""

_EXAMPLES = {
    "sizes": "as in  sizes: power  or  sizes: {France: 5, Britain: 8}",
    "propensities": "as in  propensities: {France - Britain: 2, France - Germany: -3}",
    "start": "as in  start: [[France, Britain], [Germany]]",
}


def read_body(desk: Desk, at: Scalar, node: Node, players: tuple[str, ...]) -> LandscapeBody | None:
    """The body; None where it cannot be made, and its faults noted."""
    parts: dict[str, tuple[Scalar, Node]] = {}
    entries = desk.filled(node, "'landscape'", _EXAMPLES["sizes"])
    for key, value in entries:
        if desk.choose(key, KEYS, "unknown-key", "part of a landscape") is not None:
            parts[key.text] = (key, value)
    whole = len(parts) == len(entries) > 0
    for part in KEYS[:2]:
        if part not in parts and entries:
            desk.fault("missing-key", f"the landscape has no '{part}'", at.span, _EXAMPLES[part])
            whole = False
    if len(players) > MOST_PLAYERS:
        message = f"there are {len(players):,} players, and at most {MOST_PLAYERS:,} fit"
        desk.fault("too-large", message, at.span)
        return None
    if "sides" in parts:
        _two(desk, parts["sides"][1])
    sizes = _sizes(desk, *parts["sizes"], players) if "sizes" in parts else None
    start = _start(desk, parts["start"][1], players) if "start" in parts else None
    pairs: dict[tuple[int, int], Expression] | None = {}
    every = None
    if "propensities" in parts:
        key, value = parts["propensities"]
        if isinstance(value, Mapping):
            pairs = _pairs(desk, key, value, players)
        else:
            every = desk.formula(value, OF_PAIR, "'propensities'")
    if not whole or sizes is None or pairs is None:
        return None
    return LandscapeBody(players, sizes, pairs, every, start)


def _two(desk: Desk, node: Node) -> None:
    text = desk.text(node, "'sides'")
    if text is not None and text.text.strip() != "2":
        message = "a landscape has two sides"
        desk.fault("sides", message, text.span, "leave it out, or write  sides: 2")


def _sizes(
    desk: Desk, at: Scalar, node: Node, players: tuple[str, ...]
) -> tuple[Expression, ...] | None:
    """One formula for everybody (``power``: everybody's own), or one under each name."""
    if not isinstance(node, Mapping):
        return (desk.formula(node, OWN, "'sizes'"),) * len(players)
    found: dict[str, Expression] = {}
    for key, value in desk.filled(node, "'sizes'", _EXAMPLES["sizes"]):
        formula = desk.formula(value, OWN, f"the size of {key.text}")
        if desk.choose(key, players, "unknown-player", "player") is not None:
            found[key.text] = formula
    missing = [player for player in players if player not in found]
    if missing and found:
        desk.fault("missing-entry", f"there is no size for {listed(missing)}", at.span)
    return None if missing else tuple(found[player] for player in players)


def _pairs(
    desk: Desk, at: Scalar, node: Mapping, players: tuple[str, ...]
) -> dict[tuple[int, int], Expression] | None:
    """``France - Britain: 2`` for every pair, or ``otherwise`` for those left out."""
    found: dict[tuple[int, int], Expression] = {}
    lines: dict[tuple[int, int], int] = {}
    otherwise: Expression | None = None
    whole = True
    for key, value in desk.filled(node, "'propensities'", _EXAMPLES["propensities"]):
        formula = desk.formula(value, OWN, f"the propensity of {key.text}")
        if key.text == "otherwise" and key.text not in players:
            otherwise = formula
            continue
        pair = _pair(desk, key, players)
        if pair is None:
            whole = False
        elif pair in found:
            message = f"the pair {key.text} has a propensity already"
            first = f"the first is in line {lines[pair]}; it is one number for the two"
            desk.fault("doubled-name", message, key.span, first)
            whole = False
        else:
            found[pair], lines[pair] = formula, key.span.line
    wanted = list(combinations(range(len(players)), 2))
    missing = [pair for pair in wanted if pair not in found]
    if missing and otherwise is not None:
        found.update(dict.fromkeys(missing, otherwise))
    elif missing and whole:
        pairs = listed(f"{players[i]} - {players[j]}" for i, j in missing)
        message = f"there is no propensity for {pairs}"
        desk.fault("missing-entry", message, at.span, "'otherwise: 0' gives one to all left out")
        whole = False
    return found if whole else None


def _pair(desk: Desk, key: Scalar, players: tuple[str, ...]) -> tuple[int, int] | None:
    names = entry_keys(desk, key)
    if len(names) != 2:
        message = f"'{key.text}' is no pair of players"
        desk.fault("unknown-player", message, key.span, _EXAMPLES["propensities"])
        return None
    unknown = [name for name in names if name not in players]
    for name in unknown:
        part = Scalar(name, key.span)
        desk.unknown(part, list(players), "unknown-player", "player")
    if unknown:
        return None
    i, j = sorted(map(players.index, names))
    if i == j:
        desk.fault("one-player", f"{names[0]} cannot lean towards itself", key.span)
        return None
    return i, j


def _start(desk: Desk, node: Node, players: tuple[str, ...]) -> Sides | None:
    """Two lists of names, or one: the rest are then on the other side."""
    sides = desk.items(node, "'start'", _EXAMPLES["start"])
    if isinstance(node, Sequence) and not sides:
        desk.fault("empty", "nothing is written for 'start'", node.span, _EXAMPLES["start"])
        return None
    if sides and all(isinstance(side, Scalar) for side in sides):
        sides = [node]
    if len(sides) > 2:
        desk.fault("sides", "a landscape has two sides", node.span, _EXAMPLES["start"])
        return None
    placed: dict[str, int] = {}
    for place, side in enumerate(sides):
        if isinstance(side, Sequence) and not side.items:
            continue  # everybody is on the other side
        for name in desk.names(side, "a side", "player"):
            if desk.choose(name, players, "unknown-player", "player") is None:
                continue
            if name.text in placed:
                desk.fault("doubled-name", f"'{name.text}' is on both sides", name.span)
            placed[name.text] = place
    missing = [player for player in players if player not in placed]
    if missing and len(sides) == 2 and placed:
        message = (
            f"{listed(missing)} is on no side"
            if len(missing) == 1
            else (f"{listed(missing)} are on no side")
        )
        desk.fault("missing-entry", message, node.span, _EXAMPLES["start"])
    first = placed.get(players[0], 1)
    return frozenset(at for at, player in enumerate(players) if placed.get(player, 1) != first)
