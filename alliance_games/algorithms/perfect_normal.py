"""Trembles that show an equilibrium of a game in normal form to be perfect (Selten 1975).

Two players: a strategy is undominated exactly when it is a best reply to some completely mixed one
(van Damme 1987), and is then one to any mixture of that with the other's actual strategy; so the
undominated equilibria are the perfect ones. More players: from a pure equilibrium, trembles of the
first order change what tied strategies are worth linearly. If some keep every choice strictly
better than what ties with it, they are the tremble; if none keep every choice at least as good, no
tremble does, because of any tremble the first order is what counts. In between it stays open.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from alliance_games.exact.programs import Program, Row, maximize
from alliance_games.exact.tableau import Tick
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Mixed, Profile, PureProfile, as_pure, support
from alliance_games.results.tree_solutions import Tremble


def of_two(game: NormalGame, profile: Profile, tick: Tick) -> Tremble:
    """The tremble of an undominated equilibrium of a two-player game."""
    tables = [game.matrix(0), [list(column) for column in zip(*game.matrix(1), strict=True)]]
    beliefs = [_belief(tables[1 - who], support(profile[1 - who]), tick) for who in range(2)]
    return first_order(profile, beliefs)


def _belief(table: Sequence[Sequence[int]], used: Sequence[int], tick: Tick) -> list[Fraction]:
    """Completely mixed weights of the other player against which all of ``used`` are best."""
    width = len(table[0])
    rows = {own: ([*line, -1], -sum(line)) for own, line in enumerate(table)}
    program = Program(
        objective=[-1] * width + [0],
        at_most=[row for own, row in rows.items() if own not in used],
        equal=[rows[own] for own in used],
        free=frozenset({width}),
    )
    outcome = maximize(program, tick)
    if outcome.status != "optimal":
        raise ValueError("the strategy is weakly dominated")
    return [above + 1 for above in outcome.primal[:width]]


def first_order(profile: Profile, weights: Sequence[Sequence[Fraction]]) -> Tremble:
    """The profile plus e times completely mixed weights."""
    return Tremble(
        tuple(tuple(0 if p else 1 for p in mixed) for mixed in profile),
        tuple(
            tuple(p or w for p, w in zip(mixed, own, strict=True))
            for mixed, own in zip(profile, weights, strict=True)
        ),
        tuple(
            tuple(((1, w),) if p else () for p, w in zip(mixed, own, strict=True))
            for mixed, own in zip(profile, weights, strict=True)
        ),
    )


class Undecided(Exception):
    """Whether the equilibrium is perfect was not settled."""


def of_many(game: NormalGame, profile: Profile, tick: Tick) -> Tremble | None:
    """A tremble of an equilibrium of any number of players; None where provably none does it.

    Raises Undecided.
    """
    if all(all(mixed) for mixed in profile):
        return first_order(profile, profile)
    here = as_pure(profile)
    if here is None:
        raise Undecided("it is mixed, and not completely")
    effects = [_spread(game, *effect) for effect in _ties(game, here)]
    found = _strict(game, effects, tick)
    if found is not None:
        return first_order(profile, found)
    if _impossible(game, here, effects, tick):
        return None
    raise Undecided("trembles of the first order leave a tie")


def _ties(game: NormalGame, here: PureProfile) -> list[tuple[int, int, PureProfile]]:
    """Each player's other strategies that do as well, unless they do so whatever others do."""
    found = []
    for player, used in enumerate(here):
        for other in range(game.shape[player]):
            there = (*here[:player], other, *here[player + 1 :])
            if other == used or game.payoff(player, there) != game.payoff(player, here):
                continue
            if any(
                game.payoff(player, (*p[:player], used, *p[player + 1 :]))
                != game.payoff(player, (*p[:player], other, *p[player + 1 :]))
                for p in game.profiles()
            ):
                found.append((player, other, here))
    return found


def _spread(game: NormalGame, player: int, other: int, here: PureProfile) -> list[list[int]]:
    """What each single slip of another player does to the choice's lead over ``other``."""
    lead = [[0] * size for size in game.shape]
    table = game.numerators[player]
    for who, size in enumerate(game.shape):
        for slip in range(size):
            if who == player or slip == here[who]:
                continue
            first = list(here)
            first[who] = slip
            second = list(first)
            second[player] = other
            lead[who][slip] = (
                table[game.position(tuple(first))] - table[game.position(tuple(second))]
            )
    return lead


def _strict(
    game: NormalGame, effects: Sequence[Sequence[Sequence[int]]], tick: Tick
) -> list[Mixed] | None:
    """Weights of at least one with which every lead is positive."""
    width = sum(game.shape)
    rows: list[Row] = []
    for lead in effects:
        flat = [effect for own in lead for effect in own]
        # The weights are 1 + x, x >= 0; the lead must be at least 1.
        rows.append(([-effect for effect in flat], sum(flat) - 1))
    outcome = maximize(Program([-1] * width, rows), tick)
    if outcome.status != "optimal":
        return None
    weights, place = [], 0
    for size in game.shape:
        weights.append(tuple(above + 1 for above in outcome.primal[place : place + size]))
        place += size
    return weights


def _impossible(
    game: NormalGame, here: PureProfile, effects: Sequence[Sequence[Sequence[int]]], tick: Tick
) -> bool:
    """Whether slips of any kind make some lead negative, to the first order."""
    flat = [[effect for own in lead for effect in own] for lead in effects]
    slips = [int(own != here[who]) for who, size in enumerate(game.shape) for own in range(size)]
    rows: list[Row] = [([-effect for effect in line], 0) for line in flat]
    outcome = maximize(Program([0] * len(slips), rows, [(slips, 1)]), tick)
    return outcome.status == "infeasible"
