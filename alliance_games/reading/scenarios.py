"""Scenarios: named settings of the parameters."""

from __future__ import annotations

from fractions import Fraction

from alliance_games.exact.words import did_you_mean
from alliance_games.model.environments import Value
from alliance_games.reading.desk import Desk
from alliance_games.reading.nodes import Mapping, Node, Scalar
from alliance_games.reading.parameters import read_value


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
