"""Which states last when players take best replies and now and then make a mistake."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import PureProfile, pure_profile
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, CountPoint, Fact, Point, Solution

if TYPE_CHECKING:
    from alliance_games.algorithms.counting import RoleCounts

METHOD = "least mistakes between recurrent classes, and least trees of them"
MOST_TOLD = 8
"""So many recurrent classes are told in a note."""


def solve(game: NormalGame | AnonymousGame, needed: Needed, budget: Budget) -> Answers:
    """The states of the recurrent classes to which the fewest mistakes lead from all others."""
    from alliance_games.algorithms.revisions import (
        recurrent_classes,
        resistances,
        revisions,
        states_of,
        tree_costs,
    )

    moves = revisions(game, budget.tick)
    classes = recurrent_classes(moves, budget.tick)
    resistance = resistances(moves, classes, budget.tick)
    trees = tree_costs(resistance, budget.tick)
    states = states_of(game)
    chosen = [index for index, cost in enumerate(trees) if cost == min(trees)]
    told = 0
    number = sum(len(classes[index]) for index in chosen)
    for index in chosen:
        facts = _facts(index, classes, resistance, trees)
        for state in classes[index][: budget.listed - told]:
            told += 1
            yield _solution(game, states[state], facts)
    notes = _notes(game, [[states[one] for one in members] for members in classes], trees)
    if told < number:
        because = f"the first {told:,} of {number:,} stochastically stable states are listed"
        return Conclusion(Coverage.SOME, because, METHOD, notes)
    because = "the least trees of all recurrent classes were compared"
    return Conclusion(Coverage.ALL, because, METHOD, notes)


def _facts(
    index: int,
    classes: Sequence[Sequence[int]],
    resistance: Sequence[Sequence[int]],
    trees: Sequence[int],
) -> dict[str, Fact]:
    facts: dict[str, Fact] = {}
    others = [place for place in range(len(classes)) if place != index]
    if others:
        facts["mistakes of the least tree"] = trees[index]
        facts["radius"] = min(resistance[index][other] for other in others)
        facts["coradius"] = max(resistance[other][index] for other in others)
    if len(classes[index]) > 1:
        facts["states of its class"] = len(classes[index])
    return facts


def _solution(
    game: NormalGame | AnonymousGame, state: PureProfile | RoleCounts, facts: dict[str, Fact]
) -> Solution:
    if isinstance(game, NormalGame):
        profile: PureProfile = state  # type: ignore[assignment]
        return Point(pure_profile(profile, game.shape), game.payoffs(profile), facts)
    from alliance_games.algorithms.role_counts import payoffs_at, profiles_with

    counts: RoleCounts = state  # type: ignore[assignment]
    return CountPoint(counts, profiles_with(counts), payoffs_at(game, counts), facts)


def _notes(
    game: NormalGame | AnonymousGame,
    classes: Sequence[Sequence[PureProfile | RoleCounts]],
    trees: Sequence[int],
) -> tuple[str, ...]:
    """The recurrent classes and the mistakes of the least tree of each."""
    if len(classes) < 2:
        return ("best replies alone lead there from everywhere",)
    told = []
    for members, cost in list(zip(classes, trees, strict=True))[:MOST_TOLD]:
        name = _name(game, members[0])
        more = f" and {len(members) - 1:,} more" if len(members) > 1 else ""
        told.append(f"{name}{more}: {cost}")
    hidden = len(classes) - len(told)
    rest = f"; {hidden:,} more" if hidden else ""
    return (
        f"best replies end in {len(classes)} recurrent classes; the mistakes that lead to each "
        f"from all others are {'; '.join(told)}{rest}",
    )


def _name(game: NormalGame | AnonymousGame, state: PureProfile | RoleCounts) -> str:
    if isinstance(game, NormalGame):
        profile: PureProfile = state  # type: ignore[assignment]
        return f"({', '.join(game.names(profile))})"
    counts: RoleCounts = state  # type: ignore[assignment]
    roles = [
        ", ".join(
            f"{number} {name}" for name, number in zip(game.strategies, row, strict=True) if number
        )
        for row in counts
    ]
    return f"({' | '.join(roles)})"


def verify(game: NormalGame | AnonymousGame, solution: Solution, needed: Needed) -> Certificate:
    """Count the mistakes again, by the matrix-tree theorem."""
    from alliance_games.certificates.stochastic_stability import check_stochastic_stability

    return check_stochastic_stability(game, solution)


CONCEPT = Concept(
    name="stochastic-stability",
    title="Stochastically stable states",
    cites=("Young 1993", "Kandori, Mailath and Rob 1993", "Ellison 2000"),
    summary=(
        "The states in which players are nearly always found in the long run if they revise one at "
        "a time, take best replies to what the others do now, and rarely make a mistake."
    ),
    games=("normal", "anonymous"),
    solve=solve,
    verify=verify,
    ordinal=True,
    invariances=("relabelling", "positive affine payoffs"),
    order=59,
)
