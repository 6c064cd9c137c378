"""``new``: a commented file to start from."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from alliance_games.cli import options
from alliance_games.cli.streams import Output

app = typer.Typer(rich_markup_mode=None, add_completion=False)

STARTERS = Path(__file__).with_name("starters")

EPILOG = """\b
Examples:
  alliance-games new > mine.yaml
  alliance-games new tree --output crisis.yaml
"""


class Kind(StrEnum):
    """The kinds of file there are: how the game is written."""

    matrix = "matrix"
    payoffs = "payoffs"
    formulas = "formulas"
    tree = "tree"
    types = "types"
    signalling = "signalling"
    repeated = "repeated"
    ordinal = "ordinal"
    coalitions = "coalitions"
    hedonic = "hedonic"
    matching = "matching"
    landscape = "landscape"
    bargaining = "bargaining"
    choices = "choices"


@app.command(epilog=EPILOG, short_help="Write a commented file to start from.")
def new(
    kind: Annotated[
        Kind,
        typer.Argument(
            help="A table of two players, payoffs by profile, formulas for many players, a tree, "
            "private types, a signalling game, a repeated game, rankings of outcomes, what "
            "coalitions are worth, who goes with whom, two sides that choose each other, a "
            "landscape of two sides, choices that are numbers, or a bargain.",
        ),
    ] = Kind.matrix,
    output: options.Out = None,
    force: Annotated[
        bool, typer.Option("--force", help="Replace the file if there is one.")
    ] = False,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Write a commented game file to start from; it solves as it is."""
    if output and output != "-" and os.path.lexists(output) and not force:
        raise typer.BadParameter(f"{output} is there already; --force replaces it")
    with Output(output) as out:
        out.write((STARTERS / f"{kind.value}.yaml").read_text(encoding="utf-8"))
