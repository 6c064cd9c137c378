"""``coalitions`` in which each player only cares who is in her own: utilities, or rankings."""

from __future__ import annotations

from alliance_games.exact.expression import Expression
from alliance_games.exact.span import Span
from alliance_games.exact.words import listed
from alliance_games.model.hedonic import MOST_PLAYERS, HedonicBody, Ranking
from alliance_games.reading.contexts import UTILITY
from alliance_games.reading.desk import Desk, split_names, unquoted
from alliance_games.reading.nodes import Mapping, Node, Scalar, Sequence

KEYS = ("utility", "preferences")
"""The parts of a hedonic game: one of them."""

_UTILITY = "as in  utility: total(affinity) - size"
_RANKING = "best first, as in  France: ['France, Britain', France]"


def read_body(desk: Desk, at: Scalar, node: Node, players: tuple[str, ...]) -> HedonicBody | None:
    """The body; None where it cannot be made, and its faults noted."""
    parts: dict[str, tuple[Scalar, Node]] = {}
    whole = True
    for key, value in desk.filled(node, "'coalitions'", _UTILITY):
        if desk.choose(key, KEYS, "unknown-key", "part of a hedonic game") is None:
            whole = False
        else:
            parts[key.text] = (key, value)
    if len(parts) == 2:
        message = "players have utilities or rankings, not both"
        desk.fault("two-payoffs", message, parts["preferences"][0].span)
        return None
    if not parts:
        return None
    if len(players) > MOST_PLAYERS:
        message = f"there are {len(players)} players, and at most {MOST_PLAYERS} can be grouped"
        desk.fault("too-large", message, at.span, "every player cares about 2^(n - 1) coalitions")
        return None
    if "utility" in parts:
        formulas = _formulas(desk, *parts["utility"], players)
        return HedonicBody(players, formulas) if formulas and whole else None
    rankings = _rankings(desk, *parts["preferences"], players)
    return HedonicBody(players, rankings=rankings) if rankings and whole else None


def _formulas(
    desk: Desk, at: Scalar, node: Node, players: tuple[str, ...]
) -> tuple[Expression, ...] | None:
    """One formula for everybody, or one under each player's name (``each`` for the rest)."""
    if not isinstance(node, Mapping):
        formula = desk.formula(node, UTILITY, "'utility'")
        return (formula,) * len(players)
    found: dict[str, Expression] = {}
    for key, value in desk.filled(node, "'utility'", _UTILITY):
        formula = desk.formula(value, UTILITY, f"the utility of {key.text}")
        if key.text == "each" or desk.choose(key, players, "unknown-player", "player"):
            found[key.text] = formula
    missing = [player for player in players if player not in found]
    if missing and "each" not in found and found:
        message = f"there is no utility for {listed(missing)}"
        desk.fault("missing-payoff", message, at.span, "'each' is everybody else's")
        return None
    return tuple(found.get(player) or found["each"] for player in players) if found else None


def _rankings(
    desk: Desk, at: Scalar, node: Node, players: tuple[str, ...]
) -> tuple[Ranking, ...] | None:
    """Each player's ranking of the coalitions she is in; being alone comes last if left out."""
    found: dict[str, Ranking] = {}
    whole = True
    for key, value in desk.filled(node, "'preferences'", _RANKING):
        if desk.choose(key, players, "unknown-player", "player") is None:
            whole = False
            continue
        ranking = _ranking(desk, key, value, players)
        if ranking is None:
            whole = False
        else:
            found[key.text] = ranking
    missing = [player for player in players if player not in found]
    if missing and whole:
        message = f"there is no ranking for {listed(missing)}"
        desk.fault("missing-ranking", message, at.span, _RANKING)
    return None if missing or not whole else tuple(found[player] for player in players)


def _ranking(desk: Desk, key: Scalar, node: Node, players: tuple[str, ...]) -> Ranking | None:
    me = players.index(key.text)
    levels: list[tuple[int, ...]] = []
    seen: dict[int, Span] = {}
    whole = True
    for item in desk.items(node, f"the ranking of {key.text}", _RANKING):
        level: list[int] = []
        parts = _tied(desk, item)
        for part in parts:
            coalition = _coalition(desk, part, players, me)
            if coalition is None:
                whole = False
            elif coalition in seen:
                message = f"the coalition {_written(part)} is ranked twice"
                first = f"the first is in line {seen[coalition].line}"
                desk.fault("doubled-coalition", message, part[0].span, first)
                whole = False
            else:
                seen[coalition] = part[0].span
                level.append(coalition)
        whole = whole and bool(parts)
        levels.append(tuple(level))
    if not whole or not levels:
        return None
    if 1 << me not in seen:
        levels.append((1 << me,))
    return tuple(levels)


def _tied(desk: Desk, item: Node) -> list[list[Scalar]]:
    """``A, B = A, C``, or a list of names: the coalitions of one place, as their members' names."""
    if isinstance(item, Sequence):
        names = [desk.text(one, "a player") for one in item.items]
        if not names:
            desk.fault("empty", "a coalition is missing here", item.span, _RANKING)
        return [[name for name in names if name is not None]] if all(names) and names else []
    text = desk.text(item, "a coalition")
    if text is None:
        return []
    if ">" in text.text:
        chain = ", ".join(f'"{part.strip()}"' for part in text.text.split(">"))
        message = "a ranking is a list, best first"
        desk.fault("wrong-shape", message, text.span, f"write [{chain}]")
        return []
    parts, start = [], 0
    for position, character in enumerate(text.text):
        if character == "=":
            parts.append(text.part(start, position))
            start = position + 1
    parts.append(text.part(start, len(text.text)))
    if any(not part.text.strip("{} ") for part in parts):
        desk.fault("empty", "a coalition is missing here", text.span, _RANKING)
        return []
    return [_named(part) for part in parts]


def _named(text: Scalar) -> list[Scalar]:
    """``{France, Britain}``: the names, with or without the braces."""
    if text.text.startswith("{") and text.text.endswith("}"):
        text = text.part(1, len(text.text) - 1)
    return [unquoted(name) for name in split_names(text)]


def _written(names: list[Scalar]) -> str:
    return "{" + ", ".join(name.text for name in names) + "}"


def _coalition(desk: Desk, names: list[Scalar], players: tuple[str, ...], me: int) -> int | None:
    """The coalition of these names, the player whose ranking it is among them."""
    coalition, whole = 0, True
    for one in names:
        if desk.choose(one, players, "unknown-player", "player") is None:
            whole = False
            continue
        bit = 1 << players.index(one.text)
        if coalition & bit:
            message = f"'{one.text}' is named twice in one coalition"
            desk.fault("doubled-name", message, one.span)
            whole = False
        coalition |= bit
    if whole and not coalition >> me & 1:
        message = f"{players[me]} ranks a coalition without {players[me]}: {_written(names)}"
        desk.fault("not-a-member", message, names[0].span, _RANKING)
        return None
    return coalition if whole else None
