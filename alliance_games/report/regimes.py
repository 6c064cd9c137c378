"""Regimes as a report: cells, knife edges, equilibria as formulas, a map and propositions."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from alliance_games.algorithms.pure_conditions import as_pure_profile
from alliance_games.exact.expression import Expression, Logic
from alliance_games.model.profiles import Mixed
from alliance_games.model.rankings import OrdinalTable
from alliance_games.parametric.codec import notes
from alliance_games.parametric.describing import Description, flatten
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
from alliance_games.report.propositions import propositions, words
from alliance_games.report.regime_map import regime_map
from alliance_games.report.words import count, listed, number, profile_words
from alliance_games.results.solutions import (
    Behaviour,
    Component,
    Dominant,
    Dominated,
    Members,
    Point,
    Selection,
    Solution,
)

Lines = tuple[Text, ...]

MOST_LISTED = 12
"""Answers listed in one cell of a table; documents hold all of them."""

MOST_PLAYERS = 4
"""Players that get a column each; the equilibria of more are in the documents."""

MOST_FORMULAS = 60
"""Equilibria told as formulas."""


def build(
    telling: Telling, *, axes: tuple[str, str] | None = None, explain: bool = False
) -> Document:
    """The whole report of one file."""
    found = telling.found
    blocks: list[Block] = [
        Heading(text(found.study.title), 1),
        *_opening(telling),
        Heading(text("Cells"), 2),
        *_cells(telling, telling.cells),
    ]
    if telling.edges:
        blocks += [Heading(text("Knife edges"), 2), *_cells(telling, telling.edges)]
    blocks += _undivided(telling)
    if telling.excluded:
        items = tuple(text(_where(one), ": ", one.regime.cell.excluded) for one in telling.excluded)
        blocks += [Heading(text("Left out"), 2), Bullets(items)]
    blocks += _verified(telling, explain)
    blocks += _formulas(telling)
    blocks += regime_map(telling, axes)
    blocks += _propositions(telling)
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
    ranges = ranges_in_words(telling)
    if ranges:
        pairs.append((text(Piece("Ranges", "muted")), text(", ".join(ranges))))
    if found.held:
        held = changed((name, value_words(value)) for name, value in found.held.items())
        pairs.append((text(Piece("Held at", "muted")), text(held)))
    pairs.append((text(Piece("Asked", "muted")), text(", ".join(found.concepts))))
    blocks: list[Block] = [Facts(tuple(pairs))]
    blocks += [Note(text(said), "warning") for said in notes(telling)]
    return blocks


def ranges_in_words(telling: Telling) -> list[str]:
    """The declared ranges of the free parameters, as comparisons."""
    free = {name for name, _ in telling.found.region.symbols.places}
    said = []
    for parameter in telling.found.study.game.parameters:
        low, high = parameter.low, parameter.high
        if parameter.name not in free or (low is None and high is None):
            continue
        if low is None:
            said.append(f"{parameter.name} <= {high}")
        elif high is None:
            said.append(f"{parameter.name} >= {low}")
        else:
            said.append(f"{low} <= {parameter.name} <= {high}")
    return said


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


# Tables of cells


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
    "dominance": "Dominance",
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
    solutions = [one for one in solutions if _worth_a_line(one, telling)]
    lines = [text(name_of(one, telling)) for one in solutions[:MOST_LISTED]]
    if len(solutions) > MOST_LISTED:
        lines.append(text(Piece(f"and {len(solutions) - MOST_LISTED:,} more", "muted")))
    if not lines:
        return (text(Piece("none" if concept != "risk-dominance" else "-", "muted")),)
    if concept == "subgame-perfect" and len(lines) > 1:
        lines.append(text(Piece("(pure ones; at ties players may also mix)", "muted")))
    return tuple(lines)


def name_of(one: Solution, telling: Telling) -> str:
    """A short name of a solution: ``(Stag, Stag)``, ``mixed 1``, ``continuum 2``."""
    if isinstance(one, Point):
        pure = as_pure_profile(one.profile)
        if pure is not None:
            return profile_words(tuple(telling.names.pure(pure).values()))
        return f"mixed {_number(one, telling)}"
    if isinstance(one, Component):
        return f"continuum {_number(one, telling)}"
    if isinstance(one, Selection):
        if one.profile is None:
            return "neither" if len(one.compared) == 2 else "none"
        return profile_words(tuple(telling.names.pure(one.profile).values()))
    if isinstance(one, Dominant):
        player = telling.names.players[one.player]
        strategy = telling.names.strategies(one.player)[one.strategy]
        return f"{strategy} dominant for {player} ({one.strength})"
    if isinstance(one, Dominated):
        player = telling.names.players[one.player]
        strategy = telling.names.strategies(one.player)[one.strategy]
        return f"{strategy} dominated for {player} ({one.strength})"
    if isinstance(one, Members):
        return f"left: {_members(one, telling)}"
    if isinstance(one, Behaviour):
        return play_words(one, telling)
    return str(one.kind)


def _members(one: Members, telling: Telling) -> str:
    return "; ".join(
        f"{name} {', '.join(telling.names.strategies(player)[i] for i in one.members[player])}"
        for player, name in enumerate(telling.names.players)
    )


def _worth_a_line(one: Solution, telling: Telling) -> bool:
    """Whether a solution says what others do not."""
    if isinstance(one, Dominated):
        return len(telling.names.strategies(one.player)) > 2
    if isinstance(one, Members):
        sizes = [len(telling.names.strategies(p)) for p in range(len(one.members))]
        return [len(left) for left in one.members] != sizes
    return True


def play_words(one: Behaviour, telling: Telling) -> str:
    """What everybody does in a tree: ``Major offer full; Minor light accept, full accept``."""
    parts = []
    for player, name in enumerate(telling.names.players):
        chosen = []
        for index, label, actions in telling.names.sets_of(player):
            mixed = one.choices[index]
            if mixed is None:
                continue
            action = _mixture(mixed, actions, telling)
            chosen.append(action if label == "start" else f"{label}: {action}")
        if chosen:
            parts.append(f"{name} {', '.join(chosen)}")
    return "; ".join(parts)


def _mixture(mixed: Mixed, names: Sequence[str], telling: Telling) -> str:
    used = [i for i, p in enumerate(mixed) if not (isinstance(p, Fraction) and p == 0)]
    if len(used) == 1:
        return names[used[0]]
    return ", ".join(f"{names[i]}: {telling.writer.text(mixed[i])}" for i in used)


def _number(one: Any, telling: Telling) -> int:
    """The place of a mixed equilibrium or continuum among those of its kind."""
    kind = type(one)
    known = [other for other in distinct(telling) if isinstance(other, kind)]
    if kind is Point:
        known = [other for other in known if as_pure_profile(other.profile) is None]
    flat = flatten(one)
    return next(i for i, other in enumerate(known, 1) if flatten(other) == flat)


def distinct(telling: Telling) -> list[Any]:
    """The equilibria of all cells and edges, each once, pure ones first."""
    met: dict[object, Any] = {}
    for told in (*telling.cells, *telling.edges):
        for _, solutions in _description(told):
            for one in solutions:
                if isinstance(one, Point | Component):
                    met.setdefault(flatten(one), one)
    return sorted(
        met.values(),
        key=lambda one: (
            isinstance(one, Component),
            isinstance(one, Point) and as_pure_profile(one.profile) is None,
        ),
    )


def _description(told: Told) -> Description:
    return told.regime.cell.outcome or ()


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


# Formulas


def _formulas(telling: Telling) -> list[Block]:
    """The equilibria as formulas: of each cell's, those that are no mere pure profile as well."""
    every = distinct(telling)
    if not every:
        return []
    players = telling.names.players
    if len(players) > MOST_PLAYERS or isinstance(telling.found.study.game.body, OrdinalTable):
        return []
    rows = []
    continua: list[Text] = []
    for one in every[:MOST_FORMULAS]:
        name = name_of(one, telling)
        where = ", ".join(
            told.label
            for told in (*telling.cells, *telling.edges)
            if any(flatten(one) == flatten(x) for _, s in _description(told) for x in s)
        )
        if isinstance(one, Point):
            rows.append(_formula_row(name, one.profile, one.payoffs, where, telling))
        else:
            for place, (profile, payoffs) in enumerate(
                zip(one.extreme_points, one.payoffs, strict=True)
            ):
                tag = f"{name}, corner {place + 1}"
                rows.append(_formula_row(tag, profile, payoffs, where, telling))
            continua.append(text(_continuum_words(name, one, telling)))
    heads = [Column(text("Equilibrium")), *(Column(text(name)) for name in players)]
    heads += [Column(text("Payoffs")), Column(text("In"))]
    blocks: list[Block] = [
        Heading(text("Equilibria as formulas"), 2),
        Table(tuple(heads), tuple(rows)),
    ]
    if continua:
        blocks.append(Bullets(tuple(continua)))
    if len(every) > MOST_FORMULAS:
        left = f"{len(every) - MOST_FORMULAS:,} more are in the document (--format json)."
        blocks.append(Note(text(left)))
    return blocks


