"""Which extreme rays of a cone share an edge, for many pairs at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from alliance_games.algorithms.arrays import Masks

WORD = 64
CHUNK = 1 << 21
"""Words compared at a time."""


def shared_edges(
    tight: Sequence[int],
    above: Sequence[int],
    below: Sequence[int],
    least: int,
    tick: Callable[[], None],
) -> list[tuple[int, int]]:
    """The pairs from ``above`` and ``below`` that no third ray is tight wherever both are.

    ``tight`` are the constraints in which each ray is tight, as bits; a pair that has fewer than
    ``least`` in common shares no edge.
    """
    words = max(1, -(-max(mask.bit_length() for mask in tight) // WORD))
    table = _words(tight, words)
    lower = table[list(below)]
    found = []
    for i in above:
        tick()
        common = table[i] & lower
        wide = np.flatnonzero(_counts(common) >= least)
        step = max(1, CHUNK // (len(tight) * words))
        for start in range(0, len(wide), step):
            part = wide[start : start + step]
            shared = common[part]
            inside = np.ones((len(part), len(tight)), dtype=np.bool_)
            for word in range(words):
                own = shared[:, word, None]
                inside &= (table[None, :, word] & own) == own
            found += [(i, below[place]) for place in part[inside.sum(axis=1) == 2]]
    return found


def _words(masks: Sequence[int], words: int) -> Masks:
    raw = b"".join(mask.to_bytes(words * WORD // 8, "little") for mask in masks)
    table: Masks = np.frombuffer(raw, dtype="<u8").reshape(len(masks), words)
    return table


def _counts(table: Masks) -> Masks:
    """How many bits are set in each row."""
    pieces = np.unpackbits(np.ascontiguousarray(table).view(np.uint8), axis=1)
    counts: Masks = pieces.sum(axis=1)
    return counts
