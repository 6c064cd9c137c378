"""Solutions that are profiles - points, continua, counts, behaviour - as numbered tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.extensive import CHANCE, ExtensiveGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Mixed, Payoffs, Profile, as_pure, support
from alliance_games.report.blocks import Block, Bullets, Column, Note, Piece, Table, Text, text
from alliance_games.report.matrix import role_name
from alliance_games.report.words import beside, both, count, listed, many, number
from alliance_games.results.concept import Game
from alliance_games.results.solutions import (
    Behaviour,
    Component,
    CountPoint,
    Fact,
    Point,
    Solution,
    Subset,
)

MOST_LISTED = 100
"""A report lists so many solutions one by one; the machine formats list them all."""

MOST_SETS = 40
"""A report shows a player's plan at so many information sets."""

_MOST_PLAYER_COLUMNS = 4

Lines = tuple[Text, ...]


def profiles(solutions: Sequence[Solution], game: Game) -> list[Block]:
    """Solutions that are profiles of strategies, numbered as they come; others are left out."""
    listed_ones = solutions[:MOST_LISTED]
    blocks: list[Block] = []
    if isinstance(game, NormalGame):
        blocks = _of_normal(listed_ones, game)
    elif isinstance(game, AnonymousGame):
        blocks = _by_counts([one for one in listed_ones if isinstance(one, CountPoint)], game)
    else:
        blocks = _plans([one for one in listed_ones if isinstance(one, Behaviour)], game)
    hidden = len(solutions) - len(listed_ones)
    if hidden:
        blocks.append(
            Note(
                text(f"{hidden:,} more are not shown here; --format json, jsonl or csv lists all."),
                "warning",
            )
        )
    return blocks


def _of_normal(solutions: Sequence[Solution], game: NormalGame) -> list[Block]:
    rows: list[tuple[Lines, ...]] = []
    continua: list[Text] = []
    wide = len(game.players) > _MOST_PLAYER_COLUMNS
    for place, one in enumerate(solutions, start=1):
        if isinstance(one, Point):
            rows.append(
                _row(str(place), one.profile, one.payoffs, property_words(one.properties), game)
            )
        elif isinstance(one, Component):
            tags = [f"{place}{letters(index)}" for index in range(len(one.extreme_points))]
            note = [text(f"corner of continuum {place}")]
            rows += [
                _row(tag, profile, payoffs, note, game)
                for tag, profile, payoffs in zip(tags, one.extreme_points, one.payoffs, strict=True)
            ]
            continua += _continuum(str(place), one, game)
    if not rows:
        return []
    players = (
        [Column(text("Strategies"))]
        if wide
        else [
            Column(text(Piece(player, role)))
            for player, role in zip(game.players, _roles(len(game.players)), strict=True)
        ]
    )
    columns = (Column(text("#"), "right"), *players, *_payoff_columns(game), Column(text("")))
    blocks: list[Block] = [Table(columns, tuple(rows))]
    if continua:
        blocks.append(Bullets(tuple(continua)))
    return blocks


def _payoff_columns(game: NormalGame) -> tuple[Column, ...]:
    return () if game.ordinal else (Column(text("Payoffs")),)


def _roles(players: int) -> tuple[str, ...]:
    return ("first", "second", "third")[:players] if players <= 3 else ("player",) * players


def letters(index: int) -> str:
    """a, b ... z, aa, ab ..."""
    name = ""
    index += 1
    while index:
        index, digit = divmod(index - 1, 26)
        name = chr(ord("a") + digit) + name
    return name


def _row(
    tag: str, profile: Profile, payoffs: Payoffs, words: list[Text], game: NormalGame
) -> tuple[Lines, ...]:
    if len(game.players) > _MOST_PLAYER_COLUMNS:
        strategies: tuple[Lines, ...] = (grouped(profile, game),)
    else:
        strategies = tuple(
            mixture(mixed, names) for mixed, names in zip(profile, game.strategies, strict=True)
        )
    gains = () if game.ordinal else (_payoffs(payoffs, game.players),)
    return ((text(Piece(tag, "strong")),), *strategies, *gains, tuple(words))


