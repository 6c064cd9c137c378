"""Holds assessments to the definitions of sequential and of weak perfect Bayesian equilibrium.

Written from Kreps and Wilson (1982) and from Mas-Colell, Whinston and Green (1995, definition
9.C.3): beliefs by Bayes' rule where play comes, consistency by a tremble or by the existence of
one, and at every information set every deviation there and every plan for the rest of the game.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from alliance_games.certificates.trembles import bears_out, has_tremble
from alliance_games.model.extensive import CHANCE, TERMINAL, ExtensiveGame
from alliance_games.model.profiles import Mixed, is_distribution
from alliance_games.results.solutions import Certificate, Solution
from alliance_games.results.tree_solutions import Assessment, Continuum

CLAIM = (
    "Bayes' rule on the path, every other action and every other plan at every information set, "
    "payoffs and endings were recomputed"
)
CLAIMS = {
    True: f"a tremble bears the beliefs out; {CLAIM}",
    False: CLAIM,
}

Choices = Sequence[Mixed | None]


def check(game: ExtensiveGame, solution: Solution, *, consistent: bool) -> Certificate:
    """Whether ``solution`` is what it says.

    ``consistent`` asks for consistent beliefs (sequential equilibrium); else any beliefs will do
    where play never comes (weak perfect Bayesian equilibrium). A continuum is checked at its
    points, at points between them, and at points a little beyond them.
    """
    if isinstance(solution, Assessment):
        fault, gain = fault_of(game, solution, consistent)
        if fault is None and consistent and not tremble_holds(game, solution):
            fault = "no tremble bears the beliefs out"
        claim = CLAIMS[consistent] if fault is None else fault
        return Certificate(fault is None, claim, gain)
    if isinstance(solution, Continuum):
        from alliance_games.certificates.assessment_families import check_continuum

        return check_continuum(game, solution, consistent)
    return Certificate(False, "no assessment")


def tremble_holds(game: ExtensiveGame, one: Assessment) -> bool:
    """Whether the tremble given bears the beliefs out; where none is, whether some tremble does."""
    if one.tremble is None:
        return has_tremble(game, one.choices, one.beliefs)
    return bears_out(game, one.tremble, one.choices, one.beliefs)


def fault_of(
    game: ExtensiveGame, one: Assessment, consistent: bool
) -> tuple[str | None, Fraction | None]:
    """What is wrong with an assessment, its consistency apart, and the largest gain."""
    if not _is_assessment(game, one):
        return "no choices and beliefs for this game", None
    fault, gain = fault_of_play(game, one.choices, one.beliefs)
    if fault is None:
        fault = _fault_of_outcomes(game, one)
    if fault is None and one.properties.get("pure", _pure(one)) != _pure(one):
        fault = "the word on whether it is pure is wrong"
    return fault, gain


def _pure(one: Assessment) -> bool:
    return all(choice is None or max(choice) == 1 for choice in one.choices)


def _is_assessment(game: ExtensiveGame, one: Assessment) -> bool:
    if len(one.choices) != len(game.sets) or len(one.beliefs) != len(game.sets):
        return False
    alive = possible(game)
    for index, (each, choice, belief) in enumerate(
        zip(game.sets, one.choices, one.beliefs, strict=True)
    ):
        if each.player == CHANCE:
            if choice is not None or belief is not None:
                return False
            continue
        if choice is None or not _is_over(choice, len(each.actions)):
            return False
        if not any(alive[x] for x in game.nodes_of[index]):
            if belief is not None:
                return False
        elif belief is None or not _is_over(belief, len(game.nodes_of[index])):
            return False
    return True


def _is_over(mixed: Mixed, size: int) -> bool:
    return len(mixed) == size and is_distribution(mixed)


def possible(game: ExtensiveGame) -> list[bool]:
    """Which nodes are not behind a chance event of probability zero."""
    alive = [True] * game.size
    for node in range(game.size):
        if game.set_of[node] == TERMINAL:
            continue
        chance = game.mover(node) == CHANCE
        for child in game.children(node):
            alive[child] = alive[node] and not (chance and not game.weight[child])
    return alive


def reached(game: ExtensiveGame, choices: Choices) -> list[Fraction]:
    """The probability of each node."""
    found = [Fraction(0)] * game.size
    found[0] = Fraction(1)
    for node in range(game.size):
        if game.set_of[node] == TERMINAL:
            continue
        choice = choices[game.set_of[node]]
        for action, child in enumerate(game.children(node)):
            share = game.probability(child) if choice is None else choice[action]
            found[child] = found[node] * share
    return found


def values(game: ExtensiveGame, choices: Choices) -> list[tuple[Fraction, ...]]:
    """What each node is worth to each player."""
    worth: list[tuple[Fraction, ...]] = [()] * game.size
    for node in range(game.size - 1, -1, -1):
        if game.set_of[node] == TERMINAL:
            worth[node] = game.payoffs(node)
            continue
        choice = choices[game.set_of[node]]
        branches = [
            (game.probability(child) if choice is None else choice[action], worth[child])
            for action, child in enumerate(game.children(node))
        ]
        worth[node] = tuple(
            sum((p * value[player] for p, value in branches), Fraction(0))
            for player in range(len(game.players))
        )
    return worth


def fault_of_play(
    game: ExtensiveGame, choices: Choices, beliefs: Choices
) -> tuple[str | None, Fraction | None]:
    """Whether Bayes' rule or rationality fails at some set, in words, and the largest gain."""
    probability = reached(game, choices)
    worth = values(game, choices)
    gain = Fraction(0)
    for index, belief in enumerate(beliefs):
        if belief is None:
            continue
        nodes = game.nodes_of[index]
        total = sum((probability[x] for x in nodes), Fraction(0))
        if total and any(b * total != probability[x] for b, x in zip(belief, nodes, strict=True)):
            return f"Bayes' rule fails at {game.set_name(index)!r}", None
        gain = max(gain, _gain_here(game, index, belief, choices, worth))
        gain = max(gain, _gain_by_plan(game, index, belief, choices, worth))
    told = gain if isinstance(gain, Fraction) else None
    return (f"somebody gains {gain} by deviating" if gain > 0 else None), told


