"""Lines about all values of the parameters, from the file to a verdict.

What is held fixed (by a scenario or by settings), which equilibrium a name means, and the second
look that the ordinary solver takes at every counterexample.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from alliance_games.claims.changes import WORDS, prove_change
from alliance_games.claims.playing import equilibrium
from alliance_games.claims.proving import Named, Proof, Prover, is_pure, pure_here
from alliance_games.claims.quantities import (
    environment,
    speaks_of_equilibrium,
    speaks_of_the_game,
)
from alliance_games.claims.setting import Setting
from alliance_games.claims.supports import Signature, signature
from alliance_games.claims.verdict import NoMatch, Outcome, Undecided, Verdict
from alliance_games.claims.wording import number
from alliance_games.exact.evaluate import EvaluationError, evaluate_number
from alliance_games.model.expectations import Expectation
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.other_forms import OtherForm
from alliance_games.model.parametric import Values, entries_of
from alliance_games.model.problems import NOT_WHOLE, InvalidGame
from alliance_games.model.study import Study
from alliance_games.parametric.regimes import MOST_STRATEGIES, Unsupported, usable
from alliance_games.parametric.trees import whole
from alliance_games.results.budget import LimitReached
from alliance_games.results.solutions import Solution

if TYPE_CHECKING:
    from alliance_games.claims.check import Checker

OUTCOMES = {
    "proved": Outcome.PROVED,
    "refuted": Outcome.REFUTED,
    "undecided": Outcome.UNDECIDED,
}


def verdict(checker: Checker, expectation: Expectation) -> Verdict:
    """What becomes of a line about all values (and of rankings: all numbers that fit them)."""
    checker = checker.cardinal()
    try:
        proof = _proof(checker, expectation)
    except (Undecided, LimitReached) as reason:
        # A limit may also be reached where the cases that were found are put into words.
        return Verdict(expectation, Outcome.UNDECIDED, str(reason))
    except (NoMatch, InvalidGame) as reason:
        return Verdict(expectation, Outcome.FAILED, f"nothing to prove: {reason}")
    except EvaluationError as reason:
        return Verdict(expectation, Outcome.FAILED, f"nothing to prove: {reason.message}")
    return Verdict(expectation, OUTCOMES[proof.outcome], proof.words, proof.cases)


def _proof(checker: Checker, expectation: Expectation) -> Proof:
    setting = checker.setting(expectation)
    study, game = setting.study, setting.study.game
    if game.is_constant:
        raise NoMatch("the game has no parameters whose values it could be about")
    scenario = study.scenario(expectation.scenario) if expectation.scenario else None
    held = dict(scenario.values) if scenario is not None else {}
    if not expectation.game:
        held.update(checker.overrides or {})
    prover = Prover(
        study,
        setting.case.values,
        _free(study, setting.case.values, held),
        checker.budget(),
        elsewhere=expectation.game is not None,
        of_parameters=_is_of_parameters(expectation),
    )
    named = _named(checker, expectation, setting)
    if expectation.form in WORDS:

        def changed(first: Values, second: Values, plays: Signature) -> str | None:
            settings = [
                Setting(study, study.case(None, v), checker.budget) for v in (first, second)
            ]
            return _change_is_wrong(expectation, settings, plays, named)

        return prove_change(prover, expectation, named, changed)

    def wrong(values: Values) -> str | None:
        return _is_wrong(checker, expectation, study, values, named)

    return prover.prove(expectation, named, wrong)


def _is_of_parameters(expectation: Expectation) -> bool:
    """Whether a line compares formulas in the parameters, and asks nothing of the game."""
    if expectation.form not in WORDS and expectation.form != "compare":
        return False
    of = expectation.of
    return of is not None and expectation.at is None and not speaks_of_the_game(of)


def _free(study: Study, values: Values, held: Values) -> tuple[str, ...] | None:
    """The parameters and entries that are not held; None where none is."""
    if not held:
        return None
    fixed: set[str] = set()
    for name, value in held.items():
        whole = not isinstance(value, dict)
        fixed |= {name} if whole else {label for label, _ in entries_of(name, value)}
    return tuple(
        label
        for name, value in values.items()
        if name not in fixed
        for label, _ in entries_of(name, value)
        if label not in fixed
    )


def _named(checker: Checker, expectation: Expectation, setting: Setting) -> Named | None:
    """The equilibrium of ``at: NAME``, known by what it plays at the line's own values."""
    if expectation.at is None:
        return None
    line = checker.named.get(expectation.at)
    found = checker.equilibrium_called(expectation.at, setting)
    plays = signature(found)
    if line is None or plays is None:
        raise NoMatch(f"'{expectation.at}' is no single profile that could be followed")
    written = line.content if _is_followed_as_written(line, setting) else None
    if written is None:
        _require_all_sets(setting, expectation.at)
    return Named(expectation.at, line.concept or "", plays, written)


