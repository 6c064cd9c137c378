"""Exchanges recognised in trees: one player moves, another answers, and chance tells each what it
likes.

Signalling games are exchanges. So are games in which the one who answers has a type as well, and
games in which it sees the first move through noise, or not at all (Bagwell 1995).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from alliance_games.model.extensive import CHANCE, TERMINAL, ExtensiveGame
from alliance_games.model.played_out import Best, greatest, play_out
from alliance_games.model.profiles import Payoffs


@dataclass(frozen=True, slots=True)
class Way:
    """How chance leads from an action of the first player to the second, or to an ending.

    ``first`` and ``second`` are places in the exchange's sets; ``second`` is None where nobody
    answers. ``before`` is the node at which the first player moves, ``node`` the one at which the
    second does (or what follows). ``chance`` is the probability of all that chance does on the
    way, and ``payoffs[response]`` what every player gets (one entry where nobody answers).
    """

    first: int
    action: int
    second: int | None
    before: int
    node: int
    chance: Fraction
    payoffs: tuple[Payoffs, ...]


@dataclass(frozen=True, eq=False)
class Exchange:
    """A tree in which one player moves once and another then answers once.

    ``firsts`` and ``seconds`` are information sets of ``game``, those of ``sender`` and of
    ``receiver``. Later moves are settled by themselves and played out: ``played_out`` lists each
    such information set with the action taken there (see ``model/played_out.py``).
    """

    game: ExtensiveGame
    sender: int
    receiver: int
    firsts: tuple[int, ...]
    seconds: tuple[int, ...]
    ways: tuple[Way, ...]
    played_out: tuple[tuple[int, int], ...]

    def actions(self, first: int) -> int:
        """How many actions the first player has at one of her sets."""
        return len(self.game.sets[self.firsts[first]].actions)

    def responses(self, second: int) -> int:
        """How many responses the second player has at one of his sets."""
        return len(self.game.sets[self.seconds[second]].actions)


def exchange(game: ExtensiveGame, best: Best = greatest) -> Exchange | None:
    """The tree as an exchange, or None where it is none."""
    steps = _steps(game)
    if steps is None:
        return None
    firsts = tuple(sorted({game.set_of[step.before] for step in steps}))
    seconds = tuple(sorted({game.set_of[step.node] for step in steps if step.answered}))
    sender = game.sets[firsts[0]].player
    receivers = {game.sets[index].player for index in seconds}
    if len(receivers) != 1 or receivers == {sender}:
        return None
    at_once = {step.before for step in steps}
    answering = {step.node for step in steps if step.answered}
    # A set that holds another node, too, is not one of a first move, or of an answer, alone.
    if any(node not in at_once for index in firsts for node in game.nodes_of[index]):
        return None
    if any(node not in answering for index in seconds for node in game.nodes_of[index]):
        return None
    above = at_once | answering | _between(game, [*at_once, *(step.node for step in steps)])
    ends = play_out(game, above, best)
    if ends is None:
        return None
    values, played_out = ends
    ways = tuple(
        Way(
            firsts.index(game.set_of[step.before]),
            step.action,
            seconds.index(game.set_of[step.node]) if step.answered else None,
            step.before,
            step.node,
            step.chance,
            tuple(values[child] for child in game.children(step.node))
            if step.answered
            else (values[step.node],),
        )
        for step in steps
    )
    return Exchange(game, sender, receivers.pop(), firsts, seconds, ways, played_out)


@dataclass(frozen=True, slots=True)
class _Step:
    """A way before anything below it has a value."""

    before: int
    action: int
    node: int
    answered: bool
    chance: Fraction


def _steps(game: ExtensiveGame) -> list[_Step] | None:
    """From every first move to the answer, or to an end; None where somebody else moves first, or
    chance ends the game before anybody does."""
    found: list[_Step] = []
    sender: int | None = None
    waiting: list[tuple[int, Fraction]] = [(0, Fraction(1))]
    while waiting:
        node, chance = waiting.pop()
        mover = game.mover(node)
        if mover == CHANCE:
            waiting.extend(
                (child, chance * game.probability(child)) for child in game.children(node)
            )
        elif mover is None or sender not in (None, mover):
            return None
        else:
            sender = mover
            for action, child in enumerate(game.children(node)):
                found.extend(_answers(game, node, action, child, chance, sender))
    return sorted(found, key=lambda step: (step.before, step.action, step.node))


def _answers(
    game: ExtensiveGame, before: int, action: int, node: int, chance: Fraction, sender: int
) -> list[_Step]:
    """Where chance leads after an action: to other players, who answer, or to no answer at all."""
    if not _reaches_another(game, node, sender):
        return [_Step(before, action, node, False, chance)]
    if game.mover(node) == CHANCE:
        return [
            step
            for child in game.children(node)
            for step in _answers(
                game, before, action, child, chance * game.probability(child), sender
            )
        ]
    return [_Step(before, action, node, game.mover(node) != sender, chance)]


def _reaches_another(game: ExtensiveGame, node: int, sender: int) -> bool:
    """Whether a player other than ``sender`` is the next to move after ``node``, if chance will."""
    if game.mover(node) == CHANCE:
        return any(_reaches_another(game, child, sender) for child in game.children(node))
    return game.set_of[node] != TERMINAL and game.mover(node) != sender


def _between(game: ExtensiveGame, nodes: list[int]) -> set[int]:
    """All nodes above ``nodes``."""
    found: set[int] = set()
    for node in nodes:
        while game.parent[node] >= 0 and game.parent[node] not in found:
            node = game.parent[node]
            found.add(node)
    return found


__all__ = ["Exchange", "Way", "exchange"]
