"""Stackelberg leadership: what each of two players gets by committing herself first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alliance_games.model.normal import NormalGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.solutions import Certificate, Solution

if TYPE_CHECKING:
    from alliance_games.model.continuous import ContinuousGame


def accepts(game: NormalGame | ContinuousGame) -> str | None:
    """Two players."""
    if len(game.players) == 2:
        return None
    number = len(game.players)
    have = "one player" if number == 1 else f"{number} players"
    return f"it is about one leader and one follower, and this game has {have}"


def solve(game: NormalGame | ContinuousGame, needed: Needed, budget: Budget) -> Answers:
    """Each player as leader: mixed and pure strategies, ties for and against her; or numbers."""
    if not isinstance(game, NormalGame):
        from alliance_games.algorithms.continuous_leadership import answers as of_numbers

        return (yield from of_numbers(game, budget))
    from alliance_games.algorithms.leadership_answers import answers

    return (yield from answers(game, needed["nash"], budget))


def verify(game: NormalGame | ContinuousGame, solution: Solution, needed: Needed) -> Certificate:
    """Look up the follower's best replies, and bound the leader's payoff by linear programs; of
    numbers, search both."""
    if not isinstance(game, NormalGame):
        from alliance_games.certificates.continuous_leadership import check as check_numbers

        return check_numbers(game, solution)
    from alliance_games.certificates.commitment import check
    from alliance_games.results.commitment_solutions import Commitment

    assert isinstance(solution, Commitment)
    return check(game, solution, needed["nash"])


CONCEPT = Concept(
    name="stackelberg",
    title="Commitment (Stackelberg leadership)",
    cites=("von Stackelberg 1934", "Conitzer and Sandholm 2006", "von Stengel and Zamir 2010"),
    summary=(
        "What a player gets who commits herself to a strategy, pure or mixed, or to a number, "
        "before the other moves, who sees it and replies as is best for him."
    ),
    games=("normal", "continuous"),
    accepts=accepts,
    needs=("nash",),
    needs_nothing=("continuous",),
    default=lambda game: bool(getattr(game, "order", ())),
    solve=solve,
    verify=verify,
    invariances=("relabelling", "positive affine payoffs"),
    order=65,
)
