"""All Nash equilibria of two-player games and trees, mixed ones and continua included."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil

from alliance_games.algorithms.bimatrix import (
    EquilibriumComponent,
    ExtremeEquilibrium,
    all_equilibria,
    one_equilibrium,
)
from alliance_games.algorithms.equilibrium_properties import Describer
from alliance_games.certificates.nash import check
from alliance_games.model.extensive import CHANCE, ExtensiveGame
from alliance_games.model.normal import NormalGame
from alliance_games.results.budget import Budget, LimitReached
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Component, Point, Solution, Subset

GRAINS = 10**18
"""What an approximate equilibrium lacks is told in multiples of one over this."""


def accepts(game: NormalGame | ExtensiveGame) -> str | None:
    """Two players; for other games the reason names what can be asked instead."""
    if isinstance(game, ExtensiveGame):
        return _accepts_tree(game)
    players = len(game.players)
    if players == 2:
        return None
    if players == 1:
        return "a single player's best choices are found by pure-nash"
    return (
        f"mixed equilibria are found for two players so far, and this game has {players}; "
        "pure-nash finds the pure ones for any number"
    )


def _accepts_tree(game: ExtensiveGame) -> str | None:
    """Perfect recall, and at most two players who move."""
    pair = game.recall_violation()
    if pair is not None:
        ways = " and by ".join(" > ".join(game.path(node)) or "no move" for node in pair)
        index = game.set_of[pair[0]]
        player = game.players[game.sets[index].player]
        return (
            "it needs perfect recall, and at the information set "
            f"{game.set_name(index)!r} {player} forgets what she did or knew: "
            f"she comes there by {ways}"
        )
    movers = {one.player for one in game.sets} - {CHANCE}
    if len(movers) > 2:
        return (
            "equilibria of trees are found for two players who move so far, and here "
            f"{len(movers)} do"
        )
    return None


def solve(game: NormalGame | ExtensiveGame, needed: Needed, budget: Budget) -> Answers:
    """Every component of the equilibrium set, or one equilibrium where one is enough."""
    if isinstance(game, ExtensiveGame):
        return (yield from _solve_tree(game, budget))
    if budget.one:
        return (yield from _one(game, budget))
    found: list[ExtremeEquilibrium] = []
    try:
        answer = all_equilibria(game.matrix(0), game.matrix(1), budget.tick, found=found)
    except (LimitReached, MemoryError, KeyboardInterrupt):
        yield from _so_far(game, found)
        raise
    describer = Describer(game, budget.tick)
    for component in answer.components:
        yield _solution(describer, component)
    return Conclusion(Coverage.ALL, answer.because, answer.method)


def _one(game: NormalGame, budget: Budget) -> Answers:
    method = "complementary pivoting (Lemke and Howson 1964)"
    edge = one_equilibrium(game.matrix(0), game.matrix(1), budget.tick)
    if edge is None:
        return Conclusion(Coverage.UNKNOWN, "the path to an equilibrium was not completed", method)
    profile = (edge.row, edge.column)
    describer = Describer(game, budget.tick)
    yield Point(profile, describer.payoffs(profile), describer.facts(profile, None, isolated=False))
    return Conclusion(
        Coverage.SOME,
        "one equilibrium was asked for; whether there are others was not looked at",
        method,
    )


def _so_far(game: NormalGame, found: Sequence[ExtremeEquilibrium]) -> list[Point]:
    """What a search that was stopped had settled: equilibria, perhaps corners of continua."""
    describer = Describer(game, lambda: None)
    profiles = sorted(((edge.row, edge.column) for edge in found), reverse=True)
    return [
        Point(profile, describer.payoffs(profile), describer.facts(profile, None, isolated=False))
        for profile in profiles
    ]


def _solution(describer: Describer, component: EquilibriumComponent) -> Point | Component:
    extreme = tuple((edge.row, edge.column) for edge in component.extreme)
    payoffs = tuple(map(describer.payoffs, extreme))
    if component.dimension == 0:
        (profile,) = extreme
        return Point(profile, payoffs[0], describer.facts(profile, component.index, isolated=True))
    subsets = tuple(Subset(subset.rows, subset.columns) for subset in component.subsets)
    facts = describer.facts_of_continuum(
        [(subset.rows, subset.columns) for subset in subsets], payoffs, component.index
    )
    return Component(component.dimension, extreme, payoffs, subsets, facts)


def _solve_tree(game: ExtensiveGame, budget: Budget) -> Answers:
    from alliance_games.algorithms.sequence_equilibria import all_equilibria, all_plans
    from alliance_games.algorithms.sequence_solutions import behaviour, solution
    from alliance_games.model.sequence_form import sequence_form

    form = sequence_form(game)
    if budget.one:
        from alliance_games.algorithms.sequence_one import one_equilibrium

        one = one_equilibrium(form, budget.tick)
        if one.plans is None:
            return Conclusion(Coverage.UNKNOWN, one.because, one.method)
        found = behaviour(form, one.plans)
        if not one.exact:
            from alliance_games.certificates.behaviour import play_of

            # Rounded up: as good a bound, and one that can be read.
            gain = Fraction(ceil(play_of(game, found.choices).gain * GRAINS), GRAINS)
            yield behaviour(form, one.plans, gain)
            return Conclusion(Coverage.SOME, one.because, one.method, tolerance=gain)
        yield found
        return Conclusion(Coverage.SOME, one.because, one.method)
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


def verify(game: NormalGame | ExtensiveGame, solution: Solution, needed: Needed) -> Certificate:
    """Compute the regret of every deviation from the payoffs."""
    if isinstance(game, ExtensiveGame):
        from alliance_games.certificates.behaviour import check as check_tree

        return check_tree(game, solution)
    return check(game, solution)


CONCEPT = Concept(
    name="nash",
    title="Nash equilibria",
    cites=("Nash 1951", "von Stengel 2002", "Avis, Rosenberg, Savani and von Stengel 2010"),
    summary="Profiles of strategies, pure or mixed, from which no player gains by deviating alone.",
    games=("normal", "extensive"),
    accepts=accepts,
    solve=solve,
    verify=verify,
    default=lambda game: game.kind == "normal",
    invariances=("relabelling", "positive affine payoffs", "adding a strictly dominated strategy"),
    order=10,
)
