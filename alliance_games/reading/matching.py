"""The body ``matching``: two sides, each player's list of the other side, and quotas."""

from __future__ import annotations

from alliance_games.exact.expression import Expression
from alliance_games.exact.words import listed, nearest
from alliance_games.model.matching import MatchingBody, Ranked
from alliance_games.reading.contexts import OF_PAIR, OWN
from alliance_games.reading.desk import Desk, unquoted
from alliance_games.reading.nodes import Mapping, Node, Scalar, Sequence

ABOUT = ("quotas", "ties")
"""The parts of a matching besides its two sides, which have names of the file's own."""

MOST_PLAYERS = 400

_SIDES = "as in  patrons: {US: [Israel, Jordan]}  and  clients: {Israel: [US], Jordan: [US]}"
_LIST = "best first, as in  US: [Israel, Jordan]; those left out are not acceptable"


def sides_of(node: Node) -> list[tuple[Scalar, Mapping]]:
    """The keys that name sides, with what stands under them."""
    entries = node.entries if isinstance(node, Mapping) else ()
    return [
        (key, value)
        for key, value in entries
        if isinstance(value, Mapping) and key.text not in ABOUT
    ]


def matched_players(desk: Desk, node: Node) -> tuple[str, ...]:
    """Everybody on the two sides, where ``players`` is left out."""
    if not sides_of(node) and desk.filled(node, "'matching'", _SIDES):
        message = "a matching has two sides, and here are none"
        desk.fault("sides", message, node.span, _SIDES)
    names = [key.text for _, side in sides_of(node) for key, _ in side.entries]
    return tuple(dict.fromkeys(names))


def read_body(desk: Desk, at: Scalar, node: Node, players: tuple[str, ...]) -> MatchingBody | None:
    """The body; None where it cannot be made, and its faults noted."""
    entries = desk.filled(node, "'matching'", _SIDES)
    about: dict[str, tuple[Scalar, Node]] = {}
    sides: list[tuple[Scalar, Mapping]] = []
    whole = bool(entries)
    for key, value in entries:
        if key.text in ABOUT:
            about[key.text] = (key, value)
        elif not isinstance(value, Mapping) or not value.entries:
            whole = False
            if (meant := nearest(key.text, ABOUT)) is not None:
                message = f"a matching has no part '{key.text}'"
                desk.fault("unknown-key", message, key.span, f"did you mean '{meant}'?")
            else:
                desk.filled(value, f"the side '{key.text}'", _SIDES)
        else:
            sides.append((key, value))
    if whole and len(sides) != 2:
        names = listed(key.text for key, _ in sides) or "none"
        message = f"a matching has two sides, and here are {len(sides)}: {names}"
        desk.fault("sides", message, sides[2][0].span if len(sides) > 2 else at.span, _SIDES)
        whole = False
    ties = _ties(desk, about["ties"][1]) if "ties" in about else False
    if not whole or not _everybody(desk, sides, players):
        return None
    if len(players) > MOST_PLAYERS:
        message = f"there are {len(players):,} players, and at most {MOST_PLAYERS} fit"
        desk.fault("too-large", message, at.span)
        return None
    return _body(desk, sides, about, ties)


def _everybody(desk: Desk, sides: list[tuple[Scalar, Mapping]], players: tuple[str, ...]) -> bool:
    """Whether each player is on one side."""
    seen: dict[str, Scalar] = {}
    whole = True
    for _, side in sides:
        for key, _ in side.entries:
            if key.text in seen:
                desk.fault("doubled-name", f"'{key.text}' is on both sides", key.span)
                whole = False
            elif desk.choose(key, players, "unknown-player", "player") is None:
                whole = False
            seen[key.text] = key
    missing = [player for player in players if player not in seen]
    if missing:
        verb = "is" if len(missing) == 1 else "are"
        span = sides[0][0].span
        desk.fault("missing-entry", f"{listed(missing)} {verb} on no side", span, _SIDES)
    return whole and not missing


def _body(
    desk: Desk,
    sides: list[tuple[Scalar, Mapping]],
    about: dict[str, tuple[Scalar, Node]],
    ties: bool,
) -> MatchingBody | None:
    names = [[key.text for key, _ in side.entries] for _, side in sides]
    order = (*names[0], *names[1])
    desk.scope.sides = (frozenset(names[0]), frozenset(names[1]))
    ranked: list[Ranked] = []
    whole = True
    for place, (_, side) in enumerate(sides):
        for key, value in side.entries:
            one = _ranked(desk, key, value, names[1 - place], order)
            whole = whole and one is not None
            ranked.append(one or Ranked())
    quotas = _quotas(desk, about["quotas"], order) if "quotas" in about else {}
    if not whole:
        return None
    return MatchingBody(
        order,
        (sides[0][0].text, sides[1][0].text),
        len(names[0]),
        tuple(ranked),
        tuple(quotas.get(name) for name in order),
        ties,
    )


def _ranked(
    desk: Desk, key: Scalar, node: Node, others: list[str], order: tuple[str, ...]
) -> Ranked | None:
    """A list of names, best first, or a formula of a partner's worth."""
    if isinstance(node, Scalar) and node.text.partition(">")[0].strip() in others:
        if ">" in node.text:
            chain = ", ".join(part.strip() for part in node.text.split(">"))
            message = f"the list of {key.text} is a list, best first"
            desk.fault("wrong-shape", message, node.span, f"write [{chain}]")
            return None
    elif isinstance(node, Scalar):
        formula = desk.formula(node, OF_PAIR, f"what {key.text} wants")
        return Ranked(formula=formula, span=node.span)
    if isinstance(node, Sequence) and not node.items:
        return Ranked(span=node.span)  # nobody is acceptable
    places: list[tuple[int, ...]] = []
    seen: set[str] = set()
    whole = True
    for item in desk.items(node, f"the list of {key.text}", _LIST):
        text = desk.text(item, "the name of a player")
        tied: list[int] = []
        for part in _tied(text) if text is not None else ():
            if part.text in order and part.text not in others:
                message = f"{part.text} is on the side of {key.text}"
                desk.fault("unknown-player", message, part.span, _LIST)
                whole = False
            elif desk.choose(part, others, "unknown-player", "player on the other side") is None:
                whole = False
            elif part.text in seen:
                desk.fault("doubled-name", f"'{part.text}' is listed twice", part.span)
                whole = False
            else:
                seen.add(part.text)
                tied.append(order.index(part.text))
        whole = whole and text is not None
        places.append(tuple(sorted(tied)))
    return Ranked(tuple(places), span=node.span) if whole and places else None


def _tied(text: Scalar) -> list[Scalar]:
    """``Jordan = Egypt``: the players of one place."""
    parts, start = [], 0
    for position, character in enumerate(text.text):
        if character == "=":
            parts.append(unquoted(text.part(start, position)))
            start = position + 1
    return [*parts, unquoted(text.part(start, len(text.text)))]


def _quotas(
    desk: Desk, quotas: tuple[Scalar, Node], order: tuple[str, ...]
) -> dict[str, Expression]:
    found = {}
    for key, value in desk.filled(quotas[1], "'quotas'", "as in  quotas: {US: 2}"):
        formula = desk.formula(value, OWN, f"the quota of {key.text}")
        if desk.choose(key, order, "unknown-player", "player") is not None:
            found[key.text] = formula
    return found


def _ties(desk: Desk, node: Node) -> bool:
    text = desk.text(node, "'ties'")
    if text is not None and text.text.strip() != "in order":
        desk.unknown(text, ["in order"], "unknown-value", "way to break ties")
    return text is not None
