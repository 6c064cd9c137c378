"""What it means: plain reading of one case, made from its names, its payoffs and its answers."""

from __future__ import annotations

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.other_forms import OtherForm
from alliance_games.report import (
    meaning_counts,
    meaning_normal,
    meaning_tree,
    two_by_two,
    two_by_two_words,
)
from alliance_games.results.cases import CaseAnswer


def meaning(answer: CaseAnswer) -> list[str]:
    """The paragraphs under 'What it means'; none where nothing was found to speak of."""
    game = answer.case.game
    if isinstance(game, OtherForm):
        from alliance_games.report.kinds import room

        return room(game).meaning(answer)
    if isinstance(game, ExtensiveGame):
        if game.has_perfect_information and meaning_tree.plans_of(answer) is not None:
            return meaning_tree.sentences(answer, game)
        from alliance_games.report import meaning_assessments

        return meaning_assessments.sentences(answer, game)
    if isinstance(game, AnonymousGame):
        return meaning_counts.sentences(answer, game)
    if game.shape == (2, 2) and (told := two_by_two_words.sentences(two_by_two.TwoByTwo(game))):
        return told
    return meaning_normal.sentences(answer, game)


def character(answer: CaseAnswer) -> str:
    """The kind of problem in a word or two, or '' where the case has no name of its own."""
    game = answer.case.game
    if not isinstance(game, NormalGame) or game.shape != (2, 2):
        return ""
    kind = two_by_two.kind(two_by_two.TwoByTwo(game))
    return "" if kind == two_by_two.TIES else kind
