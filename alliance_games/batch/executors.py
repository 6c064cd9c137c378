"""Where the work is done: in this process, or in worker processes that may die."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any, NamedTuple, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

Call = tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]
Job = tuple[Future[Any], Call]


def executor(jobs: int) -> Executor:
    """An executor of ``jobs`` processes; one job is this process itself."""
    return InProcess() if jobs == 1 else Processes(jobs)


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


class Processes(Executor):
    """Worker processes, each at the end of a pipe of its own.

    Unlike those of ProcessPoolExecutor, whose results share one queue, a worker that dies takes
    only its own call with it (whose future raises BrokenExecutor), and is replaced; and workers
    may be ended at any moment without leaving a reader waiting for the rest of a message.

    A fork server starts the workers where there is one: it is small, has a single thread and
    imports our modules once for all. Elsewhere (Windows) they are spawned.
    """

    def __init__(self, workers: int) -> None:
        server = "forkserver" in get_all_start_methods()
        self._context: Any = get_context("forkserver" if server else "spawn")
        if server:
            self._context.set_forkserver_preload(["alliance_games.batch.warm"])
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._lock = Lock()
        self._ended = self._abandoned = False
        with _no_interruption():
            self._workers = {number: self._start() for number in range(workers)}
        self._threads = [
            Thread(target=self._serve, args=(number,), daemon=True) for number in range(workers)
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """The future of a call in one of the workers."""
        if self._ended:
            raise RuntimeError("the executor has been shut down")
        future: Future[T] = Future()
        self._jobs.put((future, (fn, args, kwargs)))
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the workers when what was submitted is done (or, if cancelled, begun)."""
        self._ended = True
        if cancel_futures:
            with contextlib.suppress(Empty):
                while (job := self._jobs.get_nowait()) is not None:
                    _cancel(job[0])
        for _ in self._threads:
            self._jobs.put(None)
        if wait:
            for thread in self._threads:
                thread.join()

    def abandon(self) -> None:
        """End the workers at once, whatever they are doing; calls not begun are cancelled."""
        with self._lock:
            self._ended = self._abandoned = True
            for worker in self._workers.values():
                worker.process.terminate()
        self.shutdown()

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=answer_calls, args=(theirs,), daemon=True)
        process.start()
        theirs.close()  # so that the death of the worker ends the pipe
        return _Worker(process, ours)

    def _serve(self, number: int) -> None:
        """Hand calls to one worker and wait for what they give; a thread for each worker."""
        while (job := self._jobs.get()) is not None:
            future, call = job
            if self._abandoned:
                _cancel(future)
            elif future.set_running_or_notify_cancel():
                try:
                    fine, value = self._worker(number).answer(call)
                except (EOFError, OSError):
                    self._bury(number)
                    future.set_exception(BrokenExecutor("the worker process died"))
                except Exception as fault:  # noqa: BLE001 - a call that cannot be sent, say
                    future.set_exception(fault)
                else:
                    (future.set_result if fine else future.set_exception)(value)
        self._bury(number)

    def _worker(self, number: int) -> _Worker:
        """The worker of a thread, a new one where the last has died."""
        with self._lock:
            if self._abandoned:
                raise EOFError
            if number not in self._workers:
                self._workers[number] = self._start()
            return self._workers[number]

    def _bury(self, number: int) -> None:
        """Let go of a worker that has died, or is to end because nobody asks it any more."""
        with self._lock:
            worker = self._workers.pop(number, None)
        if worker is not None:
            worker.pipe.close()
            worker.process.join()


class _Worker(NamedTuple):
    """A process and our end of its pipe."""

    process: Any
    pipe: Connection

    def answer(self, call: Call) -> tuple[bool, Any]:
        """Whether the call succeeded, and its value or exception. Raises EOFError, OSError."""
        self.pipe.send(call)
        answer: tuple[bool, Any] = self.pipe.recv()
        return answer


def _cancel(future: Future[Any]) -> None:
    """Cancel a call that has not begun, and tell who waits for it."""
    future.cancel()
    future.set_running_or_notify_cancel()


def answer_calls(pipe: Connection) -> None:
    """What a worker process does: answer calls until nobody is left to ask."""
    prepare_worker()
    while True:
        try:
            fn, args, kwargs = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            answer: tuple[bool, Any] = (True, fn(*args, **kwargs))
        except Exception as fault:  # noqa: BLE001 - it is raised where the result is asked for
            answer = (False, RuntimeError(f"{type(fault).__name__}: {fault}"))
        with contextlib.suppress(OSError):
            pipe.send(answer)


def prepare_worker() -> None:
    """Ctrl-C is the parent's to handle; exact numbers may have any number of digits; and a worker
    does not outlive a parent that was killed."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.set_int_max_str_digits(0)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    from multiprocessing import parent_process

    if (parent := parent_process()) is not None:
        parent.join()
        os._exit(1)


@contextlib.contextmanager
def _no_interruption() -> Iterator[None]:
    """Hold Ctrl-C back while processes start, for us and (as they inherit it) for good for them:
    none of them is to print a traceback of its own."""
    import signal

    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def available_processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0)) or 1
    return os.cpu_count() or 1
