"""Trees with hidden moves: random ones of perfect recall, poker, and games from the literature."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from random import Random

from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.tree_builder import Chance, Move, Terminal, build

HALF = Fraction(1, 2)


def kuhn_poker(ranks: int = 3) -> ExtensiveGame:
    """One card each of so many; ante one, bets of one (Kuhn 1950)."""
    deals = [(a, b) for a in range(ranks) for b in range(ranks) if a != b]

    def expand(state: tuple[int, int, str] | None) -> Move | Chance | Terminal:
        if state is None:
            share = Fraction(1, len(deals))
            names = tuple(f"{a} and {b}" for a, b in deals)
            return Chance(names, [share] * len(deals), [(a, b, "") for a, b in deals])
        a, b, moves = state
        if moves in ("", "c"):
            after = [(a, b, moves + "c"), (a, b, moves + "b")]
            mover, card = (0, a) if moves == "" else (1, b)
            return Move(mover, ("check", "bet"), after, label=f"{card}{moves}")
        if moves in ("b", "cb"):
            mover, card = (1, b) if moves == "b" else (0, a)
            after = [(a, b, moves + "f"), (a, b, moves + "k")]
            return Move(mover, ("fold", "call"), after, label=f"{card}{moves}")
        sign = 1 if a > b else -1
        worth = {"cc": sign, "bf": 1, "bk": 2 * sign, "cbf": -1, "cbk": 2 * sign}[moves]
        return Terminal([worth, -worth])

    return build(["First", "Second"], None, expand)


def noisy_leader(
    leader: Sequence[Sequence[int]], follower: Sequence[Sequence[int]], error: Fraction
) -> ExtensiveGame:
    """A leader's move seen through noise (Bagwell 1995)."""

    def expand(state: tuple[int, ...]) -> Move | Chance | Terminal:
        if not state:
            return Move(0, ("S", "C"), [(0,), (1,)])
        if len(state) == 1:
            own = [error, error]
            own[state[0]] = 1 - error
            return Chance(("s", "c"), own, [(*state, 0), (*state, 1)])
        if len(state) == 2:
            after = [(*state, 0), (*state, 1)]
            return Move(1, ("S", "C"), after, label=f"saw {'sc'[state[1]]}")
        i, _, j = state
        return Terminal([leader[i][j], follower[i][j]])

    return build(["Leader", "Follower"], (), expand)


def random_tree(random: Random, most: int, spread: int, players: int = 2) -> ExtensiveGame:
    """Payoffs from 0 to ``spread``; perfect recall by making: each player sees her own moves, and
    of each other move either nothing or which it was."""
    budget = [most]

    def grow(seen: tuple[tuple[str, ...], ...], depth: int) -> Move | Chance | Terminal:
        kind = random.random()
        if budget[0] <= 0 or depth > 4 or (depth and kind < 0.2):
            return Terminal([random.randint(0, spread) for _ in range(players)])
        budget[0] -= 1
        if kind < 0.35:
            shares = random.choice([[HALF, HALF], [Fraction(1, 3), Fraction(2, 3)]])
            public = [random.random() < 0.5 for _ in range(players)]
            return Chance(("u", "d"), shares, [
                grow(tuple((*one, x) if sees else one for one, sees in
                           zip(seen, public, strict=True)), depth + 1)
                for x in "ud"
            ])  # fmt: skip
        mover = random.randrange(players)
        label = f"{mover}: {' '.join(seen[mover])} {len(seen[mover])}"
        sees = [random.random() < 0.4 or player == mover for player in range(players)]
        after = [
            grow(tuple((*one, f"{mover}{x}") if eye else one for one, eye in
                       zip(seen, sees, strict=True)), depth + 1)
            for x in "lr"
        ]  # fmt: skip
        return Move(mover, ("l", "r"), after, label=label)

    root = grow(((),) * players, 0)
    return build([f"P{player}" for player in range(players)], root, lambda state: state)


def selten_horse() -> ExtensiveGame:
    """Selten 1975, figure 1."""

    def third(*endings: tuple[int, int, int]) -> Move:
        return Move(2, ("L", "R"), [Terminal(ending) for ending in endings], "third")

    second = Move(1, ("c", "d"), [Terminal([1, 1, 1]), third((4, 4, 0), (0, 0, 1))])
    root = Move(0, ("C", "D"), [second, third((3, 3, 2), (0, 0, 0))])
    return build(["One", "Two", "Three"], root, lambda state: state)
