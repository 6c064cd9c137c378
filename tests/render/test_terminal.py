import io
import subprocess
import sys
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_games.render.layout import characters_wide, visible, width_of, wrap
from alliance_games.render.terminal import lines, render, settings, to_text
from alliance_games.report.blocks import (
    Branch,
    Bullets,
    Cell,
    Column,
    Document,
    Facts,
    Matrix,
    Note,
    Payoff,
    Piece,
    Prose,
    Table,
    Tree,
    plain,
    text,
)
from alliance_games.report.build import build
from tests.render.labels import NASTY, games, labels, names_of, report, wearing
from tests.report.studies import answered, two_by_two

STAG_HUNT = two_by_two([[4, 0], [3, 3]], [[4, 3], [0, 3]])


def test_the_stag_hunt_is_drawn_with_its_equilibria_boxed():
    drawn = to_text(build(answered(STAG_HUNT)))
    assert (
        "              Jack\n"
        "Alice     Stag    Rabbit\n"
        "       ┏━━━━━━━━┱────────┐\n"
        "Stag   ┃ 4*, 4* ┃  0, 3  │\n"
        "       ┡━━━━━━━━╋━━━━━━━━┪\n"
        "Rabbit │  3, 0  ┃ 3*, 3* ┃\n"
        "       └────────┺━━━━━━━━┛\n"
    ) in drawn


def matrix(equilibria, rows=2, columns=2):
    cells = tuple(
        tuple(Cell((Payoff("0"), Payoff("0")), (r, c) in equilibria) for c in range(columns))
        for r in range(rows)
    )
    names = ("a", "b", "c")
    return Matrix("R", "C", names[:rows], names[:columns], cells)


@pytest.mark.parametrize(
    ("equilibria", "frame"),
    [
        (set(), ["┌┬┐", "├┼┤", "└┴┘"]),
        ({(0, 0)}, ["┏┱┐", "┡╃┤", "└┴┘"]),
        ({(1, 1)}, ["┌┬┐", "├╆┪", "└┺┛"]),
        ({(0, 1), (1, 0)}, ["┌┲┓", "┢╋┩", "┗┹┘"]),
        ({(0, 0), (0, 1)}, ["┏┳┓", "┡╇┩", "└┴┘"]),
    ],
)
def test_walls_around_equilibria_are_heavy(equilibria, frame):
    drawn = to_text(Document("", (matrix(equilibria),))).splitlines()
    borders = [line.strip().replace("─", "").replace("━", "") for line in drawn if "0" not in line]
    assert borders[2:] == frame


@given(games())
def test_a_pipe_loses_nothing_and_says_everything_in_order(game):
    drawn = to_text(report(game))
    for name in names_of(game):
        assert visible(name) in drawn
    for value in game.payoffs((0, 0)):
        assert str(value) in drawn


@pytest.mark.parametrize("name", NASTY)
def test_a_nasty_name_survives_wherever_it_stands(name):
    document = build(answered(wearing(name), title=name, sources=(name,)))
    assert to_text(document).count(visible(name)) > 10
    stream = io.StringIO()
    render(document, stream, color=True)
    assert stream.getvalue().count(visible(name)) > 10


@given(games(), st.sampled_from([20, 24, 40, 80]))
def test_a_terminal_of_any_width_loses_no_character(game, width):
    wide, narrow = to_text(report(game)), to_text(report(game), width)
    for name in names_of(game):
        for character, times in Counter("".join(visible(name).split())).items():
            assert narrow.count(character) >= times
    # Cells wrap but do not vanish: every word of a label that fits is there whole.
    letters = [Counter("".join(filter(str.isalnum, drawn))) for drawn in (wide, narrow)]
    assert not letters[0] - letters[1]


@given(games(), st.sampled_from([40, 80, 120]))
def test_no_line_is_wider_than_the_terminal(game, width):
    for line in lines(report(game), width):
        assert width_of(line) <= width


@given(games())
def test_without_colour_there_are_no_control_codes(game):
    drawn = to_text(report(game), 80)
    assert not [c for c in drawn if c != "\n" and (ord(c) < 32 or 127 <= ord(c) < 160)]


@given(games())
def test_colour_changes_nothing_but_colour(game):
    from rich.text import Text

    stream = io.StringIO()
    render(report(game), stream, width=80, color=True)
    written = stream.getvalue()
    assert "\x1b[" in written
    assert Text.from_ansi(written).plain.rstrip("\n") == to_text(report(game), 80).rstrip("\n")


@given(st.lists(labels, min_size=1, max_size=6), st.integers(2, 60))
def test_wrapping_keeps_every_word_and_the_width(words, width):
    content = text(*(Piece(f"{visible(word)} ", "strong") for word in words))
    wrapped = wrap(content, width)
    assert all(width_of(line) <= width for line in wrapped)
    assert "".join(map(plain, wrapped)).replace(" ", "") == plain(content).replace(" ", "")


