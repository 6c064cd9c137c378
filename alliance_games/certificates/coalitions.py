"""Joint deviations by the definitions: no coalition gains, or none gains by an agreement that it
would keep. Every coalition and every joint choice of pure strategies is tried, from the top down.

Aumann 1959; Bernheim, Peleg and Whinston 1987.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import combinations, product

from alliance_games.certificates.pure_nash import check_point
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import PureProfile, as_pure
from alliance_games.results.solutions import Certificate, Point, Solution
from alliance_games.results.tree_solutions import Discarded, Move

STRONG = "every joint choice of pure strategies by every coalition was tried"
PROOF = (
    "every agreement of every coalition in pure strategies was tried that no smaller coalition "
    "would leave in its turn"
)
LEAVES = "the deviation was carried out, and each of the coalition's members gains what is said"


def check_strong(game: NormalGame, solution: Solution) -> Certificate:
    """Hold a pure profile to Aumann's definition, or a deviation to what is said of it."""
    if isinstance(solution, Discarded):
        return _check_left(game, solution, kept=False)
    if not isinstance(solution, Point) or not check_point(game, solution).verified:
        return Certificate(False, STRONG)
    here = as_pure(solution.profile)
    assert here is not None
    now = [table[game.position(here)] for table in game.numerators]
    for position, there in enumerate(game.profiles()):
        if there != here and all(
            old == new or table[position] > value
            for old, new, table, value in zip(here, there, game.numerators, now, strict=True)
        ):
            return Certificate(False, STRONG)
    return Certificate(True, STRONG, Fraction(0))


def check_coalition_proof(game: NormalGame, solution: Solution) -> Certificate:
    """Hold a pure profile to the definition of Bernheim, Peleg and Whinston, or a deviation."""
    if isinstance(solution, Discarded):
        return _check_left(game, solution, kept=True)
    if not isinstance(solution, Point) or not check_point(game, solution).verified:
        return Certificate(False, PROOF)
    here = as_pure(solution.profile)
    assert here is not None
    everybody = tuple(range(len(game.players)))
    return Certificate(_agreements(game).is_proof(everybody, here), PROOF, Fraction(0))


class Agreements:
    """The definition, as a recursion from a coalition to smaller ones; what is found is kept."""

    def __init__(self, game: NormalGame) -> None:
        self.game = game
        self.known: dict[tuple[tuple[int, ...], PureProfile], bool] = {}

    def is_proof(self, coalition: tuple[int, ...], profile: PureProfile) -> bool:
        """Whether the coalition's part of a profile is coalition-proof in what the others leave."""
        key = (coalition, profile)
        if key not in self.known:
            self.known[key] = self.is_kept(coalition, profile) and not any(
                self._all_gain(coalition, profile, other) and self.is_kept(coalition, other)
                for other in self._choices(coalition, profile)
            )
        return self.known[key]

    def is_kept(self, coalition: tuple[int, ...], profile: PureProfile) -> bool:
        """Whether it is self-enforcing: coalition-proof for each smaller coalition."""
        return all(
            self.is_proof(smaller, profile)
            for size in range(1, len(coalition))
            for smaller in combinations(coalition, size)
        )

    def _choices(self, coalition: Sequence[int], profile: PureProfile) -> Iterator[PureProfile]:
        own = [range(self.game.shape[member]) for member in coalition]
        for chosen in product(*own):
            other = list(profile)
            for member, strategy in zip(coalition, chosen, strict=True):
                other[member] = strategy
            yield tuple(other)

    def _all_gain(self, coalition: Sequence[int], here: PureProfile, there: PureProfile) -> bool:
        a, b = self.game.position(here), self.game.position(there)
        return all(
            self.game.numerators[member][b] > self.game.numerators[member][a]
            for member in coalition
        )


@lru_cache(maxsize=4)
def _agreements(game: NormalGame) -> Agreements:
    return Agreements(game)


def _check_left(game: NormalGame, one: Discarded, *, kept: bool) -> Certificate:
    """An equilibrium that a coalition leaves: each member gains what is said; with ``kept`` the
    agreement is also one that no smaller coalition would leave."""
    claim = f"{LEAVES}; no smaller coalition would leave the agreement" if kept else LEAVES
    if not isinstance(one.solution, Point) or not check_point(game, one.solution).verified:
        return Certificate(False, claim)
    here = as_pure(one.solution.profile)
    assert here is not None
    there = _after(game, here, one.moves)
    if there is None:
        return Certificate(False, claim)
    coalition = tuple(move.who for move in one.moves)
    gains = {
        f"gain of {game.players[who]}": game.payoff(who, there) - game.payoff(who, here)
        for who in coalition
    }
    holds = min(gains.values()) > 0 and gains == dict(one.numbers)
    if kept and holds:
        holds = _agreements(game).is_kept(coalition, there)
    return Certificate(holds, claim)


def _after(game: NormalGame, here: PureProfile, moves: Sequence[Move]) -> PureProfile | None:
    """The profile after a joint move; None where the move is none."""
    there = list(here)
    if len({move.who for move in moves}) != len(moves) or not moves:
        return None
    for move in moves:
        fits = 0 <= move.who < len(here) and 0 <= move.to < game.shape[move.who]
        if not fits or here[move.who] != move.from_ or move.number != 1:
            return None
        there[move.who] = move.to
    return tuple(there)
