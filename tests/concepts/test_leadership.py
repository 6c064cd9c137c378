"""A leader's number and the reply to it, against closed forms and grids."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction as F
from random import Random

import pytest

from alliance_games.certificates.continuous_leadership import check
from alliance_games.results.result import Coverage
from alliance_games.solve import solve
from tests.concepts.numbers import best_reply, chosen, game, result


def test_the_textbook_duopoly() -> None:
    one = game(
        "  each: q in [0, 50]\n  order: [A, B]",
        "  each: q * (d - total(q)) - c * q",
        "d: 10, c: 1",
    )
    found = result(one, "stackelberg")
    assert chosen(one, "stackelberg") == [(F(9, 2), F(9, 4))]
    assert found.solutions[0].payoffs == {"A": F(81, 8), "B": F(81, 16)}
    assert found.coverage is Coverage.ALL and found.verified


def test_the_second_may_lead() -> None:
    one = game("  each: q in [0, 50]\n  order: [B, A]", "  each: q * (10 - total(q)) - q")
    assert chosen(one, "stackelberg") == [(F(9, 4), F(9, 2))]


def test_a_leader_who_deters_by_a_jump() -> None:
    """The follower pays a fee of 1 to do anything: 4 from the leader is just enough to keep her
    out, for (6 - 4)^2 / 4 is the fee; without deterring her the leader would get 9/2."""
    one = game(
        "  Leader: x in [0, 6]\n  Follower: y in [0, 6]\n  order: [Leader, Follower]",
        "  Leader: x * (6 - x - y)\n  Follower: y * (6 - x - y) - if(y > 0, 1, 0)",
        players="[Leader, Follower]",
    )
    found = result(one, "stackelberg")
    assert chosen(one, "stackelberg") == [(F(4), F(0))]
    assert found.solutions[0].payoffs["Leader"] == 8 and found.coverage is Coverage.ALL


@pytest.mark.parametrize("seed", range(10))
def test_random_quadratics_against_a_grid(seed: int) -> None:
    random = Random(seed)
    a, b, c, d, e, f = (random.randint(-3, 3) for _ in range(6))
    one = game(
        "  A: x in [0, 2]\n  B: y in [0, 2]\n  order: [A, B]",
        f"  A: -x^2 + {a} * x * y + {b} * x + {c} * y\n"
        f"  B: {d} * x * y + {e} * y - y^2 / 2 + {f} * x^2 * y",
    )
    found = result(one, "stackelberg")
    assert found.verified and found.solutions

    def leader(x: float, y: float) -> float:
        return -(x**2) + a * x * y + b * x + c * y

    def follower(x: float, y: float) -> float:
        return d * x * y + e * y - y**2 / 2 + f * x**2 * y

    best = max(leader(x, best_reply(follower, 1, [x], 0, 2)) for x in [k / 100 for k in range(201)])
    told = float(found.solutions[0].payoffs["A"])
    assert told >= best - 1e-6
    assert told <= best + 0.1


INDIFFERENT = [
    # The leader picks among replies that are all the same to the follower.
    ("-(y - 1/3)^2 - x^2", "0", [(F(0), F(1, 3))], Coverage.ALL),
    ("-(y - 1/3)^2 - (x - 1/4)^2", "x * y - y / 4", [(F(1, 4), F(1, 3))], Coverage.ALL),
    ("x * y - y^2", "0", [(F(1), F(1, 2))], Coverage.ALL),
    # The leader too is as well off with infinitely many outcomes.
    ("0", "0", None, Coverage.SOME),
    ("min(x, 1/2)", "-y^2", None, Coverage.SOME),
    ("-x", "0", None, Coverage.SOME),
    # There is no best number.
    ("if(x < 1, x, 3/4)", "-y^2", [], Coverage.SOME),
]


@pytest.mark.parametrize(("first", "second", "expected", "coverage"), INDIFFERENT)
def test_ties_of_follower_and_leader(
    first: str, second: str, expected: list[tuple[F, F]] | None, coverage: Coverage
) -> None:
    one = game(
        "  A: x in [0, 1]\n  B: y in [0, 1]\n  order: [A, B]", f"  A: {first}\n  B: {second}"
    )
    found = result(one, "stackelberg")
    assert found.verified and found.coverage is coverage
    if expected is not None:
        assert chosen(one, "stackelberg") == expected
    else:
        assert len(found.solutions) > 1 and "infinitely many" in found.because


@pytest.mark.parametrize("payoff", ["y", "x"])
def test_a_leader_whose_payoff_grows_without_end_has_no_best_number(payoff: str) -> None:
    one = game(
        "  A: x in [0, infinity]\n  B: y in [0, infinity]\n  order: [A, B]",
        f"  A: {payoff}\n  B: {'0' if payoff == 'y' else '-y'}",
    )
    found = result(one, "stackelberg")
    assert not found.solutions and found.coverage is Coverage.SOME


def test_more_than_two_are_refused() -> None:
    one = game(
        "  each: q in [0, 9]\n  order: [A, B, C]", "  each: q * (9 - total(q))", players="[A, B, C]"
    )
    refusals = solve(one, ["stackelberg", "pure-nash"]).refusals
    assert {r.concept for r in refusals} == {"stackelberg", "pure-nash"}


@pytest.mark.parametrize(
    ("leader", "follower", "number", "told", "liked"),
    [
        # The follower is as well off with 0 as with 1, and the leader would rather have 1.
        ("y - x^2", "(y - 1/2)^2 * (1 + x)", F(0), F(0), F(1)),
        # She does not care at all, and the leader likes best what lies inside.
        ("-(y - 1/3)^2 - x^2", "0", F(0), F(1), F(1, 3)),
    ],
)
def test_the_checker_asks_which_of_the_best_replies_the_leader_likes(
    leader: str, follower: str, number: F, told: F, liked: F
) -> None:
    one = game(
        "  A: x in [0, 1]\n  B: y in [0, 1]\n  order: [A, B]", f"  A: {leader}\n  B: {follower}"
    )
    (right,) = result(one, "stackelberg").solutions
    assert right.choices == {"A": number, "B": liked} and check(one, right).verified
    payoffs = {
        player: one.payoff(place, (number, told)) for place, player in enumerate(one.players)
    }
    wrong = replace(right, choices={"A": number, "B": told}, payoffs=payoffs)
    certificate = check(one, wrong)
    assert not certificate.verified
    assert "as good is better for the leader" in certificate.claim
