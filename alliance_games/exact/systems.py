"""Systems of polynomial equalities and inequalities, solved exactly: all real solutions, as cells.

``elimination`` simplifies and splits; what is left falls into blocks that share no variable. A
block in one variable is solved by its roots, a linear one by exact linear programs and vertex
enumeration, one with finitely many solutions by elimination theory; z3 decides the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from alliance_games.exact.algebraic import Exact, sign
from alliance_games.exact.elimination import Branch, Solved, step, tidy
from alliance_games.exact.polynomials import Polynomial, Ring, evaluate
from alliance_games.exact.tableau import Tick, no_limit

Point = tuple[Exact, ...]
Relation = tuple[Polynomial, str]
"""A polynomial that is '=', '>=' or '>' zero."""

MOST_CORNERS = 20_000


class Undecided(Exception):
    """What could not be settled about a system, in words."""


@dataclass(frozen=True, slots=True)
class System:
    """Every polynomial of ``equal`` is zero, of ``at_least`` zero or more, of ``above`` more."""

    ring: Ring
    equal: tuple[Polynomial, ...] = ()
    at_least: tuple[Polynomial, ...] = ()
    above: tuple[Polynomial, ...] = ()

    def holds(self, point: Sequence[Exact]) -> bool:
        """Whether a point satisfies every condition, exactly."""
        return (
            all(evaluate(p, point) == 0 for p in self.equal)
            and all(sign(evaluate(p, point)) >= 0 for p in self.at_least)
            and all(sign(evaluate(p, point)) > 0 for p in self.above)
        )


@dataclass(frozen=True, slots=True)
class Cell:
    """A set of solutions with an exact description.

    ``sample`` is a point of it, in its relative interior where it is a polytope; ``corners`` are
    the vertices of its closure where that is a bounded polytope, else (). ``conditions`` describe
    it, none of them implied by the others as far as could be told. ``dimension`` is exact for
    polytopes, for points and for sets that are open in the variables left free; for other sets
    it is the dimension at the sample that the rank of the equalities' derivatives there gives.
    """

    sample: Point
    dimension: int
    corners: tuple[Point, ...]
    conditions: tuple[Relation, ...]

    def holds(self, point: Sequence[Exact]) -> bool:
        """Whether the cell contains a point, exactly."""
        return all(met(evaluate(p, point), relation) for p, relation in self.conditions)


def met(value: Exact, relation: str) -> bool:
    """Whether a number is '=', '>=' or '>' zero."""
    one = sign(value)
    return one == 0 if relation == "=" else one > 0 or (one == 0 and relation == ">=")


def solve(system: System, tick: Tick = no_limit) -> tuple[Cell, ...]:
    """The cells whose union is exactly the solution set; () where there is proven to be none.

    Cells may overlap, but none lies in another as far as could be told. Raises Undecided.
    """
    pieces = list(_pieces_of(system, tick, whole=True))
    return tuple(_without_absorbed([_cell(piece) for piece in pieces]))


def feasible(system: System, tick: Tick = no_limit) -> Point | None:
    """A solution, or None where there is provably none. Raises Undecided."""
    piece = next(_pieces_of(system, tick, whole=False), None)
    return None if piece is None else _cell(piece).sample


@dataclass(frozen=True, slots=True)
class Work:
    """What every step needs: the ring, the limit's tick, whether z3 may be asked, and whether all
    solutions are wanted with their description, or some point of each part is enough.
    """

    ring: Ring
    tick: Tick
    solver: bool = True
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell in some of the variables; ``corners`` is None where it is no bounded polytope."""

    sample: dict[int, Exact]
    dimension: int
    corners: tuple[dict[int, Exact], ...] | None
    conditions: tuple[Relation, ...]


def _pieces_of(system: System, tick: Tick, *, whole: bool) -> Iterator[Piece]:
    branch = Branch(system.equal, system.at_least, system.above)
    return pieces_of(branch, range(len(system.ring.names)), Work(system.ring, tick, whole=whole))


def pieces_of(branch: Branch, variables: Iterable[int], work: Work) -> Iterator[Piece]:
    """The cells of a branch, in the given variables."""
    variables = tuple(variables)
    stack = [branch]
    while stack:
        work.tick()
        tidied = tidy(stack.pop())
        if tidied is None:
            continue
        branches = step(tidied, work.ring)
        if branches is None:
            yield from _finished(tidied, variables, work)
        else:
            stack.extend(reversed(branches))


def _finished(branch: Branch, variables: tuple[int, ...], work: Work) -> Iterator[Piece]:
    given = {solved.variable for solved in branch.solved}
    left = [variable for variable in variables if variable not in given]
    found: list[list[Piece]] = []
    for block, part in sorted(_blocks(branch, left), key=_difficulty):
        pieces = _block(part, block, work)
        if not pieces:
            return
        found.append(pieces)
    for combination in product(*found):
        yield _lifted(_joined(combination), branch.solved, work.ring)


def _difficulty(block: tuple[tuple[int, ...], Branch]) -> tuple[int, int, int]:
    variables, part = block
    degree = max((int(p.total_degree()) for p in _all(part)), default=0)
    return (degree > 1 and len(variables) > 1, len(variables), variables[0])


def _all(branch: Branch) -> tuple[Polynomial, ...]:
    return (*branch.equal, *branch.at_least, *branch.above)


