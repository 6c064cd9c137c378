"""Subgame perfect equilibria of trees in which two players may move at once, over any field.

Backward induction over subgames (Selten 1965): with one equilibrium of every inner subgame put in
its place, a subgame is a choice of one player or a game in normal form of two, whose equilibria
``nash_conditions`` finds, mixed ones too. Every combination is followed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod
from typing import Any, NamedTuple, Protocol

from alliance_games.algorithms.formula_play import is_nothing, reached
from alliance_games.algorithms.nash_conditions import equilibria as nash
from alliance_games.model.extensive import CHANCE, TERMINAL
from alliance_games.model.profiles import Mixed, Payoffs, Profile, pure
from alliance_games.results.ordered import Signs, Undescribed
from alliance_games.results.solutions import Behaviour, Point

MOST = 256
"""Equilibria of one subgame up to which all combinations are followed."""


class Subgame(Protocol):
    """A subgame whose inner ones are cut off: its first node, where the inner ones start, and its
    information sets."""

    @property
    def root(self) -> int: ...

    @property
    def cuts(self) -> tuple[int, ...]: ...

    @property
    def sets(self) -> tuple[int, ...]: ...


class _Play(NamedTuple):
    """An equilibrium of a subgame: payoffs, choices by information set, and whether a tie of one
    player's was broken."""

    payoffs: Payoffs
    choices: tuple[tuple[int, Mixed], ...]
    tie: bool


@dataclass(frozen=True)
class _Stage:
    """A game in normal form of two movers; ``payoffs(profile)`` are theirs."""

    table: Mapping[tuple[int, int], tuple[Fraction, Fraction]]
    shape: tuple[int, int]

    def payoff(self, player: int, profile: tuple[int, int]) -> Fraction:
        """The payoff of the first or second mover."""
        return self.table[profile][player]

    def payoffs(self, profile: tuple[int, int]) -> tuple[Fraction, Fraction]:
        """Both movers' payoffs."""
        return self.table[profile]


def told(game: Any, stages: Sequence[Subgame]) -> str | None:
    """Why the conditions are not told of a tree with these subgames; None where they are."""
    for stage in stages:
        movers = [game.sets[index].player for index in stage.sets]
        movers = [player for player in movers if player != CHANCE]
        if len(movers) > 2 or len(set(movers)) < len(movers):
            return (
                "regimes takes trees in which, once the subgames inside are played out, one player "
                "chooses once or two choose at once, and here more is hidden"
            )
    return None


def equilibria(game: Any, stages: Sequence[Subgame], signs: Signs) -> Iterator[Behaviour]:
    """All subgame perfect equilibria, mixed ones too where two players move at once.

    Where a single mover is indifferent, each of her best actions is followed, but no mixtures of
    them. Raises Undescribed where two who move at once have a continuum of equilibria, or where
    there are more than MOST combinations.
    """
    plays: dict[int, list[_Play]] = {}
    for stage in reversed(stages):
        below = [plays[cut] for cut in stage.cuts]
        if prod(map(len, below)) > MOST:
            raise Undescribed(f"there are more than {MOST} combinations of equilibria of subgames")
        found: list[_Play] = []
        for chosen in product(*below):
            found += _of_stage(game, stage, dict(zip(stage.cuts, chosen, strict=True)), signs)
        plays[stage.root] = found
    for play in plays[0]:
        choices: list[Mixed | None] = [None] * len(game.sets)
        for index, mixed in play.choices:
            choices[index] = mixed
        outcomes = reached(game, choices, signs)
        properties = {"several": True} if play.tie else {}
        yield Behaviour(tuple(choices), play.payoffs, outcomes, properties)


def _of_stage(
    game: Any, stage: Subgame, inner: Mapping[int, _Play], signs: Signs
) -> Iterator[_Play]:
    sets = [index for index in stage.sets if game.sets[index].player != CHANCE]
    sizes = [len(game.sets[index].actions) for index in sets]
    worth = {
        profile: _worth(game, stage.root, dict(zip(sets, profile, strict=True)), inner)
        for profile in product(*map(range, sizes))
    }
    later = tuple(choice for play in inner.values() for choice in play.choices)
    broken = any(play.tie for play in inner.values())
    if not sets:
        yield _Play(worth[()], later, broken)
    elif len(sets) == 1:
        mover = game.sets[sets[0]].player
        best = [0]
        for action in range(1, sizes[0]):
            sign = signs.sign(worth[(action,)][mover] - worth[(best[0],)][mover])
            if sign > 0:
                best = [action]
            elif not sign:
                best.append(action)
        for action in best:
            own = (sets[0], pure(action, sizes[0]))
            yield _Play(worth[(action,)], (own, *later), broken or len(best) > 1)
    else:
        one, other = (game.sets[index].player for index in sets)
        table = {(i, j): (value[one], value[other]) for (i, j), value in worth.items()}
        for solution in nash(_Stage(table, (sizes[0], sizes[1])), signs):
            if not isinstance(solution, Point):
                raise Undescribed("two players who move at once have a continuum of equilibria")
            own_choices = tuple(zip(sets, solution.profile, strict=True))
            payoffs = _mixed(worth, solution.profile, len(game.players))
            yield _Play(payoffs, (*own_choices, *later), broken)


def _worth(game: Any, node: int, actions: Mapping[int, int], inner: Mapping[int, _Play]) -> Payoffs:
    """What play from a node on gives, with these actions and inner equilibria."""
    if node in inner:
        return inner[node].payoffs
    index = game.set_of[node]
    if index == TERMINAL:
        payoffs: Payoffs = tuple(game.payoffs(node))
        return payoffs
    if index in actions:
        return _worth(game, game.children(node)[actions[index]], actions, inner)
    total = [Fraction(0)] * len(game.players)
    for child in game.children(node):
        weight = game.probability(child)
        for player, payoff in enumerate(_worth(game, child, actions, inner)):
            total[player] = total[player] + weight * payoff
    return tuple(total)


def _mixed(worth: Mapping[tuple[int, ...], Payoffs], profile: Profile, players: int) -> Payoffs:
    total = [Fraction(0)] * players
    for (i, j), payoffs in worth.items():
        weight = profile[0][i] * profile[1][j]
        if not is_nothing(weight):
            for player in range(players):
                total[player] = total[player] + weight * payoffs[player]
    return tuple(total)
