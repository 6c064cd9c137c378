"""Where the work is done: in this process, or on a pool of processes that may die."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class InProcess(Executor):
    """Runs each call at once, in this process."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """The future of a call that has already been made."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as fault:  # noqa: BLE001 - it is raised where the result is asked for
            future.set_exception(fault)
        return future


def executor(jobs: int) -> Executor:
    """An executor of ``jobs`` processes; one job is this process itself.

    A fork server starts the workers where there is one: it is small, has a single thread and
    imports our modules once for all. Elsewhere (Windows) they are spawned.
    """
    if jobs == 1:
        return InProcess()
    return processes(jobs)


def processes(jobs: int) -> Executor:
    """A pool of ``jobs`` worker processes."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_all_start_methods, get_context

    server = "forkserver" in get_all_start_methods()
    context: Any = get_context("forkserver" if server else "spawn")
    if server:
        context.set_forkserver_preload(["alliance_games.batch.warm"])
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=prepare_worker)


def prepare_worker() -> None:
    """Ctrl-C is the parent's to handle; exact numbers may have any number of digits; and a worker
    does not outlive a parent that was killed."""
    import signal
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.set_int_max_str_digits(0)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    from multiprocessing import parent_process

    if (parent := parent_process()) is not None:
        parent.join()
        os._exit(1)


def abandon(pool: Executor) -> None:
    """End a pool without waiting for the work under way."""
    pool.shutdown(wait=False, cancel_futures=True)
    if not isinstance(pool, InProcess):
        from multiprocessing import active_children

        for child in active_children():
            child.terminate()


def available_processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1
