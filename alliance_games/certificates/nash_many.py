"""Is a profile, or a continuum of them, a Nash equilibrium of a game of three players or more?

Expected payoffs are summed over the pure profiles that the others may play, as the definition says.
A profile that only stands near an equilibrium is held to Krawczyk's test in ball arithmetic: a box
around it holds exactly one solution of the indifference equations, it is positive, and every other
strategy is worse everywhere in the box. A continuum is held to the definition in the tree in which
the players move one after the other and see nothing, which has the same equilibria.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import product
from typing import Any

from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Profile, is_distribution
from alliance_games.results.solutions import Behaviour, Certificate, Point, Solution
from alliance_games.results.tree_solutions import Continuum

CLAIM = "every deviation of every player was tried"
CLAIM_BOX = (
    "exactly one solution of the indifference equations is so near, by Krawczyk's test in ball "
    "arithmetic, and every other strategy is worse there"
)
CLAIM_GAIN = f"{CLAIM}, and gains no more than is said"

WITHIN = "told within"
"""The property by which a point says how near to it the equilibrium is that it stands for."""

GAIN = "largest gain"
"""The property by which an approximate equilibrium says how far it is from being one."""


def check(game: NormalGame, solution: Solution) -> Certificate:
    """Hold a point or a continuum to the definition (Nash 1951)."""
    if isinstance(solution, Point):
        return check_point(game, solution)
    if isinstance(solution, Continuum):
        return check_continuum(game, solution)
    return Certificate(False, f"a {solution.kind} is no answer to this question")


def check_point(game: NormalGame, point: Point) -> Certificate:
    """Distributions from which nobody gains; payoffs and what is said of replies are right."""
    profile = point.profile
    if tuple(map(len, profile)) != game.shape or not all(map(is_distribution, profile)):
        return Certificate(False, "it has not one distribution for every player")
    values = [_values(game, player, profile) for player in range(len(profile))]
    now = [
        sum((p * v for p, v in zip(mixed, own, strict=True) if p), Fraction(0))
        for mixed, own in zip(profile, values, strict=True)
    ]
    gain = max(
        (max(own) - here) / over
        for own, here, over in zip(values, now, game.denominators, strict=True)
    )
    stated = tuple(here / over for here, over in zip(now, game.denominators, strict=True))
    if stated != point.payoffs:
        return Certificate(False, "the payoffs are others", gain)
    if WITHIN in point.properties:
        return _check_box(game, point, gain)
    if GAIN in point.properties:
        said = Fraction(point.properties[GAIN])
        return Certificate(gain <= said, CLAIM_GAIN, gain)
    if gain != 0:
        return Certificate(False, CLAIM, gain)
    told = point.properties
    wrong = [
        name
        for name, fact in _facts(game, profile, values, stated)
        if name in told and told[name] != fact
    ]
    if not wrong and "index" in told and told["index"] != _index(game, profile):
        wrong.append("index")
    return Certificate(not wrong, CLAIM, gain)


def _values(game: NormalGame, player: int, profile: Profile) -> list[Any]:
    """What each strategy of a player gets, times her denominator: a sum over the others' pure
    profiles."""
    table, strides = game.numerators[player], game.strides
    used = [[(k, p) for k, p in enumerate(mixed) if p] for mixed in profile]
    used[player] = [(0, Fraction(1))]
    values: list[Any] = [Fraction(0)] * game.shape[player]
    for chosen in product(*used):
        weight: Any = Fraction(1)
        place = 0
        for (k, p), stride in zip(chosen, strides, strict=True):
            weight = p if weight == 1 else weight if p == 1 else weight * p
            place += k * stride
        for own in range(len(values)):
            values[own] = values[own] + weight * table[place + own * strides[player]]
    return values


def _facts(
    game: NormalGame, profile: Profile, values: Sequence[Sequence[Any]], payoffs: Sequence[Fraction]
) -> Iterator[tuple[str, bool]]:
    pure = all(1 in mixed for mixed in profile)
    tempting = any(
        not p and v == max(own)
        for mixed, own in zip(profile, values, strict=True)
        for p, v in zip(mixed, own, strict=True)
    )
    yield "pure", pure
    yield "strict", pure and not tempting
    yield "quasi-strict", not tempting
    marks = [p * over for p, over in zip(payoffs, game.denominators, strict=True)]
    yield (
        "efficient",
        not any(
            all(v >= m for v, m in zip(each, marks, strict=True))
            and any(v > m for v, m in zip(each, marks, strict=True))
            for each in zip(*game.numerators, strict=True)
        ),
    )


# Near an equilibrium


def _check_box(game: NormalGame, point: Point, gain: Fraction) -> Certificate:
    """Krawczyk's test on the box of all mixtures of the supports so near."""
    from flint import arb, arb_mat, ctx

    within = Fraction(point.properties[WITHIN])
    before = ctx.prec
    try:
        ctx.prec = 400
        supports = [[k for k, p in enumerate(mixed) if p] for mixed in point.profile]
        if any(0 < p <= 2 * within for mixed in point.profile for p in mixed):
            return Certificate(False, "the box reaches to a probability of zero", gain)
        radius = _ball(within)
        middle = [[_ball(p) for p in mixed] for mixed in point.profile]
        # The first strategy of each support has what the others leave; the box allows for that.
        box = []
        for mixed, own in zip(point.profile, supports, strict=True):
            wide = [_ball(p) for p in mixed]
            for k in own:
                times = len(own) - 1 if k == own[0] else 1
                wide[k] = wide[k] + arb(0, 1) * radius * times
            box.append(wide)
        at, _ = _equations(game, supports, middle)
        slopes = _equations(game, supports, box)[1]
        size = len(at)
        inverse = arb_mat(_equations(game, supports, middle)[1]).inv().mid()
        step = inverse * arb_mat(size, 1, at)
        rest = inverse * arb_mat(slopes)
        for row in range(size):
            reach = arb(0)
            for column in range(size):
                entry = (1 if row == column else 0) - rest[row, column]
                reach += entry.abs_upper() * radius
            if not step[row, 0].abs_upper() + reach < radius:
                return Certificate(False, "Krawczyk's test fails on the box", gain)
        for player, own in enumerate(supports):
            gains = _ball_values(game, player, supports, box)
            for k, value in enumerate(gains):
                if k not in own and not value - gains[own[0]] < 0:
                    return Certificate(False, "some strategy may be a better reply", gain)
    finally:
        ctx.prec = before
    told = point.properties
    pure = all(len(own) == 1 for own in supports)
    holds = (
        not pure
        and told.get("pure", False) is False
        and told.get("strict", False) is False
        and told.get("quasi-strict", True) is True
        and told.get("index", 0) in (0, _index(game, point.profile))
        and "efficient" not in told
    )
    return Certificate(holds, CLAIM_BOX, gain)


