"""The shape of one player's payoff along her own choice: continuous? concave?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

from alliance_games.algorithms.continuous_game import Prepared
from alliance_games.exact.pieces import Signs
from alliance_games.exact.polynomials import Polynomial, Ring, ring
from alliance_games.exact.systems import Cell, System, Undecided, feasible

Possible = Callable[[Signs], bool]
"""Whether some choice of the player, and of the others where it matters, meets the signs."""


class Shape:
    """What can be said of a payoff where ``possible`` looks."""

    def __init__(self, prepared: Prepared, player: int, possible: Possible) -> None:
        self.prepared, self.player, self.possible = prepared, player, possible
        self.pieces = prepared.pieces[player]
        self.here = [k for k, piece in enumerate(self.pieces) if possible(piece.signs)]
        self.full = [
            k for k in self.here if not any(relation == "=" for _, relation in self.pieces[k].signs)
        ]

    def closed(self, piece: int) -> Signs:
        """The signs of a piece with its edges."""
        return tuple(
            (p, ">=" if relation == ">" else relation) for p, relation in self.pieces[piece].signs
        )

    def is_regular(self) -> bool:
        """Whether the payoff is continuous, and the signs of its slopes those of polynomials."""
        possible = self.possible
        for k in self.here:
            form, rise = self.pieces[k].form, self.prepared.rises[self.player][k]
            if rise is None:
                return False
            closed = self.closed(k)
            falls = self._falls_to(k)
            for p, log in form.bases():
                if log and str(p) not in falls and possible((*closed, (-p, ">="))):
                    return False
            if any(possible((*closed, (p, "="))) for p in form.denominators()):
                return False
        if len(self.full) != len(self.here):
            return False
        return self._joins() and self._covers()

    def _falls_to(self, piece: int) -> set[str]:
        """Arguments of logarithms towards whose zero the payoff falls without end: nobody goes
        there, and to be concave up to there is enough."""
        form = self.pieces[piece].form
        return {
            log.text
            for (_, log), ratio in form.terms.items()
            if log is not None
            and not self.possible((*self.closed(piece), (-ratio.sign_polynomial, ">")))
        }

    def _joins(self) -> bool:
        """Whether pieces agree where they meet."""
        for first, second in product(self.full, repeat=2):
            if first >= second:
                continue
            gap = (self.pieces[first].form - self.pieces[second].form).ratio
            closed = (*self.closed(first), *self.closed(second))
            if gap is None:
                if self.possible(closed):
                    return False
            elif any(self.possible((*closed, (turned, ">"))) for turned in (gap.num, -gap.num)):
                return False
        return True

    def _covers(self) -> bool:
        """Whether the payoff has a value everywhere."""
        return bool(self.full) and not any(map(self.possible, self._outside()))

    def _outside(self) -> Iterator[Signs]:
        """Signs that hold where no piece does: one of each piece's is broken."""
        broken = [
            [
                (-p, ">=" if relation == ">" else ">")
                for p, relation in self.pieces[k].signs
                if str(p) not in self._falls_to(k)
            ]
            for k in self.full
        ]
        if all(broken):
            yield from product(*broken)

    def is_concave(self) -> bool:
        """Whether the payoff is concave in the player's choice, whatever the others choose."""
        if self.prepared.roots[self.player] > 1:
            return False
        for k in self.full:
            slope = self.pieces[k].form.derivative(self.player)
            # Each term's sign is that of its ratio, for powers are positive.
            for (_, log), ratio in slope.derivative(self.player).terms.items():
                bends = (*self.closed(k), (ratio.sign_polynomial, ">"))
                if log is not None or self.possible(bends):
                    return False
        return all(map(self._turns_down, self.prepared.kinks(self.player)))

    def _turns_down(self, kink: Polynomial) -> bool:
        """Whether the slope is nowhere greater to the right of a kink than to its left."""
        turn = kink.derivative(self.player)
        for left, right in product(self.full, repeat=2):
            if left == right:
                continue
            forms = [self.pieces[k].form.derivative(self.player) for k in (left, right)]
            gap = (forms[1] - forms[0]).ratio
            closed = (*self.closed(left), *self.closed(right), (kink, "="))
            if gap is None:
                if self.possible(closed):
                    return False
                continue
            # Where the kink's polynomial rises, the piece that needs it positive is the right one.
            for way in (1, -1):
                lies_right = (*self.pieces[right].signs, (kink * way, ">"))
                turned = (*closed, (turn * way, ">"), (gap.sign_polynomial, ">"))
                if self.possible(lies_right) and self.possible(turned):
                    return False
        return True


class Against:
    """The player's choices against all that the others choose in a cell."""

    def __init__(self, prepared: Prepared, player: int, cell: Cell) -> None:
        self.prepared, self.player = prepared, player
        self.ring: Ring = ring([*prepared.ring.names, "own"])
        self.conditions = [(self._kept(p), relation) for p, relation in cell.conditions]

    def possible(self, signs: Signs) -> bool:
        """Whether some choice of the player meets the signs, the others choosing as in the cell."""
        by: dict[str, list[Polynomial]] = {"=": [], ">=": [], ">": []}
        for p, relation in self.conditions:
            by[relation].append(p)
        for p in self.prepared.box:
            by[">="] += [self._kept(p), self._moved(p)]
        for p, relation in signs:
            by[relation].append(self._moved(p))
        system = System(self.ring, tuple(by["="]), tuple(by[">="]), tuple(by[">"]))
        try:
            return feasible(system, self.prepared.tick) is not None
        except Undecided:
            return True

    def _kept(self, p: Polynomial) -> Polynomial:
        return self.ring.context.from_dict(
            {(*map(int, powers), 0): c for powers, c in p.to_dict().items()}
        )

    def _moved(self, p: Polynomial) -> Polynomial:
        """The polynomial with another choice of the player."""
        moved = {}
        for powers, c in p.to_dict().items():
            one = [*map(int, powers), 0]
            one[-1], one[self.player] = one[self.player], 0
            moved[tuple(one)] = c
        return self.ring.context.from_dict(moved)
