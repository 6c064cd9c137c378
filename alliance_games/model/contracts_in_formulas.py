"""Bargains over contracts as polynomials in the terms, over any ordered field: for proofs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from alliance_games.exact.expression import Expression
from alliance_games.model.linear_quadratic import Form, LinearQuadraticGame
from alliance_games.model.other_forms import Field, NotInFormulas, OtherForm

Numbers = tuple[Fraction, Fraction]
"""One number of the field for each player, or for the term that each grants."""


@dataclass(frozen=True, slots=True)
class ContractsInFormulas(OtherForm):
    """Two players, the ranges of the two terms, and both gains over disagreement as polynomials.

    ``gains`` are of the second degree at most; ``terms`` are the terms' names, ``threat`` what the
    players have without agreement and ``weights`` their bargaining powers.
    """

    kind: ClassVar[str] = "bargaining"

    players: tuple[str, ...]
    terms: tuple[str, ...]
    lows: Numbers
    highs: Numbers
    gains: tuple[Form, Form]
    threat: Numbers
    weights: Numbers
    numeric: bool = False

    @staticmethod
    def of(
        game: LinearQuadraticGame,
        terms: tuple[str, ...],
        threat: Sequence[Expression],
        weights: Sequence[Expression],
        field: Field,
    ) -> ContractsInFormulas:
        """The bargain over the choices of a game. Raises NotInFormulas where it is of a higher
        degree; leaves out values at which a weight is not positive."""
        lows, highs = _ends(game.lows), _ends(game.highs)
        without = _pair([field.number(d, p) for d, p in zip(threat, game.players, strict=True)])
        powers = [field.number(w, p) for w, p in zip(weights, game.players, strict=False)]
        for power in powers:
            field.between(power, 0, None, "a bargaining weight is not positive")
            field.differs(power, 0, "a bargaining weight is not positive")
        forms = [form for form in game.forms if form is not None]
        if len(forms) < len(game.forms) or any(sum(e) > 2 for form in forms for e in form):
            raise NotInFormulas(
                "a payoff has more than squares of the terms, and bargains over contracts are "
                "solved for all values where payoffs have not"
            )
        gains = [_less(form, d) for form, d in zip(forms, without, strict=True)]
        return ContractsInFormulas(
            game.players,
            terms,
            lows,
            highs,
            (gains[0], gains[1]),
            without,
            _pair(powers) if powers else (Fraction(1), Fraction(1)),
        )


def _ends(ends: Sequence[Fraction | None]) -> Numbers:
    first, second = ends
    if first is None or second is None:
        raise NotInFormulas("what is agreed on has a range with two ends")
    return first, second


def _pair(numbers: Sequence[Fraction]) -> Numbers:
    first, second = numbers
    return first, second


def _less(form: Form, number: Fraction) -> Form:
    """The polynomial less a number."""
    return {**form, (0, 0): form.get((0, 0), Fraction(0)) - number}


__all__ = ["ContractsInFormulas", "Numbers"]
