"""A potential in lines: which kind, what maximises it, its values, or the cycle that forbids it."""

from __future__ import annotations

from alliance_games.report.blocks import Piece, Text, text
from alliance_games.report.words import both
from alliance_games.results.result import Result
from alliance_games.results.solutions import Selection

MOST_VALUES = 12


def lines(result: Result) -> list[Text]:
    """The reason, the weights if any, and the values where they are few."""
    shown: list[Text] = []
    for one in result.solutions:
        if not isinstance(one, Selection):
            continue
        split = [(*name.rpartition(" potential at "), value) for name, value in one.numbers.items()]
        values = [f"{name} {both(value)}" for kind, _, name, value in split if kind]
        others = [f"{name} {both(value)}" for kind, _, name, value in split if not kind]
        kinds = list(dict.fromkeys(kind for kind, _, _, _ in split if kind))
        head = kinds[0] if kinds else "none"
        shown.append(text(Piece(head, "strong"), f". {one.reason}"))
        if others:
            shown.append(text("; ".join(others)))
        if 0 < len(values) <= MOST_VALUES:
            shown.append(text("potential: ", "; ".join(values)))
    return shown or [text("not settled")]
