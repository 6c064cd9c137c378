"""Quasi-perfect equilibria of trees in which two players move."""

from __future__ import annotations

from alliance_games.model.extensive import CHANCE, ExtensiveGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Solution

METHOD = "sequential equilibria, each decided by lexicographic linear programs over trembles"

EXAMPLES = (
    "an equilibrium that comes from a continuum of sequential equilibria is an example: others "
    "near it may pass as well, and there may be infinitely many"
)


def accepts(game: ExtensiveGame) -> str | None:
    """None for at most two players who move; how many there are otherwise."""
    movers = {one.player for one in game.sets} - {CHANCE}
    if len(movers) <= 2:
        return None
    return f"it is decided for two players who move so far, and here {len(movers)} do"


def solve(game: ExtensiveGame, needed: Needed, budget: Budget) -> Answers:
    """Those sequential equilibria that are quasi-perfect, each with a tremble that shows it."""
    from alliance_games.algorithms.perfect_candidates import candidates, play_of
    from alliance_games.algorithms.perfect_linear import both_sides
    from alliance_games.algorithms.perfect_trembles import beliefs_of, tremble_of
    from alliance_games.results.tree_solutions import Assessment

    found = candidates(needed["sequential"].solutions)
    rejected = []
    listed = 0
    most = 1 if budget.one else budget.listed
    cut = False
    for choices in found.choices:
        weights = both_sides(game, choices, budget.tick)
        if weights is None:
            rejected.append(f"{play_of(game, choices)[0]}: no tremble keeps its choices optimal")
            continue
        if listed == most:
            cut = True
            break
        listed += 1
        payoffs, outcomes = play_of(game, choices)
        beliefs = beliefs_of(game, weights)
        yield Assessment(choices, beliefs, payoffs, outcomes, tremble=tremble_of(weights))
    doubts = []
    if needed["sequential"].coverage is not Coverage.ALL:
        doubts.append("not all sequential equilibria are known, and quasi-perfect ones are such")
    if found.varying:
        doubts.append(
            f"of {found.varying} continua of sequential equilibria only the extreme points and "
            "the middles were decided"
        )
    if found.irrational:
        doubts.append(f"{found.irrational} profiles with irrational probabilities were left out")
    if cut:
        doubts.append(f"the first {most} are listed")
    if doubts:
        because = "; ".join(doubts)
        notes = (EXAMPLES,) if found.varying else ()
        return Conclusion(Coverage.SOME, because, METHOD, notes, rejected=tuple(rejected))
    because = (
        "every quasi-perfect equilibrium is sequential, and of every sequential one it was decided "
        "whether some tremble keeps its choices optimal"
    )
    return Conclusion(Coverage.ALL, because, METHOD, rejected=tuple(rejected))


def verify(game: ExtensiveGame, solution: Solution, needed: Needed) -> Certificate:
    """Hold the profile to the definition along the tremble it carries."""
    from alliance_games.certificates.perfect import check_perfect

    return check_perfect(game, solution, own_trembles=False)


CONCEPT = Concept(
    name="quasi-perfect",
    title="Quasi-perfect equilibria",
    cites=("van Damme 1984",),
    summary=(
        "Limits of completely mixed play in which every choice is optimal against the others' "
        "trembles, its player's own later choices being carried out as planned."
    ),
    games=("extensive",),
    accepts=accepts,
    solve=solve,
    verify=verify,
    needs=("sequential",),
    invariances=("relabelling", "positive affine payoffs"),
    order=56,
)
