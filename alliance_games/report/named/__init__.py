"""What reports say of records, a file to each family of ``results/named/``.

A file defines ``blocks(result, answer)``: what stands under the concept's heading, as a list of
blocks (tables of values and shares, plots, sentences). ``result`` holds records of that family
only; ``answer`` is the answer to the whole case, with the game in ``answer.case.game``. A family of
answers to games in normal form may also define ``COLUMNS``, as the files of ``report/kinds/`` do.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from alliance_games.report.blocks import Block
from alliance_games.results.cases import CaseAnswer
from alliance_games.results.records import Record
from alliance_games.results.result import Result


def blocks(result: Result, answer: CaseAnswer) -> list[Block]:
    """What a result made of records says."""
    first = next(one for one in result.solutions if isinstance(one, Record))
    found: list[Block] = import_module(f"{__name__}.{first.family}").blocks(result, answer)
    return found


def columns(answer: CaseAnswer) -> list[tuple[str, Callable[[CaseAnswer], list[str]]]]:
    """The columns that the families of a case's records bring for cases side by side."""
    families = {
        one.family: None
        for result in answer.results
        for one in result.solutions
        if isinstance(one, Record)
    }
    modules = (import_module(f"{__name__}.{family}") for family in families)
    return [column for module in modules for column in getattr(module, "COLUMNS", ())]
