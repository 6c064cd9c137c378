"""What a file expects of its game's answers: one frozen record per line of ``expect:``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias, Union

from alliance_games.exact.expression import Expression
from alliance_games.exact.span import NOWHERE, Span


@dataclass(frozen=True, slots=True)
class Leaf:
    """One word or number of an expected answer, as written.

    ``number`` is its reading as a formula in the parameters, where it has one; whether a leaf is
    a name or a number is known to whoever compares it with an answer (``1`` may be a strategy).
    ``places`` is set for ``about 1.587401``: the value is right to that many decimal places, so
    that its distance from ``number`` is at most half a unit of the last one.
    """

    text: str
    number: Expression | None = None
    places: int | None = None
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Listing:
    """``[Stag, Stag]``, or a list of such lists."""

    items: tuple[Wanted, ...]
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Table:
    """``{Alice: {Stag: 3/4}}``: names with what is wanted for each, in the order written."""

    entries: tuple[tuple[Leaf, Wanted], ...]
    span: Span = NOWHERE

    def __iter__(self) -> Iterator[tuple[str, Wanted]]:
        return iter([(key.text, wanted) for key, wanted in self.entries])

    def get(self, name: str) -> Wanted | None:
        """What is wanted for ``name``, or None."""
        return next((wanted for key, wanted in self.entries if key.text == name), None)


Wanted: TypeAlias = Union[Leaf, Listing, Table]  # noqa: UP007 - annotations above refer forward
"""An expected answer, as neutral text: it is matched against the kind of solution there is."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """One line of ``expect:``.

    ``form`` and what goes with it:

    ``'concept'``
        ``concept``, and ``content`` (its whole answer), or ``none`` (no solution), or
        ``includes`` and ``excludes`` (each a tuple of answers).
    ``'equilibrium'``, ``'not equilibrium'``
        ``content``: the profile (a Table by player, or a Listing of strategies).
    ``'count'``
        ``concept`` and ``number`` (a formula in the parameters).
    ``'unique'``
        ``concept``: it has exactly one solution.
    ``'never'``
        ``content``: a Leaf (an action, for whichever player has it), a Table ``{Player: action}``
        or a Listing (a profile) that no equilibrium plays.
    ``'increasing'``, ``'decreasing'``, ``'constant'``
        ``of`` (the quantity), ``parameter`` (``power[France]`` for an entry) and ``at``.
    ``'compare'``
        ``of``: a comparison of payoffs, probabilities, thresholds and welfare.

    ``when`` asks it for every value of the parameters that satisfies the condition; ``scenario``
    and ``game`` say where else it is asked than at the defaults of this file; ``name`` (``as:``)
    names the equilibrium for the ``at`` of other lines. ``text`` is the line as written.
    """

    form: str
    text: str
    span: Span = NOWHERE
    concept: str | None = None
    content: Wanted | None = None
    includes: tuple[Wanted, ...] = ()
    excludes: tuple[Wanted, ...] = ()
    none: bool = False
    number: Expression | None = None
    of: Expression | None = None
    parameter: str | None = None
    at: str | None = None
    when: Expression | None = None
    scenario: str | None = None
    game: str | None = None
    name: str | None = None
    may_be_undecided: bool = False
