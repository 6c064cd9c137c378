"""Reports on trees with hidden moves in every renderer: nothing lost, no line too wide."""

import re
from collections import Counter

import pytest

from alliance_games.render.html import render as to_html
from alliance_games.render.layout import visible, width_of
from alliance_games.render.markdown import render as to_markdown
from alliance_games.render.terminal import lines, to_text
from alliance_games.report.build import build
from alliance_games.results.tree_solutions import Discarded
from tests.render.labels import NASTY, tree_report, tree_wearing
from tests.report import hand_trees as hand
from tests.report.tree_answers import answer_to, result_of

TREATY, HORSE, TRUST = hand.treaty(), hand.horse(), hand.assurance()
TOGETHER = hand.play(TRUST, {"trusting": "Cooperate", "wary": "Defect"})

REPORTS = {
    "signals": build(
        answer_to(
            TREATY,
            result_of(hand.separating(TREATY), hand.pooling(TREATY)),
            result_of(
                hand.separating(TREATY),
                Discarded(hand.pooling(TREATY), "it rests on an implausible belief"),
                concept="intuitive-criterion",
            ),
        )
    ),
    "continuum": build(answer_to(HORSE, result_of(hand.horse_equilibria(HORSE)))),
    "types": build(answer_to(TRUST, result_of(TOGETHER, concept="bayesian-nash"))),
}


@pytest.mark.parametrize("width", [40, 80, 200])
@pytest.mark.parametrize("kind", REPORTS)
def test_reports_on_trees_fit_and_lose_nothing(kind: str, width: int) -> None:
    document = REPORTS[kind]
    drawn = lines(document, width)
    assert max(map(width_of, drawn)) <= width
    narrow = "\n".join("".join(piece.text for piece in line) for line in drawn)
    letters = [
        Counter(filter(str.isalnum, characters)) for characters in (to_text(document), narrow)
    ]
    assert not letters[0] - letters[1]
    # No word of a name is broken where the line has room for it.
    for word in ("Committed", "Uncommitted", "Adversary") if kind == "signals" else ():
        assert len(re.findall(rf"\b{word}\b", narrow)) >= len(
            re.findall(rf"\b{word}\b", to_text(document))
        )


@pytest.mark.parametrize("name", NASTY)
def test_a_nasty_name_survives_in_a_tree(name: str) -> None:
    document = tree_report(tree_wearing(name))
    assert to_text(document).count(visible(name)) > 10
    assert max(map(width_of, lines(document, 40))) <= 40


@pytest.mark.parametrize("kind", REPORTS)
def test_other_formats_say_the_same(kind: str) -> None:
    document = REPORTS[kind]
    html, markdown = to_html(document), to_markdown(document)
    assert html.count("<table") >= 1 and html.count("<table") == html.count("</table>")
    assert markdown.count("| :--") >= 1
    words = {"signals": "Committed gets 6", "continuum": "up to 1/3", "types": "brings 3"}[kind]
    for rendered in (html, markdown):
        assert words in rendered


def test_an_equilibrium_has_a_heading_of_its_own() -> None:
    """The fourth level: a report's headings run from 1, a notebook's start two levels down."""
    html, markdown = to_html(REPORTS["signals"]), to_markdown(REPORTS["signals"])
    assert "<h6>" in html and "separating" in html
    assert re.search(r"^#### 1  separating · payoffs", markdown, re.MULTILINE)
    assert re.search(r"^#### Ruled out: one", markdown, re.MULTILINE)
