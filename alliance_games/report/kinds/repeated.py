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
from alliance_games.report.repeated_payoffs import least_words
from alliance_games.report.words import amount, both, capital, listed, profile_words
from alliance_games.results.cases import CaseAnswer
from alliance_games.results.named.repeated import Courses, Least, Penal, Sustained, Thresholds
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


def _thresholds(answer: CaseAnswer) -> Thresholds | None:
    found = record(answer, "grim-trigger")
    return found if isinstance(found, Thresholds) else None


def _asked_of(answer: CaseAnswer) -> Sustained | None:
    """What was found of the profile called cooperation."""
    found = _thresholds(answer)
    game = answer.case.game
    if found is None or not isinstance(game, RepeatedGame) or game.cooperate is None:
        return None
    return found.profiles[0]


def _worse(answer: CaseAnswer) -> Least | None:
    """What the worst punishments do for the same profile, where they do more."""
    found, one = record(answer, "optimal-punishments"), _asked_of(answer)
    if not isinstance(found, Penal) or one is None:
        return None
    rows = [row for row in found.profiles if row.profile == one.profile]
    if not rows or rows[0].high is None:
        return None
    return rows[0] if one.least is None or rows[0].high < one.least else None


def meaning(answer: CaseAnswer) -> list[str]:
    """What endures, for how patient players, and who would break it."""
    game = cast("RepeatedGame", answer.case.game)
    one = _asked_of(answer)
    if one is None:
        return []
    told = [_of_reversion(game, one), _arithmetic(game, one, answer)]
    if worse := _worse(answer):
        told.append(_of_worse(worse))
    verdict = _verdict(game, one, worse)
    return [" ".join(filter(None, [*told, verdict])), *_of_automata(answer)]


def _of_reversion(game: RepeatedGame, one: Sustained) -> str:
    name = profile_words(one.profile)
    if one.least == 0 and one.discounts[0].high == 1:
        return f"{capital(name)} needs no future: it is an equilibrium of a single period."
    who = listed(one.binding)
    where = f" in '{one.state}'" if one.state else ""
    if one.least is None:
        if not one.binding:
            return f"At no discount factor are all players held to {name}."
        many = len(one.binding) > 1
        reason = f"{who} {'gain' if many else 'gains'} more by leaving it{where}"
        sentence = f"No shadow of the future sustains {name}: {reason} than the future can cost."
        if one.ratio is not None and one.ratio >= 1:
            sentence += f" The discount factor would have to be {amount(one.ratio)}."
        return sentence
    verb = "are" if len(one.binding) > 1 else "is"
    tempted = f"; {who} {verb} the first to be tempted{where}" if one.binding else ""
    return f"{capital(name)} endures where {discounts_words(one)}{tempted}."


def _arithmetic(game: RepeatedGame, one: Sustained, answer: CaseAnswer) -> str:
    """The gain and the loss of who is first to be tempted, in numbers."""
    told = _thresholds(answer)
    if one.ratio is None or not one.binding or len(game.stages) > 1 or told is None:
        return ""
    player = game.players.index(one.binding[0])
    stage = game.stage
    at = tuple(own.index(name) for own, name in zip(stage.strategies, one.profile, strict=True))
    best = max(
        stage.payoff(player, (*at[:player], own, *at[player + 1 :]))
        for own in range(stage.shape[player])
        if own != at[player]
    )
    punished = next(row.payoff for row in told.punishments if row.player == one.binding[0])
    kept = stage.payoff(player, at)
    gain, loss = best - kept - game.exit_cost(player), kept - punished
    if game.relationships > 1:
        loss *= game.relationships
        gain *= 1 if game.breach == ONE else game.relationships
    if loss <= 0:
        return ""
    return (
        f"Leaving it brings {one.binding[0]} {amount(gain)} once and then costs {amount(loss)} a "
        f"period: {amount(gain)} / ({amount(gain)} + {amount(loss)})"
        + (f", over the survival of {amount(game.survival)}." if game.survival != 1 else ".")
    )


def _of_worse(one: Least) -> str:
    return (
        "Punishments that are worse than an equilibrium of the stage, and credible all the same, "
        f"sustain it from {least_words(one)} up."
    )


def _verdict(game: RepeatedGame, one: Sustained, worse: Least | None) -> str:
    if one.holds is None or (one.least == 0 and one.holds):
        return ""
    own = amount(cast("Fraction", game.discount))
    if one.holds:
        return f"At the discount factor {own} it holds."
    if worse is not None and worse.holds:
        return f"At the discount factor {own} it holds, but only by the worse punishments."
    return f"At the discount factor {own} it collapses."


def _of_automata(answer: CaseAnswer) -> list[str]:
    """Which courses of play are equilibria at the game's discount factor."""
    found = record(answer, "automata")
    if not isinstance(found, Courses) or any(one.perfect is None for one in found.automata):
        return []
    credible = [one.name for one in found.automata if one.perfect]
    idle = [one.name for one in found.automata if one.nash and not one.perfect]
    told = []
    if credible:
        verb = "is an equilibrium" if len(credible) == 1 else "are equilibria"
        told.append(f"{capital(listed(credible))} {verb} with credible threats.")
    if idle:
        verb = "is one" if len(idle) == 1 else "are some"
        threat = "its threat" if len(idle) == 1 else "their threats"
        told.append(
            f"{capital(listed(idle))} {verb} only as long as {threat} need not be carried out."
        )
    return [" ".join(told)] if told else []


def _least(answer: CaseAnswer) -> list[str]:
    one = _asked_of(answer)
    if one is None:
        return []
    lines = ["never" if one.least is None else both(one.least)]
    if worse := _worse(answer):
        lines.append(f"worst punishments: {least_words(worse)}")
    return lines


def _holds(answer: CaseAnswer) -> list[str]:
    one = _asked_of(answer)
    if one is None or one.holds is None:
        return []
    worse = _worse(answer)
    if not one.holds and worse is not None and worse.holds:
        return ["holds by the worst punishments"]
    return ["holds" if one.holds else "collapses"]


COLUMNS: Sequence[tuple[str, Callable[[CaseAnswer], list[str]]]] = (
    ("Least discount factor", _least),
    ("Cooperation", _holds),
)
