"""Expected answers: profiles, mixtures, sets, numbers, as neutral trees whose names are checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from alliance_games.exact.expression import Expression, Name, Text
from alliance_games.exact.words import listed
from alliance_games.model.expectations import Leaf, Listing, Table, Wanted
from alliance_games.model.other_forms import OtherBody
from alliance_games.reading.contexts import PLAIN
from alliance_games.reading.desk import Desk
from alliance_games.reading.formula import FormulaError, read_formula
from alliance_games.reading.nodes import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from alliance_games.model.parametric import Body
    from alliance_games.model.trees import TreeBody

_ABOUT = "about "
BELIEFS, FORM = "beliefs", "form"
"""What a tree's answer may say besides the players' behaviour."""
FORMS = ("pooling", "separating", "partially pooling", "semi-separating")
NAMED_ANSWERS = frozenset(
    {
        "replicator",
        "asymmetric-replicator",
        "basins",
        "asymmetric-basins",
        "fictitious-play",
        "moran",
    }
)
"""Concepts whose answers to a game in normal form name their parts (``at``, ``stability``...); the
names are held against the answers when the line is checked."""
_ANSWERS = "as in [[Stag, Stag], [Rabbit, Rabbit]], {Alice: Stag} or none"


class AnswerReader:
    """Reads answers for one game; ``elsewhere`` while a line speaks of another file's game.

    ``strategies`` are those of each player, () in a tree and where they are unknown; ``body`` is
    None where the game has faults.
    """

    def __init__(
        self,
        desk: Desk,
        players: tuple[str, ...],
        strategies: tuple[tuple[str, ...], ...],
        body: Body | None,
    ) -> None:
        self.desk, self.players, self.strategies = desk, players, strategies
        is_tree = body is not None and body.kind == "extensive"
        self.tree = cast("TreeBody", body) if is_tree else None
        # What records say has names of its own, held against them when the line is checked.
        self.own_names = body is not None and isinstance(body, OtherBody)
        self.elsewhere = False
        self.actions = tuple(desk.scope.strategies)

    # Shapes

    def answer(self, node: Node, of: str, concept: str = "") -> Wanted:
        """An answer, or a list of answers, of any concept; a single word is none.

        ``of`` is the key it stands under, ``concept`` the concept's name where that is another.
        """
        if isinstance(node, Scalar):
            if self._is_filled(node, of):
                message = f"the answer of '{of}' is a list, names with what is theirs, or none"
                self.desk.fault("wrong-shape", message, node.span, _ANSWERS)
            return Leaf("")
        wanted = self._tree(node)
        if not self.elsewhere and not self.own_names and (concept or of) not in NAMED_ANSWERS:
            self._check(wanted)
        return wanted

    def _is_filled(self, node: Node, what: str) -> bool:
        if isinstance(node, Scalar) and not node.text.strip() and not node.quoted:
            self.desk.fault("empty", f"nothing is written for '{what}'", node.span, _ANSWERS)
            return False
        return True

    def profile(self, node: Node, form: str) -> Wanted | None:
        """One profile: a list of strategies, or a strategy (pure or mixed) by player."""
        if not self._is_filled(node, form):
            return None
        wanted = self._tree(node)
        if isinstance(wanted, Leaf) or (
            isinstance(wanted, Listing) and any(not isinstance(x, Leaf) for x in wanted.items)
        ):
            message = f"'{form}' speaks of one profile"
            hint = "as in [Stag, Stag] or {Alice: {Stag: 3/4}, Jack: {Stag: 3/4}}"
            self.desk.fault("wrong-shape", message, node.span, hint)
            return None
        if not self.elsewhere:
            self._check(wanted)
            self._check_everyone(wanted)
        return wanted

    def _check_everyone(self, wanted: Wanted) -> None:
        """A profile of a table's game by player speaks of every player."""
        named = [name for name, _ in wanted] if isinstance(wanted, Table) else self.players
        missing = [player for player in self.players if player not in named]
        known = all(name in self.players for name in named)
        if missing and known and self.tree is None and self.strategies:
            message = f"nothing is said of {' and '.join(missing[:8])}"
            hint = "a profile has a strategy for each player"
            self.desk.fault("profile-length", message, wanted.span, hint)

    def action(self, node: Node) -> Wanted | None:
        """An action, ``{Player: action}`` or a profile."""
        if not self._is_filled(node, "never"):
            return None
        wanted = self._tree(node)
        if self.elsewhere:
            return wanted
        if isinstance(wanted, Leaf):
            if wanted.text not in self.actions:
                scalar = Scalar(wanted.text, wanted.span)
                self.desk.unknown(scalar, list(self.actions), "unknown-strategy", "action")
        elif self.tree is not None and isinstance(wanted, Table):
            self._check_actions(wanted)
        else:
            self._check(wanted)
        return wanted

    def _check_actions(self, wanted: Table) -> None:
        """``{Player: action}`` in a tree, wherever she takes it."""
        for key, value in wanted.entries:
            if not self._known(key, self.players, "player"):
                continue
            if isinstance(value, Leaf):
                self._known(value, self.actions, "action")
            else:
                message = "'never' names one action of a player"
                self.desk.fault("wrong-shape", message, value.span, "as in {Ally: Treaty}")

    def _tree(self, node: Node) -> Wanted:
        if isinstance(node, Mapping):
            entries = [(Leaf(key.text, span=key.span), self._tree(v)) for key, v in node.entries]
            return Table(tuple(entries), node.span)
        if isinstance(node, Sequence):
            return Listing(tuple([self._tree(item) for item in node.items]), node.span)
        return self._leaf(node)

    def _leaf(self, node: Scalar) -> Leaf:
        text = node.text.strip()
        if text.startswith(_ABOUT) and not node.quoted:
            part = node.part(len(_ABOUT), len(node.text))
            expression = self.desk.parsed(part)
            return Leaf(text, expression, _places(part.text), node.span)
        named = node.quoted and text in self.actions
        if named or (self.tree is not None and text.startswith(FORMS)):
            return Leaf(text, span=node.span)
        return Leaf(text, self._number(node), None, node.span)

    def _number(self, node: Scalar) -> Expression | None:
        """The leaf as a formula in the parameters, where it can be one."""
        try:
            expression = read_formula(node.text, node.span_at)
        except FormulaError:
            return None
        if self.elsewhere:
            return expression
        scope = self.desk.scope
        if isinstance(expression, Text) or (
            isinstance(expression, Name) and expression.name not in scope.known_names()
        ):
            return None
        # Names that are players' or strategies' are no formula, though they may look like one.
        if node.text in self.actions or node.text in self.players:
            return expression if _is_plain_number(expression) else None
        return scope.ready(expression, PLAIN)

    # Names

    def _check(self, wanted: Wanted) -> None:
        if isinstance(wanted, Table):
            self._check_table(wanted)
        elif isinstance(wanted, Listing):
            leaves = [item for item in wanted.items if isinstance(item, Leaf)]
            if leaves and len(leaves) == len(wanted.items):
                self._check_list(wanted, leaves)
                return
            for item in wanted.items:
                if isinstance(item, Leaf):
                    message = f"'{item.text}' stands among whole answers"
                    self.desk.fault("wrong-shape", message, item.span)
                else:
                    self._check(item)

    def _check_list(self, wanted: Listing, leaves: list[Leaf]) -> None:
        """A profile in the order of the players; in a tree, the path of play."""
        if self.tree is not None:
            for leaf in leaves:
                self._known(leaf, self.actions + _events(self.tree), "action")
            return
        if not self.strategies:
            return
        if len(leaves) != len(self.players):
            message = (
                f"a profile has one strategy for each of {len(self.players)} players, "
                f"and here are {len(leaves)}"
            )
            hint = "a list of profiles has brackets of its own: [[Stag, Stag], [Rabbit, Rabbit]]"
            self.desk.fault("profile-length", message, wanted.span, hint)
            return
        for leaf, player, names in zip(leaves, self.players, self.strategies, strict=True):
            self._known(leaf, names, f"strategy of {player}", "strategy")

    def _check_table(self, wanted: Table) -> None:
        if self.tree is not None:
            wanted = self._without_extras(self.tree, wanted)
        keys = [key for key, _ in wanted.entries]
        if not any(key.text in self.players for key in keys):
            # Counts by strategy, numbers by name ('price of anarchy'), or players misspelt.
            for key, value in wanted.entries:
                if isinstance(value, Table) or (
                    isinstance(value, Leaf) and value.number is None and value.text != "none"
                ):
                    self._known(key, self.players, "player")
            return
        for key, value in wanted.entries:
            if not self._known(key, self.players, "player"):
                continue
            player = self.players.index(key.text)
            if self.tree is not None:
                self._check_behaviour(self.tree, player, value)
            elif self.strategies:
                self._check_strategy(player, value)

    def _without_extras(self, tree: TreeBody, wanted: Table) -> Table:
        """The table without ``beliefs`` and ``form``, which are checked here."""
        players = []
        for key, value in wanted.entries:
            if key.text in self.players or key.text not in (BELIEFS, FORM):
                players.append((key, value))
            elif key.text == BELIEFS:
                self._check_beliefs(tree, value)
            elif not isinstance(value, Leaf) or not value.text.startswith(FORMS):
                message = "a form of signalling equilibria is needed here"
                self.desk.fault("wrong-shape", message, value.span, f"there are {listed(FORMS)}")
        return Table(tuple(players), wanted.span)

    def _check_beliefs(self, tree: TreeBody, wanted: Wanted) -> None:
        """``{Adversary: {Treaty: {Committed: 2/3}}}``: probabilities by player, set and node."""
        if not isinstance(wanted, Table):
            hint = "as in beliefs: {Adversary: {Treaty: {Committed: 2/3}}}"
            self.desk.fault("wrong-shape", "beliefs are written by player", wanted.span, hint)
            return
        for key, sets in wanted.entries:
            if not self._known(key, self.players, "player"):
                continue
            if not isinstance(sets, Table):
                message = "beliefs are written {information set: {node: probability}}"
                self.desk.fault("wrong-shape", message, sets.span, "as in {Treaty: {Committed: 1}}")
                continue
            names = tree.set_names(self.players.index(key.text))
            for name, _ in sets.entries:
                self._known(name, names, f"information set of {key.text}")

    def _check_strategy(self, player: int, wanted: Wanted) -> None:
        """A strategy, a number, a mixture, or a set of strategies."""
        names = self.strategies[player]
        what = f"strategy of {self.players[player]}"
        if isinstance(wanted, Leaf):
            if wanted.number is None:
                self._known(wanted, names, what, "strategy")
        elif isinstance(wanted, Listing):
            for item in wanted.items:
                if isinstance(item, Leaf):
                    self._known(item, names, what, "strategy")
        else:
            self._check_mixture(wanted, names, what)

    def _check_behaviour(self, tree: TreeBody, player: int, wanted: Wanted) -> None:
        """Actions by information set, or a number."""
        sets = tree.set_names(player)
        if not isinstance(wanted, Table):
            if isinstance(wanted, Leaf) and wanted.number is None:
                message = "behaviour is written {information set: action}"
                hint = f"{self.players[player]} moves at {listed(sets)}" if sets else ""
                self.desk.fault("wrong-shape", message, wanted.span, hint)
            return
        for key, value in wanted.entries:
            if not self._known(key, sets, f"information set of {self.players[player]}"):
                continue
            if isinstance(value, Table):
                self._check_mixture(value, self.actions, "action")
            elif isinstance(value, Leaf):
                self._known(value, self.actions, "action")

    def _check_mixture(self, wanted: Table, names: tuple[str, ...], what: str) -> None:
        for key, value in wanted.entries:
            self._known(key, names, what, "strategy")
            if not isinstance(value, Leaf):
                self.desk.fault("wrong-shape", "a probability is a number", value.span)
            elif value.number is None:
                scalar = Scalar(value.text, value.span)
                self.desk.formula(scalar, PLAIN, "a probability")

    def _known(self, leaf: Leaf, names: tuple[str, ...], what: str, kind: str = "") -> bool:
        if leaf.text in names:
            return True
        code = f"unknown-{kind or {'action': 'strategy'}.get(what, what.split(' of ')[0])}"
        scalar = Scalar(leaf.text, leaf.span)
        self.desk.unknown(scalar, list(names), code.replace(" ", "-"), what)
        return False


def _events(tree: TreeBody) -> tuple[str, ...]:
    """The names of chance events, which a path of play names too."""
    return tuple(action for one in tree.sets if one.player < 0 for action in one.actions)


def _places(text: str) -> int:
    """How many decimal places a number is written to."""
    digits = text.strip().partition(".")[2]
    return len(digits) if digits.isdigit() else 0


def _is_plain_number(expression: Expression) -> bool:
    from alliance_games.exact.expression import Number

    return isinstance(expression, Number)
