"""Subgame perfection held to the one-shot deviation principle at every node.

In a finite tree of perfect information a profile is subgame perfect exactly when nobody gains, at
any node, by another action there followed by the profile (Blackwell 1965; Hendon, Jacobsen and
Sloth 1996).
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from alliance_games.model.extensive import CHANCE, TERMINAL, ExtensiveGame
from alliance_games.model.profiles import Mixed, is_distribution
from alliance_games.results.solutions import Behaviour, Certificate, Tally

CLAIM = "at every node no other action, followed by the same play, gives its player more"

Branch = tuple[int, Any]
"""An action that is taken, and its probability."""


def check(game: ExtensiveGame, behaviour: Behaviour) -> Certificate:
    """Whether ``behaviour`` is a subgame perfect equilibrium with the payoffs it names."""
    if not game.has_perfect_information or len(behaviour.choices) != len(game.sets):
        return Certificate(False, CLAIM)
    known: dict[tuple[int, int, bool], list[Branch] | None] = {}
    taken: list[list[Branch]] = []
    for choice, one in zip(behaviour.choices, game.sets, strict=True):
        # In a large tree the same few distributions stand at very many sets.
        key = (id(choice), len(one.actions), one.player == CHANCE)
        if key not in known:
            known[key] = _taken(choice, *key[1:])
        branches = known[key]
        if branches is None:
            return Certificate(False, CLAIM)
        taken.append(branches)
    worth, gain = _values_and_gain(game, taken)
    payoffs = tuple(
        Fraction(value) / over for value, over in zip(worth, game.denominators, strict=True)
    )
    told = payoffs == behaviour.payoffs and _reached(game, taken) == dict(behaviour.outcomes)
    distinct = len(dict(behaviour.outcomes)) == len(behaviour.outcomes)
    return Certificate(gain == 0 and told and distinct, CLAIM, largest_gain=gain)


def _taken(choice: Mixed | None, actions: int, chance: bool) -> list[Branch] | None:
    """The actions a choice takes; None for what is no choice there; nothing for chance."""
    if chance or choice is None:
        return [] if chance and choice is None else None
    if len(choice) != actions or not is_distribution(choice):
        return None
    return [(action, probability) for action, probability in enumerate(choice) if probability]


def _values_and_gain(
    game: ExtensiveGame, taken: Sequence[list[Branch]]
) -> tuple[Sequence[Any], Fraction]:
    """The root's value (per player, over her denominator) and the largest one-shot gain."""
    values: list[Sequence[Any]] = [()] * game.size
    gain = Fraction(0)
    for node in range(game.size - 1, -1, -1):
        index = game.set_of[node]
        if index == TERMINAL:
            at = game.terminal[node]
            values[node] = [table[at] for table in game.numerators]
            continue
        children = game.children(node)
        branches, mover = taken[index], game.sets[index].player
        if len(branches) == 1:
            values[node] = values[children[branches[0][0]]]
        else:
            branches = branches or _of_chance(game, children)
            values[node] = [
                sum(p * values[children[action]][player] for action, p in branches)
                for player in range(len(game.players))
            ]
        if mover != CHANCE:
            own = values[node][mover]
            better = max([values[child][mover] for child in children])
            if better > own:
                gain = max(gain, Fraction(better - own) / game.denominators[mover])
    return values[0], gain


def _of_chance(game: ExtensiveGame, children: Sequence[int]) -> list[Branch]:
    total = sum(game.weight[child] for child in children)
    return [(k, Fraction(game.weight[child], total)) for k, child in enumerate(children)]


def _reached(game: ExtensiveGame, taken: Sequence[list[Branch]]) -> dict[int, Fraction]:
    """The probability of each ending that is reached."""
    reached: dict[int, Fraction] = {}
    waiting = [(0, Fraction(1))]
    while waiting:
        node, probability = waiting.pop()
        index = game.set_of[node]
        if index == TERMINAL:
            reached[node] = probability
            continue
        children = game.children(node)
        for action, share in taken[index] or _of_chance(game, children):
            if share:
                waiting.append((children[action], probability * share))
    return reached


def check_number(game: ExtensiveGame, tally: Tally) -> Certificate:
    """Whether the game has so many pure subgame perfect equilibria, by counting them again."""
    claim = "equilibria of subgames were combined at every node and counted"
    counts: list[dict[tuple[Any, ...], int]] = [{} for _ in range(game.size)]
    for node in range(game.size - 1, -1, -1):
        if game.mover(node) is None:
            # Over each player's denominator: who prefers what does not depend on it.
            counts[node] = {tuple([table[game.terminal[node]] for table in game.numerators]): 1}
            continue
        below = [counts[child] for child in game.children(node)]
        if game.mover(node) == CHANCE:
            counts[node] = _combined(below, [p for _, p in _of_chance(game, game.children(node))])
        else:
            counts[node] = _chosen(below, game.sets[game.set_of[node]].player)
        for child in game.children(node):
            counts[child] = {}  # done with; a large tree would hold them all
    return Certificate(sum(counts[0].values()) == tally.number, claim)


def _combined(
    below: Sequence[dict[tuple[Any, ...], int]], probabilities: Sequence[Fraction]
) -> dict[tuple[Any, ...], int]:
    """The expected payoffs over chance, for every choice of an equilibrium after each event."""
    sums: dict[tuple[Any, ...], int] = {}
    for counts, probability in zip(below, probabilities, strict=True):
        if not sums:
            width = len(next(iter(counts)))
            sums = {(Fraction(0),) * width: 1}
        longer: dict[tuple[Any, ...], int] = {}
        for so_far, many in sums.items():
            for value, number in counts.items():
                key = tuple(s + probability * v for s, v in zip(so_far, value, strict=True))
                longer[key] = longer.get(key, 0) + many * number
        sums = longer
    return sums


def _chosen(below: Sequence[dict[tuple[Any, ...], int]], mover: int) -> dict[tuple[Any, ...], int]:
    """Each action with each of its values, as often as no other action offers the mover more."""
    totals: dict[tuple[Any, ...], int] = {}
    for action, counts in enumerate(below):
        for value, number in counts.items():
            for other, offers in enumerate(below):
                if other != action:
                    number *= sum(many for v, many in offers.items() if v[mover] <= value[mover])
            if number:
                totals[value] = totals.get(value, 0) + number
    return totals
