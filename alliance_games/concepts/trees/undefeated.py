"""Sequential equilibria of signalling games that no other defeats."""

from __future__ import annotations

from fractions import Fraction

from alliance_games.algorithms import signalling_undefeated as undefeated
from alliance_games.algorithms.signalling_outcomes import Outcome, outcome_of
from alliance_games.algorithms.signalling_refinement import conclusion, plain, told
from alliance_games.algorithms.signalling_words import another, listed, one_of
from alliance_games.certificates.signalling_undefeated import check
from alliance_games.exact import numerals
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.signalling import Signalling, signalling_view
from alliance_games.model.signalling_forms import form, unsuited
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Solution
from alliance_games.results.tree_solutions import Assessment, Continuum, Discarded

METHOD = "each equilibrium compared with all in which every type sends one message for certain"


def solve(game: ExtensiveGame, needed: Needed, budget: Budget) -> Answers:
    """The undefeated equilibria, then those of which some or all members are defeated."""
    view = signalling_view(game)
    assert view is not None
    sequential = needed["sequential"]
    others, whole = undefeated.challengers(view, sequential.solutions)
    falling: list[Discarded] = []
    undecided = 0
    for solution in sequential.solutions:
        if not isinstance(solution, Assessment | Continuum):
            continue
        outcome = outcome_of(view, solution)
        left = None if outcome is None else _left(view, solution, outcome, others, budget)
        if outcome is None or left is None:
            undecided += 1
            continue
        for part in left.parts:
            yield told(view, part, {})
        if left.lost is not None:
            reason = _reason(view, outcome, left.lost, whole=not left.parts)
            falling.append(Discarded(plain(solution), reason, _numbers(view, outcome, left.lost)))
    yield from falling
    ended = conclusion(sequential, undecided, METHOD)
    if whole or undecided:
        return ended
    because = "an equilibrium of a continuum with several outcomes may defeat more of them"
    return Conclusion(Coverage.SOME, because, METHOD)


def _left(
    view: Signalling,
    solution: Assessment | Continuum,
    outcome: Outcome,
    others: list[undefeated.Challenger],
    budget: Budget,
) -> undefeated.Left | None:
    """What is left of a solution; None where it is open.

    It is open where members at the edge leave a message unsent that others send, and a challenge
    there fails on their beliefs.
    """
    seldom = Outcome(outcome.payoffs, tuple(undefeated.seldom_sent(view, solution)))
    edge = list(undefeated.challenges(view, seldom, others))
    if edge:
        left = undefeated.left_of(view, solution, edge, budget.tick)
        if left is None or left.lost is not None:
            return None
    found = list(undefeated.challenges(view, outcome, others))
    return undefeated.left_of(view, solution, found, budget.tick)


def _reason(view: Signalling, outcome: Outcome, lost: undefeated.Challenge, *, whole: bool) -> str:
    """``in the equilibrium that is separating an Able Worker gets more by sending ...``."""
    other, message = lost.challenger, view.messages[lost.message]
    better = [t for t in lost.senders if other.payoffs[t] > outcome.payoffs[t]]
    gains = [
        f"{one_of(view, t)} ({numerals.number(other.payoffs[t])} > "
        f"{numerals.number(outcome.payoffs[t])})"
        for t in better
    ]
    get = f"{listed(gains, 'and')} {'gets' if len(gains) == 1 else 'get'} more"
    same = [another(view, t) for t in lost.senders if t not in better]
    besides = f", and {listed(same, 'and')} no less" if same else ""
    senders = listed([view.types[t] for t in lost.senders], "and")
    odds = " as the prior has them" if len(lost.senders) > 1 else ""
    which = "the belief after it is another"
    return (
        f"in the equilibrium that is {form(view, other.choices)} {get} by sending {message}"
        f"{besides}; so {message} should be ascribed to {senders}{odds}, and "
        f"{which if whole else f'for some members {which}'}"
    )


def _numbers(view: Signalling, outcome: Outcome, lost: undefeated.Challenge) -> dict[str, Fraction]:
    numbers = {}
    for t in lost.senders:
        numbers[f"{view.types[t]} in equilibrium"] = outcome.payoffs[t]
        numbers[f"{view.types[t]} in the other"] = lost.challenger.payoffs[t]
    return numbers


def verify(game: ExtensiveGame, solution: Solution, needed: Needed) -> Certificate:
    """Hold every corner's beliefs against every challenge, by the weights of the types."""
    return check(game, solution, needed["sequential"].solutions)


CONCEPT = Concept(
    name="undefeated",
    title="Undefeated equilibria",
    cites=("Mailath, Okuno-Fujiwara and Postlewaite 1993",),
    summary="Sequential equilibria whose beliefs after an unsent message agree with every other in "
    "which the types that send it get no less, and some of them more.",
    games=("extensive",),
    accepts=unsuited,
    needs=("sequential",),
    solve=solve,
    verify=verify,
    invariances=("relabelling", "positive affine payoffs"),
    order=24,
)
