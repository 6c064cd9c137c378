"""``sweep``: the equilibria of a game along its parameters, or for every row of a table of data."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from alliance_games.cli import exits, options
from alliance_games.cli.streams import say

if TYPE_CHECKING:
    from alliance_games.model.environments import Values
    from alliance_games.model.study import Study
    from alliance_games.parametric.sweeps.data import Data
    from alliance_games.parametric.sweeps.sweep import Part, Sweep
    from alliance_games.report.blocks import Document

app = typer.Typer(rich_markup_mode=None, add_completion=False)

EPILOG = """\b
Examples:
  alliance-games sweep stag_hunt --vary stag=4:10:7
  alliance-games sweep stag_hunt --vary stag=4:10:1000 --vary rabbit=1:4:1000 -f csv -o rows.csv
  alliance-games sweep mine.yaml --data dyads.csv --map "power=cinc_a / (cinc_a + cinc_b)"
"""


class Format(StrEnum):
    """How the rows are written, or drawn."""

    table = "table"
    csv = "csv"
    jsonl = "jsonl"
    parquet = "parquet"
    md = "md"
    plot = "plot"
    png = "png"
    svg = "svg"


@app.command(epilog=EPILOG, short_help="Follow equilibria along parameters or rows of data.")
def sweep(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="A game file, the name of a library game, or - for standard input.",
            show_default=False,
        ),
    ],
    vary: Annotated[
        list[str] | None,
        typer.Option(
            "--vary",
            metavar="NAME=START:STOP:COUNT",
            help="Vary a parameter evenly, or over a list: stag=2,5/2,3. Twice for a plane.",
        ),
    ] = None,
    data: Annotated[
        str | None,
        typer.Option(
            "--data",
            metavar="FILE",
            help="A CSV table (.tsv: with tabs) whose rows are the points; - for standard input.",
        ),
    ] = None,
    mapped: Annotated[
        list[str] | None,
        typer.Option(
            "--map",
            metavar="NAME=FORMULA",
            help="A parameter as a formula over the table's columns. Repeatable.",
        ),
    ] = None,
    keep: Annotated[
        list[str] | None,
        typer.Option(
            "--keep", metavar="COLUMN", help="Carry a column along. Repeatable, or ccode1,year."
        ),
    ] = None,
    skip_faults: Annotated[
        bool,
        typer.Option(
            "--skip-faults", help="A faulty row of data becomes a row that says why, and no stop."
        ),
    ] = False,
    concept: Annotated[
        str,
        typer.Option(
            "--concept", "-c", metavar="NAME", help="The equilibria to follow: nash, pure-nash..."
        ),
    ] = "",
    exact: Annotated[
        bool, typer.Option("--exact", help="Fractions instead of decimals; slower.")
    ] = False,
    form: Annotated[
        Format, typer.Option("--format", "-f", help="How the rows are written or drawn.")
    ] = Format.table,
    of: Annotated[
        list[str] | None,
        typer.Option(
            "--of",
            metavar="COLUMN",
            help="Draw these columns of probabilities and payoffs, as in payoff.Alice. Repeatable.",
        ),
    ] = None,
    output: options.Out = None,
    settings: options.Set = None,
    scenario: options.Scenario = None,
    timeout: Annotated[
        str | None,
        typer.Option(
            "--timeout", metavar="TIME", help="Stop the whole sweep after 30, 2.5 or 10m."
        ),
    ] = None,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Follow the equilibria of a game along one parameter, over a plane of two, or row by row
    through a table of data: one line for each point and equilibrium."""
    from alliance_games.cli import values
    from alliance_games.parametric.sweeps.data import FaultyData
    from alliance_games.parametric.sweeps.ordinary import UnfitConcept
    from alliance_games.parametric.sweeps.points import Grid
    from alliance_games.parametric.sweeps.sweep import Sweep, base_values

    overrides = values.settings(settings or ())
    seconds = values.seconds(timeout)
    asked = _concept(concept)
    study = _study(file, scenario, overrides, quiet=quiet, no_color=no_color)
    from alliance_games.cli import sweep_asking

    if of and form not in (Format.plot, Format.png, Format.svg):
        raise typer.BadParameter("--of says what a plot draws: --format plot, png or svg")
    if data is None and (mapped or keep or skip_faults):
        raise typer.BadParameter("--map, --keep and --skip-faults go with --data")
    if bool(vary) == (data is not None):
        raise typer.BadParameter(
            "say what varies: --vary stag=2:10:9, or --data rows.csv with --map"
        )
    with contextlib.ExitStack() as stack:
        points: Grid | Data
        try:
            if data is not None:
                points = _table(data, mapped or (), keep or (), skip_faults, study, file, stack)
            else:
                points = Grid(sweep_asking.axes(vary or (), study))
            sweep_asking.check_apart(points.names, overrides)
            work = Sweep(
                study,
                base_values(study, scenario, overrides),
                points,
                concept=asked,
                exact=exact,
                seconds=seconds,
            )
            progress = stack.enter_context(_progress(quiet, points.size))
            _write(work, form, output, no_color, of or (), progress)
        except UnfitConcept as unfit:
            raise exits.Stop(exits.USAGE, str(unfit)) from unfit
        except FaultyData as faulty:
            for line, why in faulty.faults:
                say(f"{data}:{line}: error: {why} [data]")
            raise exits.Stop(exits.INVALID) from faulty
    if work.stopped:
        whole = "" if points.size is None else f" of {points.size:,}"
        say(f"alliance-games: {work.stopped}, with {work.done:,}{whole} points done")
        raise typer.Exit(exits.LIMIT)


