"""One way through all refinements of signalling equilibria that test each unsent message.

Every solution of ``sequential`` is taken apart into its outcomes, each unsent message is ruled on,
and what stands is told with its form, what falls with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from alliance_games.algorithms.signalling_criteria import Ruling
from alliance_games.algorithms.signalling_outcomes import (
    Outcome,
    corner_outcomes,
    deviations,
    family_outcomes,
    outcome_of,
)
from alliance_games.algorithms.signalling_replies import Deviation, Tick
from alliance_games.exact.programs import Program, Row, maximize
from alliance_games.model.signalling import Signalling
from alliance_games.results.concept import Answers
from alliance_games.results.result import Conclusion, Coverage, Result
from alliance_games.results.signalling_forms import FORM, form_of
from alliance_games.results.solutions import Fact
from alliance_games.results.tree_solutions import Assessment, Continuum, Discarded

Numbers = Mapping[str, Fraction]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an outcome stands; if not, why; if so, what else is said of it."""

    stands: bool
    reason: str = ""
    numbers: Numbers = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)


Rule = Callable[[Deviation, Tick], Ruling]
Facts = Mapping[str, Fact]
Judge = Callable[[Signalling, Assessment | Continuum, Outcome, Tick], Verdict]


def refine(
    view: Signalling,
    sequential: Result,
    judge: Judge,
    method: str,
    tick: Tick,
    by_corners: Callable[[Signalling, Continuum, Tick], Verdict | None] | None = None,
) -> Answers:
    """The solutions that stand, in the order of ``sequential``, then those that fall.

    A continuum that may have several outcomes is not decided, and the coverage says so, unless
    ``by_corners`` decides it.
    """
    falling: list[Discarded] = []
    undecided = 0
    for solution in sequential.solutions:
        if not isinstance(solution, Assessment | Continuum):
            continue
        tick()
        outcome = outcome_of(view, solution)
        verdict: Verdict | None = None
        if outcome is not None:
            verdict = judge(view, solution, outcome, tick)
        elif isinstance(solution, Continuum):
            verdict = _by_families(view, solution, judge, tick)
            if verdict is None and by_corners is not None:
                verdict = by_corners(view, solution, tick)
        if verdict is None:
            undecided += 1
        elif verdict.stands:
            yield told(view, solution, verdict.facts)
        else:
            falling.append(Discarded(plain(solution), verdict.reason, verdict.numbers))
    yield from falling
    return conclusion(sequential, undecided, method)


def _by_families(view: Signalling, solution: Continuum, judge: Judge, tick: Tick) -> Verdict | None:
    """The verdict on which all families agree, where each has one outcome; None elsewhere."""
    outcomes = family_outcomes(view, solution)
    if outcomes is None:
        return None
    verdicts = [judge(view, solution, one, tick) for one in dict.fromkeys(outcomes)]
    if len({verdict.stands for verdict in verdicts}) > 1:
        return None
    first = verdicts[0]
    truths = {
        name: all(verdict.facts.get(name, True) for verdict in verdicts)
        for name, fact in first.facts.items()
        if isinstance(fact, bool)
    }
    return Verdict(first.stands, first.reason, first.numbers, truths)


def plain(one: Assessment | Continuum) -> Assessment | Continuum:
    """Without the certificate, which another concept's check gave."""
    return replace(one, certificate=None)


def told(view: Signalling, one: Assessment | Continuum, facts: Facts) -> Assessment | Continuum:
    """With its form, and what else is said of a survivor."""
    return replace(
        one, properties={**one.properties, FORM: form_of(view, one), **facts}, certificate=None
    )


def conclusion(sequential: Result, undecided: int, method: str) -> Conclusion:
    """How much of the truth it is: no more than ``sequential`` knows."""
    coverage = sequential.coverage
    because = "all sequential equilibria are known, and each was put to the test"
    if coverage is not Coverage.ALL:
        because = f"not all sequential equilibria are known: {sequential.because}"
    if undecided:
        many = "a continuum" if undecided == 1 else f"{undecided} continua"
        are = "is" if undecided == 1 else "are"
        because = f"{many} of equilibria may have several outcomes, and {are} left undecided"
        coverage = Coverage.SOME if coverage is Coverage.ALL else coverage
    return Conclusion(coverage, because, method)


Tell = Callable[[Signalling, Outcome, Ruling, Fraction | None], str]


