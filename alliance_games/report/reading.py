"""What each choice of an equilibrium of a tree brings, against what another would have brought."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.profiles import support
from alliance_games.report.seen import Play, believed, points_of, reach
from alliance_games.report.words import amount, both, number
from alliance_games.results.tree_solutions import Continuum

MOST_BELIEVED = 6
"""A belief is told by so many of its histories."""


class Span(NamedTuple):
    """The smallest and the largest of some numbers."""

    low: Fraction
    high: Fraction

    @staticmethod
    def of(values: Sequence[Fraction]) -> Span:
        """That of some values, at least one."""
        return Span(min(values), max(values))

    def words(self, exact: bool = True) -> str:
        """``6``, ``-1 to 2``; a range that is not ``exact`` says that it is one of examples."""
        if self.low == self.high:
            return amount(self.low)
        shown = f"{number(self.low)} to {number(self.high)}"
        return shown if exact else f"{shown} at the points tried"

    def most(self, exact: bool = True) -> str:
        """``6``, ``at most 2``."""
        if self.low == self.high:
            return amount(self.high)
        return f"{'' if exact else 'at the points tried '}at most {amount(self.high)}"


class Reading:
    """An equilibrium or a continuum, with what every action would bring at every set."""

    def __init__(self, one: Play | Continuum, game: ExtensiveGame, exact: bool = True) -> None:
        self.game, self.one, self.exact = game, one, exact
        self.points = points_of(one) if isinstance(one, Continuum) else (one,)
        self.chances = [reach(game, point) for point in self.points]
        self._values = [_values(game, point) for point in self.points]

    @property
    def first(self) -> Play:
        """The equilibrium, or the first point of the continuum."""
        return self.points[0]

    def reached(self, index: int) -> bool:
        """Whether play may come to the set (at some point of the continuum)."""
        nodes = self.game.nodes_of[index]
        return any(chances[node] for chances in self.chances for node in nodes)

    def used(self, index: int, members: Sequence[int] | None = None) -> tuple[int, ...]:
        """The actions that some point (of those in ``members``) takes at a set."""
        found: dict[int, None] = {}
        for place in range(len(self.points)) if members is None else members:
            found.update(dict.fromkeys(support(self.points[place].choices[index] or ())))
        return tuple(sorted(found))

    def brings(self, index: int, members: Sequence[int] | None = None) -> list[Span] | None:
        """What each action of a set brings its player there; None where no belief is held."""
        rows = self._rows(index, members)
        return None if rows is None else [Span.of(column) for column in zip(*rows, strict=True)]

    def _rows(self, index: int, members: Sequence[int] | None) -> list[list[Fraction]] | None:
        rows = []
        for place in range(len(self.points)) if members is None else members:
            row = self._at(place, index)
            if row is None:
                return None
            rows.append(row)
        return rows or None

    def best(self, index: int) -> bool:
        """Whether nothing brings more than what is done at a set, at every point (exactly)."""
        for place, point in enumerate(self.points):
            row, choice = self._at(place, index), point.choices[index]
            if row is None or choice is None or any(row[k] < max(row) for k in support(choice)):
                return False
        return True

    def _at(self, place: int, index: int) -> list[Fraction] | None:
        game, player = self.game, self.game.sets[index].player
        held = believed(game, self.points[place], index, self.chances[place])
        if held is None:
            return None
        values = self._values[place]
        totals = [Fraction(0)] * len(game.sets[index].actions)
        for node, weight in zip(game.nodes_of[index], held, strict=True):
            if weight:
                for action, child in enumerate(game.children(node)):
                    totals[action] += weight * values[child][player]
        return totals

    def belief(self, index: int) -> tuple[Fraction, ...] | None:
        """The belief at a set, where all points agree on it."""
        held = {
            believed(self.game, point, index, chances)
            for point, chances in zip(self.points, self.chances, strict=True)
        }
        return held.pop() if len(held) == 1 else None

    def payoff(self, player: int) -> Span:
        """What a player gets."""
        return Span.of([point.payoffs[player] for point in self.points])

    def why(self, index: int, members: Sequence[int] | None = None) -> str:
        """``it brings 0, Attack -4``; '' where there is nothing to choose or nothing is known.

        ``members`` are the points of a continuum that are meant (all of them, if None).
        """
        rows = self._rows(index, members)
        actions = self.game.sets[index].actions
        if rows is None or len(actions) < 2:
            return ""
        spans = [Span.of(column) for column in zip(*rows, strict=True)]
        used = self.used(index, members)
        if any(row[k] != row[used[0]] for row in rows for k in used):
            # Some points take one of these actions alone: there is no one comparison to make.
            return ""
        own = Span.of([value for k in used for value in spans[k]])
        others = [k for k in range(len(actions)) if k not in used]
        if len(used) > 1:
            alike = " alike" if own.low == own.high else ""
            brought = (
                f"{'both bring' if len(used) == 2 else 'all bring'} {own.words(self.exact)}{alike}"
            )
        else:
            brought = f"it brings {own.words(self.exact)}"
        if not others:
            return brought
        best = max(others, key=lambda k: (spans[k].high, -k))
        if spans[best] == own:
            return f"{brought}, {actions[best]} no more"
        rest = "" if len(others) == 1 else ", the best of the others,"
        return f"{brought}, {actions[best]}{rest} {spans[best].most(self.exact)}"


def _values(game: ExtensiveGame, one: Play) -> list[tuple[Fraction, ...]]:
    """Every player's expected payoff from each node on."""
    players = range(len(game.players))
    values: list[tuple[Fraction, ...]] = [()] * game.size
    for node in range(game.size - 1, -1, -1):
        children = game.children(node)
        if not children:
            values[node] = game.payoffs(node)
            continue
        choice = one.choices[game.set_of[node]]
        weights = [game.probability(child) for child in children] if choice is None else choice
        totals = [Fraction(0) for _ in players]
        for weight, child in zip(weights, children, strict=True):
            if weight:
                for player in players:
                    totals[player] += weight * values[child][player]
        values[node] = tuple(totals)
    return values


def belief_words(held: Sequence[Fraction], names: Sequence[str]) -> str:
    """``sure of Committed``, ``believing Committed with probability 3/10 (0.3)``."""
    used = support(tuple(held))
    if len(used) == 1:
        return f"sure of {names[used[0]]}"
    if len(names) == 2:
        return f"believing {names[0]} with probability {both(held[0])}"
    shown = [f"{names[k]} {number(held[k])}" for k in used[:MOST_BELIEVED]]
    rest = len(used) - len(shown)
    if rest and len({held[k] for k in used}) == 1:
        return f"believing {len(used)} histories alike likely"
    return f"believing {', '.join(shown)}{f' and {rest} others' if rest else ''}"