def _table(
    path: str,
    mapped: Sequence[str],
    keep: Sequence[str],
    skip: bool,
    study: Study,
    file: str,
    stack: contextlib.ExitStack,
) -> Data:
    """The table of ``--data``, opened until the stack ends."""
    import io

    from alliance_games.cli import sweep_asking
    from alliance_games.parametric.sweeps.data import Data

    if not mapped:
        raise typer.BadParameter('--data needs --map, as in --map "power=cinc_a / cinc_b"')
    mapping = sweep_asking.mapping(mapped, study)
    kept = tuple(name.strip() for text in keep for name in text.split(",") if name.strip())
    if path == "-":
        if file == "-":
            raise typer.BadParameter("the game and the data cannot both be standard input")
        stream = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", newline="")
    else:
        try:
            stream = open(path, encoding="utf-8-sig", newline="")  # noqa: SIM115 - below
        except OSError as error:
            raise exits.Stop(exits.INVALID, f"cannot read {path}: {error.strerror}") from error
        stack.enter_context(stream)
    delimiter = "\t" if path.casefold().endswith(".tsv") else ","
    return Data(stream, mapping, tuple(dict.fromkeys(kept)), skip, delimiter)


def _concept(text: str) -> str:
    from alliance_games.cli import asking

    if not text:
        return "nash"
    names = asking.concept_names([text])
    if len(names) > 1:
        raise typer.BadParameter("a sweep follows the equilibria of one concept")
    return names[0]


def _study(
    file: str, scenario: str | None, overrides: Values, *, quiet: bool, no_color: bool
) -> Study:
    """The one file, read; its problems are told, and end the command."""
    from alliance_games.batch.request import Request, clickable, opened, portable
    from alliance_games.batch.sources import find_sources
    from alliance_games.cli import asking
    from alliance_games.cli.faults import tell
    from alliance_games.cli.streams import colored
    from alliance_games.model.problems import InvalidGame

    sources = find_sources([file])
    if len(sources) != 1:
        raise typer.BadParameter("a sweep is of one file")
    (source,) = sources
    color = colored(sys.stderr, no_color)
    try:
        study = opened(source, Request(scenario=scenario, overrides=overrides))
    except InvalidGame as invalid:
        problems = portable(invalid.problems, source)
        tell(clickable(problems, source), color=color, quiet=quiet)
        codes = [asking.code_of_problem(one) for one in problems if not one.warning]
        raise exits.Stop(exits.gravest(codes)) from invalid
    tell(clickable(portable(study.warnings, source), source), color=color, quiet=quiet)
    return study


