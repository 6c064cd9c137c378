"""Batches: nothing finished is lost, and the output does not depend on how it came about."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

import alliance_games.batch.work as work_module
from alliance_games.batch.journal import Journal, key_of
from alliance_games.batch.request import Request
from alliance_games.batch.run import Run
from alliance_games.batch.sources import Source, find_sources, shown
from alliance_games.batch.work import Task, work
from alliance_games.cli import main
from alliance_games.results.codec import dumps, encode
from tests.batch.workers import die_at_deadly_files

COMMAND = [sys.executable, "-m", "alliance_games", "batch"]


def write_games(folder: Path, number: int, scenarios: int = 1) -> Path:
    """Small games, one of them broken, one with a warning-free scenario or more."""
    folder.mkdir(exist_ok=True)
    dice = random.Random(number)
    for index in range(number):
        a, b, c, d = (dice.randint(0, 9) for _ in range(4))
        text = f"game: Game {index}\nplayers: [A, B]\nparameters: {{a: {a}}}\nstrategies: [C, D]\n"
        text += f"payoffs:\n  C, C: a, {b}\n  C, D: {c}, {d}\n  D, C: {d}, a\n  D, D: {b}, {c}\n"
        text += "scenarios:\n" + "".join(f"  s{each}: {{a: {each}}}\n" for each in range(scenarios))
        (folder / f"g{index:04}.yaml").write_text(text)
    (folder / "broken.yaml").write_text("game: broken\nplayerz: [A, B]\n")
    return folder


def documents(folder: Path, **options: Any) -> list[Any]:
    return Run(
        find_sources([str(folder)]), options.pop("request", Request()), **options
    ).documents()


def test_two_processes_give_the_documents_of_one(tmp_path: Path) -> None:
    folder = write_games(tmp_path / "games", 20, scenarios=2)
    assert documents(folder, jobs=1) == documents(folder, jobs=2)


def test_a_document_of_a_batch_is_the_one_solve_writes(tmp_path: Path) -> None:
    from alliance_games.batch.request import answer

    folder = write_games(tmp_path / "games", 3, scenarios=3)
    few = ["games/stag_hunt.yaml", "games/threat", "games/secrecy/open_commitment.yaml"]
    sources = find_sources([str(folder), *few])
    batch = Run(sources, Request()).documents()
    alone = [encode(answer(source, Request())) for source in sources]
    assert list(map(dumps, batch)) == list(map(dumps, alone))


def test_a_slice_of_time_hands_back_what_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_games(tmp_path / "games", 3, scenarios=2)
    tasks = [Task(number, source) for number, source in enumerate(find_sources([str(folder)]))]
    monkeypatch.setattr(work_module, "SLICE", -1.0)
    handed: list[tuple[int, str | None]] = []
    while tasks:
        finished, tasks = work(tasks, Request())
        assert len(finished) == 1
        handed += [(one.number, one.scenario) for one in finished]
    assert handed == [(0, None)] + [(n, s) for n in (1, 2, 3) for s in (None, "s0", "s1")]


def test_a_worker_that_dies_is_a_row_and_the_rest_goes_on(tmp_path: Path) -> None:
    folder = write_games(tmp_path / "games", 12)
    (folder / "g0005.yaml").rename(folder / "g0005_deadly.yaml")
    found = documents(folder, jobs=2, work=die_at_deadly_files)
    died = [one for one in found if any(p["code"] == "worker-died" for p in one["problems"])]
    assert [one["game"]["file"].rpartition("/")[2] for one in died] == ["g0005_deadly.yaml"]
    solved = [one for one in found if one["cases"]]
    assert len(solved) == 11


def test_a_bug_is_a_row_and_the_rest_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_games(tmp_path / "games", 4)
    solved = work_module.solved

    def buggy(study: Any, *rest: Any) -> Any:
        if study.title == "Game 2":
            raise ZeroDivisionError("oh")
        return solved(study, *rest)

    monkeypatch.setattr(work_module, "solved", buggy)
    found = documents(folder, jobs=1)
    codes = [[problem["code"] for problem in one["problems"]] for one in found]
    assert codes[1:] == [[], [], ["internal-error"], []]
    assert main(["batch", str(folder), "--jobs", "1", "--quiet"]) == 70


# --- the journal -------------------------------------------------------------------------


def test_resume_solves_nothing_again(tmp_path: Path) -> None:
    folder = write_games(tmp_path / "games", 5, scenarios=2)
    path = tmp_path / "journal"
    with Journal(path) as journal:
        first = documents(folder, journal=journal)

    def never(*arguments: Any) -> Any:
        raise AssertionError("solved again")

    with Journal(path, resume=True) as journal:
        assert documents(folder, journal=journal, work=never) == first


def test_a_torn_last_line_is_solved_again(tmp_path: Path) -> None:
    folder = write_games(tmp_path / "games", 5)
    path = tmp_path / "journal"
    with Journal(path) as journal:
        first = documents(folder, journal=journal)
    content = path.read_bytes()
    for cut in (1, 40, len(content) // 2):
        path.write_bytes(content[:-cut])
        with Journal(path, resume=True) as journal:
            assert documents(folder, journal=journal) == first
        with Journal(path, resume=True) as journal:
            assert documents(folder, journal=journal) == first
    path.write_bytes(b"\xff\x00 nonsense\n[1, 2]\n{}\n" + content)
    with Journal(path, resume=True) as journal:
        assert documents(folder, journal=journal) == first


def test_a_changed_file_is_solved_again(tmp_path: Path) -> None:
    folder = write_games(tmp_path / "games", 3)
    path = tmp_path / "journal"
    with Journal(path) as journal:
        documents(folder, journal=journal)
    file = folder / "g0001.yaml"
    file.write_text(file.read_text().replace("game: Game 1", "game: Changed"))
    with Journal(path, resume=True) as journal:
        found = documents(folder, journal=journal)
    assert [one["game"].get("title") for one in found] == [None, "Game 0", "Changed", "Game 2"]
    assert found == documents(folder)


def test_a_key_holds_all_that_an_answer_depends_on(tmp_path: Path) -> None:
    base, file = tmp_path / "base.yaml", tmp_path / "more.yaml"
    base.write_text("game: base\n")
    file.write_text("extends: base.yaml\ngame: more\n")
    source = Source(str(file), "more.yaml")
    keys = [
        key_of(source, Request()),
        key_of(source, Request(concepts=("nash",))),
        key_of(source, Request(scenario="rich")),
        key_of(source, Request(overrides={"stag": 3})),  # type: ignore[dict-item]
        key_of(source, Request(seconds=3.0)),
        key_of(source, Request(one=True)),
        key_of(Source(str(file), "other.yaml"), Request()),
    ]
    assert key_of(source, Request()) == keys[0]
    base.write_text("game: another base\n")
    keys.append(key_of(source, Request()))
    assert len(set(keys)) == len(keys)


@pytest.mark.skipif(os.name == "nt", reason="kill -9")
def test_resume_after_kill_9_gives_the_bytes_of_an_uninterrupted_run(tmp_path: Path) -> None:
    folder = write_games(tmp_path / "games", 300)
    whole, resumed = tmp_path / "whole.jsonl", tmp_path / "resumed.jsonl"
    options = ["-f", "jsonl", "--jobs", "2"]
    assert subprocess.run([*COMMAND, str(folder), *options, "-o", str(whole)]).returncode == 3

    process = subprocess.Popen(
        [*COMMAND, str(folder), *options, "-o", str(resumed)], start_new_session=True
    )
    journal = Path(f"{resumed}.journal")
    until = time.monotonic() + 30
    while not journal.exists() or journal.read_bytes().count(b"\n") < 20:
        assert process.poll() is None, "it was done before it could be killed"
        assert time.monotonic() < until
        time.sleep(0.002)
    process.kill()
    process.wait()
    assert not resumed.exists()
    kept = journal.read_bytes().count(b"\n")
    assert 20 <= kept < 300
    assert left_behind(process.pid) == []

    resume = [*COMMAND, str(folder), *options, "-o", str(resumed), "--resume"]
    assert subprocess.run(resume).returncode == 3
    assert resumed.read_bytes() == whole.read_bytes()
    assert not journal.exists()


def left_behind(session: int) -> list[int]:
    """The processes of a session that are still there some seconds after its leader died."""
    if not Path("/proc").exists():
        return []
    left: list[int] = []
    for _ in range(100):
        left = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    state, _, _, own = (entry / "stat").read_text().rpartition(")")[2].split()[:4]
                except OSError:
                    continue
                if int(own) == session and state != "Z":
                    left.append(int(entry.name))
        if not left:
            return []
        time.sleep(0.1)
    return left


@pytest.mark.skipif(os.name == "nt", reason="sends SIGINT")
def test_ctrl_c_keeps_the_journal_and_says_how_to_go_on(tmp_path: Path) -> None:
    folder = write_games(tmp_path / "games", 300)
    output = tmp_path / "out.csv"
    process = subprocess.Popen(
        [*COMMAND, str(folder), "-f", "csv", "-o", str(output), "--jobs", "2"],
        stderr=subprocess.PIPE,
        start_new_session=True,
        # Tests may run in the background, where a shell has interruptions ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    journal = Path(f"{output}.journal")
    while not journal.exists() or journal.read_bytes().count(b"\n") < 5:
        assert process.poll() is None
        time.sleep(0.002)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"--resume" in errors
    assert b"Traceback" not in errors
    assert not output.exists()
    assert journal.exists()
    assert left_behind(process.pid) == []


# --- what is found -----------------------------------------------------------------------


def test_sources_are_sorted_and_have_no_path_of_the_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "outside"
    for name in ("b.yaml", "a.yml", "sub/c.yaml", ".hidden/d.yaml", "notes.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("game: x\n")
    found = find_sources([str(folder)])
    assert [source.shown for source in found] == [
        "outside/a.yml",
        "outside/b.yaml",
        "outside/sub/c.yaml",
    ]
    assert [source.shown for source in find_sources([str(folder / "b.yaml")])] == ["b.yaml"]
    monkeypatch.chdir(tmp_path)
    assert [source.shown for source in find_sources(["outside", str(folder / "b.yaml")])] == [
        "outside/a.yml",
        "outside/b.yaml",
        "outside/sub/c.yaml",
    ]
    assert shown(str(folder / "b.yaml")) == "outside/b.yaml"
    assert find_sources(["stag_hunt"])[0].shown == "games/stag_hunt.yaml"


def test_a_batch_without_an_output_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_games(tmp_path / "games", 3)
    monkeypatch.chdir(tmp_path)
    assert main(["batch", "games", "--jobs", "1"]) == 3
    assert [path.name for path in tmp_path.iterdir()] == ["games"]
    out, _ = capsys.readouterr()
    assert "games/broken.yaml" in out
    assert "did you mean 'players'?" in out
    assert "nash" in out


def test_a_journal_that_is_asked_for_stays(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_games(tmp_path / "games", 2)
    journal = tmp_path / "mine.journal"
    assert main(["batch", str(folder), "--journal", str(journal), "-f", "json"]) == 3
    first = capsys.readouterr().out
    entries = [json.loads(line) for line in journal.read_text().splitlines()]
    assert len(entries) == 1 + 2 * 2
    assert main(["batch", str(folder), "--journal", str(journal), "-f", "json", "--resume"]) == 3
    assert capsys.readouterr().out == first
    assert main(["batch", str(folder), "--journal", "no/such/folder/j"]) == 2
