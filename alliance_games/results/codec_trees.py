"""The solutions of trees, continua of more players and branches, as JSON. Loaded at need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import Any

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.profiles import Mixed
from alliance_games.results import codec_solutions
from alliance_games.results.naming import Json, Names
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
