"""``convert``, and Gambit's files wherever a game file is taken."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest

from alliance_games.api import load
from alliance_games.cli import main
from alliance_games.cli.convert import EPILOG

STAG = "games/stag_hunt.yaml"
HORSE = """EFG 2 R "Selten's horse" { "One" "Two" "Three" }
"a horse"
p "" 1 1 "" { "D" "C" } 0
p "" 3 1 "hidden" { "L" "R" } 0
t "" 1 "" { 3, 2, 2 }
t "" 2 "" { 0, 0, 0 }
p "" 2 1 "" { "c" "d" } 0
t "" 3 "" { 1, 1, 1 }
p "" 3 1 "hidden" { "L" "R" } 0
t "" 4 "" { 4, 4, 0 }
t "" 5 "" { 0, 0, 1 }
"""


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("NO_COLOR", "1")

    def command(*arguments: object, stdin: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return code, out, err

    return command


def test_a_normal_form_to_nfg(run: Any) -> None:
    code, out, err = run("convert", STAG, "--to", "nfg", "--set", "stag=1/3", "--set", "rabbit=0.1")
    assert code == 0
    assert out.startswith('NFG 1 R "Stag hunt" { "Alice" "Jack" }\n')
    # Alice's strategy changes fastest: both hunt, Alice takes the rabbit, Jack does, both do.
    assert out.endswith("\n1/3 1/3\n1/10 0\n0 1/10\n1/10 1/10\n")
    assert "parameters are written out" in err


def test_the_suffix_tells_the_format_and_the_file_is_read_back(run: Any, tmp_path: Path) -> None:
    for suffix in ("efg", "nfg", "yaml"):
        path = tmp_path / f"out.{suffix}"
        code, out, _ = run("convert", STAG, "-q", "-o", path)
        assert (code, out) == (0, "")
        document = json.loads(run("solve", path, "-c", "nash", "-f", "json")[1])
        payoffs = [one["payoffs"] for one in document["cases"][0]["results"][0]["solutions"]]
        assert payoffs == [{"Alice": n, "Jack": n} for n in ("4", "3", "3")], suffix


def test_a_tree_to_its_reduced_normal_form_says_so(run: Any, tmp_path: Path) -> None:
    path = tmp_path / "horse.efg"
    path.write_text(HORSE)
    code, out, err = run("convert", path, "--to", "nfg")
    assert code == 0
    assert "reduced normal form" in err
    assert '{ { "D" "C" }\n{ "c" "d" }\n{ "L" "R" }\n}' in out
    assert out.endswith("3 2 2\n1 1 1\n3 2 2\n4 4 0\n0 0 0\n1 1 1\n0 0 0\n0 0 1\n")


def test_a_tree_without_perfect_recall_to_its_full_normal_form(run: Any) -> None:
    forgetful = (
        'EFG 2 R "T" { "A" }\np "" 1 1 "" { "a" "b" } 0\n'
        'p "" 1 2 "which?" { "c" "d" } 0\nt "" 1 "" { 1 }\nt "" 2 "" { 2 }\n'
        'p "" 1 2 0\nt "" 3 "" { 3 }\nt "" 4 "" { 4 }\n'
    )
    code, out, err = run("convert", "-", "--to", "nfg", stdin=forgetful)
    assert code == 0
    assert "no perfect recall, is written as its full normal form" in err
    assert "imperfect-recall" in err
    assert '{ "a · c" "a · d" "b · c" "b · d" }' in out
    assert out.endswith("\n1\n2\n3\n4\n")


def test_usage_and_faults(run: Any, tmp_path: Path) -> None:
    assert run("convert", STAG)[0] == 2
    assert run("convert", STAG, "--to", "gif")[0] == 2
    assert run("convert", "games", "--to", "efg")[0] == 2
    assert run("convert", STAG, "--to", "efg", "--set", "stagg=1")[0] == 2
    code, out, err = run("convert", "-", "--to", "yaml", stdin=HORSE.replace("1, 1, 1", "1, 1"))
    assert (code, out) == (3, "")
    assert "<stdin>:8:12: error: outcome 3 needs 3 payoffs" in err
    deep = 'EFG 2 R "" { "A" }\n' + 'p "" 1 %d "" { "a" } 0\n' * 60 % tuple(range(1, 61)) + 't "" 0'
    code, out, err = run("convert", "-", "--to", "yaml", stdin=deep)
    assert (code, out) == (4, "")
    assert "48 moves deep" in err


def test_the_helps_examples_run(run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.efg").write_text(HORSE)
    examples = re.findall(r"^  alliance-games (.*)$", EPILOG, re.MULTILINE)
    assert len(examples) == 3
    for example in examples:
        assert run(*example.split())[0] == 0
    assert (tmp_path / "mine.yaml").read_text().startswith('game: "Selten\'s horse"\n')


def test_every_command_takes_gambits_files(run: Any, tmp_path: Path) -> None:
    (tmp_path / "horse.efg").write_text(HORSE)
    (tmp_path / "table.nfg").write_text('NFG 1 R "T" { "A" "B" } { 2 1 } 1 2 3/2 4')
    (tmp_path / "bad.nfg").write_text('NFG 1 R "T" { "A" "B" } { 2 1 } 1 2 3/2')
    code, out, _ = run("check", tmp_path / "horse.efg", "-f", "json")
    assert code == 0
    assert json.loads(out)["game"]["title"] == "Selten's horse"
    code, out, _ = run("show", tmp_path / "table.nfg", "-f", "csv")
    assert [line.split(",")[-1] for line in out.splitlines()[1:]] == ["1", "2", "3/2", "4"]
    code, out, _ = run("batch", tmp_path, "-f", "json", "-c", "pure-nash", "--jobs", "1")
    files = {Path(document["game"]["file"]).name: document for document in json.loads(out)}
    assert (code, set(files)) == (3, {"horse.efg", "table.nfg", "bad.nfg"})
    assert files["bad.nfg"]["problems"][0]["code"] == "wrong-number-of-payoffs"
    assert run("solve", "-", "-c", "pure-nash", stdin=HORSE)[0] == 0
    assert load(tmp_path / "horse.efg").title == "Selten's horse"
    assert load(HORSE).players == ("One", "Two", "Three")
