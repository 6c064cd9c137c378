"""The body ``signalling``: one player's type, a message about it, and another's response."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from alliance_games.exact.expression import Expression
from alliance_games.exact.words import listed
from alliance_games.model.trees import TreeBody
from alliance_games.reading.contexts import CHANCE, SIGNALLED, ZERO
from alliance_games.reading.desk import Desk, split_names
from alliance_games.reading.endings import Ending, Endings
from alliance_games.reading.nodes import Mapping, Node, Scalar
from alliance_games.reading.situations import Situation, written_out
from alliance_games.reading.tree import MOST_NODES
from alliance_games.reading.unfolding import Draw, Leaf, Turn, unfolded

KEYS = ("sender", "types", "messages", "receiver", "responses", "payoffs")
"""The parts of a signalling game, in the order of reading aloud."""

_EXAMPLES = {
    "sender": "as in  sender: Ally",
    "types": "as in  types: {Committed: q, Uncommitted: 1 - q}",
    "messages": "as in  messages: [Treaty, No treaty]",
    "receiver": "as in  receiver: Adversary",
    "responses": "as in  responses: [Attack, Desist]",
    "payoffs": "a formula under each player's name, over type, message and response",
}

Plays = tuple[str, ...]
"""A type, a message and, unless the message ends the game, a response."""


class Header:
    """Who sends and who receives, and the names of types, messages and responses.

    ``types`` hold each name with what stands under it, its probability; ``whole`` is False where
    a part is missing or faulty, and the rest is read for its faults alone.
    """

    def __init__(self) -> None:
        self.parts: dict[str, tuple[Scalar, Node]] = {}
        self.sender, self.receiver = "", ""
        self.types: list[tuple[Scalar, Node]] = []
        self.messages: tuple[str, ...] = ()
        self.responses: dict[str, tuple[str, ...]] = {}
        self.whole = True

    @property
    def named(self) -> bool:
        """Whether formulas can be read: there are types, messages and responses to speak of."""
        return bool(self.types and self.messages and any(self.responses.values()))

    def plays(self) -> Iterator[Plays]:
        """Every way the game can be played, in the order of the file."""
        for (kind, _), message in product(self.types, self.messages):
            for response in self.responses.get(message, ()):
                yield kind.text, message, response
            if not self.responses.get(message):
                yield kind.text, message


def read_header(desk: Desk, at: Scalar, node: Node) -> Header:
    """All but the probabilities and the payoffs, and formulas told the names."""
    header = Header()
    for key, value in desk.filled(node, "'signalling'", _EXAMPLES["sender"]):
        if desk.choose(key, KEYS, "unknown-key", "part of a signalling game") is not None:
            header.parts[key.text] = (key, value)
        else:
            header.whole = False
    for part in KEYS:
        if part not in header.parts and isinstance(node, Mapping) and node.entries:
            header.whole = False
            message = f"the signalling game has no '{part}'"
            desk.fault("missing-key", message, at.span, _EXAMPLES[part])
    header.sender = _name(desk, header, "sender")
    header.receiver = _name(desk, header, "receiver")
    if header.sender and header.sender == header.receiver:
        header.whole = False
        message = f"{header.sender} cannot be both the sender and the receiver"
        desk.fault("one-player", message, header.parts["receiver"][1].span, _EXAMPLES["receiver"])
    if "types" in header.parts:
        header.types = read_types_of(desk, header.parts["types"][1], header.sender or "the sender")
        header.whole = header.whole and bool(header.types)
    if "messages" in header.parts:
        node = header.parts["messages"][1]
        header.messages = tuple(name.text for name in desk.names(node, "'messages'", "message"))
        header.whole = header.whole and bool(header.messages)
    if "responses" in header.parts:
        _responses(desk, header, header.parts["responses"][1])
    answers = tuple(dict.fromkeys(each for own in header.responses.values() for each in own))
    kinds = tuple(kind.text for kind, _ in header.types)
    desk.scope.words = {"type": kinds, "message": header.messages, "response": answers}
    desk.scope.types = {header.sender: kinds} if header.sender else {}
    desk.scope.strategies = dict.fromkeys((*header.messages, *answers, *kinds))
    return header


def _name(desk: Desk, header: Header, key: str) -> str:
    if key not in header.parts:
        return ""
    found = desk.text(header.parts[key][1], f"'{key}'")
    header.whole = header.whole and found is not None
    return found.text if found is not None else ""


def read_types_of(desk: Desk, node: Node, whose: str) -> list[tuple[Scalar, Node]]:
    """The names of one player's types, each with the probability under it."""
    entries = list(node.entries) if isinstance(node, Mapping) else []
    if not entries:
        message = f"the types of {whose} have no probabilities"
        desk.fault("no-prior", message, node.span, "as in {Committed: 1/2, Uncommitted: 1/2}")
    alike: dict[str, str] = {}
    for key, _ in entries:
        other = alike.setdefault(key.text.casefold(), key.text)
        if other != key.text:
            message = f"the types '{other}' and '{key.text}' differ only by case"
            desk.warn("similar-names", message, key.span)
    return entries


