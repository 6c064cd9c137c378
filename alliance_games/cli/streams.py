"""Standard output, standard error and ``--output``: encoding, colour, closed pipes."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from types import TracebackType
from typing import TextIO

from alliance_games.cli.exits import USAGE, ClosedPipe, Stop

GONE = frozenset({errno.EPIPE, errno.EINVAL, errno.ESHUTDOWN})
"""What systems say of a pipe whose reader has left (Windows says EINVAL)."""


def prepare() -> None:
    """Write UTF-8 whatever the locale, and the same line ends on every system.

    A byte of a file's name that is no UTF-8 is written as an escape (which is JSON's own), so that
    what reads the output can. A stream that was closed before the start goes nowhere.
    """
    # Python has None in the place of a closed stream, whatever its types say. What replaces it
    # stays open as long as the process does, so that no `with` fits.
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def say(message: str) -> None:
    """Write a line on standard error; that nobody reads it is no fault."""
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.write(message + "\n")
        sys.stderr.flush()


def colored(stream: TextIO, no_color: bool) -> bool:
    """Whether to colour what goes to a stream: --no-color, NO_COLOR and FORCE_COLOR decide, then
    whether it is a terminal."""
    if no_color or os.environ.get("NO_COLOR"):
        return False
    if force := os.environ.get("FORCE_COLOR"):
        return force != "0"
    return stream.isatty() and os.environ.get("TERM") != "dumb"


class Output:
    """Where results go: standard output, or the file of ``--output``.

    The file appears whole when the context ends without an error, or not at all: what stood there
    before is replaced in one step. Raises Stop where it cannot be written.
    """

    def __init__(self, path: str | None) -> None:
        self.path = None if path in (None, "-") else path
        self._parts: list[str] = []
        if self.path is not None:
            self._check(self.path)
        elif getattr(sys.stdout, "name", "") == os.devnull:
            raise Stop(USAGE, "cannot write the output: standard output is closed")

    @staticmethod
    def _check(path: str) -> None:
        """Find out before the work, not after it, that the result has nowhere to go."""
        folder = os.path.dirname(os.path.abspath(path))
        if os.path.isdir(path):
            raise Stop(USAGE, f"cannot write {path}: it is a folder")
        if not os.path.isdir(folder):
            raise Stop(USAGE, f"cannot write {path}: there is no folder {folder}")

    def __enter__(self) -> Output:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None and self.path is not None:
            replace_file(self.path, "".join(self._parts))

    @property
    def stream(self) -> TextIO | None:
        """Standard output, where results go there; None where they go to a file."""
        return sys.stdout if self.path is None else None

    def write(self, text: str) -> None:
        """Write text; raises ClosedPipe where nobody reads it."""
        if self.path is not None:
            self._parts.append(text)
            return
        try:
            sys.stdout.write(text)
            sys.stdout.flush()
        except OSError as error:
            if error.errno not in GONE:
                raise Stop(USAGE, f"cannot write the output: {error.strerror}") from error
            silence()
            raise ClosedPipe from error


def silence() -> None:
    """Let what is still to be flushed at exit go nowhere, so that nothing complains."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def replace_file(path: str, text: str) -> None:
    """Write a file in one step: a temporary one beside it takes its name when it is complete.

    What is no ordinary file (/dev/stdout, a named pipe) is written to directly. Raises Stop.
    """
    content = text.encode("utf-8", "backslashreplace")
    try:
        if os.path.lexists(path) and not os.path.isfile(path):
            with open(path, "wb") as special:
                special.write(content)
            return
        target = os.path.realpath(path)
        temporary = f"{target}.{os.getpid()}.part"
        try:
            with open(temporary, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            os.replace(temporary, target)
        finally:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(temporary)
    except OSError as error:
        raise Stop(USAGE, f"cannot write {path}: {error.strerror}") from error
