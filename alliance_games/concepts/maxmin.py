"""Security levels and maxmin strategies; the value of a constant-sum game."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TypeVar

from alliance_games.algorithms.opponents import opponents
from alliance_games.algorithms.security import Security, pure_security, security
from alliance_games.certificates.maxmin import check_mixed, check_pure
from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import pure
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Numbers, Solution

T = TypeVar("T")

MIXED, PURE = "security level", "security level in pure strategies"
NO_PURE_NEEDED = "a pure strategy guarantees each player as much as any mixed one"


def solve(game: NormalGame | AnonymousGame, needed: Needed, budget: Budget) -> Answers:
    """Every player's security level; in pure strategies too, where that is lower for somebody."""
    tables = opponents(game)
    everyone = tables.everyone
    found: list[Security] = []
    best_pure: list[tuple[int, list[int]]] = []
    for group in range(len(everyone)):
        rows = tables.rows(group, everyone)
        found.append(security(rows, budget.tick))
        best_pure.append(pure_security(rows))

    def each(values: Sequence[T]) -> tuple[T, ...]:
        of_player = {p: v for v, ps in zip(values, tables.members, strict=True) for p in ps}
        return tuple(of_player[player] for player in range(len(game.players)))

    over = game.denominators
    levels = each([one.level / over[group] for group, one in enumerate(found)])
    constant = _is_constant_sum(game)
    yield Numbers(
        MIXED,
        {"value": levels[0]} if constant else {},
        levels,
        each([one.strategies for one in found]),
        each(
            [
                tuple(
                    (tables.play(group, 0, everyone, column), weight)
                    for column, weight in sorted(one.held_by.items())
                )
                for group, one in enumerate(found)
            ]
        ),
    )
    pure_levels = [Fraction(level, over[group]) for group, (level, _) in enumerate(best_pure)]
    notes: tuple[str, ...] = ()
    if each(pure_levels) != levels:
        sizes = [len(own) for own in everyone]
        attained = [
            tuple(pure(own, size) for own in best)
            for (_, best), size in zip(best_pure, sizes, strict=True)
        ]
        yield Numbers(PURE, {}, each(pure_levels), each(attained))
    else:
        notes = (NO_PURE_NEEDED,)
    if constant:
        notes += ("the payoffs have a constant sum: the levels are the value of the game",)
    return _conclusion(all(one.complete for one in found), notes)


def _conclusion(complete: bool, notes: tuple[str, ...]) -> Conclusion:
    method = "exact linear program, its dual, and the vertices of the optimal strategies"
    if complete:
        because = "a security level is one number, and all extreme maxmin strategies are listed"
        return Conclusion(Coverage.ALL, because, method, notes)
    because = "a security level is one number; of the maxmin strategies one is given"
    return Conclusion(Coverage.SOME, because, "exact linear program and its dual", notes)


def _is_constant_sum(game: NormalGame | AnonymousGame) -> bool:
    if not isinstance(game, NormalGame) or len(game.players) != 2:
        return False
    (a, b), (over_a, over_b) = game.numerators, game.denominators
    sums = (x * over_b + y * over_a for x, y in zip(a, b, strict=True))
    first = next(sums)
    return all(total == first for total in sums)


def verify(game: NormalGame | AnonymousGame, solution: Solution, needed: Needed) -> Certificate:
    """Look at every play of the others again."""
    if not isinstance(solution, Numbers) or solution.of not in (MIXED, PURE):
        return Certificate(False, "no security level")
    return check_mixed(game, solution) if solution.of == MIXED else check_pure(game, solution)


CONCEPT = Concept(
    name="maxmin",
    title="Security levels and maxmin strategies",
    cites=("von Neumann 1928",),
    summary="The most a player can make sure of whatever the others do, and how.",
    games=("normal", "anonymous"),
    solve=solve,
    verify=verify,
    default=True,
    invariances=("relabelling", "positive affine payoffs"),
    order=30,
)
