"""Conditions of signalling equilibria: at every game they say what the ordinary search finds."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from alliance_games.certificates.assessment import check
from alliance_games.concepts import find
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.tree_builder import Chance, Move, Terminal, build
from alliance_games.parametric.agreement import CannotCompare, difference, essence
from alliance_games.parametric.regimes import Unsupported, regimes
from alliance_games.results.ordered import ExactSigns
from alliance_games.results.result import Coverage
from alliance_games.results.tree_solutions import Assessment, Continuum
from alliance_games.solve import solve
from tests.concepts.test_subgame_perfect import same
from tests.parametric.studies import holders, library, points, study

SIGNS = ExactSigns()


def signalling(seed: int, types: int, messages: int, responses: int, spread: int) -> ExtensiveGame:
    """A random signalling game with payoffs from 0 to ``spread``."""
    dice = random.Random(seed)
    weights = [dice.randint(1, 4) for _ in range(types)]

    def said(message: str) -> Move:
        ends = [Terminal([dice.randint(0, spread) for _ in "SR"]) for _ in range(responses)]
        return Move(1, tuple("abc"[:responses]), ends, label=f"after {message}")

    names = tuple("mno"[:messages])
    movers = [Move(0, names, [said(m) for m in names], label=f"t{t}") for t in range(types)]
    chances = [Fraction(weight, sum(weights)) for weight in weights]
    root = Chance(tuple(f"t{t}" for t in range(types)), chances, movers)
    return build(["S", "R"], root, same)


def convex(solutions: object) -> bool:
    return all(
        family.hull for one in solutions if isinstance(one, Continuum) for family in one.families
    )


SIZES = [(2, 2, 2), (3, 2, 2), (2, 3, 2), (2, 2, 3), (3, 2, 3)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("concept", ["sequential", "weak-perfect-bayesian", "intuitive-criterion"])
def test_generic_games(concept: str, size: tuple[int, int, int]) -> None:
    """The same assessments, and the same continua corner by corner, as the ordinary search."""
    compared = 0
    for seed in range(15):
        game = signalling(seed, *size, 9999)
        ours = list(find(concept).conditions(game, SIGNS))
        result = solve(game, [concept]).of(concept)
        assert result.coverage is Coverage.ALL
        theirs = [one for one in result.solutions if one.kind != "discarded"]
        if convex(ours) and convex(theirs):
            compared += 1
            assert essence(ours) == essence(theirs), seed
    assert compared >= 12


@pytest.mark.parametrize("size", SIZES)
def test_games_with_ties(size: tuple[int, int, int]) -> None:
    """With ties, too: as many continua, the same isolated equilibria, and every corner of ours
    holds against the definition."""
    continua = 0
    for seed in range(12):
        game = signalling(seed, *size, 2 if size == (2, 2, 2) else 4)
        ours = list(find("sequential").conditions(game, SIGNS))
        result = solve(game, ["sequential"]).of("sequential")
        if result.coverage is not Coverage.ALL:
            continue
        theirs = result.solutions
        alone = [one for one in ours if isinstance(one, Assessment)]
        assert essence(alone) == essence([o for o in theirs if isinstance(o, Assessment)]), seed
        assert len(ours) == len(theirs), seed
        if convex(ours) and convex(theirs):
            assert essence(ours) == essence(theirs), seed
        for one in ours:
            continua += isinstance(one, Continuum)
            for point in one.points if isinstance(one, Continuum) else (one,):
                assert check(game, point, consistent=False).verified, seed
    assert continua >= 4


# --- Known answers (models.md f2, j1) -------------------------------------------------------------


def treaty(*assumed: str, k: str = "4", r: str = "1"):
    """The library's treaty as a signal, with further assumptions."""
    text = library_text("signals/treaty_as_signal.yaml")
    text = text.replace("{value: 4, about: what the t", f"{{value: {k}, about: what the t")
    text = text.replace("{value: 1, about: what breaking", f"{{value: {r}, about: what breaking")
    head = text[: text.index("scenarios:")]
    return study(head.replace("WL < 0", ", ".join(["WL < 0", *assumed])))


def library_text(name: str) -> str:
    from tests.parametric.studies import GAMES

    return (GAMES / name).read_text(encoding="utf-8")


