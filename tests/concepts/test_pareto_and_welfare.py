"""Efficient and welfare-maximising profiles and the prices of anarchy, by the definitions."""

from __future__ import annotations

from fractions import Fraction as F
from random import Random

import pytest

from alliance_games.algorithms import pareto, welfare
from alliance_games.model.anonymous import AnonymousGame, count_vectors
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import as_pure
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Game
from alliance_games.results.result import Coverage, Result
from alliance_games.results.solutions import CountPoint, Numbers, Tally
from alliance_games.solve import solve
from tests.concepts.test_pure_nash import expanded
from tests.contract.sample_games import STAG_HUNT, anonymous, normal


def ask(concept: str, game: Game, budget: Budget | None = None) -> Result:
    result = solve(game, [concept], budget).of(concept)
    assert result is not None
    return result


def efficient(game: NormalGame) -> list[tuple[int, ...]]:
    every = {profile: game.payoffs(profile) for profile in game.profiles()}
    return [
        profile
        for profile, here in every.items()
        if not any(
            there != here and all(a >= b for a, b in zip(there, here, strict=True))
            for there in every.values()
        )
    ]


def by_counts(game: AnonymousGame, profiles: list[tuple[int, ...]]) -> dict[tuple, int]:
    """How many of the profiles have each vector of counts per role."""
    found: dict[tuple, int] = {}
    for profile in profiles:
        pairs = list(zip(game.roles, profile, strict=True))
        counts = tuple(
            tuple(pairs.count((role, own)) for own in range(len(game.strategies)))
            for role in range(len(game.members))
        )
        found[counts] = found.get(counts, 0) + 1
    return found


@pytest.mark.parametrize("seed", range(25))
def test_efficient_profiles(seed: int) -> None:
    random = Random(seed)
    shape = tuple(random.randint(1, 4) for _ in range(random.randint(1, 4)))
    game = normal(random, shape, 0, random.choice((2, 5, 50)))
    result = ask("pareto", game)
    assert result.coverage is Coverage.ALL
    assert [as_pure(point.profile) for point in result.solutions] == efficient(game)


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("players", [2, 3, 5])
def test_arrays_find_the_same(seed: int, players: int) -> None:
    np = pytest.importorskip("numpy")
    random = Random(seed)
    vectors = [tuple(random.randint(0, 9) for _ in range(players)) for _ in range(200)]
    columns = [np.array(column) for column in zip(*vectors, strict=True)]
    slow = pareto.efficient(vectors, lambda: None, 1000)
    assert slow == pareto.efficient_columns(columns, lambda: None, 1000)


def test_the_list_of_efficient_profiles_ends() -> None:
    game = NormalGame.from_matrices([[0] * 5] * 5, [[0] * 5] * 5)
    result = ask("pareto", game, Budget(listed=7))
    assert len(result.solutions) == 7 and result.coverage is Coverage.SOME


@pytest.mark.parametrize("sizes", [(5,), (2, 2), (1, 4), (1, 1, 1)])
@pytest.mark.parametrize("seed", range(5))
def test_anonymous_games_have_the_answers_of_their_expansion(
    sizes: tuple[int, ...], seed: int
) -> None:
    game = anonymous(Random(seed), sizes, 2 + seed % 2)
    full = expanded(game)
    for concept in ("pareto", "welfare"):
        whole, counts = ask(concept, full), ask(concept, game)
        profiles = [as_pure(s.profile) for s in whole.solutions if s.kind == "point"]
        expected = by_counts(game, profiles)  # type: ignore[arg-type]
        found = {s.counts: s.profiles for s in counts.solutions if isinstance(s, CountPoint)}
        assert found == expected
    # By counts the pure equilibria alone are compared; so they are among five players.
    numbers = [s.values for r in (whole, counts) for s in r.solutions if isinstance(s, Numbers)]
    assert numbers[0]["greatest welfare"] == numbers[1]["greatest welfare"]
    if "the prices compare pure equilibria alone" in whole.notes:
        assert numbers[0] == numbers[1]


def test_the_alliance_dilemmas() -> None:
    """models.md e1 and e2: mutual restraint is efficient, and once entrapment is worse than
    abandonment (net > q al) mutual withholding is efficient too."""
    formation = NormalGame.from_matrices([[2, 4], [1, 3]], [[2, 1], [4, 3]])
    assert [as_pure(p.profile) for p in ask("pareto", formation).solutions] == [
        (0, 1),
        (1, 0),
        (1, 1),
    ]

    def support(al: F) -> NormalGame:
        q, ep, ga, rho, loss, em = F(3, 10), 6, 1, F(1, 5), 3, F(1, 10)

        def payoffs(profile: tuple[int, ...]) -> list[F]:
            return [
                -q * al * (other == 1) + ((q + em) * (ga - ep) if own == 0 else -rho * loss)
                for own, other in (profile, profile[::-1])
            ]

        return NormalGame.from_payoffs(("A", "B"), [("Support", "Withhold")] * 2, payoffs)

    withheld = (1, 1)
    assert withheld not in [as_pure(p.profile) for p in ask("pareto", support(F(10))).solutions]
    assert withheld in [as_pure(p.profile) for p in ask("pareto", support(F(4))).solutions]


