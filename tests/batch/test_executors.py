"""Worker processes: what they answer, and what becomes of calls on which they die."""

from __future__ import annotations

import os
import time
from concurrent.futures import BrokenExecutor, CancelledError, wait
from pickle import PicklingError

import pytest

from alliance_games.batch.executors import InProcess, Processes, executor
from tests.batch.workers import die, double, fail, sleep


@pytest.mark.parametrize("jobs", [1, 2])
def test_calls_are_answered(jobs: int) -> None:
    with executor(jobs) as pool:
        assert isinstance(pool, InProcess if jobs == 1 else Processes)
        assert [f.result() for f in [pool.submit(double, n) for n in range(20)]] == [
            2 * n for n in range(20)
        ]
        with pytest.raises(Exception, match="oh"):
            pool.submit(fail, "oh").result()
        assert pool.submit(double, 4).result() == 8


def test_a_death_takes_its_own_call_only() -> None:
    with Processes(2) as pool:
        futures = [pool.submit(die) if n % 5 == 2 else pool.submit(double, n) for n in range(20)]
        for number, future in enumerate(futures):
            if number % 5 == 2:
                with pytest.raises(BrokenExecutor):
                    future.result()
            else:
                assert future.result() == 2 * number


def test_a_call_that_cannot_be_sent_is_an_error_of_that_call() -> None:
    with Processes(1) as pool:
        with pytest.raises((PicklingError, AttributeError), match=r"pickle|local object"):
            pool.submit(lambda: 1).result()
        assert pool.submit(double, 1).result() == 2


def test_abandoning_ends_the_workers_at_once() -> None:
    pool = Processes(2)
    first = pool.submit(sleep, 0.0).result()
    futures = [pool.submit(sleep, 60.0) for _ in range(4)]
    time.sleep(0.2)
    start = time.monotonic()
    pool.abandon()
    assert time.monotonic() - start < 30
    assert len(wait(futures, timeout=10).done) == 4
    for future in futures:
        with pytest.raises((BrokenExecutor, CancelledError)):
            future.result()
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)


def test_nothing_is_taken_after_the_end() -> None:
    pool = Processes(1)
    pool.shutdown()
    with pytest.raises(RuntimeError):
        pool.submit(double, 1)
