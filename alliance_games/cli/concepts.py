"""``concepts``: what can be asked of a game."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from alliance_games.cli import options
from alliance_games.cli.streams import Output

if TYPE_CHECKING:
    from alliance_games.results.concept import Concept, Game

app = typer.Typer(rich_markup_mode=None, add_completion=False)

EPILOG = """\b
Examples:
  alliance-games concepts
  alliance-games concepts nash dominance
  alliance-games concepts --for stag_hunt
"""


@app.command(epilog=EPILOG, short_help="List the solution concepts.")
def concepts(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME...", help="These only.", show_default=False),
    ] = None,
    file: Annotated[
        str | None,
        typer.Option("--for", metavar="FILE", help="What applies to this game, and why not."),
    ] = None,
    form: options.Form = options.Format.table,
    output: options.Out = None,
    settings: options.Set = None,
    scenario: options.Scenario = None,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """List the solution concepts: definition, source, and what each applies to."""
    from alliance_games.cli import asking, writing
    from alliance_games.concepts import catalogue
    from alliance_games.results.codec import FORMAT, TOOL, dumps

    wanted = set(asking.concept_names(names)) if names else None
    chosen = [one for one in catalogue() if wanted is None or one.name in wanted]
    game = None if file is None else _game(file, settings or [], scenario, quiet, no_color)
    entries = [_entry(concept, game) for concept in chosen]
    columns = ["name", "definition", "source", "games"]
    if game is not None:
        columns = ["name", "applies", "reason"]
    with Output(output) as out:
        match form:
            case options.Format.json:
                out.write(dumps({"format": FORMAT, "tool": TOOL, "concepts": entries}) + "\n")
            case options.Format.jsonl:
                out.write("".join(dumps(entry, indent=None) + "\n" for entry in entries))
            case options.Format.csv:
                out.write(writing.as_csv(map(_row, entries), list(_row(entries[0]))))
            case options.Format.table | options.Format.md:
                table = writing.table(columns, map(_row, entries))
                writing.write_document(table, form, out, no_color)


def _game(
    file: str, settings: list[str], scenario: str | None, quiet: bool, no_color: bool
) -> Game:
    """The game of a file at its defaults, or as the options say; ends the command if it is none."""
    from alliance_games.batch.request import Request, clickable, opened, portable
    from alliance_games.batch.sources import find_sources
    from alliance_games.cli import asking, exits, values
    from alliance_games.cli.faults import tell
    from alliance_games.cli.streams import colored
    from alliance_games.model.problems import InvalidGame

    sources = find_sources([file])
    if len(sources) != 1:
        raise typer.BadParameter(f"--for takes one file, and {file} holds {len(sources)}")
    request = Request(scenario=scenario, overrides=values.settings(settings))
    try:
        return opened(sources[0], request).case(scenario, request.overrides).game
    except InvalidGame as invalid:
        problems = portable(invalid.problems, sources[0])
        tell(clickable(problems, sources[0]), color=colored(sys.stderr, no_color), quiet=quiet)
        raise exits.Stop(
            exits.gravest(asking.code_of_problem(problem) for problem in problems)
        ) from invalid


def _is_default(concept: Concept, game: Game | None) -> bool:
    """Whether it is asked by default, of the game or (where none is given) of some."""
    if callable(concept.default):
        return game is None or (concept.refuses(game) is None and concept.default(game))
    return concept.default


def _entry(concept: Concept, game: Game | None) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "name": concept.name,
        "title": concept.title,
        "definition": concept.summary,
        "sources": list(concept.cites),
        "games": list(concept.games),
        "needs": [*concept.needs, *concept.needs_one_of],
        "default": _is_default(concept, game),
        "ordinal": concept.ordinal,
    }
    if game is not None:
        from alliance_games.concepts import refusal

        reason = refusal(concept.name, game)
        entry["applies"] = reason is None
        entry["reason"] = reason or ""
    return entry


def _row(entry: dict[str, Any]) -> dict[str, str]:
    row = {
        "name": entry["name"],
        "title": entry["title"],
        "definition": entry["definition"],
        "source": "; ".join(entry["sources"]),
        "games": ", ".join(entry["games"]),
        "default": "yes" if entry["default"] else "no",
    }
    if "applies" in entry:
        row["applies"] = "yes" if entry["applies"] else "no"
        row["reason"] = entry["reason"]
    return row
