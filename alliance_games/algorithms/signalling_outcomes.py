"""An equilibrium of a signalling game as a refinement sees it: payoffs by type, unsent messages.

The refinements speak of outcomes: all that they ask of an equilibrium is what each type gets and
which messages nobody sends. A convex family of equilibria has one outcome where the types get the
same at all its corners, because what a type gets is linear in the receiver's answers there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from alliance_games.algorithms.signalling_replies import Deviation
from alliance_games.model.profiles import Mixed, Payoffs
from alliance_games.model.signalling import Signalling
from alliance_games.results.solutions import Behaviour
from alliance_games.results.tree_solutions import Assessment, Continuum

Played = Assessment | Behaviour


class Outcome(NamedTuple):
    """``payoffs[type]``, and the messages that no member of the solution sends."""

    payoffs: Payoffs
    unsent: tuple[int, ...]


def outcome_of(view: Signalling, found: Assessment | Continuum) -> Outcome | None:
    """The one outcome of a solution; None where it may have several.

    Where every member of a family sends every message nothing is left to test there, whatever the
    types get; any outcome of it then stands for all.

    A message that some member sends needs no test where other members do not send it: as the types
    get the same there, the answer to it makes some types neither gain nor lose and no type gain,
    it is a best reply to a belief in those types, and no refinement by messages excludes them.
    """
    if isinstance(found, Assessment):
        return _of_members(view, [found])
    outcomes = family_outcomes(view, found)
    if outcomes is None or len({one.payoffs for one in outcomes}) > 1:
        return None
    unsent = set.intersection(*(set(one.unsent) for one in outcomes))
    return Outcome(outcomes[0].payoffs, tuple(sorted(unsent)))


def family_outcomes(view: Signalling, found: Continuum) -> list[Outcome] | None:
    """The outcome of each family; None where one may have several, and a message to test."""
    outcomes = []
    for family in found.families:
        members = [found.plays[place] for place in family.points]
        outcome = _of_members(view, members)
        if outcome is not None and not family.hull:
            outcome = _of_examples(view, outcome, members)
        if family.hull and all(_sends_all(view, one.choices) for one in members):
            outcome = Outcome(payoffs_by_type(view, members[0].choices), ())
        if outcome is None:
            return None
        outcomes.append(outcome)
    return outcomes


def _sends_all(view: Signalling, choices: tuple[Mixed | None, ...]) -> bool:
    return len(_sent(view, choices)) == len(view.messages)


def corner_outcomes(view: Signalling, found: Assessment | Continuum) -> list[list[Outcome]]:
    """For each convex family the outcomes at its corners; none where a family is not convex.

    The types' payoffs are linear within a family, so what has one sign at all corners has it at all
    members. The unsent messages are those that no member of the family sends.
    """
    if isinstance(found, Assessment) or not all(family.hull for family in found.families):
        return []
    told = []
    for family in found.families:
        members = [found.plays[place] for place in family.points]
        sent = set().union(*(_sent(view, one.choices) for one in members))
        unsent = tuple(m for m in range(len(view.messages)) if m not in sent)
        told.append([Outcome(payoffs_by_type(view, one.choices), unsent) for one in members])
    return told


def deviations(view: Signalling, outcome: Outcome) -> Iterator[Deviation]:
    """Every unsent message that the receiver answers, as a deviation from the outcome."""
    for message in outcome.unsent:
        if view.receiver_set[message] is None:
            continue
        answers = range(len(view.responses[message]))
        types = range(len(view.types))
        yield Deviation(
            message,
            tuple(
                tuple(view.u_sender(t, message, r) - outcome.payoffs[t] for r in answers)
                for t in types
            ),
            tuple(tuple(view.u_receiver(t, message, r) for r in answers) for t in types),
            view.prior,
        )


def payoffs_by_type(view: Signalling, choices: tuple[Mixed | None, ...]) -> Payoffs:
    """What the sender gets of each type."""
    return tuple(
        sum(
            (
                said * worth
                for message, said in enumerate(_choice(choices, view.sender_set[type_]))
                if said
                for worth in [_worth(view, choices, type_, message)]
            ),
            Fraction(0),
        )
        for type_ in range(len(view.types))
    )


def _worth(
    view: Signalling, choices: tuple[Mixed | None, ...], type_: int, message: int
) -> Fraction:
    at = view.receiver_set[message]
    if at is None:
        return view.u_sender(type_, message)
    answers = _choice(choices, at)
    return sum(
        (p * view.u_sender(type_, message, r) for r, p in enumerate(answers) if p), Fraction(0)
    )


def _choice(choices: tuple[Mixed | None, ...], index: int) -> Mixed:
    choice = choices[index]
    assert choice is not None
    return choice


def _sent(view: Signalling, choices: tuple[Mixed | None, ...]) -> set[int]:
    return {
        message
        for type_ in range(len(view.types))
        for message, said in enumerate(_choice(choices, view.sender_set[type_]))
        if said
    }


def _of_members(view: Signalling, members: Sequence[Played]) -> Outcome | None:
    """The outcome of the convex hull of ``members``; None where they do not get the same."""
    payoffs = {payoffs_by_type(view, one.choices) for one in members}
    if len(payoffs) > 1:
        return None
    sent = set().union(*(_sent(view, one.choices) for one in members))
    unsent = tuple(m for m in range(len(view.messages)) if m not in sent)
    return Outcome(payoffs.pop(), unsent)


def _of_examples(view: Signalling, outcome: Outcome, members: Sequence[Played]) -> Outcome | None:
    """The outcome of a family given by examples, where they fix it; None otherwise.

    What is the same at all examples of assessments is so throughout the family. So the outcome is
    fixed where each message is answered alike in all of them, or sent by no type in any, or
    where its answer is all the same to every type.
    """
    for message, at in enumerate(view.receiver_set):
        answers = {None if at is None else one.choices[at] for one in members}
        if len(answers) > 1 and message not in outcome.unsent and _matters(view, message):
            return None
    return outcome


def _matters(view: Signalling, message: int) -> bool:
    """Whether some type cares how the message is answered."""
    answers = range(len(view.responses[message]))
    return any(
        len({view.u_sender(type_, message, answer) for answer in answers}) > 1
        for type_ in range(len(view.types))
    )
