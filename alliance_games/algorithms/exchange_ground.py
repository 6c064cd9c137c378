"""What an exchange is made of, at one place of its parameters: who can lead where, and for what.

Sets that play cannot reach because chance leaves them out are dropped. Sets of the receiver that
the same actions lead to stand in one group: where none of these actions is used, the sender's
mistakes decide what is believed in all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any

from alliance_games.algorithms.nash_conditions import vertices
from alliance_games.model.exchange import Exchange, Way, exchange
from alliance_games.model.extensive import CHANCE
from alliance_games.model.played_out import Best
from alliance_games.model.profiles import Mixed
from alliance_games.results.ordered import Signs, Undescribed

NOTHING = Fraction(0)

Pair = tuple[int, int]
"""One of the sender's sets (its place among those that play can reach), and an action there."""


@dataclass(frozen=True, slots=True)
class Group:
    """Sets of the receiver's to which the same ``pairs`` lead.

    ``aligned``: what is believed in one of them is believed in all, as where types are drawn
    independently.
    """

    seconds: tuple[int, ...]
    pairs: tuple[Pair, ...]
    aligned: bool


@dataclass(frozen=True, slots=True)
class Corner:
    """An extreme belief about which of a group's pairs has led there, with the best ``replies``:
    pairs of a set and a response."""

    weights: Mixed
    replies: frozenset[tuple[int, int]]

    def allows(self, second: int, responses: Iterable[int]) -> bool:
        """Whether all these responses are best at a set."""
        return all((second, one) in self.replies for one in responses)


