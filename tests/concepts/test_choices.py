"""Equilibria where choices are numbers, against closed forms, grids and other programs."""

from __future__ import annotations

from fractions import Fraction as F
from random import Random

import pytest

from alliance_games.exact.algebraic import Algebraic
from alliance_games.results.named.continuous import ChoiceContinuum
from alliance_games.results.result import Coverage, Status
from tests.concepts.numbers import best_reply, chosen, crossings, game, result


@pytest.mark.parametrize(("n", "demand", "cost"), [(2, 10, 1), (3, 20, 2), (5, 12, 0)])
def test_cournot(n: int, demand: int, cost: int) -> None:
    one = game(
        "  each: q in [0, 50]",
        "  each: q * (d - total(q)) - c * q",
        f"d: {demand}, c: {cost}",
        str(n),
    )
    found = result(one)
    assert found.coverage is Coverage.ALL and found.status is Status.EXACT and found.verified
    assert chosen(one) == [(F(demand - cost, n + 1),) * n]


@pytest.mark.parametrize("n", [2, 3, 4])
def test_the_symmetric_contest(n: int) -> None:
    one = game("  each: x in [0, 1]", "  each: contest(x) - x", players=str(n))
    assert chosen(one) == [(F(n - 1, n * n),) * n]
    assert result(one).coverage is Coverage.ALL


@pytest.mark.parametrize(("first", "second"), [(3, 2), (5, 1), (F(1, 2), 7)])
def test_the_asymmetric_contest(first: F, second: F) -> None:
    """Stakes v, w: efforts v^2 w / (v + w)^2 and v w^2 / (v + w)^2 (Nti 1999)."""
    one = game(
        "  each: x in [0, 10]",
        "  each: v * contest(x) - x",
        f"v: {{value: {{A: {first}, B: {second}}}}}",
    )
    v, w = F(first), F(second)
    assert chosen(one) == [(v * v * w / (v + w) ** 2, v * w * w / (v + w) ** 2)]


def test_a_contest_with_falling_returns_has_irrational_efforts() -> None:
    """With impact x^r: r v (v w)^r / (v^r + w^r)^2 (Nti 1999)."""
    one = game(
        "  each: x in [0, 10]",
        "  each: v * contest(x, 1/2) - x",
        "v: {value: {A: 3, B: 2}}",
    )
    ((first, second),) = chosen(one)
    assert isinstance(first, Algebraic) and isinstance(second, Algebraic)
    common = 0.5 * 6**0.5 / (3**0.5 + 2**0.5) ** 2
    assert float(first) == pytest.approx(3 * common, abs=1e-12)
    assert float(second) == pytest.approx(2 * common, abs=1e-12)
    assert result(one).coverage is Coverage.ALL


def test_too_decisive_a_contest_has_no_pure_equilibrium() -> None:
    one = game("  each: x in [0, 20]", "  each: v * contest(x, 2) - x", "v: {value: {A: 10, B: 9}}")
    found = result(one)
    assert not found.solutions and found.coverage is Coverage.ALL


def olson(wealth: list[int], a: F) -> list[F]:
    """The richest k contribute, k the greatest for which all their gifts are positive."""
    order = sorted(range(len(wealth)), key=lambda i: -wealth[i])
    gifts = [F(0)] * len(wealth)
    for k in range(len(wealth), 0, -1):
        givers = order[:k]
        good = a * sum(wealth[i] for i in givers) / (a + k * (1 - a))
        own = {i: wealth[i] - (1 - a) / a * good for i in givers}
        if min(own.values()) >= 0:
            for i, gift in own.items():
                gifts[i] = gift
            return gifts
    raise AssertionError


@pytest.mark.parametrize(
    ("wealth", "a"),
    [([10, 8, 6], F(2, 5)), ([20, 5, 3, 2], F(1, 5)), ([7, 7], F(1, 3)), ([9, 8], F(3, 4))],
)
def test_a_pure_public_good(wealth: list[int], a: F) -> None:
    names = [f"P{i}" for i in range(len(wealth))]
    entries = ", ".join(f"{name}: {own}" for name, own in zip(names, wealth, strict=True))
    one = game(
        "  each: g in [0, y]",
        "  each: cobb_douglas(y - g, total(g), a)",
        f"a: {a}, y: {{value: {{{entries}}}}}",
        f"[{', '.join(names)}]",
    )
    assert chosen(one) == [tuple(olson(wealth, a))]
    assert result(one).coverage is Coverage.ALL


def test_equal_tastes_leave_the_division_open() -> None:
    one = game("  each: g in [0, 20]", "  each: 6 * log(total(g)) - g", players="3")
    found = result(one)
    (continuum,) = found.solutions
    assert isinstance(continuum, ChoiceContinuum) and continuum.dimension == 2
    assert found.coverage is Coverage.ALL
    corners = {tuple(corner[p] for p in one.players) for corner in continuum.corners}
    assert corners == {(6, 0, 0), (0, 6, 0), (0, 0, 6)}


def test_the_weakest_link() -> None:
    """Any common effort is an equilibrium (Hirshleifer 1983)."""
    one = game("  each: x in [0, 1]", "  each: min(x[A], x[B]) - x / 2")
    (continuum,) = result(one).solutions
    assert {tuple(c.values()) for c in continuum.corners} == {(0, 0), (1, 1)}
    assert result(one).coverage is Coverage.ALL