def probability_of(desk: Desk, kind: Scalar, node: Node) -> Expression:
    """The formula under a type's name."""
    if isinstance(node, Scalar) and not node.text.strip():
        message = f"the type '{kind.text}' has no probability"
        desk.fault("no-prior", message, kind.span, f"as in  {kind.text}: 1/2")
        return ZERO
    return desk.formula(node, CHANCE, f"the probability of '{kind.text}'")


def _responses(desk: Desk, header: Header, node: Node) -> None:
    """One list for all messages, or a list by message; a message left out is not answered."""
    if not isinstance(node, Mapping):
        names = tuple(name.text for name in desk.names(node, "'responses'", "response"))
        header.responses = dict.fromkeys(header.messages, names)
        header.whole = header.whole and bool(names)
        return
    for key, value in desk.filled(node, "'responses'", _EXAMPLES["responses"]):
        names = tuple(
            n.text for n in desk.names(value, f"the responses to '{key.text}'", "response")
        )
        if desk.choose(key, header.messages, "unknown-message", "message") is None:
            header.whole = False
        header.responses[key.text] = names
        header.whole = header.whole and bool(names)


def read_signalling(
    desk: Desk, at: Scalar, header: Header, players: tuple[str, ...], endings: Endings
) -> TreeBody | None:
    """The signalling game as a tree; None where it cannot be made."""
    for role, name in (("sender", header.sender), ("receiver", header.receiver)):
        if name and name not in players:
            scalar = header.parts[role][1]
            assert isinstance(scalar, Scalar)
            desk.unknown(scalar, list(players), "unknown-player", "player")
            header.whole = False
    prior = tuple([probability_of(desk, kind, node) for kind, node in header.types])
    if not header.named or _is_too_large(desk, at, header):
        return None
    paid = _payoffs(desk, header, players, endings)
    if paid is None or not header.whole:
        return None
    kinds = tuple(kind.text for kind, _ in header.types)
    sender, receiver = players.index(header.sender), players.index(header.receiver)

    def expand(state: object) -> Leaf | Turn | Draw:
        assert isinstance(state, tuple)
        if not state:
            return Draw(kinds, prior, [(kind,) for kind in kinds])
        if len(state) == 1:
            then = [(*state, message) for message in header.messages]
            return Turn(sender, state[0], header.messages, then)
        answers = header.responses.get(state[1], ())
        if len(state) == 2 and answers:
            return Turn(receiver, state[1], answers, [(*state, each) for each in answers])
        return Leaf(*paid[state])

    _idle_messages(desk, header, paid)
    span = header.parts["types"][0].span
    return unfolded(players, (), expand, span, ((prior, span),))


def _is_too_large(desk: Desk, at: Scalar, header: Header) -> bool:
    """Whether the tree would be; noted before anything is written out."""
    types, messages = len(header.types), len(header.messages)
    answers = sum(len(header.responses.get(message, ())) for message in header.messages)
    number = 1 + types * (1 + messages + answers)
    if number <= MOST_NODES:
        return False
    message = f"the tree has {number:,} nodes, and may have {MOST_NODES:,}"
    desk.fault("too-large", message, at.span, "leave out types, messages or responses")
    return True


def _payoffs(
    desk: Desk, header: Header, players: tuple[str, ...], endings: Endings
) -> dict[Plays, Ending] | None:
    """What every way of playing pays; None where it is not all known."""
    if "payoffs" not in header.parts:
        return None
    at, node = header.parts["payoffs"]
    entries = desk.filled(node, "'payoffs'", _EXAMPLES["payoffs"])
    if not entries:
        return None
    if {key.text for key, _ in entries} & {"each", *players}:
        return _by_formula(desk, at, entries, header, players)
    return _by_table(desk, at, entries, header, endings)


