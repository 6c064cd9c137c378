"""Regimes as a report: cells, knife edges, equilibria as formulas, a map and propositions."""

from __future__ import annotations

from collections.abc import Sequence

from alliance_games.exact.expression import Expression, Logic
from alliance_games.parametric.codec import notes
from alliance_games.parametric.statics import Comparative
from alliance_games.parametric.telling import Telling, Told
from alliance_games.parametric.wording import written
from alliance_games.report.blocks import (
    Block,
    Bullets,
    Column,
    Document,
    Facts,
    Heading,
    Note,
    Piece,
    Prose,
    Table,
    Text,
    text,
)
from alliance_games.report.opening import changed, value_words
from alliance_games.report.propositions import propositions, ranges_of, words
from alliance_games.report.regime_formulas import formulas
from alliance_games.report.regime_map import regime_map
from alliance_games.report.regime_names import lines_of, worth_a_line
from alliance_games.report.regime_statics import blocks as regime_statics
from alliance_games.report.words import count, listed, number
from alliance_games.results.solutions import Behaviour, Solution

Lines = tuple[Text, ...]

MOST_LISTED = 12
"""Answers listed in one cell of a table; documents hold all of them."""


def build(
    telling: Telling,
    *,
    axes: tuple[str, str] | None = None,
    explain: bool = False,
    moves: Comparative | None = None,
) -> Document:
    """The whole report of one file; ``moves`` are its comparative statics, where they are asked."""
    found = telling.found
    blocks: list[Block] = [Heading(text("Cells"), 2), *_cells(telling, telling.cells)]
    if telling.edges:
        blocks += [Heading(text("Knife edges"), 2), *_cells(telling, telling.edges)]
    blocks += _undivided(telling)
    if telling.excluded:
        items = tuple(text(_where(one), ": ", one.regime.cell.excluded) for one in telling.excluded)
        blocks += [Heading(text("Left out"), 2), Bullets(items)]
    blocks += _verified(telling, explain)
    blocks += formulas(telling)
    if moves is not None:
        blocks += regime_statics(telling, moves)
    blocks += regime_map(telling, axes)
    blocks += _propositions(telling)
    # The opening comes last: it says which definitions the rest has used.
    blocks = [Heading(text(found.study.title), 1), *_opening(telling), *blocks]
    return Document(found.study.title, tuple(blocks))


def _opening(telling: Telling) -> list[Block]:
    found = telling.found
    free = listed(found.region.symbols.names) or "no parameter"
    pairs: list[tuple[Text, Text]] = [
        (text(Piece("For all", "muted")), text(free)),
    ]
    if found.study.game.assumptions:
        said = ", ".join(one.text for one in found.study.game.assumptions)
        pairs.append((text(Piece("Assumes", "muted")), text(said)))
    ranges = [written(one) for one in ranges_of(telling)]
    if ranges:
        pairs.append((text(Piece("Ranges", "muted")), text(", ".join(ranges))))
    used = telling.writer.used
    for place, (name, definition) in enumerate(used.items()):
        label = "Defines" if place == 0 else " "
        pairs.append((text(Piece(label, "muted")), text(f"{name} = {written(definition)}")))
    if found.held:
        held = changed((name, value_words(value)) for name, value in found.held.items())
        pairs.append((text(Piece("Held at", "muted")), text(held)))
    pairs.append((text(Piece("Asked", "muted")), text(", ".join(found.concepts))))
    blocks: list[Block] = [Facts(tuple(pairs))]
    blocks += [Note(text(said), "warning") for said in notes(telling)]
    return blocks


def _undivided(telling: Telling) -> list[Block]:
    """The knife edges that were not looked into, by their equalities."""
    cell = telling.found.undivided
    if cell is None:
        return []
    said = (
        f"There are more knife edges than are looked into one by one: {len(cell.leaves):,} of them "
        "are left undivided (--edges says how many to look into). They lie where one or several "
        "of these hold:"
    )
    return [Prose(text(said)), Bullets(tuple(text(written(one)) for one in telling.undivided))]


def _cells(telling: Telling, cells: Sequence[Told]) -> list[Block]:
    if not cells:
        return [Prose(text("None."))]
    heads = [Column(text("")), Column(text("Where"))]
    heads += [Column(text(_title(concept))) for concept in telling.found.concepts]
    heads.append(Column(text("For instance")))
    rows = []
    for told in cells:
        row: list[Lines] = [(text(Piece(told.label, "strong")),), _condition_lines(told)]
        described = dict(told.regime.cell.outcome or ())
        for concept in telling.found.concepts:
            row.append(_answers(concept, described.get(concept, ()), telling))
        row.append(_sample(told, telling))
        rows.append(tuple(row))
    return [Table(tuple(heads), tuple(rows))]