class Ground:
    """One exchange at one place of its parameters.

    ``live`` are the places of the sender's sets that play can reach, ``met`` those of the
    receiver's; ways that chance never takes are left out. ``together`` says whether
    beliefs where play does not come have to follow from the same mistakes (as in sequential
    equilibria), or each set has its own (as in weak perfect Bayesian ones).

    Raises Undescribed where the same actions do not lead to all sets of a group.
    """

    def __init__(self, view: Exchange, signs: Signs, together: bool = True) -> None:
        self.view, self.signs = view, signs
        never = {way.chance: signs.is_zero(way.chance) for way in view.ways}
        self.open = [way for way in view.ways if not never[way.chance]]
        self.live = tuple(sorted({way.first for way in self.open}))
        self.met = tuple(sorted({way.second for way in self.open if way.second is not None}))
        self.actions = [view.actions(t) for t in self.live]
        self.seconds = range(len(self.met))
        self.responses = [view.responses(s) for s in self.met]
        self.ways: dict[Pair, list[Way]] = {
            (place, m): [way for way in self.open if (way.first, way.action) == (t, m)]
            for place, t in enumerate(self.live)
            for m in range(view.actions(t))
        }
        self.leading = [
            [pair for pair, ways in self.ways.items() if any(way.second == s for way in ways)]
            for s in self.met
        ]
        self._reach = [
            sum((way.chance for way in self.ways[place, 0]), NOTHING)
            for place in range(len(self.live))
        ]
        self.groups = tuple(self._group(sets) for sets in self._sets(together))
        self.group_of = {s: k for k, group in enumerate(self.groups) for s in group.seconds}
        self._corners: dict[int, list[Corner]] = {}

    def into(self, second: int, pair: Pair) -> list[Way]:
        """The ways by which a pair leads to a set of the receiver's."""
        return [way for way in self.ways[pair] if way.second == self.met[second]]

    def reached(self, second: int, uses: Sequence[Sequence[int]]) -> bool:
        """Whether play comes to a set of the receiver's where the sender uses these actions."""
        return any(m in uses[t] for t, m in self.leading[second])

    # Payoffs

    def worth_to_receiver(self, second: int, pair: Pair, response: int) -> Fraction:
        """What a response is worth where a pair leads, times the chance that it does."""
        receiver = self.view.receiver
        return _sum(way.chance * way.payoffs[response][receiver] for way in self.into(second, pair))

    def gap(self, second: int, pair: Pair, one: int, other: int) -> Fraction:
        """What the receiver gains by one response over another, times the chance of it."""
        receiver = self.view.receiver
        return _sum(
            way.chance * (way.payoffs[one][receiver] - way.payoffs[other][receiver])
            for way in self.into(second, pair)
        )

    def worth_to_sender(
        self, pair: Pair, uses: Sequence[Sequence[int]], unknowns: Sequence[tuple[int, int]]
    ) -> list[Fraction]:
        """What an action is worth: a coefficient for the probability of each of the responses
        ``unknowns`` (set, response), and a constant, where ``uses`` are the sets' responses."""
        sender, reach = self.view.sender, self._reach[pair[0]]
        row, base = [NOTHING] * len(unknowns), NOTHING
        for way in self.ways[pair]:
            share = way.chance / reach if len(self.ways[pair]) > 1 else Fraction(1)
            at = None if way.second is None else self.met.index(way.second)
            used = 0 if at is None else uses[at][0]
            least = way.payoffs[used][sender]
            base = base + share * least
            for place, (second, response) in enumerate(unknowns):
                if second == at:
                    row[place] = row[place] + share * (way.payoffs[response][sender] - least)
        return [*row, base]

    # Beliefs

    def weights(self, second: int, probability: Callable[[int, int], Fraction]) -> Mixed:
        """The probabilities of the nodes of a set that play reaches, in the order of the nodes."""
        nodes = {
            way.node: way.chance * probability(*pair)
            for pair in self.leading[second]
            for way in self.into(second, pair)
        }
        return self._by_node(second, nodes)

    def told(self, second: int, corner: Corner) -> Mixed:
        """The probabilities of the nodes of a set at an extreme belief of its group."""
        group = self.groups[self.group_of[second]]
        nodes = {}
        for weight, pair in zip(corner.weights, group.pairs, strict=True):
            ways = self.into(second, pair)
            by = second if group.aligned else group.seconds[0]
            for way in ways:
                alone = len(ways) == 1 and by == second
                nodes[way.node] = weight if alone else weight * way.chance / self._chance(by, pair)
        if group.aligned:
            return tuple(nodes.get(node, NOTHING) for node in self._nodes(second))
        return self._by_node(second, nodes)

    def first_beliefs(self, place: int) -> Mixed:
        """The probabilities of the nodes of one of the sender's sets."""
        nodes = self.view.game.nodes_of[self.view.firsts[self.live[place]]]
        if len(nodes) == 1:
            return (Fraction(1),)
        ways = [[way for way in self.ways[place, 0] if way.before == node] for node in nodes]
        return tuple(_sum(way.chance for way in own) / self._reach[place] for own in ways)

    def before(self, node: int) -> tuple[int, int] | None:
        """The sender's set and action that a later node follows; None where chance never comes."""
        above = set(_above(self.view.game, node))
        return next(
            ((way.first, way.action) for way in self.open if way.node in above),
            None,
        )

    def _nodes(self, second: int) -> tuple[int, ...]:
        return self.view.game.nodes_of[self.view.seconds[self.met[second]]]

    def _by_node(self, second: int, nodes: dict[int, Fraction]) -> Mixed:
        total = _sum(nodes.values())
        return tuple(
            nodes[node] / total if node in nodes else NOTHING for node in self._nodes(second)
        )

    def _chance(self, second: int, pair: Pair) -> Fraction:
        return _sum(way.chance for way in self.into(second, pair))

    def corners(self, group: int) -> list[Corner]:
        """The extreme beliefs about which pair has led to a group, by which responses are best."""
        if group not in self._corners:
            one = self.groups[group]
            joint = list(product(*(range(self.responses[s]) for s in one.seconds)))
            table = [
                [
                    _sum(
                        self._expected(s, pair, response, one)
                        for s, response in zip(one.seconds, responses, strict=True)
                    )
                    for pair in one.pairs
                ]
                for responses in joint
            ]
            whole = [frozenset(range(len(one.pairs)))]
            self._corners[group] = [
                Corner(
                    vertex.strategy,
                    frozenset(
                        pair
                        for place in vertex.replies
                        for pair in zip(one.seconds, joint[place], strict=True)
                    ),
                )
                for vertex in vertices(table, whole, self.signs)
            ]
        return self._corners[group]

    def best_somehow(self, second: int) -> list[frozenset[int]]:
        """The responses that are best together at a set, at each extreme belief."""
        return [
            frozenset(response for s, response in corner.replies if s == second)
            for corner in self.corners(self.group_of[second])
        ]

    def _expected(self, second: int, pair: Pair, response: int, group: Group) -> Fraction:
        """What the receiver gets on average where a pair leads to a set, times how much likelier
        that is than to come to the group's first set."""
        ways = self.into(second, pair)
        receiver = self.view.receiver
        if len(ways) == 1 and (group.aligned or second == group.seconds[0]):
            return ways[0].payoffs[response][receiver]
        by = second if group.aligned else group.seconds[0]
        return self.worth_to_receiver(second, pair, response) / self._chance(by, pair)

    # Groups

    def _sets(self, together: bool) -> list[tuple[int, ...]]:
        """The receiver's sets, by what leads to them."""
        if not together:
            return [(second,) for second in self.seconds]
        by_pairs: dict[tuple[Pair, ...], list[int]] = {}
        for second in self.seconds:
            by_pairs.setdefault(tuple(sorted(self.leading[second])), []).append(second)
        met: set[Pair] = set()
        for pairs in by_pairs:
            if met & set(pairs):
                raise Undescribed("what a set can follow overlaps with what another can, in part")
            met |= set(pairs)
        return [tuple(sets) for sets in by_pairs.values()]

    def _group(self, seconds: tuple[int, ...]) -> Group:
        pairs = tuple(sorted(self.leading[seconds[0]]))
        first, *others = seconds
        aligned = all(
            self.signs.is_zero(
                self._chance(second, pair) * self._chance(first, pairs[0])
                - self._chance(second, pairs[0]) * self._chance(first, pair)
            )
            for second in others
            for pair in pairs[1:]
        )
        return Group(seconds, pairs, aligned)


