"""Does a mixture resist every mutant? By the definition, mutant by mutant.

A mutant only matters if it does as well against the incumbent. How much better the incumbent does
against the mutant is quadratic in the mutant, and along a ray from the incumbent its sign does not
change, so that mutants without one of the incumbent's strategies are enough. On the distributions
over some strategies a quadratic function is least at a stationary point of one of the faces, the
only one of its face (along a line of them the value is the same, up to a smaller face). So every
face is visited, its stationary point computed and the incumbent held against it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations

from alliance_games.exact.linear import affine_dimension, rank
from alliance_games.model.normal import NormalGame
from alliance_games.model.populations import Population, in_order, population
from alliance_games.model.profiles import is_distribution
from alliance_games.results.named.evolution import InvadedMixture, StableMixture
from alliance_games.results.solutions import Certificate, Solution

RESISTS = "the incumbent was held against the worst mutants of every face of its best replies"
INVADED = "the mutant does as well against it, and it does no better against the mutant"

Vector = list[Fraction]


def check_stable(game: NormalGame, solution: Solution, evolutionary: bool) -> Certificate:
    """Hold a mixture to the definition (Maynard Smith 1982; Weibull 1995, definitions 2.1, 2.4).

    ``evolutionary`` says which of the two was asked: whether the incumbent does better, or does no
    worse, against each mutant that does as well.
    """
    crowd = population(game)
    if crowd is None or not isinstance(solution, StableMixture | InvadedMixture):
        return Certificate(False, f"a {solution.kind} is no answer to this question")
    try:
        incumbent = in_order(crowd.names, dict(solution.strategy))
        corners = [in_order(crowd.names, dict(corner)) for corner in solution.corners]
    except KeyError:
        return Certificate(False, "it names other strategies than the game has")
    if not all(map(is_distribution, (incumbent, *corners))):
        return Certificate(False, "it is no distribution")
    earned = _against(crowd, incumbent)
    best = max(earned)
    if solution.payoff != best or any(
        p and value != best for p, value in zip(incumbent, earned, strict=True)
    ):
        gain = best - sum((p * v for p, v in zip(incumbent, earned, strict=True)), Fraction(0))
        return Certificate(False, "it is no symmetric equilibrium with this payoff", gain)
    replies = [i for i, value in enumerate(earned) if value == best]
    if solution.replies != tuple(crowd.names[i] for i in replies):
        return Certificate(False, "these are not its best replies")
    if corners and not _is_cell(crowd, incumbent, replies, corners):
        return Certificate(False, "these are not the corners of the equilibria like it")
    if isinstance(solution, InvadedMixture):
        return _invaded(crowd, solution, incumbent, earned, evolutionary)
    worst = _least_advantage(crowd, incumbent, replies)
    if solution.evolutionary != (worst is None or worst > 0):
        return Certificate(False, "what is said of evolutionary stability does not hold")
    if solution.closed != all(
        resists(crowd, point, evolutionary) for point in _edge(crowd, corners)
    ):
        return Certificate(False, "what is said of the edge of the continuum does not hold")
    return Certificate(resists(crowd, incumbent, evolutionary), RESISTS, Fraction(0))


def _invaded(
    crowd: Population,
    solution: InvadedMixture,
    incumbent: Sequence[Fraction],
    earned: Sequence[Fraction],
    evolutionary: bool,
) -> Certificate:
    try:
        mutant = in_order(crowd.names, dict(solution.mutant))
    except KeyError:
        return Certificate(False, "the mutant plays other strategies than the game has")
    if not is_distribution(mutant) or tuple(mutant) == tuple(incumbent):
        return Certificate(False, "this is no mutant")
    if sum((q * v for q, v in zip(mutant, earned, strict=True)), Fraction(0)) != max(earned):
        return Certificate(False, "the mutant does worse against the incumbent")
    advantage = _advantage(crowd, incumbent, mutant)
    if advantage != solution.advantage:
        return Certificate(False, "the advantage is another")
    corners = [in_order(crowd.names, dict(corner)) for corner in solution.corners]
    if solution.closed == any(
        resists(crowd, point, evolutionary) for point in _edge(crowd, corners)
    ):
        return Certificate(False, "what is said of the edge of the continuum does not hold")
    return Certificate(advantage < 0 or (evolutionary and advantage == 0), INVADED, Fraction(0))


def resists(crowd: Population, incumbent: Sequence[Fraction], evolutionary: bool) -> bool:
    """Whether a symmetric equilibrium does better than each mutant that does as well (or, where not
    ``evolutionary``, does no worse)."""
    earned = _against(crowd, incumbent)
    worst = _least_advantage(
        crowd, incumbent, [i for i, v in enumerate(earned) if v == max(earned)]
    )
    return worst is None or worst > 0 or (worst == 0 and not evolutionary)


def _edge(crowd: Population, corners: Sequence[Sequence[Fraction]]) -> list[tuple[Fraction, ...]]:
    """A point of every face of a polytope of equilibria, itself included: a face is known by the
    strategies played in it and the replies that are best everywhere in it."""
    found: dict[tuple[frozenset[int], frozenset[int]], tuple[Fraction, ...]] = {}
    for corner in corners:
        _note(crowd, tuple(corner), found)
    waiting = list(found.values())
    for point in waiting:  # grows while it is read
        for corner in corners:
            half = tuple((p + q) / 2 for p, q in zip(point, corner, strict=True))
            if _note(crowd, half, found):
                waiting.append(half)
    return list(found.values())


def _note(
    crowd: Population,
    point: tuple[Fraction, ...],
    found: dict[tuple[frozenset[int], frozenset[int]], tuple[Fraction, ...]],
) -> bool:
    """Whether no point of its face was known before."""
    earned = _against(crowd, point)
    used = frozenset(i for i, p in enumerate(point) if p)
    face = used, frozenset(i for i, value in enumerate(earned) if value == max(earned))
    return found.setdefault(face, point) is point


def _against(crowd: Population, mixture: Sequence[Fraction]) -> Vector:
    many = range(len(mixture))
    return [sum((crowd.payoff(i, j) * mixture[j] for j in many), Fraction(0)) for i in many]


def _advantage(
    crowd: Population, incumbent: Sequence[Fraction], mutant: Sequence[Fraction]
) -> Fraction:
    """How much more the incumbent gets from the mutant than the mutant itself."""
    earned = _against(crowd, mutant)
    return sum(
        ((p - q) * value for p, q, value in zip(incumbent, mutant, earned, strict=True)),
        Fraction(0),
    )


def _least_advantage(
    crowd: Population, incumbent: Sequence[Fraction], replies: Sequence[int]
) -> Fraction | None:
    """The least advantage over mutants without one of the incumbent's strategies; None where there
    are no mutants that do as well."""
    used = {i for i, p in enumerate(incumbent) if p}
    found = [
        _advantage(crowd, incumbent, mutant)
        for face in _subsets(replies)
        if not used <= set(face)
        for mutant in _stationary(crowd, incumbent, face)
    ]
    return min(found, default=None)


def _subsets(items: Sequence[int]) -> Iterator[tuple[int, ...]]:
    for number in range(1, len(items) + 1):
        yield from combinations(items, number)


def _stationary(
    crowd: Population, incumbent: Sequence[Fraction], face: Sequence[int]
) -> Iterator[Vector]:
    """The one mutant inside a face at which the advantage is stationary, if there is just one.

    The advantage over ``y`` is ``x A y - y A y``; its gradient is the same in all of the face.
    """
    many = range(len(incumbent))
    rows: list[list[Fraction | int]] = []
    for i in face:
        received = sum((incumbent[k] * crowd.payoff(k, i) for k in many), Fraction(0))
        rows.append([*(crowd.payoff(i, j) + crowd.payoff(j, i) for j in face), 1, received])
    rows.append([*(Fraction(1) for _ in face), Fraction(0), Fraction(1)])
    answer = _only_solution(rows)
    if answer is not None and min(answer[:-1]) > 0:
        mutant = [Fraction(0)] * len(incumbent)
        for place, share in zip(face, answer, strict=False):
            mutant[place] = share
        yield mutant


def _only_solution(rows: list[list[Fraction | int]]) -> Vector | None:
    """Gauss and Jordan on rows that end with the right side; None where it is singular."""
    work = [[Fraction(entry) for entry in row] for row in rows]
    for step in range(len(work)):
        swap = next((i for i in range(step, len(work)) if work[i][step]), None)
        if swap is None:
            return None
        work[step], work[swap] = work[swap], work[step]
        pivot = work[step][step]
        work[step] = [entry / pivot for entry in work[step]]
        for i, row in enumerate(work):
            if i != step and row[step]:
                factor = row[step]
                work[i] = [p - factor * q for p, q in zip(row, work[step], strict=True)]
    return [row[-1] for row in work]


def _is_cell(
    crowd: Population,
    middle: Sequence[Fraction],
    replies: Sequence[int],
    corners: Sequence[Sequence[Fraction]],
) -> bool:
    """Whether these are distinct equilibria with the middle's strategies and replies or a limit of
    such, each extreme (no other lies with it on a line), and the middle is their mean."""
    used = {i for i, p in enumerate(middle) if p}
    mean = [sum(column, Fraction(0)) / len(corners) for column in zip(*corners, strict=True)]
    if mean != list(middle) or len(set(map(tuple, corners))) != len(corners) or len(corners) < 2:
        return False
    for corner in corners:
        earned = _against(crowd, corner)
        tight = [i for i, value in enumerate(earned) if value == max(earned)]
        own = {i for i, p in enumerate(corner) if p}
        if not own <= used or not set(replies) <= set(tight):
            return False
        if not _alone(crowd, sorted(own), tight):
            return False
    return affine_dimension([tuple(corner) for corner in corners]) == _freedom(
        crowd, sorted(used), list(replies)
    )


def _alone(crowd: Population, used: Sequence[int], tight: Sequence[int]) -> bool:
    """Whether no other distribution over ``used`` has all of ``tight`` earn the same."""
    return _freedom(crowd, used, tight) == 0


def _freedom(crowd: Population, used: Sequence[int], tight: Sequence[int]) -> int:
    """How many dimensions the equations leave: all of ``tight`` earn the same, the sum is one."""
    rows = [[*(crowd.payoffs[i][j] for j in used), -1] for i in tight]
    rows.append([*(1 for _ in used), 0])
    return len(used) + 1 - rank(rows)
