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
from typing import TYPE_CHECKING, Any

from alliance_games._version import __version__ as __version__

if TYPE_CHECKING:
    from alliance_games.api import *  # noqa: F403 - a type checker sees what __getattr__ finds


def __getattr__(name: str) -> object:
    if not name.startswith("_"):
        api = import_module("alliance_games.api")
        if name in api.__all__:
            return getattr(api, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


class _Callable(ModuleType):
    """A module that is called as the function of the same name in the API: ``ag.solve(game)``."""

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        function = getattr(import_module("alliance_games.api"), self.__name__.rpartition(".")[2])
        return function(*arguments, **named)


class _Package(ModuleType):
    """The package's own type. ``solve`` and ``concepts`` are functions of the API and modules as
    well: the import system binds the modules here, and they can be called."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name in ("concepts", "solve") and isinstance(value, ModuleType):
            value.__class__ = _Callable
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __dir__() -> list[str]:
    return ["__version__", *import_module("alliance_games.api").__all__]
