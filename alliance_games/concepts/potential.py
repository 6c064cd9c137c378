"""Is there one function whose changes tell every player's gains? Which profile maximises it?"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.normal import NormalGame
from alliance_games.results.budget import Budget, LimitReached
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Selection, Solution

if TYPE_CHECKING:
    from alliance_games.algorithms.deviations import Deviations

MOST_STATES = 5_000
METHOD = "squares of two players' moves, and chains of gains"
CYCLE = "There is no potential: improvements go round a cycle."


def solve(game: NormalGame | AnonymousGame, needed: Needed, budget: Budget) -> Answers:
    """The potential and its maximiser, or a cycle of improvements that rules every one out."""
    from alliance_games.algorithms import deviations, potentials

    if (number := deviations.number_of_states(game)) > MOST_STATES:
        raise LimitReached(f"there are {number:,} states, and up to {MOST_STATES:,} are read")
    of = deviations.deviations(game, budget.tick)
    shares = None if game.ordinal else potentials.weights(game, budget.tick)
    because = "every move of one player was compared with the change of the potential"
    if shares is not None:
        values = potentials.potential(of, shares, budget.tick)
        yield _cardinal(game, of, shares, values)
        return Conclusion(Coverage.ALL, because, METHOD)
    kind = "ordinal"
    levels = potentials.ordinal(of, budget.tick)
    if levels is None:
        kind = "generalized ordinal"
        levels = potentials.generalized(of, budget.tick)
    if levels is not None:
        yield _ranked(game, of, kind, levels)
        return Conclusion(Coverage.ALL, because, METHOD)
    gains = {}
    for state, move in potentials.improvement_cycle(of, budget.tick):
        start, end = (deviations.state_name(game, of.profiles[at]) for at in (state, move[0]))
        gains[f"gain of {of.groups[move[1]]} from {start} to {end}"] = of.gain(move)
    yield Selection(None, (), gains, CYCLE)
    because = "a cycle in which every mover gains rules out every potential"
    return Conclusion(Coverage.ALL, because, METHOD)


def _at(
    game: NormalGame | AnonymousGame, of: Deviations, kind: str, values: Sequence[Fraction | int]
) -> dict[str, Fraction]:
    from alliance_games.algorithms.deviations import state_name

    return {
        f"{kind} potential at {state_name(game, profile)}": Fraction(value)
        for profile, value in zip(of.profiles, values, strict=True)
    }


def _cardinal(
    game: NormalGame | AnonymousGame,
    of: Deviations,
    shares: Sequence[Fraction],
    values: Sequence[Fraction],
) -> Selection:
    """An exact or weighted potential, and the profile that maximises it if there is one alone."""
    from alliance_games.algorithms.deviations import state_name

    exact = all(share == 1 for share in shares)
    kind = "exact" if exact else "weighted"
    numbers: dict[str, Fraction] = {}
    if not exact:
        numbers = {
            f"weight of {group}": 1 / share for group, share in zip(of.groups, shares, strict=True)
        }
    numbers |= _at(game, of, kind, values)
    best = [at for at, value in enumerate(values) if value == max(values)]
    names = [state_name(game, of.profiles[at]) for at in best]
    article = "an" if exact else "a"
    if len(best) == 1:
        reason = f"{names[0]} maximises {article} {kind} potential."
    else:
        shown = ", ".join(names[:4]) + (" and others" if len(names) > 4 else "")
        reason = f"There is {article} {kind} potential, and {shown} share its maximum."
    picked = of.profiles[best[0]] if len(best) == 1 else None
    compared = tuple(of.profiles[at] for at in of.equilibria())
    return Selection(picked, compared, numbers, reason)


def _ranked(
    game: NormalGame | AnonymousGame, of: Deviations, kind: str, levels: Sequence[int]
) -> Selection:
    """An ordinal potential: it tells where improvements end, and selects nothing."""
    compared = tuple(of.profiles[at] for at in of.equilibria())
    article = "an" if kind == "ordinal" else "a"
    no_better = "" if game.ordinal else ", and no weighted one"
    reason = (
        f"There is {article} {kind} potential{no_better}: every chain of improvements ends in an "
        "equilibrium; its maximum singles out none of them."
    )
    return Selection(None, compared, _at(game, of, kind, levels), reason)


def verify(game: NormalGame | AnonymousGame, solution: Solution, needed: Needed) -> Certificate:
    """Hold every move against the potential, or follow the cycle again."""
    from alliance_games.certificates.potential import check_potential

    return check_potential(game, solution)


CONCEPT = Concept(
    name="potential",
    title="Potential",
    cites=("Monderer and Shapley 1996", "Voorneveld and Norde 1997"),
    summary=(
        "A number for every profile that changes as the payoff of whoever deviates does: exactly, "
        "up to a weight of hers, or in direction; its maximum, or a cycle that rules it out."
    ),
    games=("normal", "anonymous"),
    solve=solve,
    verify=verify,
    ordinal=True,
    invariances=("relabelling", "positive affine payoffs"),
    order=54,
)
