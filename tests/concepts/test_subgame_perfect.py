"""Subgame perfection against its definition, and the trees whose answers are known."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest

from alliance_games.algorithms.backward_induction import Induction
from alliance_games.concepts.trees.subgame_perfect import CONCEPT
from alliance_games.model.extensive import CHANCE
from alliance_games.model.profiles import as_pure
from alliance_games.model.tree_builder import Chance, Move, Terminal, build
from alliance_games.results.budget import Budget
from alliance_games.results.result import Coverage
from alliance_games.results.solutions import Tally
from alliance_games.solve import solve


def same(state):
    return state


def answer(game, budget=None):
    result = solve(game, ["subgame-perfect"], budget).results[0]
    assert result.verified
    return result


def random_tree(rng, players, nodes):
    """A random description with so many inner nodes, at most, and few different payoffs."""
    left = [nodes]

    def grow():
        if left[0] <= 0 or rng.random() < 0.15:
            return Terminal([rng.randint(0, 2) for _ in range(players)])
        left[0] -= 1
        branches = rng.choice([1, 2, 2, 2, 3])
        names = tuple("abc"[:branches])
        below = [grow() for _ in range(branches)]
        rng.shuffle(below)
        if rng.random() < 0.25:
            weights = [rng.randint(0, 2) for _ in names]
            total = sum(weights) or 1
            shares = (
                [Fraction(w, total) for w in weights]
                if sum(weights)
                else [1] + [0] * (branches - 1)
            )
            return Chance(names, [Fraction(s) for s in shares], below)
        return Move(rng.randrange(players), names, below)

    return build([f"P{i}" for i in range(players)], grow(), same)


def payoff(game, node, profile, player):
    """What ``player`` gets from ``node`` on."""
    mover = game.mover(node)
    if mover is None:
        return game.payoffs(node)[player]
    children = list(game.children(node))
    if mover == CHANCE:
        return sum(game.probability(c) * payoff(game, c, profile, player) for c in children)
    return payoff(game, children[profile[game.set_of[node]]], profile, player)


def below(game, node):
    found = [node]
    for at in found:
        found.extend(game.children(at))
    return found


def by_definition(game):
    """Pure profiles from which, in no subgame, a player gains by any other plan for the subgame."""
    movers = {i: s for i, s in enumerate(game.sets) if s.player != CHANCE}
    plans = [range(len(s.actions)) for s in movers.values()]
    profiles = [dict(zip(movers, plan, strict=True)) for plan in product(*plans)]
    found = []
    for profile in profiles:
        if all(is_equilibrium_from(game, node, profile, movers) for node in range(game.size)):
            found.append(tuple(profile.get(i) for i in range(len(game.sets))))
    return found


def is_equilibrium_from(game, node, profile, movers):
    inside = {game.set_of[n] for n in below(game, node)}
    for player in range(len(game.players)):
        own = [i for i, s in movers.items() if s.player == player and i in inside]
        now = payoff(game, node, profile, player)
        for plan in product(*(range(len(movers[i].actions)) for i in own)):
            if payoff(game, node, profile | dict(zip(own, plan, strict=True)), player) > now:
                return False
    return True


def pure_ones(game):
    """Every pure equilibrium, by its rank."""
    induction = Induction(game, lambda: None)
    return [tuple(induction.choices(rank)) for rank in range(induction.number)]


def by_set(game, chosen):
    """The actions at the nodes, by information set; None for chance."""
    actions = [None if s.player == CHANCE else 0 for s in game.sets]
    for node, index in enumerate(game.set_of):
        if index >= 0 and actions[index] is not None:
            actions[index] = chosen[node]
    return tuple(actions)


def told(result):
    return [
        tuple(None if c is None else as_pure((c,))[0] for c in s.choices) for s in result.solutions
    ]


def test_random_trees_by_definition():
    rng = random.Random(21)
    numbers = []
    while len(numbers) < 150:
        game = random_tree(rng, rng.choice([1, 2, 3]), 6)
        if sum(s.player != CHANCE for s in game.sets) > 6:
            continue
        expected = by_definition(game)
        found = [by_set(game, chosen) for chosen in pure_ones(game)]
        assert sorted(found, key=str) == sorted(expected, key=str)
        result = answer(game)
        assert result.coverage is Coverage.ALL
        assert ("only one" in result.because) == (len(expected) == 1)
        assert (len(expected) == 1) == (result.solutions[0].kind == "behaviour")
        numbers.append(len(expected))
        for solution in result.solutions:
            for point in getattr(solution, "points", (solution,)):
                assert sum(p for _, p in point.outcomes) == 1
    assert max(numbers) >= 8
    assert numbers.count(1) > 20


def test_payoffs_and_outcomes_are_those_of_the_profile():
    rng = random.Random(22)
    checked = 0
    for _ in range(120):
        game = random_tree(rng, 2, 8)
        for solution in answer(game).solutions:
            if solution.kind != "behaviour":
                continue
            profile = {i: as_pure((c,))[0] for i, c in enumerate(solution.choices) if c}
            assert solution.payoffs == tuple(payoff(game, 0, profile, k) for k in range(2))
            expected = [
                sum(p * game.payoffs(node)[k] for node, p in solution.outcomes) for k in range(2)
            ]
            assert solution.payoffs == tuple(expected)
            checked += 1
    assert checked > 20


def test_every_rank_is_another_equilibrium():
    rng = random.Random(23)
    for _ in range(60):
        game = random_tree(rng, 2, 9)
        induction = Induction(game, lambda: None)
        ranks = range(min(induction.number, 300))
        assert len({induction.choices(rank).tobytes() for rank in ranks}) == len(ranks)
        with pytest.raises(IndexError):
            induction.choices(induction.number)


def test_too_many_to_list_are_counted():
    """Twenty independent indifferent choices between two actions: 2^20 equilibria."""
    leaf = Move(0, ("a", "b"), [Terminal([0, 1]), Terminal([0, 1])])
    game = build(
        ["A", "B"], Chance(tuple(map(str, range(20))), [Fraction(1, 20)] * 20, [leaf] * 20), same
    )
    result = answer(game, Budget(listed=5))
    assert [s.kind for s in result.solutions] == ["behaviour"] * 5 + ["tally"]
    assert result.solutions[-1].number == 2**20
    assert result.coverage is Coverage.SOME
    assert len(set(told(replace(result, solutions=result.solutions[:-1])))) == 5
    assert not CONCEPT.verify(game, Tally(2**20 - 1, ""), {}).verified
    assert len(answer(game, Budget(one=True)).solutions) == 1


def test_a_number_too_long_to_print_is_told_by_its_size():
    leaf = Move(0, ("a", "b"), [Terminal([0]), Terminal([0])])
    events = 13_500
    names = tuple(map(str, range(events)))
    game = build(["A"], Chance(names, [Fraction(1, events)] * events, [leaf] * events), same)
    result = answer(game, Budget(listed=1))
    assert "more than 10^4063" in result.because  # 2^13500 is about 8.03 * 10^4063
    assert {s.kind for s in result.solutions} == {"behaviour"}


def test_a_tree_deeper_than_the_stack():
    """A centipede of 20,000 legs: the first mover stops, and so does everybody after her."""
    legs = 20_000

    def expand(state):
        kind, at = state
        if kind == "end" or at == legs:
            return Terminal([at + 2 * (at % 2 == 0), at + 2 * (at % 2)])
        return Move(at % 2, ("take", "pass"), [("end", at), ("go", at + 1)])

    game = build(["A", "B"], ("go", 0), expand)
    result = answer(game)
    (solution,) = result.solutions
    assert solution.outcomes == ((1, 1),)
    assert all(choice == (1, 0) for choice in solution.choices)


# --- models.md ---------------------------------------------------------------------------------


def alliance_and_adversary(gX=6, rR=1, w=1):
    d, h, lX, cX, gB, cB, gA, cA = 3, 2, 6, 2, 6, 2, 3, 4

    def after(support):
        p = Fraction(7, 10) if support else Fraction(3, 10)
        r = 0 if support else rR
        press = [
            (2 * p - 1) * gA - (cA if support else rR),
            (2 * p - 1) * gB - cB,
            (1 - p) * gX - p * lX - cX,
        ]
        answer = Move(2, ("Press", "Yield"), [Terminal(press), Terminal([-r, h, -h])])
        return Move(1, ("Firm", "Conciliate"), [answer, Terminal([-w - r, -d, d])])

    return build(
        ["A", "B", "X"], Move(0, ("Support", "Withhold"), [after(True), after(False)]), same
    )


@pytest.mark.parametrize(
    ("values", "path", "payoffs"),
    [
        ({}, ("Support", "Firm", "Yield"), "0 2 -2"),
        ({"gX": 20}, ("Withhold", "Conciliate"), "-2 -3 3"),
        ({"gX": 20, "rR": 6}, ("Support", "Firm", "Press"), "-2.8 0.4 -0.2"),
        (
            {"gX": 20, "rR": 0, "w": Fraction(1, 5)},
            ("Withhold", "Conciliate"),
            "-0.2 -3 3",
        ),
    ],
)
def test_the_alliance_and_the_adversary(values, path, payoffs):
    game = alliance_and_adversary(**values)
    (solution,) = answer(game).solutions
    assert solution.payoffs == tuple(map(Fraction, payoffs.split()))
    assert [game.path(node) for node, _ in solution.outcomes] == [path]


def chain_gang(o, delta):
    V, cw, b, Lb = 10, Fraction(3, 2), 2, 5
    follow = [V - o**2 * delta * V - cw, b * (1 - o**2) - o**2 * Lb]
    abandon = [V - o * delta * V, b * (1 - o) - o * Lb]
    reply = Move(0, ("Follow", "Abandon"), [Terminal(follow), Terminal(abandon)])
    return build(["A", "B"], Move(1, ("Provoke", "Restrain"), [reply, Terminal([V, 0])]), same)


@pytest.mark.parametrize(
    ("o", "delta", "path", "payoffs"),
    [
        ("1/2", "4/5", ("Provoke", "Follow"), "6.5 0.25"),
        ("1/10", "4/5", ("Provoke", "Abandon"), "9.2 1.3"),
        ("1/2", "1/20", ("Restrain",), "10 0"),
    ],
)
def test_the_chain_gang(o, delta, path, payoffs):
    game = chain_gang(Fraction(o), Fraction(delta))
    (solution,) = answer(game).solutions
    assert solution.payoffs == tuple(map(Fraction, payoffs.split()))
    assert game.path(solution.outcomes[0][0]) == path


def test_morrow_s_menu():
    def offer(*payoffs):
        return Move(1, ("accept", "reject"), [Terminal(payoffs), Terminal([0, 0])])

    menu = Move(
        0, ("none", "lite", "full"), [Terminal([0, 0]), offer(Fraction(3, 2), 6), offer(2, 8)]
    )
    game = build(["Major", "Minor"], menu, same)
    (solution,) = answer(game).solutions
    assert solution.payoffs == (2, 8)
    assert game.path(solution.outcomes[0][0]) == ("full", "accept")
    assert [as_pure((choice,)) for choice in solution.choices] == [(2,), (0,), (0,)]


# --- refusals and false answers ----------------------------------------------------------------


def test_a_forgetful_player_is_refused_by_name():
    again = Move(0, ("l", "r"), [Terminal([0, 0]), Terminal([1, 1])], label="later")
    game = build(["A", "B"], Move(0, ("up", "down"), [again, again]), same)
    refusal = solve(game, ["subgame-perfect"]).refusals[0]
    assert "perfect recall" in refusal.reason
    assert "at 'later' A does not remember" in refusal.reason
    assert "by 'up' and by 'down'" in refusal.reason


def test_false_equilibria_are_refused():
    game = chain_gang(Fraction(1, 2), Fraction(4, 5))
    (true,) = answer(game).solutions
    one, zero = Fraction(1), Fraction(0)
    wrong = [
        replace(true, payoffs=(true.payoffs[0], true.payoffs[1] + 1)),
        replace(true, outcomes=()),
        replace(true, outcomes=true.outcomes * 2),
        replace(true, choices=((zero, one), true.choices[1])),
        replace(true, choices=(true.choices[0], (zero, one))),
        replace(true, choices=(true.choices[0], (one, one))),
        replace(true, choices=(true.choices[0], None)),
        replace(true, choices=true.choices[:1]),
    ]
    assert [w for w in wrong if CONCEPT.verify(game, w, {}).verified] == []
    threat = replace(
        true,
        choices=((zero, one), (zero, one)),
        payoffs=(Fraction(10), zero),
        outcomes=((2, one),),
    )
    verdict = CONCEPT.verify(game, threat, {})  # not to follow is an empty threat: 6.5 against 6
    assert not verdict.verified
    assert verdict.largest_gain == Fraction(1, 2)


def test_a_mixture_at_a_tie_passes_the_check():
    """One goes in if the reply is 'a' at least half of the time: three segments in a row."""
    reply = Move(1, ("a", "b"), [Terminal([2, 0]), Terminal([0, 0])])
    game = build(["A", "B"], Move(0, ("in", "out"), [reply, Terminal([1, 5])]), same)
    (continuum,) = answer(game).solutions
    found = continuum.points
    half = (Fraction(1, 2), Fraction(1, 2))
    mixed = replace(
        found[0],
        choices=((Fraction(1), Fraction(0)), half),
        payoffs=(Fraction(1), Fraction(0)),
        outcomes=((3, half[0]), (4, half[0])),
    )
    assert CONCEPT.verify(game, mixed, {}).verified
    ends = {tuple(p.choices for p in map(found.__getitem__, f.points)) for f in continuum.families}
    one, zero, tie = (Fraction(1), Fraction(0)), (Fraction(0), Fraction(1)), half
    assert {frozenset(pair) for pair in ends} == {
        frozenset({(one, one), (one, tie)}),
        frozenset({(one, tie), (zero, tie)}),
        frozenset({(zero, tie), (zero, zero)}),
    }