def _ball(number: Fraction) -> Any:
    from flint import arb, fmpq

    return arb(fmpq(number.numerator, number.denominator))


def _equations(
    game: NormalGame, supports: Sequence[Sequence[int]], at: Sequence[Sequence[Any]]
) -> tuple[list[Any], list[list[Any]]]:
    """Gains over the first strategy of each support, and their derivatives in the probabilities of
    the other strategies of supports."""
    rows = [(player, k) for player, own in enumerate(supports) for k in own[1:]]
    values = []
    matrix = []
    for player, k in rows:
        first = supports[player][0]
        answers = _ball_values(game, player, supports, at)
        values.append(answers[k] - answers[first])
        slopes = []
        for other, b in rows:
            if other == player:
                slopes.append(answers[k] * 0)
                continue
            turned = [list(mixed) for mixed in at]
            turned[other] = [x * 0 for x in turned[other]]
            turned[other][b] = turned[other][b] + 1
            turned[other][supports[other][0]] = turned[other][b] * 0 - 1
            moved = _ball_values(game, player, supports, turned)
            slopes.append(moved[k] - moved[first])
        matrix.append(slopes)
    return values, matrix


def _ball_values(
    game: NormalGame, player: int, supports: Sequence[Sequence[int]], at: Sequence[Sequence[Any]]
) -> list[Any]:
    table, strides = game.numerators[player], game.strides
    others = [other for other in range(len(supports)) if other != player]
    values: list[Any] = [0] * game.shape[player]
    for chosen in product(*(supports[other] for other in others)):
        weight: Any = 1
        place = 0
        for other, k in zip(others, chosen, strict=True):
            weight = at[other][k] * weight
            place += k * strides[other]
        for own in range(len(values)):
            values[own] = weight * table[place + own * strides[player]] + values[own]
    return values


