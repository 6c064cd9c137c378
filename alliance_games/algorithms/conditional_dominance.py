"""Extensive-form rationalizability by iterated conditional dominance.

A plan goes if, at some information set of its player that it does not exclude, a mixture of her
plans that do not exclude it either is better against every play of the others that reaches the set
and is left. What remains in the end are the extensive-form rationalizable plans of Pearce (1984):
Shimoji and Watson (1998), theorem 1.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product

from alliance_games.algorithms.dominance import strict_dominator
from alliance_games.model.normal import NormalGame
from alliance_games.results.tree_solutions import RuledOut

Plan = dict[int, int]
"""The actions of a reduced plan, by information set."""


class ConditionalDominance:
    """The elimination on one reduced normal form.

    ``plans[player]`` are the strategies of ``game`` as plans; ``allows(player, plan, node)`` says
    whether a plan can be part of a play that reaches the node.
    """

    def __init__(
        self,
        game: NormalGame,
        plans: Sequence[Sequence[Plan]],
        sets: Sequence[tuple[int, Sequence[int]]],
        allows: Callable[[int, Plan, int], bool],
    ) -> None:
        self.game = game
        self.plans = plans
        # For each information set (its player, its nodes): for each node the plans that allow it.
        self.allowing = [
            [
                [
                    frozenset(k for k, plan in enumerate(own) if allows(player, plan, node))
                    for player, own in enumerate(plans)
                ]
                for node in nodes
            ]
            for _, nodes in sets
        ]
        self.owner = [player for player, _ in sets]

    def survivors(
        self, tick: Callable[[], None]
    ) -> tuple[tuple[tuple[int, ...], ...], tuple[RuledOut, ...]]:
        """The plans left for each player, and those that went, round by round."""
        left = [list(range(len(own))) for own in self.plans]
        gone: list[RuledOut] = []
        number = 0
        while True:
            number += 1
            found = self._round(left, number, tick)
            if not found:
                return tuple(map(tuple, left)), tuple(gone)
            gone += found
            for one in found:
                left[one.player].remove(one.plan)

    def _round(
        self, left: Sequence[Sequence[int]], number: int, tick: Callable[[], None]
    ) -> list[RuledOut]:
        found: dict[tuple[int, int], RuledOut] = {}
        for index, player in enumerate(self.owner):
            if player < 0:
                continue
            tick()
            own = [k for k in left[player] if k in self.allowing[index][0][player]]
            columns = self._columns(index, player, left)
            if len(own) < 2 or not columns:
                continue
            rows = [[self._payoff(player, k, column) for column in columns] for k in own]
            for place, plan in enumerate(own):
                if (player, plan) in found:
                    continue
                mixture = strict_dominator(rows, place, True, tick)
                if mixture is not None:
                    by = tuple((own[k], weight) for k, weight in sorted(mixture.items()))
                    found[player, plan] = RuledOut(player, plan, number, index, by)
        return [found[key] for key in sorted(found)]

    def _columns(
        self, index: int, player: int, left: Sequence[Sequence[int]]
    ) -> list[tuple[int, ...]]:
        """The others' profiles that are left and reach the set, her own place held by 0."""
        found: set[tuple[int, ...]] = set()
        for allowing in self.allowing[index]:
            options = [
                [0] if other == player else [k for k in left[other] if k in allowing[other]]
                for other in range(len(left))
            ]
            found.update(product(*options))
        return sorted(found)

    def _payoff(self, player: int, plan: int, column: tuple[int, ...]) -> int:
        profile = (*column[:player], plan, *column[player + 1 :])
        place = sum(k * stride for k, stride in zip(profile, self.game.strides, strict=True))
        return int(self.game.numerators[player][place])
