"""Names that tell things apart, where Gambit lets them be empty or doubled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


class Names:
    """The names that are given to some things already, and new ones that differ from them."""

    def __init__(self, taken: Iterable[str]) -> None:
        self.taken = set(taken)
        self.numbers: dict[str, int] = {}

    def numbered(self, name: str) -> str:
        """The name, with the first number in brackets that makes it differ; it is then taken."""
        told, number = name, self.numbers.get(name, 1)
        while told in self.taken:
            number += 1
            told = f"{name} ({number})"
        self.numbers[name] = number
        self.taken.add(told)
        return told


def settle(names: Sequence[str], prefix: str = "") -> tuple[str, ...]:
    """The names, each once: what has a name of its own keeps it.

    Of several things with one name the first keeps it and the others get a number: ``pass``,
    ``pass (2)``. What has no name is called by its number, after ``prefix``.
    """
    if len(set(names)) == len(names) and all(map(str.strip, names)):
        return tuple(names)
    known = Names(name for name in names if name.strip())
    used: set[str] = set()
    settled = []
    for place, name in enumerate(names, 1):
        if not name.strip():
            name = known.numbered(f"{prefix}{place}")
        elif name in used:
            name = known.numbered(name)
        used.add(name)
        settled.append(name)
    return tuple(settled)
