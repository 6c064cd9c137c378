"""The checker of assessments says no where something small is wrong."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from alliance_games.certificates.assessment import check
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.results.tree_solutions import (
    Assessment,
    Condition,
    Continuum,
    Family,
    Tremble,
    Unknown,
)
from alliance_games.solve import solve
from tests.concepts.trees import beer_and_quiche, entry, horse, treaty, two_onlookers

half = Fraction(1, 2)


def first(game: ExtensiveGame, kind: str, concept: str = "sequential") -> Assessment | Continuum:
    [result] = solve(game, [concept]).results
    return next(one for one in result.solutions if one.kind == kind)  # type: ignore[return-value]


def separating() -> Assessment:
    one = first(treaty(), "assessment")
    assert isinstance(one, Assessment)
    return one


def test_a_tremble_that_tends_elsewhere() -> None:
    game, one = treaty(), separating()
    assert check(game, one, consistent=True).verified
    assert one.tremble is not None
    place = next(h for h, own in enumerate(one.tremble.orders) if own and sorted(own) == [0, 1])
    orders, weights = list(one.tremble.orders), list(one.tremble.weights)
    orders[place] = tuple(1 - order for order in orders[place] or ())
    turned = replace(one, tremble=Tremble(tuple(orders), tuple(weights)))
    assert not check(game, turned, consistent=True).verified
    weights[place] = tuple(-w for w in weights[place] or ())
    negative = replace(one, tremble=Tremble(one.tremble.orders, tuple(weights)))
    assert not check(game, negative, consistent=True).verified
    assert check(game, replace(one, tremble=None), consistent=True).verified


def test_a_belief_against_bayes_rule() -> None:
    game, one = treaty(), separating()
    place = next(h for h, own in enumerate(one.beliefs) if own and len(own) == 2)
    beliefs = list(one.beliefs)
    beliefs[place] = (half, half)
    for consistent in (True, False):
        wrong = check(game, replace(one, beliefs=tuple(beliefs)), consistent=consistent)
        assert not wrong.verified and "Bayes" in wrong.claim


def test_beliefs_no_tremble_gives_are_fit_for_the_weak_concept_alone() -> None:
    game = two_onlookers()
    [result] = solve(game, ["weak-perfect-bayesian"]).results
    points = [p for one in result.solutions for p in getattr(one, "points", (one,))]
    apart = [p for p in points if p.choices[0] == (1, 0, 0) and p.beliefs[1] != p.beliefs[2]]
    assert apart
    for one in apart:
        assert check(game, one, consistent=False).verified
        assert not check(game, one, consistent=True).verified


def test_somebody_gains_off_the_path() -> None:
    game = entry()
    one = first(game, "assessment")
    assert isinstance(one, Assessment)
    # Out, although the incumbent would accommodate, and although she would fight were she asked.
    choices = ((Fraction(1), Fraction(0)), *one.choices[1:])
    out = replace(
        one, choices=choices, payoffs=(Fraction(0), Fraction(2)), outcomes=((1, Fraction(1)),)
    )
    wrong = check(game, out, consistent=False)
    assert not wrong.verified and wrong.largest_gain == 3


def test_a_family_that_says_too_much_or_too_little() -> None:
    game = beer_and_quiche()
    one = first(game, "component")
    assert isinstance(one, Continuum)
    assert check(game, one, consistent=True).verified
    place = next(
        k for k, f in enumerate(one.families) if f.conditions[0].terms[0][1][0].of == "belief"
    )
    family = one.families[place]
    index = family.conditions[0].terms[0][1][0].set

    def with_family(changed: Family) -> Continuum:
        families = list(one.families)
        families[place] = changed
        return replace(one, families=tuple(families))

    def bound(most: Fraction) -> Condition:
        return Condition(((Fraction(-1), (Unknown("belief", index, 0),)), (most, ())), ">=")

    for wrong in (
        replace(family, conditions=()),
        replace(family, conditions=(bound(Fraction(3, 5)),)),
        replace(family, conditions=(bound(Fraction(2, 5)),)),
        replace(family, dimension=2),
        replace(family, hull="realization"),
    ):
        assert not check(game, with_family(wrong), consistent=True).verified, wrong


def test_a_continuum_cut_short() -> None:
    """Half of a family, with conditions to match: what lies beyond is an equilibrium, too."""
    game = horse()
    one = first(game, "component")
    assert isinstance(one, Continuum)
    third = len(game.sets) - 1
    low = [p for p in one.points if (p.beliefs[third] or ())[0] in (0, Fraction(1, 3))]
    choice = [p for p in low if (p.choices[third] or ())[0] == 0]
    top = max(choice, key=lambda p: (p.beliefs[third] or ())[0])
    least = min(choice, key=lambda p: (p.beliefs[third] or ())[0])
    beliefs = list(top.beliefs)
    beliefs[third] = (Fraction(1, 6), Fraction(5, 6))
    inner = replace(top, beliefs=tuple(beliefs), tremble=None)
    condition = Condition(((Fraction(-6), (Unknown("belief", third, 0),)), (Fraction(1), ())), ">=")
    short = Continuum(1, (inner, least), (Family(1, (0, 1), (condition,)),), {"pure": True})
    wrong = check(game, short, consistent=True)
    assert not wrong.verified and "beyond" in wrong.claim


def test_what_is_no_assessment() -> None:
    game = treaty()
    one = separating()
    assert not check(game, replace(one, choices=one.choices[1:]), consistent=True).verified
    assert not check(game, replace(one, beliefs=one.beliefs[1:]), consistent=True).verified
    assert not check(game, replace(one, outcomes=one.outcomes[1:]), consistent=True).verified
