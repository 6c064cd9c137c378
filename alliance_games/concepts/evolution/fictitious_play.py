"""Learning by taking best replies to the frequencies of what the other did so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate
from typing import TYPE_CHECKING

from alliance_games.model.normal import NormalGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.named.evolution import FictitiousPlay
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Solution

if TYPE_CHECKING:
    from alliance_games.algorithms.fictitious_play import Run

METHOD = "the path followed in whole numbers, run by run of the same choices"
PERIODS = 10_000
"""Periods that are followed."""

NOTES = (
    "the first choices are best replies to even odds; of several best replies the last choice is "
    "kept, else the first listed is taken",
)


def accepts(game: NormalGame) -> str | None:
    """Two players."""
    if len(game.players) != 2:
        return f"it is followed for two players, and there are {len(game.players)}"
    return None


def solve(game: NormalGame, needed: Needed, budget: Budget) -> Answers:
    """The path and where it leads."""
    from alliance_games.algorithms.fictitious_play import cycle, is_equilibrium, play, theorem

    a, b = game.matrix(0), [list(column) for column in zip(*game.matrix(1), strict=True)]
    runs = list(play(a, b, PERIODS, budget.tick))
    starts = accumulate((run.length for run in runs), initial=1)
    pure = (
        start for run, start in zip(runs, starts, strict=False) if is_equilibrium(a, b, run.profile)
    )
    since = next(pure, 0)
    why = theorem(a, b)
    round_ = None if since or why else cycle(runs)
    if since:
        verdict, because = "absorbed", "an equilibrium in pure strategies, once played, is kept"
    elif why:
        verdict, because = "converges", why
    elif round_:
        verdict, because = "cycles", "the same profiles came round in the same order three times"
    else:
        verdict, because = "unsettled", f"nothing was decided within {PERIODS:,} periods"
    frequencies = [_frequencies(runs, side, size) for side, size in enumerate(game.shape)]
    yield FictitiousPlay(
        periods=PERIODS,
        first=dict(zip(game.players, game.names(runs[0].profile), strict=True)),
        last=dict(zip(game.players, game.names(runs[-1].profile), strict=True)),
        frequencies={
            player: dict(zip(names, own, strict=True))
            for player, names, own in zip(game.players, game.strategies, frequencies, strict=True)
        },
        gain=_gains(game, frequencies),
        verdict=verdict,
        since=since,
        cycle=tuple(game.names(run.profile) for run in round_ or ()),
        runs=tuple(run.length for run in round_ or ()),
        because=because,
    )
    conclusion = "by these rules there is one path"
    if verdict in ("absorbed", "converges"):
        return Conclusion(
            Coverage.ALL, f"{conclusion}, and where it leads is proven", METHOD, NOTES
        )
    told = f"{conclusion}; it was followed for {PERIODS:,} periods, and what comes later is open"
    return Conclusion(Coverage.SOME, told, METHOD, NOTES)


def _frequencies(runs: Sequence[Run], side: int, size: int) -> list[Fraction]:
    counts: Counter[int] = Counter()
    for run in runs:
        counts[run.profile[side]] += run.length
    return [Fraction(counts[i], PERIODS) for i in range(size)]


def _gains(game: NormalGame, frequencies: Sequence[Sequence[Fraction]]) -> dict[str, Fraction]:
    """What each player would gain by a best reply to the other's frequencies over her own."""
    x, y = frequencies
    rows = [
        sum((q * game.payoff(0, (i, j)) for j, q in enumerate(y)), Fraction(0))
        for i in range(len(x))
    ]
    columns = [
        sum((p * game.payoff(1, (i, j)) for i, p in enumerate(x)), Fraction(0))
        for j in range(len(y))
    ]
    means = [
        sum((p * value for p, value in zip(own, earned, strict=True)), Fraction(0))
        for own, earned in ((x, rows), (y, columns))
    ]
    first, second = game.players
    return {first: max(rows) - means[0], second: max(columns) - means[1]}


def verify(game: NormalGame, solution: Solution, needed: Needed) -> Certificate:
    """Follow the path again by beliefs, and hold the verdict to its definition."""
    from alliance_games.certificates.fictitious_play import check_fictitious_play

    return check_fictitious_play(game, solution, PERIODS)


CONCEPT = Concept(
    name="fictitious-play",
    title="Fictitious play",
    cites=("Brown 1951", "Robinson 1951", "Shapley 1964", "Monderer and Shapley 1996"),
    summary=(
        "The path of two players who in each period take a best reply to the frequencies with "
        "which the other has chosen each strategy so far."
    ),
    games=("normal",),
    accepts=accepts,
    solve=solve,
    verify=verify,
    invariances=("positive affine payoffs",),
    order=305,
)
