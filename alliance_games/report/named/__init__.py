"""What reports say of records, a file to each family of ``results/named/``.

A file defines ``blocks(result, answer)``: what stands under the concept's heading, as a list of
blocks (tables of values and shares, plots, sentences). ``result`` holds records of that family
only; ``answer`` is the answer to the whole case, with the game in ``answer.case.game``.
"""

from __future__ import annotations

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
