"""From the ``expect:`` lines of a study to verdicts."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from alliance_games.certificates.regret import largest_gain
from alliance_games.claims import wording
from alliance_games.claims.counting import Infinite, count
from alliance_games.claims.matching import matches, profile
from alliance_games.claims.quantities import environment, speaks_of_equilibrium
from alliance_games.claims.setting import Setting
from alliance_games.claims.verdict import NoMatch, Outcome, Undecided, Verdict
from alliance_games.exact.evaluate import EvaluationError, evaluate_number, evaluate_truth
from alliance_games.exact.expression import Compare, Expression, to_text
from alliance_games.model.expectations import Expectation, Leaf, Listing, Table, Wanted
from alliance_games.model.problems import InvalidGame
from alliance_games.model.profiles import is_distribution
from alliance_games.model.study import Study
from alliance_games.model.study import Values as Overrides
from alliance_games.results.budget import Budget
from alliance_games.results.result import Coverage, Result
from alliance_games.results.solutions import (
    Behaviour,
    Component,
    Dominant,
    Dominated,
    Members,
    Point,
    Selection,
    Solution,
    Tally,
)

Read = Callable[[str, Study], Study]
"""Finds the file that ``in game: FILE`` names, as the study that names it would."""

Answer = tuple[bool, str]
"""Whether an expectation held, and what was found."""


def check(
    study: Study,
    *,
    read: Read | None = None,
    budget: Callable[[], Budget] = Budget,
    overrides: Overrides | None = None,
    scenario: str | None = None,
) -> tuple[Verdict, ...]:
    """Every expectation of ``study`` with its verdict, in the order of the file.

    ``scenario`` and ``overrides`` change the values at which lines that name no scenario of their
    own are asked. A line about every value of the parameters (``when``, ``increasing``...) is
    undecided: this version solves at values and does not prove.
    """
    checker = _Checker(study, read or read_beside, budget, overrides, scenario)
    return tuple(checker.verdict(expectation) for expectation in study.expectations)


def read_beside(name: str, study: Study) -> Study:
    """The study of a file named relative to another's folder, or in the library."""
    from alliance_games.reading import library, read_file

    beside = Path(study.file).parent / name
    path = beside if beside.exists() else library.find(name)
    return read_file(path or beside)


