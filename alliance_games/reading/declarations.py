"""Players, strategies, definitions and assumptions."""

from __future__ import annotations

from fractions import Fraction

from alliance_games.exact.expression import Expression
from alliance_games.exact.words import did_you_mean
from alliance_games.model.parametric import MOST_PLAYERS, Assumption, Parameter
from alliance_games.reading.contexts import ASSUMPTION
from alliance_games.reading.desk import Desk
from alliance_games.reading.nodes import Mapping, Node, Scalar, Sequence
from alliance_games.reading.parameters import is_a_name, read_exactly


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


def read_definitions(desk: Desk, node: Node) -> None:
    """Into the scope; they are written out where they are used."""
    found: dict[str, Expression] = {}
    for key, value in desk.mapping(node, "'define'", "as in  gap: stag - rabbit"):
        if not is_a_name(desk, key, "definition"):
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
