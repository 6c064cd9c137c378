"""Is it never a loss to join?"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from alliance_games.model.coalitional import CoalitionalGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.named.cooperative import Against, Superadditivity
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate

if TYPE_CHECKING:
    from alliance_games.results.ordered import Signs
    from alliance_games.results.solutions import Solution


MOST_PLAYERS = 14
"""Coalitions of more players would be too many to compare two by two."""


def solve(game: CoalitionalGame, needed: Needed, budget: Budget) -> Answers:
    """Three properties, each with what speaks against it."""
    from alliance_games.algorithms import coalition_facts

    apart = coalition_facts.superadditivity(game, budget.tick)
    larger = coalition_facts.monotonicity(game, budget.tick)
    alone = sum((game.worth(1 << i) for i in range(len(game.players))), Fraction(0))
    against = against_monotonic = None
    if apart is not None:
        one, other = sorted(apart)
        left = game.worth(one) + game.worth(other)
        against = Against(game.names(one), game.names(other), left, game.worth(one | other))
    if larger is not None:
        one, other = larger
        against_monotonic = Against(
            game.names(one), game.names(other), game.worth(one), game.worth(other)
        )
    yield Superadditivity(
        superadditive=apart is None,
        against=against,
        monotonic=larger is None,
        against_monotonic=against_monotonic,
        essential=game.worth(game.everybody) > alone + game.slack,
    )
    because = "coalitions were compared two by two"
    return Conclusion(Coverage.ALL, because, "comparison of coalitions")


def verify(game: CoalitionalGame, solution: Solution, needed: Needed) -> Certificate:
    """Compare again."""
    from alliance_games.certificates.coalition_facts import check_superadditivity

    assert isinstance(solution, Superadditivity)
    return check_superadditivity(game, solution)


def conditions(game: Any, signs: Signs) -> Iterable[Solution]:
    """The properties, in formulas."""
    from alliance_games.algorithms.coalition_conditions import superadditivity

    yield superadditivity(game, signs)


def accepts(game: CoalitionalGame) -> str | None:
    """None, or why not."""
    if len(game.players) <= MOST_PLAYERS:
        return None
    return f"coalitions of up to {MOST_PLAYERS} players are compared two by two"


CONCEPT = Concept(
    name="superadditivity",
    title="Superadditivity and monotonicity",
    cites=("von Neumann and Morgenstern 1944",),
    summary=(
        "Coalitions without a common member are worth no more apart than together; larger "
        "coalitions are worth no less than smaller ones within them."
    ),
    games=("coalitional",),
    solve=solve,
    verify=verify,
    conditions=conditions,
    accepts=accepts,
    default=lambda game: len(game.players) <= 10 and not game.is_simple,
    order=202,
)
