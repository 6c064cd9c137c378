"""Stability of a partition of the players, held to its definition.

A departure is ``movers`` who leave for the coalition ``joins``. It is open to them

* in the core: to any coalition by itself, if every member gains (Banerjee, Konishi and Sönmez
  2001);
* in the strict core: if none of them loses and some gain;
* for Nash stability: to one player, by herself or to a coalition that is there, if she gains;
* for individual stability: if besides nobody she joins loses (Bogomolnaia and Jackson 2002);
* for contractual individual stability: if besides nobody she leaves behind loses.

A partition is stable where none is open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import pairwise

from alliance_games.model.hedonic import HedonicGame
from alliance_games.results.named.partitions import Departure, Move, NoPartition, Partition
from alliance_games.results.solutions import Certificate, Solution

_OF_COALITIONS = ("core-stable", "strict-core-stable")


def check(game: HedonicGame, solution: Solution, notion: str) -> Certificate:
    """Whether a partition is stable or left as stated, or whether none is stable."""
    if isinstance(solution, NoPartition):
        return _absent(game, solution, notion)
    if not isinstance(solution, Partition) or solution.of != notion:
        return Certificate(False, f"it is no partition that is {notion} or not")
    homes = _homes(game, solution.coalitions)
    if homes is None:
        return Certificate(False, "not every player is in exactly one coalition")
    gets = {name: game.utility(at, homes[at]) for at, name in enumerate(game.players)}
    if dict(solution.payoffs) != gets:
        return Certificate(False, "the utilities are those of other coalitions")
    if solution.leaves is not None:
        return _left(game, homes, solution.leaves, notion)
    tried = 0
    for movers, joins in _departures(game, homes, notion):
        tried += 1
        if _is_open(game, homes, movers, joins, notion):
            who = ", ".join(game.members(movers))
            return Certificate(False, f"{who} would leave")
    what = "coalitions" if notion in _OF_COALITIONS else "moves of one player"
    return Certificate(True, f"none of {tried:,} {what} is open to those who would make it")


def _homes(game: HedonicGame, coalitions: Sequence[Sequence[str]]) -> list[int] | None:
    """Each player's coalition; None where they do not make a partition in the order agreed."""
    homes = [0] * len(game.players)
    firsts = []
    for names in coalitions:
        if not names or not set(names) <= set(game.players) or len(set(names)) != len(names):
            return None
        places = [game.players.index(name) for name in names]
        firsts.append(places[0])
        if places != sorted(places) or any(homes[at] for at in places):
            return None
        for at in places:
            homes[at] = sum(1 << one for one in places)
    if not all(homes) or any(first >= later for first, later in pairwise(firsts)):
        return None
    return homes


def _departures(game: HedonicGame, homes: Sequence[int], notion: str) -> Iterator[tuple[int, int]]:
    """Every way to leave that the notion thinks of, as movers and what they join."""
    count = len(game.players)
    if notion in _OF_COALITIONS:
        for coalition in range(1, 1 << count):
            yield coalition, 0
        return
    for player in range(count):
        for goal in (0, *sorted(set(homes))):
            if not goal >> player & 1:
                yield 1 << player, goal


def _is_open(game: HedonicGame, homes: Sequence[int], movers: int, joins: int, notion: str) -> bool:
    """Whether the definition lets ``movers`` leave for ``joins``."""
    count = len(game.players)
    leaving = [at for at in range(count) if movers >> at & 1]
    together = movers | joins
    gains = [game.utility(at, together) - game.utility(at, homes[at]) for at in leaving]
    if notion == "core-stable":
        return joins == 0 and min(gains) > 0
    if notion == "strict-core-stable":
        return joins == 0 and min(gains) >= 0 and max(gains) > 0
    if len(leaving) != 1 or gains[0] <= 0 or movers & joins:
        return False
    if joins and joins not in homes:
        return False
    hosts = [at for at in range(count) if joins >> at & 1]
    if notion == "nash-stable":
        return True
    if any(game.utility(at, together) < game.utility(at, joins) for at in hosts):
        return False
    if notion == "individually-stable":
        return True
    assert notion == "contractually-individually-stable", notion
    home = homes[leaving[0]]
    behind = home & ~movers
    left = [at for at in range(count) if behind >> at & 1]
    return all(game.utility(at, behind) >= game.utility(at, home) for at in left)


def _left(game: HedonicGame, homes: Sequence[int], leaves: Departure, notion: str) -> Certificate:
    """Whether a departure is open, and comes to what it is said to come to."""
    names = set(game.players)
    if not set(leaves.movers) <= set(leaves.coalition) <= names or not leaves.movers:
        return Certificate(False, "those who leave are not in the coalition they end in")
    together = game.coalition(leaves.coalition)
    movers = game.coalition(leaves.movers)
    inside = [at for at in range(len(game.players)) if together >> at & 1]
    before: dict[str, Fraction] = {game.players[at]: game.utility(at, homes[at]) for at in inside}
    after = {game.players[at]: game.utility(at, together) for at in inside}
    if dict(leaves.before) != before or dict(leaves.after) != after:
        return Certificate(False, "the utilities before and after are others")
    if not _is_open(game, homes, movers, together & ~movers, notion):
        return Certificate(False, "nobody may leave so, or wants to")
    return Certificate(True, f"{', '.join(leaves.movers)} would leave, and may")


def _absent(game: HedonicGame, proof: NoPartition, notion: str) -> Certificate:
    """Whether in every partition one of the moves stated is open: all partitions are built again,
    and one is given up where a move among the players already placed is."""
    if proof.of != notion or not all(_is_a_move(game, move) for move in proof.moves):
        return Certificate(False, "these are not moves")
    moves = [(game.coalition(move.movers), game.coalition(move.joins)) for move in proof.moves]
    count = len(game.players)
    ruled_out = 0
    waiting: list[tuple[list[int], int]] = [([0] * count, 0)]
    while waiting:
        homes, placed = waiting.pop()
        unplaced = [at for at in range(count) if not placed >> at & 1]
        if not unplaced:
            names = "; ".join(", ".join(game.members(home)) for home in dict.fromkeys(homes))
            return Certificate(False, f"no move stated is open in {names}")
        first, rest = unplaced[0], unplaced[1:]
        for choice in range(1 << len(rest)):
            members = [first, *(at for place, at in enumerate(rest) if choice >> place & 1)]
            home = sum(1 << at for at in members)
            now = [home if at in members else homes[at] for at in range(count)]
            there = placed | home
            if any(
                not (movers | joins) & ~there and _is_open(game, now, movers, joins, notion)
                for movers, joins in moves
            ):
                ruled_out += 1
            else:
                waiting.append((now, there))
    claim = f"each of {ruled_out:,} beginnings of partitions, which are all, lets some leave"
    return Certificate(True, claim)


def _is_a_move(game: HedonicGame, move: Move) -> bool:
    names = (*move.movers, *move.joins)
    return bool(move.movers) and set(names) <= set(game.players) and len(set(names)) == len(names)
