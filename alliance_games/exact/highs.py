"""HiGHS without a word: its output would stand among our own."""

from __future__ import annotations

from typing import Any


def quiet_solver() -> Any:
    """A solver that prints nothing (the package carries no types).

    highspy's class sets a callback when it is made, and from 1.16 on HiGHS then prints its banner,
    before anybody could turn its output off. The class it is derived from has all that we use.
    """
    import highspy

    base: Any = highspy.Highs.__mro__[1]
    solver = base()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)  # the same basis on every machine
    return solver
