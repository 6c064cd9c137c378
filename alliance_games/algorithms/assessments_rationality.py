"""Sequential rationality of a pattern as signs of polynomials, and assessments from its solutions.

The unknowns are the probabilities at sets that mix and the beliefs that Bayes' rule does not give,
in each case all but the last, which is what is left to 1.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import prod
from typing import NamedTuple

from alliance_games.algorithms.assessments_consistency import Believing
from alliance_games.algorithms.assessments_ground import Ground
from alliance_games.algorithms.assessments_supports import NO_ONE_ACTION, Broken, Pattern
from alliance_games.exact.polynomials import Polynomial, Ring, evaluate, ring, terms
from alliance_games.exact.systems import System, met
from alliance_games.model.extensive import CHANCE, TERMINAL
from alliance_games.model.profiles import Mixed, pure


class Variable(NamedTuple):
    """What an unknown stands for.

    ``of`` 'choice': ``place`` is an action of the information set ``at``. ``of`` 'belief': the
    belief, at the information set ``at``, of all nodes of the kind ``place``.
    """

    of: str
    at: int
    place: int


class Leaf:
    """A pattern with a consistent choice of believed nodes: unknowns and conditions.

    ``plans`` asks for rationality against every plan for the rest of the game (weak perfect
    Bayesian equilibrium) and not only against other actions here, which is enough under consistency
    (Hendon, Jacobsen and Sloth 1996; Perea 2002).
    """

    def __init__(self, ground: Ground, used: Pattern, beliefs: Believing, plans: bool) -> None:
        self.ground, self.used, self.beliefs, self.plans = ground, used, beliefs, plans
        self.variables: list[Variable] = [
            Variable("choice", h, action)
            for h in sorted(used)
            if len(used[h]) > 1
            for action in used[h][:-1]
        ]
        for group in beliefs.groups:
            self.variables += [Variable("belief", group.leader, k) for k in range(group.size - 1)]
        self.ring: Ring = ring([f"x{place}" for place in range(len(self.variables))])
        place = {variable: i for i, variable in enumerate(self.variables)}
        one, known = self.ring.one, self.ring.variables
        self.choice: dict[tuple[int, int], Polynomial] = {}
        for h, actions in used.items():
            rest = one
            for action in actions[:-1]:
                probability = known[place[Variable("choice", h, action)]]
                self.choice[h, action] = probability
                rest = rest - probability
            self.choice[h, actions[-1]] = rest
        self.shares: list[list[Polynomial]] = []
        for group in beliefs.groups:
            of = [known[place[Variable("belief", group.leader, k)]] for k in range(group.size - 1)]
            self.shares.append([*of, one - sum(of, self.ring.zero)])

    # Beliefs

    @cached_property
    def odds(self) -> dict[int, list[tuple[int, Polynomial]]]:
        """For each set of several nodes, the nodes believed with weights in the beliefs' odds."""
        return {h: self._odds(h) for h in self.beliefs.held}

    def _odds(self, index: int) -> list[tuple[int, Polynomial]]:
        held = self.beliefs.held[index]
        if not held.bayes:
            assert held.group is not None
            shares = self.shares[held.group]
            return [(x, shares[kind]) for x, kind in zip(held.nodes, held.kinds, strict=True)]
        weights = self._bayes(held.nodes)
        if held.group is None:
            return list(zip(held.nodes, weights, strict=True))
        shares, totals = self.shares[held.group], self.totals[held.group]
        others = [
            prod((t for k, t in enumerate(totals) if k != kind), start=self.ring.one)
            for kind in range(len(totals))
        ]
        return [
            (x, weight * shares[kind] * others[kind])
            for x, weight, kind in zip(held.nodes, weights, held.kinds, strict=True)
        ]

    def _bayes(self, nodes: Sequence[int]) -> list[Polynomial]:
        """Chance and used probabilities on the ways to ``nodes``, less what all have in common."""
        ground = self.ground
        ways = [{m for m in ground.ways[x] if m in self.choice} for x in nodes]
        common = set.intersection(*ways)
        return [
            prod(
                (self.choice[move] for move in sorted(way - common)),
                start=self.ring.constant(ground.chances[x]),
            )
            for x, way in zip(nodes, ways, strict=True)
        ]

    @cached_property
    def totals(self) -> list[list[Polynomial]]:
        """For each group, the weight by Bayes' rule of all nodes of a kind, at the leader."""
        totals = []
        for group in self.beliefs.groups:
            held = self.beliefs.held[group.leader]
            own = [self.ring.zero] * group.size
            if held.bayes:
                for kind, weight in zip(held.kinds, self._bayes(held.nodes), strict=True):
                    own[kind] = own[kind] + weight
            totals.append(own)
        return totals

    # Payoffs

    @cached_property
    def values(self) -> list[list[Polynomial]]:
        """``values[node][player]``: what follows is worth, over the player's denominator."""
        ground, game = self.ground, self.ground.game
        values: list[list[Polynomial]] = [[]] * game.size
        for node in reversed(ground.nodes):
            index = game.set_of[node]
            if index == TERMINAL:
                at = game.terminal[node]
                values[node] = [self.ring.constant(int(t[at])) for t in game.numerators]
                continue
            if ground.movers[index] == CHANCE:
                parts = [(self.ring.constant(p), child) for child, p in ground.branches(node)]
            else:
                actions = self.used[index]
                parts = [(self.choice[index, a], ground.child(node, a)) for a in actions]
            if len(parts) == 1:
                values[node] = values[parts[0][1]]
            else:
                values[node] = [
                    sum((p * values[child][player] for p, child in parts), self.ring.zero)
                    for player in range(len(game.players))
                ]
        return values

    # Conditions

    def conditions(self) -> Iterator[tuple[Polynomial, str, Broken]]:
        """Each condition: a polynomial, its relation to 0, and what is wrong where it fails."""
        for h in sorted(self.used):
            actions = self.used[h]
            worth = self.worth(h)
            best = worth[actions[0]]
            for action in actions[1:]:
                yield best - worth[action], "=", Broken(h, actions[0], action)
            for action in self.ground.actions(h):
                if action not in actions:
                    relation = ">" if h in self.ground.silent else ">="
                    yield best - worth[action], relation, Broken(h, actions[0], action)
            if self.plans:
                for action, value in self._by_plan(h):
                    yield best - value, ">=", Broken(h, actions[0], action)
        yield from self._ties()

    def worth(self, index: int) -> list[Polynomial]:
        """What each action is worth to the mover, weighted with the odds of the belief."""
        player = self.ground.movers[index]
        return [
            sum(
                (w * self.values[self.ground.child(x, a)][player] for x, w in self.weighted(index)),
                self.ring.zero,
            )
            for a in self.ground.actions(index)
        ]

    def weighted(self, index: int) -> list[tuple[int, Polynomial]]:
        """The nodes believed at a set, with their weights."""
        members = self.ground.members[index]
        return [(members[0], self.ring.one)] if len(members) == 1 else self.odds[index]

    def _by_plan(self, index: int) -> Iterator[tuple[int, Polynomial]]:
        """What plans that change more than one choice are worth, each with its first action.

        Where the player later knows where she is, what she does there is best in itself, and other
        actions here are all there is to compare.
        """
        ground, player = self.ground, self.ground.movers[index]
        for action in ground.actions(index):
            own = self._own_sets_after(index, action)
            if all(len(ground.members[h]) == 1 for h in own):
                continue
            for choice in product(*(ground.actions(h) for h in own)):
                plan = dict(zip(own, choice, strict=True))
                value = self.ring.zero
                for x, weight in self.weighted(index):
                    value = value + weight * self._under(ground.child(x, action), player, plan)
                yield action, value

    def _own_sets_after(self, index: int, action: int) -> list[int]:
        """The mover's own sets that may follow an action."""
        ground, game = self.ground, self.ground.game
        found = set()
        waiting = [ground.child(x, action) for x in ground.members[index]]
        while waiting:
            node = waiting.pop()
            h = game.set_of[node]
            if h == TERMINAL:
                continue
            if ground.movers[h] == ground.movers[index]:
                found.add(h)
            waiting += [x for x in game.children(node) if self._live(h, x)]
        return sorted(found)

    def _live(self, index: int, child: int) -> bool:
        return self.ground.movers[index] != CHANCE or self.ground.game.weight[child] != 0

    def _under(self, start: int, player: int, plan: dict[int, int]) -> Polynomial:
        """The player's value of a node when she follows a plan."""
        ground, game = self.ground, self.ground.game
        total = self.ring.zero
        waiting = [(start, self.ring.one)]
        while waiting:
            node, weight = waiting.pop()
            h = game.set_of[node]
            if h == TERMINAL:
                total = total + weight * self.values[node][player]
            elif ground.movers[h] == CHANCE:
                waiting += [(c, weight * self.ring.constant(p)) for c, p in ground.branches(node)]
            elif h in plan:
                waiting.append((ground.child(node, plan[h]), weight))
            else:
                waiting += [
                    (ground.child(node, a), weight * self.choice[h, a]) for a in self.used[h]
                ]
        return total

    def _ties(self) -> Iterator[tuple[Polynomial, str, Broken]]:
        """The relations among odds that consistency asks for."""
        for tie in self.beliefs.ties:
            sides = [self.ring.one, self.ring.one]
            for g, kind, power in tie:
                shares, totals = self.shares[g], self.totals[g]
                side = 0 if power > 0 else 1
                sides[side] = sides[side] * (shares[kind] * totals[0]) ** abs(power)
                sides[1 - side] = sides[1 - side] * (shares[0] * totals[kind]) ** abs(power)
            leader = self.beliefs.groups[tie[0][0]].leader
            yield sides[0] - sides[1], "=", Broken(leader, NO_ONE_ACTION, NO_ONE_ACTION)

    def system(self) -> System | Broken:
        """All conditions as one system; or one that fails whatever the unknowns are."""
        equal: list[Polynomial] = []
        at_least: list[Polynomial] = []
        above: list[Polynomial] = []
        for polynomial, relation, wrong in self.conditions():
            if polynomial.is_constant():
                if not met(evaluate(polynomial, [0] * len(self.variables)), relation):
                    return wrong
            else:
                {"=": equal, ">=": at_least, ">": above}[relation].append(polynomial)
        for h, actions in self.used.items():
            if len(actions) > 1:
                side = at_least if h in self.ground.silent else above
                side += [self.choice[h, action] for action in actions]
        for group, shares in zip(self.beliefs.groups, self.shares, strict=True):
            (above if group.bound else at_least).extend(shares)
        return System(self.ring, tuple(equal), tuple(at_least), tuple(above))

    # Solutions

    def choices_at(self, point: Sequence[Fraction]) -> tuple[Mixed | None, ...]:
        """The behaviour at a point. Where nobody ever comes to a set, its first action."""
        game = self.ground.game
        choices: list[Mixed | None] = [None] * len(game.sets)
        for h, actions in self.used.items():
            if len(actions) == 1:
                choices[h] = pure(actions[0], len(self.ground.actions(h)))
                continue
            choices[h] = tuple(
                evaluate(self.choice[h, a], point) if a in actions else Fraction(0)
                for a in self.ground.actions(h)
            )
        for h in self.ground.vanished:
            choices[h] = pure(0, len(self.ground.actions(h)))
        return tuple(choices)

    def beliefs_at(
        self, point: Sequence[Fraction], inside: Sequence[Fraction]
    ) -> tuple[Mixed | None, ...]:
        """The beliefs at a point of the closure: limits along the way from ``inside``."""
        game = self.ground.game
        beliefs: list[Mixed | None] = [None] * len(game.sets)
        for h in self.used:
            nodes = game.nodes_of[h]
            if len(believed := self.weighted(h)) == 1:
                beliefs[h] = pure(nodes.index(believed[0][0]), len(nodes))
                continue
            weights = {x: self._limit(w, point, inside) for x, w in believed}
            lowest = min(degree for degree, value in weights.values() if value)
            shares = [
                weights[x][1] if x in weights and weights[x][0] == lowest else Fraction(0)
                for x in nodes
            ]
            total = sum(shares, Fraction(0))
            beliefs[h] = tuple(share / total for share in shares)
        return tuple(beliefs)

    def _limit(
        self, weight: Polynomial, point: Sequence[Fraction], inside: Sequence[Fraction]
    ) -> tuple[int, Fraction]:
        """The first power of t, with its coefficient, of a weight at point + t (inside - point)."""
        if value := evaluate(weight, point):
            return 0, value
        if point == inside:
            return 0, Fraction(0)
        by_power: dict[int, Fraction] = {}
        for coefficient, exponents in terms(weight):
            line = {0: coefficient}
            for i, exponent in enumerate(exponents):
                for _ in range(exponent):
                    step: dict[int, Fraction] = {}
                    for power, c in line.items():
                        step[power] = step.get(power, Fraction(0)) + c * point[i]
                        slope = c * (inside[i] - point[i])
                        step[power + 1] = step.get(power + 1, Fraction(0)) + slope
                    line = step
            for power, c in line.items():
                by_power[power] = by_power.get(power, Fraction(0)) + c
        powers = [power for power, c in by_power.items() if c]
        return (min(powers), by_power[min(powers)]) if powers else (0, Fraction(0))
