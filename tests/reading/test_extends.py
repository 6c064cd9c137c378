"""Files that extend others."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from alliance_games.model.problems import InvalidGame
from alliance_games.model.study import Study
from alliance_games.reading import read_file

BASE = """\
game: Base
about: As it is.
players: [A, B]
strategies: [X, Y]
parameters:
  p: {value: 1, range: [0, 5], about: a number}
  power: {value: {A: 1, B: 2}}
define: {double: 2 * p}
assume: [p < 4]
scenarios: {low: {p: 0}, high: {p: 3}}
payoffs:
  X, X: double, power
  X, Y: 0, 0
  Y, X: 0, 0
  Y, Y: 1/p, 1
expect:
  - nash: [[X, X]]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    text = BASE.replace("low: {p: 0}", "low: {p: 1/2}")
    (tmp_path / "base.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "deeper").mkdir()
    return tmp_path


def read(folder: Path, text: str, name: str = "deeper/new.yaml") -> Study:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_file(path)


def codes(folder: Path, text: str) -> list[tuple[str, int, int]]:
    with pytest.raises(InvalidGame) as caught:
        read(folder, text)
    return [(p.code, p.span.line, p.span.column) for p in caught.value.problems]


def test_it_changes_what_it_says_and_keeps_the_rest(folder: Path) -> None:
    study = read(
        folder,
        "extends: ../base.yaml\ngame: New\nparameters: {p: 2, power: {B: 7}}\n"
        "assume: [p <= double]\nscenarios: {low: {p: 1}, other: {p: 4}}\n"
        "expect:\n  - nash: [[X, X], [Y, Y]]\n",
    )
    assert (study.title, study.about) == ("New", "As it is.")
    assert study.game.values() == {
        "p": 2,
        "power": {("A",): Fraction(1), ("B",): Fraction(7)},
    }
    parameter = study.game.parameter("p")
    assert parameter is not None
    assert parameter.about == "a number"
    assert [each.text for each in study.game.assumptions] == ["p <= double"]
    values = {each.name: each.values["p"] for each in study.scenarios}
    assert values == {"low": 1, "high": 3, "other": 4}
    assert [each.text for each in study.expectations] == ["nash: [[X, X], [Y, Y]]"]
    game = study.case().game
    assert game.payoffs((0, 0)) == (4, 7)  # type: ignore[union-attr]


def test_expectations_are_never_taken_over(folder: Path) -> None:
    study = read(folder, "extends: ../base.yaml\n")
    assert (study.title, study.expectations) == ("Base", ())


def test_a_chain_of_files(folder: Path) -> None:
    read(folder, "extends: ../base.yaml\nparameters: {p: 2}\n", "deeper/middle.yaml")
    study = read(folder, "extends: middle.yaml\nparameters: {power: 5}\n")
    assert study.case().game.payoffs((0, 0)) == (4, 5)  # type: ignore[union-attr]


def test_a_library_game_by_name(folder: Path) -> None:
    study = read(folder, "extends: stag_hunt\nparameters: {stag: 10}\n")
    assert study.game.values()["stag"] == 10


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("extends: nowhere.yaml\n", [("missing-file", 1, 10)]),
        ("extends: ..\n", [("missing-file", 1, 10)]),
        ("extends: ../base.yaml\nplayers: [A]\n", [("not-here", 2, 1)]),
        ("extends: ../base.yaml\nparameters: {pp: 1}\n", [("unknown-parameter", 2, 14)]),
        ("extends: ../base.yaml\nparameters: {p: {A: 1}}\n", [("unknown-entry", 2, 14)]),
        ("extends: ../base.yaml\nparameters: {p: 9}\n", [("out-of-range", 2, 14)]),
        ("extends: ../base.yaml\nparameters: {p: 0}\n", [("division-by-zero", 1, 1)]),
        ("extends: ../base.yaml\nassume: [p > zz]\n", [("unknown-name", 2, 14)]),
        ("extends: ../base.yaml\nscenarios: {s: {p: 4}}\n", [("broken-assumption", 2, 13)]),
        ("extends: ../base.yaml\nexpect:\n  - nash: [[X, Z]]\n", [("unknown-strategy", 3, 16)]),
        ("extends: new.yaml\n", [("circular-extends", 1, 10)]),
    ],
)
def test_faults(folder: Path, text: str, expected: list[tuple[str, int, int]]) -> None:
    assert codes(folder, text) == expected


def test_a_circle_of_files(folder: Path) -> None:
    (folder / "deeper" / "other.yaml").write_text("extends: new.yaml\n", encoding="utf-8")
    assert codes(folder, "extends: other.yaml\n") == [("circular-extends", 1, 10)]


def test_a_faulty_file_is_said_to_be_faulty(folder: Path) -> None:
    (folder / "bad.yaml").write_text("game: G\n", encoding="utf-8")
    with pytest.raises(InvalidGame, match=r"bad\.yaml:1:1: the game itself is missing"):
        read(folder, "extends: ../bad.yaml\n")
