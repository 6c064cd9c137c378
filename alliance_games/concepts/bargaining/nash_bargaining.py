"""Nash's solution: the agreement with the largest product of gains."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from alliance_games.algorithms.bargains import agreements, not_convex, threat_of
from alliance_games.certificates.bargaining import check_nash, check_none
from alliance_games.model.bargaining import BargainingGame, Contracts
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.named.bargaining import Agreement, Deal, NoAgreement
from alliance_games.results.ordered import Signs
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Solution


def solve(game: BargainingGame, needed: Needed, budget: Budget) -> Answers:
    """The one agreement, or that there is nothing to gain."""
    found = agreements(game, needed, budget)
    if (nothing := found.nothing_to_gain()) is not None:
        yield nothing
        return Conclusion(Coverage.ALL, nothing.reason, found.method)
    deal = found.largest_product(game.weights)
    yield Agreement(of=CONCEPT.name, deal=deal)
    because = f"the solution is unique: {found.unique}"
    return Conclusion(Coverage.ALL, because, found.method, _formulas(game, deal, budget))


def _formulas(game: BargainingGame, deal: Deal, budget: Budget) -> tuple[str, ...]:
    """The terms of a contract in formulas, where there are such."""
    if not isinstance(game.over, Contracts):
        return ()
    from alliance_games.algorithms.contract_formulas import Formulas, notes

    asked = [("in the parameters, ", deal, Formulas.of_product)]
    again = [lambda other: other.largest_product(other.game.weights)]
    return tuple(notes(game, asked, again, budget.tick))


def verify(game: BargainingGame, solution: Solution, needed: Needed) -> Certificate:
    """Hold the deal to its line and the solution's own condition."""
    threat = dict(zip(game.players, threat_of(game, needed), strict=True))
    if isinstance(solution, NoAgreement):
        return check_none(game, threat, solution)
    return check_nash(game, threat, solution)


def conditions(game: Any, signs: Signs) -> Iterable[Solution]:
    """The agreement over contracts as formulas, or that there is nothing to gain."""
    from alliance_games.algorithms.contract_conditions import nash_solution

    yield nash_solution(game, signs)


CONCEPT = Concept(
    name="nash-bargaining",
    title="Nash bargaining solution",
    cites=("Nash 1950", "Kalai 1977"),
    summary="The agreement with the largest product of gains over disagreement, each to its power.",
    games=("bargaining",),
    solve=solve,
    verify=verify,
    accepts=not_convex,
    conditions=conditions,
    needs=("disagreement-point",),
    default=True,
    order=241,
)
