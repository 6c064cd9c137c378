"""The quantities a comparison may speak of: payoffs, probabilities, welfare, thresholds, counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from alliance_games.claims.counting import count
from alliance_games.claims.matching import place
from alliance_games.claims.setting import Setting
from alliance_games.claims.verdict import Absent, NoMatch, Undecided
from alliance_games.concepts import names
from alliance_games.exact.evaluate import Environment
from alliance_games.exact.expression import Expression, Name, Text, calls
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.results.records import Record
from alliance_games.results.solutions import (
    Behaviour,
    Component,
    Point,
    Selection,
    Solution,
)
from alliance_games.results.tree_solutions import QuantalPath

AT_AN_EQUILIBRIUM = frozenset({"payoff", "probability", "belief", "welfare", "choice"})
"""The quantities that have a value only at an equilibrium."""

EVERYWHERE = frozenset({"count", "threshold", "value"})
"""The quantities of the game as a whole."""


def speaks_of_equilibrium(expression: Expression) -> bool:
    """Whether the expression has a value only at an equilibrium."""
    return bool(calls(expression) & AT_AN_EQUILIBRIUM)


def speaks_of_the_game(expression: Expression) -> bool:
    """Whether the game has to be known, and not its parameters alone."""
    return bool(calls(expression) & (AT_AN_EQUILIBRIUM | EVERYWHERE))


Function = Callable[[tuple[Expression, ...]], Fraction | int]


def environment(setting: Setting, solution: Solution | None) -> Environment:
    """The parameters of the case, and the quantities at ``solution``."""
    return setting.environment.extended(functions=functions(setting, solution))


def functions(setting: Setting, solution: Solution | None) -> dict[str, Function]:
    """The quantities at ``solution`` by the names of their functions."""

    def payoff(arguments: tuple[Expression, ...]) -> Fraction:
        (player,) = _words("payoff", arguments, 1)
        return _payoffs(setting, solution)[place(player, setting.game.players, "player")]

    def welfare(arguments: tuple[Expression, ...]) -> Fraction:
        _words("welfare", arguments, 0)
        return sum(_payoffs(setting, solution), Fraction(0))

    def probability(arguments: tuple[Expression, ...]) -> Fraction:
        return _probability(setting, solution, arguments)

    def belief(arguments: tuple[Expression, ...]) -> Fraction:
        return _in_a_tree(setting, solution, arguments, "belief")

    def number_of(arguments: tuple[Expression, ...]) -> int:
        (concept,) = _words("count", arguments, 1)
        return count(setting, _known(concept))

    def threshold(arguments: tuple[Expression, ...]) -> Fraction:
        return _threshold(setting, arguments)

    def choice(arguments: tuple[Expression, ...]) -> Fraction:
        (player,) = _words("choice", arguments, 1)
        return _named(setting, solution, "choices", player)

    def value(arguments: tuple[Expression, ...]) -> Fraction:
        concept, *path = _words("value", arguments, len(arguments))
        return _value(setting, concept, path)

    return {
        "payoff": payoff,
        "welfare": welfare,
        "probability": probability,
        "belief": belief,
        "count": number_of,
        "threshold": threshold,
        "choice": choice,
        "value": value,
    }


def _words(function: str, arguments: tuple[Expression, ...], wanted: int) -> list[str]:
    words = [
        one.name if isinstance(one, Name) else one.value
        for one in arguments
        if isinstance(one, Name | Text)
    ]
    if len(words) != wanted or len(arguments) != wanted:
        raise NoMatch(f"{function}(...) takes {wanted or 'no'} name{'s' if wanted > 1 else ''}")
    return words


def _known(concept: str) -> str:
    """The name of a concept; NoMatch where there is none of that name."""
    if concept not in names():
        raise NoMatch(f"there is no concept called '{concept}'")
    return concept


def _payoffs(setting: Setting, solution: Solution | None) -> tuple[Fraction, ...]:
    if isinstance(solution, Point | Behaviour):
        return solution.payoffs
    if isinstance(solution, Record):
        players = setting.game.players
        return tuple(_named(setting, solution, "payoffs", player) for player in players)
    if solution is not None and not isinstance(solution, Component):
        from alliance_games.claims import trees

        found = trees.payoffs(setting.game, solution)
        if found is not None:
            return found
    raise NoMatch("payoffs are those at one equilibrium, and this answer is not one")


def _named(setting: Setting, solution: Solution | None, what: str, player: str) -> Fraction:
    """One player's own of the ``choices`` or ``payoffs`` of an answer that names them."""
    place(player, setting.game.players, "player")
    found = getattr(solution, what, None)
    if isinstance(solution, Record) and isinstance(found, Mapping) and player not in found:
        raise Undecided(f"the {what} of {player} are no rational functions of the parameters")
    if not isinstance(solution, Record) or not isinstance(found, Mapping):
        raise NoMatch(f"{what} are those at one equilibrium, and this answer is not one")
    number: Fraction = found[player]
    return number


