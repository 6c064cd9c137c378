"""The command as a process: pipes, encodings, signals and exit codes as a shell sees them."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

COMMAND = [sys.executable, "-m", "alliance_games"]
STAG = Path("games/stag_hunt.yaml")


def run(
    *arguments: str, given: bytes | None = None, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("NO_COLOR", "FORCE_COLOR", "ALLIANCE_GAMES_DEBUG", "PYTHONIOENCODING")
    }
    return subprocess.run(
        [*COMMAND, *arguments],
        input=given,
        capture_output=True,
        env={**kept, **environment},
        check=False,
    )


def test_standard_input_is_a_file_like_any_other() -> None:
    done = run("solve", "-", "-f", "json", given=STAG.read_bytes())
    assert done.returncode == 0
    assert json.loads(done.stdout)["game"]["file"] == "<stdin>"
    assert run("solve", "-", given=b"game: x\n").returncode == 3
    assert b"<stdin>" in run("solve", "-", given=b"gam: x\n").stderr


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="no stream without an end")
def test_standard_input_without_an_end_is_refused() -> None:
    with open("/dev/zero", "rb") as endless:
        done = subprocess.run(
            [*COMMAND, "solve", "-"], stdin=endless, capture_output=True, timeout=60, check=False
        )
    assert done.returncode == 3
    assert b"<stdin>: error: this file has more than" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="a POSIX pipe")
@pytest.mark.parametrize("form", ["json", "table"])
def test_a_reader_that_leaves_is_no_error(form: str) -> None:
    process = subprocess.Popen(
        [*COMMAND, "solve", "games/similarity", "-f", form],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.close()
    _, errors = process.communicate()
    assert errors == b""
    assert process.returncode == 141


@pytest.mark.parametrize("locale", ["C", "POSIX"])
def test_output_is_utf_8_whatever_the_locale(locale: str) -> None:
    text = "game: Bündnis → 同盟\nplayers: [Österreich, 日本]\nstrategies: [Γ, Δ]\npayoffs:\n"
    text += "  each: if(mine == Γ, 1, 0)\n"
    for form in ("json", "table", "csv", "md"):
        done = run(
            "solve", "-", "-f", form, given=text.encode(), LC_ALL=locale, PYTHONUTF8="0",
            PYTHONCOERCECLOCALE="0",
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert "Österreich" in done.stdout.decode("utf-8")
        assert b"\r" not in done.stdout
    bad = run("solve", "-", given=text.replace("Γ,", "Γ:,").encode(), LC_ALL=locale, PYTHONUTF8="0")
    assert bad.returncode == 3
    bad.stderr.decode("utf-8")


def test_a_pipe_gets_every_column_and_no_colour() -> None:
    name = "A strategy with a name of more than eighty characters, as diplomats like to give them"
    text = f'game: g\nplayers: [A, B]\nstrategies: ["{name} [x]", D]\npayoffs:\n  each: count(D)\n'
    done = run("solve", "-", given=text.encode(), COLUMNS="40")
    assert f"{name} [x]" in done.stdout.decode()
    assert b"\x1b" not in done.stdout


def test_force_color_colours_a_pipe_and_no_color_wins() -> None:
    assert b"\x1b[" in run("solve", str(STAG), FORCE_COLOR="1").stdout
    assert b"\x1b" not in run("solve", str(STAG), FORCE_COLOR="1", NO_COLOR="1").stdout


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("solve", str(STAG)), 0),
        (("check", str(STAG), "--set", "rabbit=1"), 1),
        (("solve",), 2),
        (("solve", "none.yaml"), 3),
        (("solve", str(STAG), "--timeout", "0.0000001"), 4),
    ],
)
def test_exit_codes(arguments: tuple[str, ...], code: int) -> None:
    assert run(*arguments).returncode == code


BAD_INPUT = {
    "empty": b"",
    "not yaml": b"{[",
    "tabs": b"game:\n\t- x\n",
    "a scalar": b"hello",
    "a list": b"- 1\n- 2\n",
    "not UTF-8": b"game: \xff\xfe\n",
    "nul": b"game: a\x00b\n",
    "brackets": b"game: " + b"[" * 100_000,
    "parentheses": b"game: g\nplayers: [A]\nstrategies: [C]\npayoffs:\n  C: "
    + b"(" * 10_000 + b"1" + b")" * 10_000,
    "a tower": b"game: g\nplayers: [A]\nstrategies: [C]\npayoffs:\n  C: 9^9^9^9\n",
    "code": b"game: g\nplayers: [A]\nstrategies: [C]\npayoffs:\n"
    + b"  C: __import__('os').system('x')\n",
    "nan": b"game: g\nplayers: [A]\nstrategies: [C]\npayoffs:\n  C: nan\n",
    "division": b"game: g\nplayers: [A]\nstrategies: [C]\npayoffs:\n  C: 1/0\n",
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD_INPUT)
def test_bad_input_is_3_without_a_traceback(kind: str) -> None:
    done = run("solve", "-", "-f", "json", given=BAD_INPUT[kind])
    assert done.returncode == 3, done.stderr
    assert b"Traceback" not in done.stderr
    document = json.loads(done.stdout)
    assert document["cases"] == []
    assert document["problems"]


@pytest.mark.skipif(os.name == "nt", reason="sends SIGINT")
def test_ctrl_c_ends_clean_with_130_and_gives_what_was_found(tmp_path: Path) -> None:
    """All equilibria of a random game of this size take far longer than the test waits."""
    dice = random.Random(1)
    size = 22
    names = [f"s{index}" for index in range(size)]
    rows = [" A \\ B | " + " | ".join(names)] + [
        f" {name} | " + " | ".join(f"{dice.randint(0, 99)}, {dice.randint(0, 99)}" for _ in names)
        for name in names
    ]
    text = "game: large\nplayers: [A, B]\nmatrix: |\n" + "".join(f" {row}\n" for row in rows)
    file = tmp_path / "large.yaml"
    file.write_text(text)
    process = subprocess.Popen(
        [*COMMAND, "solve", str(file), "-f", "json", "-c", "nash"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # Tests may run in the background, where a shell has interruptions ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    time.sleep(2.0)
    process.send_signal(signal.SIGINT)
    out, errors = process.communicate(timeout=120)
    assert process.returncode == 130
    assert b"Traceback" not in errors
    document = json.loads(out)
    statuses = [result["status"] for case in document["cases"] for result in case["results"]]
    codes = [problem["code"] for problem in document["problems"]]
    assert statuses == ["stopped"] or codes == ["interrupted"]


@pytest.mark.skipif(os.name == "nt", reason="closes a shell's streams")
def test_closed_streams_are_no_fault_of_the_program() -> None:
    def shell(arguments: str) -> subprocess.CompletedProcess[bytes]:
        line = f"{sys.executable} -m alliance_games {arguments}"
        return subprocess.run(["sh", "-c", line], capture_output=True, check=False)

    done = shell("solve stag_hunt >&-")
    assert done.returncode == 2 and b"standard output is closed" in done.stderr
    assert shell("solve no_such_game 2>&-").returncode == 3
    assert shell("solve stag_hunt -o /dev/null >&-").returncode == 0
    assert shell("solve stag_hunt 2>&-").returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="file names of any bytes")
def test_a_file_name_that_is_not_utf_8_leaves_the_output_utf_8(tmp_path: Path) -> None:
    file = os.path.join(os.fsencode(tmp_path), b"caf\xe9.yaml")
    with open(file, "wb") as game:
        game.write(STAG.read_bytes())
    kept = tmp_path / "answer.json"
    for form in ("json", "jsonl", "csv", "table"):
        done = run("batch", os.fsdecode(file), "-f", form)
        assert done.returncode == 0
        assert "caf\\udce9.yaml" in done.stdout.decode("utf-8")
    assert run("solve", os.fsdecode(file), "-f", "json", "-o", str(kept)).returncode == 0
    shown = json.loads(kept.read_text("utf-8"))["game"]["file"]
    assert os.fsencode(shown) == os.path.basename(file)
