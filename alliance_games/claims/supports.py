"""What an equilibrium plays, apart from how often: by it a named one is found at other values."""

from __future__ import annotations

from alliance_games.model.profiles import Mixed
from alliance_games.results.named.partitions import Partition
from alliance_games.results.solutions import Behaviour, Component, Point, Solution

Signature = tuple[object, ...] | None


def signature(one: Solution) -> Signature:
    """The strategies or actions used with some chance, by player or information set.

    None for a solution that is no single profile.
    """
    if isinstance(one, Point):
        return ("profile", *(_used(mixed) for mixed in one.profile))
    if isinstance(one, Component):
        return None
    if one.kind == "agreement":
        # A solution of bargaining problems is the only one of its kind.
        return ("agreement", getattr(one, "of", ""))
    if isinstance(one, Partition):
        return ("partition", one.said()) if one.is_something else None
    choices = getattr(one, "choices", None)
    if isinstance(one, Behaviour) or (choices is not None and one.kind == "assessment"):
        return ("behaviour", *(None if m is None else _used(m) for m in choices or ()))
    return None


def _used(mixed: Mixed) -> frozenset[int]:
    return frozenset(place for place, chance in enumerate(mixed) if chance)
