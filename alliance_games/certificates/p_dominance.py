"""Is a pure equilibrium p-dominant, and no smaller p enough? By the belief that is worst."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import product

from alliance_games.certificates.pure_nash import check as check_equilibrium
from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import as_pure
from alliance_games.results.solutions import Certificate, CountPoint, Point, Solution

HALF = Fraction(1, 2)

Bet = tuple[int, Fraction, Fraction]
"""A player or role; what her part brings over another strategy if the others play theirs; the
same if they do something else."""


def check_p_dominance(game: NormalGame | AnonymousGame, solution: Solution) -> Certificate:
    """Each player's part is a best reply if she is sure of the others' part to the degree p, each
    remaining doubt being on one other play; at a smaller p some player has a better strategy."""
    if not isinstance(solution, Point | CountPoint):
        return Certificate(False, f"a {solution.kind} is no answer to this question")
    equilibrium = check_equilibrium(game, solution)
    if not equilibrium.verified:
        return equilibrium
    stated = dict(solution.properties)
    if isinstance(solution, Point):
        assert isinstance(game, NormalGame)
        all_bets = list(bets(game, solution))
        names = {f"p of {player}": index for index, player in enumerate(game.players)}
    else:
        assert isinstance(game, AnonymousGame)
        all_bets = list(bets_by_counts(game, solution))
        names = {}
    # Where p is between 0 and 1 it must be one at which a bet is worth nothing.
    for name, who in {"p": None, **names}.items():
        p = stated.get(name)
        mine = [(x, y) for player, x, y in all_bets if who is None or player == who]
        if isinstance(p, bool) or not isinstance(p, Fraction | int) or not 0 <= p <= 1:
            return Certificate(False, f"it does not say {name}")
        if any(p * x + (1 - p) * y < 0 for x, y in mine):
            return Certificate(False, f"{name} is too low: another strategy is better")
        if p > 0 and not any(p * x + (1 - p) * y == 0 and y < 0 for x, y in mine):
            return Certificate(False, f"{name} is not the least")
    if stated.get("1/2-dominant") is not (Fraction(stated["p"]) <= HALF):
        return Certificate(False, "it is said wrongly whether it is 1/2-dominant")
    if set(stated) != {"p", "1/2-dominant", *names}:
        return Certificate(False, "it says something else")
    return Certificate(True, "each strategy was held to every belief that is sure to the degree p")


def bets(game: NormalGame, point: Point) -> Iterator[Bet]:
    """What each player bets on in a pure profile, against each of her other strategies."""
    profile = as_pure(point.profile)
    assert profile is not None
    for others in game.profiles():
        for player, own in enumerate(profile):
            if others[player] != own:
                continue
            theirs = (*profile[:player], *profile[player + 1 :])
            if (*others[:player], *others[player + 1 :]) == theirs:
                continue
            for away in range(game.shape[player]):
                if away != own:
                    yield (
                        player,
                        _difference(game, player, profile, away),
                        _difference(game, player, others, away),
                    )


def _difference(game: NormalGame, player: int, profile: tuple[int, ...], away: int) -> Fraction:
    other = (*profile[:player], away, *profile[player + 1 :])
    return game.payoff(player, profile) - game.payoff(player, other)


def bets_by_counts(
    game: AnonymousGame, point: CountPoint, only: tuple[int, int] | None = None
) -> Iterator[Bet]:
    """What each player who does something bets on; ``only`` those of one role and strategy."""
    total = [sum(column) for column in zip(*point.counts, strict=True)]
    strategies = range(len(game.strategies))
    everything = {
        tuple(c - (s == own) for s, c in enumerate(counts))
        for counts in game.counts()
        for own in strategies
        if counts[own]
    }
    for role, own in product(range(len(game.members)), strategies):
        if not point.counts[role][own] or only not in (None, (role, own)):
            continue
        here = tuple(c - (s == own) for s, c in enumerate(total))
        for away, others in product(strategies, everything):
            if away != own:
                x = game.payoff(role, own, here) - game.payoff(role, away, here)
                y = game.payoff(role, own, others) - game.payoff(role, away, others)
                yield role, x, y
