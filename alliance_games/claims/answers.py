"""Holding the whole answer of a concept against what a line lists, includes or excludes."""

from __future__ import annotations

from alliance_games.claims import records, wording
from alliance_games.claims.matching import matches
from alliance_games.claims.playing import holds_as_equilibrium
from alliance_games.claims.setting import Setting
from alliance_games.claims.verdict import Answer, NoMatch, Undecided
from alliance_games.model.expectations import Expectation, Leaf, Listing, Table, Wanted
from alliance_games.results.records import Record
from alliance_games.results.result import Coverage, Result
from alliance_games.results.solutions import (
    Component,
    Dominant,
    Dominated,
    Members,
    Numbers,
    Selection,
    Solution,
    Tally,
)


def hold(setting: Setting, expectation: Expectation, result: Result) -> Answer:
    """Whether the line describes the answer, and the answer in words."""
    spoken_of = list(filter(_is_spoken_of, result.solutions))
    answers = [one for one in spoken_of if not _is_proof(one)]
    found = wording.answers(setting, answers or spoken_of)
    return holds(setting, expectation, result), found


def holds(setting: Setting, expectation: Expectation, result: Result) -> bool:
    """Whether the line describes the answer."""
    everything = result.coverage is Coverage.ALL
    if expectation.none:
        return everything and not any(map(_is_something, result.solutions))
    if expectation.includes or expectation.excludes:
        includes = records.joined(expectation.includes, result.solutions)
        excludes = records.joined(expectation.excludes, result.solutions)
        held = all(_holds(setting, wanted, result) for wanted in includes)
        held = held and not any(_holds(setting, wanted, result) for wanted in excludes)
        if held and expectation.excludes and not everything:
            raise Undecided(f"not all solutions are known ({result.because})")
        return held
    assert expectation.content is not None
    known = everything or any(one.kind == "distribution" for one in result.solutions)
    return known and _is_whole(setting, expectation.content, result)


def described(setting: Setting, content: Wanted, result: Result) -> Solution:
    """The one solution that a line describes; NoMatch where there is none or several."""
    wanted = _several(content, result)
    spoken_of = filter(_is_spoken_of, result.solutions)
    here = [one for one in spoken_of if any(matches(setting, each, one) for each in wanted)]
    if len(here) != 1:
        raise NoMatch(f"it describes {len(here)} solutions of {result.concept} here, not one")
    return here[0]


def _is_whole(setting: Setting, content: Wanted, result: Result) -> bool:
    """Whether every solution is listed and everything listed is a solution."""
    solutions = _that_can_be(content, result)
    if any(isinstance(one, Tally) for one in solutions):
        raise Undecided("there are too many solutions to compare one by one")
    listed = _several(content, result)
    hits = [[matches(setting, wanted, one) for one in solutions] for wanted in listed]
    if not solutions or not all(map(any, hits)):
        return False
    return all(any(row[index] for row in hits) for index in range(len(solutions))) and not (
        _names_more_players(setting, listed, solutions)
    )


def _that_can_be(content: Wanted, result: Result) -> list[Solution]:
    """The solutions a line speaks of: the numbers where it names one, otherwise all but them.

    Of correlated play, whose solutions are points of a polytope, it speaks of the welfare-best.
    """
    spoken_of = [one for one in result.solutions if _is_spoken_of(one) and not _is_proof(one)]
    if any(one.kind == "distribution" for one in spoken_of):
        return [one for one in spoken_of if getattr(one, "of", "") == "welfare-best"]
    numbers: list[Solution] = [one for one in spoken_of if isinstance(one, Numbers)]
    others: list[Solution] = [one for one in spoken_of if not isinstance(one, Numbers)]
    if not others or not numbers:
        return spoken_of
    known = {name for one in numbers if isinstance(one, Numbers) for name in one.values}
    named = isinstance(content, Table) and any(name in known for name, _ in content)
    return numbers if named else others


def _several(content: Wanted, result: Result) -> tuple[Wanted, ...]:
    """The answers a line lists: a list of profiles is several, anything else is one."""
    if records.is_one(content, result.solutions):
        return (content,)
    if isinstance(content, Listing) and not any(isinstance(one, Leaf) for one in content.items):
        return content.items
    return (content,)


def _holds(setting: Setting, wanted: Wanted, result: Result) -> bool:
    """Whether an answer holds what is wanted, continua included (by the definition)."""
    if any(_is_spoken_of(one) and matches(setting, wanted, one) for one in result.solutions):
        return True
    if any(isinstance(one, Component) for one in result.solutions):
        return holds_as_equilibrium(setting, wanted)
    if any(one.kind == "distribution" for one in result.solutions):
        from alliance_games.claims import mediated_wording

        return mediated_wording.is_mixture(setting, wanted, result)
    return False


def _is_spoken_of(found: Solution) -> bool:
    """Whether a line about the concept speaks of such a solution.

    ``dominance: {Alice: Rabbit}`` speaks of dominant strategies; the dominated ones and the
    survivors of elimination are further information. What a refinement rules out is no answer of
    it, nor is the proof that something is none.
    """
    if isinstance(found, Record):
        return found.is_something
    if isinstance(found, Members):
        return found.of.startswith("rationalizable")
    return not isinstance(found, Dominated) and found.kind != "discarded"


def _is_proof(found: Solution) -> bool:
    """Whether it only shows that something is no answer."""
    return isinstance(found, Record) and not found.is_something


def _is_something(found: Solution) -> bool:
    if isinstance(found, Selection):
        return found.profile is not None
    if isinstance(found, Record):
        return found.is_something
    return not isinstance(found, Members) and found.kind != "discarded"


def _names_more_players(
    setting: Setting, listed: tuple[Wanted, ...], found: list[Solution]
) -> bool:
    """Whether a dominant strategy is named for a player who has none."""
    if not all(isinstance(one, Dominant) for one in found):
        return False
    have = {setting.game.players[one.player] for one in found if isinstance(one, Dominant)}
    return any(player not in have for one in listed if isinstance(one, Table) for player, _ in one)