def exist(found, point, tree, sender: dict[str, str], receiver: dict[str, str]) -> bool:
    """Whether the cell that holds a point has an equilibrium that plays just so on the path:
    ``sender[type]`` and ``receiver[message]`` are the names of one action, or of two, by ' or '."""
    from alliance_games.parametric.on_path import plays

    (cell,) = holders(found, point)
    sets = {
        (game_player, tree.set_name(index)): index
        for index, one in enumerate(tree.sets)
        for game_player in [one.player]
        if one.player >= 0
    }
    wanted = {}
    for player, actions in ((0, sender), (1, receiver)):
        for name, said in actions.items():
            index = sets[player, name]
            chosen = tuple(sorted(tree.sets[index].actions.index(a) for a in said.split(" or ")))
            wanted[index] = chosen
    silent = [index for (player, _), index in sets.items() if player == 1 and index not in wanted]
    assert not cell.cell.undecided
    return any(
        all(way[index] == chosen for index, chosen in wanted.items())
        and all(way[index] is None for index in silent)
        for _, solutions in cell.cell.outcome
        for one in solutions
        for way in plays(tree, one)
    )


SUNK = ["WL + tau < -r", "tau > 0", "r > 0", "k > 0", "VL > 0", "pi > 0", "pi < 1"]


def test_the_table_of_the_treaty() -> None:
    """Every row of models.md f2, at random points of all ten parameters."""
    game = treaty(*SUNK)
    found = regimes(game, ["sequential"], most_edges=0)
    assert not found.undecided and not found.stopped
    tree = game.case().game
    names = found.region.symbols.names
    met = dict.fromkeys(["separating", "semi", "pooling", "unneeded", "attack"], 0)
    for point in points(found, 300, seed=5):
        if holders(found, point)[0].cell.thin:
            continue
        p = dict(zip(names, point, strict=True))
        pi, k, vh, vl, wh, tau = (p[n] for n in ("pi", "k", "VH", "VL", "WH", "tau"))
        needed = p["g"] / (p["g"] + p["l"])
        chi = (vl - k) / (vl + p["r"])
        rows = {
            "separating": vl <= k <= vh - wh,
            "semi": pi < needed and k < vl and (1 - chi) * vh + chi * (wh + tau) - k >= wh,
            "pooling": pi >= needed and k <= vl and k <= vh - wh,
            "unneeded": pi >= needed,
            "attack": pi < needed and k >= tau,
        }
        both = {"Firm": "Treaty", "Weak": "Treaty"}
        neither = {"Firm": "No treaty", "Weak": "No treaty"}
        apart = {"Firm": "Treaty", "Weak": "No treaty"}
        bluff = {"Firm": "Treaty", "Weak": "Treaty or No treaty"}
        told = {
            "separating": (apart, {"Treaty": "Refrain", "No treaty": "Attack"}),
            "semi": (bluff, {"Treaty": "Attack or Refrain", "No treaty": "Attack"}),
            "pooling": (both, {"Treaty": "Refrain"}),
            "unneeded": (neither, {"No treaty": "Refrain"}),
            "attack": (neither, {"No treaty": "Attack"}),
        }
        for row, holds in rows.items():
            met[row] += holds
            assert exist(found, point, tree, *told[row]) == holds, (row, p)
    assert all(number >= 10 for number in met.values()), met


def test_tied_hands() -> None:
    """Where breaking the treaty costs enough, a pooled treaty deters whatever the prior is."""
    game = treaty("WL + tau > -r", "tau > 0", "r > 0", "k > 0", "VL > 0", "pi > 0", "pi < 1", r="5")
    found = regimes(game, ["sequential"], most_edges=0)
    tree = game.case().game
    names = found.region.symbols.names
    seen = 0
    for point in points(found, 100, seed=6):
        if holders(found, point)[0].cell.thin:
            continue
        p = dict(zip(names, point, strict=True))
        both = {"Firm": "Treaty", "Weak": "Treaty"}
        holds = exist(found, point, tree, both, {"Treaty": "Refrain"})
        if p["pi"] < p["g"] / (p["g"] + p["l"]):
            # Without a treaty the challenger attacks some type, whatever it believes of it.
            assert holds == (p["k"] <= p["VL"] and p["k"] <= p["VH"] - p["WH"]), p
            seen += holds
    assert seen >= 5


def test_the_bluff_as_formulas() -> None:
    """mu = pi (1 - ps) / ((1 - pi) ps) and chi = (VL - k) / (VL + r), as functions."""
    game = treaty(*SUNK, "k < VL", "pi < g / (g + l)", "VH > WH + k", k="1")
    found = regimes(game, ["sequential"], most_edges=0)
    names = found.region.symbols.names
    tree = game.case().game
    weak = next(i for i in range(len(tree.sets)) if tree.set_name(i) == "Weak")
    seen = next(
        i
        for i in range(len(tree.sets))
        if tree.set_name(i) == "Treaty" and tree.sets[i].player == 1
    )
    met = 0
    for regime in found.whole:
        for _, solutions in regime.cell.outcome or ():
            for one in solutions:
                if not isinstance(one, Assessment) or isinstance(one.choices[weak][0], Fraction):
                    continue
                for point in points(found, 5, seed=1):
                    p = dict(zip(names, point, strict=True))
                    ps = p["g"] / (p["g"] + p["l"])
                    mu = p["pi"] * (1 - ps) / ((1 - p["pi"]) * ps)
                    chi = (p["VL"] - p["k"]) / (p["VL"] + p["r"])
                    assert one.choices[weak][0].at(point) == mu
                    assert one.choices[seen][0].at(point) == chi
                    met += 1
    assert met


