"""What pure equilibria of a tree say of those that mix where a player is indifferent.

Conditions of trees tell the pure equilibria, each marked ``several`` where a tie makes more than
one. Where no earlier choice turns on how ties are broken, all others mix these, node by node, and
whatever is multilinear in the mixtures lies between its values at them; else mixing can make new
equilibria, which play what none of the pure ones does. At an information set below which nothing
turns so, the best actions are the same in all equilibria (``turning_sets``).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from alliance_games.claims.matching import matches
from alliance_games.claims.trees import pure_sets_of
from alliance_games.exact.expression import (
    Arithmetic,
    Call,
    Compare,
    Expression,
    Logic,
    Negate,
    calls,
)
from alliance_games.model.expectations import Expectation, Leaf, Listing, Table, Wanted
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.results.ordered import Undescribed
from alliance_games.results.result import Result
from alliance_games.results.solutions import Behaviour, Solution

if TYPE_CHECKING:
    from alliance_games.claims.asked import SymbolicSetting

MIXED = "a player is indifferent there, and mixes in further equilibria"

LINEAR = frozenset({"payoff", "probability", "welfare"})
"""The quantities that are multilinear in what is mixed."""

AT_EQUILIBRIA = LINEAR | {"belief", "choice"}


def tied(solutions: Iterable[Solution]) -> bool:
    """Whether a tie makes more equilibria than the pure ones that are told."""
    return any(isinstance(one, Behaviour) and "several" in one.properties for one in solutions)


def lies_between(comparison: Expression) -> bool:
    """Whether a comparison that is true at some points is true at all mixtures of them: all that
    it compares is linear in quantities that are."""
    if isinstance(comparison, Logic):
        return comparison.operator == "and" and all(map(lies_between, comparison.operands))
    if not isinstance(comparison, Compare) or "!=" in comparison.operators:
        return not calls(comparison) & AT_EQUILIBRIA
    return all(map(_is_linear, comparison.operands))


def _is_linear(formula: Expression) -> bool:
    if not calls(formula) & AT_EQUILIBRIA:
        return True
    match formula:
        case Negate(operand):
            return _is_linear(operand)
        case Arithmetic("+" | "-", left, right):
            return _is_linear(left) and _is_linear(right)
        case Arithmetic("*", left, right):
            alone = [part for part in (left, right) if not calls(part) & AT_EQUILIBRIA]
            return bool(alone) and _is_linear(left) and _is_linear(right)
        case Arithmetic("/", left, right):
            return _is_linear(left) and not calls(right) & AT_EQUILIBRIA
        case Call(function, _):
            return function in LINEAR
    return False


def hold(setting: SymbolicSetting, expectation: Expectation, result: Result) -> bool:
    """Whether a line describes the subgame-perfect equilibria at a tie. Raises Undescribed where
    the pure ones do not tell.

    All mixtures are of one continuum, which a line describes where it describes every member.
    """
    if expectation.none or (expectation.content is None and not _listed(expectation)):
        raise Undescribed(MIXED)
    turning = setting.turning_sets()
    whole = [_everywhere(setting, wanted, result, turning) for wanted in _listed(expectation)]
    if expectation.includes or expectation.excludes:
        count = len(expectation.includes)
        return all(whole[:count]) and not any(whole[count:])
    return all(whole)


def _listed(expectation: Expectation) -> tuple[Wanted, ...]:
    if expectation.includes or expectation.excludes:
        return (*expectation.includes, *expectation.excludes)
    content = expectation.content
    if isinstance(content, Listing) and not any(isinstance(one, Leaf) for one in content.items):
        return content.items
    return () if content is None else (content,)


def _everywhere(
    setting: SymbolicSetting, wanted: Wanted, result: Result, turning: frozenset[int]
) -> bool:
    """Whether every equilibrium plays what is wanted (True), or none (False)."""
    game = setting.game
    if not isinstance(game, ExtensiveGame):
        raise Undescribed(MIXED)
    spoken_of = pure_sets_of(game, wanted) if isinstance(wanted, Table) else None
    # A list is a whole path, on which every choice before it matters.
    named = isinstance(wanted, Table) and spoken_of is not None and not turning & spoken_of
    if not named and (turning or isinstance(wanted, Table)):
        raise Undescribed(MIXED)
    hits = [matches(setting, wanted, one) for one in result.solutions]
    if any(hits) and not all(hits):
        raise Undescribed(MIXED)
    return all(hits)


def never_at_a_set(setting: SymbolicSetting, wanted: Wanted, result: Result) -> bool:
    """Whether no equilibrium plays an action where its player is asked, come play there or not."""
    game = setting.game
    if not isinstance(game, ExtensiveGame):
        return False
    if isinstance(wanted, Leaf):
        player, action = None, wanted.text
    elif isinstance(wanted, Table) and len(wanted.entries) == 1:
        ((player, leaf),) = wanted
        if not isinstance(leaf, Leaf):
            return False
        action = leaf.text
    else:
        return False
    turning = setting.turning_sets()
    asked = [
        (index, one.actions.index(action))
        for index, one in enumerate(game.sets)
        if action in one.actions
        and one.player >= 0
        and (player is None or game.players[one.player] == player)
    ]
    return bool(asked) and not any(
        index in turning or _used(one, index, place)
        for index, place in asked
        for one in result.solutions
    )


def _used(one: Solution, index: int, place: int) -> bool:
    choice = one.choices[index] if isinstance(one, Behaviour) else None
    return choice is None or bool(choice[place])


__all__ = ["MIXED", "hold", "lies_between", "never_at_a_set", "tied"]
