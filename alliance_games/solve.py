"""From a game and the names of concepts to verified results, within a budget.

Names no concept: what a concept needs, accepts and checks is in its record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from alliance_games.concepts import UnknownConcept, catalogue, defaults, find, needed_by
from alliance_games.model.other_forms import OtherForm
from alliance_games.model.parametric import Values
from alliance_games.model.problems import InvalidGame, Problem
from alliance_games.model.study import Case, Study
from alliance_games.results.budget import Budget, LimitReached
from alliance_games.results.cases import CaseAnswer, StudyAnswer
from alliance_games.results.concept import Concept, Game, Needed
from alliance_games.results.result import Conclusion, Coverage, Refusal, Result, Status
from alliance_games.results.solutions import Solution

Asked = Iterable[str] | Callable[[Game], Iterable[str]] | None
"""Names of concepts, or a function that says which to ask of a game; None is the defaults."""


class SelfCheckFailed(Exception):
    """A solution of our own did not pass its certificate: a fault of the program, never hidden."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The results for one game: those asked for, in the order asked, and the refusals."""

    results: tuple[Result, ...]
    refusals: tuple[Refusal, ...] = ()

    def of(self, concept: str) -> Result | None:
        """The result of the concept called so, or None."""
        return next((result for result in self.results if result.concept == concept), None)


def solve(game: Game, concepts: Iterable[str], budget: Budget | None = None) -> Answer:
    """Ask ``game`` each of ``concepts``; every solution given out has passed its certificate.

    Concepts that refuse the game (or need one that does) come back as refusals. Raises
    UnknownConcept for a name that is none, and SelfCheckFailed where an answer of ours fails
    its own check.
    """
    budget = budget or Budget()
    asked = list(dict.fromkeys(concepts))
    done: dict[str, Result | Refusal] = {}
    for name in _in_order_of_need(asked, game):
        done[name] = _answer(find(name), game, done, budget)
    outcomes = [done[name] for name in asked]
    return Answer(
        tuple(outcome for outcome in outcomes if isinstance(outcome, Result)),
        tuple(outcome for outcome in outcomes if isinstance(outcome, Refusal)),
    )


def solve_study(
    study: Study,
    concepts: Asked = None,
    *,
    scenarios: Iterable[str | None] | None = None,
    overrides: Values | None = None,
    budget: Callable[[], Budget] = Budget,
) -> StudyAnswer:
    """Ask every case of a study: the defaults first, then each scenario.

    ``concepts`` are those asked, or a function that says which to ask of a game (by default those
    the file's ``solve:`` names, else the defaults that apply to each game); ``scenarios`` picks
    cases by name, None being the defaults; ``overrides`` change parameters in every case;
    ``budget`` makes the budget of each case.
    A case whose values are not valid becomes a problem, and the others go on. An interruption
    (Ctrl-C) ends the work, and what was found until then is in the answer. Raises UnknownConcept
    for a name in ``concepts`` that is none; one in the file is a problem of the file.
    """
    asked, problems = _asked(study, concepts)
    wanted = (None, *(s.name for s in study.scenarios)) if scenarios is None else tuple(scenarios)
    answers: list[CaseAnswer] = []
    interrupted = False
    for scenario in wanted:
        try:
            case = study.case(scenario, overrides)
        except InvalidGame as invalid:
            problems += [in_scenario(problem, scenario) for problem in invalid.problems]
            continue
        limits = budget()
        answers.append(_solve_case(case, asked, limits))
        if interrupted := limits.interrupted:
            break
    return StudyAnswer(
        study.file, study, tuple(answers), (*study.warnings, *problems), interrupted=interrupted
    )


def _asked(study: Study, concepts: Asked) -> tuple[Callable[[Game], Iterable[str]], list[Problem]]:
    """What is asked of each game, and the file's own names of concepts that are none."""
    if callable(concepts):
        return concepts, []
    if concepts is not None:
        names = tuple(concepts)
        for name in names:
            find(name)
        return lambda game: names, []
    if not study.solve:
        return _defaults_or_refusals, []
    good, problems = [], []
    for name in study.solve:
        try:
            good.append(find(name).name)
        except UnknownConcept as unknown:
            hint = f"the concepts are {', '.join(unknown.known)}"
            problems.append(Problem("unknown-concept", str(unknown), study.file, hint=hint))
    return lambda game: good, problems


