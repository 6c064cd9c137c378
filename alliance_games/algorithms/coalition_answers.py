"""Equilibria that coalitions leave, as answers: who moves to what, and what each of them gains."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from alliance_games.algorithms import coalitions, coalitions_by_counts
from alliance_games.algorithms.coalitions_by_counts import Moves, Payoffs
from alliance_games.algorithms.pure_equilibria import profile_at
from alliance_games.exact.numerals import number
from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import as_pure
from alliance_games.results.solutions import CountPoint, Point
from alliance_games.results.tree_solutions import Discarded, Move

Judge = Callable[[Point | CountPoint], Discarded | None]
"""Of an equilibrium: how a coalition leaves it, or None."""

Tick = Callable[[], None]


def strong(game: NormalGame | AnonymousGame, tick: Tick) -> Judge:
    """Whether some coalition has a joint deviation from which all its members gain."""
    if isinstance(game, NormalGame):

        def of_profile(one: Point | CountPoint) -> Discarded | None:
            assert isinstance(one, Point)
            position = _position(game, one)
            joint = coalitions.blocking(game, position, tick)
            return None if joint is None else _left(game, one, position, joint, kept=False)

        return of_profile
    payoffs = Payoffs(game)

    def of_counts(one: Point | CountPoint) -> Discarded | None:
        assert isinstance(one, CountPoint)
        moves = coalitions_by_counts.blocking(payoffs, one.counts, tick)
        return None if moves is None else _left_by_counts(payoffs, one, moves, kept=False)

    return of_counts


def coalition_proof(game: NormalGame | AnonymousGame, tick: Tick) -> Judge:
    """Whether some coalition gains by a joint deviation that none of its parts would leave."""
    if isinstance(game, NormalGame):
        known = coalitions.CoalitionProof(game, tick)
        proof = set(known.solutions)

        def of_profile(one: Point | CountPoint) -> Discarded | None:
            assert isinstance(one, Point)
            position = _position(game, one)
            if position in proof:
                return None
            return _left(game, one, position, known.upset(position), kept=True)

        return of_profile
    payoffs = Payoffs(game)
    by_counts = coalitions_by_counts.CoalitionProofCounts(payoffs, tick)

    def of_counts(one: Point | CountPoint) -> Discarded | None:
        assert isinstance(one, CountPoint)
        if by_counts.holds(one.counts):
            return None
        return _left_by_counts(payoffs, one, by_counts.upset(one.counts), kept=True)

    return of_counts


def _position(game: NormalGame, one: Point) -> int:
    profile = as_pure(one.profile)
    assert profile is not None
    return game.position(profile)


def _left(
    game: NormalGame, one: Point, position: int, joint: coalitions.Joint, *, kept: bool
) -> Discarded:
    members, target = joint
    here, there = profile_at(game, position), profile_at(game, target)
    moves = tuple(Move(who, here[who], there[who]) for who in members)
    gains = [game.payoff(who, there) - game.payoff(who, here) for who in members]
    names = [game.players[who] for who in members]
    numbers = {f"gain of {name}": gain for name, gain in zip(names, gains, strict=True)}
    to = _listed(
        [
            f"{game.players[who]} to {game.strategies[who][there[who]]}"
            if here[who] != there[who]
            else f"{game.players[who]} keeping {game.strategies[who][there[who]]}"
            for who in members
        ]
    )
    reason = f"{_listed(names)} would move together, {to}, and gain {_each(names, gains, game)}"
    return Discarded(one, reason + (_KEPT if kept else ""), numbers, moves=moves)


_KEPT = "; none of them would leave that agreement in turn"


def _left_by_counts(payoffs: Payoffs, one: CountPoint, moves: Moves, *, kept: bool) -> Discarded:
    game = payoffs.game
    now = list(coalitions_by_counts.totals(one.counts))
    after = list(now)
    for _, own, there, count in moves:
        after[own] -= count
        after[there] += count
    before, gets = payoffs.at(tuple(now)), payoffs.at(tuple(after))
    several = len(game.members) > 1
    told, numbers = [], {}
    for role, own, there, count in moves:
        old, new = before[role][own], gets[role][there]
        assert old is not None and new is not None
        gain = Fraction(new - old, payoffs.whole)
        first, second = game.strategies[own], game.strategies[there]
        of = f" (role {role + 1})" if several else ""
        numbers[f"gain from {first} to {second}{of}"] = gain
        who = f"{count} player{'s' if count > 1 else ''}{of}"
        turn = f"from {first} to {second}" if own != there else f"keeping {first}"
        told.append(
            f"{who} {turn}, with a gain of {number(gain)} each"
            if count > 1
            else f"{who} {turn}, with a gain of {number(gain)}"
        )
    reason = f"a coalition would move together: {_listed(told)}"
    return Discarded(
        one, reason + (_KEPT if kept else ""), numbers, moves=tuple(Move(*move) for move in moves)
    )


def _each(names: Sequence[str], gains: Sequence[Fraction], game: NormalGame) -> str:
    if game.ordinal:
        return "by it, each of them"
    if len(set(gains)) == 1:
        return number(gains[0]) + (" each" if len(gains) > 1 else "")
    return _listed([f"{number(gain)} ({name})" for name, gain in zip(names, gains, strict=True)])


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
