"""Games in which a choice is a number: who chooses what, and what it pays."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import cast

from alliance_games.exact.expression import to_text
from alliance_games.model.continuous import ContinuousGame
from alliance_games.model.other_forms import OtherForm
from alliance_games.report.blocks import Block, Column, Piece, Prose, Table, Text, text
from alliance_games.report.continuous_words import choice_words, number_words, total_words
from alliance_games.report.words import capital, count, listed
from alliance_games.results.cases import CaseAnswer
from alliance_games.results.named.continuous import ChoiceContinuum, ChoiceEquilibrium
from alliance_games.results.result import Coverage, Result, Status

MOST_FORMULA = 160
"""A longer formula is cut, unless the game is drawn whole."""

MOST_LINES = 4
MOST_NAMES = 6


def draw(game: OtherForm, answer: CaseAnswer | None, generous: bool) -> list[Block]:
    """A line for each player, or for all alike: her choice, its range and her payoff."""
    numbers = cast("ContinuousGame", game)
    rows: list[tuple[tuple[Text, ...], ...]] = []
    together: dict[tuple[str, str, str], list[str]] = {}
    for player, choice, formula in zip(
        numbers.players, numbers.choices, numbers.shown, strict=True
    ):
        shown = to_text(formula)
        if len(shown) > MOST_FORMULA and not generous:
            shown = f"{shown[: MOST_FORMULA - 3]}..."
        together.setdefault((choice.name, choice.interval, shown), []).append(player)
    for (name, interval, shown), players in together.items():
        names = players if len(players) <= MOST_NAMES else [*players[:MOST_NAMES], "..."]
        who = text(Piece(", ".join(names), "player"))
        rows.append(((who,), (text(name),), (text(interval),), (text(shown),)))
    columns = [Column(text(title)) for title in ("Player", "Chooses", "Range", "Payoff")]
    blocks: list[Block] = [Table(tuple(columns), tuple(rows))]
    if numbers.order:
        names = [numbers.players[player] for player in numbers.order]
        blocks.append(Prose(text(f"They choose in this order: {listed(names, 'then')}.")))
    return blocks


def meaning(answer: CaseAnswer) -> list[str]:
    """How many equilibria there are, what is chosen, and who would gain if all chose otherwise."""
    found: list[str] = []
    result = answer.of("pure-nash")
    if result is not None:
        found.append(_of_equilibria(result, cast("ContinuousGame", answer.case.game)))
    for name in ("subgame-perfect", "stackelberg", "comparative-statics", "best-replies"):
        other = answer.of(name)
        if other is not None and other.solutions:
            from alliance_games.report.named.continuous import sentences

            found += sentences(other, answer)
    return [one for one in found if one]


def _of_equilibria(result: Result, game: ContinuousGame) -> str:
    points = [one for one in result.solutions if isinstance(one, ChoiceEquilibrium)]
    continua = [one for one in result.solutions if isinstance(one, ChoiceContinuum)]
    whole = result.coverage is Coverage.ALL and result.status is not Status.STOPPED
    if not points and not continua:
        if not whole:
            return "No equilibrium was found."
        return (
            "There is no equilibrium in pure strategies: whatever all choose, somebody would "
            "rather choose another number."
        )
    alone = len(game.players) == 1
    if continua:
        extra = f", and {count(len(points), 'equilibrium', 'equilibria')} beside" if points else ""
        many = count(len(continua), "continuum", "continua")
        return f"Infinitely many profiles are equilibria: {many}{extra}."
    if len(points) > 1:
        more = "" if whole else "; there may be more"
        if alone:
            return f"{capital(count(len(points), 'choice'))} are equally good{more}."
        return f"{capital(count(len(points), 'equilibrium', 'equilibria'))} were found{more}."
    one = points[0]
    what = choice_words(game, one.choices)
    only = "the only equilibrium" if whole else "an equilibrium"
    if alone:
        only = "the best choice" if whole else "a best choice"
        return (
            f"{capital(only)} is {what}, which pays {number_words(one.payoffs[game.players[0]])}."
        )
    sums = f"Together they choose {total_words(one.choices)}." if game.shares_a_name else ""
    edges = [
        player
        for player, choice in zip(game.players, game.choices, strict=True)
        if one.choices[player] == choice.low and choice.low == 0
    ]
    nothing = f"{capital(listed(edges))} choose{'s' * (len(edges) == 1)} nothing." if edges else ""
    return " ".join(filter(None, [f"{capital(only)} is {what}.", sums, nothing]))


def _lines(case: CaseAnswer, tell: Callable[[Mapping[str, float | Fraction]], str]) -> list[str]:
    for name in ("pure-nash", "subgame-perfect"):
        result = case.of(name)
        if result is not None:
            break
    else:
        return []
    lines = [tell(one.choices) for one in result.solutions if isinstance(one, ChoiceEquilibrium)]
    lines += ["a continuum" for one in result.solutions if isinstance(one, ChoiceContinuum)]
    if len(lines) > MOST_LINES:
        lines = [*lines[:MOST_LINES], f"{len(lines) - MOST_LINES} more"]
    return lines or ["none"]


def _chosen(case: CaseAnswer) -> list[str]:
    game = cast("ContinuousGame", case.case.game)
    return _lines(case, lambda choices: choice_words(game, choices))


def _paid(case: CaseAnswer) -> list[str]:
    for name in ("pure-nash", "subgame-perfect"):
        result = case.of(name)
        if result is not None:
            return [
                ", ".join(number_words(one.payoffs[player]) for player in case.case.game.players)
                for one in result.solutions[:MOST_LINES]
                if isinstance(one, ChoiceEquilibrium)
            ]
    return []


COLUMNS: Sequence[tuple[str, Callable[[CaseAnswer], list[str]]]] = (
    ("Equilibrium", _chosen),
    ("Payoffs", _paid),
)
