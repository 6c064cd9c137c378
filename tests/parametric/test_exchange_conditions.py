"""Conditions of exchanges that are no signalling games: the ordinary search finds the same."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from alliance_games.concepts import find
from alliance_games.model.exchange import exchange
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.signalling import signalling_view
from alliance_games.model.tree_builder import Chance, Move, Terminal, build
from alliance_games.parametric.agreement import CannotCompare, difference, essence
from alliance_games.parametric.describing import Description, at
from alliance_games.parametric.on_path import plays
from alliance_games.parametric.regimes import Regimes, Unsupported, regimes
from alliance_games.results.ordered import ExactSigns
from alliance_games.results.result import Coverage
from alliance_games.results.tree_solutions import Assessment, Continuum
from alliance_games.solve import solve
from tests.concepts.test_subgame_perfect import same
from tests.parametric.studies import holders, library, points, study

SIGNS = ExactSigns()
NAMES = "abc"


def two_sided(
    seed: int, types: int, messages: int, kinds: int, responses: int, independent: bool
) -> ExtensiveGame:
    """Both the one who moves and the one who answers have a type."""
    dice = random.Random(seed)
    own = [dice.randint(1, 4) for _ in range(types)]
    other = [dice.randint(1, 4) for _ in range(kinds)]
    weights = [
        own[t] * other[k] if independent else dice.randint(1, 4)
        for t in range(types)
        for k in range(kinds)
    ]

    def ending() -> Terminal:
        return Terminal([dice.randint(0, 9999) for _ in "SR"])

    def answer(message: str, kind: int) -> Move:
        ends = [ending() for _ in range(responses)]
        return Move(1, tuple(NAMES[:responses]), ends, label=f"{kind} after {message}")

    names = tuple("mno"[:messages])
    branches = [
        # The last message is not answered.
        Move(0, names, [*(answer(m, k) for m in names[:-1]), ending()], label=f"t{t}")
        for t in range(types)
        for k in range(kinds)
    ]
    chances = [Fraction(weight, sum(weights)) for weight in weights]
    root = Chance(tuple(map(str, range(len(branches)))), chances, branches)
    return build(["S", "R"], root, same)


def noisy(seed: int, actions: int, signals: int, responses: int) -> ExtensiveGame:
    """The second player sees a signal of the first one's action, each with some probability."""
    dice = random.Random(seed)
    payoffs = [
        [[dice.randint(0, 9999) for _ in "SR"] for _ in range(responses)] for _ in range(actions)
    ]

    def seen(action: int) -> Chance:
        weights = [dice.randint(1, 9) for _ in range(signals)]
        return Chance(
            tuple(f"s{k}" for k in range(signals)),
            [Fraction(w, sum(weights)) for w in weights],
            [
                Move(
                    1, tuple(NAMES[:responses]), list(map(Terminal, payoffs[action])), label=f"s{k}"
                )
                for k in range(signals)
            ],
        )

    root = Move(0, tuple("mno"[:actions]), [seen(a) for a in range(actions)], label="first")
    return build(["S", "R"], root, same)


def convex(solutions: object) -> bool:
    return all(
        family.hull for one in solutions if isinstance(one, Continuum) for family in one.families
    )


def compared(concept: str, game: ExtensiveGame) -> bool:
    """Whether the two ways could be compared; they must say the same."""
    assert signalling_view(game) is None and exchange(game) is not None
    ours = list(find(concept).conditions(game, SIGNS))
    result = solve(game, [concept]).of(concept)
    if result.coverage is not Coverage.ALL:
        return False
    alone = [one for one in ours if isinstance(one, Assessment)]
    theirs = [one for one in result.solutions if isinstance(one, Assessment)]
    assert essence(alone) == essence(theirs)
    assert len(ours) == len(result.solutions)
    if not (convex(ours) and convex(result.solutions)):
        return False
    assert essence(ours) == essence(result.solutions)
    return True


TWO_SIDED = [(2, 2, 2, 2, True), (2, 3, 2, 2, True), (3, 2, 2, 2, True), (2, 2, 2, 2, False)]


@pytest.mark.parametrize("size", TWO_SIDED)
def test_types_on_both_sides(size: tuple[int, int, int, int, bool]) -> None:
    assert sum(compared("sequential", two_sided(seed, *size)) for seed in range(12)) >= 6


def test_each_set_has_its_own_belief_in_weak_perfect_bayesian_equilibria() -> None:
    games = [two_sided(seed, 2, 2, 2, 2, True) for seed in range(12)]
    assert sum(compared("weak-perfect-bayesian", game) for game in games) >= 6
    apart = [
        len(list(find("weak-perfect-bayesian").conditions(game, SIGNS)))
        != len(list(find("sequential").conditions(game, SIGNS)))
        or essence(find("weak-perfect-bayesian").conditions(game, SIGNS))
        != essence(find("sequential").conditions(game, SIGNS))
        for game in games
    ]
    assert any(apart)


@pytest.mark.parametrize("size", [(2, 2, 2), (3, 2, 2), (2, 3, 2), (2, 2, 3), (3, 3, 2)])
def test_noise(size: tuple[int, int, int]) -> None:
    """Every signal may follow every action: play comes everywhere, and no belief is free."""
    assert all(compared("sequential", noisy(seed, *size)) for seed in range(12))