_TITLES = {
    "nash": "Equilibria",
    "pure-nash": "Pure equilibria",
    "risk-dominance": "Risk-dominant",
    "payoff-dominance": "Payoff-dominant",
    "laplacian": "Laplacian choice",
    "dominance": "Dominance",
    "pareto": "Efficient",
    "rationalizable": "Rationalizable",
    "subgame-perfect": "Subgame perfect",
}


def _title(concept: str) -> str:
    return _TITLES.get(concept, concept)


def _where(told: Told) -> str:
    return "everywhere" if told.where is None else words(told.where)


def _condition_lines(told: Told) -> Lines:
    """One line per alternative, or per condition where they are long."""
    lines: list[Text] = []
    if told.where is None:
        lines.append(text("everywhere"))
    else:
        lines += [text(line) for line in condition_lines(told.where)]
    if told.regime.cell.undecided:
        lines.append(text(Piece(f"undecided: {told.regime.cell.undecided}", "warning")))
    return tuple(lines)


def condition_lines(where: Expression) -> list[str]:
    """A condition as lines: alternatives under each other, long conjunctions too."""
    if isinstance(where, Logic) and where.operator == "or":
        lines: list[str] = []
        for place, part in enumerate(where.operands):
            inner = condition_lines(part)
            lines += [f"or {inner[0]}" if place else inner[0], *inner[1:]]
        return lines
    if isinstance(where, Logic) and len(written(where)) > 60:
        parts = [written(part) for part in where.operands]
        return [parts[0], *(f"and {part}" for part in parts[1:])]
    return [written(where)]


def _answers(concept: str, solutions: Sequence[Solution], telling: Telling) -> Lines:
    solutions = [one for one in solutions if worth_a_line(one, telling)]
    lines = [text(line) for one in solutions[:MOST_LISTED] for line in lines_of(one, telling)]
    if len(solutions) > MOST_LISTED:
        lines.append(text(Piece(f"and {len(solutions) - MOST_LISTED:,} more", "muted")))
    if not lines:
        return (text(Piece("none" if concept != "risk-dominance" else "-", "muted")),)
    if any(isinstance(one, Behaviour) and one.properties for one in solutions):
        lines.append(text(Piece("(pure ones; at ties players may also mix)", "muted")))
    return tuple(lines)


def _sample(told: Told, telling: Telling) -> Lines:
    regime = told.regime
    if regime.sample is None:
        return (text(Piece("no point known", "warning")),)
    symbols = telling.found.region.symbols
    pairs = list(zip(symbols.names, regime.sample, symbols.defaults, strict=True))
    moved = [f"{name} = {number(value)}" for name, value, default in pairs if value != default]
    lines = [text(", ".join(moved) if moved else "the defaults")]
    if regime.checked:
        lines.append(text(Piece(f"not solved there: {regime.checked}", "muted")))
    return tuple(lines)


def _verified(telling: Telling, explain: bool) -> list[Block]:
    found = telling.found
    if found.stopped:
        return []
    parts = []
    if not found.covers and not found.disjoint:
        parts.append(
            "Every value that the assumptions allow lies in exactly one of these cells and edges"
            f"{', those left undivided among them' if found.undivided is not None else ''}: proved."
        )
    else:
        if found.covers:
            parts.append(f"Whether they cover the region is not certain: {found.covers}.")
        if found.disjoint:
            parts.append(f"Whether they overlap is not certain: {found.disjoint}.")
    solved = sum(1 for r in found.regimes if not r.checked)
    parts.append(
        f"At the example of {'each' if solved == len(found.regimes) else str(solved)} of "
        f"{'them' if solved == len(found.regimes) else len(found.regimes)} the solver found the "
        "same."
    )
    blocks: list[Block] = [Prose(text(" ".join(parts)))]
    if explain:
        blocks.append(Prose(text(_explained(telling))))
    return blocks


def _explained(telling: Telling) -> str:
    found = telling.found
    decider = found.region.decider
    leaves = sum(len(regime.cell.leaves) for regime in found.regimes)
    return (
        "The conditions of each concept were followed through all signs that the payoffs' "
        f"differences can have: {count(leaves, 'way', 'ways')} through "
        f"{count(len(decider.factors.polynomials), 'polynomial')}, with "
        f"{decider.questions:,} questions to z3's real arithmetic; ways with the same answer were "
        "joined, and each condition that the assumptions or the others imply was left out."
    )


def _propositions(telling: Telling) -> list[Block]:
    said = propositions(telling)
    if not said:
        return []
    return [
        Heading(text("In words"), 2),
        *(Prose(text(words(sentence))) for sentence in said),
    ]


__all__ = ["build", "condition_lines"]
