"""Does a criterion of global games select this equilibrium? All criteria are computed again."""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from alliance_games.certificates import laplacian, p_dominance, potential, supermodular
from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import PureProfile, pure_profile
from alliance_games.results.solutions import Certificate, CountPoint, Point, Selection, Solution

Game = NormalGame | AnonymousGame
Picked = tuple[PureProfile | None, dict[str, Fraction]]


def check_global_games(game: Game, solution: Solution) -> Certificate:
    """The equilibria compared are the pure ones, and the first criterion selects as is said."""
    if not isinstance(solution, Selection):
        return Certificate(False, f"a {solution.kind} is no answer to this question")
    extremes = supermodular.extremes(game)
    if extremes is None:
        return Certificate(False, "in no order of the strategies are they complements")
    stable = potential.equilibria(game)
    if sorted(solution.compared) != sorted(stable.values()):
        return Certificate(False, "the profiles compared are not the pure equilibria")
    picked, numbers = _select(game, extremes, list(stable.values()))
    if solution.profile != picked:
        return Certificate(False, "the criteria select something else")
    if dict(solution.numbers) != numbers:
        return Certificate(False, "the numbers that decide are others")
    return Certificate(True, "the criteria for games of strategic complements were computed again")


def _select(
    game: Game, extremes: tuple[tuple[int, ...], tuple[int, ...]], stable: list[PureProfile]
) -> Picked:
    if extremes[0] == extremes[1]:
        return stable[0], {}
    names = {profile: potential.name_of(game, profile) for profile in stable}
    if supermodular.is_binary(game):
        pair = _opposite(game, stable)
        means = laplacian.mean_gains(game, pair[0]) if pair else None
        if pair and means is not None:
            if len(game.players) == 2:
                sums = [sum(_beliefs(game, profile), Fraction(0)) for profile in pair]
                told = {f"sum of p at {names[p]}": s for p, s in zip(pair, sums, strict=True)}
                return None if sums[0] == sums[1] else pair[sums[1] < sums[0]], told
            if _alike(game, pair[0]):
                told = {f"expected gain of {game.players[0]} from {names[pair[0]]}": means[0]}
                return None if not means[0] else pair[means[0] < 0], told
        for profile in stable:
            if not _is_strict(game, profile):
                continue
            if (total := sum(_beliefs(game, profile), Fraction(0))) < 1:
                return profile, {"sum of p": total}
    elif not supermodular.is_single_peaked(game):
        return None, {}
    values = potential.weighted_values(game)
    if values is None:
        return None, {}
    told = {f"potential at {names[profile]}": values[profile] for profile in stable}
    best = [profile for profile, value in values.items() if value == max(values.values())]
    return best[0] if len(best) == 1 else None, told


def _opposite(game: Game, stable: list[PureProfile]) -> tuple[PureProfile, PureProfile] | None:
    """Two strict equilibria in which every player does something else, where numbers decide."""
    for first in stable:
        second = tuple(1 - own for own in first)
        if second not in stable or first > second:
            continue
        if isinstance(game, AnonymousGame) and len({*first}) > 1:
            continue
        strict = _is_strict(game, first) and _is_strict(game, second)
        if strict and laplacian.mean_gains(game, first) is not None:
            return first, second
    return None


def _is_strict(game: Game, profile: PureProfile) -> bool:
    return all(laplacian.gain_from(game, player, profile) > 0 for player in range(len(profile)))


def _alike(game: Game, first: PureProfile) -> bool:
    """Whether the players' gains from siding with ``first`` are in proportion and never fall."""
    rows = []
    count = len(first)
    for player in range(count):
        row = []
        others = [other for other in range(count) if other != player]
        for number in range(count):
            siding = {player, *others[:number]}
            profile = tuple(a if i in siding else 1 - a for i, a in enumerate(first))
            row.append(laplacian.gain_from(game, player, profile))
        rows.append([gain / -row[0] for gain in row])
    return all(row == rows[0] for row in rows) and rows[0] == sorted(rows[0])


def _beliefs(game: Game, profile: PureProfile) -> list[Fraction]:
    """For each player the least p at which her part of the equilibrium is a best reply."""
    if isinstance(game, NormalGame):
        point = Point(pure_profile(profile, game.shape), game.payoffs(profile))
        bets = list(p_dominance.bets(game, point))
        return [_least(bets, player) for player in range(len(profile))]
    strategies = range(len(game.strategies))
    counts = [
        [sum(profile[player] == own for player in members) for own in strategies]
        for members in game.members
    ]
    found = {}
    for role, own in product(range(len(counts)), strategies):
        if counts[role][own]:
            bets = list(
                p_dominance.bets_by_counts(
                    game, CountPoint(tuple(map(tuple, counts)), 1, ()), only=(role, own)
                )
            )
            found[role, own] = _least(bets, role)
    return [found[role, own] for role, own in zip(game.roles, profile, strict=True)]


def _least(bets: list[p_dominance.Bet], who: int) -> Fraction:
    """The greatest of the p at which a bet is worth nothing."""
    ties = [-y / (x - y) for player, x, y in bets if player == who and y < 0]
    return max(ties, default=Fraction(0))