class _Checker:
    def __init__(
        self,
        study: Study,
        read: Read,
        budget: Callable[[], Budget],
        overrides: Overrides | None,
        scenario: str | None,
    ) -> None:
        self.study = study
        self.read = read
        self.budget = budget
        self.overrides = overrides
        self.scenario = scenario
        self.named = {one.name: one for one in study.expectations if one.name}
        self._settings: dict[tuple[str | None, str | None], Setting] = {}

    def verdict(self, expectation: Expectation) -> Verdict:
        """The verdict on one line; whatever cannot be held against the answer is a failure."""
        try:
            held, found = self._answer(expectation)
        except Undecided as reason:
            return Verdict(expectation, Outcome.UNDECIDED, str(reason))
        except (NoMatch, InvalidGame) as reason:
            return Verdict(expectation, Outcome.FAILED, str(reason))
        except EvaluationError as reason:
            return Verdict(expectation, Outcome.FAILED, reason.message)
        return Verdict(expectation, Outcome.HELD if held else Outcome.FAILED, found)

    def _answer(self, expectation: Expectation) -> Answer:
        if expectation.when is not None:
            raise Undecided(
                "not yet decided: a claim about every value of the parameters needs a proof, "
                "which this version does not give"
            )
        form = _FORMS.get(expectation.form)
        if form is None:
            raise Undecided(f"not yet decided: '{expectation.form}' needs a proof")
        return form(self, expectation, self._setting(expectation))

    def _setting(self, expectation: Expectation) -> Setting:
        scenario = expectation.scenario or (None if expectation.game else self.scenario)
        key = (expectation.game, scenario)
        if key not in self._settings:
            study = self.read(expectation.game, self.study) if expectation.game else self.study
            if scenario is not None and study.scenario(scenario) is None:
                raise NoMatch(f"{study.file or study.title} has no scenario called {scenario}")
            case = study.case(scenario, None if expectation.game else self.overrides)
            self._settings[key] = Setting(study, case, self.budget)
        return self._settings[key]

    def concept(self, expectation: Expectation, setting: Setting) -> Answer:
        """A concept with its whole answer, ``none``, or what it includes and excludes."""
        assert expectation.concept is not None
        result = setting.result(expectation.concept)
        found = wording.answer(setting, result)
        solutions = [one for one in result.solutions if _counts_as_answer(one)]
        if expectation.none:
            empty = not any(_is_something(one) for one in result.solutions)
            return empty and _all_known(result), found
        if expectation.includes or expectation.excludes:
            for wanted in expectation.includes:
                if not _in_answer(setting, wanted, result):
                    return False, found
            for wanted in expectation.excludes:
                if _in_answer(setting, wanted, result):
                    return False, found
            if expectation.excludes and not _all_known(result):
                raise Undecided(f"not all solutions are known ({result.because})")
            return True, found
        if any(isinstance(one, Tally) for one in solutions):
            raise Undecided(f"too many solutions to compare: {found}")
        assert expectation.content is not None
        wanted_all = _answers(expectation.content)
        hits = [[matches(setting, wanted, one) for one in solutions] for wanted in wanted_all]
        held = all(any(row) for row in hits) and all(any(column) for column in zip(*hits, strict=True))
        held = held and bool(solutions) and not _left_out(setting, wanted_all, solutions)
        return held and _all_known(result), found

    def equilibrium(self, expectation: Expectation, setting: Setting) -> Answer:
        """Whether the profile is a Nash equilibrium, by the definition."""
        assert expectation.content is not None
        held, why = is_equilibrium(setting, expectation.content)
        return (held if expectation.form == "equilibrium" else not held), why

    def count(self, expectation: Expectation, setting: Setting) -> Answer:
        """The number of a concept's solutions."""
        assert expectation.concept is not None
        assert expectation.number is not None
        wanted = evaluate_number(expectation.number, setting.environment)
        try:
            number = count(setting, expectation.concept)
        except Infinite as reason:
            return False, str(reason)
        return number == wanted, str(number)

    def unique(self, expectation: Expectation, setting: Setting) -> Answer:
        """Whether a concept has exactly one solution."""
        assert expectation.concept is not None
        found = wording.answer(setting, setting.result(expectation.concept))
        try:
            return count(setting, expectation.concept) == 1, found
        except Infinite as reason:
            return False, str(reason)

    def never(self, expectation: Expectation, setting: Setting) -> Answer:
        """Whether no equilibrium plays an action or a profile."""
        assert expectation.content is not None
        result = setting.equilibria()
        for one in result.solutions:
            if _plays(setting, expectation.content, one):
                return False, f"{wording.solution(setting, one)} is an equilibrium"
        if not _all_known(result) or result.concept == "pure-nash":
            raise Undecided("no equilibrium found plays it, but not all equilibria are known")
        return True, f"none of {len(result.solutions)} equilibria plays it"

    def compare(self, expectation: Expectation, setting: Setting) -> Answer:
        """A comparison, at the equilibrium that ``at`` names, or at every one."""
        comparison = expectation.of
        assert comparison is not None
        if expectation.at is not None:
            places: list[Solution | None] = [self._named(expectation.at, setting)]
        elif speaks_of_equilibrium(comparison):
            result = setting.equilibria()
            if not _all_known(result):
                raise Undecided(f"not all equilibria are known ({result.because})")
            if not result.solutions:
                raise NoMatch("there is no equilibrium here")
            places = list(result.solutions)
        else:
            places = [None]
        found = []
        for one in places:
            surroundings = environment(setting, one)
            found.append(_sides(comparison, lambda part, e=surroundings: evaluate_number(part, e)))  # type: ignore[misc]
            if not evaluate_truth(comparison, surroundings):
                return False, found[-1]
        return True, "; ".join(dict.fromkeys(found))

    def _named(self, name: str, setting: Setting) -> Solution:
        """The equilibrium that an ``as: NAME`` line describes, at this setting's values."""
        line = self.named.get(name)
        if line is None:
            raise NoMatch(f"no line is called {name} (with 'as: {name}')")
        if line.form == "equilibrium":
            assert line.content is not None
            held, why = is_equilibrium(setting, line.content)
            if not held:
                raise NoMatch(f"{name} is no equilibrium here: {why}")
            return _point(setting, line.content)
        assert line.concept is not None
        solutions = setting.result(line.concept).solutions
        here = [one for one in solutions if line.content and _is_one_of(setting, line.content, one)]
        if len(here) != 1:
            raise NoMatch(f"{name} describes {len(here)} solutions of {line.concept} here, not one")
        return here[0]


_FORMS: dict[str, Callable[[_Checker, Expectation, Setting], Answer]] = {
    "concept": _Checker.concept,
    "equilibrium": _Checker.equilibrium,
    "not equilibrium": _Checker.equilibrium,
    "count": _Checker.count,
    "unique": _Checker.unique,
    "never": _Checker.never,
    "compare": _Checker.compare,
}
"""The forms that speak of values; the others (increasing, decreasing, constant) need a proof."""


