"""The key ``bargaining``: the game beside it is a set of outcomes that two players can agree on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alliance_games.exact.expression import Expression
from alliance_games.exact.words import listed
from alliance_games.model.bargaining import GIVEN, MAXMIN, NASH, BargainingBody, Terms
from alliance_games.model.continuous import ContinuousBody
from alliance_games.model.formulas import NormalFormulas
from alliance_games.model.tables import NormalTable
from alliance_games.reading.contexts import Context
from alliance_games.reading.desk import Desk, split_names
from alliance_games.reading.nodes import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from alliance_games.model.parametric import Body

KEYS = ("disagreement", "free disposal", "weights", "discount", "first")
"""The parts of a bargain, in the order of reading aloud."""

TERMS = Context("in the terms of a bargain", own=True)

_EXAMPLES = {
    "disagreement": "as in  disagreement: 0, 0  (or an outcome, maxmin, or nash)",
    "free disposal": "yes or no",
    "weights": "as in  weights: 2, 1",
    "discount": "as in  discount: 9/10  or  discount: 9/10, 4/5",
    "first": "the player who proposes first",
}
_TRUTHS = {"yes": True, "true": True, "no": False, "false": False}


def read_bargaining(
    desk: Desk, at: Scalar, node: Node, body: Body | None, players: tuple[str, ...]
) -> Body | None:
    """The bargain over the outcomes or contracts of ``body``; None where it cannot be made."""
    terms = read_terms(desk, at, node, body, players)
    if body is None or terms is None:
        return None
    if not isinstance(body, NormalTable | NormalFormulas | ContinuousBody):
        what = {"extensive": "a tree", "normal": "ranked outcomes"}.get(body.kind, body.kind)
        message = f"'bargaining' stands beside payoffs in normal form or choices, not {what}"
        desk.fault("not-here", message, at.span, "outcomes are agreed on, whoever moves first")
        return None
    if isinstance(body, ContinuousBody):
        for name in sorted({str(symbol) for symbol in body.symbols} & set(players)):
            message = f"'{name}' is both a player and what is agreed on"
            desk.fault("bad-name", message, at.span, "call one of them otherwise")
            return None
    return BargainingBody(body.players, body, terms)


def read_terms(
    desk: Desk, at: Scalar, node: Node, body: Body | None, players: tuple[str, ...]
) -> Terms | None:
    """What stands under the key; None where it is not whole."""
    parts: dict[str, Node] = {}
    before = len(desk.problems.errors)
    for key, value in desk.filled(node, "'bargaining'", _EXAMPLES["disagreement"]):
        if desk.choose(key, KEYS, "unknown-key", "part of a bargain") is not None:
            parts[key.text] = value
    if len(players) != 2:
        message = f"two players bargain, and here are {len(players)}"
        desk.fault("players", message, at.span, "for more players see 'coalitions'")
        return None
    if "disagreement" not in parts and isinstance(node, Mapping) and node.entries:
        message = "what happens without agreement is missing"
        desk.fault("missing-key", message, at.span, _EXAMPLES["disagreement"])
    threat = GIVEN
    disagreement: tuple[Expression, ...] = ()
    profile: tuple[int, ...] = ()
    if "disagreement" in parts:
        threat, disagreement, profile = _disagreement(desk, parts["disagreement"], body, players)
    found = Terms(
        threat,
        disagreement,
        profile,
        _pair(desk, parts, "weights", players),
        _pair(desk, parts, "discount", players),
        _first(desk, parts, players),
        _truth(desk, parts),
        at.span,
    )
    return None if len(desk.problems.errors) > before else found


def _disagreement(
    desk: Desk, node: Node, body: Body | None, players: tuple[str, ...]
) -> tuple[str, tuple[Expression, ...], tuple[int, ...]]:
    """Where disagreement leads: a word, formulas, or the place of an outcome."""
    strategies = body.strategies if body is not None else ()
    if isinstance(node, Scalar) and node.text in (MAXMIN, NASH):
        if not strategies and body is not None:
            message = f"'{node.text}' is said of a game with strategies"
            desk.fault("not-here", message, node.span, "give the payoffs, as in 0, 0")
        return node.text, (), ()
    if names := _outcome(node, strategies):
        places = []
        for name, own, player in zip(names, strategies, players, strict=True):
            if desk.choose(name, own, "unknown-strategy", f"strategy of {player}") is not None:
                places.append(own.index(name.text))
        return "outcome", (), tuple(places)
    return GIVEN, _pair(desk, {"disagreement": node}, "disagreement", players), ()


def _outcome(node: Node, strategies: tuple[tuple[str, ...], ...]) -> list[Scalar]:
    """The names of an outcome, as ``[Defect, Defect]`` or ``Defect, Defect``; else nothing."""
    if isinstance(node, Sequence):
        names = [item for item in node.items if isinstance(item, Scalar)]
    else:
        names = split_names(node) if isinstance(node, Scalar) else []
    if len(names) != 2 or len(strategies) != 2:
        return []
    known = [name.text in own for name, own in zip(names, strategies, strict=True)]
    return names if any(known) else []


def _pair(
    desk: Desk, parts: dict[str, Node], what: str, players: tuple[str, ...]
) -> tuple[Expression, ...]:
    """A formula for each player, or one for both. Nothing where it is left out."""
    if what not in parts:
        return ()
    node = parts[what]
    if isinstance(node, Mapping):
        return _by_player(desk, node, what, players)
    if isinstance(node, Sequence):
        found = tuple([desk.formula(item, TERMS, f"'{what}'") for item in node.items])
    elif (text := desk.text(node, f"'{what}'")) is not None:
        found = desk.formulas(text, TERMS) or ()
    else:
        return ()
    if len(found) == 1:
        found *= 2
    if len(found) != 2 and found:
        message = f"'{what}' has {len(found)} numbers for two players"
        desk.fault("payoff-count", message, node.span, _EXAMPLES[what])
    return found


def _by_player(
    desk: Desk, node: Node, what: str, players: tuple[str, ...]
) -> tuple[Expression, ...]:
    own: dict[str, Expression] = {}
    for key, value in desk.filled(node, f"'{what}'", _EXAMPLES[what]):
        if desk.choose(key, players, "unknown-player", "player") is not None:
            own[key.text] = desk.formula(value, TERMS, f"'{what}'")
    missing = [player for player in players if player not in own]
    if missing and own:
        message = f"'{what}' says nothing of {listed(missing)}"
        desk.fault("missing-formula", message, node.span, _EXAMPLES[what])
    return tuple(own.values()) if missing else tuple(own[player] for player in players)


def _first(desk: Desk, parts: dict[str, Node], players: tuple[str, ...]) -> int:
    if "first" not in parts:
        return 0
    name = desk.text(parts["first"], "'first'")
    if name is None or desk.choose(name, players, "unknown-player", "player") is None:
        return 0
    return players.index(name.text)


def _truth(desk: Desk, parts: dict[str, Node]) -> bool:
    if "free disposal" not in parts:
        return False
    word = desk.text(parts["free disposal"], "'free disposal'")
    if word is not None and word.text not in _TRUTHS:
        message = f"'free disposal' is yes or no, not '{word.text}'"
        desk.fault("wrong-shape", message, word.span)
    return word is not None and _TRUTHS.get(word.text, False)
