"""Which paths not taken would have told what their taker means to do: forward induction.

Van Damme (1989): where a player could enter a subgame of which exactly one equilibrium gives her
more than she gets, entering it says that she means to play that one; an equilibrium in which she
stays out, because the others would not understand, is not consistent with forward induction.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from alliance_games.algorithms.sequence_equilibria import TreeEquilibria, all_equilibria
from alliance_games.model.extensive import CHANCE, TERMINAL, ExtensiveGame
from alliance_games.model.profiles import Mixed

Choices = Sequence[Mixed | None]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a move not made would have meant.

    At ``node``, on the path of play, its mover gets ``gets``; the action ``action`` leads to a
    subgame of which one equilibrium alone gives her more, ``means``; no other gives more than
    ``otherwise`` (None where there is no other).
    """

    node: int
    action: int
    gets: Fraction
    means: Fraction
    otherwise: Fraction | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A subgame's equilibria as its entrant sees them: the least and the most each component
    gives her."""

    ranges: tuple[tuple[Fraction, Fraction], ...]


class Entrances:
    """The subgames that can be entered, each solved once.

    ``subgame(node)`` gives the subgame that starts at a node as a tree of its own, or None where
    none starts there.
    """

    def __init__(
        self,
        game: ExtensiveGame,
        subgame: Callable[[int], ExtensiveGame | None],
        tick: Callable[[], None],
    ) -> None:
        self.game, self.subgame, self.tick = game, subgame, tick
        self._known: dict[int, dict[int, Entry] | None] = {}

    def entry(self, node: int, player: int) -> Entry | None:
        """What the equilibria of the subgame at ``node`` give a player; None without a subgame.

        Raises ValueError where more than two players move in it.
        """
        if node not in self._known:
            tree = self.subgame(node)
            if tree is None:
                self._known[node] = None
            else:
                found = all_equilibria(tree, self.tick)
                players = range(len(self.game.players))
                self._known[node] = {p: Entry(_ranges(found, p)) for p in players}
        entries = self._known[node]
        return None if entries is None else entries[player]

    def readings(self, choices: Choices) -> list[Reading]:
        """Every move not made on the path of play that forward induction could read."""
        values = _values(self.game, choices)
        found = []
        for node in _reached(self.game, choices):
            index = self.game.set_of[node]
            mover = self.game.sets[index].player
            choice = choices[index]
            if mover == CHANCE or choice is None or len(self.game.nodes_of[index]) > 1:
                continue
            for action, child in enumerate(self.game.children(node)):
                if choice[action] or (entry := self.entry(child, mover)) is None:
                    continue
                reading = _read(node, action, values[node][mover], entry)
                if reading is not None:
                    found.append(reading)
        return found


def _read(node: int, action: int, gets: Fraction, entry: Entry) -> Reading | None:
    better = [(low, high) for low, high in entry.ranges if high > gets]
    if len(better) != 1 or better[0][0] != better[0][1]:
        return None
    others = [high for low, high in entry.ranges if high <= gets]
    return Reading(node, action, gets, better[0][1], max(others, default=None))


def _ranges(found: TreeEquilibria, player: int) -> tuple[tuple[Fraction, Fraction], ...]:
    """The least and the most that each component gives a player.

    Payoffs are linear in each player's plan, so that over a product of polytopes both are taken at
    corners.
    """
    ranges = []
    for component in found.components:
        values = [_payoff(found, found.plans(edge), player) for edge in component.extreme]
        ranges.append((min(values), max(values)))
    return tuple(ranges)


def _payoff(found: TreeEquilibria, plans: Sequence[Sequence[Fraction]], player: int) -> Fraction:
    form = found.form
    total = Fraction(0)
    for k, node in enumerate(form.endings):
        share = Fraction(form.weight[k], form.over)
        for own, at in zip(plans, form.at, strict=True):
            share *= own[at[k]]
        if share:
            total += share * form.tree.payoffs(node)[player]
    return total


def _values(game: ExtensiveGame, choices: Choices) -> list[tuple[Fraction, ...]]:
    """What everybody gets from each node on."""
    values: list[tuple[Fraction, ...]] = [()] * game.size
    for node in range(game.size - 1, -1, -1):
        if game.set_of[node] == TERMINAL:
            values[node] = game.payoffs(node)
            continue
        shares = _shares(game, choices, node)
        below = [values[child] for child in game.children(node)]
        values[node] = tuple(
            sum((s * value[p] for s, value in zip(shares, below, strict=True)), Fraction(0))
            for p in range(len(game.players))
        )
    return values


def _reached(game: ExtensiveGame, choices: Choices) -> list[int]:
    waiting, found = [0], []
    for node in waiting:
        if game.set_of[node] == TERMINAL:
            continue
        found.append(node)
        shares = _shares(game, choices, node)
        waiting += [c for c, share in zip(game.children(node), shares, strict=True) if share]
    return found


def _shares(game: ExtensiveGame, choices: Choices, node: int) -> Sequence[Fraction]:
    choice = choices[game.set_of[node]]
    if choice is not None:
        return choice
    return [game.probability(child) for child in game.children(node)]
