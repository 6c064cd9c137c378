"""Is a profile, or a whole continuum of them, a Nash equilibrium of a two-player game?

Expected payoffs are summed over the pure profiles, as the definition says; for a product of two
polytopes it is enough that every vertex of the one with every vertex of the other has no
profitable deviation, because regret is linear in the other player's strategy where a best reply
stays one, and a mixture of best replies is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from alliance_games.certificates.flats import affine_dimension
from alliance_games.certificates.undominated import undominated
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Mixed, Payoffs, Profile, is_distribution
from alliance_games.results.solutions import Certificate, Component, Point, Solution, Subset


class Regrets(NamedTuple):
    """What each pure strategy would gain over the profile (never more than 0 in equilibrium)."""

    payoffs: Payoffs
    gains: tuple[tuple[Fraction, ...], ...]

    @property
    def largest(self) -> Fraction:
        """The most any player can gain by deviating; 0 where nobody can gain."""
        return max(map(max, self.gains))


def check(game: NormalGame, solution: Solution) -> Certificate:
    """Hold a point or a component to the definition (Nash 1951)."""
    if isinstance(solution, Point):
        return check_point(game, solution)
    if isinstance(solution, Component):
        return check_component(game, solution)
    return Certificate(False, f"a {solution.kind} is no answer to this question")


def check_point(game: NormalGame, point: Point) -> Certificate:
    """Two distributions; no deviation gains; payoffs and what is said of replies are right."""
    if not is_profile(game, point.profile):
        return Certificate(False, "it is no pair of probability distributions over this game")
    regrets = regrets_at(game, point.profile)
    largest = regrets.largest
    holds = largest == 0 and regrets.payoffs == point.payoffs
    facts = facts_by_definition(game, point.profile, regrets)
    holds = holds and all(
        point.properties[name] == fact for name, fact in facts.items() if name in point.properties
    )
    if "undominated" in point.properties:
        found = undominated(game, point.profile)
        holds = holds and found in (None, point.properties["undominated"])
    return Certificate(holds, "every deviation of both players was tried", largest)


def check_component(game: NormalGame, component: Component) -> Certificate:
    """Every subset is a product of equilibria, the subsets hang together, dimension and payoffs
    are right, and the extreme points are the subsets' vertices."""
    corners = {
        (row, column)
        for subset in component.subsets
        for row in subset.rows
        for column in subset.columns
    }
    if not corners or not all(is_profile(game, corner) for corner in corners):
        return Certificate(False, "it has no pairs of probability distributions over this game")
    regrets = {corner: regrets_at(game, corner) for corner in corners}
    largest = max(found.largest for found in regrets.values())
    if largest != 0:
        return Certificate(False, "some pair of vertices is no equilibrium", largest)
    if set(component.extreme_points) != corners:
        return Certificate(False, "the extreme points are not the subsets' vertices", largest)
    stated = dict(zip(component.extreme_points, component.payoffs, strict=True))
    if any(stated[corner] != found.payoffs for corner, found in regrets.items()):
        return Certificate(False, "the payoffs at an extreme point are others", largest)
    if component.dimension != max(map(_dimension, component.subsets)):
        return Certificate(False, "the dimension is another", largest)
    if not _connected(component.subsets):
        return Certificate(False, "the subsets do not hang together", largest)
    if not _facts_hold(game, component):
        return Certificate(False, "what is said of all its points does not hold", largest)
    return Certificate(
        True, "every deviation from every pair of vertices of every subset was tried", largest
    )


def _facts_hold(game: NormalGame, component: Component) -> bool:
    """Whether what is said of all points is true (the index apart)."""
    facts = component.properties
    constant = len(set(component.payoffs)) == 1
    if facts.get("constant payoffs", constant) != constant:
        return False
    efficient = constant and _is_efficient(game, component.payoffs[0])
    if "efficient" in facts and (not constant or facts["efficient"] != efficient):
        return False
    if "undominated" not in facts:
        return True
    # The middle of a subset uses every strategy that any of its points uses.
    found = [
        undominated(game, (_middle(one.rows), _middle(one.columns))) for one in component.subsets
    ]
    return None in found or facts["undominated"] == all(found)


def _middle(points: Sequence[Mixed]) -> Mixed:
    return tuple(sum(entries, Fraction(0)) / len(points) for entries in zip(*points, strict=True))


