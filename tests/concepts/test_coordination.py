"""Risk dominance in larger games, Laplacian choice, p-dominance, complements, global games."""

from __future__ import annotations

from fractions import Fraction as F
from itertools import permutations, product
from random import Random

import pytest

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import as_pure
from alliance_games.results.result import Coverage
from alliance_games.results.solutions import CountPoint, Members, Point, Selection
from alliance_games.solve import solve
from tests.contract.sample_games import PENNIES, STAG_HUNT, anonymous, coordination, normal


def select(concept: str, game: NormalGame | AnonymousGame) -> Selection:
    (selection,) = solve(game, [concept]).results[0].solutions
    assert isinstance(selection, Selection)
    return selection


def binary(gains: list[list[F]], sizes: list[int], names: tuple[str, str]) -> AnonymousGame:
    """Roles whose players gain ``gains[role][k]`` by the first strategy if k others choose it."""
    players = sum(sizes)
    return AnonymousGame(
        tuple(f"P{number}" for number in range(players)),
        names,
        tuple(role for role, size in enumerate(sizes) for _ in range(size)),
        tuple((tuple(int(g * 840) for g in reversed(row)), (0,) * players) for row in gains),
        (840,) * len(sizes),
    )


def hunters(n: int, m: int, stag: int, rabbit: int, hungry: int) -> AnonymousGame:
    gains = [F(stag if k + 1 >= m else hungry) - rabbit for k in range(n)]
    return binary([gains], [n], ("Stag", "Rabbit"))


@pytest.mark.parametrize("n", [2, 3, 5, 20])
def test_many_hunters(n: int) -> None:
    """models.md a2: Stag iff hungry + (stag - hungry) (n - m + 1) / n > rabbit."""
    for m, stag, rabbit, hungry in product(range(2, n + 1), (4, 7), (1, 2, 3), (0,)):
        game = hunters(n, m, stag, rabbit, hungry)
        tilt = hungry + F(stag - hungry) * F(n - m + 1, n) - rabbit
        expected = None if not tilt else ((0,) * n if tilt > 0 else (1,) * n)
        assert select("laplacian", game).profile == expected
        assert select("global-games", game).profile == expected


@pytest.mark.parametrize("n", [3, 4, 5])
def test_many_who_balance_or_bandwagon(n: int) -> None:
    """models.md b2: Balance iff beta < (pi (n + 1) / 2 - kap) / (1 - (n - 1) pi / 2)."""
    worth, cost, threat = F(10), F(1), F(3, 2)
    pi = 1 / (n + threat)
    bound = (pi * F(n + 1, 2) - cost / worth) / (1 - F(n - 1, 2) * pi)
    tried = 0
    for hundredths in range(1, 100):
        beta = F(hundredths, 100)
        gains = [(k + 1) * pi * worth - cost - (1 - k * pi) * beta * worth for k in range(n)]
        if gains[0] < 0 < gains[-1]:
            tried += 1
            scale = 1000 * (2 * n + 3)
            whole = [gain * scale for gain in gains]
            assert all(gain.denominator == 1 for gain in whole)
            game = binary([whole], [n], ("Balance", "Bandwagon"))
            expected = (0,) * n if beta < bound else (1,) * n
            assert beta != bound
            assert select("laplacian", game).profile == expected
            assert select("global-games", game).profile == expected
    assert tried > 10


@pytest.mark.parametrize(("r", "joins"), [(F(1), True), (F(1, 2), False)])
def test_jackals(r: F, joins: bool) -> None:
    """models.md d3: joining pays P(k) G - (1 - P(k)) F - c; the mean over k decides.

    With r = 1 the gains are -5/7, 0, 5/9, 1; with r = 1/2 they are -5/3, -5/7, 0, 5/9.
    """
    n, s, strength, spoils, penalty, cost = 4, F(2), F(1, 2), 6, 4, 1

    def gain(k: int) -> F:
        win = (r + k * strength) / (r + s + k * strength)
        return win * spoils - (1 - win) * penalty - cost

    gains = [gain(k + 1) for k in range(n)]
    scale = 1
    for one in gains:
        scale *= one.denominator
    game = binary([[one * scale for one in gains]], [n], ("Join", "Abstain"))
    for concept in ("laplacian", "global-games"):
        assert select(concept, game).profile == ((0,) * n if joins else (1,) * n)


