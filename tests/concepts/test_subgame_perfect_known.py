"""Subgame perfection of games whose answers are known: textbooks' and models.md's."""

from __future__ import annotations

from fractions import Fraction

import pytest

from alliance_games.model.tree_builder import Chance, Move, Terminal, build
from alliance_games.results.result import Coverage
from alliance_games.solve import solve


def answer(players, root):
    game = build(players, root, lambda state: state)
    result = solve(game, ["subgame-perfect"]).results[0]
    assert result.verified
    assert result.coverage is Coverage.ALL
    return game, result.solutions


def at_once(rows, columns, payoffs, label):
    """Two who move at the same time: the first chooses a row, the second a column."""
    replies = [Move(1, columns, [Terminal(pair) for pair in row], label=label) for row in payoffs]
    return Move(0, rows, replies)


def test_entry_before_a_battle_of_the_sexes():
    """Outside she gets 2. Inside the equilibria are worth 3, 1 and, mixed, 3/4 to her: there she
    plays row one with 3/4, he column one with 1/4."""
    inside = at_once(("x", "y"), ("x", "y"), [[(3, 1), (0, 0)], [(0, 0), (1, 3)]], "inside")
    _, found = answer(["Entrant", "Rival"], Move(0, ("in", "out"), [inside, Terminal([2, 2])]))
    one, zero = Fraction(1), Fraction(0)
    expected = {
        ((one, zero), (one, zero), (one, zero)),
        ((zero, one), (Fraction(3, 4), Fraction(1, 4)), (Fraction(1, 4), Fraction(3, 4))),
        ((zero, one), (zero, one), (zero, one)),
    }
    assert {solution.choices for solution in found} == expected
    assert sorted(solution.payoffs for solution in found) == [(2, 2), (2, 2), (3, 1)]


def chain_store(towns):
    """Selten 1978: in each town a rival enters or not, and the chain fights entry or yields."""

    def town(k, so_far):
        if k == towns:
            return Terminal(so_far)
        chain, *rivals = so_far

        def after(gain, to_rival):
            return town(k + 1, (chain + gain, *rivals[:k], to_rival, *rivals[k + 1 :]))

        entered = Move(0, ("yield", "fight"), [after(2, 2), after(0, 0)])
        return Move(k + 1, ("enter", "stay out"), [entered, after(5, 1)])

    return town(0, (0,) * (towns + 1))


def test_the_chain_store_yields_everywhere():
    game, (found,) = answer(["Chain", "One", "Two", "Three"], chain_store(3))
    assert found.payoffs == (6, 2, 2, 2)
    assert all(choice == (1, 0) for choice in found.choices)
    assert game.path(found.outcomes[0][0]) == ("enter", "yield") * 3


# --- open and secret commitment (models.md k1) ---------------------------------------------------

OPEN = {("c", "r"): (8, 0), ("c", "a"): (-8, -4), ("n", "r"): (10, 0), ("n", "a"): (-4, 4)}


def commitment(kind, noise=Fraction(1, 20)):
    """The challenger sees the commitment, or nothing, or a signal that is wrong at times."""

    def reply(move, label):
        ends = [Terminal(OPEN[move, "a"]), Terminal(OPEN[move, "r"])]
        return Move(1, ("attack", "refrain"), ends, label=label)

    def seen(move):
        if kind != "partial":
            return reply(move, move if kind == "open" else "nothing")
        other = {"c": "n", "n": "c"}[move]
        shares = [1 - noise, noise]
        return Chance(("right", "wrong"), shares, [reply(move, move), reply(move, other)])

    return Move(0, ("commit", "not"), [seen("c"), seen("n")])


def test_an_open_commitment_deters_and_a_secret_one_does_not():
    _, (found,) = answer(["D", "C"], commitment("open"))
    assert found.payoffs == (8, 0)
    _, (found,) = answer(["D", "C"], commitment("secret"))
    assert found.payoffs == (-4, 4)


def test_a_commitment_seen_through_noise_has_three_equilibria():
    """With g = l = 4, k = 2, V = 10, W = -6, L = 4 and an error of 1/20: commit with 0, 19/20 and
    1/20; after the signal 'not' attack with 2 / (19/20 * 14 - 1/20 * 16) in the second."""
    game, found = answer(["D", "C"], commitment("partial"))
    assert sorted(solution.choices[0][0] for solution in found) == [
        0,
        Fraction(1, 20),
        Fraction(19, 20),
    ]
    (near,) = (s for s in found if s.choices[0][0] == Fraction(19, 20))
    after_not = next(i for i, s in enumerate(game.sets) if s.label == "n")
    attack = 2 / (Fraction(19, 20) * 14 - Fraction(1, 20) * 16)
    assert near.choices[after_not] == (attack, 1 - attack)


# --- what kinds of pacts bring about (models.md l) ---------------------------------------------

PACTS = {
    # pact: costs of not defending, of not joining an attack, of joining the enemy;
    # what B does if A is attacked, does X attack; what B does if A attacks, does A attack.
    "none": ((0, 0, 0), ("join", True, "join", False)),
    "neutrality": ((0, 0, 1), ("neutral", True, "neutral", False)),
    "entente": ((Fraction(1, 5), 0, Fraction(1, 2)), ("neutral", True, "neutral", False)),
    "defensive": ((1, 0, 1), ("help", False, "neutral", False)),
    "offensive": ((0, 1, 1), ("neutral", True, "help", True)),
    "unconditional": ((1, 1, 1), ("help", False, "help", True)),
}


def war(interest, violation, joining, attacker_wins):
    """The attacker attacks or not, then B helps its partner A, stays neutral or joins X."""
    base, weight = Fraction(2, 5), Fraction(3, 10)
    choices = ("help", "neutral", "join")
    for_b = {
        "help": interest * weight - 1,
        "neutral": -violation,
        "join": 4 * weight - 1 - violation - joining,
    }
    ends = []
    for choice in choices:
        p = base + weight * ((choice == "help") - (choice == "join"))
        gain = p - (1 - p) if attacker_wins == "A" else (1 - p) - p
        ends.append(Terminal([gain, for_b[choice]]))
    return Move(0, ("attack", "keep quiet"), [Move(1, choices, ends), Terminal([0, 0])])


@pytest.mark.parametrize("pact", PACTS)
def test_what_a_pact_deters_and_whom_it_emboldens(pact):
    (defend, attack, join), expected = PACTS[pact]
    told = []
    for attacker, interest, cost in (("X", 2, defend), ("A", 1, attack)):
        _, (found,) = answer([attacker, "B"], war(interest, Fraction(cost), join, attacker))
        told.append(("help", "neutral", "join")[found.choices[1].index(1)])
        told.append(found.choices[0][0] == 1)
    assert tuple(told) == expected
