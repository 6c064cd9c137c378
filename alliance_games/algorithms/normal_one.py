"""One equilibrium of a game of three players or more: a pure one, else a mixed one."""

from __future__ import annotations

from alliance_games.algorithms.normal_facts import facts, payoffs, replies
from alliance_games.algorithms.pure_equilibria import equilibrium_positions, profile_at
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import pure_profile
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Point


def one_equilibrium(game: NormalGame, budget: Budget) -> Answers:
    """A pure equilibrium if there is one."""
    why = (
        "one equilibrium was asked for"
        if budget.one
        else "there are too many profiles of supports to go through all"
    )
    positions = equilibrium_positions(game, budget.tick)
    if len(positions):
        profile = pure_profile(profile_at(game, positions[0]), game.shape)
        answers = [replies(game, player, profile) for player in range(len(profile))]
        told = facts(game, profile, answers)
        yield Point(profile, payoffs(game, profile, answers), told)
        because = f"{why}; whether there are others was not looked at"
        return Conclusion(Coverage.SOME, because, "every pure profile was looked at")
    return Conclusion(Coverage.UNKNOWN, f"{why}, and none is pure", "every pure profile")
