"""Whole sweeps: what becomes of each point, and what is said of it."""

from __future__ import annotations

import csv
import io
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from alliance_games.model.study import Study
from alliance_games.parametric.sweeps.columns import columns, names
from alliance_games.parametric.sweeps.ordinary import UnfitConcept
from alliance_games.parametric.sweeps.outline import outline
from alliance_games.parametric.sweeps.points import Axis, Grid
from alliance_games.parametric.sweeps.sweep import Sweep, base_values
from alliance_games.reading import library, read_file, read_text
from alliance_games.render.delimited import Csv, JsonLines, Parquet

STAG_HUNT = read_file("games/stag_hunt.yaml")


def swept(study: Study, *axes: Axis, **options: Any) -> Sweep:
    return Sweep(study, base_values(study, None, {}), Grid(axes), **options)


def written(sweep: Sweep) -> list[dict[str, str]]:
    stream = io.BytesIO()
    writer = Csv(stream, names(sweep))
    for part in sweep.parts():
        writer.write(columns(sweep, part), len(part.rows))
    return list(csv.DictReader(io.StringIO(stream.getvalue().decode())))


def even(name: str, start: int, stop: int, count: int) -> Axis:
    return Axis.even(name, Fraction(start), Fraction(stop), count)


def test_the_stag_hunt_s_closed_form() -> None:
    """Rousseau's game: the mixed equilibrium plays Stag with rabbit/stag; Stag is risk-dominant
    where stag > 2 rabbit."""
    rows = written(swept(STAG_HUNT, even("stag", 2, 10, 33), even("rabbit", 1, 5, 17)))
    cases: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        cases.setdefault(row["case"], []).append(row)
    assert len(cases) == 33 * 17
    for found in cases.values():
        stag, rabbit = float(found[0]["stag"]), float(found[0]["rabbit"])
        if stag <= rabbit:
            assert [row["status"] for row in found] == ["excluded"]
            assert found[0]["problem"] == "the values break the assumption 'stag > rabbit'"
            continue
        assert [row["kind"] for row in found] == ["pure", "mixed", "pure"]
        assert [row["index"] for row in found] == ["1", "-1", "1"]
        assert float(found[1]["Alice.Stag"]) == pytest.approx(rabbit / stag, abs=1e-12)
        assert float(found[1]["payoff.Jack"]) == pytest.approx(rabbit, abs=1e-12)
        assert [row["payoff_dominant"] for row in found] == ["yes", "no", "no"]
        risk = [row["risk_dominant"] for row in found]
        both = {True: ["yes", "no", "no"], False: ["no", "no", "yes"]}
        assert risk == (["no"] * 3 if stag == 2 * rabbit else both[stag > 2 * rabbit])


def test_floats_and_fractions_agree_on_every_row() -> None:
    axes = even("stag", 2, 10, 9), even("rabbit", 1, 9, 9)
    alike(written(swept(STAG_HUNT, *axes)), written(swept(STAG_HUNT, *axes, exact=True)))


def alike(fast: list[dict[str, str]], slow: list[dict[str, str]]) -> None:
    assert len(fast) == len(slow)
    for ours, theirs in zip(fast, slow, strict=True):
        for name, entry in ours.items():
            if entry != theirs[name]:
                assert float(entry) == pytest.approx(float(Fraction(theirs[name])), abs=1e-11), name


NO_VALUE = """game: Division
players: [A, B]
parameters: {t: 1, u: 1}
strategies: [X, Y]
payoffs:
  X, X: 1 / t, 1 / t
  X, Y: 1 / t, 0
  Y, X: 1 / t, 1 / t
  Y, Y: 0, 1
"""


def test_a_payoff_without_a_value_is_a_fault_of_its_point_even_where_all_differences_have_one() -> (
    None
):
    rows = written(swept(read_text(NO_VALUE), even("t", -1, 1, 3)))
    assert [row["status"] for row in rows if row["case"] == "2"] == ["fault"]
    assert "division by zero" in next(row["problem"] for row in rows if row["case"] == "2")
    assert {row["status"] for row in rows if row["case"] != "2"} == {"exact"}


