"""Players, strategies, parameters, definitions, assumptions and scenarios."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from alliance_games.exact.expression import Expression, is_plain
from alliance_games.exact.words import did_you_mean
from alliance_games.model.environments import Value
from alliance_games.model.parametric import MOST_PLAYERS, Assumption, Parameter
from alliance_games.reading.desk import Desk
from alliance_games.reading.formula import read_number
from alliance_games.reading.nodes import Mapping, Node, Scalar, Sequence
from alliance_games.reading.scope import ASSUMPTION, PLAIN


class Players:
    """The players; ``crowd`` is the parameter that says how many there are, or ''."""

    def __init__(self, names: tuple[str, ...] = (), crowd: str = "") -> None:
        self.names, self.crowd = names, crowd


def read_players(desk: Desk, node: Node, parameters: list[Parameter]) -> Players:
    """``[Alice, Jack]``, ``1000`` or the name of an integer parameter."""
    if isinstance(node, Scalar) and not node.quoted and node.text.strip():
        return _crowd(desk, node, parameters)
    names = desk.names(node, "'players'", "player")
    # With a name twice nobody can say who is meant by the rest of the file.
    whole = isinstance(node, Sequence) and len(names) == len(node.items)
    return Players(tuple(name.text for name in names)) if whole else Players()


def _crowd(desk: Desk, node: Scalar, parameters: list[Parameter]) -> Players:
    crowd, number = "", None
    for parameter in parameters:
        if parameter.name == node.text and isinstance(parameter.default, Fraction):
            crowd, number = node.text, parameter.default
    if number is None and not crowd and node.text[:1].isdigit():
        number = read_exactly(desk, node)
    if number is None:
        hint = did_you_mean(node.text, [parameter.name for parameter in parameters])
        hint = hint or f"write [{node.text}], a number, or the name of an integer parameter"
        desk.fault("players", "'players' is a list of names, or their number", node.span, hint)
        return Players()
    if number.denominator != 1 or not 1 <= number <= MOST_PLAYERS:
        code = "too-large" if number > MOST_PLAYERS else "players"
        message = f"there can be 1 to {MOST_PLAYERS:,} players, not {number}"
        desk.fault(code, message, node.span)
        return Players()
    return Players(tuple(map(str, range(1, int(number) + 1))), crowd)


def read_strategies(
    desk: Desk, node: Node, players: tuple[str, ...]
) -> tuple[tuple[str, ...], ...]:
    """One list for all players, or ``{Alice: [...], Jack: [...]}``; () where they are faulty."""
    if not isinstance(node, Mapping):
        names = tuple(name.text for name in desk.names(node, "'strategies'", "strategy"))
        return (names,) * len(players) if names else ()
    lists: dict[str, tuple[str, ...]] = {}
    whole = True
    for key, value in node.entries:
        player = desk.choose(key, players, "unknown-player", "player") if players else None
        names = tuple(
            name.text for name in desk.names(value, f"the strategies of {key.text}", "strategy")
        )
        whole = whole and bool(names)
        if player is not None:
            lists[player] = names
    missing = [player for player in players if player not in lists]
    if missing:
        message = f"the strategies of {' and '.join(missing)} are missing"
        desk.fault("missing-strategies", message, node.span)
    return tuple(lists[player] for player in players) if whole and not missing else ()


def names_in(node: Node) -> dict[str, None]:
    """All the texts of a list, or of lists by player, faulty or not."""
    if isinstance(node, Mapping):
        return {name: None for _, value in node.entries for name in names_in(value)}
    items = node.items if isinstance(node, Sequence) else (node,)
    return {item.text: None for item in items if isinstance(item, Scalar)}


# Parameters


def read_parameters(desk: Desk, node: Node) -> list[Parameter]:
    """The parameters; their ranges are read later, since they may name definitions."""
    found = []
    for key, value in desk.mapping(node, "'parameters'", "as in  stag: 4"):
        if not _is_a_name(desk, key, "parameter"):
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


def _is_a_name(desk: Desk, key: Scalar, what: str) -> bool:
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
    for key, value in desk.mapping(node, what):
        keys = _entry_keys(desk, key)
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


def _entry_keys(desk: Desk, key: Scalar) -> tuple[str, ...]:
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
            for name in _entry_keys(desk, entry):
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
    return ends[0], ends[1]


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


# Definitions, assumptions, scenarios


def read_definitions(desk: Desk, node: Node) -> None:
    """Into the scope; they are written out where they are used."""
    found: dict[str, Expression] = {}
    for key, value in desk.mapping(node, "'define'", "as in  gap: stag - rabbit"):
        if not _is_a_name(desk, key, "definition"):
            continue
        if key.text in desk.scope.parameters:
            message = f"'{key.text}' is a parameter already"
            desk.fault("doubled-name", message, key.span)
            continue
        text = desk.text(value, f"the definition of '{key.text}'")
        expression = None if text is None else desk.parsed(text)
        if expression is None:
            desk.scope.broken.add(key.text)
        else:
            found[key.text] = expression
    desk.scope.define(found)


def read_assumptions(desk: Desk, node: Node) -> tuple[Assumption, ...]:
    """Conditions, each true or false at given values."""
    found = []
    for item in desk.items(node, "'assume'", "as in [stag > rabbit, rabbit > 0]"):
        text = desk.text(item, "an assumption")
        if text is None:
            continue
        expression = desk.formula(text, ASSUMPTION, "an assumption")
        found.append(Assumption(expression, text.text.strip(), desk.file, text.span))
    return tuple(found)


class ScenarioNode:
    """A scenario as read: its name, with its place, its values and its note."""

    def __init__(self, name: Scalar) -> None:
        self.name = name
        self.values: dict[str, Value] = {}
        self.about = ""


def read_scenarios(desk: Desk, node: Node) -> list[ScenarioNode]:
    """Named settings of parameters: ``rich forest: {stag: 10}``."""
    found = []
    for key, value in desk.mapping(node, "'scenarios'", "as in  rich forest: {stag: 10}"):
        scenario = ScenarioNode(key)
        found.append(scenario)
        if isinstance(value, Scalar) and not value.text.strip():
            continue
        for name, inner in desk.mapping(value, f"the scenario '{key.text}'", "as in {stag: 10}"):
            if name.text == "about" and "about" not in desk.scope.parameters:
                scenario.about = desk.prose(inner, "'about'")
            else:
                _setting(desk, scenario, name, inner)
    return found


def _setting(desk: Desk, scenario: ScenarioNode, name: Scalar, node: Node) -> None:
    parameters = desk.scope.parameters
    if isinstance(node, Mapping) and any(key.text == "value" for key, _ in node.entries):
        for key, inner in node.entries:
            if key.text == "value":
                node = inner
            elif key.text != "about":
                desk.unknown(key, ["value", "about"], "unknown-key", "key")
    bare, opened, rest = name.text.partition("[")
    if opened and name.text.endswith("]"):
        _entry_setting(desk, scenario, name, bare.strip(), rest[:-1], node)
        return
    if name.text not in parameters:
        if name.text not in desk.scope.broken:
            hint = "a definition cannot be set" if name.text in desk.scope.definitions else ""
            desk.unknown(name, list(parameters), "unknown-parameter", "parameter", hint)
        return
    value = read_setting(desk, name, node)
    if value is None:
        return
    before = scenario.values.get(name.text)
    if isinstance(before, dict) and isinstance(value, dict):
        value = {**before, **value}
    scenario.values[name.text] = value


def read_setting(desk: Desk, name: Scalar, node: Node) -> Value | None:
    """A new value of a declared parameter; its entries are known ones."""
    value = read_value(desk, node, f"the value of '{name.text}'")
    if value is not None:
        _check_setting(desk, name, value)
    return value


def _entry_setting(
    desk: Desk, scenario: ScenarioNode, name: Scalar, bare: str, keys: str, node: Node
) -> None:
    """``power[France]: 3`` in a scenario."""
    parameters = desk.scope.parameters
    if bare not in parameters:
        hint = did_you_mean(bare, parameters)
        desk.fault("unknown-parameter", f"there is no parameter '{bare}'", name.span, hint)
        return
    entry = tuple(part.strip(" \"'“”") for part in keys.split(","))
    number = read_value(desk, node, f"the value of '{name.text}'")
    if isinstance(number, Fraction):
        value = {entry: number}
        _check_setting(desk, name, value, bare)
        before = scenario.values.get(bare, {})
        scenario.values[bare] = {**before, **value} if isinstance(before, dict) else value


def _check_setting(desk: Desk, name: Scalar, value: Value, bare: str = "") -> None:
    entries = desk.scope.parameters[bare or name.text]
    if isinstance(value, Fraction):
        return
    if entries is None:
        message = f"'{bare or name.text}' is one number, without entries"
        desk.fault("unknown-entry", message, name.span)
        return
    for keys in value:
        if keys not in entries and keys[::-1] not in entries:
            shown = ", ".join(keys)
            hint = did_you_mean(shown, [", ".join(entry) for entry in entries])
            message = f"'{bare or name.text}' has no entry [{shown}]"
            desk.fault("unknown-entry", message, name.span, hint)
