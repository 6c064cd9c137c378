"""The commands in process: what they print, where, and with which exit code."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from alliance_games.cli import main
from alliance_games.results.codec import schema

GOOD = """game: Good [bold]game[/bold]
players: [A, B]
parameters: {gain: {value: 4, range: [0, 10]}, power: {value: {A: 1, B: 2}}}
strategies: [C, D]
payoffs:
  each: if(mine == C, gain * power, 1)
scenarios:
  poor: {gain: 1/4}
"""
BAD = "game: Bad\nplayers: [A, B]\nstrategiez: [C, D]\npayoffs:\n  C, C: 1\n"
STAG = "games/stag_hunt.yaml"


class Ran:
    """What one command did."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    for name in ("NO_COLOR", "FORCE_COLOR", "ALLIANCE_GAMES_DEBUG"):
        monkeypatch.delenv(name, raising=False)

    def command(*arguments: str) -> Ran:
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return Ran(code, out, err)

    return command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.yaml").write_text(GOOD)
    (tmp_path / "absurd.yaml").write_text(GOOD.replace("1/4", "11"))
    (tmp_path / "bad.yml").write_text(BAD)
    (tmp_path / "notes.txt").write_text("not a game")
    hidden = tmp_path / ".hidden"
    hidden.mkdir()
    (hidden / "x.yaml").write_text(BAD)
    return tmp_path


def hold(document: Any, shape: str) -> None:
    whole = json.loads(schema())
    Draft202012Validator({**whole, "anyOf": [{"$ref": f"#/$defs/{shape}"}]}).validate(document)


# --- solve -------------------------------------------------------------------------------


def test_one_file_gives_a_document_and_several_an_array(run: Any, folder: Path) -> None:
    assert run("solve", STAG, "-f", "json").json["game"]["title"] == "Stag hunt"
    several = run("solve", STAG, folder / "good.yaml", "-f", "json").json
    assert several[0]["game"]["title"] == "Stag hunt"
    assert len(several) == 2
    assert isinstance(run("solve", "games/trust", "-f", "json").json, list)


def test_the_same_file_gives_the_same_bytes(run: Any) -> None:
    for form in ("json", "jsonl", "csv", "md", "table"):
        assert run("solve", STAG, "-f", form).out == run("solve", STAG, "-f", form).out


def test_json_lines_are_one_line_for_each_case(run: Any) -> None:
    found = [json.loads(line) for line in run("solve", STAG, "-f", "jsonl").out.splitlines()]
    assert [line["scenario"] for line in found] == [None, "poor rabbits", "even odds"]
    for line in found:
        hold(line, "line")


def test_csv_has_a_row_for_each_solution(run: Any) -> None:
    rows = list(csv.DictReader(io.StringIO(run("solve", STAG, "-f", "csv", "-c", "nash").out)))
    assert len(rows) == 9
    assert rows[0]["solution"] == "Alice: Stag; Jack: Stag"
    assert {row["verified"] for row in rows} == {"true"}


def test_a_report_shows_labels_with_brackets_whole(run: Any, folder: Path) -> None:
    done = run("solve", folder / "good.yaml")
    assert done.code == 0
    assert "Good [bold]game[/bold]" in done.out
    assert done.err == ""


@pytest.mark.parametrize("name", ["stag_hunt", "stag_hunt.yaml", "games/stag_hunt"])
def test_a_library_game_is_found_from_any_folder(
    run: Any, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = run("solve", STAG, "-f", "json").out
    monkeypatch.chdir(tmp_path)
    assert run("solve", name, "-f", "json").out == here


def test_set_changes_a_parameter_exactly(run: Any, folder: Path) -> None:
    document = run("solve", STAG, "--set", "stag=0.1 + 3", "--set", "rabbit=3/4", "-f", "json").json
    assert document["cases"][0]["parameters"] == {"stag": "31/10", "rabbit": "3/4"}
    entry = run("show", folder / "good.yaml", "--set", "power[B]=5", "-f", "json").json
    assert entry["cases"][0]["parameters"]["power"] == {"A": "1", "B": "5"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--set", "stag"], "name=value"),
        (["--set", "stag=rabbit"], "rabbit"),
        (["--set", "stag=__import__('os')"], "stag="),
        (["--set", "stagg=1"], "did you mean 'stag'?"),
        (["--set", "stag[A]=1"], "stag"),
        (["--scenario", "poor rabits"], "did you mean 'poor rabbits'?"),
        (["--concept", "nsh"], "did you mean 'nash'?"),
        (["--concept", "nash", "--all-concepts"], "exclude"),
        (["--timeout", "soon"], "not a time"),
        (["--timeout", "0"], "more than nothing"),
        (["--max-memory", "much"], "not a size"),
        (["--format", "pdf"], "pdf"),
        (["--output", "no/such/folder/x"], "no folder"),
        (["--colour"], "colour"),
    ],
    ids=lambda part: " ".join(part) if isinstance(part, list) else "",
)
def test_a_wrong_option_is_usage(run: Any, arguments: list[str], words: str) -> None:
    done = run("solve", STAG, *arguments)
    assert done.code == 2
    assert words in done.err
    assert done.out == ""


