"""Undefeated equilibria held to their definition, corner by corner.

Mailath, Okuno-Fujiwara and Postlewaite 1993, definition 2.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from alliance_games.certificates.signalling_beliefs import payoff_now, same_equilibrium
from alliance_games.exact.linear import affine_dimension
from alliance_games.exact.programs import Program, maximize
from alliance_games.model.extensive import CHANCE, ExtensiveGame
from alliance_games.model.profiles import Mixed
from alliance_games.model.signalling import Signalling, signalling_view
from alliance_games.results.signalling_forms import FORM, form_of
from alliance_games.results.solutions import Certificate, Solution
from alliance_games.results.tree_solutions import Assessment, Continuum, Discarded

CLAIM = "every extreme point's beliefs were held against every equilibrium with certain messages"


class Other(NamedTuple):
    """An equilibrium's message by type, and its payoffs."""

    sends: tuple[int, ...]
    worth: tuple[Fraction, ...]


def check(game: ExtensiveGame, solution: Solution, sequential: Iterable[Solution]) -> Certificate:
    """Whether a survivor is part of a sequential equilibrium and meets every challenge at all its
    points, or what falls fails some challenge, with the numbers told."""
    view = signalling_view(game)
    known = [one for one in sequential if isinstance(one, Assessment | Continuum)]
    if view is None:
        return Certificate(False, CLAIM)
    others = list(_others(view, known))
    if isinstance(solution, Discarded):
        return _check_fallen(view, solution, known, others)
    if not isinstance(solution, Assessment | Continuum):
        return Certificate(False, CLAIM)
    if not any(_is_part(game, solution, one) for one in known):
        return Certificate(False, "it is no part of a sequential equilibrium")
    met = all(not list(_defeats(view, point, others)) for point in _points(solution))
    right = met and solution.properties.get(FORM) == form_of(view, solution)
    return Certificate(right, CLAIM)


def _check_fallen(
    view: Signalling, solution: Discarded, known: Sequence[Solution], others: Sequence[Other]
) -> Certificate:
    if not solution.reason or not any(same_equilibrium(solution.solution, x) for x in known):
        return Certificate(False, CLAIM)
    told = [
        _numbers(view, point, message, other)
        for point in _points(solution.solution)
        for message, other in _defeats(view, point, others)
    ]
    return Certificate(dict(solution.numbers) in told, CLAIM)


def _numbers(
    view: Signalling, point: Assessment, message: int, other: Other
) -> dict[str, Fraction]:
    numbers = {}
    for t, said in enumerate(other.sends):
        if said == message:
            numbers[f"{view.types[t]} in equilibrium"] = payoff_now(view, point, t)
            numbers[f"{view.types[t]} in the other"] = other.worth[t]
    return numbers


def _points(one: Solution) -> list[Assessment]:
    members = one.points if isinstance(one, Continuum) else (one,)
    return [point for point in members if isinstance(point, Assessment)]


def _others(view: Signalling, known: Iterable[Assessment | Continuum]) -> Iterator[Other]:
    """Every point at which all types send one message for certain."""
    for one in known:
        for point in _points(one):
            sends = [point.choices[index] or () for index in view.sender_set]
            if all(1 in each for each in sends):
                worth = tuple(payoff_now(view, point, t) for t in range(len(view.types)))
                yield Other(tuple(each.index(1) for each in sends), worth)


def _defeats(
    view: Signalling, point: Assessment, others: Iterable[Other]
) -> Iterator[tuple[int, Other]]:
    """The messages and equilibria that defeat a point."""
    now = [payoff_now(view, point, t) for t in range(len(view.types))]
    used = {m for index in view.sender_set for m, p in enumerate(point.choices[index] or ()) if p}
    for other in others:
        for message in set(other.sends) - used:
            at = view.receiver_set[message]
            who = [t for t, said in enumerate(other.sends) if said == message]
            more = [t for t in who if other.worth[t] > now[t]]
            if at is None or not more or any(other.worth[t] < now[t] for t in who):
                continue
            if not _follows(view, point.beliefs[at] or (), at, who, more):
                yield message, other


def _follows(
    view: Signalling, belief: Mixed, at: int, who: Sequence[int], more: Sequence[int]
) -> bool:
    """Whether the belief is the prior weighted by chances of sending: 1 for those who get more,
    any for the others of ``who``, 0 for all else."""
    nodes = view.game.nodes_of[at]
    held = {view.type_of_node(node): p for node, p in zip(nodes, belief, strict=True)}
    scale = held[more[0]] / view.prior[more[0]]
    if not scale:
        return False
    chances = {t: held[t] / view.prior[t] / scale for t in range(len(view.types))}
    return all(
        chance == 1 if t in more else 0 <= chance <= 1 if t in who else chance == 0
        for t, chance in chances.items()
    )


def _is_part(
    game: ExtensiveGame, one: Assessment | Continuum, whole: Assessment | Continuum
) -> bool:
    """Whether a solution is a whole one, or each of its families lies in one of its families."""
    if same_equilibrium(one, whole):
        return True
    if isinstance(whole, Assessment) or not _told_right(game, one):
        return False
    groups = (
        [[one]]
        if isinstance(one, Assessment)
        else [[one.points[p] for p in family.points] for family in one.families]
    )
    hulls = [[whole.points[p] for p in f.points] for f in whole.families if f.hull]
    return bool(groups) and all(
        any(all(_between(point, hull) for point in group) for hull in hulls) for group in groups
    )


def _told_right(game: ExtensiveGame, one: Assessment | Continuum) -> bool:
    """Whether payoffs, endings and dimensions are those of the choices and beliefs."""
    for point in _points(one):
        reach = _reach(game, point)
        ends = {node: p for node, p in enumerate(reach) if p and game.mover(node) is None}
        worth = tuple(
            sum((p * game.payoffs(node)[player] for node, p in ends.items()), Fraction(0))
            for player in range(len(game.players))
        )
        if worth != point.payoffs or ends != dict(point.outcomes):
            return False
    if isinstance(one, Assessment):
        return True
    spans = [affine_dimension([_told(p) for p in _family(one, f.points)]) for f in one.families]
    same = [family.dimension for family in one.families] == spans
    return same and bool(spans) and one.dimension == max(spans)


def _family(one: Continuum, places: Iterable[int]) -> list[Assessment]:
    points = [one.points[place] for place in places]
    return [point for point in points if isinstance(point, Assessment)]


def _reach(game: ExtensiveGame, point: Assessment) -> list[Fraction]:
    """The probability that each node is reached; nodes stand after their parents."""
    reach = [Fraction(1)] + [Fraction(0)] * (game.size - 1)
    for node in range(game.size):
        mover = game.mover(node)
        for action, child in enumerate(game.children(node)):
            choice = point.choices[game.set_of[node]]
            p = game.probability(child) if mover == CHANCE else (choice or ())[action]
            reach[child] = reach[node] * p
    return reach


def _between(point: object, hull: Sequence[object]) -> bool:
    """Whether a point is a mixture of others, in all that it tells."""
    assert isinstance(point, Assessment)
    corners = [_told(one) for one in hull if isinstance(one, Assessment)]
    target = _told(point)
    if any(len(corner) != len(target) for corner in corners):
        return False
    rows = [(list(column), value) for *column, value in zip(*corners, target, strict=True)]
    rows.append(([1] * len(corners), Fraction(1)))
    return maximize(Program([0] * len(corners), (), rows)).status == "optimal"


def _told(one: Assessment) -> list[Fraction]:
    """All probabilities of choices and beliefs."""
    return [p for each in (*one.choices, *one.beliefs) for p in each or ()]