@pytest.mark.parametrize("v", [("1", "1"), ("5", "4")])
def test_an_all_pay_auction_has_none(v: tuple[str, str]) -> None:
    one = game(
        "  each: b in [0, 6]",
        "  each: v * all_pay(b) - b",
        f"v: {{value: {{A: {v[0]}, B: {v[1]}}}}}",
    )
    found = result(one)
    assert not found.solutions and found.coverage is Coverage.ALL


def test_the_nash_demand_game_is_not_called_complete() -> None:
    """Demands that just meet are equilibria, and so is asking for everything (Nash 1953)."""
    one = game("  each: x in [0, 1]", "  each: if(total(x) <= 1, x, 0)")
    found = result(one)
    assert found.solutions and found.coverage is Coverage.SOME
    for point in found.solutions:
        demands = list(point.choices.values())
        assert sum(demands) == 1 or demands == [1, 1]


def test_a_local_best_reply_is_no_equilibrium() -> None:
    """A humps at 1 and, higher, at 5: only the higher one is best."""
    one = game(
        "  A: x in [0, 6]\n  B: y in [0, 1]",
        "  A: -(x - 1)^2 * (x - 5)^2 + x / 10 + 0 * y\n  B: -(y - x / 10)^2",
    )
    ((x, y),) = chosen(one)
    assert float(x) == pytest.approx(5.003, abs=1e-3) and y == x / 10


def test_two_equally_high_humps_are_both_best() -> None:
    one = game("  A: x in [-3, 3]", "  A: -(x^2 - 2)^2", players="[A]")
    numbers = [float(x) for (x,) in chosen(one)]
    assert numbers == pytest.approx([-(2**0.5), 2**0.5])
    assert result(one).coverage is Coverage.ALL


def test_a_payoff_without_a_best_choice() -> None:
    up = game("  A: x in [0, infinity)", "  A: x / (x + 1)", players="[A]")
    assert not result(up).solutions and result(up).coverage is Coverage.ALL
    pole = game("  A: x in [0, 2]", "  A: 1 / (x - 1)", players="[A]")
    assert not result(pole).solutions


def test_exponentials_are_searched_for() -> None:
    """A contest by differences: marginal benefit V k / 4 at equal efforts (Hirshleifer 1989)."""
    one = game("  each: x in [0, 3]", "  each: 4 * exp(x) / total(exp(x)) - x^2")
    found = result(one)
    assert found.status is Status.NUMERIC and found.coverage is Coverage.SOME
    ((x, y),) = chosen(one)
    assert (x, y) == pytest.approx((0.5, 0.5), abs=1e-7)


def random_payoff(random: Random, own: str, other: str):
    """A polynomial of degree 2 to 4 in the own choice, as text and as a function of both."""
    c = [random.randint(-4, 4) for _ in range(6)]
    cube, fourth = random.choice([(0, 0), (random.randint(-3, 3), 0), (0, -1)])
    text = (
        f"{fourth} * {own}^4 + {cube} * {own}^3 + {c[0]} * {own}^2 + {c[1]} * {own} + "
        f"{c[2]} * {own} * {other} + {c[3]} * {own} * {other}^2 + {c[4]} * {own}^2 * {other} + "
        f"{c[5]} * {other}"
    )

    def payoff(x: float, y: float) -> float:
        a, b = (x, y) if own == "x" else (y, x)
        alone = fourth * a**4 + cube * a**3 + c[0] * a**2 + c[1] * a
        return alone + c[2] * a * b + c[3] * a * b**2 + c[4] * a**2 * b + c[5] * b

    return text, payoff


@pytest.mark.parametrize("seed", range(16))
def test_random_polynomials_against_a_grid(seed: int) -> None:
    random = Random(seed)
    first, second = random_payoff(random, "x", "y"), random_payoff(random, "y", "x")
    one = game("  A: x in [-1, 2]\n  B: y in [-1, 2]", f"  A: {first[0]}\n  B: {second[0]}")
    found = result(one)
    assert found.coverage is Coverage.ALL and found.verified
    payoffs = [first[1], second[1]]
    points = [tuple(map(float, point)) for s in found.solutions for point in [s.choices.values()]]
    for x, y in points:
        for own, other in ((0, y), (1, x)):
            best = best_reply(payoffs[own], own, [other], -1, 2)
            there = payoffs[own](*((best, y) if own == 0 else (x, best)))
            assert there <= payoffs[own](x, y) + 1e-9
    if any(isinstance(s, ChoiceContinuum) for s in found.solutions):
        return
    for x, y in crossings(*payoffs, -1, 2):
        assert any(abs(x - a) < 0.1 and abs(y - b) < 0.1 for a, b in points), (x, y, points)


def test_a_fine_discretised_game_agrees_with_nashpy() -> None:
    nash = pytest.importorskip("nashpy")
    import numpy as np

    levels = [F(k, 3) for k in range(7)]
    one = np.array([[float((3 - x - y) * x) for y in levels] for x in levels])
    found = nash.Game(one, one.T).support_enumeration()
    pure = [
        (levels[int(p.argmax())], levels[int(q.argmax())])
        for p, q in found
        if p.max() > 0.999 and q.max() > 0.999
    ]
    exact = game("  each: q in [0, 2]", "  each: q * (3 - total(q))")
    assert chosen(exact) == [(F(1), F(1))] and (F(1), F(1)) in pure
