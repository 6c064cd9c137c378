"""The body ``choices``: what each player chooses is a number, and payoffs are formulas in them."""

from __future__ import annotations

import re
from collections.abc import Mapping as Keys
from typing import TYPE_CHECKING

from alliance_games.exact.expression import Entry, Expression, Name, is_plain
from alliance_games.exact.words import listed
from alliance_games.reading.choice_formulas import as_players
from alliance_games.reading.contexts import CHOICE_RANGE, PAYOFF_FORMULA, ZERO
from alliance_games.reading.desk import Desk
from alliance_games.reading.nodes import Mapping, Node, Scalar

if TYPE_CHECKING:
    from alliance_games.model.continuous import ContinuousBody

EXAMPLE = "as in  Major: security in [0, 10]"
_RANGE = re.compile(r"(?P<name>\S(?:.*\S)?)\s+in\s+\[(?P<ends>.*)\]\s*", re.DOTALL)
_INFINITE = ("inf", "infinity", "∞")
_HALF_OPEN = re.compile(r"(?P<name>\S(?:.*\S)?)\s+in\s+[\[(](?P<ends>.*)[\])]\s*", re.DOTALL)

_NOT_BESIDE = {
    "strategies": "a choice is a number here: leave the strategies out",
    "types": "types are read beside strategies, not beside choices",
    "prior": "types are read beside strategies, not beside choices",
    "observed": "write the order of moves under 'choices', as in  order: [Leader, Follower]",
    "ordinal": "choices are weighed by payoffs in numbers",
    "outcomes": "choices lead to numbers, not to named outcomes",
}


class Declared:
    """One player's choice as the file declares it."""

    __slots__ = ("ends", "name")

    def __init__(self, name: Scalar, ends: tuple[Scalar | None, Scalar | None]) -> None:
        self.name, self.ends = name, ends


def read_header(desk: Desk, node: Node, players: tuple[str, ...]) -> None:
    """Into the scope: each player's choice by her name, and who chooses what has which name."""
    declared: dict[str, Declared] = {}
    common: Declared | None = None
    for key, value in desk.filled(node, "'choices'", EXAMPLE):
        if key.text == "order" and "order" not in players:
            continue
        known = ["each", *players, "order"]
        found = _declared(desk, key, value)
        if found is not None and found.name.text in desk.scope.parameters:
            message = f"'{found.name.text}' is a parameter already"
            desk.fault("doubled-name", message, found.name.span)
        if desk.choose(key, known, "unknown-player", "player") is None or found is None:
            continue
        if key.text == "each":
            common = found
        else:
            declared[key.text] = found
    if common is not None:
        declared = {player: declared.get(player, common) for player in players}
    owners: dict[str, list[str]] = {}
    for player in players:
        if player in declared:
            owners.setdefault(declared[player].name.text, []).append(player)
    desk.scope.choices = {name: tuple(who) for name, who in owners.items()}
    desk.scope.declared_choices = declared


def _declared(desk: Desk, key: Scalar, node: Node) -> Declared | None:
    """``security in [0, 10]``."""
    text = desk.text(node, f"the choice of {key.text}")
    if text is None:
        return None
    match = _RANGE.fullmatch(text.text) or _HALF_OPEN.fullmatch(text.text)
    # What its faults are is said once: formulas that speak of it have none.
    desk.scope.broken.add(match["name"] if match else text.text.split(maxsplit=1)[0])
    if match is None:
        message = f"'{text.text}' does not say what is chosen and from where to where"
        desk.fault("choice", message, text.span, EXAMPLE)
        return None
    name = text.part(*match.span("name"))
    if not is_plain(name.text) or name.text in ("mine", "n", "total", "others", "each"):
        message = f"'{name.text}' cannot be the name of a choice"
        desk.fault("bad-name", message, name.span, "write one plain word, as in effort")
        return None
    ends = _ends(text, *match.span("ends"))
    if len(ends) != 2:
        message = "a range has two ends"
        desk.fault("range", message, text.part(*match.span("ends")).span, EXAMPLE)
        return None
    low, high = ends
    if not low.text or not high.text:
        desk.fault("range", "a range has two ends", text.span, EXAMPLE)
        return None
    open_low, open_high = text.text[match.start("ends") - 1] == "(", text.text[match.end("ends")]
    for end, is_open in ((low, open_low), (high, open_high == ")")):
        if is_open and not _is_infinite(end):
            message = f"the end {end.text} is part of the range: an open range has no best choice"
            desk.fault("range", message, end.span, "write [ and ]; only infinity is left out")
            return None
    desk.scope.broken.discard(name.text)
    return Declared(
        name, (None if _is_infinite(low) else low, None if _is_infinite(high) else high)
    )


def _is_infinite(end: Scalar) -> bool:
    return end.text.lstrip(" +-−").casefold() in _INFINITE


