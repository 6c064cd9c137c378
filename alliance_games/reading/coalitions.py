"""The body ``coalitions``: what each coalition is worth, to itself or to each of its members."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alliance_games.reading.desk import Desk
from alliance_games.reading.nodes import Mapping, Node, Scalar

if TYPE_CHECKING:
    from alliance_games.model.hedonic import HedonicBody


def read_body(desk: Desk, at: Scalar, node: Node, players: tuple[str, ...]) -> HedonicBody | None:
    """The body; None where it cannot be made, and its faults noted."""
    from alliance_games.reading import hedonic

    if (
        isinstance(node, Mapping)
        and node.entries
        and not any(key.text in hedonic.KEYS for key, _ in node.entries)
    ):
        hint = "as in  utility: total(affinity) - size"
        key = node.entries[0][0]
        desk.unknown(key, list(hedonic.KEYS), "unknown-key", "part of a game of coalitions", hint)
        return None
    return hedonic.read_body(desk, at, node, players)
