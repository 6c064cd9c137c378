"""Payoffs that leave the rationals: equal ones are equal, in every kind of game."""

from __future__ import annotations

from fractions import Fraction as F

import pytest

import alliance_games as ag
from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.irrational import settled, settled_numbers, tolerance
from alliance_games.model.normal import NormalGame

HEAD = "game: Roots\nplayers: [A, B]\nstrategies: [U, D]\n"
TABLE = """
payoffs:
  U, U: sqrt(2)*sqrt(2), 0
  U, D: sqrt(8) / sqrt(2), exp(log(3))
  D, U: 2, 1
  D, D: 2^(1/3) * 2^(2/3), 3
"""


def payoffs(game: ag.NormalGame | AnonymousGame | ExtensiveGame, player: int) -> list[F]:
    assert isinstance(game, NormalGame)
    return [F(value, game.denominators[player]) for value in game.numerators[player]]


def test_a_table_of_roots() -> None:
    game = ag.loads(HEAD + TABLE).game
    assert isinstance(game, NormalGame) and game.numeric
    assert payoffs(game, 0) == [2, 2, 2, 2]
    assert payoffs(game, 1) == [0, 3, 1, 3]


def test_formulas_by_profile_and_by_counts() -> None:
    each = "  each: if(mine == U, sqrt(count(U)) * sqrt(count(U)), 2 + (sqrt(3) - sqrt(27) / 3))\n"
    crowd = ag.loads(HEAD.replace("[A, B]", "20") + "payoffs:\n" + each).game
    assert isinstance(crowd, AnonymousGame) and crowd.numeric
    assert [[F(v, crowd.denominators[0]) for v in row] for row in crowd.numerators[0]] == [
        list(range(20, 0, -1)),
        [2] * 20,
    ]
    table = "payoffs:\n  A: sqrt(plays(B, U) + 1)^2 + if(mine == U, 0, 1)\n  B: 0\n"
    game = ag.loads(HEAD + table).game
    assert isinstance(game, NormalGame)
    assert payoffs(game, 0) == [2, 1, 3, 2]


TREE = """
game: Roots
players: [A, B]
tree:
  A:
    L: sqrt(2) * sqrt(2), 1
    M:
      B:
        x: 2, sqrt(3)^2
        y: 7, 3
    R:
      chance:
        h (1/2): 4, 0
        t (sqrt(2) * sqrt(2) / 4): 0, 1
"""


def test_ties_in_a_tree_and_chances_that_are_rational_after_all() -> None:
    model = ag.loads(TREE)
    game = model.game
    assert isinstance(game, ExtensiveGame) and game.numeric
    weights = [weight for weight in game.weight if weight]
    assert len(weights) == 2 and len(set(weights)) == 1
    # B is indifferent; after x A is, among all three; mixtures join the four pure equilibria.
    (continuum,) = model.solve("subgame-perfect")["subgame-perfect"].solutions
    assert {point.payoffs for point in continuum.points} == {
        (2, 1),
        (2, 3),
        (2, F(1, 2)),
        (7, 3),
    }


@pytest.mark.parametrize("p", ["sqrt(2)/2", "exp(1)/(exp(1)+exp(2))", "sqrt(2)*sqrt(2)/2"])
def test_irrational_chances_sum_to_one(p: str) -> None:
    rest = "exp(2)/(exp(1)+exp(2))" if "exp" in p else f"1 - {p}"
    text = f"game: T\nplayers: [A]\ntree:\n  chance:\n    a ({p}): 1\n    b ({rest}): 0\n"
    game = ag.loads(text).game
    assert isinstance(game, ExtensiveGame)
    assert abs(game.probability(1) - {"s": F(7071, 10000), "e": F(2689, 10000)}[p[0]]) < F(
        1, 10**4
    ) or (game.probability(1) == 1)
    assert game.probability(1) + game.probability(2) == 1


def test_chances_that_are_far_from_one_are_still_refused() -> None:
    text = "game: T\nplayers: [A]\ntree:\n  chance:\n    a (sqrt(2)/2): 1\n    b (0.3): 0\n"
    with pytest.raises(ag.InvalidGame, match="sum to"):
        ag.loads(text)


