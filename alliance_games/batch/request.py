"""What is asked of every file, and the answer of one file: it never raises for a bad game."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from alliance_games.batch.sources import Source, shown
from alliance_games.model.parametric import Value, Values
from alliance_games.model.problems import InvalidGame, Problem
from alliance_games.model.study import Study
from alliance_games.results.budget import Budget
from alliance_games.results.cases import StudyAnswer
from alliance_games.results.concept import Game
from alliance_games.solve import Asked, solve_study

UNKNOWN_SETTING = frozenset({"unknown-parameter", "unknown-entry", "unknown-scenario"})
"""Codes of problems that are the asker's fault, not the file's."""

INTERRUPTED = "interrupted"
OUT_OF_MEMORY = "out-of-memory"
WORKER_DIED = "worker-died"
LIMITS = frozenset({OUT_OF_MEMORY, WORKER_DIED, INTERRUPTED})
"""Codes of problems that are no fault of anybody's: the work ended early."""

EQUILIBRIUM_CONCEPTS = ("subgame-perfect", "nash", "pure-nash")
"""What 'one equilibrium' is one of, where no concept is named: the first that applies."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked; pickles, so that a worker process can be told.

    ``concepts`` None asks the file's own or the defaults; ``every`` asks all there are.
    ``seconds`` and ``bytes`` limit the solving of each case.
    """

    concepts: tuple[str, ...] | None = None
    every: bool = False
    scenario: str | None = None
    overrides: Values = field(default_factory=dict)
    seconds: float | None = None
    bytes: int | None = None
    one: bool = False
    explain: bool = False

    def budget(self) -> Budget:
        """A fresh budget for one case."""
        return Budget(seconds=self.seconds, bytes=self.bytes, one=self.one, explain=self.explain)


def read(source: Source) -> Study:
    """The study of a source; raises InvalidGame with all its problems."""
    if source.missing is not None:
        raise InvalidGame([source.missing])
    from alliance_games.concepts import names
    from alliance_games.reading import read_file, read_study

    if source.content is not None:
        return read_study(source.content, source.path, names())
    return read_file(source.path, names())


def answer(source: Source, request: Request) -> StudyAnswer:
    """Read and solve one file. A file that is no game gives an answer that says why."""
    try:
        study = opened(source, request)
        return solved(study, source, request, scenarios(study, request))
    except InvalidGame as invalid:
        return refused(source, invalid)
    except MemoryError:
        return unanswered(source, OUT_OF_MEMORY, "the memory ran out")


def unanswered(source: Source, code: str, why: str) -> StudyAnswer:
    """The answer of a file whose work ended before anything was found."""
    problem = Problem(code, why, source.shown)
    return StudyAnswer(source.shown, None, (), (problem,), interrupted=code == INTERRUPTED)


def opened(source: Source, request: Request) -> Study:
    """The study of a source, of which the request can be asked; raises InvalidGame."""
    study = read(source)
    check_settings(study, request)
    return study


def refused(source: Source, invalid: InvalidGame) -> StudyAnswer:
    """The answer of a file that is no game."""
    return StudyAnswer(source.shown, None, (), portable(invalid.problems, source))


def scenarios(study: Study, request: Request) -> tuple[str | None, ...]:
    """The cases the request asks for: the defaults (None) and every scenario, or the one named."""
    if request.scenario is not None:
        return (request.scenario,)
    return (None, *(scenario.name for scenario in study.scenarios))


def solved(
    study: Study, source: Source, request: Request, wanted: tuple[str | None, ...]
) -> StudyAnswer:
    """The answers for some of the cases of a study."""
    found = solve_study(
        study,
        asked(request),
        scenarios=wanted,
        overrides=request.overrides,
        budget=request.budget,
    )
    return replace(found, file=source.shown, problems=portable(found.problems, source))


def asked(request: Request) -> Asked:
    """The concepts the request asks, as ``solve_study`` takes them."""
    if request.every:
        from alliance_games.concepts import catalogue

        return tuple(concept.name for concept in catalogue())
    if request.one and request.concepts is None:
        return _one_equilibrium
    return request.concepts


def _one_equilibrium(game: Game) -> tuple[str, ...]:
    """The first of the equilibrium concepts that applies to the game."""
    from alliance_games.concepts import refusal

    found = (name for name in EQUILIBRIUM_CONCEPTS if refusal(name, game) is None)
    return (next(found, EQUILIBRIUM_CONCEPTS[-1]),)


def check_settings(study: Study, request: Request) -> None:
    """Raise InvalidGame where the study has no such scenario, parameter or entry."""
    problems: list[Problem] = []
    if request.scenario is not None and study.scenario(request.scenario) is None:
        problems.append(_unknown_scenario(study, request.scenario))
    if request.overrides:
        try:
            study.game.values(request.overrides)
        except InvalidGame as invalid:
            problems += [p for p in invalid.problems if p.code in UNKNOWN_SETTING]
    if problems:
        raise InvalidGame(
            [replace(problem, file=problem.file or study.file) for problem in problems]
        )


def _unknown_scenario(study: Study, name: str) -> Problem:
    from alliance_games.exact.words import did_you_mean

    names = [scenario.name for scenario in study.scenarios]
    hint = did_you_mean(name, names) or (
        f"its scenarios are {', '.join(names)}" if names else "the file has no scenarios"
    )
    return Problem("unknown-scenario", f"there is no scenario '{name}'", study.file, hint=hint)


def portable(problems: Iterable[Problem], source: Source) -> tuple[Problem, ...]:
    """The problems as documents give them: no path of this machine."""
    return tuple(
        replace(
            problem,
            file=source.shown if problem.file in ("", source.path) else shown(problem.file),
        )
        for problem in problems
    )


def clickable(problems: Iterable[Problem], source: Source) -> list[Problem]:
    """The problems as a terminal gives them: the file as the user named it."""
    return [
        replace(problem, file=source.path) if problem.file == source.shown else problem
        for problem in problems
    ]


def settings_as_text(values: Mapping[str, Value]) -> list[str]:
    """The overrides in one canonical spelling: ``power[France]=3``."""
    texts = []
    for name, value in sorted(values.items()):
        if isinstance(value, Mapping):
            texts += [f"{name}[{', '.join(key)}]={entry}" for key, entry in sorted(value.items())]
        else:
            texts.append(f"{name}={value}")
    return texts
