"""From the ``expect:`` lines of a study to verdicts: one function per form of line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from alliance_games.claims import wording
from alliance_games.claims.answers import described, hold
from alliance_games.claims.counting import Infinite, count, is_one_play
from alliance_games.claims.playing import equilibrium, is_equilibrium, plays
from alliance_games.claims.quantities import environment, speaks_of_equilibrium
from alliance_games.claims.setting import Setting
from alliance_games.claims.verdict import Answer, NoMatch, Outcome, Undecided, Verdict
from alliance_games.concepts import find, names
from alliance_games.exact.evaluate import (
    Environment,
    EvaluationError,
    evaluate_number,
    evaluate_truth,
)
from alliance_games.exact.expression import (
    Compare,
    Expression,
    Name,
    Number,
    to_text,
    walk,
)
from alliance_games.model.cardinal import cardinal_study, is_ordinal
from alliance_games.model.expectations import Expectation, Leaf, Listing, Table, Wanted
from alliance_games.model.parametric import Values
from alliance_games.model.problems import InvalidGame
from alliance_games.model.study import Study
from alliance_games.results.budget import Budget
from alliance_games.results.result import Coverage
from alliance_games.results.solutions import Solution

Read = Callable[[str, Study], Study]
"""Finds the file that ``in game: FILE`` names, as the study that names it would."""


def check(
    study: Study,
    *,
    read: Read | None = None,
    budget: Callable[[], Budget] = Budget,
    overrides: Values | None = None,
    scenario: str | None = None,
) -> tuple[Verdict, ...]:
    """Every expectation of ``study`` with its verdict, in the order of the file.

    ``scenario`` and ``overrides`` change the values at which lines that name no scenario of their
    own are asked. A line about every value of the parameters (``when``, ``increasing``...) is
    proved, refuted or left undecided; parameters that a scenario or ``overrides`` set are held.
    """
    checker = Checker(study, read or read_beside, budget, overrides, scenario)
    return tuple(checker.verdict(expectation) for expectation in study.expectations)


def read_beside(name: str, study: Study) -> Study:
    """The study of a file named relative to another's folder, or in the library."""
    from alliance_games.reading import library, read_file

    beside = Path(study.file).parent / name
    found: Study = read_file(beside if beside.exists() else library.find(name) or beside)
    return found


class Checker:
    """One study's expectations: its cases, each solved once, and its named equilibria."""

    def __init__(
        self,
        study: Study,
        read: Read,
        budget: Callable[[], Budget],
        overrides: Values | None,
        scenario: str | None,
    ) -> None:
        self.study = study
        self.read = read
        self.budget = budget
        self.overrides = overrides
        self.scenario = scenario
        self.named = {one.name: one for one in study.expectations if one.name}
        self._numbers: Checker | None = None
        self._settings: dict[tuple[str | None, str | None], Setting] = {}

    def verdict(self, expectation: Expectation) -> Verdict:
        """The verdict on one line; what cannot be held against the answer has failed."""
        if self.is_about_all_values(expectation):
            from alliance_games.claims.for_all import verdict

            return verdict(self, expectation)
        return self.at_values(expectation, self.setting)

    def is_about_all_values(self, expectation: Expectation) -> bool:
        """Whether a line is proved or refuted, and not held against the answer at some values."""
        return (
            expectation.when is not None
            or expectation.form not in _FORMS
            or self._is_about_numbers(expectation)
        )

    def _is_about_numbers(self, expectation: Expectation) -> bool:
        """Whether a line about an ordinal game is about what rankings leave open.

        It is then claimed for all numbers that fit the rankings.
        """
        if expectation.game or not is_ordinal(self.study.game):
            return False
        if expectation.concept is not None:
            return not (expectation.concept in names() and find(expectation.concept).ordinal)
        return expectation.form in ("compare", "never") or _has_numbers(expectation.content)

    def cardinal(self) -> Checker:
        """The checker of the same lines with numbers in place of rankings; itself where there are
        none, here or in the files that lines name."""
        if self._numbers is None:
            self._numbers = Checker(
                cardinal_study(self.study),
                lambda name, beside: cardinal_study(self.read(name, beside)),
                self.budget,
                self.overrides,
                self.scenario,
            )
            self._numbers._numbers = self._numbers
        return self._numbers

    def at_values(
        self, expectation: Expectation, setting: Callable[[Expectation], Setting]
    ) -> Verdict:
        """The verdict on a line at the values of one setting."""
        try:
            held, found = _FORMS[expectation.form](self, expectation, setting(expectation))
        except Undecided as reason:
            return Verdict(expectation, Outcome.UNDECIDED, str(reason))
        except (NoMatch, InvalidGame) as reason:
            return Verdict(expectation, Outcome.FAILED, f"nothing to compare: {reason}")
        except EvaluationError as reason:
            return Verdict(expectation, Outcome.FAILED, f"nothing to compare: {reason.message}")
        return Verdict(expectation, Outcome.HELD if held else Outcome.FAILED, found)

    def setting(self, expectation: Expectation) -> Setting:
        scenario = expectation.scenario or (None if expectation.game else self.scenario)
        key = (expectation.game, scenario)
        if key not in self._settings:
            study = self.read(expectation.game, self.study) if expectation.game else self.study
            if scenario is not None and study.scenario(scenario) is None:
                raise NoMatch(f"{study.title} has no scenario called {scenario}")
            case = study.case(scenario, None if expectation.game else self.overrides)
            self._settings[key] = Setting(study, case, self.budget)
        return self._settings[key]

    def equilibrium_called(self, name: str, setting: Setting) -> Solution:
        """The equilibrium that an ``as: NAME`` line describes, at this setting's values."""
        line = self.named.get(name)
        if line is None or line.content is None:
            raise NoMatch(f"no line names an equilibrium {name} (with 'as: {name}')")
        try:
            if line.concept is None:
                return equilibrium(setting, line.content)
            return described(setting, line.content, setting.result(line.concept))
        except NoMatch as reason:
            raise NoMatch(f"{name}: {reason}") from reason


