"""What Gambit's two formats have in common: the first line, quoted names, numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SLASHES = re.compile(r'(\\*)("|\Z)')


def quoted(name: str) -> str:
    """A name in quotes, as Gambit's formats write it: a quote inside it behind a backslash.

    A backslash stands for itself except before a quote or at the end, where it is doubled.
    """
    if '"' in name or name.endswith("\\"):
        name = _SLASHES.sub(lambda m: m[1] * 2 + ('\\"' if m[2] else ""), name)
    return f'"{name}"'


def listed(names: Iterable[str]) -> str:
    """Names in quotes between braces."""
    return "{ " + " ".join(map(quoted, names)) + " }"


def heading(kind: str, title: str, players: Iterable[str]) -> str:
    """The first line: format, version, title and players."""
    return f"{kind} R {quoted(title)} {listed(players)}"
