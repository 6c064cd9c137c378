"""Games of two players whose payoffs are all parameters, swept over rows of data."""

from __future__ import annotations

import io
from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from alliance_games.model.study import Study
from alliance_games.parametric.sweeps.data import Data
from alliance_games.parametric.sweeps.rows import Rows
from alliance_games.parametric.sweeps.sweep import Sweep, base_values
from alliance_games.reading import read_text
from alliance_games.reading.formula import read_formula

Row = Sequence[int | Fraction | str]


def bimatrix(rows: int, columns: int) -> tuple[Study, list[str]]:
    """The game whose payoffs are the parameters a00, b00, a01, b01... and these names."""
    names = [f"{who}{i}{j}" for i in range(rows) for j in range(columns) for who in "ab"]
    cells = "".join(
        f"  R{i}, C{j}: a{i}{j}, b{i}{j}\n" for i in range(rows) for j in range(columns)
    )
    text = (
        "game: G\nplayers: [A, B]\nparameters:\n"
        + "".join(f"  {name}: 0\n" for name in names)
        + "strategies:\n"
        + f"  A: [{', '.join(f'R{i}' for i in range(rows))}]\n"
        + f"  B: [{', '.join(f'C{j}' for j in range(columns))}]\n"
        + f"payoffs:\n{cells}"
    )
    return read_text(text), names


def table(names: Sequence[str], rows: Sequence[Row]) -> io.StringIO:
    """A CSV table."""
    lines = [",".join(names), *(",".join(map(str, row)) for row in rows)]
    return io.StringIO("".join(f"{line}\n" for line in lines))


def sweep_of(
    shape: tuple[int, int], points: Sequence[Row], *, exact: bool, concept: str = "nash"
) -> Sweep:
    """The sweep of the bimatrix game over these payoffs, one row for each game."""
    study, names = bimatrix(*shape)
    data = Data(table(names, points), {name: read_formula(name) for name in names})
    return Sweep(study, base_values(study, None, {}), data, exact=exact, concept=concept)


def all_rows(sweep: Sweep) -> Rows:
    """The rows of a sweep of one chunk."""
    (part,) = sweep.parts()
    return part.rows


def assert_agree(
    shape: tuple[int, int], points: Sequence[Row], concept: str = "nash"
) -> tuple[int, int]:
    """Hold the arrays to the ordinary solver, in every column; how many points the arrays left to
    it, and how many rows there are."""
    fast = sweep_of(shape, points, exact=False, concept=concept)
    slow = sweep_of(shape, points, exact=True, concept=concept)
    assert fast.vectorised is not None
    assert slow.vectorised is None
    ours, theirs = all_rows(fast), all_rows(slow)
    for name in Rows.__slots__:
        got, wanted = getattr(ours, name), getattr(theirs, name)
        assert got.shape == wanted.shape, name
        if name in ("chances", "payoffs"):
            as_floats = [[np.nan if x is None else float(x) for x in row] for row in wanted]
            exact = np.array(as_floats).reshape(got.shape)
            close = np.isclose(got, exact, rtol=1e-12, atol=1e-12, equal_nan=True)
            assert close.all(), (name, [points[k] for k in ours.point[~close.all(axis=1)][:3]])
        else:
            assert (got == wanted).all(), (name, [points[k] for k in ours.point[got != wanted][:3]])
    return fast.again, len(ours)
