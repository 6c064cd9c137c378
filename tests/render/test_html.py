from html.parser import HTMLParser

import pytest
from hypothesis import given

from alliance_games.render.html import render
from alliance_games.render.layout import visible
from alliance_games.report.build import build
from tests.render.labels import NASTY, games, names_of, report, wearing
from tests.report.studies import answered, two_by_two

EMPTY = {"br"}


class Reader(HTMLParser):
    """Reads a fragment, keeps its text and holds that tags nest."""

    def __init__(self):
        super().__init__()
        self.open, self.tags, self.pieces = [], set(), []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        assert not [name for name, _ in attrs if name.startswith("on")]
        if tag not in EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.pieces.append(data)


def read(fragment):
    reader = Reader()
    reader.feed(fragment)
    reader.close()
    assert reader.open == []
    return reader


@given(games())
def test_every_label_is_text_and_never_a_tag(game):
    reader = read(render(report(game)))
    shown = "".join(reader.pieces)
    for name in names_of(game):
        assert visible(name) in shown
    assert reader.tags <= {
        "div", "style", "h3", "h4", "h5", "p", "dl", "dt", "dd", "br", "span", "table", "thead",
        "tbody", "tr", "th", "td", "caption", "ul", "li", "pre",
    }  # fmt: skip


@pytest.mark.parametrize("name", NASTY)
def test_a_nasty_name_is_text_wherever_it_stands(name):
    document = build(answered(wearing(name), title=name, about=name, sources=(name,)))
    reader = read(render(document))
    assert "".join(reader.pieces).count(visible(name)) > 10
    assert not reader.tags & {"b", "script", "a"}


def test_equilibria_are_boxed():
    fragment = render(build(answered(two_by_two([[4, 0], [3, 3]], [[4, 3], [0, 3]]))))
    assert fragment.count('<td class="ag-boxed">') == 2
    assert '<span class="ag-first ag-best-reply">4*</span>' in fragment
