"""Whether a profile as written is an equilibrium, and what equilibria play."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial

from alliance_games.certificates.regret import expected_payoffs, largest_gain
from alliance_games.claims import wording
from alliance_games.claims.matching import matches, profile
from alliance_games.claims.setting import Setting
from alliance_games.claims.verdict import Answer, NoMatch, Undecided
from alliance_games.model.expectations import Leaf, Listing, Wanted
from alliance_games.model.extensive import CHANCE, ExtensiveGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Mixed, is_distribution, support
from alliance_games.results.solutions import Behaviour, Component, Point, Solution, Tally


def is_equilibrium(setting: Setting, wanted: Wanted) -> Answer:
    """Whether a profile as written is a Nash equilibrium, and what deviation says it is not."""
    held, why = _judged(setting, wanted)
    return held, why()


def holds_as_equilibrium(setting: Setting, wanted: Wanted) -> bool:
    """The same without the words, which would ask more of numbers than they need to say."""
    return _judged(setting, wanted)[0]


def _judged(setting: Setting, wanted: Wanted) -> tuple[bool, Callable[[], str]]:
    game = setting.game
    if isinstance(game, ExtensiveGame):
        from alliance_games.claims import tree_playing

        written_out = tree_playing.written(setting, game, wanted)
        if isinstance(written_out, list):
            return tree_playing.judged(game, written_out)
        return _among_the_answers(setting, wanted, f"{written_out}, so that others may be left")
    if not isinstance(game, NormalGame):
        reason = f"this version does not look for other Nash equilibria of {game.kind} games"
        return _among_the_answers(setting, wanted, reason)
    written = profile(setting, wanted)
    for name, strategy in zip(game.players, written, strict=True):
        if not is_distribution(strategy):
            return False, partial(_no_probabilities, name, strategy)
    gain, player, better = largest_gain(game, written)
    if not gain:
        return (
            True,
            lambda: f"no player gains by deviating from {wording.profile(setting, written)}",
        )
    return (
        False,
        lambda: (
            f"{game.players[player]} gains {wording.number(gain)} by playing "
            f"{game.strategies[player][better]}"
        ),
    )


def _no_probabilities(name: str, strategy: Mixed) -> str:
    total = wording.number(sum(strategy, Fraction(0)))
    why = "one is negative" if min(strategy) < 0 else f"they sum to {total}"
    return f"{name}'s numbers are no probabilities: {why}"


def _among_the_answers(
    setting: Setting, wanted: Wanted, otherwise: str
) -> tuple[bool, Callable[[], str]]:
    """Whether an answer of the first equilibrium concept is described; Undecided if none is."""
    result = setting.equilibria()
    found = [one for one in result.solutions if one.kind not in ("tally", "discarded")]
    if any(matches(setting, wanted, one) for one in found):
        return True, lambda: f"it is among the answers of {result.concept}"
    raise Undecided(f"it is not among the answers of {result.concept}, and {otherwise}")


def equilibrium(setting: Setting, wanted: Wanted) -> Solution:
    """The equilibrium a profile as written describes; NoMatch where it is none."""
    held, why = _judged(setting, wanted)
    if not held:
        raise NoMatch(f"it is no equilibrium here: {why()}")
    return _as_written(setting, wanted)


def equilibrium_here(setting: Setting, wanted: Wanted) -> Solution | None:
    """The same without words about numbers; None where it is no equilibrium."""
    return _as_written(setting, wanted) if _judged(setting, wanted)[0] else None


def _as_written(setting: Setting, wanted: Wanted) -> Solution:
    """The profile of an equilibrium, with what it brings."""
    if isinstance(setting.game, ExtensiveGame):
        from alliance_games.claims import tree_playing

        written_out = tree_playing.written(setting, setting.game, wanted)
        if isinstance(written_out, list):
            return tree_playing.behaviour(setting.game, written_out)
    if not isinstance(setting.game, NormalGame):
        return next(one for one in setting.equilibria().solutions if matches(setting, wanted, one))
    written = profile(setting, wanted)
    return Point(written, expected_payoffs(setting.game, written))


def plays(setting: Setting, wanted: Wanted, found: Solution) -> bool:
    """Whether a solution plays an action (of whoever has it), a player's action, or a profile.

    In a tree that is with some probability, on the path of play; a list is a whole path.
    """
    if found.kind == "discarded":
        return False
    game = setting.game
    if isinstance(wanted, Listing) and isinstance(game, ExtensiveGame):
        steps = tuple(item.text for item in wanted.items if isinstance(item, Leaf))
        return any(game.played(end) == steps for end in _endings(game, found))
    if isinstance(wanted, Listing):
        if isinstance(found, Component):
            return holds_as_equilibrium(setting, wanted)
        return matches(setting, wanted, found)
    used = _used(setting, found)
    if isinstance(wanted, Leaf):
        return any(action == wanted.text for _, action in used)
    return any((player, one.text) in used for player, one in wanted if isinstance(one, Leaf))


def _used(setting: Setting, found: Solution) -> set[tuple[str, str]]:
    """Every (player, action) that has some chance; in a tree, on the path of play."""
    game = setting.game
    if isinstance(game, ExtensiveGame):
        return _on_the_path(game, _endings(game, found))
    profiles = (
        (found.profile,)
        if isinstance(found, Point)
        else found.extreme_points
        if isinstance(found, Component)
        else ()
    )
    if not profiles or not isinstance(game, NormalGame):
        what = "there are too many to list" if isinstance(found, Tally) else "they are counts only"
        raise Undecided(f"what the equilibria play is not known: {what}")
    return {
        (player, names[index])
        for each in profiles
        for player, names, strategy in zip(game.players, game.strategies, each, strict=True)
        for index in support(strategy)
    }


def _endings(game: ExtensiveGame, found: Solution) -> set[int]:
    """The endings that a solution reaches."""
    if isinstance(found, Behaviour):
        return {end for end, chance in found.outcomes if chance}
    from alliance_games.claims import trees
    from alliance_games.results.tree_solutions import Assessment, Continuum

    if isinstance(found, Assessment | Continuum):
        return trees.endings(game, found)
    raise Undecided("what the equilibria play is not known: there are too many to list")


def _on_the_path(game: ExtensiveGame, endings: set[int]) -> set[tuple[str, str]]:
    used = set()
    for node in endings:
        while (before := game.parent[node]) >= 0:
            mover = game.mover(before)
            if mover is not None and mover != CHANCE:
                used.add((game.players[mover], game.action_into(node)))
            node = before
    return used
