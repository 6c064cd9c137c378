"""Gambit's files: trees (.efg) and strategic games (.nfg), read exactly.

The formats are those of Gambit's documentation ("The extensive game (.efg) file format", "The
strategic game (.nfg) file format, payoff version" and "outcome version"): ``0.1`` is 1/10, blanks
mean nothing outside quotes, payoffs at inner nodes add up along the path.
"""

from __future__ import annotations

import re
from dataclasses import replace

from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.given import study_of
from alliance_games.model.normal import NormalGame
from alliance_games.model.parametric import MOST_PLAYERS
from alliance_games.model.problems import InvalidGame
from alliance_games.model.study import Study
from alliance_games.reading.gambit_names import settle
from alliance_games.reading.gambit_text import Cursor, LongSource, Unreadable
from alliance_games.reading.problems import Problems
from alliance_games.reading.source import MAX_BYTES, Source

_VERSIONS = {"EFG": "2", "NFG": "1"}


def read_gambit(source: Source) -> Study:
    """The study that a Gambit file is: its title, its comment, and one game without parameters.

    Raises InvalidGame with all the faults that can be found.
    """
    if len(source.text) > MAX_BYTES:
        source = LongSource(source.file, source.text)
    problems = Problems(source)
    cursor = Cursor(problems)
    try:
        title, comment, game = _read(cursor)
    except Unreadable:
        raise InvalidGame(problems.in_order()) from None
    if problems.errors or game is None:
        raise InvalidGame(problems.in_order())
    study = study_of(game)
    return replace(
        study,
        title=title.strip() or study.title,
        file=source.file,
        about=comment.strip(),
        warnings=tuple(problems.in_order()),
    )


def _read(cursor: Cursor) -> tuple[str, str, ExtensiveGame | NormalGame | None]:
    kind = _kind(cursor)
    title = cursor.name("the game's title")
    players = _players(cursor)
    if kind == "EFG":
        from alliance_games.reading.gambit_tree import read_tree

        comment = cursor.name("the comment") if cursor.peek() == '"' else ""
        return title, comment, read_tree(cursor, players)
    from alliance_games.reading.gambit_table import read_strategies, read_table

    strategies = read_strategies(cursor, players)
    comment = cursor.name("the comment") if cursor.peek() == '"' else ""
    return title, comment, read_table(cursor, players, strategies)


def _kind(cursor: Cursor) -> str:
    """``EFG`` or ``NFG``, with the version and the letter that follow it."""
    cursor.skip()
    start = cursor.at
    kind = cursor.word()
    if kind not in _VERSIONS:
        hint = "a Gambit file begins with EFG (a tree) or NFG (a strategic game)"
        cursor.fault("not-a-gambit-file", "this is no Gambit file", start, len(kind) or 1, hint)
    cursor.skip()
    start, version = cursor.at, cursor.word()
    if version != _VERSIONS[kind]:
        message = f"version {_VERSIONS[kind]} of the format is read here"
        cursor.note("gambit-version", message, start, len(version) or 1)
    cursor.skip()
    start, letter = cursor.at, cursor.word()
    if not re.fullmatch("[RDI]", letter):
        cursor.at = start
        cursor.missing("the letter R")
    return kind


def _players(cursor: Cursor) -> tuple[str, ...]:
    start = cursor.at
    names = cursor.names("a player", MOST_PLAYERS)
    if not names:
        cursor.fault("players", "a game needs players", start)
    return settle(names, "Player ")
