"""From the answers to a file to a report: which parts, in which order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from alliance_games.concepts import UnknownConcept, find
from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.study import Case, Study
from alliance_games.report import findings
from alliance_games.report.blocks import (
    Block,
    Bullets,
    Document,
    Facts,
    Heading,
    Note,
    Piece,
    Prose,
    Text,
    text,
)
from alliance_games.report.equilibria import profiles, pure_profiles
from alliance_games.report.matrix import MOST_CELLS, draw_anonymous, draw_normal
from alliance_games.report.meaning import meaning
from alliance_games.report.opening import changed, differences, opening
from alliance_games.report.scenarios import side_by_side
from alliance_games.report.tree import MOST_NODES, draw_tree
from alliance_games.report.words import capital, many, numeral
from alliance_games.results.cases import CaseAnswer, StudyAnswer
from alliance_games.results.result import Coverage, Result, Status
from alliance_games.results.solutions import (
    Behaviour,
    CountPoint,
    Numbers,
    Solution,
    Tally,
)

if TYPE_CHECKING:
    from alliance_games.results.tree_solutions import Assessment

_PROFILES = {"point", "component", "counts", "behaviour", "assessment", "discarded"}

_FURTHER = Heading(text("Further answers"), 3)

_IN_LINES = {
    "dominance",
    "rationalizable",
    "maxmin",
    "pareto",
    "welfare",
    "payoff-dominance",
    "risk-dominance",
}
"""Concepts told in lines beside their names; every other one is a numbered table."""


def build(answer: StudyAnswer, *, explain: bool = False) -> Document:
    """The report on one file: the first case in full, the others side by side and shorter.

    ``explain`` adds to every answer the definition, its sources, the method and what was checked.
    """
    if answer.study is None or not answer.cases:
        return Document(answer.file, tuple(_problems(answer)))
    study, first = answer.study, answer.cases[0]
    several = len(answer.cases) > 1
    blocks = [*_problems(answer), *opening(study, first.case)]
    if several or first.case.scenario is not None:
        blocks += _case_heading(study, first.case)
    told = _case(first, explain)
    blocks += told
    if several:
        blocks.append(Heading(text("Side by side"), 2))
        blocks += side_by_side(study, answer.cases)
    for case in answer.cases[1:]:
        blocks += _case_heading(study, case.case)
        blocks += _news(_case(case, explain), told)
    return Document(study.title, tuple(blocks))


def build_game(study: Study, case: Case) -> Document:
    """The game alone, without any answer."""
    blocks = [*opening(study, case), *draw(case, None, generous=True)]
    return Document(study.title, tuple(blocks))


def _problems(answer: StudyAnswer) -> list[Block]:
    return [Note(text(str(problem)), "warning") for problem in answer.problems]


def _case_heading(study: Study, case: Case) -> list[Block]:
    title = "The default case" if case.scenario is None else case.scenario
    pairs = differences(study, case)
    blocks: list[Block] = [Heading(text(title), 2)]
    if case.scenario is not None and pairs:
        blocks.append(Prose(text("With ", changed(pairs), ".")))
    return blocks


def _news(blocks: list[Block], told: list[Block]) -> list[Block]:
    """A further case without what the first case's report says word for word (warnings apart)."""
    before = {fact for block in told if isinstance(block, Facts) for fact in _entries(block)}
    words = {
        block
        for block in told
        if isinstance(block, (Prose, Bullets))
        or (isinstance(block, Note) and block.level != "warning")
    }
    news: list[Block] = []
    for block in blocks:
        if isinstance(block, Facts):
            kept = [entry for entry in _entries(block) if entry not in before]
            if kept:
                news.append(Facts(tuple(line for entry in kept for line in entry)))
        elif block == _FURTHER:
            news.append(Heading(text("Further answers, where they differ"), 3))
        elif block not in words:
            news.append(block)
    return [
        block
        for place, block in enumerate(news)
        if not isinstance(block, Heading)
        or (place + 1 < len(news) and not isinstance(news[place + 1], Heading))
    ]


def _entries(block: Facts) -> list[tuple[tuple[Text, Text], ...]]:
    """The lines that belong to each name."""
    entries: list[list[tuple[Text, Text]]] = []
    for name, value in block.pairs:
        if name or not entries:
            entries.append([])
        entries[-1].append((name, value))
    return [tuple(entry) for entry in entries]


def _case(answer: CaseAnswer, explain: bool) -> list[Block]:
    blocks = draw(answer.case, answer)
    facts: list[tuple[Text, Text]] = []
    remarks: list[Block] = []
    for result in answer.results:
        if _in_lines(result):
            facts += _named_lines(result, answer)
            remarks += _doubts(result)
            remarks += _explained(result, explain)
        else:
            blocks += section(result, answer, explain)
    if facts:
        blocks += [_FURTHER, Facts(tuple(facts))]
    blocks += remarks
    blocks += [
        Note(text(f"{refusal.concept} was not asked: {refusal.reason}."))
        for refusal in answer.refusals
    ]
    sentences = meaning(answer)
    if sentences:
        blocks.append(Heading(text("What it means"), 3))
        blocks += [Prose(text(sentence)) for sentence in sentences]
    return blocks


