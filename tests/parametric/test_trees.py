"""Conditions of subgame perfection where two players move at once."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from alliance_games.algorithms.subgame_stage_conditions import told
from alliance_games.concepts import find
from alliance_games.parametric.agreement import CannotCompare, difference, essence
from alliance_games.parametric.regimes import Unsupported, regimes
from alliance_games.results.ordered import ExactSigns, Undescribed
from alliance_games.results.result import Coverage
from alliance_games.results.solutions import Behaviour
from alliance_games.solve import solve
from alliance_games.transforms.subgames import subgames
from tests.concepts.test_subgame_perfect_hidden import stage_tree
from tests.parametric.studies import holders, points, study
from tests.parametric.trees import cohen


def test_random_trees() -> None:
    """Mixed equilibria and all: what the ordinary backward induction over stages finds."""
    compared = mixed = 0
    for seed in range(60):
        tree = stage_tree(random.Random(seed), 2 + seed % 2, 5, spread=999)
        if tree.has_perfect_information or told(tree, subgames(tree).stages()):
            continue
        try:
            ours = list(find("subgame-perfect").conditions(tree, ExactSigns()))
        except Undescribed:
            continue
        result = solve(tree, ["subgame-perfect"]).results[0]
        if result.coverage is not Coverage.ALL:
            continue
        compared += 1
        mixed += any(0 < p < 1 for one in ours for choice in one.choices for p in choice or ())
        assert essence(ours) == essence(result.solutions), seed
    assert compared >= 20 and mixed >= 3


@pytest.fixture(scope="module")
def divided():
    found = regimes(cohen(), ["subgame-perfect"], over=["w", "k"], most_edges=0)
    assert not found.stopped and not found.covers and not found.disjoint
    return found


def test_the_regimes_of_patron_and_clients(divided) -> None:
    """models.md o1: which commitments and which cover, by the danger w and the cost k."""
    tree = divided.study.case().game
    sets = {tree.set_name(i): i for i in range(len(tree.sets))}
    assert tree.sets[0].player == 0
    patron = {pair: sets[pair] for pair in ("CC", "NN")}
    bar = Fraction(27, 180)
    met = dict.fromkeys(["R0", "not worth it", "R1", "R2"], 0)
    names = divided.region.symbols.names
    dice = random.Random(4)
    for turn in range(150):
        danger = (1, 1240) if turn % 4 else (150, 166)
        values = {
            "w": Fraction(dice.randint(*danger), 997),
            "k": Fraction(dice.randint(1, 9000), 997),
        }
        point = tuple(values[name] for name in names)
        (regime,) = holders(divided, point)
        if regime.cell.thin:
            continue
        w, k = values["w"], values["k"]
        found = set()
        for _, solutions in regime.cell.outcome:
            for one in solutions:
                assert isinstance(one, Behaviour)
                both = tuple(_at(p, point) for p in one.choices[0])
                cover = {
                    pair: tree.sets[index].actions[one.choices[index].index(1)]
                    for pair, index in patron.items()
                }
                found.add(
                    (both[0], cover["CC"] if both[0] == 1 else cover["NN"] if both[0] == 0 else "")
                )
        commit = k < Fraction(4, 5) * w * 10
        if w < bar:
            met["R0"] += 1
            assert found == {(0, "None")}
        elif w < Fraction(1, 6):
            met["not worth it"] += 1
            assert (0, "None") in found and ((1, "None") in found) == commit
        elif w < Fraction(1, 2):
            met["R1"] += 1
            assert found == {(0, "Bilateral")}
        else:
            met["R2"] += 1
            assert (0, "None") in found
            assert ((1, "Multi") in found) == commit
            mixtures = {p for p, _ in found if 0 < p < 1}
            assert len(mixtures) == commit
    assert all(number >= 3 for number in met.values()), met


def _at(number, point):
    return number if isinstance(number, Fraction) else number.at(point)


def test_the_mixed_commitment(divided) -> None:
    """The probability at which a client is indifferent, by hand: committing is worth, against p,
    p (-k) + (1 - p)(-k - w L), shirking p (-lam w L) + (1 - p)(-w (1 + lam) L / 2)."""
    names = divided.region.symbols.names
    w, k, lam, length = Fraction(9, 10), Fraction(5, 2), Fraction(4, 5), 10
    base = -k - w * length + w * (1 + lam) * length / 2
    slope = w * length + lam * w * length - w * (1 + lam) * length / 2
    values = {"w": w, "k": k}
    point = tuple(values[name] for name in names)
    (regime,) = holders(divided, point)
    chances = {_at(one.choices[0][0], point) for _, some in regime.cell.outcome for one in some}
    assert chances == {0, 1, -base / slope}


def test_points_of_the_region(divided) -> None:
    compared = 0
    for point in points(divided, 25, seed=3):
        (there,) = holders(divided, point)
        if there.cell.thin:
            continue
        try:
            gap = difference(divided.study, divided.region.symbols, there.cell.outcome, point)
        except CannotCompare:
            continue
        assert gap is None, f"at {point}: {gap}"
        compared += 1
    assert compared >= 8


def test_more_hidden_moves_are_refused() -> None:
    text = "game: three at once\nplayers: [A, B, C]\nparameters: {x: 1}\ntree:\n  A:\n"
    for first in "lr":
        text += f"    {first}:\n      B @ b:\n"
        for second in "lr":
            text += f"        {second}:\n          C @ c: {{l: 'x, 0, 0', r: '0, x, 1'}}\n"
    with pytest.raises(Unsupported, match="two choose at once"):
        regimes(study(text), ["subgame-perfect"])
