"""A tree's body from a description that unfolds state by state, payoffs still formulas."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from alliance_games.exact.expression import Expression
from alliance_games.exact.span import Span
from alliance_games.model.extensive import CHANCE, TERMINAL, InformationSet
from alliance_games.model.trees import TreeBody

UNINFORMED = "start"
"""The information set of a player who knows no more than at the start."""


class Leaf(NamedTuple):
    """The game ends."""

    payoffs: tuple[Expression, ...]
    outcome: str = ""


class Turn(NamedTuple):
    """``player`` chooses at the information set ``label``; action i leads to state ``next[i]``."""

    player: int
    label: str
    actions: tuple[str, ...]
    next: Sequence[object]


class Draw(NamedTuple):
    """Chance draws event i with ``probabilities[i]``; it leads to the state ``next[i]``."""

    events: tuple[str, ...]
    probabilities: tuple[Expression, ...]
    next: Sequence[object]


def unfolded(
    players: tuple[str, ...],
    root: object,
    expand: Callable[[object], Leaf | Turn | Draw],
    span: Span,
    priors: tuple[tuple[tuple[Expression, ...], Span], ...] = (),
    prunes: bool = False,
) -> TreeBody:
    """The tree that unfolds from ``root``; every node stands at ``span``."""
    sets: dict[tuple[int, str, int], int] = {}
    described: list[InformationSet] = []
    set_of: list[int] = []
    first_child: list[int] = []
    terminal: list[int] = []
    chances: list[tuple[int, tuple[Expression, ...], Span]] = []
    payoffs: list[tuple[Expression, ...]] = []
    outcomes: list[str] = []
    states = [root]
    for node, state in enumerate(states):  # grows while it is walked
        first_child.append(len(states))
        what = expand(state)
        if isinstance(what, Leaf):
            set_of.append(TERMINAL)
            terminal.append(len(payoffs))
            payoffs.append(what.payoffs)
            outcomes.append(what.outcome)
            continue
        terminal.append(-1)
        if isinstance(what, Draw):
            chances.append((node, what.probabilities, span))
            key = (CHANCE, "", node)
            one = InformationSet(CHANCE, what.events)
        else:
            key = (what.player, what.label, -1 if what.label else node)
            one = InformationSet(what.player, what.actions, what.label)
        if key not in sets:
            sets[key] = len(described)
            described.append(one)
        set_of.append(sets[key])
        states.extend(what.next)
    first_child.append(len(states))
    return TreeBody(
        players,
        tuple(described),
        tuple(set_of),
        tuple(first_child),
        tuple(terminal),
        tuple(chances),
        tuple(payoffs),
        tuple(outcomes),
        (span,) * len(states),
        priors,
        prunes=prunes,
    )
