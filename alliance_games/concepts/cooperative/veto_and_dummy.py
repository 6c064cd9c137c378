"""Who cannot be done without, and who adds nothing?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from alliance_games.model.coalitional import CoalitionalGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.named.cooperative import Roles
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate

if TYPE_CHECKING:
    from alliance_games.results.ordered import Signs
    from alliance_games.results.solutions import Solution


def solve(game: CoalitionalGame, needed: Needed, budget: Budget) -> Answers:
    """The players' standing."""
    from alliance_games.algorithms.coalition_facts import standing

    found = standing(game, budget.tick)

    def named(players: tuple[int, ...]) -> tuple[str, ...]:
        return tuple(game.players[player] for player in players)

    rest = tuple(i for i in range(len(game.players)) if i not in found.dummies)
    yield Roles(
        veto=named(found.veto),
        dummies=named(found.dummies),
        null=named(found.null),
        essential=named(rest),
        dictator=None if found.dictator is None else game.players[found.dictator],
    )
    method = "what each player adds to every coalition"
    if not game.is_tabled:
        method = "counting the coalitions for which each voter decides"
    return Conclusion(Coverage.ALL, "every player was tried with every coalition", method)


def verify(game: CoalitionalGame, solution: Solution, needed: Needed) -> Certificate:
    """List what each player adds to every coalition."""
    from alliance_games.certificates.coalition_facts import check_roles

    assert isinstance(solution, Roles)
    return check_roles(game, solution)


def conditions(game: Any, signs: Signs) -> Iterable[Solution]:
    """The players' standing, by which worths and gains are zero."""
    from alliance_games.algorithms.coalition_conditions import roles

    yield roles(game, signs)


CONCEPT = Concept(
    name="veto-and-dummy",
    title="Veto players, dummies and essential players",
    cites=("Shapley 1953", "Niou and Ordeshook 1986"),
    summary=(
        "A veto player belongs to every coalition that is worth something; a dummy adds to every "
        "coalition just what she is worth alone; who is no dummy is essential."
    ),
    games=("coalitional",),
    solve=solve,
    verify=verify,
    conditions=conditions,
    default=True,
    order=201,
)
