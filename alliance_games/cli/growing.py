"""Output that is written as it comes: to standard output, or to a file that appears whole."""

from __future__ import annotations

import contextlib
import os
import sys
from types import TracebackType
from typing import BinaryIO

from alliance_games.cli.exits import USAGE, ClosedPipe, Stop
from alliance_games.cli.streams import GONE, Output, silence


class Growing:
    """A binary stream in constant memory.

    A file is written beside the one asked for, and takes its name when the context ends without
    an error (other than an interruption, after which what was written is kept). Raises Stop where
    it cannot be written, ClosedPipe where nobody reads it.
    """

    def __init__(self, path: str | None) -> None:
        self.path = Output(path).path
        self._special = self.path is not None and (
            os.path.lexists(self.path) and not os.path.isfile(self.path)
        )
        self._target = "" if self.path is None else os.path.realpath(self.path)
        self._temporary = f"{self._target}.{os.getpid()}.part"
        self._stream: BinaryIO

    def __enter__(self) -> Growing:
        try:
            if self.path is None:
                self._stream = sys.stdout.buffer
            else:
                name = self.path if self._special else self._temporary
                self._stream = open(name, "wb")
        except OSError as error:
            raise Stop(USAGE, f"cannot write {self.path}: {error.strerror}") from error
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.path is None:
            if kind is None:
                self.write(b"")
            return
        try:
            self._stream.close()
            if self._special:
                return
            if kind is None or kind is KeyboardInterrupt:
                os.replace(self._temporary, self._target)
            else:
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(self._temporary)
        except OSError as error:
            raise Stop(USAGE, f"cannot write {self.path}: {error.strerror}") from error

    def write(self, content: bytes) -> int:
        """Write bytes."""
        try:
            self._stream.write(content)
            if self.path is None:
                self._stream.flush()
        except OSError as error:
            if self.path is None and error.errno in GONE:
                silence()
                raise ClosedPipe from error
            raise Stop(USAGE, f"cannot write the output: {error.strerror}") from error
        return len(content)

    def tell(self) -> int:
        """How much was written."""
        return self._stream.tell()

    def flush(self) -> None:
        """Let what was written go on its way."""
        self._stream.flush()

    @property
    def closed(self) -> bool:
        """Whether nothing more can be written."""
        return False
