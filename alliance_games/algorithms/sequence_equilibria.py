"""All Nash equilibria of a tree in which two players move, exactly, by the sequence form.

An equilibrium is a pair of realization plans each of whose sequences is a best reply to the other.
The extreme ones are pairs of corners of best-reply regions (``sequence_vertices``), and what hangs
together is put together as in normal form: maximal cliques of the bipartite graph of extreme
equilibria are the maximal Nash subsets (Winkels 1979; Jansen 1981; Audet, Belhaiza and Hansen 2009
for the sequence form).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from alliance_games.algorithms.best_response import Tick, no_limit
from alliance_games.algorithms.equilibrium_set import EquilibriumComponent, ExtremeEquilibrium
from alliance_games.algorithms.nash_subsets import components
from alliance_games.algorithms.sequence_vertices import Corner, corners
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.sequence_form import NOBODY, Plan, SequenceForm, sequence_form

IDLE: Plan = (Fraction(1),)
"""The only plan of a player who never moves."""

METHOD = "vertex enumeration over realization plans (sequence form)"
COMPLETE = (
    "every corner of both players' best-reply regions over realization plans was found, and every "
    "pair of corners that are best replies to each other is listed"
)


@dataclass(frozen=True, slots=True)
class TreeEquilibria:
    """All equilibria of a tree, as components over the realization plans of the two who move.

    ``pair`` are their places among the players; in a component 'row' is the first, 'column' the
    second (a player who never moves has the one plan (1,)). ``plans`` puts a pair of plans among
    those of all players.
    """

    form: SequenceForm
    pair: tuple[int, int]
    components: tuple[EquilibriumComponent, ...]
    method: str = METHOD
    because: str = COMPLETE

    def plans(self, edge: ExtremeEquilibrium) -> tuple[Plan, ...]:
        """One realization plan per player of the tree."""
        return all_plans(self.form, edge)


def all_equilibria(
    game: ExtensiveGame,
    tick: Tick = no_limit,
    *,
    form: SequenceForm | None = None,
    found: list[ExtremeEquilibrium] | None = None,
) -> TreeEquilibria:
    """Every Nash equilibrium of a tree in which at most two players move, as components.

    ``tick`` may raise to stop the search; ``found``, if given, then holds the extreme equilibria
    met so far. Raises ValueError without perfect recall or where more than two players move, and
    LimitReached for more pure plans than can be listed.
    """
    form = form or sequence_form(game)
    pair = the_two(form)
    row_corners = _corners(form, pair, tick)
    column_corners = _corners(form, (pair[1], pair[0]), tick)
    edges: list[ExtremeEquilibrium] = [] if found is None else found
    for one in row_corners:
        tick()
        for other in column_corners:
            if one.used & ~other.replies == 0 and other.used & ~one.replies == 0:
                edges.append(ExtremeEquilibrium(one.plan, other.plan))
    return TreeEquilibria(form, pair, components([(edge, 0) for edge in edges], tick))


def all_plans(form: SequenceForm, edge: ExtremeEquilibrium) -> tuple[Plan, ...]:
    """The plans of the two who move among those of all players."""
    of_two = dict(zip(the_two(form), (edge.row, edge.column), strict=True))
    return tuple(of_two.get(player, IDLE) for player in range(len(form.of)))


def the_two(form: SequenceForm) -> tuple[int, int]:
    """The two players who move; where fewer do, others fill up, and NOBODY in a tree of one.

    Raises ValueError where more than two move.
    """
    active = form.active
    if len(active) > 2:
        raise ValueError("the sequence form finds the equilibria of two players")
    others = [player for player in range(len(form.of)) if player not in active]
    first, second = sorted((*active, *others)[:2]) if len(form.of) > 1 else (0, NOBODY)
    return first, second


def _corners(form: SequenceForm, pair: tuple[int, int], tick: Tick) -> list[Corner]:
    """The corners among the first's plans of the regions of the second's best replies."""
    own, other = form.sequences(pair[0]), form.sequences(pair[1])
    gains: dict[int, dict[int, int]] = {}
    for (mine, hers), value in form.triples(pair[1], *pair).items():
        gains.setdefault(hers, {})[mine] = value
    return corners(own, other, gains, tick)
