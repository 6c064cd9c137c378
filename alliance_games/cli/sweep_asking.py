"""From the options of ``sweep`` to the points asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

import typer

from alliance_games.exact.words import did_you_mean
from alliance_games.model.environments import Values

if TYPE_CHECKING:
    from alliance_games.exact.expression import Expression
    from alliance_games.model.study import Study
    from alliance_games.parametric.sweeps.points import Axis

MOST_VALUES = 10_000_000
"""Values of one range; who wants more has mistyped a number."""

FUNCTIONS = frozenset({"min", "max", "abs", "sqrt", "exp", "log"})
"""What a formula over columns may call."""

_VARY = re.compile(r"\s*([^=\[\]]+?)\s*(?:\[([^\]]*)\])?\s*=(.*)", re.DOTALL)


def axes(texts: Sequence[str], study: Study) -> tuple[Axis, ...]:
    """The axes of ``--vary``: one for a line, two for a plane; raises BadParameter."""
    if len(texts) > 2:
        raise typer.BadParameter("--vary is given once for a line, twice for a plane")
    found = tuple(_axis(text, study) for text in texts)
    if len({axis.name for axis in found}) < len(found):
        raise typer.BadParameter(f"--vary names {found[0].name} twice")
    return found


def _axis(text: str, study: Study) -> Axis:
    from alliance_games.parametric.sweeps.points import Axis

    match = _VARY.fullmatch(text)
    if match is None:
        raise typer.BadParameter(f"{text!r} is not name=start:stop:count or name=1,2,5")
    name = spelled(f"{match[1]}[{match[2]}]" if match[2] is not None else match[1], study)
    parts = match[3].split(":")
    if len(parts) == 1:
        return Axis.of(name, [_number(text, part) for part in match[3].split(",")])
    if len(parts) != 3:
        raise typer.BadParameter(f"{text!r}: a range is start:stop:count, as in stag=2:10:1001")
    start, stop, count = (_number(text, part) for part in parts)
    if count.denominator != 1 or not 1 <= count <= MOST_VALUES:
        raise typer.BadParameter(f"{text!r}: {parts[2].strip()} is no number of values")
    return Axis.even(name, start, stop, int(count))


def mapping(texts: Sequence[str], study: Study) -> dict[str, Expression]:
    """What ``--map`` says of each parameter: its formula over columns; raises BadParameter."""
    from alliance_games.reading.formula import FormulaError, read_formula

    found: dict[str, Expression] = {}
    for text in texts:
        name, equals, formula = text.partition("=")
        if not equals or not name.strip():
            raise typer.BadParameter(f"{text!r} is not name = formula over columns")
        target = spelled(name.strip(), study)
        if target in found:
            raise typer.BadParameter(f"--map gives {target} twice")
        try:
            found[target] = read_formula(formula.strip(), functions=FUNCTIONS)
        except FormulaError as error:
            raise typer.BadParameter(f"{text!r}: {error}") from error
    return found


def _number(text: str, formula: str) -> Fraction:
    from alliance_games.exact.evaluate import Environment, EvaluationError, evaluate_number
    from alliance_games.reading.formula import FormulaError, read_formula

    try:
        return evaluate_number(read_formula(formula), Environment())
    except (FormulaError, EvaluationError) as error:
        raise typer.BadParameter(f"{text!r}: {error}") from error


def spelled(name: str, study: Study) -> str:
    """The parameter's or entry's name as formulas write it; raises BadParameter for none."""
    game = study.game
    head, bracket, rest = name.partition("[")
    parameter = game.parameter(head.strip())
    if parameter is None:
        known = game.parameter_names
        hint = did_you_mean(head, known) or (
            f"its parameters are {', '.join(known)}" if known else "the game has no parameters"
        )
        raise typer.BadParameter(f"there is no parameter '{head}'; {hint}")
    default = parameter.default
    if not isinstance(default, Mapping):
        if bracket:
            raise typer.BadParameter(f"'{head}' is one number, without entries")
        return parameter.name
    entries = {", ".join(keys): keys for keys in default}
    keys = tuple(key.strip().strip("'\"") for key in rest.rstrip("]").split(","))
    for spelling in (keys, keys[::-1]):
        if spelling in default:
            return f"{parameter.name}[{', '.join(spelling)}]"
    raise typer.BadParameter(f"{name!r}: vary one entry of {head}; it has {'; '.join(entries)}")


def check_apart(names: Sequence[str], overrides: Values) -> None:
    """Raise BadParameter where a value is both set and varied."""
    for name in names:
        head, bracket, rest = name.partition("[")
        given = overrides.get(head)
        keys = tuple(key.strip() for key in rest.rstrip("]").split(","))
        entry = isinstance(given, Mapping) and (keys in given or keys[::-1] in given)
        if given is not None and (not bracket or entry):
            raise typer.BadParameter(f"{name} is both set and varied")
