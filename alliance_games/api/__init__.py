"""The library's front door: ``import alliance_games as ag``.

>>> import alliance_games as ag
>>> solved = ag.load("stag_hunt").solve("nash")
>>> for one in solved.solutions:
...     print(one, one.payoffs["Alice"])
Alice: Stag; Jack: Stag 4
Alice: 3/4 Stag + 1/4 Rabbit; Jack: 3/4 Stag + 1/4 Rabbit 3
Alice: Rabbit; Jack: Rabbit 3

Numbers are exact (``fractions.Fraction``). In a notebook a game and its answers draw themselves.
"""

from __future__ import annotations

import os

from alliance_games.api.model import Model
from alliance_games.api.solved import Found, Solved
from alliance_games.concepts import catalogue
from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.coalitional import CoalitionalGame, Vote
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.other_forms import OtherForm
from alliance_games.model.problems import InvalidGame, Problem
from alliance_games.results.concept import Game
from alliance_games.results.result import Coverage, Result, Status
from alliance_games.results.solutions import Certificate

__all__ = [
    "AnonymousGame",
    "Certificate",
    "CoalitionalGame",
    "Coverage",
    "ExtensiveGame",
    "Found",
    "InvalidGame",
    "Model",
    "NormalGame",
    "Problem",
    "Result",
    "Solved",
    "Status",
    "Vote",
    "catalogue",
    "load",
    "loads",
]


def load(source: str | os.PathLike[str] | Game) -> Model:
    """The model in a game file, in a game of the library (by name), in a text, or in a game.

    A string of several lines is the text of a game itself. A game made in Python (a NormalGame,
    say) becomes a model without parameters. Raises InvalidGame, with every problem of the file,
    for what is no game or is not there.
    """
    if isinstance(source, NormalGame | AnonymousGame | ExtensiveGame | OtherForm):
        from alliance_games.model.given import study_of

        return Model(study_of(source))
    if isinstance(source, str) and "\n" in source:
        return loads(source)
    from alliance_games.batch.request import read
    from alliance_games.batch.sources import find_sources

    path = os.fspath(source)
    if os.path.isdir(path) or path == "-":
        message = f"{path} is no game file"
        raise InvalidGame([Problem("no-such-file", message, path)])
    return Model(read(find_sources([path])[0]))


def loads(text: str | bytes, name: str = "<text>") -> Model:
    """The model in the text of a game file; ``name`` is what its problems call it.

    Raises InvalidGame with every problem of the text.
    """
    from alliance_games.concepts import names
    from alliance_games.reading import read_study

    return Model(read_study(text, name, names()))
