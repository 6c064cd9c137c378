"""Values given on the command line: ``--set power[France]=3/4``, ``--max-memory 2G``."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from fractions import Fraction

import typer

from alliance_games.model.parametric import Values

_SETTING = re.compile(r"\s*([^=\[\]]+?)\s*(?:\[([^\]]*)\])?\s*=(.*)", re.DOTALL)
_SIZE = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?)\s*([kmgt]?)(i?b)?\s*", re.IGNORECASE)
_TIME = re.compile(r"\s*([0-9]+(?:\.[0-9]*)?|\.[0-9]+)\s*(ms|s|m|h)?\s*", re.IGNORECASE)


def settings(texts: Sequence[str]) -> Values:
    """The parameters' values that ``--set`` gives; raises BadParameter.

    The value is a formula of numbers: ``3/4``, ``0.1`` (exactly 1/10), ``2^10``.
    """
    values: dict[str, Fraction | dict[tuple[str, ...], Fraction]] = {}
    for text in texts:
        match = _SETTING.fullmatch(text)
        if match is None:
            raise typer.BadParameter(
                f"{text!r} is not name=value, as in stag=10 or power[France]=3"
            )
        name, keys, formula = match.groups()
        value = _number(text, formula)
        if keys is None:
            values[name] = value
            continue
        before = values.setdefault(name, {})
        if not isinstance(before, dict):
            raise typer.BadParameter(f"{name} is given both as a whole and by entry")
        before[tuple(key.strip().strip("'\"") for key in keys.split(","))] = value
    return values


def _number(text: str, formula: str) -> Fraction:
    from alliance_games.exact.evaluate import Environment, EvaluationError, evaluate_number
    from alliance_games.reading.formula import FormulaError, read_formula

    try:
        return evaluate_number(read_formula(formula), Environment())
    except (FormulaError, EvaluationError) as error:
        raise typer.BadParameter(f"{text!r}: {error}") from error


def size(text: str | None) -> int | None:
    """Bytes, from ``500M``, ``2G``, ``1.5GiB`` or a bare number; raises BadParameter."""
    if text is None:
        return None
    match = _SIZE.fullmatch(text)
    if match is None or not (number := float(match[1])):
        raise typer.BadParameter(f"{text!r} is not a size, as in 500M or 2G")
    return int(number * 1024 ** " kmgt".index(match[2].lower() or " "))


def seconds(text: str | None) -> float | None:
    """Seconds, from ``30``, ``2.5``, ``500ms``, ``10m`` or ``1h``; raises BadParameter."""
    if text is None:
        return None
    match = _TIME.fullmatch(text)
    if match is None:
        raise typer.BadParameter(f"{text!r} is not a time, as in 30, 2.5 or 10m")
    unit = {"ms": 0.001, "s": 1, "m": 60, "h": 3600}[(match[2] or "s").lower()]
    number = float(match[1]) * unit
    if not 0 < number < math.inf:
        raise typer.BadParameter(f"{text!r}: a time limit is more than nothing")
    return number
