"""All Nash equilibria of games in normal form and trees, mixed ones and continua included."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import prod
from typing import Any

from alliance_games.algorithms.bimatrix import (
    EquilibriumComponent,
    ExtremeEquilibrium,
    all_equilibria,
    one_equilibrium,
)
from alliance_games.algorithms.equilibrium_properties import Describer
from alliance_games.certificates.nash import check
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.normal import NormalGame
from alliance_games.results.budget import Budget, LimitReached
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.ordered import Signs
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Component, Point, Solution, Subset

MOST_SUPPORTS = 5000
"""Profiles of supports of three players or more up to which all equilibria are looked for."""


def accepts(game: NormalGame | ExtensiveGame) -> str | None:
    """Two players or more, or a tree with perfect recall; else the reason why not."""
    if isinstance(game, ExtensiveGame):
        return game.forgetting()
    if len(game.players) == 1:
        return "a single player's best choices are found by pure-nash"
    return None


def _supports(game: NormalGame) -> int:
    """How many profiles of supports there are to go through; 0 for two players, who need none."""
    return 0 if len(game.players) <= 2 else prod(2**n - 1 for n in game.shape)


def solve(game: NormalGame | ExtensiveGame, needed: Needed, budget: Budget) -> Answers:
    """Every component of the equilibrium set, or one equilibrium where one is enough."""
    if isinstance(game, ExtensiveGame):
        from alliance_games.algorithms.tree_answers import answers

        return (yield from answers(game, budget))
    if len(game.players) > 2:
        return (yield from _many(game, budget))
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


def _many(game: NormalGame, budget: Budget) -> Answers:
    """Three players or more."""
    if budget.one or _supports(game) > MOST_SUPPORTS:
        from alliance_games.algorithms.normal_one import one_equilibrium as one_of_many

        return (yield from one_of_many(game, budget))
    from alliance_games.algorithms.normal_answers import answers
    from alliance_games.transforms.simultaneous import simultaneous_tree

    return (yield from answers(game, simultaneous_tree(game), budget))


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


def verify(game: NormalGame | ExtensiveGame, solution: Solution, needed: Needed) -> Certificate:
    """Compute the regret of every deviation from the payoffs."""
    if isinstance(game, ExtensiveGame):
        from alliance_games.certificates.behaviour import check as check_tree

        return check_tree(game, solution)
    if len(game.players) > 2:
        from alliance_games.certificates.nash_many import check as check_many

        return check_many(game, solution)
    return check(game, solution)


def conditions(game: Any, signs: Signs) -> Iterable[Solution]:
    """All equilibria of two players, by the signs that vertices of their polytopes ask."""
    from alliance_games.algorithms.nash_conditions import equilibria

    return equilibria(game, signs)


CONCEPT = Concept(
    name="nash",
    title="Nash equilibria",
    cites=(
        "Nash 1951",
        "von Stengel 1996",
        "von Stengel 2002",
        "Avis, Rosenberg, Savani and von Stengel 2010",
        "Porter, Nudelman and Shoham 2008",
        "McKelvey and McLennan 1997",
    ),
    summary="Profiles of strategies, pure or mixed, from which no player gains by deviating alone.",
    games=("normal", "extensive"),
    accepts=accepts,
    solve=solve,
    verify=verify,
    conditions=conditions,
    default=lambda game: game.kind == "normal" and game.has_few_supports,
    invariances=("relabelling", "positive affine payoffs", "adding a strictly dominated strategy"),
    order=10,
)
