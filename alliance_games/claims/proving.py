"""Claims about every value of the parameters: proved, refuted by a counterexample, or undecided.

A claim is a procedure over the numbers of the field Q(parameters) that ends in yes or no. Explored
for every way the signs it asks can fall, it is proved where every leaf says yes; a leaf that says
no has a point, at which the ordinary solver must find the claim wrong, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from alliance_games.claims import answers, ties
from alliance_games.claims.asked import SymbolicSetting, with_definitions
from alliance_games.claims.counting import Infinite, count, is_one_play
from alliance_games.claims.playing import equilibrium_here, holds_as_equilibrium, plays
from alliance_games.claims.quantities import speaks_of_equilibrium
from alliance_games.claims.supports import Signature, signature
from alliance_games.claims.verdict import Absent, NotAsked, Undecided
from alliance_games.exact.expression import Expression
from alliance_games.model.expectations import Expectation, Wanted
from alliance_games.model.normal import NormalGame
from alliance_games.model.parametric import Values
from alliance_games.model.profiles import pure
from alliance_games.model.study import Case, Study
from alliance_games.parametric.decide import Decider, Point, rational
from alliance_games.parametric.explore import Exploration, Leaf, Path, explore
from alliance_games.parametric.games import GameBuilder, SymbolicGame, TooLarge
from alliance_games.parametric.region import Region, hold_for_all, region
from alliance_games.parametric.samples import simple_point
from alliance_games.parametric.symbolic import OutsideClass, number
from alliance_games.results.budget import Budget
from alliance_games.results.ordered import Undescribed
from alliance_games.results.result import Result
from alliance_games.results.solutions import Members, Solution
from alliance_games.results.solutions import Point as Equilibrium

ABSENT = "there is no such equilibrium or number"


@dataclass(frozen=True, slots=True)
class Proof:
    """What became of a claim about all values.

    ``outcome`` is 'proved', 'refuted' or 'undecided', ``words`` say why; ``counterexample`` holds
    the parameters' values (two of them for a change), ``cases`` the conditions of each case that
    was told apart, with what was found there.
    """

    outcome: str
    words: str
    counterexample: tuple[Values, ...] = ()
    cases: tuple[tuple[str, str], ...] = ()


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


Holds = Callable[[SymbolicSetting], bool | None]
"""Whether a claim holds at a place; None where it speaks of what is not there."""


def statement(expectation: Expectation, named: Named | None) -> Holds:
    """The claim of a line that speaks of one place at a time, as a function of the place."""

    def at_equilibria(setting: SymbolicSetting) -> bool | None:
        assert expectation.of is not None
        return _at_all(setting, expectation.of, named)

    def counted(setting: SymbolicSetting) -> bool:
        assert expectation.concept is not None and expectation.number is not None
        wanted = number(expectation.number, setting.scope, setting.signs)
        try:
            found = count(setting, expectation.concept)
        except Infinite:
            return False
        return setting.signs.is_zero(Fraction(0) + wanted - found)

    def unique(setting: SymbolicSetting) -> bool:
        assert expectation.concept is not None
        found = setting.result(expectation.concept).solutions
        try:
            alone = count(setting, expectation.concept) == 1
        except Infinite:
            return False
        return alone and all(is_one_play(setting.game, one) for one in found)

    def never(setting: SymbolicSetting) -> bool:
        assert expectation.content is not None
        return _never(setting, expectation.content)

    def equilibrium(setting: SymbolicSetting) -> bool:
        assert expectation.content is not None
        return holds_as_equilibrium(setting, expectation.content) == (
            expectation.form == "equilibrium"
        )

    def concept(setting: SymbolicSetting) -> bool:
        assert expectation.concept is not None
        result = setting.result(expectation.concept)
        if ties.tied(result.solutions):
            return ties.hold(setting, expectation, result)
        return answers.holds(setting, expectation, result)

    forms: Mapping[str, Holds] = {
        "concept": concept,
        "equilibrium": equilibrium,
        "not equilibrium": equilibrium,
        "count": counted,
        "unique": unique,
        "never": never,
        "compare": at_equilibria,
    }
    holds = forms[expectation.form]
    if expectation.form not in ("concept", "count", "unique"):
        return holds

    def where_asked(setting: SymbolicSetting) -> bool | None:
        try:
            return holds(setting)
        except NotAsked:
            return False  # nor does it hold at values where the ordinary solver refuses

    return where_asked


def _never(setting: SymbolicSetting, content: Wanted) -> bool:
    """Whether no equilibrium plays something. Raises Undescribed where one not told might."""
    result = setting.equilibria()
    if any(plays(setting, content, one) for one in result.solutions):
        return False
    if is_pure_alone(setting, result):
        raise Undescribed("no pure equilibrium plays it, but a mixed one might")
    if (
        ties.tied(result.solutions)
        and setting.turning_sets()
        and not ties.never_at_a_set(setting, content, result)
    ):
        raise Undescribed(ties.MIXED)
    return True


def _at_all(setting: SymbolicSetting, of: Expression, named: Named | None) -> bool | None:
    """Whether a comparison holds at all equilibria, or the named one; None where there is none."""
    try:
        found = points(setting, of, named)
        holds = all(setting.holds(of, one) for one in found) if found else None
    except Absent:
        return None
    if holds:
        _reach_all(setting, of, named)
    return holds


def is_pure_alone(setting: SymbolicSetting, result: Result) -> bool:
    """Whether mixed equilibria of a game in normal form are not among the answers."""
    if result.concept != "pure-nash" or not isinstance(setting.game, NormalGame):
        return False
    left = [one for one in setting.result("dominance").solutions if isinstance(one, Members)]
    # What elimination of strictly dominated strategies leaves is all that can be mixed.
    return not left or any(len(own) > 1 for own in left[0].members)


def _reach_all(setting: SymbolicSetting, of: Expression, named: Named | None) -> None:
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
        if not alike and isinstance(setting.game, NormalGame) and is_pure(named.plays):
            return list(pure_here(setting.game, named.plays))
        if not alike and any(map(_is_many, result.solutions)) and not is_pure(named.plays):
            raise Undescribed(f"'{named.name}' may lie in a continuum of equilibria")
        return list(alike)
    if speaks_of_equilibrium(of):
        return list(setting.equilibria().solutions)
    return [None]


def is_pure(plays: Signature) -> bool:
    """Whether an equilibrium that plays so is pure. In a tree all such are told, at ties too."""
    sizes = [len(used) for used in plays or () if isinstance(used, frozenset)]
    return bool(sizes) and max(sizes) == 1


def pure_here(game: NormalGame, plays: Signature) -> list[Solution]:
    """The pure profile that plays so, if it is an equilibrium (by the definition): it may lie in a
    continuum."""
    assert plays is not None
    profile = tuple(next(iter(used)) for used in plays if isinstance(used, frozenset))
    for player, own in enumerate(game.shape):
        for other in range(own):
            instead = (*profile[:player], other, *profile[player + 1 :])
            if game.payoff(player, instead) > game.payoff(player, profile):
                return []
    chosen = tuple(pure(place, n) for place, n in zip(profile, game.shape, strict=True))
    return [Equilibrium(chosen, game.payoffs(profile))]


def _is_many(one: Solution) -> bool:
    """Whether a solution stands for more equilibria than itself."""
    return one.kind == "component" or ties.tied([one])


class Prover:
    """Proves claims about one study: the region is found once for each choice of what is free."""

    def __init__(
        self,
        study: Study,
        values: Values,
        over: tuple[str, ...] | None,
        budget: Budget,
        elsewhere: bool = False,
        of_parameters: bool = False,
    ) -> None:
        self.study = replace(study, game=study.game.among(values))
        self.values, self.over, self.budget = values, over, budget
        self.elsewhere, self.of_parameters = elsewhere, of_parameters
        self.beyond = ""
        """Why equilibria of a wider concept stood for those that a claim speaks of, or ''."""
        self.case = Case(None, values, study.game.at(values))

    def setting(self, builder: GameBuilder, path: Path, when: Expression | None) -> SymbolicSetting:
        """The game at the place where ``path`` stands; Outside where ``when`` does not hold.

        The condition is asked first: where it fails no question about the game need be asked.
        """
        scope = builder.scope()
        if self.elsewhere:
            # Lines about another file's game are kept as written, its definitions by name.
            scope = with_definitions(scope, self.study.game.definitions, path)
        if when is not None:
            hold_for_all(when, self.study.game, builder, scope, path)
        return SymbolicSetting(self.study, self.case, self._game(builder, path), scope, path)

    def _game(self, builder: GameBuilder, path: Path) -> SymbolicGame | None:
        """The game in formulas; None where it has none and the claim asks nothing of it."""
        try:
            return builder.build(path)
        except (OutsideClass, TooLarge):
            if self.of_parameters:
                return None
            raise

    def prove(
        self,
        expectation: Expectation,
        named: Named | None,
        recheck: Callable[[Values], str | None],
    ) -> Proof:
        """Decide a claim about one place at a time.

        ``recheck`` solves at values by the ordinary solver and says what is wrong with the claim
        there, or None where it holds.
        """
        holds = statement(expectation, named)

        def procedure(path: Path) -> bool | None:
            setting = self.setting(where.builder, path, expectation.when)
            outcome = holds(setting)
            self.beyond = self.beyond or setting.beyond
            return outcome

        try:
            where = region(self.study.game, self.values, self.over, self.budget)
            found = explore(procedure, where.decider, where.pieces, self.budget)
        except OutsideClass as outside:
            return Proof("undecided", outside.in_words)
        except (TooLarge, Undecided) as reason:
            return Proof("undecided", str(reason))
        return self._concluded(where, found, recheck)

    def _concluded(
        self,
        where: Region,
        found: Exploration[bool | None],
        recheck: Callable[[Values], str | None],
    ) -> Proof:
        cases = tuple((self.words(where, leaf), _verdict(leaf)) for leaf in found.leaves)
        doubts = [*where.undecided, *filter(None, (where.stopped, found.stopped))]
        for leaf in found.leaves:
            if leaf.outcome is not False or leaf.excluded:
                continue
            refuted = self._refuted(where, leaf, recheck, cases)
            if isinstance(refuted, Proof):
                return refuted
            doubts.append(refuted)
        doubts += [leaf.undecided for leaf in found.leaves if leaf.undecided]
        if doubts:
            return Proof("undecided", doubts[0], cases=cases)
        kept = [leaf for leaf in found.leaves if leaf.outcome is not None]
        if not kept:
            if any(leaf.outcome is None and not leaf.excluded for leaf in found.leaves):
                return Proof("undecided", f"{ABSENT} for any value in question", cases=cases)
            return Proof("undecided", "no values meet the assumptions and the condition")
        return Proof("proved", _proved(found.leaves), cases=cases)

    def _refuted(
        self,
        where: Region,
        leaf: Leaf[bool | None],
        recheck: Callable[[Values], str | None],
        cases: tuple[tuple[str, str], ...],
    ) -> Proof | str:
        """The refutation by a point of the leaf, or why it is not certain."""
        if leaf.undecided or leaf.witness is None:
            return leaf.undecided or "no point is known at which it fails"
        at = simple(where.decider, leaf, where.symbols.defaults)
        if at is None:
            return "it seems to fail at irrational values only, which are not solved exactly"
        values = where.symbols.values(at)
        wrong = recheck(values)
        if wrong is None and self.beyond:
            return f"it fails at an equilibrium that need not be one here: {self.beyond}"
        if wrong is None:
            from alliance_games.solve import SelfCheckFailed

            raise SelfCheckFailed(
                f"a claim that the proof refutes holds at {shown(where, at)}; please report this "
                "with the game file"
            )
        return Proof("refuted", f"not at {shown(where, at)}: {wrong}", (values,), cases)

    def words(self, where: Region, leaf: Leaf[bool | None]) -> str:
        """The conditions of a case, as a reader writes them."""
        from alliance_games.parametric.wording import Writer

        writer = Writer(where)
        own = [(key, signs) for key, signs in leaf.conditions.items() if key in leaf.forked]
        expression = writer.conjunction(tuple(own))
        return "in every case" if expression is None else str(expression)


def simple(decider: Decider, leaf: Leaf[bool | None], defaults: Point) -> Point | None:
    """A rational point of the leaf, as simple as it can be found; None where none is."""
    assert leaf.witness is not None
    point = simple_point(decider, leaf.conditions, leaf.witness, defaults)
    return point if rational(point) else None


def shown(where: Region, point: Point) -> str:
    """``stag = 3, rabbit = 2``: the values that are not the defaults, or all of them."""
    pairs = list(zip(where.symbols.names, point, where.symbols.defaults, strict=True))
    moved = [(name, value) for name, value, default in pairs if value != default]
    kept = moved or [(name, value) for name, value, _ in pairs]
    return ", ".join(f"{name} = {value}" for name, value in kept)


def _verdict(leaf: Leaf[bool | None]) -> str:
    if leaf.excluded:
        return f"left out: {leaf.excluded}"
    if leaf.undecided:
        return f"undecided: {leaf.undecided}"
    if leaf.outcome is None:
        return ABSENT
    return "it holds" if leaf.outcome else "it does not hold"


def reach(leaves: Iterable[Leaf[bool | None]], exists: str) -> str:
    """How far a proof reaches: that ``exists`` is needed, and where payoffs have no value."""
    known = tuple(leaves)
    words = ""
    if any(leaf.outcome is None and not leaf.excluded for leaf in known):
        words += f" {exists}"
    if excluded := next((leaf.excluded for leaf in known if leaf.excluded), ""):
        words += f" at which payoffs have one (not where {excluded})"
    return words


def _proved(leaves: tuple[Leaf[bool | None], ...]) -> str:
    kept = [leaf for leaf in leaves if leaf.outcome]
    words = "proved for all values" + reach(leaves, "at which what it speaks of exists")
    return words if len(kept) == 1 else f"{words}, in {len(kept)} cases"
