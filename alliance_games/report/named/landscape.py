"""Reports on landscapes: minima with their basins, the way down, the potential."""

from __future__ import annotations

from collections.abc import Sequence

from alliance_games.report.blocks import Block, Column, Facts, Piece, Prose, Table, Text, text
from alliance_games.report.coalition_words import sides_text
from alliance_games.report.words import amount, listed, number
from alliance_games.results.cases import CaseAnswer
from alliance_games.results.named.landscape import Minimum, Path, WeightedPotential
from alliance_games.results.result import Result

MOST_ROWS = 40
MOST_WEIGHTS = 20


def blocks(result: Result, answer: CaseAnswer) -> list[Block]:
    """What the result is of decides: minima, a path, or a potential."""
    found: list[Block] = []
    minima = [one for one in result.solutions if isinstance(one, Minimum)]
    if minima:
        found += _minima(minima)
    for one in result.solutions:
        if isinstance(one, Path):
            found += _path(one)
        elif isinstance(one, WeightedPotential):
            found += _potential(one)
    return found


def _minima(minima: Sequence[Minimum]) -> list[Block]:
    rows = []
    for place, one in enumerate(minima[:MOST_ROWS], 1):
        kind = "deepest" if one.deepest else ""
        if not one.strict:
            kind = f"{kind}, not strict".lstrip(", ")
        rows.append(
            (
                (text(str(place)),),
                (sides_text(one.sides),),
                (text(number(one.energy)),),
                (text(f"{one.basin:,} of {one.configurations:,}"),),
                (text(kind),),
            )
        )
    columns = (
        Column(text("#"), "right"),
        Column(text("Sides")),
        Column(text("Energy"), "right"),
        Column(text("Basin"), "right"),
        Column(text("")),
    )
    found: list[Block] = [Table(columns, tuple(rows))]
    if len(minima) > MOST_ROWS:
        more = f"{len(minima) - MOST_ROWS:,} more are not shown; --format json has them all."
        found.append(Prose(text(more)))
    return found


def _path(path: Path) -> list[Block]:
    rows: list[tuple[tuple[Text, ...], ...]] = [
        ((text("start"),), (text(""),), (sides_text(path.start),), (text(number(path.energy)),))
    ]
    for place, step in enumerate(path.steps, 1):
        mover = [text(Piece(step.mover, "player"))]
        if step.equally:
            mover.append(text(Piece(f"(or {listed(step.equally, 'or')})", "muted")))
        rows.append(
            (
                (text(str(place)),),
                tuple(mover),
                (sides_text(step.sides),),
                (text(number(step.energy)),),
            )
        )
    columns = (
        Column(text("Step"), "right"),
        Column(text("Moves")),
        Column(text("Sides")),
        Column(text("Energy"), "right"),
    )
    return [Table(columns, tuple(rows))]


def _potential(one: WeightedPotential) -> list[Block]:
    shown = list(one.weights.items())[:MOST_WEIGHTS]
    weights = ", ".join(f"{name}: {number(weight)}" for name, weight in shown)
    if len(shown) < len(one.weights):
        weights = f"{weights} and {len(one.weights) - len(shown):,} more"
    said = (
        "A state's move changes the energy by its weight times the change of its own frustration, "
        "so that states that each move for themselves always end in a local minimum."
    )
    return [Facts(((text("Weights"), text(weights)),)), Prose(text(said))]


def named_minima(one: Minimum) -> frozenset[str]:
    """The first side of a minimum."""
    return frozenset(one.sides[0])


def least_held(found: Sequence[Minimum]) -> str:
    """Which state the deepest minimum holds least: whose move would frustrate it least more."""
    one = next((each for each in found if each.deepest), found[0])
    if len(one.reluctance) < 2:
        return ""
    name, least = min(one.reluctance.items(), key=lambda entry: entry[1])
    if least == 0:
        return f"In the deepest division {name} would be as well off on the other side."
    return (
        f"In the deepest division {name} is held least: its frustration would rise by "
        f"{amount(least)} if it changed sides."
    )
