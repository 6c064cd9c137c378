"""Sequential equilibria against books, closed forms and two-player Nash equilibria."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from alliance_games.concepts import defaults, find
from alliance_games.exact.algebraic import Algebraic
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.tree_builder import Chance, Move, Terminal
from alliance_games.results.budget import Budget, LimitReached
from alliance_games.results.result import Coverage, Result, Status
from alliance_games.results.tree_solutions import Assessment, Condition, Continuum, Unknown
from alliance_games.solve import solve
from tests.concepts.trees import (
    beer_and_quiche,
    deterrence,
    entry,
    horse,
    reliability,
    seen_through_noise,
    treaty,
    tree,
    two_onlookers,
    volunteers,
)

half = Fraction(1, 2)


def answer(game: ExtensiveGame, **limits: object) -> Result:
    [result] = solve(game, ["sequential"], Budget(**limits)).results  # type: ignore[arg-type]
    return result


def equilibria(game: ExtensiveGame) -> list[Assessment | Continuum]:
    result = answer(game)
    assert result.coverage is Coverage.ALL and result.status is Status.EXACT and result.verified
    return list(result.solutions)  # type: ignore[arg-type]


def named(game: ExtensiveGame, label: str) -> int:
    return next(h for h in range(len(game.sets)) if game.set_name(h) == label)


def chosen(game: ExtensiveGame, one: Assessment, label: str) -> Fraction:
    """The probability of the first action at a set."""
    choice = one.choices[named(game, label)]
    assert choice is not None
    return choice[0]


def believed(game: ExtensiveGame, one: Assessment, label: str) -> Fraction:
    """The belief of the first node of a set."""
    belief = one.beliefs[named(game, label)]
    assert belief is not None
    return belief[0]


def at_most(of: str, index: int, bound: Fraction) -> Condition:
    """first <= bound, in whole numbers."""
    own = (
        (-Fraction(bound.denominator), (Unknown(of, index, 0),)),
        (Fraction(bound.numerator), ()),
    )
    return Condition(own, ">=")


def test_selten_s_horse() -> None:
    """By hand: D invites 3 to L and 2 to d, who would then be better off with C or d; so C and c,
    3 takes L with at most 1/4, and with L between 0 and 1/4 believes D with exactly 1/3."""
    game = horse()
    [component] = equilibria(game)
    assert isinstance(component, Continuum) and component.dimension == 1
    third = named(game, "third")
    assert {family.conditions for family in component.families} == {
        (at_most("choice", third, Fraction(1, 4)),),
        (at_most("belief", third, Fraction(1, 3)),),
    }
    for point in component.points:
        assert chosen(game, point, "start") == chosen(game, point, "C") == 1
    told = {(chosen(game, p, "third"), believed(game, p, "third")) for p in component.points}
    third_ = Fraction(1, 3)
    assert told == {(Fraction(1, 4), third_), (Fraction(0), third_), (Fraction(0), Fraction(0))}


def test_beer_and_quiche_has_two_pooling_components() -> None:
    game = beer_and_quiche()
    beer, quiche = equilibria(game)
    for component, drink, unsent in ((beer, 1, "Quiche"), (quiche, 0, "Beer")):
        assert isinstance(component, Continuum) and component.dimension == 1
        for point in component.points:
            assert chosen(game, point, "Strong") == chosen(game, point, "Weak") == drink
            assert believed(game, point, unsent) <= half
            assert chosen(game, point, unsent) >= half
        sent = named(game, unsent)
        assert at_most("belief", sent, half) in [f.conditions[0] for f in component.families]


def test_a_treaty_separates_or_is_pooled_away() -> None:
    """models.md f2 at its defaults."""
    game = treaty()
    separating, pooling = equilibria(game)
    assert isinstance(separating, Assessment) and isinstance(pooling, Continuum)
    assert separating.payoffs == (Fraction(9, 5), Fraction(14, 5))
    assert (chosen(game, separating, "H"), chosen(game, separating, "L")) == (1, 0)
    for point in pooling.points:
        assert point.payoffs == (Fraction(3, 5), Fraction(8, 5))
        assert believed(game, point, "signed") <= half
        assert chosen(game, point, "signed") >= Fraction(4, 7)


def test_a_cheap_treaty_is_bluffed_with() -> None:
    """models.md f2, semi-separating: mu = 3/7 and chi = 1/2."""
    game = treaty(cost=Fraction(1), gain=half)
    semi = [one for one in equilibria(game) if isinstance(one, Assessment)]
    assert len(semi) == 1
    assert chosen(game, semi[0], "H") == 1
    assert chosen(game, semi[0], "L") == Fraction(3, 7)
    assert chosen(game, semi[0], "signed") == half
    assert semi[0].payoffs == (Fraction(63, 40), Fraction(8, 5))


def test_a_treaty_that_ties_hands_deters() -> None:
    game = treaty(cost=Fraction(1), renege=Fraction(5), gain=half)
    payoffs = {
        point.payoffs
        for one in equilibria(game)
        for point in (one.points if isinstance(one, Continuum) else (one,))
    }
    assert (Fraction(41, 10), Fraction(0)) in payoffs


def pure_patterns(game: ExtensiveGame) -> set[tuple[Fraction, ...]]:
    """What the patron's types do in the equilibria where they do not mix: chances of Back."""
    found = set()
    for one in equilibria(game):
        for point in one.points if isinstance(one, Continuum) else (one,):
            if all(choice is None or max(choice) == 1 for choice in point.choices):
                found.add((chosen(game, point, "R"), chosen(game, point, "U")))
    return found


