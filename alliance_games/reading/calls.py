"""What functions mean in a formula: sums over players, contests, and what expectations ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alliance_games.exact.expression import Call, Expression, Name, Number, Text, names, rebuild
from alliance_games.reading.contexts import (
    CHOICE_WEIGHT,
    OF_MEMBERS,
    OWN,
    QUOTE_IT,
    UTILITY,
    WEIGHT,
    ZERO,
    Context,
)
from alliance_games.reading.numbers import are_numbers

if TYPE_CHECKING:
    from alliance_games.reading.scope import Scope

_OF_A_COALITION = frozenset({"total", "others", "outside", "own", "has"})
BUILT_IN = frozenset({"contest", "all_pay", "cobb_douglas"})
"""Contests and public goods by their names; see ``built_in``."""
_ABOUT_PROFILES = frozenset({"count", "others", "plays"})
ANSWER_FUNCTIONS = frozenset(
    {"payoff", "probability", "belief", "welfare", "threshold", "choice", "value"}
)
"""The functions of expectations, besides those of formulas."""

ANSWER_ARGUMENTS = {
    "payoff": (1, 1, "payoff(Alice)"),
    "probability": (2, 3, "probability(Alice, Stag)"),
    "belief": (3, 3, "belief(Adversary, Treaty, Committed)"),
    "welfare": (0, 0, "welfare()"),
    "threshold": (1, 1, "threshold(Alice)"),
    "choice": (1, 1, "choice(Alice)"),
    "value": (1, 4, 'value("shapley-value", Alice)'),
    "count": (1, 1, 'count("pure-nash")'),
}


class Calls:
    """Calls of functions made ready, in a scope's names."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope

    def ready(self, node: Call, context: Context) -> Expression:
        """The call checked and written out; ZERO where it was reported."""
        function, arguments = node.function, node.arguments
        if function in ANSWER_FUNCTIONS or (function == "count" and context.answers):
            return self._about_answers(node, context)
        if function in _OF_A_COALITION and (
            self.scope.has_members(context) or (context.pair and function == "own")
        ):
            return self._of_a_coalition(node, context)
        if function in ("has", "own", "outside"):
            message = f"'{function}(...)' means nothing {context.where}"
            self.scope.report(
                "not-here", message, node.span, "it is about the members of a coalition"
            )
            return ZERO
        if function in BUILT_IN or (self.scope.choices and function in ("total", "others")):
            return self._built_in(node, context)
        if function == "total":
            return self._total(node, context)
        if function == "type":
            return self._situation_of_type(node, context)
        if function not in _ABOUT_PROFILES:
            return rebuild(node, tuple([self.scope.part(part, context) for part in arguments]))
        if not context.profile:
            self._only_in_formulas(node, context)
            return ZERO
        if function == "plays":
            player = self.scope.name_of(arguments[0], self.scope.players, "player")
            return Call(function, (player, self.scope.strategy(arguments[1])), node.span)
        return Call(function, (self.scope.strategy(arguments[0]),), node.span)

    def _situation_of_type(self, node: Call, context: Context) -> Expression:
        checked = self.scope.type_of(node, context)
        known = self.scope.stands_for(node, context)
        if known is None:
            return ZERO
        situation = self.scope.situation(node, str(checked), known, context)
        return ZERO if situation is ZERO else checked

    def _of_a_coalition(self, node: Call, context: Context) -> Expression:
        """``total(affinity)``, ``others(power)``, ``own(power)``, ``has(France)``."""
        function, arguments = node.function, node.arguments
        if function == "has":
            return Call(
                function,
                (self.scope.name_of(arguments[0], self.scope.players, "player"),),
                node.span,
            )
        if len(arguments) != 1:
            message = f"'{function}' is a sum over a coalition here, and takes one argument"
            self.scope.report("formula-syntax", message, node.span, f"as in {function}(power)")
            return ZERO
        if not context.own:
            return self._of_all_members(node, context)
        inner = OF_MEMBERS
        if function == "own":
            inner = OWN if context.pair and not context.coalition else UTILITY
        return Call(function, (self.scope.part(arguments[0], inner),), node.span)

    def _of_all_members(self, node: Call, context: Context) -> Expression:
        """``total(power)``, where the formula is nobody's own."""
        if node.function == "total":
            return Call("total", (self.scope.part(node.arguments[0], WEIGHT),), node.span)
        message = f"'{node.function}(...)' means nothing {context.where}"
        hint = "it is about one member; total(...) is about all of them"
        self.scope.report("not-here", message, node.span, hint)
        return ZERO

    def _built_in(self, node: Call, context: Context) -> Expression:
        """Contests and public goods; sums over choices that are numbers."""
        from alliance_games.reading import built_in

        if node.function == "cobb_douglas":
            return self.scope.part(built_in.cobb_douglas(node), context)
        if node.function == "total" and not context.profile:
            return self._total(node, context)
        if not context.profile:
            self._only_in_formulas(node, context)
            return ZERO
        weight = built_in.weight(node)
        if self.scope.choices:
            if len(node.arguments) > 1 and node.function != "contest":
                message = f"'{node.function}' takes one formula in a game of numbers"
                self.scope.report("formula-syntax", message, node.span, "as in total(effort)")
                return ZERO
            return Call(node.function, (self.scope.part(weight, CHOICE_WEIGHT),), node.span)
        if not self.scope.strategies or not are_numbers(self.scope.strategies):
            message = f"'{node.function}' needs strategies that are numbers"
            self.scope.report("not-here", message, node.span, "as in  strategies: [0, 1, 2, 3]")
            return ZERO
        if node.function == "all_pay" and weight != Name("mine"):
            message = (
                "with strategies that are numbers 'all_pay' compares the strategies themselves"
            )
            self.scope.report("formula-syntax", message, node.span, "write all_pay(mine)")
            return ZERO
        alike = not any(self.scope.parameters.get(name) for name in names(weight))
        written = built_in.by_strategies(node.function, weight, tuple(self.scope.strategies), alike)
        return self.scope.part(written, context)

    def _total(self, node: Call, context: Context) -> Expression:
        weight = self.scope.part(node.arguments[0], WEIGHT)
        if len(node.arguments) == 1:
            return Call("total", (weight,), node.span)
        if not context.profile:
            self._only_in_formulas(node, context)
            return ZERO
        return Call("total", (weight, self.scope.strategy(node.arguments[1])), node.span)

    def _about_answers(self, node: Call, context: Context) -> Expression:
        """``payoff(Alice)``, ``probability(Alice, Stag)``, ``probability(Minor, full, accept)``."""
        function, arguments = node.function, node.arguments
        if not context.answers:
            message = f"'{function}(...)' means something in expectations only"
            self.scope.report("not-here", message, node.span, "")
            return ZERO
        least, most, example = ANSWER_ARGUMENTS[function]
        if not least <= len(arguments) <= most:
            message = f"'{function}' takes other arguments"
            self.scope.report("formula-syntax", message, node.span, f"as in {example}")
            return ZERO
        parts = [self._any_name(argument) for argument in arguments]
        if function in ("payoff", "probability", "belief", "threshold", "choice"):
            parts[0] = self.scope.name_of(arguments[0], self.scope.players, "player")
        if function == "probability":
            parts[-1] = self.scope.strategy(arguments[-1])
        return Call(function, tuple(parts), node.span)

    def _any_name(self, node: Expression) -> Expression:
        match node:
            case Name(name) | Text(name):
                return Text(name, node.span)
            case Number():
                return Text(node.written, node.span)
        self.scope.report("formula-syntax", "a name is needed here", node.span, QUOTE_IT)
        return ZERO

    def _only_in_formulas(self, node: Call, context: Context) -> None:
        self.scope.report(
            "not-here",
            f"'{node.function}(...)' means nothing {context.where}",
            node.span,
            "it is about the others' strategies, in payoffs by formula",
        )
