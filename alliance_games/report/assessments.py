"""Equilibria of trees with hidden moves: choices and beliefs by player and information set."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import cast

from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.profiles import support
from alliance_games.report.blocks import (
    Block,
    Bullets,
    Column,
    Heading,
    Note,
    Piece,
    Prose,
    Table,
    Text,
    text,
)
from alliance_games.report.families import (
    BELIEF,
    CHOICE,
    Place,
    Variation,
    family_tag,
    range_words,
)
from alliance_games.report.mixtures import aside, mixture_words, property_words
from alliance_games.report.reading import Span
from alliance_games.report.seen import Play, Seen, points_of, reach
from alliance_games.report.words import capital, count, number, numeral
from alliance_games.results.solutions import Behaviour, Solution
from alliance_games.results.tree_solutions import Assessment, Continuum, Discarded

MOST_SETS = 40
"""An equilibrium is shown at so many information sets."""

MOST_LINES = 8
"""A choice or belief is shown by so many of its probabilities."""

_NAMED = {"form", "constant payoffs"}
"""Properties that the heading of an equilibrium says already."""


Told = dict[object, str]
"""Where an equilibrium was shown before, by what is played and believed in it."""


def entries(
    solutions: Sequence[Solution], game: ExtensiveGame, concept: str = "", told: Told | None = None
) -> list[Block]:
    """Each equilibrium under its number, then what was ruled out.

    One that ``told`` knows from an earlier concept is not shown again; those shown are added.
    """
    seen = Seen(game)
    told = {} if told is None else told
    blocks: list[Block] = []
    for place, one in enumerate(
        (one for one in solutions if isinstance(one, (Assessment, Behaviour, Continuum))), start=1
    ):
        before = told.get(_identity(one))
        if before:
            blocks.append(_heading(str(place), one, seen, f"shown above, {before}"))
        else:
            blocks += entry(str(place), one, seen)
            told[_identity(one)] = f"{concept} {place}".strip()
    blocks += _others(solutions, seen, concept, told)
    ruled_out = [one for one in solutions if isinstance(one, Discarded)]
    if ruled_out:
        blocks += discarded(ruled_out, seen, told)
    return blocks


def _others(solutions: Sequence[Solution], seen: Seen, concept: str, told: Told) -> list[Block]:
    """Correlated play, branches (each with its limit), plans."""
    blocks: list[Block] = []
    for one in solutions:
        if isinstance(one, (Assessment, Behaviour, Continuum, Discarded)):
            continue
        from alliance_games.report.findings_trees import blocks_of

        blocks += blocks_of(one, seen.game)
        limit = getattr(one, "limit", None)
        if isinstance(limit, (Assessment, Behaviour, Continuum)):
            before = told.get(_identity(limit))
            if before:
                blocks.append(_heading("Limit", limit, seen, f"shown above, {before}"))
            else:
                blocks += entry("Limit", limit, seen)
                told[_identity(limit)] = f"limit of {concept}"
    return blocks


def _identity(one: Play | Continuum) -> object:
    """What is played and believed, apart from what a concept says of it."""
    if isinstance(one, Continuum):
        return (tuple(map(_identity, points_of(one))), one.families)
    return (one.choices, getattr(one, "beliefs", None), getattr(one, "free", ()))


def entry(number_of: str, one: Play | Continuum, seen: Seen) -> list[Block]:
    """One equilibrium: its name and payoffs, its table, and of a continuum what may vary."""
    variation = Variation(one, seen.game) if isinstance(one, Continuum) else None
    first = points_of(one)[0] if isinstance(one, Continuum) else one
    blocks: list[Block] = [_heading(number_of, one, seen)]
    rows, hidden = _rows(first, variation, seen.game)
    beliefs = isinstance(first, Assessment) and any(row[2] for row in rows)
    columns = [Column(text("Information set")), Column(text("Choice"))]
    if beliefs:
        columns.append(Column(text("Belief")))
    blocks.append(Table(tuple(columns), tuple(row if beliefs else row[:2] for row in rows)))
    if hidden:
        more = count(hidden, "more information set")
        blocks.append(Note(text(f"{capital(more)} not shown; --format json has the whole plan.")))
    if variation is not None and isinstance(one, Continuum):
        blocks += _varies(one, variation, seen)
    return blocks


def _heading(number_of: str, one: Play | Continuum, seen: Seen, more: str = "") -> Heading:
    name = str(one.properties.get("form", "")) or seen.form(one)
    parts: list[str | Piece | Text] = [Piece(number_of, "strong"), "  "]
    if name:
        parts += [Piece(name, "strong"), " · "]
    parts.append("payoffs ")
    for player, who in enumerate(seen.game.players):
        role = ("first", "second", "third")[player] if len(seen.game.players) <= 3 else "player"
        parts += [", " if player else "", Piece(who, role), " ", _payoff(one, player, seen.game)]
    facts = {key: value for key, value in one.properties.items() if key not in _NAMED}
    said = [words for words in property_words(facts) if words]
    if said:
        parts += [" · ", *said]
    if isinstance(one, Continuum):
        parts.append(f" · a continuum of dimension {one.dimension}")
    if more:
        parts.append(Piece(f" · {more}", "muted"))
    return Heading(text(*parts), 4)


def _payoff(one: Play | Continuum, player: int, game: ExtensiveGame) -> Text:
    values = [one.payoffs[player]] if not isinstance(one, Continuum) else payoffs_of(one, player)
    if min(values) == max(values):
        return text(number(values[0]), aside(values[0]))
    span = Span.of(values)
    return text(span.words(not isinstance(one, Continuum) or Variation(one, game).exact))


def payoffs_of(one: Continuum, player: int) -> list[Fraction]:
    """What a player gets at the points of a continuum."""
    return [each.payoffs[player] for each in points_of(one)]


Row = tuple[tuple[Text, ...], ...]


def _rows(one: Play, variation: Variation | None, game: ExtensiveGame) -> tuple[list[Row], int]:
    """A row for each information set, player by player, and how many are left out."""
    chances = [reach(game, each) for each in (variation.points if variation else (one,))]
    sets = [
        index
        for player in range(len(game.players))
        for index, each in enumerate(game.sets)
        if each.player == player
    ]
    rows: list[Row] = []
    for index in sets[:MOST_SETS]:
        player = game.sets[index].player
        role = ("first", "second", "third")[player] if len(game.players) <= 3 else "player"
        name = text(Piece(game.players[player], role), f" @ {game.set_name(index)}")
        comes = [any(each[node] for node in game.nodes_of[index]) for each in chances]
        if not all(comes):
            name = text(
                name, Piece(" (not always reached)" if any(comes) else " (not reached)", "muted")
            )
        rows.append(
            (
                (name,),
                _cell(one, Place(CHOICE, index), variation, game),
                _cell(one, Place(BELIEF, index), variation, game),
            )
        )
    return rows, len(sets) - len(rows)


def _cell(
    one: Play, place: Place, variation: Variation | None, game: ExtensiveGame
) -> tuple[Text, ...]:
    """What stands at a place: a choice or belief, a range, or 'any'."""
    if place.of == BELIEF and len(game.nodes_of[place.set]) == 1:
        return ()
    names = game.sets[place.set].actions if place.of == CHOICE else game.node_names(place.set)
    if variation is not None and place in variation.varying:
        ranges = variation.over_all(place)
        if ranges is None:
            return (text(Piece("any", "muted")),)
        return (text(Piece(range_words(names, ranges), "strategy")),)
    if place.of == CHOICE:
        if place.set in getattr(one, "free", ()):
            return (text(Piece("any", "muted")),)
        held = one.choices[place.set]
    else:
        held = one.beliefs[place.set] if isinstance(one, Assessment) else None
    if held is None:
        return ()
    if len(support(held)) == 1:
        shown = mixture_words(held, names)
        return (text(Piece(shown if place.of == CHOICE else f"{shown} 1", "strategy")),)
    used = support(held)
    lines = [
        text(Piece(names[k], "strategy"), f" {number(held[k])}", aside(held[k]))
        for k in used[:MOST_LINES]
    ]
    if len(used) > MOST_LINES:
        lines.append(text(Piece(f"{len(used) - MOST_LINES} more", "muted")))
    return tuple(lines)


def _varies(one: Continuum, variation: Variation, seen: Seen) -> list[Block]:
    """The families of a continuum in words."""
    game = seen.game

    def who(index: int) -> str:
        return f"{game.players[game.sets[index].player]} {seen.where(index)}".rstrip()

    if not variation.varying:
        return []
    said = variation.sentences(who)
    if len(said) == 1:
        joint = variation.joint(one.families[0])
        told = Prose(text(Piece("May vary: ", "strong"), f"{said[0]}."))
        return [told, Bullets(tuple(map(text, joint)))] if len(joint) > 2 else [told]
    head = f"May vary, in {count(len(said), 'part')} that together are the continuum:"
    return [
        Prose(text(Piece(head, "strong"))),
        Bullets(tuple(text(f"{family_tag(k)} {words}.") for k, words in enumerate(said))),
    ]


def discarded(solutions: Sequence[Discarded], seen: Seen, told: Told) -> list[Block]:
    """What a refinement rules out and why; in full where no concept before has shown it."""
    title = Heading(text(Piece(f"Ruled out: {numeral(len(solutions))}", "strong")), 4)
    items, entries_apart = [], []
    for place, one in enumerate(solutions, start=1):
        equilibrium = cast("Play | Continuum", one.solution)  # of a tree
        before = told.get(_identity(equilibrium))
        if before:
            name = Piece(summary(equilibrium, seen), "strong")
            items.append(text(name, f" ({before}): {_reason(one)}"))
        else:
            entries_apart += entry(f"Ruled out {place}", equilibrium, seen)
            entries_apart.append(Prose(text(Piece("Because: ", "strong"), _reason(one))))
    return [title, *([Bullets(tuple(items))] if items else []), *entries_apart]


def _reason(one: Discarded) -> str:
    """The reason as a sentence; the numbers that decide, where it gives no figures of its own."""
    reason = capital(one.reason if one.reason.endswith(".") else f"{one.reason}.")
    if not one.numbers or any(map(str.isdigit, one.reason)):
        return reason
    numbers = "; ".join(f"{name} {number(value)}" for name, value in one.numbers.items())
    return f"{reason} ({numbers})"


def summary(one: Play | Continuum, seen: Seen) -> str:
    """An equilibrium in a few words: its form, or what is done where play comes; its payoffs."""
    first = points_of(one)[0] if isinstance(one, Continuum) else one
    gains = ", ".join(map(number, first.payoffs))
    return f"{name_of(one, seen)} (payoffs {gains})"


def name_of(one: Play | Continuum, seen: Seen) -> str:
    """The form of an equilibrium, or what is done where play comes: ``One C, Two c``."""
    game = seen.game
    first = points_of(one)[0] if isinstance(one, Continuum) else one
    name = str(one.properties.get("form", "")) or seen.form(one)
    return name or _done(first, game) or "by chance"


def _done(one: Play, game: ExtensiveGame) -> str:
    """What each player does where play comes: ``Ally Treaty (Firm), Pass (Weak); Rival Attack``."""
    chances = reach(game, one)
    told = []
    for player, who in enumerate(game.players):
        by_choice: dict[str, list[str]] = {}
        for index, each in enumerate(game.sets):
            choice = one.choices[index]
            if each.player != player or choice is None:
                continue
            if any(chances[node] for node in game.nodes_of[index]):
                words = mixture_words(choice, each.actions)
                by_choice.setdefault(words, []).append(game.set_name(index))
        if len(by_choice) == 1:
            told.append(f"{who} {next(iter(by_choice))}")
        elif by_choice:
            said = [f"{words} ({', '.join(names)})" for words, names in by_choice.items()]
            told.append(f"{who} {', '.join(said)}")
    return "; ".join(told)
