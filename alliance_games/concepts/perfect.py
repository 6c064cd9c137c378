"""Trembling-hand perfect equilibria of games in normal form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from alliance_games.model.normal import NormalGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.result import Conclusion, Coverage, Result
from alliance_games.results.solutions import Certificate, Point, Solution

DOMINANCE = "two players: the undominated equilibria, each with beliefs that justify it"
BY_SLIPS = "whatever the slips, some choice is worse than another that ties with it"
SLIPS = "regular equilibria, and programs over slips of the first order"


def accepts(game: NormalGame) -> str | None:
    """None for two players or more."""
    return (
        "one player trembles alone; pure-nash finds her best choices"
        if (len(game.players) == 1)
        else None
    )


def solve(game: NormalGame, needed: Needed, budget: Budget) -> Answers:
    """The perfect equilibria, each point with its tremble, then those that are ruled out."""
    from alliance_games.algorithms.admissible_answers import sort_out

    nash = needed["nash"]
    if len(game.players) > 2:
        return (yield from _of_many(game, nash, budget))
    found = sort_out(game, nash.solutions, budget.tick)
    notes: list[str] = []
    if found.trimmed:
        continua = "one continuum" if found.trimmed == 1 else f"{found.trimmed} continua"
        notes.append(f"of {continua} of equilibria only the perfect faces are left")
    yield from _of_two(game, found.kept, budget)
    yield from found.discarded
    return _conclusion(nash, [], DOMINANCE, tuple(notes))


def _of_two(game: NormalGame, kept: list[Solution], budget: Budget) -> Iterator[Solution]:
    from alliance_games.algorithms.perfect_normal import of_two

    for one in kept:
        if isinstance(one, Point):
            tremble = of_two(game, one.profile, budget.tick)
            yield replace(one, certificate=None, tremble=tremble)
        else:
            yield one


def _of_many(game: NormalGame, nash: Result, budget: Budget) -> Answers:
    """Isolated equilibria, and the corners or examples of continua."""
    from alliance_games.algorithms.admissible_answers import sort_out
    from alliance_games.algorithms.perfect_normal import Undecided, of_many
    from alliance_games.results.tree_solutions import Continuum, Discarded

    continua = [one for one in nash.solutions if isinstance(one, Continuum)]
    isolated = sort_out(game, _points(nash.solutions), budget.tick)
    corners = sort_out(game, [p for one in continua for p in _points(one.points)], budget.tick)
    ruled_out, open_ones = list(isolated.discarded), 0
    for one in (*isolated.kept, *corners.kept):
        assert isinstance(one, Point)
        try:
            tremble = of_many(game, one.profile, budget.tick)
        except Undecided:
            if _is_regular(one):
                yield one
            else:
                open_ones += 1
            continue
        if tremble is not None:
            yield replace(one, certificate=None, tremble=tremble)
        elif one in isolated.kept:
            ruled_out.append(Discarded(one, BY_SLIPS))
    yield from ruled_out
    doubts = [*isolated.undecided, *corners.undecided]
    if open_ones:
        doubts.append(f"of {open_ones} undominated equilibria it is not settled")
    if continua:
        what = "one continuum" if len(continua) == 1 else f"{len(continua)} continua"
        doubts.append(f"of {what} of equilibria only the points named were decided")
    return _conclusion(nash, doubts, SLIPS, ())


def _is_regular(one: Point) -> bool:
    """Whether it is known to be regular: such an equilibrium is perfect (van Damme 1987)."""
    return bool(one.properties.get("quasi-strict") and one.properties.get("index"))


def _points(solutions: Iterable[object]) -> list[Solution]:
    return [one for one in solutions if isinstance(one, Point)]


def _conclusion(nash: Result, doubts: list[str], method: str, notes: tuple[str, ...]) -> Conclusion:
    if nash.coverage is not Coverage.ALL:
        doubts = [nash.because, *doubts]
    if doubts:
        return Conclusion(Coverage.SOME, "; ".join(doubts), method, notes)
    return Conclusion(Coverage.ALL, "of all equilibria it was decided", method, notes)


def verify(game: NormalGame, solution: Solution, needed: Needed) -> Certificate:
    """Hold each point to the definition along its tremble."""
    from alliance_games.certificates.perfect_normal import check_perfect

    return check_perfect(game, solution)


CONCEPT = Concept(
    name="perfect",
    title="Trembling-hand perfect equilibria",
    cites=("Selten 1975", "van Damme 1987"),
    summary=(
        "Nash equilibria that are limits of completely mixed profiles to which their strategies "
        "are best replies."
    ),
    games=("normal",),
    accepts=accepts,
    solve=solve,
    verify=verify,
    needs=("nash",),
    invariances=("relabelling", "positive affine payoffs"),
    order=64,
)
