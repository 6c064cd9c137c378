"""Problems of a file as a reader sees them: the place, the line, a caret, what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from alliance_games.cli.streams import say
from alliance_games.model.problems import Problem

_WIDEST = 120
"""Longer lines are shown around the fault only."""

_BOLD, _RED, _YELLOW, _CYAN, _DIM, _PLAIN = (
    "\033[1m", "\033[1;31m", "\033[1;33m", "\033[36m", "\033[2m", "\033[0m",
)  # fmt: skip


def tell(problems: Iterable[Problem], *, color: bool, quiet: bool = False) -> None:
    """Write problems on standard error, each once; ``quiet`` leaves warnings out."""
    for problem in dict.fromkeys(problems):
        if not (quiet and problem.warning):
            say(written(problem, color))


def written(problem: Problem, color: bool = False) -> str:
    """``file:line:column: message [code]``, the source line with a caret, and the hint."""
    paint = _painted if color else _unpainted
    kind = paint("warning: ", _YELLOW) if problem.warning else paint("error: ", _RED)
    place = problem.file
    if problem.span.line:
        place += f":{problem.span.line}:{problem.span.column}"
    head = paint(f"{place}: ", _BOLD) if place else ""
    lines = [f"{head}{kind}{_visible(problem.message)} {paint(f'[{problem.code}]', _DIM)}"]
    if problem.span.line and problem.source.strip():
        lines += _pointed_at(problem, paint)
    if problem.hint:
        lines.append(f"  {paint('hint:', _CYAN)} {_visible(problem.hint)}")
    return "\n".join(lines)


def _pointed_at(problem: Problem, paint: Callable[[str, str], str]) -> list[str]:
    start = problem.span.column - 1
    source, before = _window(problem.source.rstrip("\r\n"), start)
    margin = str(problem.span.line).rjust(5)
    length = max(1, min(problem.span.length, len(source) - before))
    caret = " " * _cells(source[:before]) + "^" * max(1, _cells(source[before : before + length]))
    bar = paint("|", _DIM)
    return [
        f"{paint(margin, _DIM)} {bar} {_visible(source)}",
        f"{' ' * len(margin)} {bar} {paint(caret, _RED)}",
    ]


def _window(source: str, start: int) -> tuple[str, int]:
    """The part of a long line around the fault, and where the fault stands in it."""
    if len(source) <= _WIDEST:
        return source, start
    first = max(0, min(start - _WIDEST // 2, len(source) - _WIDEST))
    head, tail = "..." * (first > 0), "..." * (first + _WIDEST < len(source))
    return head + source[first : first + _WIDEST] + tail, start - first + len(head)


def _visible(text: str) -> str:
    """The text on one line, without control characters: a file's content never drives the
    terminal."""
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() else (" " if character in "\t\n" else "\ufffd")
        for character in text
    )


def _cells(text: str) -> int:
    if text.isascii():
        return len(text)
    from alliance_games.render.layout import characters_wide

    return characters_wide(_visible(text))


def _painted(text: str, style: str) -> str:
    return f"{style}{text}{_PLAIN}"


def _unpainted(text: str, style: str) -> str:
    return text
