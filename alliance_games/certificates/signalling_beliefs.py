"""Best replies to an unsent message, told by the vertices of sets of beliefs and of replies.

The algorithms ask linear programs; here every set of responses is tried, and the polytope in
question is listed vertex by vertex.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import combinations
from math import lcm
from typing import NamedTuple

from alliance_games.exact.vertices import vertices_of_distributions
from alliance_games.model.profiles import Mixed
from alliance_games.model.signalling import Signalling
from alliance_games.results.solutions import Behaviour, Solution
from alliance_games.results.tree_solutions import Assessment, Continuum

MOST = 100_000
"""More vertices than any polytope of such games has in practice."""

Rows = Sequence[Sequence[Fraction]]


class Unsent(NamedTuple):
    """A message that is not sent: what each type would gain, and the receiver get, by response;
    and what each type gets ``now``."""

    message: int
    gains: Rows
    worth: Rows
    now: Sequence[Fraction]


def unsent_messages(view: Signalling, found: Assessment | Continuum) -> list[list[Unsent]] | None:
    """For each family (or the one assessment) the messages that no member sends and that are
    answered; None where its members' types do not all get the same, unless it is convex and all
    its points send every message."""
    groups = [([found], True)] if isinstance(found, Assessment) else _families(found)
    told: list[list[Unsent]] = []
    for members, convex in groups:
        if convex and all(_sends_all(view, one.choices) for one in members):
            told.append([])
            continue
        types = range(len(view.types))
        payoffs = {tuple(_payoff(view, one.choices, t) for t in types) for one in members}
        if len(payoffs) > 1:
            return None
        told.append(_unsent(view, members, payoffs.pop()))
    return told


def _families(found: Continuum) -> list[tuple[list[Assessment | Behaviour], bool]]:
    return [([found.plays[k] for k in one.points], bool(one.hull)) for one in found.families]


def _sends_all(view: Signalling, choices: Sequence[Mixed | None]) -> bool:
    said = [choices[index] or () for index in view.sender_set]
    return all(any(each[message] for each in said) for message in range(len(view.messages)))


def unsent_at_corners(view: Signalling, found: Assessment | Continuum) -> list[list[list[Unsent]]]:
    """For each family of a continuum and each of its corners the messages that no member of the
    family sends; nothing unless all families are convex."""
    if isinstance(found, Assessment) or not all(family.hull for family in found.families):
        return []
    types = range(len(view.types))
    told = []
    for family in found.families:
        members = [found.plays[place] for place in family.points]
        now = [[_payoff(view, one.choices, t) for t in types] for one in members]
        told.append([_unsent(view, members, each) for each in now])
    return told


def _unsent(
    view: Signalling, members: Sequence[Assessment | Behaviour], now: Sequence[Fraction]
) -> list[Unsent]:
    types = range(len(view.types))
    silent = []
    for message, at in enumerate(view.receiver_set):
        said = [(one.choices[view.sender_set[t]] or ())[message] for one in members for t in types]
        if at is None or any(said):
            continue
        answers = range(len(view.responses[message]))
        pay = view.payoffs
        gains = [[pay[t][message][r][view.sender] - now[t] for r in answers] for t in types]
        worth = [[pay[t][message][r][view.receiver] for r in answers] for t in types]
        silent.append(Unsent(message, gains, worth, now))
    return silent


def _payoff(view: Signalling, choices: Sequence[Mixed | None], type_: int) -> Fraction:
    """The type's payoff, summed over messages and answers."""
    total = Fraction(0)
    for message, said in enumerate(choices[view.sender_set[type_]] or ()):
        at = view.receiver_set[message]
        answers = (Fraction(1),) if at is None else choices[at] or ()
        for response, p in enumerate(answers):
            total += said * p * view.payoffs[type_][message][response][view.sender]
    return total


def payoff_now(view: Signalling, found: Assessment | Continuum, type_: int) -> Fraction:
    """What a type gets in the solution."""
    one = found.plays[0] if isinstance(found, Continuum) else found
    return _payoff(view, one.choices, type_)


def whole(rows: Iterable[Sequence[Fraction]]) -> Iterator[list[int]]:
    """The rows times positive numbers that make them integers."""
    for row in rows:
        scale = lcm(*(Fraction(x).denominator for x in row))
        yield [int(x * scale) for x in row]


def vertices(size: int, rows: Iterable[Sequence[Fraction]]) -> list[Mixed]:
    """The vertices of the distributions x with ``row . x >= 0`` for each row."""
    found = vertices_of_distributions(size, whole(rows), MOST)
    if found is None:
        raise MemoryError("a set of beliefs has too many corners")
    return found


def best_together(one: Unsent, corners: Sequence[Mixed]) -> list[tuple[int, ...]]:
    """Every set of responses that are all best against some mixture of the beliefs ``corners``."""
    responses = range(len(one.worth[0]))
    values = [
        [
            sum((p * row[r] for p, row in zip(c, one.worth, strict=True)), Fraction(0))
            for c in corners
        ]
        for r in responses
    ]
    found = []
    for size in range(1, len(responses) + 1):
        for group in combinations(responses, size):
            rows = [
                [a - b for a, b in zip(values[mine], values[other], strict=True)]
                for mine in group
                for other in responses
                if other != mine
            ]
            if vertices(len(corners), rows):
                found.append(group)
    return found


def replies(
    one: Unsent,
    group: Sequence[int],
    *,
    not_losing: Iterable[int] = (),
    not_gaining: Iterable[int] = (),
) -> list[Mixed]:
    """The vertices of the mixtures of ``group`` at which these types do not lose, or gain."""
    rows = [[one.gains[t][r] for r in group] for t in not_losing]
    rows += [[-one.gains[t][r] for r in group] for t in not_gaining]
    return vertices(len(group), rows)


def gain(one: Unsent, type_: int, group: Sequence[int], mixture: Mixed) -> Fraction:
    """What a type gains by the message where it meets a mixture of the responses in ``group``."""
    pairs = zip(group, mixture, strict=True)
    return sum((p * one.gains[type_][r] for r, p in pairs), Fraction(0))


def sure(types: Iterable[int], size: int) -> list[Mixed]:
    """The beliefs that are certain of one of the types."""
    chosen = set(types)
    return [tuple(Fraction(k == one) for k in range(size)) for one in range(size) if one in chosen]


def same_equilibrium(one: Solution, other: Solution) -> bool:
    """Whether two solutions are the same but for what is said of them."""
    if isinstance(one, Assessment) and isinstance(other, Assessment):
        return (one.choices, one.beliefs, one.payoffs, one.outcomes) == (
            other.choices,
            other.beliefs,
            other.payoffs,
            other.outcomes,
        )
    if isinstance(one, Continuum) and isinstance(other, Continuum):
        return (
            one.dimension == other.dimension
            and one.families == other.families
            and len(one.points) == len(other.points)
            and all(map(same_equilibrium, one.points, other.points))
        )
    return False
