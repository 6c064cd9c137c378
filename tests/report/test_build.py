"""The parts of a report, and that nothing that matters is passed over."""

from dataclasses import replace

import pytest

from alliance_games.model.anonymous import AnonymousGame, count_vectors
from alliance_games.model.normal import NormalGame
from alliance_games.model.problems import Problem
from alliance_games.model.tree_builder import Move, Terminal
from alliance_games.model.tree_builder import build as build_tree
from alliance_games.render.terminal import to_text
from alliance_games.report.blocks import Facts, Heading, Matrix, plain
from alliance_games.report.build import build, build_game
from alliance_games.results.cases import StudyAnswer
from alliance_games.results.result import Coverage, Status
from tests.report.studies import answered, study_of, two_by_two

STAG_HUNT = two_by_two([[4, 0], [3, 3]], [[4, 3], [0, 3]])
DILEMMA = two_by_two([[3, 0], [5, 1]], [[3, 5], [0, 1]])


def headings(document):
    return [plain(block.content) for block in document.blocks if isinstance(block, Heading)]


def test_the_parts_of_a_report_in_their_order():
    answer = answered(
        STAG_HUNT, title="Stag hunt", about="One.\n\nTwo\nlines.", sources=("Rousseau 1755",)
    )
    document = build(answer)
    assert headings(document) == [
        "Stag hunt", "Nash equilibria: three", "Further answers", "What it means",
    ]  # fmt: skip
    text = to_text(document)
    for part in ("One.\n\nTwo lines.", "Sources  Rousseau 1755", "Players  Alice, Jack"):
        assert part in text
    assert "Risk dominance" in text
    assert "(Rabbit, Rabbit)" in text


def test_a_matrix_marks_best_replies_and_boxes_equilibria():
    matrix = next(block for block in build(answered(DILEMMA)).blocks if isinstance(block, Matrix))
    shown = [[(cell.equilibrium, [p.value for p in cell.payoffs], [p.best for p in cell.payoffs])
              for cell in row] for row in matrix.cells]  # fmt: skip
    assert shown == [
        [(False, ["3", "3"], [False, False]), (False, ["0", "5"], [False, True])],
        [(False, ["5", "0"], [True, False]), (True, ["1", "1"], [True, True])],
    ]


def test_efficient_profiles_are_marked_where_they_were_asked_for():
    answer = answered(DILEMMA, concepts=["nash", "pareto"])
    matrix = next(block for block in build(answer).blocks if isinstance(block, Matrix))
    efficient = [cell.efficient for row in matrix.cells for cell in row]
    assert efficient == [True, True, True, False]


def test_three_players_are_drawn_slice_by_slice():
    game = NormalGame.from_payoffs(
        ("A", "B", "C"), (("l", "r"), ("l", "m", "r"), ("up", "down")), lambda p: (p[0], p[1], p[2])
    )
    matrices = [block for block in build(answered(game)).blocks if isinstance(block, Matrix)]
    assert [plain(matrix.caption) for matrix in matrices] == ["C plays up", "C plays down"]
    assert [len(row) for row in matrices[0].cells] == [3, 3]
    assert [payoff.value for payoff in matrices[1].cells[1][2].payoffs] == ["1", "2", "1"]


def test_large_games_are_summed_up():
    many = NormalGame.from_payoffs(tuple("ABCDE"), (("x", "y"),) * 5, lambda p: p)
    text = to_text(build_game(study_of(many), study_of(many).case()))
    assert "Profiles    32" in text
    wide = NormalGame.from_matrices([[0] * 25] * 25, [[0] * 25] * 25)
    assert "25 by 25: 625 profiles" in to_text(build(answered(wide, concepts=["pure-nash"])))


def test_outcomes_and_ranks_of_an_ordinal_game():
    game = NormalGame(
        ("Alice", "Jack"), (("Stag", "Rabbit"),) * 2, ((3, 1, 2, 2), (3, 2, 1, 2)), (1, 1),
        ordinal=True, outcomes=("feast", "Jack eats", "Alice eats", "rabbits"),
    )  # fmt: skip
    matrix = next(block for block in build(answered(game)).blocks if isinstance(block, Matrix))
    assert [[cell.outcome for cell in row] for row in matrix.cells] == [
        ["feast", "Jack eats"], ["Alice eats", "rabbits"],
    ]  # fmt: skip
    assert [p.value for p in matrix.cells[0][1].payoffs] == ["4th", "2nd="]
    assert "ranks (1st is the best)" in to_text(build(answered(game)))


def test_cases_stand_side_by_side_and_each_has_all_its_equilibria():
    text = to_text(build(answered(STAG_HUNT, DILEMMA)))
    assert "Side by side" in text
    assert "In 'case 1' (which = 1): a prisoner's dilemma instead of a stag hunt" in text
    first, second = text.split("\ncase 1\n")
    assert "1  Stag" in first
    assert "1  Rabbit  Rabbit  1, 1" in second


def test_a_further_case_does_not_say_again_what_is_the_same():
    document = build(answered(STAG_HUNT, STAG_HUNT))
    text = to_text(document)
    assert sum(line.startswith("Risk dominance") for line in text.splitlines()) == 1
    # The players, and the further answers of the first case alone.
    assert sum(isinstance(block, Facts) for block in document.blocks) == 2
    assert "In 'case 1' (which = 1): the same answer." in text


