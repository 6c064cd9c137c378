"""Comparative statics in the JSON document of regimes."""

from __future__ import annotations

from alliance_games.parametric.codec import answer
from alliance_games.parametric.decide import Point
from alliance_games.parametric.statics import Comparative, Effect, Statics
from alliance_games.parametric.telling import Telling, Told
from alliance_games.results.naming import Json, exact


def encode(telling: Telling, comparative: Comparative) -> Json:
    """The ``statics`` of a document: for each equilibrium of each cell the effects on it."""
    return {
        "status": "stopped"
        if comparative.stopped
        else "undecided"
        if comparative.undecided
        else "exact",
        "stopped": comparative.stopped,
        "equilibria": [
            _equilibrium(one, told, telling)
            for told in telling.cells
            for one in comparative.found
            if one.regime is told.regime
        ],
    }


def _equilibrium(one: Statics, told: Told, telling: Telling) -> Json:
    return {
        "cell": told.label,
        "concept": one.concept,
        "solution": answer(one.solution, telling),
        "effects": [_effect(effect, telling) for effect in one.effects],
    }


def _effect(effect: Effect, telling: Telling) -> Json:
    quantity = effect.quantity
    document: dict[str, Json] = {"of": quantity.of}
    if quantity.path:
        document["name"] = list(quantity.path)
    else:
        document["player"] = telling.names.players[quantity.player]
    if quantity.at is not None:
        name, actions = telling.names.set_at(quantity.at)
        document["set"] = name
        document["action"] = actions[quantity.place]
    elif quantity.of == "probability":
        document["strategy"] = telling.names.strategies(quantity.player)[quantity.place]
    document["formula"] = telling.writer.text(quantity.formula)
    document["in"] = telling.found.region.symbols.names[effect.variable]
    document["direction"] = effect.direction
    document["signs"] = [
        {"sign": sign, "at": _point(witness, telling)}
        for sign, witness in zip(effect.signs, effect.witnesses, strict=True)
    ]
    document["undecided"] = effect.undecided or None
    document["elasticity"] = None if effect.elasticity is None else exact(effect.elasticity)
    return document


def _point(point: Point | None, telling: Telling) -> Json:
    if point is None:
        return None
    names = telling.found.region.symbols.names
    return {name: exact(value) for name, value in zip(names, point, strict=True)}


__all__ = ["encode"]
