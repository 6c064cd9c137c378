"""Stackelberg leadership: what each of two players gets by committing herself first."""

from __future__ import annotations

from alliance_games.model.normal import NormalGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.solutions import Certificate, Solution


def accepts(game: NormalGame) -> str | None:
    """Two players."""
    if len(game.players) == 2:
        return None
    number = len(game.players)
    have = "one player" if number == 1 else f"{number} players"
    return f"it is about one leader and one follower, and this game has {have}"


def solve(game: NormalGame, needed: Needed, budget: Budget) -> Answers:
    """Each player as leader: mixed and pure strategies, ties for her and against her."""
    from alliance_games.algorithms.leadership_answers import answers

    return (yield from answers(game, needed["nash"], budget))


def verify(game: NormalGame, solution: Solution, needed: Needed) -> Certificate:
    """Look up the follower's best replies, and bound the leader's payoff by linear programs."""
    from alliance_games.certificates.commitment import check
    from alliance_games.results.commitment_solutions import Commitment

    assert isinstance(solution, Commitment)
    return check(game, solution, needed["nash"])


CONCEPT = Concept(
    name="stackelberg",
    title="Commitment (Stackelberg leadership)",
    cites=("von Stackelberg 1934", "Conitzer and Sandholm 2006", "von Stengel and Zamir 2010"),
    summary=(
        "What a player gets who commits herself to a strategy, pure or mixed, before the other "
        "moves, who sees it and replies as is best for him; compared with Nash equilibrium."
    ),
    games=("normal",),
    accepts=accepts,
    needs=("nash",),
    solve=solve,
    verify=verify,
    invariances=("relabelling", "positive affine payoffs"),
    order=65,
)