def is_profile(game: NormalGame, profile: Profile) -> bool:
    """Whether it is one probability distribution per player over her strategies."""
    return tuple(map(len, profile)) == game.shape and all(map(is_distribution, profile))


def regrets_at(game: NormalGame, profile: Profile) -> Regrets:
    """Payoffs and gains from every deviation at a profile of a two-player game."""
    rows, columns = game.shape
    (x, of_x), (y, of_y) = map(_scaled, profile)
    first, second = game.numerators
    against = (
        [sum(first[i * columns + j] * y[j] for j in range(columns) if y[j]) for i in range(rows)],
        [sum(second[i * columns + j] * x[i] for i in range(rows) if x[i]) for j in range(columns)],
    )
    payoffs, gains = [], []
    for weights, total, other_total, values, denominator in zip(
        (x, y), (of_x, of_y), (of_y, of_x), against, game.denominators, strict=True
    ):
        now = sum(weight * value for weight, value in zip(weights, values, strict=True))
        over = total * other_total * denominator
        payoffs.append(Fraction(now, over))
        gains.append(tuple(Fraction(value * total - now, over) for value in values))
    return Regrets(tuple(payoffs), tuple(gains))


def _scaled(mixed: Mixed) -> tuple[list[int], int]:
    over = lcm(*(probability.denominator for probability in mixed))
    return [int(probability * over) for probability in mixed], over


def facts_by_definition(game: NormalGame, profile: Profile, regrets: Regrets) -> dict[str, int]:
    """The properties of an equilibrium that the regrets and the payoffs settle."""
    pure = all(1 in mixed for mixed in profile)
    tempting = [
        sum(1 for p, gain in zip(mixed, gains, strict=True) if not p and gain == 0)
        for mixed, gains in zip(profile, regrets.gains, strict=True)
    ]
    facts: dict[str, int] = {
        "pure": pure,
        "strict": pure and not any(tempting),
        "quasi-strict": not any(tempting),
        "symmetric": profile[0] == profile[1],
        "efficient": _is_efficient(game, regrets.payoffs),
    }
    if not any(tempting) and (index := _index(game, profile)):
        facts["index"] = index
    return facts


def _is_efficient(game: NormalGame, payoffs: Payoffs) -> bool:
    """Whether no pure profile gives both as much, and one of them more."""
    first, second = (p * d for p, d in zip(payoffs, game.denominators, strict=True))
    return not any(
        a >= first and b >= second and (a > first or b > second)
        for a, b in zip(*game.numerators, strict=True)
    )


def _index(game: NormalGame, profile: Profile) -> int:
    """The index of a quasi-strict equilibrium with supports of one size; 0 where it is not regular.

    (-1)^(k+1) times the signs of the determinants of both payoff matrices on the k x k supports,
    payoffs made positive first (Shapley 1974; von Stengel 2002).
    """
    rows, columns = ([own for own, p in enumerate(mixed) if p] for mixed in profile)
    if len(rows) != len(columns):
        return 0
    sign = -1 if len(rows) % 2 == 0 else 1
    for table in game.numerators:
        least = min(table) - 1
        sign *= _sign_of_determinant(
            [[Fraction(table[i * game.shape[1] + j] - least) for j in columns] for i in rows]
        )
    return sign


def _sign_of_determinant(matrix: list[list[Fraction]]) -> int:
    """By Gaussian elimination: the sign of the permutation times those of the pivots."""
    sign = 1
    while matrix:
        place = next((at for at, row in enumerate(matrix) if row[0]), None)
        if place is None:
            return 0
        pivot = matrix.pop(place)
        sign *= (-1) ** place * (1 if pivot[0] > 0 else -1)
        matrix = [
            [entry - row[0] / pivot[0] * p for entry, p in zip(row[1:], pivot[1:], strict=True)]
            for row in matrix
        ]
    return sign


def _dimension(subset: Subset) -> int:
    return affine_dimension(subset.rows) + affine_dimension(subset.columns)


def _connected(subsets: Sequence[Subset]) -> bool:
    """Whether one can go from any subset to any other over shared pairs of vertices."""
    reached, waiting = {0}, [0]
    while waiting:
        here = subsets[waiting.pop()]
        for index, there in enumerate(subsets):
            if index in reached:
                continue
            if set(here.rows) & set(there.rows) and set(here.columns) & set(there.columns):
                reached.add(index)
                waiting.append(index)
    return len(reached) == len(subsets)
