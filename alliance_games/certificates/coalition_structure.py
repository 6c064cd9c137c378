"""The most that players are worth in any partition, found again by splits in two."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from alliance_games.model.coalitional import CoalitionalGame
from alliance_games.results.named.partitions import BestStructures
from alliance_games.results.solutions import Certificate, Solution


def check_structures(game: CoalitionalGame, solution: Solution) -> Certificate:
    """Each partition is one, worth what it is said to be; and no partition is worth more.

    A set of players is worth most undivided, or split in two parts that are each worth their most.
    """
    if not isinstance(solution, BestStructures):
        return Certificate(False, "it is no partition")
    known: set[frozenset[int]] = set()
    for structure in solution.structures:
        coalitions = _partition(game, structure)
        if coalitions is None or frozenset(coalitions) in known:
            return Certificate(False, "each is a partition, told once")
        known.add(frozenset(coalitions))
        if sum((game.worth(one) for one in coalitions), Fraction(0)) != solution.value:
            return Certificate(False, "each is worth the value told")
    most, number = most_by_splits(game)
    if not known or solution.value != most:
        return Certificate(False, "no partition is worth more")
    if not len(known) <= number == solution.number:
        return Certificate(False, "there are so many partitions of that worth")
    if solution.together != game.worth(game.everybody):
        return Certificate(False, "all together are worth what is told")
    return Certificate(True, f"no split of any of {game.everybody:,} coalitions is worth more")


def _partition(game: CoalitionalGame, structure: tuple[tuple[str, ...], ...]) -> list[int] | None:
    names = [name for coalition in structure for name in coalition]
    if sorted(names) != sorted(game.players):
        return None
    return [game.coalition(coalition) for coalition in structure]


@lru_cache(maxsize=8)
def most_by_splits(game: CoalitionalGame) -> tuple[Fraction, int]:
    """The most that all players are worth in a partition, and in how many partitions they are.

    Counted by the coalition of the last player, so that each partition is counted once.
    """
    most = [0] * (game.everybody + 1)
    for group in range(1, game.everybody + 1):
        best = game.numerators[group]
        part = (group - 1) & group
        while part > group ^ part:  # each split once: the part that holds the last player
            best = max(best, most[part] + most[group ^ part])
            part = (part - 1) & group
        most[group] = best
    ways = {0: 1}
    for group in range(1, game.everybody + 1):
        last = 1 << (group.bit_length() - 1)
        rest = group ^ last
        number, part = 0, rest
        while True:
            coalition = last | part
            left = group ^ coalition
            if game.numerators[coalition] + most[left] == most[group]:
                number += ways[left]
            if not part:
                break
            part = (part - 1) & rest
        ways[group] = number
    value = Fraction(most[game.everybody], game.denominator)
    return value, ways[game.everybody]


def with_structures(game: CoalitionalGame) -> CoalitionalGame:
    """The game in which all players together are worth their best partition (Aumann and Drèze
    1974: what they have to share)."""
    value, _ = most_by_splits(game)
    worths = [Fraction(one, game.denominator) for one in game.numerators]
    return CoalitionalGame.from_worths(game.players, [*worths[:-1], value], numeric=game.numeric)
