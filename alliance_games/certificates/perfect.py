"""Perfection along a tremble, from the definitions, with polynomials in e.

Agent-form perfect (Selten 1975): every choice is optimal against the trembles of all other sets,
the player's own later ones too. Quasi-perfect (van Damme 1984): against those of the other players,
her own later choices being carried out as planned. Every gain is a rational function of e with a
positive denominator, and its sign for small e > 0 is that of the numerator's lowest term.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from alliance_games.certificates.subgame_perfect_stages import behaviour_fault
from alliance_games.certificates.trembles import bears_out
from alliance_games.model.extensive import CHANCE, TERMINAL, ExtensiveGame
from alliance_games.model.profiles import Mixed
from alliance_games.results.solutions import Behaviour, Certificate, Solution
from alliance_games.results.tree_solutions import Assessment, Tremble

CLAIM = {
    True: "along the tremble every choice is optimal, the other sets' trembles all counted",
    False: "along the tremble every choice is optimal, with the player's own later choices as "
    "planned and the others' trembles counted",
}

Poly = dict[int, Fraction]
"""Coefficients by the power of e."""

Ratio = tuple[Poly, frozenset[int]]
"""A polynomial over the product of the totals of some information sets' weights."""


def check_perfect(game: ExtensiveGame, solution: Solution, *, own_trembles: bool) -> Certificate:
    """Whether an assessment is perfect along the tremble it carries."""
    claim = CLAIM[own_trembles]
    if not isinstance(solution, Assessment) or solution.tremble is None:
        return Certificate(False, "no assessment with a tremble")
    play = Behaviour(solution.choices, solution.payoffs, solution.outcomes)
    if behaviour_fault(game, play) or not bears_out(
        game, solution.tremble, solution.choices, solution.beliefs
    ):
        return Certificate(False, claim)
    weights = _weights(game, solution.tremble)
    if weights is None:
        return Certificate(False, claim)
    for index, one in enumerate(game.sets):
        if one.player != CHANCE:
            choice = solution.choices[index] or ()
            along = _Along(game, weights, solution.choices, one.player, own_trembles)
            if not along.is_best(index, choice):
                return Certificate(False, claim)
    return Certificate(True, claim, largest_gain=Fraction(0))


def _weights(game: ExtensiveGame, tremble: Tremble) -> list[list[Poly]] | None:
    """The weight of every action as a polynomial; None where one is not positive for small e."""
    found: list[list[Poly]] = []
    further = tremble.further or (None,) * len(game.sets)
    if len(further) != len(game.sets):
        return None
    for one, orders, leading, rest in zip(
        game.sets, tremble.orders, tremble.weights, further, strict=True
    ):
        if one.player == CHANCE:
            found.append([])
            continue
        if orders is None or leading is None or len(orders) != len(one.actions):
            return None
        own: list[Poly] = []
        for action, (order, weight) in enumerate(zip(orders, leading, strict=True)):
            more = rest[action] if rest else ()
            if weight <= 0 or order < 0 or any(power <= order for power, _ in more):
                return None
            own.append({order: weight, **dict(more)})
        found.append(own)
    return found


class _Along:
    """What a player's actions are worth along a tremble."""

    def __init__(
        self,
        game: ExtensiveGame,
        weights: Sequence[Sequence[Poly]],
        choices: Sequence[Mixed | None],
        player: int,
        own_trembles: bool,
    ) -> None:
        self.game, self.weights, self.choices = game, weights, choices
        self.player, self.own_trembles = player, own_trembles
        self.totals: list[Poly] = []
        for own in weights:
            total: Poly = {}
            for weight in own:
                total = _plus(total, weight)
            self.totals.append(total)
        self.reach = self._reaches()
        self.worth = self._worths()

    def _branches(self, node: int) -> list[Ratio]:
        """The probability of each branch of a node that is not being decided on."""
        game, index = self.game, self.game.set_of[node]
        mover, children = game.sets[index].player, game.children(node)
        if mover == CHANCE:
            total = sum(game.weight[child] for child in children)
            return [(_constant(Fraction(game.weight[c], total)), frozenset()) for c in children]
        if mover == self.player and not self.own_trembles:
            return [(_constant(p), frozenset()) for p in self.choices[index] or ()]
        return [(weight, frozenset([index])) for weight in self.weights[index]]

    def _reaches(self) -> list[Ratio]:
        """The others' part in reaching each node: the player's own moves are made for sure."""
        reach: list[Ratio] = [({0: Fraction(1)}, frozenset())] * self.game.size
        for node in range(self.game.size):
            if self.game.set_of[node] == TERMINAL:
                continue
            own = self.game.mover(node) == self.player
            for child, branch in zip(self.game.children(node), self._branches(node), strict=True):
                reach[child] = reach[node] if own else _product(reach[node], branch)
        return reach

    def _worths(self) -> list[Ratio]:
        worth: list[Ratio] = [({}, frozenset())] * self.game.size
        for node in range(self.game.size - 1, -1, -1):
            if self.game.set_of[node] == TERMINAL:
                worth[node] = (_constant(self.game.payoffs(node)[self.player]), frozenset())
                continue
            total: Ratio = ({}, frozenset())
            for child, branch in zip(self.game.children(node), self._branches(node), strict=True):
                total = self._sum(total, _product(branch, worth[child]))
            worth[node] = total
        return worth

    def _sum(self, one: Ratio, other: Ratio) -> Ratio:
        sets = one[1] | other[1]
        return _plus(self._over(one, sets), self._over(other, sets)), sets

    def _over(self, ratio: Ratio, sets: frozenset[int]) -> Poly:
        """The numerator over a larger denominator."""
        numerator = ratio[0]
        for index in sorted(sets - ratio[1]):
            numerator = _times(numerator, self.totals[index])
        return numerator

    def is_best(self, index: int, choice: Mixed) -> bool:
        """Whether at a set no action is better than a chosen one for small e > 0."""
        values: list[Ratio] = []
        for action in range(len(choice)):
            total: Ratio = ({}, frozenset())
            for node in self.game.nodes_of[index]:
                child = self.game.first_child[node] + action
                total = self._sum(total, _product(self.reach[node], self.worth[child]))
            values.append(total)
        for used in (action for action, p in enumerate(choice) if p):
            for value in values:
                sets = value[1] | values[used][1]
                minus = {n: -c for n, c in self._over(value, sets).items()}
                gain = _plus(self._over(values[used], sets), minus)
                if gain and gain[min(gain)] < 0:
                    return False
        return True


def _constant(number: Fraction) -> Poly:
    return {0: number} if number else {}


def _plus(one: Poly, other: Poly) -> Poly:
    total = dict(one)
    for power, number in other.items():
        total[power] = total.get(power, Fraction(0)) + number
    return {power: number for power, number in total.items() if number}


def _times(one: Poly, other: Poly) -> Poly:
    total: Poly = {}
    for power, number in one.items():
        for more, factor in other.items():
            total[power + more] = total.get(power + more, Fraction(0)) + number * factor
    return {power: number for power, number in total.items() if number}


def _product(one: Ratio, other: Ratio) -> Ratio:
    return _times(one[0], other[0]), one[1] | other[1]
