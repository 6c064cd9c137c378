"""A plain reading of every equilibrium of a tree with hidden moves: who does what, after what,
believing what, and why no one deviates."""

from __future__ import annotations

from alliance_games.model.extensive import ExtensiveGame
from alliance_games.report.families import Variation
from alliance_games.report.meaning_signals import signalled
from alliance_games.report.meaning_types import by_types
from alliance_games.report.reading import Reading
from alliance_games.report.seen import Play, Seen, decision_sets
from alliance_games.report.telling import choice_words, gains, verb
from alliance_games.report.words import capital, count, numeral
from alliance_games.results.cases import CaseAnswer
from alliance_games.results.result import Result
from alliance_games.results.solutions import Behaviour
from alliance_games.results.tree_solutions import Assessment, Continuum, QuantalPath

MOST_TOLD = 12
"""So many equilibria are read in words; the tables have all."""

MOST_SETS = 12
"""An equilibrium is read at so many information sets."""

LARGEST = 5_000
"""Larger trees are not read set by set."""


def sentences(answer: CaseAnswer, game: ExtensiveGame) -> list[str]:
    """A paragraph for each equilibrium of the first answer with beliefs, or with plans."""
    result = told_of(answer)
    if result is None or game.size > LARGEST:
        return []
    found = equilibria_in(result)
    if not found:
        return []
    seen = Seen(game)
    said = afterwards(found[0], seen)
    alone = "The equilibrium" if found[0] in result.solutions else "The limit"
    for place, one in enumerate(found[:MOST_TOLD], start=1):
        name = alone if len(found) == 1 else f"Equilibrium {place}"
        said.append(paragraph(name, one, seen))
    if len(found) > MOST_TOLD:
        said.append(f"{capital(numeral(len(found) - MOST_TOLD))} more in the tables above.")
    return said


def told_of(answer: CaseAnswer) -> Result | None:
    """The result whose equilibria are read: the first with beliefs, else the first with plans,
    else a branch with its limit."""
    plans = branch = None
    for result in answer.results:
        for one in result.solutions:
            if isinstance(one, Assessment) or (
                isinstance(one, Continuum) and isinstance(one.points[0], Assessment)
            ):
                return result
            if plans is None and isinstance(one, (Behaviour, Continuum)):
                plans = result
            if branch is None and isinstance(one, QuantalPath):
                branch = result
    return plans or branch


def equilibria_in(result: Result) -> list[Play | Continuum]:
    """The equilibria among a result's solutions, limits of branches too."""
    found = [one.limit if isinstance(one, QuantalPath) else one for one in result.solutions]
    return [one for one in found if isinstance(one, (Assessment, Behaviour, Continuum))]


def paragraph(name: str, one: Play | Continuum, seen: Seen) -> str:
    """One equilibrium in words."""
    variation = Variation(one, seen.game) if isinstance(one, Continuum) else None
    reading = Reading(one, seen.game, exact=variation is None or variation.exact)
    form = str(one.properties.get("form", "")) or seen.form(one)
    head = f"{name}{', ' + form if form else ''}: "
    if seen.signalling is not None:
        parts = signalled(reading, variation, seen, seen.signalling)
    elif seen.bayesian is not None:
        parts = by_types(reading, variation, seen, seen.bayesian)
    else:
        parts = _by_sets(reading, variation, seen)
    return head + " ".join(parts)


def _by_sets(reading: Reading, variation: Variation | None, seen: Seen) -> list[str]:
    """Set by set: first where play comes, then where it does not."""
    sets = decision_sets(seen.game)
    on_path = [index for index in sets if reading.reached(index)]
    off_path = [index for index in sets if not reading.reached(index)]
    parts = [f"{capital(choice_words(index, reading, variation, seen))}." for index in on_path]
    parts = parts[:MOST_SETS]
    room = MOST_SETS - len(parts)
    if off_path and room:
        told = [choice_words(index, reading, variation, seen) for index in off_path[:room]]
        parts.append(f"Where play does not come: {'; '.join(told)}.")
    hidden = len(sets) - min(len(on_path), MOST_SETS) - min(len(off_path), room)
    if hidden:
        parts.append(f"{capital(count(hidden, 'more information set'))} in the table.")
    parts.append(gains(reading, seen))
    return parts


def afterwards(one: Play | Continuum, seen: Seen) -> list[str]:
    """Moves that follow the response in a signalling game: settled by backward induction."""
    view = seen.signalling
    reading = Reading(one, seen.game)
    if view is None or not view.played_out or not isinstance(reading.first, Assessment):
        return []
    told = [_settled(index, reading, seen) for index, _ in view.played_out[:MOST_SETS]]
    more = len(view.played_out) - len(told)
    rest = f"; {count(more, 'more move')} likewise" if more else ""
    return [f"What follows the response is settled by itself: {'; '.join(told)}{rest}."]


def _settled(index: int, reading: Reading, seen: Seen) -> str:
    game = seen.game
    why = reading.why(index)
    told = f"{game.players[game.sets[index].player]} {verb(index, reading, None, seen)}"
    return f"{seen.where(index)} {told}{' (' + why + ')' if why else ''}"
