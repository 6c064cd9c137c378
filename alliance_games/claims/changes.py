"""``increasing``, ``decreasing``, ``constant``: proved from the definition, at any two values.

A quantity is increasing in a parameter where of any two values of it, all else equal, the greater
gives more. So the game is taken twice, with two symbols for that parameter, and the two quantities
are compared wherever both games satisfy the assumptions. No derivative is taken: jumps from one
regime to the next, and regions with gaps, are covered by the same comparison.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from alliance_games.claims.asked import SymbolicSetting
from alliance_games.claims.proving import (
    Named,
    Proof,
    Prover,
    is_pure_alone,
    points,
    reach,
    simple,
)
from alliance_games.claims.quantities import speaks_of_equilibrium
from alliance_games.claims.supports import Signature, signature
from alliance_games.claims.ties import MIXED, tied
from alliance_games.claims.verdict import Absent, Undecided
from alliance_games.exact.expression import Expression
from alliance_games.exact.polynomials import Ring, ring
from alliance_games.exact.rational_functions import RationalFunction
from alliance_games.model.environments import Value
from alliance_games.model.expectations import Expectation
from alliance_games.model.parametric import ParametricGame, Values
from alliance_games.parametric.decide import Decider, Factors, Point
from alliance_games.parametric.explore import Leaf, Outside, Path, explore
from alliance_games.parametric.games import GameBuilder, TooLarge
from alliance_games.parametric.region import Symbols, hold, symbols
from alliance_games.parametric.symbolic import OutsideClass
from alliance_games.results.ordered import Undescribed

WORDS = {"increasing": "greater", "decreasing": "smaller", "constant": "the same"}

Recheck = Callable[[Values, Values, Signature], str | None]
"""Solves at both values and says what is wrong with the claim about equilibria that play so; None
where nothing is."""


@dataclass(frozen=True, slots=True)
class Twice:
    """A game with two values of one parameter: ``first`` and ``second`` give every parameter its
    number, alike but for that one, whose second value is the last variable of the ring."""

    ring: Ring
    symbols: Symbols
    first: Mapping[str, Value]
    second: Mapping[str, Value]
    gap: Fraction

    def values(self, point: Point, which: int) -> Values:
        """All parameters' values in the first (0) or second (1) game."""
        own = list(point[:-1])
        if which:
            own[self.place] = point[-1]
        return self.symbols.values(own)

    @property
    def place(self) -> int:
        """Where the parameter stands among the variables."""
        return next(
            i
            for i in range(len(self.symbols.names))
            if self.gap == _variable(self.ring, len(self.symbols.names)) - _variable(self.ring, i)
        )


def _variable(of: Ring, index: int) -> Fraction:
    return RationalFunction.variable(of, index)


def twice(
    game: ParametricGame, values: Values, over: tuple[str, ...] | None, parameter: str
) -> Twice:
    """Two copies of a game's symbols; raises KeyError where the parameter is none that is free."""
    free = symbols(game, values, over)
    if parameter not in free.names:
        raise KeyError(parameter)
    place = free.names.index(parameter)
    both = ring([*free.names, f"{parameter}'"])
    last = len(free.names)

    def numbers(chosen: int) -> dict[str, Value]:
        at = {
            where: _variable(both, chosen if index == place else index)
            for index, where in enumerate(free.places)
        }
        found: dict[str, Value] = {}
        for name, value in values.items():
            if isinstance(value, Mapping):
                found[name] = {keys: at.get((name, keys), entry) for keys, entry in value.items()}
            else:
                found[name] = at.get((name, ()), value)
        return found

    gap = _variable(both, last) - _variable(both, place)
    return Twice(both, free, numbers(place), numbers(last), gap)


