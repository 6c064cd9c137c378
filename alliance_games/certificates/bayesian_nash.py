"""Bayesian Nash equilibrium held to Harsanyi's definition: every type of every player replies best.

A type believes of the others' types what the prior says given her own. What each of her actions
brings is summed over these beliefs and over everything the others may do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import prod

from alliance_games.certificates.behaviour import check as check_in_tree
from alliance_games.model.bayesian import Bayesian, TypeProfile, bayesian_view
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.profiles import Mixed
from alliance_games.results.solutions import Behaviour, Certificate, Fact, Solution
from alliance_games.results.tree_solutions import Continuum

CLAIM = "every type's expectation from each of her actions was computed from her beliefs"


def check(game: ExtensiveGame, solution: Solution) -> Certificate:
    """The interim best replies of every type; and, as of any tree, all that is told of the play."""
    view = bayesian_view(game)
    if view is None:
        return Certificate(False, "the tree is no Bayesian game")
    whole = check_in_tree(game, solution)
    if not whole.verified:
        return whole
    points = solution.points if isinstance(solution, Continuum) else (solution,)
    found = [_types(view, point) for point in points if isinstance(point, Behaviour)]
    if not all(adds_up for _, _, adds_up in found) or len(found) != len(points):
        return Certificate(False, "the types' payoffs do not add up", whole.largest_gain)
    largest = max(gain for gain, _, _ in found)
    properties = getattr(solution, "properties", {})
    if not _told_right(properties, [interim for _, interim, _ in found]):
        return Certificate(False, "what is said of a type's payoff does not hold", largest)
    for player, name in enumerate(view.players):
        words = properties.get(f"cut-off of {name}")
        plays = [point.choices for point in points if isinstance(point, Behaviour)]
        if words and not all(_is_cut_off(view, one, player, str(words)) for one in plays):
            return Certificate(False, "what is said of a cut-off does not hold", largest)
    return Certificate(largest == 0, CLAIM, largest)


def _told_right(properties: Mapping[str, Fact], found: Sequence[Mapping[str, Fraction]]) -> bool:
    """Whether what is told of each type's payoff is so at every point."""
    for name in found[0]:
        values = {interim[name] for interim in found}
        told = properties.get(name)
        right = values.copy().pop() if len(values) == 1 else f"from {min(values)} to {max(values)}"
        if told is not None and told != right:
            return False
    return True


def _types(view: Bayesian, one: Behaviour) -> tuple[Fraction, dict[str, Fraction], bool]:
    """The most any type can gain, what each type expects, and whether that adds up ex ante."""
    largest, interim, adds_up = Fraction(0), {}, True
    for player, name in enumerate(view.players):
        ahead = Fraction(0)
        for type_, type_name in enumerate(view.types[player]):
            beliefs = view.interim(player, type_)
            if beliefs is None:
                continue
            worth = [
                _worth(view, one.choices, beliefs, player, action)
                for action in range(len(view.actions[player][type_]))
            ]
            choice = one.choices[view.set_of[player][type_]] or ()
            now = sum((p * w for p, w in zip(choice, worth, strict=True)), Fraction(0))
            largest = max(largest, max(worth) - now)
            interim[f"interim payoff of {name} ({type_name})"] = now
            ahead += now * sum(
                (p for types, p in view.prior.items() if types[player] == type_), Fraction(0)
            )
        adds_up = adds_up and ahead == one.payoffs[player]
    return largest, interim, adds_up


def _worth(
    view: Bayesian,
    choices: Sequence[Mixed | None],
    beliefs: Mapping[TypeProfile, Fraction],
    player: int,
    action: int,
) -> Fraction:
    """What a type expects from an action, given her beliefs and the others' strategies."""
    total = Fraction(0)
    for types, belief in beliefs.items():
        if not belief:
            continue
        strategies = [choices[view.set_of[other][type_]] or () for other, type_ in enumerate(types)]
        strategies[player] = tuple(
            Fraction(own == action) for own in range(len(strategies[player]))
        )
        used = [[own for own, p in enumerate(mixed) if p] for mixed in strategies]
        for actions in product(*used):
            chance = prod(
                (mixed[own] for mixed, own in zip(strategies, actions, strict=True)),
                start=Fraction(belief),
            )
            total += chance * view.payoffs(types, actions)[player]
    return total


def _is_cut_off(view: Bayesian, choices: Sequence[Mixed | None], player: int, words: str) -> bool:
    """Whether the types, in their order, first do one thing and then another, as it is said."""
    types = [t for t in range(len(view.types[player])) if view.interim(player, t) is not None]
    names = [view.types[player][t] for t in types]
    try:
        places = sorted(range(len(types)), key=lambda place: Fraction(names[place]))
    except ValueError:
        places = list(range(len(types)))
    actions = view.actions[player][types[0]]
    of = [choices[view.set_of[player][types[place]]] or () for place in places]
    names = [names[place] for place in places]
    for low, high in product(range(len(actions)), repeat=2):
        for at, name in enumerate(names):
            if low == high:
                continue
            below = all(choice[low] == 1 for choice in of[:at])
            above = all(choice[high] == 1 for choice in of[at + 1 :])
            between = of[at][low] + of[at][high] == 1 and of[at][high] > 0
            if not (below and above and between):
                continue
            parts = [f"{name} mixes"]
            if at:
                parts.insert(0, f"{actions[low]} below {name}")
            if at < len(of) - 1:
                parts.append(f"{actions[high]} above")
            sharp = f"{actions[high]} from {name} on, {actions[low]} below"
            if words == ("; ".join(parts) if 0 < of[at][low] < 1 else sharp):
                return at > 0 or of[at][high] < 1
    return False
