"""Gambit's strategic games (.nfg), in payoff format and in outcome format."""

from __future__ import annotations

import re
from fractions import Fraction
from math import gcd, lcm, prod
from typing import NoReturn

from alliance_games.model.normal import NormalGame
from alliance_games.model.too_large import MOST_PAYOFFS
from alliance_games.reading.gambit_names import Names, settle
from alliance_games.reading.gambit_text import NUMBER, Cursor, Unreadable, exactly
from alliance_games.reading.problems import MAX_PROBLEMS
from alliance_games.reading.tokens import FormulaError

_WORDS = re.compile(r"[^\s,]+", re.ASCII)
_NUMBER = re.compile(NUMBER)
_DECIMAL = re.compile(r"[+-]?[0-9]{1,40}+(?:\.[0-9]{0,40}+)?")

Strategies = tuple[tuple[str, ...], ...]


def read_strategies(cursor: Cursor, players: tuple[str, ...]) -> Strategies:
    """The strategies of each player: their names, or how many there are (then named 1, 2, ...)."""
    cursor.expect("{", "'{' before the players' strategies")
    start = cursor.at
    strategies: list[tuple[str, ...]] = []
    while not cursor.take("}"):
        if cursor.peek() == "{":
            strategies.append(settle(cursor.names("a strategy")))
        else:
            at = cursor.at
            number = cursor.count("the number of strategies")
            if number > MOST_PAYOFFS:
                cursor.fault("too-large", f"{number} strategies are too many", at, len(str(number)))
            strategies.append(tuple(map(str, range(1, number + 1))))
        if not strategies[-1]:
            cursor.fault("no-strategies", "every player needs a strategy", cursor.at - 1)
    if len(strategies) != len(players):
        message = f"there are {len(players)} players and {len(strategies)} lists of strategies"
        cursor.fault("strategies", message, start)
    size = prod(map(len, strategies)) * len(players)
    if size > MOST_PAYOFFS:
        cursor.fault(
            "too-large", f"the game has {size:,} payoffs; at most {MOST_PAYOFFS:,} fit", start
        )
    return tuple(strategies)


def read_table(cursor: Cursor, players: tuple[str, ...], strategies: Strategies) -> NormalGame:
    """The game whose payoffs, or outcomes, follow; raises Unreadable."""
    if cursor.peek() == "{":
        return _with_outcomes(cursor, players, strategies)
    count, size = len(players), prod(map(len, strategies))
    words = _body(cursor, size * count, "payoffs")
    places = [place * count for place in gambit_places(strategies)]
    columns, denominators = [], []
    for player in range(count):
        own = words[player::count]
        denominator, values = _scaled(cursor, own)
        denominators.append(denominator)
        columns.append([values[words[place + player]] for place in places])
    return NormalGame(players, strategies, tuple(columns), tuple(denominators))


def gambit_places(strategies: Strategies) -> list[int]:
    """Where the profiles in our order (the last player's strategy changes fastest) stand in
    Gambit's (the first player's does)."""
    places, stride = [0], 1
    strides = []
    for own in strategies:
        strides.append(stride)
        stride *= len(own)
    for own, step in zip(strategies, strides, strict=True):
        ways = range(0, step * len(own), step)
        places = [place + way for place in places for way in ways]
    return places


def _body(cursor: Cursor, wanted: int, what: str) -> list[str]:
    """The words of the table, as many as it takes."""
    text = cursor.text[cursor.at :]
    words = text.replace(",", " ").split()
    if len(words) == wanted:
        return words
    if len(words) < wanted:
        message = f"the table needs {wanted:,} {what} and has {len(words):,}"
        cursor.fault("wrong-number-of-payoffs", message, len(cursor.text.rstrip()))
    for place, found in enumerate(_WORDS.finditer(text)):
        if place == wanted:
            cursor.at += found.start()
            break
    message = f"the table needs {wanted:,} {what} and has {len(words):,}"
    cursor.fault("wrong-number-of-payoffs", message, cursor.at, len(words[wanted]))


