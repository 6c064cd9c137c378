"""Intuitive criterion, D1 and divinity held to their definitions, message by message.

Cho and Kreps 1987, sections III and IV; Banks and Sobel 1987, section 3.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import NamedTuple

from alliance_games.certificates.signalling_beliefs import (
    Unsent,
    best_together,
    gain,
    replies,
    same_equilibrium,
    sure,
    unsent_at_corners,
    unsent_messages,
)
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.profiles import Mixed
from alliance_games.model.signalling import Signalling, signalling_view
from alliance_games.results.signalling_forms import FORM, form_of
from alliance_games.results.solutions import Certificate, Solution
from alliance_games.results.tree_solutions import Assessment, Continuum, Discarded

CLAIM = "every unsent message was ruled on by the vertices of the beliefs and replies it allows"


class Found(NamedTuple):
    """What the definition says of an outcome: whether it stands, the numbers of the message that
    fails it (none where it stands), and truths that a survivor tells."""

    stands: bool
    numbers: dict[str, Fraction]
    truths: dict[str, bool]


def check_intuitive(
    game: ExtensiveGame, solution: Solution, sequential: Iterable[Solution]
) -> Certificate:
    """Whether the solution is a sequential equilibrium of which this is the right verdict."""
    return _check(game, solution, sequential, _intuitive)


def check_d1(
    game: ExtensiveGame, solution: Solution, sequential: Iterable[Solution]
) -> Certificate:
    """The same for D1."""
    return _check(game, solution, sequential, _d1)


def check_divine(
    game: ExtensiveGame, solution: Solution, sequential: Iterable[Solution]
) -> Certificate:
    """The same for divinity."""
    return _check(game, solution, sequential, _divine)


def _check(
    game: ExtensiveGame,
    solution: Solution,
    sequential: Iterable[Solution],
    rule: Callable[[Signalling, Sequence[Unsent]], Found],
) -> Certificate:
    view = signalling_view(game)
    falls = isinstance(solution, Discarded)
    equilibrium = solution.solution if isinstance(solution, Discarded) else solution
    if view is None or not isinstance(equilibrium, Assessment | Continuum):
        return Certificate(False, CLAIM)
    if not any(same_equilibrium(equilibrium, other) for other in sequential):
        return Certificate(False, "it is none of the sequential equilibria")
    found = _of_families(view, equilibrium, rule)
    if found is None or found.stands == falls:
        return Certificate(False, CLAIM)
    if isinstance(solution, Discarded):
        return Certificate(bool(solution.reason) and solution.numbers == found.numbers, CLAIM)
    said = equilibrium.properties
    right = said.get(FORM) == form_of(view, equilibrium)
    right = right and all(said.get(name) == truth for name, truth in found.truths.items())
    return Certificate(right, CLAIM)


def _of_families(
    view: Signalling,
    equilibrium: Assessment | Continuum,
    rule: Callable[[Signalling, Sequence[Unsent]], Found],
) -> Found | None:
    """What the definition says of every family; None where they differ, or it is not settled."""
    silent = unsent_messages(view, equilibrium)
    if silent is None:
        return _intuitive_at_corners(view, equilibrium) if rule is _intuitive else None
    told = [rule(view, each) for each in silent]
    if len({found.stands for found in told}) > 1:
        return None
    names = {name for found in told for name in found.truths}
    truths = {name: all(found.truths[name] for found in told) for name in names}
    return Found(told[0].stands, told[0].numbers, truths)


def _intuitive(view: Signalling, silent: Sequence[Unsent]) -> Found:
    supported = True
    for one in silent:
        losing, wins, groups = _who(one)
        if wins:
            return Found(False, _of_message(view, one, losing, wins[0], groups), {})
        supported = supported and _deterred(one, groups)
    return Found(True, {}, {"supported without excluded types": supported})


def _who(one: Unsent) -> tuple[dict[int, Fraction], list[int], list[tuple[int, ...]]]:
    """Who would lose whatever the reply, and how little; who gains whatever the reply to the
    others; and these replies."""
    types = range(len(one.gains))
    every = {r for group in best_together(one, sure(types, len(types))) for r in group}
    most = {t: max(one.gains[t][r] for r in every) for t in types}
    losing = {t: worth for t, worth in most.items() if worth < 0}
    left = [t for t in types if t not in losing] or list(types)
    groups = best_together(one, sure(left, len(types)))
    return losing, [t for t in left if t not in losing and _always(one, t, groups)], groups


def _of_message(
    view: Signalling,
    one: Unsent,
    losing: Mapping[int, Fraction],
    winner: int,
    groups: Iterable[Sequence[int]],
) -> dict[str, Fraction]:
    message, now = view.messages[one.message], one.now
    numbers = _least(view, one, winner, groups)
    for t, worth in losing.items():
        numbers[f"{view.types[t]} in equilibrium"] = now[t]
        numbers[f"{view.types[t]} after {message}, at most"] = now[t] + worth
    return numbers


def _intuitive_at_corners(view: Signalling, found: Assessment | Continuum) -> Found | None:
    """Payoffs are linear within a family: what every corner says every member does."""
    verdicts: list[dict[str, Fraction]] = []
    for corners in unsent_at_corners(view, found):
        said = [[_who(one) for one in corner] for corner in corners]
        if len({tuple((tuple(x[0]), tuple(x[1])) for x in corner) for corner in said}) > 1:
            return None
        verdicts.append({})
        for one, (losing, wins, groups) in zip(corners[0], said[0], strict=True):
            if wins and not verdicts[-1]:
                verdicts[-1] = _of_message(view, one, losing, wins[0], groups)
    if not verdicts or len({bool(numbers) for numbers in verdicts}) > 1:
        return None
    return Found(not verdicts[0], verdicts[0], {})


def _d1(view: Signalling, silent: Sequence[Unsent]) -> Found:
    for one in silent:
        types = range(len(one.gains))
        groups = best_together(one, sure(types, len(types)))
        pruned = {
            t for t in types for keen in types if keen != t and _implies(one, t, keen, groups)
        }
        numbers = _unsupported(view, one, [t for t in types if t not in pruned])
        if numbers is not None:
            return Found(False, numbers, {})
    return Found(True, {}, {})


def _implies(one: Unsent, other: int, keen: int, groups: Sequence[tuple[int, ...]]) -> bool:
    """Whether ``keen`` gains at every best reply at which ``other`` does not lose, and at some."""
    at = [(group, x) for group in groups for x in replies(one, group, not_losing=[other])]
    somewhere = any(one.gains[keen][r] > 0 for group in groups for r in group)
    return somewhere and all(gain(one, keen, group, x) > 0 for group, x in at)


def _unsupported(view: Signalling, one: Unsent, left: Sequence[int]) -> dict[str, Fraction] | None:
    """The numbers where no belief in the types left deters every type; None where one does."""
    groups = best_together(one, sure(left, len(one.gains)))
    if _deterred(one, groups):
        return None
    wins = [t for t in left if _always(one, t, groups)]
    if not wins:
        return {}
    return _least(view, one, wins[0], groups)


def _divine(view: Signalling, silent: Sequence[Unsent]) -> Found:
    universally = True
    for one in silent:
        corners = _divine_beliefs(view, one)
        groups = best_together(one, corners)
        if not _deterred(one, groups):
            types = [t for t in range(len(one.gains)) if any(corner[t] for corner in corners)]
            wins = [t for t in types if _always(one, t, groups)]
            numbers = _least(view, one, wins[0], groups) if wins else {}
            return Found(False, numbers, {})
        last = _after_d2(one)
        universally = universally and _deterred(one, best_together(one, sure(last, len(one.gains))))
    return Found(True, {}, {"universally divine": universally})


def _divine_beliefs(view: Signalling, one: Unsent) -> list[Mixed]:
    """Points whose hull is the set of divine beliefs (some may be no corners of it)."""
    types = range(len(one.gains))
    points = sure(types, len(types))
    seen: set[frozenset[tuple[str, ...]]] = set()
    while True:
        cases = frozenset(
            case for group in best_together(one, points) for case in _cases(one, group)
        )
        telling = [case for case in cases if "+" in case or "0" in case]
        if not telling or cases in seen:
            return points
        seen.add(cases)
        points = sorted({belief for case in telling for belief in _senders(view, case)})


def _cases(one: Unsent, group: Sequence[int]) -> list[tuple[str, ...]]:
    """Which signs the types' gains can take together, inside the mixtures of ``group``.

    A case is real where the types' weak inequalities leave a polytope of which the barycentre has
    the very signs.
    """
    found = []
    for case in product("+0-", repeat=len(one.gains)):
        up = [t for t, sign in enumerate(case) if sign in "+0"]
        down = [t for t, sign in enumerate(case) if sign in "-0"]
        corners = replies(one, group, not_losing=up, not_gaining=down)
        if not corners:
            continue
        sums = [sum(gain(one, t, group, x) for x in corners) for t in range(len(one.gains))]
        if case == tuple("+" if s > 0 else "-" if s < 0 else "0" for s in sums):
            found.append(case)
    return found


def _senders(view: Signalling, case: Sequence[str]) -> list[Mixed]:
    """The beliefs where those who gain send, those who lose do not, and each other does or not."""
    sure_of = [t for t, sign in enumerate(case) if sign == "+"]
    may = [t for t, sign in enumerate(case) if sign == "0"]
    if not sure_of:
        return sure(may, len(case))
    found = []
    for bits in product((False, True), repeat=len(may)):
        who = {*sure_of, *(t for t, bit in zip(may, bits, strict=True) if bit)}
        weights = [view.prior[t] if t in who else Fraction(0) for t in range(len(case))]
        found.append(tuple(w / sum(weights) for w in weights))
    return found


def _after_d2(one: Unsent) -> list[int]:
    """The types that iterated D2 leaves."""
    left = list(range(len(one.gains)))
    while True:
        groups = best_together(one, sure(left, len(one.gains)))
        if not any(one.gains[t][r] > 0 for t in left for group in groups for r in group):
            return left
        stay = [t for t in left if _alone(one, t, left, groups)]
        if not stay or stay == left:
            return left
        left = stay


def _alone(one: Unsent, type_: int, left: Iterable[int], groups: Iterable[Sequence[int]]) -> bool:
    """Whether at some best reply the type does not lose and no other type gains."""
    others = [t for t in left if t != type_]
    return any(replies(one, g, not_losing=[type_], not_gaining=others) for g in groups)


def _deterred(one: Unsent, groups: Iterable[Sequence[int]]) -> bool:
    """Whether some reply in the groups makes no type gain."""
    return any(replies(one, group, not_gaining=range(len(one.gains))) for group in groups)


def _always(one: Unsent, type_: int, groups: Iterable[Sequence[int]]) -> bool:
    return all(one.gains[type_][r] > 0 for group in groups for r in group)


def _least(
    view: Signalling,
    one: Unsent,
    type_: int,
    groups: Iterable[Sequence[int]],
) -> dict[str, Fraction]:
    """What the type gets now, and at least after the message."""
    now = one.now[type_]
    least = min(one.gains[type_][r] for group in groups for r in group)
    name, message = view.types[type_], view.messages[one.message]
    return {f"{name} in equilibrium": now, f"{name} after {message}, at least": now + least}
