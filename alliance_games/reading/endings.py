"""What stands at a profile or at a tree's end: payoffs, or the name of an outcome."""

from __future__ import annotations

from alliance_games.exact.expression import Expression
from alliance_games.exact.words import did_you_mean, listed
from alliance_games.reading.contexts import PAYOFF, ZERO
from alliance_games.reading.desk import Desk, unquoted
from alliance_games.reading.nodes import Mapping, Node, Scalar, Sequence

Ending = tuple[tuple[Expression, ...], str]
"""One payoff per player, and the name of the outcome ('' where it has none)."""


class Endings:
    """What stands at a profile or a leaf: payoffs, or the name of an outcome."""

    def __init__(
        self, desk: Desk, players: tuple[str, ...], outcomes: Node | None, ranked: tuple[str, ...]
    ) -> None:
        self.desk, self.players = desk, players
        self.ranked = ranked
        self.named: dict[str, tuple[Expression, ...]] = {}
        self.used: set[str] = set()
        self.keys: list[Scalar] = []
        if outcomes is not None:
            example = "as in  status quo: 0, 0"
            for key, value in desk.mapping(outcomes, "'outcomes'", example):
                self.keys.append(key)
                self.named[key.text] = self.payoffs(value, f"the outcome '{key.text}'")

    def read(self, node: Node, what: str) -> Ending:
        """The ending at a node; zeros, and a fault noted, where it cannot be read."""
        if isinstance(node, Scalar):
            name = unquoted(node).text.strip()
            if name in self.named:
                self.used.add(name)
                return self.named[name], name
            if self.ranked:
                return self._ranked(node, name)
            if self.named and self._looks_like_a_name(node, name):
                self.desk.unknown(node, list(self.named), "unknown-outcome", "outcome")
                return self.zeros, ""
            if self._is_undeclared(name):
                message = f"'{name}' is not a payoff for each player, and no outcome is called so"
                hint = "give outcomes payoffs under 'outcomes:', or rank them under 'ordinal:'"
                self.desk.fault("unknown-outcome", message, node.span, hint)
                return self.zeros, ""
        return self.payoffs(node, what), ""

    @property
    def zeros(self) -> tuple[Expression, ...]:
        """Payoffs that stand for what could not be read."""
        return (ZERO,) * len(self.players)

    def payoffs(self, node: Node, what: str) -> tuple[Expression, ...]:
        """One formula per player."""
        if isinstance(node, Mapping):
            return self._by_player(node, what)
        if isinstance(node, Sequence):
            if len(node.items) == 1 and len(self.players) != 1:
                return self._one_item(node)
            found: tuple[Expression, ...] | None = tuple(
                [self.desk.formula(item, PAYOFF, "a payoff") for item in node.items]
            )
        else:
            text = self.desk.text(node, f"the payoffs of {what}")
            found = None if text is None else self.desk.formulas(text, PAYOFF)
        if found is None:
            return self.zeros
        if len(found) != len(self.players):
            self._arity(len(found), what, node)
            return self.zeros
        return found

    def _ranked(self, node: Scalar, name: str) -> Ending:
        if name in self.ranked:
            self.used.add(name)
        else:
            hint = did_you_mean(name, self.ranked) or f"they rank {listed(self.ranked)}"
            message = f"the rankings of 'ordinal' leave out '{name}'"
            self.desk.fault("unknown-outcome", message, node.span, hint)
        return self.zeros, name

    def _looks_like_a_name(self, node: Scalar, name: str) -> bool:
        """No formula at all, or near an outcome's name."""
        from alliance_games.reading.formula import FormulaError, read_formulas

        if did_you_mean(name, self.named):
            return True
        try:
            formulas = read_formulas(node.text)
        except FormulaError:
            return "," not in name
        return len(formulas) == 1 != len(self.players)

    def _is_undeclared(self, name: str) -> bool:
        """Words that nothing in the file declares, where a list of payoffs should stand."""
        if self.named or len(self.players) == 1 or not name.replace(" ", "").isalpha():
            return False
        known = self.desk.scope.known_names()
        return name not in known and not did_you_mean(name, known)

    def _by_player(self, node: Mapping, what: str) -> tuple[Expression, ...]:
        found: dict[str, Expression] = {}
        for key, value in node.entries:
            if self.desk.choose(key, self.players, "unknown-player", "player") is not None:
                found[key.text] = self.desk.formula(value, PAYOFF, "a payoff")
        missing = [player for player in self.players if player not in found]
        if missing:
            message = f"{what} has no payoff for {' and '.join(missing)}"
            self.desk.fault("payoff-count", message, node.span)
        return tuple(found.get(player, ZERO) for player in self.players)

    def _one_item(self, node: Sequence) -> tuple[Expression, ...]:
        """YAML takes ``- cost, 1`` for a list item where a payoff with a minus was meant."""
        item = node.items[0]
        text = f"-{item.text}" if isinstance(item, Scalar) else "-cost, 1"
        self.desk.fault(
            "list-item",
            "YAML takes '- ' at the beginning for a list item, not for a minus",
            node.span,
            f"write {text}",
        )
        return self.zeros

    def _arity(self, number: int, what: str, node: Node) -> None:
        players = len(self.players)
        message = (
            f"{what} has {number} payoff{'s' * (number != 1)} for {players} "
            f"player{'s' * (players != 1)}"
        )
        hint = f"one for each, separated by commas: {listed(self.players)}"
        self.desk.fault("payoff-count", message, node.span, hint)
