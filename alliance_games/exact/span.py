"""Where a piece of text stands in its file, so that every fault can point at it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of one line of a source text.

    ``line`` and ``column`` count from 1 (columns in characters, not bytes); ``length`` is
    the number of characters to underline (at least 1).
    """

    line: int
    column: int
    length: int = 1

    def shifted(self, characters: int, length: int | None = None) -> Span:
        """The span ``characters`` further right on the same line."""
        return Span(self.line, self.column + characters, self.length if length is None else length)


NOWHERE = Span(0, 0)
"""The span of what was made in memory and stands in no file."""
