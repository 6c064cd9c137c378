"""What ``check`` found in a file, and its forms for people, programs and build servers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from alliance_games.claims.verdict import Outcome, Verdict
from alliance_games.model.problems import Problem
from alliance_games.results.codec import FORMAT, TOOL, problem
from alliance_games.results.naming import Json

if TYPE_CHECKING:
    from alliance_games.report.blocks import Block, Document

GOOD = (Outcome.HELD, Outcome.PROVED)
"""The outcomes of which there is no more to say."""

COLUMNS = ("file", "line", "scenario", "expectation", "outcome", "found")


@dataclass(frozen=True, slots=True)
class Checked:
    """One file: its problems, and the verdict on each of its expectations."""

    file: str
    title: str
    verdicts: tuple[Verdict, ...]
    problems: tuple[Problem, ...]

    @property
    def passes(self) -> bool:
        """Whether every expectation held (or may be undecided, and is)."""
        return all(verdict.passes for verdict in self.verdicts)

    @property
    def faults(self) -> tuple[Problem, ...]:
        """The problems that are no mere warnings."""
        return tuple(one for one in self.problems if not one.warning)


def as_document(checked: Checked) -> Json:
    """The JSON document of one file."""
    game = {"title": checked.title, "file": checked.file} if checked.title else {}
    return {
        "format": FORMAT,
        "tool": TOOL,
        "game": game or {"file": checked.file},
        "passes": checked.passes and not checked.faults,
        "verdicts": [
            {
                "line": verdict.expectation.span.line or None,
                "column": verdict.expectation.span.column or None,
                "scenario": verdict.expectation.scenario,
                "expectation": verdict.expectation.text,
                "outcome": verdict.outcome.value,
                "may_be_undecided": verdict.expectation.may_be_undecided,
                "found": verdict.found,
            }
            for verdict in checked.verdicts
        ],
        "problems": [problem(one) for one in checked.problems],
    }


def as_rows(checked: Checked) -> Iterator[dict[str, str]]:
    """One row for each expectation and each problem."""
    for verdict in checked.verdicts:
        yield {
            "file": checked.file,
            "line": str(verdict.expectation.span.line or ""),
            "scenario": verdict.expectation.scenario or "",
            "expectation": verdict.expectation.text,
            "outcome": verdict.outcome.value,
            "found": verdict.found,
        }
    for one in checked.problems:
        yield {
            "file": one.file,
            "line": str(one.span.line or ""),
            "scenario": "",
            "expectation": "",
            "outcome": "warning" if one.warning else "invalid",
            "found": f"{one.message} [{one.code}]",
        }


def as_report(everything: Sequence[Checked]) -> Document:
    """The report for people: a line for each file, and what did not hold with what was found."""
    from alliance_games.report.blocks import Document, Prose, text

    blocks: list[Block] = []
    for checked in everything:
        blocks += _file_blocks(checked)
    if len(everything) > 1:
        verdicts = [verdict for checked in everything for verdict in checked.verdicts]
        invalid = sum(1 for checked in everything if checked.faults)
        valid = (
            f"{len(everything) - invalid} valid, {invalid} not valid" if invalid else "all valid"
        )
        blocks.append(Prose(text(f"{len(everything)} files: {valid}; {_counted(verdicts)}")))
    return Document("Expectations", tuple(blocks))


def as_proof(verdict: Verdict, explain: bool) -> Document:
    """The report on one claim about all values; ``explain`` adds the cases."""
    from alliance_games.report.blocks import Column, Document, Note, Piece, Prose, Table, text

    told = verdict.outcome.value.upper()
    role = "strong" if verdict.outcome in GOOD else "warning"
    blocks: list[Block] = [
        Prose(text(Piece(f"{told}: ", role), verdict.expectation.text)),
        Prose(text(verdict.found[:1].upper() + verdict.found[1:], ".")),
    ]
    if explain and verdict.cases:
        rows = tuple(((text(where),), (text(found),)) for where, found in verdict.cases)
        blocks.append(Table((Column(text("Case")), Column(text("Found"))), rows))
    elif explain:
        blocks.append(Note(text("There are no cases to tell apart.")))
    return Document(verdict.expectation.text, tuple(blocks))


def _file_blocks(checked: Checked) -> Iterator[Block]:
    from alliance_games.report.blocks import Bullets, Piece, Prose, text

    if checked.faults:
        yield Prose(text(Piece(checked.file, "strong"), ": ", Piece("not valid", "warning")))
        return
    counted = _counted(checked.verdicts) if checked.verdicts else "valid, no expectations"
    yield Prose(text(Piece(checked.file, "strong"), f": {counted}"))
    items = [
        text(
            Piece(f"{_WORDS[verdict.outcome, verdict.passes]} ", _ROLES[verdict.passes]),
            f"line {verdict.expectation.span.line}: " if verdict.expectation.span.line else "",
            verdict.expectation.text,
            f" (scenario {verdict.expectation.scenario})" if verdict.expectation.scenario else "",
            Piece(" - ", "muted"),
            _finding(verdict),
        )
        for verdict in checked.verdicts
        if verdict.outcome not in GOOD
    ]
    if items:
        yield Bullets(tuple(items))


def _finding(verdict: Verdict) -> str:
    """What was found instead; where nothing was decided, why."""
    return f"found {verdict.found}" if verdict.outcome is Outcome.FAILED else verdict.found


_WORDS = {
    (Outcome.FAILED, False): "FAILED",
    (Outcome.REFUTED, False): "REFUTED",
    (Outcome.UNDECIDED, False): "UNDECIDED",
    (Outcome.UNDECIDED, True): "undecided, as it may be:",
}
_ROLES = {True: "muted", False: "warning"}


def _counted(verdicts: Sequence[Verdict]) -> str:
    """``13 expectations: 11 held, 2 undecided``."""
    if not verdicts:
        return "no expectations"
    counts = [
        f"{number} {outcome.value}"
        for outcome in Outcome
        if (number := sum(1 for verdict in verdicts if verdict.outcome is outcome))
    ]
    noun = "expectation" if len(verdicts) == 1 else "expectations"
    return f"{len(verdicts)} {noun}: {', '.join(counts)}"


def as_annotations(everything: Sequence[Checked]) -> str:
    """Workflow commands that GitHub shows beside the lines of a change."""
    return "".join(line + "\n" for checked in everything for line in _annotations(checked))


def _annotations(checked: Checked) -> Iterator[str]:
    for one in checked.problems:
        hint = f" ({one.hint})" if one.hint else ""
        yield _annotation(
            "warning" if one.warning else "error",
            one.file,
            one.span.line,
            one.span.column,
            one.code,
            one.message + hint,
        )
    for verdict in checked.verdicts:
        if verdict.outcome not in GOOD:
            span = verdict.expectation.span
            yield _annotation(
                "notice" if verdict.passes else "error",
                checked.file,
                span.line,
                span.column,
                f"expectation {verdict.outcome.value}",
                f"{verdict.expectation.text}: {_finding(verdict)}",
            )


def _annotation(level: str, file: str, line: int, column: int, title: str, message: str) -> str:
    place = {"file": file, "line": line, "col": column, "title": title}
    properties = ",".join(
        f"{name}={_escaped(str(value)).replace(':', '%3A').replace(',', '%2C')}"
        for name, value in place.items()
        if value
    )
    return f"::{level} {properties}::{_escaped(message)}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def as_junit(everything: Sequence[Checked]) -> str:
    """A JUnit XML report: a suite for each file, a case for each expectation."""
    suites = [_suite(checked) for checked in everything]
    return "\n".join(
        ['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>", *suites, "</testsuites>", ""]
    )


def _suite(checked: Checked) -> str:
    cases = []
    for number, verdict in enumerate(checked.verdicts, start=1):
        cases.append(_case(checked, number, verdict))
    for one in checked.faults:
        place = f"{one.file}:{one.span.line}:{one.span.column}: " if one.span.line else ""
        body = f"<error type={_quoted(one.code)} message={_quoted(place + one.message)}/>"
        name = _quoted("is a valid game")
        cases.append(f"<testcase classname={_quoted(checked.file)} name={name}>{body}</testcase>")
    if not cases:
        name = _quoted("is a valid game")
        cases.append(f"<testcase classname={_quoted(checked.file)} name={name}/>")
    failed = sum(1 for verdict in checked.verdicts if not verdict.passes)
    skipped = sum(
        1 for verdict in checked.verdicts if verdict.passes and verdict.outcome not in GOOD
    )
    head = (
        f'<testsuite name={_quoted(checked.file)} tests="{len(cases)}" failures="{failed}" '
        f'errors="{len(checked.faults)}" skipped="{skipped}">'
    )
    return "\n".join([head, *cases, "</testsuite>"])


def _case(checked: Checked, number: int, verdict: Verdict) -> str:
    line = verdict.expectation.span.line
    where = f' line="{line}"' if line else ""
    name = _quoted(f"{number}. {verdict.expectation.text}")
    head = f"<testcase classname={_quoted(checked.file)} name={name}{where}"
    if verdict.outcome in GOOD:
        return f"{head}/>"
    message = _quoted(_finding(verdict))
    if verdict.passes:
        return f"{head}><skipped message={message}/></testcase>"
    return f'{head}><failure type="{verdict.outcome.value}" message={message}/></testcase>'


def _quoted(text: str) -> str:
    """An XML attribute's value; characters that XML cannot hold are replaced."""
    from xml.sax.saxutils import quoteattr

    allowed = "".join(c if c in "\t\n\r" or _in_xml(ord(c)) else "\ufffd" for c in text)
    return quoteattr(allowed, {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})


def _in_xml(code: int) -> bool:
    return 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or code > 0xFFFF
