"""Branches of quantal response, levels of reasoning and what all do alike, in the words of an
``expect:`` line."""

from __future__ import annotations

from alliance_games.claims import wording
from alliance_games.claims.setting import Setting
from alliance_games.model.anonymous import AnonymousGame
from alliance_games.results.level_solutions import Levels
from alliance_games.results.solutions import Solution
from alliance_games.results.tree_solutions import QuantalPath, Symmetric


def symmetric(setting: Setting, found: Solution) -> str:
    """The strategy that all players use."""
    assert isinstance(found, Symmetric)
    return f"all play {wording.mixture(setting.strategies(0), found.strategy)}"


def solution(setting: Setting, found: Solution) -> str:
    """What a branch tends to; what the highest level told does."""
    if isinstance(found, QuantalPath):
        if found.limit is None:
            return "a branch whose limit is not settled"
        return f"a branch that tends to {wording.solution(setting, found.limit)}"
    assert isinstance(found, Levels)
    game = setting.game
    last = found.levels[-1]
    if isinstance(game, AnonymousGame):
        last = tuple(last[role] for role in game.roles)
    return f"level {len(found.levels) - 1} playing {wording.profile(setting, last)}"