RANGES = NO_VALUE.replace("{t: 1, u: 1}", "{t: {value: 1, range: [u, 3]}, u: 1/2}").replace(
    "strategies", "assume: [t < 5/2, u > 0]\nstrategies"
)


def test_ranges_and_assumptions_are_told_the_same_by_both_roads() -> None:
    for exact in (False, True):
        rows = written(swept(read_text(RANGES), even("t", 0, 4, 5), exact=exact))
        told = {row["case"]: (row["status"], row["problem"]) for row in rows}
        assert told["1"] == ("excluded", "t is outside its range")
        assert told["4"] == ("excluded", "the values break the assumption 't < 5/2'")
        assert told["5"] == ("excluded", "t is outside its range")
        assert told["2"][0] == told["3"][0] == "exact"


def test_an_assumption_broken_by_what_does_not_vary_excludes_every_point() -> None:
    study = read_text(RANGES)
    base = base_values(study, None, {"u": Fraction(-1)})
    sweep = Sweep(study, base, Grid((even("t", 1, 2, 2),)))
    assert [row["problem"] for row in written(sweep)] == [
        "the values break the assumption 'u > 0'"
    ] * 2


def test_a_game_without_pure_equilibrium_has_a_row_that_says_so() -> None:
    pennies = read_text(
        "game: P\nplayers: [A, B]\nparameters: {t: 1}\nstrategies: [H, T]\npayoffs:\n"
        "  H, H: t, -t\n  H, T: -1, 1\n  T, H: -1, 1\n  T, T: 1, -1\n"
    )
    rows = written(swept(pennies, even("t", 1, 3, 3), concept="pure-nash"))
    assert [(r["equilibrium"], r["kind"], r["coverage"]) for r in rows] == [("", "", "all")] * 3


TREE = """game: Entry
players: [E, M]
parameters: {f: -1}
tree:
  E:
    Out: 0, 2
    In:
      M:
        Fight: f, f
        Share: 1, 1
"""


def test_trees_are_solved_one_by_one() -> None:
    sweep = swept(read_text(TREE), even("f", -1, 2, 4), concept="subgame-perfect")
    assert sweep.vectorised is None
    rows = written(sweep)
    assert next(row["case"] for row in rows if row["M.In.Share"] == "1") == "1"
    first = next(row for row in rows if row["case"] == "1")
    assert first["E.start.In"] == "1" and first["payoff.E"] == "1" and first["kind"] == "pure"
    last = next(row for row in rows if row["case"] == "4")
    assert last["M.In.Fight"] == "1" and last["payoff.M"] == "2"


def test_a_concept_whose_answers_are_no_equilibria_is_refused() -> None:
    with pytest.raises(UnfitConcept, match="equilibria"):
        written(swept(STAG_HUNT, even("stag", 4, 5, 2), concept="dominance"))


def test_the_selection_of_a_principle_can_be_followed() -> None:
    rows = written(swept(STAG_HUNT, even("stag", 4, 8, 3), concept="risk-dominance"))
    assert [row["Alice.Stag"] for row in rows] == ["0", "", "1"]
    assert {row["kind"] for row in rows} == {"selection"}


def test_a_limit_of_time_ends_the_work_and_says_so() -> None:
    sweep = swept(STAG_HUNT, even("stag", 4, 10, 5000), exact=True, seconds=0.3)
    rows = written(sweep)
    assert "time limit" in sweep.stopped
    assert 0 < sweep.done < 5000
    assert int(rows[-1]["case"]) in (sweep.done, sweep.done + 1)


def test_a_limit_of_time_holds_for_arrays_as_well() -> None:
    sweep = swept(STAG_HUNT, even("stag", 4, 10, 2000), even("rabbit", 1, 3, 2000), seconds=0.2)
    parts = sum(1 for _ in sweep.parts())
    assert "time limit" in sweep.stopped
    assert sweep.done < 4_000_000 and parts < 123