def side_by_side(*games):
    lines = to_text(build(answered(*games))).splitlines()
    (told,) = [line for line in lines if line.startswith("• In ")]
    return told


def test_a_case_with_another_plan_off_the_path_is_not_called_the_same():
    def tree(reply):
        leaf = Move(1, ("l", "r"), (Terminal((0, reply)), Terminal((-1, 0))))
        root = Move(0, ("in", "out"), (leaf, Terminal((2, 2))))
        return build_tree(("A", "B"), root, lambda state: state)

    assert "the same path, with other choices off it" in side_by_side(tree(1), tree(-1))
    assert "the same answer" in side_by_side(tree(1), tree(1))


def test_mixed_equilibria_that_come_or_go_are_told():
    # (0, 0) is strict and (1, 1) is not; without the tie it is the only equilibrium.
    tied = two_by_two([[1, 0], [0, 0]], [[1, 0], [0, 0]])
    other = two_by_two([[1, 0], [0, 1]], [[1, 0], [0, 1]])
    assert "not in pure strategies: Stag 1/2, Rabbit 1/2 (each) (instead of none)" in side_by_side(
        tied, other
    )
    assert "not in pure strategies: none" in side_by_side(other, tied)


@pytest.mark.parametrize(
    ("status", "coverage", "word"),
    [
        (Status.STOPPED, Coverage.SOME, "STOPPED: the time limit"),
        (Status.EXACT, Coverage.SOME, "SOME, perhaps not all: the time limit"),
        (Status.EXACT, Coverage.UNKNOWN, "NOT SETTLED: the time limit"),
        (Status.NUMERIC, Coverage.ALL, "NUMERIC:"),
    ],
)
@pytest.mark.parametrize("concept", ["nash", "risk-dominance"])
def test_what_is_not_the_whole_truth_is_said_loudly_in_every_case(status, coverage, word, concept):
    answer = answered(STAG_HUNT, STAG_HUNT, concepts=["nash", "risk-dominance"])
    doubtful = []
    for case in answer.cases:
        results = tuple(
            replace(result, status=status, coverage=coverage, because="the time limit was reached")
            if result.concept == concept
            else result
            for result in case.results
        )
        doubtful.append(replace(case, results=results))
    text = to_text(build(replace(answer, cases=tuple(doubtful))))
    assert text.count(word) == 2
    loud = [line for line in text.splitlines() if word in line]
    assert all(line.startswith("! ") for line in loud)


def test_refusals_and_problems_are_told():
    answer = answered(STAG_HUNT, concepts=["nash", "subgame-perfect"])
    text = to_text(build(answer))
    assert "subgame-perfect was not asked: it is defined for extensive games" in text
    broken = StudyAnswer(
        "x.yaml", None, (), (Problem("duplicate-key", "twice the same", "x.yaml"),)
    )
    assert "x.yaml: twice the same [duplicate-key]" in to_text(build(broken))


def test_explain_gives_definition_method_and_what_was_checked():
    text = to_text(build(answered(STAG_HUNT, concepts=["nash"]), explain=True))
    for part in ("Definition", "Nash 1951", "Method", "Coverage", "every deviation"):
        assert part in text


def test_headings_count_equilibria_and_not_rows():
    flat = two_by_two([[1, 1], [1, 1]], [[1, 1], [1, 1]])
    assert "Nash equilibria: infinitely many" in headings(build(answered(flat)))
    # One of 30 players acts: 30 profiles, told in one row.
    numbers = [k for k, _ in count_vectors(29, 2)]
    table = (tuple(2 for _ in numbers), tuple(3 if k else 0 for k in numbers))
    names = tuple(f"p{index}" for index in range(30))
    many = AnonymousGame(names, ("Act", "Wait"), (0,) * 30, (table,), (1,))
    title = "Nash equilibria in pure strategies: 30, of one kind"
    assert title in headings(build(answered(many)))


def test_prices_that_do_not_exist_are_told_once():
    pennies = two_by_two([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])
    text = to_text(build(answered(pennies)))
    assert text.count("do not exist") == 1 and "does not exist" not in text
    assert "worst equilibrium 0\n" in text


def test_an_index_of_nothing_has_no_sign():
    # (Stag, Rabbit) is strict and counts 1, so that the continuum beside it counts 0.
    game = two_by_two([[0, 1], [0, 0]], [[0, 2], [2, 0]])
    text = to_text(build(answered(game)))
    assert "index 0" in text and "+0" not in text


def test_a_continuum_is_told_by_its_corners_and_in_words():
    # Row is indifferent whatever Column does; Column prefers l.
    game = NormalGame.from_matrices([[1, 0], [1, 0]], [[2, 1], [3, 1]], ("R", "C"),
                                    (("t", "b"), ("l", "r")))  # fmt: skip
    text = to_text(build(answered(game, concepts=["nash"])))
    assert "1a  t  l  1, 2" in text
    assert "1b  b  l  1, 3" in text
    assert "R plays any mixture of t and b while C plays l" in text


def test_dominating_mixtures_are_named():
    # The middle row is beaten by half the top and half the bottom row, by neither alone.
    game = NormalGame.from_matrices([[4, 0], [1, 1], [0, 4]], [[0, 0]] * 3, ("R", "C"),
                                    (("t", "m", "b"), ("l", "r")))  # fmt: skip
    text = to_text(build(answered(game, concepts=["dominance"])))
    assert "R: m is strictly dominated by the mixture t" in text
