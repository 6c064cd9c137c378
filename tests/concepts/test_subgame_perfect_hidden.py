"""Subgame perfection with hidden moves: against its definition, and the known answers."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product

import pytest

from alliance_games.exact.programs import Program, maximize
from alliance_games.model.extensive import CHANCE
from alliance_games.model.profiles import as_pure
from alliance_games.model.tree_builder import Chance, Move, Terminal, build
from alliance_games.results.result import Coverage
from alliance_games.solve import solve
from tests.concepts.test_subgame_perfect import below, payoff, same


def answer(game, budget=None):
    result = solve(game, ["subgame-perfect"], budget).results[0]
    assert result.verified
    return result


def stage_tree(rng, players, moves, spread=9):
    """A random tree whose stages are single moves, chance moves and simultaneous moves."""
    left = [moves]
    labels = iter(range(1000))

    def grow():
        if left[0] <= 0 or rng.random() < 0.2:
            return Terminal([rng.randint(0, spread) for _ in range(players)])
        kind = rng.random()
        if kind < 0.15:
            left[0] -= 1
            return Chance(("x", "y"), [Fraction(1, 3), Fraction(2, 3)], [grow(), grow()])
        if kind < 0.45:
            left[0] -= 1
            return Move(rng.randrange(players), ("l", "r"), [grow(), grow()])
        left[0] -= 2
        first, second = rng.sample(range(players), 2)
        label = f"stage {next(labels)}"
        replies = [Move(second, ("c", "d"), [grow(), grow()], label=label) for _ in range(2)]
        return Move(first, ("a", "b"), replies)

    return build([f"P{i}" for i in range(players)], grow(), same)


def subgame_roots(game):
    """Nodes alone in their sets whose descendants' sets lie wholly below, one by one."""
    roots = []
    for node in range(game.size):
        if game.mover(node) is None:
            continue
        inside = set(below(game, node))
        sets = {game.set_of[n] for n in inside if game.mover(n) is not None}
        alone = len(game.nodes_of[game.set_of[node]]) == 1
        if alone and all(set(game.nodes_of[i]) <= inside for i in sets):
            roots.append(node)
    return roots


def gains(game, node, profile, own):
    """Whether a pure plan at the sets ``own`` gives their player more from ``node`` on."""
    player = game.sets[own[0]].player
    now = payoff(game, node, profile, player)
    plans = product(*(range(len(game.sets[i].actions)) for i in own))
    return any(
        payoff(game, node, profile | dict(zip(own, plan, strict=True)), player) > now
        for plan in plans
    )


def pure_by_definition(game):
    movers = [i for i, s in enumerate(game.sets) if s.player != CHANCE]
    roots = subgame_roots(game)
    inside = {root: {game.set_of[n] for n in below(game, root)} for root in roots}
    found = []
    for plan in product(*(range(len(game.sets[i].actions)) for i in movers)):
        profile = dict(zip(movers, plan, strict=True))
        groups = [
            (root, [i for i in movers if i in inside[root] and game.sets[i].player == player])
            for root in roots
            for player in range(len(game.players))
        ]
        if not any(own and gains(game, root, profile, own) for root, own in groups):
            found.append(tuple(profile.get(i) for i in range(len(game.sets))))
    return found


def told(solutions):
    return [
        tuple(None if c is None else as_pure((c,))[0] for c in s.choices)
        for s in solutions
        if all(c is None or as_pure((c,)) for c in s.choices)
    ]


def test_random_stages_by_definition():
    """Generic payoffs: the pure equilibria are those of the definition, and some are mixed."""
    rng = random.Random(31)
    mixed = several = checked = 0
    while checked < 120:
        game = stage_tree(rng, rng.choice([2, 2, 3]), 7, spread=10**6)
        movers = [s for s in game.sets if s.player != CHANCE]
        if not 2 <= len(movers) <= 9 or game.has_perfect_information:
            continue
        checked += 1
        result = answer(game)
        assert result.coverage is Coverage.ALL
        points = [s for s in result.solutions if s.kind == "behaviour"]
        expected = pure_by_definition(game)
        assert sorted(told(points), key=str) == sorted(expected, key=str)
        mixed += len(points) > len(expected)
        several += len(result.solutions) > 1
    assert mixed > 10 and several > 10


