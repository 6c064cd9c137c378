"""How a tree is seen by those who know its kind: the names of its information sets in sentences."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property

from alliance_games.model.bayesian import Bayesian, bayesian_view
from alliance_games.model.extensive import CHANCE, ExtensiveGame
from alliance_games.model.signalling import Signalling, signalling_view
from alliance_games.model.signalling_forms import form, forms
from alliance_games.results.solutions import Behaviour, Point
from alliance_games.results.tree_solutions import Assessment, Continuum

Play = Assessment | Behaviour

MOST_NODES = 20_000
"""Larger trees are not looked at for a kind."""


class Seen:
    """A tree with its kind: a signalling game, a Bayesian game, or neither."""

    def __init__(self, game: ExtensiveGame) -> None:
        self.game = game

    @cached_property
    def signalling(self) -> Signalling | None:
        """The tree as a signalling game."""
        return signalling_view(self.game) if self.game.size <= MOST_NODES else None

    @cached_property
    def bayesian(self) -> Bayesian | None:
        """The tree as a Bayesian game, where it is no signalling game."""
        if self.signalling is not None or self.game.size > MOST_NODES:
            return None
        return bayesian_view(self.game)

    def form(self, one: Play | Continuum) -> str:
        """'separating', 'pooling on Treaty'...; '' in other games than signalling games."""
        if self.signalling is None:
            return ""
        if isinstance(one, Continuum):
            return forms(self.signalling, [each.choices for each in points_of(one)])
        return form(self.signalling, one.choices)

    def where(self, index: int) -> str:
        """An information set in a sentence: 'after Treaty', 'as Committed', 'at p'."""
        game, view = self.game, self.signalling
        if view is not None:
            if view.message_of_set(index) is not None:
                return f"after {view.messages[view.receiver_set.index(index)]}"
            if (type_ := view.type_of_set(index)) is not None:
                return f"as {view.types[type_]}"
        if self.bayesian is not None and (found := self.bayesian.type_of_set(index)):
            player, type_ = found
            if not self.bayesian.has_types(player):
                return ""
            return f"as {self.bayesian.types[player][type_]}"
        if game.sets[index].label:
            return f"at {game.sets[index].label}"
        way = game.path(game.nodes_of[index][0])
        return f"after {', '.join(way)}" if way else "at the start"


def points_of(one: Continuum) -> tuple[Play, ...]:
    """The points of a continuum of a tree."""
    return tuple(point for point in one.points if not isinstance(point, Point))


def reach(game: ExtensiveGame, one: Play) -> list[Fraction]:
    """The probability with which each node is reached."""
    chances = [Fraction(0)] * game.size
    chances[0] = Fraction(1)
    for node in range(game.size):
        if not chances[node] or not game.children(node):
            continue
        choice = one.choices[game.set_of[node]]
        for action, child in enumerate(game.children(node)):
            step = game.probability(child) if choice is None else choice[action]
            chances[child] = chances[node] * step
    return chances


def believed(
    game: ExtensiveGame, one: Play, index: int, chances: list[Fraction]
) -> tuple[Fraction, ...] | None:
    """The belief at a set: the equilibrium's own, or Bayes' rule where it is reached."""
    if isinstance(one, Assessment):
        return one.beliefs[index]
    nodes = game.nodes_of[index]
    if len(nodes) == 1:
        return (Fraction(1),)
    total = sum((chances[node] for node in nodes), Fraction(0))
    return tuple(chances[node] / total for node in nodes) if total else None


def decision_sets(game: ExtensiveGame) -> list[int]:
    """The information sets of the players."""
    return [index for index, each in enumerate(game.sets) if each.player != CHANCE]
