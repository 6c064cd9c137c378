"""Is everything that a list of conditions describes a Nash equilibrium of a tree?

The conditions, the distributions and each player's payoff are written down as polynomials in the
probabilities of choices, from the tree. That some reply of hers, pure in her later choices, brings
her more than her own choices do is then one more inequality, and no point may satisfy it too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from alliance_games.exact.algebraic import sign
from alliance_games.exact.numerals import irrational
from alliance_games.exact.polynomials import Polynomial, Ring, ring
from alliance_games.exact.systems import System, Undecided, feasible
from alliance_games.model.extensive import CHANCE, TERMINAL, ExtensiveGame
from alliance_games.model.profiles import Mixed
from alliance_games.results.tree_solutions import Condition, Family, Unknown

MOST_REPLIES = 5000
"""Replies of one player up to which all are tried."""

CLAIM = "no reply is worth more than what is played, at any point that the conditions allow"

Choices = Sequence[Mixed | None]


def meets(condition: Condition, choices: Choices, *, weakly: bool = False) -> bool:
    """Whether choices meet a condition; ``weakly``, a strict one may hold with equality."""
    total = Fraction(0)
    for coefficient, unknowns in condition.terms:
        for unknown in unknowns:
            chosen = choices[unknown.set]
            if unknown.of != "choice" or chosen is None:
                return False
            coefficient = coefficient * chosen[unknown.place]
        total = total + coefficient
    here = sign(total)
    if condition.relation == "=":
        return here == 0
    return here > 0 or (here == 0 and (weakly or condition.relation == ">="))


def fault_of_conditions(game: ExtensiveGame, family: Family, examples: Sequence[Choices]) -> str:
    """What is wrong with a family that its conditions describe, in words; '' where nothing is.

    Its examples meet the conditions, and no choices that meet them leave a player a better reply.
    """
    for choices in examples:
        if not all(meets(condition, choices) for condition in family.conditions):
            return "an example does not meet its family's conditions"
    if any(u.of != "choice" for c in family.conditions for _, us in c.terms for u in us):
        return "a condition speaks of beliefs"
    space = _Space(game, family)
    try:
        for player in range(len(game.players)):
            now = space.payoff(player, None)
            for reply in _replies(game, player):
                better = space.payoff(player, reply) - now
                if feasible(space.system(better)) is not None:
                    return "the conditions allow choices to which some player has a better reply"
    except Undecided as undecided:
        return f"it could not be settled whether the conditions suffice: {undecided}"
    except OverflowError:
        return f"a player has more than {MOST_REPLIES:,} replies"
    return ""


Plans = tuple[tuple[Fraction, ...], ...]


def hang_together(
    families: Sequence[Family], choices: Sequence[Choices], plans: Sequence[Plans]
) -> bool:
    """Whether one can go from any family to any other over families that plainly meet.

    Two meet in a point that both list, in a point of one that the other holds (a strict condition
    may hold with equality there), or where the hulls of both have plans in common. ``choices`` and
    ``plans`` are those of the continuum's points.
    """

    def meet(one: Family, other: Family) -> bool:
        if set(one.points) & set(other.points):
            return True
        if one.hull and other.hull:
            return _hulls_meet([plans[k] for k in one.points], [plans[k] for k in other.points])
        return any(
            _holds(within, choices[place], plans[place], plans)
            for within, listed in ((one, other), (other, one))
            for place in listed.points
        )

    left = list(families)
    waiting = [left.pop()]
    while waiting:
        here = waiting.pop()
        near = [other for other in left if meet(here, other)]
        left = [other for other in left if other not in near]
        waiting.extend(near)
    return not left


def _holds(family: Family, choices: Choices, own: Plans, plans: Sequence[Plans]) -> bool:
    if family.hull:
        return _hulls_meet([own], [plans[place] for place in family.points])
    return all(meets(condition, choices, weakly=True) for condition in family.conditions)


def _hulls_meet(first: Sequence[Plans], second: Sequence[Plans]) -> bool:
    """Whether for each player some mixture of the first plans is one of the second."""
    from alliance_games.exact.programs import Program, maximize

    for own, other in zip(zip(*first, strict=True), zip(*second, strict=True), strict=True):
        mine, theirs = sorted(set(own)), sorted(set(other))
        if set(mine) & set(theirs):
            continue
        if any(irrational(entry) for plan in (*mine, *theirs) for entry in plan):
            return False
        rows: list[tuple[list[Fraction], Fraction]] = [
            ([*(plan[s] for plan in mine), *(-plan[s] for plan in theirs)], Fraction(0))
            for s in range(len(mine[0]))
        ]
        one, nil = Fraction(1), Fraction(0)
        rows.append(([one] * len(mine) + [nil] * len(theirs), one))
        rows.append(([nil] * len(mine) + [one] * len(theirs), one))
        program = Program([0] * (len(mine) + len(theirs)), equal=rows)
        if maximize(program).status == "infeasible":
            return False
    return True


class _Space:
    """The probabilities of all choices as unknowns."""

    def __init__(self, game: ExtensiveGame, family: Family) -> None:
        self.game = game
        names = [
            (index, action)
            for index, one in enumerate(game.sets)
            if one.player != CHANCE
            for action in range(len(one.actions))
        ]
        self.ring: Ring = ring([f"{index}:{action}" for index, action in names])
        self.at = dict(zip(names, self.ring.variables, strict=True))
        self.equal: list[Polynomial] = []
        self.at_least: list[Polynomial] = list(self.ring.variables)
        self.above: list[Polynomial] = []
        for index, one in enumerate(game.sets):
            if one.player != CHANCE:
                total = -self.ring.one
                for action in range(len(one.actions)):
                    total = total + self.at[index, action]
                self.equal.append(total)
        groups = {"=": self.equal, ">=": self.at_least, ">": self.above}
        for condition in family.conditions:
            groups[condition.relation].append(self._polynomial(condition))

    def _polynomial(self, condition: Condition) -> Polynomial:
        total = self.ring.zero
        for coefficient, unknowns in condition.terms:
            term = self.ring.constant(coefficient)
            for unknown in unknowns:
                term = term * self._unknown(unknown)
            total = total + term
        return total

    def _unknown(self, unknown: Unknown) -> Polynomial:
        return self.at[unknown.set, unknown.place]

    def system(self, better: Polynomial) -> System:
        """The conditions, and one more expression above zero."""
        return System(self.ring, tuple(self.equal), tuple(self.at_least), (*self.above, better))

    def payoff(self, player: int, reply: dict[int, int] | None) -> Polynomial:
        """What the player gets, her own choices replaced by a pure reply where one is given."""
        game, zero = self.game, self.ring.zero
        reach: list[Polynomial] = [zero] * game.size
        reach[0] = self.ring.one
        total = zero
        for node in range(game.size):
            index = game.set_of[node]
            if reach[node].is_zero():
                continue
            if index == TERMINAL:
                value = game.payoffs(node)[player]
                total = total + reach[node] * self.ring.constant(value)
                continue
            mover = game.sets[index].player
            for action, child in enumerate(game.children(node)):
                if mover == CHANCE:
                    reach[child] = reach[node] * self.ring.constant(game.probability(child))
                elif mover == player and reply is not None:
                    reach[child] = reach[node] if reply.get(index) == action else zero
                else:
                    reach[child] = reach[node] * self.at[index, action]
        return total


def _replies(game: ExtensiveGame, player: int) -> Iterator[dict[int, int]]:
    """The player's pure replies, no choice told at sets that her own choices rule out.

    Raises OverflowError where there are too many.
    """
    own = [index for index, one in enumerate(game.sets) if one.player == player]
    before = _own_choice_before(game, player)
    own.sort(key=lambda index: game.nodes_of[index][0])
    count = 0
    stack: list[tuple[int, dict[int, int]]] = [(0, {})]
    while stack:
        place, reply = stack.pop()
        if place == len(own):
            count += 1
            if count > MOST_REPLIES:
                raise OverflowError
            yield reply
            continue
        index = own[place]
        needed = before[index]
        if needed is not None and reply.get(needed[0]) != needed[1]:
            stack.append((place + 1, reply))
            continue
        for action in range(len(game.sets[index].actions)):
            stack.append((place + 1, {**reply, index: action}))


def _own_choice_before(game: ExtensiveGame, player: int) -> dict[int, tuple[int, int] | None]:
    """The player's last own choice before each of her sets; with perfect recall there is one."""
    found: dict[int, tuple[int, int] | None] = {}
    latest: list[tuple[int, int] | None] = [None] * game.size
    for node in range(game.size):
        index = game.set_of[node]
        if index == TERMINAL:
            continue
        mine = game.sets[index].player == player
        if mine:
            found[index] = latest[node]
        for action, child in enumerate(game.children(node)):
            latest[child] = (index, action) if mine else latest[node]
    return found
