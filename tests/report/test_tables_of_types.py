"""Signalling games by message and Bayesian games by type profile, drawn as people know them."""

from alliance_games.render.grid import draw as draw_matrix
from alliance_games.report.blocks import Matrix, Table, plain
from alliance_games.report.tables_of_types import draw_types
from tests.report import hand_trees as hand

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
