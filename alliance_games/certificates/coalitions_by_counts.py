"""Joint deviations in anonymous games by the definitions, apart from how they were found.

That players of a role can be shared out among the strategies so that nobody is worse placed than
she would accept is a question of Hall (1935): for every set of strategies, no more players accept
nothing outside it than there are places in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import product

from alliance_games.certificates.pure_nash import check_counts
from alliance_games.model.anonymous import AnonymousGame, Counts, count_vectors
from alliance_games.results.solutions import Certificate, CountPoint, Solution
from alliance_games.results.tree_solutions import Discarded, Move

ByRole = tuple[Counts, ...]

STRONG = "for all counts that a joint deviation could lead to, who would gain was looked at"
PROOF = (
    "every agreement of every coalition was tried, by counts, that no smaller coalition would "
    "leave in its turn"
)
LEAVES = "the deviation was carried out, and everybody who takes part gains what is said"


def check_strong(game: AnonymousGame, solution: Solution) -> Certificate:
    """Hold counts to Aumann's definition, or a deviation to what is said of it."""
    if isinstance(solution, Discarded):
        return _check_left(game, solution, kept=False)
    if not isinstance(solution, CountPoint) or not check_counts(game, solution).verified:
        return Certificate(False, STRONG)
    now = _total(solution.counts)
    for after in count_vectors(len(game.players), len(game.strategies)):
        accepts = [
            [
                frozenset(
                    there
                    for there in range(len(after))
                    if there == own
                    or (now[own] and after[there] and _gain(game, role, own, now, there, after) > 0)
                )
                for own in range(len(after))
            ]
            for role in range(len(game.members))
        ]
        if _some_move(solution.counts, accepts, after, after == now):
            return Certificate(False, STRONG)
    return Certificate(True, STRONG, Fraction(0))


def _some_move(
    counts: ByRole, accepts: Sequence[Sequence[frozenset[int]]], after: Counts, same: bool
) -> bool:
    """Whether the players can be placed so that the totals are ``after`` and somebody has moved."""
    groups = [
        (number, accepts[role][own], own)
        for role, of_role in enumerate(counts)
        for own, number in enumerate(of_role)
        if number
    ]
    if not same:
        return _fits([(number, places) for number, places, _ in groups], after)
    for place, (number, places, own) in enumerate(groups):
        for there in sorted(places - {own}):
            rest = [(n, p) for k, (n, p, _) in enumerate(groups) if k != place]
            left = tuple(n - (s == there) for s, n in enumerate(after))
            if _fits([*rest, (number - 1, places)], left):
                return True
    return False


def _fits(groups: Sequence[tuple[int, frozenset[int]]], room: Counts) -> bool:
    strategies = range(len(room))
    for chosen in product((False, True), repeat=len(room)):
        within = frozenset(s for s in strategies if chosen[s])
        bound = sum(number for number, places in groups if places <= within)
        if bound > sum(room[s] for s in within):
            return False
    return True


def check_coalition_proof(game: AnonymousGame, solution: Solution) -> Certificate:
    """Hold counts to the definition of Bernheim, Peleg and Whinston, or a deviation."""
    if isinstance(solution, Discarded):
        return _check_left(game, solution, kept=True)
    if not isinstance(solution, CountPoint) or not check_counts(game, solution).verified:
        return Certificate(False, PROOF)
    nobody = (0,) * len(game.strategies)
    return Certificate(_agreements(game).is_proof(nobody, solution.counts), PROOF, Fraction(0))


class Agreements:
    """The definition, from a coalition to smaller ones; coalitions by their counts."""

    def __init__(self, game: AnonymousGame) -> None:
        self.game = game
        self.known: dict[tuple[Counts, ByRole], bool] = {}

    def is_proof(self, others: Counts, own: ByRole) -> bool:
        """Whether the coalition's counts are coalition-proof while the others' are ``others``."""
        key = (others, own)
        if key not in self.known:
            choices = product(*(count_vectors(sum(of_role), len(others)) for of_role in own))
            self.known[key] = self.is_kept(others, own) and not any(
                self._all_gain(others, own, other) and self.is_kept(others, other)
                for other in choices
            )
        return self.known[key]

    def is_kept(self, others: Counts, own: ByRole) -> bool:
        """Whether every coalition of one member less keeps to it (and so every smaller one)."""
        if sum(map(sum, own)) == 1:
            return True
        for role, of_role in enumerate(own):
            for strategy, number in enumerate(of_role):
                if not number:
                    continue
                less = tuple(n - (s == strategy) for s, n in enumerate(of_role))
                more = tuple(n + (s == strategy) for s, n in enumerate(others))
                if not self.is_proof(more, (*own[:role], less, *own[role + 1 :])):
                    return False
        return True

    def _all_gain(self, others: Counts, own: ByRole, other: ByRole) -> bool:
        """Whether the members can be placed as ``other`` says with a gain for each of them."""
        now = tuple(map(sum, zip(others, *own, strict=True)))
        after = tuple(map(sum, zip(others, *other, strict=True)))
        return all(
            _fits(
                [
                    (
                        number,
                        frozenset(
                            there
                            for there, room in enumerate(new)
                            if room and _gain(self.game, role, at, now, there, after) > 0
                        ),
                    )
                    for at, number in enumerate(old)
                    if number
                ],
                new,
            )
            for role, (old, new) in enumerate(zip(own, other, strict=True))
        )


@lru_cache(maxsize=4)
def _agreements(game: AnonymousGame) -> Agreements:
    return Agreements(game)


def _total(counts: ByRole) -> Counts:
    return tuple(map(sum, zip(*counts, strict=True)))


def _gain(
    game: AnonymousGame, role: int, own: int, now: Counts, there: int, after: Counts
) -> Fraction:
    before = game.payoff(role, own, tuple(n - (s == own) for s, n in enumerate(now)))
    return game.payoff(role, there, tuple(n - (s == there) for s, n in enumerate(after))) - before


def _check_left(game: AnonymousGame, one: Discarded, *, kept: bool) -> Certificate:
    claim = f"{LEAVES}; no smaller coalition would leave the agreement" if kept else LEAVES
    if not isinstance(one.solution, CountPoint) or not check_counts(game, one.solution).verified:
        return Certificate(False, claim)
    counts = one.solution.counts
    members = [[0] * len(game.strategies) for _ in game.members]
    placed = [[0] * len(game.strategies) for _ in game.members]
    for move in one.moves:
        if move.number < 1:
            return Certificate(False, claim)
        members[move.who][move.from_] += move.number
        placed[move.who][move.to] += move.number
    left = [
        [number - leaving for number, leaving in zip(of_role, out, strict=True)]
        for of_role, out in zip(counts, members, strict=True)
    ]
    if not one.moves or min(map(min, left)) < 0:
        return Certificate(False, claim)
    others = _total(tuple(map(tuple, left)))
    now = _total(counts)
    after = tuple(map(sum, zip(others, *placed, strict=True)))
    gains = dict(_gains(game, one.moves, now, after))
    holds = min(gains.values()) > 0 and gains == dict(one.numbers)
    if kept and holds:
        holds = _agreements(game).is_kept(others, tuple(map(tuple, placed)))
    return Certificate(holds, claim)


def _gains(
    game: AnonymousGame, moves: Sequence[Move], now: Counts, after: Counts
) -> Iterator[tuple[str, Fraction]]:
    for move in moves:
        turn = f"{game.strategies[move.from_]} to {game.strategies[move.to]}"
        of = f" (role {move.who + 1})" if len(game.members) > 1 else ""
        yield f"gain from {turn}{of}", _gain(game, move.who, move.from_, now, move.to, after)
