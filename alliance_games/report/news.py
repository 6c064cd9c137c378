"""What a further case's report says that the first one's has not said."""

from __future__ import annotations

from collections.abc import Sequence

from alliance_games.report.blocks import Block, Bullets, Facts, Heading, Note, Prose, Text, text

ENTRY = 4
"""The level of the heading of one equilibrium."""


FURTHER = Heading(text("Further answers"), 3)


def news(blocks: list[Block], told: list[Block]) -> list[Block]:
    """A further case without what the first case's report says word for word (warnings apart)."""
    before = {fact for block in told if isinstance(block, Facts) for fact in _entries(block)}
    words = {
        block
        for block in _outside_equilibria(told)
        if isinstance(block, (Prose, Bullets))
        or (isinstance(block, Note) and block.level != "warning")
    }
    kept_blocks: list[Block] = []
    apart = {id(block) for block in _outside_equilibria(blocks)}
    for block in blocks:
        if isinstance(block, Facts):
            kept = [entry for entry in _entries(block) if entry not in before]
            if kept:
                kept_blocks.append(Facts(tuple(line for entry in kept for line in entry)))
        elif block == FURTHER:
            kept_blocks.append(Heading(text("Further answers, where they differ"), 3))
        elif id(block) not in apart or block not in words:
            kept_blocks.append(block)
    return [
        block
        for place, block in enumerate(kept_blocks)
        if not isinstance(block, Heading)
        or (place + 1 < len(kept_blocks) and not _empty(block, kept_blocks[place + 1]))
    ]


def _empty(heading: Heading, after: Block) -> bool:
    """Whether nothing stands under a heading that another one follows."""
    if heading.level == ENTRY:
        return False
    return isinstance(after, Heading) and after.level <= heading.level


def _outside_equilibria(blocks: Sequence[Block]) -> list[Block]:
    """The blocks that do not belong to one equilibrium's entry (a heading and what follows it)."""
    kept: list[Block] = []
    inside = False
    for block in blocks:
        if isinstance(block, (Heading, Note)):
            inside = isinstance(block, Heading) and block.level == ENTRY
        if not inside:
            kept.append(block)
    return kept


def _entries(block: Facts) -> list[tuple[tuple[Text, Text], ...]]:
    """The lines that belong to each name."""
    entries: list[list[tuple[Text, Text]]] = []
    for name, value in block.pairs:
        if name or not entries:
            entries.append([])
        entries[-1].append((name, value))
    return [tuple(entry) for entry in entries]
