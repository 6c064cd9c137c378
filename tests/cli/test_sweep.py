"""The command ``sweep``: options, streams, exit codes."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from alliance_games.cli import main

STAG = "games/stag_hunt.yaml"
TABLE = "year,a,b\n1908,1,3\n1909,NA,3\n1910,0,0\n1911,1,1\n"
SHARE = "rabbit=4 * a / (a + b)"


class Ran:
    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def rows(self) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO(self.out)))


@pytest.fixture
def sweep(capfdbinary: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    for name in ("NO_COLOR", "FORCE_COLOR", "ALLIANCE_GAMES_DEBUG"):
        monkeypatch.delenv(name, raising=False)

    def command(*arguments: Any) -> Ran:
        code = main(["sweep", *map(str, arguments)])
        out, err = capfdbinary.readouterr()
        assert b"Traceback" not in err
        return Ran(code, out.decode(), err.decode())

    return command


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "dyads.csv"
    path.write_text(TABLE)
    return path


def test_a_line_and_a_plane(sweep: Any) -> None:
    line = sweep(STAG, "--vary", "stag=4:6:3", "-f", "csv")
    assert line.code == 0 and line.err == ""
    assert [row["stag"] for row in line.rows] == ["4"] * 3 + ["5"] * 3 + ["6"] * 3
    plane = sweep(STAG, "--vary", "stag=4,9/2", "--vary", "rabbit=1:2:2", "-f", "csv")
    pairs = [(row["stag"], row["rabbit"]) for row in plane.rows[::3]]
    assert pairs == [("4", "1"), ("4", "2"), ("4.5", "1"), ("4.5", "2")]


def test_fractions_where_they_are_asked_for(sweep: Any) -> None:
    rows = sweep(STAG, "--vary", "stag=7/2,7", "--exact", "-f", "csv").rows
    assert rows[0]["stag"] == "7/2"
    assert [row["Alice.Stag"] for row in rows] == ["1", "6/7", "0", "1", "3/7", "0"]


def test_set_and_scenario_hold_for_what_does_not_vary(sweep: Any) -> None:
    rows = sweep(STAG, "--vary", "stag=4:4:1", "--set", "rabbit=1", "-f", "csv").rows
    assert rows[1]["Alice.Stag"] == "0.25"
    rows = sweep(STAG, "--vary", "stag=8,9", "--scenario", "even odds", "-f", "csv").rows
    assert rows[1]["Alice.Stag"] == "0.25"


def test_the_report_has_runs_and_rows(sweep: Any) -> None:
    found = sweep(STAG, "--vary", "stag=3:6:4")
    assert "4 to 6       3  (Stag, Stag), (Stag/Rabbit, Stag/Rabbit)" in found.out
    assert "excluded: the values break the assumption 'stag > rabbit'" in found.out
    many = sweep(STAG, "--vary", "stag=4:6:101")
    assert "243 more rows" in many.out
    assert "| 4 | Stag | Stag |" in sweep(STAG, "--vary", "stag=4:6:3", "-f", "md").out


def test_plots_in_the_terminal(sweep: Any) -> None:
    line = sweep(STAG, "--vary", "stag=4:6:21", "-f", "plot")
    assert "○ (Stag/Rabbit, Stag/Rabbit), unstable (index -1)" in line.out
    assert "● (Rabbit, Rabbit), stable (index +1)" in line.out
    assert line.out.count("Payoff of") == 2
    one = sweep(STAG, "--vary", "stag=4:6:21", "-f", "plot", "--of", "payoff.Jack")
    assert one.out.count("Payoff of") == 1 and "Probability" not in one.out
    plane = sweep(STAG, "--vary", "stag=2:6:21", "--vary", "rabbit=1:5:21", "-f", "plot")
    assert "Risk-dominant equilibrium" in plane.out
    assert "Payoff-dominant" not in plane.out  # it is the same everywhere


@pytest.mark.parametrize("form", ["png", "svg"])
def test_pictures_are_files_and_the_same_each_time(sweep: Any, tmp_path: Path, form: str) -> None:
    pytest.importorskip("matplotlib")
    content = []
    for name in ("one", "two"):
        path = tmp_path / f"{name}.{form}"
        done = sweep(STAG, "--vary", "stag=2:6:9", "-f", form, "-o", path)
        assert done.code == 0 and done.out == ""
        content.append(path.read_bytes())
    assert content[0] == content[1]
    assert content[0].startswith(b"\x89PNG" if form == "png" else b"<?xml")


@pytest.mark.parametrize(
    ("form", "library", "extra"),
    [("png", "matplotlib", "pictures"), ("parquet", "pyarrow", "parquet")],
)
def test_an_extra_that_is_missing_is_asked_for(
    sweep: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, form: str, library: str, extra: str
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    path = tmp_path / "out"
    done = sweep(STAG, "--vary", "stag=4:6:3", "-f", form, "-o", path)
    assert done.code == 2
    assert f'pip install "alliance-games[{extra}]"' in done.err
    assert not path.exists()


def test_parquet(sweep: Any, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "rows.parquet"
    assert sweep(STAG, "--vary", "stag=4:6:3", "-f", "parquet", "-o", path).code == 0
    rows = parquet.read_table(path).to_pylist()
    assert len(rows) == 9 and rows[1]["Jack.Stag"] == 0.75 and rows[1]["risk_dominant"] == "no"


def test_rows_of_data(sweep: Any, table: Path) -> None:
    done = sweep(STAG, "--data", table, "--map", SHARE, "--keep", "year", "-f", "csv")
    assert done.code == 3
    assert f"{table}:3: error: column 'a': 'NA' is not a number [data]" in done.err
    assert f"{table}:4: error: rabbit = 4 * a / (a + b): division by zero" in done.err
    skipped = sweep(
        STAG, "--data", table, "--map", SHARE, "--keep", "year", "--skip-faults", "-f", "csv"
    )
    assert skipped.code == 0
    told = [(row["line"], row["year"], row["status"]) for row in skipped.rows]
    assert told[0] == ("2", "1908", "exact") and told[3:5] == [
        ("3", "1909", "fault"), ("4", "1910", "fault"),
    ]  # fmt: skip
    assert skipped.rows[-1]["rabbit"] == "2"
    report = sweep(STAG, "--data", table, "--map", SHARE, "--skip-faults")
    assert "column 'a': 'NA' is not a number" in report.out


def test_a_faulty_table_leaves_no_file(sweep: Any, table: Path, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("before")
    done = sweep(STAG, "--data", table, "--map", SHARE, "-f", "csv", "-o", path)
    assert done.code == 3
    assert path.read_text() == "before"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["dyads.csv", "rows.csv"]


def test_tabs_and_standard_input(sweep: Any, table: Path, tmp_path: Path) -> None:
    tabs = tmp_path / "dyads.tsv"
    tabs.write_text(TABLE.replace(",", "\t").replace("NA", "1").replace("0\t0", "1\t3"))
    assert sweep(STAG, "--data", tabs, "--map", SHARE, "-f", "csv").code == 0
    done = subprocess.run(
        [sys.executable, "-m", "alliance_games", "sweep", STAG, "--data", "-", "--map", SHARE,
         "-f", "jsonl"],
        input="a,b\n1,3\n", capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["payoff.Alice"] for line in lines] == [4, 1, 1]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "say what varies"),
        (("--vary", "stga=1:2:3"), "did you mean 'stag'?"),
        (("--vary", "stag=1:2"), "start:stop:count"),
        (("--vary", "stag=1:2:0"), "no number of values"),
        (("--vary", "stag=1:2:1/2"), "no number of values"),
        (("--vary", "stag=1:x:3"), "'x'"),
        (("--vary", "stag"), "is not name="),
        (("--vary", "stag[Alice]=1,2"), "without entries"),
        (("--vary", "stag=4,5", "--vary", "stag=1,2"), "twice"),
        (("--vary", "stag=4,5", "--set", "stag=3"), "both set and varied"),
        (("--vary", "stag=4,5", "--map", "rabbit=a"), "go with --data"),
        (("--vary", "stag=4,5", "--concept", "nahs"), "nash"),
        (("--vary", "stag=4,5", "--concept", "dominance", "-f", "csv"), "`batch` asks any concept"),
        (("--vary", "stag=4,5", "-f", "plot", "--of", "Alice"), "no column 'Alice' to draw"),
        (("--vary", "stag=4,4", "-f", "plot"), "one value only"),
        (("--vary", "stag=4,5", "--of", "Alice.Stag"), "what a plot draws"),
        (("--vary", "stag=4,5", "--scenario", "none"), "no scenario"),
        (("--data", "games", "--map", "stag=a"), "cannot read games"),
        (("--data", STAG), "--data needs --map"),
        (("--data", STAG, "--map", "stag=count(a)"), "no function 'count'"),
        (("--data", STAG, "--map", "stag=a +"), "stag=a +"),
    ],
    ids=str,
)
def test_what_cannot_be_asked_is_said(sweep: Any, arguments: tuple[str, ...], words: str) -> None:
    done = sweep(STAG, *arguments)
    assert done.code == (3 if "cannot read" in words else 2)
    assert words in " ".join(done.err.replace("│", " ").split())


def test_a_limit_of_time_writes_what_was_found(sweep: Any) -> None:
    done = sweep(STAG, "--vary", "stag=4:9:9999", "--exact", "--timeout", "0.3", "-f", "csv")
    assert done.code == 4
    assert "the time limit of 0.3 seconds was reached" in done.err
    assert "of 9,999 points done" in done.err
    assert len(done.rows) > 1


def test_a_bad_file_is_told_as_ever(sweep: Any, tmp_path: Path) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("game: Bad\nplayers: [A, B]\nstrategiez: [C, D]\npayoffs:\n  C, C: 1\n")
    done = sweep(bad, "--vary", "x=1:2:3")
    assert done.code == 3 and "did you mean 'strategies'?" in done.err


def test_memory_does_not_grow_with_the_table(tmp_path: Path) -> None:
    """300,000 rows need hardly more memory than 60,000 do."""
    peaks = []
    for rows in (60_000, 300_000):
        path = tmp_path / f"{rows}.csv"
        with path.open("w") as file:
            file.write("a,b\n")
            file.writelines(f"{k % 97 + 1},{k % 89 + 2}\n" for k in range(rows))
        code = (
            "import resource, sys\nfrom alliance_games.cli import main\n"
            f"code = main(['sweep', {STAG!r}, '--data', {str(path)!r}, '--map', {SHARE!r}, "
            "'-f', 'csv', '-o', '/dev/null'])\n"
            "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)\nsys.exit(code)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True
        )
        peaks.append(int(done.stdout))
    assert peaks[1] < peaks[0] * 1.15


def test_a_kind_of_game_without_strategies_is_named(sweep: Any) -> None:
    done = sweep("games/endurance/alliance.yaml", "--vary", "delta=1/4,1/2")
    assert done.code == 2 and "this is a repeated game" in done.err
