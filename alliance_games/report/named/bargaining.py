"""What reports say of bargains, one concept at a time."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from alliance_games.report.blocks import (
    Block,
    Bullets,
    Column,
    Piece,
    Prose,
    Table,
    Text,
    joined,
    text,
)
from alliance_games.report.kinds.bargaining import agreed
from alliance_games.report.mixtures import roles
from alliance_games.report.words import both, irrational, listed, number
from alliance_games.results.cases import CaseAnswer
from alliance_games.results.named.bargaining import (
    Agreement,
    Agreements,
    Deal,
    Disagreement,
    Frontier,
    NoAgreement,
    Offers,
)
from alliance_games.results.result import Result


def blocks(result: Result, answer: CaseAnswer) -> list[Block]:
    """The deals in lines, each with what it gives."""
    found: list[Block] = []
    for one in result.solutions:
        match one:
            case Agreement():
                found.append(Prose(_deal(one.deal)))
                if not one.deal.is_efficient:
                    found.append(Prose(text(Piece(_WASTE, "muted"))))
            case Agreements():
                lead = text("Every agreement between these two has the same sum:")
                found += [Prose(lead), Bullets(tuple(map(_deal, one.ends)))]
            case Offers():
                found += _offers(one)
            case Frontier():
                found += _frontier(one)
            case Disagreement():
                found += _disagreement(one)
            case NoAgreement():
                found.append(Prose(_nothing(one)))
    return found


_WASTE = (
    "Some agreement is better for one and no worse for the other, or the line through this one "
    "does not show that there is none: equality comes before efficiency here."
)


def _payoffs(payoffs: Mapping[str, Fraction]) -> Text:
    parts = [text(Piece(player, "player"), f" {_told(one)}") for player, one in payoffs.items()]
    return joined(", ", parts)


def _told(value: Fraction) -> str:
    """A number; one that is the root of a short polynomial with that."""
    return both(value) if not irrational(value) or len(both(value)) < 32 else number(value)


def _deal(deal: Deal) -> Text:
    """``1/2 Opera, Opera + 1/2 Football, Football: A 3/2, B 3/2 (gains 5/6, 5/6)``."""
    gains = ", ".join(number(gain) for gain in deal.gains.values())
    between = ", " if deal.terms else " + "
    return text(joined(between, agreed(deal)), ": ", _payoffs(deal.payoffs), f" (gains {gains})")


def _offers(one: Offers) -> list[Block]:
    items = [
        text(Piece(player, "player"), " proposes ", _deal(offer))
        for player, offer in one.offers.items()
    ]
    found: list[Block] = [Bullets(tuple(items))]
    if one.discounts:
        waits = listed(f"{player} {both(discount)}" for player, discount in one.discounts.items())
        found.append(
            Prose(
                text(
                    f"A gain one round later is worth to {waits} of the gain. ",
                    Piece(one.first, "player"),
                    " proposes first, and the offer is accepted at once.",
                )
            )
        )
    if one.limit is not None:
        found.append(
            Prose(
                text(
                    "As the common discount factor goes to 1, both offers tend to ",
                    _deal(one.limit),
                    ", Nash's solution with equal powers (Binmore, Rubinstein and Wolinsky 1986).",
                )
            )
        )
    elif one.discounts:
        found.append(
            Prose(
                text(
                    "As the time between offers shrinks, the offers tend to Nash's solution with "
                    "powers in the ratio of the logarithms of the other's and the own discount "
                    "factor: the more patient is the stronger (Binmore, Rubinstein and Wolinsky "
                    "1986)."
                )
            )
        )
    return found


def _frontier(one: Frontier) -> list[Block]:
    lead = "From one end to the other, straight from corner to corner:"
    if len(one.points) == 1:
        lead = "One agreement is best for both:"
    elif not one.straight:
        lead = "From one end to the other, with some points between them:"
    players = list(one.points[0].payoffs)
    columns = [
        Column(text(Piece(player, role)), "right")
        for player, role in zip(players, roles(2), strict=True)
    ]
    rows = []
    for point in one.points:
        cells: list[tuple[Text, ...]] = [(text(number(point.payoffs[p])),) for p in players]
        rows.append((*cells, tuple(agreed(point))))
    if one.points[0].terms:
        columns += [Column(text(name), "right") for name in one.points[0].terms]
        rows = [
            tuple((text(number(x)),) for x in (*point.payoffs.values(), *point.terms.values()))
            for point in one.points
        ]
    else:
        columns.append(Column(text("Agreement")))
    return [Prose(text(lead)), Table(tuple(columns), tuple(rows))]


def _disagreement(one: Disagreement) -> list[Block]:
    found: list[Block] = [Prose(_payoffs(one.payoffs))]
    for player, mixed in one.play.items():
        ways = listed(f"{name} {both(p)}" if p != 1 else name for name, p in mixed.items())
        found.append(Prose(text(Piece(player, "player"), f" plays {ways}.")))
    return found


def _nothing(one: NoAgreement) -> Text:
    weights = listed(f"{player} {number(weight)}" for player, weight in one.weights.items())
    return text(
        f"None: {one.reason}. With the weights {weights}, no agreement has a larger sum of payoffs."
    )