def test_the_roots_are_those_of_the_definition():
    from alliance_games.certificates.subgame_perfect_stages import subgame_starts
    from alliance_games.transforms.subgames import subgames

    rng = random.Random(32)
    for _ in range(100):
        game = crossed_tree(rng)
        found = subgames(game)
        assert list(found.roots) == sorted({0, *subgame_roots(game)})
        assert [n for n, start in enumerate(subgame_starts(game)) if start] == list(found.roots)
        stages = found.stages()
        moves = [n for stage in stages for n in stage.nodes if n not in stage.cuts]
        inner = [n for n in moves if game.mover(n) is not None]
        assert sorted(inner) == [n for n in range(game.size) if game.mover(n) is not None]


def crossed_tree(rng):
    """A random tree in which nodes of like depth share information sets at random."""

    def grow(depth):
        if depth == 4 or rng.random() < 0.15:
            return Terminal([rng.randint(0, 9), rng.randint(0, 9)])
        label = rng.choice(["", "", f"set {depth} {rng.randrange(3)}"])
        return Move(depth % 2, ("l", "r"), [grow(depth + 1), grow(depth + 1)], label=label)

    return build(["A", "B"], grow(0), same)


# --- Cohen's patron, clients and adversary (models.md o1) ----------------------------------------


def patron_and_clients(phi, land=1, foot=0):
    """Clients commit together or not, the patron covers them, the adversary challenges."""
    gs, lam, gain, cost, b, d = (Fraction(x) for x in ("0.25", "0.8", "10", "2.7", "0.7", "0.6"))
    loss, k, v, war = Fraction(10), Fraction("2.5"), Fraction(10), Fraction(20)
    w = Fraction(phi) * (land + (1 - land) * (gs + (1 - gs) * foot))
    price = {"None": Fraction(0), "Bilateral": Fraction(3), "Multi": Fraction(1)}

    def end(c1, c2, cover, challenge):
        if not challenge:
            return Terminal([-k * c1, -k * c2, -price[cover], 0])
        covered = cover != "None"
        q = w * (1 - b * covered) * ((1 - d) if c1 and c2 else 1)
        if c1 == c2:
            clients = [-k * c1 - q * (1 + lam) * loss / 2] * 2
        else:
            clients = [-k - q * loss if c else -lam * q * loss for c in (c1, c2)]
        patron = -price[cover] - v * q * (1 + lam) - war * covered
        return Terminal([*clients, patron, q * (1 + lam) * gain - cost])

    def patron(c1, c2):
        covers = ("None", "Bilateral", "Multi") if c1 and c2 else ("None", "Bilateral")
        return Move(2, covers, [adversary(c1, c2, cover) for cover in covers])

    def adversary(c1, c2, cover):
        moves = [end(c1, c2, cover, True), end(c1, c2, cover, False)]
        return Move(3, ("Challenge", "Refrain"), moves)

    second = [
        Move(1, ("Commit", "Not"), [patron(c1, 1), patron(c1, 0)], label="clients") for c1 in (1, 0)
    ]
    return build(["C1", "C2", "P", "X"], Move(0, ("Commit", "Not"), second), same)


@pytest.mark.parametrize(
    ("values", "commit", "client_payoffs"),
    [
        # w = .9: against a committer (CC) -2.5 or (NC) -7.2, else (CN) -11.5 or (NN) -8.1, so she
        # is indifferent where 4.7 p = 3.4 (1 - p).
        (
            ("0.9",),
            [1, Fraction(34, 81), 0],
            [Fraction("-2.5"), Fraction(-139, 18), -Fraction("8.1")],
        ),
        (("0.8", 0), [0], [0]),
        # w = .8: -2.5 or -6.4, else -10.5 or -7.2: 3.9 p = 3.3 (1 - p).
        (
            ("0.8", 0, 1),
            [1, Fraction(11, 24), 0],
            [Fraction("-2.5"), Fraction(-41, 6), -Fraction("7.2")],
        ),
        (("0.4", 0), [0], [0]),
    ],
)
def test_the_patron_and_her_clients(values, commit, client_payoffs):
    result = answer(patron_and_clients(*values))
    assert result.coverage is Coverage.ALL
    assert [(s.choices[0][0], s.choices[1][0]) for s in result.solutions] == [
        (p, p) for p in commit
    ]
    assert [s.payoffs[:2] for s in result.solutions] == [(p, p) for p in client_payoffs]


def test_the_patron_covers_all_or_none_in_europe():
    game = patron_and_clients("0.9")
    paths = [[game.path(node) for node, _ in s.outcomes] for s in answer(game).solutions]
    assert paths[0] == [("Commit", "Commit", "Multi", "Refrain")]
    assert paths[2] == [("Not", "Not", "None", "Challenge")]
    assert len(paths[1]) == 4


