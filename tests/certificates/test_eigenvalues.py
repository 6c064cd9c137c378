"""Two roads to the sides of eigenvalues: Cauchy indices and isolated roots."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from alliance_games.certificates.eigenvalues import characteristic, sides, without_root
from alliance_games.exact.inertia import inertia


@pytest.mark.parametrize("size", range(1, 7))
def test_both_agree_on_matrices_full_of_ties(size: int) -> None:
    random = Random(size)
    seen = set()
    for _ in range(150):
        rows = [[Fraction(random.randint(-1, 1)) for _ in range(size)] for _ in range(size)]
        found = inertia(rows)
        told = (found.left, found.right, found.imaginary, found.zero)
        assert sides(characteristic(rows)) == told
        seen.add(told)
    assert len(seen) >= min(3 * size, 12) - 1


def test_what_is_no_root_is_not_divided_by() -> None:
    p = characteristic([[Fraction(2)]])
    assert without_root(p, Fraction(2)).degree() == 0
    with pytest.raises(ArithmeticError):
        without_root(p, Fraction(1))
