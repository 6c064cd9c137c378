"""Plots and maps: in characters, as SVG, and as pictures by matplotlib."""

from __future__ import annotations

import xml.etree.ElementTree as XML
from itertools import pairwise
from math import log

import pytest

from alliance_games.render import html, markdown, svg
from alliance_games.render.axes import even_ticks
from alliance_games.render.map import chosen, nearest
from alliance_games.render.plot import clipped
from alliance_games.render.terminal import to_text
from alliance_games.report.blocks import (
    Arrow,
    Document,
    Key,
    Label,
    Map,
    Plot,
    Region,
    Series,
    text,
)

PLOT = Plot(
    "Probability", "stag",
    (
        Series("a rising line", ((0.0, 0.0), (10.0, 1.0)), "1"),
        Series("two parts", ((1.0, 0.5), (2.0, 0.5)), "b"),
        Series("two parts", ((7.0, 0.5), (8.0, 0.5)), "b"),
        Series("a point", ((9.0, 0.25),), "x"),
    ),
    across=(0.0, 10.0),
    regions=(Region("a square", ((3.0, 0.6), (6.0, 0.6), (6.0, 0.9), (3.0, 0.9)), "░"),),
    arrows=(Arrow((5.0, 0.2), (6.0, 0.2)),),
    labels=(Label("here", (8.0, 0.1)),),
    title="A $title$",
)  # fmt: skip
MAP = Map(
    "rabbit", "stag", (1.0, 2.0, 3.0), (1.0, 2.0, 3.0, 4.0), ("AAAB", "AABB", "·BBB"),
    (Key("A", text("all of <them>")), Key("B", text("one")), Key("·", text("none"))),
    title="Which",
)  # fmt: skip
BLOCKS = Document("d", (PLOT, MAP))


def test_every_part_of_a_plot_is_drawn_where_it_is() -> None:
    drawn = to_text(Document("d", (PLOT,)), 80).splitlines()
    assert drawn[:2] == ["A $title$", "Probability"]
    rows = [line[7:] for line in drawn[2:15]]
    assert rows[0].rstrip().endswith("1") and rows[-1].startswith("1")
    assert "b" in rows[6][:18] and "b" in rows[6][45:] and "b" not in rows[6][18:45]
    assert "x" in rows[9] and "→" in "".join(rows) and any("here" in row for row in rows)
    assert sum("░" in row for row in rows) == 3
    assert drawn[-4:] == ["1 a rising line", "b two parts", "x a point", "░ a square"]


def test_what_lies_outside_the_axes_is_cut_off() -> None:
    plot = Plot("y", "x", (), across=(0.0, 1.0))
    inside = list(clipped(plot, [(-1.0, -1.0), (2.0, 2.0)]))
    assert inside == [((0.0, 0.0), (1.0, 1.0))]
    assert list(clipped(plot, [(0.5, 2.0), (0.6, 3.0)])) == []
    assert list(clipped(plot, [(-1.0, 0.5), (0.5, 0.5)])) == [((0.0, 0.5), (0.5, 0.5))]
    far = Plot("y", "x", (Series("s", ((-5.0, 9.0), (5.0, -9.0)), "1"),), across=(0.0, 1.0))
    assert all(len(line) <= 80 for line in to_text(Document("d", (far,)), 80).splitlines())


def test_a_map_has_large_values_on_top_and_every_letter_in_place() -> None:
    drawn = to_text(Document("d", (MAP,)), 40).splitlines()
    assert drawn[:2] == ["Which", "rabbit"]
    rows = [line.partition("│")[2] or line.partition("┤")[2] for line in drawn[2:5]]
    letters = ["".join(dict.fromkeys(row)) for row in rows]
    assert letters == ["·B", "AB", "AB"]
    assert rows[0].count("B") == 3 * rows[0].count("·")
    assert drawn[-3:] == ["A all of <them>", "B one", "· none"]


@pytest.mark.parametrize("width", [None, 20, 30, 47, 80, 200])
def test_no_line_is_wider_than_the_terminal(width: int | None) -> None:
    big = Map(
        "y", "x", tuple(map(float, range(300))), tuple(map(float, range(500))),
        ("AB" * 250,) * 300, (Key("A", text("a")), Key("B", text("b"))),
    )  # fmt: skip
    for line in to_text(Document("d", (PLOT, MAP, big)), width).splitlines():
        assert len(line) <= (width or 120)


def test_values_shown_are_even_and_the_ends_are_among_them() -> None:
    values = [k / 7 for k in range(1000)]
    places = chosen(values, 60)
    assert len(places) == 60 and places[0] == 0 and places[-1] == 999
    steps = [b - a for a, b in pairwise(places)]
    assert max(steps) - min(steps) <= 1
    assert nearest([0.0, 1.0, 10.0], 5.4) == 1 and nearest([0.0, 1.0, 10.0], 5.6) == 2


@pytest.mark.parametrize("span", [(0.0, 1.0), (2.0, 10.0), (-3.5, 1e6), (1e-9, 2e-9), (5.0, 5.0)])
def test_ticks_are_round_and_within_the_axis(span: tuple[float, float]) -> None:
    found = even_ticks(span, 6)
    assert 1 <= len(found) <= 9
    for value, label in found:
        assert span[0] * (1 - 1e-9) - 1e-12 <= value <= span[1] * (1 + 1e-9) + 1e-12
        assert float(label) == pytest.approx(value)


def test_markdown_and_html_have_plots_and_maps() -> None:
    page = markdown.render(BLOCKS)
    assert page.count("```text") == 2 and "A all of <them>" in page
    content = html.render(BLOCKS)
    assert content.count("<svg") == 2
    root = XML.fromstring(svg.map_(MAP))
    assert any(one.text == "A all of <them>" for one in root)
    # Cells of a row that are alike are one rectangle: 2 + 2 + 2, and 3 of the legend.
    assert sum(one.tag.endswith("rect") for one in root) == 9
    root = XML.fromstring(svg.plot(PLOT))
    kinds = [one.tag.rpartition("}")[2] for one in root]
    assert kinds.count("polygon") == 1 and kinds.count("circle") == 1
    assert kinds.count("polyline") == 3


def test_pictures_are_the_same_each_time_and_hold_the_words() -> None:
    pytest.importorskip("matplotlib")
    from alliance_games.render.pictures import picture

    for form in ("png", "svg"):
        assert picture(BLOCKS.blocks, form) == picture(BLOCKS.blocks, form)
    drawn = picture(BLOCKS.blocks, "svg").decode()
    words = "".join(XML.fromstring(drawn).itertext())
    for word in ("Probability", "stag", "a rising line", "a square", "A $title$", "here"):
        assert word in words
    assert "all of <them>" in words
    assert "dc:date" not in drawn
    with pytest.raises(ValueError, match="pictures are written as png or svg"):
        picture(BLOCKS.blocks, "pdf")
    with pytest.raises(ValueError, match=r"no plot"):
        picture((), "png")


def test_a_plot_over_a_half_logarithmic_axis_is_drawn_as_a_picture() -> None:
    pytest.importorskip("matplotlib")
    from alliance_games.render.pictures import figure

    plot = Plot("Probability", "Precision", (Series("s", ((0.0, 0.5), (8.0, 1.0)), "1"),), 8.0)
    (panel,) = figure((plot,)).axes
    scale = panel.transData
    left, middle, right = (scale.transform((x, 0.5))[0] for x in (0.0, 0.5, 8.0))
    # Early values stand far apart: a sixteenth of the axis takes a third of the way.
    assert (middle - left) / (right - left) == pytest.approx(log(1 + 30 / 16) / log(31))
