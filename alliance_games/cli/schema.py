"""``schema``: the JSON Schemas, for editors and for programs that read answers."""

from __future__ import annotations

from typing import Annotated

import typer

from alliance_games.cli import options
from alliance_games.cli.streams import Output

app = typer.Typer(rich_markup_mode=None, add_completion=False)

EPILOG = """\b
Examples:
  alliance-games schema > alliance-games.schema.json
  alliance-games schema --answers > answer.schema.json
  alliance-games schema --regimes > regimes.schema.json
"""


@app.command(epilog=EPILOG, short_help="Print the JSON Schema of files or answers.")
def schema(
    answers: Annotated[
        bool, typer.Option("--answers", help="That of the answers instead of the game files.")
    ] = False,
    regimes: Annotated[
        bool, typer.Option("--regimes", help="That of what the command regimes prints.")
    ] = False,
    output: options.Out = None,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Print the JSON Schema of the game format, of the answers, or of regimes."""
    from pathlib import Path

    from alliance_games import parametric, reading, results

    if answers and regimes:
        raise typer.BadParameter("--answers and --regimes exclude each other")
    room, name = (results, "answer") if answers else (reading, "game")
    if regimes:
        room, name = parametric, "regimes"
    path = Path(str(room.__file__)).with_name(f"{name}.schema.json")
    with Output(output) as out:
        out.write(path.read_text(encoding="utf-8"))