ROOT = F(
    "1.41421356237309504880168872420969807856967187537694"
    "80731766797379907324784621070388503875343276415727350138462309122970249"
)


def held_to(digits: int, value: F) -> F:
    """The value with so many significant digits, if it has more."""
    if value == 0 or value.denominator < 10**30:
        return value
    unit = F(10) ** -digits
    while abs(value) / unit > 10**digits:
        unit *= 10
    while abs(value) / unit < 10 ** (digits - 1):
        unit /= 10
    return round(value / unit) * unit


def built(*rows: list[F], digits: int = 50) -> NormalGame:
    """One player chooses; each row is what that gives a player, irrational where it is long."""
    names = [str(player) for player in range(len(rows))]
    strategies = [[f"s{i}" for i in range(len(rows[0]))], *[["only"]] * (len(rows) - 1)]
    return NormalGame.from_payoffs(
        names, strategies, lambda p: [held_to(digits, row[p[0]]) for row in rows], numeric=True
    )


def settle(*rows: list[F]) -> NormalGame:
    game = settled(built(*rows), built(*rows, digits=80))
    assert isinstance(game, NormalGame)
    return game


def test_each_payoff_has_its_own_error() -> None:
    """What is very small beside another payoff is not nothing, and may differ from its like."""
    tiny = F(1, 10**200)
    game = settle([ROOT * 10**90, ROOT, ROOT + F(1, 10**20), ROOT * tiny, F(0), F(1), F(3, 2)])
    values = payoffs(game, 0)
    assert len(set(values)) == 7
    assert values[3] > 0
    rounded = held_to(50, ROOT) ** 2 - 2
    finer = held_to(80, ROOT) ** 2 - 2
    assert settled_numbers([rounded, F(1)], [finer, F(1)]) == [0, 1]


def test_exponentials_of_all_sizes_keep_their_order() -> None:
    cells = ["exp(1000)", "exp(-1000)", "0", "1", "exp(log(3)) - 3", "exp(2) * exp(-2)"]
    names = ", ".join(f"s{i}" for i in range(6))
    lines = "".join(f"  s{i}: {cell}\n" for i, cell in enumerate(cells))
    game = ag.loads(f"game: E\nplayers: [A]\nstrategies: [{names}]\npayoffs:\n{lines}").game
    large, small, zero, one, nothing, unit = payoffs(game, 0)
    assert (zero, one, nothing, unit) == (0, 1, 0, 1)
    assert large > 10**434 and 0 < small < F(1, 10**434)


def test_rational_payoffs_stay_as_they_are() -> None:
    close = [F(1), 1 + F(1, 10**29), F(10**30)]
    game = settle(close, [ROOT, F(1, 3), F(123456789, 10**9)])
    assert payoffs(game, 0) == close
    assert payoffs(game, 1)[1:] == [F(1, 3), F(123456789, 10**9)]
    assert settled(built(close), built(close)) == built(close)


def test_opposite_payoffs_stay_opposite_and_a_shift_is_a_shift() -> None:
    row = [ROOT, 3 * ROOT, F(5, 7), -ROOT / 3]
    game = settle(row, [-value for value in row], [value + 1 for value in row])
    first, second, third = (payoffs(game, player) for player in range(3))
    assert [-value for value in first] == second
    assert abs(third[1] - first[1] - 1) < F(1, 10**48)


def test_the_tolerance_is_that_of_the_largest_payoff() -> None:
    assert tolerance(built([F(10**60), F(1)], [F(2), F(1)])) == F(10**20)
    assert tolerance(built([F(0)])) == 0
    found = ag.loads(HEAD + TABLE).solve("pure-nash")["pure-nash"]
    assert found.status is ag.Status.NUMERIC and found.tolerance == F(3, 10**40)
    assert len(found.solutions) == 2


def test_equal_numbers_are_equal_answers() -> None:
    solved = ag.loads(HEAD + TABLE).solve("nash", "dominance")
    assert [one.kind for one in solved.of("nash")] == ["component"]
    assert "continuum" in solved.report() and "NUMERIC" in solved.report()
