"""The words of Gambit's files: quoted names, numbers, braces, and a cursor over them."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import NoReturn

from alliance_games.exact.span import Span
from alliance_games.reading.numbers import read_number
from alliance_games.reading.problems import Problems
from alliance_games.reading.source import Source
from alliance_games.reading.tokens import FormulaError

TEXT = r'"[^"\\]*+(?:\\[\s\S][^"\\]*+)*+"'
"""A quoted name, as a regular expression."""

NUMBER = r"[+-]?(?:[0-9]++/[0-9]++|(?:[0-9]++\.?[0-9]*+|\.[0-9]++)(?:[eE][+-]?[0-9]++)?)"
"""An integer, a rational or a decimal, as a regular expression."""

_SPACE = re.compile(r"\s*+", re.ASCII)
_TEXT = re.compile(TEXT)
_WORD = re.compile(r"[^\s{}\",]++|.", re.ASCII)
_COUNT = re.compile(r"[0-9]++(?![0-9.eE/])")
_NUMBER = re.compile(NUMBER + r"(?![^\s{},\"])", re.ASCII)
_SHORT = 40
_NEAR = 10_000
_MOST_WARNINGS = 50
MOST_NAMES = 1_000_000
"""The most names in one list, and so the most actions of a set."""
_ENDING_SLASHES = re.compile(r'(\\+)("|\Z)')
_BLANKS = re.compile(r"[\t\n\r\v\f]")


class Unreadable(Exception):
    """A fault that has been noted and after which the text cannot be followed."""


def unquoted(raw: str) -> str:
    """The name that a quoted text writes.

    A backslash stands for itself, except before a quote: there ``\\"`` is a quote and ``\\\\`` a
    backslash. (Gambit escapes quotes alone; so its files are read as they are meant, and every
    name can be written.) Line breaks and tabs, which no name of ours holds, become spaces.
    """
    name = raw[1:-1]
    if "\\" in name:
        name = _ENDING_SLASHES.sub(lambda m: "\\" * (len(m[1]) // 2) + m[2], name)
    return " ".join(name.split()) if _BLANKS.search(name) else name


def exactly(token: str) -> Fraction:
    """The exact number of a token that matches NUMBER; raises FormulaError for one too large."""
    if len(token) <= _SHORT and "e" not in token and "E" not in token:
        try:
            return Fraction(token)
        except ZeroDivisionError:
            pass
    return read_number(token)


class LongSource(Source):
    """A text so long that its lines are looked for, not listed: a list of a hundred million would
    need gigabytes. They end with line feeds."""

    __slots__ = ()

    def line(self, number: int) -> str:
        """One line, or an empty text where the file has no such line."""
        start = 0
        for _ in range(number - 1):
            start = self.text.find("\n", start) + 1
            if not start:
                return ""
        end = self.text.find("\n", start)
        return self.text[start : end if end >= 0 else len(self.text)]

    def shown(self, span: Span) -> str:
        """Nothing where the line is far down: the place must do."""
        return super().shown(span) if span.line <= _NEAR else ""

    def span(self, start: int, end: int) -> Span:
        """The span of ``text[start:end]``, cut off at the end of its first line."""
        line = self.text.count("\n", 0, start) + 1
        begin = self.text.rfind("\n", 0, start) + 1
        left = self.text.find("\n", start, end)
        return Span(line, start - begin + 1, max((left if left >= 0 else end) - start, 1))


class Cursor:
    """A place in a text, which reads the words that follow it."""

    def __init__(self, problems: Problems, at: int = 0) -> None:
        self.problems = problems
        self.text = problems.source.text
        self.at = at

    def skip(self) -> None:
        """Pass over blanks."""
        if found := _SPACE.match(self.text, self.at):
            self.at = found.end()

    def peek(self) -> str:
        """The next character that is no blank; '' at the end."""
        self.skip()
        return self.text[self.at : self.at + 1]

    def take(self, sign: str) -> bool:
        """Pass over a sign if it comes next; whether it did."""
        if self.peek() != sign:
            return False
        self.at += len(sign)
        return True

    def expect(self, sign: str, what: str = "") -> None:
        """Pass over a sign that must come next."""
        if not self.take(sign):
            self.missing(what or f"'{sign}'")

    def word(self) -> str:
        """The next word that is neither quoted nor a number."""
        self.skip()
        found = _WORD.match(self.text, self.at)
        if found is None:
            return ""
        self.at = found.end()
        return found[0]

    def name(self, what: str) -> str:
        """The quoted name that must come next."""
        self.skip()
        found = _TEXT.match(self.text, self.at)
        if found is None:
            if self.peek() == '"':
                self.fault("open-quote", f"the quote before {what} is never closed", self.at)
            self.missing(f"{what}, in quotes")
        self.at = found.end()
        return unquoted(found[0])

    def count(self, what: str) -> int:
        """The non-negative integer that must come next."""
        self.skip()
        found = _COUNT.match(self.text, self.at)
        if found is None:
            self.missing(f"{what}, a whole number")
        if len(found[0]) > 18:
            self.fault("number-too-large", f"{what} has too many digits", self.at, len(found[0]))
        self.at = found.end()
        return int(found[0])

    def number(self, what: str) -> Fraction:
        """The exact number that must come next."""
        self.skip()
        found = _NUMBER.match(self.text, self.at)
        if found is None:
            self.missing(f"{what}, a number", "a number is written as 3, 0.5, 1e-3 or 3/4")
        try:
            value = exactly(found[0])
        except FormulaError as error:
            self.fault(error.code, error.message, self.at, len(found[0]), error.hint)
        self.at = found.end()
        return value

    def names(self, what: str, most: int = MOST_NAMES) -> list[str]:
        """A list of quoted names in braces, from its opening brace on."""
        self.expect("{")
        found: list[str] = []
        while not self.take("}"):
            if not self.peek():
                self.missing(f"'}}' after the names of {what}")
            if len(found) == most:
                self.fault("too-large", f"there are more than {most:,} names here", self.at)
            found.append(self.name(f"the name of {what}"))
            self.take(",")
        return found

    def missing(self, what: str, hint: str = "") -> NoReturn:
        """Note that something else than ``what`` comes next."""
        self.skip()
        if self.at >= len(self.text):
            self.fault("gambit-syntax", f"the file ends where {what} is expected", self.at, 1, hint)
        found = _TEXT.match(self.text, self.at) or _WORD.match(self.text, self.at)
        word = found[0] if found else self.text[self.at]
        shown = word if len(word) <= 40 else word[:37] + "..."
        message = f"{what} is expected here, not {' '.join(shown.split())}"
        self.fault("gambit-syntax", message, self.at, len(word), hint)

    def fault(self, code: str, message: str, at: int, length: int = 1, hint: str = "") -> NoReturn:
        """Note a fault and give up this part of the text."""
        self.note(code, message, at, length, hint)
        raise Unreadable

    def note(
        self,
        code: str,
        message: str,
        at: int,
        length: int = 1,
        hint: str = "",
        *,
        warning: bool = False,
    ) -> None:
        """Note a fault, or a warning, after which the text can be followed."""
        if warning and len(self.problems) >= _MOST_WARNINGS:
            return
        # The end of a text stands for what is missing after it.
        at = min(at, max(len(self.text) - 1, 0))
        span = self.problems.source.span(at, at + length)
        self.problems.add(code, message, span, hint, warning)