def _value(setting: Setting, concept: str, path: list[str]) -> Fraction:
    """``value("shapley-value", France)``: a number within the one answer of a concept.

    Of the branches of quantal response it is a probability on the first, at a precision.
    """
    from alliance_games.claims.records import value_of

    solutions = setting.result(_known(concept)).solutions
    branches = [one for one in solutions if isinstance(one, QuantalPath)]
    if branches:
        from alliance_games.claims.quantal import probability

        return probability(setting, branches[0], path)
    found = [one for one in solutions if isinstance(one, Record)]
    if len(found) != 1:
        raise NoMatch(f"{concept} has {len(found)} answers that name their numbers, not one")
    return value_of(found[0], path)


def _probability(
    setting: Setting, solution: Solution | None, arguments: tuple[Expression, ...]
) -> Fraction:
    """``probability(Alice, Stag)``; in a tree ``probability(Minor, full, accept)``."""
    if isinstance(setting.game, ExtensiveGame):
        return _in_a_tree(setting, solution, arguments, "probability")
    if isinstance(solution, Point):
        player, strategy = _words("probability", arguments, 2)
        number = place(player, setting.game.players, "player")
        return solution.profile[number][place(strategy, setting.strategies(number), "strategy")]
    raise NoMatch("probabilities are those at one equilibrium, and this answer is not one")


def _in_a_tree(
    setting: Setting, solution: Solution | None, arguments: tuple[Expression, ...], of: str
) -> Fraction:
    """``probability(Minor, full, accept)``, ``belief(Adversary, Treaty, Committed)``."""
    from alliance_games.claims import trees

    game = setting.game
    if not isinstance(game, ExtensiveGame):
        raise NoMatch("beliefs are held at the information sets of a tree")
    player, name, what = _words(of, arguments, 3)
    place(player, game.players, "player")
    index = trees.set_called(trees.sets_of(game, player), name, player)
    names = game.sets[index].actions if of == "probability" else game.node_names(index)
    number = place(what, names, "action" if of == "probability" else "node")
    found = None if solution is None else trees.distribution(solution, of, index)
    if found is None:
        kind = "probabilities" if of == "probability" else "beliefs"
        raise NoMatch(f"{kind} are those at one equilibrium, and this answer is not one")
    return found[number]


def _threshold(setting: Setting, arguments: tuple[Expression, ...]) -> Fraction:
    """``threshold(Alice)``: how sure of the other's move she must be, by risk dominance."""
    (player,) = _words("threshold", arguments, 1)
    place(player, setting.game.players, "player")
    for solution in setting.result("risk-dominance").solutions:
        if isinstance(solution, Selection):
            for name, number in solution.numbers.items():
                if name.startswith("threshold") and name.endswith(player):
                    return number
    raise Absent(f"there is no threshold belief of {player} here")