def _defaults_or_refusals(game: Game) -> Iterable[str]:
    """The defaults; where none applies, those meant for such games, so that each says why not."""
    if found := defaults(game):
        return found
    ours = [concept for concept in catalogue() if concept.default]
    meant = [concept.name for concept in ours if game.kind in concept.games]
    return meant or [concept.name for concept in ours]


def _solve_case(case: Case, asked: Callable[[Game], Iterable[str]], budget: Budget) -> CaseAnswer:
    answer = solve(case.game, asked(case.game), budget)
    return CaseAnswer(case, answer.results, answer.refusals)


def in_scenario(problem: Problem, scenario: str | None) -> Problem:
    """The problem, saying in which scenario it arises."""
    if scenario is None:
        return problem
    return replace(problem, message=f"in scenario {scenario!r}: {problem.message}")


def _in_order_of_need(asked: list[str], game: Game) -> Iterable[str]:
    if not any(needed_by(find(name), game) for name in asked):
        return asked
    from graphlib import TopologicalSorter

    needs: dict[str, tuple[str, ...]] = {}
    waiting = list(asked)
    while waiting:
        name = waiting.pop()
        if name not in needs:
            needs[name] = needed_by(find(name), game)
            waiting.extend(needs[name])
    return TopologicalSorter(needs).static_order()


def _answer(
    concept: Concept, game: Game, done: dict[str, Result | Refusal], budget: Budget
) -> Result | Refusal:
    if (reason := concept.refuses(game)) is not None:
        return Refusal(concept.name, reason)
    needed: dict[str, Result] = {}
    for name in needed_by(concept, game):
        before = done[name]
        if isinstance(before, Refusal):
            return Refusal(concept.name, f"it needs {name}, and {before.reason}")
        needed[name] = before
    return _drive(concept, game, needed, budget)


def _drive(concept: Concept, game: Game, needed: Needed, budget: Budget) -> Result:
    """Draw solutions until the concept concludes or a limit stops it, verifying each."""
    found: list[Solution] = []
    answers = concept.solve(game, needed, budget)
    status = Status.NUMERIC if game.numeric else Status.EXACT
    try:
        while not budget.interrupted:
            found.append(_verified(concept, game, next(answers), needed))
        raise LimitReached("the work was interrupted")
    except StopIteration as stop:
        conclusion: Conclusion = stop.value
    except (LimitReached, MemoryError, KeyboardInterrupt) as limit:
        budget.interrupted |= isinstance(limit, KeyboardInterrupt)
        status = Status.STOPPED
        conclusion = Conclusion(
            Coverage.SOME if found else Coverage.UNKNOWN,
            f"{_limit_in_words(limit)}; what was found until then is given",
            "stopped",
        )
    stopped = [name for name in needed if needed[name].status is Status.STOPPED]
    if stopped and status is not Status.STOPPED:
        status = Status.STOPPED
        because = f"{' and '.join(stopped)} was stopped by a limit"
        conclusion = replace(conclusion, coverage=Coverage.UNKNOWN, because=because)
    within = conclusion.tolerance
    if within is not None and status is Status.EXACT:
        status = Status.NUMERIC
    elif status is Status.NUMERIC and not isinstance(game, OtherForm):
        from alliance_games.model.irrational import tolerance

        within = max(tolerance(game), within or tolerance(game))
    return Result(
        concept.name,
        status,
        conclusion.coverage,
        conclusion.because,
        conclusion.method,
        tuple(found),
        conclusion.notes,
        within,
        conclusion.rejected,
    )


def _limit_in_words(limit: BaseException) -> str:
    if isinstance(limit, KeyboardInterrupt):
        return "the work was interrupted"
    return str(limit) if isinstance(limit, LimitReached) else "the memory ran out"


def _verified(concept: Concept, game: Game, solution: Solution, needed: Needed) -> Solution:
    certificate = concept.verify(game, solution, needed)
    if not certificate.verified:
        raise SelfCheckFailed(
            f"{concept.name}: a solution did not pass its own check ({certificate.claim}); "
            f"please report this with the game file: {solution!r}"
        )
    return replace(solution, certificate=certificate)
