"""``list``: the library's games, by theory."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from alliance_games.cli import options
from alliance_games.cli.streams import Output

app = typer.Typer(rich_markup_mode=None, add_completion=False)

EPILOG = """\b
Examples:
  alliance-games list
  alliance-games list "power politics" --format json
"""

COLUMNS = ("name", "title", "theory", "about")


@app.command(name="list", epilog=EPILOG, short_help="List the library by theory.")
def list_games(
    theory: Annotated[
        str | None, typer.Argument(help="Only the games of this theory.", show_default=False)
    ] = None,
    form: options.Form = options.Format.table,
    output: options.Out = None,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """List the library: every game by theory, one line each."""
    from alliance_games.cli import writing
    from alliance_games.results.codec import FORMAT, TOOL, dumps

    entries = _entries()
    if theory is not None:
        entries = _of_theory(entries, theory)
    with Output(output) as out:
        match form:
            case options.Format.json:
                out.write(dumps({"format": FORMAT, "tool": TOOL, "games": entries}) + "\n")
            case options.Format.jsonl:
                out.write("".join(dumps(entry, indent=None) + "\n" for entry in entries))
            case options.Format.csv:
                out.write(writing.as_csv(map(_row, entries), COLUMNS))
            case options.Format.table | options.Format.md:
                table = writing.table(COLUMNS, map(_row, entries))
                writing.write_document(table, form, out, no_color)


def _entries() -> list[dict[str, Any]]:
    """What there is to say of each game of the library, sorted by theory and name."""
    from alliance_games.reading import library, read_file

    entries = []
    for path in library.all_files():
        study = read_file(path)
        entries.append(
            {
                "name": library.name_of(path),
                "title": study.title,
                "theory": list(study.theory),
                "about": " ".join(study.about.split()),
                "sources": list(study.sources),
            }
        )
    return sorted(entries, key=lambda entry: (entry["theory"], entry["name"]))


def _of_theory(entries: list[dict[str, Any]], theory: str) -> list[dict[str, Any]]:
    from alliance_games.exact.words import did_you_mean

    wanted = theory.casefold()
    chosen = [e for e in entries if wanted in (tag.casefold() for tag in e["theory"])]
    if not chosen:
        known = sorted({tag for entry in entries for tag in entry["theory"]})
        hint = did_you_mean(theory, known) or f"there are {', '.join(known)}"
        raise typer.BadParameter(f"no game of the library is tagged {theory!r}; {hint}")
    return chosen


def _row(entry: dict[str, Any]) -> dict[str, str]:
    return {
        "name": entry["name"],
        "title": entry["title"],
        "theory": ", ".join(entry["theory"]),
        "about": _first_sentence(entry["about"]),
    }


def _first_sentence(about: str) -> str:
    end = about.find(". ")
    return about if end < 0 else about[: end + 1]
