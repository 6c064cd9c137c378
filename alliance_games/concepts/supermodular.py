"""Are the strategies complements, and between which equilibria does all play then lie?"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import pure_profile
from alliance_games.results.budget import Budget, LimitReached
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import (
    Certificate,
    CountPoint,
    Fact,
    Members,
    Point,
    Selection,
    Solution,
)

if TYPE_CHECKING:
    from alliance_games.algorithms.complements import Signs

ORDER = "strategies from low to high"
BETWEEN = "strategies between the least and the greatest equilibrium"
METHOD = "signs of increasing differences, best replies from the top and from the bottom"
MOST_PROFILES = 2**16


def solve(game: NormalGame | AnonymousGame, needed: Needed, budget: Budget) -> Answers:
    """The orders, the extreme equilibria and what lies between; or a falling difference."""
    from alliance_games.algorithms import complements

    if isinstance(game, NormalGame) and game.size > MOST_PROFILES:
        raise LimitReached(f"games of up to {MOST_PROFILES:,} profiles are read")
    sizes = _sizes(game)
    signs = complements.signs(game, budget.tick)
    orders = complements.orders(sizes, signs, budget.tick)
    if orders is None:
        if max(sizes) > complements.MOST_ORDERED:
            because = (
                f"of more than {complements.MOST_ORDERED} strategies only the order given and its "
                "reverse were tried"
            )
            return Conclusion(Coverage.UNKNOWN, because, METHOD)
        yield _violation(game, signs)
        return Conclusion(Coverage.ALL, "every order of the strategies was tried", METHOD)
    least = complements.extreme(game, orders, False, budget.tick)
    greatest = complements.extreme(game, orders, True, budget.tick)
    per_player = [orders[group] for group in _groups(game)]
    yield Members(ORDER, tuple(per_player))
    if least == greatest:
        yield _solution(game, least, {"extreme": "least and greatest"})
    else:
        yield _solution(game, least, {"extreme": "least"})
        yield _solution(game, greatest, {"extreme": "greatest"})
    between = [
        order[order.index(low) : order.index(high) + 1]
        for order, low, high in zip(orders, least, greatest, strict=True)
    ]
    yield Members(BETWEEN, tuple(between[group] for group in _groups(game)))
    because = (
        "every difference was compared, and best replies go down from the top and up from below"
    )
    return Conclusion(Coverage.ALL, because, METHOD)


def _sizes(game: NormalGame | AnonymousGame) -> tuple[int, ...]:
    if isinstance(game, NormalGame):
        return game.shape
    return (len(game.strategies),) * len(game.members)


def _groups(game: NormalGame | AnonymousGame) -> Sequence[int]:
    """The group of each player."""
    return range(len(game.players)) if isinstance(game, NormalGame) else game.roles


def _solution(
    game: NormalGame | AnonymousGame, chosen: tuple[int, ...], facts: dict[str, Fact]
) -> Solution:
    if isinstance(game, NormalGame):
        return Point(pure_profile(chosen, game.shape), game.payoffs(chosen), facts)
    from alliance_games.algorithms.role_counts import payoffs_at

    counts = tuple(
        tuple(len(members) * (own == here) for own in range(len(game.strategies)))
        for members, here in zip(game.members, chosen, strict=True)
    )
    return CountPoint(counts, 1, payoffs_at(game, counts), facts)


def _violation(game: NormalGame | AnonymousGame, signs: Signs) -> Selection:
    """In the order given, the first gain that falls, with the least it can change by."""
    for (i, j), table in signs.items():
        for places, sign in table.items():
            if sign in (-1, 2):
                change = _least_change(game, i, j, places)
                a, b = (_names(game, i)[own] for own in places[:2])
                c, d = (_names(game, j)[own] for own in places[2:])
                mine, yours = _player(game, i, 0), _player(game, j, i == j)
                name = f"change in {mine}'s gain from {a} to {b} as {yours} goes from {c} to {d}"
                reason = (
                    "In no order of the strategies are all differences increasing; in the order "
                    "given one falls."
                )
                return Selection(None, (), {name: change}, reason)
    raise AssertionError("where nothing falls the order given would do")


def _names(game: NormalGame | AnonymousGame, group: int) -> tuple[str, ...]:
    return game.strategies[group] if isinstance(game, NormalGame) else game.strategies


def _player(game: NormalGame | AnonymousGame, group: int, place: int) -> str:
    if isinstance(game, NormalGame):
        return game.players[group]
    return game.players[game.members[group][place]]


def _least_change(
    game: NormalGame | AnonymousGame, i: int, j: int, places: tuple[int, int, int, int]
) -> Fraction:
    """The least that i's gain from a to b changes by as j goes from c to d."""
    a, b, c, d = places
    if isinstance(game, NormalGame):
        corners = []
        for profile in game.profiles():
            if profile[i] == a and profile[j] == c:
                there = [[*profile] for _ in range(3)]
                there[0][i] = there[2][i] = b
                there[1][j] = there[2][j] = d
                low, up, high, both = (game.payoff(i, tuple(p)) for p in (profile, *there))
                corners.append(both - high - up + low)
        return min(corners)
    from alliance_games.model.anonymous import count_vectors

    def worth(own: int, other: int, rest: tuple[int, ...]) -> Fraction:
        others = tuple(n + (s == other) for s, n in enumerate(rest))
        return game.payoff(i, own, others)

    return min(
        worth(b, d, rest) - worth(a, d, rest) - worth(b, c, rest) + worth(a, c, rest)
        for rest in count_vectors(len(game.players) - 2, len(game.strategies))
    )


def verify(game: NormalGame | AnonymousGame, solution: Solution, needed: Needed) -> Certificate:
    """Compare every difference again, and eliminate dominated strategies from both ends."""
    from alliance_games.certificates.supermodular import check_supermodular

    return check_supermodular(game, solution)


CONCEPT = Concept(
    name="supermodular",
    title="Strategic complements",
    cites=("Topkis 1979", "Milgrom and Roberts 1990"),
    summary=(
        "Strategies can be put in an order in which going up is worth the more, the higher the "
        "others are; then there is a least and a greatest equilibrium, both pure, and all "
        "rationalizable play lies between them."
    ),
    games=("normal", "anonymous"),
    solve=solve,
    verify=verify,
    invariances=("positive affine payoffs",),
    order=67,
)