def is_equilibrium(setting: Setting, wanted: Wanted) -> Answer:
    """Whether a profile as written is a Nash equilibrium, and what deviation says it is not."""
    if setting.game.kind != "normal":
        result = setting.equilibria()
        if any(matches(setting, wanted, one) for one in result.solutions):
            return True, f"it is among the answers of {result.concept}"
        raise Undecided(
            f"it is not among the answers of {result.concept}, and this version does not look "
            f"for other Nash equilibria of {setting.game.kind} games"
        )
    written = profile(setting, wanted)
    for player, strategy in zip(setting.game.players, written, strict=True):
        if not is_distribution(strategy):
            return False, f"the probabilities of {player} are none: they sum to {sum(strategy)}"
    gain, player_index, better = largest_gain(setting.game, written)
    if not gain:
        return True, f"no player gains by deviating from {wording.profile(setting, written)}"
    name = setting.game.strategies[player_index][better]
    return False, (
        f"{setting.game.players[player_index]} gains {wording.number(gain)} by playing {name}"
    )


def _point(setting: Setting, wanted: Wanted) -> Solution:
    if setting.game.kind != "normal":
        return next(one for one in setting.equilibria().solutions if matches(setting, wanted, one))
    from alliance_games.certificates.regret import expected_payoffs

    written = profile(setting, wanted)
    return Point(written, expected_payoffs(setting.game, written))


def _answers(content: Wanted) -> tuple[Wanted, ...]:
    """The answers a line lists: a list of profiles is several, anything else is one."""
    if isinstance(content, Listing) and not all(isinstance(one, Leaf) for one in content.items):
        if all(isinstance(one, Listing | Table) for one in content.items):
            return content.items
    return (content,)


def _is_one_of(setting: Setting, content: Wanted, found: Solution) -> bool:
    return any(matches(setting, wanted, found) for wanted in _answers(content))


def _in_answer(setting: Setting, wanted: Wanted, result: Result) -> bool:
    """Whether an answer holds what is wanted, continua included (by the definition)."""
    if any(_counts_as_answer(one) and matches(setting, wanted, one) for one in result.solutions):
        return True
    if any(isinstance(one, Component) for one in result.solutions):
        return is_equilibrium(setting, wanted)[0]
    return False


def _counts_as_answer(found: Solution) -> bool:
    """Whether the solution is what a line about the concept speaks of.

    ``dominance: {Alice: Rabbit}`` speaks of dominant strategies; the dominated ones and the
    survivors of elimination are further information.
    """
    if isinstance(found, Members):
        return found.of.startswith("rationalizable")
    return not isinstance(found, Dominated)


def _is_something(found: Solution) -> bool:
    if isinstance(found, Selection):
        return found.profile is not None
    return not isinstance(found, Members)


def _left_out(setting: Setting, wanted: tuple[Wanted, ...], found: list[Solution]) -> bool:
    """Whether a dominant strategy is named for a player who has none."""
    if not found or not all(isinstance(one, Dominant) for one in found):
        return False
    have = {setting.game.players[one.player] for one in found if isinstance(one, Dominant)}
    return any(player not in have for one in wanted if isinstance(one, Table) for player, _ in one)


def _all_known(result: Result) -> bool:
    return result.coverage is Coverage.ALL


def _plays(setting: Setting, wanted: Wanted, found: Solution) -> bool:
    """Whether a solution plays an action (of whoever has it), a player's action, or a profile."""
    if isinstance(wanted, Listing):
        if isinstance(found, Component):
            return is_equilibrium(setting, wanted)[0]
        return matches(setting, wanted, found)
    used = _used(setting, found)
    if isinstance(wanted, Leaf):
        return any(action == wanted.text for _, action in used)
    return any((player, one.text) in used for player, one in wanted if isinstance(one, Leaf))


def _used(setting: Setting, found: Solution) -> set[tuple[str, str]]:
    """Every (player, action) a solution plays with positive probability; in trees, on its path."""
    game = setting.game
    if isinstance(found, Tally):
        raise Undecided("there are too many equilibria to list")
    if isinstance(found, Behaviour):
        assert game.kind == "extensive"
        used = set()
        for node, _ in found.outcomes:
            while (before := game.parent[node]) >= 0:
                mover = game.mover(before)
                if mover is not None and mover >= 0:
                    used.add((game.players[mover], game.action_into(node)))
                node = before
        return used
    profiles = (
        [found.profile]
        if isinstance(found, Point)
        else found.extreme_points
        if isinstance(found, Component)
        else []
    )
    if not profiles:
        raise Undecided("this version does not say what such equilibria play")
    assert game.kind == "normal"
    return {
        (player, names[index])
        for each in profiles
        for player, names, strategy in zip(game.players, game.strategies, each, strict=True)
        for index, probability in enumerate(strategy)
        if probability
    }


def _sides(comparison: Expression, value: Callable[[Expression], Fraction]) -> str:
    """The values of the two sides of a comparison, for the reader of a failure."""
    if not isinstance(comparison, Compare):
        return to_text(comparison)
    parts = [f"{to_text(part)} = {wording.number(value(part))}" for part in comparison.operands]
    return ", ".join(parts)
