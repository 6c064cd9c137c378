"""Bargains of several shapes, and agreements that are nearly right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from alliance_games.exact.expression import Name
from alliance_games.exact.span import Span
from alliance_games.model.bargaining import BargainingGame, Contracts, Lotteries
from alliance_games.model.continuous import Choice, ContinuousGame
from alliance_games.model.normal import NormalGame
from alliance_games.reading.formula import read_formula
from alliance_games.results.named.bargaining import (
    Agreement,
    Agreements,
    Deal,
    Disagreement,
    Frontier,
    NoAgreement,
    Offers,
)


def bargain(
    row: list[list[int]],
    column: list[list[int]],
    threat: str = "given",
    disagreement: tuple[int, int] | None = (0, 0),
    free_disposal: bool = False,
    weights: tuple[Fraction | int, Fraction | int] = (1, 1),
    discounts: tuple[Fraction, Fraction] | None = None,
    first: int = 0,
) -> BargainingGame:
    """The bargain over the outcomes of a game with these payoffs."""
    table = NormalGame.from_matrices(row, column, ("Ann", "Bob"))
    point = None if disagreement is None else tuple(map(Fraction, disagreement))
    powers = tuple(map(Fraction, weights))
    return BargainingGame(
        ("Ann", "Bob"),
        Lotteries(table),
        threat,
        point,
        free_disposal,
        powers,
        discounts,
        first,
        numeric=False,
    )


def contracts(
    first: str,
    second: str,
    box: tuple[tuple[int, int], tuple[int, int]] = ((0, 10), (0, 10)),
    disagreement: tuple[Fraction | int, Fraction | int] = (0, 0),
    free_disposal: bool = False,
    weights: tuple[Fraction | int, Fraction | int] = (1, 1),
    discounts: tuple[Fraction, Fraction] | None = None,
) -> BargainingGame:
    """The bargain over x, granted by Ann, and y, granted by Bob, with these payoffs."""
    choices = tuple(
        Choice(name, Name(name), Fraction(low), Fraction(high))
        for name, (low, high) in zip("xy", box, strict=True)
    )
    payoffs = tuple(read_formula(text, lambda start, stop: Span(1, 1)) for text in (first, second))
    game = ContinuousGame(("Ann", "Bob"), choices, payoffs, formulas=payoffs)
    point, powers = (tuple(map(Fraction, pair)) for pair in (disagreement, weights))
    return BargainingGame(
        ("Ann", "Bob"),
        Contracts(game),
        "given",
        point,
        free_disposal,
        powers,
        discounts,
        0,
        numeric=False,
    )


PATIENT = (Fraction(9, 10), Fraction(4, 5))
BATTLE = ([[2, 0], [0, 1]], [[1, 0], [0, 2]])
UNEVEN = ([[6, 5, 0], [2, 4, 1]], [[1, 3, 5], [0, 4, 2]])
DILEMMA = ([[3, 0], [5, 1]], [[3, 5], [0, 1]])

GAMES = [
    bargain(*BATTLE, discounts=(Fraction(9, 10),) * 2),
    bargain(*BATTLE, threat="maxmin", disagreement=None),
    bargain(*UNEVEN, discounts=PATIENT, first=1),
    bargain(*UNEVEN, disagreement=(3, 1), weights=(Fraction(2, 3), 5), discounts=PATIENT),
    bargain(*DILEMMA, threat="nash", disagreement=None, discounts=(Fraction(1, 2),) * 2),
    bargain([[4]], [[2]], discounts=PATIENT),
    bargain([[4, 1]], [[2, 1]], disagreement=(0, 1)),
    bargain([[4, 0]], [[4, 0]], disagreement=(1, 3), free_disposal=True, discounts=PATIENT),
    bargain([[4, 0]], [[4, 0]], disagreement=(1, 3)),
    contracts("y - x^2/2", "8*x - y^2/2", discounts=(Fraction(9, 10),) * 2),
    contracts("4 - x", "x + y/2 - y^2", disagreement=(1, Fraction(1, 2)), discounts=PATIENT),
    contracts("y - x^3/3", "3*x - y^2", ((0, 2), (0, 3)), weights=(2, 1)),
    contracts("x - y", "y - x", disagreement=(1, 0)),
    contracts("x", "x + y", ((0, 1), (0, 1)), free_disposal=True, discounts=PATIENT),
    bargain([[1, -1], [-1, 1]], [[-1, 1], [1, -1]], threat="maxmin", disagreement=None),
]
"""The last one is a zero-sum game: there is nothing to gain."""


Spoilt = Iterator[tuple[str, object]]


def spoilt(solution: object) -> Spoilt:
    """Answers with a number moved, a part missing or a proof that does not hold."""
    yield from _WAYS[type(solution)](solution)


def _agreement(one: Agreement) -> Spoilt:
    for what, deal in _deals(one.deal):
        yield what, replace(one, deal=deal)
    yield "another solution's name", replace(one, of="proportional")
    if one.ideals:
        yield "without ideals", replace(one, ideals={})
        first, second = one.ideals.values()
        if first.payoffs != second.payoffs:
            yield "ideals exchanged", replace(one, ideals=_exchanged(one.ideals))


def _agreements(one: Agreements) -> Spoilt:
    for what, deal in _deals(one.ends[0]):
        yield what, replace(one, ends=(deal, one.ends[1]))
    yield "one end", replace(one, ends=one.ends[:1])


def _offers(one: Offers) -> Spoilt:
    for player, offer in one.offers.items():
        for what, deal in _deals(offer):
            yield what, replace(one, offers={**one.offers, player: deal})
    first, second = one.offers.values()
    if first.payoffs != second.payoffs:
        yield "exchanged", replace(one, offers=_exchanged(one.offers))
    other = next(player for player in one.offers if player != one.first)
    yield "the other first", replace(one, first=other)
    if one.limit is not None:
        for what, deal in _deals(one.limit):
            yield f"limit: {what}", replace(one, limit=deal)


def _frontier(one: Frontier) -> Spoilt:
    for what, deal in _deals(one.points[0]):
        yield what, replace(one, points=(deal, *one.points[1:]))
    if len(one.points) > 1:
        yield "an end missing", replace(one, points=one.points[1:])
        yield "turned round", replace(one, points=one.points[::-1])
    yield "a curve", replace(one, straight=not one.straight)


def _disagreement(one: Disagreement) -> Spoilt:
    for player, payoff in one.payoffs.items():
        moved = {**one.payoffs, player: payoff + Fraction(1, 7)}
        yield "a payoff moved", replace(one, payoffs=moved)
    yield "of another kind", replace(one, how="chance")


def _nothing(one: NoAgreement) -> Spoilt:
    turned = {player: -weight for player, weight in one.weights.items()}
    yield "weights turned", replace(one, weights=turned)
    yield "no weights", replace(one, weights=dict.fromkeys(one.weights, Fraction(0)))


_WAYS: dict = {
    Agreement: _agreement,
    Agreements: _agreements,
    Offers: _offers,
    Frontier: _frontier,
    Disagreement: _disagreement,
    NoAgreement: _nothing,
}


def _exchanged(deals: dict) -> dict:
    first, second = deals
    return {first: deals[second], second: deals[first]}


def _deals(deal: Deal) -> Iterator[tuple[str, Deal]]:
    step = Fraction(1, 1000)
    for player in deal.payoffs:
        payoffs = {**deal.payoffs, player: deal.payoffs[player] - step}
        yield "a payoff moved", replace(deal, payoffs=payoffs)
        gains = {**deal.gains, player: deal.gains[player] - step}
        yield "less for one", replace(deal, payoffs=payoffs, gains=gains)
    yield "the line turned", replace(deal, normal={p: -n for p, n in deal.normal.items()})
    yield "no line", replace(deal, normal=dict.fromkeys(deal.normal, Fraction(0)))
    if deal.terms:
        for name, term in deal.terms.items():
            terms = {**deal.terms, name: term + step}
            yield "a term moved", replace(deal, terms=terms)
            yield (
                "a term moved, and granted",
                replace(
                    deal, terms=terms, choices=dict(zip(deal.choices, terms.values(), strict=True))
                ),
            )
        yield "nobody grants it", replace(deal, choices={})
    if deal.outcomes:
        yield (
            "outcomes halved",
            replace(deal, outcomes={k: p / 2 for k, p in deal.outcomes.items()}),
        )
        yield "no outcomes", replace(deal, outcomes={})
