"""What levels of reasoning do, as JSON, and back."""

from __future__ import annotations

from typing import Any

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.profiles import Profile
from alliance_games.results.level_solutions import Levels
from alliance_games.results.naming import Json, Names, read_number


def encode(one: Levels, names: Names) -> Json:
    """The levels in order, each with its share where it has one."""
    levels = []
    for k, profile in enumerate(one.levels):
        entry = {"level": k, **_play(profile, names)}
        if one.shares:
            entry["share"] = names.number(one.shares[k])
        levels.append(entry)
    document: dict[str, Json] = {"of": one.of, "levels": levels}
    if one.cycle is not None:
        document["cycle"] = {"first": one.cycle[0], "length": one.cycle[1]}
    if one.rate is not None:
        document["rate"] = names.number(one.rate)
        document["aggregate"] = _play(one.aggregate, names)
    return document


def _play(profile: Profile, names: Names) -> dict[str, Json]:
    if isinstance(names.game, AnonymousGame):
        return {"by_role": [names.mixture(0, mixed) for mixed in profile]}
    return {"profile": names.profile(profile)}


def decode(one: Json, names: Names, about: dict[str, Any]) -> Levels:
    """The levels of a document about the game of ``names``."""
    cycle = one.get("cycle")
    return Levels(
        one["of"],
        tuple(_read(level, names) for level in one["levels"]),
        None if cycle is None else (cycle["first"], cycle["length"]),
        read_number(one["rate"]) if "rate" in one else None,
        tuple(read_number(level["share"]) for level in one["levels"] if "share" in level),
        _read(one["aggregate"], names) if "aggregate" in one else (),
        **about,
    )


def _read(one: Json, names: Names) -> Profile:
    if "by_role" in one:
        mixtures = [(0, mixture) for mixture in one["by_role"]]
    else:
        mixtures = [(k, one["profile"][name]) for k, name in enumerate(names.players)]
    return tuple(
        tuple(read_number(mixture[name]) for name in names.strategies(player))
        for player, mixture in mixtures
    )
