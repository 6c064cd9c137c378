"""The Python API, as a notebook uses it."""

from __future__ import annotations

import re
import subprocess
import sys
from fractions import Fraction
from html.parser import HTMLParser
from pathlib import Path

import pytest

import alliance_games as ag


class Tags(HTMLParser):
    """The text of a page, and whether every tag that opens closes."""

    VOID = frozenset({"br", "hr", "img", "input", "meta", "link"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_stag_hunt_by_its_name() -> None:
    """Closed form: two pure equilibria, and Stag with probability rabbit / stag."""
    solved = ag.load("stag_hunt").at(stag=10, rabbit=4).solve("nash")
    profiles = [one.profile["Alice"]["Stag"] for one in solved.solutions]
    assert sorted(profiles) == [0, Fraction(2, 5), 1]
    assert all(one.payoffs["Jack"] >= 4 for one in solved)
    assert solved.verified
    assert len(solved) == 3
    assert solved["nash"].coverage is ag.Coverage.ALL
    with pytest.raises(KeyError, match="maxmin"):
        solved["maxmin"]


def test_a_game_made_in_python() -> None:
    game = ag.NormalGame.from_matrices([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])
    (only,) = ag.load(game).solve("nash")
    assert only.profile == {
        "Row": {"r1": Fraction(1, 2), "r2": Fraction(1, 2)},
        "Column": {"c1": Fraction(1, 2), "c2": Fraction(1, 2)},
    }
    assert str(only) == "Row: 1/2 r1 + 1/2 r2; Column: 1/2 c1 + 1/2 c2"
    assert "r1" in ag.load(game).solve().report()


def test_text_paths_and_names_load(tmp_path: Path) -> None:
    text = "game: g\nplayers: [A, B]\nstrategies: [C, D]\npayoffs:\n  each: if(mine == D, 1, 0)\n"
    file = tmp_path / "g.yaml"
    file.write_text(text)
    for source in (text, file, str(file)):
        (found,) = ag.load(source).solve("pure-nash")
        assert found.kind in ("point", "counts")
    for wrong in ("no_such_game", tmp_path, tmp_path / "none.yaml"):
        with pytest.raises(ag.InvalidGame):
            ag.load(wrong)
    with pytest.raises(ag.InvalidGame) as caught:
        ag.loads("game: g\nplayers: [A, B]\nstrategiez: [C, D]\n")
    assert any("strategies" in problem.hint for problem in caught.value.problems)


def test_values_are_read_as_written() -> None:
    model = ag.load("stag_hunt")
    assert model.parameters == {"stag": 4, "rabbit": 3}
    assert model.at(stag=4.1).parameters["stag"] == Fraction(41, 10)
    assert model.at(stag="41/10").at(rabbit=1).parameters == {"stag": Fraction(41, 10), "rabbit": 1}
    assert model.parameters["stag"] == 4
    with pytest.raises(ag.InvalidGame, match="stag > rabbit"):
        model.at(stag=1)
    with pytest.raises(ag.InvalidGame, match="stagg"):
        model.at(stagg=1)


def test_entries_by_player() -> None:
    model = ag.load(Path("alliance_games/cli/starters/formulas.yaml"))
    changed = model.at(power={"France": 7}).at(power={"Britain": 1})
    power = changed.parameters["power"]
    assert isinstance(power, dict)
    assert power["France",] == 7
    assert power["Britain",] == 1
    assert power["Prussia",] == 2


def test_scenarios_side_by_side() -> None:
    model = ag.load("stag_hunt")
    solved = model.solve("risk-dominance", scenarios=True)
    assert list(solved.cases) == [None, *model.scenarios]
    assert str(solved.cases["poor rabbits"].solutions[0]) == "Alice: Stag; Jack: Stag"
    alone = model.scenario("poor rabbits").solve("risk-dominance")
    assert str(alone.solutions[0]) == "Alice: Stag; Jack: Stag"
    with pytest.raises(KeyError, match="poor rabbits"):
        model.scenario("poor rabits")


def test_quantal_response_at_a_precision() -> None:
    """Roots of log(p / (1 - p)) = precision (4 p - 3): one at precision 1, three at 20."""
    from math import log

    model = ag.load("stag_hunt")
    assert len(model.quantal_response(1)) == 1
    three = model.quantal_response(20)
    assert len(three) == 3
    for one in three:
        stag = one["Alice"]["Stag"]
        assert log(stag / one["Alice"]["Rabbit"]) == pytest.approx(20 * (4 * stag - 3), rel=1e-6)
    with pytest.raises(ValueError, match="positive"):
        model.quantal_response(-1)
    with pytest.raises(ValueError, match="tree"):
        ag.load("extended_deterrence").quantal_response(1)


def test_expectations() -> None:
    assert all(verdict.passes for verdict in ag.load("stag_hunt").check())
    assert not all(verdict.passes for verdict in ag.load("stag_hunt").at(rabbit=1).check())


def test_what_a_notebook_shows_is_well_formed_and_escaped() -> None:
    game = ag.NormalGame.from_matrices(
        [[1, 0], [0, 1]], [[1, 0], [0, 1]], ("A", "<script>x</script>"), [["U", "D"], ["L", "R"]]
    )
    for shown in (ag.load("stag_hunt"), ag.load("stag_hunt").solve(), ag.load(game).solve()):
        page = Tags()
        page.feed(shown._repr_html_())
        assert page.open == []
    assert "<script>" not in ag.load(game).solve()._repr_html_()


def test_a_limit_keeps_what_was_found() -> None:
    solved = ag.load("stag_hunt").solve("nash", timeout=1e-9)
    assert solved["nash"].status is ag.Status.STOPPED
    assert solved["nash"].coverage is not ag.Coverage.ALL


def test_every_concept_is_listed() -> None:
    assert "nash" in [concept.name for concept in ag.catalogue()]


def test_the_package_s_rooms_stay_rooms() -> None:
    import alliance_games.concepts as room
    import alliance_games.solve as driver

    assert issubclass(driver.SelfCheckFailed, Exception)
    assert room.own_names()
    assert dir(ag)
    with pytest.raises(AttributeError, match="nothing_such"):
        ag.nothing_such  # noqa: B018


def test_the_python_of_the_page_runs() -> None:
    page = Path("docs/api.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```python\n(.*?)^```$", page, flags=re.MULTILINE | re.DOTALL)
    assert len(blocks) == 2
    for block in blocks:
        subprocess.run([sys.executable, "-c", block], check=True, capture_output=True)
