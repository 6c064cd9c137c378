"""Answers in the format asked for, on standard output or in a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from io import StringIO
from typing import TYPE_CHECKING

from alliance_games.cli.options import Format
from alliance_games.cli.streams import Output
from alliance_games.results.codec import dumps, lines
from alliance_games.results.naming import Json

if TYPE_CHECKING:
    from alliance_games.report.blocks import Document

Rows = Callable[[Json], Iterator[dict[str, str]]]
"""The flat rows of a document."""


def as_json(documents: Sequence[Json], *, alone: bool) -> str:
    """One document by itself where one file was named, else an array."""
    return dumps(documents[0] if alone else list(documents)) + "\n"


def as_json_lines(documents: Iterable[Json]) -> str:
    """One line for each case."""
    return "".join(
        dumps(line, indent=None) + "\n" for document in documents for line in lines(document)
    )


def as_csv(rows: Iterable[dict[str, str]], columns: Sequence[str]) -> str:
    """Rows under a header, as RFC 4180 quotes them (with plain line feeds)."""
    from csv import DictWriter

    text = StringIO()
    writer = DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def as_text(document: Document, output: Output, no_color: bool) -> str:
    """A report for where it goes: wrapped and coloured on a terminal, whole anywhere else."""
    from alliance_games.render.terminal import render, settings, to_text

    if output.stream is None:
        return to_text(document)
    width, color = settings(output.stream, color=False if no_color else None)
    text = StringIO()
    render(document, text, width=width, color=color)
    return text.getvalue()


def as_markdown(document: Document) -> str:
    """A report in Markdown."""
    from alliance_games.render.markdown import render

    return render(document)


def write_document(document: Document, form: Format, output: Output, no_color: bool) -> None:
    """Write a report as a table or as Markdown."""
    if form is Format.md:
        output.write(as_markdown(document))
    else:
        output.write(as_text(document, output, no_color))


def table(columns: Sequence[str], rows: Iterable[dict[str, str]], title: str = "") -> Document:
    """Rows as a report of one table."""
    from alliance_games.report.blocks import Column, Document, Heading, Table, text

    heads = tuple(Column(text(name)) for name in columns)
    cells = tuple(tuple((text(row[name]),) for name in columns) for row in rows)
    above = (Heading(text(title), 1),) if title else ()
    return Document(title, (*above, Table(heads, cells)))
