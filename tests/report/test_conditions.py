"""Conditions made short: derived by hand from Kuhn poker's sequential equilibria (Kuhn 1950).

Bluffing with a jack at a probability a up to 1/3 goes with betting a king at 3a and calling with a
queen at a + 1/3. In terms of j = 1 - a (check the jack), k = 1 - 3a and f = 2/3 - a (fold the
queen): j - f = 1/3 and k - 3f = -1, where 1/3 < f < 2/3.
"""

from fractions import Fraction as F

from alliance_games.report.conditions import Range, bounds, shortened
from alliance_games.results.tree_solutions import Condition, Unknown

J, K, FOLD = Unknown("choice", 0, 0), Unknown("choice", 1, 0), Unknown("choice", 2, 0)
HELD = Unknown("belief", 3, 0)

LINES = [
    Condition(((F(1), (J,)), (F(-1), (FOLD,)), (F(-1, 3), ())), "="),
    Condition(((F(1), (K,)), (F(-3), (FOLD,)), (F(1), ())), "="),
    Condition(((F(1), (FOLD,)), (F(-1, 3), ())), ">"),
    Condition(((F(-1), (FOLD,)), (F(2, 3), ())), ">"),
]


def test_bounds_pass_along_lines() -> None:
    found = bounds(LINES)
    assert found[FOLD] == Range(F(1, 3), F(2, 3), open_low=True, open_high=True)
    assert found[J] == Range(F(2, 3), F(1), open_low=True, open_high=True)
    assert found[K] == Range(F(0), F(1), open_low=True, open_high=True)


def test_a_falling_line_turns_the_ends_around() -> None:
    """x = 1 - 2y where 0 <= y < 1/4: above 1/2, up to 1."""
    line = Condition(((F(1), (J,)), (F(2), (K,)), (F(-1), ())), "=")
    below = Condition(((F(-1), (K,)), (F(1, 4), ())), ">")
    assert bounds([line, below])[J] == Range(F(1, 2), F(1), open_low=True)


def test_the_tightest_bound_counts() -> None:
    def least(value: F, relation: str) -> Condition:
        return Condition(((F(2), (J,)), (-2 * value, ())), relation)

    assert bounds([least(F(1, 4), ">="), least(F(1, 3), ">")])[J] == Range(
        F(1, 3), F(1), open_low=True
    )
    assert bounds([least(F(1, 3), ">"), least(F(1, 3), ">=")])[J].open_low


def test_products_bound_nothing_by_themselves() -> None:
    """b (j + k) = j: Bayes' rule for the queen's belief."""
    bayes = Condition(((F(1), (HELD, J)), (F(1), (HELD, K)), (F(-1), (J,))), "=")
    assert HELD not in bounds([*LINES, bayes])


def test_known_values_are_put_in_and_what_is_then_plain_is_left_out() -> None:
    bayes = Condition(((F(1), (HELD, J)), (F(1), (HELD, K)), (F(-1), (J,))), "=")
    (short,) = shortened([bayes], {J: F(1)})
    assert short == Condition(((F(1), (HELD,)), (F(1), (HELD, K)), (F(-1), ())), "=")
    assert shortened([bayes], {J: F(1), K: F(1), HELD: F(1, 2)}) == []
    # A condition that the values break is no condition to hide.
    (broken,) = shortened([bayes], {J: F(1), K: F(1), HELD: F(1, 3)})
    assert broken.terms == ((F(-1, 3), ()),)