def test_clients_who_commit() -> None:
    """models.md o1, regime R2: (C, C) is risk-dominant iff 4 k < w L (3 lam - 1)."""
    worth, wager = 10, F(9, 10)
    for contagion, tenths in product((F(1, 2), F(4, 5), F(1)), range(1, 60)):
        cost = F(tenths, 10)
        both, none = -cost, -wager * (1 + contagion) * worth / 2
        alone, spared = -cost - wager * worth, -contagion * wager * worth
        if not (both > spared and none > alone):
            continue
        game = NormalGame.from_matrices(
            [[both, alone], [spared, none]], [[both, spared], [alone, none]]
        )
        tilt = wager * worth * (3 * contagion - 1) - 4 * cost
        expected = None if not tilt else ((0, 0) if tilt > 0 else (1, 1))
        for concept in ("risk-dominance", "laplacian", "global-games"):
            assert select(concept, game).profile == expected


def test_the_threshold_of_a_global_game() -> None:
    """models.md a4: Stag iff what is seen is below (stag + hungry) / 2."""
    for quarter in range(1, 16):
        rabbit = F(quarter, 4)
        game = NormalGame.from_matrices([[4, 0], [rabbit, rabbit]], [[4, rabbit], [0, rabbit]])
        expected = None if rabbit == 2 else (0, 0) if rabbit < 2 else (1, 1)
        assert select("global-games", game).profile == expected


@pytest.mark.parametrize("seed", range(30))
def test_the_laplacian_choice_in_normal_form(seed: int) -> None:
    """Unlike players, strategies in any order: the mean over numbers by definition."""
    random = Random(seed)
    n = random.randint(2, 4)
    gains = [[F(random.randint(-9, 9)) for _ in range(n)] for _ in range(n)]
    for row in gains:
        row[0], row[-1] = F(random.randint(-9, -1)), F(random.randint(1, 9))
    first = tuple(random.randrange(2) for _ in range(n))

    def payoffs(profile: tuple[int, ...]) -> list[F]:
        with_first = [own == side for own, side in zip(profile, first, strict=True)]
        return [gains[i][sum(with_first) - 1] if with_first[i] else F(0) for i in range(n)]

    game = NormalGame.from_payoffs(
        [f"P{i}" for i in range(n)], [(f"a{i}", f"b{i}") for i in range(n)], payoffs
    )
    totals = [sum(row) for row in gains]
    expected = None
    if min(totals) > 0:
        expected = first
    elif max(totals) < 0:
        expected = tuple(1 - own for own in first)
    found = select("laplacian", game)
    assert found.profile == expected
    assert set(found.compared) == {first, tuple(1 - own for own in first)}


@pytest.mark.parametrize("seed", range(20))
def test_risk_dominance_of_three_equilibria(seed: int) -> None:
    """Each pair as a 2x2 game of its own, which today's 2x2 comparison decides."""
    random = Random(seed)
    base = [[[random.randint(0, 9) for _ in range(3)] for _ in range(3)] for _ in range(2)]
    for own in range(3):
        for table in base:
            table[own][own] += 10
    game = NormalGame.from_matrices(*base)
    wins = dict.fromkeys(range(3), 0)
    for a, b in ((0, 1), (0, 2), (1, 2)):
        small = NormalGame.from_matrices(
            *([[table[r][c] for c in (a, b)] for r in (a, b)] for table in base)
        )
        picked = select("risk-dominance", small).profile
        if picked is not None:
            wins[(a, b)[picked[0]]] += 1
    best = [own for own, number in wins.items() if number == 2]
    found = select("risk-dominance", game)
    assert found.profile == ((best[0],) * 2 if best else None)
    assert found.compared == ((0, 0), (1, 1), (2, 2))


def thresholds(game: NormalGame | AnonymousGame) -> dict[object, F]:
    (result,) = solve(game, ["p-dominance"]).results
    assert result.coverage is Coverage.ALL and result.verified
    return {
        as_pure(one.profile) if isinstance(one, Point) else one.counts: F(one.properties["p"])
        for one in result.solutions
    }


