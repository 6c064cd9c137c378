"""Perfect and proper equilibria of games in normal form: points along the tremble they carry."""

from __future__ import annotations

from fractions import Fraction

from alliance_games.certificates.admissible import is_dominated, is_equilibrium, is_undominated
from alliance_games.certificates.normal_trembles import (
    PERFECT,
    PROPER,
    is_perfect_along,
    is_proper_along,
)
from alliance_games.certificates.programs import holds
from alliance_games.exact.programs import Program, maximize
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import as_pure
from alliance_games.results.solutions import Certificate, Component, Point, Solution
from alliance_games.results.tree_solutions import Discarded

OF_A_CONTINUUM = (
    "equilibria, and no strategy of them is weakly dominated, which with two players is the same "
    "(van Damme 1987)"
)
REGULAR = (
    "a quasi-strict equilibrium, whose equations have a determinant other than 0: it is regular, "
    "and regular equilibria are perfect (van Damme 1987)"
)
DOMINATED = "an equilibrium in which a strategy is weakly dominated, as in no perfect one"
NO_SLIPS = (
    "a pure equilibrium, and numbers prove that any slips, to the first order, make some choice "
    "worse than another that ties with it"
)


def check_perfect(game: NormalGame, solution: Solution) -> Certificate:
    """Hold a point to the definition along its tremble; a continuum of two players to dominance."""
    if isinstance(solution, Discarded):
        return _check_left(game, solution)
    if not is_equilibrium(game, solution):
        return Certificate(False, "it is no equilibrium")
    if isinstance(solution, Point) and solution.tremble is None and len(game.players) > 2:
        facts = solution.properties  # checked with the equilibrium
        regular = facts.get("quasi-strict") is True and facts.get("index") in (1, -1)
        return Certificate(regular, REGULAR, Fraction(0))
    if isinstance(solution, Point):
        return Certificate(
            is_perfect_along(game, solution.profile, solution.tremble), PERFECT, Fraction(0)
        )
    two = isinstance(solution, Component) and len(game.players) == 2
    return Certificate(two and is_undominated(game, solution), OF_A_CONTINUUM, Fraction(0))


def check_proper(game: NormalGame, solution: Solution) -> Certificate:
    """Hold a point to Myerson's definition along its tremble."""
    if not isinstance(solution, Point) or not is_equilibrium(game, solution):
        return Certificate(False, PROPER)
    profile, tremble = solution.profile, solution.tremble
    proper = is_proper_along(game, profile, tremble) and is_perfect_along(game, profile, tremble)
    return Certificate(proper, PROPER, Fraction(0))


def _check_left(game: NormalGame, one: Discarded) -> Certificate:
    if not is_equilibrium(game, one.solution):
        return Certificate(False, DOMINATED)
    if is_dominated(game, one.solution):
        return Certificate(True, DOMINATED)
    return Certificate(_spoilt_by_slips(game, one.solution), NO_SLIPS)


def _spoilt_by_slips(game: NormalGame, one: Solution) -> bool:
    """Whether single slips, in whatever proportions, always favour some tied strategy."""
    here = as_pure(one.profile) if isinstance(one, Point) else None
    if here is None:
        return False
    slips = [(who, own) for who, n in enumerate(game.shape) for own in range(n) if own != here[who]]
    rows = []
    for player, other in slips:
        instead = (*here[:player], other, *here[player + 1 :])
        if game.payoff(player, instead) != game.payoff(player, here):
            continue
        lead = []
        for who, own in slips:
            if who == player:
                lead.append(Fraction(0))
                continue
            first = (*here[:who], own, *here[who + 1 :])
            second = (*first[:player], other, *first[player + 1 :])
            lead.append(game.payoff(player, first) - game.payoff(player, second))
        rows.append(([-effect for effect in lead], 0))
    program = Program([0] * len(slips), rows, [([1] * len(slips), 1)])
    outcome = maximize(program)
    return outcome.status == "infeasible" and holds(program, outcome)
