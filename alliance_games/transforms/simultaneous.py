"""A game in normal form as a tree: the players move one after the other, and none sees anything.

Each player has one information set, in which she does not know what the others before her chose
(von Neumann and Morgenstern 1944, section 12; Kuhn 1953). The normal form of the tree is the game.
"""

from __future__ import annotations

from array import array

from alliance_games.model.extensive import TERMINAL, ExtensiveGame, InformationSet
from alliance_games.model.normal import NormalGame


def simultaneous_tree(game: NormalGame) -> ExtensiveGame:
    """The tree in which the players choose their strategies unseen, the first player first.

    Its endings follow each other as the profiles of the game do. A set of one node, the first
    player's, has no label; the others are called ``<player>'s choice``.
    """
    sets = tuple(
        InformationSet(player, actions, f"{name}'s choice" if level > 1 else "")
        for player, name, actions, level in _levels(game)
    )
    set_of, first_child, terminal = array("q"), array("q"), array("q")
    known = 1
    for player, _, actions, level in _levels(game):
        for _ in range(level):
            set_of.append(player)
            first_child.append(known)
            terminal.append(-1)
            known += len(actions)
    set_of.extend([TERMINAL] * game.size)
    first_child.extend([known] * (game.size + 1))
    terminal.extend(range(game.size))
    assert len(set_of) == known, "a level of the tree for each player, and the endings"
    return ExtensiveGame(
        game.players,
        sets,
        set_of,
        first_child,
        [0] * known,
        terminal,
        game.numerators,
        game.denominators,
        game.outcomes if any(game.outcomes) else (),
        numeric=game.numeric,
    )


def _levels(game: NormalGame) -> list[tuple[int, str, tuple[str, ...], int]]:
    """Each player with her name, her strategies, and the number of nodes at which she moves."""
    levels, nodes = [], 1
    for player, (name, actions) in enumerate(zip(game.players, game.strategies, strict=True)):
        levels.append((player, name, actions, nodes))
        nodes *= len(actions)
    return levels