def test_concepts_are_repeated_or_listed(run: Any) -> None:
    both = run("solve", STAG, "-c", "nash,maxmin", "-c", "pareto", "-f", "json").json
    assert [one["concept"] for one in both["cases"][0]["results"]] == ["nash", "maxmin", "pareto"]


def test_what_does_not_apply_says_so(run: Any) -> None:
    document = run("solve", STAG, "--all-concepts", "-f", "json").json
    refused = {one["concept"]: one["reason"] for one in document["cases"][0]["not_applicable"]}
    assert "extensive" in refused["subgame-perfect"]
    hold(document, "document")


def test_an_invalid_file_is_3_with_its_place_on_standard_error(run: Any, folder: Path) -> None:
    done = run("solve", folder / "bad.yml", "-f", "json")
    assert done.code == 3
    assert f"{folder / 'bad.yml'}:3:1:" in done.err
    assert "^" in done.err
    assert "did you mean 'strategies'?" in done.err
    assert done.json["cases"] == []
    assert {problem["line"] for problem in done.json["problems"]} >= {3}
    assert str(folder) not in done.out
    hold(done.json, "document")


def test_a_good_file_is_solved_beside_a_bad_one(run: Any, folder: Path) -> None:
    done = run("solve", folder, "-f", "json")
    assert done.code == 3
    assert [bool(document["cases"]) for document in done.json] == [False, False, True]


def test_an_invalid_case_is_a_problem_and_the_others_are_solved(run: Any) -> None:
    """With stag = 5/2 the defaults (rabbit = 3) break the assumption, the scenarios do not."""
    done = run("solve", STAG, "--set", "stag=2.5", "-f", "json")
    assert done.code == 3
    assert [case["scenario"] for case in done.json["cases"]] == ["poor rabbits", "even odds"]
    assert "stag > rabbit" in done.err
    done = run("solve", STAG, "--set", "rabbit=4", "-f", "json")
    assert done.json["cases"] == []
    assert any("in scenario 'even odds'" in one["message"] for one in done.json["problems"])
    hold(done.json, "document")


def test_values_out_of_range_are_3(run: Any, folder: Path) -> None:
    done = run("solve", folder / "good.yaml", "--set", "gain=11")
    assert done.code == 3
    assert "[0, 10]" in done.err


@pytest.mark.parametrize("name", ["none.yaml", "stag_hnut"])
def test_a_missing_file_is_3(run: Any, name: str) -> None:
    done = run("solve", name)
    assert done.code == 3
    assert ("stag_hunt" in done.err) == (name == "stag_hnut")


def test_an_empty_folder_is_3(run: Any, tmp_path: Path) -> None:
    done = run("solve", tmp_path)
    assert done.code == 3
    assert "no game files" in done.err


def test_a_limit_is_4_and_marked(run: Any, folder: Path) -> None:
    done = run("solve", STAG, "--timeout", "0.0000001", "-f", "json")
    assert done.code == 4
    nash = next(one for one in done.json["cases"][0]["results"] if one["concept"] == "nash")
    assert nash["status"] == "stopped"
    assert nash["coverage"] != "all"
    assert "time limit" in nash["because"]
    hold(done.json, "document")
    assert "STOPPED" in run("solve", STAG, "--timeout", "0.0000001").out
    assert run("solve", STAG, folder / "bad.yml", "--timeout", "0.0000001").code == 3


def test_a_file_named_twice_is_solved_once(run: Any) -> None:
    assert len(run("solve", STAG, STAG, "games", "-f", "json", "-c", "pareto").json) == len(
        list(Path("games").rglob("*.yaml"))
    )


