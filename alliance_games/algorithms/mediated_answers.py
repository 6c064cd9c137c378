"""The distributions that are named of all those a mediator may draw from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from alliance_games.algorithms.mediated_play import MediatedPlay, scheme, size_of
from alliance_games.exact.linear import affine_dimension
from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.normal import NormalGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers
from alliance_games.results.mediated_solutions import Bound, Distribution
from alliance_games.results.result import Conclusion, Coverage

MOST_NUMBERS = 1_000_000
"""Columns times rows of the largest program that is written down."""

MOST_COLUMNS = 27
"""Plays up to which the extreme points are looked for (three players with three strategies)."""

MOST_CORNERS = 400
"""Extreme points, at any stage of their enumeration, beyond which it is given up."""

METHOD = "linear programs over distributions, solved exactly"


def too_large(game: NormalGame | AnonymousGame, coarse: bool) -> str | None:
    """Why the program of a game is not written down; None where it can be."""
    columns, rows = size_of(game, coarse)
    if columns * rows <= MOST_NUMBERS:
        return None
    plays = f"{columns:,}" if columns < 10**15 else "more than 10^15"
    return f"a mediator could draw {plays} plays, under {rows:,} conditions: too many to write down"


def answers(game: NormalGame | AnonymousGame, coarse: bool, budget: Budget, what: str) -> Answers:
    """The best, the fairest, the worst for each, and the extreme points where they are few.

    ``what`` is the plural of what is looked for.
    """
    columns, _ = size_of(game, coarse)
    mediated = MediatedPlay(scheme(game, coarse, budget.tick), budget.tick)
    yield _named(game, mediated, "welfare-best", mediated.best(mediated.scheme.sizes))
    yield _named(game, mediated, "fairest", mediated.fairest())
    for seat in range(len(mediated.scheme.sizes)):
        budget.tick()
        player = seat if isinstance(game, NormalGame) else game.members[seat][0]
        yield _named(game, mediated, "worst", mediated.worst(seat), player)
    corners = mediated.corners(MOST_CORNERS) if columns <= MOST_COLUMNS else None
    if corners is None or len(corners) > budget.listed:
        because = (
            f"the {what} are a polytope, of which only the best, the fairest and the worst for "
            "each player are looked for in a game of this size"
        )
        return Conclusion(Coverage.SOME, because, METHOD)
    for corner in corners:
        yield _named(game, mediated, "corner", (corner, ()))
    because = f"the {what} are the mixtures of the extreme points, which are all listed"
    return Conclusion(
        Coverage.ALL,
        because,
        f"{METHOD}; extreme points by double description",
        tuple(_notes(game, corners, what)),
    )


def _notes(
    game: NormalGame | AnonymousGame, corners: Sequence[tuple[Fraction, ...]], what: str
) -> Iterator[str]:
    dimension = affine_dimension(corners)
    if len(corners) > 1:
        yield f"the {what} form a polytope of dimension {dimension} with {len(corners)} corners"
    if isinstance(game, AnonymousGame):
        yield (
            "the players of a role are treated alike, which changes neither sums nor least payoffs"
        )


def _named(
    game: NormalGame | AnonymousGame,
    mediated: MediatedPlay,
    of: str,
    found: tuple[tuple[Fraction, ...], tuple[Bound, ...]],
    player: int | None = None,
) -> Distribution:
    point, bounds = found
    one = mediated.scheme
    plays = tuple((play, p) for play, p in zip(one.plays, point, strict=True) if p)
    worth = [
        sum((p * n for p, n in zip(point, own, strict=True) if p), Fraction(0)) / over
        for own, over in zip(one.payoffs, one.over, strict=True)
    ]
    seats = range(len(worth)) if isinstance(game, NormalGame) else game.roles
    payoffs = tuple(worth[seat] for seat in seats)
    facts = {"welfare": sum(payoffs, Fraction(0)), "least payoff": min(payoffs)}
    return Distribution(of, plays, payoffs, player, bounds, facts if of != "corner" else {})
