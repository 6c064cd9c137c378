"""Sample games of other forms, and wrong answers close to right ones: a file to each family.

A file defines ``GAMES``, a list of small games of which every concept of the family accepts some,
``spoilt(solution)``, which yields what was spoilt and the spoilt record, and, for records about
games in normal form, ``essence(solution, change)``: what it says in the terms of a changed game.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from alliance_games.model.normal import NormalGame
from alliance_games.model.other_forms import OtherForm


def _modules() -> list:
    folder = [str(Path(__file__).parent)]
    return [import_module(f"{__name__}.{one.name}") for one in iter_modules(folder)]


def games() -> list[NormalGame | OtherForm]:
    """The sample games of all families."""
    return [game for module in _modules() for game in module.GAMES]


def spoilt(solution: object):
    """The wrong answers of a record's family."""
    return import_module(f"{__name__}.{solution.family}").spoilt(solution)


def essence(solution: object, change: object):
    """What a record says of a changed game in normal form, by its family."""
    return import_module(f"{__name__}.{solution.family}").essence(solution, change)
