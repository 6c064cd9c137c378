"""Names that tell things apart, where Gambit lets them be empty or doubled."""

from __future__ import annotations

from collections.abc import Collection, Sequence


def settle(names: Sequence[str], prefix: str = "") -> tuple[str, ...]:
    """The names, each once: what has a name of its own keeps it.

    Of several things with one name the first keeps it and the others get a number: ``pass``,
    ``pass (2)``. What has no name is called by its number, after ``prefix``.
    """
    if len(set(names)) == len(names) and all(map(str.strip, names)):
        return tuple(names)
    taken = {name for name in names if name.strip()}
    used: set[str] = set()
    settled = []
    for place, name in enumerate(names, 1):
        if not name.strip():
            name = numbered(f"{prefix}{place}", taken)
        elif name in used:
            name = numbered(name, taken)
        taken.add(name)
        used.add(name)
        settled.append(name)
    return tuple(settled)


def numbered(name: str, taken: Collection[str]) -> str:
    """The name, with the first number in brackets that makes it differ from those taken."""
    if name not in taken:
        return name
    number = 2
    while f"{name} ({number})" in taken:
        number += 1
    return f"{name} ({number})"