def _index(game: NormalGame, profile: Profile) -> int:
    """The sign of the determinant of minus the derivative of gains on the supports."""
    from flint import arb, arb_mat, ctx

    supports = [[k for k, p in enumerate(mixed) if p] for mixed in profile]
    before = ctx.prec
    try:
        for bits in (200, 800):
            ctx.prec = bits
            balls = [[_around(p, bits) for p in mixed] for mixed in profile]
            matrix = [[-x for x in row] for row in _equations(game, supports, balls)[1]]
            if not matrix:
                return 1
            value = arb_mat(matrix).det() if matrix else arb(1)
            if value > 0:
                return 1
            if value < 0:
                return -1
        return 0
    finally:
        ctx.prec = before


def _around(p: Any, bits: int) -> Any:
    """A ball that holds a rational or algebraic number."""
    from alliance_games.exact.numerals import irrational

    if not irrational(p):
        return _ball(p)
    low, high = p.interval()
    while high - low > Fraction(1, 2**bits):
        p.root.narrow()
        low, high = p.interval()
    return _ball(low).union(_ball(high))


# Continua


def check_continuum(game: NormalGame, one: Continuum) -> Certificate:
    """The definition, in the tree of the same game."""
    from dataclasses import replace

    from alliance_games.certificates.behaviour import check as check_tree
    from alliance_games.certificates.behaviour import play_of
    from alliance_games.results.tree_solutions import Condition, Unknown

    tree = _tree(game)
    behaviours = []
    for point in one.points:
        if not isinstance(point, Point):
            return Certificate(False, "its points are no profiles of the game")
        profile = point.profile
        if tuple(map(len, profile)) != game.shape or not all(map(is_distribution, profile)):
            return Certificate(False, "it has not one distribution for every player")
        play = play_of(tree, profile)
        behaviours.append(
            Behaviour(
                profile,
                point.payoffs,
                tuple(play.outcomes.items()),
                free=tuple(sorted(play.excluded)),
            )
        )
    families = []
    for family in one.families:
        if family.hull not in ("strategies", ""):
            return Certificate(False, "a family is not given by strategies")
        conditions = []
        for condition in family.conditions:
            if any(u.of != "strategy" for _, unknowns in condition.terms for u in unknowns):
                return Certificate(False, "a condition does not speak of strategies")
            terms = tuple(
                (c, tuple(Unknown("choice", u.set, u.place) for u in unknowns))
                for c, unknowns in condition.terms
            )
            conditions.append(Condition(terms, condition.relation))
        hull = "realization" if family.hull else ""
        families.append(replace(family, conditions=tuple(conditions), hull=hull))
    if not families:
        return Certificate(False, "it has no families")
    return check_tree(
        tree, replace(one, points=tuple(behaviours), families=tuple(families), certificate=None)
    )


def _tree(game: NormalGame) -> Any:
    """The players choose one after the other; each has one set, and sees nothing."""
    from alliance_games.model.tree_builder import Move, Terminal, build

    last = len(game.players) - 1

    def node(chosen: tuple[int, ...]) -> Move | Terminal:
        player = len(chosen)
        if player > last:
            return Terminal(list(game.payoffs(chosen)))
        actions = game.strategies[player]
        label = f"unseen {player}" if player else ""
        return Move(player, actions, [(*chosen, k) for k in range(len(actions))], label)

    return build(game.players, (), node)
