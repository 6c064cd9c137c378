"""What the user names - files, folders, library games, standard input - as a list of sources."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from alliance_games.model.problems import Problem
from alliance_games.reading.source import GAMBIT_SUFFIXES, fetched

STANDARD_INPUT = "-"
SUFFIXES = (".yaml", ".yml", *GAMBIT_SUFFIXES)


@dataclass(frozen=True, slots=True)
class Source:
    """One game file to read.

    ``path`` is where it is (as the user named it, so that messages can be clicked), ``shown``
    what answers call it: never a path of this machine. ``content`` holds what came through
    standard input, else None. ``missing`` says what is wrong where there is no such file.
    """

    path: str
    shown: str
    content: bytes | None = None
    missing: Problem | None = None


def find_sources(arguments: Iterable[str]) -> list[Source]:
    """The sources the arguments name, in their order; a folder gives its game files, sorted.

    A name that is no file is looked up in the library. What is not there comes back as a source
    that says so. A file named twice is read once.
    """
    found: dict[str, Source] = {}
    for argument in arguments:
        for source in _sources(argument):
            found.setdefault(os.path.abspath(source.path), source)
    return list(found.values())


def shown(path: str) -> str:
    """A path as answers give it: as typed where that is relative, else relative to the current
    folder where it is inside, else the file's name alone."""
    if not os.path.isabs(path):
        return path.replace(os.sep, "/")
    here = os.getcwd()
    if os.path.normpath(path).startswith(os.path.join(here, "")):
        return os.path.relpath(path, here).replace(os.sep, "/")
    return os.path.basename(path)


def _sources(argument: str) -> Iterator[Source]:
    if argument == STANDARD_INPUT:
        yield Source("<stdin>", "<stdin>", fetched(sys.stdin.buffer))
    elif os.path.isdir(argument):
        yield from _in_folder(argument)
    elif os.path.lexists(argument):
        yield Source(argument, shown(argument))
    else:
        yield _in_library(argument)


def _in_folder(folder: str) -> Iterator[Source]:
    prefix = os.path.dirname(os.path.abspath(folder)) if os.path.isabs(folder) else ""
    empty = True
    for path in _walk(folder):
        empty = False
        outside = os.path.isabs(folder) and shown(path) == os.path.basename(path)
        name = os.path.relpath(path, prefix).replace(os.sep, "/") if outside else shown(path)
        yield Source(path, name)
    if empty:
        message = "the folder holds no game files"
        hint = "game files end in .yaml, .yml, .efg or .nfg"
        yield Source(folder, shown(folder), missing=Problem("no-files", message, folder, hint=hint))


def _walk(folder: str) -> list[str]:
    """The game files under a folder, those of hidden folders left out, sorted by path."""
    found: list[str] = []
    for root, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [
            os.path.join(root, name)
            for name in files
            if name.endswith(SUFFIXES) and not name.startswith(".")
        ]
    return sorted(found, key=lambda path: Path(path).parts)


def _in_library(name: str) -> Source:
    from alliance_games.reading import library

    path = library.find(name)
    if path is not None:
        return Source(str(path), f"games/{library.name_of(path)}{library.SUFFIX}")
    close = library.close_names(name)
    hint = f"did you mean {' or '.join(close)}?" if close else "`alliance-games list` lists games"
    message = "there is no such file, and no game of the library is called so"
    return Source(name, shown(name), missing=Problem("no-such-file", message, name, hint=hint))