def draw(case: Case, answer: CaseAnswer | None, *, generous: bool = False) -> list[Block]:
    """The game, with what the answers say marked on it; ``generous`` draws larger ones whole."""
    game = case.game
    factor = 10 if generous else 1
    if isinstance(game, AnonymousGame):
        return draw_anonymous(game)
    if isinstance(game, ExtensiveGame):
        played, name = _drawn(answer)
        blocks = draw_tree(game, played, name, MOST_NODES * factor)
        if not game.has_perfect_information:
            from alliance_games.report.tables_of_types import draw_types

            blocks += draw_types(game, played, name)
        return blocks
    return draw_normal(game, *_marks(answer), MOST_CELLS * factor)


def _marks(answer: CaseAnswer | None) -> tuple[list[tuple[int, ...]], list[tuple[int, ...]]]:
    if answer is None:
        return [], []
    equilibria: list[tuple[int, ...]] = []
    for name in ("nash", "pure-nash"):
        result = answer.of(name)
        if result is not None:
            equilibria = pure_profiles(result.solutions)
            break
    pareto = answer.of("pareto")
    efficient = pure_profiles(pareto.solutions) if pareto is not None else []
    return equilibria, efficient


def _drawn(answer: CaseAnswer | None) -> tuple[Behaviour | Assessment | None, str]:
    """The equilibrium that is marked on the tree, and what the legend calls it.

    The first of the first answer with beliefs, else of the first with plans; of a continuum, its
    first point.
    """
    plays = [] if answer is None else [(r, one) for r in answer.results if (one := _plays(r))]
    if not plays:
        return None, ""
    result, found = next(((r, o) for r, o in plays if hasattr(_point(o[0]), "beliefs")), plays[0])
    name = f"equilibrium 1 of {len(found)}" if len(found) > 1 else "the equilibrium"
    if found[0].kind == "component":
        name = f"a corner of {'continuum 1' if len(found) > 1 else 'the continuum'}"
    return _point(found[0]), f"{name} ({result.concept})" if len(plays) > 1 else name


def _plays(result: Result) -> list[Any]:
    """The equilibria of a tree among a result's solutions: points and continua."""
    return [
        one
        for one in result.solutions
        if one.kind in ("behaviour", "assessment") or hasattr(one, "families")
    ]


def _point(one: Any) -> Any:
    return one.points[0] if hasattr(one, "families") else one


def _in_lines(result: Result) -> bool:
    if result.concept in _IN_LINES:
        return True
    return bool(result.solutions) and not any(one.kind in _PROFILES for one in result.solutions)


def _named_lines(result: Result, answer: CaseAnswer) -> list[tuple[Text, Text]]:
    """A result's lines, the concept's name beside the first."""
    name = text(Piece(capital(result.concept.replace("-", " ")), "strong"))
    lines = findings.lines(result, answer.case.game)
    return [(name if index == 0 else (), line) for index, line in enumerate(lines)]


def _doubts(result: Result) -> list[Block]:
    """What keeps a result told in lines from being the whole truth, and why a number is missing."""
    notes: list[Block] = []
    if result.coverage is not Coverage.ALL or result.status is not Status.EXACT:
        notes = _how_sure(result)
    elif any(isinstance(one, Numbers) and None in one.values.values() for one in result.solutions):
        notes = [Note(text(note)) for note in result.notes]
    return [_labelled(result, note) for note in notes]


def _labelled(result: Result, note: Block) -> Block:
    if not isinstance(note, Note):
        return note
    return Note(text(f"{result.concept}: ", note.content), note.level)


def section(result: Result, answer: CaseAnswer, explain: bool = False) -> list[Block]:
    """One concept's answer as a numbered table, and how much of the truth it is."""
    game = answer.case.game
    listable = [one for one in result.solutions if one.kind in _PROFILES]
    blocks: list[Block] = [Heading(text(_title(result, listable)), 3)]
    blocks += profiles(listable, game)
    tallies = [one for one in result.solutions if isinstance(one, Tally)]
    blocks += [Prose(text(f"{many(one.number)} {one.what} in all.")) for one in tallies]
    return [*blocks, *_how_sure(result), *_explained(result, explain)]


def _title(result: Result, listed: Sequence[Solution]) -> str:
    try:
        title = find(result.concept).title
    except UnknownConcept:
        title = capital(result.concept.replace("-", " "))
    return f"{title}: {_how_many(listed)}"


def _how_many(listed: Sequence[Solution]) -> str:
    """How many solutions there are: a continuum is infinitely many, counts are many profiles."""
    if any(one.kind == "component" for one in listed):
        return "infinitely many"
    listed = [one for one in listed if one.kind != "discarded"]
    profiles = sum(one.profiles for one in listed if isinstance(one, CountPoint))
    if profiles > len(listed):
        return f"{many(profiles)}, of {numeral(len(listed))} kind{'s' if len(listed) > 1 else ''}"
    return numeral(len(listed)) if listed else "none"


def _how_sure(result: Result) -> list[Block]:
    notes: list[Block] = []
    if result.status is Status.STOPPED:
        notes.append(Note(text(f"STOPPED: {result.because}."), "warning"))
    elif result.coverage is Coverage.SOME:
        notes.append(Note(text(f"SOME, perhaps not all: {result.because}."), "warning"))
    elif result.coverage is Coverage.UNKNOWN:
        notes.append(Note(text(f"NOT SETTLED: {result.because}."), "warning"))
    elif result.solutions:
        notes.append(Note(text(f"These are all: {result.because}.")))
    else:
        notes.append(Note(text(f"There are none: {result.because}.")))
    if result.status is Status.NUMERIC:
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


def _explained(result: Result, explain: bool) -> list[Block]:
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
    return [
        Prose(text(Piece(concept.title, "strong"))),
        Facts(tuple((text(Piece(name, "muted")), text(words)) for name, words in lines)),
    ]
