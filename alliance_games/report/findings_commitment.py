"""What each of two players gets by committing herself first, and what that is worth to her."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from alliance_games.model.normal import NormalGame
from alliance_games.report.blocks import Block, Column, Piece, Prose, Table, Text, text
from alliance_games.report.mixtures import Lines, mixture, mixture_words, payoff_lines, roles
from alliance_games.report.words import amount, listed
from alliance_games.results.commitment_solutions import Commitment

OVER_BEST = "over the best equilibrium"


def commitments(solutions: Sequence[Commitment], game: NormalGame) -> list[Block]:
    """A table of commitments, then for each leader what it is worth to be seen."""
    same: dict[object, list[Commitment]] = {}
    for one in solutions:
        key = (one.leader, one.commitment, one.reply, one.towards is None or "near")
        same.setdefault(key, []).append(one)
    rows = [_row(together, game) for together in same.values()]
    columns = (
        Column(text("Leader")),
        Column(text("Commits to")),
        Column(text("The other replies")),
        Column(text("Payoffs")),
        Column(text("Best for the leader")),
    )
    blocks: list[Block] = [Table(columns, tuple(rows))]
    for leader in (0, 1):
        own = [one for one in solutions if one.leader == leader]
        blocks += [Prose(text(sentence)) for sentence in _worth(own, game)]
    return blocks


def _row(together: Sequence[Commitment], game: NormalGame) -> tuple[Lines, ...]:
    one = together[0]
    colours = roles(2)
    leader, follower = one.leader, 1 - one.leader
    chosen = mixture(one.commitment, game.strategies[leader])
    if one.towards is not None:
        near = mixture_words(one.towards, game.strategies[leader])
        chosen = (*chosen, text(Piece(f"and a little of ({near})", "muted")))
    return (
        (text(Piece(game.players[leader], colours[leader])),),
        chosen,
        (text(Piece(game.strategies[follower][one.reply], "strategy")),),
        payoff_lines(one.payoffs, game.players),
        tuple(_kinds(together)),
    )


def _kinds(together: Sequence[Commitment]) -> list[Text]:
    """``mixed, whichever way ties are broken``; one line for mixed and one for pure strategies."""
    lines = []
    for strategies in ("mixed", "pure"):
        ties = [one.ties for one in together if one.strategies == strategies]
        if not ties:
            continue
        if len(set(ties)) == 2:
            lines.append(text(f"{strategies}, ties either way"))
        else:
            lines.append(text(f"{strategies}, ties {_ties(ties[0])}"))
    if any(one.towards is not None for one in together):
        lines.append(text("approached, not attained"))
    return lines


def _ties(name: str) -> str:
    return "for the leader" if name == "optimistic" else "against the leader"


def _worth(own: Sequence[Commitment], game: NormalGame) -> list[str]:
    """What a leader gets, beside her equilibria, in sentences."""
    mixed = {one.ties: one for one in own if one.strategies == "mixed"}
    if len(mixed) < 2:
        return []
    best, least = mixed["optimistic"], mixed["pessimistic"]
    who = game.players[best.leader]
    high, low = best.payoffs[best.leader], least.payoffs[best.leader]
    gets = amount(high) if high == low else f"{amount(low)} to {amount(high)}, as ties are broken,"
    nearly = " (or as near to it as she likes)" if least.towards is not None and high == low else ""
    sentence = f"If the other sees it, committing first brings {who} {gets}{nearly}"
    sentences = [f"{sentence.rstrip(',')}."]
    over = {name: value for name, value in best.properties.items() if isinstance(value, Fraction)}
    if OVER_BEST in over:
        sentences = [f"{sentence.rstrip(',')}: {_compared(best, over)}."]
    pure = {one.ties: one.payoffs[one.leader] for one in own if one.strategies == "pure"}
    if pure["optimistic"] < high:
        kept = listed(sorted({amount(value) for value in pure.values()}), "or")
        sentences.append(f"With pure strategies alone it is {kept}.")
    return [" ".join(sentences)]


def _compared(best: Commitment, over: dict[str, Fraction]) -> str:
    more, beyond_worst = over[OVER_BEST], over["over the worst equilibrium"]
    if more:
        what = "equilibrium" if more == beyond_worst else "best equilibrium"
        return f"{amount(more)} more than her {what} without it"
    if beyond_worst:
        return f"her best equilibrium made sure, {amount(beyond_worst)} above her worst"
    return "no more than in equilibrium without it"
