"""Undefeated equilibria against the paper's examples and hand derivations."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from alliance_games.concepts.trees.undefeated import CONCEPT
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.results.result import Coverage, Result
from alliance_games.results.tree_solutions import Assessment, Continuum, Discarded
from alliance_games.solve import solve
from tests.concepts.signalling_games import beer_quiche, job_market, signalling, treaty
from tests.contract.corruptions import corrupted


def answer(game: ExtensiveGame, concept: str = "undefeated") -> Result:
    (result,) = solve(game, [concept]).results
    return result


def forms(result: Result) -> list[str]:
    return sorted(str(x.properties["form"]) for x in result.solutions if x.kind != "discarded")


def fallen(result: Result) -> list[Discarded]:
    return [one for one in result.solutions if isinstance(one, Discarded)]


def test_both_breakfasts_are_undefeated() -> None:
    """Beer makes the weak worse off than quiche does, and quiche the surly: none defeats the other
    (unlike the intuitive criterion, which leaves beer alone)."""
    result = answer(beer_quiche())
    assert result.coverage is Coverage.ALL
    assert forms(result) == ["pooling on Beer", "pooling on Quiche"]


def test_where_most_workers_are_able_pooling_defeats_the_cheapest_separation() -> None:
    """Mailath, Okuno-Fujiwara and Postlewaite 1993: the refinements by messages select Riley's
    outcome even where both types prefer to pool; this one does not.

    Nine of ten are able. Separation: 1 for the others, 2 - (5/4)/2 = 11/8 for the able. Pooling at
    effort 1/4 for a wage of 2: 7/4 and 15/8. So 1/4 should be met by the prior, hence by a wage of
    2, and then both leave. In the same way pooling at 0 (2 and 2) defeats pooling at 1/4.
    """
    game = job_market(("0", "1/4", "5/4"), ("1", "2"), (1, 9))
    result = answer(game)
    assert "separating" in forms(answer(game, "intuitive-criterion"))
    assert "separating" in forms(answer(game, "d1"))
    assert "pooling on 0" in forms(result)
    assert not {"separating", "pooling on 1/4", "pooling on 5/4"} & set(forms(result))
    reasons = [one.reason for one in fallen(result)]
    assert any(
        "Worker of type 1 (7/4 > 1) and Worker of type 2 (15/8 > 11/8)" in r for r in reasons
    )


def test_where_most_workers_are_not_able_separation_defeats_pooling() -> None:
    game = job_market(("0", "5/4"), ("1", "2"), (2, 1))
    result = answer(game)
    assert forms(result) == ["separating"]
    (pooling,) = fallen(result)
    assert pooling.numbers == {"2 in equilibrium": Fraction(1), "2 in the other": Fraction(11, 8)}


def test_the_treaty_defeats_staying_unsigned_under_attack() -> None:
    """models f2, the defaults: H alone signs and gets 6 instead of 2."""
    result = answer(treaty())
    assert forms(result) == ["separating"]
    (unsigned,) = fallen(result)
    assert unsigned.numbers == {"H in equilibrium": 2, "H in the other": 6}
    assert unsigned.reason == (
        "in the equilibrium that is separating D of type H (6 > 2) gets more by sending Sign; "
        "so Sign should be ascribed to H, and the belief after it is another"
    )


def asking() -> ExtensiveGame:
    """A and B ask and are helped, C stays; or all stay, because whoever asks is refused.

    Helped, A gets 1 rather than 0 and B the same as by staying. The receiver refuses where A and C
    together are at least three times as likely as B.
    """
    own = {"A": {"Help": 1, "Refuse": -1}, "B": {"Help": 1, "Refuse": -1}}
    theirs = {
        "A": {"Help": 0, "Refuse": 1},
        "B": {"Help": 3, "Refuse": 0},
        "C": {"Help": 0, "Refuse": 1},
    }

    def pay(kind: str, said: str, answer: str) -> tuple[int, int]:
        if said == "Stay":
            return {"A": 0, "B": 1, "C": 5}[kind], int(answer == "Refuse")
        return own.get(kind, {}).get(answer, -1), theirs[kind][answer]

    return signalling(
        dict.fromkeys("ABC", Fraction(1, 3)), ("Ask", "Stay"), ("Help", "Refuse"), pay
    )


def test_what_is_left_of_a_continuum_has_exact_beliefs() -> None:
    """After Ask, C must not be believed, and B at most as likely as A (it gets the same). All stay
    if refused, which takes A at least three times as likely as B. So beliefs from 3/4 A to A are
    left of a triangle, and help with probability up to 1/2 at 3/4."""
    game = asking()
    result = answer(game)
    assert result.coverage is Coverage.ALL
    (kept,) = [x for x in result.solutions if x.kind == "component" and _stay(x)]
    assert isinstance(kept, Continuum)
    (at,) = [i for i in range(len(game.sets)) if game.set_name(i) == "Ask"]
    corners = {(point.beliefs[at], point.choices[at]) for point in kept.points}
    sure = (Fraction(1), Fraction(0), Fraction(0))
    edge = (Fraction(3, 4), Fraction(1, 4), Fraction(0))
    refuse = (Fraction(0), Fraction(1))
    half = (Fraction(1, 2), Fraction(1, 2))
    assert corners == {(sure, refuse), (edge, refuse), (edge, half)}
    assert kept.dimension == 1
    (lost,) = fallen(result)
    assert "for some members" in lost.reason
    assert "A (1 > 0)" in lost.reason and "type B no less" in lost.reason


def _stay(one: object) -> bool:
    return getattr(one, "properties", {}).get("form") == "pooling on Stay"


def test_every_survivor_is_verified() -> None:
    for game in (beer_quiche(), treaty(), asking()):
        result = answer(game)
        assert result.verified
        assert all(isinstance(x, Assessment | Continuum | Discarded) for x in result.solutions)


def test_the_checker_says_no_to_a_spoilt_part_of_a_continuum() -> None:
    game = asking()
    (sequential,) = solve(game, ["sequential"]).results
    needed = {"sequential": sequential}
    for one in answer(game).solutions:
        assert CONCEPT.verify(game, one, needed).verified
        spoilt = list(corrupted(one))
        assert len(spoilt) >= 3
        for what, wrong in spoilt:
            assert not CONCEPT.verify(game, wrong, needed).verified, what


def test_the_checker_says_no_to_what_is_defeated_as_a_survivor() -> None:
    game = treaty()
    (sequential,) = solve(game, ["sequential"]).results
    (unsigned,) = fallen(answer(game))
    as_survivor = replace(unsigned.solution, properties={"form": "pooling on NoSign"})
    assert not CONCEPT.verify(game, as_survivor, {"sequential": sequential}).verified
    (separating,) = [x for x in answer(game).solutions if isinstance(x, Assessment)]
    as_fallen = Discarded(separating, "defeated", unsigned.numbers)
    assert not CONCEPT.verify(game, as_fallen, {"sequential": sequential}).verified
