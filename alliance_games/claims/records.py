"""Answers that name their parts, held against what an ``expect:`` line says of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from alliance_games.claims import wording
from alliance_games.claims.matching import equal
from alliance_games.claims.setting import Setting
from alliance_games.claims.verdict import NoMatch, Undecided
from alliance_games.model.expectations import Leaf, Listing, Wanted
from alliance_games.results.records import Record, Said

_TRUTHS = {True: ("yes", "true"), False: ("no", "false")}


def matches(setting: Setting, wanted: Wanted, found: Record) -> bool:
    """Whether ``wanted`` describes the record; NoMatch where it cannot describe its kind."""
    said = found.said()
    if found.untold and not _is_told(wanted, said):
        raise Undecided(found.untold)
    _check_players(setting, wanted, said)
    return found.is_something and _alike(setting, wanted, said)


def _is_told(wanted: Wanted, said: Said) -> bool:
    """Whether the line speaks of nothing but what the record says."""
    if isinstance(wanted, Leaf | Listing) or not isinstance(said, Mapping):
        return False
    return all(name in said for name, _ in wanted)


def is_one(content: Wanted, solutions: Sequence[object]) -> bool:
    """Whether a list is one answer, and no list of answers: it is as deep as an answer is."""
    depths = {_depth(one.said()) for one in solutions if isinstance(one, Record)}
    return isinstance(content, Listing) and _depth(content) in depths


def joined(listed: tuple[Wanted, ...], solutions: Sequence[object]) -> tuple[Wanted, ...]:
    """The answers a line includes or excludes, put together again where they are parts of one."""
    if len(listed) > 1 or (listed and isinstance(listed[0], Listing)):
        whole = Listing(listed, listed[0].span)
        if is_one(whole, solutions):
            return (whole,)
    return listed


def _depth(one: Wanted | Said) -> int:
    """How many lists stand within each other; a table or a single word is none."""
    if isinstance(one, Listing):
        return 1 + max(map(_depth, one.items), default=0)
    if isinstance(one, tuple | frozenset):
        return 1 + max(map(_depth, one), default=0)
    return 0


def _check_players(setting: Setting, wanted: Wanted, said: Said) -> None:
    """Where an answer is made of lists of players, so must be what is held against it."""
    players = setting.game.players
    texts = set(_texts(said))
    if not isinstance(wanted, Listing) or not texts or not texts <= set(players):
        return
    for text in _texts(wanted):
        if text not in players:
            raise NoMatch(f"there is no player {text}; there are {', '.join(players)}")


def _texts(one: Wanted | Said) -> Iterator[str]:
    """Every word in lists, and in lists of them."""
    if isinstance(one, Leaf):
        yield one.text
    elif isinstance(one, str):
        yield one
    elif isinstance(one, Listing):
        for item in one.items:
            yield from _texts(item)
    elif isinstance(one, tuple | frozenset):
        for item in one:
            yield from _texts(item)


def _alike(setting: Setting, wanted: Wanted, said: Said) -> bool:
    if isinstance(wanted, Leaf):
        return _is_leaf(setting, wanted, said)
    if isinstance(wanted, Listing):
        return _is_listing(setting, wanted, said)
    if not isinstance(said, Mapping):
        raise NoMatch(f"it is no table of names: {in_words(said)}")
    for name, entry in wanted:
        if name not in said:
            raise NoMatch(f"it says nothing of {name}; it speaks of {', '.join(map(str, said))}")
        if not _alike(setting, entry, said[name]):
            return False
    return True


def _is_leaf(setting: Setting, wanted: Leaf, said: Said) -> bool:
    match said:
        case None:
            return wanted.text == "none"
        case bool():
            return wanted.text in _TRUTHS[said]
        case str():
            return wanted.text == said
        case tuple() | frozenset():
            return len(said) == 1 and _alike(setting, wanted, next(iter(said)))
        case Mapping():
            raise NoMatch(f"names with what is theirs are needed: {in_words(said)}")
    if wanted.number is None:
        return False
    return equal(setting, wanted, Fraction(said) if isinstance(said, int) else said)


def _is_listing(setting: Setting, wanted: Listing, said: Said) -> bool:
    if not isinstance(said, tuple | frozenset):
        raise NoMatch(f"it is no list: {in_words(said)}")
    if len(wanted.items) != len(said):
        return False
    if isinstance(said, tuple):
        pairs = zip(wanted.items, said, strict=True)
        return all(_alike(setting, item, entry) for item, entry in pairs)
    return _pairs_up([[_alike(setting, item, entry) for entry in said] for item in wanted.items])


def _pairs_up(fits: Sequence[Sequence[bool]]) -> bool:
    """Whether each row can have a column of its own that fits it (augmenting paths)."""
    taken: dict[int, int] = {}

    def place(row: int, tried: set[int]) -> bool:
        for column, fit in enumerate(fits[row]):
            if fit and column not in tried:
                tried.add(column)
                if column not in taken or place(taken[column], tried):
                    taken[column] = row
                    return True
        return False

    return all(place(row, set()) for row in range(len(fits)))


def value_of(found: Record, path: Sequence[str]) -> Fraction:
    """The number that names lead to within what the record says; NoMatch where there is none."""
    said = found.said()
    for name in path:
        if not isinstance(said, Mapping) or name not in said:
            raise NoMatch(f"there is no {' '.join(path)} in {in_words(found.said())}")
        said = said[name]
    if isinstance(said, int) and not isinstance(said, bool):
        return Fraction(said)
    if said is None or isinstance(said, bool | str | tuple | frozenset | Mapping):
        raise NoMatch(f"this is no number: {in_words(said)}")
    number: Fraction = said
    return number


def in_words(said: Said) -> str:
    """What a record says, as a line would write it."""
    match said:
        case None:
            return "none"
        case bool():
            return _TRUTHS[said][0]
        case str():
            return said
        case Mapping():
            return "{" + ", ".join(f"{name}: {in_words(one)}" for name, one in said.items()) + "}"
        case tuple():
            return "[" + ", ".join(map(in_words, said)) + "]"
        case frozenset():
            return "[" + ", ".join(sorted(map(in_words, said))) + "]"
        case int():
            return str(said)
    return wording.number(said)
