"""alliance-games: an exact, certified game solver for scholars of alliances.

>>> import alliance_games as ag
>>> ag.load("stag_hunt").solve("nash")  # doctest: +SKIP

The names of :mod:`alliance_games.api` are also the package's own; they are fetched when first
used, so that importing the package, or starting the command line, loads nothing heavy.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from alliance_games._version import __version__ as __version__

if TYPE_CHECKING:
    from alliance_games.api import *  # noqa: F403 - a type checker sees what __getattr__ finds


def __getattr__(name: str) -> object:
    if not name.startswith("_"):
        api = import_module("alliance_games.api")
        if name in api.__all__:
            return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return ["__version__", *import_module("alliance_games.api").__all__]