def _concept(checker: Checker, expectation: Expectation, setting: Setting) -> Answer:
    assert expectation.concept is not None
    return hold(setting, expectation, setting.result(expectation.concept))


def _equilibrium(checker: Checker, expectation: Expectation, setting: Setting) -> Answer:
    assert expectation.content is not None
    held, why = is_equilibrium(setting, expectation.content)
    return held == (expectation.form == "equilibrium"), why


def _count(checker: Checker, expectation: Expectation, setting: Setting) -> Answer:
    assert expectation.concept is not None and expectation.number is not None
    wanted = evaluate_number(expectation.number, setting.environment)
    try:
        number = count(setting, expectation.concept)
    except Infinite as reason:
        return False, str(reason)
    return number == wanted, str(number)


def _unique(checker: Checker, expectation: Expectation, setting: Setting) -> Answer:
    assert expectation.concept is not None
    solutions = setting.result(expectation.concept).solutions
    found = wording.answers(setting, [one for one in solutions if one.kind != "discarded"])
    try:
        alone = count(setting, expectation.concept) == 1
        return alone and all(is_one_play(setting.game, one) for one in solutions), found
    except Infinite as reason:
        return False, str(reason)


def _never(checker: Checker, expectation: Expectation, setting: Setting) -> Answer:
    assert expectation.content is not None
    result = setting.equilibria()
    for one in result.solutions:
        if plays(setting, expectation.content, one):
            return False, f"{wording.solution(setting, one)} is an equilibrium"
    if result.coverage is not Coverage.ALL or result.concept == "pure-nash":
        raise Undecided("no equilibrium found plays it, but not all equilibria are known")
    return True, f"none of the answers of {result.concept} plays it"


def _compare(checker: Checker, expectation: Expectation, setting: Setting) -> Answer:
    comparison = expectation.of
    assert comparison is not None
    if expectation.at is not None:
        points: tuple[Solution | None, ...] = (checker.equilibrium_called(expectation.at, setting),)
    elif speaks_of_equilibrium(comparison):
        result = setting.equilibria()
        if result.coverage is not Coverage.ALL:
            raise Undecided(f"not all equilibria are known ({result.because})")
        if not result.solutions:
            raise NoMatch("there is no equilibrium here")
        points = result.solutions
    else:
        points = (None,)
    found: dict[str, None] = {}
    for point in points:
        surroundings = environment(setting, point)
        shown = sides(comparison, surroundings)
        if not evaluate_truth(comparison, surroundings):
            return False, shown
        found[shown] = None
    return True, "; ".join(found)


def sides(comparison: Expression, surroundings: Environment) -> str:
    """The values of the sides of every comparison, for the reader of a failure."""
    found: dict[str, None] = {}
    for part in walk(comparison):
        if isinstance(part, Compare):
            for side in part.operands:
                if not isinstance(side, Number):
                    value = wording.number(evaluate_number(side, surroundings))
                    found[f"{to_text(side)} = {value}"] = None
    return ", ".join(found)


def _has_numbers(content: Wanted | None) -> bool:
    """Whether a profile is written with probabilities."""
    match content:
        case Table(entries):
            return any(_has_numbers(wanted) for _, wanted in entries)
        case Listing(items):
            return any(_has_numbers(wanted) for wanted in items)
        case Leaf():
            return content.number is not None and not isinstance(content.number, Name)
    return False


_FORMS: dict[str, Callable[[Checker, Expectation, Setting], Answer]] = {
    "concept": _concept,
    "equilibrium": _equilibrium,
    "not equilibrium": _equilibrium,
    "count": _count,
    "unique": _unique,
    "never": _never,
    "compare": _compare,
}
"""The forms that speak of values; the others (increasing, decreasing, constant) need a proof."""
