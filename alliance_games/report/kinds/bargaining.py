"""A bargaining problem drawn: its set of payoffs with the solutions marked, and what they mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from alliance_games.exact.expression import to_text
from alliance_games.model.bargaining import MAXMIN, NASH, BargainingGame, Contracts
from alliance_games.model.other_forms import OtherForm
from alliance_games.report.blocks import (
    Block,
    Column,
    Heading,
    Piece,
    Plot,
    Prose,
    Region,
    Series,
    Table,
    Text,
    text,
)
from alliance_games.report.mixtures import roles
from alliance_games.report.words import amount, both, capital, listed, number
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

NAMES = {
    "nash-bargaining": "Nash",
    "kalai-smorodinsky": "Kalai-Smorodinsky",
    "egalitarian": "egalitarian",
    "utilitarian": "utilitarian",
    "rubinstein": "alternating offers",
    "take-it-or-leave-it": "one offer",
}
MOST_OUTCOMES = 30
"""Outcomes listed in the table of the problem."""


def draw(game: OtherForm, answer: CaseAnswer | None, generous: bool) -> list[Block]:
    """The outcomes, the picture of what is feasible, and the solutions side by side."""
    assert isinstance(game, BargainingGame)
    blocks = _agreements(game, MOST_OUTCOMES * (10 if generous else 1))
    blocks += _picture(game, answer)
    if answer is not None and (rows := list(_solutions(answer))):
        blocks += [Heading(text("Solutions side by side"), 3), _table(game, rows)]
    return blocks


def _agreements(game: BargainingGame, most: int) -> list[Block]:
    """The outcomes with their payoffs, or the terms with their ranges."""
    if isinstance(game.over, Contracts):
        return _terms(game, game.over)
    found = list(game.over.outcomes())
    columns = [Column(text("Outcome"))]
    for player, role in zip(game.players, roles(2), strict=True):
        columns.append(Column(text(Piece(player, role)), "right"))
    rows = [
        ((text(Piece(name, "strategy")),), *((text(both(payoff)),) for payoff in payoffs))
        for name, payoffs in found[:most]
    ]
    blocks: list[Block] = [Table(tuple(columns), tuple(rows))]
    if len(found) > most:
        blocks.append(Prose(text(f"{len(found) - most:,} more outcomes; --format csv lists all.")))
    return blocks


def _terms(game: BargainingGame, over: Contracts) -> list[Block]:
    columns = tuple(Column(text(title)) for title in ("", "grants", "from", "to", "and gets"))
    rows = []
    for player, role, name, (low, high), payoff in zip(
        game.players, roles(2), over.terms, over.box, over.game.shown, strict=True
    ):
        cells = (
            text(Piece(player, role)),
            text(Piece(name, "strategy")),
            text(number(low)),
            text(number(high)),
            text(to_text(payoff)),
        )
        rows.append(tuple((cell,) for cell in cells))
    return [Table(columns, tuple(rows))]


# The picture


def _picture(game: BargainingGame, answer: CaseAnswer | None) -> list[Block]:
    """What is feasible in the plane of payoffs, with disagreement and the solutions."""
    threat = game.disagreement if answer is None else _threat(answer)
    corners = _outline(game, answer, threat)
    if not corners:
        return []
    what = "lotteries over the outcomes"
    if isinstance(game.over, Contracts):
        what = "no less for either than disagreement, no more than some contract"
    places: dict[tuple[float, float], list[str]] = {}
    if threat is not None:
        places.setdefault(_float(threat), []).append("disagreement")
    for name, deal in _solutions(answer) if answer is not None else ():
        places.setdefault(_float(tuple(deal.payoffs.values())), []).append(name)
    series = tuple(
        Series(listed(names), (place,), _mark(names[0], index), "points")
        for index, (place, names) in enumerate(places.items())
    )
    across, upward = ([place[axis] for place in (*corners, *places)] for axis in (0, 1))
    return [
        Plot(
            y=f"payoff of {game.players[1]}",
            x=f"payoff of {game.players[0]}",
            series=series,
            across=_room(across),
            upward=_room(upward),
            regions=(Region(what, corners, "."),),
        )
    ]


def _outline(
    game: BargainingGame, answer: CaseAnswer | None, threat: tuple[Fraction, ...] | None
) -> tuple[tuple[float, float], ...]:
    """The corners of the set of payoffs, in floats for the picture; none where not known."""
    if isinstance(game.over, Contracts):
        curve = None if answer is None else _first(answer, "contract-curve")
        if not isinstance(curve, Frontier) or threat is None:
            return ()
        points = [_float(tuple(point.payoffs.values())) for point in curve.points]
        low = _float(threat)
        ends = [(low[0], points[0][1]), *points, (points[-1][0], low[1])]
        return (low, *dict.fromkeys(end for end in ends if end != low))
    points = sorted({_float(payoffs) for _, payoffs in game.over.outcomes()})
    if len(points) < 3:
        return tuple(points)
    lower, upper = _chain(points), _chain(points[::-1])
    return tuple(lower[:-1] + upper[:-1])


def _chain(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for x, y in points:
        while len(found) > 1:
            (a, b), (c, d) = found[-2:]
            if (c - a) * (y - b) - (d - b) * (x - a) > 0:
                break
            found.pop()
        found.append((x, y))
    return found


def _float(pair: tuple[Fraction, ...]) -> tuple[float, float]:
    return float(pair[0]), float(pair[1])


def _mark(name: str, index: int) -> str:
    return "x" if name == "disagreement" else "ABCDEFGHIJKLMNOPQRSTUVW"[max(index - 1, 0) % 23]


def _room(values: list[float]) -> tuple[float, float]:
    """An axis with some room on either side of what is drawn."""
    low, high = min(values), max(values)
    room = (high - low) / 20 or 1.0
    return low - room, high + room


# The solutions


def _threat(answer: CaseAnswer) -> tuple[Fraction, ...] | None:
    result = answer.of("disagreement-point")
    for one in result.solutions if result is not None else ():
        if isinstance(one, Disagreement):
            return tuple(one.payoffs.values())
    game = answer.case.game
    return game.disagreement if isinstance(game, BargainingGame) else None


def _solutions(answer: CaseAnswer) -> Iterator[tuple[str, Deal]]:
    """Every deal that some solution selects, with what it is called."""
    for result in answer.results:
        for one in result.solutions:
            if isinstance(one, Agreement):
                yield NAMES[one.of], one.deal
            elif isinstance(one, Agreements):
                for end in one.ends:
                    yield f"{NAMES[one.of]} (an end)", end
            elif isinstance(one, Offers) and one.discounts:
                for player, offer in one.offers.items():
                    yield f"alternating, {player} first", offer
            elif isinstance(one, Offers):
                for player, offer in one.offers.items():
                    yield f"{NAMES[one.of]} by {player}", offer


def _table(game: BargainingGame, rows: list[tuple[str, Deal]]) -> Table:
    # Where disagreement gives nobody anything, gains are the payoffs.
    gains = any(deal.gains != deal.payoffs for _, deal in rows)
    columns = [Column(text("Solution"))]
    for player, role in zip(game.players, roles(2), strict=True):
        columns.append(Column(text(Piece(player, role)), "right"))
        if gains:
            columns.append(Column(text("gain"), "right"))
    columns.append(Column(text("Agreement")))
    return Table(tuple(columns), tuple(_row(game, name, deal, gains) for name, deal in rows))


def _row(game: BargainingGame, name: str, deal: Deal, gains: bool) -> tuple[tuple[Text, ...], ...]:
    cells: list[tuple[Text, ...]] = [(text(capital(name)),)]
    for player in game.players:
        cells.append((text(number(deal.payoffs[player])),))
        if gains:
            cells.append((text(number(deal.gains[player])),))
    return (*cells, tuple(agreed(deal)))


def agreed(deal: Deal) -> list[Text]:
    """What is agreed on: outcomes with their probabilities, or the terms of a contract."""
    if deal.terms:
        return [text(Piece(name, "strategy"), _equals(term)) for name, term in deal.terms.items()]
    if len(deal.outcomes) == 1:
        return [text(Piece(name, "strategy")) for name in deal.outcomes]
    return [text(f"{both(p)} ", Piece(name, "strategy")) for name, p in deal.outcomes.items()]


def _equals(term: Fraction) -> str:
    """`` = 2``, `` ≈ 1.5874``."""
    shown = number(term)
    return f" ≈ {shown[1:]}" if shown.startswith("≈") else f" = {shown}"


# What it means


def meaning(answer: CaseAnswer) -> list[str]:
    """What disagreement is, whether there is anything to gain, and how the solutions differ."""
    game = answer.case.game
    assert isinstance(game, BargainingGame)
    told = list(_solutions(answer))
    return [
        sentence
        for sentence in (
            _disagreement_words(answer),
            _nothing_words(answer),
            _nash_words(answer),
            _difference_words(answer, told),
            _proposer_words(answer),
        )
        if sentence
    ]


def _first(answer: CaseAnswer, concept: str) -> object:
    result = answer.of(concept)
    return result.solutions[0] if result is not None and result.solutions else None


def _amounts(payoffs: Mapping[str, Fraction]) -> str:
    return listed(f"{player} {amount(payoff)}" for player, payoff in payoffs.items())


def _disagreement_words(answer: CaseAnswer) -> str:
    one = _first(answer, "disagreement-point")
    if not isinstance(one, Disagreement):
        return ""
    why = {
        MAXMIN: ", which is what each can make sure of alone",
        NASH: ", the payoffs of the game's equilibrium",
    }.get(one.how, "")
    return (
        f"If they do not agree, they have {_amounts(one.payoffs)}{why}. Nobody signs for less, so "
        "only what lies beyond is bargained about."
    )


def _nothing_words(answer: CaseAnswer) -> str:
    for result in answer.results:
        for one in result.solutions:
            if isinstance(one, NoAgreement):
                return (
                    "There is nothing to bargain about: no agreement makes both better off than "
                    "they are without one."
                )
    return ""


def _nash_words(answer: CaseAnswer) -> str:
    one = _first(answer, "nash-bargaining")
    if not isinstance(one, Agreement):
        return ""
    return (
        f"Nash's solution gives {_amounts(one.payoffs)}: of all agreements it has the largest "
        "product of the two gains. Away from it, what one loses in proportion to the gain is "
        "more than what the other adds."
    )


def _difference_words(answer: CaseAnswer, told: list[tuple[str, Deal]]) -> str:
    """Whether the standards of fairness agree."""
    fair = [(name, deal) for name, deal in told if name in list(NAMES.values())[:3]]
    if len(fair) < 2:
        return ""
    different = {tuple(deal.payoffs.values()) for _, deal in fair}
    names = listed(name for name, _ in fair)
    if len(different) == 1:
        return f"The {names} solutions are the same agreement here: the standards do not conflict."
    first = answer.case.game.players[0]
    ordered = sorted(fair, key=lambda pair: pair[1].payoffs[first])
    low, high = ordered[0], ordered[-1]
    return (
        f"The standards of fairness differ: {first} does best by the {high[0]} solution "
        f"({amount(high[1].payoffs[first])}) and worst by the {low[0]} one "
        f"({amount(low[1].payoffs[first])}). Which one applies is a matter of the procedure, not "
        "of the numbers."
    )


def _proposer_words(answer: CaseAnswer) -> str:
    """What it is worth to have the word."""
    single, turns = _first(answer, "take-it-or-leave-it"), _first(answer, "rubinstein")
    found = ""
    if isinstance(single, Offers):
        parts = [f"{p} {amount(offer.payoffs[p])}" for p, offer in single.offers.items()]
        found = f"Who can make the one and only offer takes the most: {listed(parts)}."
    if isinstance(turns, Offers):
        found += (
            f" Taking turns, {turns.first} proposes at once what the other accepts: "
            f"{_amounts(turns.payoffs)}."
        )
        if turns.limit is not None:
            found += (
                " As both grow patient this comes to Nash's solution with equal powers, "
                f"{_amounts(turns.limit.payoffs)}, and who proposes first no longer matters."
            )
    return found.strip()


# Cases side by side


def _column(concept: str) -> object:
    def lines(answer: CaseAnswer) -> list[str]:
        one = _first(answer, concept)
        if isinstance(one, NoAgreement):
            return ["nothing to gain"]
        if isinstance(one, Agreement | Offers | Disagreement):
            return [", ".join(number(payoff) for payoff in one.payoffs.values())]
        return []

    return lines


def _frontier_lines(answer: CaseAnswer) -> list[str]:
    one = _first(answer, "contract-curve")
    if not isinstance(one, Frontier):
        return []
    ends = (one.points[0], one.points[-1])
    return [", ".join(number(p) for p in end.payoffs.values()) for end in ends]


COLUMNS = (
    ("Disagreement", _column("disagreement-point")),
    ("Nash", _column("nash-bargaining")),
    ("Kalai-Smorodinsky", _column("kalai-smorodinsky")),
    ("Alternating offers", _column("rubinstein")),
)
