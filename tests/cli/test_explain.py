"""``--explain`` reaches the concepts: what was rejected is kept and told where it is asked."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

import alliance_games as ag
from alliance_games.cli.app import app

ARGUMENTS = ["solve", "treaty_as_signal", "--concept", "sequential"]


def printed(*more: str) -> str:
    done = CliRunner().invoke(app, [*ARGUMENTS, *more])
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize("explain", [True, False])
def test_rejected_candidates_are_kept_on_request(explain: bool) -> None:
    more = ["--explain"] if explain else []
    document = json.loads(printed("--format", "json", *more))
    (result,) = document["cases"][0]["results"]
    assert bool(result.get("rejected")) is explain
    assert ("Rejected candidates: " in printed(*more)) is explain


def test_from_python_too() -> None:
    model = ag.load("treaty_as_signal")
    kept = [model.solve("sequential", explain=asked).results[0].rejected for asked in (True, False)]
    assert kept[0] and not kept[1]
