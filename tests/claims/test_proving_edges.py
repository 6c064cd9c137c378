"""Claims that cannot be proved: each ends in words, and where chance drops out none is wrong."""

from __future__ import annotations

import pytest

from alliance_games.claims import Outcome, Verdict, check
from alliance_games.claims.proving import Prover
from alliance_games.reading import read_text
from alliance_games.results.budget import LimitReached

HUNT = """
game: Stag hunt
players: [Alice, Jack]
parameters: {stag: 4}
strategies: [Stag, Rabbit]
payoffs:
  Stag, Stag: stag, stag
  Stag, Rabbit: 0, 3
  Rabbit, Stag: 3, 0
  Rabbit, Rabbit: 3, 3
expect:
"""


def verdict(game: str, line: str) -> Verdict:
    return check(read_text(f"{game}  - {line}\n"))[-1]


@pytest.mark.parametrize("when", ["", ", when: stag > 3"])
@pytest.mark.parametrize("quantity", ["count(foo)", "value(foo)", 'value("foo", Alice)'])
def test_an_unknown_concept_is_named(quantity: str, when: str) -> None:
    found = verdict(HUNT, f"{{compare: '{quantity} > 0'{when}}}")
    assert found.outcome is Outcome.FAILED
    assert found.found.endswith(": there is no concept called 'foo'")


CONTEST = """
game: How much to give
players: [Ann]
parameters: {a: {value: 1, range: [0, 3]}, b: {value: 1, range: [0, 3]}}
choices:
  Ann: g in [0, a]
payoffs:
  Ann: 2 * log(g + b) - 2 * g
expect:
"""

ALLIES = """
game: Allies for ever
players: [Ally, Patron]
parameters: {T: {value: 5, range: [4, 10]}, delta: {value: 2/3, range: [0, 1]}}
repeated:
  discount: delta
  stage:
    matrix: |
      Ally \\ Patron | Share | Leave
      Share         | 3, 3  | 0, T
      Leave         | T, 0  | 1, 1
  cooperate: [Share, Share]
expect:
"""


@pytest.mark.parametrize("when", ["", ", when: b >= 0"])
@pytest.mark.parametrize("claim", ["never", "equilibrium", "not equilibrium"])
@pytest.mark.parametrize("profile", ["[]", "[L, l]"])
def test_a_list_is_no_choice_of_numbers(claim: str, profile: str, when: str) -> None:
    found = verdict(CONTEST, f"{{{claim}: {profile}{when}}}")
    assert found.outcome is Outcome.FAILED
    assert "it is no list: {Ann: " in found.found


@pytest.mark.parametrize("when", ["", ", when: delta > 0"])
def test_a_number_that_an_answer_does_not_name(when: str) -> None:
    found = verdict(ALLIES, f'{{compare: \'value("grim-trigger", "x") > 0\'{when}}}')
    assert found.outcome is Outcome.FAILED
    assert "there is no x in {Share, Share: " in found.found


def test_a_limit_reached_while_cases_are_put_into_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(*_: object) -> str:
        raise LimitReached("the time limit of 2 seconds was reached")

    monkeypatch.setattr(Prover, "words", late)
    found = verdict(HUNT, "{count: {nash: 3}, when: stag > 3}")
    assert found.outcome is Outcome.UNDECIDED
    assert found.found == "the time limit of 2 seconds was reached"


SEEN = """
game: What the follower sees of the leader's move
players: [Leader, Follower]
parameters: {eps: {value: DEFAULT, range: [0, 1]}}
strategies: {Leader: [S, C], Follower: [s, c]}
payoffs:
  S, s: 1, 2
  S, c: 1, 1
  C, s: 1, 0
  C, c: 0, 1
observed: {Leader: noisy(eps)}
expect:
"""


@pytest.mark.parametrize("default", ["0", "1/4"])
@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        ("{sequential: {includes: [[S, s]]}, when: eps == 0}", "PROVED"),
        ("{sequential: {excludes: [[S, s]]}, when: eps == 0}", "REFUTED"),
        ("{never: [S, s], when: eps == 0}", "REFUTED"),
        ("{never: [S, s], when: eps == 1}", "REFUTED"),
        ("{never: [S, seen as S, s], when: eps == 0}", "PROVED"),
        ("{never: [S, seen as C, s], when: eps == 1}", "PROVED"),
    ],
)
def test_a_path_is_the_one_of_the_game_without_what_cannot_happen(
    line: str, outcome: str, default: str
) -> None:
    """Where noise is impossible or certain, chance has no move; elsewhere it is on every path."""
    assert verdict(SEEN.replace("DEFAULT", default), line).outcome is Outcome[outcome]