def mixture(mixed: Mixed, names: Sequence[str]) -> Lines:
    """One line per strategy used, with its probability where there are several."""
    used = support(mixed)
    if len(used) == 1:
        return (text(Piece(names[used[0]], "strategy")),)
    return tuple(
        text(Piece(names[index], "strategy"), f" {number(mixed[index])}", _aside(mixed[index]))
        for index in used
    )


def _aside(value: Fraction) -> Text:
    extra = beside(value)
    return text(Piece(f" ({extra})", "muted")) if extra else ()


def mixture_words(mixed: Mixed, names: Sequence[str]) -> str:
    """The mixture in one line: ``Stag 3/4, Rabbit 1/4``; a pure strategy by its name."""
    used = support(mixed)
    if len(used) == 1:
        return names[used[0]]
    return ", ".join(f"{names[index]} {number(mixed[index])}" for index in used)


def grouped(profile: Profile, game: NormalGame) -> Lines:
    """A profile of many players: who plays what, players of one strategy together."""
    groups: dict[str, list[str]] = {}
    for player, (mixed, names) in enumerate(zip(profile, game.strategies, strict=True)):
        groups.setdefault(mixture_words(mixed, names), []).append(game.players[player])
    return tuple(
        text(Piece(strategy, "strategy"), ": ", Piece(", ".join(players), "player"))
        for strategy, players in groups.items()
    )


def _payoffs(payoffs: Payoffs, players: Sequence[str]) -> Lines:
    if len(players) > _MOST_PLAYER_COLUMNS:
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
    if any(beside(value) for value in payoffs):
        return (values, text(Piece(f"({decimals(payoffs)})", "muted")))
    return (values,)


def decimals(values: Sequence[Fraction]) -> str:
    """Decimals of several numbers, with one sign for all where some are rounded."""
    shown = ", ".join(beside(value) or number(value) for value in values)
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
    return both(value) if isinstance(value, Fraction) else str(value)


def _continuum(tag: str, one: Component, game: NormalGame) -> list[Text]:
    """A component in words: which strategies go with which."""
    facts = ", ".join(piece.text for words in property_words(one.properties) for piece in words)
    head = text(
        Piece(f"Continuum {tag}", "strong"),
        f" (dimension {one.dimension}{', ' + facts if facts else ''}): ",
    )
    if len(one.subsets) == 1:
        return [text(head, *_subset(one.subsets[0], game))]
    return [
        text(head, f"{count(len(one.subsets), 'piece')} that meet"),
        *(
            text(f"piece {tag}.{place}: ", *_subset(subset, game))
            for place, subset in enumerate(one.subsets, start=1)
        ),
    ]


def _subset(subset: Subset, game: NormalGame) -> list[Text | str | Piece]:
    parts: list[Text | str | Piece] = []
    for player, corners in enumerate((subset.rows, subset.columns)):
        names = game.strategies[player]
        parts += [" while " if player else "", Piece(game.players[player], _roles(2)[player])]
        if len(corners) == 1:
            parts += [" plays ", Piece(mixture_words(corners[0], names), "strategy")]
        else:
            shown = listed(
                mixture_words(corner, names)
                if len(support(corner)) == 1
                else f"({mixture_words(corner, names)})"
                for corner in corners
            )
            parts += [" plays any mixture of ", Piece(shown, "strategy")]
    return parts


