"""A game tree, drawn with the path of an equilibrium marked."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING

from alliance_games.model.extensive import CHANCE, ExtensiveGame
from alliance_games.report.blocks import (
    Block,
    Branch,
    Bullets,
    Note,
    Piece,
    Prose,
    Text,
    Tree,
    text,
)
from alliance_games.report.mixtures import letters
from alliance_games.report.ranks import rank
from alliance_games.report.words import beside, count, listed, number
from alliance_games.results.solutions import Behaviour

if TYPE_CHECKING:
    from alliance_games.results.tree_solutions import Assessment

MOST_NODES = 150
"""A report draws so many nodes from the root down, and the path of an equilibrium."""

MOST_TAGS = 20
"""Information sets whose letters are explained."""

DEEPEST = 14
"""Levels drawn: each costs four characters of every line below it."""

_ROLES = ("first", "second", "third")


def draw_tree(
    game: ExtensiveGame,
    behaviour: Behaviour | Assessment | None = None,
    name: str = "equilibrium 1",
    most: int = MOST_NODES,
) -> list[Block]:
    """The tree, one node a line; ``behaviour`` is the equilibrium whose choices (and beliefs, if it
    has them) are marked, and ``name`` what the legend calls it."""
    drawing = _Drawing(game, behaviour, most)
    branches = drawing.branches()
    blocks: list[Block] = [Tree(tuple(branches))]
    if drawing.drawn < game.size:
        hidden = game.size - drawing.drawn
        blocks.append(
            Note(
                text(
                    f"{count(hidden, 'node')} of {game.size:,} not drawn: "
                    "they lie below the lines that end in dots."
                ),
                "warning",
            )
        )
    if drawing.tags:
        blocks.append(Bullets(tuple(drawing.information_sets())))
    return [*blocks, _legend(game, drawing, name)]


def _legend(game: ExtensiveGame, drawing: _Drawing, name: str) -> Prose:
    what = "ranks (1st is the best)" if game.ordinal else "payoffs"
    parts: list[Piece] = [Piece(f"At the ends: {what} of ", "muted")]
    for index, player in enumerate(game.players):
        parts += [Piece(", ", "muted")] if index else []
        parts.append(Piece(player, _role(game, index)))
    if drawing.choices is not None:
        parts += [
            Piece(".  ", "muted"),
            Piece("═►", "path"),
            Piece(f" the path of {name} · ─► what it would do elsewhere", "muted"),
        ]
    return Prose(tuple(parts))


def _role(game: ExtensiveGame, player: int) -> str:
    return _ROLES[player] if len(game.players) <= 3 else "player"


class _Drawing:
    """One tree being drawn: which nodes, which marks."""

    def __init__(
        self, game: ExtensiveGame, behaviour: Behaviour | Assessment | None, most: int
    ) -> None:
        self.game = game
        self.choices = None if behaviour is None else behaviour.choices
        self.beliefs = getattr(behaviour, "beliefs", None)
        self.tags = {} if game.has_perfect_information else _tags(game)
        # The nodes are numbered breadth first, so that the first ones are the top of the tree.
        self.limit = min(game.size, most)
        self.on_path = _reached(game, behaviour) if self.limit < game.size else frozenset()
        self.drawn = 0
        self.sets_drawn: set[int] = set()

    def branches(self) -> list[Branch]:
        """A line per node, in the order of the tree read from above."""
        self.drawn = 1
        lines = [Branch((), "", text(*self._node(0)))]
        if not self._opened(0):
            return lines
        # Each entry: a node, the guide under its parent, and the chance it is reached.
        waiting = self._children(0, "", Fraction(1))
        while waiting:
            node, guide, last, reach, chosen = waiting.pop()
            self.drawn += 1
            opened = self._opened(node, len(guide) // 4 + 1)
            hang = guide + ("    " if last else "│   ")
            lines.append(
                Branch(
                    self._arm(guide, last, reach, chosen),
                    hang,
                    text(*self._action(node, reach, chosen), *self._node(node, opened)),
                )
            )
            if opened:
                waiting += self._children(node, hang, reach)
        return lines

    def _children(
        self, node: int, guide: str, reach: Fraction
    ) -> list[tuple[int, str, bool, Fraction, Fraction]]:
        """The nodes below ``node``, the first last, so that it is popped first."""
        game = self.game
        below = game.children(node)
        result = []
        for action, child in enumerate(below):
            chosen = self._chosen(node, action, child)
            result.append((child, guide, child == below[-1], reach * chosen, chosen))
        return result[::-1]

    def _chosen(self, node: int, action: int, child: int) -> Fraction:
        """The probability with which the branch is taken from its node."""
        if self.game.mover(node) == CHANCE:
            return self.game.probability(child)
        choice = None if self.choices is None else self.choices[self.game.set_of[node]]
        return Fraction(0) if choice is None else choice[action]

    def _opened(self, node: int, depth: int = 0) -> bool:
        """Whether what follows the node is drawn (true of an end)."""
        below = self.game.children(node)
        if not below:
            return True
        return depth < DEEPEST and (below[-1] < self.limit or node in self.on_path)

    def _arm(self, guide: str, last: bool, reach: Fraction, chosen: Fraction) -> Text:
        lead = Piece(guide, "muted")
        if self.choices is not None and reach:
            return (lead, Piece("╘═► " if last else "╞═► ", "path"))
        arrow = "─► " if self.choices is not None and chosen else "── "
        return (lead, Piece(("└" if last else "├") + arrow, "muted"))

    def _action(self, node: int, reach: Fraction, chosen: Fraction) -> list[Piece]:
        """The move that leads into the node, with its probability where it is uncertain."""
        role = "path" if self.choices is not None and reach else "strategy"
        pieces = [Piece(self.game.action_into(node), role)]
        by_chance = self.game.mover(self.game.parent[node]) == CHANCE
        if by_chance or 0 < chosen < 1:
            probability = self.game.probability(node) if by_chance else chosen
            pieces.append(Piece(f" ({number(probability)})", "muted" if by_chance else role))
        return [*pieces, Piece("  ")]

    def _node(self, node: int, opened: bool = True) -> list[Piece]:
        """Who moves at the node, or what it ends in."""
        game = self.game
        mover = game.mover(node)
        if mover is None:
            return self._end(node)
        dots = [] if opened else [Piece(" ...", "warning")]
        if mover == CHANCE:
            return [Piece("chance", "muted"), *dots]
        index = game.set_of[node]
        self.sets_drawn.add(index)
        pieces = [Piece(game.players[mover], f"{_role(game, mover)} strong")]
        if game.sets[index].label:
            pieces.append(Piece(f" @ {game.sets[index].label}", "muted"))
        if index in self.tags:
            pieces.append(Piece(f" {{{self.tags[index]}}}", "strong"))
            held = None if self.beliefs is None else self.beliefs[index]
            if held is not None:
                place = game.nodes_of[index].index(node)
                pieces.append(Piece(f" belief {number(held[place])}", "strategy"))
        return [*pieces, *dots]

    def _end(self, node: int) -> list[Piece]:
        game = self.game
        pieces: list[Piece] = []
        name = game.outcomes[game.terminal[node]] if game.outcomes else ""
        if name:
            pieces.append(Piece(f"{name} "))
        values = game.payoffs(node)
        pieces.append(Piece("("))
        for player, value in enumerate(values):
            shown = rank(game, player, value) if game.ordinal else number(value)
            pieces.append(Piece(shown, _role(game, player)))
            pieces.append(Piece(", " if player + 1 < len(values) else ")"))
        if game.ordinal:
            return pieces
        if any(beside(value) and len(number(value).lstrip("-")) >= 4 for value in values):
            shown = ", ".join((beside(value) or number(value)).lstrip("≈") for value in values)
            rounded = "≈ " if any("≈" in beside(value) for value in values) else ""
            pieces.append(Piece(f"  ({rounded}{shown})", "muted"))
        return pieces

    def information_sets(self) -> list[Text]:
        """What each tag means: the nodes a player cannot tell apart."""
        game = self.game
        items = []
        met = {index: tag for index, tag in self.tags.items() if index in self.sets_drawn}
        for index, tag in list(met.items())[:MOST_TAGS]:
            nodes = game.nodes_of[index]
            shown = [_moves(game.path(node)) for node in nodes[:6]]
            if len(nodes) > len(shown):
                shown.append(f"{len(nodes) - len(shown):,} more")
            items.append(
                text(
                    Piece(f"{{{tag}}} ", "strong"),
                    Piece(
                        game.players[game.sets[index].player],
                        _role(game, game.sets[index].player),
                    ),
                    " cannot tell apart: ",
                    "; ".join(shown) if any("," in each for each in shown) else listed(shown),
                )
            )
        if len(met) > MOST_TAGS:
            items.append(text(f"{len(met) - MOST_TAGS:,} more, likewise by their letters"))
        return items


def _moves(path: Iterable[str]) -> str:
    return " > ".join(path) or "the start"


def _tags(game: ExtensiveGame) -> dict[int, str]:
    """A letter for each information set of several nodes."""
    several = [index for index, nodes in enumerate(game.nodes_of) if len(nodes) > 1]
    return {index: letters(place).upper() for place, index in enumerate(several)}


def _reached(game: ExtensiveGame, behaviour: Behaviour | Assessment | None) -> frozenset[int]:
    """The nodes on the way to what happens, so that a cut tree still shows the path."""
    if behaviour is None:
        return frozenset()
    nodes: set[int] = set()
    for end, _ in behaviour.outcomes[:4]:
        way: list[int] = []
        node = game.parent[end]
        while node >= 0:
            way.append(node)
            node = game.parent[node]
        nodes.update(way[-DEEPEST:])
    return frozenset(nodes)
