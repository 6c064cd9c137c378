"""From the answers to a file to a report: which parts, in which order."""

from __future__ import annotations

from alliance_games.concepts import UnknownConcept, find
from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.study import Case, Study
from alliance_games.report import findings
from alliance_games.report.blocks import Block, Document, Heading, Note, Prose, text
from alliance_games.report.equilibria import profiles, pure_profiles
from alliance_games.report.matrix import MOST_CELLS, draw_anonymous, draw_normal
from alliance_games.report.opening import changed, differences, opening
from alliance_games.report.words import capital, numeral
from alliance_games.results.cases import CaseAnswer, StudyAnswer
from alliance_games.results.result import Coverage, Result, Status
from alliance_games.results.solutions import (
    Members,
    Numbers,
    Selection,
    Tally,
)


def build(answer: StudyAnswer, *, explain: bool = False) -> Document:
    """The report on one file: the first case in full, the others side by side and shorter.

    ``explain`` adds to every answer the definition, its sources, the method and what was checked.
    """
    if answer.study is None or not answer.cases:
        return Document(answer.file, tuple(_problems(answer)))
    study = answer.study
    blocks = [*_problems(answer), *opening(study, answer.cases[0].case)]
    for case in answer.cases:
        blocks += _case(study, case, explain, several=len(answer.cases) > 1)
    return Document(study.title, tuple(blocks))


def build_game(study: Study, case: Case) -> Document:
    """The game alone, without any answer."""
    blocks = [*opening(study, case), *draw(case, None, most=10 * MOST_CELLS)]
    return Document(study.title, tuple(blocks))


def _problems(answer: StudyAnswer) -> list[Block]:
    return [Note(text(str(problem)), "warning") for problem in answer.problems]


def _case(study: Study, answer: CaseAnswer, explain: bool, several: bool) -> list[Block]:
    blocks: list[Block] = []
    if several:
        name = answer.case.scenario
        title = "The defaults" if name is None else name
        blocks.append(Heading(text(title), 2))
        if name is not None:
            blocks.append(Prose(text(changed(differences(study, answer.case)))))
    blocks += draw(answer.case, answer)
    for result in answer.results:
        blocks += section(result, answer, explain)
    blocks += [
        Note(text(f"{refusal.concept} was not asked: {refusal.reason}"))
        for refusal in answer.refusals
    ]
    return blocks


def draw(case: Case, answer: CaseAnswer | None, most: int = MOST_CELLS) -> list[Block]:
    """The game, with what the answers say marked on it."""
    game = case.game
    if isinstance(game, AnonymousGame):
        return draw_anonymous(game)
    if isinstance(game, ExtensiveGame):
        return []
    return draw_normal(game, *_marks(answer), most)


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


_PROFILES = {"point", "component", "counts", "behaviour"}
_IN_A_LINE = {"pareto"}
_DOMINANCE = {"dominance"}


def section(result: Result, answer: CaseAnswer, explain: bool = False) -> list[Block]:
    """One concept's answer."""
    game = answer.case.game
    blocks: list[Block] = [Heading(text(_title(result)), 3)]
    if result.concept in _DOMINANCE:
        blocks += findings.dominance(result.solutions, game)
    elif result.concept in _IN_A_LINE:
        blocks += findings.points_in_a_line(result.solutions, game)
    else:
        listable = [one for one in result.solutions if one.kind in _PROFILES]
        blocks += profiles(listable, game)
    for one in result.solutions:
        if isinstance(one, Numbers):
            blocks += findings.numbers(one, game)
        elif isinstance(one, Selection):
            blocks += findings.selection(one, game)
        elif isinstance(one, Tally):
            blocks.append(findings.tally(one))
        elif isinstance(one, Members) and result.concept not in _DOMINANCE:
            blocks += findings.members(one, game)
    return [*blocks, *_how_sure(result), *_explained(result, explain)]


def _title(result: Result) -> str:
    try:
        title = find(result.concept).title
    except UnknownConcept:
        title = capital(result.concept.replace("-", " "))
    counted = [one for one in result.solutions if one.kind in _PROFILES]
    if not counted or result.concept in _IN_A_LINE:
        return title
    return f"{title}: {numeral(len(counted))}"


def _how_sure(result: Result) -> list[Block]:
    notes: list[Block] = []
    if result.status is Status.STOPPED:
        notes.append(Note(text(f"STOPPED: {result.because}."), "warning"))
    elif result.coverage is not Coverage.ALL:
        notes.append(Note(text(f"Not shown to be all: {result.because}."), "warning"))
    elif not result.solutions or any(one.kind in _PROFILES for one in result.solutions):
        notes.append(Note(text(f"All of them: {result.because} ({result.method}).")))
    if result.status is Status.NUMERIC:
        notes.append(
            Note(
                text(
                    "NUMERIC: the payoffs hold roots, exponentials or logarithms and are "
                    "approximations to 50 digits; so are these answers."
                ),
                "warning",
            )
        )
    notes += [Note(text(note)) for note in result.notes]
    return notes


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
    return [
        Note(text(f"Definition: {concept.summary} ({'; '.join(concept.cites)}).")),
        Note(
            text(f"Method: {result.method}. Coverage: {result.coverage.value}, {result.because}.")
        ),
        *(Note(text(f"Checked: {claim}.")) for claim in claims),
    ]
