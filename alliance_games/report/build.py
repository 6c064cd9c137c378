"""From the answers to a file to a report: which parts, in which order."""

from __future__ import annotations

from alliance_games.model.study import Case, Study
from alliance_games.report.blocks import (
    Block,
    Document,
    Facts,
    Heading,
    Note,
    Prose,
    Text,
    text,
)
from alliance_games.report.drawing import draw
from alliance_games.report.meaning import meaning
from alliance_games.report.news import FURTHER, news
from alliance_games.report.opening import changed, differences, opening
from alliance_games.report.scenarios import side_by_side
from alliance_games.report.sections import doubts, explained, in_lines, named_lines, section
from alliance_games.results.cases import CaseAnswer, StudyAnswer


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
    if several and any(case.results for case in answer.cases):
        blocks.append(Heading(text("Side by side"), 2))
        blocks += side_by_side(study, answer.cases)
    for case in answer.cases[1:]:
        blocks += _case_heading(study, case.case)
        blocks += news(_case(case, explain), told)
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


def _case(answer: CaseAnswer, explain: bool) -> list[Block]:
    blocks = draw(answer.case, answer)
    told: dict[object, str] = {}
    facts: list[tuple[Text, Text]] = []
    remarks: list[Block] = []
    for result in answer.results:
        if in_lines(result):
            facts += named_lines(result, answer)
            remarks += doubts(result, answer.case.game)
            remarks += explained(result, explain, answer.case.game)
        else:
            blocks += section(result, answer, explain, told)
    if facts:
        blocks += [FURTHER, Facts(tuple(facts))]
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
