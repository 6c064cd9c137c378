"""A follower as well off with every number of a stretch: what the leader likes best there."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy

from alliance_games.algorithms.continuous_game import Prepared, slope_of
from alliance_games.algorithms.continuous_line import Line, Stretch
from alliance_games.algorithms.continuous_replies import best
from alliance_games.algorithms.continuous_values import compared, worth
from alliance_games.exact.algebraic import Exact
from alliance_games.exact.polynomials import Polynomial

UNREACHED = "among equally good replies there is none that the leader likes best"


def liked_best(
    prepared: Prepared, follower: int, point: Sequence[Exact]
) -> tuple[list[Exact], str | None]:
    """Of the follower's best replies to the leader's number in ``point``, those that are best for
    the leader within each stretch of equally good ones, besides the replies that stand alone.

    The second is a reason why the leader's best may be missing, if it may be.
    """
    replies = best(prepared, follower, point)
    doubt: str | None = None
    found = list(replies)
    line = Line(prepared, follower, point)
    for stretch in line.stretches:
        if not _is_best(prepared, line, stretch, replies):
            continue
        liked = best(_within(prepared, follower, stretch), follower, point)
        kept = [one for one in liked if _as_good(line, one, stretch)]
        if len(kept) < len(liked) or not liked:
            doubt = UNREACHED
        if stretch.low is None or stretch.high is None:
            kept.append(stretch.within)  # shows whether the leader too is as well off everywhere
        found += [one for one in kept if one not in found]
    return sorted(found), doubt


def turning(prepared: Prepared, leader: int) -> list[Polynomial]:
    """Curves along which the leader's favourite among equally good replies may run, where the
    follower's payoff does not depend on her own number."""
    follower = 1 - leader
    if not any(slope.is_flat for slope in prepared.slopes[follower]):
        return []
    found = [slope_of(piece.form, follower).zeros for piece in prepared.pieces[leader]]
    for piece in prepared.pieces[leader]:
        found += [p for p, _ in piece.signs]
    choice = prepared.game.choices[follower]
    if choice.low is None and choice.high is None:
        found.append(prepared.ring.variables[follower])
    return [p for p in found if not p.is_constant()]


def _is_best(prepared: Prepared, line: Line, stretch: Stretch, replies: Sequence[Exact]) -> bool:
    """Whether the follower's payoff stays what her best replies pay, all along the stretch."""
    if stretch.piece is None or stretch.direction:
        return False
    if not replies:
        # All the range may be one stretch without ends.
        return stretch.low is None and stretch.high is None
    return _as_good(line, replies[0], stretch)


def _as_good(line: Line, reply: Exact, stretch: Stretch) -> bool:
    piece, own = line.piece_at(reply), stretch.piece
    if piece is None or own is None:
        return False
    forms = line.prepared.pieces[line.player]
    inside = worth(forms[own].form, line.along, stretch.within, 0)
    return compared(worth(forms[piece].form, line.along, reply, 0), inside) == 0


def _within(prepared: Prepared, follower: int, stretch: Stretch) -> Prepared:
    """The game in which the follower has the leader's payoff, and this stretch to choose from."""
    view = copy(prepared)
    view.low, view.high = list(prepared.low), list(prepared.high)
    view.low[follower], view.high[follower] = stretch.low, stretch.high
    view.pieces, view.slopes = list(prepared.pieces), list(prepared.slopes)
    view.pieces[follower] = prepared.pieces[1 - follower]
    view.slopes[follower] = [slope_of(one.form, follower) for one in view.pieces[follower]]
    return view
