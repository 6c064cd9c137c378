"""From perturbed realization plans to trembles by information set, and the beliefs they lead to."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from alliance_games.model.extensive import CHANCE, TERMINAL, ExtensiveGame
from alliance_games.model.profiles import Mixed
from alliance_games.model.sequence_form import SequenceForm
from alliance_games.results.tree_solutions import Tremble

Levels = list[list[Fraction]]
"""The coefficients of 1, e, e^2, ... of a perturbed realization plan, by sequence."""

Weight = tuple[tuple[int, Fraction], ...]
"""A polynomial in e: its powers, ascending, each with its coefficient."""

Weights = tuple[tuple[Weight, ...] | None, ...]
"""For each information set a polynomial for each action, in proportion to its probability."""


def weights_of(
    form: SequenceForm, plans: dict[int, Levels], choices: Sequence[Mixed | None]
) -> Weights:
    """The perturbed behaviour of perturbed realization plans, given by player.

    At a set that chance rules out everything unused has weight e.
    """
    found: list[tuple[Weight, ...] | None] = [
        None if choice is None else tuple(_plain(p) for p in choice) for choice in choices
    ]
    for player, levels in plans.items():
        own = form.of[player]
        for k, index in enumerate(own.sets):
            before = own.before[k]
            start = next(n for n, level in enumerate(levels) if level[before])
            over = levels[start][before]
            found[index] = tuple(
                tuple(
                    (n - start, level[sequence] / over)
                    for n, level in enumerate(levels)
                    if level[sequence]
                )
                for sequence in own.own(k)
            )
    return tuple(found)


def _plain(probability: Fraction) -> Weight:
    return ((0, probability),) if probability else ((1, Fraction(1)),)


def tremble_of(weights: Weights) -> Tremble:
    """The tremble with these weights: leading terms, and the rest where there is any."""
    further = tuple(None if own is None else tuple(weight[1:] for weight in own) for own in weights)
    return Tremble(
        tuple(None if own is None else tuple(w[0][0] for w in own) for own in weights),
        tuple(None if own is None else tuple(w[0][1] for w in own) for own in weights),
        further if any(any(own or ()) for own in further) else (),
    )


def beliefs_of(game: ExtensiveGame, weights: Weights) -> tuple[Mixed | None, ...]:
    """The limits of Bayes' rule along the tremble; equal odds where chance lets nobody arrive."""
    order = [0] * game.size
    chance = [Fraction(1)] * game.size
    for node in range(game.size):
        index = game.set_of[node]
        if index == TERMINAL:
            continue
        children = game.children(node)
        own = weights[index]
        total = sum(game.weight[child] for child in children)
        base = sum((w[0][1] for w in own if w[0][0] == 0), Fraction(0)) if own else Fraction(1)
        for action, child in enumerate(children):
            power, factor = own[action][0] if own else (0, Fraction(game.weight[child], total))
            order[child] = order[node] + power
            chance[child] = chance[node] * factor / base
    beliefs: list[Mixed | None] = []
    for index, nodes in enumerate(game.nodes_of):
        if game.sets[index].player == CHANCE:
            beliefs.append(None)
            continue
        possible = [node for node in nodes if chance[node]]
        least = min((order[node] for node in possible), default=0)
        odds = [chance[node] if order[node] == least else Fraction(0) for node in nodes]
        whole = sum(odds, Fraction(0))
        even = Fraction(1, len(nodes))
        beliefs.append(tuple(odd / whole if whole else even for odd in odds))
    return tuple(beliefs)
