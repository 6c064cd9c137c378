"""Refusing games that would not fit, before anything of them is built."""

from __future__ import annotations

from alliance_games.exact.span import Span
from alliance_games.model.environments import Faults
from alliance_games.model.problems import Problem

MOST_PAYOFFS = 32_000_000
"""The most payoffs (profiles times players) of a normal form made by formulas."""

MOST_EVALUATIONS = 2_000_000
"""The most times formulas are evaluated for one game, and the most payoffs by counts."""


def refuse_above(number: int, most: int, what: str, span: Span, faults: Faults) -> None:
    """Raise InvalidGame where a game has more than ``most`` of what it has ``number``."""
    if number <= most:
        return
    many = f"{number:,}" if number < 10**12 else f"about 10^{len(str(number)) - 1}"
    faults.add(
        Problem(
            "too-large",
            f"the game has {many} {what}; at most {most:,} fit",
            faults.file,
            span,
            "payoffs that depend on the others through count(...) alone need far fewer",
        )
    )
    faults.raise_any()
