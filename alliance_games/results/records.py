"""Answers whose parts have names of their own, written as JSON and read back by their class alone.

Equilibria in strategies are plain indices, and ``codec`` puts names on them. The answers of other
games - an allocation, a partition, a bargain, a threshold, a rest point - are records that name
players and coalitions themselves: frozen dataclasses derived from ``Record``, a family of them to
a file of ``named/``. From the annotations of a record's fields follow its JSON, the way back and
its JSON Schema, so that a new one is written once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from fractions import Fraction
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import NoneType, UnionType
from typing import Any, ClassVar, Union, get_args, get_origin, get_type_hints

from alliance_games.results.naming import Json, Number, read_number
from alliance_games.results.solutions import Certificate, Fact

Said = Any
"""What an ``expect:`` line is held against: a number, text, truth value or None; a tuple (in
order), a frozenset (in no order), a mapping from names; of these again."""

_ABOUT = ("properties", "certificate")
"""Fields that every solution has, written by the codec."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One answer that names its parts; subclasses are frozen dataclasses with slots.

    ``kind`` is what JSON calls it, ``family`` the file of ``results/named/`` it stands in, and of
    ``report/named/`` that writes about it. Fields are made of text, truth values, integers
    (counts), exact numbers (Fraction), None, tuples, frozensets, mappings from text, and
    dataclasses of these; ``properties`` and ``certificate`` are given by name.
    """

    kind: ClassVar[str]
    family: ClassVar[str]
    compared: ClassVar[str] = ""
    """The kind that the essence is one of, where it is not the record's own."""
    untold: ClassVar[str] = ""
    """Of a record that says less than an answer may: why a line cannot be held against more."""

    properties: Mapping[str, Fact] = field(default_factory=dict)
    certificate: Certificate | None = None

    @property
    def is_something(self) -> bool:
        """Whether it is an answer, not the proof that there is none (an empty core, say)."""
        return True

    @property
    def is_aside(self) -> bool:
        """Whether it only stands beside the answer, to explain it: ways of finding the answer need
        not agree on it."""
        return False

    def said(self) -> Said:
        """What an ``expect:`` line about the concept says, in its own structure."""
        raise NotImplementedError

    def essence(self) -> Said:
        """What any two ways of finding the answer must agree on."""
        return self.said()


def encode(one: Record, number: Callable[[Fraction], Number]) -> dict[str, Json]:
    """The fields of a record as JSON values; ``number`` writes an exact number."""
    return _fields(one, number)


def _fields(one: Any, number: Callable[[Fraction], Number]) -> dict[str, Json]:
    return {
        each.name: _written(getattr(one, each.name), number)
        for each in fields(one)
        if each.name not in _ABOUT
    }


def _written(value: Any, number: Callable[[Fraction], Number]) -> Json:
    if value is None or isinstance(value, bool | int | str | float):
        return value
    if isinstance(value, Mapping):
        return {str(key): _written(entry, number) for key, entry in value.items()}
    if isinstance(value, tuple):
        return [_written(entry, number) for entry in value]
    if isinstance(value, frozenset):
        return sorted((_written(entry, number) for entry in value), key=repr)
    if is_dataclass(value):
        return _fields(value, number)
    return number(value)


def decode(one: Json, about: Mapping[str, Any]) -> Record:
    """The record of a document; ``about`` are its properties and certificate.

    Raises KeyError for a kind that no family has, or for a field that is missing.
    """
    found: Record = _read_fields(one, classes()[one["kind"]], about)
    return found


def _read_fields(one: Json, cls: Any, about: Mapping[str, Any]) -> Any:
    hints = _hints(cls)
    own = {each.name for each in fields(cls)} - set(_ABOUT)
    return cls(**{name: _read(one[name], hints[name]) for name in own}, **about)


@cache
def _hints(cls: Any) -> dict[str, Any]:
    return get_type_hints(cls)


def _read(value: Json, hint: Any) -> Any:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        if value is None:
            return None
        return _read(value, next(each for each in arguments if _fits(value, each)))
    if origin is tuple:
        if arguments[-1] is Ellipsis:
            return tuple(_read(entry, arguments[0]) for entry in value)
        return tuple(_read(entry, each) for entry, each in zip(value, arguments, strict=True))
    if origin is frozenset:
        return frozenset(_read(entry, arguments[0]) for entry in value)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {key: _read(entry, arguments[1]) for key, entry in value.items()}
    if is_dataclass(hint):
        return _read_fields(value, hint, {})
    return read_number(value) if hint is Fraction else value


def _fits(value: Json, hint: Any) -> bool:
    """Whether a member of a union is what was written; numbers are text, roots or floats."""
    if hint is NoneType:
        return False
    if hint is Fraction:
        if isinstance(value, str):
            return bool(value) and value.lstrip("-")[:1].isdigit()
        return isinstance(value, float | dict)
    if isinstance(hint, type) and not is_dataclass(hint):
        return type(value) is hint
    return isinstance(value, dict if is_dataclass(hint) else dict | list)


def schemas() -> Iterator[tuple[str, Json]]:
    """The JSON Schema of each kind of record, by the kind's name."""
    for kind, cls in sorted(classes().items()):
        document = _schema_of_fields(cls)
        document["properties"] = {"kind": {"const": kind}, **document["properties"]}
        document["required"] = ["kind", *document["required"]]
        if cls.__doc__:
            document["description"] = " ".join(cls.__doc__.split("\n\n")[0].split())
        for name in _ABOUT:
            document["properties"][name] = {"$ref": f"#/$defs/{name}"}
        yield kind, document


def _schema_of_fields(cls: Any) -> dict[str, Json]:
    hints = _hints(cls)
    own = [each.name for each in fields(cls) if each.name not in _ABOUT]
    return {
        "type": "object",
        "properties": {name: _schema(hints[name]) for name in own},
        "required": own,
        "additionalProperties": False,
    }


_PLAIN: dict[Any, Json] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    NoneType: {"type": "null"},
    Fraction: {"$ref": "#/$defs/number"},
}


def _schema(hint: Any) -> Json:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        return {"anyOf": [_schema(each) for each in arguments]}
    if origin is tuple and arguments[-1] is not Ellipsis:
        items = [_schema(each) for each in arguments]
        return {"type": "array", "prefixItems": items, "items": False, "minItems": len(items)}
    if origin in (tuple, frozenset):
        return {"type": "array", "items": _schema(arguments[0])}
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {"type": "object", "additionalProperties": _schema(arguments[1])}
    if is_dataclass(hint):
        return _schema_of_fields(hint)
    return _PLAIN[hint]


@cache
def classes() -> Mapping[str, type[Record]]:
    """Every kind of record with its class, found by walking ``named/``."""
    folder = Path(__file__).with_name("named")
    found: dict[str, type[Record]] = {}
    for module in iter_modules([str(folder)]):
        family = import_module(f"alliance_games.results.named.{module.name}")
        for one in vars(family).values():
            if isinstance(one, type) and issubclass(one, Record) and "kind" in vars(one):
                found[one.kind] = one
    return found
