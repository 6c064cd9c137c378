"""Cooperative games: what coalitions are worth, drawn and read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from alliance_games.model.coalitional import CoalitionalGame, by_size, members
from alliance_games.model.other_forms import OtherForm
from alliance_games.report.blocks import Block, Column, Facts, Piece, Prose, Table, Text, text
from alliance_games.report.named.cooperative import braces, some
from alliance_games.report.words import amount, capital, listed, number
from alliance_games.results.cases import CaseAnswer
from alliance_games.results.named.cooperative import (
    BlocValue,
    Convexity,
    DivisionSet,
    EmptyCore,
    Nucleolus,
    Power,
    Roles,
    Value,
)
from alliance_games.results.records import Record

MOST_DRAWN = 32
"""Coalitions, or voters, of a game that is drawn whole; ten times as many where it is generous."""

MOST_LINES = 8
"""Players told one by one where cases stand side by side."""

Shares = Mapping[str, Fraction]


def draw(game: OtherForm, answer: CaseAnswer | None, generous: bool) -> list[Block]:
    """The weights and the quota of a vote, else the worth of each coalition."""
    assert isinstance(game, CoalitionalGame)
    most = MOST_DRAWN * (10 if generous else 1)
    blocks = [_worths(game, most)] if game.vote is None else _vote(game, most)
    if game.blocs:
        blocs = "; ".join(braces(game.players[i] for i in bloc) for bloc in game.blocs)
        blocks.append(Prose(text("Blocs: ", Piece(blocs, "player"))))
    return blocks


def _vote(game: CoalitionalGame, most: int) -> list[Block]:
    vote = game.vote
    assert vote is not None
    total = sum(vote.weights, Fraction(0))
    rule = f"more than {amount(vote.quota)}" if vote.strict else f"at least {amount(vote.quota)}"
    said = f"A coalition wins with a weight of {rule} out of {amount(total)}; a win is worth 1."
    rows = [
        ((text(Piece(player, "player")),), (text(number(weight)),))
        for player, weight in zip(game.players, vote.weights, strict=True)
    ]
    columns = (Column(text("Player")), Column(text("Weight"), "right"))
    blocks: list[Block] = [Prose(text(said)), Table(columns, tuple(rows[:most]))]
    if len(rows) > most:
        blocks.append(Prose(text(Piece(f"{len(rows) - most} more players.", "muted"))))
    return blocks


def _worths(game: CoalitionalGame, most: int) -> Block:
    if 1 << len(game.players) > most:
        return _worths_in_short(game)
    columns = (Column(text("Coalition")), Column(text("Worth"), "right"))
    rows = [
        ((text(Piece(braces(game.names(one)), "player")),), (text(amount(game.worth(one))),))
        for one in by_size(len(game.players))
    ]
    return Table(columns, tuple(rows))


def _worths_in_short(game: CoalitionalGame) -> Block:
    """Alone, and all together, where coalitions are too many to show."""
    pairs: list[tuple[Text, Text]] = [
        (text(Piece(f"{player} alone", "player")), text(amount(game.worth(1 << place))))
        for place, player in enumerate(game.players)
    ]
    pairs.append((text(Piece("all together", "player")), text(amount(game.worth(game.everybody)))))
    return Facts(tuple(pairs))


# What it means


def meaning(answer: CaseAnswer) -> list[str]:
    """What the answers say together."""
    game = answer.case.game
    assert isinstance(game, CoalitionalGame)
    lines = [
        _of_the_core(answer, game),
        _of_power(answer, game),
        _of_blocs(answer),
        _of_standing(answer, game),
    ]
    return [line for line in lines if line]


def record(answer: CaseAnswer, concept: str) -> Record | None:
    """A concept's one record, or None where it was not asked or found nothing."""
    result = answer.of(concept)
    found = [one for one in result.solutions if isinstance(one, Record)] if result else []
    return found[0] if found else None


def _of_the_core(answer: CaseAnswer, game: CoalitionalGame) -> str:
    core = record(answer, "core")
    if isinstance(core, EmptyCore):
        return (
            "However the gains are divided, some coalition can offer all its members more than "
            "they get: every agreement among all can be outbid, and none lasts by the players' "
            "interests alone."
        )
    if not isinstance(core, DivisionSet):
        return ""
    if core.dimension == 0:
        said = "There is just one division of the gains that no coalition can outbid."
    else:
        said = "There are divisions of the gains that no coalition can outbid."
    told = {
        "the Shapley value": record(answer, "shapley-value"),
        "the Shapley-Shubik index": record(answer, "shapley-shubik"),
        "the nucleolus": record(answer, "nucleolus"),
    }
    where: dict[bool, list[str]] = {True: [], False: []}
    for name, one in told.items():
        if isinstance(one, Value | Nucleolus) and game.is_tabled:
            where[_is_stable(game, one.shares)].append(name)
    inside, outside = where[True], where[False]
    if inside:
        among = "that one" if core.dimension == 0 else "among them"
        said += f" {capital(listed(inside))} {_is(inside)} {among}"
        said += f"; {listed(outside)} {_is(outside)} not." if outside else "."
    elif outside:
        said += f" {capital(listed(outside))} {_is(outside)} not among them."
    return said


