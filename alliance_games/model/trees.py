"""The extensive-form body: a tree whose payoffs and chance probabilities are formulas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import NoReturn

from alliance_games.exact.evaluate import Environment, EvaluationError, evaluate_number
from alliance_games.exact.expression import Expression
from alliance_games.exact.numerals import number
from alliance_games.exact.span import Span
from alliance_games.model.environments import Faults, Values, for_each_player, numbers
from alliance_games.model.extensive import ExtensiveGame, InformationSet
from alliance_games.model.integers import over_common_denominator
from alliance_games.model.problems import Problem

APPROXIMATELY = Fraction(1, 10**35)
"""How far from one the sum of a chance move's probabilities may be where they are irrational."""


@dataclass(frozen=True, slots=True)
class TreeBody:
    """A tree in the numbering of ExtensiveGame: breadth first, the children of a node together.

    ``set_of``, ``first_child`` and ``terminal`` are as there; ``chances`` holds for each chance
    move its node, the probability of each of its branches and where it stands; ``payoffs`` one
    expression per player for each ending, ``outcomes`` the endings' names ('' where none);
    ``spans`` where each node stands in the file. ``priors`` are the distributions of types that the
    chances were multiplied from, each with its place, where there are some. ``ordinal``: the
    payoffs are ranks. ``prunes``: chance events without probability are left out of the game, and
    so are chance moves that leave only one.
    """

    players: tuple[str, ...]
    sets: tuple[InformationSet, ...]
    set_of: Sequence[int]
    first_child: Sequence[int]
    terminal: Sequence[int]
    chances: tuple[tuple[int, tuple[Expression, ...], Span], ...]
    payoffs: tuple[tuple[Expression, ...], ...]
    outcomes: tuple[str, ...]
    spans: tuple[Span, ...]
    priors: tuple[tuple[tuple[Expression, ...], Span], ...] = ()
    ordinal: bool = False
    prunes: bool = False
    kind = "extensive"
    crowd = ""
    strategies = ()

    def build(self, environment: Environment, values: Values, faults: Faults) -> ExtensiveGame:
        """The exact game at the values the environment was made of. Raises InvalidGame."""
        for expressions, span in self.priors:
            chance_probabilities(expressions, span, environment, faults)
        if self.priors:
            faults.raise_any()
        weight = self._weights(environment, faults)
        columns = []
        for player, own in enumerate(for_each_player(environment, values, self.players)):
            columns.append(numbers([ending[player] for ending in self.payoffs], own, faults))
        faults.raise_any()
        scaled = [over_common_denominator(column) for column in columns]
        game = ExtensiveGame(
            self.players,
            self.sets,
            self.set_of,
            self.first_child,
            weight,
            self.terminal,
            tuple(integers for integers, _ in scaled),
            tuple(denominator for _, denominator in scaled),
            self.outcomes if any(self.outcomes) else (),
            numeric=environment.numeric,
            ordinal=self.ordinal,
        )
        if not self.prunes:
            return game
        from alliance_games.model.pruning import without_impossible

        return without_impossible(game)

    def for_players(self, number: int) -> NoReturn:
        """A tree is written for its players alone."""
        raise ValueError("the players of a tree do not change")

    def expressions(self) -> tuple[Expression, ...]:
        """Every formula of the body."""
        parts = [expression for ending in self.payoffs for expression in ending]
        for _, probabilities, _ in self.chances:
            parts.extend(probabilities)
        for probabilities, _ in self.priors:
            parts.extend(probabilities)
        return tuple(parts)

    def set_names(self, player: int) -> tuple[str, ...]:
        """What the player's information sets are called: by label, or by the moves to them."""
        known: dict[int, str] = {}
        ways: dict[int, str] = {0: ""}
        for node, index in enumerate(self.set_of):
            way = ways.pop(node, "")
            if index < 0:
                continue
            one = self.sets[index]
            if one.player == player:
                known.setdefault(index, one.label or way or "start")
            for branch, action in enumerate(one.actions):
                child = self.first_child[node] + branch
                if self.set_of[child] >= 0:
                    ways[child] = f"{way} > {action}" if way else action
        return tuple(known.values())

    def _weights(self, environment: Environment, faults: Faults) -> list[int]:
        weight = [0] * len(self.set_of)
        for node, expressions, span in self.chances:
            probabilities = chance_probabilities(expressions, span, environment, faults)
            scale = lcm(*(probability.denominator for probability in probabilities))
            first = self.first_child[node]
            for branch, probability in enumerate(probabilities):
                weight[first + branch] = int(probability * scale)
        return weight


def chance_probabilities(
    expressions: Sequence[Expression], span: Span, environment: Environment, faults: Faults
) -> list[Fraction]:
    """The probabilities of a chance move; faults noted unless they are a distribution."""
    probabilities = []
    for expression in expressions:
        try:
            probability = evaluate_number(expression, environment)
        except EvaluationError as error:
            faults.add_error(error)
            return [Fraction(0)] * len(expressions)
        if environment.numeric:
            probability = _within_the_error(probability)
        if not 0 <= probability <= 1:
            shown = number(probability)
            message = f"the probability {expression} is {shown}, not between 0 and 1"
            faults.add(Problem("probability", message, faults.file, expression.span))
        probabilities.append(probability)
    total = sum(probabilities, Fraction(0))
    if environment.numeric and abs(total - 1) < APPROXIMATELY:
        return [probability / total for probability in probabilities]
    if total != 1:
        terms = " + ".join(f"({e})" if " " in str(e) else str(e) for e in expressions)
        message = f"the probabilities of this chance move sum to {number(total)}, not 1: {terms}"
        faults.add(Problem("chance-sum", message, faults.file, span))
    return probabilities


def _within_the_error(probability: Fraction) -> Fraction:
    """0 or 1 where an approximation has gone beyond them by no more than its error."""
    if -APPROXIMATELY < probability < 0:
        return Fraction(0)
    return Fraction(1) if 1 < probability < 1 + APPROXIMATELY else probability
