"""The options that commands share, spelled and explained once."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer


class Format(StrEnum):
    """How results are written."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"
    md = "md"


Files = Annotated[
    list[str],
    typer.Argument(
        metavar="FILE...",
        help="Game files, folders of them, names of library games, or - for standard input.",
        show_default=False,
    ),
]
Form = Annotated[Format, typer.Option("--format", "-f", help="How results are written.")]
Out = Annotated[
    str | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write results to a file instead."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no warnings.")]
NoColor = Annotated[
    bool, typer.Option("--no-color", help="No colours (NO_COLOR and FORCE_COLOR are honoured).")
]
Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="NAME=VALUE",
        help="Give a parameter another value, as in stag=10 or power[France]=3/4. Repeatable.",
    ),
]
Scenario = Annotated[
    str | None,
    typer.Option("--scenario", metavar="NAME", help="This scenario of the file only."),
]
Timeout = Annotated[
    str | None,
    typer.Option("--timeout", metavar="TIME", help="Stop each case after 30, 2.5 or 10m."),
]
MaxMemory = Annotated[
    str | None,
    typer.Option("--max-memory", metavar="SIZE", help="Stop before using more than 500M or 2G."),
]
Jobs = Annotated[
    int, typer.Option("--jobs", "-j", min=0, help="Processes to use; 0: one per processor.")
]
Stats = Annotated[
    bool, typer.Option("--stats", help="Add times and memory (answers then differ run to run).")
]
Concepts = Annotated[
    list[str] | None,
    typer.Option(
        "--concept",
        "-c",
        metavar="NAME",
        help="Ask this concept only. Repeatable, or nash,dominance.",
    ),
]
AllConcepts = Annotated[
    bool, typer.Option("--all-concepts", help="Ask every concept that applies to the game.")
]
One = Annotated[bool, typer.Option("--one", help="One equilibrium is enough: fast on large games.")]
