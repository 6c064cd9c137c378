"""The number of pure subgame perfect equilibria of a tree with hidden moves, counted again.

Every pure profile of every subgame up to the next ones is tried with every combination of payoffs
that the next ones can have. Profiles that differ only where their player's own choices rule a set
out count once: the first action stands there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import prod

from alliance_games.certificates.subgame_perfect_stages import subgame_starts
from alliance_games.model.extensive import CHANCE, TERMINAL, ExtensiveGame
from alliance_games.model.profiles import Payoffs
from alliance_games.results.solutions import Certificate, Tally

CLAIM = "every pure profile of every subgame was tried, and those of subgames combined and counted"

Plan = Mapping[int, int]


def check_pure_number(game: ExtensiveGame, tally: Tally) -> Certificate:
    """Whether the game has so many pure subgame perfect equilibria."""
    starts = subgame_starts(game)
    counts: dict[int, dict[Payoffs, int]] = {}
    for root in range(game.size - 1, -1, -1):
        if starts[root] and game.set_of[root] != TERMINAL:
            counts[root] = _count(game, root, starts, counts)
    return Certificate(sum(counts[0].values()) == tally.number, CLAIM)


def _count(
    game: ExtensiveGame,
    root: int,
    starts: Sequence[bool],
    counts: Mapping[int, dict[Payoffs, int]],
) -> dict[Payoffs, int]:
    inside = [root]
    for node in inside:
        if game.set_of[node] != TERMINAL and (node == root or not starts[node]):
            inside.extend(game.children(node))
    cuts = [node for node in inside[1:] if starts[node]]
    moves = [n for n in inside if game.set_of[n] != TERMINAL and n not in cuts]
    sets = sorted({game.set_of[n] for n in moves if game.mover(n) != CHANCE})
    plans = [
        dict(zip(sets, plan, strict=True))
        for plan in product(*(range(len(game.sets[index].actions)) for index in sets))
    ]
    canonical = [plan for plan in plans if _is_canonical(game, inside, plan)]
    totals: dict[Payoffs, int] = {}
    for worth in product(*(counts[cut] for cut in cuts)):
        many = prod(counts[cut][payoffs] for cut, payoffs in zip(cuts, worth, strict=True))
        ends = dict(zip(cuts, worth, strict=True))
        for plan in canonical:
            payoffs = _payoffs(game, inside, ends, plan)
            if not _somebody_gains(game, inside, ends, plan, payoffs):
                totals[payoffs] = totals.get(payoffs, 0) + many
    return totals


def _is_canonical(game: ExtensiveGame, inside: Sequence[int], plan: Plan) -> bool:
    """Whether the first action stands at every set that its player's own plan rules out."""
    allowed: dict[int, frozenset[int]] = {inside[0]: frozenset()}
    members = set(inside)
    for node in inside:
        index = game.set_of[node]
        if index == TERMINAL or game.first_child[node] not in members:
            continue
        player = game.sets[index].player
        if player in allowed[node] and plan[index]:
            return False
        for action, child in enumerate(game.children(node)):
            left = player != CHANCE and plan[index] != action
            allowed[child] = allowed[node] | {player} if left else allowed[node]
    return True


def _payoffs(
    game: ExtensiveGame, inside: Sequence[int], ends: Mapping[int, Payoffs], plan: Plan
) -> Payoffs:
    worth: dict[int, Payoffs] = {}
    for node in reversed(inside):
        index = game.set_of[node]
        children = game.children(node)
        if node in ends:
            worth[node] = ends[node]
        elif index == TERMINAL:
            worth[node] = game.payoffs(node)
        elif game.sets[index].player != CHANCE:
            worth[node] = worth[children[plan[index]]]
        else:
            total = sum(game.weight[child] for child in children)
            worth[node] = tuple(
                sum((Fraction(game.weight[c], total) * worth[c][i] for c in children), Fraction(0))
                for i in range(len(game.players))
            )
    return worth[inside[0]]


def _somebody_gains(
    game: ExtensiveGame,
    inside: Sequence[int],
    ends: Mapping[int, Payoffs],
    plan: Plan,
    payoffs: Payoffs,
) -> bool:
    for player in range(len(game.players)):
        own = [index for index in plan if game.sets[index].player == player]
        for actions in product(*(range(len(game.sets[index].actions)) for index in own)):
            other = {**plan, **dict(zip(own, actions, strict=True))}
            if _payoffs(game, inside, ends, other)[player] > payoffs[player]:
                return True
    return False
