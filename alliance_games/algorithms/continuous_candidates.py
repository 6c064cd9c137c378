"""Where an equilibrium of a game of numbers can be: everybody at an end of her range, at a kink of
her payoff, or where her marginal payoff is zero.

Each way to say so for all players is a system of polynomial equations and inequalities, and all its
real solutions are found. Where a player's payoff is continuous and its pieces' slopes have signs
that polynomials tell, the system also says that the payoff does not rise to either side.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from alliance_games.algorithms.continuous_game import Prepared
from alliance_games.exact.pieces import Signs
from alliance_games.exact.polynomials import Polynomial
from alliance_games.exact.systems import Cell, System, Undecided, feasible, solve

MOST_SYSTEMS = 20_000


@dataclass(frozen=True, slots=True)
class Way:
    """How one player's choice can be best: the signs that hold then, and the way in words."""

    signs: Signs
    words: str


@dataclass(frozen=True, slots=True)
class Found:
    """The solutions of one system: a cell, and whether its signs say all that being best needs."""

    cell: Cell
    system: System
    is_enough: bool


class Candidates:
    """The systems of one game."""

    def __init__(self, prepared: Prepared) -> None:
        self.prepared = prepared
        players = range(len(prepared.game.players))
        self.kinks = [prepared.kinks(player) for player in players]
        self.regular = [self._is_regular(player) for player in players]
        self.ways = [list(self._ways(player)) for player in players]

    def cells(self) -> Iterator[Found]:
        """The solutions of every system. Raises Undecided."""
        enough: bool | None = None
        for ways in self._combinations(0, ()):
            self.prepared.tick()
            signs = tuple(one for way in ways for one in way.signs)
            system = self.prepared.system(signs)
            for cell in solve(system, self.prepared.tick):
                if cell.dimension and enough is None:
                    enough = all(self.regular) and all(map(self._is_concave, range(len(ways))))
                yield Found(cell, system, bool(enough) if cell.dimension else False)

    def _combinations(self, player: int, chosen: tuple[Way, ...]) -> Iterator[tuple[Way, ...]]:
        """A way for each player, where the first ones do not rule each other out already."""
        if player == len(self.ways):
            yield chosen
            return
        for way in self.ways[player]:
            joined = (*chosen, way)
            signs = tuple(one for each in joined for one in each.signs)
            if player in (0, len(self.ways) - 1) or self.prepared.possible(signs):
                yield from self._combinations(player + 1, joined)

    # How one player's choice can be best

    def _ways(self, player: int) -> Iterator[Way]:
        prepared, game = self.prepared, self.prepared.game
        choice = game.choices[player]
        ends = [
            (prepared.end(player, direction), direction)
            for end, direction in ((choice.low, 1), (choice.high, -1))
            if end is not None
        ]
        if choice.low is not None and choice.low == choice.high:
            yield Way(((ends[0][0], "="),), "fixed")
            return
        full = self._full(player)
        for p, direction in ends:
            if not self.regular[player]:
                yield Way(((p, "="),), "at an end")
                continue
            for piece in full:
                rise = prepared.rises[player][piece]
                assert rise is not None
                signs = (*self._closed(player, piece), (-rise * direction, ">="), (p, "="))
                yield from self._if_possible(Way(signs, "at an end"))
        for piece in full:
            slope = prepared.slopes[player][piece]
            signs = self._closed(player, piece)
            if slope.is_flat:
                yield from self._if_possible(Way(signs, "level"))
            else:
                yield from self._if_possible(Way((*signs, (slope.zeros, "=")), "inside"))
        for kink in self.kinks[player]:
            ways = self._at_kink if self.regular[player] else self._at_jump
            yield from ways(player, kink, full)

    def _if_possible(self, way: Way) -> Iterator[Way]:
        if self.prepared.possible(way.signs):
            yield way

    def _at_kink(self, player: int, kink: Polynomial, full: list[int]) -> Iterator[Way]:
        """The payoff of the piece to the left does not fall, that to the right does not rise."""
        rises = self.prepared.rises[player]
        for left, right in product(full, repeat=2):
            rising, falling = rises[left], rises[right]
            if left == right or rising is None or falling is None:
                continue
            signs = (
                *self._closed(player, left),
                *self._closed(player, right),
                (kink, "="),
                (rising, ">="),
                (-falling, ">="),
            )
            yield from self._if_possible(Way(signs, "at a kink"))

    def _at_jump(self, player: int, kink: Polynomial, full: list[int]) -> Iterator[Way]:
        """What is had there is no less than what is tended to in each piece that comes near."""
        pieces = self.prepared.pieces[player]
        if any((p.gcd(kink)).total_degree() for one in pieces for p in one.form.denominators()):
            yield Way(((kink, "="),), "at a pole")
            return
        sides = [
            [k for k in full if self.prepared.possible((*pieces[k].signs, (kink * way, ">")))]
            for way in (1, -1)
        ]
        if self.prepared.possible(((kink, "="), (kink.derivative(player), "="))):
            sides = [full, full]
        for here, piece in enumerate(pieces):
            own: Signs = (*piece.signs, (kink, "="))
            for left, right in product(*sides):
                signs = own
                for side in dict.fromkeys((left, right)):
                    signs = (*signs, *self._closed(player, side))
                    gap = (piece.form - pieces[side].form).ratio
                    if side != here and gap is not None:
                        signs = (*signs, (gap.sign_polynomial, ">="))
                yield from self._if_possible(Way(signs, "at a jump"))

    def _full(self, player: int) -> list[int]:
        """The pieces that hold in more than a thin set."""
        return [
            index
            for index, piece in enumerate(self.prepared.pieces[player])
            if not any(relation == "=" for _, relation in piece.signs)
        ]

    def _closed(self, player: int, piece: int) -> Signs:
        return tuple(
            (p, ">=" if relation == ">" else relation)
            for p, relation in self.prepared.pieces[player][piece].signs
        )

    # When signs of slopes say all

    def _is_regular(self, player: int) -> bool:
        """Whether the payoff is continuous in the box, its slopes' signs those of polynomials."""
        prepared = self.prepared
        pieces = prepared.pieces[player]
        for piece, rise in zip(pieces, prepared.rises[player], strict=True):
            if rise is None:
                return False
            if any(log and prepared.possible(((-p, ">="),)) for p, log in piece.form.bases()):
                return False
            if any(prepared.possible(((p, "="),)) for p in piece.form.denominators()):
                return False
        full = self._full(player)
        if len(full) != len(pieces):
            return False
        for first, second in product(full, repeat=2):
            if first < second:
                closed = (*self._closed(player, first), *self._closed(player, second))
                gap = (pieces[first].form - pieces[second].form).ratio
                if gap is None or gap.is_zero:
                    continue
                for turned in (gap.num, -gap.num):
                    if prepared.possible((*closed, (turned, ">"))):
                        return False
        return self._covers(player, full)

    def _covers(self, player: int, full: list[int]) -> bool:
        """Whether the payoff has a value everywhere in the box."""
        return len(full) > 0 and all(
            not self.prepared.possible(signs) for signs in self._outside(player, full)
        )

    def _outside(self, player: int, full: list[int]) -> Iterator[Signs]:
        """Signs that hold where no piece does: one of each piece's is broken."""
        broken = [
            [
                (-p, ">=" if relation == ">" else ">")
                for p, relation in self.prepared.pieces[player][piece].signs
            ]
            for piece in full
        ]
        if any(not signs for signs in broken):
            return
        yield from product(*broken)

    def _is_concave(self, player: int) -> bool:
        """Whether the player's payoff is concave in her choice, whatever the others choose."""
        prepared = self.prepared
        full = self._full(player)
        for piece in full:
            form = prepared.pieces[player][piece].form
            if prepared.roots[player] > 1:
                return False
            bend = list(form.derivative(player).derivative(player).terms.items())
            closed = self._closed(player, piece)
            # Each term's sign is that of its ratio, for powers are positive.
            for (_, log), ratio in bend:
                if log is not None or not self._never((*closed, (ratio.sign_polynomial, ">"))):
                    return False
        for kink in self.kinks[player]:
            for first, second in product(full, repeat=2):
                if first == second:
                    continue
                forms = [prepared.pieces[player][index].form for index in (first, second)]
                gap = (forms[1].derivative(player) - forms[0].derivative(player)).ratio
                turn = kink.derivative(player)
                if gap is None:
                    return False
                # Where the kink's polynomial rises, the piece that needs it positive is the right.
                for way in (1, -1):
                    signs = (
                        *self._closed(player, first),
                        *self._closed(player, second),
                        (kink, "="),
                        (turn * way, ">"),
                        (gap.sign_polynomial, ">"),
                    )
                    if self._lies_right(player, second, kink, way) and not self._never(signs):
                        return False
        return True

    def _lies_right(self, player: int, piece: int, kink: Polynomial, way: int) -> bool:
        """Whether the piece can be to the right of a kink whose polynomial rises (way 1)."""
        return self.prepared.possible(
            (*self.prepared.pieces[player][piece].signs, (kink * way, ">"))
        )

    def _never(self, signs: Signs) -> bool:
        try:
            return feasible(self.prepared.system(signs), self.prepared.tick) is None
        except Undecided:
            return False
