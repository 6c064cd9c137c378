"""The intuitive criterion over any ordered field (Cho and Kreps 1987, section III).

A type is excluded after an unsent message where it would lose by it whatever best reply it met; an
equilibrium fails where some other type gains whatever best reply to beliefs in the others it meets.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from alliance_games.algorithms.exchange_conditions import Equilibria
from alliance_games.algorithms.exchange_ground import best_by, ground_of
from alliance_games.algorithms.formula_play import is_nothing
from alliance_games.model.signalling import Signalling, signalling_view
from alliance_games.results.ordered import Signs, Undescribed
from alliance_games.results.tree_solutions import Assessment, Continuum


def survivors(game: Any, signs: Signs) -> Iterator[Assessment | Continuum]:
    """The sequential equilibria of a signalling game that pass.

    Raises Undescribed where a type has no chance, and where the types get different payoffs at
    different equilibria of one continuum.
    """
    found = Equilibria(ground_of(game, signs), signs)
    view = signalling_view(game, best_by(signs))
    if view is None:
        raise Undescribed("a player is indifferent in what follows the response")
    if len(found.ground.live) < len(view.types):
        raise Undescribed("the intuitive criterion needs a positive probability of every type")
    test = _Test(found, view)
    for group in found.groups():
        if test.passes(group):
            yield found.solution(group)


class _Test:
    """The criterion for the equilibria of one signalling game."""

    def __init__(self, found: Equilibria, view: Signalling) -> None:
        self.found, self.view, self.signs = found, view, found.signs
        # Every type has its chance, so that all sets can be met.
        firsts, seconds = found.ground.view.firsts, found.ground.view.seconds
        self.types = [view.sender_set.index(index) for index in firsts]
        self.places = [
            None if index is None else seconds.index(index) for index in view.receiver_set
        ]

    def passes(self, group: list[tuple[int, int]]) -> bool:
        """Whether a group passes: no unsent message is sure to gain for a type it may be ascribed
        to.

        A message that some member sends needs no test: its answer makes some type neither gain nor
        lose, and no type gain.
        """
        sendings = [self.found.sendings[self.found.senders[k].sending] for k, _ in group]
        unsent = [
            m
            for m, place in enumerate(self.places)
            if place is not None and all(one.best[place] is None for one in sendings)
        ]
        if not unsent:
            return True
        payoffs = self._payoffs(*group[0])
        for k, index in group[1:]:
            for one, other in zip(payoffs, self._payoffs(k, index), strict=True):
                if one != other and not self.signs.is_zero(one - other):
                    raise Undescribed("the equilibria of a continuum give a type different payoffs")
        return not any(self._sure_to_gain(message, payoffs) for message in unsent)

    def _payoffs(self, k: int, index: int) -> list[Fraction]:
        """What each type gets at an extreme equilibrium."""
        sending = self.found.sendings[self.found.senders[k].sending]
        answering = self.found.answerings[index]
        worth = []
        for type_, used in zip(self.types, sending.uses, strict=True):
            # All messages that a type uses are worth the same to it.
            place = self.places[used[0]]
            total = Fraction(0)
            mixed = (Fraction(1),) if place is None else answering.strategy[place]
            for response, chance in enumerate(mixed):
                if not is_nothing(chance):
                    total = total + chance * self.view.u_sender(type_, used[0], response)
            worth.append(total)
        return worth

    def _sure_to_gain(self, message: int, payoffs: list[Fraction]) -> bool:
        """Whether a type that may be believed to send the message gains by it whatever follows."""
        place = self.places[message]
        assert place is not None
        ground = self.found.ground
        group = ground.group_of[place]
        corners = ground.corners(group)
        senders = [first for first, _ in ground.groups[group].pairs]
        everything = sorted({response for corner in corners for _, response in corner.replies})
        gains = [
            [
                self.view.u_sender(type_, message, r) - payoffs[first]
                for r in range(len(self.view.responses[message]))
            ]
            for first, type_ in enumerate(self.types)
        ]
        left = [
            first
            for first, own in enumerate(gains)
            if not all(self.signs.is_negative(own[r]) for r in everything)
        ]
        believed = left or list(range(len(gains)))
        replies = sorted(
            {
                response
                for corner in corners
                if all(
                    is_nothing(weight) or first in believed
                    for weight, first in zip(corner.weights, senders, strict=True)
                )
                for _, response in corner.replies
            }
        )
        return any(all(self.signs.is_positive(gains[first][r]) for r in replies) for first in left)


__all__ = ["survivors"]
