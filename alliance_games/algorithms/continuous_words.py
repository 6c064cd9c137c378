"""Conditions on choices that are numbers, in words a reader can check."""

from __future__ import annotations

from collections.abc import Sequence

from alliance_games.algorithms.continuous_game import Prepared
from alliance_games.algorithms.continuous_judge import Verdict
from alliance_games.exact.algebraic import Algebraic, Exact
from alliance_games.exact.polynomials import Polynomial, terms
from alliance_games.exact.systems import Relation
from alliance_games.model.continuous import ContinuousGame


def conditions_in_words(game: ContinuousGame, conditions: Sequence[Relation]) -> tuple[str, ...]:
    """``security - autonomy = 0`` and the like."""
    return tuple(f"{polynomial_in_words(game, p)} {relation} 0" for p, relation in conditions)


def polynomial_in_words(game: ContinuousGame, p: Polynomial) -> str:
    """The polynomial with the choices' own names."""
    names = [str(symbol) for symbol in game.symbols]
    shown = ""
    for c, powers in terms(p):
        size = abs(c)
        factors = [
            name if power == 1 else f"{name}^{power}"
            for name, power in zip(names, powers, strict=True)
            if power
        ]
        if size != 1 or not factors:
            factors.insert(0, str(size) if size.denominator == 1 or not factors else f"({size})")
        sign = ("-" if c < 0 else "") if not shown else (" - " if c < 0 else " + ")
        shown += sign + " ".join(factors).replace(" ", "*")
    return shown or "0"


def number_in_words(number: Exact) -> str:
    """``17/12``; of an irrational number its decimal."""
    return f"{float(number):.6g}" if isinstance(number, Algebraic) else str(number)


def profile_in_words(game: ContinuousGame, point: Sequence[Exact]) -> str:
    """``security = 2, autonomy = 4``."""
    return ", ".join(
        f"{symbol} = {number_in_words(number)}"
        for symbol, number in zip(game.symbols, point, strict=True)
    )


def rejection(prepared: Prepared, player: int, verdict: Verdict | None) -> str:
    """Why a candidate is none: whose payoff is greater elsewhere."""
    game = prepared.game
    who = game.players[player]
    if verdict is None or verdict.better is None:
        return f"the payoff of {who} has no value there"
    place = verdict.better.place
    where = "without end" if place is None else number_in_words(prepared.outward(player, place))
    name = game.choices[player].name
    if verdict.better.side and place is None:
        return f"{who} gains by choosing {name} {where} large"
    return f"{who} gains by {name} at or near {where}"
