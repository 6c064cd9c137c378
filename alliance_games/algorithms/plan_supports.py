"""Supports of realization plans, pruned by conditional dominance.

A support says, at each information set that its own earlier choices leave open, which actions are
used at all. It comes down to the pure plans (reduced strategies) that it allows, and in an
equilibrium each of these is a best reply. So a support falls where one of its plans is dominated,
given the supports chosen for other players (Porter, Nudelman and Shoham 2008).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from alliance_games.algorithms.best_response import Tick
from alliance_games.model.sequence_form import SequenceForm, Sequences
from alliance_games.results.budget import LimitReached

MOST_PLANS = 4096
"""A player with more pure plans than this has too many supports to go through."""

MOST_CELLS = 4_000_000
"""Profiles of pure plans up to which dominance is looked for."""


@dataclass(frozen=True, slots=True)
class Support:
    """``used[k]`` are the actions used at the k-th of a player's sets, () where it is not reached.

    ``sequences`` are all sequences that are then possible, ``plans`` the places of the pure plans.
    """

    used: tuple[tuple[int, ...], ...]
    sequences: frozenset[int]
    plans: tuple[int, ...]


def plans_of(own: Sequences) -> list[frozenset[int]]:
    """The pure plans of a player, each as the sequences it makes possible.

    Raises LimitReached where there are more than can be gone through.
    """
    found: list[frozenset[int]] = [frozenset([0])]
    for k in range(len(own.sets)):
        found = [
            further
            for plan in found
            for further in ([plan | {s} for s in own.own(k)] if own.before[k] in plan else [plan])
        ]
        if len(found) > MOST_PLANS:
            raise LimitReached(f"a player has more than {MOST_PLANS:,} plans")
    return found


def supports_of(own: Sequences, plans: Sequence[frozenset[int]], tick: Tick) -> list[Support]:
    """All supports of a player, those of fewest plans first.

    Raises LimitReached where there are more than can be gone through.
    """
    started: list[tuple[tuple[tuple[int, ...], ...], frozenset[int]]] = [((), frozenset([0]))]
    for k in range(len(own.sets)):
        tick()
        first, count = own.first[k], len(own.own(k))
        choices = [tuple(a for a in range(count) if mask >> a & 1) for mask in range(1, 1 << count)]
        started = [
            further
            for used, open_ in started
            for further in (
                [((*used, c), open_ | {first + a for a in c}) for c in choices]
                if own.before[k] in open_
                else [((*used, ()), open_)]
            )
        ]
        if len(started) > MOST_PLANS * 4:
            raise LimitReached(f"a player has more than {MOST_PLANS * 4:,} supports")
    found = [
        Support(used, open_, tuple(i for i, plan in enumerate(plans) if plan <= open_))
        for used, open_ in started
    ]
    return sorted(found, key=lambda one: len(one.plans))


class Pruning:
    """Which supports survive, given those chosen for some players."""

    def __init__(self, form: SequenceForm, players: Sequence[int], tick: Tick) -> None:
        self.players = tuple(players)
        self.tick = tick
        self.plans = [plans_of(form.of[player]) for player in self.players]
        self.supports = [
            supports_of(form.of[player], plans, tick)
            for player, plans in zip(self.players, self.plans, strict=True)
        ]
        self.tables = self._payoffs(form)

    def _payoffs(self, form: SequenceForm) -> list[Any] | None:
        """Each player's payoffs by profile of pure plans, as integers; None where too many."""
        import numpy as np

        shape = tuple(map(len, self.plans))
        cells = 1
        for size in shape:
            cells *= size
        if cells * len(shape) > MOST_CELLS:
            return None
        tables = []
        for player in self.players:
            largest = max(map(abs, form.tree.numerators[player]), default=0) * form.over
            if largest * len(form.endings) >= 2**62:
                return None
            table = np.zeros(shape, dtype=np.int64)
            for k, node in enumerate(form.endings):
                value = form.weight[k] * form.tree.numerators[player][form.tree.terminal[node]]
                if value:
                    made = [
                        [i for i, plan in enumerate(plans) if form.at[p][k] in plan]
                        for p, plans in zip(self.players, self.plans, strict=True)
                    ]
                    table[np.ix_(*made)] += value
            self.tick()
            tables.append(table)
        return tables

    def profiles(self) -> Iterator[tuple[Support, ...]]:
        """The profiles of supports that no dominance rules out, one support per player."""
        order = sorted(range(len(self.players)), key=lambda i: len(self.supports[i]))
        everything = [tuple(range(len(plans))) for plans in self.plans]
        stack: list[tuple[dict[int, Support], list[tuple[int, ...]]]] = [({}, everything)]
        while stack:
            self.tick()
            chosen, allowed = stack.pop()
            narrowed = self._narrowed(chosen, allowed)
            if narrowed is None:
                continue
            if len(chosen) == len(order):
                yield tuple(chosen[i] for i in range(len(order)))
                continue
            player = order[len(chosen)]
            possible = set(narrowed[player])
            for support in reversed(self.supports[player]):
                if possible.issuperset(support.plans):
                    restricted = list(narrowed)
                    restricted[player] = support.plans
                    stack.append(({**chosen, player: support}, restricted))

    def _narrowed(
        self, chosen: dict[int, Support], allowed: list[tuple[int, ...]]
    ) -> list[tuple[int, ...]] | None:
        """The plans that nothing rules out, or None where a plan that must be used is ruled out."""
        if self.tables is None:
            return allowed
        allowed = list(allowed)
        changed = True
        while changed:
            changed = False
            for player in range(len(self.players)):
                kept = self._undominated(player, chosen, allowed)
                if len(kept) < len(allowed[player]):
                    if player in chosen or not kept:
                        return None
                    allowed[player] = kept
                    changed = True
        return allowed

    def _undominated(
        self, player: int, chosen: dict[int, Support], allowed: list[tuple[int, ...]]
    ) -> tuple[int, ...]:
        """The player's allowed plans that no plan of hers beats whatever the others may do.

        A chosen support uses all its plans: there it is enough to be better against some of them.
        """
        import numpy as np

        assert self.tables is not None
        others = [i for i in range(len(self.players)) if i != player]
        ranges = [allowed[i] for i in others]
        table = np.moveaxis(self.tables[player], player, 0)
        table = table[np.ix_(range(table.shape[0]), *ranges)]
        mixed = tuple(1 + place for place, i in enumerate(others) if i in chosen)
        kept = []
        for plan in allowed[player]:
            gains = table - table[plan]
            never_worse = (gains >= 0).reshape(len(gains), -1).all(axis=1)
            better = (gains > 0).any(axis=mixed) if mixed else gains > 0
            always = better.reshape(len(gains), -1).all(axis=1)
            if not bool((never_worse & always).any()):
                kept.append(plan)
        return tuple(kept)


def continuations(
    own: Sequences, after: dict[int, list[int]], k: int, most: int
) -> list[tuple[int, ...]]:
    """The pure ways to go on from the k-th set of a player: the sequences each ends up making.

    ``after[s]`` are the sets she may come to next after sequence ``s``. Raises LimitReached.
    """
    found: list[tuple[int, ...]] = []
    for sequence in own.own(k):
        parts = [continuations(own, after, later, most) for later in after.get(sequence, ())]
        for combination in product(*parts):
            found.append((sequence, *(s for part in combination for s in part)))
            if len(found) > most:
                raise LimitReached(f"a player can go on from a set in more than {most:,} ways")
    return found
