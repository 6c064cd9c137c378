"""What expectations ask of quantal response: ``value("logit", 0.5, Alice, Stag)``."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from alliance_games.claims.matching import place
from alliance_games.claims.verdict import NoMatch
from alliance_games.model.normal import NormalGame

if TYPE_CHECKING:
    from alliance_games.claims.setting import Setting
    from alliance_games.results.tree_solutions import QuantalPath


def probability(setting: Setting, branch: QuantalPath, words: list[str]) -> Fraction:
    """How likely a strategy is at a precision, on the branch that starts at uniform choice.

    A float as it is, to be held against bounds. NoMatch at a precision of which the branch tells
    no equilibrium, or several (where it turns back).
    """
    if not isinstance(setting.game, NormalGame):
        raise NoMatch("the branch is asked for probabilities in games in normal form")
    if len(words) != 3:
        raise NoMatch('it is asked for as in value("logit", 0.5, Alice, Stag)')
    try:
        precision = Fraction(words[0])
    except ValueError:
        raise NoMatch(f"'{words[0]}' is no precision") from None
    player = place(words[1], setting.game.players, "player")
    strategy = place(words[2], setting.strategies(player), "strategy")
    here = [choices for at, choices, _ in branch.points if Fraction(at) == precision]
    if len(here) != 1:
        known = "no equilibrium" if not here else f"{len(here)} equilibria"
        raise NoMatch(f"the branch tells {known} at precision {words[0]}; ask at 0.5, 1 or 2")
    mixed = here[0][player]
    assert mixed is not None, "players choose at every point"
    return Fraction(mixed[strategy])
