"""Bayesian games of two players, as trees."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import product

from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.tree_builder import Chance, Move, Terminal, build


def bayesian(
    types: Sequence[Sequence[str]],
    prior: Callable[[str, str], Fraction],
    actions: Sequence[str],
    payoffs: Callable[[str, str, str, str], Sequence[Fraction | int]],
    players: Sequence[str] = ("Ann", "Bob"),
) -> ExtensiveGame:
    """Chance draws both types; each player sees her own and moves without seeing the other."""
    draws = list(product(*types))

    def expand(state: tuple[str, ...]) -> Move | Chance | Terminal:
        if not state:
            return Chance(
                tuple(f"{a}, {b}" for a, b in draws), [prior(*draw) for draw in draws], draws
            )
        if len(state) < 4:
            mover = len(state) - 2
            after = [(*state, action) for action in actions]
            return Move(mover, tuple(actions), after, label=state[mover])
        return Terminal(list(payoffs(*state)))

    return build(players, (), expand)


def assurance(trust: Fraction) -> ExtensiveGame:
    """Kydd 2005 in small: trustworthy players have a stag hunt (4, 3; 2, 0), the others defect."""
    share = {"trustworthy": trust, "untrustworthy": 1 - trust}

    def own(type_: str, mine: str, theirs: str) -> int:
        if type_ == "untrustworthy":
            return {"CC": 3, "CD": 0, "DC": 5, "DD": 2}[mine + theirs]
        return {"CC": 4, "CD": 0, "DC": 3, "DD": 2}[mine + theirs]

    return bayesian(
        (tuple(share), tuple(share)),
        lambda a, b: share[a] * share[b],
        ("C", "D"),
        lambda a, b, x, y: (own(a, x, y), own(b, y, x)),
    )


def contribution(costs: Sequence[int], benefit: int) -> ExtensiveGame:
    """Each privately knows what helping costs her, evenly drawn; one helper is enough for both."""
    names = tuple(map(str, costs))
    share = Fraction(1, len(costs) ** 2)

    def own(cost: str, mine: str, theirs: str) -> int:
        return (benefit if "help" in (mine, theirs) else 0) - (int(cost) if mine == "help" else 0)

    return bayesian(
        (names, names),
        lambda a, b: share,
        ("help", "wait"),
        lambda a, b, x, y: (own(a, x, y), own(b, y, x)),
    )