def test_names_that_are_taken_are_told_apart() -> None:
    study = read_text(
        NO_VALUE.replace("t: 1,", "t: 1, status: 1,").replace("0, 1\n", "0, status\n")
    )
    sweep = swept(study, even("status", 1, 2, 2))
    assert "parameter.status" in names(sweep) and len(set(names(sweep))) == len(names(sweep))


def test_json_lines_and_parquet_have_the_rows_of_the_csv() -> None:
    axes = even("stag", 2, 5, 4), even("rabbit", 1, 3, 3)
    rows = written(swept(STAG_HUNT, *axes))
    sweep, text = swept(STAG_HUNT, *axes), io.BytesIO()
    lines = JsonLines(text, names(sweep))
    for part in sweep.parts():
        lines.write(columns(sweep, part), len(part.rows))
    found = [json.loads(line) for line in text.getvalue().decode().splitlines()]
    same(rows, found)
    parquet = pytest.importorskip("pyarrow.parquet")
    sweep, content = swept(STAG_HUNT, *axes), io.BytesIO()
    writer = Parquet(content, names(sweep))
    for part in sweep.parts():
        writer.write(columns(sweep, part), len(part.rows))
    writer.close()
    same(rows, parquet.read_table(io.BytesIO(content.getvalue())).to_pylist())


def same(rows: list[dict[str, str]], found: list[dict[str, Any]]) -> None:
    assert len(rows) == len(found)
    for row, other in zip(rows, found, strict=True):
        assert list(row) == list(other)
        for name, entry in other.items():
            if entry is None:
                assert row[name] == ""
            elif isinstance(entry, float):
                assert float(row[name]) == pytest.approx(entry, abs=1e-11)
            else:
                assert row[name] == str(entry)


def test_an_outline_classes_points_by_their_sets_of_equilibria() -> None:
    whole = outline(swept(STAG_HUNT, even("stag", 2, 6, 5)))
    sets, called = whole.sets
    assert called == [
        "(Stag, Stag), (Stag/Rabbit, Stag/Rabbit), (Rabbit, Rabbit)",
        "excluded: the values break the assumption 'stag > rabbit'",
    ]
    assert sets.tolist() == [1, 1, 0, 0, 0]
    chosen, picked = whole.selected(whole.rows.risk_dominant)
    assert [picked[k] for k in chosen.tolist()][2:] == ["(Rabbit, Rabbit)"] * 2 + ["none"]


def test_the_same_sweep_gives_the_same_bytes() -> None:
    axes = even("stag", 2, 6, 41), even("rabbit", 1, 3, 21)
    assert written(swept(STAG_HUNT, *axes)) == written(swept(STAG_HUNT, *axes))


def _is_irrational(study: Study) -> bool:
    """Whether some formula has a logarithm, or a power that is no whole number."""
    formulas = [*study.game.definitions.values(), *study.game.body.expressions()]
    return any(sign in str(one) for one in formulas for sign in ("^(", "log("))


@pytest.mark.parametrize("file", library.all_files(), ids=library.name_of)
def test_the_library_s_games_are_swept_alike_by_both_roads(file: Path) -> None:
    """Every parameter of every matrix game, over values around its own and some whole ones."""
    study = read_file(file)
    if study.game.kind != "normal" or len(study.game.players) > 2:
        pytest.skip("no matrix game")
    for parameter in study.game.parameters:
        if not isinstance(parameter.default, Fraction):
            continue
        near = [parameter.default + Fraction(k, 10) for k in range(-6, 7, 3)]
        axis = Axis.of(parameter.name, [*near, *map(Fraction, range(-2, 3))])
        fast, slow = swept(study, axis), swept(study, axis, exact=True)
        if fast.vectorised is None:
            # Larger tables, and payoffs with roots or logarithms, go by the ordinary road alone.
            assert max(map(len, study.game.strategies)) > 4 or _is_irrational(study)
            continue
        alike(written(fast), written(slow))
