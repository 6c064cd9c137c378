"""The states of a game and the gains of moving between them, one player at a time.

A state is a pure profile, or in an anonymous game how many players of each role choose what: what
likes do in each other's place changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from alliance_games.algorithms.counting import RoleCounts
from alliance_games.algorithms.pure_equilibria import profile_at
from alliance_games.algorithms.role_counts import all_role_counts, number_of_role_counts
from alliance_games.model.anonymous import AnonymousGame, count_positions
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import PureProfile

Move = tuple[int, int, int]
"""The state it leads to, the group of the player who moves, what she gains (an integer)."""


@dataclass(frozen=True, slots=True)
class Deviations:
    """All states by number; ``moves[state]``; ``profiles[state]`` is one pure profile of it.

    A group's gains stand over its entry of ``denominators``.
    """

    profiles: Sequence[PureProfile]
    moves: Sequence[Sequence[Move]]
    groups: tuple[str, ...]
    denominators: tuple[int, ...]

    def gain(self, move: Move) -> Fraction:
        """What the mover gains."""
        return Fraction(move[2], self.denominators[move[1]])

    def equilibria(self) -> list[int]:
        """The states in which nobody gains by a move."""
        return [at for at, row in enumerate(self.moves) if all(move[2] <= 0 for move in row)]


def number_of_states(game: NormalGame | AnonymousGame) -> int:
    """How many states there are."""
    return game.size if isinstance(game, NormalGame) else number_of_role_counts(game)


def deviations(game: NormalGame | AnonymousGame, tick: Callable[[], None]) -> Deviations:
    """Every state and every move."""
    if isinstance(game, NormalGame):
        return _of_profiles(game, tick)
    return _of_counts(game, tick)


def _of_profiles(game: NormalGame, tick: Callable[[], None]) -> Deviations:
    moves: list[list[Move]] = [[] for _ in range(game.size)]
    for player, (table, size, stride) in enumerate(
        zip(game.numerators, game.shape, game.strides, strict=True)
    ):
        tick()
        for position in range(game.size):
            first = position - position // stride % size * stride
            for other in range(first, first + size * stride, stride):
                if other != position:
                    moves[position].append((other, player, table[other] - table[position]))
    profiles = [profile_at(game, position) for position in range(game.size)]
    return Deviations(profiles, moves, game.players, game.denominators)


def _of_counts(game: AnonymousGame, tick: Callable[[], None]) -> Deviations:
    states = list(all_role_counts(game))
    number_of = {state: index for index, state in enumerate(states)}
    place = count_positions(len(game.players) - 1, len(game.strategies))
    moves = []
    for state in states:
        tick()
        total = [sum(column) for column in zip(*state, strict=True)]
        row: list[Move] = []
        for role, counts in enumerate(state):
            tables = game.numerators[role]
            for own, number in enumerate(counts):
                if not number:
                    continue
                at = place[tuple(c - (s == own) for s, c in enumerate(total))]
                for to, table in enumerate(tables):
                    if to != own:
                        moved = tuple(c - (s == own) + (s == to) for s, c in enumerate(counts))
                        after = number_of[(*state[:role], moved, *state[role + 1 :])]
                        row.append((after, role, table[at] - tables[own][at]))
        moves.append(row)
    groups = tuple(game.players[members[0]] for members in game.members)
    return Deviations(
        [_a_profile(game, state) for state in states], moves, groups, game.denominators
    )


def _a_profile(game: AnonymousGame, state: RoleCounts) -> PureProfile:
    """The profile with these counts in which earlier players choose earlier strategies."""
    profile = [0] * len(game.players)
    for members, counts in zip(game.members, state, strict=True):
        choices = [own for own, number in enumerate(counts) for _ in range(number)]
        for player, own in zip(members, choices, strict=True):
            profile[player] = own
    return tuple(profile)


def state_name(game: NormalGame | AnonymousGame, profile: PureProfile) -> str:
    """``(Stag, Rabbit)``; in an anonymous game ``(3 Stag, 2 Rabbit)``, role by role."""
    if isinstance(game, NormalGame):
        return f"({', '.join(game.names(profile))})"
    parts = []
    for members in game.members:
        chosen = [profile[player] for player in members]
        counts = ((chosen.count(own), name) for own, name in enumerate(game.strategies))
        parts.append(", ".join(f"{number} {name}" for number, name in counts if number))
    return f"({'; '.join(parts)})"
