"""JSON documents back into answers, for the game they are about: what ``codec`` writes, read.

Exact games come back exactly as they were; the floats of a numeric game come back as the rationals
they stand for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.extensive import CHANCE, ExtensiveGame
from alliance_games.model.profiles import Mixed, Payoffs, Profile, PureProfile
from alliance_games.model.study import Case
from alliance_games.results.cases import CaseAnswer
from alliance_games.results.concept import Game
from alliance_games.results.naming import PAIR, Json, Names, read_number
from alliance_games.results.result import Coverage, Refusal, Result, Status
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

_EXACT = re.compile(r"-?[0-9]+(/[1-9][0-9]*)?")


def decode_case(document: Json, game: Game) -> CaseAnswer:
    """The answers of one case of a document; ``game`` is the case's game.

    Raises KeyError or ValueError for a document that does not speak of this game.
    """
    reader = _Reader(game)
    values = {name: _parameter(value) for name, value in document["parameters"].items()}
    return CaseAnswer(
        Case(document["scenario"], values, game),
        tuple(reader.result(one) for one in document["results"]),
        tuple(Refusal(one["concept"], one["reason"]) for one in document["not_applicable"]),
    )


def _parameter(value: Json) -> Fraction | Mapping[tuple[str, ...], Fraction]:
    if isinstance(value, dict):
        return {tuple(key.split(PAIR)): Fraction(entry) for key, entry in value.items()}
    return Fraction(value)


_OF_TREES = {"assessment", "component", "symmetric", "discarded", "correlated", "path", "plans"}
"""The kinds that ``decode_trees`` reads."""


class _Reader:
    """Finds the indices behind the names of one game."""

    def __init__(self, game: Game) -> None:
        self.game = game
        self.names = Names(game)

    def result(self, one: Json) -> Result:
        return Result(
            one["concept"],
            Status(one["status"]),
            Coverage(one["coverage"]),
            one["because"],
            one["method"],
            tuple(self.solution(each) for each in one["solutions"]),
            tuple(one["notes"]),
            Fraction(str(one["tolerance"])) if "tolerance" in one else None,
            tuple(one.get("rejected", ())),
        )

    def solution(self, one: Json) -> Solution:
        decode = _DECODERS.get(one["kind"])
        if one["kind"] in ("distribution", "commitment"):
            return self._of_mediators(one)
        if one["kind"] == "levels":
            from alliance_games.results import codec_levels

            return codec_levels.decode(one, self.names, _about(one))
        if decode is not None and "families" not in one:
            return decode(self, one)
        if one["kind"] not in _OF_TREES:
            from alliance_games.results import records

            return records.decode(one, _about(one))
        return self._of_trees(one)

    def _of_mediators(self, one: Json) -> Solution:
        from alliance_games.results.codec_mediated import MediatedReader

        reader = MediatedReader(self.names, self)
        found: Solution = getattr(reader, one["kind"])(one, **_about(one))
        return found

    def _of_trees(self, one: Json) -> Solution:
        from alliance_games.results.decode_trees import TreeReader

        name = "continuum" if one["kind"] == "component" else one["kind"]
        found: Solution = getattr(TreeReader(self.names, self), name)(one, **_about(one))
        return found

    def play(self, one: Json, **about: Any) -> Behaviour:
        """What everybody does at every information set."""
        game = self.game
        assert isinstance(game, ExtensiveGame)
        choices: list[Mixed | None] = []
        free: list[int] = []
        for index, each in enumerate(game.sets):
            named = None if each.player == CHANCE else self.names.information_set(index)
            chosen = named and one["behaviour"][named[0]].get(named[1])
            choices.append(tuple(read_number(chosen[a]) for a in each.actions) if chosen else None)
            if named and named[1] in one.get("free", {}).get(named[0], ()):
                free.append(index)
        return Behaviour(
            tuple(choices),
            self.payoffs(one["payoffs"]),
            self.outcomes(one["outcomes"]),
            free=tuple(free),
            **about,
        )

    def outcomes(self, reached: Json) -> tuple[tuple[int, Fraction], ...]:
        """The endings that are reached, with their probabilities."""
        game = self.game
        assert isinstance(game, ExtensiveGame)
        return tuple((_node(game, one["path"]), read_number(one["probability"])) for one in reached)

    def node(self, path: list[str]) -> int:
        """The node that moves lead to."""
        assert isinstance(self.game, ExtensiveGame)
        return _node(self.game, path)

    def player(self, name: str) -> int:
        return self.game.players.index(name)

    def mixture(self, player: int, one: Json) -> Mixed:
        return tuple(read_number(one[name]) for name in self.names.strategies(player))

    def profile(self, one: Json) -> Profile:
        return tuple(
            self.mixture(player, one[name]) for player, name in enumerate(self.game.players)
        )

    def pure(self, one: Json) -> PureProfile:
        return tuple(
            self.names.strategies(player).index(one[name])
            for player, name in enumerate(self.game.players)
        )

    def strategies(self, one: Json) -> tuple[tuple[int, ...], ...]:
        return tuple(
            tuple(self.names.strategies(player).index(each) for each in one[name])
            for player, name in enumerate(self.game.players)
        )

    def belief(self, one: Json) -> Belief:
        if isinstance(self.game, AnonymousGame):
            return tuple(
                (
                    tuple(each["counts"][name] for name in self.game.strategies),
                    read_number(each["probability"]),
                )
                for each in one
            )
        return tuple((self.pure(each["profile"]), read_number(each["probability"])) for each in one)

    def payoffs(self, one: Json) -> Payoffs:
        return tuple(read_number(one[name]) for name in self.game.players)

    def mixtures(self, player: int, several: Json) -> tuple[Mixed, ...]:
        return tuple(self.mixture(player, one) for one in several)


def _about(one: Json) -> dict[str, Any]:
    """The certificate and the properties, as keyword arguments."""
    found: dict[str, Any] = {"certificate": _certificate(one.get("certificate"))}
    if "properties" in one:
        found["properties"] = {name: _fact(value) for name, value in one["properties"].items()}
    return found


def _certificate(one: Json) -> Certificate | None:
    if one is None:
        return None
    gain = one.get("largest_gain")
    return Certificate(one["verified"], one["claim"], None if gain is None else read_number(gain))


def _fact(value: Json) -> Fact:
    if isinstance(value, (float, dict)) or (isinstance(value, str) and _EXACT.fullmatch(value)):
        return read_number(value)
    fact: Fact = value
    return fact


def _point(reader: _Reader, one: Json) -> Point:
    profile, payoffs = reader.profile(one["profile"]), reader.payoffs(one["payoffs"])
    if "tremble" not in one:
        return Point(profile, payoffs, **_about(one))
    from alliance_games.results.codec_refinements import read_tremble

    tremble = read_tremble(one["tremble"], reader.names)
    return Point(profile, payoffs, tremble=tremble, **_about(one))


def _component(reader: _Reader, one: Json) -> Component:
    first, second = reader.game.players
    return Component(
        one["dimension"],
        tuple(map(reader.profile, one["extreme_points"])),
        tuple(map(reader.payoffs, one["payoffs"])),
        tuple(
            Subset(reader.mixtures(0, subset[first]), reader.mixtures(1, subset[second]))
            for subset in one["subsets"]
        ),
        **_about(one),
    )


def _counts(reader: _Reader, one: Json) -> CountPoint:
    names = reader.names.strategies(0)
    return CountPoint(
        tuple(tuple(counts[name] for name in names) for counts in one["counts"]),
        one["profiles"],
        tuple(
            tuple(None if role[name] is None else read_number(role[name]) for name in names)
            for role in one["payoffs"]
        ),
        **_about(one),
    )


def _behaviour(reader: _Reader, one: Json) -> Behaviour:
    return reader.play(one, **_about(one))


def _node(game: ExtensiveGame, path: list[str]) -> int:
    node = 0
    for action in path:
        at = game.sets[game.set_of[node]].actions.index(action)
        node = game.children(node)[at]
    return node


def _members(reader: _Reader, one: Json) -> Members:
    members = reader.strategies(one["members"])
    beliefs: tuple[tuple[Belief, ...], ...] = ()
    if "beliefs" in one:
        beliefs = tuple(
            tuple(
                reader.belief(one["beliefs"][name][reader.names.strategies(player)[index]])
                for index in members[player]
            )
            for player, name in enumerate(reader.game.players)
        )
    return Members(
        one["of"],
        members,
        eliminated=tuple(_dominated(reader, step) for step in one.get("eliminated", ())),
        beliefs=beliefs,
        **_about(one),
    )


def _dominated(reader: _Reader, one: Json) -> Dominated:
    player = reader.player(one["player"])
    return Dominated(
        player,
        reader.names.strategies(player).index(one["strategy"]),
        reader.mixture(player, one["by"]),
        one["strength"],
        one["round"],
        within=reader.strategies(one["within"]) if "within" in one else (),
        **_about(one),
    )


def _dominant(reader: _Reader, one: Json) -> Dominant:
    player = reader.player(one["player"])
    strategy = reader.names.strategies(player).index(one["strategy"])
    return Dominant(player, strategy, one["strength"], **_about(one))


def _numbers(reader: _Reader, one: Json) -> Numbers:
    return Numbers(
        one["of"],
        {
            name: None if value is None else read_number(value)
            for name, value in one.get("values", {}).items()
        },
        reader.payoffs(one["per_player"]) if "per_player" in one else (),
        tuple(
            reader.mixtures(player, one["strategies"][name])
            for player, name in enumerate(reader.game.players)
        )
        if "strategies" in one
        else (),
        held_by=tuple(reader.belief(one["held_by"][name]) for name in reader.game.players)
        if "held_by" in one
        else (),
        **_about(one),
    )


def _selection(reader: _Reader, one: Json) -> Selection:
    return Selection(
        None if one["profile"] is None else reader.pure(one["profile"]),
        tuple(map(reader.pure, one["compared"])),
        {name: read_number(value) for name, value in one["numbers"].items()},
        one["reason"],
        **_about(one),
    )


def _tally(reader: _Reader, one: Json) -> Tally:
    return Tally(one["number"], one["what"], **_about(one))


_DECODERS: Mapping[str, Callable[[_Reader, Json], Solution]] = {
    "point": _point,
    "component": _component,
    "counts": _counts,
    "behaviour": _behaviour,
    "set": _members,
    "dominated": _dominated,
    "dominant": _dominant,
    "numbers": _numbers,
    "selection": _selection,
    "tally": _tally,
}
