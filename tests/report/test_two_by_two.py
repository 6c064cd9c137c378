"""The kinds of 2x2 games, against the orders of payoffs that define them in the literature."""

from fractions import Fraction as F
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_games.report import two_by_two as kinds
from alliance_games.report.two_by_two import TwoByTwo
from tests.report.studies import two_by_two


def symmetric(order: str) -> TwoByTwo:
    """The symmetric game whose payoffs have this order, best first: T, R, P, S as in textbooks
    (temptation, reward, punishment, sucker's payoff); the first strategy cooperates."""
    worth = {name: 4 - place for place, name in enumerate(order)}
    row = [[worth["R"], worth["S"]], [worth["T"], worth["P"]]]
    return TwoByTwo(two_by_two(row, [list(column) for column in zip(*row, strict=True)]))


# Orders and names: Rapoport and Guyer 1966; Snidal 1985; Stein 1990; Holzinger 2003.
TEXTBOOK = {
    "TRPS": kinds.PRISONERS_DILEMMA,
    "TPRS": kinds.DEADLOCK,
    "TRSP": kinds.CHICKEN,
    "RTPS": kinds.STAG_HUNT,
    "RPTS": kinds.STAG_HUNT,
    "RPST": kinds.COMMON_INTEREST,
    "RTSP": kinds.HARMONY,
    "RSTP": kinds.HARMONY,
    "TSRP": kinds.BATTLE,  # Leader
    "STRP": kinds.BATTLE,  # Hero
}


def renamed(order: str) -> str:
    """The order of the same game with the names of the two strategies exchanged."""
    return order.translate(str.maketrans("RPST", "PRTS"))


@pytest.mark.parametrize(("order", "name"), TEXTBOOK.items())
def test_symmetric_games_have_their_textbook_names(order, name):
    assert kinds.kind(symmetric(order)) == name


@pytest.mark.parametrize("order", list(map("".join, permutations("TRPS"))))
def test_the_kind_does_not_depend_on_the_names_of_the_strategies(order):
    assert kinds.kind(symmetric(order)) == kinds.kind(symmetric(renamed(order)))


payoffs = st.lists(st.integers(-3, 6), min_size=4, max_size=4)


def game_of(row, column) -> TwoByTwo:
    return TwoByTwo(two_by_two([row[:2], row[2:]], [column[:2], column[2:]]))


def by_definition(game: TwoByTwo) -> set[tuple[int, int]]:
    """Strict equilibria, every deviation tried."""
    pay = game.game.payoff
    return {
        (r, c)
        for r in (0, 1)
        for c in (0, 1)
        if pay(0, (r, c)) > pay(0, (1 - r, c)) and pay(1, (r, c)) > pay(1, (r, 1 - c))
    }


@given(payoffs, payoffs)
def test_strict_equilibria_and_kinds_follow_their_definitions(row, column):
    game = game_of(row, column)
    strict = by_definition(game)
    assert set(game.strict_equilibria) == strict
    kind = kinds.kind(game)
    if kind == kinds.TIES:
        return
    two = {kinds.STAG_HUNT, kinds.COMMON_INTEREST, kinds.PURE_COORDINATION, kinds.CHICKEN,
           kinds.BATTLE, kinds.MIXED_MOTIVES}  # fmt: skip
    assert len(strict) == (2 if kind in two else 0 if kind == kinds.PURE_CONFLICT else 1)


@given(payoffs, payoffs)
def test_a_prisoners_dilemma_is_one_for_both_and_for_nobody_else(row, column):
    game = game_of(row, column)
    pay = game.game.payoff
    dilemma = False
    for c1 in (0, 1):
        for c2 in (0, 1):
            d1, d2 = 1 - c1, 1 - c2
            first = (pay(0, (d1, c2)), pay(0, (c1, c2)), pay(0, (d1, d2)), pay(0, (c1, d2)))
            second = (pay(1, (c1, d2)), pay(1, (c1, c2)), pay(1, (d1, d2)), pay(1, (d1, c2)))
            dilemma |= all(t > r > p > s for t, r, p, s in (first, second))
    assert (kinds.kind(game) == kinds.PRISONERS_DILEMMA) == dilemma


@given(payoffs, payoffs)
def test_the_kind_is_the_same_with_the_players_exchanged(row, column):
    there = kinds.kind(game_of(row, column))
    swapped = game_of(
        [column[0], column[2], column[1], column[3]], [row[0], row[2], row[1], row[3]]
    )
    assert kinds.kind(swapped) == there


@given(payoffs, payoffs)
def test_mixed_probabilities_and_thresholds_leave_players_indifferent(row, column):
    game = game_of(row, column)
    if game.has_ties or game.dominant(0) is not None or game.dominant(1) is not None:
        return
    for player in (0, 1):
        other = game.mixed(1 - player)
        assert 0 < other < 1
        worth = [
            other * game.payoff(player, own, 0) + (1 - other) * game.payoff(player, own, 1)
            for own in (0, 1)
        ]
        assert worth[0] == worth[1] == game.mixed_payoff(player)
        for strategy in (0, 1):
            edge = game.threshold(player, strategy)
            # On the other's strategy against which `strategy` is the better one.
            side = max((0, 1), key=lambda o, s=strategy: game.gain(player, o) * (1 - 2 * s))
            assert edge == (other if side == 0 else 1 - other)


def test_thresholds_of_the_stag_hunt():
    game = TwoByTwo(two_by_two([[4, 0], [3, 3]], [[4, 3], [0, 3]]))
    assert game.threshold(0, 0) == F(3, 4)
    assert game.threshold(0, 1) == F(1, 4)
    assert game.loss_product((0, 0)) == 1
    assert game.loss_product((1, 1)) == 9
