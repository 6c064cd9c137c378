"""Subgame perfect equilibria consistent with forward induction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from alliance_games.model.extensive import ExtensiveGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Behaviour, Certificate, Solution

if TYPE_CHECKING:
    from alliance_games.algorithms.forward_induction import Reading

KEPT = (
    "each subgame perfect equilibrium was held against every subgame that its path could have "
    "entered"
)


def accepts(game: ExtensiveGame) -> str | None:
    """None where at most two players move in every subgame that somebody can enter."""
    if game.has_perfect_information:
        return (
            "it reads a move as a choice among equilibria of what follows, and with perfect "
            "information nothing is left to read: see subgame-perfect"
        )
    from alliance_games.certificates.forward_induction import MOST_PLANS, number_of_plans

    subgame = _subgames(game)
    for node in range(1, game.size):
        tree = subgame(node)
        if tree is None:
            continue
        way = " > ".join(game.path(node))
        if len(_movers(tree)) > 2:
            return f"it needs all equilibria of the subgame after {way}, where three or more move"
        if number_of_plans(tree, range(len(tree.sets))) > MOST_PLANS:
            return (
                f"the equilibria of the subgame after {way} could not be checked by trying all "
                f"supports: the players have more than {MOST_PLANS} plans there"
            )
    return None


def _movers(tree: ExtensiveGame) -> set[int]:
    return {one.player for one in tree.sets} - {-1}


def _subgames(game: ExtensiveGame) -> Callable[[int], ExtensiveGame | None]:
    """The subgame that starts at a node, as a tree of its own, where one does."""
    from alliance_games.transforms.subgames import Subgames, subgames

    roots = set(subgames(game).roots)
    players = range(len(game.players))

    def of(node: int) -> ExtensiveGame | None:
        if node not in roots:
            return None
        return Subgames(game, (node,)).stages()[0].truncated({}, players)

    return of


def solve(game: ExtensiveGame, needed: Needed, budget: Budget) -> Answers:
    """The subgame perfect equilibria that stand, and those that do not, with the reason."""
    from alliance_games.algorithms.forward_induction import Entrances
    from alliance_games.results.tree_solutions import Discarded

    before = needed["subgame-perfect"]
    entrances = Entrances(game, _subgames(game), budget.tick)
    continua = 0
    for one in before.solutions:
        members = _members(one)
        if not members:
            continue
        readings = [entrances.readings(member.choices) for member in members]
        told = [{(r.node, r.action) for r in of_member} for of_member in readings]
        everywhere = set.intersection(*told)
        continua += len(members) > 1
        if everywhere:
            first = next(r for r in readings[0] if (r.node, r.action) in everywhere)
            numbers = {"gets": first.gets, "could mean": first.means}
            yield Discarded(one, _reason(game, first), numbers)
            continue
        yield one
    method = "equilibria of the subgames entered"
    if continua:
        because = f"{KEPT}, but continua were judged at their extreme points alone"
        return Conclusion(Coverage.SOME, because, method)
    if before.coverage is Coverage.ALL:
        return Conclusion(Coverage.ALL, KEPT, method)
    because = f"{KEPT}; of these {before.coverage.value} were given ({before.because})"
    return Conclusion(Coverage.SOME, because, method)


def _members(one: Solution) -> Sequence[Behaviour]:
    if isinstance(one, Behaviour):
        return (one,)
    points = getattr(one, "points", ())
    return [point for point in points if isinstance(point, Behaviour)]


def _reason(game: ExtensiveGame, reading: Reading) -> str:
    index = game.set_of[reading.node]
    player = game.players[game.sets[index].player]
    action = game.sets[index].actions[reading.action]
    rest = (
        "no other equilibrium of what follows is there"
        if reading.otherwise is None
        else f"every other one gives at most {reading.otherwise}"
    )
    return (
        f"{player} gets {reading.gets} here; had {player} chosen {action}, one equilibrium alone "
        f"of what follows would bring more ({reading.means}; {rest}), so {action} would have told "
        f"that it was meant"
    )


def verify(game: ExtensiveGame, solution: Solution, needed: Needed) -> Certificate:
    """Hold the move that was not made to the definition once more."""
    from alliance_games.certificates.forward_induction import check

    return check(game, solution, needed["subgame-perfect"].solutions)


CONCEPT = Concept(
    name="forward-induction",
    title="Subgame perfect equilibria consistent with forward induction",
    cites=("van Damme 1989", "Kohlberg and Mertens 1986"),
    summary=(
        "The subgame perfect equilibria on whose path nobody could have entered a subgame of which "
        "exactly one equilibrium would have given her more than she gets."
    ),
    games=("extensive",),
    accepts=accepts,
    solve=solve,
    verify=verify,
    needs=("subgame-perfect",),
    order=27,
)
