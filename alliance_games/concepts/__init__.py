"""What is asked of a game: one file per solution concept, found by its file's name.

``pure_nash.py`` holds ``CONCEPT``, the record named ``pure-nash``; nothing else lists it. Those
asked of one family of games stand in a folder of their own (ROOMS). Other packages add concepts by
an entry point of the group ``alliance_games.concepts``.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from alliance_games.results.concept import Concept, Game

ENTRY_POINTS = "alliance_games.concepts"


class UnknownConcept(LookupError):
    """No concept has this name; ``known`` are those there are."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        super().__init__(f"there is no concept called {name!r}")
        self.name, self.known = name, known


STRATEGIC = ("normal", "anonymous", "extensive")
"""The kinds of game that are given by strategies or moves one by one."""

ROOMS: dict[str, tuple[str, ...]] = {
    "": (*STRATEGIC, "continuous"),
    "trees": ("extensive",),
    "cooperative": ("coalitional",),
    "formation": ("coalitional", "hedonic", "matching", "landscape"),
    "bargaining": ("bargaining",),
    "continuous": ("continuous", "bargaining"),
    "repeated": ("repeated",),
    "evolution": (),
}
"""The folders of concepts ('' is this one), each with the kinds of game whose defaults it has."""


@cache
def _rooms() -> dict[str, str]:
    """The module of each of our own concepts, read off the folders without importing any."""
    top = Path(__file__).parent
    return {
        module.name.replace("_", "-"): ".".join(filter(None, [__name__, room, module.name]))
        for room in ROOMS
        for module in iter_modules([str(top / room)])
        if not module.ispkg
    }


@cache
def own_names() -> tuple[str, ...]:
    """The names of our own concepts."""
    return tuple(sorted(_rooms()))


def _announced() -> bool:
    """Whether any package on the path announces concepts. Reading the few files that can say so
    takes a tenth of the time that importing importlib.metadata does."""
    wanted = f"[{ENTRY_POINTS}]".encode()
    for folder in map(Path, sys.path):
        for about in (*folder.glob("*.dist-info"), *folder.glob("*.egg-info")):
            with suppress(OSError):
                if wanted in (about / "entry_points.txt").read_bytes():
                    return True
    return False


@cache
def _plugins() -> dict[str, Concept]:
    if not _announced():
        return {}
    from importlib.metadata import entry_points

    return {point.name: point.load() for point in entry_points(group=ENTRY_POINTS)}


@cache
def names() -> tuple[str, ...]:
    """The names of all concepts, those of plug-ins included."""
    return tuple(sorted({*own_names(), *_plugins()}))


@cache
def find(name: str) -> Concept:
    """The concept called ``name``; imports its file alone. Raises UnknownConcept."""
    if name in _rooms():
        concept: Concept = import_module(_rooms()[name]).CONCEPT
        return concept
    if name in _plugins():
        return _plugins()[name]
    raise UnknownConcept(name, names())


@cache
def catalogue(kind: str = "") -> tuple[Concept, ...]:
    """Every concept, in the order of reports; for a kind of game those that may be its defaults,
    so that folders about other kinds are never loaded."""
    rooms = _rooms()
    own = {f"{__name__}.{room}".rstrip(".") for room in ROOMS if not kind or kind in ROOMS[room]}
    wanted = [n for n in names() if n not in rooms or rooms[n].rpartition(".")[0] in own]
    return tuple(sorted(map(find, wanted), key=lambda concept: (concept.order, concept.name)))


def refusal(name: str, game: Game) -> str | None:
    """Why ``game`` cannot be asked this, for its own reasons or those of what it needs, or None.

    Raises UnknownConcept.
    """
    concept = find(name)
    if (reason := concept.refuses(game)) is not None:
        return reason
    for other in needed_by(concept, game):
        if (reason := refusal(other, game)) is not None:
            return f"it needs {other}, and {reason}"
    return None


def needed_by(concept: Concept, game: Game) -> tuple[str, ...]:
    """The concepts whose results ``concept`` reads when it is asked of ``game``.

    Of those in ``needs_one_of`` it is the first that accepts the game; for a concept that is asked
    by default the first that is asked of the game in any case, if one is, so that no default waits
    for what is too dear to be one.
    """
    if game.kind in concept.needs_nothing:
        return ()
    if not concept.needs_one_of:
        return concept.needs
    able = [name for name in concept.needs_one_of if refusal(name, game) is None]
    usual = [name for name in able if concept.default and _is_default(find(name), game)]
    return (*concept.needs, (usual or able or concept.needs_one_of[-1:])[0])


def defaults(game: Game) -> tuple[str, ...]:
    """What is asked of ``game`` when nothing else is: every default concept that applies to it,
    save those that another of them makes superfluous (``unless``), in the order of reports."""
    return tuple(
        concept.name
        for concept in catalogue(game.kind)
        if _is_default(concept, game)
        and not (concept.unless and _is_default(find(concept.unless), game))
    )


def _is_default(concept: Concept, game: Game) -> bool:
    if not concept.default or refusal(concept.name, game) is not None:
        return False
    return concept.default is True or concept.default(game)
