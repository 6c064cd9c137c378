"""``convert``: a game in another format, exactly."""

from __future__ import annotations

import os
import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from alliance_games.cli import options
from alliance_games.cli.streams import Output, say

if TYPE_CHECKING:
    from alliance_games.model.anonymous import AnonymousGame
    from alliance_games.model.extensive import ExtensiveGame
    from alliance_games.model.normal import NormalGame
    from alliance_games.model.study import Case, Study

    Strategic: TypeAlias = NormalGame | AnonymousGame | ExtensiveGame

app = typer.Typer(rich_markup_mode=None, add_completion=False)

EPILOG = """\b
Examples:
  alliance-games convert stag_hunt --to nfg
  alliance-games convert mine.efg --output mine.yaml
  alliance-games convert stag_hunt --set stag=10 --output rich.efg
"""


class Target(StrEnum):
    """The formats a game is written in."""

    efg = "efg"
    nfg = "nfg"
    yaml = "yaml"


_SUFFIXES = {".efg": Target.efg, ".nfg": Target.nfg, ".yaml": Target.yaml, ".yml": Target.yaml}


@app.command(epilog=EPILOG, short_help="Write a game in another format: Gambit's, or ours.")
def convert(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="A game file, the name of a library game, or - for standard input.",
            show_default=False,
        ),
    ],
    to: Annotated[
        Target | None,
        typer.Option("--to", help="The format; else what the output's name ends in."),
    ] = None,
    output: options.Out = None,
    settings: options.Set = None,
    scenario: options.Scenario = None,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Write a game in another format, exactly: Gambit's .efg and .nfg, or YAML.

    A file with parameters is written at its defaults, or at the values asked for. A tree becomes
    its reduced normal form in .nfg (the full one without perfect recall), and a normal form a tree
    of unseen moves in .efg.
    """
    from alliance_games.batch.request import Request, clickable, opened
    from alliance_games.batch.sources import find_sources
    from alliance_games.cli import asking, exits, values
    from alliance_games.cli.faults import tell
    from alliance_games.cli.streams import colored
    from alliance_games.model.problems import InvalidGame
    from alliance_games.writing import Unfit

    target = to or _by_suffix(output)
    if os.path.isdir(file):
        raise typer.BadParameter(f"{file} is a folder; one game at a time is written")
    request = Request(scenario=scenario, overrides=values.settings(settings or ()))
    source = find_sources([file])[0]
    paint = colored(sys.stderr, no_color)
    with Output(output) as out:
        try:
            study = opened(source, request)
            case = study.case(scenario, request.overrides)
        except InvalidGame as invalid:
            tell(clickable(invalid.problems, source), color=paint)
            codes = [asking.code_of_problem(problem) for problem in invalid.problems]
            raise exits.Stop(exits.gravest(codes)) from None
        tell(clickable(study.warnings, source), color=paint, quiet=quiet)
        try:
            text, notes = _written(study, case, target)
        except Unfit as unfit:
            raise exits.Stop(exits.LIMIT, f"no {target} file: {unfit}") from None
        out.write(text)
    if not quiet:
        for note in notes:
            say(f"alliance-games: note: {note}")


def _by_suffix(output: str | None) -> Target:
    suffix = os.path.splitext(output or "")[1].lower()
    if suffix not in _SUFFIXES:
        raise typer.BadParameter(
            "which format? --to nfg, efg or yaml, or an --output that ends in .nfg, .efg or .yaml"
        )
    return _SUFFIXES[suffix]


def _written(study: Study, case: Case, target: Target) -> tuple[str, list[str]]:
    """The text, and what a reader should know that it does not say. Raises Unfit."""
    from alliance_games.model.other_forms import OtherForm
    from alliance_games.writing import Unfit

    game, about = case.game, study.about
    if isinstance(game, OtherForm):
        raise Unfit(f"a {game.kind} game has no strategies or moves to write one by one")
    title = study.title if case.scenario is None else f"{study.title}: {case.scenario}"
    notes = _lost(study, game, target)
    if target is Target.yaml:
        from alliance_games.writing.yaml import to_yaml

        return to_yaml(game, title, about), notes
    if target is Target.efg:
        from alliance_games.writing.efg import to_efg

        tree, said = _as_tree(game)
        return to_efg(tree, title, about), notes + said
    from alliance_games.writing.nfg import to_nfg

    table, said = _as_table(game)
    return to_nfg(table, title, about), notes + said


def _lost(study: Study, game: Strategic, target: Target) -> list[str]:
    """What the file says of the game and the format does not hold."""
    notes = []
    if study.game.parameters:
        notes.append("the parameters are written out at their values")
    if game.numeric:
        notes.append("payoffs that are no fractions are written as the approximations they are")
    if game.ordinal:
        notes.append("rankings are written as numbers, of which only the order means anything")
    if study.scenarios or study.expectations:
        notes.append(f"scenarios and expectations have no place in the {target} file")
    return notes


def _as_tree(game: Strategic) -> tuple[ExtensiveGame, list[str]]:
    from alliance_games.model.anonymous import AnonymousGame
    from alliance_games.model.normal import NormalGame
    from alliance_games.transforms.simultaneous import simultaneous_tree

    if isinstance(game, AnonymousGame):
        from alliance_games.writing.nfg import spelled_out

        game = spelled_out(game)
    if isinstance(game, NormalGame):
        said = "the normal form is written as a tree in which nobody sees what others chose"
        return simultaneous_tree(game), [said]
    return game, []


def _as_table(game: Strategic) -> tuple[NormalGame, list[str]]:
    from alliance_games.model.anonymous import AnonymousGame
    from alliance_games.model.extensive import ExtensiveGame
    from alliance_games.writing import Unfit
    from alliance_games.writing.nfg import spelled_out

    if isinstance(game, AnonymousGame):
        return spelled_out(game), []
    if not isinstance(game, ExtensiveGame):
        return game, []
    try:
        if game.recall_violation() is None:
            from alliance_games.transforms.normal_form import reduced_normal_form

            said = "the tree is written as its reduced normal form"
            return reduced_normal_form(game).game, [said]
        from alliance_games.transforms.full_form import full_normal_form

        said = "the tree, which has no perfect recall, is written as its full normal form"
        return full_normal_form(game).game, [said]
    except ValueError as error:
        raise Unfit(str(error)) from error
