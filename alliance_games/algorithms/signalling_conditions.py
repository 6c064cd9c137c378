"""All sequential equilibria of a signalling game, over any ordered field.

Extreme equilibria are pairs of extreme strategies (``signalling_vertices``) with extreme beliefs
after messages that nobody sends; any such belief is consistent, because each type's mistakes are
its own (Kreps and Wilson 1982; Fudenberg and Tirole 1991: with two periods perfect Bayesian and
sequential equilibria are the same). What hangs together is one continuum.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

from alliance_games.algorithms.formula_play import expected, reached
from alliance_games.algorithms.nash_conditions import span_of
from alliance_games.algorithms.signalling_vertices import Answering, Sending, Sides
from alliance_games.model.extensive import CHANCE
from alliance_games.model.profiles import Mixed, pure
from alliance_games.model.signalling import Signalling, signalling_view
from alliance_games.results.ordered import Signs, Undescribed
from alliance_games.results.tree_solutions import Assessment, Continuum, Family


@dataclass(frozen=True, slots=True)
class Side:
    """A strategy of the sender with one extreme belief after each message nobody sends."""

    sending: int
    beliefs: tuple[Mixed, ...]
    replies: tuple[frozenset[int], ...]


def equilibria(game: Any, signs: Signs) -> Iterator[Assessment | Continuum]:
    """The isolated equilibria and the continua, those in which fewer types mix first.

    Raises Undescribed where what follows the signals has a tie, or is no signalling game there.
    """
    view = view_of(game, signs)
    yield from Equilibria(view, signs).all()


def view_of(game: Any, signs: Signs) -> Signalling:
    """The tree as a signalling game at one place. Raises Undescribed where it is none."""

    def best(numbers: Sequence[Fraction]) -> list[int]:
        found = [0]
        for place in range(1, len(numbers)):
            sign = signs.sign(numbers[place] - numbers[found[0]])
            if sign > 0:
                found = [place]
            elif not sign:
                found.append(place)
        return found

    view = signalling_view(game, best)
    if view is None:
        raise Undescribed("a player is indifferent in what follows the response")
    for node in range(1, game.size):
        if game.mover(node) == CHANCE:
            for child in game.children(node):
                if signs.is_zero(game.probability(child)):
                    raise Undescribed("chance after the response leaves something out")
    return view


class Equilibria:
    """The equilibria of one signalling game at one place of its parameters."""

    def __init__(self, view: Signalling, signs: Signs) -> None:
        self.view, self.signs = view, signs
        self.game: Any = view.game
        self.sides = Sides(view, signs)
        self.sendings: list[Sending] = []
        self.senders: list[Side] = []
        self.answerings: list[Answering] = []
        self.pairs: set[tuple[int, int]] = set()

    def all(self) -> Iterator[Assessment | Continuum]:
        """The equilibria, one solution for each that stands alone and for each continuum."""
        for group in self.groups():
            yield self.solution(group)

    def groups(self) -> list[list[tuple[int, int]]]:
        """The extreme equilibria by what hangs together: places in ``senders``, ``answerings``."""
        for sending in self.sides.sendings():
            answers = self.sides.answerings(sending)
            if answers:
                self._add(sending, answers)
        return _connected(sorted(self.pairs))

    def _add(self, sending: Sending, answers: list[Answering]) -> None:
        place = len(self.sendings)
        self.sendings.append(sending)
        silent = [m for m in self.sides.messages if sending.best[m] is None]
        first = len(self.senders)
        for beliefs in product(*(self.sides.beliefs_after(m) for m in silent)):
            self.senders.append(
                Side(place, tuple(b.strategy for b in beliefs), tuple(b.replies for b in beliefs))
            )
        for one in answers:
            known = (k for k, other in enumerate(self.answerings) if self.sides.same(one, other))
            index = next(known, len(self.answerings))
            if index == len(self.answerings):
                self.answerings.append(one)
            for k in range(first, len(self.senders)):
                replies = self.senders[k].replies
                if all(set(one.uses[m]) <= r for m, r in zip(silent, replies, strict=True)):
                    self.pairs.add((k, index))

    # From extreme equilibria to solutions

    def solution(self, group: list[tuple[int, int]]) -> Assessment | Continuum:
        """What the extreme equilibria of a group stand for."""
        points = tuple(self._assessment(*pair) for pair in group)
        if len(group) == 1:
            return points[0]
        families = tuple(self._families(group))
        return Continuum(max(one.dimension for one in families), points, families)

    def _families(self, group: list[tuple[int, int]]) -> Iterator[Family]:
        from alliance_games.algorithms.nash_subsets import maximal_bicliques

        places = {pair: place for place, pair in enumerate(group)}
        left = sorted({k for k, _ in group})
        right = sorted({index for _, index in group})
        neighbours = [
            sum(1 << place for place, index in enumerate(right) if (k, index) in places)
            for k in left
        ]
        for chosen, mask in sorted(maximal_bicliques(neighbours)):
            one = [left[v] for v in chosen]
            other = [index for place, index in enumerate(right) if mask >> place & 1]
            points = tuple(sorted(places[k, index] for k in one for index in other))
            size, convex = self._size(one)
            size += span_of([_flat(self.answerings[k].strategy) for k in other], self.signs)
            yield Family(size, points, (), "behaviour" if convex or size == 0 else "")

    def _size(self, chosen: Sequence[int]) -> tuple[int, bool]:
        """The dimension of a set of strategies of the sender with beliefs, and whether it is the
        convex hull of its extreme points: where the strategy varies, beliefs follow by Bayes' rule
        and are no linear functions of it, unless they are the same throughout."""
        sendings = sorted({self.senders[k].sending for k in chosen})
        strategies = [_flat(self.sendings[k].strategy) for k in sendings]
        size = span_of(strategies, self.signs)
        told = [self._beliefs(self.senders[k]) for k in chosen]
        for m in self.sides.messages:
            if all(self.sendings[k].best[m] is None for k in sendings):
                met = list(dict.fromkeys(beliefs[m] for beliefs in told))
                size += span_of(met, self.signs)
        answered = [m for m in self.sides.messages if self.view.receiver_set[m] is not None]
        convex = len(sendings) == 1 or all(
            len({beliefs[m] for beliefs in told}) == 1 for m in answered
        )
        return size, convex

    def _beliefs(self, side: Side) -> list[Mixed]:
        """What is believed after each message."""
        extreme = iter(side.beliefs)
        sending = self.sendings[side.sending]
        return [next(extreme) if known is None else known for known in sending.beliefs]

    def _assessment(self, k: int, index: int) -> Assessment:
        view, game = self.view, self.game
        side, answering = self.senders[k], self.answerings[index]
        live = self.sides.live
        choices: list[Mixed | None] = []
        beliefs: list[Mixed | None] = []
        for one, nodes in zip(game.sets, game.nodes_of, strict=True):
            player = one.player != CHANCE
            choices.append(pure(0, len(one.actions)) if player else None)
            beliefs.append((Fraction(1),) if player and len(nodes) == 1 else None)
        for type_, each in enumerate(view.sender_set):
            if type_ in live:
                choices[each] = self.sendings[side.sending].strategy[live.index(type_)]
            else:
                beliefs[each] = None
        for m, believed in enumerate(self._beliefs(side)):
            at = view.receiver_set[m]
            if at is not None:
                choices[at] = answering.strategy[m]
                types = [view.type_of_node(node) for node in game.nodes_of[at]]
                beliefs[at] = tuple(
                    believed[live.index(t)] if t in live else Fraction(0) for t in types
                )
        for each, action in view.played_out:
            if view.type_of_node(game.nodes_of[each][0]) in live:
                choices[each] = pure(action, len(game.sets[each].actions))
            else:
                beliefs[each] = None
        outcomes = reached(game, choices, self.signs)
        payoffs = expected(game, outcomes)
        return Assessment(tuple(choices), tuple(beliefs), payoffs, outcomes)


def _flat(strategy: Sequence[Mixed]) -> Mixed:
    return tuple(number for mixed in strategy for number in mixed)


def _connected(pairs: list[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Pairs by the connected components of their graph."""
    groups: list[list[tuple[int, int]]] = []
    for pair in pairs:
        touching = [g for g in groups if any(a == pair[0] or b == pair[1] for a, b in g)]
        groups = [g for g in groups if g not in touching]
        groups.append(sorted([*(edge for g in touching for edge in g), pair]))
    return sorted(groups)