def _by_counts(solutions: Sequence[CountPoint], game: AnonymousGame) -> list[Block]:
    if not solutions:
        return []
    several = len(game.members) > 1
    rows = []
    for place, one in enumerate(solutions, start=1):
        chosen, gains = [], []
        for role, counts in enumerate(one.counts):
            who = f"{role_name(game, role)}: " if several else ""
            used = [index for index, number_of in enumerate(counts) if number_of]
            chosen.append(
                text(
                    Piece(who, "player"),
                    ", ".join(f"{counts[index]:,} {game.strategies[index]}" for index in used),
                )
            )
            gains.append(
                text(
                    Piece(who, "player"),
                    ", ".join(_gain(game, one.payoffs[role], index, len(used)) for index in used),
                )
            )
        rows.append(
            (
                (text(Piece(str(place), "strong")),),
                tuple(chosen),
                tuple(gains),
                (text(many(one.profiles)),),
                tuple(property_words(one.properties)),
            )
        )
    columns = (
        Column(text("#"), "right"),
        Column(text("How many choose what")),
        Column(text("Payoffs")),
        Column(text("Profiles"), "right"),
        Column(text("")),
    )
    return [Table(columns, tuple(rows))]


def _gain(
    game: AnonymousGame, payoffs: Sequence[Fraction | None], index: int, strategies: int
) -> str:
    value = payoffs[index]
    shown = "-" if value is None else both(value)
    return f"{game.strategies[index]} {shown}" if strategies > 1 else shown


def _plans(solutions: Sequence[Behaviour], game: ExtensiveGame) -> list[Block]:
    if not solutions:
        return []
    by_player: list[list[int]] = [[] for _ in game.players]
    for index, information_set in enumerate(game.sets):
        if information_set.player != CHANCE:
            by_player[information_set.player].append(index)
    movers = [player for player, sets in enumerate(by_player) if sets]
    hidden = {player: max(len(by_player[player]) - MOST_SETS, 0) for player in movers}
    rows = [
        (
            (text(Piece(str(place), "strong")),),
            *(plan(one, game, by_player[player][:MOST_SETS]) for player in movers),
            _payoffs(one.payoffs, game.players),
            tuple(_outcomes(one, game)),
        )
        for place, one in enumerate(solutions, start=1)
    ]
    roles = _roles(len(game.players))
    columns = (
        Column(text("#"), "right"),
        *(Column(text(Piece(game.players[player], roles[player]))) for player in movers),
        Column(text("Payoffs")),
        Column(text("What happens")),
    )
    blocks: list[Block] = [Table(columns, tuple(rows))]
    blocks += [
        Note(
            text(
                f"{game.players[player]} has {number_of:,} more information sets, not shown here; "
                "--format json gives the whole plan."
            )
        )
        for player, number_of in hidden.items()
        if number_of
    ]
    return blocks


def plan(one: Behaviour, game: ExtensiveGame, sets: Iterable[int]) -> Lines:
    """What a player does at each of her information sets."""
    chosen = list(sets)
    lines = []
    for index in chosen:
        choice = one.choices[index]
        if choice is None:
            continue
        action = mixture_words(choice, game.sets[index].actions)
        if len(chosen) == 1 and not game.sets[index].label:
            lines.append(text(Piece(action, "strategy")))
        else:
            lines.append(
                text(Piece(f"{game.set_name(index)}: ", "muted"), Piece(action, "strategy"))
            )
    return tuple(lines)


def ending(game: ExtensiveGame, node: int) -> str:
    """The name of an ending, or the moves that lead to it."""
    name = game.outcomes[game.terminal[node]] if game.outcomes else ""
    return name or ", ".join(game.path(node))


def _outcomes(one: Behaviour, game: ExtensiveGame) -> list[Text]:
    shown = one.outcomes[:MOST_SETS]
    lines = [
        text(
            ending(game, node),
            "" if chance == 1 else f" {number(chance)}",
            () if chance == 1 else _aside(chance),
        )
        for node, chance in shown
    ]
    if len(shown) < len(one.outcomes):
        lines.append(text(f"{len(one.outcomes) - len(shown):,} more endings"))
    return lines


def pure_profiles(solutions: Iterable[Solution]) -> list[tuple[int, ...]]:
    """The pure profiles among points and corners of continua, in order, each once."""
    found: dict[tuple[int, ...], None] = {}
    for one in solutions:
        candidates = [one.profile] if isinstance(one, Point) else []
        if isinstance(one, Component):
            candidates = list(one.extreme_points)
        for profile in candidates:
            if (indices := as_pure(profile)) is not None:
                found[indices] = None
    return list(found)
