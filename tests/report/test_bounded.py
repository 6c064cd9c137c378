"""Reports on branches and levels: what is drawn, what is said, and that it fits."""

from __future__ import annotations

import xml.etree.ElementTree as XML

import pytest

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.study import Case
from alliance_games.render import html, markdown, terminal
from alliance_games.render.axes import place, ticks
from alliance_games.render.svg import plot as svg
from alliance_games.report.blocks import Document, Plot, Series
from alliance_games.report.equilibria import profiles
from alliance_games.results.cases import CaseAnswer
from alliance_games.solve import solve
from tests.contract.sample_games import STAG_HUNT


def document(game: NormalGame | AnonymousGame, concept: str) -> Document:
    [result] = solve(game, [concept]).results
    case = CaseAnswer(Case(None, {}, game), (result,), ())
    assert case.of(concept) is result
    return Document("game", tuple(profiles(result.solutions, game, concept)))


def told(game: NormalGame | AnonymousGame, concept: str, width: int | None = 80) -> str:
    return terminal.to_text(document(game, concept), width)


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_the_plot_fits_and_is_labelled(width: int) -> None:
    lines = told(STAG_HUNT, "logit", width).splitlines()
    assert max(map(len, lines)) <= width
    assert lines[0] == "Probability"
    assert any(line.endswith("Precision") for line in lines)
    assert sum("┤" in line for line in lines[1:14]) == 5
    legend = " ".join(" ".join(lines).split())
    assert "1 Alice and Jack: Stag a Alice and Jack: Stag, on branch 2" in legend


def test_the_curve_starts_at_one_half_and_falls() -> None:
    """Row by row: the half is in the middle, nothing of the first curve is above it."""
    lines = told(STAG_HUNT, "logit").splitlines()[1:14]
    assert "┤1" in lines[6] and "1" in lines[12][6:]
    assert not any("1" in line[7:] for line in lines[:6])


def test_what_error_does_to_a_stag_hunt() -> None:
    """The product of both doing Rabbit passes 1/2 where Pr(Rabbit) is 0.7071, that is at
    log(p / (1 - p)) / (3 - 4 (1 - p)) = 0.4822 with p that; 9/10 where p is 0.9487: 1.043."""
    text = " ".join(told(STAG_HUNT, "logit").split())
    assert "tends to (Rabbit, Rabbit)" in text
    assert "likelier than not from a precision of about 0.48 on" in text
    assert "nine times in ten from about 1 on" in text
    assert "(Stag, Stag), an equilibrium better for everybody, is never played" in text
    assert "from (Stag, Stag) back to precision 3.589" in text


def test_a_curve_that_passes_one_half_is_told() -> None:
    """Four states of which three suffice: some come to hide, at a precision read off the curve."""
    threats = [5 * (others >= 1) - 1 for others in range(3, -1, -1)]
    safe = [5 * (others >= 2) for others in range(3, -1, -1)]
    game = AnonymousGame(tuple("ABCD"), ("Balance", "Hide"), (0,) * 4, ((threats, safe),), (1,))
    text = " ".join(told(game, "logit").split())
    assert "Everybody: Balance" in text
    low = NormalGame.from_matrices(
        [[2, 2, 2], [3, 0, 0], [3, 0, 0]], [[0, 0, 0], [0, 0, 0], [1, 1, 1]]
    )
    said = " ".join(told(low, "logit").split())
    assert "Beyond a precision of about" in said and "likelier than not to choose" in said


def test_levels_are_a_table_with_ties_and_shares() -> None:
    text = told(STAG_HUNT, "cognitive-hierarchy")
    assert "0  0.2231  anything" in text and "1  0.3347  Rabbit" in text
    assert "Rabbit 0.8884" in text
    tie = NormalGame.from_matrices([[1, 1, 0], [1, 1, 0]], [[1, 1, 0], [1, 1, 0]])
    assert "(tie)" in told(tie, "level-k")


def test_markdown_and_html_have_the_plot() -> None:
    whole = document(STAG_HUNT, "logit")
    assert "```text\nProbability" in markdown.render(whole)
    page = html.render(whole)
    picture = page[page.index("<svg") : page.index("</svg>") + 6]
    root = XML.fromstring(picture)
    names = [one.text for one in root if one.tag.endswith("text")]
    assert {"Probability", "Precision", "0.5", "Alice and Jack: Stag"} <= set(names)
    assert sum(one.tag.endswith("polyline") for one in root) == 2


def test_names_in_a_picture_are_escaped() -> None:
    plot = Plot("Probability", "Precision", (Series("<b>&", ((0.0, 0.5), (1.0, 1.0)), "1"),), 1.0)
    root = XML.fromstring(svg(plot))
    assert any(one.text == "<b>&" for one in root)


def test_the_axis_is_in_order_and_its_ticks_apart() -> None:
    for until in (1e-9, 0.3, 7.0, 4e6):
        found = [place(value, until) for value, _ in ticks(until, 60)]
        assert found == sorted(found) and found[0] == 0 and len(found) >= 3
        assert place(until, until) == pytest.approx(1)
