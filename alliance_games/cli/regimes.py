"""``regimes``: for which parameters which equilibria exist."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from alliance_games.cli import options
from alliance_games.cli.streams import say

if TYPE_CHECKING:
    from alliance_games.batch.request import Request
    from alliance_games.batch.sources import Source
    from alliance_games.parametric.regimes import Regimes
    from alliance_games.parametric.statics import Comparative
    from alliance_games.parametric.telling import Telling
    from alliance_games.results.budget import Budget

MOST_EDGES = 40
"""As in ``parametric.explore``, which is not loaded for a line of help."""

app = typer.Typer(rich_markup_mode=None, add_completion=False)

EPILOG = """\b
Examples:
  alliance-games regimes stag_hunt
  alliance-games regimes mine.yaml --over stag,rabbit --concept pure-nash
  alliance-games regimes stag_hunt --statics
  alliance-games regimes mine.yaml --format latex --output propositions.tex
"""


class RegimesFormat(StrEnum):
    """How regimes are written."""

    table = "table"
    json = "json"
    csv = "csv"
    md = "md"
    latex = "latex"


@app.command(
    epilog=EPILOG, short_help="For which parameters which equilibria: exact conditions and a map."
)
def regimes(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="A game file, the name of a library game, or - for standard input.",
            show_default=False,
        ),
    ],
    concept: options.Concepts = None,
    over: Annotated[
        str | None,
        typer.Option(
            "--over", metavar="NAMES", help="Parameters left free, as in stag,rabbit (all)."
        ),
    ] = None,
    axes: Annotated[
        str | None,
        typer.Option("--map", metavar="X,Y", help="The two parameters of the map."),
    ] = None,
    solve_for: Annotated[
        str,
        typer.Option("--solve-for", metavar="NAME", help="Solve conditions for this parameter."),
    ] = "",
    edges: Annotated[
        int,
        typer.Option("--edges", metavar="N", min=0, help="Look into at most N knife edges."),
    ] = MOST_EDGES,
    statics: Annotated[
        bool,
        typer.Option("--statics", help="Which way probabilities and payoffs move in each cell."),
    ] = False,
    form: Annotated[
        RegimesFormat, typer.Option("--format", "-f", help="How results are written.")
    ] = RegimesFormat.table,
    output: options.Out = None,
    settings: options.Set = None,
    scenario: options.Scenario = None,
    timeout: options.Timeout = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="How the cells were found and checked.")
    ] = False,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Divide the parameters into cells with one answer each: conditions exact, cover proved."""
    from alliance_games.batch.request import clickable, portable
    from alliance_games.batch.sources import find_sources
    from alliance_games.cli import asking, exits
    from alliance_games.cli.faults import tell
    from alliance_games.cli.streams import Output, colored
    from alliance_games.model.problems import InvalidGame
    from alliance_games.parametric.regimes import Unsupported

    request = asking.request(concept=concept, settings=settings, scenario=scenario, timeout=timeout)
    if os.path.isdir(file):
        raise typer.BadParameter("regimes takes one file")
    (source,) = find_sources([file])
    budget = request.budget()
    try:
        telling = _told(_found(source, request, _names(over), budget, edges), solve_for)
        shown = _axes(axes, telling)
        moves = _moves(telling, budget) if statics else None
    except InvalidGame as invalid:
        problems = portable(invalid.problems, source)
        tell(clickable(problems, source), color=colored(sys.stderr, no_color), quiet=quiet)
        raise typer.Exit(exits.gravest(map(asking.code_of_problem, problems))) from None
    except Unsupported as unsupported:
        raise exits.Stop(exits.INVALID, str(unsupported)) from unsupported
    with Output(output) as out:
        _write(telling, moves, form, shown, explain, out, no_color)
    codes = [exits.LIMIT] if telling.found.stopped else [exits.DONE]
    if moves is not None and moves.stopped and not telling.found.stopped:
        codes.append(exits.LIMIT)
        if not quiet:
            say(f"alliance-games: {moves.stopped}; the comparative statics are incomplete")
    if telling.found.stopped and not quiet:
        say(f"alliance-games: {telling.found.stopped}; the cells found until then are given")
    if budget.interrupted:
        codes.append(exits.INTERRUPTED)
    raise typer.Exit(exits.gravest(codes))


