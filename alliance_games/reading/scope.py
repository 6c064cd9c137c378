"""The names a formula may use, and formulas made ready: checked, definitions written out.

What comes out uses parameters as Names and Entries, and strategies and players as Text, so that
whoever evaluates it needs no more than the parameters' values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import combinations
from typing import TYPE_CHECKING

from alliance_games.exact.expression import (
    Call,
    Compare,
    Entry,
    Expression,
    ExpressionTooLarge,
    Name,
    Number,
    Text,
    check_size,
    children,
    is_plain,
    names,
    quoted,
    rebuild,
)
from alliance_games.exact.span import Span
from alliance_games.exact.words import did_you_mean, listed
from alliance_games.reading.calls import ANSWER_ARGUMENTS, Calls
from alliance_games.reading.contexts import DEFINITION, QUOTE_IT, ZERO, Context
from alliance_games.reading.definition_order import in_order
from alliance_games.reading.numbers import are_numbers
from alliance_games.reading.tokens import composed

if TYPE_CHECKING:
    from alliance_games.reading.choices import Declared

Report = Callable[[str, str, Span, str], None]
"""Called with code, message, span and hint for each fault."""


class Scope:
    """The names declared so far.

    ``parameters`` gives each parameter's keys: None for one number, else its entries (keys of one
    player's name, or of two for pairs). ``definitions`` are as read, not written out; ``broken``
    are declared names whose faults are known already. ``sides`` are groups of players within
    which no two are anything to each other. ``words`` are what formulas may say of the
    situation they pay for (``type``, ``message``), each with the names it can stand for; ``types``
    the types of each player who has some, for ``type(Ally)``. ``coalitions``: definitions may be
    about the members of a coalition, as the game is. ``choices`` are the names of choices that are
    numbers, each with the players who make it; ``declared_choices`` how they are declared.
    """

    def __init__(self, report: Report) -> None:
        self.report = report
        self.players: tuple[str, ...] = ()
        self.sides: tuple[frozenset[str], ...] = ()
        self.strategies: Mapping[str, None] = {}
        self.words: dict[str, tuple[str, ...]] = {}
        self.types: dict[str, tuple[str, ...]] = {}
        self.coalitions = False
        self.choices: dict[str, tuple[str, ...]] = {}
        self.declared_choices: Mapping[str, Declared] = {}
        self.parameters: dict[str, frozenset[tuple[str, ...]] | None] = {}
        self.definitions: dict[str, Expression] = {}
        self.broken: set[str] = set()
        self.calls = Calls(self)
        self._written_out: dict[tuple[Context, str], Expression] = {}

    def define(self, definitions: Mapping[str, Expression]) -> None:
        """Take the definitions, in an order in which each comes after those it uses.

        Reports circles; the definitions in them are remembered as broken.
        """
        order = in_order(definitions, self._report_circle)
        self.definitions = {name: definitions[name] for name in order if name not in self.broken}

    def check_definitions(self) -> dict[str, Expression]:
        """Every definition written out, whether it is used or not."""
        self._write_out(self.definitions, DEFINITION)
        return {name: self._written_out[DEFINITION, name] for name in self.definitions}

    def ready(self, expression: Expression, context: Context) -> Expression:
        """The expression checked and written out. Reports what is wrong, and then goes on."""
        result = self.part(expression, context)
        if result is not expression:
            try:
                check_size(result)
            except ExpressionTooLarge as fault:
                self.report("formula-too-large", str(fault), expression.span, "")
                return ZERO
        return result

    def known_names(self) -> list[str]:
        """All that a formula may call by name."""
        return [*self.parameters, *self.definitions]

    # One node at a time

    def part(self, node: Expression, context: Context) -> Expression:
        """A part of an expression checked and written out, its size not yet looked at."""
        match node:
            case Name(name):
                return self._name(node, name, context)
            case Entry(name, keys):
                if name in self.choices and not self._is_declared(name):
                    return self._choice_of(node, name, keys, context)
                return self._entry(node, name, keys)
            case Compare(operands, operators):
                return self._compare(node, operands, operators, context)
            case Call():
                return self.calls.ready(node, context)
        old = children(node)
        new = tuple([self.part(child, context) for child in old])
        if all(a is b for a, b in zip(old, new, strict=True)):
            return node
        return rebuild(node, new)

    def _name(self, node: Expression, name: str, context: Context) -> Expression:
        if name in self.definitions:
            return self._definition(name, context)
        if name in self.parameters:
            return self._parameter(node, name, context)
        if name in self.broken or name == "n" or (name == "size" and self.has_members(context)):
            return ZERO if name in self.broken else node
        if name == "mine":
            return self._own_number(node, context)
        if name in self.choices:
            return self._choice(node, name, context)
        if name == "size" and self.coalitions:
            message = f"'size' means nothing {context.where}"
            self.report("not-here", message, node.span, "it is the number of a coalition's members")
            return ZERO
        if name in self.words:
            return self.situation(node, name, self.words[name], context)
        if context.answers and name in ANSWER_ARGUMENTS and not self._is_somebodys(name):
            hint = f"as in {ANSWER_ARGUMENTS[name][2]}"
            self.report("unknown-name", f"'{name}' is a function", node.span, hint)
            return ZERO
        self._unknown(node, name)
        return ZERO

    def situation(
        self, node: Expression, what: str, known: tuple[str, ...], context: Context
    ) -> Expression:
        """``type`` and the like where a number is wanted: names that are numbers are those."""
        if not context.words:
            message = f"'{what}' means nothing {context.where}"
            self.report("not-here", message, node.span, "it has a meaning in payoffs")
            return ZERO
        if any(are_numbers((name,)) for name in known):
            return node  # one player's types may be numbers, and another's not
        hint = f"compare it, as in if({what} == {_in_formula(known[0])}, 1, 0)" if known else ""
        message = f"'{what}' is a name, not a number"
        self.report("name-not-number", message, node.span, hint)
        return ZERO

    def stands_for(self, node: Expression, context: Context) -> tuple[str, ...] | None:
        """The names that ``type``, ``message`` and the like can stand for; None for all else."""
        match node:
            case Name(name) if context.words and not self._is_declared(name):
                return self.words.get(name)
            case Call("type", (Name(name) | Text(name),)) if context.words:
                return self.types.get(name)
        return None

    def type_of(self, node: Call, context: Context) -> Call:
        """``type(Ally)``, its player checked."""
        if not context.words:
            message = f"'type(...)' means nothing {context.where}"
            self.report("not-here", message, node.span, "it has a meaning in payoffs")
        player = self.name_of(node.arguments[0], self.players, "player")
        name = player.value if isinstance(player, Text) else ""
        if name in self.players and name not in self.types:
            message = f"{name} has no types"
            hint = f"types are declared for {listed(self.types)}"
            self.report("unknown-type", message, node.span, hint)
        return Call("type", (player,), node.span)

    def _mine(self, node: Expression, context: Context) -> Expression:
        if context.profile:
            return node
        message = f"'mine' means nothing {context.where}"
        hint = "it is the player's own strategy in payoffs by formula"
        self.report("not-here", message, node.span, hint)
        return ZERO

    def _own_number(self, node: Expression, context: Context) -> Expression:
        """``mine`` where it is calculated with: the number that a strategy is, where all are."""
        found = self._mine(node, context)
        if found is ZERO or not self.strategies or not are_numbers(self.strategies):
            return found
        from alliance_games.reading.built_in import own_number

        return own_number(node, self.strategies)

    def _choice(self, node: Expression, name: str, context: Context) -> Expression:
        if context.profile:
            return node
        message = f"'{name}' is chosen in the game: it means nothing {context.where}"
        self.report("not-here", message, node.span, "choices are spoken of in payoffs")
        return ZERO

    def _parameter(self, node: Expression, name: str, context: Context) -> Expression:
        keys = self.parameters[name]
        if keys is None:
            return node
        example = ", ".join(map(_in_formula, next(iter(sorted(keys)), ("...",))))
        if context.pair and any(len(key) != 1 for key in keys):
            return self._of_all_pairs(node, name, keys)
        if any(len(key) != 1 for key in keys):
            message = f"'{name}' has a number for each pair of players; say which pair"
        elif not context.own:
            message = f"'{name}' has a number for each player; say whose is meant {context.where}"
        else:
            return node
        self.report("which-entry", message, node.span, f"as in {name}[{example}]")
        return ZERO

    def _of_all_pairs(
        self, node: Expression, name: str, keys: frozenset[tuple[str, ...]]
    ) -> Expression:
        """A pairwise parameter where it stands for any two players: it needs a number for each."""
        missing = [
            pair
            for pair in combinations(self.players, 2)
            if not {pair, pair[::-1]} & keys and not any(set(pair) <= side for side in self.sides)
        ]
        if not missing:
            return node
        pairs = listed([" - ".join(pair) for pair in missing])
        message = f"'{name}' has no number for {pairs}"
        self.report(
            "missing-entry", message, node.span, "every two players need one here, perhaps 0"
        )
        return ZERO

    def _choice_of(
        self, node: Expression, name: str, keys: tuple[str, ...], context: Context
    ) -> Expression:
        """``effort[France]``."""
        if len(keys) == 1 and keys[0] in self.choices[name]:
            return self._choice(node, name, context)
        hint = did_you_mean(keys[0], self.choices[name]) or f"it is of {listed(self.choices[name])}"
        message = f"'{name}' is no choice of {', '.join(keys)}"
        self.report("unknown-entry", message, node.span, hint)
        return ZERO

    def _entry(self, node: Expression, name: str, keys: tuple[str, ...]) -> Expression:
        known = self.parameters.get(name)
        if known is None:
            if name in self.broken:
                return ZERO
            if name in self.parameters or name in self.definitions:
                what = "one number" if name in self.parameters else "a definition"
                message = f"'{name}' is {what}, without entries"
                self.report("unknown-entry", message, node.span, f"write {name} alone")
            else:
                self._unknown(node, name)
            return ZERO
        if keys in known or (len(keys) == 2 and keys[::-1] in known):
            return node
        written = ", ".join(keys)
        entries = sorted(", ".join(key) for key in known)
        hint = did_you_mean(written, entries) or f"it has entries for {listed(entries)}"
        self.report("unknown-entry", f"'{name}' has no entry [{written}]", node.span, hint)
        return ZERO

    def _compare(
        self,
        node: Expression,
        operands: tuple[Expression, ...],
        operators: tuple[str, ...],
        context: Context,
    ) -> Expression:
        in_order = any(operator not in ("==", "!=") for operator in operators)
        calculated = in_order and bool(self.strategies) and are_numbers(self.strategies)
        if calculated or not any(self._is_a_word(operand, context) for operand in operands):
            return rebuild(node, tuple([self.part(operand, context) for operand in operands]))
        if in_order:
            self.report(
                "name-not-number", "names can only be compared with == and !=", node.span, ""
            )
        meant = [self.stands_for(operand, context) for operand in operands]
        known = next((names for names in meant if names is not None), None)
        return rebuild(node, tuple([self._word(operand, context, known) for operand in operands]))

    def _is_a_word(self, node: Expression, context: Context) -> bool:
        known = self.stands_for(node, context)
        if known is not None:
            return not are_numbers(known)
        match node:
            case Text() | Call("type"):
                return True
            case Name("mine"):
                return context.profile and not self._is_declared("mine")
            case Name(name):
                return not self._is_declared(name) and self._is_somebodys(name)
        return False

    def _is_somebodys(self, name: str) -> bool:
        return name in self.strategies or name in self.players

    def _is_declared(self, name: str) -> bool:
        return name in self.parameters or name in self.definitions or name in self.broken

    def _word(
        self, node: Expression, context: Context, known: tuple[str, ...] | None = None
    ) -> Expression:
        """An operand beside a name: ``mine``, or a strategy; or one of the ``known`` names."""
        match node:
            case Call("type"):
                return self.type_of(node, context)
            case Name() if self.stands_for(node, context) is not None:
                return node
            case Name("mine") if not self._is_declared("mine"):
                return self._mine(node, context)
            case Name(name) | Text(name):
                pass
            case Number():
                name = node.written
            case _:
                message = "a name is compared with a formula"
                self.report("name-not-number", message, node.span, QUOTE_IT)
                return ZERO
        if known is not None:
            if name not in known:
                hint = did_you_mean(name, known) or f"it can be {listed(known)}"
                message = f"'{name}' is not among what this is compared with"
                self.report("unknown-word", message, node.span, hint)
            return Text(name, node.span)
        if name not in self.strategies and not isinstance(node, Text) and not self.strategies:
            self._unknown(node, name)
        elif name not in self.strategies and name not in self.players:
            self._unknown_strategy(node, name)
        return Text(name, node.span)

    def has_members(self, context: Context) -> bool:
        """Whether formulas there are about a coalition's members."""
        return context.coalition or (self.coalitions and context is DEFINITION)

    def strategy(self, node: Expression) -> Expression:
        """A strategy's name."""
        return self.name_of(node, self.strategies, "strategy")

    def name_of(self, node: Expression, known: Iterable[str], what: str) -> Expression:
        """The name of one of the known players, or of whatever else; reports any other."""
        match node:
            case Name(name) | Text(name):
                pass
            case Number():
                name = node.written
            case _:
                message = f"the name of a {what} is needed here"
                self.report("formula-syntax", message, node.span, QUOTE_IT)
                return ZERO
        if name not in known:
            hint = did_you_mean(name, known) or f"there are {listed(known)}"
            self.report(f"unknown-{what}", f"there is no {what} '{name}'", node.span, hint)
        return Text(name, node.span)

    # Definitions

    def _definition(self, name: str, context: Context) -> Expression:
        if (context, name) not in self._written_out:
            needed = self._used_by(name)
            self._write_out([each for each in self.definitions if each in needed], context)
        return self._written_out[context, name]

    def _write_out(self, names_in_order: Iterable[str], context: Context) -> None:
        """Those a definition uses come before it, so that no chain of them nests calls."""
        for name in names_in_order:
            if (context, name) not in self._written_out:
                ready = self.ready(self.definitions[name], context)
                self._written_out[context, name] = ready

    def _used_by(self, name: str) -> set[str]:
        """The definition itself and those it uses, directly or not."""
        used = {name}
        waiting = [name]
        while waiting:
            for other in names(self.definitions[waiting.pop()]):
                if other in self.definitions and other not in used:
                    used.add(other)
                    waiting.append(other)
        return used

    def _report_circle(self, circle: list[str], span: Span) -> None:
        self.broken.update(circle)
        way = " -> ".join([*circle, circle[0]])
        self.report("circular-definition", f"this definition needs itself: {way}", span, "")

    # Faults

    def _unknown(self, node: Expression, name: str) -> None:
        if self._is_somebodys(name):
            what = "strategy" if name in self.strategies else "player"
            hint = f"compare it, as in if(mine == {_in_formula(name)}, 1, 0)"
            message = f"'{name}' is a {what}, not a number"
            self.report("name-not-number", message, node.span, hint if what == "strategy" else "")
            return
        hint = did_you_mean(name, self.known_names())
        if name.casefold() in ("nan", "inf", "infinity"):
            hint = "every number is finite here"
        elif not hint:
            hint = f"declare it under 'parameters:', as in {composed(name)}: 1"
        self.report("unknown-name", f"'{name}' is not defined", node.span, hint)

    def _unknown_strategy(self, node: Expression, name: str) -> None:
        hint = (
            did_you_mean(name, self.strategies) or f"the strategies are {listed(self.strategies)}"
        )
        self.report("unknown-strategy", f"there is no strategy '{name}'", node.span, hint)


def _in_formula(name: str) -> str:
    return name if is_plain(name) else quoted(name)
