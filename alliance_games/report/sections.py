"""One concept's answer: its solutions, how much of the truth they are, how they were found."""

from __future__ import annotations

from collections.abc import Sequence

from alliance_games.concepts import UnknownConcept, find
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.report import findings
from alliance_games.report.blocks import (
    Block,
    Bullets,
    Facts,
    Heading,
    Note,
    Piece,
    Prose,
    Text,
    text,
)
from alliance_games.report.equilibria import profiles
from alliance_games.report.words import capital, many, numeral
from alliance_games.results.cases import CaseAnswer
from alliance_games.results.concept import Game
from alliance_games.results.records import Record
from alliance_games.results.result import Coverage, Result, Status
from alliance_games.results.solutions import CountPoint, Numbers, Solution, Tally

_PROFILES = {"point", "component", "counts", "behaviour", "assessment", "discarded"}


_APART = {"correlated", "path", "plans", "distribution", "commitment", "levels"}


MOST_REJECTED = 60
"""``--explain`` lists so many rejected candidates."""


_IN_LINES = {
    "dominance",
    "rationalizable",
    "maxmin",
    "pareto",
    "welfare",
    "payoff-dominance",
    "risk-dominance",
    "strong-nash",
    "coalition-proof",
    "laplacian",
    "potential",
    "supermodular",
    "global-games",
}
"""Concepts told in lines beside their names; every other one is a numbered table."""


def in_lines(result: Result) -> bool:
    """Whether a result is told in lines beside its name."""
    if result.concept in _IN_LINES:
        return True
    if any(isinstance(one, Record) for one in result.solutions):
        return False
    return bool(result.solutions) and not any(
        one.kind in _PROFILES | _APART for one in result.solutions
    )


def named_lines(result: Result, answer: CaseAnswer) -> list[tuple[Text, Text]]:
    """A result's lines, the concept's name beside the first."""
    name = text(Piece(capital(result.concept.replace("-", " ")), "strong"))
    lines = findings.lines(result, answer.case.game)
    return [(name if index == 0 else (), line) for index, line in enumerate(lines)]


def doubts(result: Result, game: Game) -> list[Block]:
    """What keeps a result told in lines from being the whole truth, and why a number is missing."""
    notes: list[Block] = []
    if result.coverage is not Coverage.ALL or result.status is not Status.EXACT:
        notes = _how_sure(result, game)
    elif any(isinstance(one, Numbers) and None in one.values.values() for one in result.solutions):
        notes = [Note(text(note)) for note in result.notes]
    return [_labelled(result, note) for note in notes]


def _labelled(result: Result, note: Block) -> Block:
    if not isinstance(note, Note):
        return note
    return Note(text(f"{result.concept}: ", note.content), note.level)


def section(
    result: Result,
    answer: CaseAnswer,
    explain: bool = False,
    told: dict[object, str] | None = None,
) -> list[Block]:
    """One concept's answer as a numbered table, and how much of the truth it is.

    ``told`` are the equilibria of a tree that earlier sections have shown.
    """
    game = answer.case.game
    if any(isinstance(one, Record) for one in result.solutions):
        from alliance_games.report import named

        told_of = [*named.blocks(result, answer), *_how_sure(result, game)]
        return [Heading(text(_named(result)), 3), *told_of, *explained(result, explain, game)]
    listable = [one for one in result.solutions if one.kind in _PROFILES | _APART]
    blocks: list[Block] = [Heading(text(_title(result, listable)), 3)]
    blocks += profiles(listable, game, result.concept, told)
    tallies = [one for one in result.solutions if isinstance(one, Tally)]
    blocks += [Prose(text(f"{many(one.number)} {one.what} in all.")) for one in tallies]
    return [*blocks, *_how_sure(result, game), *explained(result, explain, game)]


def _named(result: Result) -> str:
    try:
        return find(result.concept).title
    except UnknownConcept:
        return capital(result.concept.replace("-", " "))


def _title(result: Result, listed: Sequence[Solution]) -> str:
    title = _named(result)
    how_many = _how_many(listed)
    if how_many == "none" and (
        result.coverage is not Coverage.ALL or result.status is Status.STOPPED
    ):
        how_many = "none found"
    return f"{title}: {how_many}" if how_many else title


