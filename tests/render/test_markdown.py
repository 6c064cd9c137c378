"""Markdown is held to a CommonMark reader of its own: what it renders is what was meant."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliance_games.render.layout import visible
from alliance_games.render.markdown import escape, render
from alliance_games.report.blocks import (
    Branch,
    Column,
    Document,
    Facts,
    Note,
    Piece,
    Prose,
    Table,
    Tree,
    text,
)
from alliance_games.report.build import build
from tests.render.labels import NASTY, games, labels, names_of, report, wearing
from tests.report.studies import answered


def unescaped(content: str) -> str:
    """Backslash escapes of punctuation undone, bold marks taken away (CommonMark 2.4 and 6.2)."""
    parts = re.split(r"(\\[!-/:-@\[-`{-~])", content)
    return "".join(part[1] if part[:1] == "\\" and len(part) == 2 else part.replace("**", "")
                   for part in parts)  # fmt: skip


@given(games())
def test_every_label_reads_as_it_was_written(game):
    drawn = unescaped(render(report(game)))
    for name in names_of(game):
        assert visible(name) in drawn


@pytest.mark.parametrize("name", NASTY)
def test_a_nasty_name_survives_wherever_it_stands(name):
    drawn = unescaped(render(build(answered(wearing(name), title=name, sources=(name,)))))
    assert drawn.count(visible(name)) > 10


@given(labels)
def test_no_special_character_is_left_to_markdown(label):
    bare = re.sub(r"\\[!-/:-@\[-`{-~]", "", escape(label))
    assert not re.search(r"[*_`<>|\[\]~$&]", bare)


@given(games())
def test_tables_have_as_many_cells_in_every_row(game):
    for block in render(report(game)).split("\n\n"):
        rows = [line for line in block.splitlines() if line.startswith("|")]
        widths = {len(re.findall(r"(?<!\\)\|", re.sub(r"\\\\", "", row))) for row in rows}
        assert len(widths) <= 1


@pytest.mark.parametrize(
    ("words", "written"),
    [
        ("# five", "\\# five"),
        ("1. Rousseau", "1\\. Rousseau"),
        ("- a", "\\- a"),
        ("+ a", "\\+ a"),
        ("> a", "\\> a"),
        ("= a", "\\= a"),
        ("1755", "1755"),
    ],
)
def test_a_paragraph_never_turns_into_a_list_or_a_heading(words, written):
    assert render(Document("", (Prose(text(words)),))) == f"{written}\n"


def test_each_block():
    drawn = render(
        Document(
            "",
            (
                Facts(((text("Players"), text("A, B")), ((), text("and C")))),
                Note(text("stopped"), "warning"),
                Table((Column(text("n"), "right"),), (((text("1"), text(Piece("x", "strong"))),),)),
                Tree((Branch(text("└── "), "    ", text("a ``` b")),)),
            ),
        )
    )
    assert drawn == (
        "- **Players**: A, B  \n  and C\n\n"
        "> **Warning:** stopped\n\n"
        "| n |\n| --: |\n| 1<br>**x** |\n\n"
        "````text\n└── a ``` b\n````\n"
    )


@given(st.text(max_size=40))
def test_escaping_never_fails_and_keeps_lines_whole(content):
    assert "\n" not in escape(content)