def _blocks(branch: Branch, variables: Sequence[int]) -> list[tuple[tuple[int, ...], Branch]]:
    """The variables in groups that share no condition, each with the conditions on it."""
    group = {variable: {variable} for variable in variables}
    uses = {
        id(p): [variable for variable, degree in enumerate(p.degrees()) if degree]
        for p in _all(branch)
    }
    for used in uses.values():
        first = group[used[0]]
        for variable in used[1:]:
            if group[variable] is not first:
                first |= group[variable]
                for other in group[variable]:
                    group[other] = first
    blocks = []
    for variable in variables:
        members = group[variable]
        if variable != min(members):
            continue

        def mine(
            polynomials: Iterable[Polynomial], members: set[int] = members
        ) -> tuple[Polynomial, ...]:
            return tuple(p for p in polynomials if uses[id(p)][0] in members)

        part = Branch(mine(branch.equal), mine(branch.at_least), mine(branch.above))
        blocks.append((tuple(sorted(members)), part))
    return blocks


def _block(part: Branch, variables: tuple[int, ...], work: Work) -> list[Piece]:
    if len(variables) == 1:
        from alliance_games.exact.intervals import intervals

        return intervals(part, work.ring, variables[0])
    if all(p.total_degree() == 1 for p in _all(part)):
        from alliance_games.exact.linear_cells import linear_cells

        return linear_cells(part, variables, work)
    from alliance_games.exact.nonlinear import nonlinear_cells

    return nonlinear_cells(part, variables, work)


# Putting together


def _joined(pieces: Sequence[Piece]) -> Piece:
    """The product of cells in different variables."""
    if len(pieces) == 1:
        return pieces[0]
    sample: dict[int, Exact] = {}
    count = 1
    for piece in pieces:
        sample |= piece.sample
        count *= len(piece.corners or ())
    corners: tuple[dict[int, Exact], ...] | None = None
    if 0 < count <= MOST_CORNERS:
        corners = tuple(
            {variable: value for corner in chosen for variable, value in corner.items()}
            for chosen in product(*(piece.corners or () for piece in pieces))
        )
    return Piece(
        sample,
        sum(piece.dimension for piece in pieces),
        corners,
        tuple(condition for piece in pieces for condition in piece.conditions),
    )


def _lifted(piece: Piece, solved: Sequence[Solved], ring: Ring) -> Piece:
    """The cell with the variables that were solved for."""
    if not solved:
        return piece
    sample = _completed(piece.sample, solved, ring)
    corners = piece.corners
    if corners is not None:
        if piece.dimension == 0:
            corners = (sample,)
        elif _straight(corners, solved):
            corners = tuple(_completed(corner, solved, ring) for corner in corners)
        else:
            corners = None
    equations = tuple(
        (one.denominator * ring.variables[one.variable] + one.numerator, "=") for one in solved
    )
    return Piece(sample, piece.dimension, corners, (*equations, *piece.conditions))


def _straight(corners: tuple[dict[int, Exact], ...], solved: Sequence[Solved]) -> bool:
    """Whether the solved variables are affine functions on a polytope with these corners."""
    first = corners[0]
    varying = {v for v, at in first.items() if any(corner[v] != at for corner in corners)}
    for one in reversed(solved):
        if any(degree and v in varying for v, degree in enumerate(one.denominator.degrees())):
            return False
        degrees = [sum(powers[v] for v in varying) for powers in one.numerator.to_dict()]
        if max(degrees, default=0) > 1:
            return False
        if any(degrees):
            varying.add(one.variable)
    return True


def _completed(values: dict[int, Exact], solved: Sequence[Solved], ring: Ring) -> dict[int, Exact]:
    point: list[Exact] = [Fraction(0)] * len(ring.names)
    for variable, value in values.items():
        point[variable] = value
    known = dict(values)
    for one in reversed(solved):
        value = -evaluate(one.numerator, point)
        if not one.denominator.is_one():
            value = value / evaluate(one.denominator, point)
        known[one.variable] = point[one.variable] = value
    return known


def _cell(piece: Piece) -> Cell:
    def listed(values: dict[int, Exact]) -> Point:
        return tuple(values[variable] for variable in sorted(values))

    corners = tuple(listed(corner) for corner in piece.corners or ())
    return Cell(listed(piece.sample), piece.dimension, corners, piece.conditions)


def _without_absorbed(cells: list[Cell]) -> list[Cell]:
    """The cells without those that plainly lie in another."""
    if len(cells) < 2:
        return cells
    kept: list[Cell] = []
    for place, cell in enumerate(cells):
        others = [*kept, *cells[place + 1 :]]
        if not any(_absorbs(other, cell) for other in others):
            kept.append(cell)
    return kept


def _absorbs(larger: Cell, smaller: Cell) -> bool:
    """Whether a cell contains a polytope: told by its corners and its inner point.

    A strict condition may vanish at a corner only where the smaller cell leaves that face out too.
    """
    if larger.dimension < smaller.dimension or not smaller.corners:
        return False
    if not larger.holds(smaller.sample):
        return False
    if smaller.dimension == 0:
        return True
    left_out = [p for p, relation in smaller.conditions if relation == ">"]
    for p, relation in larger.conditions:
        if p.total_degree() > 1:
            return False
        values = [evaluate(p, corner) for corner in smaller.corners]
        if not all(met(value, "=" if relation == "=" else ">=") for value in values):
            return False
        face = [c for c, value in zip(smaller.corners, values, strict=True) if value == 0]
        taken_out = any(all(evaluate(q, c) == 0 for c in face) for q in left_out)
        if relation == ">" and face and not taken_out:
            return False
    return True