def _scaled(cursor: Cursor, words: list[str]) -> tuple[int, dict[str, int]]:
    """One denominator for all the numbers, and each number's integer over it."""
    if all(map(_DECIMAL.fullmatch, different := set(words))):
        return _decimals(different)
    numbers: dict[str, Fraction] = {}
    for word in different:
        try:
            if _NUMBER.fullmatch(word):
                numbers[word] = exactly(word)
        except FormulaError:
            pass
    if len(numbers) < len(different):
        _tell(cursor, numbers)
    denominator = lcm(*{number.denominator for number in numbers.values()})
    return denominator, {
        word: number.numerator * (denominator // number.denominator)
        for word, number in numbers.items()
    }


def _decimals(words: set[str]) -> tuple[int, dict[str, int]]:
    """The same for plain decimals, without a fraction for each: there may be millions."""
    places = {word: len(word) - word.find(".") - 1 for word in words if "." in word}
    most = max(places.values(), default=0)
    integers = {
        word: int(word.replace(".", "")) * 10 ** (most - places.get(word, 0)) for word in words
    }
    common = gcd(10**most, *integers.values()) if most else 1
    if common == 1:
        return 10**most, integers
    return 10**most // common, {word: number // common for word, number in integers.items()}


def _tell(cursor: Cursor, known: dict[str, Fraction]) -> NoReturn:
    """Note the words of the table that are no numbers, each once; raises Unreadable."""
    told = set(known)
    for found in _WORDS.finditer(cursor.text, cursor.at):
        if found[0] in told:
            continue
        told.add(found[0])
        inner = Cursor(cursor.problems, found.start())
        try:
            inner.number("a payoff")
            if inner.at < found.end():
                inner.missing("a blank after the payoff")
        except Unreadable:
            if len(cursor.problems) >= MAX_PROBLEMS:
                break
    raise Unreadable


def _with_outcomes(cursor: Cursor, players: tuple[str, ...], strategies: Strategies) -> NormalGame:
    names, payoffs = [""], [[Fraction(0)] * len(players)]
    cursor.expect("{")
    while not cursor.take("}"):
        cursor.expect("{", "'{' before an outcome")
        names.append(cursor.name("the name of an outcome") if cursor.peek() == '"' else "")
        start, own = cursor.at, []
        while not cursor.take("}"):
            own.append(cursor.number("a payoff"))
            cursor.take(",")
        if len(own) != len(players):
            message = f"an outcome needs {len(players)} payoffs, and this one has {len(own)}"
            cursor.fault("wrong-number-of-payoffs", message, start)
        payoffs.append(own)
        cursor.take(",")
    words = _body(cursor, prod(map(len, strategies)), "outcomes")
    numbers: dict[str, int] = {}
    for found in _WORDS.finditer(cursor.text, cursor.at):
        if found[0] not in numbers:
            inner = Cursor(cursor.problems, found.start())
            number = inner.count("the number of an outcome")
            if inner.at < found.end():
                inner.missing("a blank after the number of the outcome")
            if number >= len(payoffs):
                message = f"there is no outcome {number}: there are {len(payoffs) - 1}"
                cursor.fault("unknown-outcome", message, found.start(), len(found[0]))
            numbers[found[0]] = number
    return _table_of(players, strategies, [numbers[word] for word in words], names, payoffs)


def _table_of(
    players: tuple[str, ...],
    strategies: Strategies,
    body: list[int],
    names: list[str],
    payoffs: list[list[Fraction]],
) -> NormalGame:
    places = gambit_places(strategies)
    used = sorted(set(body))
    columns, denominators = [], []
    for player in range(len(players)):
        denominator = lcm(*(payoffs[number][player].denominator for number in used))
        values = {number: int(payoffs[number][player] * denominator) for number in used}
        denominators.append(denominator)
        columns.append([values[body[place]] for place in places])
    known: dict[str, list[Fraction]] = {}
    told, taken = list(names), Names(names)
    for number in used:
        if names[number] and known.setdefault(names[number], payoffs[number]) != payoffs[number]:
            told[number] = taken.numbered(names[number])
            known[told[number]] = payoffs[number]
    outcomes = tuple(told[body[place]] for place in places) if any(told[n] for n in used) else ()
    return NormalGame(players, strategies, tuple(columns), tuple(denominators), outcomes=outcomes)
