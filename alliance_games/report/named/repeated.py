"""What reports say of games played again and again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from alliance_games.model.repeated import RepeatedGame
from alliance_games.report.blocks import Block, Bullets, Column, Piece, Prose, Table, Text, text
from alliance_games.report.repeated_payoffs import feasible_set, payoff_set, penal_codes
from alliance_games.report.words import amount, both, listed, many, profile_words
from alliance_games.results.cases import CaseAnswer
from alliance_games.results.named.repeated import (
    Course,
    Courses,
    Discounts,
    Feasible,
    PayoffSet,
    Penal,
    Punishment,
    Sustained,
    Thresholds,
)
from alliance_games.results.result import Result

MOST_ROWS = 30


def blocks(result: Result, answer: CaseAnswer) -> list[Block]:
    """What a result about a repeated game says."""
    game = answer.case.game
    assert isinstance(game, RepeatedGame)
    found: list[Block] = []
    for one in result.solutions:
        found += _WRITERS[type(one)](one, game)
    return found


def range_words(one: Discounts) -> str:
    """``from 1/4 up``, ``1/3 alone``, ``from 0 to 1/2``."""
    if one.low == one.high:
        return f"{both(one.low)} alone"
    if one.high == 1:
        return f"from {both(one.low)} up"
    if one.low == 0:
        return f"up to {both(one.high)}"
    return f"from {both(one.low)} to {both(one.high)}"


def discounts_words(one: Sustained | Course) -> str:
    """A clause: ``the discount factor is 1/4 or more``."""
    if len(one.discounts) == 1 and one.discounts[0].high == 1:
        return f"the discount factor is at least {both(one.discounts[0].low)}"
    return f"the discount factor is {listed(map(range_words, one.discounts), 'or')}"


def _when(one: Sustained | Course) -> str:
    if one.least is None:
        if isinstance(one, Sustained) and one.ratio is not None and one.ratio >= 1:
            return f"never (it would take {amount(one.ratio)})"
        return "never"
    if len(one.discounts) == 1 and one.discounts[0].low == 0 and one.discounts[0].high == 1:
        return "always"
    return "; ".join(map(range_words, one.discounts))


def _thresholds(found: Thresholds, game: RepeatedGame) -> list[Block]:
    shown = list(found.profiles)
    if len(shown) > MOST_ROWS:
        first = [one for one in shown if one.least is not None][:MOST_ROWS]
        shown = first or shown[:MOST_ROWS]
    states = len(game.states) > 1
    titles = ["Profile", "Sustained at discount factors", "Binding"]
    if game.discount is not None:
        titles.append(f"At {amount(game.discount)}")
    rows = []
    for one in shown:
        who = listed(one.binding) + (f" in '{one.state}'" if states and one.binding else "")
        cells = [profile_words(one.profile), _when(one), who]
        if game.discount is not None:
            cells.append("holds" if one.holds else "fails")
        rows.append(tuple((text(cell),) for cell in cells))
    told: list[Block] = [Table(tuple(Column(text(title)) for title in titles), tuple(rows))]
    if len(shown) < len(found.profiles):
        rest = len(found.profiles) - len(shown)
        told.append(Prose(text(f"{many(rest)} more profiles; --format json lists all.")))
    told.append(Prose(text(Piece("After a deviation, for ever:", "strong"))))
    told.append(Bullets(tuple(_punishments(found.punishments))))
    return told


def _punishments(punishments: Sequence[Punishment]) -> list[Text]:
    """Each punishment once, with whom it is for."""
    groups: dict[tuple[str, str], list[str]] = {}
    for one in punishments:
        play = _play_words(one)
        groups.setdefault((one.state, play), []).append(f"{one.player} {amount(one.payoff)}")
    return [
        text(
            f"{play}{f' in the state {state!r}' if state else ''}, "
            f"which gives {listed(payoffs)} a period"
        )
        for (state, play), payoffs in groups.items()
    ]


def _play_words(one: Punishment) -> str:
    words = []
    for mixed in one.play.values():
        if len(mixed) == 1:
            words.append(next(iter(mixed)))
        else:
            words.append(" + ".join(f"{amount(p)} {name}" for name, p in mixed.items()))
    return profile_words(words)


def _courses(found: Courses, game: RepeatedGame) -> list[Block]:
    titles = ["Automaton", "Perfect at discount factors"]
    if game.discount is not None:
        titles += [f"At {amount(game.discount)}", *game.players]
    rows = []
    for one in found.automata:
        cells = [one.name, _when(one)]
        if one.payoffs is not None:
            cells.append("perfect" if one.perfect else ("Nash only" if one.nash else "none"))
            cells += [amount(one.payoffs[player]) for player in game.players]
        rows.append(tuple((text(cell),) for cell in cells))
    note = "perfect: no one-shot deviation pays after any history; Nash only: none pays along the "
    note += "path of play, but some threat would not be carried out; payoffs are averages a period."
    told: list[Block] = [Table(tuple(Column(text(title)) for title in titles), tuple(rows))]
    if game.discount is not None:
        told.append(Prose(text(note)))
    tempted = [
        text(one.name, ": ", _temptation_words(one)) for one in found.automata if one.temptation
    ]
    if tempted:
        told += [Prose(text(Piece("What tempts most", "strong"))), Bullets(tuple(tempted))]
    return told


def _temptation_words(one: Course) -> str:
    if one.temptation is None:
        return ""
    tempted = one.temptation
    gain = f"a gain of {amount(tempted.gain)}"
    return f"{tempted.player} to play {tempted.strategy} in '{tempted.state}', {gain}"


_WRITERS: dict[type[Any], Callable[[Any, RepeatedGame], list[Block]]] = {
    Thresholds: _thresholds,
    Courses: _courses,
    Feasible: feasible_set,
    PayoffSet: payoff_set,
    Penal: penal_codes,
}
