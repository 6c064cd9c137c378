"""Equilibria in realization plans as what is told of them: behaviour strategies and continua."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from alliance_games.algorithms.equilibrium_set import EquilibriumComponent
from alliance_games.algorithms.sequence_equilibria import TreeEquilibria
from alliance_games.exact.linear import affine_dimension
from alliance_games.model.sequence_form import Plan, SequenceForm
from alliance_games.results.solutions import Behaviour
from alliance_games.results.tree_solutions import Continuum, Family


def behaviour(form: SequenceForm, plans: Sequence[Plan], gain: Fraction | None = None) -> Behaviour:
    """The behaviour strategies of one realization plan per player, with what they bring.

    ``gain`` is told of an approximate equilibrium: the most that a player could gain.
    """
    choices, free = form.behaviour(plans)
    outcomes = form.outcomes(plans)
    chosen = (choice for index, choice in enumerate(choices) if index not in free)
    pure = all(choice is None or 1 in choice for choice in chosen)
    facts: dict[str, bool | int | str | Fraction] = {"pure": pure}
    if gain:
        facts["largest gain"] = gain
    return Behaviour(choices, form.payoffs(outcomes), outcomes, facts, free=free)


def solution(answer: TreeEquilibria, component: EquilibriumComponent) -> Behaviour | Continuum:
    """An isolated equilibrium, or a continuum with its maximal Nash subsets as families."""
    plain = (behaviour(answer.form, answer.plans(edge)) for edge in component.extreme)
    if component.dimension == 0:
        return next(plain)
    points = tuple(replace(point, properties={}) for point in plain)
    place = {(edge.row, edge.column): k for k, edge in enumerate(component.extreme)}
    families = tuple(
        Family(
            affine_dimension(subset.rows) + affine_dimension(subset.columns),
            tuple(sorted(place[row, column] for row in subset.rows for column in subset.columns)),
            hull="realization",
        )
        for subset in component.subsets
    )
    constant = len({point.payoffs for point in points}) == 1
    return Continuum(component.dimension, points, families, {"constant payoffs": constant})
