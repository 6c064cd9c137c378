"""Agent-form perfection (Selten 1975) of a profile where players move more than once, or of more
than two: trembles are tried, and for a set at which none can help, a linear program proves it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import islice, product
from math import prod

from alliance_games.algorithms.perfect_trembles import Weight, Weights
from alliance_games.exact.polynomials import Polynomial, ring, terms
from alliance_games.exact.programs import Program, Row, maximize
from alliance_games.exact.tableau import Tick
from alliance_games.model.extensive import CHANCE, TERMINAL, ExtensiveGame
from alliance_games.model.profiles import Mixed

TRIED = 250
"""Trembles that are tried for one profile, at most."""

ALTOGETHER = 2_000
"""Trembles that are tried for all profiles of a game, at most."""

PROFILES = 2_000
"""Pure profiles of the other sets up to which a set is tested by a linear program."""

SIZES = ((1, Fraction(1)), (2, Fraction(1)), (1, Fraction(2)), (3, Fraction(1)))
"""Orders and weights that are tried for an action that is not used."""

_E = ring(["e"])

Choices = Sequence[Mixed | None]


class Trials:
    """A search for trembles over several profiles of a game, with one limit for all of them."""

    def __init__(self, game: ExtensiveGame, tick: Tick) -> None:
        self.game, self.tick, self.left = game, tick, ALTOGETHER

    def tremble(self, choices: Choices) -> Weights | None:
        """A tremble along which every choice is optimal, if one of those tried is such."""
        for slips in islice(_slips(self.game, choices), min(TRIED, self.left)):
            self.tick()
            self.left -= 1
            shares = _shares(choices, slips)
            if _optimal(self.game, choices, shares):
                return tuple(None if own is None else tuple(map(_weight, own)) for own in shares)
        return None


def hopeless(game: ExtensiveGame, choices: Choices, tick: Tick) -> int | None:
    """An information set at which the choice is optimal along no tremble, not even a correlated
    one of the other sets; None where there is none, as far as could be told."""
    own = [index for index, one in enumerate(game.sets) if one.player != CHANCE]
    sizes = [len(game.sets[index].actions) for index in own]
    for index in own:
        if prod(sizes) // len(game.sets[index].actions) <= PROFILES:
            tick()
            if not _bearable(game, choices, own, index, tick):
                return index
    return None


def _slips(game: ExtensiveGame, choices: Choices) -> Iterator[dict[tuple[int, int], Weight]]:
    """Sizes for the actions that are not used: the same for all first."""
    unused = [
        (index, action)
        for index, choice in enumerate(choices)
        for action, p in enumerate(choice or ())
        if not p
    ]
    for sizes in product(SIZES, repeat=len(unused)):
        yield {move: (size,) for move, size in zip(unused, sizes, strict=True)}


def _shares(
    choices: Choices, slips: dict[tuple[int, int], Weight]
) -> list[tuple[Polynomial, ...] | None]:
    """Probabilities as polynomials in e: slips as told, the rest shared as the choice shares it."""
    e = _E.variables[0]
    found: list[tuple[Polynomial, ...] | None] = []
    for index, choice in enumerate(choices):
        if choice is None:
            found.append(None)
            continue
        slip = {
            action: _E.constant(slips[index, action][0][1]) * e ** slips[index, action][0][0]
            for action, p in enumerate(choice)
            if not p
        }
        rest = _E.one - sum(slip.values(), _E.zero)
        found.append(
            tuple(
                slip[action] if action in slip else _E.constant(p) * rest
                for action, p in enumerate(choice)
            )
        )
    return found


def _weight(share: Polynomial) -> Weight:
    return tuple(sorted((powers[0], coefficient) for coefficient, powers in terms(share)))


def _optimal(
    game: ExtensiveGame, choices: Choices, shares: Sequence[tuple[Polynomial, ...] | None]
) -> bool:
    """Whether for small e every choice is optimal at its set, all other sets trembling."""
    reach = [_E.one] * game.size
    branches: list[Sequence[Polynomial]] = [()] * game.size
    for node in range(game.size):
        index = game.set_of[node]
        if index == TERMINAL:
            continue
        children = game.children(node)
        own = shares[index]
        if own is None:
            total = sum(game.weight[child] for child in children)
            own = tuple(_E.constant(Fraction(game.weight[child], total)) for child in children)
        branches[node] = own
        for child, share in zip(children, own, strict=True):
            reach[child] = reach[node] * share
    worth: list[list[Polynomial]] = [[] for _ in range(game.size)]
    gains = [[_E.zero] * len(one.actions) for one in game.sets]
    for node in range(game.size - 1, -1, -1):
        index = game.set_of[node]
        if index == TERMINAL:
            worth[node] = list(map(_E.constant, game.payoffs(node)))
            continue
        mover = game.sets[index].player
        children = game.children(node)
        if mover != CHANCE:
            for action, child in enumerate(children):
                gains[index][action] += reach[node] * worth[child][mover]
        worth[node] = [
            sum((s * worth[c][i] for s, c in zip(branches[node], children, strict=True)), _E.zero)
            for i in range(len(game.players))
        ]
    return all(
        _not_negative(gains[index][used] - other)
        for index, choice in enumerate(choices)
        for used, p in enumerate(choice or ())
        if p
        for other in gains[index]
    )


def _not_negative(p: Polynomial) -> bool:
    lowest = min(terms(p), key=lambda term: term[1], default=None)
    return lowest is None or lowest[0] > 0


def _bearable(
    game: ExtensiveGame, choices: Choices, own: Sequence[int], index: int, tick: Tick
) -> bool:
    """Whether some completely mixed lottery over the other sets' actions, as near to the profile as
    one likes, makes the choice at a set optimal."""
    others = [other for other in own if other != index]
    sizes = [len(game.sets[other].actions) for other in others]
    profiles = list(product(*map(range, sizes)))
    base = [
        prod(((choices[o] or ())[a] for o, a in zip(others, plan, strict=True)), start=Fraction(1))
        for plan in profiles
    ]
    choice = choices[index] or ()
    values = [
        [
            _payoff(game, dict(zip(others, plan, strict=True)) | {index: a}, index)
            for plan in profiles
        ]
        for a in range(len(choice))
    ]
    width = len(profiles) + 1
    at_most: list[Row] = [([0] * (width - 1) + [1], 1)]
    for used in (a for a, p in enumerate(choice) if p):
        for other in range(len(choice)):
            loss = [y - x for x, y in zip(values[used], values[other], strict=True)]
            if any(loss) and sum(d * b for d, b in zip(loss, base, strict=True)) == 0:
                at_most.append(([*loss, 0], 0))
    for place, probability in enumerate(base):
        if not probability:
            row = [0] * width
            row[place], row[-1] = -1, 1
            at_most.append((row, 0))
    free = frozenset(place for place, probability in enumerate(base) if probability)
    outcome = maximize(Program([0] * (width - 1) + [1], at_most, free=free), tick)
    return bool(outcome.value)


def _payoff(game: ExtensiveGame, plan: dict[int, int], index: int) -> Fraction:
    """What the player of a set gets when everybody plays a pure plan."""
    player = game.sets[index].player
    total = Fraction(0)
    waiting = [(0, Fraction(1))]
    while waiting:
        node, probability = waiting.pop()
        at = game.set_of[node]
        if at == TERMINAL:
            total += probability * game.payoffs(node)[player]
        elif game.sets[at].player == CHANCE:
            waiting += [(c, probability * game.probability(c)) for c in game.children(node)]
        else:
            waiting.append((game.first_child[node] + plan[at], probability))
    return total
