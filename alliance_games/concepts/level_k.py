"""Level-k reasoning: each level replies to the one below, level 0 choosing at random."""

from __future__ import annotations

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.normal import NormalGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Solution

MOST_TERMS = 200_000
"""Terms that the expectations of one level may sum."""


def accepts(game: NormalGame | AnonymousGame) -> str | None:
    """None where the sums are not too long; else the reason."""
    from alliance_games.algorithms.levels import cost

    terms = cost(game)
    if terms <= MOST_TERMS:
        return None
    return f"each level would sum {terms:,} payoffs, and {MOST_TERMS:,} are the most"


def solve(game: NormalGame | AnonymousGame, needed: Needed, budget: Budget) -> Answers:
    """Level after level until play repeats."""
    from alliance_games.algorithms.levels import step_by_step

    found = step_by_step(game, budget.tick)
    yield found
    method = "best replies, level by level"
    if found.cycle is None:
        because = f"play does not repeat within {len(found.levels) - 1} levels; higher ones differ"
        return Conclusion(Coverage.SOME, because, method)
    first, length = found.cycle
    if length == 1:
        because = f"from level {first} on play stays the same, and so it is for every higher level"
    else:
        because = f"from level {first} on play repeats every {length} levels"
    return Conclusion(Coverage.ALL, because, method)


def verify(game: NormalGame | AnonymousGame, solution: Solution, needed: Needed) -> Certificate:
    """Sum every level's expected payoffs anew."""
    from alliance_games.certificates.levels import check

    return check(game, solution)


CONCEPT = Concept(
    name="level-k",
    title="Level-k reasoning",
    cites=("Stahl and Wilson 1995", "Nagel 1995"),
    summary=(
        "Level 0 chooses at random, and a player of each higher level replies best to others of "
        "the level below hers."
    ),
    games=("normal", "anonymous"),
    accepts=accepts,
    solve=solve,
    verify=verify,
    invariances=("relabelling", "positive affine payoffs"),
    order=72,
)