def test_the_table_of_the_patron() -> None:
    """Every row of models.md j1, with entrapment cheap and dear."""
    game = library("reliability/patron_reliability.yaml")
    found = regimes(game, ["sequential"], over=["pi", "wE", "DR", "DU"], most_edges=0)
    tree = game.case().game
    met = [0, 0, 0, 0]
    assert found.region.symbols.names == ("pi", "wE", "DR", "DU")
    dice = random.Random(9)
    for _ in range(200):
        pi = Fraction(dice.randint(1, 1008), 1009)
        entrapment = Fraction(dice.randint(1, 8000), 1009)
        reliable, other = (Fraction(dice.randint(-9000, 9000), 1009) for _ in range(2))
        point = (pi, entrapment, reliable, other)
        if holders(found, point)[0].cell.thin:
            continue
        a, b, v = 4, 4, 5
        cheap = entrapment <= b
        rows = [
            cheap and reliable >= -v and other <= -v,
            reliable <= v and other >= v,
            pi >= Fraction(a, a + b) and max(reliable, other) <= v,
            cheap and pi >= (a + entrapment) / (a + b) and min(reliable, other) >= -v,
        ]
        told = [
            ({"Reliable": "Back", "Unreliable": "Restrain"}, {"Back": "Stay", "Restrain": "Leave"}),
            ({"Reliable": "Restrain", "Unreliable": "Back"}, {"Back": "Leave", "Restrain": "Stay"}),
            ({"Reliable": "Restrain", "Unreliable": "Restrain"}, {"Restrain": "Stay"}),
            ({"Reliable": "Back", "Unreliable": "Back"}, {"Back": "Stay"}),
        ]
        for place, (row, plays) in enumerate(zip(rows, told, strict=True)):
            met[place] += row
            assert exist(found, point, tree, *plays) == row, (place, point)
    assert all(number >= 5 for number in met), met


POINTS = {
    "patron": ("reliability/patron_reliability.yaml", "sequential", ["pi", "v", "DU"]),
    "treaty": ("signals/treaty_as_signal.yaml", "sequential", ["pi", "k"]),
    "treaty, weak": ("signals/treaty_as_signal.yaml", "weak-perfect-bayesian", ["pi", "k"]),
    "treaty, intuitive": ("signals/treaty_as_signal.yaml", "intuitive-criterion", ["pi", "k"]),
}


@pytest.mark.parametrize("name", POINTS)
def test_points_of_the_region(name: str) -> None:
    """At exact points the one cell that holds them gives what the ordinary search finds there."""
    file, concept, over = POINTS[name]
    found = regimes(library(file), [concept], over=over, most_edges=None)
    assert not found.stopped and not found.covers and not found.disjoint
    compared = 0
    for point in points(found, 120, seed=7):
        (there,) = holders(found, point)
        if there.cell.undecided:
            assert there.cell.thin
            continue
        try:
            gap = difference(found.study, found.region.symbols, there.cell.outcome, point)
        except CannotCompare:
            assert there.cell.thin, point
            continue
        assert gap is None, f"at {point}: {gap}"
        compared += 1
    assert compared >= (75 if concept == "intuitive-criterion" else 100)


def test_what_it_is_not_asked_of() -> None:
    """With types on both sides it is no plain signalling game, and nothing is said of signals."""
    with pytest.raises(Unsupported, match="signalling games"):
        regimes(library("deterrence/unilateral_deterrence.yaml"), ["intuitive-criterion"])


def test_the_document_keeps_to_its_schema() -> None:
    import json

    import jsonschema

    from alliance_games.parametric.codec import encode, schema
    from alliance_games.parametric.telling import Telling

    found = regimes(library("reliability/patron_reliability.yaml"), over=["pi", "v"])
    document = encode(Telling(found))
    jsonschema.validate(document, json.loads(schema()))
    assert {one["what"] for one in document["statements"]} == {"path", "one"}
    # Payoffs of endings are numbers of one point, and no part of what a cell says.
    assert all(
        "payoffs" not in end
        for cell in document["cells"]
        for answer in cell["answers"]
        for one in answer["solutions"]
        for point in one.get("extreme_points", [one])
        for end in point.get("outcomes", [])
    )
