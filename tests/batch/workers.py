"""What worker processes of the tests run instead of the real work; they import it by name."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence

from alliance_games.batch.request import Request
from alliance_games.batch.work import Finished, Task, work


def die_at_deadly_files(
    tasks: Sequence[Task], request: Request
) -> tuple[list[Finished], list[Task]]:
    """Like ``work``, but the process dies, as by a lack of memory, at files called deadly."""
    if any("deadly" in task.source.path for task in tasks):
        os._exit(9)
    return work(tasks, request)


def double(number: int) -> int:
    """A call that succeeds."""
    return 2 * number


def fail(message: str) -> None:
    """A call that raises."""
    raise ValueError(message)


def die() -> None:
    """A call on which the process dies."""
    os._exit(9)


def sleep(seconds: float) -> int:
    """A call that takes its time."""
    time.sleep(seconds)
    return os.getpid()