# --- continua ---------------------------------------------------------------------------------


def worth(game, node, profile, player):
    """What ``player`` gets from ``node`` on when a mixed profile is played."""
    mover = game.mover(node)
    if mover is None:
        return game.payoffs(node)[player]
    children = list(game.children(node))
    if mover == CHANCE:
        return sum(game.probability(c) * worth(game, c, profile, player) for c in children)
    choice = profile[game.set_of[node]]
    return sum(
        p * worth(game, c, profile, player) for p, c in zip(choice, children, strict=True) if p
    )


def perfect_by_definition(game, profile):
    """Whether in no subgame any pure plan gives its player more than the mixed profile."""
    for root in subgame_roots(game):
        inside = {game.set_of[n] for n in below(game, root)}
        for player in range(len(game.players)):
            own = [i for i in inside if i >= 0 and game.sets[i].player == player]
            now = worth(game, root, profile, player)
            for plan in product(*(range(len(game.sets[i].actions)) for i in own)):
                other = dict(profile)
                for i, action in zip(own, plan, strict=True):
                    size = len(game.sets[i].actions)
                    other[i] = tuple(Fraction(a == action) for a in range(size))
                if worth(game, root, other, player) > now:
                    return False
    return True


def numbers(game, choices, free=()):
    return [
        p
        for i, choice in enumerate(choices)
        if choice is not None and i not in free
        for p in choice
    ]


def holds(game, solution, choices):
    """Whether a point or continuum contains a profile: hulls by a linear program."""
    if solution.kind == "behaviour":
        return numbers(game, solution.choices, solution.free) == numbers(
            game, choices, solution.free
        )
    for family in solution.families:
        assert family.hull == "behaviour"
        points = [numbers(game, solution.points[p].choices) for p in family.points]
        equal = [
            (list(column), x)
            for column, x in zip(zip(*points, strict=True), numbers(game, choices), strict=True)
        ]
        equal.append(([1] * len(points), 1))
        if maximize(Program([0] * len(points), equal=equal)).status == "optimal":
            return True
    return False


def grid(game, steps):
    options = []
    for one in game.sets:
        if one.player == CHANCE:
            options.append([None])
        else:
            options.append([(Fraction(k, steps), 1 - Fraction(k, steps)) for k in range(steps + 1)])
    return product(*options)


def test_continua_hold_the_equilibria_of_a_grid_and_nothing_else():
    """Few different payoffs, so ties: every profile of a grid is in the answer if and only if it
    is subgame perfect by the definition."""
    rng = random.Random(33)
    settled = varying = 0
    for _ in range(150):
        game = stage_tree(rng, 2, 4, spread=2)
        moves = sum(s.player != CHANCE for s in game.sets)
        if not 2 <= moves <= 4:
            continue
        result = answer(game)
        if any(f.hull != "behaviour" for s in result.solutions for f in getattr(s, "families", ())):
            continue
        whole = result.coverage is Coverage.ALL
        settled += whole
        for choices in grid(game, 2):
            told_so = any(holds(game, s, choices) for s in result.solutions)
            truth = perfect_by_definition(game, dict(enumerate(choices)))
            assert told_so == truth or (truth and not whole)
        for solution in result.solutions:
            if solution.kind == "component":
                varying += len({point.payoffs for point in solution.points}) > 1
    assert settled > 30 and varying > 10


def test_three_players_at_one_stage():
    """One of three may keep all of them from a game in which they move together."""
    rng = random.Random(34)
    mixed = 0
    for _ in range(25):

        def leaf():
            return Terminal([rng.randint(0, 10**6) for _ in range(3)])

        third = [Move(2, ("e", "f"), [leaf(), leaf()], label="third") for _ in range(4)]
        second = [Move(1, ("c", "d"), third[k : k + 2], label="second") for k in (0, 2)]
        stage = Move(0, ("a", "b"), second)
        game = build(["A", "B", "C"], Move(rng.randrange(3), ("in", "out"), [stage, leaf()]), same)
        result = answer(game)
        assert result.coverage is Coverage.ALL
        assert {s.kind for s in result.solutions} == {"behaviour"}
        assert set(told(result.solutions)) == set(pure_by_definition(game))
        assert len(result.solutions) % 2 == 1  # of generic games (Wilson 1971), here of the stage
        for solution in result.solutions:
            rational = all(isinstance(p, Fraction) for c in solution.choices for p in c)
            assert not rational or perfect_by_definition(game, dict(enumerate(solution.choices)))
        mixed += len(result.solutions) > len(told(result.solutions))
    assert mixed > 5
