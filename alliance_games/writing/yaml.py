"""A game without parameters as a file of our own format, for a reader to go on with.

Read back, the text gives an equal game, but for what a file of constants does not carry: that
payoffs are approximations, or mean only an order; names of chance moves; outcomes of one name with
different payoffs get numbers. In a file a label belongs to one player: a label that several players
have gets a number for the later ones.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from alliance_games.exact.notation import quoted as in_formula
from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.extensive import CHANCE, TERMINAL, ExtensiveGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Payoffs
from alliance_games.writing import Unfit
from alliance_games.writing.nfg import spelled_out

DEEPEST = 48
"""The most moves in a row that a file holds: two brackets each, of a hundred that are read."""

MOST_PROFILES = 200_000
MOST_NODES = 500_000

_PLAIN = re.compile(r"[^\W\d](?:[\w ]*\w)?")
_WORDS = re.compile(r"\w(?:[\w ]*\w)?", re.ASCII)
_ENDS = ('""', "''", "“”", "‘’", "«»")


def to_yaml(
    game: NormalGame | AnonymousGame | ExtensiveGame, title: str = "", about: str = ""
) -> str:
    """The text of a game file; raises Unfit for names or sizes that a file cannot hold."""
    if isinstance(game, AnonymousGame):
        game = spelled_out(game)
    _check_names(game.players, "player", ("chance", "each"))
    lines = [f"game: {scalar(title or f'A {game.kind} game')}"]
    if about:
        lines.append(f"about: {scalar(about)}")
    lines.append(f"players: {_sequence(game.players)}")
    lines += _table(game) if isinstance(game, NormalGame) else _tree(game)
    return "\n".join(lines) + "\n"


def scalar(text: str) -> str:
    """A text as YAML holds it: plain where it is plain words, else in double quotes."""
    return text if _PLAIN.fullmatch(text) and text.isascii() else json.dumps(text)


def _sequence(names: Iterable[str]) -> str:
    return "[" + ", ".join(map(scalar, names)) + "]"


def _payoffs(payoffs: Sequence[Fraction]) -> str:
    return "[" + ", ".join(map(str, payoffs)) + "]"


def _check_names(names: Iterable[str], of: str, reserved: tuple[str, ...] = ()) -> None:
    for name in names:
        fits = name == name.strip() and len(name.splitlines()) == 1 and name not in reserved
        if not fits or (name[0] + name[-1] in _ENDS and len(name) > 1):
            raise Unfit(f"a file of ours cannot hold the name {name!r} of a {of}")
        try:
            in_formula(name)
        except ValueError as error:
            raise Unfit(str(error)) from error


class _Outcomes:
    """The names of outcomes with their payoffs, each name with one."""

    def __init__(self) -> None:
        self.payoffs: dict[str, Payoffs] = {}

    def leaf(self, name: str, payoffs: Payoffs) -> str:
        """What stands at an ending: the outcome's name, or the payoffs."""
        if not name:
            return _payoffs(payoffs)
        _check_names([name], "outcome")
        told, number = name, 1
        while self.payoffs.setdefault(told, payoffs) != payoffs:
            number += 1
            told = f"{name} ({number})"
        return scalar(told)

    def lines(self) -> list[str]:
        if not self.payoffs:
            return []
        named = (f"  {scalar(name)}: {_payoffs(own)}" for name, own in self.payoffs.items())
        return ["outcomes:", *named]


# Normal form


def _table(game: NormalGame) -> list[str]:
    if game.size > MOST_PROFILES:
        raise Unfit(f"the table has {game.size:,} profiles; a file lists at most {MOST_PROFILES:,}")
    for own in game.strategies:
        _check_names(own, "strategy")
    lines = ["strategies:"]
    for player, own in zip(game.players, game.strategies, strict=True):
        lines.append(f"  {scalar(player)}: {_sequence(own)}")
    outcomes = _Outcomes()
    body = ["payoffs:"]
    names = [[_in_a_profile(name) for name in own] for own in game.strategies]
    for place, profile in enumerate(game.profiles()):
        written = ", ".join(own[index] for own, index in zip(names, profile, strict=True))
        name = game.outcomes[place] if game.outcomes else ""
        leaf = outcomes.leaf(name, game.payoffs(profile))
        key = written if re.fullmatch(r"[\w, ]+", written, re.ASCII) else json.dumps(written)
        body.append(f"  {key}: {leaf}")
    return [*lines, *outcomes.lines(), *body]


def _in_a_profile(name: str) -> str:
    """A strategy's name among others: in quotes where it could be cut, or be taken for a word."""
    return name if _WORDS.fullmatch(name) and name != "each" else in_formula(name)


# Extensive form


def _tree(game: ExtensiveGame) -> list[str]:
    if game.size > MOST_NODES:
        raise Unfit(f"the tree has {game.size:,} nodes; a file holds at most {MOST_NODES:,}")
    for one in game.sets:
        _check_names(one.actions, "branch" if one.player == CHANCE else "action")
    movers = _movers(game)
    if game.set_of[0] == TERMINAL:
        raise Unfit("a tree in which nobody moves is no game of a file")
    outcomes = _Outcomes()
    body = list(_nodes(game, movers, outcomes))
    return [*outcomes.lines(), "tree:", *body]


def _movers(game: ExtensiveGame) -> list[str]:
    """Who moves in each set, with the label where it has one."""
    taken: dict[str, int] = {}
    movers = []
    for index, one in enumerate(game.sets):
        if one.player == CHANCE:
            movers.append("chance")
            continue
        player, label = game.players[one.player], one.label
        if "@" in player:
            raise Unfit(
                f"a tree in a file cannot hold the name {player!r} of a player: '@' is a sign"
            )
        if not label and len(game.nodes_of[index]) > 1:
            label = f"set {index + 1}"
        if label:
            _check_names([label], "information set")
            number, told = 1, label
            while taken.setdefault(told, index) != index:
                number += 1
                told = f"{label} ({number})"
            movers.append(_at(player, told))
        else:
            movers.append(scalar(player))
    return movers


def _at(player: str, label: str) -> str:
    text = f"{player} @ {label}"
    plain = scalar(player) == player and re.fullmatch(r"[\w ]+", label) and label.isascii()
    return text if plain else json.dumps(text)


def _nodes(game: ExtensiveGame, movers: list[str], outcomes: _Outcomes) -> Iterator[str]:
    """The lines of the tree, in prefix order."""
    waiting: list[tuple[int, int, str]] = [(0, 0, "")]
    while waiting:
        node, depth, action = waiting.pop()
        if depth > DEEPEST:
            raise Unfit(f"the tree is more than {DEEPEST} moves deep, which no file holds")
        index = game.set_of[node]
        branch = "  " * (2 * depth)
        if index == TERMINAL:
            name = game.outcomes[game.terminal[node]] if game.outcomes else ""
            yield f"{branch}{action}: {outcomes.leaf(name, game.payoffs(node))}"
            continue
        if action:
            yield f"{branch}{action}:"
        yield f"{branch}  {movers[index]}:"
        chance = game.sets[index].player == CHANCE
        for child in reversed(game.children(node)):
            name = game.action_into(child)
            if chance:
                name = f"{name} ({game.probability(child)})"
                plain = re.fullmatch(r"[A-Za-z][\w ]* \([0-9/]+\)", name)
                waiting.append((child, depth + 1, name if plain else json.dumps(name)))
            else:
                waiting.append((child, depth + 1, scalar(name)))