@pytest.mark.parametrize(
    ("war", "reliable", "unreliable", "expected"),
    [(6, -1, 2, {(0, 0)}), (1, 2, -7, {(1, 0), (0, 0)}), (1, -2, 7, {(0, 1), (1, 1)})],
)
def test_loyalty_as_a_signal(war: int, reliable: int, unreliable: int, expected: set) -> None:
    """models.md j1: the pure equilibria of the three sets of parameters."""
    game = reliability(Fraction(7, 10), war, reliable, unreliable)
    assert pure_patterns(game) == expected


@pytest.mark.parametrize("seed", range(8))
def test_deterrence_region_by_region(seed: int) -> None:
    """models.md q2: besides steadfast deterrence (everybody accepts), each region has one."""
    random = Random(seed)
    c, d = Fraction(random.randint(1, 59), 60), Fraction(random.randint(1, 59), 61)
    game = deterrence(c, d)
    first = Fraction(2, 3)
    accepts = initiates = 0
    for one in equilibria(game):
        point = one.points[0] if isinstance(one, Continuum) else one
        hard, soft = chosen(game, point, "first H"), chosen(game, point, "first S")
        if (hard, soft) == (1, 1):
            accepts += 1
            continue
        initiates += 1
        assert hard == 0
        if d > half:
            assert soft == 1 and chosen(game, point, "defender S") == 1
        elif c < first:
            assert soft == 1 - c * (1 - first) / ((1 - c) * first)
            assert chosen(game, point, "defender S") == 1 - (half - d) / (1 - d)
        else:
            assert soft == 0 and chosen(game, point, "defender S") == 1
    assert accepts >= 1
    assert initiates == (0 if d > first else 1)


def test_a_commitment_seen_through_noise() -> None:
    """models.md k1: exactly three equilibria, with closed forms."""
    noise = Fraction(1, 20)
    game = seen_through_noise(noise)
    open_, secret, never = equilibria(game)
    assert isinstance(open_, Assessment) and isinstance(secret, Assessment)
    assert chosen(game, open_, "start") == 1 - noise
    gap, other = (1 - noise) * 14 - noise * 16, (1 - noise) * 16 - noise * 14
    assert chosen(game, open_, "not") == 1 - 2 / gap
    assert chosen(game, secret, "start") == noise
    assert chosen(game, secret, "commit") == 1 - (gap - 2) / other
    assert isinstance(never, Assessment) and chosen(game, never, "start") == 0


def test_beliefs_that_no_tremble_gives_sustain_nothing() -> None:
    game = two_onlookers()
    for one in equilibria(game):
        for point in one.points if isinstance(one, Continuum) else (one,):
            assert chosen(game, point, "start") == 0


def test_entry_is_subgame_perfect() -> None:
    game = entry()
    [one] = equilibria(game)
    assert isinstance(one, Assessment) and one.payoffs == (3, 1)


def simultaneous(game: NormalGame) -> ExtensiveGame:
    """The tree in which the second player does not see what the first does."""
    rows, columns = game.shape
    answers = [
        Move(1, game.strategies[1], [Terminal(game.payoffs((i, j))) for j in range(columns)], "2")
        for i in range(rows)
    ]
    return tree(game.players, Move(0, game.strategies[0], answers))


@pytest.mark.parametrize("seed", range(12))
def test_simultaneous_moves_have_the_nash_equilibria(seed: int) -> None:
    """Vertex enumeration finds the same equilibria, and the same numbers of continua."""
    random = Random(seed)
    most = 9 if seed < 6 else 2
    tables = [[[random.randint(0, most) for _ in range(3)] for _ in range(2)] for _ in range(2)]
    normal = NormalGame.from_matrices(*tables)
    [nash] = solve(normal, ["nash"]).results
    points = {one.profile for one in nash.solutions if one.kind == "point"}
    corners = {c for one in nash.solutions if one.kind == "component" for c in one.extreme_points}
    found = equilibria(simultaneous(normal))
    assert {one.choices for one in found if isinstance(one, Assessment)} == points
    continua = [one for one in found if isinstance(one, Continuum)]
    assert {p.choices for one in continua for p in one.points} >= corners
    assert len(continua) == sum(one.kind == "component" for one in nash.solutions)


