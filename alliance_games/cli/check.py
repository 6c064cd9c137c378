"""``check``: valid files, and expectations that hold."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from alliance_games.cli import options
from alliance_games.cli.streams import Output, replace_file

if TYPE_CHECKING:
    from concurrent.futures import Future

    from alliance_games.batch.request import Request
    from alliance_games.batch.sources import Source
    from alliance_games.cli.verdicts import Checked
    from alliance_games.model.problems import Problem
    from alliance_games.model.study import Study
    from alliance_games.results.budget import Budget

app = typer.Typer(rich_markup_mode=None, add_completion=False)

EPILOG = """\b
Examples:
  alliance-games check games/
  alliance-games check games/ --junit report.xml
  alliance-games check mine.yaml --format github
"""


class CheckFormat(StrEnum):
    """How verdicts are written."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"
    md = "md"
    github = "github"


@app.command(epilog=EPILOG, short_help="Validate files and run their expectations.")
def check(
    files: options.Files,
    junit: Annotated[
        str | None,
        typer.Option("--junit", metavar="FILE", help="Also write a JUnit XML report."),
    ] = None,
    form: Annotated[
        CheckFormat,
        typer.Option("--format", "-f", help="How verdicts are written; github: annotations."),
    ] = CheckFormat.table,
    output: options.Out = None,
    settings: options.Set = None,
    scenario: options.Scenario = None,
    timeout: options.Timeout = None,
    max_memory: options.MaxMemory = None,
    jobs: options.Jobs = 0,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Validate files and run the `expect:` lines in them."""
    from alliance_games.batch.request import clickable
    from alliance_games.batch.sources import find_sources
    from alliance_games.cli import asking, exits, verdicts
    from alliance_games.cli.faults import tell
    from alliance_games.cli.streams import colored

    asked = asking.request(
        settings=settings, scenario=scenario, timeout=timeout, max_memory=max_memory
    )
    sources = find_sources(files)
    alone = len(files) == 1 and not os.path.isdir(files[0])
    everything: list[Checked] = []
    code = exits.DONE
    paint = colored(sys.stderr, no_color)
    with Output(output) as out:
        try:
            for source, checked in zip(sources, _each(sources, asked, jobs), strict=True):
                everything.append(checked)
                tell(clickable(checked.problems, source), color=paint, quiet=quiet)
        except KeyboardInterrupt:
            code = exits.INTERRUPTED
        out.write(_written(everything, form, out, alone, no_color))
    if junit is not None:
        replace_file(junit, verdicts.as_junit(everything))
    raise typer.Exit(exits.gravest([code, *map(_code_of, everything)]))


def _each(sources: Sequence[Source], request: Request, jobs: int) -> Iterator[Checked]:
    """Every file checked, several at a time, in their order."""
    if min(jobs or len(sources), len(sources)) <= 1:
        yield from (_checked(source, request) for source in sources)
        return
    from alliance_games.batch.executors import Processes, available_processors

    pool = Processes(min(jobs or available_processors(), len(sources)))
    try:
        futures = [pool.submit(_checked, source, request) for source in sources]
        for source, future in zip(sources, futures, strict=True):
            yield _outcome(future, source)
    except BaseException:
        pool.abandon()
        raise
    pool.shutdown()


def _outcome(future: Future[Checked], source: Source) -> Checked:
    """What became of a file; where its process has died, that this is so."""
    from concurrent.futures import BrokenExecutor

    from alliance_games.batch.request import WORKER_DIED
    from alliance_games.cli.verdicts import Checked
    from alliance_games.model.problems import Problem

    try:
        return future.result()
    except BrokenExecutor:
        why = "the process that checked this file died, perhaps because the memory ran out"
        return Checked(source.shown, "", (), (Problem(WORKER_DIED, why, source.shown),))


def _checked(source: Source, request: Request) -> Checked:
    from alliance_games.batch.request import opened, portable
    from alliance_games.claims import check as check_claims
    from alliance_games.cli.verdicts import Checked
    from alliance_games.model.problems import InvalidGame

    try:
        study = opened(source, request)
    except InvalidGame as invalid:
        return Checked(source.shown, "", (), portable(invalid.problems, source))
    problems = (*study.warnings, *_invalid_cases(study, request))
    verdicts = check_claims(
        study,
        budget=_budgets(request),
        overrides=request.overrides,
        scenario=request.scenario,
    )
    return Checked(source.shown, study.title, verdicts, portable(problems, source))


def _invalid_cases(study: Study, request: Request) -> list[Problem]:
    """What is wrong with the values of the defaults and of the scenarios."""
    from alliance_games.batch.request import scenarios
    from alliance_games.model.problems import InvalidGame
    from alliance_games.solve import in_scenario

    problems: list[Problem] = []
    for scenario in scenarios(study, request):
        try:
            study.case(scenario, request.overrides)
        except InvalidGame as invalid:
            problems += [in_scenario(problem, scenario) for problem in invalid.problems]
    return problems


def _budgets(request: Request) -> Callable[[], Budget]:
    """Makes budgets, until the user interrupts the work under one of them."""
    made: list[Budget] = []

    def budget() -> Budget:
        if made and made[-1].interrupted:
            raise KeyboardInterrupt
        made.append(request.budget())
        return made[-1]

    return budget


def _written(
    everything: Sequence[Checked], form: CheckFormat, out: Output, alone: bool, no_color: bool
) -> str:
    from alliance_games.cli import verdicts, writing
    from alliance_games.results.codec import dumps

    match form:
        case CheckFormat.github:
            return verdicts.as_annotations(everything)
        case CheckFormat.json:
            return writing.as_json(list(map(verdicts.as_document, everything)), alone=alone)
        case CheckFormat.jsonl:
            return "".join(
                dumps(verdicts.as_document(checked), indent=None) + "\n" for checked in everything
            )
        case CheckFormat.csv:
            rows = (row for checked in everything for row in verdicts.as_rows(checked))
            return writing.as_csv(rows, verdicts.COLUMNS)
        case CheckFormat.md:
            return writing.as_markdown(verdicts.as_report(everything))
        case CheckFormat.table:
            return writing.as_text(verdicts.as_report(everything), out, no_color)


def _code_of(checked: Checked) -> int:
    from alliance_games.cli import asking, exits

    codes = [asking.code_of_problem(problem) for problem in checked.faults]
    if not checked.passes:
        codes.append(exits.FAILED)
    return exits.gravest(codes)
