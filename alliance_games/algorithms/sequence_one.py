"""One Nash equilibrium of a tree in which two players move."""

from __future__ import annotations

from dataclasses import dataclass

from alliance_games.algorithms.best_response import Tick
from alliance_games.algorithms.equilibrium_set import ExtremeEquilibrium
from alliance_games.algorithms.sequence_equilibria import all_plans, the_two
from alliance_games.algorithms.sequence_pair import pair_of
from alliance_games.model.sequence_form import Plan, SequenceForm

ASKED = "one equilibrium was asked for; whether there are others was not looked at"

PROGRAM = "linear program over realization plans (sequence form)"
LEMKE = "Lemke's method on the sequence form"


@dataclass(frozen=True, slots=True)
class OneEquilibrium:
    """One realization plan per player (None where none was found); ``exact`` or nearly."""

    plans: tuple[Plan, ...] | None
    exact: bool
    because: str
    method: str


def one_equilibrium(form: SequenceForm, tick: Tick) -> OneEquilibrium:
    """One equilibrium: by a linear program where the two win a fixed sum, else by Lemke's method.

    Raises ValueError where more than two players move.
    """
    two = the_two(form)
    pair = pair_of(form, two)
    from alliance_games.algorithms import sequence_program as program

    if program.constant_sum(form.tree, two):
        plans, exact = program.optimal_plans(pair, tick)
        if exact:
            because, method = ASKED, f"{PROGRAM}, its basis solved exactly"
        else:
            because = f"{ASKED}; the plans are rounded, and the gain left is computed exactly"
            method = f"{PROGRAM} in floating-point numbers"
        return OneEquilibrium(all_plans(form, ExtremeEquilibrium(*plans)), exact, because, method)
    from alliance_games.algorithms.sequence_lemke import one_pair

    found = one_pair(pair, tick)
    if found is None:
        because = "the path to an equilibrium was not completed"
        return OneEquilibrium(None, False, because, LEMKE)
    return OneEquilibrium(all_plans(form, ExtremeEquilibrium(*found)), True, ASKED, LEMKE)
