"""An equilibrium of a signalling game in words: who sends what, what that reveals, what answers."""

from __future__ import annotations

from fractions import Fraction

from alliance_games.model.profiles import Mixed, support
from alliance_games.model.signalling import Signalling
from alliance_games.report.families import CHOICE, Place, Variation
from alliance_games.report.mixtures import mixture_words
from alliance_games.report.reading import Reading
from alliance_games.report.seen import Seen
from alliance_games.report.telling import choice_words, gains, verb
from alliance_games.report.words import capital, listed, number
from alliance_games.results.tree_solutions import Assessment

MOST = 12
"""So many types, and so many moves after the response, are told."""


def signalled(
    reading: Reading, variation: Variation | None, seen: Seen, view: Signalling
) -> list[str]:
    """Messages, what they reveal, the answers, and what each type would get otherwise."""
    parts = [f"{_sent(reading, variation, seen, view)}."]
    never = [name for name, p in zip(view.types, view.prior, strict=True) if not p]
    if never:
        parts.append(f"{listed(never)} never {'occurs' if len(never) == 1 else 'occur'}.")
    parts += _revealed(reading, view)
    sets = [index for index in view.receiver_set if index is not None]
    on_path = [index for index in sets if reading.reached(index)]
    off_path = [index for index in sets if not reading.reached(index)]
    parts += [f"{capital(choice_words(index, reading, variation, seen))}." for index in on_path]
    if off_path:
        told = "; ".join(choice_words(index, reading, variation, seen) for index in off_path)
        parts.append(f"If the unexpected came: {told}.")
    stable = all(reading.best(view.sender_set[type_]) for type_ in _possible(view))
    head = "No type gains by another message" if stable else "What each type gets by its messages"
    parts.append(f"{head}: {_why_sent(reading, view)}.")
    if view.played_out and not isinstance(reading.first, Assessment):
        # Without sequential rationality these moves may differ from one equilibrium to the next.
        told = "; ".join(
            choice_words(index, reading, variation, seen) for index, _ in view.played_out[:MOST]
        )
        parts.append(f"What follows the response: {told}.")
    parts.append(gains(reading, seen))
    return parts


def _possible(view: Signalling) -> list[int]:
    """The types that occur: what another would send is no part of an equilibrium."""
    return [type_ for type_, p in enumerate(view.prior) if p]


def _sent(reading: Reading, variation: Variation | None, seen: Seen, view: Signalling) -> str:
    """``Committed sends Treaty, Uncommitted No treaty``; types that send alike together."""
    groups: dict[str, list[str]] = {}
    possible = _possible(view)
    for type_ in possible:
        index = view.sender_set[type_]
        if variation is not None and Place(CHOICE, index) in variation.varying:
            what = verb(index, reading, variation, seen).removeprefix("chooses ")
        else:
            choice = reading.first.choices[index]
            assert choice is not None
            what = mixture_words(choice, view.messages)
        groups.setdefault(what, []).append(view.types[type_])
    told = [
        f"{listed(types)} {'sends' if len(types) == 1 else 'send'} {what}"
        for what, types in groups.items()
    ]
    if len(groups) == 1:
        (what,) = groups
        if len(possible) > 1:
            told = [f"{'both types' if len(possible) == 2 else 'all types'} send {what}"]
    return f"{view.game.players[view.sender]}: " + "; ".join(told)


def _revealed(reading: Reading, view: Signalling) -> list[str]:
    """What the messages that are sent make of the prior; nothing where one type alone occurs."""
    if len(_possible(view)) == 1:
        return []
    prior = _shown(view.prior, view.types)
    sent = [
        (message, held)
        for message, index in enumerate(view.receiver_set)
        if index is not None
        and reading.reached(index)
        and (held := _posterior(reading, view, message)) is not None
    ]
    if not sent:
        return []
    if all(held == view.prior for _, held in sent):
        return [f"So nothing is revealed: the odds stay {prior}."]
    told = []
    for message, held in sent:
        used = support(held)
        if len(used) == 1:
            told.append(f"{view.messages[message]} reveals {view.types[used[0]]}")
        elif held == view.prior:
            told.append(f"{view.messages[message]} leaves the odds at {prior}")
        else:
            shown = _shown(held, view.types)
            told.append(f"{view.messages[message]} moves the odds from {prior} to {shown}")
    return [f"So {listed(told)}."]


def _shown(held: Mixed, names: tuple[str, ...]) -> str:
    told = [f"{name} {number(p)}" for name, p in zip(names, held, strict=True)]
    if len(told) > MOST:
        told = [*told[:MOST], f"{len(told) - MOST} more types"]
    return ", ".join(told)


def _posterior(reading: Reading, view: Signalling, message: int) -> Mixed | None:
    """The belief about types after a message, in the order of the types; None if it varies."""
    index = view.receiver_set[message]
    assert index is not None
    held = reading.belief(index)
    if held is None:
        return None
    by_type = [Fraction(0)] * len(view.types)
    for node, weight in zip(view.game.nodes_of[index], held, strict=True):
        type_ = view.type_of_node(node)
        assert type_ is not None
        by_type[type_] = weight
    return tuple(by_type)


def _why_sent(reading: Reading, view: Signalling) -> str:
    """``Committed gets 6, by No treaty 2``, type by type."""
    told = []
    for type_ in _possible(view):
        index = view.sender_set[type_]
        spans = reading.brings(index)
        assert spans is not None, "the set of a type that occurs has one node"
        used = reading.used(index)
        own = [spans[message] for message in used]
        name = view.types[type_]
        if len(used) > 1:
            shown = ", ".join(
                f"{span.words(reading.exact)} by {view.messages[message]}"
                for message, span in zip(used, own, strict=True)
            )
            said = f"{name} gets {shown}"
        else:
            said = f"{name} gets {own[0].words(reading.exact)}"
        others = [message for message in range(len(view.messages)) if message not in used]
        if others:
            best = max(others, key=lambda message: (spans[message].high, -message))
            said += f", by {view.messages[best]} {spans[best].most(reading.exact)}"
        told.append(said)
    if len(told) > MOST:
        told = [*told[:MOST], f"{len(told) - MOST} more types likewise"]
    return "; ".join(told)
