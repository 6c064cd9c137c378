"""Nash equilibria of a tree as a concept tells them: all of them or one, and how sure that is."""

from __future__ import annotations

from collections.abc import Generator
from fractions import Fraction
from math import ceil

from alliance_games.algorithms.equilibrium_set import ExtremeEquilibrium
from alliance_games.algorithms.sequence_equilibria import all_equilibria, all_plans, the_two
from alliance_games.algorithms.sequence_solutions import behaviour, solution
from alliance_games.model.extensive import CHANCE, ExtensiveGame
from alliance_games.model.sequence_form import Plan, SequenceForm, sequence_form
from alliance_games.results.budget import Budget, LimitReached
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Behaviour
from alliance_games.results.tree_solutions import Continuum

Answers = Generator[Behaviour | Continuum, None, Conclusion]

GRAINS = 10**18
"""What an approximate equilibrium lacks is told in multiples of one over this."""


class _Enough(Exception):
    """One equilibrium has been found, and one is enough."""


def movers(game: ExtensiveGame) -> int:
    """How many players ever move."""
    return len({one.player for one in game.sets} - {CHANCE})


def answers(game: ExtensiveGame, budget: Budget) -> Answers:
    """Every component of the equilibrium set, or one equilibrium where one is enough.

    What was found when a limit stops the work is given before the limit is passed on.
    """
    form = sequence_form(game)
    if movers(game) > 2:
        return (yield from _of_many(game, form, budget))
    if budget.one:
        return (yield from _one(form, budget))
    met: list[ExtremeEquilibrium] = []
    try:
        answer = all_equilibria(game, budget.tick, form=form, found=met)
    except (LimitReached, MemoryError, KeyboardInterrupt):
        for edge in sorted(met, key=lambda edge: (edge.row, edge.column), reverse=True):
            yield behaviour(form, all_plans(form, edge))
        raise
    for component in answer.components:
        yield solution(answer, component)
    return Conclusion(Coverage.ALL, answer.because, answer.method)


def _one(form: SequenceForm, budget: Budget) -> Answers:
    from alliance_games.algorithms.sequence_one import one_equilibrium

    one = one_equilibrium(form, budget.tick)
    if one.plans is None:
        return Conclusion(Coverage.UNKNOWN, one.because, one.method)
    if one.exact:
        yield behaviour(form, one.plans)
        return Conclusion(Coverage.SOME, one.because, one.method)
    # Rounded up: as good a bound, and one that can be read.
    gain = Fraction(ceil(_gain(form, one.plans) * GRAINS), GRAINS)
    yield behaviour(form, one.plans, gain)
    return Conclusion(Coverage.SOME, one.because, one.method, tolerance=gain)


def _gain(form: SequenceForm, plans: tuple[Plan, ...]) -> Fraction:
    """The most one of the two who move could gain, exactly."""
    from alliance_games.algorithms.sequence_pair import best_and_now, pair_of

    two = the_two(form)
    pair = pair_of(form, two)
    gains = []
    for place, player in enumerate(two):
        best, now = best_and_now(pair, place, (plans[two[0]], plans[two[1]]))
        gains.append((best - now) / (form.over * form.tree.denominators[player]))
    return max(gains)


def _of_many(game: ExtensiveGame, form: SequenceForm, budget: Budget) -> Answers:
    """More than two players: through supports."""
    from alliance_games.algorithms import behaviour_supports
    from alliance_games.exact.systems import Undecided

    found: list[Behaviour] = []

    def tick() -> None:
        budget.tick()
        if budget.one and found:
            raise _Enough

    try:
        yield from behaviour_supports.all_equilibria(game, tick, form=form, found=found)
    except _Enough:
        yield found[0]
        because = "one equilibrium was asked for; whether there are others was not looked at"
        return Conclusion(Coverage.SOME, because, behaviour_supports.METHOD)
    except (LimitReached, MemoryError, KeyboardInterrupt):
        yield from found
        raise
    except Undecided as undecided:
        yield from found
        coverage = Coverage.SOME if found else Coverage.UNKNOWN
        return Conclusion(
            coverage, f"some supports could not be settled: {undecided}", behaviour_supports.METHOD
        )
    return Conclusion(Coverage.ALL, behaviour_supports.COMPLETE, behaviour_supports.METHOD)
