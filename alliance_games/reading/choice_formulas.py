"""Formulas about choices that are numbers, written out for one player.

``effort`` and ``mine`` become the player's own choice, ``total(effort)`` a sum over the players,
``contest(effort)`` and ``all_pay(bid)`` the shares they stand for, and a parameter with a number
per player her own entry: what comes out is plain arithmetic.
"""

from __future__ import annotations

from fractions import Fraction

from alliance_games.exact.expression import (
    Arithmetic,
    Call,
    Compare,
    Condition,
    Entry,
    Expression,
    ExpressionTooLarge,
    Name,
    Number,
    check_size,
    children,
    rebuild,
)
from alliance_games.reading.contexts import ZERO
from alliance_games.reading.desk import Desk

Span = object


class ChoiceWriter:
    """Writes formulas out for the players of one file."""

    def __init__(self, desk: Desk, players: tuple[str, ...]) -> None:
        scope = desk.scope
        self.desk, self.players = desk, players
        self.choices = scope.choices
        self.own_name = {who: name for name, owners in self.choices.items() for who in owners}
        self.entries = frozenset(
            name
            for name, keys in scope.parameters.items()
            if keys is not None and all(len(key) == 1 for key in keys)
        )
        self.hidden = frozenset(scope.known_names())

    def own(self, formula: Expression, player: str) -> Expression:
        """The formula as the player's; zero, and a fault, where it is too long to work with."""
        written = self._written(formula, player)
        try:
            check_size(written)
        except ExpressionTooLarge as fault:
            self.desk.fault("formula-too-large", str(fault), formula.span)
            return ZERO
        return written

    def choice_of(self, player: str, node: Expression) -> Expression:
        """The symbol of a player's choice, at the place of ``node``."""
        name = self.own_name[player]
        if len(self.choices[name]) > 1:
            return Entry(name, (player,), node.span)
        return Name(name, node.span)

    def _written(self, node: Expression, player: str) -> Expression:
        match node:
            case Name("mine") if "mine" not in self.hidden:
                return self.choice_of(player, node)
            case Name("n") if "n" not in self.hidden:
                return Number(Fraction(len(self.players)), node.span)
            case Name(name) if name in self.choices and name not in self.hidden:
                owners = self.choices[name]
                whose = player if player in owners else owners[0]
                return self.choice_of(whose, node)
            case Name(name) if name in self.entries:
                return Entry(name, (player,), node.span)
            case Entry(name, (whose,)) if name in self.choices and name not in self.hidden:
                return self.choice_of(whose, node)
            case Call("total", (weight,)):
                return _sum([self._written(weight, one) for one in self.players], node)
            case Call("others", (weight,)):
                rest = [one for one in self.players if one != player]
                return _sum([self._written(weight, one) for one in rest], node)
            case Call("contest", (impact,)):
                return self._contest(node, impact, player)
            case Call("all_pay", (bid,)):
                return self._all_pay(node, bid, player)
        old = children(node)
        new = tuple([self._written(child, player) for child in old])
        if all(a is b for a, b in zip(old, new, strict=True)):
            return node
        return rebuild(node, new)

    def _contest(self, node: Call, impact: Expression, player: str) -> Expression:
        """The player's share of all impacts; an equal share where nobody has any (Tullock 1980)."""
        whole = _sum([self._written(impact, one) for one in self.players], node)
        share = Arithmetic("/", self._written(impact, player), whole, node.span)
        equal = Number(Fraction(1, len(self.players)), node.span)
        return Condition(Compare((whole, ZERO), ("==",), node.span), equal, share, node.span)

    def _all_pay(self, node: Call, bid: Expression, player: str) -> Expression:
        """One where the player's bid is the highest alone, an equal part of it in a tie."""
        mine = self._written(bid, player)
        rest = [self._written(bid, one) for one in self.players if one != player]
        one = Number(Fraction(1), node.span)
        if not rest:
            return one
        best = rest[0] if len(rest) == 1 else Call("max", tuple(rest), node.span)
        ties = [
            Condition(Compare((other, mine), ("==",), node.span), one, ZERO, node.span)
            for other in rest
        ]
        shared: Expression = Number(Fraction(1, 2), node.span)
        if len(rest) > 1:
            shared = Arithmetic("/", one, _sum([one, *ties], node), node.span)
        tie = Compare((mine, best), ("==",), node.span)
        won = Compare((mine, best), (">",), node.span)
        return Condition(won, one, Condition(tie, shared, ZERO, node.span), node.span)


def as_players(desk: Desk, players: tuple[str, ...]) -> ChoiceWriter:
    """What writes this file's formulas out for each of its players."""
    return ChoiceWriter(desk, players)


def _sum(terms: list[Expression], node: Expression) -> Expression:
    """The sum, in halves, so that a long one is not deep."""
    if not terms:
        return ZERO
    if len(terms) == 1:
        return terms[0]
    middle = len(terms) // 2
    return Arithmetic("+", _sum(terms[:middle], node), _sum(terms[middle:], node), node.span)
