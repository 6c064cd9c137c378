"""Each kind of solution as JSON. docs/results.md shows the shapes; the schema fixes them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.results.naming import Json, Names
from alliance_games.results.records import Record, encode
from alliance_games.results.solutions import (
    Behaviour,
    Belief,
    Certificate,
    Component,
    CountPoint,
    Dominant,
    Dominated,
    Fact,
    Members,
    Numbers,
    Point,
    Selection,
    Solution,
    Subset,
    Tally,
)

if TYPE_CHECKING:
    from alliance_games.results.tree_solutions import Assessment


def solution(one: Solution, names: Names) -> Json:
    """One solution with the names of its game: its kind first, its certificate last."""
    encode = _ENCODERS.get(type(one)) or _elsewhere(one)
    document = {"kind": one.kind, **encode(one, names)}
    properties: Mapping[str, Fact] = getattr(one, "properties", {})
    if properties:
        document["properties"] = {name: fact(value, names) for name, value in properties.items()}
    if one.certificate is not None:
        document["certificate"] = certificate(one.certificate, names)
    return document


def _elsewhere(one: Solution) -> Callable[[Any, Names], Json]:
    """The encoder of a kind whose module a plain game does not load."""
    if isinstance(one, Record):
        return lambda record, names: encode(record, names.number)
    if one.kind in ("distribution", "commitment"):
        from alliance_games.results.codec_mediated import ENCODERS as OF_MEDIATORS

        return OF_MEDIATORS[type(one)]
    if one.kind == "levels":
        from alliance_games.results import codec_levels

        return codec_levels.encode
    from alliance_games.results.codec_trees import ENCODERS

    return ENCODERS[type(one)]


def fact(value: Fact, names: Names) -> Json:
    """A property: a truth, count or word as it is, an exact number as text."""
    return value if isinstance(value, (bool, int, str)) else names.number(value)


def certificate(one: Certificate, names: Names) -> Json:
    """What the checker found, and what it checked."""
    document: dict[str, Json] = {"verified": one.verified}
    if one.largest_gain is not None:
        document["largest_gain"] = names.number(one.largest_gain)
    document["claim"] = one.claim
    return document


def _point(one: Point, names: Names) -> Json:
    document = {"profile": names.profile(one.profile), "payoffs": names.by_player(one.payoffs)}
    if one.tremble is not None:
        from alliance_games.results.codec_refinements import tremble

        document["tremble"] = tremble(one.tremble, names)
    return document


def _component(one: Component, names: Names) -> Json:
    return {
        "dimension": one.dimension,
        "extreme_points": [names.profile(profile) for profile in one.extreme_points],
        "payoffs": [names.by_player(payoffs) for payoffs in one.payoffs],
        "subsets": [_subset(subset, names) for subset in one.subsets],
    }


def _subset(one: Subset, names: Names) -> Json:
    return {
        names.players[player]: [names.mixture(player, strategy) for strategy in strategies]
        for player, strategies in enumerate((one.rows, one.columns))
    }


def _counts(one: CountPoint, names: Names) -> Json:
    strategies = names.strategies(0)
    return {
        "counts": [dict(zip(strategies, counts, strict=True)) for counts in one.counts],
        "profiles": one.profiles,
        "payoffs": [
            {
                strategy: None if payoff is None else names.number(payoff)
                for strategy, payoff in zip(strategies, payoffs, strict=True)
            }
            for payoffs in one.payoffs
        ],
    }


def play(one: Behaviour | Assessment, names: Names) -> dict[str, Json]:
    """What everybody does, by player and information set, and what comes of it."""
    game = names.game
    assert isinstance(game, ExtensiveGame)
    behaviour: dict[str, dict[str, Json]] = {name: {} for name in names.players}
    for index, choice in enumerate(one.choices):
        named = names.information_set(index)
        if named is not None and choice is not None:
            player, label = named
            behaviour[player][label] = names.distribution(game.sets[index].actions, choice)
    return {
        "behaviour": behaviour,
        "payoffs": names.by_player(one.payoffs),
        "outcomes": outcomes(one.outcomes, names),
        **_free(one, names),
    }


def _free(one: Behaviour | Assessment, names: Names) -> dict[str, Json]:
    """The sets at which anything may be chosen, by player; nothing where there are none."""
    free: dict[str, list[str]] = {}
    for index in getattr(one, "free", ()):
        if (named := names.information_set(index)) is not None:
            free.setdefault(named[0], []).append(named[1])
    return {"free": free} if free else {}


def outcomes(reached: Iterable[tuple[int, Fraction]], names: Names) -> Json:
    """The endings that are reached, each with its probability and payoffs."""
    game = names.game
    assert isinstance(game, ExtensiveGame)
    return [_outcome(game, node, chance, names) for node, chance in reached]


def _outcome(game: ExtensiveGame, node: int, probability: Fraction, names: Names) -> Json:
    """A terminal node: the moves that lead to it, the modeller's name for it if it has one."""
    document: dict[str, Json] = {"path": list(game.path(node))}
    if game.outcomes and (name := game.outcomes[game.terminal[node]]):
        document["name"] = name
    document["probability"] = names.number(probability)
    document["payoffs"] = names.by_player(game.payoffs(node))
    return document