def test_an_irrational_equilibrium_is_exact() -> None:
    """models.md m3: three volunteers act with probability 1 - sqrt(3/10) each."""
    game = volunteers()
    found = [one for one in equilibria(game) if isinstance(one, Assessment)]
    mixed = [
        one
        for one in found
        if all(isinstance(chosen(game, one, f"ally {k}"), Algebraic) for k in range(3))
    ]
    assert len(mixed) == 1
    waits = 1 - chosen(game, mixed[0], "ally 0")
    assert waits * waits == Fraction(3, 10) and waits > 0
    assert len(found) == 3 + 3 + 1  # one acts; two of three mix with 7/10; all mix


def test_perfect_information_without_ties_is_backward_induction() -> None:
    random = Random(3)
    for _ in range(5):
        payoffs = random.sample(range(40), 16)

        def node(level: int, left: list[int] = payoffs) -> Move | Terminal:
            if level == 3:
                return Terminal((left.pop(), left.pop()))
            return Move(level % 2, ("l", "r"), [node(level + 1), node(level + 1)])

        root = node(0)
        assert isinstance(root, Move)
        game = tree(("1", "2"), root)
        [one] = equilibria(game)
        [perfect] = solve(game, ["subgame-perfect"]).results
        assert one.choices == perfect.solutions[0].choices
        assert "sequential" not in defaults(game)


def test_a_tie_is_mixed_over() -> None:
    """2 is indifferent after In; 1 comes in where 2 is soft with at least 1/2."""
    second = Move(1, ("soft", "hard"), [Terminal((1, 0)), Terminal((-1, 0))])
    game = tree(("1", "2"), Move(0, ("In", "Out"), [second, Terminal((0, 2))]))
    [component] = equilibria(game)
    assert isinstance(component, Continuum) and component.dimension == 1
    told = [(chosen(game, p, "start"), chosen(game, p, "In")) for p in component.points]
    assert told == [(1, 1), (1, half), (0, half), (0, 0)]
    assert len(component.families) == 3


def test_branches_of_probability_zero_say_nothing() -> None:
    left = Move(1, ("l", "r"), [Terminal((0, 1)), Terminal((1, 0))], "sees")
    never = Move(1, ("l", "r"), [Terminal((0, 0)), Terminal((1, 5))], "sees")
    lost = Move(0, ("a", "b"), [Terminal((0, 0)), Terminal((9, 9))], "lost")
    root = Chance(("x", "y", "z"), (Fraction(1), Fraction(0), Fraction(0)), [left, never, lost])
    game = tree(("1", "2"), root)
    result = answer(game)
    [one] = result.solutions
    assert isinstance(one, Assessment) and result.verified
    assert believed(game, one, "sees") == 1 and chosen(game, one, "sees") == 1
    assert one.beliefs[named(game, "lost")] is None
    assert any("'lost'" in note for note in result.notes)


def test_who_forgets_is_refused_with_the_two_nodes() -> None:
    last = [Move(0, ("x", "y"), [Terminal((0, 0)), Terminal((1, 1))], "later") for _ in range(2)]
    game = tree(("1", "2"), Move(0, ("a", "b"), last))
    [refusal] = solve(game, ["sequential"]).refusals
    assert "perfect recall" in refusal.reason and "'later'" in refusal.reason
    assert "'a'" in refusal.reason and "'b'" in refusal.reason


def test_one_is_enough_when_asked_for() -> None:
    result = answer(beer_and_quiche(), one=True)
    assert len(result.solutions) == 1 and result.coverage is Coverage.SOME


def test_a_bound_on_what_is_listed_is_said() -> None:
    result = answer(seen_through_noise(Fraction(1, 20)), listed=2)
    assert len(result.solutions) == 2 and result.coverage is Coverage.SOME
    assert "3" in result.because


def test_rejected_candidates_have_their_reasons() -> None:
    result = answer(treaty(), explain=True)
    assert result.rejected
    assert all(":" in sentence for sentence in result.rejected)
    assert not answer(treaty()).rejected


def test_no_time_is_said() -> None:
    result = answer(treaty(), seconds=0.0)
    assert result.status is Status.STOPPED and result.coverage is not Coverage.ALL


class Soon(Budget):
    """A budget that ends after so many questions."""

    left = 0

    def tick(self) -> None:
        Soon.left -= 1
        if Soon.left < 0:
            raise LimitReached("enough")


def test_what_was_found_before_a_limit_is_given() -> None:
    game = seen_through_noise(Fraction(1, 20))
    numbers = set()
    for Soon.left in range(0, 60, 3):
        [result] = solve(game, ["sequential"], Soon()).results
        assert result.verified
        if result.status is Status.STOPPED:
            numbers.add(len(result.solutions))
            assert result.coverage is not Coverage.ALL
    assert numbers >= {0, 1, 2}


def test_it_is_asked_where_moves_are_hidden() -> None:
    assert "sequential" in defaults(horse())
    assert find("sequential").order > find("subgame-perfect").order
