"""Each player as leader, and what leading is worth beside the Nash equilibria."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from alliance_games.algorithms.leadership import Leadership, Led
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import pure
from alliance_games.results.budget import Budget
from alliance_games.results.commitment_solutions import Commitment
from alliance_games.results.concept import Answers
from alliance_games.results.result import Conclusion, Coverage, Result
from alliance_games.results.solutions import Component, Fact, Point

UNSEEN = (
    "a commitment that is not seen changes nothing: what is left is the game as it stands, and its "
    "Nash equilibria (Bagwell 1995)"
)

METHOD = "one linear program for each reply of the follower, solved exactly"


def answers(game: NormalGame, nash: Result, budget: Budget) -> Answers:
    """For each leader the best mixed commitments, then all best pure ones."""
    only = True
    for leader in (0, 1):
        lead = Leadership(game, leader, budget.tick)
        equilibria = list(_payoffs(nash, leader)) if nash.coverage is Coverage.ALL else []
        for optimistic, ties in ((True, "optimistic"), (False, "pessimistic")):
            best = lead.optimistic() if optimistic else lead.pessimistic()
            one = _commitment(game, leader, "mixed", ties, best, equilibria)
            value = one.payoffs[leader] * game.denominators[leader]
            only = only and lead.is_only(value, optimistic=optimistic)
            yield one
        for optimistic, ties in ((True, "optimistic"), (False, "pessimistic")):
            for led in lead.pure(optimistic=optimistic):
                yield _commitment(game, leader, "pure", ties, led, equilibria)
    notes = [UNSEEN]
    if nash.coverage is not Coverage.ALL:
        notes.append(f"leading is compared with no equilibrium: {nash.because}")
    if only:
        because = "no other mixed commitment brings as much, and every pure one was looked up"
        return Conclusion(Coverage.ALL, because, METHOD, tuple(notes))
    because = (
        "what each leader can get is settled; of the mixed commitments that bring it one is given"
    )
    return Conclusion(Coverage.SOME, because, METHOD, tuple(notes))


def _payoffs(nash: Result, leader: int) -> Iterator[Fraction]:
    for one in nash.solutions:
        if isinstance(one, Point):
            yield one.payoffs[leader]
        elif isinstance(one, Component):
            yield from (payoffs[leader] for payoffs in one.payoffs)


def _commitment(
    game: NormalGame,
    leader: int,
    strategies: str,
    ties: str,
    led: Led,
    equilibria: list[Fraction],
) -> Commitment:
    reply = pure(led.reply, game.shape[1 - leader])
    first, second = (led.commitment, reply) if leader == 0 else (reply, led.commitment)
    payoffs = tuple(
        sum(
            (
                first[i] * second[j] * game.payoff(player, (i, j))
                for i, j in game.profiles()
                if first[i] and second[j]
            ),
            Fraction(0),
        )
        for player in (0, 1)
    )
    facts: dict[str, Fact] = {}
    if equilibria:
        facts = {
            "over the best equilibrium": payoffs[leader] - max(equilibria),
            "over the worst equilibrium": payoffs[leader] - min(equilibria),
        }
    return Commitment(
        leader, strategies, ties, led.commitment, led.reply, payoffs, led.towards, facts
    )
