"""Exit codes: what a script learns without reading a word."""

from __future__ import annotations

from collections.abc import Iterable

DONE = 0
FAILED = 1
"""An expectation failed, or a claim was refuted or left undecided."""
USAGE = 2
INVALID = 3
"""A file could not be read or is not a valid game."""
LIMIT = 4
"""A limit (time, memory, size) stopped a solve."""
INTERNAL = 70
"""A fault of this program (EX_SOFTWARE)."""
INTERRUPTED = 130
CLOSED_PIPE = 141
"""The reader of our output went away, as for any program that SIGPIPE ends."""

_GRAVEST_FIRST = (INTERRUPTED, INTERNAL, USAGE, INVALID, LIMIT, FAILED, DONE)


def gravest(codes: Iterable[int]) -> int:
    """The code that stands for all of them: an invalid file outweighs a limit, and so on."""
    return min(codes, key=_GRAVEST_FIRST.index, default=DONE)


class Stop(Exception):
    """Ends the command with an exit code; the message, if any, is for standard error."""

    def __init__(self, code: int, message: str = "") -> None:
        super().__init__(message)
        self.code = code


class ClosedPipe(Exception):
    """Nobody reads standard output any more."""
