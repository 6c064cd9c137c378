"""From a game tree to its full normal form, and back to behaviour strategies.

A strategy of the full form chooses at every information set of its player, also at those that her
own choices rule out (von Neumann and Morgenstern 1944; Kuhn 1953). The reduced form, in which
strategies that differ only there are one, is in :mod:`.normal_form`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod

from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.integers import over_common_denominator
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Mixed, Profile
from alliance_games.transforms.plan_payoffs import Plan, Way, tables

MAX_PROFILES = 1_000_000


@dataclass(frozen=True, slots=True)
class FullForm:
    """``game`` is the full normal form of ``tree``; ``plans[player]`` are her strategies, in the
    order of the game's: each gives an action for each of her information sets."""

    tree: ExtensiveGame
    game: NormalGame
    plans: tuple[tuple[Plan, ...], ...]

    def behaviour(self, profile: Profile) -> tuple[Mixed | None, ...]:
        """The behaviour strategies that play like a mixed profile: one choice for each set.

        At a set the plans that let it be reached count (Kuhn 1953, theorem 4); where the player
        rules it out herself, all of hers do. None stands for chance. Raises ValueError without
        perfect recall, where no behaviour strategies need play alike.
        """
        if self.tree.recall_violation() is not None:
            raise ValueError("without perfect recall plans and behaviour strategies differ")
        choices: list[Mixed | None] = [None] * len(self.tree.sets)
        for player, (mixed, plans) in enumerate(zip(profile, self.plans, strict=True)):
            for index, one in enumerate(self.tree.sets):
                if one.player == player:
                    way = _own_way(self.tree, player, self.tree.nodes_of[index][0])
                    choices[index] = _choice(index, len(one.actions), mixed, plans, way)
        return tuple(choices)


def _own_way(tree: ExtensiveGame, player: int, node: int) -> Way:
    """The player's own choices on the way to a node."""
    way = []
    while (parent := tree.parent[node]) >= 0:
        if tree.mover(parent) == player:
            way.append((tree.set_of[parent], node - tree.first_child[parent]))
        node = parent
    return tuple(way)


def _choice(index: int, actions: int, mixed: Mixed, plans: Sequence[Plan], way: Way) -> Mixed:
    reaching, every = [Fraction(0)] * actions, [Fraction(0)] * actions
    for probability, plan in zip(mixed, plans, strict=True):
        every[plan[index]] += probability
        if all(plan[before] == action for before, action in way):
            reaching[plan[index]] += probability
    total = sum(reaching)
    return tuple(weight / total for weight in reaching) if total else tuple(every)


def full_normal_form(tree: ExtensiveGame, *, max_profiles: int = MAX_PROFILES) -> FullForm:
    """The full normal form of a tree, with or without perfect recall.

    A strategy is called by its actions, set by set; with the sets' names where actions alone are
    ambiguous. Raises ValueError for more than ``max_profiles`` pure profiles.
    """
    own_sets = [
        [index for index, one in enumerate(tree.sets) if one.player == player]
        for player in range(len(tree.players))
    ]
    sizes = [prod(len(tree.sets[index].actions) for index in own) for own in own_sets]
    if prod(sizes) > max_profiles:
        raise ValueError(f"the normal form has more than {max_profiles} profiles")
    plans = tuple(tuple(_plans(tree, own)) for own in own_sets)
    found = tables(tree, plans, lambda player, ending, _: tree.payoffs(ending)[player])
    scaled = [over_common_denominator(table) for table in found]
    game = NormalGame(
        tree.players,
        tuple(_names(tree, own) for own in plans),
        tuple(integers for integers, _ in scaled),
        tuple(denominator for _, denominator in scaled),
        numeric=tree.numeric,
    )
    return FullForm(tree, game, plans)


def _plans(tree: ExtensiveGame, own: Sequence[int]) -> list[Plan]:
    actions = (range(len(tree.sets[index].actions)) for index in own)
    return [dict(zip(own, chosen, strict=True)) for chosen in product(*actions)]


def _names(tree: ExtensiveGame, plans: Sequence[Plan]) -> tuple[str, ...]:
    short = [" · ".join(tree.sets[i].actions[a] for i, a in plan.items()) for plan in plans]
    if len(set(short)) == len(short):
        return tuple(name or "-" for name in short)
    return tuple(
        " · ".join(f"{tree.set_name(i)}: {tree.sets[i].actions[a]}" for i, a in plan.items())
        for plan in plans
    )