def _members(one: Members, names: Names) -> Json:
    document: dict[str, Json] = {"of": one.of, "members": _strategies(one.members, names)}
    if one.eliminated:
        document["eliminated"] = [solution(step, names) for step in one.eliminated]
    if one.beliefs:
        document["beliefs"] = {
            name: {
                names.strategies(player)[index]: belief(held, names)
                for index, held in zip(indices, beliefs, strict=True)
            }
            for player, (name, indices, beliefs) in enumerate(
                zip(names.players, one.members, one.beliefs, strict=True)
            )
        }
    return document


def _strategies(members: Iterable[Iterable[int]], names: Names) -> dict[str, list[str]]:
    return {
        name: [names.strategies(player)[index] for index in indices]
        for player, (name, indices) in enumerate(zip(names.players, members, strict=True))
    }


def belief(one: Belief, names: Names) -> Json:
    """What the others may do: profiles (or, in an anonymous game, their counts) with
    probabilities."""
    if isinstance(names.game, AnonymousGame):
        strategies = names.game.strategies
        return [
            {
                "counts": dict(zip(strategies, counts, strict=True)),
                "probability": names.number(probability),
            }
            for counts, probability in one
        ]
    return [
        {"profile": names.pure(profile), "probability": names.number(probability)}
        for profile, probability in one
    ]


def _dominated(one: Dominated, names: Names) -> Json:
    document: dict[str, Json] = {
        "player": names.players[one.player],
        "strategy": names.strategies(one.player)[one.strategy],
        "by": names.mixture(one.player, one.by),
        "strength": one.strength,
        "round": one.round,
    }
    if one.within:
        document["within"] = _strategies(one.within, names)
    return document


def _dominant(one: Dominant, names: Names) -> Json:
    return {
        "player": names.players[one.player],
        "strategy": names.strategies(one.player)[one.strategy],
        "strength": one.strength,
    }


def _numbers(one: Numbers, names: Names) -> Json:
    document: dict[str, Json] = {"of": one.of}
    if one.values:
        document["values"] = {
            name: None if value is None else names.number(value)
            for name, value in one.values.items()
        }
    if one.per_player:
        document["per_player"] = names.by_player(one.per_player)
    if one.strategies:
        document["strategies"] = {
            name: [names.mixture(player, strategy) for strategy in strategies]
            for player, (name, strategies) in enumerate(
                zip(names.players, one.strategies, strict=True)
            )
        }
    if one.held_by:
        document["held_by"] = {
            name: belief(held, names) for name, held in zip(names.players, one.held_by, strict=True)
        }
    return document


def _selection(one: Selection, names: Names) -> Json:
    return {
        "profile": None if one.profile is None else names.pure(one.profile),
        "compared": [names.pure(profile) for profile in one.compared],
        "numbers": {name: names.number(value) for name, value in one.numbers.items()},
        "reason": one.reason,
    }


def _tally(one: Tally, names: Names) -> Json:
    return {"number": one.number, "what": one.what}


_ENCODERS: Mapping[type, Callable[[Any, Names], Json]] = {
    Point: _point,
    Component: _component,
    CountPoint: _counts,
    Behaviour: play,
    Members: _members,
    Dominated: _dominated,
    Dominant: _dominant,
    Numbers: _numbers,
    Selection: _selection,
    Tally: _tally,
}
