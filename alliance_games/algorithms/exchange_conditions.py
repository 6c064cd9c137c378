"""All sequential (and weak perfect Bayesian) equilibria of an exchange, over any ordered field.

Extreme equilibria are pairs of extreme strategies (``exchange_vertices``) with extreme beliefs
where nobody leads; any such belief is consistent, because the mistakes at each of the sender's sets
are its own (Kreps and Wilson 1982; Fudenberg and Tirole 1991: with two periods perfect Bayesian and
sequential equilibria are the same). What hangs together is one continuum.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

from alliance_games.algorithms.exchange_ground import Corner, Ground, ground_of
from alliance_games.algorithms.exchange_vertices import Answering, Sending, Sides
from alliance_games.algorithms.formula_play import expected, is_nothing, reached
from alliance_games.algorithms.nash_conditions import connected, span_of
from alliance_games.algorithms.nash_subsets import maximal_bicliques
from alliance_games.model.extensive import CHANCE
from alliance_games.model.profiles import Mixed, pure
from alliance_games.results.ordered import Signs, Undescribed
from alliance_games.results.tree_solutions import Assessment, Continuum, Family


@dataclass(frozen=True, slots=True)
class Side:
    """A strategy of the sender with one extreme belief about each group where nobody leads."""

    sending: int
    corners: tuple[Corner, ...]


def equilibria(game: Any, signs: Signs, together: bool = True) -> Iterator[Assessment | Continuum]:
    """The isolated equilibria and the continua, those that mix at fewer sets first.

    ``together`` False gives the weak perfect Bayesian ones. Raises Undescribed where what follows
    the responses has a tie, or is no exchange there.
    """
    yield from Equilibria(ground_of(game, signs, together), signs).all()


class Equilibria:
    """The equilibria of one exchange at one place of its parameters."""

    def __init__(self, ground: Ground, signs: Signs) -> None:
        self.ground, self.signs = ground, signs
        self.game: Any = ground.view.game
        self.sides = Sides(ground, signs)
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
        return connected(sorted(self.pairs))

    def silent(self, sending: Sending) -> list[int]:
        """The groups of the receiver's sets where nobody leads."""
        groups = enumerate(self.ground.groups)
        return [k for k, group in groups if sending.best[group.seconds[0]] is None]

    def _add(self, sending: Sending, answers: list[Answering]) -> None:
        place = len(self.sendings)
        self.sendings.append(sending)
        silent = self.silent(sending)
        first = len(self.senders)
        for corners in product(*(self.ground.corners(k) for k in silent)):
            self.senders.append(Side(place, corners))
        for one in answers:
            known = (k for k, other in enumerate(self.answerings) if self.sides.same(one, other))
            index = next(known, len(self.answerings))
            if index == len(self.answerings):
                self.answerings.append(one)
            for k in range(first, len(self.senders)):
                if all(
                    corner.allows(second, one.uses[second])
                    for group, corner in zip(silent, self.senders[k].corners, strict=True)
                    for second in self.ground.groups[group].seconds
                ):
                    self.pairs.add((k, index))

    # From extreme equilibria to solutions

    def solution(self, group: list[tuple[int, int]]) -> Assessment | Continuum:
        """What the extreme equilibria of a group stand for."""
        points = tuple(self._assessment(*pair) for pair in group)
        if len(group) == 1:
            return points[0]
        families = tuple(self._families(group, points))
        return Continuum(max(one.dimension for one in families), points, families)

    def _families(
        self, group: list[tuple[int, int]], assessments: Sequence[Assessment]
    ) -> Iterator[Family]:
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
            convex = convex and self._fixed_afterwards([assessments[k] for k in points])
            yield Family(size, points, (), "behaviour" if convex or size == 0 else "")

    def _size(self, chosen: Sequence[int]) -> tuple[int, bool]:
        """The dimension of a set of strategies of the sender with beliefs, and whether it is the
        convex hull of its extreme points: where the strategy varies, beliefs follow by Bayes' rule
        and are no linear functions of it, unless they are the same throughout."""
        sendings = sorted({self.senders[k].sending for k in chosen})
        strategies = [_flat(self.sendings[k].strategy) for k in sendings]
        size = span_of(strategies, self.signs)
        straight = True
        for place, group in enumerate(self.ground.groups):
            if all(place in self.silent(self.sendings[k]) for k in sendings):
                met = list(dict.fromkeys(self._corner(self.senders[k], place) for k in chosen))
                size += span_of([corner.weights for corner in met], self.signs)
                straight = straight and (group.aligned or len(met) == 1)
        told = [self._beliefs(self.senders[k]) for k in chosen]
        convex = len(sendings) == 1 or all(len(set(each)) == 1 for each in zip(*told, strict=True))
        return size, convex and straight

    def _corner(self, side: Side, group: int) -> Corner:
        silent = self.silent(self.sendings[side.sending])
        return side.corners[silent.index(group)]

    def _beliefs(self, side: Side) -> list[Mixed]:
        """What is believed at each of the receiver's sets."""
        sending = self.sendings[side.sending]
        return [
            self.ground.told(second, self._corner(side, self.ground.group_of[second]))
            if known is None
            else known
            for second, known in enumerate(sending.weights)
        ]

    def _fixed_afterwards(self, points: Sequence[Assessment]) -> bool:
        """Whether what is believed after the responses is the same at all these points."""
        later = [index for index, _ in self.ground.view.played_out]
        return all(len({point.beliefs[index] for point in points}) == 1 for index in later)

    def _assessment(self, k: int, index: int) -> Assessment:
        view, game, ground = self.ground.view, self.game, self.ground
        side, answering = self.senders[k], self.answerings[index]
        sending = self.sendings[side.sending]
        choices: list[Mixed | None] = []
        beliefs: list[Mixed | None] = []
        for one, nodes in zip(game.sets, game.nodes_of, strict=True):
            player = one.player != CHANCE
            choices.append(pure(0, len(one.actions)) if player else None)
            beliefs.append((Fraction(1),) if player and len(nodes) == 1 else None)
        for first, each in enumerate(view.firsts):
            if first in ground.live:
                choices[each] = sending.strategy[ground.live.index(first)]
                beliefs[each] = ground.first_beliefs(ground.live.index(first))
            else:
                beliefs[each] = None
        for second, each in enumerate(view.seconds):
            if second not in ground.met:
                beliefs[each] = None
        for second, believed in zip(ground.met, self._beliefs(side), strict=True):
            choices[view.seconds[second]] = answering.strategy[ground.met.index(second)]
            beliefs[view.seconds[second]] = believed
        for each, action in view.played_out:
            choices[each] = pure(action, len(game.sets[each].actions))
        for each, _ in view.played_out:
            beliefs[each] = self._later(each, choices)
            if beliefs[each] is None:
                choices[each] = pure(0, len(game.sets[each].actions))
        outcomes = reached(game, choices, self.signs)
        payoffs = expected(game, outcomes)
        return Assessment(tuple(choices), tuple(beliefs), payoffs, outcomes)

    def _later(self, index: int, choices: Sequence[Mixed | None]) -> Mixed | None:
        """What is believed at a set after the responses; None where chance leaves it out.

        Raises Undescribed where it holds several nodes and nothing used leads there: what is
        believed then follows from mistakes, which nothing settles.
        """
        game, ground = self.game, self.ground
        nodes = game.nodes_of[index]
        before = [ground.before(node) for node in nodes]
        if all(one is None for one in before):
            return None
        if len(nodes) == 1:
            return (Fraction(1),)
        # Where all nodes follow one action, how likely that is does not matter.
        chances = [
            Fraction(0) if one is None else self._chance(node, choices, len({*before} - {None}) > 1)
            for node, one in zip(nodes, before, strict=True)
        ]
        if all(is_nothing(chance) for chance in chances):
            raise Undescribed("what is believed after a response that nobody gives is left open")
        total = sum(chances, Fraction(0))
        return tuple(chance / total for chance in chances)

    def _chance(self, node: int, choices: Sequence[Mixed | None], whole: bool) -> Fraction:
        """How likely a node is, but for the sender's first move unless ``whole``."""
        game, firsts = self.game, self.ground.view.firsts
        chance = Fraction(1)
        while node:
            parent = game.parent[node]
            index = game.set_of[parent]
            chosen = choices[index]
            if chosen is None:
                chance = chance * game.probability(node)
            elif whole or index not in firsts:
                chance = chance * chosen[node - game.first_child[parent]]
            node = parent
        return chance


def _flat(strategy: Sequence[Mixed]) -> Mixed:
    return tuple(number for mixed in strategy for number in mixed)


__all__ = ["Equilibria", "equilibria"]