def test_output_replaces_a_file_whole(run: Any, tmp_path: Path) -> None:
    target = tmp_path / "answer.json"
    target.write_text("old")
    assert run("solve", STAG, "-f", "json", "-o", target).out == ""
    assert json.loads(target.read_text())["format"] == 1
    assert [path.name for path in tmp_path.iterdir()] == ["answer.json"]


def test_a_failed_command_leaves_the_old_output(run: Any, tmp_path: Path) -> None:
    target = tmp_path / "answer.json"
    target.write_text("old")
    assert run("solve", STAG, "--concept", "nsh", "-o", target).code == 2
    assert target.read_text() == "old"


def test_stats_only_when_asked(run: Any) -> None:
    assert "stats" not in run("solve", STAG, "-f", "json").json
    done = run("solve", STAG, "-f", "json", "--stats")
    assert done.json["stats"]["peak_bytes"] > 0
    hold(done.json, "document")


def test_colour_follows_the_environment(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "\x1b[" not in run("solve", STAG).out
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in run("solve", STAG).out
    assert "\x1b[" not in run("solve", STAG, "--no-color").out
    assert "\x1b[" not in run("solve", STAG, "-f", "json").out
    assert "\x1b[" in run("solve", "none.yaml").err
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in run("solve", STAG).out


def test_a_bug_shows_no_traceback(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr("alliance_games.batch.request.answer", broken)
    done = run("solve", STAG)
    assert done.code == 70
    assert "report" in done.err
    assert "ZeroDivisionError" in done.err


def test_an_interruption_prints_what_was_found(run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import alliance_games.solve as driver

    drive = driver._verified
    seen: list[object] = []

    def interrupted(*arguments: Any) -> Any:
        seen.append(arguments)
        if len(seen) == 2:
            raise KeyboardInterrupt
        return drive(*arguments)

    monkeypatch.setattr(driver, "_verified", interrupted)
    done = run("solve", STAG, "games/morrow_autonomy_security.yaml", "-f", "json", "-c", "nash")
    assert done.code == 130
    (document,) = done.json
    result = document["cases"][0]["results"][0]
    assert result["status"] == "stopped"
    assert len(result["solutions"]) == 1


# --- check -------------------------------------------------------------------------------


@pytest.fixture
def expecting(tmp_path: Path) -> Path:
    file = tmp_path / "e.yaml"
    lines = Path(STAG).read_text().split("expect:")[0]
    file.write_text(
        lines
        + "expect:\n"
        + "  - count: {nash: 3}\n"
        + "  - payoff-dominance: [Rabbit, Rabbit]\n"
        + "  - unique: correlated\n    when: stag > 2 * rabbit\n    may be: undecided\n"
        + "  - unique: correlated\n    when: stag > 3 * rabbit\n"
        + "  - risk-dominance: [Stag, Stag]\n    when: stag > 2 * rabbit\n"
        + "  - risk-dominance: [Stag, Stag]\n    when: stag > rabbit\n"
    )
    return file


def test_check_holds_files_of_the_library(run: Any) -> None:
    """A few; `make games` checks them all."""
    done = run("check", "games/stag_hunt.yaml", "games/trust", "games/hunting", "-f", "json")
    assert done.code == 0
    for document in done.json:
        hold(document, "checked")
        assert document["passes"]


def test_several_processes_say_the_same_as_one(run: Any) -> None:
    files = ["games/stag_hunt.yaml", "games/classics/deadlock.yaml", "no_such_game"]
    alone, both = (run("check", *files, "--jobs", jobs) for jobs in ("1", "2"))
    assert (alone.code, alone.out, alone.err) == (both.code, both.out, both.err)
    assert alone.code == 3 and "proved" in alone.out


def test_a_process_that_dies_is_a_fault_of_its_file_alone() -> None:
    from concurrent.futures import BrokenExecutor, Future

    from alliance_games.batch.sources import Source
    from alliance_games.cli.check import _code_of, _outcome

    future: Future[Any] = Future()
    future.set_exception(BrokenExecutor("it died"))
    checked = _outcome(future, Source("deadly.yaml", "deadly.yaml"))
    assert [problem.code for problem in checked.problems] == ["worker-died"]
    assert checked.verdicts == () and _code_of(checked) != 0


def test_a_failed_expectation_is_1_and_says_what_was_found(run: Any, expecting: Path) -> None:
    done = run("check", expecting, "-f", "json")
    assert done.code == 1
    outcomes = [verdict["outcome"] for verdict in done.json["verdicts"]]
    assert outcomes == ["held", "failed", "undecided", "undecided", "proved", "refuted"]
    assert "Stag" in done.json["verdicts"][1]["found"]
    report = run("check", expecting)
    assert report.code == 1
    assert "FAILED" in report.out
    assert "UNDECIDED" in report.out
    assert "REFUTED" in report.out


def test_an_invalid_file_outweighs_a_failed_expectation(
    run: Any, expecting: Path, folder: Path
) -> None:
    assert run("check", expecting, folder / "bad.yml").code == 3
    assert run("check", expecting, "--set", "stag=2").code == 3


def test_github_annotations_are_escaped(run: Any, expecting: Path, folder: Path) -> None:
    done = run("check", expecting, folder / "bad.yml", "-f", "github")
    lines = done.out.splitlines()
    number = next(
        at for at, line in enumerate(expecting.read_text().splitlines(), 1) if "payoff-d" in line
    )
    assert any(
        line.startswith("::error file=") and f"line={number}," in line and "found" in line
        for line in lines
    )
    assert any(line.startswith("::notice") for line in lines)
    assert any("bad.yml,line=3,col=1" in line for line in lines)

    from alliance_games.cli.verdicts import _annotation

    line = _annotation("error", "a,b:c.yaml", 1, 2, "t", "100%\nmore: x, y")
    assert line == "::error file=a%2Cb%3Ac.yaml,line=1,col=2,title=t::100%25%0Amore: x, y"


def test_junit_is_xml_with_the_right_counts(run: Any, expecting: Path, folder: Path) -> None:
    report = folder / "report.xml"
    code = run("check", expecting, folder / "bad.yml", folder / "good.yaml", "--junit", report).code
    assert code == 3
    suites = ElementTree.parse(report).getroot()
    first, second, third = suites
    assert (first.get("tests"), first.get("failures"), first.get("skipped")) == ("6", "3", "1")
    assert int(second.get("errors", "0")) >= 1
    assert (third.get("tests"), third.get("errors")) == ("1", "0")

    from alliance_games.cli.verdicts import _quoted

    value = 'a "b" <c> & \x01\n\x1b[0m \ud800'
    back = ElementTree.fromstring(f"<x y={_quoted(value)}/>").get("y")
    assert back == 'a "b" <c> & \ufffd\n\ufffd[0m \ufffd'


# --- the others --------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv", "md"])
@pytest.mark.parametrize(
    "command",
    [["show", STAG], ["list"], ["concepts"], ["concepts", "--for", STAG], ["batch", STAG]],
)
def test_every_command_has_every_format(run: Any, command: list[str], form: str) -> None:
    done = run(*command, "-f", form, "--quiet", "--no-color")
    assert done.code == 0
    assert done.out.endswith("\n")
    if form == "json":
        json.loads(done.out)
    if form == "jsonl":
        assert [json.loads(line) for line in done.out.splitlines()]
    if form == "csv":
        rows = list(csv.reader(io.StringIO(done.out)))
        assert len({len(row) for row in rows}) == 1


def test_show_gives_every_payoff(run: Any) -> None:
    rows = list(csv.DictReader(io.StringIO(run("show", STAG, "-f", "csv").out)))
    defaults = {
        (row["profile"], row["player"]): row["payoff"] for row in rows if not row["scenario"]
    }
    assert len(defaults) == 8
    assert defaults["Stag, Stag", "Alice"] == "4"
    assert defaults["Stag, Rabbit", "Alice"] == "0"
    assert len(rows) == 3 * 8


def test_list_by_theory(run: Any) -> None:
    games = run("list", "-f", "json").json["games"]
    assert "stag_hunt" in [game["name"] for game in games]
    assert {game["name"] for game in run("list", "stag hunt", "-f", "json").json["games"]} == {
        "stag_hunt",
        "hunting/many_hunters",
        "hunting/through_fog",
        "hunting/who_saw_what",
        "trust/assurance_with_doubt",
    }
    assert run("list", "stag hnt").code == 2


def test_concepts_for_a_file(run: Any, folder: Path) -> None:
    listed = run("concepts", "--for", STAG, "-f", "json").json["concepts"]
    applies = {one["name"]: one["applies"] for one in listed}
    assert applies["nash"]
    assert not applies["subgame-perfect"]
    assert run("concepts", "nash", "-f", "json").json["concepts"][0]["name"] == "nash"
    assert run("concepts", "nsh").code == 2
    assert run("concepts", "--for", folder / "bad.yml").code == 3


@pytest.mark.parametrize(
    "kind",
    ["matrix", "payoffs", "formulas", "tree", "types", "signalling", "ordinal", "coalitions"],
)
def test_a_starter_loads_solves_and_holds(run: Any, kind: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    assert run("new", kind, "-o", file).code == 0
    assert run("solve", file).code == 0
    checked = run("check", file, "-f", "json")
    assert checked.code == 0
    assert checked.json["verdicts"]
    assert run("new", kind, "-o", file).code == 2
    assert run("new", kind, "-o", file, "--force").code == 0


def test_new_writes_to_standard_output(run: Any) -> None:
    assert run("new").out.startswith("#")
    assert run("new", "opera").code == 2


def test_schemas(run: Any) -> None:
    assert "$defs" in run("schema", "--answers").json
    done = run("schema")
    assert done.code == 0
    Draft202012Validator.check_schema(done.json)


def test_help_has_an_example_for_every_command(run: Any) -> None:
    from alliance_games.cli.app import COMMANDS

    for name in COMMANDS:
        done = run(name, "--help")
        assert done.code == 0
        assert f"alliance-games {name}" in done.out.split("Example")[-1]
    assert "solve" in run("--help").out
    assert run("slove").code == 2
    assert run("--version").out.startswith("alliance-games ")


FORGETFUL = """game: A state that forgets what it has done
players: [A]
tree:
  A:
    Arm: {"A @ later": {Stay: "1", Go: "0"}}
    Wait: {"A @ later": {Stay: "0", Go: "1"}}
"""


def test_a_game_that_nothing_is_asked_of_says_why(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "forgetful.yaml"
    file.write_text(FORGETFUL)
    done = run("solve", file)
    assert done.code == 0
    assert "subgame-perfect was not asked" in done.out and "perfect recall" in done.out
    (case,) = run("solve", file, "-f", "json").json["cases"]
    refused = [one["concept"] for one in case["not_applicable"]]
    assert {"subgame-perfect", "sequential"} <= set(refused)


def test_the_summary_of_a_check_counts_what_is_valid_and_what_is_not(
    run: Any, folder: Path
) -> None:
    done = run("check", folder / "good.yaml", folder / "bad.yml", folder / "absurd.yaml")
    assert done.code == 3
    assert done.out.splitlines()[-1] == "3 files: 1 valid, 2 not valid; no expectations"
    done = run("check", folder / "good.yaml", STAG)
    # The stag hunt has lines about values and lines about all values, and all are right.
    assert done.out.splitlines()[-1] == ("2 files: all valid; 25 expectations: 12 held, 13 proved")


def test_annotations_find_nothing_where_nothing_was_decided(run: Any, expecting: Path) -> None:
    done = run("check", expecting, "-f", "github")
    assert "may be: undecided: no proof" in done.out
    assert "found no proof" not in done.out


def test_prove_says_what_became_of_a_claim_by_its_exit_code(run: Any) -> None:
    claim = ("prove", STAG, "risk-dominance: [Stag, Stag]")
    done = run(*claim, "--when", "stag > 2 * rabbit")
    assert (done.code, done.out[:7]) == (0, "PROVED:")
    done = run(*claim, "--explain", "-f", "json")
    assert done.code == 1
    told = done.json["verdict"]
    assert told["outcome"] == "refuted"
    assert {case["found"] for case in told["cases"]} == {"it holds", "it does not hold"}
    undecided = run("prove", STAG, "unique: correlated")
    assert (undecided.code, undecided.out[:10]) == (1, "UNDECIDED:")
    wrong = run(*claim, "--when", "stag >")
    assert wrong.code == 3
    assert "formula-syntax" in wrong.err
    assert run("prove", "games", "unique: nash").code == 2
    assert run("prove", "no_such_game", "unique: nash").code == 3


def test_the_table_of_a_batch_tells_equilibria_and_what_was_not_asked(
    run: Any, tmp_path: Path
) -> None:
    file = tmp_path / "forgetful.yaml"
    file.write_text(FORGETFUL)
    lines = run("batch", STAG, file, "-f", "md").out.splitlines()
    (default,) = [line for line in lines if "risk-dominance Rabbit/Rabbit" in line]
    assert "nash 3, payoff-dominance Stag/Stag" in default and "maxmin" not in default
    assert any("forgetful.yaml" in line and "not applicable" in line for line in lines)
    # Where nothing else was asked, other answers are counted.
    assert "dominance 1" in run("batch", STAG, "-c", "dominance").out


SIGNALS = """\
game: Signals
parameters: {q: {value: 3/10, range: [0, 1]}, cost: 4}
signalling:
  sender: Ally
  types: {C: q, U: 1 - q}
  messages: [T, N]
  receiver: Rival
  responses: [At, De]
  payoffs:
    Ally: if(response == At, if(type == C, 2, 0), 6) - if(message == T, cost, 0)
    Rival: if(response == De, 0, if(type == C, -4, 4))
"""


def test_types_that_never_occur_are_left_out_of_the_reading(run: Any, tmp_path: Path) -> None:
    """By hand: who is sure of C desists (0 against -4), so that C sends N for 6 and gets no more by
    T; in the default case both send N and the rival attacks, so that the paths are not the same."""
    file = tmp_path / "signals.yaml"
    file.write_text(SIGNALS + "scenarios: {never: {q: 0}, always: {q: 1}}\n")
    ran = run("solve", file, "--no-color", "-q")
    assert ran.code == 0
    assert "Ally: C sends N. U never occurs. Rival, after N, sure of C, chooses De" in ran.out
    assert "Ally: U sends N. C never occurs. Rival, after N, sure of U, chooses At" in ran.out
    assert "C gets 6, by T 2." in ran.out
    assert ran.out.count("equilibria of the same kind, with other choices or beliefs where") == 2
    assert "the same path" not in ran.out
    assert "(1 pattern, 1 system)" in ran.out


def test_an_unknown_parameter_in_the_file_is_the_file_s_fault(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "signals.yaml"
    file.write_text(SIGNALS + "scenarios: {never: {qq: 0}}\n")
    for command in ("solve", "show", "check"):
        ran = run(command, file)
        assert ran.code == 3 and "unknown-parameter" in ran.err
    file.write_text(SIGNALS)
    assert run("solve", file, "--set", "qq=0").code == 2


def test_every_concept_bears_a_type_that_never_occurs(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "signals.yaml"
    file.write_text(SIGNALS)
    ran = run("solve", file, "--set", "q=0", "-q", "-f", "json", "--all-concepts")
    assert ran.code == 0
    told = {one["concept"]: one for one in ran.json["cases"][0]["results"]}
    assert told["quasi-perfect"]["coverage"] == "all"
    assert all(
        one["certificate"]["verified"]
        for result in told.values()
        for one in result["solutions"]
        if one.get("certificate")
    )


THREE_TYPES = """\
game: Three types
signalling:
  sender: Ally
  types: {Hawk: 1/3, Dove: 1/3, Owl: 1/3}
  messages: [Mobilise, Wait, Talk]
  receiver: Rival
  responses: {Mobilise: [Fight, Yield], Wait: [Fight, Yield], Talk: [Fight, Yield, Bargain]}
  payoffs:
    Ally: >
      if(response == Yield, 4, if(response == Bargain, 3, if(type == Hawk, 2,
      if(type == Owl, 0, -2)))) - if(message == Mobilise, if(type == Hawk, 1, 3), 0)
    Rival: >
      if(response == Yield, 0, if(response == Bargain, 1/2,
      if(type == Hawk, -3, if(type == Owl, 1, 2))))
"""


def test_a_branch_with_a_mixture_at_an_even_belief_passes_its_check(
    run: Any, tmp_path: Path
) -> None:
    """A sum of probabilities that lacks 1e-8 shifts the belief by as much, and the log-odds by the
    precision times that: its points were not logit responses to 1e-6."""
    file = tmp_path / "three.yaml"
    file.write_text(THREE_TYPES)
    ran = run("solve", file, "-q", "-f", "json", "-c", "logit")
    assert ran.code == 0
    assert ran.json["cases"][0]["results"][0]["solutions"][0]["certificate"]["verified"]
