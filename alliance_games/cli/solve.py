"""``solve``: the report of a game, or its answers for other programs."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from alliance_games.cli import options
from alliance_games.cli.streams import say

if TYPE_CHECKING:
    from alliance_games.batch.request import Request
    from alliance_games.batch.sources import Source
    from alliance_games.results.cases import StudyAnswer
    from alliance_games.results.codec import Stats

app = typer.Typer(rich_markup_mode=None, add_completion=False)

EPILOG = """\b
Examples:
  alliance-games solve stag_hunt
  alliance-games solve mine.yaml --set stag=10 --format json
  alliance-games solve mine.yaml --concept nash,dominance --explain
"""


@app.command(
    epilog=EPILOG, short_help="Solve games: the report, or the answers for other programs."
)
def solve(
    files: options.Files,
    concept: options.Concepts = None,
    all_concepts: options.AllConcepts = False,
    one: options.One = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="How each answer was found and checked.")
    ] = False,
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
    """Solve games: equilibria exact and verified, dominance, selection, welfare, in words."""
    from alliance_games.batch.request import clickable
    from alliance_games.batch.sources import find_sources
    from alliance_games.cli import asking, exits, writing
    from alliance_games.cli.faults import tell
    from alliance_games.cli.streams import Output, colored
    from alliance_games.results.codec import encode

    asked = asking.request(
        concept=concept,
        all_concepts=all_concepts,
        one=one,
        explain=explain,
        settings=settings,
        scenario=scenario,
        timeout=timeout,
        max_memory=max_memory,
    )
    sources = find_sources(files)
    alone = len(files) == 1 and not os.path.isdir(files[0])
    paint = colored(sys.stderr, no_color)
    codes: list[int] = []
    documents = []
    with Output(output) as out:
        for source, answer, measured in _answers(sources, asked, stats):
            tell(clickable(answer.problems, source), color=paint, quiet=quiet)
            codes.append(asking.code_of(answer))
            if form in (options.Format.table, options.Format.md):
                if answer.cases:
                    from alliance_games.report.build import build

                    if len(codes) > 1:
                        out.write("\n")
                    writing.write_document(build(answer, explain=explain), form, out, no_color)
                _tell_stats(measured)
            elif form is options.Format.jsonl:
                out.write(writing.as_json_lines([encode(answer, measured)]))
            else:
                documents.append(encode(answer, measured))
        if form is options.Format.json:
            out.write(writing.as_json(documents, alone=alone))
        elif form is options.Format.csv:
            from alliance_games.batch.rows import SOLUTION_COLUMNS, solution_rows

            rows = (row for document in documents for row in solution_rows(document))
            out.write(writing.as_csv(rows, SOLUTION_COLUMNS))
    raise typer.Exit(exits.gravest(codes))


def _answers(
    sources: Sequence[Source], request: Request, stats: bool
) -> Iterator[tuple[Source, StudyAnswer, Stats | None]]:
    """The answer of each file; an interruption ends them, with what was found until then."""
    from alliance_games.batch.request import answer, unanswered

    for source in sources:
        start, cpu = time.perf_counter(), time.process_time()
        try:
            found = answer(source, request)
        except KeyboardInterrupt:
            found = unanswered(source, "interrupted", "the work was interrupted")
        yield source, found, _measured(start, cpu) if stats else None
        if found.interrupted:
            return


def _measured(start: float, cpu: float) -> Stats:
    from alliance_games.results.budget import peak_bytes
    from alliance_games.results.codec import Stats

    return Stats(time.perf_counter() - start, time.process_time() - cpu, peak_bytes())


def _tell_stats(measured: Stats | None) -> None:
    if measured is not None:
        say(
            f"{measured.seconds:.3f} s ({measured.cpu_seconds:.3f} s of processor time), "
            f"at most {measured.peak_bytes / 2**20:.0f} MiB"
        )