def _require_all_sets(setting: Setting, name: str) -> None:
    """Undecided where chance leaves something out: other information sets have the same numbers."""
    game = setting.game
    if isinstance(game, ExtensiveGame) and game.sets != whole(setting.study.game).sets:
        raise Undecided(
            f"'{name}' is known by what it plays, but where its line stands, or at a "
            "counterexample, chance leaves out a part of the game"
        )


def _is_followed_as_written(line: Expectation, setting: Setting) -> bool:
    """Whether a named equilibrium is known at other values by its line's formulas alone.

    It is where not all equilibria are found in formulas: among more than two players in normal
    form or among many strategies, and in trees in which moves are hidden.
    """
    if line.concept is not None or isinstance(setting.game, OtherForm):
        return False
    shape = [] if isinstance(setting.game, ExtensiveGame) else setting.study.game.strategies
    if shape:
        return len(shape) != 2 or max(map(len, shape)) > MOST_STRATEGIES
    return not any(_is_stated(concept, setting.study) for concept in setting.equilibrium_concepts())


def _is_stated(concept: str, study: Study) -> bool:
    try:
        usable(concept, study)
    except Unsupported:
        return False
    return True


def _is_wrong(
    checker: Checker, expectation: Expectation, study: Study, values: Values, named: Named | None
) -> str | None:
    """What the ordinary solver finds against a line at values; None where it holds there."""
    try:
        case = study.case(None, values)
    except InvalidGame as invalid:
        if all(problem.code == NOT_WHOLE for problem in invalid.problems):
            raise Undecided("it fails for numbers that are not whole, which are no case") from None
        raise
    setting = Setting(study, case, checker.budget)
    line = replace(expectation, when=None, scenario=None)
    if line.form == "compare" and named is not None and line.of is not None:
        surroundings = environment(setting, _followed(setting, named))
        from alliance_games.claims.check import sides
        from alliance_games.exact.evaluate import evaluate_truth

        return None if evaluate_truth(line.of, surroundings) else sides(line.of, surroundings)
    found = checker.at_values(line, lambda _: setting)
    if found.outcome is Outcome.UNDECIDED:
        raise Undecided(f"a counterexample is not confirmed: {found.found}")
    return None if found.outcome is Outcome.HELD else f"found {found.found}"


def _followed(setting: Setting, named: Named) -> Solution:
    """The equilibrium that plays what the named one does; raises NoMatch."""
    if named.written is not None:
        return equilibrium(setting, named.written)
    _require_all_sets(setting, named.name)
    result = setting.result(named.concept) if named.concept else setting.equilibria()
    found = [one for one in result.solutions if signature(one) == named.plays]
    if not found and isinstance(setting.game, NormalGame) and is_pure(named.plays):
        found = pure_here(setting.game, named.plays)
    if len(found) != 1:
        raise NoMatch(f"{len(found)} equilibria play what '{named.name}' does")
    return found[0]


def _change_is_wrong(
    expectation: Expectation, settings: list[Setting], plays: Signature, named: Named | None
) -> str | None:
    """What the quantity is at both values where it does not change as the line says."""
    of = expectation.of
    assert of is not None
    found: list[Fraction] = []
    for setting in settings:
        solution: Solution | None = None
        if named is not None:
            solution = _followed(setting, named)
        elif speaks_of_equilibrium(of):
            alike = [s for s in setting.equilibria().solutions if signature(s) == plays]
            if len(alike) != 1:
                raise Undecided("a counterexample is not confirmed: the equilibrium is not found")
            solution = alike[0]
        found.append(evaluate_number(of, environment(setting, solution)))
    rise = found[1] - found[0]
    as_claimed = {"increasing": rise > 0, "decreasing": rise < 0, "constant": rise == 0}
    if as_claimed[expectation.form]:
        return None
    return f"it is {number(found[0])}, then {number(found[1])}"
