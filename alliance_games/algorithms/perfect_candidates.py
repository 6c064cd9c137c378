"""The profiles among sequential equilibria that are held to a stronger test, one by one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction

from alliance_games.model.extensive import CHANCE, TERMINAL, ExtensiveGame
from alliance_games.model.profiles import Mixed, Payoffs
from alliance_games.results.solutions import Solution
from alliance_games.results.tree_solutions import Assessment, Continuum

Choices = tuple[Mixed | None, ...]


@dataclass(slots=True)
class Candidates:
    """``choices`` are the profiles; ``varying`` is how many continua have more profiles than that:
    of these only the extreme points and the middles of families are among them. ``irrational`` is
    how many profiles were left out because their probabilities are."""

    choices: list[Choices] = field(default_factory=list)
    varying: int = 0
    irrational: int = 0


def candidates(solutions: Iterable[Solution]) -> Candidates:
    """The different profiles of assessments and of continua of them, in their order."""
    found = Candidates()
    seen: set[Choices] = set()

    def add(choices: Choices) -> None:
        if choices in seen:
            return
        seen.add(choices)
        if all(isinstance(p, Fraction) for choice in choices for p in choice or ()):
            found.choices.append(choices)
        else:
            found.irrational += 1

    for solution in solutions:
        if isinstance(solution, Assessment):
            add(solution.choices)
        elif isinstance(solution, Continuum):
            varies = False
            for family in solution.families:
                members = [solution.points[place] for place in family.points]
                points = [one.choices for one in members if isinstance(one, Assessment)]
                for choices in points:
                    add(choices)
                if len(set(points)) > 1 or (not family.hull and family.dimension):
                    varies = True
                if family.hull == "behaviour" and len(set(points)) > 1:
                    add(_middle(points))
            found.varying += varies
    return found


def _middle(points: list[Choices]) -> Choices:
    return tuple(
        None
        if at_set[0] is None
        else tuple(
            sum(column, Fraction(0)) / len(points)
            for column in zip(*(choice or () for choice in at_set), strict=True)
        )
        for at_set in zip(*points, strict=True)
    )


def play_of(
    game: ExtensiveGame, choices: Choices
) -> tuple[Payoffs, tuple[tuple[int, Fraction], ...]]:
    """The expected payoffs of a profile, and the endings reached with their probabilities."""
    reach = [Fraction(1)] * game.size
    outcomes = []
    payoffs = [Fraction(0)] * len(game.players)
    for node in range(game.size):
        index = game.set_of[node]
        if index == TERMINAL:
            if reach[node]:
                outcomes.append((node, reach[node]))
                for player, worth in enumerate(game.payoffs(node)):
                    payoffs[player] += reach[node] * worth
            continue
        children = game.children(node)
        total = sum(game.weight[child] for child in children)
        choice = choices[index] or ()
        for action, child in enumerate(children):
            chance = game.sets[index].player == CHANCE
            share = Fraction(game.weight[child], total) if chance else choice[action]
            reach[child] = reach[node] * share
    return tuple(payoffs), tuple(outcomes)
