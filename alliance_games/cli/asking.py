"""From the options of a command to what is asked of the files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from alliance_games.batch.request import LIMITS, UNKNOWN_SETTING, Request
from alliance_games.cli import exits, values
from alliance_games.results.cases import StudyAnswer

if TYPE_CHECKING:
    from alliance_games.concepts import UnknownConcept
    from alliance_games.model.problems import Problem


def request(
    *,
    concept: Sequence[str] | None = None,
    all_concepts: bool = False,
    one: bool = False,
    explain: bool = False,
    settings: Sequence[str] | None = None,
    scenario: str | None = None,
    timeout: str | None = None,
    max_memory: str | None = None,
) -> Request:
    """The request that options make; raises BadParameter for what cannot be asked."""
    if concept and all_concepts:
        raise typer.BadParameter("--concept and --all-concepts exclude each other")
    return Request(
        concepts=concept_names(concept) if concept else None,
        every=all_concepts,
        scenario=scenario,
        overrides=values.settings(settings or ()),
        seconds=values.seconds(timeout),
        bytes=values.size(max_memory),
        one=one,
        explain=explain,
    )


def concept_names(texts: Sequence[str]) -> tuple[str, ...]:
    """Names of concepts from repeated options and comma lists, each held to be known."""
    from alliance_games.concepts import UnknownConcept, find

    names = [name.strip() for text in texts for name in text.split(",") if name.strip()]
    if not names:
        raise typer.BadParameter("--concept needs a name; `alliance-games concepts` lists them")
    for name in names:
        try:
            find(name)
        except UnknownConcept as unknown:
            raise typer.BadParameter(_unknown(unknown)) from unknown
    return tuple(dict.fromkeys(names))


def _unknown(unknown: UnknownConcept) -> str:
    from alliance_games.exact.words import did_you_mean

    hint = did_you_mean(unknown.name, unknown.known)
    return f"{unknown}; {hint or 'there are ' + ', '.join(unknown.known)}"


def code_of(answer: StudyAnswer) -> int:
    """The exit code that the answer to one file asks for."""
    codes = [code_of_problem(problem) for problem in answer.problems if not problem.warning]
    if answer.stopped:
        codes.append(exits.LIMIT)
    if answer.interrupted:
        codes.append(exits.INTERRUPTED)
    return exits.gravest(codes)


def code_of_problem(problem: Problem) -> int:
    """The exit code that a problem asks for: the request, a limit or the file is at fault.

    What has a line stands in the file; what was asked on the command line has none.
    """
    if problem.code in UNKNOWN_SETTING and not problem.span.line:
        return exits.USAGE
    return exits.LIMIT if problem.code in LIMITS else exits.INVALID
