"""Is a strategy the best reply to a uniform belief over how many others do what? Recounted."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from math import comb

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import PureProfile
from alliance_games.results.solutions import Certificate, Selection, Solution


def check_laplacian(game: NormalGame | AnonymousGame, solution: Solution) -> Certificate:
    """The two profiles are opposite strict equilibria, and siding with the one picked is the best
    reply of every player where each number of others who side with it is equally likely."""
    if not isinstance(solution, Selection) or len(solution.compared) != 2:
        return Certificate(False, "it does not compare two equilibria")
    first, second = solution.compared
    if not first < second or any(a == b for a, b in zip(first, second, strict=True)):
        return Certificate(False, "the two profiles are not opposite, in the order of profiles")
    if isinstance(game, AnonymousGame) and len({*first}) > 1:
        return Certificate(False, "the two profiles are not those in which all do the same")
    if not all(_is_strict(game, profile) for profile in (first, second)):
        return Certificate(False, "one of the two profiles is no strict equilibrium")
    gains = mean_gains(game, first)
    if gains is None:
        return Certificate(False, "not only the number of others matters")
    picked = (
        first
        if all(gain > 0 for gain in gains)
        else second
        if all(gain < 0 for gain in gains)
        else None
    )
    if solution.profile != picked:
        return Certificate(False, "the uniform belief has another best reply")
    if dict(solution.numbers) != _named(game, first, gains):
        return Certificate(False, "the expected gains are others")
    return Certificate(True, "every player's best reply to the uniform belief was computed")


def _named(
    game: NormalGame | AnonymousGame, first: PureProfile, gains: Sequence[Fraction]
) -> dict[str, Fraction]:
    """The gains as the answer names them: by player, or once for each role."""
    if isinstance(game, NormalGame):
        side = f"({', '.join(game.names(first))})"
        named = dict(zip(game.players, gains, strict=True))
    else:
        side = f"all {game.strategies[first[0]]}"
        firsts = [game.roles.index(role) for role in range(max(game.roles) + 1)]
        named = {game.players[player]: gains[player] for player in firsts}
        if len(firsts) == 1:
            named = {"each player": gains[0]}
    return {f"expected gain of {who} from {side}": gain for who, gain in named.items()}


def _is_strict(game: NormalGame | AnonymousGame, profile: PureProfile) -> bool:
    """Whether every player of a binary game loses by switching alone."""
    return all(gain_from(game, player, profile) > 0 for player in range(len(profile)))


def gain_from(game: NormalGame | AnonymousGame, player: int, profile: PureProfile) -> Fraction:
    """What the player would lose by her other strategy at ``profile`` of a binary game."""
    own = profile[player]
    if isinstance(game, NormalGame):
        other = (*profile[:player], 1 - own, *profile[player + 1 :])
        return game.payoff(player, profile) - game.payoff(player, other)
    ones = sum(profile) - own
    counts = (len(profile) - 1 - ones, ones)
    role = game.roles[player]
    return game.payoff(role, own, counts) - game.payoff(role, 1 - own, counts)


def mean_gains(game: NormalGame | AnonymousGame, first: PureProfile) -> list[Fraction] | None:
    """For each player what siding with ``first`` brings if any number of others is as likely.

    None where it matters which others side with it.
    """
    count = len(first)
    if isinstance(game, AnonymousGame):
        # All profiles with the same counts are one, and so are the players of a role.
        of_role = []
        for members in game.members:
            others = [other for other in range(count) if other != members[0]]
            total = Fraction(0)
            for number in range(count):
                siding = {members[0], *others[:number]}
                total += gain_from(game, members[0], _with(first, siding))
            of_role.append(total / count)
        return [of_role[role] for role in game.roles]
    means = []
    for player in range(count):
        by_number: dict[int, set[Fraction]] = {}
        mean = Fraction(0)
        for sides in product((False, True), repeat=count - 1):
            all_sides = [*sides[:player], True, *sides[player:]]
            profile = tuple(a if s else 1 - a for a, s in zip(first, all_sides, strict=True))
            gain = gain_from(game, player, profile)
            by_number.setdefault(sum(sides), set()).add(gain)
            mean += gain / (count * comb(count - 1, sum(sides)))
        if any(len(gains) > 1 for gains in by_number.values()):
            return None
        means.append(mean)
    return means


def _with(first: PureProfile, siding: set[int]) -> PureProfile:
    return tuple(own if index in siding else 1 - own for index, own in enumerate(first))
