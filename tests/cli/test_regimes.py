"""``regimes``: what it prints in each format, and its exit codes."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from alliance_games.cli import main
from alliance_games.exact.evaluate import Environment, evaluate_number, evaluate_truth
from alliance_games.parametric.codec import schema
from alliance_games.reading.formula import read_formula

GAMES = Path("games")
STAG = "games/stag_hunt.yaml"
DIVIDED = """game: Divided
players: [A, B]
parameters: {x: 2, y: 1}
strategies: [U, D]
payoffs:
  U, U: x / y, 1
  U, D: 0, 0
  D, U: 0, 0
  D, D: y, x
"""


class Ran:
    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Any:
    for name in ("NO_COLOR", "FORCE_COLOR", "ALLIANCE_GAMES_DEBUG"):
        monkeypatch.delenv(name, raising=False)

    def command(*arguments: str) -> Ran:
        code = main(["regimes", *map(str, arguments)])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return Ran(code, out, err)

    return command


def test_the_report_of_the_stag_hunt(run: Any) -> None:
    ran = run(STAG)
    assert ran.code == 0
    assert ran.err == ""
    for line in (
        "A  stag < 2 * rabbit  (Stag, Stag)      (Rabbit, Rabbit)  the defaults",
        "B  stag > 2 * rabbit  (Stag, Stag)      (Stag, Stag)      rabbit = 3/2",
        "a  stag == 2 * rabbit  (Stag, Stag)      neither        rabbit = 2",
        "(Stag, Stag) is risk-dominant if and only if stag > 2 * rabbit.",
        "Suppose stag > rabbit and rabbit > 0.",
        "Across: stag; upwards: rabbit.",
    ):
        assert line in ran.out
    assert "lies in exactly one of these cells and edges: proved" in ran.out


def test_latex_sets_the_inequalities(run: Any) -> None:
    ran = run(STAG, "--format", "latex")
    assert ran.code == 0
    assert r"$\mathit{stag} > 2 \, \mathit{rabbit}$" in ran.out
    assert r"$\frac{\mathit{rabbit}}{\mathit{stag}}$" in ran.out
    assert ran.out.count(r"\begin{") == ran.out.count(r"\end{") == 2
    greek = run("games/morrow_autonomy_security.yaml", "--format", "latex").out
    assert r"$\alpha > 0$" in greek and r"$2 \, \beta \leq \alpha \leq 4 \, \beta$" in greek


@pytest.mark.parametrize(
    "file", [*sorted(GAMES.glob("*.yaml")), GAMES / "endurance" / "reciprocity.yaml"]
)
def test_documents_keep_to_their_schema(run: Any, file: Path) -> None:
    ran = run(file, "--statics", "--format", "json")
    assert ran.code == 0
    document = json.loads(ran.out)
    Draft202012Validator(json.loads(schema())).validate(document)
    assert document["covers"] == document["disjoint"] == "proved"
    assert document["status"] == document["statics"]["status"] == "exact"
    assert {one["cell"] for one in document["statics"]["equilibria"]} <= {
        cell["cell"] for cell in document["cells"]
    }


def test_conditions_and_formulas_are_read_back_by_our_own_grammar(run: Any) -> None:
    """At its sample every cell's condition holds and no other cell's; probabilities sum to one."""
    document = json.loads(run("games/balancing_vs_bandwagoning.yaml", "--format", "json").out)
    cells = [*document["cells"], *document["knife_edges"]]
    for cell in cells:
        values = {
            name: evaluate_number(read_formula(str(value)), Environment())
            for name, value in cell["sample"].items()
            if not isinstance(value, dict)
        }
        if len(values) < len(cell["sample"]):
            continue
        capability, threat = values["capability"], values["threat"]
        values["together"] = 2 * capability / (2 * capability + threat)
        values["alone"] = capability / (capability + threat + values["accrual"] * capability)
        scope = Environment(values)
        holding = [c["cell"] for c in cells if evaluate_truth(read_formula(c["where"]), scope)]
        assert holding == [cell["cell"]]
        for solution in cell["answers"][0]["solutions"]:
            if solution["kind"] != "point":
                continue
            for mixture in solution["profile"].values():
                shares = [evaluate_number(read_formula(p), scope) for p in mixture.values()]
                assert sum(shares) == 1 and min(shares) >= 0


def test_rows(run: Any) -> None:
    rows = list(csv.DictReader(io.StringIO(run(STAG, "--format", "csv").out)))
    assert {row["where"] for row in rows if row["kind"] == "cell"} == {
        "stag < 2 * rabbit",
        "stag > 2 * rabbit",
    }
    mixed = next(row for row in rows if row["answer"] == "mixed 1")
    assert mixed["payoffs"] == "rabbit, rabbit"


def test_statics_are_a_table_for_each_cell(run: Any) -> None:
    out = run(STAG, "--statics").out
    assert "mixed 1           Pr(Alice: Stag) and Pr(Jack: Stag)  - (-1)  + (1)" in out
    assert "Comparative statics" not in run(STAG).out
    rows = list(csv.DictReader(io.StringIO(run(STAG, "--statics", "--format", "csv").out)))
    row = next(r for r in rows if r["quantity"] == "Pr(Jack: Stag)" and r["parameter"] == "stag")
    assert (row["cell"], row["direction"], row["elasticity"]) == ("A", "decreasing", "-1")
    assert row["falls_at"] == "stag = 4, rabbit = 3" and row["rises_at"] == ""


def test_markdown(run: Any) -> None:
    assert "| **A** | stag \\< 2 \\* rabbit |" in run(STAG, "--format", "md").out


def test_over_holds_the_rest(run: Any) -> None:
    ran = run("games/balancing_vs_bandwagoning.yaml", "--over", "forbearance")
    assert "13/70 < forbearance < 23/60" in ran.out
    assert "Held at  independence = 10" in ran.out
    set_ = run(STAG, "--set", "rabbit=1", "--format", "json")
    document = json.loads(set_.out)
    assert document["over"] == ["stag"] and document["fixed"] == {"rabbit": "1"}
    assert document["cells"][0]["where"] == "stag > 2"


def test_a_scenario_moves_what_is_held(run: Any) -> None:
    ran = run(STAG, "--scenario", "poor rabbits", "--over", "stag", "--format", "json")
    assert json.loads(ran.out)["fixed"] == {"rabbit": "1"}


def test_conditions_solved_for_a_parameter(run: Any) -> None:
    assert "rabbit < stag / 2" in run(STAG, "--solve-for", "rabbit").out


def test_the_map_over_chosen_axes(run: Any) -> None:
    ran = run("games/balancing_vs_bandwagoning.yaml", "--map", "forbearance,cost")
    assert "Across: forbearance; upwards: cost" in ran.out
    assert run(STAG, "--map", "stag").code == 2


def test_where_a_payoff_has_no_value(run: Any, tmp_path: Path) -> None:
    file = tmp_path / "divided.yaml"
    file.write_text(DIVIDED)
    ran = run(file, "--concept", "pure-nash")
    assert ran.code == 0
    assert "y == 0: division by zero: y is 0" in ran.out


def test_what_is_asked_wrongly(run: Any, tmp_path: Path) -> None:
    assert run(STAG, "--over", "hare").code == 2
    assert run(STAG, "--solve-for", "hare").code == 2
    assert run(STAG, "--concept", "nosh").code == 2
    assert run("games").code == 2
    refused = run(STAG, "--concept", "correlated")
    assert refused.code == 3 and "not stated by signs" in refused.err
    file = tmp_path / "root.yaml"
    file.write_text(DIVIDED.replace("x / y", "sqrt(x)"))
    outside = run(file)
    assert outside.code == 3
    assert "root.yaml:6:9: sqrt(x): the square root of a formula" in outside.err
    file.write_text("game: nothing\n")
    assert run(file).code == 3


def test_a_limit_of_time_is_told(run: Any) -> None:
    ran = run("games/entrapment/abandonment_and_entrapment.yaml", "--timeout", "0.3")
    assert ran.code == 4
    assert "time limit" in ran.err
    assert "the cells found until then are given" in ran.out


def test_explain_says_how(run: Any) -> None:
    assert "z3's real arithmetic" in run(STAG, "--explain").out


def test_two_processes_write_the_same_bytes() -> None:
    command = [sys.executable, "-m", "alliance_games", "regimes", STAG]
    outputs = {
        subprocess.run([*command, "--format", form], capture_output=True, check=True).stdout
        for _ in range(2)
        for form in ("json",)
    }
    assert len(outputs) == 1


def test_the_laplacian_choice_in_words(run: Any) -> None:
    """models.md a2 with three of five needed, and as JSON by the schema."""
    asked = ("games/hunting/many_hunters.yaml", "--concept", "laplacian", "--set", "needed=3")
    ran = run(*asked)
    assert ran.code == 0
    stag = ", ".join(["Stag"] * 5)
    assert (
        f"({stag}) is the Laplacian choice if and only if 3 * stag + 2 * hungry > 5 * rabbit."
        in ran.out
    )
    assert "Laplacian choice" in ran.out
    told = json.loads(run(*asked, "-f", "json").out)
    Draft202012Validator(json.loads(schema())).validate(told)


@pytest.mark.parametrize("eps", ["0", "1"])
def test_where_chance_drops_out_at_the_file_s_own_values(
    run: Any, tmp_path: Path, eps: str
) -> None:
    """The tree in formulas has more information sets than the one at these values."""
    text = """
game: What the follower sees of the leader's move
players: [Leader, Follower]
parameters: {eps: {value: EPS, range: [0, 1]}}
strategies: {Leader: [S, C], Follower: [s, c]}
payoffs: {"S, s": "1, 2", "S, c": "1, 1", "C, s": "1, 0", "C, c": "0, 1"}
observed: {Leader: noisy(eps)}
"""
    told = []
    for value in (eps, "1/4"):
        path = tmp_path / "seen.yaml"
        path.write_text(text.replace("EPS", value), encoding="utf-8")
        ran = run(path)
        assert ran.code == 0
        told.append(ran.out[ran.out.index("In words") :])
    assert told[0] == told[1]
    assert "exists if and only if eps != 0 and eps != 1." in told[0]