def _write(
    work: Sweep,
    form: Format,
    output: str | None,
    no_color: bool,
    of: Sequence[str],
    progress: Callable[[int], None],
) -> None:
    """Do the work and write what comes of it."""
    if form in (Format.csv, Format.jsonl, Format.parquet):
        _write_rows(work, form, output, progress)
    elif form in (Format.png, Format.svg):
        _write_picture(work, form, output, of, progress)
    else:
        _write_report(work, form, output, no_color, of, progress)


def _write_rows(
    work: Sweep, form: Format, output: str | None, progress: Callable[[int], None]
) -> None:
    from alliance_games.cli.growing import Growing
    from alliance_games.parametric.sweeps.columns import columns, names
    from alliance_games.render import delimited

    writers: dict[Format, type[delimited.Writer]] = {
        Format.csv: delimited.Csv,
        Format.jsonl: delimited.JsonLines,
        Format.parquet: delimited.Parquet,
    }
    if form is Format.parquet:
        try:
            delimited.require_parquet()
        except delimited.NoParquet as missing:
            raise exits.Stop(exits.USAGE, str(missing)) from missing
    with Growing(output) as stream:
        writer = writers[form](stream, names(work))
        try:
            for part in work.parts():
                writer.write(columns(work, part), len(part.rows))
                progress(work.done)
        finally:
            writer.close()


def _write_picture(
    work: Sweep,
    form: Format,
    output: str | None,
    of: Sequence[str],
    progress: Callable[[int], None],
) -> None:
    from alliance_games.cli.growing import Growing
    from alliance_games.render.pictures import NoPictures, picture, require

    try:
        require()
    except NoPictures as missing:
        raise exits.Stop(exits.USAGE, str(missing)) from missing
    if output in (None, "-") and sys.stdout.isatty():
        raise typer.BadParameter("a picture goes to a file: --output plot.png")
    document = _drawn(work, of, progress)
    with Growing(output) as stream:
        stream.write(picture(document.blocks, form.value))


def _write_report(
    work: Sweep,
    form: Format,
    output: str | None,
    no_color: bool,
    of: Sequence[str],
    progress: Callable[[int], None],
) -> None:
    from alliance_games.cli import writing
    from alliance_games.cli.streams import Output
    from alliance_games.parametric.sweeps.outline import outline
    from alliance_games.parametric.sweeps.points import Grid
    from alliance_games.parametric.sweeps.sweep import Part
    from alliance_games.report import sweep as report

    with Output(output) as out:
        if form is Format.plot:
            document = _drawn(work, of, progress)
        elif isinstance(work.points, Grid):
            document = report.build(outline(work, progress))
        else:
            first: list[Part] = []
            left = 0
            for part in work.parts():
                room = max(report.MOST_ROWS - sum(len(one.rows) for one in first), 0)
                if room and len(part.rows):
                    first.append(Part(part.chunk, part.rows.take(slice(0, room)), part.problems))
                left += max(len(part.rows) - room, 0)
                progress(work.done)
            document = report.build_rows(work, first, left)
        how = options.Format.md if form is Format.md else options.Format.table
        writing.write_document(document, how, out, no_color)


def _drawn(work: Sweep, of: Sequence[str], progress: Callable[[int], None]) -> Document:
    """The plots of a sweep."""
    from alliance_games.parametric.sweeps.outline import outline
    from alliance_games.parametric.sweeps.points import Grid
    from alliance_games.report.sweep_plots import NothingToDraw, build

    if not isinstance(work.points, Grid):
        raise typer.BadParameter("a plot is along --vary; rows of data are written as a table")
    try:
        return build(outline(work, progress), of)
    except NothingToDraw as nothing:
        raise exits.Stop(exits.USAGE, str(nothing)) from nothing


@contextlib.contextmanager
def _progress(quiet: bool, total: int | None) -> Iterator[Callable[[int], None]]:
    """A progress bar of points, where standard error is a terminal."""
    if quiet or not sys.stderr.isatty():
        yield lambda done: None
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
        task = bar.add_task("points", total=total)
        yield lambda done: bar.update(task, completed=done)
