"""Parameters: numbers, one for all or one per player or pair, with their ranges."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from alliance_games.exact.expression import Expression, Number, is_plain, to_text
from alliance_games.exact.words import did_you_mean
from alliance_games.model.environments import Value
from alliance_games.model.parametric import Parameter
from alliance_games.reading.contexts import PLAIN
from alliance_games.reading.desk import Desk
from alliance_games.reading.formula import read_number
from alliance_games.reading.nodes import Mapping, Node, Scalar, Sequence


def read_parameters(desk: Desk, node: Node) -> list[Parameter]:
    """The parameters; their ranges are read later, since they may name definitions."""
    found = []
    for key, value in desk.mapping(node, "'parameters'", "as in  stag: 4"):
        if not is_a_name(desk, key, "parameter"):
            continue
        parameter = _parameter(desk, key, value)
        if parameter is None:
            desk.scope.broken.add(key.text)
            continue
        default = parameter.default
        entries = None if isinstance(default, Fraction) else frozenset(default)
        desk.scope.parameters[key.text] = entries
        found.append(parameter)
    return found


def is_a_name(desk: Desk, key: Scalar, what: str) -> bool:
    """Whether formulas can use a name; a fault noted where they cannot."""
    if is_plain(key.text):
        return True
    hint = "a name is one word: letters, digits and underscores, not beginning with a digit"
    if key.text in ("and", "or", "not", "if"):
        hint = "the words and, or, not and if have a meaning of their own in formulas"
    desk.fault("bad-name", f"'{key.text}' cannot be the name of a {what}", key.span, hint)
    return False


_KEYS = ("value", "range", "about")


def _parameter(desk: Desk, key: Scalar, node: Node) -> Parameter | None:
    about, default = "", None
    if isinstance(node, Mapping):
        for part, value in node.entries:
            if part.text == "value":
                default = read_value(desk, value, f"the value of '{key.text}'")
            elif part.text == "about":
                about = desk.prose(value, "'about'")
            elif part.text != "range":
                hint = did_you_mean(part.text, _KEYS) or (
                    "a number per player is written {value: {France: 3, ...}}"
                )
                message = f"a parameter has no key '{part.text}'"
                desk.fault("unknown-key", message, part.span, hint)
        if all(part.text != "value" for part, _ in node.entries):
            message = f"the parameter '{key.text}' has no value"
            desk.fault("missing-value", message, key.span, "as in {value: 3, range: [0, 10]}")
    else:
        default = read_value(desk, node, f"the value of '{key.text}'")
    if default is None:
        return None
    return Parameter(key.text, default, about=about, file=desk.file, span=key.span)


def read_value(desk: Desk, node: Node, what: str) -> Value | None:
    """A number, or one per player or pair of players."""
    if not isinstance(node, Mapping):
        text = desk.text(node, what)
        return None if text is None else read_exactly(desk, text)
    entries: dict[tuple[str, ...], Fraction] = {}
    whole = True
    for key, value in desk.filled(node, what, "as in {France: 3, Britain: 4}"):
        keys = entry_keys(desk, key)
        text = desk.text(value, f"{what} for {key.text}")
        number = None if text is None else read_exactly(desk, text)
        if keys in entries or keys[::-1] in entries:
            message = f"the pair {key.text} has a number already"
            desk.fault("doubled-name", message, key.span, "a pairwise parameter is symmetric")
        elif number is None:
            whole = False
        else:
            entries[keys] = number
    return entries if entries and whole else None


def read_exactly(desk: Desk, text: Scalar) -> Fraction | None:
    """The number a text writes; None, and a fault, where it is none."""
    return desk.attempt(lambda: read_number(text.text, text.span_at))


def entry_keys(desk: Desk, key: Scalar) -> tuple[str, ...]:
    """``France``, or ``Japan - Korea``."""
    players = desk.scope.players
    if key.text in players:
        return (key.text,)
    for dash in (" - ", " – ", " — ", " − "):
        first, found, second = key.text.partition(dash)
        if found:
            return (first.strip(), second.strip())
    return (key.text,)


def check_entries(desk: Desk, node: Node) -> None:
    """Per-player and pairwise values speak of players, and of all of them."""
    players = desk.scope.players
    for key, value in node.entries if isinstance(node, Mapping) and players else ():
        table = value
        if isinstance(value, Mapping):
            table = next((v for part, v in value.entries if part.text == "value"), value)
        if key.text not in desk.scope.parameters or not isinstance(table, Mapping):
            continue
        for entry, _ in table.entries:
            for name in entry_keys(desk, entry):
                if name not in players:
                    hint = did_you_mean(name, players)
                    message = f"there is no player '{name}'"
                    desk.fault("unknown-player", message, entry.span, hint)
        keys = desk.scope.parameters[key.text] or frozenset()
        missing = [player for player in players if (player,) not in keys]
        if missing and all(len(entry) == 1 for entry in keys):
            message = f"'{key.text}' has no number for {' and '.join(missing[:8])}"
            desk.fault("missing-entry", message, key.span)


def read_range(desk: Desk, node: Node) -> tuple[Expression | None, Expression | None] | None:
    """The ends of ``[0, 10]``; either may be an infinity, which is no end."""
    if not isinstance(node, Sequence) or len(node.items) != 2:
        desk.fault("range", "a range has two ends", node.span, "as in range: [0, 10]")
        return None
    ends: list[Expression | None] = []
    for item in node.items:
        infinite = isinstance(item, Scalar) and item.text.strip(" +-−.").casefold() in (
            "inf",
            "infinity",
            "∞",
        )
        ends.append(None if infinite else desk.formula(item, PLAIN, "the end of a range"))
    low, high = ends
    if isinstance(low, Number) and isinstance(high, Number) and low.value > high.value:
        message = f"no number is at least {to_text(low)} and at most {to_text(high)}"
        desk.fault("range", message, node.span, "the lower end comes first")
        return None
    return low, high


def with_ranges(desk: Desk, node: Node, parameters: list[Parameter]) -> list[Parameter]:
    """The parameters with the ranges the file gives them."""
    ranges = {}
    for key, value in node.entries if isinstance(node, Mapping) else ():
        for part, inner in value.entries if isinstance(value, Mapping) else ():
            if part.text == "range":
                ranges[key.text] = read_range(desk, inner)
    return [
        replace(parameter, low=ends[0], high=ends[1])
        if (ends := ranges.get(parameter.name))
        else parameter
        for parameter in parameters
    ]
