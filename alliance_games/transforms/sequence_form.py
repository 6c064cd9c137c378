"""From a game tree to its sequence form, and back from realization plans to behaviour strategies.

The data and both ways are ``model/sequence_form.py``: the algorithms work on them too.
"""

from __future__ import annotations

from alliance_games.model.sequence_form import Plan, SequenceForm, Sequences, sequence_form

__all__ = ["Plan", "SequenceForm", "Sequences", "realization_constraints", "sequence_form"]

Constraint = tuple[tuple[tuple[int, int], ...], int]
"""Sparse: the sequences with their coefficients, and the right-hand side."""


def realization_constraints(own: Sequences) -> list[Constraint]:
    """The equations E x = e that, with x >= 0, say what a realization plan is.

    The first has the empty sequence made for certain; one more for each information set has its
    sequences share the probability of the sequence that leads there.
    """
    rows: list[Constraint] = [(((0, 1),), 1)]
    for k in range(len(own.sets)):
        rows.append((((own.before[k], -1), *((s, 1) for s in own.own(k))), 0))
    return rows
