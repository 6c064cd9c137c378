"""Strategies, payoffs and properties of equilibria as the cells of a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from alliance_games.model.profiles import Mixed, Payoffs, support
from alliance_games.report.blocks import Piece, Text, text
from alliance_games.report.words import beside, both, irrational, number
from alliance_games.results.solutions import Fact

MOST_PLAYER_COLUMNS = 4
"""More players than this do not get a column each."""

Lines = tuple[Text, ...]
"""The lines of one cell."""


def letters(index: int) -> str:
    """a, b ... z, aa, ab ..."""
    name = ""
    index += 1
    while index:
        index, digit = divmod(index - 1, 26)
        name = chr(ord("a") + digit) + name
    return name


def roles(players: int) -> tuple[str, ...]:
    """The role of each player's name, for its colour."""
    return ("first", "second", "third")[:players] if players <= 3 else ("player",) * players


def mixture(mixed: Mixed, names: Sequence[str]) -> Lines:
    """One line per strategy used, with its probability where there are several."""
    used = support(mixed)
    if len(used) == 1:
        return (text(Piece(names[used[0]], "strategy")),)
    return tuple(
        text(Piece(names[index], "strategy"), f" {number(mixed[index])}", aside(mixed[index]))
        for index in used
    )


def aside(value: Fraction) -> Text:
    """The decimal of a probability, to stand behind it."""
    extra = beside(value)
    return text(Piece(f" ({extra})", "muted")) if extra else ()


def mixture_words(mixed: Mixed, names: Sequence[str]) -> str:
    """The mixture in one line: ``Stag 3/4, Rabbit 1/4``; a pure strategy by its name.

    An irrational probability is followed by the polynomial whose root it is.
    """
    used = support(mixed)
    if len(used) == 1:
        return names[used[0]]
    return ", ".join(
        f"{names[index]} {(both if irrational(mixed[index]) else number)(mixed[index])}"
        for index in used
    )


def payoff_lines(payoffs: Payoffs, players: Sequence[str]) -> Lines:
    """Every player's payoff; players of one payoff together, where there are many."""
    if len(players) > MOST_PLAYER_COLUMNS:
        groups: dict[Fraction, list[str]] = {}
        for player, value in zip(players, payoffs, strict=True):
            groups.setdefault(value, []).append(player)
        if len(groups) == 1:
            return (text(f"{both(payoffs[0])} each"),)
        return tuple(
            text(both(value), ": ", Piece(", ".join(names), "player"))
            for value, names in groups.items()
        )
    values = text(", ".join(map(number, payoffs)))
    if any(beside(value) and not irrational(value) for value in payoffs):
        return (values, text(Piece(f"({decimals(payoffs)})", "muted")))
    return (values,)


def decimals(values: Sequence[Fraction]) -> str:
    """Decimals of several numbers, with one sign for all where some are rounded."""
    shown = ", ".join(
        number(value) if irrational(value) else beside(value) or number(value) for value in values
    )
    return f"≈ {shown.replace('≈', '')}" if "≈" in shown else shown


_UNSAID = {"pure", "undominated"}
"""Plain from the strategies, or worth a word only where it fails."""


def property_words(properties: Mapping[str, Fact]) -> list[Text]:
    """What is true of an equilibrium, in the field's words."""
    words: list[str] = []
    for name, value in properties.items():
        if name == "quasi-strict" and properties.get("strict") is True:
            continue
        if name == "index":
            signed = isinstance(value, int) and value != 0
            words.append(f"index {value:+d}" if signed else f"index {value}")
        elif name == "efficient":
            words.append("efficient" if value else "inefficient")
        elif name == "undominated" and value is False:
            words.append("uses a weakly dominated strategy")
        elif name in _UNSAID or value is False:
            continue
        else:
            words.append(name if value is True else f"{name} {_value(value)}")
    return [text(", ".join(words))]


def _value(value: Fact) -> str:
    return str(value) if isinstance(value, (bool, int, str)) else both(value)
