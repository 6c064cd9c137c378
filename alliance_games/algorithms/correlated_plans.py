"""Extensive-form correlated equilibria as a linear program over profiles of reduced plans.

A mediator draws a profile of plans and tells each player, at each information set she reaches, the
action her plan has there; a player who disobeys is told nothing more (von Stengel and Forges 2008,
definition 2.2). She must not gain by disobeying: what a recommended action brings, with obedience
to the end, is compared with the best plan that ignores all further advice. That best plan is
written as a recursion over her own information sets (section 3 there), one variable for each, so
that the program stays linear.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise, product

from alliance_games.exact.programs import Outcome, Program, maximize
from alliance_games.model.extensive import CHANCE, TERMINAL, ExtensiveGame

Plan = tuple[int, ...]
"""An action by information set, -1 where the plan says nothing."""


@dataclass(frozen=True, slots=True)
class _Ending:
    """A terminal node: its chance probability and each player's own moves on the way to it."""

    node: int
    probability: Fraction
    moves: tuple[tuple[tuple[int, int], ...], ...]


def endings(game: ExtensiveGame) -> list[_Ending]:
    """The terminal nodes that chance allows."""
    nothing: tuple[tuple[int, int], ...] = ()
    waiting = [(0, Fraction(1), (nothing,) * len(game.players))]
    found = []
    while waiting:
        node, probability, moves = waiting.pop()
        index = game.set_of[node]
        if index == TERMINAL:
            found.append(_Ending(node, probability, moves))
            continue
        mover = game.sets[index].player
        for action, child in enumerate(game.children(node)):
            if mover != CHANCE:
                own = (*moves[mover], (index, action))
                waiting.append((child, probability, (*moves[:mover], own, *moves[mover + 1 :])))
            elif game.weight[child]:
                waiting.append((child, probability * game.probability(child), moves))
    return sorted(found, key=lambda ending: ending.node)


class CorrelatedPlay:
    """The program for one game: one variable for each profile of ``plans``, then the values of
    disobedience, one for each trigger (player, set, recommended action) and set of hers from there
    on."""

    def __init__(self, game: ExtensiveGame, plans: Sequence[Sequence[Plan]]) -> None:
        self.game = game
        self.profiles = list(product(*plans))
        self.endings = endings(game)
        self.allowed = [
            [
                frozenset(
                    k
                    for k, profile in enumerate(self.profiles)
                    if all(profile[player][index] == action for index, action in own)
                )
                for player, own in enumerate(ending.moves)
            ]
            for ending in self.endings
        ]
        self.places: dict[tuple[int, int, int], int] = {}
        self.triggers = [
            (index, action)
            for index, one in enumerate(game.sets)
            if one.player != CHANCE
            for action in range(len(one.actions))
        ]
        self.below = {index: self._below(index) for index, _ in self.triggers}
        for index, action in self.triggers:
            for later in self.below[index]:
                self.places[index, action, later] = len(self.profiles) + len(self.places)

    def _below(self, index: int) -> list[int]:
        """The set and those of the same player that can follow it."""
        player = self.game.sets[index].player
        found = {index}
        for ending in self.endings:
            own = [s for s, _ in ending.moves[player]]
            if index in own:
                found.update(own[own.index(index) :])
        return sorted(found)

    def best(self, weights: Sequence[Fraction], tick: Callable[[], None]) -> Outcome:
        """The correlated play with the largest weighted sum of the players' payoffs."""
        width = len(self.profiles) + len(self.places)
        objective = [Fraction(0)] * width
        for ending, allowed in zip(self.endings, self.allowed, strict=True):
            payoffs = self.game.payoffs(ending.node)
            worth = sum(w * u for w, u in zip(weights, payoffs, strict=True))
            for k in frozenset.intersection(*allowed):
                objective[k] += ending.probability * worth
        rows = [(row, 0) for trigger in self.triggers for row in self._rows(*trigger, tick)]
        total = [1] * len(self.profiles) + [0] * len(self.places)
        free = frozenset(self.places.values())
        return maximize(Program(objective, rows, [(total, 1)], free), tick)

    def _rows(self, index: int, action: int, tick: Callable[[], None]) -> list[list[Fraction]]:
        """Obedience to one recommendation: the value of disobeying is at least what each plan that
        ignores advice brings, and at most what obeying brings (all rows: at most 0)."""
        tick()
        player = self.game.sets[index].player
        width = len(self.profiles) + len(self.places)
        told = frozenset(
            k for k, profile in enumerate(self.profiles) if profile[player][index] == action
        )
        after: dict[tuple[int, int], list[Fraction]] = {
            (later, choice): [Fraction(0)] * width
            for later in self.below[index]
            for choice in range(len(self.game.sets[later].actions))
        }
        obeying = [Fraction(0)] * width
        for ending, allowed in zip(self.endings, self.allowed, strict=True):
            own = ending.moves[player]
            if all(s != index for s, _ in own):
                continue
            worth = ending.probability * self.game.payoffs(ending.node)[player]
            others = [a for other, a in enumerate(allowed) if other != player]
            row = after[own[-1]]
            for k in told.intersection(*others):
                row[k] += worth
            for k in told.intersection(*allowed):
                obeying[k] -= worth
            for (s, a), (later, _) in pairwise(own):
                if (s, a) in after:
                    after[s, a][self.places[index, action, later]] = Fraction(1)
        for (later, _), row in after.items():
            row[self.places[index, action, later]] -= 1
        obeying[self.places[index, action, index]] += 1
        return [obeying, *after.values()]