def _formula_row(
    name: str, profile: Any, payoffs: Any, where: str, telling: Telling
) -> tuple[Lines, ...]:
    strategies: list[Lines] = []
    for player, mixed in enumerate(profile):
        names = telling.names.strategies(player)
        used = [i for i, p in enumerate(mixed) if not (isinstance(p, Fraction) and p == 0)]
        if len(used) == 1:
            strategies.append((text(names[used[0]]),))
        else:
            lines = [f"{names[i]}: {telling.writer.text(mixed[i])}" for i in used]
            if len(lines[-1]) > 40:
                lines[-1] = f"{names[used[-1]]}: the rest"
            strategies.append(tuple(map(text, lines)))
    worth = [telling.writer.text(payoff) for payoff in payoffs]
    if len(set(worth)) == 1 and len(worth) > 1:
        gains: Lines = (text(f"{worth[0]} each"),)
    elif sum(map(len, worth)) <= 30:
        gains = (text(", ".join(worth)),)
    else:
        gains = tuple(
            text(f"{player}: {value}")
            for player, value in zip(telling.names.players, worth, strict=True)
        )
    return ((text(Piece(name, "strong")),), *strategies, gains, (text(where),))


def solution_words(one: Solution, telling: Telling) -> tuple[str, str]:
    """The strategies and the payoffs of a solution as formulas, on one line each."""
    if isinstance(one, Point):
        return _profile_line(one.profile, telling), _payoff_line(one.payoffs, telling)
    if isinstance(one, Component):
        corners = [_profile_line(profile, telling) for profile in one.extreme_points]
        return " | ".join(corners), " | ".join(_payoff_line(p, telling) for p in one.payoffs)
    if isinstance(one, Behaviour):
        return play_words(one, telling), _payoff_line(one.payoffs, telling)
    return "", ""


def _profile_line(profile: Any, telling: Telling) -> str:
    names = telling.names
    return "; ".join(
        f"{names.players[player]}: {_mixture(mixed, names.strategies(player), telling)}"
        for player, mixed in enumerate(profile)
    )


def _payoff_line(payoffs: Any, telling: Telling) -> str:
    return ", ".join(map(telling.writer.text, payoffs))


def _continuum_words(name: str, one: Component, telling: Telling) -> str:
    subsets = len(one.subsets)
    parts = (
        "all mixtures of its corners, each player's by herself"
        if subsets == 1
        else f"a union of {subsets} sets of mixtures of its corners, joined at common ones"
    )
    return f"{name[0].upper()}{name[1:]} (dimension {one.dimension}): {parts}."


def _propositions(telling: Telling) -> list[Block]:
    said = propositions(telling)
    if not said:
        return []
    return [
        Heading(text("In words"), 2),
        *(Prose(text(words(sentence))) for sentence in said),
    ]


__all__ = ["build", "condition_lines", "name_of", "ranges_in_words", "solution_words"]
