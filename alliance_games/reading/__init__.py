"""From text to a Study.

The node tree with places, the formula grammar, one file per kind of body, and the library of
games that ships with the package. This room collects every fault of a file at once; it never
solves, prints or evaluates Python.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from alliance_games.model.study import Study
    from alliance_games.reading.source import Source

__all__ = ["read_file", "read_study", "read_text"]


def read_text(
    text: str | bytes, file: str = "", known_concepts: Collection[str] | None = None
) -> Study:
    """The study that a text holds; ``file`` is what its problems call it.

    With ``known_concepts``, a concept of another name is a fault. ``extends:`` is looked for
    beside ``file``, then in the library. Raises InvalidGame with all problems of the text.
    """
    from alliance_games.reading.source import decode

    data = text.encode("utf-8", "surrogatepass") if isinstance(text, str) else text
    source, found = decode(data, file)
    if found:
        from alliance_games.model.problems import InvalidGame

        raise InvalidGame(found)
    return _study(source, known_concepts)


read_study = read_text


def read_file(path: str | Path, known_concepts: Collection[str] | None = None) -> Study:
    """The study in a file, whose size is asked before it is read.

    Raises InvalidGame with all problems of the file, also where there is none or it cannot be
    read.
    """
    from alliance_games.reading.source import read_source

    source, found = read_source(path)
    if found:
        from alliance_games.model.problems import InvalidGame

        raise InvalidGame(found)
    return _study(source, known_concepts)


def _study(source: Source, known_concepts: Collection[str] | None) -> Study:
    from alliance_games.reading.files import study_of

    return study_of(source, known_concepts)
