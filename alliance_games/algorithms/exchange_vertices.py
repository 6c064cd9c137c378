"""The extreme strategies of both sides of an exchange, over any ordered field.

The equilibria of an exchange (of a signalling game, Spence 1973; Cho and Kreps 1987) have the
structure of those of a bimatrix game. On one side stand the sender's strategies with the receiver's
beliefs: by which responses are best they fall into convex cells, because the receiver's payoff at
an information set is linear in the probabilities with which the sender leads there. On the other
side stand the receiver's responses, which fall into convex cells by which actions are best for the
sender, at each of her sets. An equilibrium is a pair in which each side uses only what is best
against the other, so the extreme points of the cells, paired, are the extreme equilibria (as in
Winkels 1979 and Jansen 1981 for two matrices).

Written for ``Concept.conditions``: a sign is asked only where it decides something.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain, combinations, product

from alliance_games.algorithms.exchange_ground import Ground
from alliance_games.algorithms.unit_cube import corners, inside
from alliance_games.model.profiles import Mixed
from alliance_games.results.ordered import Signs

NOTHING = Fraction(0)
ALL = Fraction(1)

Uses = tuple[tuple[int, ...], ...]
"""Which actions are used, by information set of one side."""


@dataclass(frozen=True, slots=True)
class Sending:
    """An extreme strategy of the sender, with what it makes the receiver do.

    ``uses[first]`` are the actions at a set of the sender's (of those that play can reach),
    ``strategy[first]`` their probabilities; ``weights[second]`` the probabilities of the nodes of a
    set of the receiver's (None where play does not come), ``best[second]`` the responses that are
    best there.
    """

    uses: Uses
    strategy: tuple[Mixed, ...]
    weights: tuple[Mixed | None, ...]
    best: tuple[frozenset[int] | None, ...]


@dataclass(frozen=True, slots=True)
class Answering:
    """An extreme strategy of the receiver: ``uses[second]`` the responses, with ``strategy``."""

    uses: Uses
    strategy: tuple[Mixed, ...]


class Sides:
    """Both sides of one exchange at one place of its parameters."""

    def __init__(self, ground: Ground, signs: Signs) -> None:
        self.ground, self.signs = ground, signs

    # The sender's side

    def sendings(self) -> Iterator[Sending]:
        """Every extreme strategy of the sender, those that mix at fewer sets first."""
        found: list[Sending] = []
        options = [list(_subsets(range(n))) for n in self.ground.actions]
        for uses in sorted(product(*options), key=lambda u: (sum(map(len, u)), u)):
            free = sum(len(one) - 1 for one in uses)
            for ties in self._ties(uses, free):
                if any(_is_told(one, uses, ties) for one in found):
                    continue
                strategy = self._mixed(uses, ties)
                if strategy is None:
                    continue
                one = self._answered(uses, strategy, ties)
                if one is not None:
                    found.append(one)
                    yield one

    def _ties(self, uses: Uses, free: int) -> Iterator[dict[int, tuple[int, ...]]]:
        """Which responses are to be equally good at which set, to settle ``free`` numbers.

        Where n actions lead, at most n of them are, or else none of these would be used.
        """
        if not free:
            yield {}
            return
        ground = self.ground
        met = [s for s in ground.seconds if ground.responses[s] > 1 and ground.reached(s, uses)]
        sizes = [
            range(min(sum(m in uses[t] for t, m in ground.leading[s]), ground.responses[s]))
            for s in met
        ]
        for numbers in product(*sizes):
            if sum(numbers) != free:
                continue
            tied = [
                list(combinations(range(ground.responses[s]), number + 1)) if number else [()]
                for s, number in zip(met, numbers, strict=True)
            ]
            for chosen in product(*tied):
                yield {s: one for s, one in zip(met, chosen, strict=True) if one}

    def _mixed(self, uses: Uses, ties: dict[int, tuple[int, ...]]) -> tuple[Mixed, ...] | None:
        """The strategy with these actions that makes these responses equally good."""
        unknowns = [(t, m) for t, used in enumerate(uses) for m in used[:-1]]
        rows, constants = [], []
        for second, tied in ties.items():
            for response in tied[1:]:
                row = [NOTHING] * len(unknowns)
                constant = NOTHING
                for t, m in self.ground.leading[second]:
                    if m not in uses[t]:
                        continue
                    gap = self.ground.gap(second, (t, m), response, tied[0])
                    if m == uses[t][-1]:
                        constant = constant + gap
                        for place, (other, _) in enumerate(unknowns):
                            if other == t:
                                row[place] = row[place] - gap
                    else:
                        place = unknowns.index((t, m))
                        row[place] = row[place] + gap
                rows.append(row)
                constants.append(constant)
        numbers = inside(rows, constants, self.signs)
        if numbers is None:
            return None
        strategy = []
        for t, used in enumerate(uses):
            mixed = [NOTHING] * self.ground.actions[t]
            rest = ALL
            for number, (other, m) in zip(numbers, unknowns, strict=True):
                if other == t:
                    mixed[m] = number
                    rest = rest - number
            mixed[used[-1]] = rest
            if len(used) > 2 and not self.signs.is_positive(rest):
                return None
            strategy.append(tuple(mixed))
        return tuple(strategy)

    def _answered(
        self, uses: Uses, strategy: tuple[Mixed, ...], ties: dict[int, tuple[int, ...]]
    ) -> Sending | None:
        """The strategy with beliefs and best responses; None where the ties are not best ones."""
        weights: list[Mixed | None] = []
        best: list[frozenset[int] | None] = []
        for second in self.ground.seconds:
            if not self.ground.reached(second, uses):
                weights.append(None)
                best.append(None)
                continue
            weights.append(self.ground.weights(second, lambda t, m: strategy[t][m]))
            tied = ties.get(second, ())
            found = self._best(second, strategy, tied)
            if not set(tied) <= found:
                return None
            best.append(found)
        return Sending(uses, strategy, tuple(weights), tuple(best))

    def _best(
        self, second: int, strategy: Sequence[Mixed], tied: tuple[int, ...]
    ) -> frozenset[int]:
        """The best responses at a set, where the sender plays a strategy."""

        def worth(response: int) -> Fraction:
            return sum(
                (
                    strategy[t][m] * self.ground.worth_to_receiver(second, (t, m), response)
                    for t, m in self.ground.leading[second]
                ),
                NOTHING,
            )

        best = list(tied) or [0]
        for response in range(self.ground.responses[second]):
            if response in best:
                continue
            sign = self.signs.sign(worth(response) - worth(best[0]))
            if sign > 0:
                if tied:
                    return frozenset()
                best = [response]
            elif not sign:
                best.append(response)
        return frozenset(best)

    # The receiver's side

    def answerings(self, sending: Sending) -> list[Answering]:
        """The extreme strategies of the receiver against which a strategy of the sender is best,
        made of responses that are best against it (with some belief, where play does not come)."""
        found: list[Answering] = []
        options = []
        for second in self.ground.seconds:
            best = sending.best[second]
            kept = [best] if best is not None else self.ground.best_somehow(second)
            subsets = _subsets(range(self.ground.responses[second]))
            options.append([one for one in subsets if any(set(one) <= each for each in kept)])
        for uses in sorted(product(*options), key=lambda u: (sum(map(len, u)), u)):
            for one in self._answers(sending, uses):
                if not any(self.same(one, other) for other in found):
                    found.append(one)
        return found

    def same(self, one: Answering, other: Answering) -> bool:
        """Whether two strategies of the receiver are one."""
        if one.uses != other.uses:
            return False
        pairs = [
            (p, q)
            for a, b in zip(one.strategy, other.strategy, strict=True)
            for p, q in zip(a, b, strict=True)
            if p != q
        ]
        return all(self.signs.is_zero(p - q) for p, q in pairs)

    def _answers(self, sending: Sending, uses: Uses) -> Iterator[Answering]:
        """Those that use exactly these responses: all indifference among used actions holds, and
        as many other actions are just not better as settle the probabilities."""
        unknowns = [(s, a) for s, used in enumerate(uses) for a in used[1:]]
        must: list[list[Fraction]] = []
        may: list[list[Fraction]] = []
        for t, own in enumerate(sending.uses):
            first = self.ground.worth_to_sender((t, own[0]), uses, unknowns)
            for m in range(self.ground.actions[t]):
                if m != own[0]:
                    other = self.ground.worth_to_sender((t, m), uses, unknowns)
                    gap = [a - b for a, b in zip(first, other, strict=True)]
                    (must if m in own else may).append(gap)
        for numbers in corners(must, may, len(unknowns), self.signs):
            strategy = []
            for second, used in enumerate(uses):
                mixed = [NOTHING] * self.ground.responses[second]
                rest = ALL
                for number, (s, a) in zip(numbers, unknowns, strict=True):
                    if s == second:
                        mixed[a] = number
                        rest = rest - number
                mixed[used[0]] = rest
                strategy.append(tuple(mixed))
            if all(
                self.signs.is_positive(strategy[second][used[0]])
                for second, used in enumerate(uses)
                if len(used) > 2
            ):
                yield Answering(uses, tuple(strategy))


def _is_told(one: Sending, uses: Uses, ties: dict[int, tuple[int, ...]]) -> bool:
    """Whether a strategy found before has the same actions and makes these ties, among others."""
    if not ties or one.uses != uses:
        return False
    return all(set(tied) <= (one.best[s] or frozenset()) for s, tied in ties.items())


def _subsets(items: range) -> Iterator[tuple[int, ...]]:
    return chain.from_iterable(combinations(items, size) for size in range(1, len(items) + 1))


__all__ = ["Answering", "Sending", "Sides"]
