"""Where an equilibrium of a game of numbers can be: everybody at an end of her range, at a kink of
her payoff, or where her marginal payoff is zero.

Each way to say so for all players is a system of polynomial equations and inequalities, and all its
real solutions are found. Where a player's payoff is continuous and its pieces' slopes have signs
that polynomials tell, the system also says that the payoff does not rise to either side.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from alliance_games.algorithms.continuous_flat import flattened
from alliance_games.algorithms.continuous_game import Prepared
from alliance_games.algorithms.continuous_shape import Against, Shape
from alliance_games.exact.pieces import Signs
from alliance_games.exact.polynomials import Polynomial
from alliance_games.exact.systems import Cell, System, solve

MOST_SYSTEMS = 20_000


@dataclass(frozen=True, slots=True)
class Way:
    """How one player's choice can be best: the signs that hold then, and the way in words."""

    signs: Signs
    words: str
    direction: int = 0
    """At the lower end 1, at the higher -1."""


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
        self.shapes = [Shape(prepared, player, prepared.possible) for player in players]
        self.regular = [shape.is_regular() for shape in self.shapes]
        self.ways = [list(self._ways(player)) for player in players]

    def cells(self) -> Iterator[Found]:
        """The solutions of every system. Raises Undecided."""
        for ways in self._combinations(0, ()):
            self.prepared.tick()
            signs = tuple(one for way in ways for one in way.signs)
            system = self.prepared.system(signs)
            for whole in solve(system, self.prepared.tick):
                for cell in flattened(self.prepared, whole) if whole.dimension else [whole]:
                    enough = cell.dimension > 0 and self._is_enough(cell, ways)
                    yield Found(cell, system, enough)

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
                yield Way(((p, "="),), "at an end", direction)
                continue
            for piece in full:
                rise = prepared.rises[player][piece]
                assert rise is not None
                signs = (*self._closed(player, piece), (-rise * direction, ">="), (p, "="))
                yield from self._if_possible(Way(signs, "at an end", direction))
        for piece in full:
            slope = prepared.slopes[player][piece]
            signs = prepared.pieces[player][piece].signs
            if self.regular[player]:
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
        for left, right in self._sides(player, kink, full):
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

    def _sides(self, player: int, kink: Polynomial, full: list[int]) -> Iterator[tuple[int, int]]:
        """Which pieces may be to the left of a kink and which to its right."""
        possible, pieces = self.prepared.possible, self.prepared.pieces[player]
        below, above = (
            [k for k in full if possible((*pieces[k].signs, (kink * way, ">")))] for way in (-1, 1)
        )
        turn = kink.derivative(player)
        if not possible(((kink, "="), (-turn, ">="))):
            return iter([(left, right) for left in below for right in above])
        if not possible(((kink, "="), (turn, ">="))):
            return iter([(left, right) for left in above for right in below])
        return iter([(left, right) for left in full for right in full])

    def _at_jump(self, player: int, kink: Polynomial, full: list[int]) -> Iterator[Way]:
        """What is had there is no less than what is tended to in each piece that comes near."""
        pieces = self.prepared.pieces[player]
        if any((p.gcd(kink)).total_degree() for one in pieces for p in one.form.denominators()):
            yield Way(((kink, "="),), "at a pole")
            return
        for here, piece in enumerate(pieces):
            own: Signs = (*piece.signs, (kink, "="))
            for left, right in self._sides(player, kink, full):
                signs = own
                for side in dict.fromkeys((left, right)):
                    signs = (*signs, *self._closed(player, side))
                    gap = (piece.form - pieces[side].form).ratio
                    if side != here and gap is not None:
                        signs = (*signs, (gap.sign_polynomial, ">="))
                yield from self._if_possible(Way(signs, "at a jump"))

    def _full(self, player: int) -> list[int]:
        """The pieces that hold in more than a thin set."""
        return self.shapes[player].full

    def _closed(self, player: int, piece: int) -> Signs:
        return self.shapes[player].closed(piece)

    # When the signs of a continuum say all that being best needs

    def _is_enough(self, cell: Cell, ways: Sequence[Way]) -> bool:
        """Whether every point of a cell is an equilibrium: everybody's payoff is continuous and
        concave in her own choice against all that the others choose in the cell, and nobody's rises
        to a side she could move to."""
        for player, way in enumerate(ways):
            if self.regular[player] and self.shapes[player].is_concave():
                continue
            if way.words not in ("at an end", "inside", "level", "fixed"):
                return False
            shape = Shape(self.prepared, player, Against(self.prepared, player, cell).possible)
            if not (shape.is_regular() and shape.is_concave()):
                return False
            if not self.regular[player] and not self._stays(player, cell, way):
                return False
        return True

    def _stays(self, player: int, cell: Cell, way: Way) -> bool:
        """Whether at an end the payoff falls inwards, throughout the cell."""
        if way.words != "at an end":
            return True
        return not any(
            rise is None
            or self.prepared.possible(
                (*cell.conditions, *self._closed(player, piece), (rise * way.direction, ">"))
            )
            for piece, rise in enumerate(self.prepared.rises[player])
        )
