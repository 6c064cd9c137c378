"""The text of a game file: fetched within limits, decoded, and cut into lines."""

from __future__ import annotations

import os
import re
from bisect import bisect_right
from pathlib import Path
from typing import BinaryIO

from alliance_games.exact.span import NOWHERE, Span
from alliance_games.model.problems import Problem

MAX_BYTES = 10_000_000
"""The greatest size of a game file."""

MAX_GAMBIT_BYTES = 100_000_000
"""The greatest size of a file of Gambit's, which lists what ours may say in a formula."""

GAMBIT_SUFFIXES = (".efg", ".nfg")

_GAMBIT_WORD = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,1000}[EN]FG\s")

_SAVE_AS_UTF8 = "save the file as UTF-8"
# YAML's printable characters below 128; the others are looked at only where there are any.
_ALLOWED_BYTES = bytes([9, 10, 13, *range(32, 127), *range(128, 256)])
_SHOWN = 500  # characters of a line shown with a problem


class Source:
    """A file's name and text, with its lines.

    Lines end where YAML ends them: at ``\\n``, ``\\r\\n``, ``\\r`` and Unicode's three line
    separators. Lines and columns count from 1.
    """

    __slots__ = ("_lines", "_starts", "file", "text")

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self._lines: list[str] | None = None
        self._starts: list[int] | None = None

    @property
    def lines(self) -> list[str]:
        """All lines, without their ends."""
        if self._lines is None:
            self._lines = self.text.splitlines()
        return self._lines

    def line(self, number: int) -> str:
        """One line, or an empty text where the file has no such line."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""

    def shown(self, span: Span) -> str:
        """The line of a span as shown above the caret: long lines are cut, never the caret."""
        line = self.line(span.line)
        if len(line) <= _SHOWN:
            return line
        return line[: _SHOWN - 1] + "…" if span.column < _SHOWN else ""

    def span(self, start: int, end: int) -> Span:
        """The span of ``text[start:end]``, cut off at the end of its first line."""
        if self._starts is None:
            self._starts = [0]
            for line in self.text.splitlines(keepends=True):
                self._starts.append(self._starts[-1] + len(line))
        number = bisect_right(self._starts, start, 0, max(len(self._starts) - 1, 1))
        column = start - self._starts[number - 1] + 1
        left = len(self.line(number)) + 1 - column
        # Past its last character, the end of a line stands for what follows.
        return Span(number, column + min(left, 0), max(1, min(end - start, left)))


def read_source(path: str | Path) -> tuple[Source, list[Problem]]:
    """The text of a file, and what is wrong with it (then the text is empty).

    The size is asked before anything is read. A pipe nobody writes to is empty: opened as files
    are, it would be waited for without end.
    """
    path = Path(path)
    file = str(path)
    try:
        if path.is_dir():
            return _fault(file, "is-a-directory", "this is a directory, not a game file")
        if path.stat().st_size > most_bytes(file):
            return _too_large(file)
        with open(path, "rb", opener=_without_waiting) as stream:
            return read_stream(stream, file)
    except FileNotFoundError:
        return _fault(file, "missing-file", "there is no such file")
    except PermissionError:
        return _fault(file, "unreadable-file", "this file may not be read")
    except (OSError, ValueError) as fault:  # ValueError: a NUL in the name
        reason = fault.strerror if isinstance(fault, OSError) and fault.strerror else str(fault)
        return _fault(file, "unreadable-file", f"this file cannot be read: {reason}")


def _without_waiting(path: str, flags: int) -> int:
    """Open a file, waiting for what a writer still has to say but not for a writer."""
    if not hasattr(os, "O_NONBLOCK"):  # systems without named pipes
        return os.open(path, flags)
    opened = os.open(path, flags | os.O_NONBLOCK)
    os.set_blocking(opened, True)
    return opened


def read_stream(stream: BinaryIO, file: str) -> tuple[Source, list[Problem]]:
    """The text of an open stream (standard input); never reads more than the limit."""
    return decode(fetched(stream, file), file)


def fetched(stream: BinaryIO, file: str = "") -> bytes:
    """What a stream holds, up to one byte more than it may."""
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES and (most := most_bytes(file, data)) > MAX_BYTES:
        data += stream.read(most + 1 - len(data))
    return data


def decode(data: bytes, file: str) -> tuple[Source, list[Problem]]:
    """The text of a file's bytes, and what is wrong with them (then the text is empty).

    The text is brought into Unicode's composed form, so that a name looks and compares alike
    however it was typed.
    """
    if len(data) > most_bytes(file, data):
        return _too_large(file)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        width = 32 if data.startswith(b"\xff\xfe\0\0") else 16
        message = f"this file is in UTF-{width}, not UTF-8"
        return _fault(file, "not-utf-8", message, _SAVE_AS_UTF8)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        # The fault counts from after the byte order mark.
        start = fault.start + (3 if data.startswith(b"\xef\xbb\xbf") else 0)
        before = Source(file, data[:start].decode("utf-8-sig") + "\ufffd")
        place = before.span(len(before.text) - 1, len(before.text))
        shown = Source(file, data.decode("utf-8-sig", "replace")).shown(place)
        message = f"the byte 0x{data[start]:02X} is not UTF-8 text"
        problem = Problem("not-utf-8", message, file, place, _SAVE_AS_UTF8, shown)
        return Source(file, ""), [problem]
    bad = _control_character(data, text)
    if bad is not None:
        source = Source(file, text)
        place = source.span(bad, bad + 1)
        hint = (
            _SAVE_AS_UTF8
            if text[bad] == "\0" and text.count("\0") * 3 > len(text)
            else ("remove this invisible character")
        )
        message = f"the control character U+{ord(text[bad]):04X} cannot stand in a game file"
        problem = Problem("control-character", message, file, place, hint, source.shown(place))
        return Source(file, ""), [problem]
    if not text.isascii():
        from unicodedata import normalize

        text = normalize("NFC", text)
    return Source(file, text), []


def _control_character(data: bytes, text: str) -> int | None:
    """Where the first character stands that YAML does not allow, or None."""
    bad = set(data.translate(None, _ALLOWED_BYTES).decode("ascii"))
    if not text.isascii():
        bad.update({chr(code) for code in range(0x80, 0xA0)} - {"\x85"}, "\ufffe\uffff")
    places = [place for place in map(text.find, bad) if place >= 0]
    return min(places, default=None)


def most_bytes(file: str, data: bytes = b"") -> int:
    """The greatest size of a file of this name, or with this content."""
    gambit = file.endswith(GAMBIT_SUFFIXES) or _GAMBIT_WORD.match(data) is not None
    return MAX_GAMBIT_BYTES if gambit else MAX_BYTES


def is_gambit(source: Source) -> bool:
    """Whether a text is one of Gambit's, by its file's name or its first word."""
    first = source.text[:1010].encode("utf-8", "replace")
    return source.file.endswith(GAMBIT_SUFFIXES) or _GAMBIT_WORD.match(first) is not None


def _too_large(file: str) -> tuple[Source, list[Problem]]:
    return _fault(
        file,
        "file-too-large",
        f"this file has more than {most_bytes(file):,} bytes",
        "large games are better written by formulas than by tables",
    )


def _fault(file: str, code: str, message: str, hint: str = "") -> tuple[Source, list[Problem]]:
    return Source(file, ""), [Problem(code, message, file, NOWHERE, hint)]