def test_words_are_broken_at_spaces_and_never_between_a_bracket_and_its_word():
    content = text("to (", Piece("Stag Hunt", "strategy"), "), then")
    assert [plain(line) for line in wrap(content, 9)] == ["to (Stag", "Hunt),", "then"]


def test_wide_characters_align():
    game = two_by_two([[1, 2], [3, 4]], [[1, 2], [3, 4]], strategies=(("同盟", "x"), ("防衛", "y")))
    drawn = to_text(build(answered(game, concepts=["pure-nash"]))).splitlines()
    walls = [line for line in drawn if line and line[-1] in "│┃┐┘┤┓┛┪┩┨┫"]
    assert len(walls) == 5
    assert len({characters_wide(line) for line in walls}) == 1


def test_a_wide_matrix_is_cut_into_groups_of_columns():
    names = tuple(f"strategy number {n}" for n in range(12))
    row = [[r * c for c in range(12)] for r in range(2)]
    game = two_by_two(row, row, strategies=(("a", "b"), names))
    drawn = lines(build(answered(game, concepts=["pure-nash"])), 80)
    assert max(map(width_of, drawn)) <= 80
    joined = " ".join(map(plain, drawn))
    assert all(f"{n}" in joined for n in range(12))
    assert "…" not in joined


def test_a_table_too_wide_for_the_terminal_becomes_records():
    columns = tuple(Column(text(f"column{n}")) for n in range(8))
    table = Table(columns, ((tuple((text(f"cell{n}"),) for n in range(8))),))
    drawn = to_text(Document("", (table,)), 40).splitlines()
    assert drawn == [f"column{n}: cell{n}" for n in range(8)]


def test_a_name_in_a_table_is_whole_where_the_columns_then_fit():
    """What one would copy from a list stands on one line."""
    name = "balancing_vs_bandwagoning"
    columns = (Column(text("name")), Column(text("about")))
    table = Table(columns, (((text(name),), (text("words " * 20),)),))
    document = Document("", (table,))
    assert name in to_text(document, 80)
    assert max(map(len, to_text(document, 40).splitlines())) <= 40


def test_further_lines_of_a_fact_are_set_in_on_a_narrow_terminal():
    facts = Facts(((text("Risk dominance"), text("neither")), ((), text("threshold 1/2"))))
    drawn = to_text(Document("", (facts,)), 30).splitlines()
    assert drawn == ["Risk dominance: neither", "  threshold 1/2"]


def test_every_block_fits_a_narrow_terminal():
    long = text("an explanation of some length with a Donaudampfschifffahrtsgesellschaft in it")
    branches = (Branch((Piece("│   │   │   ╞═► ", "path"),), "│   │   │   │   ", long),)
    blocks = (Prose(long), Bullets((long,)), Note(long, "warning"), Facts(((long, long),)),
              Tree(branches))  # fmt: skip
    drawn = lines(Document("", blocks), 24)
    assert max(map(width_of, drawn)) <= 24
    assert "..." not in "".join(map(plain, drawn))


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.mark.parametrize(
    ("stream", "environment", "asked", "expected"),
    [
        (io.StringIO(), {}, None, (None, False)),
        (io.StringIO(), {"FORCE_COLOR": "1"}, None, (None, True)),
        (io.StringIO(), {"COLUMNS": "60"}, None, (None, False)),
        (Terminal(), {"COLUMNS": "60"}, None, (60, True)),
        (Terminal(), {}, None, (80, True)),
        (Terminal(), {"NO_COLOR": "1"}, None, (80, False)),
        (Terminal(), {"NO_COLOR": "1", "FORCE_COLOR": "1"}, None, (80, False)),
        (Terminal(), {"TERM": "dumb"}, None, (80, False)),
        (Terminal(), {"NO_COLOR": "1"}, True, (80, True)),
        (Terminal(), {}, False, (80, False)),
    ],
)
def test_where_the_report_goes_decides_width_and_colour(stream, environment, asked, expected):
    assert settings(stream, color=asked, environment=environment) == expected


def test_a_stream_that_cannot_write_boxes_gets_plain_ones():
    buffer = io.BytesIO()
    stream = io.TextIOWrapper(buffer, encoding="ascii", newline="\n")
    game = two_by_two([[4, 0], [3, 3]], [[4, 3], [0, 3]], strategies=(("Zürich", "Rabbit"),) * 2)
    render(build(answered(game)), stream, width=80)
    stream.flush()
    drawn = buffer.getvalue().decode("ascii")
    assert "# 4*, 4* #" in drawn
    assert "Z\\xfcrich" in drawn


def test_a_report_without_colour_does_not_wait_for_rich():
    program = (
        "import sys\n"
        "from tests.report.studies import answered, two_by_two\n"
        "from alliance_games.report.build import build\n"
        "from alliance_games.render.terminal import to_text\n"
        "to_text(build(answered(two_by_two([[4, 0], [3, 3]], [[4, 3], [0, 3]]))), 80)\n"
        "print([name for name in ('rich', 'numpy', 'flint') if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
