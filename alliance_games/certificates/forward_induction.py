"""Forward induction held to its definition: the subgames that could be entered, solved again.

The equilibria of a subgame are found once more, by trying every pair of supports in its table of
plans, with linear programs for what each pair can bring the entrant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product

from alliance_games.exact.programs import Program, maximize
from alliance_games.model.extensive import CHANCE, TERMINAL, ExtensiveGame
from alliance_games.model.profiles import Mixed
from alliance_games.results.solutions import Behaviour, Certificate, Solution
from alliance_games.results.tree_solutions import Continuum, Discarded

KEPT = "on its path nobody could have entered a subgame that speaks for itself"
GONE = "on its path a move not made leads to a subgame of which one equilibrium alone brings more"
MOST_PLANS = 8
"""Plans of the two players together up to which all pairs of supports are tried."""

Choices = Sequence[Mixed | None]
Range = tuple[Fraction, Fraction]
Speaking = dict[tuple[int, int], Range]
"""By node and action not taken: what the mover gets, and what she could have meant."""


def check(game: ExtensiveGame, solution: Solution, among: Sequence[Solution]) -> Certificate:
    """Whether a subgame perfect equilibrium is rightly kept, or rightly discarded."""
    gone = isinstance(solution, Discarded)
    subject: Solution = solution.solution if isinstance(solution, Discarded) else solution
    claim = GONE if gone else KEPT
    if replace(subject, certificate=None) not in [replace(one, certificate=None) for one in among]:
        return Certificate(False, claim)
    members = _members(subject)
    if not members:
        return Certificate(False, claim)
    speaking: list[Speaking] = []
    for member in members:
        found = _speaking(game, member.choices)
        if found is None:
            return Certificate(False, f"{claim}; but its subgames are too large to be solved again")
        speaking.append(found)
    everywhere = set(speaking[0]).intersection(*speaking[1:])
    if not isinstance(solution, Discarded):
        return Certificate(not everywhere, claim)
    said = (solution.numbers.get("gets"), solution.numbers.get("could mean"))
    return Certificate(said in {speaking[0][move] for move in everywhere}, claim)


def _members(one: Solution) -> list[Behaviour]:
    if isinstance(one, Behaviour):
        return [one]
    if isinstance(one, Continuum):
        return [point for point in one.points if isinstance(point, Behaviour)]
    return []


def _speaking(game: ExtensiveGame, choices: Choices) -> Speaking | None:
    """What each mover gets and could have got, wherever a move not made speaks for itself."""
    found: Speaking = {}
    waiting = [0]
    for node in waiting:
        index = game.set_of[node]
        if index == TERMINAL:
            continue
        one, choice = game.sets[index], choices[index]
        for action, child in enumerate(game.children(node)):
            share = game.probability(child) if choice is None else choice[action]
            if share:
                waiting.append(child)
            elif choice is not None and len(game.nodes_of[index]) == 1 and _closed(game, child):
                ranges = _ranges(game, child, one.player)
                if ranges is None:
                    return None
                gets = _value(game, choices, node, one.player)
                better = {r for r in ranges if r[1] > gets}
                values = {low for low, _ in better} | {high for _, high in better}
                if len(values) == 1:
                    found[node, action] = (gets, values.pop())
    return found


def _value(game: ExtensiveGame, choices: Choices, node: int, player: int) -> Fraction:
    total = Fraction(0)
    waiting = [(node, Fraction(1))]
    while waiting:
        at, probability = waiting.pop()
        index = game.set_of[at]
        if index == TERMINAL:
            total += probability * game.payoffs(at)[player]
            continue
        choice = choices[index]
        for action, child in enumerate(game.children(at)):
            share = game.probability(child) if choice is None else choice[action]
            if share:
                waiting.append((child, probability * share))
    return total


def _nodes(game: ExtensiveGame, root: int) -> list[int]:
    nodes = [root]
    for node in nodes:
        nodes.extend(game.children(node))
    return nodes


def _closed(game: ExtensiveGame, root: int) -> bool:
    """Whether a subgame starts at the node: no information set reaches across its border."""
    nodes = set(_nodes(game, root))
    touched = {game.set_of[node] for node in nodes} - {TERMINAL}
    if game.set_of[root] == TERMINAL or len(game.nodes_of[game.set_of[root]]) > 1:
        return False
    return all(set(game.nodes_of[index]) <= nodes for index in touched)


def _ranges(game: ExtensiveGame, root: int, player: int) -> list[Range] | None:
    """The least and most that equilibria of the subgame give a player, support by support."""
    sets = sorted({game.set_of[node] for node in _nodes(game, root)} - {TERMINAL})
    movers = sorted({game.sets[index].player for index in sets} - {CHANCE})
    if len(movers) > 2:
        return None
    pair = (*movers, *(p for p in range(len(game.players)) if p not in movers))[:2]
    if number_of_plans(game, sets) > MOST_PLANS:
        return None
    plans = [list(_plans(game, [i for i in sets if game.sets[i].player == p])) for p in pair]
    table = [[_outcome(game, root, one | other) for other in plans[1]] for one in plans[0]]
    rows = [[value[pair[0]] for value in line] for line in table]
    columns = [[value[pair[1]] for value in line] for line in table]
    turned = [list(line) for line in zip(*columns, strict=True)]
    own = [[value[player] for value in line] for line in table]
    return [
        found
        for first in _subsets(len(plans[0]))
        for second in _subsets(len(plans[1]))
        if (found := _range(rows, turned, own, first, second)) is not None
    ]


def number_of_plans(game: ExtensiveGame, sets: Sequence[int]) -> int:
    """How many plans the players have together at some information sets."""
    own: dict[int, int] = {}
    for one in (game.sets[index] for index in sets):
        if one.player != CHANCE:
            own[one.player] = own.get(one.player, 1) * len(one.actions)
    return sum(own.values())


def _plans(game: ExtensiveGame, sets: Sequence[int]) -> Iterator[dict[int, int]]:
    for actions in product(*(range(len(game.sets[index].actions)) for index in sets)):
        yield dict(zip(sets, actions, strict=True))


def _outcome(game: ExtensiveGame, root: int, plan: dict[int, int]) -> tuple[Fraction, ...]:
    total = [Fraction(0)] * len(game.players)
    waiting = [(root, Fraction(1))]
    while waiting:
        node, probability = waiting.pop()
        index = game.set_of[node]
        if index == TERMINAL:
            total = [t + probability * u for t, u in zip(total, game.payoffs(node), strict=True)]
        elif game.sets[index].player == CHANCE:
            waiting += [
                (child, probability * game.probability(child)) for child in game.children(node)
            ]
        else:
            waiting.append((game.children(node)[plan[index]], probability))
    return tuple(total)


def _subsets(size: int) -> Iterator[tuple[int, ...]]:
    for number in range(1, size + 1):
        yield from combinations(range(size), number)


def _range(
    rows: Sequence[Sequence[Fraction]],
    turned: Sequence[Sequence[Fraction]],
    own: Sequence[Sequence[Fraction]],
    first: Sequence[int],
    second: Sequence[int],
) -> Range | None:
    """What equilibria with strategies within the supports, all of them best replies, can bring.

    They are a product of two polytopes and the payoff is bilinear: corners give the extremes.
    """
    for_rows = _replies(rows, first, second)
    for_columns = _replies(turned, second, first)
    mixed_columns = _corners(for_rows, second, len(turned))
    mixed_rows = _corners(for_columns, first, len(rows))
    if not mixed_columns or not mixed_rows:
        return None
    values = [
        sum(x * y * own[r][c] for r, x in enumerate(one) for c, y in enumerate(other) if x and y)
        for one in mixed_rows
        for other in mixed_columns
    ]
    return Fraction(min(values)), Fraction(max(values))


def _replies(
    payoffs: Sequence[Sequence[Fraction]], best: Sequence[int], against: Sequence[int]
) -> list[list[Fraction]]:
    """Rows h with h . y <= 0 where the strategies ``best`` are best replies to y on ``against``."""
    lead = best[0]
    return [
        [payoffs[other][c] - payoffs[one][c] for c in against]
        for one, other in (
            *((lead, other) for other in range(len(payoffs)) if other != lead),
            *((other, lead) for other in best if other != lead),
        )
    ]


def _corners(
    halfspaces: Sequence[Sequence[Fraction]], on: Sequence[int], size: int
) -> list[tuple[Fraction, ...]]:
    """Points among the distributions on ``on`` that keep the halfspaces, all corners included.

    A corner is the only point that keeps them and makes some of them tight, as many as there are
    strategies, less one: every choice of these is tried.
    """
    width = len(on)
    signs = [[Fraction(-(i == j)) for i in range(width)] for j in range(width)]
    found = set()
    for tight in combinations([*halfspaces, *signs], width - 1):
        outcome = maximize(
            Program(
                [0] * width,
                [(row, 0) for row in halfspaces],
                [([1] * width, 1), *((row, 0) for row in tight)],
            )
        )
        if outcome.status == "optimal":
            point = [Fraction(0)] * size
            for place, value in zip(on, outcome.primal, strict=True):
                point[place] = value
            found.add(tuple(point))
    return sorted(found)
