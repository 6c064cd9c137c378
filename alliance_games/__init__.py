"""alliance-games: an exact, certified game solver for scholars of alliances.

>>> import alliance_games as ag
>>> ag.load("stag_hunt").solve("nash")  # doctest: +SKIP

The names of :mod:`alliance_games.api` are also the package's own; they are fetched when first
used, so that importing the package, or starting the command line, loads nothing heavy.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

from alliance_games._version import __version__ as __version__


def __getattr__(name: str) -> object:
    if not name.startswith("_"):
        api = import_module("alliance_games.api")
        if name in api.__all__:
            return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


class _Package(ModuleType):
    """The package's own type, for the one name that is a function here and a module as well."""

    @property
    def solve(self) -> Any:
        """The function ``ag.solve``, also once the module ``alliance_games.solve`` is loaded."""
        return import_module("alliance_games.api").solve

    @solve.setter
    def solve(self, module: ModuleType) -> None:
        """The import system binds a module here when it is loaded; the function stays."""


sys.modules[__name__].__class__ = _Package


def __dir__() -> list[str]:
    return ["__version__", *import_module("alliance_games.api").__all__]
