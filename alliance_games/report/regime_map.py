"""A map of two parameters in characters: which cell a place lies in, told by its letter."""

from __future__ import annotations

from fractions import Fraction

from alliance_games.exact.evaluate import EvaluationError, evaluate_number
from alliance_games.model.parametric import Parameter
from alliance_games.parametric.telling import Telling
from alliance_games.report.blocks import Block, Branch, Heading, Piece, Prose, Tree, plain, text
from alliance_games.report.words import number

COLUMNS, ROWS = 48, 17


def regime_map(telling: Telling, axes: tuple[str, str] | None = None) -> list[Block]:
    """The map over the two parameters that matter most (or ``axes``), the others at their defaults.

    Nothing where no condition speaks of a parameter. Raises KeyError for an unknown axis.
    """
    found = telling.found
    names = found.region.symbols.names
    if axes is not None:
        places = [names.index(axis) if axis in names else _missing(axis) for axis in axes]
    else:
        places = telling.parameters_used()[:2]
        if len(places) == 2:
            places.sort()
    if not places or found.stopped:
        return []
    if len(places) == 1:
        return _line(telling, places[0])
    x, y = places
    defaults = list(found.region.symbols.defaults)
    across, up = _span(telling, x), _span(telling, y)
    drawn: list[Branch] = []
    width = max(len(number(value)) for value in up)
    for row in range(ROWS):
        defaults[y] = up[1] - (up[1] - up[0]) * Fraction(row, ROWS - 1)
        line = "".join(_signs(telling, defaults, x, across, COLUMNS))
        end = {0: number(up[1]), ROWS - 1: number(up[0])}.get(row, "")
        drawn.append(_branch(f"{end:>{width}} ┤" if end else f"{'':>{width}} │", line))
    low, high = number(across[0]), number(across[1])
    drawn.append(_branch(f"{'':>{width}} └", "─" * COLUMNS))
    gap = " " * max(COLUMNS - len(low) - len(high), 1)
    drawn.append(_branch(" " * (width + 2), f"{low}{gap}{high}"))
    others = [i for i in telling.parameters_used() if i not in (x, y)]
    fixed = ", ".join(f"{names[i]} = {number(defaults[i])}" for i in others)
    said = f"Across: {names[x]}; upwards: {names[y]}"
    said += f"; held at {fixed}." if fixed else "."
    said += " A dot lies outside the assumptions; small letters are knife edges."
    if any("-" in plain(branch.content) for branch in drawn[:ROWS]):
        said += " At a dash a payoff has no value, or an edge was not looked into."
    return [Heading(text("Map"), 2), Prose(text(said)), Tree(tuple(drawn))]


def _line(telling: Telling, x: int) -> list[Block]:
    names = telling.found.region.symbols.names
    across = _span(telling, x)
    defaults = list(telling.found.region.symbols.defaults)
    line = "".join(_signs(telling, defaults, x, across, COLUMNS))
    low, high = number(across[0]), number(across[1])
    gap = " " * max(COLUMNS - len(low) - len(high), 1)
    return [
        Heading(text("Map"), 2),
        Prose(text(f"Along {names[x]}; a dot lies outside the assumptions.")),
        Tree((_branch("", line), _branch("", f"{low}{gap}{high}"))),
    ]


def _missing(axis: str) -> int:
    raise KeyError(axis)


def _branch(guide: str, line: str) -> Branch:
    return Branch(text(Piece(guide, "muted")), "", text(line))


def _signs(
    telling: Telling, point: list[Fraction], x: int, across: tuple[Fraction, Fraction], columns: int
) -> list[str]:
    signs = []
    for column in range(columns):
        point[x] = across[0] + (across[1] - across[0]) * Fraction(column, columns - 1)
        place = tuple(point)
        told = telling.at(place) if telling.inside(place) else None
        if told is not None:
            signs.append((told.label or "-")[-1:])
        else:
            signs.append("-" if telling.inside(place) else "·")
    point[x] = telling.found.region.symbols.defaults[x]
    return signs


def _span(telling: Telling, place: int) -> tuple[Fraction, Fraction]:
    """The range drawn: the declared one, or twice the way from zero to the default."""
    symbols = telling.found.region.symbols
    parameter = telling.found.study.game.parameter(symbols.places[place][0])
    low, high = _ends(telling, parameter)
    default = symbols.defaults[place]
    reach = abs(default) * 2 if default else Fraction(2)
    if low is None:
        low = min(Fraction(0), -reach if default < 0 else Fraction(0))
        if high is not None and high <= low:
            low = high - reach
    if high is None:
        high = max(low + 1, reach if default >= 0 else Fraction(0))
    return low, high


def _ends(telling: Telling, parameter: Parameter | None) -> tuple[Fraction | None, Fraction | None]:
    ends: list[Fraction | None] = []
    game = telling.found.study.game
    environment = game.environment(game.values())
    for end in (parameter.low, parameter.high) if parameter is not None else (None, None):
        try:
            ends.append(None if end is None else evaluate_number(end, environment))
        except EvaluationError:
            ends.append(None)
    return ends[0], ends[1]
