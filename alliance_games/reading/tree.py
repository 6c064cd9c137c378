"""The body ``tree``: who moves, what they can do, and what each ending pays."""

from __future__ import annotations

from alliance_games.exact.expression import Expression
from alliance_games.exact.span import Span
from alliance_games.exact.words import did_you_mean, listed
from alliance_games.model.extensive import CHANCE, TERMINAL, InformationSet
from alliance_games.model.trees import TreeBody
from alliance_games.reading.contexts import CHANCE as CHANCE_PROBABILITY
from alliance_games.reading.contexts import ZERO
from alliance_games.reading.desk import Desk
from alliance_games.reading.endings import Ending, Endings
from alliance_games.reading.nodes import Mapping, Node, Scalar

UNKNOWN = -2
"""The mover at a node whose key names no player; the fault is noted already."""

MOST_NODES = 500_000
"""The most nodes of a tree, shared subtrees written out."""


class Move:
    """A node at which somebody moves, as written: read once, however often it is shared."""

    def __init__(
        self,
        key: Scalar,
        player: int,
        label: str,
        actions: tuple[str, ...],
        children: tuple[Node, ...],
        probabilities: tuple[Expression, ...] = (),
    ) -> None:
        self.key, self.player, self.label = key, player, label
        self.actions, self.children, self.probabilities = actions, children, probabilities


def read_tree(
    desk: Desk, node: Node, players: tuple[str, ...], endings: Endings
) -> TreeBody | None:
    """The tree in breadth-first numbering; None where it cannot be made."""
    if isinstance(node, Scalar) and not node.text.strip():
        desk.fault("empty", "'tree' is empty", node.span, "begin with who moves first")
        return None
    return _Grower(desk, players, endings).grow(node)


def action_names(node: Node) -> dict[str, None]:
    """Every action of the players in a tree, for formulas that speak of them."""
    names: dict[str, None] = {}
    waiting, seen = [node], {id(node)}
    while waiting:
        current = waiting.pop()
        if not isinstance(current, Mapping):
            continue
        for key, value in current.entries:
            for action, child in value.entries if isinstance(value, Mapping) else ():
                if key.text != "chance":
                    names[action.text] = None
                if id(child) not in seen:
                    seen.add(id(child))
                    waiting.append(child)
    return names


