"""Phrases on one information set of an equilibrium: what is believed and chosen there, and why."""

from __future__ import annotations

from alliance_games.model.profiles import support
from alliance_games.report.families import BELIEF, CHOICE, Place, Variation, family_tag, place_words
from alliance_games.report.mixtures import mixture_words
from alliance_games.report.reading import Reading, belief_words
from alliance_games.report.seen import Seen
from alliance_games.report.words import listed


def choice_words(
    index: int, reading: Reading, variation: Variation | None, seen: Seen, who: str = ""
) -> str:
    """``Three, at third, sure of D, chooses R: it brings 1, L 0``."""
    game = seen.game
    who = who or game.players[game.sets[index].player]
    if variation is not None and any(place.set == index for place in variation.varying):
        where = seen.where(index)
        varied = _varied_words(index, reading, variation, seen)
        return f"{who}{', ' + where + ',' if where else ''} {varied}"
    beliefs = belief_at(index, reading, variation, seen)
    aside = "".join(f", {words}" for words in (seen.where(index), beliefs) if words)
    does = does_and_why(index, reading, variation, seen)
    return f"{who}{aside}{',' if aside else ''} {does}"


def does_and_why(index: int, reading: Reading, variation: Variation | None, seen: Seen) -> str:
    """``chooses R: it brings 1, L 0``."""
    if variation is not None and any(place.set == index for place in variation.varying):
        return _varied_words(index, reading, variation, seen)
    does = verb(index, reading, variation, seen)
    why = "" if index in getattr(reading.first, "free", ()) else reading.why(index)
    return f"{does}{': ' + why if why else ''}"


def _varied_words(index: int, reading: Reading, variation: Variation, seen: Seen) -> str:
    """The same where choice or belief may vary: what each family of the continuum allows.

    Where several sets vary, the letters of the families say what goes with what.
    """
    told: dict[str, list[str]] = {}
    families = zip(variation.one.families, variation.ranges, strict=True)
    for letter, (family, ranges) in enumerate(families):
        places = [
            place
            for of in (CHOICE, BELIEF)
            if (place := Place(of, index)) in ranges
            and (place in variation.varying or of == CHOICE)
        ]
        words = ", at ".join(place_words(seen.game, place, ranges[place]) for place in places)
        why = reading.why(index, family.points)
        told.setdefault(f"{words}{' (' + why + ')' if why else ''}", []).append(family_tag(letter))
    if len({place.set for place in variation.varying}) == 1 or len(told) == 1:
        return f"chooses {'; or '.join(told)}"
    return f"chooses {'; '.join(f'in {listed(tags)} {words}' for words, tags in told.items())}"


def belief_at(index: int, reading: Reading, variation: Variation | None, seen: Seen) -> str:
    """What is believed at a set; '' where there is one node or no belief."""
    names = seen.game.node_names(index)
    if len(names) == 1:
        return ""
    place = Place(BELIEF, index)
    if variation is not None and place in variation.varying:
        return f"at {place_words(seen.game, place, variation.over_all(place))}"
    held = reading.belief(index)
    return "" if held is None else belief_words(held, names)


def verb(index: int, reading: Reading, variation: Variation | None, seen: Seen) -> str:
    """``chooses R``, ``mixes Bet 1/3, Pass 2/3``, ``may choose anything``."""
    game = seen.game
    place = Place(CHOICE, index)
    if variation is not None and place in variation.varying:
        ranges = variation.over_all(place)
        if ranges is None:
            return "may choose anything"
        return f"chooses {place_words(game, place, ranges)}"
    if index in getattr(reading.first, "free", ()):
        return "may choose anything"
    choice = reading.first.choices[index]
    assert choice is not None
    how = "chooses" if len(support(choice)) == 1 else "mixes"
    return f"{how} {mixture_words(choice, game.sets[index].actions)}"


def gains(reading: Reading, seen: Seen) -> str:
    """``One gets 1, Two 1 and Three 1.``"""
    players = seen.game.players
    if len(players) > 8:
        return ""
    said = listed(
        f"{who} {'gets ' if place == 0 else ''}{reading.payoff(place).words(reading.exact)}"
        for place, who in enumerate(players)
    )
    chance = any(len(point.outcomes) > 1 for point in reading.points)
    return f"{said}{' in expectation' if chance else ''}."