def prove_change(
    prover: Prover, expectation: Expectation, named: Named | None, recheck: Recheck
) -> Proof:
    """Decide whether a quantity changes in a parameter as the line says."""
    study, form, of = prover.study, expectation.form, expectation.of
    assert of is not None and expectation.parameter is not None
    try:
        pair = twice(study.game, prover.values, prover.over, expectation.parameter)
    except KeyError:
        return Proof("undecided", f"{expectation.parameter} is held at one value here")
    builders = [GameBuilder(study.game, numbers) for numbers in (pair.first, pair.second)]
    decider = Decider(Factors(pair.ring), prover.budget.tick)
    failed: dict[tuple[tuple[str, int], ...], Signature] = {}

    def procedure(path: Path) -> bool | None:
        if not path.is_positive(pair.gap):
            raise Outside
        found, open_ = [], []
        for builder in builders:
            hold(study.game, builder, path)
            setting = prover.setting(builder, path, expectation.when)
            found.append(_quantities(setting, of, named))
            open_.append(_what_else(setting, of, named))
            prover.beyond = prover.beyond or setting.beyond
        shared = [key for key in found[0] if key in found[1]]
        for key in shared:
            if not _as_claimed(form, found[1][key] - found[0][key], path):
                failed[tuple(sorted(path.conditions().items()))] = key
                return False
        # Equilibria that are not told can play alike only where there are such on both sides.
        if all(open_):
            raise Undescribed(open_[0])
        return True if shared else None

    try:
        explored = explore(procedure, decider, [({}, None)], prover.budget)
    except OutsideClass as outside:
        return Proof("undecided", outside.in_words)
    except (TooLarge, Undecided) as reason:
        return Proof("undecided", str(reason))
    doubts = [explored.stopped] if explored.stopped else []
    for leaf in explored.leaves:
        if leaf.outcome is False:
            key = failed.get(tuple(sorted(leaf.conditions.items())))
            refuted = _refuted(pair, decider, leaf, key, recheck, prover.beyond)
            if isinstance(refuted, Proof):
                return refuted
            doubts.append(refuted)
    doubts += [leaf.undecided for leaf in explored.leaves if leaf.undecided]
    if doubts:
        return Proof("undecided", doubts[0])
    return _proved(expectation, explored.leaves)


def _proved(expectation: Expectation, leaves: Sequence[Leaf[bool | None]]) -> Proof:
    if not any(leaf.outcome for leaf in leaves):
        return Proof("undecided", "there are no two values at which the quantity can be compared")
    both = f"any two values of {expectation.parameter}"
    both += reach(leaves, "at which the same equilibrium exists")
    if expectation.form == "constant":
        return Proof("proved", f"proved: {both} give the same")
    return Proof(
        "proved",
        f"proved: of {both}, all else equal, the greater one gives the "
        f"{WORDS[expectation.form]} quantity",
    )


def _what_else(setting: SymbolicSetting, of: Expression, named: Named | None) -> str:
    """Which equilibria there are beside those at which the quantity is told; '' for none."""
    if named is not None or not speaks_of_equilibrium(of):
        return ""
    result = setting.equilibria()
    if is_pure_alone(setting, result):
        return "mixed equilibria are not all told, and the quantity may change otherwise at them"
    return MIXED if tied(result.solutions) else ""


def _quantities(
    setting: SymbolicSetting, of: Expression, named: Named | None
) -> dict[Signature, Fraction]:
    """The quantity at each equilibrium, by what that plays; nothing where it has no value.

    Raises Undecided where two equilibria play alike, so that neither can be followed.
    """
    found: dict[Signature, Fraction] = {}
    try:
        for one in points(setting, of, named):
            plays = None if one is None else signature(one)
            if plays in found:
                raise Undecided("several equilibria play alike, and none of them can be followed")
            found[plays] = setting.quantity(of, one)
    except Absent:
        return {}
    return found


def _as_claimed(form: str, rise: Fraction, path: Path) -> bool:
    if form == "increasing":
        return path.is_positive(rise)
    return path.is_negative(rise) if form == "decreasing" else path.is_zero(rise)


def _refuted(
    pair: Twice,
    decider: Decider,
    leaf: Leaf[bool | None],
    key: Signature,
    recheck: Recheck,
    beyond: str,
) -> Proof | str:
    if leaf.undecided or leaf.witness is None:
        return leaf.undecided or "no two values are known at which it fails"
    place = pair.place
    defaults = (*pair.symbols.defaults, pair.symbols.defaults[place] + 1)
    point = simple(decider, leaf, defaults)
    if point is None:
        return "it seems to fail at irrational values only, which are not solved exactly"
    first, second = pair.values(point, 0), pair.values(point, 1)
    wrong = recheck(first, second, key)
    name = pair.symbols.names[place]
    rest = ", ".join(
        f"{other} = {value}"
        for index, (other, value) in enumerate(zip(pair.symbols.names, point, strict=False))
        if index != place and value != pair.symbols.defaults[index]
    )
    where = f"from {name} = {point[place]} to {point[-1]}{f' with {rest}' if rest else ''}"
    if wrong is None and beyond:
        return f"it fails at an equilibrium that need not be one here: {beyond}"
    if wrong is None:
        from alliance_games.solve import SelfCheckFailed

        raise SelfCheckFailed(
            f"a change that the proof refutes is as claimed {where}; please report this with the "
            "game file"
        )
    return Proof("refuted", f"not {where}: {wrong}", (first, second))