class _Grower:
    def __init__(self, desk: Desk, players: tuple[str, ...], endings: Endings) -> None:
        self.desk, self.players, self.endings = desk, players, endings
        self.moves: dict[int, Move | None] = {}
        self.leaves: dict[int, Ending] = {}
        self.sets: list[InformationSet] = []
        self.labelled: dict[tuple[int, str], tuple[int, Scalar]] = {}
        self.whole = True

    def grow(self, root: Node) -> TreeBody | None:
        """Breadth first, level by level."""
        nodes: list[Node] = [root]
        set_of: list[int] = []
        first_child: list[int] = []
        terminal: list[int] = []
        chances: list[tuple[int, tuple[Expression, ...], Span]] = []
        payoffs: list[tuple[Expression, ...]] = []
        outcomes: list[str] = []
        for node in nodes:  # grows while it is walked
            first_child.append(len(nodes))
            if not isinstance(node, Mapping):
                ending = self._leaf(node)
                set_of.append(TERMINAL)
                terminal.append(len(payoffs))
                payoffs.append(ending[0])
                outcomes.append(ending[1])
                continue
            terminal.append(-1)
            move = self._move(node)
            if move is None:
                self.whole = False
                set_of.append(TERMINAL)
                continue
            index = self._set(move)
            if move.player == CHANCE:
                chances.append((len(set_of), move.probabilities, move.key.span))
            set_of.append(index)
            nodes.extend(self._ordered(move, index))
            if len(nodes) > MOST_NODES:
                message = f"the tree has more than {MOST_NODES:,} nodes"
                hint = "shared subtrees count as often as they are used"
                self.desk.fault("too-large", message, root.span, hint)
                return None
        first_child.append(len(nodes))
        if not self.whole:
            return None
        return TreeBody(
            self.players,
            tuple(self.sets),
            tuple(set_of),
            tuple(first_child),
            tuple(terminal),
            tuple(chances),
            tuple(payoffs),
            tuple(outcomes),
            tuple([node.span for node in nodes]),
        )

    def _leaf(self, node: Node) -> Ending:
        known = self.leaves.get(id(node))
        if known is None:
            known = self.leaves[id(node)] = self.endings.read(node, "this ending")
        return known

    def _move(self, node: Mapping) -> Move | None:
        if id(node) not in self.moves:
            self.moves[id(node)] = self._read_move(node)
        return self.moves[id(node)]

    def _read_move(self, node: Mapping) -> Move | None:
        if len(node.entries) != 1:
            self._not_one_mover(node)
            return None
        key, below = node.entries[0]
        if isinstance(below, Mapping) and below.entries:
            if key.text == "chance":
                return self._chance(key, below)
            return self._player_move(key, below)
        message = f"the actions of '{key.text}' are missing"
        self.desk.fault("no-actions", message, key.span, "write each as 'action: what follows'")
        return None

    def _not_one_mover(self, node: Mapping) -> None:
        keys = [key.text for key, _ in node.entries]
        if not keys:
            self.desk.fault("empty", "this node is empty", node.span)
            return
        second = node.entries[1][0]
        message = f"a node has one key, who moves; here are {len(keys)}: {listed(keys, 4)}"
        hint = ""
        if not any(key in self.players for key in keys):
            hint = "who moves there? write the player's name above the actions"
        self.desk.fault("one-mover", message, second.span, hint)

    def _player_move(self, key: Scalar, below: Mapping) -> Move:
        name, at, label = key.text.partition("@")
        player, label = name.strip(), label.strip()
        if player not in self.players:
            hint = did_you_mean(player, (*self.players, "chance"))
            if player.casefold() in ("nature", "chance", "luck"):
                hint = "write 'chance', and each branch's probability in parentheses"
            hint = hint or f"the players are {listed(self.players)}"
            self.desk.fault("unknown-player", f"there is no player '{player}'", key.span, hint)
            # What stands below may have faults of its own.
            self.whole, label = False, ""
        elif at and not label:
            message = "an information set's label is missing after '@'"
            self.desk.fault("no-label", message, key.span, f"as in {player} @ label")
        actions = tuple(action.text for action, _ in below.entries)
        children = tuple(child for _, child in below.entries)
        mover = self.players.index(player) if player in self.players else UNKNOWN
        return Move(key, mover, label, actions, children)

    def _chance(self, key: Scalar, below: Mapping) -> Move:
        names: list[str] = []
        probabilities: list[Expression] = []
        for branch, _ in below.entries:
            name, probability = _with_probability(branch)
            if probability is None:
                message = f"the probability of '{branch.text}' is missing"
                hint = f"in parentheses, as in {name.text} (1/2)"
                self.desk.fault("no-probability", message, branch.span, hint)
                probabilities.append(ZERO)
            else:
                formula = self.desk.formula(probability, CHANCE_PROBABILITY, "a probability")
                probabilities.append(formula)
            if name.text in names:
                message = f"there are two branches called '{name.text}'"
                self.desk.fault("doubled-name", message, branch.span)
            names.append(name.text)
        children = tuple(child for _, child in below.entries)
        return Move(key, CHANCE, "", tuple(names), children, tuple(probabilities))

    def _set(self, move: Move) -> int:
        """The information set of a node: its own, or the one of its label where it fits there."""
        known = self.labelled.get((move.player, move.label)) if move.label else None
        if known is not None and self._fits(move, *known):
            return known[0]
        self.sets.append(InformationSet(move.player, move.actions, move.label))
        if move.label and known is None:
            self._warn_of_namesakes(move)
            self.labelled[move.player, move.label] = (len(self.sets) - 1, move.key)
        return len(self.sets) - 1

    def _warn_of_namesakes(self, move: Move) -> None:
        """Two players' sets of one label are two sets; with the same actions that may be a slip."""
        for (player, label), (index, first) in self.labelled.items():
            alike = set(self.sets[index].actions) == set(move.actions)
            if label == move.label and alike and UNKNOWN not in (player, move.player):
                names = f"{self.players[player]} and {self.players[move.player]}"
                message = f"{names} each have a set '{label}' with the same actions: two sets"
                hint = f"a set is one player's; the first is in line {first.span.line}"
                self.desk.warn("information-set", message, move.key.span, hint)
                return

    def _fits(self, move: Move, index: int, first: Scalar) -> bool:
        """Whether a node has the actions of its player's information set."""
        before = self.sets[index]
        if set(before.actions) == set(move.actions):
            return True
        self.whole = False
        ours = [action for action in move.actions if action not in before.actions]
        theirs = [action for action in before.actions if action not in move.actions]
        words = [f"only here: {listed(ours)}"] if ours else []
        words += [f"only there: {listed(theirs)}"] if theirs else []
        message = (
            f"the nodes of the information set '{move.label}' have different actions "
            f"({'; '.join(words)}; the first is in line {first.span.line})"
        )
        hint = "whoever cannot tell nodes apart has the same actions at each"
        self.desk.fault("information-set", message, move.key.span, hint)
        return False

    def _ordered(self, move: Move, index: int) -> tuple[Node, ...]:
        """The children in the order of the set's actions."""
        actions = self.sets[index].actions
        if actions == move.actions:
            return move.children
        by_name = dict(zip(move.actions, move.children, strict=True))
        return tuple(by_name[action] for action in actions)


def _with_probability(branch: Scalar) -> tuple[Scalar, Scalar | None]:
    """``Patron irresolute (1 - q)``: the event's name and its probability."""
    text = branch.text.rstrip()
    if not text.endswith(")"):
        return branch, None
    depth = 0
    for position in range(len(text) - 1, -1, -1):
        depth += {")": 1, "(": -1}.get(text[position], 0)
        if depth == 0:
            name, probability = branch.part(0, position), branch.part(position + 1, len(text) - 1)
            return (name if name.text else probability), probability
    return branch, None
