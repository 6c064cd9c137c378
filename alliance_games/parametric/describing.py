"""Descriptions: what concepts answer at a leaf, compared as functions and valued at points."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from fractions import Fraction
from typing import Any

from alliance_games.exact.algebraic import Exact
from alliance_games.exact.rational_functions import RationalFunction
from alliance_games.parametric.cells import Flat
from alliance_games.results.solutions import Solution

Description = tuple[tuple[str, tuple[Solution, ...]], ...]
"""For each concept asked, by name, its solutions with formulas for numbers."""


def flatten(value: Any) -> Flat:
    """What is compared word by word, and the numbers of the field, of any nest of solutions."""
    numbers: list[Fraction] = []

    def words(part: Any) -> object:
        if isinstance(part, RationalFunction | Fraction):
            numbers.append(part)
            return "#"
        if is_dataclass(part) and not isinstance(part, type):
            return (
                type(part).__name__,
                *(words(getattr(part, f.name)) for f in fields(part) if f.name != "certificate"),
            )
        if isinstance(part, Mapping):
            return tuple((words(key), words(entry)) for key, entry in part.items())
        if isinstance(part, tuple | list):
            return tuple(words(item) for item in part)
        return part

    structure = words(value)
    return structure, tuple(numbers)


def mapped(value: Any, change: Callable[[Any], Any]) -> Any:
    """The same nest with every number of the field changed."""
    if isinstance(value, RationalFunction | Fraction):
        return change(value)
    if is_dataclass(value) and not isinstance(value, type):
        new = {f.name: mapped(getattr(value, f.name), change) for f in fields(value)}
        return replace(value, **new)
    if isinstance(value, Mapping):
        return {key: mapped(entry, change) for key, entry in value.items()}
    if isinstance(value, tuple):
        made = [mapped(item, change) for item in value]
        return type(value)(*made) if hasattr(value, "_fields") else tuple(made)
    return value


def at(value: Any, point: Sequence[Exact]) -> Any:
    """The same nest with every formula replaced by its value at a point."""

    def valued(number: Any) -> Any:
        return number.at(point) if isinstance(number, RationalFunction) else number

    return mapped(value, valued)


def numbers_in(value: Any) -> Iterable[Fraction]:
    """All numbers of the field in a nest of solutions."""
    return flatten(value)[1]
