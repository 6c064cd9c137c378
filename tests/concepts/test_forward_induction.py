"""Forward induction in two stages, against textbook games."""

from __future__ import annotations

from dataclasses import replace

from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.tree_builder import Move, Terminal, build
from alliance_games.results.result import Coverage, Result
from alliance_games.results.solutions import Behaviour
from alliance_games.results.tree_solutions import Discarded
from alliance_games.solve import solve


def battle(name: str) -> Move:
    """Both choose at once; the first prefers (B, b), the second (S, s)."""
    return Move(
        0,
        ("B", "S"),
        [
            Move(1, ("b", "s"), [Terminal([3, 1]), Terminal([0, 0])], name),
            Move(1, ("b", "s"), [Terminal([0, 0]), Terminal([1, 3])], name),
        ],
        name,
    )


def with_outside_option(worth: int) -> ExtensiveGame:
    root = Move(0, ("Out", "In"), [Terminal([worth, 5]), battle("In")])
    return build(["One", "Two"], root, lambda state: state)


def answer(game: ExtensiveGame) -> Result:
    result = solve(game, ["forward-induction"]).results[0]
    assert result.verified
    return result


def test_staying_out_falls_where_entering_can_mean_one_thing_only() -> None:
    """Van Damme 1989: Out brings 2; of (B, b), (S, s) and the mixed equilibrium, worth 3, 1 and
    3/4, only the first brings more."""
    solutions = answer(with_outside_option(2)).solutions
    kept = [one for one in solutions if isinstance(one, Behaviour)]
    gone = [one for one in solutions if isinstance(one, Discarded)]
    assert [one.payoffs for one in kept] == [(3, 1)]
    assert len(gone) == 2
    for one in gone:
        assert one.numbers == {"gets": 2, "could mean": 3}
        assert isinstance(one.solution, Behaviour) and one.solution.payoffs == (2, 5)
        assert "One gets 2 here; had One chosen In" in one.reason
        assert "every other one gives at most 1" in one.reason


def test_an_option_worth_less_than_two_equilibria_says_nothing() -> None:
    """Out brings 1/2 at most... with 0 all three equilibria bring more, so entering is no message,
    and nobody stays out; with 4 nobody could mean anything by entering."""
    for worth, payoffs in ((0, {(3, 1), (1, 3)}), (4, {(4, 5)})):
        solutions = answer(with_outside_option(worth)).solutions
        assert not any(isinstance(one, Discarded) for one in solutions)
        found = {one.payoffs for one in solutions if isinstance(one, Behaviour)}
        assert payoffs <= found


def test_perfect_information_is_sent_to_backward_induction() -> None:
    game = build(["One"], Move(0, ("a", "b"), [Terminal([1]), Terminal([0])]), lambda state: state)
    refusal = solve(game, ["forward-induction"]).refusals[0]
    assert "subgame-perfect" in refusal.reason


def test_the_checker_says_no() -> None:
    from alliance_games.certificates.forward_induction import check

    game = with_outside_option(2)
    before = solve(game, ["subgame-perfect"]).results[0].solutions
    gone = [one for one in answer(game).solutions if isinstance(one, Discarded)]
    kept = [one for one in answer(game).solutions if isinstance(one, Behaviour)]
    assert check(game, gone[0], before).verified
    assert not check(game, gone[0].solution, before).verified
    assert not check(game, replace(gone[0], solution=kept[0]), before).verified
    wrong = replace(gone[0], numbers={**gone[0].numbers, "could mean": 4})
    assert not check(game, wrong, before).verified


def test_subgames_that_could_not_be_checked_are_not_judged() -> None:
    """Five strategies each are ten plans, more than all pairs of supports are tried for."""
    names = tuple("abcde")
    inside = [Move(1, names, [Terminal([i == j, i == j]) for j in range(5)], "2") for i in range(5)]
    root = Move(0, ("Out", "In"), [Terminal([2, 2]), Move(0, names, inside)])
    game = build(["One", "Two"], root, lambda state: state)
    refusal = solve(game, ["forward-induction"]).refusals[0]
    assert "after In" in refusal.reason and "more than 8 plans" in refusal.reason


def test_a_continuum_is_never_said_to_be_judged_whole() -> None:
    """With an indifferent partner inside, entering leads to a continuum of equilibria."""
    inside = [Move(1, ("b", "s"), [Terminal([3, 1]), Terminal([1, 1])], "2") for _ in range(2)]
    root = Move(0, ("Out", "In"), [Terminal([2, 2]), Move(0, ("B", "S"), inside)])
    result = answer(build(["One", "Two"], root, lambda state: state))
    assert result.coverage is Coverage.SOME and "extreme points alone" in result.because
