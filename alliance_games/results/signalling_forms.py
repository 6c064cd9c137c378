"""Pooling, separating or semi-separating: the form of a solution of a signalling game."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from alliance_games.model.profiles import Mixed
from alliance_games.model.signalling import Signalling
from alliance_games.model.signalling_forms import forms
from alliance_games.results.solutions import Behaviour
from alliance_games.results.tree_solutions import Assessment, Continuum

FORM = "form"
"""The property under which solutions of a signalling game tell their form."""


def form_of(view: Signalling, found: Assessment | Behaviour | Continuum) -> str:
    """The form of an equilibrium; a continuum's forms, joined by 'or' where they differ."""
    return forms(view, list(typical_members(found)))


def typical_members(
    found: Assessment | Behaviour | Continuum,
) -> Iterator[Sequence[Mixed | None]]:
    """The choices of a solution; of a continuum those of each convex family's barycentre, where
    every action is taken that a member of the family takes, then those of its points."""
    if not isinstance(found, Continuum):
        yield found.choices
        return
    for family in found.families:
        chosen = [found.plays[place].choices for place in family.points]
        if family.hull and len(chosen) > 1:
            yield [_average(each) for each in zip(*chosen, strict=True)]
        yield from chosen


def _average(choices: Sequence[Mixed | None]) -> Mixed | None:
    known = [choice for choice in choices if choice is not None]
    if not known:
        return None
    return tuple(sum(each, Fraction(0)) / len(known) for each in zip(*known, strict=True))
