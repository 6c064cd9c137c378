"""Do these shares stand still, and does what is said of their neighbourhood hold?"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from alliance_games.certificates.eigenvalues import NotIsolated, characteristic, sides, without_root
from alliance_games.certificates.mutants import resists
from alliance_games.exact.linear import rank
from alliance_games.model.normal import NormalGame
from alliance_games.model.populations import Population, in_order, population
from alliance_games.model.profiles import is_distribution
from alliance_games.results.named.evolution import RestPoint
from alliance_games.results.solutions import Certificate, Solution

CLAIM = (
    "what each strategy earns was computed, every eigenvalue of the dynamics was enclosed, and the "
    "criterion named was held to its definition"
)

Vector = Sequence[Fraction]


def check_rest_point(game: NormalGame, solution: Solution) -> Certificate:
    """Hold a rest point of the replicator dynamics to the definition (Taylor and Jonker 1978)."""
    crowd = population(game)
    if crowd is None or not isinstance(solution, RestPoint):
        return Certificate(False, f"a {solution.kind} is no answer to this question")
    try:
        at = in_order(crowd.names, dict(solution.strategy))
        corners = [in_order(crowd.names, dict(corner)) for corner in solution.corners]
    except KeyError:
        return Certificate(False, "it names other strategies than the game has")
    if not all(map(is_distribution, (at, *corners))):
        return Certificate(False, "these are no shares")
    rates = _growth(crowd, at)
    used = [i for i, share in enumerate(at) if share]
    if any(rates[i] for i in used) or _mean(crowd, at) != solution.payoff:
        return Certificate(False, "it does not stand still there, or another is earned")
    told = {crowd.names[i]: rate for i, rate in enumerate(rates) if i not in used}
    if dict(solution.growth) != told or solution.equilibrium != (max(rates) <= 0):
        return Certificate(False, "what is said of strategies that nobody plays does not hold")
    try:
        found = _eigenvalues(crowd, at)
    except NotIsolated as unsettled:
        return Certificate(False, str(unsettled))
    left, right, on, zero = found
    if (left, right, on, zero) != (
        solution.attracting,
        solution.repelling,
        solution.rotating,
        solution.neutral,
    ):
        return Certificate(False, "the eigenvalues are others")
    if corners:
        holds = _is_continuum(crowd, at, corners) and solution.form == "continuum"
        holds = holds and _of_continuum(crowd, solution, at, corners)
    else:
        holds = _stands_alone(crowd, used) and _of_point(crowd, solution, at, rates)
    return Certificate(holds, CLAIM if holds else "what is said of its stability does not hold")


def _of_point(crowd: Population, told: RestPoint, at: Vector, rates: Vector) -> bool:
    """Whether form and stability are what the eigenvalues or another criterion say."""
    hyperbolic = not told.rotating and not told.neutral
    forms = {True: {"sink", "source", "saddle"}, False: {"degenerate", "centre"}}
    if told.form not in forms[hyperbolic]:
        return False
    if hyperbolic:
        ways = (bool(told.attracting), bool(told.repelling))
        named = {"sink": (True, False), "source": (False, True), "saddle": (True, True)}
        # A single strategy has no neighbours at all.
        if ways != named[told.form] and not (told.form == "sink" and ways == (False, False)):
            return False
    if told.form == "centre" and not _is_centre(told, at):
        return False
    match told.stability:
        case "unstable":
            return told.repelling > 0 or _is_left_along_an_edge(crowd, at, rates)
        case "asymptotically stable":
            return not told.repelling and (hyperbolic or resists(crowd, at, True))
        case "stable":
            return not told.repelling and (_is_centre(told, at) or resists(crowd, at, False))
        case "undecided":
            return not hyperbolic and not told.repelling and not resists(crowd, at, False)
    return False


def _is_centre(told: RestPoint, at: Vector) -> bool:
    """Three strategies in use and two imaginary eigenvalues: the planar Lotka-Volterra system that
    the dynamics is then equivalent to has closed orbits only (Bomze 1983)."""
    return len(at) == 3 and min(at) > 0 and told.rotating == 2


def _is_left_along_an_edge(crowd: Population, at: Vector, rates: Vector) -> bool:
    """Whether a second strategy gains from its own rise where it and the only one in use meet."""
    (own, *others) = (i for i, share in enumerate(at) if share)
    if others:
        return False
    return any(
        rates[j] == 0 and crowd.payoff(j, j) > crowd.payoff(own, j)
        for j in range(len(at))
        if j != own
    )


def _of_continuum(
    crowd: Population, told: RestPoint, at: Vector, corners: Sequence[Vector]
) -> bool:
    tables = [_growth(crowd, corner) for corner in corners]
    match told.stability:
        case "unstable":
            return any(min(column) >= 0 and max(column) > 0 for column in zip(*tables, strict=True))
        case "stable":
            return max(map(max, tables)) <= 0 and resists(crowd, at, False)
        case "undecided":
            return True
    return False


def _growth(crowd: Population, at: Vector) -> list[Fraction]:
    many = range(len(at))
    mean = _mean(crowd, at)
    return [sum((crowd.payoff(i, j) * at[j] for j in many), Fraction(0)) - mean for i in many]


def _mean(crowd: Population, at: Vector) -> Fraction:
    many = range(len(at))
    return sum((at[i] * crowd.payoff(i, j) * at[j] for i in many for j in many), Fraction(0))


def _eigenvalues(crowd: Population, at: Vector) -> tuple[int, int, int, int]:
    """The sides of the eigenvalues on the simplex.

    The whole Jacobian has one eigenvalue more, minus the mean payoff: its columns sum to that.
    """
    many = range(len(at))
    mean, rates = _mean(crowd, at), _growth(crowd, at)
    row = [
        sum((at[k] * (crowd.payoff(k, j) + crowd.payoff(j, k)) for k in many), Fraction(0))
        for j in many
    ]
    jacobian = [
        [
            (rates[i] if i == j else Fraction(0)) + at[i] * (crowd.payoff(i, j) - row[j])
            for j in many
        ]
        for i in many
    ]
    return sides(without_root(characteristic(jacobian), -mean))


def _stands_alone(crowd: Population, used: Sequence[int]) -> bool:
    """Whether no other shares of the same strategies stand still."""
    return _freedom(crowd, used) == 0


def _freedom(crowd: Population, used: Sequence[int]) -> int:
    rows = [[*(crowd.payoffs[i][j] for j in used), -1] for i in used]
    return len(used) + 1 - rank([*rows, [*(1 for _ in used), 0]])


def _is_continuum(crowd: Population, middle: Vector, corners: Sequence[Vector]) -> bool:
    """Whether the corners are the only rest points of their own strategies on the faces of the
    continuum that the middle lies in, and the middle is their mean."""
    from alliance_games.exact.linear import affine_dimension

    mean = [sum(column, Fraction(0)) / len(corners) for column in zip(*corners, strict=True)]
    if mean != list(middle) or len(set(map(tuple, corners))) != len(corners):
        return False
    used = [i for i, share in enumerate(middle) if share]
    for corner in corners:
        own = [i for i, share in enumerate(corner) if share]
        rates = _growth(crowd, corner)
        if any(rates[i] for i in used) or not set(own) <= set(used):
            return False
        rows = [[*(crowd.payoffs[i][j] for j in own), -1] for i in used]
        if rank([*rows, [*(1 for _ in own), 0]]) != len(own) + 1:
            return False
    return affine_dimension([tuple(corner) for corner in corners]) == _freedom(crowd, used) > 0
