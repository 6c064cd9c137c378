"""Which division makes the largest complaints as small as they can be?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from alliance_games.model.coalitional import MOST_TABLED, CoalitionalGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.named.cooperative import (
    MOST_COMPLAINING,
    MOST_LEVELS,
    Complaint,
    Nucleolus,
)
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate

if TYPE_CHECKING:
    from alliance_games.results.solutions import Solution


def solve(game: CoalitionalGame, needed: Needed, budget: Budget) -> Answers:
    """The nucleolus, or the prenucleolus where nobody can be given what she is worth alone."""
    from alliance_games.algorithms.nucleolus import complaints, has_imputations, nucleolus

    rational = has_imputations(game)
    shares = nucleolus(game, rational, budget.tick)
    told = complaints(game, shares)[:MOST_LEVELS]
    name = "nucleolus" if rational else "prenucleolus"
    yield Nucleolus(
        of=name,
        shares=dict(zip(game.players, shares, strict=True)),
        complaints=tuple(
            Complaint(excess, len(all_), tuple(map(game.names, all_[:MOST_COMPLAINING])))
            for excess, all_ in told
        ),
    )
    notes = () if rational else (NO_IMPUTATION,)
    because = f"every game has just one {name}"
    method = "one linear program after the other, what is settled by exact duals"
    return Conclusion(Coverage.ALL, because, method, notes)


NO_IMPUTATION = (
    "all players are worth less together than each alone: no division gives everybody what she is "
    "worth alone, and this is the prenucleolus, which does not ask for it"
)


def verify(game: CoalitionalGame, solution: Solution, needed: Needed) -> Certificate:
    """At every level the coalitions that complain most must be balanced."""
    from alliance_games.certificates.nucleolus import check_nucleolus

    assert isinstance(solution, Nucleolus)
    return check_nucleolus(game, solution)


def accepts(game: CoalitionalGame) -> str | None:
    """None, or why not."""
    if game.is_tabled:
        return None
    return f"coalitions of up to {MOST_TABLED} players are compared"


CONCEPT = Concept(
    name="nucleolus",
    title="Nucleolus",
    cites=("Schmeidler 1969", "Maschler, Peleg and Shapley 1979", "Kohlberg 1971"),
    summary=(
        "The division at which the largest excess of a coalition is least, then the second "
        "largest, and so on, among those that give nobody less than she is worth alone."
    ),
    games=("coalitional",),
    solve=solve,
    verify=verify,
    accepts=accepts,
    default=lambda game: len(game.players) <= 12,
    order=207,
)
