"""Reports on what a mediator draws and a leader commits to."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from alliance_games.model.normal import NormalGame
from alliance_games.report.blocks import Block, Prose, Table, plain
from alliance_games.report.findings_commitment import commitments
from alliance_games.report.findings_mediated import advice, distributions
from alliance_games.solve import solve
from tests.contract.sample_games import anonymous, normal

CHICKEN = NormalGame.from_matrices(
    [[6, 2], [7, 0]], [[6, 7], [2, 0]], ("Alice", "Jack"), (("Yield", "Dare"),) * 2
)
SECRET = NormalGame.from_matrices(
    [[8, -8], [10, -4]],
    [[0, -4], [0, 4]],
    ("Defender", "Challenger"),
    (("Commit", "Not"), ("Refrain", "Attack")),
)


def cells(table: Block) -> list[list[str]]:
    assert isinstance(table, Table)
    return [["; ".join(map(plain, cell)) for cell in row] for row in table.rows]


def prose(blocks: list[Block]) -> list[str]:
    return [plain(one.content) for one in blocks if isinstance(one, Prose)]


def test_what_is_drawn_and_how_often() -> None:
    blocks = distributions(solve(CHICKEN, ["correlated"]).results[0].solutions, CHICKEN)
    named = cells(blocks[0])
    assert [row[0] for row in named] == [
        "welfare-best and fairest",
        "worst for Alice",
        "worst for Jack",
    ]
    assert named[0][1].startswith("21/4, 21/4")
    assert named[0][2].startswith("(Yield, Yield) 1/2 (0.5); (Yield, Dare) 1/4")
    assert named[1][1:] == ["2, 7", "(Yield, Dare)"]
    assert len(cells(blocks[2])) == 5


def test_whether_the_best_needs_advice_in_private() -> None:
    (verdict,) = [
        plain(one.content)
        for one in distributions(solve(SECRET, ["correlated"]).results[0].solutions, SECRET)
        if isinstance(one, Prose)
    ]
    assert verdict == (
        "The welfare-best needs no mediator: it is a Nash equilibrium in pure strategies."
    )
    told = prose(distributions(solve(CHICKEN, ["correlated"]).results[0].solutions, CHICKEN))
    assert not any(sentence.startswith("The welfare-best needs") for sentence in told)
    sexes = NormalGame.from_matrices([[2, 0], [0, 1]], [[1, 0], [0, 2]])
    coin = solve(sexes, ["correlated"]).results[0].solutions[1]
    assert coin.of == "fairest" and len(coin.plays) == 2
    assert "a lottery that all can see" in advice(coin, sexes)


def test_counts_of_like_players_and_roles() -> None:
    game = anonymous(Random(4), (1, 3), 2)
    blocks = distributions(solve(game, ["correlated"]).results[0].solutions, game)
    who = " ".join(row[0] for row in cells(blocks[0]))
    assert "worst for P0" in who and "worst for P1 and 2 others" in who


def test_long_lists_are_cut_and_say_so() -> None:
    game = normal(Random(7), (3, 3))
    solutions = solve(game, ["coarse-correlated"]).results[0].solutions
    corners = sum(one.of == "corner" for one in solutions)
    assert corners > 20
    *_, table, note = distributions(solutions, game)
    assert len(cells(table)) == 20 and plain(note.content).startswith(f"{corners - 20} more")


def test_a_commitment_and_what_it_is_worth_to_be_seen() -> None:
    blocks = commitments(solve(SECRET, ["stackelberg"]).results[0].solutions, SECRET)
    first, near, pure, other = cells(blocks[0])
    assert first[:3] == ["Defender", "Commit 1/2 (0.5); Not 1/2 (0.5)", "Refrain"]
    assert first[3:] == ["9, 0", "mixed, ties for the leader"]
    assert "and a little of (Commit" in near[1]
    assert near[4] == "mixed, ties against the leader; approached, not attained"
    assert pure == ["Defender", "Commit", "Refrain", "8, 0", "pure, ties either way"]
    assert other[0] == "Challenger" and other[4] == "mixed, ties either way; pure, ties either way"
    defender, challenger = prose(blocks)
    assert defender == (
        "If the other sees it, committing first brings Defender 9 (or as near to it as she likes): "
        "13 more than her equilibrium without it. With pure strategies alone it is 8."
    )
    assert challenger.endswith("brings Challenger 4: no more than in equilibrium without it.")


def test_a_leader_makes_sure_of_her_best_equilibrium() -> None:
    blocks = commitments(solve(CHICKEN, ["stackelberg"]).results[0].solutions, CHICKEN)
    assert "brings Alice 7: her best equilibrium made sure, 5 above her worst." in prose(blocks)[0]
    assert CHICKEN.payoffs((1, 0)) == (Fraction(7), Fraction(2))