def _by_formula(
    desk: Desk,
    at: Scalar,
    entries: list[tuple[Scalar, Node]],
    header: Header,
    players: tuple[str, ...],
) -> dict[Plays, Ending] | None:
    own: dict[str, Expression] = {}
    for key, value in entries:
        if desk.choose(key, ["each", *players], "unknown-player", "player") is not None:
            own[key.text] = desk.formula(value, SIGNALLED, "a payoff")
    missing = [player for player in players if player not in own and "each" not in own]
    if missing:
        hint = "'each:' is the formula of all players who have none of their own"
        message = f"there is no formula for {listed(missing)}"
        desk.fault("missing-formula", message, at.span, hint)
        return None
    formulas = [own[player] if player in own else own["each"] for player in players]
    return {
        plays: (
            tuple([written_out(each, _situation(desk, header, plays)) for each in formulas]),
            "",
        )
        for plays in header.plays()
    }


def _situation(desk: Desk, header: Header, plays: Plays) -> Situation:
    said = dict(zip(("type", "message", "response"), (*plays, "")[:3], strict=True))
    words = {word: name for word, name in said.items() if word not in desk.scope.known_names()}
    return Situation(words, {header.sender: plays[0]})


def _by_table(
    desk: Desk,
    at: Scalar,
    entries: list[tuple[Scalar, Node]],
    header: Header,
    endings: Endings,
) -> dict[Plays, Ending] | None:
    found: dict[Plays, tuple[Scalar, Ending]] = {}
    unread = 0
    for key, value in entries:
        plays = _plays_of(desk, key, header)
        payoffs, outcome = endings.read(value, f"'{key.text}'")
        if plays is None:
            unread += 1
        elif plays in found:
            first = found[plays][0].span.line
            message = f"'{', '.join(plays)}' stands here twice"
            desk.fault("doubled-profile", message, key.span, f"the first is in line {first}")
        else:
            situation = _situation(desk, header, plays)
            written = tuple([written_out(each, situation) for each in payoffs])
            found[plays] = (key, (written, outcome))
    missing = [", ".join(plays) for plays in header.plays() if plays not in found]
    if missing and header.whole and len(missing) > unread:
        count = len(missing)
        what = f"{count} lines are" if count > 1 else "1 line is"
        message = f"{what} missing: {'; '.join(missing[:5])}{'; ...' if count > 5 else ''}"
        desk.fault("missing-profile", message, at.span, "each is written 'type, message, response'")
    return None if missing else {plays: ending for plays, (_, ending) in found.items()}


def _plays_of(desk: Desk, key: Scalar, header: Header) -> Plays | None:
    parts = split_names(key)
    known = (
        ("type", [kind.text for kind, _ in header.types]),
        ("message", list(header.messages)),
    )
    whole = len(parts) >= 2
    for part, (what, names) in zip(parts, known, strict=False):
        if part.text not in names:
            desk.unknown(part, names, f"unknown-{what}", what)
            whole = False
    answers = header.responses.get(parts[1].text, ()) if whole else ()
    wanted = 3 if answers else 2
    if len(parts) != wanted and (whole or len(parts) < 2):
        what = "a type, a message and a response" if wanted == 3 else "a type and a message"
        message = f"'{key.text}' has {len(parts)} part{'s' * (len(parts) != 1)}"
        desk.fault("profile-length", message, key.span, f"write {what}, separated by commas")
        return None
    if whole and answers and parts[2].text not in answers:
        desk.unknown(parts[2], list(answers), "unknown-response", "response")
        whole = False
    return tuple(part.text for part in parts) if whole else None


def _idle_messages(desk: Desk, header: Header, paid: dict[Plays, Ending]) -> None:
    """Warn of a message that nobody's payoff tells from one before it."""
    known: dict[tuple[object, ...], str] = {}
    written = {}
    node = header.parts["messages"][1]
    for name in desk.items(node, "'messages'"):
        if isinstance(name, Scalar):
            written[name.text] = name
    pays: dict[str, list[object]] = {message: [] for message in header.messages}
    for plays, (payoffs, _) in paid.items():
        pays[plays[1]].append((plays[0], *plays[2:], payoffs))
    for message in header.messages:
        first = known.setdefault(tuple(pays[message]), message)
        if first != message and message in written:
            text = f"'{message}' pays what '{first}' pays, whatever the type and the response"
            hint = "this is cheap talk; if it is not meant, let a payoff speak of 'message'"
            desk.warn("idle-message", text, written[message].span, hint)
