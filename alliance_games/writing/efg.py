"""A game tree in Gambit's format .efg, with exact rationals.

The nodes stand in prefix order, one a line, each with its information set and its outcome in full,
as Gambit 16 itself writes them. Read back, the text gives an equal game, but for what the format or
its reader does not carry: that payoffs are approximations; names of chance moves that are shared;
line breaks in names; and an information set without a label stays without only where it holds one
node, at most 30 moves deep (Gambit numbers sets, and others are called by their number).
"""

from __future__ import annotations

from collections.abc import Iterator

from alliance_games.model.extensive import CHANCE, TERMINAL, ExtensiveGame
from alliance_games.model.profiles import Payoffs
from alliance_games.writing.gambit import heading, listed, quoted


def to_efg(game: ExtensiveGame, title: str = "", comment: str = "") -> str:
    """The text of an .efg file."""
    lines = [heading("EFG 2", title, game.players), quoted(comment), ""]
    sets = _sets(game)
    lines += _nodes(game, sets)
    return "\n".join(lines) + "\n"


def _sets(game: ExtensiveGame) -> list[str]:
    """What a node says of each information set; a chance move's probabilities too."""
    numbers = dict.fromkeys(range(CHANCE, len(game.players)), 0)
    texts = []
    for index, one in enumerate(game.sets):
        numbers[one.player] += 1
        number = numbers[one.player]
        if one.player != CHANCE:
            text = f'p "" {one.player + 1} {number} {quoted(one.label)} {listed(one.actions)} 0'
        else:
            branches = game.children(game.nodes_of[index][0])
            events = " ".join(
                f"{quoted(action)} {game.probability(child)}"
                for action, child in zip(one.actions, branches, strict=True)
            )
            text = f'c "" {number} {quoted(one.label)} {{ {events} }} 0'
        texts.append(text)
    return texts


def _nodes(game: ExtensiveGame, sets: list[str]) -> Iterator[str]:
    """The lines of the nodes, in prefix order."""
    outcomes: dict[tuple[str, Payoffs], str] = {}
    waiting = [0]
    while waiting:
        node = waiting.pop()
        if game.set_of[node] != TERMINAL:
            waiting.extend(reversed(game.children(node)))
            yield sets[game.set_of[node]]
            continue
        name = game.outcomes[game.terminal[node]] if game.outcomes else ""
        key = (name, game.payoffs(node))
        if key not in outcomes:
            payoffs = ", ".join(map(str, key[1]))
            outcomes[key] = f't "" {len(outcomes) + 1} {quoted(name)} {{ {payoffs} }}'
        yield outcomes[key]
