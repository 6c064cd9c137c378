"""``batch``: many files, in parallel, so that nothing finished is ever lost."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from alliance_games.cli import options
from alliance_games.cli.streams import Output, say

if TYPE_CHECKING:
    from alliance_games.batch.journal import Journal
    from alliance_games.batch.request import Request
    from alliance_games.batch.run import Progress, Run
    from alliance_games.batch.sources import Source
    from alliance_games.results.naming import Json

app = typer.Typer(rich_markup_mode=None, add_completion=False)

EPILOG = """\b
Examples:
  alliance-games batch games/
  alliance-games batch games/ --format jsonl --output answers.jsonl
  alliance-games batch games/ --format jsonl --output answers.jsonl --resume
"""


@app.command(epilog=EPILOG, short_help="Solve a folder of files in parallel.")
def batch(
    files: options.Files,
    concept: options.Concepts = None,
    all_concepts: options.AllConcepts = False,
    one: options.One = False,
    jobs: options.Jobs = 0,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on where an interrupted batch stopped.")
    ] = False,
    journal: Annotated[
        str | None,
        typer.Option(
            "--journal",
            metavar="FILE",
            help="Keep what is finished here (else beside the output, while the batch runs).",
        ),
    ] = None,
    form: options.Form = options.Format.table,
    output: options.Out = None,
    settings: options.Set = None,
    scenario: options.Scenario = None,
    timeout: options.Timeout = None,
    max_memory: options.MaxMemory = None,
    stats: options.Stats = False,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Solve a folder of files in parallel; a file that fails becomes a row that says why."""
    import time

    from alliance_games.batch.executors import available_processors
    from alliance_games.batch.run import Run
    from alliance_games.batch.sources import find_sources
    from alliance_games.cli import asking, exits

    asked = asking.request(
        concept=concept,
        all_concepts=all_concepts,
        one=one,
        settings=settings,
        scenario=scenario,
        timeout=timeout,
        max_memory=max_memory,
    )
    sources = find_sources(files)
    start = time.perf_counter()
    with Output(output) as out, _journal(journal, output, sources, asked, resume) as kept:
        with _progress(quiet) as progress:
            run = Run(
                sources,
                asked,
                jobs=jobs or available_processors(),
                journal=kept,
                progress=progress,
            )
            try:
                documents = run.documents()
            except KeyboardInterrupt:
                raise exits.Stop(exits.INTERRUPTED, _how_to_go_on(run, kept)) from None
        out.write(_written(documents, form, out, no_color))
    if kept is not None and journal is None:
        kept.remove()
    if stats:
        seconds = time.perf_counter() - start
        say(f"{len(sources)} files in {seconds:.2f} s, {len(sources) / seconds:.0f} a second")
    raise typer.Exit(exits.gravest(map(_code_of, documents)))


@contextlib.contextmanager
def _journal(
    named: str | None,
    output: str | None,
    sources: Sequence[Source],
    request: Request,
    resume: bool,
) -> Iterator[Journal | None]:
    """The journal: where the user wants it, beside the output, or in the current folder.

    Without one the batch still runs; a journal that was asked for must be possible.
    """
    from alliance_games.batch.journal import Journal, name_of_batch
    from alliance_games.cli import exits

    if named:
        path = Path(named)
    elif output and output != "-" and not (os.path.lexists(output) and not os.path.isfile(output)):
        path = Path(f"{output}.journal")
    else:
        path = Path(f".alliance-games-{name_of_batch(sources, request)}.journal")
    try:
        journal = Journal(path, resume=resume)
    except OSError as error:
        if named or resume:
            raise exits.Stop(
                exits.USAGE, f"cannot keep a journal in {path}: {error.strerror}"
            ) from error
        say(f"alliance-games: no journal is kept, {path} cannot be written: {error.strerror}")
        yield None
        return
    with journal:
        yield journal


def _how_to_go_on(run: Run, kept: Journal | None) -> str:
    done, of = run.done, len(run.sources)
    if kept is None:
        return f"interrupted with {done} of {of} files done"
    return (
        f"interrupted with {done} of {of} files done; they are kept in {kept.path}, and the same "
        "command with --resume goes on from there"
    )


@contextlib.contextmanager
def _progress(quiet: bool) -> Iterator[Progress]:
    """A progress bar, where standard error is a terminal."""
    if quiet or not sys.stderr.isatty():
        yield lambda done, of: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    bar = Progress(
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task("solving", total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


def _written(documents: Sequence[Json], form: options.Format, out: Output, no_color: bool) -> str:
    from alliance_games.batch.rows import (
        CASE_COLUMNS,
        SOLUTION_COLUMNS,
        case_rows,
        solution_rows,
    )
    from alliance_games.cli import writing

    if form is options.Format.json:
        return writing.as_json(documents, alone=False)
    if form is options.Format.jsonl:
        return writing.as_json_lines(documents)
    if form is options.Format.csv:
        rows = (row for document in documents for row in solution_rows(document))
        return writing.as_csv(rows, SOLUTION_COLUMNS)
    cases = [row for document in documents for row in case_rows(document)]
    columns = [name for name in CASE_COLUMNS if any(row[name] for row in cases)]
    table = writing.table(columns, cases)
    if form is options.Format.md:
        return writing.as_markdown(table)
    return writing.as_text(table, out, no_color)


def _code_of(document: Json) -> int:
    """The exit code that a document asks for; an option that does not fit a file is a row's
    trouble in a batch, not a wrong command."""
    from alliance_games.batch.request import LIMITS
    from alliance_games.batch.work import INTERNAL_ERROR
    from alliance_games.cli import exits

    codes = []
    for problem in document["problems"]:
        if problem["code"] == INTERNAL_ERROR:
            codes.append(exits.INTERNAL)
        elif not problem.get("warning"):
            codes.append(exits.LIMIT if problem["code"] in LIMITS else exits.INVALID)
    for case in document["cases"]:
        if any(result["status"] == "stopped" for result in case["results"]):
            codes.append(exits.LIMIT)
    return exits.gravest(codes)
