"""What a batch has finished, in an append-only file of JSON Lines, for ``--resume``.

Each line stands for one finished case. Its key holds the content of the game file (and of those it
extends), what was asked and the version of this program: where one of them has changed, the line
no longer applies and the case is solved again. A last line that a crash has torn is passed over.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from alliance_games._version import __version__
from alliance_games.batch.request import Request, settings_as_text
from alliance_games.batch.sources import Source
from alliance_games.batch.work import Finished

SYNC_EVERY = 1.0
"""Seconds between two fsyncs. Every line reaches the system as it is written, so that the death of
this process loses none; only that of the machine can lose the last second's."""

_EXTENDS = re.compile(rb"""^extends:[ \t]*["']?([^"'#\r\n]+)""", re.MULTILINE)


def key_of(source: Source, request: Request) -> str:
    """What a finished case depends on, as a hash."""
    digest = sha256(json.dumps([__version__, source.shown, _asked(request)]).encode())
    for content in _contents(source):
        digest.update(sha256(content).digest())
    return digest.hexdigest()


def name_of_batch(sources: Sequence[Source], request: Request) -> str:
    """A short name for what is asked of which files, so that different batches that run in one
    folder keep different journals."""
    asked = [[source.shown for source in sources], _asked(request)]
    return sha256(json.dumps(asked).encode()).hexdigest()[:12]


def _asked(request: Request) -> list[object]:
    return [
        request.concepts,
        request.every,
        request.scenario,
        settings_as_text(request.overrides),
        request.seconds,
        request.bytes,
        request.one,
    ]


def _contents(source: Source) -> Iterable[bytes]:
    """The bytes of the file and of those it extends; nothing for what cannot be read."""
    if source.content is not None:
        yield source.content
        return
    waiting, seen = [Path(source.path)], set()
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        content = _bytes(path)
        yield content
        for name in _EXTENDS.findall(content):
            waiting.append(_extended(path, name.decode("utf-8", "replace").strip()))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError:
        return b""


def _extended(path: Path, name: str) -> Path:
    beside = path.parent / name
    if beside.exists():
        return beside
    from alliance_games.reading import library

    return library.find(name) or beside


class Journal:
    """The journal of one batch, open for appending; a context manager.

    ``resume`` keeps what an earlier run has finished; otherwise the journal begins anew.
    Raises OSError where the file cannot be written.
    """

    def __init__(self, path: Path, *, resume: bool = False) -> None:
        self.path = path
        self._before: dict[tuple[str, str | None], Finished] = {}
        self._any: dict[str, Finished] = {}
        self._synced = time.monotonic()
        torn = self._read() if resume and path.exists() else False
        self._file: BinaryIO = path.open("ab" if resume else "wb")
        if torn:
            self._file.write(b"\n")

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _read(self) -> bool:
        """Take in the lines there are; whether the last one is torn."""
        content = self.path.read_bytes()
        for line in content.split(b"\n"):
            try:
                entry = json.loads(line)
                done = Finished(
                    0, entry["scenario"], tuple(entry["every"]), entry["part"], entry["problems"]
                )
                self._before[entry["key"], done.scenario] = done
                self._any[entry["key"]] = done
            except (ValueError, KeyError, TypeError):
                continue  # torn by a crash, or no line of ours: the case is solved again
        return bool(content) and not content.endswith(b"\n")

    def finished(self, key: str, number: int) -> list[Finished]:
        """The cases of a file that an earlier run has finished."""
        first = self._any.get(key)
        if first is None:
            return []
        kept = [self._before.get((key, scenario)) for scenario in first.every]
        return [
            Finished(number, done.scenario, done.every, done.part, done.problems)
            for done in kept
            if done is not None
        ]

    def append(self, key: str, done: Finished) -> None:
        """Write one finished case; when this returns, the death of the process cannot lose it."""
        entry = {
            "key": key,
            "scenario": done.scenario,
            "every": list(done.every),
            "part": done.part,
            "problems": done.problems,
        }
        self._file.write(json.dumps(entry).encode() + b"\n")
        self._file.flush()
        if time.monotonic() - self._synced > SYNC_EVERY:
            self.sync()

    def sync(self) -> None:
        """Have the system put on disk what was written."""
        os.fsync(self._file.fileno())
        self._synced = time.monotonic()

    def close(self) -> None:
        """Sync and close the file."""
        if not self._file.closed:
            self.sync()
            self._file.close()

    def remove(self) -> None:
        """Close and delete the journal, when nothing is left to resume."""
        self.close()
        self.path.unlink(missing_ok=True)
