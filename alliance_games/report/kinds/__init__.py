"""How each other form of game is drawn and read, a file to each kind (``coalitional.py``...).

A file defines

``draw(game, answer, generous)``
    the game as a list of blocks; ``answer`` is the answer to the case, or None where there is
    none yet; ``generous`` draws larger games whole.
``meaning(answer)``
    the paragraphs under 'What it means', a list of text.
``COLUMNS``
    for several cases side by side: pairs of a title and a function from the answer to a case to
    the lines of its cell.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Protocol, cast

from alliance_games.model.other_forms import OtherForm
from alliance_games.report.blocks import Block
from alliance_games.results.cases import CaseAnswer


class Room(Protocol):
    """What a file of this folder offers."""

    COLUMNS: Sequence[tuple[str, Callable[[CaseAnswer], list[str]]]]

    def draw(self, game: OtherForm, answer: CaseAnswer | None, generous: bool) -> list[Block]: ...

    def meaning(self, answer: CaseAnswer) -> list[str]: ...


def room(game: OtherForm) -> Room:
    """The file for a game's kind."""
    return cast("Room", import_module(f"{__name__}.{game.kind}"))
