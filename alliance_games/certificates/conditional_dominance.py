"""Extensive-form rationalizable plans held to conditional dominance, played out in the tree.

Each plan that went must be beaten, at the set that is named and against all that was left then and
reaches it; each plan that is left must, at every set it does not exclude, be a best reply to some
belief over what is left, which a linear program either gives or proves impossible.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

from alliance_games.certificates.programs import holds
from alliance_games.exact.programs import Program, maximize
from alliance_games.model.extensive import CHANCE, TERMINAL, ExtensiveGame
from alliance_games.results.solutions import Certificate
from alliance_games.results.tree_solutions import Plans, RuledOut

CLAIM = (
    "each plan removed is worse than a mixture at one of its information sets, whatever is left to "
    "the others that reaches it; each plan left is, at every set it reaches, a best reply to a "
    "belief over such play"
)


def check(game: ExtensiveGame, solution: Plans) -> Certificate:
    """Replay the elimination in the tree, and look for dominated plans among those left."""
    if not _complete(game, solution):
        return Certificate(False, CLAIM)
    left = [set(range(len(own))) for own in solution.plans]
    rounds = sorted({one.round for one in solution.ruled_out})
    if rounds != list(range(1, len(rounds) + 1)):
        return Certificate(False, CLAIM)
    for number in rounds:
        going = [one for one in solution.ruled_out if one.round == number]
        if not all(_beaten(game, solution, one, left) for one in going):
            return Certificate(False, CLAIM)
        if _all_beaten(game, solution, left) != {(one.player, one.plan) for one in going}:
            return Certificate(False, CLAIM)
        for one in going:
            left[one.player].discard(one.plan)
    if tuple(tuple(sorted(own)) for own in left) != solution.members or not all(left):
        return Certificate(False, CLAIM)
    if _all_beaten(game, solution, left):
        return Certificate(False, CLAIM)
    ends = {
        end
        for profile in product(*(sorted(own) for own in left))
        for end in _ends(game, [solution.plans[p][k] for p, k in enumerate(profile)], 0)
    }
    return Certificate(tuple(sorted(ends)) == solution.outcomes, CLAIM)


def _complete(game: ExtensiveGame, solution: Plans) -> bool:
    """Whether the lists hold, once each, all reduced plans of every player."""
    if len(solution.plans) != len(game.players):
        return False
    for player, plans in enumerate(solution.plans):
        every = [-1] * len(game.sets)
        found: set[tuple[int, ...]] = set()
        waiting = [tuple(every)]
        while waiting:
            plan = waiting.pop()
            undecided = next(
                (
                    index
                    for index, one in enumerate(game.sets)
                    if one.player == player and plan[index] < 0 and _open(game, plan, index)
                ),
                None,
            )
            if undecided is None:
                found.add(plan)
                continue
            for action in range(len(game.sets[undecided].actions)):
                waiting.append((*plan[:undecided], action, *plan[undecided + 1 :]))
        if len(plans) != len(found) or set(plans) != found:
            return False
    return True


def _open(game: ExtensiveGame, plan: Sequence[int], index: int) -> bool:
    """Whether the plan's own choices lead to the set, as far as they are made."""
    return any(_allowed(game, plan, node, game.sets[index].player) for node in game.nodes_of[index])


def _allowed(game: ExtensiveGame, plan: Sequence[int], node: int, player: int) -> bool:
    while (before := game.parent[node]) >= 0:
        index = game.set_of[before]
        if game.sets[index].player == player and (plan[index] != node - game.first_child[before]):
            return False
        node = before
    return True


def _beaten(game: ExtensiveGame, solution: Plans, one: RuledOut, left: Sequence[set[int]]) -> bool:
    player, plans = one.player, solution.plans[one.player]
    if game.sets[one.set].player != player or one.plan not in left[player]:
        return False
    if sum(weight for _, weight in one.by) != 1 or any(weight <= 0 for _, weight in one.by):
        return False
    if not all(_open(game, plans[k], one.set) for k in (one.plan, *(k for k, _ in one.by))):
        return False
    columns = _others(game, solution, one.set, left)
    return bool(columns) and all(
        sum(weight * _payoff(game, solution, player, k, column) for k, weight in one.by)
        > _payoff(game, solution, player, one.plan, column)
        for column in columns
    )


def _all_beaten(
    game: ExtensiveGame, solution: Plans, left: Sequence[set[int]]
) -> set[tuple[int, int]]:
    """Every plan left (by player and place) that no belief at some set makes a best reply there."""
    beaten: set[tuple[int, int]] = set()
    for index, one in enumerate(game.sets):
        if one.player == CHANCE:
            continue
        own = [
            k for k in sorted(left[one.player]) if _open(game, solution.plans[one.player][k], index)
        ]
        columns = _others(game, solution, index, left)
        if len(own) < 2 or not columns:
            continue
        rows = [[_payoff(game, solution, one.player, k, column) for column in columns] for k in own]
        beaten |= {
            (one.player, k) for k, mine in zip(own, rows, strict=True) if _never_best(mine, rows)
        }
    return beaten


def _never_best(mine: Sequence[Fraction], rows: Sequence[Sequence[Fraction]]) -> bool:
    """Whether no belief over the columns makes a row as good as every other."""
    if any(all(mine[c] >= other[c] for other in rows) for c in range(len(mine))):
        return False
    losses = [([o - m for o, m in zip(other, mine, strict=True)], 0) for other in rows]
    program = Program([0] * len(mine), losses, [([1] * len(mine), 1)])
    outcome = maximize(program)
    if not holds(program, outcome):
        raise ArithmeticError("a linear program's answer does not hold")
    return outcome.status == "infeasible"


def _others(
    game: ExtensiveGame, solution: Plans, index: int, left: Sequence[set[int]]
) -> list[tuple[int, ...]]:
    """The others' profiles of plans left that allow some node of the set (her own place: 0)."""
    player = game.sets[index].player
    options = [[0] if other == player else sorted(own) for other, own in enumerate(left)]
    return [
        column
        for column in product(*options)
        if any(
            all(
                other == player or _allowed(game, solution.plans[other][k], node, other)
                for other, k in enumerate(column)
            )
            for node in game.nodes_of[index]
        )
    ]


def _payoff(
    game: ExtensiveGame, solution: Plans, player: int, plan: int, column: tuple[int, ...]
) -> Fraction:
    plans = [solution.plans[p][plan if p == player else k] for p, k in enumerate(column)]
    return sum(
        (p * game.payoffs(end)[player] for end, p in _ends(game, plans, 0).items()), Fraction(0)
    )


def _ends(game: ExtensiveGame, plans: Sequence[Sequence[int]], root: int) -> dict[int, Fraction]:
    """The terminal nodes that pure plans reach from a node on, with their probabilities."""
    found: dict[int, Fraction] = {}
    waiting = [(root, Fraction(1))]
    while waiting:
        node, probability = waiting.pop()
        index = game.set_of[node]
        if index == TERMINAL:
            found[node] = probability
            continue
        children = game.children(node)
        mover = game.sets[index].player
        if mover == CHANCE:
            waiting += [
                (child, probability * game.probability(child))
                for child in children
                if game.weight[child]
            ]
        else:
            waiting.append((children[plans[mover][index]], probability))
    return found