@pytest.mark.parametrize("eps", ["0", "1/4", "1"])
@pytest.mark.parametrize("path", ["[S, s]", "[S, seen as S, s]", "[S, seen as C, s]", "[C, c]"])
@pytest.mark.parametrize("claim", ["never: PATH", "sequential: {includes: [PATH]}"])
def test_paths_are_judged_alike_at_values_and_for_all(claim: str, path: str, eps: str) -> None:
    line = claim.replace("PATH", path)
    at_values = verdict(SEEN.replace("DEFAULT", eps), f"{{{line}}}").outcome
    for_all = verdict(SEEN.replace("DEFAULT", "1/2"), f"{{{line}, when: eps == {eps}}}").outcome
    assert (at_values is Outcome.HELD) == (for_all is Outcome.PROVED)
    assert (at_values is Outcome.FAILED) == (for_all is Outcome.REFUTED)


def test_a_path_that_is_one_at_the_border_alone() -> None:
    game = SEEN.replace("DEFAULT", "1/4").replace("S, s: 1, 2", "S, s: 3, a")
    game = game.replace("S, c: 1, 1", "S, c: 1, 3").replace("C, s: 1, 0", "C, s: 2, 1")
    game = game.replace("C, c: 0, 1", "C, c: 2, 2")
    game = game.replace("range: [0, 1]}", "range: [0, 1]}, a: {value: 1, range: [-1, 3]}")
    found = verdict(game, "{never: [C, c], when: eps < 1/2}")
    assert found.outcome is Outcome.REFUTED
    assert found.found.startswith("not at eps = 0")


@pytest.mark.parametrize("default", ["0", "1"])
def test_a_concept_that_is_not_told_of_the_tree_in_formulas(default: str) -> None:
    """It would be of the smaller one at the file's own values, where chance has no move."""
    line = "{count: {subgame-perfect: 1}, when: eps < 2}"
    found = verdict(SEEN.replace("DEFAULT", default), line)
    assert found.outcome is Outcome.UNDECIDED
    assert found.found.startswith("no proof: subgame-perfect: regimes takes trees in which")


def test_an_equilibrium_is_not_followed_from_where_sets_have_other_numbers() -> None:
    """Its actions are known by the numbers of the sets, of which the file's own tree has fewer."""
    game = SEEN.replace("DEFAULT", "0").replace("S, s: 1, 2", "S, s: 3, 2")
    named = "  - sequential: {Leader: {start: S}, Follower: {S: s, C: c}}\n    as: eq\n"
    found = verdict(game + named, "{compare: payoff(Follower) == 2, at: eq, when: eps < 1/4}")
    assert found.outcome is Outcome.UNDECIDED
    assert "chance leaves out a part of the game" in found.found


# --- Equilibria that are not told one by one ------------------------------------------------------

THREE = """
game: Three who gain by acting alike
players: 3
parameters: {b: {value: 2, range: [1, 4]}}
strategies: [X, Y]
payoffs:
  each: if(count(X) == 3 or count(Y) == 3, b, 0)
expect:
"""

TIED = """
game: A tie on which the first choice turns
players: [A, B, C]
parameters: {a: 1, b: 1, k: 2}
tree:
  A:
    Out: 1, 0, 0
    M:
      C:
        Y: 0, 0, k
        X:
          B: {l: "0, a, 4", r: "10, b, 0"}
expect:
"""

INSIDE = """
game: A pure equilibrium that a continuum swallows where a is 1
players: [A, B]
parameters: {a: {value: 2, range: [1, 3]}}
strategies: [X, Y]
payoffs:
  X, X: a, 1
  X, Y: 0, 0
  Y, X: 1, 1
  Y, Y: 1, 1
expect:
  - equilibrium: {A: X, B: X}
    as: both
"""


@pytest.mark.parametrize(
    ("game", "line", "verdict"),
    [
        # All mixing evenly is an equilibrium of three, too, and brings b / 4.
        (THREE, "{compare: payoff(1) == b, when: b >= 1}", "undecided"),
        (THREE, "{increasing: {of: payoff(1) - b/4, in: b}}", "undecided"),
        (THREE, "{compare: payoff(1) == 1, when: b >= 1}", "refuted"),
        # Where a == b, B may mix so that C is indifferent, and C so that M pays.
        (TIED, "{never: M, when: a == b}", "refuted"),
        (TIED, "{never: M, when: a == b and k > 0}", "undecided"),
        (TIED, '{compare: "payoff(A) == 1", when: a == b and k > 0}', "undecided"),
        (TIED, "{count: {subgame-perfect: 2}, when: a == b}", "undecided"),
        (TIED, "{subgame-perfect: {excludes: [[M, X, l]]}, when: a == b}", "undecided"),
        (TIED, "{never: M, when: a > b}", "proved"),
        (INSIDE, "{compare: payoff(A) > 1, at: both, when: a >= 1}", "refuted"),
        (INSIDE, "{compare: payoff(A) >= 1, at: both, when: a >= 1}", "proved"),
    ],
)
def test_pure_equilibria_do_not_speak_for_all(game: str, line: str, verdict: str) -> None:
    *_, found = check(read_text(f"{game}  - {line}\n"))
    assert found.outcome.value == verdict, found.found
