"""What is asked of a game: one file per solution concept, found by its file's name.

``pure_nash.py`` holds ``CONCEPT``, the record named ``pure-nash``; nothing else lists it. Other
packages add concepts by an entry point of the group ``alliance_games.concepts``.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from alliance_games.results.concept import Concept

ENTRY_POINTS = "alliance_games.concepts"


class UnknownConcept(LookupError):
    """No concept has this name; ``known`` are those there are."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(f"there is no concept called {name!r}")
        self.name, self.known = name, known


@cache
def own_names() -> tuple[str, ...]:
    """The names of our own concepts, read off the folder without importing any."""
    return tuple(sorted(module.name.replace("_", "-") for module in iter_modules(__path__)))


@cache
def _plugins() -> dict[str, Concept]:
    from importlib.metadata import entry_points

    return {point.name: point.load() for point in entry_points(group=ENTRY_POINTS)}


@cache
def names() -> tuple[str, ...]:
    """The names of all concepts, those of plug-ins included."""
    return tuple(sorted({*own_names(), *_plugins()}))


@cache
def find(name: str) -> Concept:
    """The concept called ``name``; imports its file alone. Raises UnknownConcept."""
    if name in own_names():
        concept: Concept = import_module(f"{__name__}.{name.replace('-', '_')}").CONCEPT
        return concept
    if name in _plugins():
        return _plugins()[name]
    raise UnknownConcept(name, names())


@cache
def catalogue() -> tuple[Concept, ...]:
    """Every concept, in the order of reports."""
    return tuple(sorted(map(find, names()), key=lambda concept: (concept.order, concept.name)))
