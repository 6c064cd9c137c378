"""Many files, solved on an executor: journal, resume, survive the death of a worker, assemble."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass, field, replace

from alliance_games.batch.executors import Processes, executor
from alliance_games.batch.journal import Journal, key_of
from alliance_games.batch.request import LIMITS, WORKER_DIED, Request
from alliance_games.batch.sources import Source
from alliance_games.batch.work import INTERNAL_ERROR, Finished, Task, failure, work
from alliance_games.results.codec import join
from alliance_games.results.naming import Json

CHUNK = 8
"""Most files a worker is handed at a time."""

_DIED = "the process that solved this file died, perhaps because the memory ran out"
_NOT_KEPT = frozenset({*LIMITS, INTERNAL_ERROR})
"""Problems that may be gone the next time, and are not journaled."""

Progress = Callable[[int, int], None]
"""Told how many files are done, out of how many."""

Work = Callable[[Sequence[Task], Request], "Batch"]
"""What a worker does: ``work``, unless a test puts something else in its place."""

Batch = tuple[list[Finished], list[Task]]


@dataclass(slots=True)
class Gathered:
    """What has been finished of one file, and whether that is all of it."""

    cases: dict[str | None, Finished] = field(default_factory=dict)

    @property
    def missing(self) -> tuple[str | None, ...] | None:
        """The cases still to do; None where not even their names are known."""
        if not self.cases:
            return None
        every = next(iter(self.cases.values())).every
        return tuple(scenario for scenario in every if scenario not in self.cases)

    def document(self) -> Json:
        """The file's document, its cases in their order however they were finished."""
        every = next(iter(self.cases.values())).every
        ordered = [self.cases[scenario] for scenario in every if scenario in self.cases]
        return join(
            [done.part for done in ordered],
            [problem for done in ordered for problem in done.problems],
        )


class Run:
    """One batch. ``documents()`` does the work; ``done`` counts the files that are finished."""

    def __init__(
        self,
        sources: Sequence[Source],
        request: Request,
        *,
        jobs: int = 1,
        journal: Journal | None = None,
        progress: Progress = lambda done, of: None,
        work: Work = work,
    ) -> None:
        self.sources = list(sources)
        self.request = request
        self.jobs = max(1, min(jobs, len(self.sources)))
        self.done = 0
        self._journal = journal
        self._progress = progress
        self._work = work
        self._gathered = [Gathered() for _ in self.sources]
        self._keys = [key_of(source, request) for source in self.sources] if journal else []

    def documents(self) -> list[Json]:
        """The document of every source, in the order of the sources.

        An interruption (KeyboardInterrupt) passes through; what was finished is in the journal.
        """
        waiting = deque(self._still_to_do())
        self._progress(self.done, len(self.sources))
        if waiting:
            self._work_off(waiting)
        return [gathered.document() for gathered in self._gathered]

    def _still_to_do(self) -> list[Task]:
        tasks = []
        for number, source in enumerate(self.sources):
            if self._journal:
                for before in self._journal.finished(self._keys[number], number):
                    self._gathered[number].cases[before.scenario] = before
            missing = self._gathered[number].missing
            if missing is None or missing:
                tasks.append(Task(number, source, missing))
            else:
                self.done += 1
        return tasks

    def _work_off(self, waiting: deque[Task]) -> None:
        pool = executor(self.jobs)
        running: dict[Future[Batch], list[Task]] = {}
        try:
            while waiting or running:
                self._hand_out(pool, waiting, running)
                self._take_in(waiting, running)
        except BaseException:
            if isinstance(pool, Processes):
                pool.abandon()
            raise
        pool.shutdown()

    def _hand_out(
        self, pool: Executor, waiting: deque[Task], running: dict[Future[Batch], list[Task]]
    ) -> None:
        """Keep every worker busy, and one chunk more ready for each."""
        size = max(1, min(CHUNK, len(waiting) // (4 * self.jobs)))
        while waiting and len(running) < (2 * self.jobs if self.jobs > 1 else 1):
            tasks = [waiting.popleft()]
            while waiting and len(tasks) < size and not (tasks[0].alone or waiting[0].alone):
                tasks.append(waiting.popleft())
            running[pool.submit(self._work, tasks, self.request)] = tasks

    def _take_in(self, waiting: deque[Task], running: dict[Future[Batch], list[Task]]) -> None:
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            tasks = running.pop(future)
            try:
                finished, left = future.result()
            except BrokenExecutor:
                left = self._after_a_death(tasks)
            else:
                self._keep(finished)
            waiting.extendleft(reversed(left))

    def _after_a_death(self, tasks: list[Task]) -> list[Task]:
        """What is left to do when a worker died on ``tasks``: each of several by itself, to find
        out which it was; of a single one, the cases after the one it died on."""
        if len(tasks) > 1:
            return [replace(task, alone=True) for task in tasks]
        (task,) = tasks
        if not task.alone:
            return [replace(task, alone=True)]
        self._keep([self._died(task)])
        others = self._gathered[task.number].missing
        return [replace(task, wanted=others)] if others else []

    def _died(self, task: Task) -> Finished:
        """The row of the case at which a worker died: the first that is not finished."""
        gathered = self._gathered[task.number]
        row = failure(task, WORKER_DIED, _DIED)
        if not gathered.cases:
            return row
        known = next(iter(gathered.cases.values())).every
        scenario = (gathered.missing or known)[0]
        return Finished(task.number, scenario, known, row.part, row.problems)

    def _keep(self, finished: list[Finished]) -> None:
        for done in finished:
            gathered = self._gathered[done.number]
            gathered.cases[done.scenario] = done
            kept = not any(problem["code"] in _NOT_KEPT for problem in done.problems)
            if self._journal and kept:
                self._journal.append(self._keys[done.number], done)
            if not gathered.missing:
                self.done += 1
                self._progress(self.done, len(self.sources))
