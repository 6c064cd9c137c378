"""``show``: the game alone, without any answer."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from alliance_games.cli import options
from alliance_games.cli.streams import Output

if TYPE_CHECKING:
    from alliance_games.batch.request import Request
    from alliance_games.batch.sources import Source
    from alliance_games.model.problems import Problem
    from alliance_games.model.study import Case, Study

app = typer.Typer(rich_markup_mode=None, add_completion=False)

EPILOG = """\b
Examples:
  alliance-games show stag_hunt
  alliance-games show stag_hunt --scenario "poor rabbits" --format csv
"""

COLUMNS = ("file", "scenario", "profile", "player", "payoff")


@app.command(epilog=EPILOG, short_help="Show games without solving them.")
def show(
    files: options.Files,
    form: options.Form = options.Format.table,
    output: options.Out = None,
    settings: options.Set = None,
    scenario: options.Scenario = None,
    quiet: options.Quiet = False,
    no_color: options.NoColor = False,
) -> None:
    """Show games without solving them: matrix or tree, parameters, assumptions."""
    from alliance_games.batch.request import Request, clickable
    from alliance_games.batch.sources import find_sources
    from alliance_games.cli import asking, exits, values, writing
    from alliance_games.cli.faults import tell
    from alliance_games.cli.streams import colored
    from alliance_games.results.cases import CaseAnswer, StudyAnswer
    from alliance_games.results.codec import encode

    request = Request(scenario=scenario, overrides=values.settings(settings or ()))
    alone = len(files) == 1 and not os.path.isdir(files[0])
    paint = colored(sys.stderr, no_color)
    documents, rows, codes = [], [], []
    with Output(output) as out:
        for number, source in enumerate(find_sources(files)):
            study, cases, problems = _read(source, request)
            tell(clickable(problems, source), color=paint, quiet=quiet)
            answer = StudyAnswer(
                source.shown, study, tuple(CaseAnswer(case, ()) for case in cases), problems
            )
            codes.append(asking.code_of(answer))
            if form in (options.Format.table, options.Format.md):
                if study is not None and cases:
                    from alliance_games.report.build import build_game

                    out.write("\n" if number else "")
                    writing.write_document(build_game(study, cases[0]), form, out, no_color)
            elif form is options.Format.csv:
                rows += [row for case in cases for row in payoff_rows(source.shown, case)]
            else:
                documents.append(encode(answer))
        if form is options.Format.json:
            out.write(writing.as_json(documents, alone=alone))
        elif form is options.Format.jsonl:
            out.write(writing.as_json_lines(documents))
        elif form is options.Format.csv:
            out.write(writing.as_csv(rows, COLUMNS))
    raise typer.Exit(exits.gravest(codes))


def _read(source: Source, request: Request) -> tuple[Study | None, list[Case], tuple[Problem, ...]]:
    """The study of a source with its cases, and everything that is wrong with them."""
    from alliance_games.batch.request import opened, portable, scenarios
    from alliance_games.model.problems import InvalidGame
    from alliance_games.solve import in_scenario

    try:
        study = opened(source, request)
    except InvalidGame as invalid:
        return None, [], portable(invalid.problems, source)
    cases, problems = [], list(study.warnings)
    for scenario in scenarios(study, request):
        try:
            cases.append(study.case(scenario, request.overrides))
        except InvalidGame as invalid:
            problems += [in_scenario(problem, scenario) for problem in invalid.problems]
    return study, cases, portable(problems, source)


def payoff_rows(file: str, case: Case) -> Iterator[dict[str, str]]:
    """One row for each player at each profile of strategies, or at each end of a tree."""
    for profile, player, payoff in _payoffs(case):
        yield {
            "file": file,
            "scenario": case.scenario or "",
            "profile": profile,
            "player": player,
            "payoff": payoff,
        }


def _payoffs(case: Case) -> Iterator[tuple[str, str, str]]:
    """What is played, by whom, for what; in an anonymous game, by one player of each role."""
    from alliance_games.model.anonymous import AnonymousGame, count_vectors
    from alliance_games.model.extensive import ExtensiveGame
    from alliance_games.model.other_forms import OtherForm

    game = case.game
    if isinstance(game, OtherForm):
        yield from game.rows()
    elif isinstance(game, ExtensiveGame):
        for node in range(game.size):
            if not game.children(node):
                for player, payoff in zip(game.players, game.payoffs(node), strict=True):
                    yield " > ".join(game.path(node)), player, str(payoff)
    elif isinstance(game, AnonymousGame):
        for role, members in enumerate(game.members):
            for own, name in enumerate(game.strategies):
                for others in count_vectors(len(game.players) - 1, len(game.strategies)):
                    counts = zip(game.strategies, others, strict=True)
                    rest = ", ".join(f"{number} {other}" for other, number in counts)
                    profile = f"{name}; others: {rest}"
                    yield profile, game.players[members[0]], str(game.payoff(role, own, others))
    else:
        for indices in game.profiles():
            profile = ", ".join(game.names(indices))
            for player, payoff in zip(game.players, game.payoffs(indices), strict=True):
                yield profile, player, str(payoff)
