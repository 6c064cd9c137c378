"""The intuitive criterion over any ordered field (Cho and Kreps 1987, section III).

A type is excluded after an unsent message where it would lose by it whatever best reply it met; an
equilibrium fails where some other type gains whatever best reply to beliefs in the others it meets.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from alliance_games.algorithms.formula_play import is_nothing
from alliance_games.algorithms.signalling_conditions import Equilibria, view_of
from alliance_games.results.ordered import Signs, Undescribed
from alliance_games.results.tree_solutions import Assessment, Continuum


def survivors(game: Any, signs: Signs) -> Iterator[Assessment | Continuum]:
    """The sequential equilibria of a signalling game that pass.

    Raises Undescribed where a type has no chance, and where the types get different payoffs at
    different equilibria of one continuum.
    """
    found = Equilibria(view_of(game, signs), signs)
    if len(found.sides.live) < len(found.view.types):
        raise Undescribed("the intuitive criterion needs a positive probability of every type")
    for group in found.groups():
        if _passes(found, group):
            yield found.solution(group)


def _passes(found: Equilibria, group: list[tuple[int, int]]) -> bool:
    """Whether a group passes: no unsent message is sure to gain for a type it may be ascribed to.

    A message that some member sends needs no test: its answer makes some type neither gain nor
    lose, and no type gain.
    """
    sendings = [found.sendings[found.senders[k].sending] for k, _ in group]
    view = found.view
    unsent = [
        m
        for m in found.sides.messages
        if view.receiver_set[m] is not None and all(one.best[m] is None for one in sendings)
    ]
    if not unsent:
        return True
    payoffs = _payoffs(found, *group[0])
    for k, index in group[1:]:
        for one, other in zip(payoffs, _payoffs(found, k, index), strict=True):
            if one != other and not found.signs.is_zero(one - other):
                raise Undescribed("the equilibria of a continuum give a type different payoffs")
    return not any(_sure_to_gain(found, message, payoffs) for message in unsent)


def _payoffs(found: Equilibria, k: int, index: int) -> list[Fraction]:
    """What each type gets at an extreme equilibrium."""
    sending = found.sendings[found.senders[k].sending]
    answering = found.answerings[index]
    worth = []
    for type_, used in zip(found.sides.live, sending.uses, strict=True):
        # All messages that a type uses are worth the same to it.
        mixed = answering.strategy[used[0]]
        total = Fraction(0)
        for response, chance in enumerate(mixed):
            if not is_nothing(chance):
                total = total + chance * found.view.u_sender(type_, used[0], response)
        worth.append(total)
    return worth


def _sure_to_gain(found: Equilibria, message: int, payoffs: list[Fraction]) -> bool:
    """Whether a type that may be believed to send the message gains by it whatever follows."""
    signs, view = found.signs, found.view
    corners = found.sides.beliefs_after(message)
    everything = sorted({response for corner in corners for response in corner.replies})
    gains = [
        [view.u_sender(t, message, r) - payoffs[place] for r in range(len(view.responses[message]))]
        for place, t in enumerate(found.sides.live)
    ]
    left = [
        place
        for place, own in enumerate(gains)
        if not all(signs.is_negative(own[r]) for r in everything)
    ]
    believed = frozenset(left) or frozenset(range(len(gains)))
    replies = sorted(
        {
            response
            for corner in corners
            if corner.support <= believed
            for response in corner.replies
        }
    )
    return any(all(signs.is_positive(gains[place][r]) for r in replies) for place in left)
