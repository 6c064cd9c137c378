"""Is each player's choice best against the others' choices, over her whole range?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from alliance_games.algorithms.continuous_game import Prepared
from alliance_games.algorithms.continuous_line import Hump, Line
from alliance_games.algorithms.continuous_values import Worth, compared, worth
from alliance_games.exact.algebraic import Exact


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a player's choice: best (and alone so), or worse than another.

    ``holds`` is None where two worths could not be told apart. ``better`` is a choice that pays
    more, or tends to.
    """

    holds: bool | None
    strict: bool
    worth: Worth
    better: Hump | None = None


def judged(prepared: Prepared, player: int, point: Sequence[Exact]) -> Verdict | None:
    """The verdict on a player's choice; None where her payoff has no value."""
    line = Line(prepared, player, point)
    own = point[player]
    piece = line.piece_at(own)
    if piece is None:
        return None
    here = worth(prepared.pieces[player][piece].form, line.along, own, 0)
    if here.infinite:
        return None
    strict, holds = True, True
    settled = True
    for hump in line.humps():
        prepared.tick()
        is_here = hump.place is not None and hump.place == own
        if is_here and (hump.side == 0 or line.joins(piece, hump.piece, own)):
            continue
        form = prepared.pieces[player][hump.piece].form
        verdict = compared(worth(form, line.along, hump.place, hump.side), here)
        if verdict is None:
            settled = False
        elif verdict > 0:
            return Verdict(False, False, here, hump)
        elif verdict == 0:
            strict = strict and not _is_reached(line, hump)
    for stretch in line.stretches:
        if stretch.direction == 0 and stretch.piece == piece and own in (stretch.low, stretch.high):
            strict = False
        if stretch.direction == 0 and stretch.piece == piece:
            strict = strict and not _is_level(line, stretch.within, here)
    return Verdict(True if holds and settled else None, strict, here)


def worth_at(prepared: Prepared, player: int, point: Sequence[Exact]) -> Worth | None:
    """What a profile is worth to a player; None where her payoff has no value or is infinite."""
    line = Line(prepared, player, point)
    piece = line.piece_at(point[player])
    if piece is None:
        return None
    found = worth(prepared.pieces[player][piece].form, line.along, point[player], 0)
    return None if found.infinite or found.is_unknown else found


def _is_reached(line: Line, hump: Hump) -> bool:
    """Whether the payoff at the hump is had there, not only tended to."""
    if hump.place is None:
        return False
    return hump.side == 0 or line.joins(hump.piece, hump.piece, hump.place)


def _is_level(line: Line, within: Exact, here: Worth) -> bool:
    piece = line.piece_at(within)
    assert piece is not None
    form = line.prepared.pieces[line.player][piece].form
    return compared(worth(form, line.along, within, 0), here) == 0
