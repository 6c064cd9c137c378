"""Regimes as flat rows: one for each answer in each cell."""

from __future__ import annotations

from collections.abc import Iterator

from alliance_games.parametric.telling import Telling
from alliance_games.parametric.wording import written
from alliance_games.report.regime_names import lines_of, solution_words
from alliance_games.report.words import number

COLUMNS = ("file", "cell", "kind", "where", "sample", "concept", "answer", "formulas", "payoffs")


def rows(telling: Telling) -> Iterator[dict[str, str]]:
    """The rows in the order of the cells; a cell without an answer has one row that says so."""
    found = telling.found
    names = found.region.symbols.names
    for told in telling.all:
        regime = told.regime
        kind = "excluded" if regime.cell.excluded else "edge" if regime.cell.thin else "cell"
        sample = ", ".join(
            f"{name} = {number(value)}"
            for name, value in zip(names, regime.sample or (), strict=False)
        )
        head = {
            "file": found.study.file,
            "cell": told.label,
            "kind": kind,
            "where": "" if told.where is None else written(told.where),
            "sample": sample,
        }
        answers = [(concept, one) for concept, some in regime.cell.outcome or () for one in some]
        if not answers:
            blank = {"concept": "", "answer": regime.cell.excluded, "formulas": "", "payoffs": ""}
            yield {**head, **blank}
        for concept, one in answers:
            formulas, payoffs = solution_words(one, telling)
            yield {
                **head,
                "concept": concept,
                "answer": "; ".join(lines_of(one, telling)),
                "formulas": formulas,
                "payoffs": payoffs,
            }
