"""``prove``: one claim about a game, from the command line."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from alliance_games.cli import options
from alliance_games.cli.streams import Output

if TYPE_CHECKING:
    from alliance_games.batch.sources import Source
    from alliance_games.claims.verdict import Verdict
    from alliance_games.model.expectations import Expectation
    from alliance_games.model.study import Study
    from alliance_games.results.naming import Json

app = typer.Typer(rich_markup_mode=None, add_completion=False)

EPILOG = """\b
Examples:
  alliance-games prove stag_hunt "risk-dominance: [Stag, Stag]" --when "stag > 2 * rabbit"
  alliance-games prove stag_hunt "compare: payoff(Alice) >= rabbit" --explain
  alliance-games prove mine.yaml "increasing: {of: 'welfare()', in: stag}" --format json
"""


@app.command(epilog=EPILOG, short_help="Prove a claim for all values of the parameters.")
def prove(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="A game file, the name of a library game, or - for standard input.",
            show_default=False,
        ),
    ],
    claim: Annotated[
        str,
        typer.Argument(
            metavar="CLAIM",
            help="A line as in `expect:`: 'pure-nash: [[Stag, Stag]]', 'compare: ...'.",
            show_default=False,
        ),
    ],
    when: Annotated[
        str | None,
        typer.Option("--when", metavar="CONDITION", help="Claim it for these values only."),
    ] = None,
    at: Annotated[
        str | None,
        typer.Option("--at", metavar="NAME", help="At the equilibrium that the file names so."),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="The cases that were told apart, each decided.")
    ] = False,
    form: Annotated[
        options.Format, typer.Option("--format", "-f", help="How the verdict is written.")
    ] = options.Format.table,
    output: options.Out = None,
    settings: options.Set = None,
    scenario: options.Scenario = None,
    timeout: options.Timeout = None,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Prove a claim for all values of the parameters, or refute it by a counterexample.

    The claim is about every value that the file's assumptions, ranges and --when allow;
    parameters that --set or --scenario give are held. Exit code 0: proved; 1: refuted or
    undecided.
    """
    from alliance_games.batch.sources import find_sources
    from alliance_games.cli import exits, verdicts, writing
    from alliance_games.cli.faults import tell
    from alliance_games.cli.streams import colored
    from alliance_games.model.problems import InvalidGame

    if os.path.isdir(file):
        raise typer.BadParameter(f"{file} is a folder; a claim is about one game")
    source = find_sources([file])[0]
    modifiers = {"when": when, "at": at, "in scenario": scenario}
    try:
        study, line = _read(source, claim, {k: v for k, v in modifiers.items() if v is not None})
        verdict = _verdict(study, line, settings, timeout)
    except InvalidGame as invalid:
        tell(invalid.problems, color=colored(sys.stderr, no_color), quiet=quiet)
        raise typer.Exit(exits.INVALID) from None
    checked = verdicts.Checked(source.shown, study.title, (verdict,), ())
    with Output(output) as out:
        if form is options.Format.json:
            out.write(writing.as_json([_document(checked, verdict)], alone=True))
        elif form is options.Format.jsonl:
            out.write(writing.as_json_lines([_document(checked, verdict)]))
        elif form is options.Format.csv:
            out.write(writing.as_csv(verdicts.as_rows(checked), verdicts.COLUMNS))
        else:
            writing.write_document(verdicts.as_proof(verdict, explain), form, out, no_color)
    raise typer.Exit(exits.DONE if verdict.outcome.value in ("proved", "held") else exits.FAILED)


def _read(source: Source, claim: str, modifiers: dict[str, str]) -> tuple[Study, Expectation]:
    from alliance_games.concepts import names
    from alliance_games.model.problems import InvalidGame
    from alliance_games.reading.claims import read_claim

    if source.missing is not None:
        raise InvalidGame([source.missing])
    return read_claim(source.path, source.content, claim, modifiers, names())


def _verdict(
    study: Study, line: Expectation, settings: list[str] | None, timeout: str | None
) -> Verdict:
    from alliance_games.claims.check import Checker, read_beside
    from alliance_games.claims.for_all import verdict
    from alliance_games.cli import values
    from alliance_games.results.budget import Budget

    seconds = values.seconds(timeout)
    checker = Checker(
        study,
        read_beside,
        lambda: Budget(seconds=seconds),
        values.settings(settings or ()) or None,
        None,
    )
    return verdict(checker, line)


def _document(checked: object, verdict: Verdict) -> Json:
    from alliance_games.cli import verdicts

    assert isinstance(checked, verdicts.Checked)
    document = verdicts.as_document(checked)
    (told,) = document.pop("verdicts")
    told["cases"] = [{"where": where, "found": found} for where, found in verdict.cases]
    return {**document, "verdict": told}
