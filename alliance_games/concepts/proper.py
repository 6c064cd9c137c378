"""Proper equilibria of two-player games in normal form."""

from __future__ import annotations

from dataclasses import replace

from alliance_games.model.normal import NormalGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Component, Point, Solution

METHOD = "lexicographic probability systems over ordered partitions, level by level"


def accepts(game: NormalGame) -> str | None:
    """None for two players."""
    players = len(game.players)
    return None if players == 2 else f"it is decided for two players, and this game has {players}"


def solve(game: NormalGame, needed: Needed, budget: Budget) -> Answers:
    """The proper equilibria among isolated ones and corners of continua, with their trembles."""
    from alliance_games.algorithms.admissible_answers import sort_out
    from alliance_games.algorithms.proper import TooManyOrders, supporting

    nash = needed["nash"]
    found = sort_out(game, nash.solutions, budget.tick)
    continua, rejected, doubts = 0, [], []
    for one in found.kept:
        points = [one] if isinstance(one, Point) else []
        if isinstance(one, Component):
            continua += 1
            pairs = zip(one.extreme_points, one.payoffs, strict=True)
            points = [Point(profile, payoffs) for profile, payoffs in pairs]
        for point in points:
            try:
                tremble = supporting(game, point.profile, budget.tick)
            except TooManyOrders as reason:
                doubts.append(f"one equilibrium is not settled, with {reason}")
                continue
            if tremble is None:
                rejected.append(f"no tremble bears it out: {_words(game, point)}")
            else:
                yield replace(point, certificate=None, tremble=tremble)
    rejected += [one.reason for one in found.discarded]
    if nash.coverage is not Coverage.ALL:
        doubts.insert(0, nash.because)
    if continua:
        what = "one continuum" if continua == 1 else f"{continua} continua"
        doubts.append(f"of {what} of perfect equilibria the corners alone were decided")
    if doubts:
        return Conclusion(Coverage.SOME, "; ".join(doubts), METHOD, rejected=tuple(rejected))
    because = "of every perfect equilibrium it was decided whether orders of magnitude bear it out"
    return Conclusion(Coverage.ALL, because, METHOD, rejected=tuple(rejected))


def _words(game: NormalGame, point: Point) -> str:
    from alliance_games.exact.numerals import number

    told = []
    for names, mixed in zip(game.strategies, point.profile, strict=True):
        used = [
            name if p == 1 else f"{number(p)} {name}"
            for name, p in zip(names, mixed, strict=True)
            if p
        ]
        told.append(" + ".join(used))
    return f"({', '.join(told)})"


def verify(game: NormalGame, solution: Solution, needed: Needed) -> Certificate:
    """Hold each point to the definition along its tremble."""
    from alliance_games.certificates.perfect_normal import check_proper

    return check_proper(game, solution)


CONCEPT = Concept(
    name="proper",
    title="Proper equilibria",
    cites=("Myerson 1978", "Blume, Brandenburger and Dekel 1991"),
    summary=(
        "Nash equilibria that are limits of completely mixed profiles in which a worse strategy "
        "has a probability of a smaller order than a better one."
    ),
    games=("normal",),
    accepts=accepts,
    solve=solve,
    verify=verify,
    needs=("nash",),
    invariances=("relabelling", "positive affine payoffs"),
    order=66,
)
