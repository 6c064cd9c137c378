"""Extensive-form rationalizable plans: forward induction by best rationalization."""

from __future__ import annotations

from alliance_games.model.extensive import CHANCE, ExtensiveGame
from alliance_games.results.budget import Budget, LimitReached
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Certificate, Solution

MOST_PROFILES = 20_000
"""Pure profiles of reduced plans up to which the elimination and its check are carried out."""

BECAUSE = (
    "each plan removed is conditionally dominated, and each plan left is a best reply, wherever "
    "it leads, to a belief over what is left"
)
CORRELATED = (
    "beliefs may hold the opponents' plays to be correlated; with three or more players, "
    "independent beliefs may justify fewer plans"
)


def accepts(game: ExtensiveGame) -> str | None:
    """None with perfect recall; else which nodes break it."""
    return game.forgetting()


def solve(game: ExtensiveGame, needed: Needed, budget: Budget) -> Answers:
    """The plans that are left in the end, and those that went, round by round."""
    from alliance_games.algorithms.conditional_dominance import ConditionalDominance
    from alliance_games.results.tree_solutions import Plans
    from alliance_games.transforms.normal_form import reduced_normal_form

    try:
        form = reduced_normal_form(game, max_profiles=MOST_PROFILES)
    except ValueError as error:
        raise LimitReached(str(error)) from error
    passed = _own_choices(game)

    def allows(player: int, plan: dict[int, int], node: int) -> bool:
        return all(plan.get(index) == action for index, action in passed[node].get(player, ()))

    sets = [(one.player, game.nodes_of[index]) for index, one in enumerate(game.sets)]
    elimination = ConditionalDominance(form.game, form.plans, sets, allows)
    members, ruled_out = elimination.survivors(budget.tick)
    listed = tuple(
        tuple(tuple(plan.get(index, -1) for index in range(len(game.sets))) for plan in own)
        for own in form.plans
    )
    ends = tuple(
        node
        for node in range(game.size)
        if game.mover(node) is None
        and _possible(game, node)
        and all(
            any(allows(player, form.plans[player][k], node) for k in own)
            for player, own in enumerate(members)
        )
    )
    rounds = max((one.round for one in ruled_out), default=0)
    properties = {"rounds": rounds, "one outcome": len(ends) == 1}
    yield Plans("extensive-form rationalizable", listed, members, ruled_out, ends, properties)
    notes = (CORRELATED,) if len(game.players) > 2 else ()
    method = "iterated conditional dominance on the reduced normal form"
    return Conclusion(Coverage.ALL, BECAUSE, method, notes)


def _own_choices(game: ExtensiveGame) -> list[dict[int, tuple[tuple[int, int], ...]]]:
    """For each node and player the choices of hers that lead to it, as (set, action)."""
    passed: list[dict[int, tuple[tuple[int, int], ...]]] = [{} for _ in range(game.size)]
    for node in range(game.size):
        mover = game.mover(node)
        for action, child in enumerate(game.children(node)):
            passed[child] = dict(passed[node])
            if mover is not None and mover != CHANCE:
                before = passed[node].get(mover, ())
                passed[child][mover] = (*before, (game.set_of[node], action))
    return passed


def _possible(game: ExtensiveGame, node: int) -> bool:
    """Whether chance allows the node."""
    while (before := game.parent[node]) >= 0:
        if game.mover(before) == CHANCE and not game.weight[node]:
            return False
        node = before
    return True


def verify(game: ExtensiveGame, solution: Solution, needed: Needed) -> Certificate:
    """Play the plans out in the tree and repeat the elimination."""
    from alliance_games.certificates.conditional_dominance import check
    from alliance_games.results.tree_solutions import Plans

    assert isinstance(solution, Plans)
    return check(game, solution)


CONCEPT = Concept(
    name="extensive-form-rationalizable",
    title="Extensive-form rationalizable plans",
    cites=("Pearce 1984", "Battigalli 1997", "Shimoji and Watson 1998"),
    summary=(
        "The plans a player may follow who, at each of her information sets, explains what has "
        "happened by as much rationality, and belief in rationality, of the others as it allows."
    ),
    games=("extensive",),
    accepts=accepts,
    solve=solve,
    verify=verify,
    order=26,
)