def corner_judge(rule: Rule, tell: Tell) -> Callable[[Signalling, Continuum, Tick], Verdict | None]:
    """The judge of continua with several outcomes, for a rule that asks for signs of gains alone.

    Where it excludes the same types and finds the same types gaining at every corner of a convex
    family, it does so at every member. None where corners or families differ.
    """

    def judge(view: Signalling, solution: Continuum, tick: Tick) -> Verdict | None:
        families = corner_outcomes(view, solution)
        failing: list[tuple[Outcome, Deviation, Ruling] | None] = []
        for outcomes in families:
            corners = [[(d, rule(d, tick)) for d in deviations(view, one)] for one in outcomes]
            said = {tuple((r.excluded, r.gaining) for _, r in corner) for corner in corners}
            if len(said) > 1:
                return None
            failures = [(outcomes[0], d, r) for d, r in corners[0] if not r.passes]
            failing.append(failures[0] if failures else None)
        if not failing or len({one is None for one in failing}) > 1:
            return None
        if failing[0] is None:
            return Verdict(True)
        outcome, deviation, ruling = failing[0]
        least = min(deviation.gains[ruling.gaining[0]][r] for r in ruling.replies)
        reason = f"{tell(view, outcome, ruling, least)} (at its first extreme point)"
        return Verdict(False, reason, _numbers(view, outcome, ruling, least))

    return judge


def by_message(
    rule: Rule,
    tell: Tell,
    facts: Callable[[Signalling, Sequence[tuple[Deviation, Ruling]], Tick], Facts],
) -> Judge:
    """The judge that rules on each unsent message in turn; the first that fails decides."""

    def judge(
        view: Signalling, solution: Assessment | Continuum, outcome: Outcome, tick: Tick
    ) -> Verdict:
        rulings = []
        for deviation in deviations(view, outcome):
            ruling = rule(deviation, tick)
            rulings.append((deviation, ruling))
            if not ruling.passes:
                least = None
                if ruling.gaining:
                    own = deviation.gains[ruling.gaining[0]]
                    least = min(own[r] for r in ruling.replies)
                reason = tell(view, outcome, ruling, least)
                return Verdict(False, reason, _numbers(view, outcome, ruling, least))
        held = own_beliefs(view, solution, [ruling for _, ruling in rulings], tick)
        said = {OWN_BELIEFS: held} if held else {}
        return Verdict(True, facts={**facts(view, rulings, tick), **said})

    return judge


def _numbers(view: Signalling, outcome: Outcome, ruling: Ruling, least: Fraction | None) -> Numbers:
    """What the types that decide get now, and after the message."""
    message = view.messages[ruling.message]
    numbers = {}
    if least is not None:
        one = ruling.gaining[0]
        numbers[f"{view.types[one]} in equilibrium"] = outcome.payoffs[one]
        numbers[f"{view.types[one]} after {message}, at least"] = outcome.payoffs[one] + least
    for one, most in ruling.most.items():
        numbers[f"{view.types[one]} in equilibrium"] = outcome.payoffs[one]
        numbers[f"{view.types[one]} after {message}, at most"] = outcome.payoffs[one] + most
    return numbers


OWN_BELIEFS = "beliefs allowed"


def own_beliefs(
    view: Signalling, solution: Assessment | Continuum, rulings: Sequence[Ruling], tick: Tick
) -> str:
    """Whether the solution's own beliefs after unsent messages are among those allowed.

    'all' its members', those of 'some', or of 'none', whose outcome other beliefs support. '' where
    there is nothing to say: no message is unsent, or a continuum is given by examples.
    """
    families = (
        [[solution]]
        if isinstance(solution, Assessment)
        else [[solution.points[place] for place in family.points] for family in solution.families]
    )
    if not rulings or (
        isinstance(solution, Continuum) and not all(one.hull for one in solution.families)
    ):
        return ""
    members = [one for family in families for one in family]
    if all(_allowed(view, [one], rulings, tick) for one in members):
        return "all"
    return "some" if any(_allowed(view, one, rulings, tick) for one in families) else "none"


def _allowed(
    view: Signalling, family: Sequence[object], rulings: Sequence[Ruling], tick: Tick
) -> bool:
    """Whether some mixture of the members has an allowed belief after every unsent message.

    Unknowns are the weights of the members, then for each message those of the corners of the
    allowed beliefs.
    """
    size = len(family) + sum(len(ruling.beliefs) for ruling in rulings)
    rows: list[Row] = [([1] * len(family) + [0] * (size - len(family)), 1)]
    start = len(family)
    for ruling in rulings:
        at = view.receiver_set[ruling.message]
        assert at is not None
        order = _types_at(view, at)
        for place, type_ in enumerate(order):
            row: list[int | Fraction] = [0] * size
            for k, one in enumerate(family):
                assert isinstance(one, Assessment)
                belief = one.beliefs[at]
                assert belief is not None
                row[k] = belief[place]
            for k, corner in enumerate(ruling.beliefs):
                row[start + k] = -corner[type_]
            rows.append((row, 0))
        start += len(ruling.beliefs)
    return maximize(Program([0] * size, (), rows), tick).status == "optimal"


def _types_at(view: Signalling, index: int) -> list[int]:
    """The type of each node of a set of the receiver's."""
    found = [view.type_of_node(node) for node in view.game.nodes_of[index]]
    assert None not in found
    return [one for one in found if one is not None]
