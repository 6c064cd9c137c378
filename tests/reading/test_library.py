"""The library is found, and its games by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from alliance_games.reading import library


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("stag_hunt", "deterrence/entrapment", "deterrence/twin", "trust/twin"):
        file = tmp_path / f"{name}.yaml"
        file.parent.mkdir(exist_ok=True)
        file.write_text("game: x\n")
    (tmp_path / "notes.txt").write_text("not a game")
    monkeypatch.setattr(library, "library_folder", lambda: tmp_path)
    return tmp_path


def test_the_library_of_this_checkout_is_the_games_folder() -> None:
    assert library.library_folder() == Path(__file__).resolve().parents[2] / "games"


def test_all_files_are_games_in_order(shelf: Path) -> None:
    assert [library.name_of(path) for path in library.all_files()] == [
        "deterrence/entrapment",
        "deterrence/twin",
        "stag_hunt",
        "trust/twin",
    ]


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("stag_hunt", "stag_hunt.yaml"),
        ("stag_hunt.yaml", "stag_hunt.yaml"),
        ("games/stag_hunt.yaml", "stag_hunt.yaml"),
        ("./stag_hunt.yaml", "stag_hunt.yaml"),
        ("deterrence/entrapment", "deterrence/entrapment.yaml"),
        ("entrapment", "deterrence/entrapment.yaml"),
        ("trust/twin.yaml", "trust/twin.yaml"),
    ],
)
def test_a_name_finds_its_file(shelf: Path, name: str, file: str) -> None:
    assert library.find(name) == shelf / file


@pytest.mark.parametrize(
    "name", ["", "-", ".", "stag", "twin", "notes", "notes.txt", "../stag_hunt", "/etc/passwd"]
)
def test_what_is_no_name_finds_nothing(shelf: Path, name: str) -> None:
    assert library.find(name) is None


def test_nothing_leads_out_of_the_library(shelf: Path) -> None:
    (shelf.parent / "secret.yaml").write_text("game: x\n")
    assert library.find("../secret") is None
    assert library.find(str(shelf.parent / "secret.yaml")) is None


def test_close_names(shelf: Path) -> None:
    assert library.close_names("stag-hunt") == ["stag_hunt"]
    assert library.close_names("stagg_hunt.yaml") == ["stag_hunt"]
    assert library.close_names("theory/Entrapmnt") == ["deterrence/entrapment"]
    assert library.close_names("bargaining") == []
