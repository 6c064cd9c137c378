"""Trees that unfold from a description become the right flat arrays."""

from __future__ import annotations

import pickle
from fractions import Fraction

import pytest

from alliance_games.model.extensive import CHANCE, TERMINAL, ExtensiveGame
from alliance_games.model.problems import InvalidGame
from alliance_games.model.tree_builder import Chance, Move, Terminal, build

HALF, THIRD = Fraction(1, 2), Fraction(1, 3)


def same(state):
    return state


def signalling() -> ExtensiveGame:
    def reply(strong: bool) -> Move:
        ends = [Terminal([1, -1]), Terminal([0, THIRD if strong else 0], outcome="war")]
        return Move(1, ("Yield", "Fight"), ends, label="threat")

    def sender(strong: bool) -> Move:
        return Move(0, ("Threaten", "Wait"), [reply(strong), Terminal([0, 0], "peace")])

    root = Chance(("strong", "weak"), [THIRD, 1 - THIRD], [sender(True), sender(False)])
    return build(["Sender", "Receiver"], root, same)


def test_nodes_stand_in_breadth_first_order():
    game = signalling()
    assert game.size == 11
    assert [list(game.children(node)) for node in range(game.size)] == [
        [1, 2], [3, 4], [5, 6], [7, 8], [], [9, 10], [], [], [], [], [],
    ]  # fmt: skip
    assert [game.mover(node) for node in range(4)] == [CHANCE, 0, 0, 1]
    assert game.mover(4) is None
    assert game.set_of[4] == TERMINAL
    assert game.path(8) == ("strong", "Threaten", "Fight")


def test_probabilities_payoffs_and_names_are_kept():
    game = signalling()
    assert [game.probability(node) for node in (1, 2)] == [THIRD, 1 - THIRD]
    assert game.payoffs(8) == (0, THIRD)
    assert game.payoffs(10) == (0, 0)
    assert [game.outcomes[game.terminal[node]] for node in (4, 7, 8)] == ["peace", "", "war"]


def test_nodes_with_one_label_share_an_information_set():
    game = signalling()
    assert game.nodes_of[game.set_of[3]] == (3, 5)
    assert not game.has_perfect_information
    assert game.recall_violation() is None
    assert pickle.loads(pickle.dumps(game)) == game


def test_a_player_who_forgets_her_own_move_is_found():
    later = Move(0, ("l", "r"), [Terminal([0]), Terminal([1])], label="forgot")
    game = build(["Absent-minded"], Move(0, ("a", "b"), [later, later]), same)
    assert game.recall_violation() == (1, 2)


def test_meeting_the_same_set_twice_on_one_path_is_no_perfect_recall():
    second = Move(0, ("on", "off"), [Terminal([1]), Terminal([4])], label="exit")
    game = build(["Driver"], Move(0, ("on", "off"), [second, Terminal([0])], label="exit"), same)
    assert game.recall_violation() == (0, 1)


def test_a_shared_state_is_played_in_each_place():
    end = Move(1, ("x", "y"), [Terminal([1, 2]), Terminal([2, 1])])
    game = build(["A", "B"], Move(0, ("l", "r"), [end, end]), same)
    assert game.size == 7
    assert game.has_perfect_information


def test_depth_is_no_limit():
    depth = 50_000

    def expand(state: int):
        if state < 0 or state == depth:
            return Terminal([state, -state])
        return Move(state % 2, ("stop", "go"), [-1, state + 1])

    game = build(["A", "B"], 0, expand)
    assert game.size == 2 * depth + 1
    assert len(game.path(game.size - 1)) == depth


def test_huge_chance_weights_are_exact():
    tiny = Fraction(1, 10**30)
    root = Chance(("never", "always"), [tiny, 1 - tiny], [Terminal([0]), Terminal([1])])
    game = build(["A"], root, same)
    assert [game.probability(node) for node in (1, 2)] == [tiny, 1 - tiny]


ENDS = [Terminal([0]), Terminal([1])]


@pytest.mark.parametrize(
    ("root", "code"),
    [
        (Move(0, (), []), "no-actions"),
        (Move(0, ("a", "a"), ENDS), "duplicate-action"),
        (Chance(("a", "b"), [HALF, THIRD], ENDS), "probabilities-do-not-sum-to-one"),
        (Chance(("a", "b"), [-HALF, 3 * HALF], ENDS), "negative-probability"),
        (Terminal([0, 1]), "wrong-number-of-payoffs"),
        (
            Move(0, ("a", "b"), [Move(0, ("c",), ENDS[:1], "s"), Move(0, ("d",), ENDS[:1], "s")]),
            "information-set-differs",
        ),
    ],
)
def test_what_is_no_tree_is_refused(root, code):
    with pytest.raises(InvalidGame) as caught:
        build(["A"], root, same)
    assert [problem.code for problem in caught.value.problems] == [code]


def test_the_number_of_nodes_is_bounded():
    with pytest.raises(InvalidGame, match="more than 1000 nodes"):
        build(["A"], 0, lambda state: Move(0, ("l", "r"), [0, 0]), max_nodes=1000)
