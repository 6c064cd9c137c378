"""What reports say of coalitions that form: true of the game, and readable."""

from __future__ import annotations

from alliance_games.render.terminal import to_text
from alliance_games.report.build import build
from alliance_games.results.budget import Budget
from alliance_games.solve import solve_study
from tests.reading.games import study


def told(text: str, scenario: str | None = None, **budget: object) -> str:
    answer = solve_study(study(text), scenarios=[scenario], budget=lambda: Budget(**budget))
    return " ".join(to_text(build(answer), 100).split())


BLOCS = """\
game: Blocs
players: [A, B, C, D]
parameters: {bond: 3/2, creed: {value: {A: 0, B: 0, C: 1, D: 1}}}
coalitions:
  utility: others(bond - abs(creed - own(creed)))
scenarios: {weak: {bond: 4/5}}
"""


def test_leaving_alone_and_leaving_together_are_told_apart() -> None:
    text = told(BLOCS)
    assert "The grand coalition is stable by every standard asked" in text
    assert "From {A, B} {C, D} nobody would go alone, and yet all would rather be together" in text
    weak = told(BLOCS, "weak")
    assert "{A, B} {C, D} is stable by every standard asked" in weak
    # 2 bond - ... : each gets 3 * 4/5 - 2 = 2/5 in all, and 4/5 with its like.
    assert "From the grand coalition nobody would go alone" in weak
    assert (
        "A and B would rather be a coalition by themselves (A: 2/5 to 4/5, B: 2/5 to 4/5)" in weak
    )
    assert "a coalition gives the sum" in text


def test_every_coalition_is_drawn_where_pairs_do_not_say_it() -> None:
    text = told("game: G\nplayers: [A, B]\ncoalitions: {utility: size^2}\n")
    assert "Each row is a coalition" in text and "{A, B} 4 4" in text


ROUND = """\
game: Round
players: [A, B, C]
coalitions:
  preferences: {A: ["A, B", "A, C"], B: ["B, C", "A, B"], C: ["A, C", "B, C"]}
"""


def test_a_proof_that_nothing_is_stable_is_told() -> None:
    text = told(ROUND)
    assert "No partition of the players is stable in this sense." in text
    assert "one of {A, B}, {A, C} or {B, C} would rather be a coalition" in text
    assert "There are none: every partition of the players was built" in text
    assert "No partition is in the core, Nash-stable or individually stable" in text
    assert "These are all" not in text


LANDSCAPE = """\
game: L
players: [A, B, C]
parameters: {x: -2}
landscape:
  sizes: {A: 1, B: 2, C: 3}
  propensities: {A - B: 1, A - C: x, B - C: -1}
  start: [[A, B, C], []]
"""


def test_one_resting_place() -> None:
    text = told(LANDSCAPE)
    # A and B are friends, and both lean away from C.
    assert "A, B | C -24 4 of 4 deepest" in text
    assert "Wherever one begins, the states end as {A, B | C}" in text
    assert "From the start C changes sides, one move in all, and the energy falls by 24" in text


def test_equally_deep_places_and_ties() -> None:
    enemies = "game: E\nplayers: [A, B, C]\nlandscape: {sizes: 1, propensities: -1}\n"
    text = told(enemies)
    assert "There are three divisions that no state would leave, and they are equally deep" in text
    assert "deepest, not strict" in text
    assert "would be as well off on the other side" in text


LATIN = """\
game: M
matching:
  men: {a: [A, B, C], b: [B, C, A], c: [C, A, B]}
  women: {A: [b, c, a], B: [c, a, b], C: [a, b, c]}
"""


def test_who_makes_the_offers() -> None:
    text = told(LATIN)
    assert "where men do, a, b and c do best and A, B and C worst" in text
    assert "best for men" in text and "best for women" in text
    assert "men proposing" in text and "women proposing" in text


def test_one_matching_and_who_stays_alone() -> None:
    text = told("game: M\nmatching:\n  ps: {x: [u], y: [u]}\n  cs: {u: [y, x], v: []}\n")
    assert "it makes no difference whether ps or cs make the offers" in text
    assert "x and v stay alone in it" in text
    assert "x to u; y to u x by u" in text  # one round: both propose, x is refused


def test_broken_ties_are_told() -> None:
    text = told(
        "game: M\nmatching:\n  ps: {x: [u = v]}\n  cs: {u: [x], v: [x]}\n  ties: in order\n"
    )
    assert "are preferred: x is indifferent between u and v" in text


def test_many_are_cut_short() -> None:
    names = ", ".join(f"S{at}" for at in range(30))
    body = "landscape: {sizes: 1, propensities: 1, start: [S0, S1, S2]}\n"
    text = told(f"game: L\nplayers: [{names}]\n{body}")
    assert "The propensities of 30 states are not drawn" in text
    assert "and 10 more" in text  # weights


def test_all_is_said_of_a_limit() -> None:
    text = told(BLOCS, listed=1)
    assert "SOME, perhaps not all: the first 1 were listed, and there are more" in text
