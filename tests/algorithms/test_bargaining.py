"""Bargaining solutions held to closed forms, to brute force over lotteries, and to backward
induction of the game of offers."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise, product
from random import Random

import pytest

from alliance_games.model.bargaining import BargainingGame
from alliance_games.results.named.bargaining import (
    Agreement,
    Agreements,
    Disagreement,
    Frontier,
    NoAgreement,
    Offers,
)
from alliance_games.solve import solve
from tests.contract.others.bargaining import BATTLE, DILEMMA, bargain

F = Fraction
Pair = tuple[Fraction, Fraction]


def answer(game: BargainingGame, concept: str):
    """The one record of an answer, or None."""
    found = solve(game, [concept])
    assert not found.refusals, found.refusals
    solutions = found.results[0].solutions
    return solutions[0] if solutions else None


def pair(deal) -> Pair:
    return tuple(deal.payoffs.values())


# Closed forms


def test_the_battle_of_the_sexes_is_split_in_half() -> None:
    game = bargain(*BATTLE)
    for concept in ("nash-bargaining", "kalai-smorodinsky", "egalitarian"):
        found = answer(game, concept)
        assert found.payoffs == {"Ann": F(3, 2), "Bob": F(3, 2)}
        assert found.deal.outcomes == {"r1, c1": F(1, 2), "r2, c2": F(1, 2)}
    assert isinstance(answer(game, "utilitarian"), Agreements)


def test_a_cake_of_one_with_powers_is_split_by_them() -> None:
    """On the line x + y = 1 with disagreement d, each gets d plus her power of the rest."""
    for powers, (a, b) in product([(1, 1), (2, 1), (F(1, 3), 3)], [(0, 0), (F(1, 4), F(1, 8))]):
        game = bargain([[1, 0, 0]], [[0, 1, 0]], disagreement=(a, b), weights=powers)
        rest, total = 1 - F(a) - F(b), F(powers[0]) + F(powers[1])
        expected = (a + powers[0] * rest / total, b + powers[1] * rest / total)
        assert pair(answer(game, "nash-bargaining").deal) == expected


def test_the_textbook_case_in_which_nash_and_kalai_smorodinsky_differ() -> None:
    """The corners (0, 0), (1, 0), (1, 1/2), (0, 1) (Kalai and Smorodinsky 1975 argue by such a
    set): the product is largest at (1, 1/2), the diagonal to the ideal (1, 1) leaves at (2/3, 2/3).
    """
    game = bargain([[0, 2, 2, 0]], [[0, 0, 1, 2]])
    assert pair(answer(game, "nash-bargaining").deal) == (2, 1)
    assert pair(answer(game, "kalai-smorodinsky").deal) == (F(4, 3), F(4, 3))
    corners = [pair(point) for point in answer(game, "contract-curve").points]
    assert corners == [(0, 2), (2, 1)]


@pytest.mark.parametrize(("mine", "yours"), [(F(9, 10), F(4, 5)), (F(0), F(1, 2)), (F(1, 2), F(0))])
def test_rubinsteins_cake(mine: Fraction, yours: Fraction) -> None:
    """(1 - d2) / (1 - d1 d2) for the first proposer (Rubinstein 1982)."""
    game = bargain([[1, 0, 0]], [[0, 1, 0]], discounts=(mine, yours))
    found = answer(game, "rubinstein")
    share = (1 - yours) / (1 - mine * yours)
    assert pair(found.offers["Ann"]) == (share, 1 - share)
    theirs = (1 - mine) / (1 - mine * yours)
    assert pair(found.offers["Bob"]) == (1 - theirs, theirs)
    assert found.limit is None


def test_patience_leads_to_nash() -> None:
    game = bargain([[6, 5, 0]], [[1, 3, 5]], discounts=(F(999, 1000),) * 2)
    found = answer(game, "rubinstein")
    nash = pair(answer(game, "nash-bargaining").deal)
    assert pair(found.limit) == nash
    for offer in found.offers.values():
        assert all(abs(a - b) < F(1, 100) for a, b in zip(pair(offer), nash, strict=True))


def test_disagreement_from_the_game() -> None:
    secure = answer(bargain(*BATTLE, threat="maxmin", disagreement=None), "disagreement-point")
    assert isinstance(secure, Disagreement) and secure.payoffs == {"Ann": F(2, 3), "Bob": F(2, 3)}
    play = answer(bargain(*DILEMMA, threat="nash", disagreement=None), "disagreement-point")
    assert play.payoffs == {"Ann": 1, "Bob": 1} and play.play["Ann"] == {"r2": 1}
    several = solve(bargain(*BATTLE, threat="nash", disagreement=None), ["nash-bargaining"])
    assert "several with different payoffs" in several.refusals[0].reason


def test_there_may_be_nothing_to_gain() -> None:
    game = bargain([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])
    found = answer(game, "nash-bargaining")
    assert isinstance(found, NoAgreement) and found.weights == {"Ann": 1, "Bob": 1}
    beyond = answer(bargain([[1]], [[1]], disagreement=(1, 0)), "nash-bargaining")
    assert isinstance(beyond, NoAgreement) and beyond.weights == {"Ann": 1, "Bob": 0}


def test_equal_gains_may_need_disposal() -> None:
    """From (1, 3) the way of equal gains passes (2, 4); the agreements lie on x = y."""
    game = bargain([[4, 0]], [[4, 0]], disagreement=(1, 3))
    assert answer(game, "egalitarian") is None
    free = bargain([[4, 0]], [[4, 0]], disagreement=(1, 3), free_disposal=True)
    found = answer(free, "egalitarian")
    assert pair(found.deal) == (2, 4) and found.deal.outcomes == {"r1, c1": 1}
    assert not found.deal.is_efficient
    assert pair(answer(free, "nash-bargaining").deal) == (4, 4)


# Brute force


def outcomes(game: BargainingGame) -> list[Pair]:
    return sorted({payoffs for _, payoffs in game.over.outcomes()})


def random_games(seed: int, number: int) -> Iterator[BargainingGame]:
    random = Random(seed)
    for _ in range(number):
        rows, columns = random.choice([(1, 3), (2, 2), (2, 3), (3, 3)])
        tables = [
            [[random.randint(-3, 9) for _ in range(columns)] for _ in range(rows)] for _ in range(2)
        ]
        point = random.randint(-2, 3), random.randint(-2, 3)
        discounts = F(random.randint(0, 9), 10), F(random.randint(0, 9), 10)
        powers = F(random.randint(1, 4)), F(random.randint(1, 4))
        yield bargain(
            *tables,
            disagreement=point,
            free_disposal=random.random() < 0.4,
            weights=powers,
            discounts=discounts,
            first=random.randint(0, 1),
        )


def on_lines(game: BargainingGame) -> Iterator[tuple[Pair, Pair]]:
    """Every lottery over two outcomes; each efficient payoff is one of these."""
    points = outcomes(game)
    yield from product(points, points)


def mixed(a: Pair, b: Pair, share: Fraction) -> Pair:
    return a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])


def best(game: BargainingGame, player: int, least: Fraction) -> Pair | None:
    """The most for a player while the other has ``least``; then the most for the other."""
    other = 1 - player
    found: list[Pair] = []
    for a, b in on_lines(game):
        if a[other] >= least:
            found.append(a)
        if a[other] < least <= b[other]:
            found.append(mixed(a, b, (least - a[other]) / (b[other] - a[other])))
    return max(found, key=lambda p: (p[player], p[other])) if found else None


def product_of(game: BargainingGame, point: Pair) -> Fraction:
    gains = [point[i] - game.disagreement[i] for i in (0, 1)]
    if min(gains) < 0:
        return F(-1)
    return gains[0] ** int(game.weights[0]) * gains[1] ** int(game.weights[1])


def test_nothing_on_any_line_has_a_larger_product() -> None:
    """On each line the product is looked at on a grid of 60 shares, the answer beats them all."""
    decided = 0
    for game in random_games(1, 60):
        found = answer(game, "nash-bargaining")
        grid = [mixed(a, b, F(k, 60)) for a, b in on_lines(game) for k in range(61)]
        if isinstance(found, NoAgreement):
            assert not any(
                min(p[0] - game.disagreement[0], p[1] - game.disagreement[1]) > 0 for p in grid
            )
            continue
        decided += 1
        top = product_of(game, pair(found.deal))
        assert top > 0 and all(product_of(game, point) <= top for point in grid)
    assert decided > 30


def test_offers_are_each_players_best() -> None:
    for game in random_games(2, 60):
        found = answer(game, "take-it-or-leave-it")
        if isinstance(found, NoAgreement):
            continue
        for player, offer in enumerate(found.offers.values()):
            other = 1 - player
            assert pair(offer) == best(game, player, game.disagreement[other])


def test_kalai_smorodinsky_by_its_definition() -> None:
    """The largest multiple of the ideal gains that some lottery over two outcomes gives (at least,
    where payoffs can be thrown away)."""
    seen = 0
    for game in random_games(3, 60):
        found = answer(game, "kalai-smorodinsky")
        if isinstance(found, NoAgreement):
            continue
        d = game.disagreement
        ideal = [best(game, player, d[1 - player])[player] - d[player] for player in (0, 1)]
        multiples = [along for a, b in on_lines(game) for along in multiples_of(game, ideal, a, b)]
        if found is None:
            assert not multiples
            continue
        seen += 1
        assert isinstance(found, Agreement)
        most = max(multiples)
        assert pair(found.deal) == (d[0] + most * ideal[0], d[1] + most * ideal[1])
    assert seen > 30


def multiples_of(game: BargainingGame, way: list[Fraction], a: Pair, b: Pair) -> Iterator[Fraction]:
    """How far along ``way`` lotteries over a and b come, from disagreement."""
    d = game.disagreement
    ends = [[(p[i] - d[i]) / way[i] for i in (0, 1)] for p in (a, b)]
    if game.free_disposal:
        yield from (min(end) for end in ends if min(end) >= 0)
    elif ends[0][0] == ends[0][1] >= 0:
        yield ends[0][0]
    before, after = (end[0] - end[1] for end in ends)
    if before * after < 0:
        share = before / (before - after)
        met = ends[0][0] + share * (ends[1][0] - ends[0][0])
        if met >= 0:
            yield met


def test_no_lottery_has_a_larger_sum() -> None:
    """Lotteries over two outcomes at which neither loses, or one has what disagreement gives."""
    seen = 0
    for game in random_games(7, 60):
        found = answer(game, "utilitarian")
        if isinstance(found, NoAgreement):
            continue
        seen += 1
        ends = found.ends if isinstance(found, Agreements) else (found.deal,)
        w, d = game.weights, game.disagreement
        sums = {w[0] * x + w[1] * y for x, y in map(pair, ends)}
        assert len(sums) == 1
        candidates = [best(game, 0, d[1]), best(game, 1, d[0])]
        candidates += [point for point in outcomes(game) if point[0] >= d[0] and point[1] >= d[1]]
        candidates = [point for point in candidates if point[0] >= d[0] and point[1] >= d[1]]
        assert sums == {max(w[0] * x + w[1] * y for x, y in candidates)}
    assert seen > 30


def test_alternating_offers_are_the_limit_of_finite_ones() -> None:
    """Backward induction from a last round: 400 rounds later the offers are those found."""
    seen = 0
    for game in random_games(4, 40):
        found = answer(game, "rubinstein")
        if isinstance(found, NoAgreement):
            continue
        assert isinstance(found, Offers)
        seen += 1
        d, discounts = game.disagreement, game.discounts
        lines = [[(float(p[0]), float(p[1])) for p in line] for line in on_lines(game)]
        worth = [float(d[0]), float(d[1])]
        values = [0.0, 0.0]
        for step in range(400):
            player = step % 2
            other = 1 - player
            values[player] = float_best(lines, player, worth[other])
            worth[player] = float(d[player] + discounts[player] * (F(values[player]) - d[player]))
        for player, offer in enumerate(found.offers.values()):
            assert float(pair(offer)[player]) == pytest.approx(values[player], abs=1e-6)
    assert seen > 20


def float_best(lines: list[list[tuple[float, float]]], player: int, least: float) -> float:
    other, most = 1 - player, float("-inf")
    for a, b in lines:
        if a[other] >= least - 1e-12:
            most = max(most, a[player])
        if a[other] < least <= b[other]:
            share = (least - a[other]) / (b[other] - a[other])
            most = max(most, a[player] + share * (b[player] - a[player]))
    return most


def test_the_frontier_is_what_nothing_dominates() -> None:
    """Each corner is dominated by no lottery over two outcomes, and lotteries beside the frontier
    are."""
    for game in random_games(5, 40):
        found = answer(game, "contract-curve")
        if isinstance(found, NoAgreement):
            continue
        assert isinstance(found, Frontier)
        corners = [pair(point) for point in found.points]
        for corner in corners:
            assert best(game, 0, corner[1])[0] == corner[0]
            assert best(game, 1, corner[0])[1] == corner[1]
        d = game.disagreement
        assert corners[-1] == best(game, 0, d[1]) and corners[0] == best(game, 1, d[0])
        for a, b in pairwise(corners):
            middle = mixed(a, b, F(1, 3))
            assert best(game, 0, middle[1])[0] == middle[0]


def test_units_and_zeros_of_payoffs_do_not_matter() -> None:
    """Nash's and Kalai-Smorodinsky's solutions move with the payoffs (scale invariance)."""
    for game in random_games(6, 20):
        table = game.over.table
        tables = [[[0] * table.shape[1] for _ in range(table.shape[0])] for _ in range(2)]
        for i, j in table.profiles():
            x, y = table.payoffs((i, j))
            tables[0][i][j], tables[1][i][j] = 3 * x + 7, y / 2 - 1
        d = game.disagreement
        moved = bargain(*tables, disagreement=(3 * d[0] + 7, d[1] / 2 - 1), weights=game.weights)
        plain = bargain(
            *[[list(r) for r in m] for m in original(table)], disagreement=d, weights=game.weights
        )
        for concept in ("nash-bargaining", "kalai-smorodinsky"):
            before, after = answer(plain, concept), answer(moved, concept)
            assert type(before) is type(after)
            if isinstance(before, Agreement):
                x, y = pair(before.deal)
                assert pair(after.deal) == (3 * x + 7, y / 2 - 1)


def original(table):
    rows, columns = table.shape
    return [
        [[table.payoff(player, (i, j)) for j in range(columns)] for i in range(rows)]
        for player in (0, 1)
    ]