def _how_many(listed: Sequence[Solution]) -> str:
    """How many solutions there are: a continuum is infinitely many, counts are many profiles."""
    continua = sum(one.kind == "component" for one in listed)
    if continua and any(hasattr(one, "families") for one in listed):
        words = "a continuum" if continua == 1 else f"{numeral(continua)} continua"
        points = sum(one.kind in ("point", "behaviour", "assessment") for one in listed)
        return f"{numeral(points)} and {words}" if points else words
    if continua:
        return "infinitely many"
    if listed and listed[0].kind == "path":
        return _of_branches(len(listed))
    if (len(listed) == 1 and listed[0].kind in _APART) or _is_mediated(listed):
        return ""
    listed = [one for one in listed if one.kind != "discarded"]
    profiles = sum(one.profiles for one in listed if isinstance(one, CountPoint))
    if profiles > len(listed):
        return f"{many(profiles)}, of {numeral(len(listed))} kind{'s' if len(listed) > 1 else ''}"
    return numeral(len(listed)) if listed else "none"


def _of_branches(number: int) -> str:
    return "the principal branch" if number == 1 else f"{numeral(number)} branches"


def _is_mediated(listed: Sequence[Solution]) -> bool:
    """Whether the solutions are some of many or several views of one, whose number says nothing."""
    return bool(listed) and listed[0].kind in ("distribution", "commitment")


def _how_sure(result: Result, game: Game) -> list[Block]:
    notes: list[Block] = []
    if result.status is Status.STOPPED:
        notes.append(Note(text(f"STOPPED: {result.because}."), "warning"))
    elif result.coverage is Coverage.SOME:
        notes.append(Note(text(f"SOME, perhaps not all: {result.because}."), "warning"))
    elif result.coverage is Coverage.UNKNOWN:
        notes.append(Note(text(f"NOT SETTLED: {result.because}."), "warning"))
    elif any(not isinstance(one, Record) or one.is_something for one in result.solutions):
        notes.append(Note(text(f"These are all: {result.because}.")))
    else:
        notes.append(Note(text(f"There are none: {result.because}.")))
    if result.status is Status.NUMERIC and not game.numeric:
        within = "" if result.tolerance is None else f", to within {float(result.tolerance):.1g}"
        notes.append(
            Note(text(f"NUMERIC: the numbers told are approximations{within}."), "warning")
        )
    elif result.status is Status.NUMERIC:
        notes.append(
            Note(
                text(
                    "NUMERIC: roots, exponentials and logarithms are taken to 50 digits, and "
                    "payoffs that differ by less than their error count as equal; a tie that only "
                    "mixtures, sums or products of them meet may be missed."
                ),
                "warning",
            )
        )
    return [*notes, *(Note(text(f"{capital(note)}.")) for note in result.notes)]


def explained(result: Result, explain: bool, game: Game) -> list[Block]:
    """What ``--explain`` adds: definition, method, checks, trembles, rejected candidates."""
    if not explain:
        return []
    try:
        concept = find(result.concept)
    except UnknownConcept:
        return []
    claims = dict.fromkeys(
        one.certificate.claim for one in result.solutions if one.certificate is not None
    )
    coverage = f"{result.coverage.value}, because {result.because}"
    lines = [
        ("Definition", f"{concept.summary.rstrip('.')} ({'; '.join(concept.cites)})"),
        ("Method", result.method),
        ("Coverage", coverage),
        *(("Checked", claim) for claim in claims),
    ]
    blocks: list[Block] = [
        Prose(text(Piece(concept.title, "strong"))),
        Facts(tuple((text(Piece(name, "muted")), text(words)) for name, words in lines)),
    ]
    if isinstance(game, ExtensiveGame) and any(
        one.kind in ("assessment", "component") for one in result.solutions
    ):
        from alliance_games.report.trembles import trembles

        blocks += trembles(result.solutions, game)
    if result.rejected:
        blocks += _rejected(result)
    return blocks


def _rejected(result: Result) -> list[Block]:
    """The candidates that were ruled out, each with its reason."""
    shown = result.rejected[:MOST_REJECTED]
    items = [text(reason) for reason in shown]
    if len(result.rejected) > len(shown):
        more = f"{len(result.rejected) - len(shown):,} more; --format json has them all"
        items.append(text(Piece(more, "muted")))
    title = f"Rejected candidates: {many(len(result.rejected))}"
    return [Prose(text(Piece(title, "strong"))), Bullets(tuple(items))]
