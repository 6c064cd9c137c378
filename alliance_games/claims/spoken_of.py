"""At which equilibria a claim is taken, and whether these are all of them."""

from __future__ import annotations

from dataclasses import dataclass

from alliance_games.claims import ties
from alliance_games.claims.asked import SymbolicSetting
from alliance_games.claims.playing import equilibrium_here
from alliance_games.claims.quantities import speaks_of_equilibrium
from alliance_games.claims.setting import Setting
from alliance_games.claims.supports import Signature, signature
from alliance_games.claims.verdict import Undecided
from alliance_games.exact.expression import Expression
from alliance_games.model.expectations import Wanted
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import pure
from alliance_games.results.ordered import Undescribed
from alliance_games.results.result import Result
from alliance_games.results.solutions import Component, Members, Point, Solution


@dataclass(frozen=True, slots=True)
class Named:
    """An equilibrium that a line names: of which concept ('' for Nash), and what it plays.

    ``written`` is the profile as the line writes it, by which the equilibrium is followed where
    not all equilibria can be found in formulas; None where it is followed by what it plays.
    """

    name: str
    concept: str
    plays: Signature
    written: Wanted | None = None


def is_pure_alone(setting: SymbolicSetting, result: Result) -> bool:
    """Whether mixed equilibria of a game in normal form are not among the answers."""
    if result.concept != "pure-nash" or not isinstance(setting.game, NormalGame):
        return False
    left = setting.result("rationalizable").solutions
    # What elimination of strictly dominated strategies leaves is all that can be mixed.
    sizes = [len(own) for one in left if isinstance(one, Members) for own in one.members]
    return max(sizes, default=2) > 1


def reach_all(setting: SymbolicSetting, of: Expression, named: Named | None) -> None:
    """Raises Undescribed where what is true at the equilibria that are told may not be at all."""
    if named is not None or not speaks_of_equilibrium(of):
        return
    result = setting.equilibria()
    if is_pure_alone(setting, result):
        raise Undescribed("it holds at the pure equilibria, but mixed ones are not all told")
    if ties.tied(result.solutions) and (setting.turning_sets() or not ties.lies_between(of)):
        raise Undescribed(ties.MIXED)


def points(setting: SymbolicSetting, of: Expression, named: Named | None) -> list[Solution | None]:
    """The solutions at which a quantity is taken: the named equilibrium, all of them, or none
    (None) where it speaks of the game as a whole. Empty where the named one is not there."""
    if named is not None and named.written is not None:
        here = equilibrium_here(setting, named.written)
        return [] if here is None else [here]
    if named is not None:
        result = setting.result(named.concept) if named.concept else setting.equilibria()
        alike = [one for one in result.solutions if signature(one) == named.plays]
        if len(alike) > 1:
            raise Undecided(f"several equilibria play what '{named.name}' does")
        if alike or not any(map(_is_many, result.solutions)):
            return list(alike)
        if not _is_pure(named.plays):
            raise Undescribed(f"'{named.name}' may lie in a continuum of equilibria")
        return list(inside(setting, result, named.plays))
    if speaks_of_equilibrium(of):
        return list(setting.equilibria().solutions)
    return [None]


def inside(setting: Setting, result: Result, plays: Signature) -> list[Solution]:
    """The pure profile that plays so, where it lies in a continuum of the answer: by the definition
    of an equilibrium. In a tree all pure equilibria are told, at ties too."""
    game = setting.game
    if not isinstance(game, NormalGame) or plays is None or not _is_pure(plays):
        return []
    if not any(isinstance(one, Component) for one in result.solutions):
        return []
    profile = tuple(next(iter(used)) for used in plays if isinstance(used, frozenset))
    for player, own in enumerate(game.shape):
        for other in range(own):
            instead = (*profile[:player], other, *profile[player + 1 :])
            if game.payoff(player, instead) > game.payoff(player, profile):
                return []
    chosen = tuple(pure(place, n) for place, n in zip(profile, game.shape, strict=True))
    return [Point(chosen, game.payoffs(profile))]


def _is_pure(plays: Signature) -> bool:
    sizes = [len(used) for used in plays or () if isinstance(used, frozenset)]
    return bool(sizes) and max(sizes) == 1


def _is_many(one: Solution) -> bool:
    """Whether a solution stands for more equilibria than itself."""
    return one.kind == "component" or ties.tied([one])