def _gain_here(
    game: ExtensiveGame,
    index: int,
    belief: Mixed,
    choices: Choices,
    worth: Sequence[tuple[Fraction, ...]],
) -> Fraction:
    """The most that another action at one set brings its player."""
    player = game.sets[index].player
    choice = choices[index]
    assert choice is not None
    each = [Fraction(0)] * len(choice)
    for x, held in zip(game.nodes_of[index], belief, strict=True):
        for action, child in enumerate(game.children(x)):
            each[action] = each[action] + held * worth[child][player]
    own = sum((p * value for p, value in zip(choice, each, strict=True)), Fraction(0))
    return max(each) - own


def _gain_by_plan(
    game: ExtensiveGame,
    index: int,
    belief: Mixed,
    choices: Choices,
    worth: Sequence[tuple[Fraction, ...]],
) -> Fraction:
    """The most that another plan from one set on brings its player, by dynamic programming.

    Below the set, nodes are weighted with the belief, chance and the others' choices. With perfect
    recall a set of the player's own is then left as if she were certain to come there.
    """
    player = game.sets[index].player
    weight: dict[int, Fraction] = {}
    order: list[int] = []
    waiting = []
    own = Fraction(0)
    for x, held in zip(game.nodes_of[index], belief, strict=True):
        own = own + held * worth[x][player]
        if held:
            weight[x] = held
            waiting.append(x)
    while waiting:
        node = waiting.pop()
        order.append(node)
        here = game.set_of[node]
        if here == TERMINAL:
            continue
        choice = choices[here]
        for action, child in enumerate(game.children(node)):
            if game.sets[here].player == player:
                share = Fraction(1)
            else:
                share = game.probability(child) if choice is None else choice[action]
            if share:
                weight[child] = weight[node] * share
                waiting.append(child)
    best = _best_plan(game, player, weight, order)
    return best - own


def _best_plan(
    game: ExtensiveGame, player: int, weight: dict[int, Fraction], order: Sequence[int]
) -> Fraction:
    """The largest sum of weighted payoffs over the player's plans below the first nodes.

    Each of her sets, the last first, takes the action with the largest sum over its nodes. A node
    is done once all below it are; nodes of a larger number never come before smaller ones.
    """
    sums: dict[int, Fraction] = {}
    own: dict[int, list[int]] = {}
    for node in order:
        here = game.set_of[node]
        if here != TERMINAL and game.sets[here].player == player:
            own.setdefault(here, []).append(node)
    after: dict[int, set[int]] = {}
    for here in own:
        after[here] = _own_after(game, own[here], player, weight)
    undone = dict(after)
    chosen: dict[int, int] = {}
    while undone:
        here = next(h for h, later in undone.items() if not later & undone.keys())
        totals = []
        for action in range(len(game.sets[here].actions)):
            parts = [
                _sum_below(game, game.first_child[x] + action, player, weight, chosen)
                for x in own[here]
            ]
            totals.append(sum(parts, Fraction(0)))
        chosen[here] = totals.index(max(totals))
        sums[here] = max(totals)
        del undone[here]
    first = game.set_of[order[0]]
    return sums[first]


def _own_after(
    game: ExtensiveGame, nodes: Sequence[int], player: int, weight: dict[int, Fraction]
) -> set[int]:
    found: set[int] = set()
    waiting = [child for x in nodes for child in game.children(x) if child in weight]
    while waiting:
        node = waiting.pop()
        here = game.set_of[node]
        if here == TERMINAL:
            continue
        if game.sets[here].player == player:
            found.add(here)
        waiting += [child for child in game.children(node) if child in weight]
    return found


def _sum_below(
    game: ExtensiveGame,
    node: int,
    player: int,
    weight: dict[int, Fraction],
    chosen: dict[int, int],
) -> Fraction:
    """The weighted payoffs of the endings after a node under the plan ``chosen``."""
    total = Fraction(0)
    waiting = [node]
    while waiting:
        node = waiting.pop()
        here = game.set_of[node]
        if here == TERMINAL:
            total = total + weight[node] * game.payoffs(node)[player]
        elif game.sets[here].player == player:
            waiting.append(game.first_child[node] + chosen[here])
        else:
            waiting += [child for child in game.children(node) if child in weight]
    return total


def _fault_of_outcomes(game: ExtensiveGame, one: Assessment) -> str | None:
    probability = reached(game, one.choices)
    endings = {
        node: probability[node]
        for node in range(game.size)
        if game.set_of[node] == TERMINAL and probability[node]
    }
    if len(dict(one.outcomes)) != len(one.outcomes) or dict(one.outcomes) != endings:
        return "the endings reached are others"
    payoffs = tuple(
        sum((p * game.payoffs(node)[player] for node, p in endings.items()), Fraction(0))
        for player in range(len(game.players))
    )
    return None if payoffs == one.payoffs else "the payoffs are others"
