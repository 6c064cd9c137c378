"""The faults of YAML itself, in words for someone who has never met its grammar."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from alliance_games.exact.span import NOWHERE, Span

if TYPE_CHECKING:
    from yaml import YAMLError

    from alliance_games.reading.nodes import Scalar
    from alliance_games.reading.problems import Problems
    from alliance_games.reading.source import Source

MAX_DEPTH = 100
"""How deep lists and mappings may be nested, aliases written out."""

_SAME_COLUMN = "lines that belong together begin in the same column"
_QUOTE = "put the text in quotes"


class Fault(NamedTuple):
    """What to say: message, hint, place (where not the parser's own), code."""

    message: str
    hint: str = ""
    span: Span | None = None
    code: str = "yaml-syntax"


class _Scene:
    """What the parser said, and what stands there."""

    def __init__(self, error: YAMLError, source: Source, last: Scalar | None) -> None:
        self.source = source
        self.last = last
        self.problem: str = str(getattr(error, "problem", None) or error)
        self.context: str = getattr(error, "context", None) or ""
        self.mark: Any = getattr(error, "problem_mark", None)
        self.context_mark: Any = getattr(error, "context_mark", None)
        self.line = source.line(self.mark.line + 1) if self.mark is not None else ""
        self.column: int = self.mark.column if self.mark is not None else 0

    @property
    def before(self) -> str:
        return self.line[: self.column]

    @property
    def after(self) -> str:
        return self.line[self.column :]

    def says(self, *words: str) -> bool:
        return any(word in self.problem for word in words)

    def span(self) -> Span:
        """The parser's place, or the end of the text where that is where it gave up."""
        if self.mark is None:
            return NOWHERE
        lines = self.source.lines
        number = self.mark.line + 1
        if number > len(lines) and lines:
            return Span(len(lines), len(lines[-1]) + 1)
        return Span(number, self.column + 1)

    def context_span(self) -> Span:
        mark = self.context_mark
        return Span(mark.line + 1, mark.column + 1) if mark is not None else self.span()


def explain(error: YAMLError, source: Source, problems: Problems, last: Scalar | None) -> None:
    """Note what the parser stumbled over; ``last`` is the text it had read before."""
    scene = _Scene(error, source, last)
    for rule in _RULES:
        fault = rule(scene)
        if fault is not None:
            break
    else:
        fault = Fault(f"this cannot be read as YAML: {scene.problem}")
    problems.add(fault.code, fault.message, fault.span or scene.span(), fault.hint)


def _too_deep(scene: _Scene) -> Fault | None:
    """From 0.2.6 on libyaml counts brackets itself, before it says what they open."""
    if not scene.says("maximum nesting depth"):
        return None
    message = f"more than {MAX_DEPTH} lists or mappings are nested in each other"
    return Fault(message, code="too-deep")


def _tab(scene: _Scene) -> Fault | None:
    """A tab in the indentation; the parser may notice it lines later."""
    number = scene.mark.line + 1 if scene.mark is not None else 0
    indentation = scene.line[: len(scene.line) - len(scene.line.lstrip())]
    if "\t" in indentation:
        span = Span(number, indentation.index("\t") + 1)
        message = "a tab is used for indentation; YAML wants spaces"
    elif scene.after.startswith("\t"):
        span, message = scene.span(), "a tab stands here; YAML wants spaces"
    else:
        return None
    return Fault(message, "replace each tab by spaces", span, "tab")


def _quotes(scene: _Scene) -> Fault | None:
    if "quoted scalar" not in scene.context:
        return None
    if scene.says("escape"):
        start = scene.line.rfind("\\", 0, scene.column + 1)
        return Fault(
            f"'{scene.line[start : start + 2]}' has no meaning in double quotes",
            "in single quotes a backslash is itself",
            Span(scene.mark.line + 1, start + 1, 2),
        )
    return Fault("this quote is never closed", "add the closing quote", scene.context_span())


def _after_quotes(scene: _Scene) -> Fault | None:
    """Text right after a closing quote: the quotes do not enclose the whole value."""
    last = scene.last
    if last is None or not last.quoted or scene.says("entries are not", "values are not"):
        return None
    if not scene.context.startswith("while parsing a"):
        return None
    end = last.end()
    if end > scene.mark.index or scene.source.text[end : scene.mark.index].strip(" "):
        return None
    if scene.source.span(end, end).line != last.span.line:
        return Fault(
            f"the quoted text that begins on line {last.span.line} ends before this",
            "a quote on an earlier line may not be closed",
        )
    return Fault(
        "text stands after the closing quote",
        "put the whole text in single quotes, as in 'message == \"No treaty\"'",
    )


def _block_text(scene: _Scene) -> Fault | None:
    if "block scalar" not in scene.context:
        return None
    sign = scene.source.line(scene.context_mark.line + 1)[scene.context_mark.column :][:1]
    hint = "begin the text on the next line"
    if sign == ">":
        hint = "a formula that begins with > is put in quotes"
    return Fault(
        f"in YAML '{sign}' announces text on the following lines",
        hint,
        scene.context_span(),
    )


def _star(scene: _Scene) -> Fault | None:
    for word, sign, meaning in (("alias", "*", "refers to"), ("anchor", "&", "names")):
        if f"scanning an {word}" in scene.context:
            return Fault(
                f"a value that begins with '{sign}' {meaning} a part of the file in YAML",
                "put the whole text in quotes",
                scene.context_span(),
            )
    return None


def _brackets(scene: _Scene) -> Fault | None:
    if "flow node" in scene.context:
        return Fault(f"something is missing before this '{scene.after[:1]}'")
    if "flow sequence" not in scene.context and "flow mapping" not in scene.context:
        return None
    opening, closing = ("[", "]") if "sequence" in scene.context else ("{", "}")
    if scene.after.startswith("[") and scene.mark.line == scene.context_mark.line:
        # power[France] is plain text only outside of YAML's own brackets.
        return Fault(
            f"YAML takes this '[' between '{opening}' and '{closing}' for the beginning of a list",
            "put the formula in quotes, or write one item a line",
        )
    if not scene.after.startswith(tuple("]}:,")) or scene.mark.line != scene.context_mark.line:
        return Fault(f"this '{opening}' is never closed", f"add '{closing}'", scene.context_span())
    if scene.after.startswith(":"):
        return Fault("a second ':' stands in one entry", _QUOTE)
    return Fault(f"',' or '{closing}' is wanted here, not '{scene.after[:1]}'")


def _dash(scene: _Scene) -> Fault | None:
    if not scene.says("entries are not allowed"):
        return None
    rest = scene.after.lstrip("- ").strip()
    return Fault(
        "a list cannot begin in the middle of a line",
        f"a payoff that begins with a minus has no space after it: -{rest}" if rest else "",
    )


def _colon(scene: _Scene) -> Fault | None:
    if scene.says("mapping keys are not allowed"):
        return Fault("in YAML '?' at the beginning means a complex key", _QUOTE)
    if not scene.says("mapping values are not allowed"):
        return None
    if re.search(r":\s", scene.before):
        return Fault("a second ': ' stands in one line", _QUOTE)
    if scene.column > 1000:
        return Fault("this key is longer than the 1,024 characters YAML allows")
    previous = _line_above(scene)
    if previous is not None and re.search(r":\s+[^\s#|>&]", previous):
        return Fault(
            "this line is indented more than the one above, which has its value already",
            _SAME_COLUMN,
            _whole_line(scene),
        )
    if previous is not None:
        number = scene.mark.line
        while number > 1 and not scene.source.line(number).strip():
            number -= 1
        start = len(previous) - len(previous.lstrip())
        return Fault(
            "the line before an entry has no ':' of its own",
            "write it as 'key: value', or put the text in quotes",
            Span(number, start + 1, max(len(previous.strip()), 1)),
        )
    return Fault("a ':' cannot stand here", _QUOTE)


def _no_colon(scene: _Scene) -> Fault | None:
    if not scene.says("could not find expected ':'"):
        return None
    place = scene.context_span()
    line = scene.source.line(place.line)
    return Fault(
        "this line has no ':'",
        "write it as 'key: value'",
        Span(place.line, place.column, max(len(line.rstrip()) - place.column + 1, 1)),
    )


def _cannot_begin(scene: _Scene) -> Fault | None:
    if not scene.says("cannot start any token"):
        return None
    return Fault(f"'{scene.after[:1]}' cannot begin a text in YAML", _QUOTE)


def _directive(scene: _Scene) -> Fault | None:
    if not scene.says("directive", "incompatible YAML") and "directive" not in scene.context:
        return None
    return Fault("a line that begins with '%' is an instruction to YAML", "remove it")


def _tag(scene: _Scene) -> Fault | None:
    if not scene.says("tag") and "tag" not in scene.context:
        return None
    return Fault(
        "a text that begins with '!' is a YAML tag; tags are not read", _QUOTE, None, "yaml-tag"
    )


def _indentation(scene: _Scene) -> Fault | None:
    """A line at a column that fits none above, or of another kind than its neighbours."""
    collection = "block mapping" in scene.context or "block collection" in scene.context
    if not collection and not scene.says("document start"):
        return None
    after = scene.after
    if after.startswith(("]", "}")):
        return Fault(f"this '{after[0]}' closes nothing", _QUOTE)
    if after.startswith(":"):
        return Fault("a key is missing before this ':'")
    if collection and scene.column == scene.context_mark.column:
        if after.startswith("-"):
            return Fault("a list item stands among entries of the form 'key: value'")
        if "collection" in scene.context:
            return Fault("an entry stands among list items", "begin it with '- '")
    if scene.before.strip():
        return Fault("this text does not belong to the value before it", _QUOTE)
    return Fault(
        "this line begins in a column that fits none of the lines above",
        _SAME_COLUMN,
        _whole_line(scene),
    )


def _whole_line(scene: _Scene) -> Span:
    stripped = scene.line.strip()
    start = len(scene.line) - len(scene.line.lstrip())
    return Span(scene.mark.line + 1, start + 1, max(len(stripped), 1))


def _line_above(scene: _Scene) -> str | None:
    """The nearest line above that is not blank."""
    for number in range(scene.mark.line, 0, -1):
        if scene.source.line(number).strip():
            return scene.source.line(number)
    return None


_RULES = (
    _too_deep, _tab, _quotes, _after_quotes, _block_text, _star, _brackets, _dash, _colon,
    _no_colon, _cannot_begin, _directive, _tag, _indentation,
)  # fmt: skip