def prices(game: Game) -> dict[str, F | None]:
    (numbers,) = (s for s in ask("welfare", game).solutions if isinstance(s, Numbers))
    return dict(numbers.values)


def test_the_prices_by_hand() -> None:
    assert prices(STAG_HUNT) == {
        "greatest welfare": 8,
        "best equilibrium": 8,
        "worst equilibrium": 6,
        "price of anarchy": F(4, 3),
        "price of stability": 1,
    }
    formation = NormalGame.from_matrices([[2, 4], [1, 3]], [[2, 1], [4, 3]])
    assert (
        prices(formation)["price of anarchy"] == prices(formation)["price of stability"] == F(3, 2)
    )
    # Chicken: 9 in either pure equilibrium; in the mixed one each swerves with probability 2/3
    # and gets 7 times that, so that together they have a little more.
    chicken = NormalGame.from_matrices([[6, 2], [7, 0]], [[6, 7], [2, 0]])
    assert prices(chicken) == {
        "greatest welfare": 12,
        "best equilibrium": F(28, 3),
        "worst equilibrium": 9,
        "price of anarchy": F(12, 9),
        "price of stability": F(9, 7),
    }


def test_a_continuum_s_welfare_is_that_of_its_best_and_worst_points() -> None:
    game = NormalGame.from_matrices([[1, 1], [1, 1]], [[1, 0], [0, 1]])
    assert prices(game)["best equilibrium"] == 2
    assert prices(game)["worst equilibrium"] == F(3, 2)


def test_prices_that_do_not_exist() -> None:
    pennies = NormalGame.from_matrices([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])
    result = ask("welfare", pennies)
    assert prices(pennies)["price of anarchy"] is None
    assert prices(pennies)["price of stability"] is None
    (note,) = result.notes
    assert note.startswith("the prices of anarchy and of stability do not exist: welfare at the")
    # Welfare 2 at (0, 0), 0 at (1, 1): one price exists, the other does not.
    uneven = NormalGame.from_matrices([[1, -1], [-1, 0]], [[1, -1], [-1, 0]])
    assert prices(uneven)["price of stability"] == 1
    assert sum("does not exist" in note for note in ask("welfare", uneven).notes) == 1
    # Five players going round in a circle: no pure equilibrium, and others are not looked for.
    odd = NormalGame.from_payoffs(
        tuple("ABCDE"),
        [("x", "y")] * 5,
        lambda p: [1 + ((p[k] == p[(k + 1) % 5]) == (k < 4)) for k in range(5)],
    )
    assert prices(odd)["best equilibrium"] is None
    assert any("no equilibrium" in note for note in ask("welfare", odd).notes)
    assert any("pure equilibria alone" in note for note in ask("welfare", odd).notes)


def test_no_price_from_some_of_the_equilibria() -> None:
    result = ask("welfare", STAG_HUNT, Budget(one=True))
    (numbers,) = (s for s in result.solutions if isinstance(s, Numbers))
    assert dict(numbers.values) == {"greatest welfare": 8}
    assert any("need all equilibria" in note for note in result.notes)


@pytest.mark.parametrize("scale", [1, 2**62], ids=["64 bits", "sums beyond 64 bits"])
def test_arrays_sum_exactly(scale: int) -> None:
    random = Random(4)
    game = normal(random, (16, 16, 16), 0, 1)
    game = NormalGame(
        game.players,
        game.strategies,
        tuple(tuple(number * scale for number in table) for table in game.numerators),
        (1, 2, 3),
    )
    totals = [sum(game.payoffs(profile)) for profile in game.profiles()]
    found = welfare.optimum(game, lambda: None)
    most = max(totals)
    assert found.welfare == most
    assert found.positions == [at for at, total in enumerate(totals) if total == most]
    tally = ask("welfare", game, Budget(listed=2)).solutions[-1]
    assert isinstance(tally, Tally) and tally.number == len(found.positions)


def test_anonymous_games_too_large_are_refused_with_the_reason() -> None:
    others = count_vectors(999, 2)
    table = (tuple(0 for _ in others), tuple(1 for _ in others))
    game = AnonymousGame(
        tuple(map(str, range(1000))), ("a", "b"), (0,) * 500 + (1,) * 500, (table, table), (1, 1)
    )
    for concept in ("pareto", "welfare"):
        (refusal,) = solve(game, [concept]).refusals
        assert "251001 outcomes" in refusal.reason
