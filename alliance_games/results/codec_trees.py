"""The solutions of trees, continua of more players and branches, as JSON. Loaded at need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.extensive import CHANCE, ExtensiveGame
from alliance_games.model.profiles import Mixed
from alliance_games.results import codec_solutions
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


def condition_words(condition: Condition, names: Names) -> str:
    """``Pr(Adversary @ Treaty: Attack) >= 4/7``: the constant alone stands on the right, and a
    lone unknown on the left has the coefficient 1."""
    constant = sum((c for c, unknowns in condition.terms if not unknowns), Fraction(0))
    terms = [(c, unknowns) for c, unknowns in condition.terms if unknowns]
    relation = condition.relation
    if not terms:
        return f"{names.number(constant)} {relation} 0"
    scale = terms[0][0] if len(terms) == 1 or relation == "=" else abs(terms[0][0])
    if scale < 0:
        relation = {">=": "<=", ">": "<", "=": "="}[relation]
    shown = ""
    for coefficient, unknowns in terms:
        factor = coefficient / scale
        product = " ".join(unknown_words(one, names) for one in unknowns)
        size = "" if abs(factor) == 1 else f"{names.number(abs(factor))} "
        sign = ("-" if factor < 0 else "") if not shown else (" - " if factor < 0 else " + ")
        shown += f"{sign}{size}{product}"
    return f"{shown} {relation} {names.number(-constant / scale)}"


def unknown_words(one: Unknown, names: Names) -> str:
    """``Pr(Player @ set: action)``, ``belief(Player @ set: node)`` or ``Pr(Player: strategy)``."""
    if one.of == "strategy":
        return f"Pr({names.players[one.set]}: {names.strategies(one.set)[one.place]})"
    player, label, place = _unknown(one, names)
    return f"{'Pr' if one.of == 'choice' else 'belief'}({player} @ {label}: {place})"


def _unknown(one: Unknown, names: Names) -> tuple[str, ...]:
    if one.of == "strategy":
        return names.players[one.set], names.strategies(one.set)[one.place]
    named = names.information_set(one.set)
    assert named is not None
    game = _tree(names)
    options = game.sets[one.set].actions if one.of == "choice" else game.node_names(one.set)
    return (*named, options[one.place])


def _tree(names: Names) -> ExtensiveGame:
    assert isinstance(names.game, ExtensiveGame)
    return names.game


def _beliefs(beliefs: tuple[Mixed | None, ...], names: Names) -> Json:
    """By player and information set, over its nodes; sets of one node have none."""
    game = _tree(names)
    document: dict[str, dict[str, Json]] = {name: {} for name in names.players}
    for index, belief in enumerate(beliefs):
        named = names.information_set(index)
        if named is not None and belief is not None and len(belief) > 1:
            document[named[0]][named[1]] = names.distribution(game.node_names(index), belief)
    return document


def _assessment(one: Assessment, names: Names) -> Json:
    document = codec_solutions.play(one, names)
    document = {
        "behaviour": document.pop("behaviour"),
        "beliefs": _beliefs(one.beliefs, names),
        **document,
    }
    if one.tremble is not None:
        document["tremble"] = {
            "orders": _by_set(one.tremble.orders, names, int),
            "weights": _by_set(one.tremble.weights, names, names.number),
        }
        if one.tremble.further:
            document["tremble"]["further"] = _by_set(
                one.tremble.further,
                names,
                lambda terms: [[power, names.number(c)] for power, c in terms],
            )
    return document


def _by_set(values: tuple[Any, ...], names: Names, write: Callable[[Any], Json]) -> Json:
    game = _tree(names)
    document: dict[str, dict[str, Json]] = {name: {} for name in names.players}
    for index, own in enumerate(values):
        named = names.information_set(index)
        if named is not None and own is not None:
            actions = game.sets[index].actions
            document[named[0]][named[1]] = dict(zip(actions, map(write, own), strict=True))
    return document


def _continuum(one: Continuum, names: Names) -> Json:
    return {
        "dimension": one.dimension,
        "extreme_points": [_extreme_point(point, names) for point in one.points],
        "families": [_family(family, names) for family in one.families],
    }


def _extreme_point(one: Assessment | Behaviour | Point, names: Names) -> Json:
    if isinstance(one, Assessment):
        return _assessment(one, names)
    if isinstance(one, Behaviour):
        return codec_solutions.play(one, names)
    return {"profile": names.profile(one.profile), "payoffs": names.by_player(one.payoffs)}


def _family(one: Family, names: Names) -> Json:
    return {
        "dimension": one.dimension,
        "points": list(one.points),
        "hull": one.hull,
        "conditions": [
            {
                "text": condition_words(condition, names),
                "relation": condition.relation,
                "terms": [
                    [names.number(c), [[u.of, *_unknown(u, names)] for u in unknowns]]
                    for c, unknowns in condition.terms
                ],
            }
            for condition in one.conditions
        ],
    }


def _symmetric(one: Symmetric, names: Names) -> Json:
    return {"strategy": names.mixture(0, one.strategy), "payoff": names.number(one.payoff)}


def _discarded(one: Discarded, names: Names) -> Json:
    document: dict[str, Json] = {
        "equilibrium": codec_solutions.solution(one.solution, names),
        "reason": one.reason,
    }
    if one.numbers:
        document["numbers"] = {name: names.number(n) for name, n in one.numbers.items()}
    if one.moves:
        from alliance_games.results.codec_refinements import moves

        document["moves"] = moves(one.moves, names)
    return document


def _correlated(one: Correlated, names: Names) -> Json:
    plans = [
        {"plan": _plan(plan, names), "probability": names.number(probability)}
        for plan, probability in one.plans
    ]
    return {
        "of": one.of,
        "plans": plans,
        "payoffs": names.by_player(one.payoffs),
        "outcomes": codec_solutions.outcomes(one.outcomes, names),
    }


def _plan(plan: Iterable[int], names: Names) -> Json:
    """An action by player and information set, where the plan leaves the set open."""
    game = _tree(names)
    document: dict[str, dict[str, Json]] = {}
    for index, action in enumerate(plan):
        if action >= 0 and (named := names.information_set(index)) is not None:
            document.setdefault(named[0], {})[named[1]] = game.sets[index].actions[action]
    return document


def _plans(one: Plans, names: Names) -> Json:
    game = _tree(names)

    def listed(player: int, places: Iterable[int]) -> Json:
        name = names.players[player]
        return [_plan(one.plans[player][k], names).get(name, {}) for k in places]

    return {
        "of": one.of,
        "plans": {n: listed(p, range(len(one.plans[p]))) for p, n in enumerate(names.players)},
        "members": {n: list(one.members[p]) for p, n in enumerate(names.players)},
        "eliminated": [
            {
                "player": names.players[each.player],
                "plan": each.plan,
                "round": each.round,
                "at": game.set_name(each.set),
                "by": [[place, names.number(weight)] for place, weight in each.by],
            }
            for each in one.ruled_out
        ],
        "outcomes": [list(game.path(node)) for node in one.outcomes],
    }


def _path(one: QuantalPath, names: Names) -> Json:
    document: dict[str, Json] = {
        "points": [
            {"precision": precision, **_play_in_floats(choices, names), "error": error}
            for precision, choices, error in one.points
        ],
        "limit": None if one.limit is None else codec_solutions.solution(one.limit, names),
    }
    if one.turns:
        document["turns"] = list(one.turns)
    if one.origin is not None:
        document["origin"] = codec_solutions.solution(one.origin, names)
    return document


def _play_in_floats(choices: tuple[tuple[float, ...] | None, ...], names: Names) -> Json:
    """What everybody does at a point of a branch: by information set, by player, or by role."""
    game = names.game
    if isinstance(game, ExtensiveGame):
        return {"behaviour": _by_set(choices, names, float)}
    mixtures = [
        dict(zip(names.strategies(place), choice or (), strict=True))
        for place, choice in enumerate(choices)
    ]
    if isinstance(game, AnonymousGame):
        return {"by_role": mixtures}
    return {"profile": dict(zip(game.players, mixtures, strict=True))}


ENCODERS: Mapping[type, Callable[[Any, Names], Json]] = {
    Assessment: _assessment,
    Continuum: _continuum,
    Symmetric: _symmetric,
    Discarded: _discarded,
    Correlated: _correlated,
    Plans: _plans,
    QuantalPath: _path,
}


# And back


class TreeReader:
    """Reads the documents above for one game; ``about`` are properties and certificates."""

    def __init__(self, names: Names, reader: Any) -> None:
        self.names, self.reader = names, reader
        if not isinstance(names.game, ExtensiveGame):
            return
        self.game = _tree(names)
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
