"""The worker's side of a batch: some files in, finished cases out, within a slice of time."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from alliance_games.batch.request import Request, opened, refused, scenarios, solved
from alliance_games.batch.sources import Source
from alliance_games.model.problems import InvalidGame, Problem
from alliance_games.results.cases import StudyAnswer
from alliance_games.results.codec import game, part, problem
from alliance_games.results.naming import Json

SLICE = 0.2
"""Seconds after which a worker hands back what it has finished, so that little is ever at stake:
cheap cases travel many at a time, costly ones one by one."""

Scenarios = tuple[str | None, ...]
"""Scenarios by name; None is the defaults."""

INTERNAL_ERROR = "internal-error"
"""The code of a problem that is a fault of this program."""


@dataclass(frozen=True, slots=True)
class Task:
    """Cases of one file: those of ``wanted``, or (None) all that the request asks for.

    ``alone`` is for a task on which, or beside which, a worker died: it is handed out by itself,
    and handed back after each case, so that it is known which case it was.
    """

    number: int
    source: Source
    wanted: Scenarios | None = None
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Finished:
    """One case that is done: ``part`` as ``codec.join`` takes it, the problems of file and case.

    ``every`` are all the cases of the file, in order.
    """

    number: int
    scenario: str | None
    every: Scenarios
    part: Json
    problems: list[Json]


def work(tasks: Sequence[Task], request: Request) -> tuple[list[Finished], list[Task]]:
    """The cases finished within a slice of time (at least one), and the tasks that are left."""
    start = time.monotonic()
    finished: list[Finished] = []
    left = list(tasks)
    while left:
        task = left.pop(0)
        for done in _cases(task, request):
            finished.append(done)
            if task.alone or time.monotonic() - start > SLICE:
                wanted = done.every if task.wanted is None else task.wanted
                rest = wanted[wanted.index(done.scenario) + 1 :]
                return finished, [*([replace(task, wanted=rest)] if rest else []), *left]
    return finished, []


def _cases(task: Task, request: Request) -> Iterator[Finished]:
    """Every case of the task, solved one after the other; a file that fails is one case."""
    try:
        study = opened(task.source, request)
    except InvalidGame as invalid:
        yield _finished(task, None, (None,), refused(task.source, invalid))
        return
    except Exception as fault:  # noqa: BLE001 - one file's trouble must not end the others' work
        yield broken(task, fault)
        return
    every = scenarios(study, request)
    for scenario in task.wanted or every:
        try:
            answer = solved(study, task.source, request, (scenario,))
        except Exception as fault:  # noqa: BLE001 - as above
            yield replace(broken(task, fault), scenario=scenario, every=every)
            continue
        if answer.interrupted:
            raise KeyboardInterrupt
        yield _finished(task, scenario, every, answer)


def _finished(task: Task, scenario: str | None, every: Scenarios, answer: StudyAnswer) -> Finished:
    whole = part(answer, answer.cases[0]) if answer.cases else {"game": game(answer)}
    return Finished(task.number, scenario, every, whole, [problem(one) for one in answer.problems])


def broken(task: Task, fault: Exception) -> Finished:
    """The row of a case on which this program itself failed."""
    if os.environ.get("ALLIANCE_GAMES_DEBUG"):
        import traceback

        traceback.print_exception(fault)
    what = f"this is a fault of alliance-games, please report it: {type(fault).__name__}: {fault}"
    return failure(task, INTERNAL_ERROR, what)


def failure(task: Task, code: str, message: str) -> Finished:
    """A row that says why there is no answer."""
    fault = Problem(code, message, task.source.shown)
    answer = StudyAnswer(task.source.shown, None, (), (fault,))
    return _finished(task, None, (None,), answer)
