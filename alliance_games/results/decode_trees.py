"""What ``codec_trees`` writes, read back. Loaded at need."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any

from alliance_games.model.extensive import CHANCE, ExtensiveGame
from alliance_games.model.profiles import Mixed
from alliance_games.results.naming import Json, Names, read_number
from alliance_games.results.solutions import Behaviour, Point
from alliance_games.results.tree_solutions import (
    Assessment,
    Condition,
    Continuum,
    Correlated,
    Discarded,
    Family,
    Plans,
    QuantalPath,
    RuledOut,
    Symmetric,
    Unknown,
)


class TreeReader:
    """Reads the documents above for one game; ``about`` are properties and certificates."""

    def __init__(self, names: Names, reader: Any) -> None:
        self.names, self.reader = names, reader
        if not isinstance(names.game, ExtensiveGame):
            return
        self.game = names.game
        self.sets = {
            names.information_set(index): index
            for index, each in enumerate(self.game.sets)
            if each.player != CHANCE
        }

    def assessment(self, one: Json, **about: Any) -> Assessment:
        """An assessment, with its tremble if it carries one."""
        play: Behaviour = self.reader.play(one)
        tremble = None
        if "tremble" in one:
            from alliance_games.results.tree_solutions import Tremble

            tremble = Tremble(
                self._by_set(one["tremble"]["orders"], int),
                self._by_set(one["tremble"]["weights"], read_number),
                self._further(one["tremble"]),
            )
        return Assessment(
            play.choices, self._beliefs(one), play.payoffs, play.outcomes, tremble=tremble, **about
        )

    def _beliefs(self, one: Json) -> tuple[Mixed | None, ...]:
        beliefs: list[Mixed | None] = [None] * len(self.game.sets)
        for (player, label), index in ((k, v) for k, v in self.sets.items() if k is not None):
            if len(self.game.nodes_of[index]) == 1:
                beliefs[index] = (Fraction(1),)
            elif (held := one["beliefs"].get(player, {}).get(label)) is not None:
                beliefs[index] = tuple(read_number(held[n]) for n in self.game.node_names(index))
        return tuple(beliefs)

    def _further(self, tremble: Json) -> tuple[Any, ...]:
        if "further" not in tremble:
            return ()
        return self._by_set(
            tremble["further"], lambda terms: tuple((power, read_number(c)) for power, c in terms)
        )

    def _by_set(self, one: Json, read: Callable[[Json], Any]) -> tuple[Any, ...]:
        values: list[Any] = [None] * len(self.game.sets)
        for (player, label), index in ((k, v) for k, v in self.sets.items() if k is not None):
            if (own := one.get(player, {}).get(label)) is not None:
                values[index] = tuple(read(own[a]) for a in self.game.sets[index].actions)
        return tuple(values)

    def continuum(self, one: Json, **about: Any) -> Continuum:
        """A continuum, with its families."""
        points = tuple(map(self._extreme_point, one["extreme_points"]))
        families = tuple(
            Family(
                family["dimension"],
                tuple(family["points"]),
                tuple(self._condition(condition) for condition in family["conditions"]),
                family["hull"],
            )
            for family in one["families"]
        )
        return Continuum(one["dimension"], points, families, **about)

    def _extreme_point(self, one: Json) -> Any:
        if "profile" in one:
            return Point(self.reader.profile(one["profile"]), self.reader.payoffs(one["payoffs"]))
        return self.assessment(one) if "beliefs" in one else self.reader.play(one)

    def _condition(self, one: Json) -> Condition:
        return Condition(
            tuple(
                (read_number(c), tuple(self._unknown(*unknown) for unknown in unknowns))
                for c, unknowns in one["terms"]
            ),
            one["relation"],
        )

    def _unknown(self, of: str, player: str, label: str, place: str = "") -> Unknown:
        if of == "strategy":
            own = self.names.players.index(player)
            return Unknown(of, own, self.names.strategies(own).index(label))
        index = self.sets[player, label]
        options = self.game.sets[index].actions if of == "choice" else self.game.node_names(index)
        return Unknown(of, index, options.index(place))

    def symmetric(self, one: Json, **about: Any) -> Symmetric:
        """What everybody plays."""
        own = self.names.strategies(0)
        strategy = tuple(read_number(one["strategy"][name]) for name in own)
        return Symmetric(strategy, read_number(one["payoff"]), **about)

    def discarded(self, one: Json, **about: Any) -> Discarded:
        """An equilibrium ruled out."""
        numbers = {name: read_number(n) for name, n in one.get("numbers", {}).items()}
        solution = self.reader.solution(one["equilibrium"])
        if "moves" not in one:
            return Discarded(solution, one["reason"], numbers, **about)
        from alliance_games.results.codec_refinements import read_moves

        moves = read_moves(one["moves"], self.names)
        return Discarded(solution, one["reason"], numbers, moves=moves, **about)

    def correlated(self, one: Json, **about: Any) -> Correlated:
        """Correlated play."""
        plans = [
            (self._plan(each["plan"].items()), read_number(each["probability"]))
            for each in one["plans"]
        ]
        payoffs = self.reader.payoffs(one["payoffs"])
        outcomes = self.reader.outcomes(one["outcomes"])
        return Correlated(one["of"], tuple(plans), payoffs, outcomes, **about)

    def _plan(self, by_player: Iterable[tuple[str, Json]]) -> tuple[int, ...]:
        plan = [-1] * len(self.game.sets)
        for player, choices in by_player:
            for label, action in choices.items():
                index = self.sets[player, label]
                plan[index] = self.game.sets[index].actions.index(action)
        return tuple(plan)

    def plans(self, one: Json, **about: Any) -> Plans:
        """The plans that an elimination leaves."""
        players = self.game.players
        return Plans(
            one["of"],
            tuple(tuple(self._plan([(n, plan)]) for plan in one["plans"][n]) for n in players),
            tuple(tuple(one["members"][n]) for n in players),
            tuple(
                RuledOut(
                    players.index(each["player"]),
                    each["plan"],
                    each["round"],
                    self.sets[each["player"], each["at"]],
                    tuple((place, read_number(weight)) for place, weight in each["by"]),
                )
                for each in one["eliminated"]
            ),
            tuple(self.reader.node(path) for path in one["outcomes"]),
            **about,
        )

    def path(self, one: Json, **about: Any) -> QuantalPath:
        """A branch of quantal response."""
        points = tuple(
            (each["precision"], self._play_in_floats(each), each["error"]) for each in one["points"]
        )
        limit = None if one["limit"] is None else self.reader.solution(one["limit"])
        origin = self.reader.solution(one["origin"]) if "origin" in one else None
        return QuantalPath(points, limit, turns=tuple(one.get("turns", ())), origin=origin, **about)

    def _play_in_floats(self, one: Json) -> tuple[tuple[float, ...] | None, ...]:
        if "behaviour" in one:
            return self._by_set(one["behaviour"], float)
        mixtures = one["by_role"] if "by_role" in one else one["profile"].values()
        return tuple(tuple(map(float, mixture.values())) for mixture in mixtures)
