"""What is said of all sequential or weak perfect Bayesian equilibria, and how many it is."""

from __future__ import annotations

from collections.abc import Generator
from typing import TYPE_CHECKING

from alliance_games.model.extensive import ExtensiveGame
from alliance_games.results.budget import Budget, LimitReached
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.tree_solutions import Assessment, Continuum

if TYPE_CHECKING:
    from alliance_games.algorithms.assessments import Search

GIVEN_AT_A_LIMIT = 100
"""Where a limit stops the work, so many of the cells found are still joined and given."""

METHOD = "patterns of used actions and believed nodes, each a polynomial system"

MOST_NODES = 20_000
"""A larger tree is refused: its assessments are beyond reading, and their search beyond waiting."""


def without_recall(game: ExtensiveGame) -> str | None:
    """Why assessments are not asked of the game: its size, or the two nodes that break recall."""
    if game.size > MOST_NODES:
        return f"assessments are searched in trees of up to {MOST_NODES} nodes"
    return game.forgetting()


def answers(
    game: ExtensiveGame, budget: Budget, *, sequential: bool
) -> Generator[Assessment | Continuum, None, Conclusion]:
    """The equilibria in canonical order, and the conclusion. What a limit cut short is given."""
    from alliance_games.algorithms.assessments import Search
    from alliance_games.algorithms.assessments_reasons import Reasons

    reasons = Reasons(game)
    search = Search(game, sequential, reasons) if budget.explain else Search(game, sequential)
    try:
        search.run(budget.tick, one=budget.one)
        found = search.joined(budget.tick)
    except (LimitReached, KeyboardInterrupt):
        yield from search.joined(most=GIVEN_AT_A_LIMIT)
        raise
    most = 1 if budget.one else budget.listed
    yield from found[:most]
    coverage, because = _coverage(search, len(found), most, budget.one)
    notes = _notes(game, search, found[:most])
    return Conclusion(coverage, because, METHOD, notes, rejected=reasons.told())


def _coverage(search: Search, found: int, most: int, one: bool) -> tuple[Coverage, str]:
    if one and found:
        return Coverage.SOME, "one was asked for, and the search ended with the first it found"
    if search.undecided:
        open_ = "; ".join(dict.fromkeys(search.undecided))
        many = len(search.undecided)
        return (
            Coverage.SOME if found else Coverage.UNKNOWN,
            f"{many} of {search.systems} systems of conditions could not be settled: {open_}",
        )
    if found > most:
        return Coverage.SOME, f"of {found} equilibria and continua the first {most} are listed"
    beliefs = "every consistent choice of believed nodes" if search.sequential else "any beliefs"
    return (
        Coverage.ALL,
        "every pattern of used actions was excluded because a used action is always worse than "
        f"another, or its conditions were solved exactly with {beliefs} off the path "
        f"({_many(search.patterns, 'pattern')}, {_many(search.systems, 'system')})",
    )


def _many(number: int, what: str) -> str:
    return f"{number:,} {what}{'s' * (number != 1)}"


def _notes(
    game: ExtensiveGame, search: Search, given: list[Assessment | Continuum]
) -> tuple[str, ...]:
    notes = []
    if vanished := search.ground.vanished:
        names = ", ".join(repr(game.set_name(h)) for h in vanished)
        notes.append(
            f"chance never leads to {names}: any choice there would do, the first action stands "
            "for it, and no belief is told"
        )
    if search.sequential and any(_lacks_tremble(one) for one in given):
        notes.append(
            "where no tremble is shown, its weights are irrational; that one exists was proven by "
            "linear algebra"
        )
    return tuple(notes)


def _lacks_tremble(one: Assessment | Continuum) -> bool:
    if isinstance(one, Assessment):
        return one.tremble is None
    return any(_lacks_tremble(point) for point in one.points if isinstance(point, Assessment))