def _ends(text: Scalar, start: int, stop: int) -> list[Scalar]:
    """What stands between the commas outside brackets."""
    parts, depth, begin = [], 0, start
    for place in range(start, stop):
        character = text.text[place]
        depth += (character in "([") - (character in ")]")
        if character == "," and depth == 0:
            parts.append(text.part(begin, place))
            begin = place + 1
    return [*parts, text.part(begin, stop)]


def read_body(
    desk: Desk, keys: Keys[str, tuple[Scalar, Node]], players: tuple[str, ...]
) -> ContinuousBody | None:
    """The game of numbers of a file with ``choices`` and ``payoffs``; None where there is none."""
    whole = True
    for key, hint in _NOT_BESIDE.items():
        if key in keys:
            message = f"'{key}' does not stand beside 'choices'"
            desk.fault("not-here", message, keys[key][0].span, hint)
            whole = False
    if "players" in keys and _is_a_parameter(desk, keys["players"][1]):
        message = "the players of a game of numbers are named, or their number is written"
        desk.fault("players", message, keys["players"][1].span, "as in  players: 3")
        whole = False
    for name in {one.name.text: one.name for one in desk.scope.declared_choices.values()}.values():
        if name.text in desk.scope.definitions:
            message = f"'{name.text}' is a definition already"
            desk.fault("doubled-name", message, name.span)
            whole = False
    at, node = keys["choices"]
    declared = desk.scope.declared_choices
    named = {key.text for key, _ in node.entries} if isinstance(node, Mapping) else set()
    unread = named & {"each", *players} and len(declared) < len(players)
    missing = [player for player in players if player not in declared and player not in named]
    missing = [] if "each" in named else missing
    if missing and isinstance(node, Mapping) and node.entries:
        message = (
            f"it is not said what {listed(missing)} chooses"
            if len(missing) == 1
            else (f"it is not said what {listed(missing)} choose")
        )
        desk.fault("missing-choice", message, at.span, EXAMPLE)
    order = _order(desk, node, players)
    formulas = _formulas(desk, *keys["payoffs"], players)
    if missing or unread or formulas is None or not whole or order is None:
        return None
    from alliance_games.model.continuous import ContinuousBody

    writer = as_players(desk, players)
    ranges = []
    for player in players:
        ends = [
            None if end is None else writer.own(desk.formula(end, CHOICE_RANGE, "an end"), player)
            for end in declared[player].ends
        ]
        ranges.append((ends[0], ends[1]))
    written = [
        writer.own(formula, player) for formula, player in zip(formulas, players, strict=True)
    ]
    return ContinuousBody(
        players,
        tuple(declared[player].name.text for player in players),
        tuple(symbol_of(desk, declared[player].name.text, player) for player in players),
        tuple(ranges),
        tuple(written),
        tuple(formulas),
        order,
    )


def symbol_of(desk: Desk, name: str, player: str) -> Expression:
    """What stands for a player's choice in formulas."""
    return Entry(name, (player,)) if len(desk.scope.choices[name]) > 1 else Name(name)


def _is_a_parameter(desk: Desk, node: Node) -> bool:
    return isinstance(node, Scalar) and node.text in desk.scope.parameters


def _order(desk: Desk, node: Node, players: tuple[str, ...]) -> tuple[int, ...] | None:
    """``order: [Leader, Follower]``: everybody once; () where all choose at once."""
    entry = node.get("order") if isinstance(node, Mapping) and "order" not in players else None
    if entry is None:
        return ()
    names = desk.names(entry, "'order'", "player")
    for name in names:
        desk.choose(name, players, "unknown-player", "player")
    found = [name.text for name in names]
    if any(name not in players for name in found):
        return None
    missing = [player for player in players if player not in found]
    if missing:
        message = f"'order' leaves out {listed(missing)}"
        desk.fault("order", message, entry.span, f"as in  order: [{', '.join(players)}]")
        return None
    return tuple(players.index(name) for name in found)


def _formulas(
    desk: Desk, at: Scalar, node: Node, players: tuple[str, ...]
) -> list[Expression] | None:
    """Each player's payoff formula, as it is written."""
    own: dict[str, Expression] = {}
    entries = desk.filled(node, "'payoffs'", "as in  Major: 4 * security - security^2")
    for key, value in entries:
        known = ["each", *players]
        name = desk.choose(key, known, "unknown-player", "player")
        formula = desk.formula(value, PAYOFF_FORMULA, "a payoff")
        if name is not None:
            own[name] = formula
    missing = [player for player in players if player not in own and "each" not in own]
    if missing and entries:
        message = f"there is no formula for {listed(missing)}"
        hint = "'each:' is the formula of all players who have none of their own"
        desk.fault("missing-formula", message, at.span, hint)
    if missing or not entries:
        return None
    return [own[player] if player in own else own.get("each", ZERO) for player in players]
