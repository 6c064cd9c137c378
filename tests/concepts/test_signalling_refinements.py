"""Intuitive criterion, D1 and divinity against the literature and hand derivations."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest

from alliance_games.concepts import find
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.signalling import signalling_view
from alliance_games.results.result import Coverage, Result
from alliance_games.results.signalling_forms import form_of
from alliance_games.results.tree_solutions import Assessment, Continuum, Discarded
from alliance_games.solve import solve
from tests.concepts.signalling_games import (
    beer_quiche,
    job_market,
    random_game,
    reliability,
    signalling,
    treaty,
)

CONCEPTS = ("intuitive-criterion", "d1", "divinity")


def answer(game: ExtensiveGame, concept: str) -> Result:
    (result,) = solve(game, [concept]).results
    return result


def survivors(result: Result) -> list[Assessment | Continuum]:
    return [one for one in result.solutions if isinstance(one, Assessment | Continuum)]


def fallen(result: Result) -> list[Discarded]:
    return [one for one in result.solutions if isinstance(one, Discarded)]


def forms(result: Result) -> list[str]:
    return sorted(str(one.properties["form"]) for one in survivors(result))


def sent(one: Assessment | Continuum, types: int) -> list[tuple[str, ...]]:
    """What the types send in the first member, as text."""
    first = one.points[0] if isinstance(one, Continuum) else one
    return [tuple(map(str, choice or ())) for choice in first.choices[1 : types + 1]]


@pytest.mark.parametrize("concept", CONCEPTS)
def test_quiche_for_all_fails_because_only_the_surly_gain_by_beer(concept: str) -> None:
    """Cho and Kreps 1987, section II."""
    result = answer(beer_quiche(), concept)
    assert result.coverage is Coverage.ALL
    assert forms(result) == ["pooling on Beer"]
    (quiche,) = fallen(result)
    assert "a Surly Sender would gain by deviating to Beer (3 > 2)" in quiche.reason
    assert quiche.numbers["Surly in equilibrium"] == 2
    assert quiche.numbers["Surly after Beer, at least"] == 3


def test_the_reason_names_who_would_never_gain() -> None:
    (quiche,) = fallen(answer(beer_quiche(), "intuitive-criterion"))
    assert quiche.reason.endswith("if that were believed; a Weak one never, whatever the response")
    # Weak gets 3 in equilibrium and at most 2 by beer: 0 for the beer and 2 for no duel.
    assert quiche.numbers["Weak in equilibrium"] == 3
    assert quiche.numbers["Weak after Beer, at most"] == 2


@pytest.mark.parametrize("k", [Fraction(n, 2) for n in range(2, 19)])
def test_staying_unsigned_under_attack_fails_in_the_very_range_of_models_f2(k: Fraction) -> None:
    """models f2: with pi < ps it exists for k >= tau and fails if and only if VL < k < VH - WH."""
    result = answer(treaty(k=k), "intuitive-criterion")
    unsigned = [one for one in survivors(result) if "on NoSign" in str(one.properties["form"])]
    ruled_out = [one for one in fallen(result) if sent(one.solution, 2) == [("0", "1")] * 2]
    assert len(unsigned) + len(ruled_out) == 1
    assert bool(ruled_out) == (3 < k < 8)


def test_the_separating_treaty_is_unique_under_the_criterion() -> None:
    """models f2, the defaults."""
    result = answer(treaty(), "intuitive-criterion")
    assert forms(result) == ["separating"]
    (one,) = survivors(result)
    assert isinstance(one, Assessment)
    assert one.payoffs == (Fraction(9, 5), Fraction(14, 5))


def test_the_patrons_reputation_in_every_regime() -> None:
    """models j1, with the criterion worked out by hand for each pooled outcome (wE < B).

    Both restrain: by backing the reliable gain DR if the ally stays, the others DU; backing is
    excluded for whom that is negative. So it fails just where DU < 0 < DR. Both back: by restraint
    they gain -DR and -DU, and it fails just where DR < 0 < DU. Separating sends every message.
    """
    random, seen = Random(4), set()
    for _ in range(60):
        war = random.choice((1, 2, 3, 6))
        dr, du = random.sample((-7, -6, -4, -2, -1, 1, 2, 4, 6, 7), 2)
        pi = Fraction(random.choice((3, 7, 9)), 10)
        result = answer(reliability(war, dr, du, pi), "intuitive-criterion")
        assert result.coverage is Coverage.ALL
        # Pooled equilibria in which the ally stays, as models.md lists them.
        kept = {_staying(one) for one in survivors(result)}
        lost = {_staying(one.solution) for one in fallen(result)}
        restrain = pi >= Fraction(1, 2) and max(dr, du) <= 5
        back = war < 4 and pi >= Fraction(4 + war, 8) and min(dr, du) >= -5
        for name, exists, fails in (
            ("Restrain", restrain, war < 4 and du < 0 < dr),
            ("Back", back, dr < 0 < du),
        ):
            assert (name in kept) == (exists and not fails), (war, dr, du, pi)
            assert (name in lost) == (exists and fails), (war, dr, du, pi)
            seen |= {(name, exists, fails)}
    assert {("Restrain", True, True), ("Back", True, True)} <= seen
    assert {("Restrain", True, False), ("Back", True, False)} <= seen


def _staying(one: Assessment | Continuum) -> str | None:
    """The message that both types send and after which the ally stays."""
    first = one.points[0] if isinstance(one, Continuum) else one
    sends, answers = first.choices[1], first.choices[3:5]
    if sends != first.choices[2] or 1 not in (sends or ()):
        return None
    place = sends.index(1)
    return ("Back", "Restrain")[place] if (answers[place] or ())[0] == 1 else None


def test_with_two_types_the_criterion_leaves_the_cheapest_separation() -> None:
    """Riley's outcome in Spence's job market (Cho and Kreps 1987, section V)."""
    game = job_market(("0", "5/4"), ("1", "2"), (2, 1))
    assert forms(answer(game, "intuitive-criterion")) == ["separating"]


def test_with_three_types_it_takes_d1() -> None:
    """Cho and Kreps 1987, section V: D1 leaves Riley's outcome, the intuitive criterion more.

    All at effort 0 for a wage of 2: by effort 5/4 the two abler types would gain at a wage of 3, so
    neither is excluded; a firm that thinks of the second pays 2. But the ablest gains at lower
    chances of 3, so D1 ascribes the effort to it alone. Equilibria in which types mix are left
    aside: they depend on the few wages there are.
    """
    game = job_market(("0", "5/4", "7/2"), ("1", "2", "3"), (2, 3, 2))
    weak, strong = answer(game, "intuitive-criterion"), answer(game, "d1")
    pure = ("pooling", "separating", "partially")
    assert [form for form in forms(weak) if form.startswith(pure)] == ["pooling on 0", "separating"]
    assert [form for form in forms(strong) if form.startswith(pure)] == ["separating"]
    (riley,) = [one for one in survivors(strong) if one.properties["form"] == "separating"]
    assert sent(riley, 3) == [("1", "0", "0"), ("0", "1", "0"), ("0", "0", "1")]
    (pooling,) = [one for one in fallen(strong) if sent(one.solution, 3) == [("1", "0", "0")] * 3]
    assert "type 3 would gain by deviating to 5/4 (31/12 > 2)" in pooling.reason


def eager(prior: Fraction) -> ExtensiveGame:
    """Both get 0 by staying in. Asking is met by refusal (-1), half help (1 for the needy, -1 for
    the others) or help (2, 1). The receiver refuses below 1/3 of the needy, helps from 2/3 on."""

    def pay(kind: str, said: str, answer: str) -> tuple[Fraction | int, Fraction | int]:
        needy = kind == "Needy"
        if said == "Stay":
            return 0, 0
        own = {"Refuse": -1, "Half": 1 if needy else -1, "Help": 2 if needy else 1}[answer]
        theirs = {
            "Refuse": 0,
            "Half": 2 if needy else -1,
            "Help": 3 if needy else -3,
        }[answer]
        return own, theirs

    types = {"Needy": prior, "Other": 1 - prior}
    return signalling(types, ("Ask", "Stay"), ("Refuse", "Half", "Help"), pay)


@pytest.mark.parametrize(
    ("prior", "divine"), [(Fraction(1, 4), True), (Fraction(2, 5), False), (Fraction(3, 4), False)]
)
def test_divinity_lies_between_the_criterion_and_d1(prior: Fraction, divine: bool) -> None:
    """Banks and Sobel's point: whoever gains more often is at least as likely as before.

    Staying, for fear of refusal: both types could gain by asking (if helped), so the criterion
    excludes nobody. The needy gain wherever the others do not lose, so the odds on them are at
    least the prior's: below 1/3 refusal is still best, from there on it is not. D1 is sure of them.
    """

    def stays(concept: str) -> bool:
        return "pooling on Stay" in forms(answer(eager(prior), concept))

    assert stays("intuitive-criterion")
    assert stays("divinity") == divine
    assert not stays("d1")
    if divine:
        result = answer(eager(prior), "divinity")
        (one,) = [x for x in survivors(result) if x.properties["form"] == "pooling on Stay"]
        assert one.properties["universally divine"] is False
        assert "Needy (1/4) + Other (3/4)" in str(one.properties["beliefs after Ask"])


@pytest.mark.parametrize("shape", [(2, 2, 2), (2, 2, 3), (3, 2, 2)])
def test_what_every_refinement_leaves_is_nested(shape: tuple[int, int, int]) -> None:
    """D1 and divinity imply the intuitive criterion (Cho and Kreps 1987, section IV); each answers
    for every sequential equilibrium or says that it does not, and an outcome survives, because
    stable components pass them all. Payoffs tie too seldom on the path to leave much undecided."""
    decided = 0
    random = Random(9)
    for _ in range(12):
        game = random_game(random, *shape)
        results = {name: answer(game, name) for name in (*CONCEPTS, "sequential")}
        everything = len(results["sequential"].solutions)
        assert results["sequential"].coverage is Coverage.ALL
        if any(result.coverage is not Coverage.ALL for result in results.values()):
            continue
        decided += 1
        left = {name: _plays(survivors(results[name])) for name in CONCEPTS}
        for name in CONCEPTS:
            assert len(results[name].solutions) == everything
            assert left[name], name
        assert left["d1"] <= left["intuitive-criterion"]
        assert left["divinity"] <= left["intuitive-criterion"]
    assert decided >= 10


def _plays(found: list[Assessment | Continuum]) -> set[object]:
    return {
        tuple(p.choices for p in one.points) if isinstance(one, Continuum) else one.choices
        for one in found
    }


def test_other_trees_are_refused_with_the_reason() -> None:
    random = Random(1)
    game = random_game(random, 2, 2, 2)
    assert not solve(game, CONCEPTS).refusals
    from tests.contract.sample_games import outside_option

    for refusal in solve(outside_option(), CONCEPTS).refusals:
        assert "it refines the equilibria of signalling games" in refusal.reason


def test_a_type_of_probability_zero_is_refused_by_name() -> None:
    game = treaty(pi=Fraction(0))
    (refusal,) = solve(game, ["d1"]).refusals
    assert "H has none" in refusal.reason


@pytest.mark.parametrize("concept", CONCEPTS)
def test_the_checker_says_no_to_a_turned_verdict(concept: str) -> None:
    for game in (beer_quiche(), treaty(), reliability(1, 2, -7)):
        view = signalling_view(game)
        assert view is not None
        needed = {"sequential": answer(game, "sequential")}
        verify = find(concept).verify
        result = answer(game, concept)
        assert survivors(result) and fallen(result)
        for one in survivors(result):
            turned = Discarded(one, "ruled out", fallen(result)[0].numbers)
            assert not verify(game, turned, needed).verified
            wrong = {**one.properties, "form": "semi-separating"}
            assert not verify(game, replace(one, properties=wrong), needed).verified
        for one in fallen(result):
            form = {"form": form_of(view, one.solution)}
            assert not verify(game, replace(one.solution, properties=form), needed).verified