def _sum(numbers: Iterable[Fraction]) -> Fraction:
    return sum(numbers, NOTHING)


def best_by(signs: Signs) -> Best:
    """The places of the greatest of some numbers, told by signs."""

    def best(numbers: Sequence[Fraction]) -> list[int]:
        found = [0]
        for place in range(1, len(numbers)):
            sign = signs.sign(numbers[place] - numbers[found[0]])
            if sign > 0:
                found = [place]
            elif not sign:
                found.append(place)
        return found

    return best


def ground_of(game: object, signs: Signs, together: bool = True) -> Ground:
    """The tree as an exchange at one place. Raises Undescribed where it is none there."""
    tree: Any = game
    view = exchange(tree, best_by(signs))
    if view is None:
        raise Undescribed("a player is indifferent in what follows the response")
    after = {node for way in view.ways for node in _above(tree, way.node)}
    for node in range(1, tree.size):
        if tree.mover(node) == CHANCE and node not in after:
            for child in tree.children(node):
                if signs.is_zero(tree.probability(child)):
                    raise Undescribed("chance after the response leaves something out")
    return Ground(view, signs, together)


def _above(game: Any, node: int) -> Iterable[int]:
    while node >= 0:
        yield node
        node = game.parent[node]


def stated(view: Exchange) -> str | None:
    """Why an exchange is too large for its conditions; None where it is not."""
    firsts, seconds = range(len(view.firsts)), range(len(view.seconds))
    sizes = (len(firsts), *(view.actions(t) for t in firsts), *(view.responses(s) for s in seconds))
    if max(sizes) > MOST or prod(view.responses(s) for s in seconds) > MOST**MOST:
        return (
            f"the conditions of exchanges are told for up to {MOST} types, messages and responses "
            f"to each, and {MOST**MOST} ways to respond"
        )
    return None


MOST = 3


__all__ = ["Corner", "Ground", "Group", "Pair", "best_by", "ground_of", "stated"]
