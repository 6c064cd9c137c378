"""Located nodes: the YAML tree as it was written, every part with its place.

Scalars stay text (``yes``, ``010`` and ``0.1`` are what was typed). An alias is the node of its
anchor, so a shared subtree keeps the place where it was written. Tags and merge keys (``<<``)
are refused.
"""

from __future__ import annotations

from typing import TypeAlias, Union

from alliance_games.exact.span import Span
from alliance_games.model.problems import Problem
from alliance_games.reading.problems import Problems, did_you_mean
from alliance_games.reading.source import Source, decode

__all__ = [
    "Mapping",
    "Node",
    "Problems",
    "Scalar",
    "Sequence",
    "did_you_mean",
    "read_nodes",
    "read_source_nodes",
]


class Scalar:
    """One piece of text.

    ``text`` is its content, ``quoted`` whether it stood in quotes, ``block`` whether it was
    written with ``|`` or ``>``; ``span`` is where it stands, quotes included.
    """

    __slots__ = ("_end", "_offsets", "_source", "_start", "block", "quoted", "span", "text")

    def __init__(
        self,
        text: str,
        span: Span,
        quoted: bool = False,
        block: bool = False,
        source: Source | None = None,
        start: int = 0,
        end: int = 0,
    ) -> None:
        self.text = text
        self.span = span
        self.quoted = quoted
        self.block = block
        # The stretch of the source it was written in, and, found when first asked for, where
        # in the source its characters stand: one after the other from an offset, or a list.
        self._source = source
        self._start = start
        self._end = end
        self._offsets: int | list[int] | None = None

    def __repr__(self) -> str:
        return f"Scalar({self.text!r}, {self.span.line}:{self.span.column})"

    def span_at(self, offset: int, length: int = 1) -> Span:
        """Where ``text[offset:offset + length]`` stands in the file.

        Right also in quoted text with escapes and in text over several lines; a stretch over
        a line's end is cut off there. Fit to be handed to ``read_formula``.
        """
        if self._source is None:
            return self.span.shifted(offset, max(length, 1))
        offsets = self._where(self._source)
        last = offset + max(length, 1) - 1
        if isinstance(offsets, int):
            return self._source.span(offsets + offset, offsets + last + 1)
        if not offsets:
            return self.span
        if offset >= len(offsets):
            # A block's text ends with a line end: what is missing is missing before it.
            end = offsets[max(len(self.text.rstrip()), 1) - 1] + 1
            return self._source.span(end, end + 1)
        return self._source.span(offsets[offset], offsets[min(last, len(offsets) - 1)] + 1)

    def end(self) -> int:
        """The offset in the source's text of what follows it."""
        return self._end

    def part(self, start: int, end: int) -> Scalar:
        """``text[start:end]`` without the spaces around it, still knowing its place."""
        end = min(end, len(self.text))
        while start < end and self.text[start].isspace():
            start += 1
        while end > start and self.text[end - 1].isspace():
            end -= 1
        text = self.text[start:end]
        part = Scalar(text, self.span_at(start, end - start), self.quoted, self.block)
        if self._source is not None:
            part._source = self._source
            offsets = self._where(self._source)
            part._offsets = offsets + start if isinstance(offsets, int) else offsets[start:end]
        return part

    def lines(self) -> list[Scalar]:
        """The lines of the text that are not blank, each knowing its place."""
        found, start = [], 0
        for line in self.text.splitlines(keepends=True):
            if line.strip():
                found.append(self.part(start, start + len(line)))
            start += len(line)
        return found

    def _where(self, source: Source) -> int | list[int]:
        if self._offsets is None:
            if not self.block and self._end - self._start == len(self.text) + 2 * self.quoted:
                self._offsets = self._start + self.quoted
            else:
                from alliance_games.reading.scalars import written_at

                self._offsets = written_at(
                    self.text, source.text, self._start, self._end, self.block
                )
        return self._offsets


class Sequence:
    """A list: its items in order."""

    __slots__ = ("items", "span")

    def __init__(self, items: tuple[Node, ...], span: Span) -> None:
        self.items = items
        self.span = span

    def __repr__(self) -> str:
        return f"Sequence({list(self.items)!r})"


class Mapping:
    """Keys with their values, in the order they were written; no key stands twice."""

    __slots__ = ("entries", "span")

    def __init__(self, entries: tuple[tuple[Scalar, Node], ...], span: Span) -> None:
        self.entries = entries
        self.span = span

    def __repr__(self) -> str:
        return f"Mapping({list(self.entries)!r})"

    def get(self, key: str) -> Node | None:
        """The value under a key, or None."""
        for scalar, node in self.entries:
            if scalar.text == key:
                return node
        return None


Node: TypeAlias = Union[Scalar, Sequence, Mapping]  # noqa: UP007 - the names are defined above


def read_nodes(source: bytes, file: str) -> tuple[Node | None, list[Problem]]:
    """The tree of a file's bytes (None where there is none) and all that is wrong with it."""
    decoded, found = decode(source, file)
    problems = Problems(decoded, found)
    node = None if found else read_source_nodes(decoded, problems)
    return node, problems.in_order()


def read_source_nodes(source: Source, problems: Problems) -> Node | None:
    """The tree of a decoded text; what is wrong with it is added to ``problems``.

    After a fault of YAML itself there is no tree, since no one can say what was meant.
    """
    # Imported here because PyYAML takes 15 ms, which a game made in memory need not pay.
    from alliance_games.reading.builder import build

    return build(source, problems)
