"""What each type of a player expects in an equilibrium of a Bayesian game, and cut-offs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import groupby

from alliance_games.model.bayesian import Bayesian
from alliance_games.model.profiles import Mixed, support
from alliance_games.results.solutions import Behaviour, Fact
from alliance_games.results.tree_solutions import Continuum

ORDERED_FROM = 3
"""Types whose names are no numbers count as ordered by the file from so many on."""


def described(view: Bayesian, one: Behaviour | Continuum) -> Behaviour | Continuum:
    """The same, with interim payoffs and cut-offs among the properties.

    Of a continuum the least and the greatest interim payoff are told where they differ, and the
    cut-offs that all its points have: payoffs are linear in each player's plan, and strategies that
    agree at the extreme points agree in between.
    """
    if not isinstance(one, Continuum):
        return replace(one, properties={**one.properties, **_facts(view, one)})
    each = [_facts(view, point) for point in one.points if isinstance(point, Behaviour)]
    facts: dict[str, Fact] = dict(one.properties)
    for name, value in each[0].items():
        values = {other.get(name) for other in each}
        if len(values) == 1:
            facts[name] = value
        elif isinstance(value, Fraction):
            fractions = [other for other in values if isinstance(other, Fraction)]
            facts[name] = f"from {min(fractions)} to {max(fractions)}"
    return replace(one, properties=facts)


def _facts(view: Bayesian, one: Behaviour) -> dict[str, Fact]:
    facts: dict[str, Fact] = {}
    for player, name in enumerate(view.players):
        if not view.has_types(player):
            continue
        facts |= {
            f"interim payoff of {name} ({view.types[player][type_]})": value
            for type_, value in interim_payoffs(view, one, player).items()
        }
        if words := cut_off(view, one.choices, player):
            facts[f"cut-off of {name}"] = words
    return facts


def interim_payoffs(view: Bayesian, one: Behaviour, player: int) -> dict[int, Fraction]:
    """What each type that chance allows expects: her share of the endings, over her probability."""
    game = view.game
    reached: dict[int, Fraction] = {}
    of_state = {
        node: types[player] for node, types in zip(game.children(0), view.states, strict=True)
    }
    for node, probability in one.outcomes:
        worth = probability * game.payoffs(node)[player]
        while game.parent[node]:
            node = game.parent[node]
        type_ = of_state[node]
        reached[type_] = reached.get(type_, Fraction(0)) + worth
    chances: dict[int, Fraction] = {}
    for types, probability in view.prior.items():
        chances[types[player]] = chances.get(types[player], Fraction(0)) + probability
    return {
        type_: reached.get(type_, Fraction(0)) / chance
        for type_, chance in sorted(chances.items())
        if chance
    }


def cut_off(view: Bayesian, choices: Sequence[Mixed | None], player: int) -> str:
    """In words from which type on the player does something else; '' where she has no cut-off.

    Her types are ordered by their numbers, else (from three on) as the file lists them, and all
    have the same two actions or more. Below a threshold every type takes one action for certain,
    above it every type takes another one; the threshold type itself may mix between these two.
    """
    order = ordered_types(view, player)
    if not order:
        return ""
    actions = view.actions[player][order[0]]
    taken = []
    for type_ in order:
        choice = choices[view.set_of[player][type_]]
        if choice is None or view.actions[player][type_] != actions:
            return ""
        taken.append(support(choice))
    names = [view.types[player][type_] for type_ in order]
    runs = [used for used, _ in groupby(taken)]
    if not any(len(used) == 1 for used in runs) or sum(len(used) > 1 for used in taken) > 1:
        return ""
    match runs:
        case [(low,), (high,)]:
            at = taken.index((high,))
            return f"{actions[high]} from {names[at]} on, {actions[low]} below"
        case [(low,), (a, b), (high,)] if {a, b} == {low, high}:
            at = taken.index((a, b))
            return f"{actions[low]} below {names[at]}; {names[at]} mixes; {actions[high]} above"
        case [(a, b), (high,)] if high in (a, b):
            return f"{names[0]} mixes; {actions[high]} above"
        case [(low,), (a, b)] if low in (a, b):
            return f"{actions[low]} below {names[-1]}; {names[-1]} mixes"
    return ""


def ordered_types(view: Bayesian, player: int) -> list[int]:
    """The player's types that chance allows, lowest first; none where they have no order."""
    possible = [
        type_
        for type_ in range(len(view.types[player]))
        if any(p for types, p in view.prior.items() if types[player] == type_)
    ]
    if len(possible) < 2:
        return []
    try:
        return sorted(possible, key=lambda type_: Fraction(view.types[player][type_]))
    except ValueError:  # a name that is no number
        return possible if len(possible) >= ORDERED_FROM else []
