"""Signalling games by message and Bayesian games by type profile, drawn as people know them."""

from fractions import Fraction as F

from alliance_games.model.study import Case
from alliance_games.render.grid import draw as draw_matrix
from alliance_games.report.assessments import name_of
from alliance_games.report.blocks import Matrix, Table, plain
from alliance_games.report.scenarios import side_by_side
from alliance_games.report.seen import Seen
from alliance_games.report.tables_of_types import draw_types
from alliance_games.results.cases import CaseAnswer
from tests.report import hand_trees as hand
from tests.report.studies import study_of
from tests.report.tree_answers import part, report, result_of

TREATY, TRUST, HORSE = hand.treaty(), hand.assurance(), hand.horse()


def cells(table: Table) -> list[list[str]]:
    return [[" ".join(plain(line) for line in cell).strip() for cell in row] for row in table.rows]


def test_a_signalling_game_by_message_and_response() -> None:
    """The Committed fight when attacked (2 + 1 - 4 signed, 2 else), the Uncommitted renege."""
    table, legend = draw_types(TREATY, None, "")
    assert isinstance(table, Table)
    assert [plain(column.title) for column in table.columns] == [
        "Ally", "Treaty > Attack", "Treaty > Desist", "No treaty > Attack", "No treaty > Desist",
    ]  # fmt: skip
    assert cells(table) == [
        ["Committed (3/10)", "-1, -4", "6, 0", "2, -4", "10, 0"],
        ["Uncommitted (7/10)", "-5, 4", "-1, 0", "0, 4", "3, 0"],
    ]
    assert "what follows the response played out" in plain(legend.content)


def test_messages_and_responses_of_an_equilibrium_are_marked() -> None:
    table, legend = draw_types(TREATY, hand.separating(TREATY), "equilibrium 1 of 2")
    assert [plain(column.title) for column in table.columns][1:] == [
        "Treaty > Attack", "Treaty > Desist*", "No treaty > Attack*", "No treaty > Desist",
    ]  # fmt: skip
    assert cells(table) == [
        ["Committed (3/10)", "► -1, -4", "► 6, 0", "2, -4", "10, 0"],
        ["Uncommitted (7/10)", "-5, 4", "-1, 0", "► 0, 4", "► 3, 0"],
    ]
    marked = [
        plain(line)
        for row in table.rows
        for cell in row[1:]
        for line in cell
        if any(piece.role == "path" for piece in line)
    ]
    assert marked == ["► 6, 0", "► 0, 4"]
    assert "equilibrium 1 of 2" in plain(legend.content)


def test_a_bayesian_game_has_a_matrix_for_each_type_profile() -> None:
    played = hand.play(TRUST, {"trusting": "Cooperate", "wary": "Defect"})
    blocks = draw_types(TRUST, played, "the equilibrium")
    matrices = [block for block in blocks if isinstance(block, Matrix)]
    assert [plain(matrix.caption) for matrix in matrices] == [
        "A trusting and B trusting (probability 9/16 (0.5625))",
        "A trusting and B wary (probability 3/16 (0.1875))",
        "A wary and B trusting (probability 3/16 (0.1875))",
        "A wary and B wary (probability 1/16 (0.0625))",
    ]
    boxed = [
        [(r, c) for r in (0, 1) for c in (0, 1) if matrix.cells[r][c].equilibrium]
        for matrix in matrices
    ]
    assert boxed == [[(0, 0)], [(0, 1)], [(1, 0)], [(1, 1)]]
    second = [[tuple(p.value for p in cell.payoffs) for cell in row] for row in matrices[1].cells]
    assert second == [[("4", "4"), ("0", "6")], [("3", "0"), ("2", "2")]]
    assert draw_matrix(matrices[0], 40)


def test_other_trees_have_no_table() -> None:
    assert draw_types(HORSE, None, "") == []


def test_cases_of_trees_stand_side_by_side() -> None:
    """At cost 1 the Uncommitted sign too, with probability 3/7 (see test_meaning_assessments)."""
    cheap = hand.treaty(cost=1)
    half = {"Treaty": {"Committed": F(1, 2), "Uncommitted": F(1, 2)}}
    bluff = hand.assess(
        cheap,
        {"Committed": "Treaty", "Uncommitted": {"Treaty": F(3, 7), "No treaty": F(4, 7)},
         "Treaty": {"Attack": F(1, 2), "Desist": F(1, 2)}, "No treaty": "Attack", **hand.ENDS},
        {**half, "No treaty": {"Uncommitted": 1}},
    )  # fmt: skip
    study = study_of(TREATY, cheap)
    cases = tuple(
        CaseAnswer(Case(name, {"which": F(place)}, game), (result_of(one),), ())
        for place, (name, game, one) in enumerate(
            [(None, TREATY, hand.separating(TREATY)), ("case 1", cheap, bluff)]
        )
    )
    table, bullets = side_by_side(study, cases)
    assert isinstance(table, Table)
    assert [plain(column.title) for column in table.columns] == [
        "Case", "With", "What happens", "Payoffs",
    ]  # fmt: skip
    # Ally: 3/10 of (9 + 2) / 2 for the Committed, nothing for the Uncommitted.
    # Adversary: 4 from the 7/10 4/7 who do not sign, 0 from those who do.
    assert [row[2:] for row in cells(table)] == [
        ["separating", "9/5, 14/5 = 2.8"],
        ["semi-separating", "33/20 = 1.65, 8/5"],
    ]
    assert plain(bullets.items[0]) == (
        "In 'case 1' (which = 1): the equilibria are semi-separating, not separating."
    )


def test_equilibria_without_a_form_are_named_by_what_is_done() -> None:
    seen = Seen(TRUST)
    one = hand.play(TRUST, {"trusting": "Cooperate", "wary": "Defect"})
    assert name_of(one, seen) == (
        "A Cooperate (trusting), Defect (wary); B Cooperate (trusting), Defect (wary)"
    )
    assert name_of(hand.horse_equilibria(HORSE), Seen(HORSE)) == "One C; Two c"


def test_a_bayesian_table_tells_what_each_type_expects() -> None:
    """The trusting 3/4 of 4, the wary 3/4 of 6 and 1/4 of 2; before, 3/4 of 3 and 1/4 of 5."""
    one = hand.play(TRUST, {"trusting": "Cooperate", "wary": "Defect"})
    text = report(TRUST, result_of(one, concept="bayesian-nash"))
    row = part(text, "1  trusting: Cooperate", "").splitlines()[:4]
    assert "7/2, 7/2" in row[0]
    assert [" ".join(line.split()[-3:]) for line in row] == [
        "A trusting 3", "A wary 5", "B trusting 3", "B wary 5",
    ]  # fmt: skip
    assert "Interim payoffs" in text and "What happens" not in text
