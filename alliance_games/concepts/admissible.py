"""Admissible equilibria: nobody uses a weakly dominated strategy."""

from __future__ import annotations

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.normal import NormalGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Solution

METHOD = "for each support a program for beliefs that make it a best reply"


def solve(game: NormalGame | AnonymousGame, needed: Needed, budget: Budget) -> Answers:
    """The equilibria without weakly dominated strategies, then those that are ruled out."""
    from alliance_games.algorithms.admissible_answers import sort_out

    (before,) = needed.values()
    found = sort_out(game, before.solutions, budget.tick)
    yield from found.kept
    yield from found.discarded
    notes: tuple[str, ...] = ()
    if found.trimmed:
        continua = "one continuum" if found.trimmed == 1 else f"{found.trimmed} continua"
        notes = (f"of {continua} of equilibria only the part without dominated strategies is left",)
    if before.coverage is not Coverage.ALL or found.undecided:
        doubts = [] if before.coverage is Coverage.ALL else [before.because]
        return Conclusion(
            Coverage.SOME, "; ".join([*doubts, *dict.fromkeys(found.undecided)]), METHOD, notes
        )
    if before.concept == "pure-nash":
        because = "of all pure equilibria it was decided; mixed ones were not looked for"
        return Conclusion(Coverage.SOME, because, METHOD, notes)
    return Conclusion(Coverage.ALL, "of all equilibria it was decided", METHOD, notes)


def verify(game: NormalGame | AnonymousGame, solution: Solution, needed: Needed) -> Certificate:
    """Look for a dominating mixture of each strategy used."""
    from alliance_games.certificates.admissible import check

    return check(game, solution)


CONCEPT = Concept(
    name="admissible",
    title="Admissible equilibria",
    cites=("Luce and Raiffa 1957", "van Damme 1987"),
    summary="Nash equilibria in which no player uses a weakly dominated strategy, pure or mixed.",
    games=("normal", "anonymous"),
    solve=solve,
    verify=verify,
    needs_one_of=("nash", "pure-nash"),
    invariances=("relabelling", "positive affine payoffs"),
    order=63,
)
