"""Agent-form (trembling-hand) perfect equilibria of trees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alliance_games.model.extensive import CHANCE, ExtensiveGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Solution

if TYPE_CHECKING:
    from alliance_games.algorithms.perfect_agents import Trials
    from alliance_games.algorithms.perfect_candidates import Choices
    from alliance_games.algorithms.perfect_trembles import Weights

METHOD = "sequential equilibria, each tried against trembles of every information set"

EXAMPLES = (
    "an equilibrium that comes from a continuum of sequential equilibria is an example: others "
    "near it may pass as well, and there may be infinitely many"
)


def solve(game: ExtensiveGame, needed: Needed, budget: Budget) -> Answers:
    """Those sequential equilibria that are agent-form perfect, each with a tremble to show it."""
    from alliance_games.algorithms.perfect_agents import Trials
    from alliance_games.algorithms.perfect_candidates import candidates, play_of
    from alliance_games.algorithms.perfect_trembles import beliefs_of, tremble_of
    from alliance_games.results.tree_solutions import Assessment

    found = candidates(needed["sequential"].solutions)
    rejected, doubts = [], []
    listed = open_ones = 0
    most = 1 if budget.one else budget.listed
    trials = Trials(game, budget.tick)
    # Pure profiles first: the number of trembles that are tried is limited for all together.
    for choices in sorted(found.choices, key=lambda each: sum(max(c or (1,)) < 1 for c in each)):
        weights, reason = _decided(game, choices, trials)
        if weights is None and reason is None:
            open_ones += 1
        elif weights is None:
            rejected.append(f"{play_of(game, choices)[0]}: {reason}")
        elif listed == most:
            doubts.append(f"the first {most} are listed")
            break
        else:
            listed += 1
            payoffs, outcomes = play_of(game, choices)
            beliefs = beliefs_of(game, weights)
            yield Assessment(choices, beliefs, payoffs, outcomes, tremble=tremble_of(weights))
    if open_ones:
        doubts.append(f"for {open_ones} sequential equilibria it stays undecided")
    if needed["sequential"].coverage is not Coverage.ALL:
        doubts.append("not all sequential equilibria are known, and perfect ones are such")
    if found.varying:
        doubts.append(
            f"of {found.varying} continua of sequential equilibria only the extreme points and "
            "the middles were tried"
        )
    if found.irrational:
        doubts.append(f"{found.irrational} profiles with irrational probabilities were left out")
    if doubts:
        because = "; ".join(doubts)
        notes = (EXAMPLES,) if found.varying else ()
        return Conclusion(Coverage.SOME, because, METHOD, notes, rejected=tuple(rejected))
    because = (
        "every perfect equilibrium is sequential, and every sequential one was shown to be perfect "
        "or not to be"
    )
    return Conclusion(Coverage.ALL, because, METHOD, rejected=tuple(rejected))


def _decided(
    game: ExtensiveGame, choices: Choices, trials: Trials
) -> tuple[Weights | None, str | None]:
    """A tremble that shows a profile to be perfect, or the reason why there is none, or neither."""
    from alliance_games.algorithms import perfect_agents, perfect_linear

    movers = {one.player for one in game.sets} - {CHANCE}
    if len(movers) <= 2 and game.moves_once:
        # Nobody's own later trembles come into it: the other player's alone do.
        weights = perfect_linear.both_sides(game, choices, trials.tick)
        return weights, "no tremble keeps its choices optimal" if weights is None else None
    weights = trials.tremble(choices)
    if weights is not None:
        return weights, None
    worst = perfect_agents.hopeless(game, choices, trials.tick)
    if worst is None:
        return None, None
    return None, f"no tremble keeps the choice at {game.set_name(worst)!r} optimal"


def verify(game: ExtensiveGame, solution: Solution, needed: Needed) -> Certificate:
    """Hold the profile to the definition along the tremble it carries."""
    from alliance_games.certificates.perfect import check_perfect

    return check_perfect(game, solution, own_trembles=True)


CONCEPT = Concept(
    name="agent-form-perfect",
    title="Agent-form perfect equilibria",
    cites=("Selten 1975",),
    summary=(
        "Limits of completely mixed play in which every choice is optimal against the trembles at "
        "all other information sets, its player's own included."
    ),
    games=("extensive",),
    solve=solve,
    verify=verify,
    needs=("sequential",),
    invariances=("relabelling", "positive affine payoffs"),
    order=55,
)