def _found(
    source: Source, request: Request, over: tuple[str, ...] | None, budget: Budget, edges: int
) -> Regimes:
    from alliance_games.batch.request import opened
    from alliance_games.parametric.regimes import regimes as divide

    study = opened(source, request)
    values = study.case(request.scenario, request.overrides).values
    if over is None and request.overrides:
        # What was set on the command line is meant to hold.
        over = tuple(name for name in study.game.parameter_names if name not in request.overrides)
    try:
        return divide(
            study, request.concepts, values=values, over=over, budget=budget, most_edges=edges
        )
    except KeyError as unknown:
        raise _unknown(str(unknown.args[0]), study.game.parameter_names) from unknown


def _told(found: Regimes, solve_for: str) -> Telling:
    from alliance_games.parametric.telling import Telling

    free = found.region.symbols.names
    if solve_for and solve_for not in free:
        raise _unknown(solve_for, free)
    return Telling(found, solve_for)


def _moves(telling: Telling, budget: Budget) -> Comparative:
    from alliance_games.parametric.statics import comparative

    return comparative(telling.found, budget)


def _unknown(name: str, names: Sequence[str]) -> typer.BadParameter:
    from alliance_games.exact.words import did_you_mean

    known = did_you_mean(name, names) or f"there are {', '.join(names) or 'none'}"
    return typer.BadParameter(f"there is no free parameter {name!r}; {known}")


def _names(text: str | None) -> tuple[str, ...] | None:
    """Names from a comma list; commas in brackets belong to an entry."""
    if text is None:
        return None
    parts: list[str] = []
    for piece in text.split(","):
        if parts and parts[-1].count("[") > parts[-1].count("]"):
            parts[-1] += f", {piece.strip()}"
        elif piece.strip():
            parts.append(piece.strip())
    return tuple(parts)


def _axes(text: str | None, telling: Telling) -> tuple[str, str] | None:
    names = _names(text)
    if names is None:
        return None
    free = telling.found.region.symbols.names
    if len(names) != 2 or any(name not in free for name in names):
        raise typer.BadParameter(f"--map takes two of the free parameters: {', '.join(free)}")
    return names[0], names[1]


def _write(
    telling: Telling,
    moves: Comparative | None,
    form: RegimesFormat,
    axes: tuple[str, str] | None,
    explain: bool,
    out: object,
    no_color: bool,
) -> None:
    from alliance_games.cli import writing
    from alliance_games.cli.streams import Output

    assert isinstance(out, Output)
    if form is RegimesFormat.json:
        from alliance_games.parametric.codec import encode

        document = encode(telling)
        if moves is not None:
            from alliance_games.parametric import codec_statics

            document["statics"] = codec_statics.encode(telling, moves)
        out.write(writing.as_json([document], alone=True))
    elif form is RegimesFormat.csv and moves is not None:
        from alliance_games.report import regime_statics

        found = regime_statics.rows(telling, moves)
        out.write(writing.as_csv(found, regime_statics.COLUMNS))
    elif form is RegimesFormat.csv:
        from alliance_games.report.regime_rows import COLUMNS, rows

        out.write(writing.as_csv(rows(telling), COLUMNS))
    elif form is RegimesFormat.latex:
        from alliance_games.render.latex import propositions

        out.write(propositions(telling))
    else:
        from alliance_games.report.regimes import build

        report = build(telling, axes=axes, explain=explain, moves=moves)
        shape = options.Format.md if form is RegimesFormat.md else options.Format.table
        writing.write_document(report, shape, out, no_color)