POINTS = {
    "both sides' resolve": ("deterrence/unilateral_deterrence.yaml", ["pC", "pD"]),
    "any payoffs": ("deterrence/unilateral_deterrence.yaml", ["pC", "pD", "cDC", "dSoft"]),
    "noise": ("secrecy/noisy_commitment.yaml", None),
}


@pytest.mark.parametrize("name", POINTS)
def test_points_of_the_region(name: str) -> None:
    """At exact points the one cell that holds them gives what the ordinary search finds there."""
    file, over = POINTS[name]
    found = regimes(library(file), ["sequential"], over=over, most_edges=None)
    assert not found.stopped and not found.covers and not found.disjoint
    told = 0
    for point in points(found, 120, seed=7):
        (there,) = holders(found, point)
        if there.cell.undecided:
            assert there.cell.thin or any(number in (0, 1) for number in point)
            continue
        try:
            gap = difference(found.study, found.region.symbols, there.cell.outcome, point)
            assert gap is None, f"at {point}: {gap}"
        except CannotCompare as why:
            if "another shape" in str(why):
                assert {0, 1} & set(point)
                continue
            # The deterrence that any belief supports is a curved continuum.
            told += told_alike(found, there.cell.outcome, point)
        else:
            told += 1
    assert told >= 70


def told_alike(found: Regimes, outcome: Description, point: tuple[Fraction, ...]) -> bool:
    """Whether there is a whole answer; then the isolated equilibria, the number of continua and
    what is played on the path must be the same."""
    game = found.study.game.at(found.region.symbols.values(point))
    result = solve(game, ["sequential"]).of("sequential")
    if result.coverage is not Coverage.ALL:
        return False
    ((_, solutions),) = outcome
    ours = at(solutions, point)
    alone = [
        [one for one in told if isinstance(one, Assessment)] for told in (ours, result.solutions)
    ]
    assert essence(alone[0]) == essence(alone[1]), point
    assert len(ours) == len(result.solutions), point
    ways = [set().union(*(plays(game, one) for one in told)) for told in (ours, result.solutions)]
    assert ways[0] == ways[1], point
    return True


def test_the_table_of_unilateral_deterrence() -> None:
    """Every row of models.md q2, at random points of both probabilities: what is played."""
    game = library("deterrence/unilateral_deterrence.yaml")
    found = regimes(game, ["sequential"], over=["pC", "pD"], most_edges=None)
    tree = game.case().game
    hard, soft = (
        index for index, one in enumerate(tree.sets) if one.actions == ("Accept", "Initiate")
    )
    names = found.region.symbols.names
    met = dict.fromkeys(["deterrence", "separating", "bluff", "attack"], 0)
    for point in points(found, 300, seed=3):
        values = dict(zip(names, point, strict=True))
        (cell,) = holders(found, point)
        if cell.cell.thin or cell.cell.undecided or {0, 1} & set(point):
            continue
        ways = {
            (way[hard], way[soft])
            for _, solutions in cell.cell.outcome
            for one in solutions
            for way in plays(tree, one)
        }
        wanted: set[object] = {((0,), (0,))}
        # c1 = 2/3, c2 = 1/2, d1 = 2/3 at these payoffs.
        if values["pD"] > Fraction(2, 3):
            kind = "deterrence"
        elif values["pD"] > Fraction(1, 2):
            kind = "separating"
            wanted.add(((1,), (0,)))
        elif values["pC"] < Fraction(2, 3):
            kind = "bluff"
            wanted.add(((1,), (0, 1)))
        else:
            kind = "attack"
            wanted.add(((1,), (1,)))
        assert ways == wanted, values
        met[kind] += 1
    assert min(met.values()) >= 10


def test_what_is_no_exchange() -> None:
    """Three moves in turn of which the last is not settled by itself."""
    text = """
game: three moves
players: [A, B]
parameters: {x: 1}
tree:
  A:
    Out: 0, 0
    In:
      B @ first:
        Left: {A @ later: {Up: "x, 0", Down: "0, 1"}}
        Right: {A @ later: {Up: "0, 1", Down: "x, 0"}}
"""
    with pytest.raises(Unsupported, match="whatever is believed"):
        regimes(study(text), ["sequential"])


@pytest.mark.parametrize("eps", [0, 1])
def test_where_chance_leaves_something_out_what_cannot_be_met_is_left_out(eps: int) -> None:
    """Without noise, or with nothing but noise, the challenger knows what the defender does: it
    refrains after a commitment and attacks after none, and the defender commits itself."""
    found = regimes(library("secrecy/noisy_commitment.yaml"), ["sequential"], over=["eps"])
    (there,) = holders(found, (Fraction(eps),))
    tree = found.study.case().game
    start, seen = 0, dict.fromkeys(("Commit", "Not"), 0)
    for index, one in enumerate(tree.sets):
        if tree.set_name(index) in seen and one.player == 1:
            seen[tree.set_name(index)] = index
        elif one.player == 0:
            start = index
    ((_, (only,)),) = there.cell.outcome
    assert isinstance(only, Assessment)
    names = [tree.sets[index].actions for index in (start, *seen.values())]
    chosen = [only.choices[index].index(1) for index in (start, *seen.values())]
    played = [actions[place] for actions, place in zip(names, chosen, strict=True)]
    assert played == ["Commit", *(["Refrain", "Attack"] if eps == 0 else ["Attack", "Refrain"])]
