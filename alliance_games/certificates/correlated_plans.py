"""Correlated play of a tree held to obedience, deviation plan by deviation plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from alliance_games.certificates.programs import holds
from alliance_games.exact.programs import Program, maximize
from alliance_games.model.extensive import CHANCE, TERMINAL, ExtensiveGame
from alliance_games.results.solutions import Certificate
from alliance_games.results.tree_solutions import Correlated

CLAIM = (
    "nobody gains by disobeying a recommendation and going on without advice, and no correlated "
    "equilibrium has a larger sum of payoffs"
)

Plan = tuple[int, ...]


def check(game: ExtensiveGame, solution: Correlated) -> Certificate:
    """Whether the plans are an extensive-form correlated equilibrium with the largest welfare."""
    if not _well_formed(game, solution):
        return Certificate(False, CLAIM)
    reached: dict[int, Fraction] = {}
    for plan, probability in solution.plans:
        for end, chance in _ends(game, plan).items():
            reached[end] = reached.get(end, Fraction(0)) + probability * chance
    payoffs = tuple(
        sum((p * game.payoffs(end)[i] for end, p in reached.items()), Fraction(0))
        for i in range(len(game.players))
    )
    if payoffs != solution.payoffs or tuple(sorted(reached.items())) != solution.outcomes:
        return Certificate(False, CLAIM)
    gain = max(
        (_gain(game, solution, index, action) for index, action in _recommendations(game)),
        default=Fraction(0),
    )
    best = _largest_welfare(game)
    return Certificate(
        gain <= 0 and sum(payoffs) == best, CLAIM, largest_gain=max(gain, Fraction(0))
    )


def _well_formed(game: ExtensiveGame, solution: Correlated) -> bool:
    if any(p <= 0 for _, p in solution.plans) or sum(p for _, p in solution.plans) != 1:
        return False
    return all(plan in set(_profiles(game)) for plan, _ in solution.plans)


def _recommendations(game: ExtensiveGame) -> list[tuple[int, int]]:
    return [
        (index, action)
        for index, one in enumerate(game.sets)
        if one.player != CHANCE
        for action in range(len(one.actions))
    ]


def _plans(game: ExtensiveGame, player: int, start: Plan) -> Iterator[Plan]:
    """Every way to complete the player's plan at the sets that it leaves open."""
    waiting = [start]
    while waiting:
        plan = waiting.pop()
        undecided = next(
            (
                index
                for index, one in enumerate(game.sets)
                if one.player == player and plan[index] < 0 and _leads_to(game, plan, index)
            ),
            None,
        )
        if undecided is None:
            yield plan
            continue
        for action in range(len(game.sets[undecided].actions)):
            waiting.append((*plan[:undecided], action, *plan[undecided + 1 :]))


def _leads_to(game: ExtensiveGame, plan: Plan, index: int) -> bool:
    """Whether the choices of the set's player, as far as they are made, lead to it."""
    player = game.sets[index].player
    for node in game.nodes_of[index]:
        at, fits = node, True
        while (before := game.parent[at]) >= 0:
            passed = game.set_of[before]
            if game.sets[passed].player == player and plan[passed] != at - game.first_child[before]:
                fits = False
                break
            at = before
        if fits:
            return True
    return False


def _profiles(game: ExtensiveGame) -> list[Plan]:
    """All profiles of reduced plans, each as one action by set."""
    profiles = [(-1,) * len(game.sets)]
    for player in range(len(game.players)):
        profiles = [plan for start in profiles for plan in _plans(game, player, start)]
    return profiles


def _ends(game: ExtensiveGame, plan: Plan) -> dict[int, Fraction]:
    """What a profile of plans leads to."""
    found: dict[int, Fraction] = {}
    waiting = [(0, Fraction(1))]
    while waiting:
        node, probability = waiting.pop()
        index = game.set_of[node]
        if index == TERMINAL:
            found[node] = found.get(node, Fraction(0)) + probability
        elif game.sets[index].player == CHANCE:
            waiting += [
                (child, probability * game.probability(child))
                for child in game.children(node)
                if game.weight[child]
            ]
        else:
            waiting.append((game.children(node)[plan[index]], probability))
    return found


def _passes(game: ExtensiveGame, end: int, index: int) -> bool:
    while end >= 0:
        if game.set_of[end] == index:
            return True
        end = game.parent[end]
    return False


def _worth(game: ExtensiveGame, plan: Plan, index: int) -> Fraction:
    """What the owner of a set gets from plays through it under a profile (0 elsewhere)."""
    player = game.sets[index].player
    return sum(
        (
            probability * game.payoffs(end)[player]
            for end, probability in _ends(game, plan).items()
            if _passes(game, end, index)
        ),
        Fraction(0),
    )


def _disobeying(game: ExtensiveGame, plan: Plan, index: int) -> Iterator[Plan]:
    """The profile with the owner's choices from the set on replaced, in every way."""
    player = game.sets[index].player
    cleared = list(plan)
    for later, one in enumerate(game.sets):
        if one.player == player and _follows(game, later, index):
            cleared[later] = -1
    yield from _plans(game, player, tuple(cleared))


def _follows(game: ExtensiveGame, later: int, index: int) -> bool:
    return any(_passes(game, node, index) for node in game.nodes_of[later])


def _gain(game: ExtensiveGame, solution: Correlated, index: int, action: int) -> Fraction:
    """The most that disobeying one recommendation brings, weighted by its probability."""
    told = [(plan, p) for plan, p in solution.plans if plan[index] == action]
    if not told:
        return Fraction(0)
    obeying = sum((p * _worth(game, plan, index) for plan, p in told), Fraction(0))
    own = [i for i, one in enumerate(game.sets) if one.player == game.sets[index].player]
    best = None
    for other in _disobeying(game, told[0][0], index):
        total = Fraction(0)
        for plan, p in told:
            mixed = tuple(other[i] if i in own else plan[i] for i in range(len(plan)))
            total += p * _worth(game, mixed, index)
        best = total if best is None else max(best, total)
    assert best is not None
    return best - obeying


def _largest_welfare(game: ExtensiveGame) -> Fraction:
    """The largest sum of payoffs of any equilibrium: a program with a row for each deviation."""
    profiles = _profiles(game)
    objective = [
        sum((p * sum(game.payoffs(end)) for end, p in _ends(game, plan).items()), Fraction(0))
        for plan in profiles
    ]
    rows: list[tuple[Sequence[Fraction], int]] = []
    for index, action in _recommendations(game):
        told = [k for k, plan in enumerate(profiles) if plan[index] == action]
        own = [i for i, one in enumerate(game.sets) if one.player == game.sets[index].player]
        seen: set[Plan] = set()
        for other in _disobeying(game, profiles[told[0]], index) if told else ():
            if other in seen:
                continue
            seen.add(other)
            row = [Fraction(0)] * len(profiles)
            for k in told:
                plan = profiles[k]
                mixed = tuple(other[i] if i in own else plan[i] for i in range(len(plan)))
                row[k] = _worth(game, mixed, index) - _worth(game, plan, index)
            rows.append((row, 0))
    program = Program(objective, rows, [([1] * len(profiles), 1)])
    outcome = maximize(program)
    if outcome.value is None or not holds(program, outcome):
        raise ArithmeticError("a linear program's answer does not hold")
    return outcome.value
