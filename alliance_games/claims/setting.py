"""Where an expectation is asked: one case, its names, and its answers, each solved once."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from alliance_games.claims.verdict import NoMatch, Undecided
from alliance_games.concepts import find, names
from alliance_games.exact.evaluate import Environment, EvaluationError, evaluate_number
from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.expectations import Leaf
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.other_forms import OtherForm
from alliance_games.model.study import Case, Study
from alliance_games.results.budget import Budget
from alliance_games.results.result import Result, Status
from alliance_games.solve import solve

EQUILIBRIUM_CONCEPTS = ("nash", "pure-nash")
"""Whose solutions 'an equilibrium' of a line without a concept is, the first that applies."""

IN_TREES = ("sequential", "subgame-perfect", "bayesian-nash", "nash")
"""The same for trees, where threats that nobody would carry out count for nothing."""

WITH_PERFECT_INFORMATION = ("subgame-perfect", "sequential")
"""The same for trees in which whoever moves knows all that has happened."""


class Setting:
    """A case of a study with the answers of the concepts that were asked of it so far."""

    def __init__(self, study: Study, case: Case, budget: Callable[[], Budget]) -> None:
        self.study = study
        self.case = case
        self.game = case.game
        self._budget = budget
        self._results: dict[str, Result] = {}

    @property
    def environment(self) -> Environment:
        """The parameters and definitions at the values of the case."""
        return self.study.game.environment(self.case.values)

    def number(self, leaf: Leaf) -> Fraction:
        """The number a leaf stands for at the values of the case."""
        if leaf.number is None:
            raise NoMatch(f"{leaf.text} is not a number")
        try:
            return evaluate_number(leaf.number, self.environment)
        except EvaluationError as error:
            raise NoMatch(f"{leaf.text} has no value here: {error.message}") from error

    def strategies(self, player: int) -> tuple[str, ...]:
        """The names of a player's strategies; a tree has choices at information sets instead."""
        game = self.game
        if isinstance(game, NormalGame):
            return game.strategies[player]
        if isinstance(game, AnonymousGame):
            return game.strategies
        if isinstance(game, OtherForm):
            raise NoMatch(f"in a {game.kind} game strategies are not listed")
        raise NoMatch("in a tree a player has a choice at each information set, not a strategy")

    def result(self, concept: str) -> Result:
        """The whole answer of ``concept``; raises Undecided where there is none."""
        if concept not in self._results:
            answer = solve(self.game, [concept], self._budget())
            if answer.refusals:
                raise NoMatch(f"{concept} is not asked of this game: {answer.refusals[0].reason}")
            self._results[concept] = answer.results[0]
        result = self._results[concept]
        if result.status is Status.STOPPED:
            raise Undecided(f"{concept}: {result.because}")
        return result

    def equilibria(self) -> Result:
        """The answer of the first equilibrium concept that applies to the game."""
        known = names()
        for concept in self.equilibrium_concepts():
            if concept in known and find(concept).refuses(self.game) is None:
                return self.result(concept)
        raise Undecided("this version finds no equilibria of such a game")

    def equilibrium_concepts(self) -> tuple[str, ...]:
        """The concepts whose solutions are 'an equilibrium' here, those asked first first."""
        if not isinstance(self.game, ExtensiveGame):
            return EQUILIBRIUM_CONCEPTS
        return WITH_PERFECT_INFORMATION if self.game.has_perfect_information else IN_TREES