def test_how_sure_hunters_must_be() -> None:
    assert thresholds(STAG_HUNT) == {(0, 0): F(3, 4), (1, 1): F(1, 4)}
    assert thresholds(hunters(5, 5, 4, 3, 0)) == {((5, 0),): F(3, 4), ((0, 5),): F(1, 4)}
    # Where three are enough, the worst is still that all others stay out.
    assert thresholds(hunters(5, 3, 4, 3, 0)) == {((5, 0),): F(3, 4), ((0, 5),): F(1, 4)}


def test_an_example_of_morris_rob_and_shin() -> None:
    """A third strategy that is bad for all leaves 1/2-dominance; one that is risky does not."""
    game = NormalGame.from_matrices(
        [[4, 0, 0], [3, 3, 0], [0, 0, 0]], [[4, 3, 0], [0, 3, 0], [0, 0, 0]]
    )
    found = thresholds(game)
    assert found[1, 1] == F(1, 4) and found[0, 0] == F(3, 4)


@pytest.mark.parametrize("seed", range(30))
def test_p_dominance_on_a_grid_of_beliefs(seed: int) -> None:
    """At p each part is a best reply to every belief of a grid; a little below, one is not."""
    random = Random(seed)
    game = random.choice(
        [coordination(random), normal(random, (3, 3), 0, 9), normal(random, (2, 2, 2), 0, 9)]
    )
    for profile, p in thresholds(game).items():
        assert _dominant(game, profile, p)
        if p:
            assert not _dominant(game, profile, p - F(1, 10**6))


def _dominant(game: NormalGame, profile: tuple[int, ...], p: F) -> bool:
    """Whether every part is a best reply to all beliefs p on the others' part and 1 - p anywhere.

    Payoffs are linear in beliefs, so beliefs with 1 - p on one play each are enough.
    """
    for player, size in enumerate(game.shape):
        for others in game.profiles():
            worth = []
            for own in range(size):
                here = (*profile[:player], own, *profile[player + 1 :])
                there = (*others[:player], own, *others[player + 1 :])
                worth.append(p * game.payoff(player, here) + (1 - p) * game.payoff(player, there))
            if worth[profile[player]] < max(worth):
                return False
    return True


def complements(game: NormalGame | AnonymousGame) -> list:
    (result,) = solve(game, ["supermodular"]).results
    assert result.coverage is Coverage.ALL and result.verified
    return list(result.solutions)


@pytest.mark.parametrize("seed", range(60))
def test_orders_by_trying_all(seed: int) -> None:
    """All orders of all players, each difference of differences, by definition."""
    random = Random(seed)
    shape = random.choice([(2, 2), (2, 3), (3, 3), (2, 2, 2)])
    game = normal(random, shape, 0, 2)
    if seed % 2:  # complements in a hidden order
        hidden = [random.sample(range(n), n) for n in shape]
        slope = [[random.randint(0, 2) for _ in shape] for _ in shape]
        own = [[random.randint(-9, 9) for _ in range(n)] for n in shape]
        game = NormalGame.from_payoffs(
            [f"P{i}" for i in range(len(shape))],
            [[f"{i}{a}" for a in range(n)] for i, n in enumerate(shape)],
            lambda p: [
                own[i][p[i]]
                + sum(
                    slope[i][j] * hidden[i][p[i]] * hidden[j][p[j]] for j in range(len(p)) if j != i
                )
                for i in range(len(p))
            ],
        )
    every = product(*(permutations(range(n)) for n in shape))
    fitting = [orders for orders in every if _increasing(game, orders)]
    found = complements(game)
    if not fitting:
        assert isinstance(found[0], Selection) and found[0].profile is None
        assert seed % 2 == 0
        return
    orders = next(one.members for one in found if isinstance(one, Members))
    assert orders in fitting
    (result,) = solve(game, ["pure-nash"]).results
    pure = [as_pure(one.profile) for one in result.solutions]
    ends = {
        one.properties["extreme"]: as_pure(one.profile) for one in found if isinstance(one, Point)
    }
    low = ends.get("least", ends.get("least and greatest"))
    high = ends.get("greatest", ends.get("least and greatest"))
    assert low in pure and high in pure
    for point, i in product(pure, range(len(shape))):
        place = orders[i].index(point[i])
        assert orders[i].index(low[i]) <= place <= orders[i].index(high[i])
    (result,) = solve(game, ["rationalizable"]).results
    kept = next(one for one in result.solutions if isinstance(one, Members))
    between = [one for one in found if isinstance(one, Members)][1]
    for inside, bounds in zip(kept.members, between.members, strict=True):
        assert set(inside) <= set(bounds)


