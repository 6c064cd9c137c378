"""From a game tree to its reduced normal form, and back to behaviour strategies.

A strategy of the reduced normal form chooses at those of its player's information sets that its own
earlier choices do not rule out (Kuhn 1953; Swinkels 1989 on reduced forms).
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod

from alliance_games.model.extensive import CHANCE, TERMINAL, ExtensiveGame
from alliance_games.model.integers import over_common_denominator
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Mixed, Profile, pure

Plan = dict[int, int]
"""A player's action at each of her information sets that her own choices leave open."""

MAX_PROFILES = 1_000_000

Last = tuple[int, int] | None
"""A player's latest choice on the way to a node: her information set and the action there."""


@dataclass(frozen=True, slots=True)
class NormalForm:
    """``game`` is the reduced normal form of ``tree``; ``plans[player]`` are her strategies."""

    tree: ExtensiveGame
    game: NormalGame
    plans: tuple[tuple[Plan, ...], ...]

    def behaviour(self, profile: Profile) -> tuple[Mixed | None, ...]:
        """The behaviour strategies that play like a mixed profile: one choice for each set.

        At a set that her own strategy never lets a player reach the profile says nothing, and her
        first action stands in; None stands for chance (Kuhn 1953, theorem 4).
        """
        choices: list[Mixed | None] = [None] * len(self.tree.sets)
        for player, (mixed, plans) in enumerate(zip(profile, self.plans, strict=True)):
            for index, information_set in enumerate(self.tree.sets):
                if information_set.player == player:
                    choices[index] = _choice(index, len(information_set.actions), mixed, plans)
        return tuple(choices)


def _choice(index: int, actions: int, mixed: Mixed, plans: Sequence[Plan]) -> Mixed:
    weights = [Fraction(0)] * actions
    for probability, plan in zip(mixed, plans, strict=True):
        if probability and index in plan:
            weights[plan[index]] += probability
    total = sum(weights)
    return tuple(weight / total for weight in weights) if total else pure(0, actions)


def reduced_normal_form(tree: ExtensiveGame, *, max_profiles: int = MAX_PROFILES) -> NormalForm:
    """The reduced normal form of a tree with perfect recall.

    Raises ValueError without perfect recall, or for more than ``max_profiles`` pure profiles.
    """
    if tree.recall_violation() is not None:
        raise ValueError("without perfect recall plans and behaviour strategies differ")
    reached = _latest_choices(tree)
    plans = tuple(
        tuple(_plans(tree, player, reached[player], max_profiles))
        for player in range(len(tree.players))
    )
    if prod(map(len, plans)) > max_profiles:
        raise ValueError(f"the normal form has more than {max_profiles} profiles")
    scaled = [over_common_denominator(table) for table in _expected(tree, plans, reached)]
    game = NormalGame(
        tree.players,
        tuple(_names(tree, own) for own in plans),
        tuple(integers for integers, _ in scaled),
        tuple(denominator for _, denominator in scaled),
        numeric=tree.numeric,
    )
    return NormalForm(tree, game, plans)


def _latest_choices(tree: ExtensiveGame) -> list[list[Last]]:
    """For each player and node her latest choice before it."""
    latest: list[list[Last]] = [[None] * tree.size for _ in tree.players]
    for node in range(tree.size):
        index = tree.set_of[node]
        mover = tree.mover(node)
        for action, child in enumerate(tree.children(node)):
            for player, of_player in enumerate(latest):
                of_player[child] = (index, action) if player == mover else of_player[node]
    return latest


def _plans(tree: ExtensiveGame, player: int, latest: Sequence[Last], most: int) -> list[Plan]:
    """All plans of a player, the first action first."""
    following: dict[Last, list[int]] = {}
    own = [index for index, one in enumerate(tree.sets) if one.player == player]
    for index in own:
        following.setdefault(latest[tree.nodes_of[index][0]], []).append(index)
    # A set comes after those its player passed before, so going backwards meets the later first.
    after: dict[Last, list[Plan]] = {}
    by_depth = sorted(own, key=lambda index: tree.nodes_of[index][0], reverse=True)
    for index in by_depth:
        for action in range(len(tree.sets[index].actions)):
            after[index, action] = _join(following.get((index, action), []), tree, after, most)
    return _join(following.get(None, []), tree, after, most)


def _join(
    sets: Sequence[int], tree: ExtensiveGame, after: dict[Last, list[Plan]], most: int
) -> list[Plan]:
    """Every combination of an action and what follows it, at each of several sets."""
    options = [
        [
            {index: action} | later
            for action in range(len(tree.sets[index].actions))
            for later in after[index, action]
        ]
        for index in sets
    ]
    if prod(map(len, options)) > most:
        raise ValueError(f"a player has more than {most} strategies")
    joined = []
    for parts in product(*options):
        plan: Plan = {}
        for part in parts:
            plan |= part
        joined.append(plan)
    return joined


def _names(tree: ExtensiveGame, plans: Sequence[Plan]) -> tuple[str, ...]:
    """The actions of each plan, with their information sets where actions alone are ambiguous."""
    short = [" · ".join(tree.sets[i].actions[a] for i, a in sorted(p.items())) for p in plans]
    if len(set(short)) == len(short):
        return tuple(name or "-" for name in short)
    return tuple(
        " · ".join(
            f"{tree.set_name(i)}: {tree.sets[i].actions[a]}" for i, a in sorted(plan.items())
        )
        for plan in plans
    )


def _expected(
    tree: ExtensiveGame, plans: Sequence[Sequence[Plan]], latest: Sequence[Sequence[Last]]
) -> list[list[Fraction]]:
    """Every player's expected payoff at every profile of plans, in row-major order."""
    strides = array("q", [prod(map(len, plans[player + 1 :])) for player in range(len(plans))])
    tables = [[Fraction(0)] * prod(map(len, plans)) for _ in plans]
    allowing = [_allowing(own) for own in plans]
    for node, probability in _endings(tree):
        places = [0]
        for player, own in enumerate(plans):
            # With perfect recall the latest choice tells all the earlier ones.
            last = latest[player][node]
            fitting = range(len(own)) if last is None else allowing[player][last]
            places = [place + plan * strides[player] for place in places for plan in fitting]
        for table, payoff in zip(tables, tree.payoffs(node), strict=True):
            share = probability * payoff
            for place in places:
                table[place] += share
    return tables


def _allowing(plans: Sequence[Plan]) -> dict[Last, list[int]]:
    """The plans that make each choice."""
    found: dict[Last, list[int]] = {}
    for number, plan in enumerate(plans):
        for choice in plan.items():
            found.setdefault(choice, []).append(number)
    return found


def _endings(tree: ExtensiveGame) -> list[tuple[int, Fraction]]:
    """Each ending that chance allows, with the probability of all chance moves on the way."""
    probability = [Fraction(1)] * tree.size
    for node in range(tree.size):
        children = tree.children(node)
        chance = tree.mover(node) == CHANCE
        total = sum(tree.weight[child] for child in children) if chance else 1
        for child in children:
            share = Fraction(tree.weight[child], total) if chance else 1
            probability[child] = probability[node] * share
    return [
        (node, probability[node])
        for node in range(tree.size)
        if tree.set_of[node] == TERMINAL and probability[node]
    ]
