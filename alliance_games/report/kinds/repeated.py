"""Repeated games: the stage drawn, what binds the players, and what endures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import cast

from alliance_games.model.other_forms import OtherForm
from alliance_games.model.repeated import ONE, RepeatedGame
from alliance_games.report.blocks import Block, Facts, Heading, Piece, Text, text
from alliance_games.report.matrix import MOST_CELLS, draw_normal
from alliance_games.report.named.repeated import discounts_words
from alliance_games.report.words import amount, both, capital, profile_words
from alliance_games.results.cases import CaseAnswer
from alliance_games.results.named.repeated import Sustained, Thresholds
from alliance_games.results.records import Record


def draw(game: OtherForm, answer: CaseAnswer | None, generous: bool) -> list[Block]:
    """What binds the players, then the stage of every state."""
    assert isinstance(game, RepeatedGame)
    most = MOST_CELLS * (10 if generous else 1)
    blocks: list[Block] = []
    if facts := _facts(game):
        blocks.append(Facts(tuple(facts)))
    for state, stage in zip(game.states, game.stages, strict=True):
        if state:
            blocks.append(Heading(text(f"The stage in the state '{state}'"), 3))
        blocks += draw_normal(stage, most=most)
    return blocks


def _facts(game: RepeatedGame) -> list[tuple[Text, Text]]:
    pairs: list[tuple[str, str]] = []
    if game.discount is not None:
        pairs.append(("Discount factor", both(game.discount)))
    if game.survival != 1:
        pairs.append(("Goes on with probability", both(game.survival)))
    for player, cost in zip(game.players, game.exit_costs, strict=False):
        if cost:
            pairs.append((f"Cost of exit for {player}", both(cost)))
    if game.relationships > 1:
        how = "one at a time can be broken" if game.breach == ONE else "all can be broken at once"
        pairs.append(("Relationships", f"{game.relationships:,} that end together; {how}"))
    if len(game.states) > 1:
        for state, row in zip(game.states, game.transitions, strict=True):
            after = [
                f"{name} {amount(chance)}"
                for name, chance in zip(game.states, row, strict=True)
                if chance
            ]
            pairs.append((f"After '{state}'", ", ".join(after)))
    return [(text(Piece(name, "muted")), text(words)) for name, words in pairs]


def record(answer: CaseAnswer, concept: str) -> Record | None:
    """The one record of a concept's answer, if it was asked and found."""
    result = answer.of(concept)
    if result is None or not result.solutions:
        return None
    first = result.solutions[0]
    return first if isinstance(first, Record) else None


def _asked_of(answer: CaseAnswer) -> Sustained | None:
    """What was found of the profile called cooperation (else of the best one that needs any)."""
    found = record(answer, "grim-trigger")
    game = answer.case.game
    if not isinstance(found, Thresholds) or not isinstance(game, RepeatedGame):
        return None
    return found.profiles[0] if game.cooperate is not None else None


def meaning(answer: CaseAnswer) -> list[str]:
    """What endures, for how patient players, and who would break it."""
    game = cast("RepeatedGame", answer.case.game)
    told = [_of_reversion(game, one) for one in filter(None, [_asked_of(answer)])]
    return [sentence for sentence in told if sentence]


def _of_reversion(game: RepeatedGame, one: Sustained) -> str:
    name = profile_words(one.profile)
    if one.least is None:
        sentence = f"No shadow of the future sustains {name}: "
        sentence += (
            f"{one.binding} gains more by leaving it than the future can ever cost."
            if one.binding
            else "at no discount factor are all players held."
        )
        if one.ratio is not None and one.ratio >= 1:
            sentence += f" The discount factor would have to be {amount(one.ratio)}."
        return sentence
    if one.least == 0:
        return f"{capital(name)} needs no future: it is an equilibrium of a single period."
    needed = f"{capital(name)} endures where {discounts_words(one)}"
    if one.holds is None:
        return f"{needed}."
    own = amount(cast("Fraction", game.discount))
    verdict = "it holds" if one.holds else "it collapses"
    who = f"; {one.binding} is the first to be tempted" if one.binding else ""
    return f"{needed}{who}. At the discount factor {own} {verdict}."


def _least(answer: CaseAnswer) -> list[str]:
    one = _asked_of(answer)
    if one is None:
        return []
    return ["never" if one.least is None else both(one.least)]


def _holds(answer: CaseAnswer) -> list[str]:
    one = _asked_of(answer)
    if one is None or one.holds is None:
        return []
    return ["holds" if one.holds else "collapses"]


COLUMNS: Sequence[tuple[str, Callable[[CaseAnswer], list[str]]]] = (
    ("Least discount factor", _least),
    ("Cooperation", _holds),
)