def _is(names: list[str]) -> str:
    return "are" if len(names) > 1 else "is"


def _is_stable(game: CoalitionalGame, shares: Shares) -> bool:
    """Whether no coalition is worth more than its members get."""
    own = [shares[player] for player in game.players]
    return all(
        sum([own[i] for i in members(one)], Fraction(0)) >= game.worth(one) - game.slack
        for one in range(1, game.everybody)
    )


def _of_power(answer: CaseAnswer, game: CoalitionalGame) -> str:
    """Where power and weight part most: equal power of unequal voters, or no power at all."""
    index = record(answer, "shapley-shubik")
    if not isinstance(index, Value) or game.vote is None:
        return ""
    weights = dict(zip(game.players, game.vote.weights, strict=True))
    alike = [
        (weights[one] - weights[other], one, other)
        for one in game.players
        for other in game.players
        if index.shares[one] == index.shares[other] > 0 and weights[one] > weights[other]
    ]
    if not alike:
        return ""
    _, large, small = max(alike, key=lambda pair: (pair[0], -game.players.index(pair[1])))
    total = sum(weights.values(), Fraction(0))
    return (
        f"Power is not weight: {large}, with {_share(weights[large], total)} of the weight, has no "
        f"more power than {small}, with {_share(weights[small], total)}; each has "
        f"{amount(index.shares[large])} of it."
    )


def _share(part: Fraction, whole: Fraction) -> str:
    percent = 100 * part / whole
    shown = f"{float(percent):.1f}".removesuffix(".0")
    return f"{shown}%"


def _of_blocs(answer: CaseAnswer) -> str:
    """What the members of blocs get by them, and what they would get each for itself."""
    owen = record(answer, "owen-value")
    alone = record(answer, "shapley-value") or record(answer, "shapley-shubik")
    if not isinstance(owen, BlocValue) or not isinstance(alone, Value):
        return ""
    told = []
    for bloc, share in zip(owen.blocs, owen.bloc_shares, strict=True):
        if len(bloc) > 1:
            apart = sum([alone.shares[player] for player in bloc], Fraction(0))
            verb = "gains" if share > apart else "loses" if share < apart else "changes nothing"
            change = f"{amount(share)} instead of {amount(apart)}"
            told.append(f"{braces(bloc)} {verb} by being a bloc ({change})")
    return f"{'; '.join(told)}." if told else ""


def _of_standing(answer: CaseAnswer, game: CoalitionalGame) -> str:
    roles = record(answer, "veto-and-dummy")
    if not isinstance(roles, Roles) or roles.dictator is not None:
        return ""
    parts = []
    if roles.veto and len(roles.veto) < len(game.players):
        parts.append(f"Nothing can be achieved against {listed(roles.veto, 'or')}.")
    if roles.null:
        never = "never makes" if len(roles.null) == 1 else "never make"
        parts.append(
            f"{capital(some(roles.null))} {never} a difference: no coalition is better off with "
            f"{'it' if len(roles.null) == 1 else 'them'}, and none will give anything for "
            f"{'its' if len(roles.null) == 1 else 'their'} support."
        )
    elif game.is_simple and not roles.veto:
        parts.append("Everybody is decisive for some coalition, and nobody for all.")
    return " ".join(parts)


# Several cases side by side


def _division(*concepts: str) -> Callable[[CaseAnswer], list[str]]:
    def tell(answer: CaseAnswer) -> list[str]:
        for concept in concepts:
            one = record(answer, concept)
            if isinstance(one, Value | BlocValue | Nucleolus):
                return _shares(one.shares)
            if isinstance(one, Power):
                return _shares(one.normalised)
        return []

    return tell


def _shares(shares: Shares) -> list[str]:
    lines = [f"{name} {number(share)}" for name, share in shares.items()]
    if len(lines) > MOST_LINES:
        return [*lines[:MOST_LINES], f"{len(lines) - MOST_LINES} more"]
    return lines


def _core(answer: CaseAnswer) -> list[str]:
    core = record(answer, "core")
    if isinstance(core, EmptyCore):
        return ["empty"]
    if not isinstance(core, DivisionSet):
        return []
    if core.dimension == 0:
        return ["one division"]
    return [f"dimension {core.dimension}"]


def _without_power(answer: CaseAnswer) -> list[str]:
    roles = record(answer, "veto-and-dummy")
    return list(roles.null)[:MOST_LINES] if isinstance(roles, Roles) else []


def _veto(answer: CaseAnswer) -> list[str]:
    roles = record(answer, "veto-and-dummy")
    return list(roles.veto)[:MOST_LINES] if isinstance(roles, Roles) else []


def _convex(answer: CaseAnswer) -> list[str]:
    found = record(answer, "convexity")
    return [("no", "yes")[found.convex]] if isinstance(found, Convexity) else []


COLUMNS: Sequence[tuple[str, Callable[[CaseAnswer], list[str]]]] = (
    ("Core", _core),
    ("Shapley value", _division("shapley-value", "shapley-shubik")),
    ("Nucleolus", _division("nucleolus")),
    ("Banzhaf", _division("banzhaf")),
    ("Owen value", _division("owen-value")),
    ("Veto", _veto),
    ("Never needed", _without_power),
    ("Convex", _convex),
)
