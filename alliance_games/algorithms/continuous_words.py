"""Conditions on choices that are numbers, in words a reader can check."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import gcd, lcm

from alliance_games.algorithms.continuous_game import Prepared
from alliance_games.algorithms.continuous_judge import Verdict
from alliance_games.exact.algebraic import Algebraic, Exact
from alliance_games.exact.polynomials import Polynomial, terms
from alliance_games.exact.systems import Relation
from alliance_games.model.continuous import ContinuousGame


def conditions_in_words(game: ContinuousGame, conditions: Sequence[Relation]) -> tuple[str, ...]:
    """``security + autonomy = 4``, ``security <= 2`` and the like."""
    return tuple(_condition(game, p, relation) for p, relation in conditions)


def _condition(game: ContinuousGame, p: Polynomial, relation: str) -> str:
    """The constant on the right, whole coefficients, the first one positive."""
    parts = terms(p)
    moving = sorted(
        ((c, powers) for c, powers in parts if any(powers)), key=lambda part: part[1], reverse=True
    )
    constant = sum((c for c, powers in parts if not any(powers)), Fraction(0))
    scale = Fraction(
        gcd(*(c.numerator for c, _ in moving)), lcm(*(c.denominator for c, _ in moving))
    )
    if moving[0][0] < 0:
        scale, relation = -scale, _TURNED[relation]
    left = _sum(game, [(c / scale, powers) for c, powers in moving])
    return f"{left} {relation} {-constant / scale}"


_TURNED = {"=": "=", ">=": "<=", ">": "<"}


def _sum(game: ContinuousGame, parts: Sequence[tuple[Fraction, tuple[int, ...]]]) -> str:
    names = [str(symbol) for symbol in game.symbols]
    shown = ""
    for c, powers in parts:
        factors = [
            name if power == 1 else f"{name}^{power}"
            for name, power in zip(names, powers, strict=True)
            if power
        ]
        if abs(c) != 1:
            factors.insert(0, str(abs(c)))
        sign = ("-" if c < 0 else "") if not shown else (" - " if c < 0 else " + ")
        shown += sign + "*".join(factors)
    return shown


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