def _increasing(game: NormalGame, orders: tuple[tuple[int, ...], ...]) -> bool:
    for i, j in permutations(range(len(game.shape)), 2):
        for profile in game.profiles():
            for a, c in product(orders[i], orders[j]):
                if orders[i].index(a) <= orders[i].index(profile[i]):
                    continue
                if orders[j].index(c) <= orders[j].index(profile[j]):
                    continue
                up, over, both = [*profile], [*profile], [*profile]
                up[i] = both[i] = a
                over[j] = both[j] = c
                worth = [game.payoff(i, tuple(p)) for p in (profile, up, over, both)]
                if worth[3] - worth[2] < worth[1] - worth[0]:
                    return False
    return True


def test_chicken_pennies_and_the_hunt() -> None:
    chicken = NormalGame.from_matrices([[6, 2], [7, 0]], [[6, 7], [2, 0]])
    assert isinstance(complements(PENNIES)[0], Selection)
    for game in (chicken, STAG_HUNT):
        ends = [one for one in complements(game) if isinstance(one, Point)]
        assert [one.properties["extreme"] for one in ends] == ["least", "greatest"]
    ends = [one for one in complements(hunters(20, 12, 4, 3, 0)) if isinstance(one, CountPoint)]
    assert {one.counts for one in ends} == {((20, 0),), ((0, 20),)}
    # Substitutes for three: nobody's order helps.
    allies = binary([[F(2), F(-1), F(-1)]], [3], ("Act", "Wait"))
    (none,) = complements(allies)
    assert isinstance(none, Selection) and list(none.numbers.values()) == [-3]


@pytest.mark.parametrize("seed", range(12))
def test_the_criteria_of_global_games_agree(seed: int) -> None:
    """A potential of unlike players, scaled by weights: its maximum, written out by hand."""
    random = Random(seed)
    n = 3
    bonus = {pair: random.randint(1, 6) for pair in ((0, 1), (0, 2), (1, 2))}
    alone = [random.randint(-7, 0) for _ in range(n)]
    weight = [random.randint(1, 4) for _ in range(n)]

    def value(p: tuple[int, ...]) -> int:
        joint = sum(b for (i, j), b in bonus.items() if p[i] and p[j])
        return joint + sum(a for a, own in zip(alone, p, strict=True) if own)

    game = NormalGame.from_payoffs(
        "ABC", [("out", "in")] * n, lambda p: [w * value(p) for w in weight]
    )
    values = {p: value(p) for p in game.profiles()}
    best = [p for p, v in values.items() if v == max(values.values())]
    found = select("global-games", game)
    assert found.profile == (best[0] if len(best) == 1 else None)


def test_where_the_noise_may_decide() -> None:
    """Three unlike players without a potential, no equilibrium robust by beliefs: not settled."""
    gains = [[F(-1), F(-1), F(4)], [F(-3), F(1), F(1)], [F(-2), F(-2), F(5)]]
    game = binary(gains, [1, 1, 1], ("In", "Out"))
    (result,) = solve(game, ["global-games"]).results
    assert result.coverage is Coverage.UNKNOWN
    assert result.solutions[0].profile is None


def test_what_is_refused() -> None:
    for concept, game, words in (
        ("laplacian", normal(Random(0), (3, 2)), "two strategies"),
        ("laplacian", PENNIES, "two strict equilibria"),
        ("global-games", PENNIES, "complements"),
        ("risk-dominance", normal(Random(0), (2, 2, 2)), "two players"),
        ("laplacian", anonymous(Random(0), (3,), 3), "two strategies"),
    ):
        (refusal,) = solve(game, [concept]).refusals
        assert words in refusal.reason


def test_a_thousand_players() -> None:
    game = hunters(1000, 600, 4, 1, 0)
    assert select("laplacian", game).profile == (0,) * 1000
