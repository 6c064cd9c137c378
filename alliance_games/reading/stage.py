"""A game in normal form as what is played inside a tree: after types are drawn, say."""

from __future__ import annotations

from collections.abc import Mapping
from math import prod

from alliance_games.exact.expression import Expression
from alliance_games.model.formulas import NormalFormulas
from alliance_games.model.tables import NormalTable
from alliance_games.reading.desk import Desk
from alliance_games.reading.endings import Ending
from alliance_games.reading.situations import Situation, answered, asked, written_out

Plain = NormalTable | NormalFormulas
"""A body in normal form whose payoffs are numbers."""


class Stage:
    """One body in normal form, ready to say what a profile pays."""

    def __init__(self, desk: Desk, body: Plain) -> None:
        self.body = body
        self._asked: dict[int, tuple[Expression, ...]] = {}
        self._known: dict[tuple[object, ...], Expression] = {}
        known = desk.scope.parameters
        self.words = {"mine", "type"} - set(desk.scope.known_names())
        self.entries = frozenset(
            name for name, keys in known.items() if keys and all(len(key) == 1 for key in keys)
        )

    def ending(self, profile: tuple[str, ...], types: Mapping[str, str]) -> Ending:
        """What the profile pays every player where these are the types, and its outcome's name."""
        players = self.body.players
        plays = dict(zip(players, profile, strict=True))
        if isinstance(self.body, NormalTable):
            place = 0
            for names, played in zip(self.body.strategies, profile, strict=True):
                place = place * len(names) + names.index(played)
            formulas = self.body.cells[place]
            outcome = self.body.outcomes[place] if self.body.outcomes else ""
        else:
            formulas, outcome = self.body.formulas, ""
        return tuple(
            [
                self._written(formula, self._situation(player, plays, types))
                for player, formula in zip(players, formulas, strict=True)
            ]
        ), outcome

    def _written(self, formula: Expression, situation: Situation) -> Expression:
        """The formula in that situation, one object for all situations that are alike to it."""
        if id(formula) not in self._asked:
            self._asked[id(formula)] = asked(formula)
        key = (id(formula), *(answered(each, situation) for each in self._asked[id(formula)]))
        if key not in self._known:
            self._known[key] = written_out(formula, situation)
        return self._known[key]

    def _situation(
        self, player: str, plays: Mapping[str, str], types: Mapping[str, str]
    ) -> Situation:
        words = {"mine": plays[player], "type": types.get(player, "")}
        words = {word: name for word, name in words.items() if word in self.words}
        return Situation(words, types, plays, player, self.entries)


def profiles_of(body: Plain) -> int:
    """How many profiles of strategies there are."""
    return prod(map(len, body.strategies))


def as_plain(body: object) -> Plain | None:
    """The body where it is one in normal form with numbers; else None."""
    return body if isinstance(body, NormalTable | NormalFormulas) else None
