"""Is a profile of behaviour strategies, or a continuum of them, a Nash equilibrium of a tree?

What a player could gain is found by going through her own information sets from the last to the
first, against what chance and the others do: with perfect recall this is her best reply, found in
time linear in the tree.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import product
from typing import NamedTuple

from alliance_games.certificates.flats import affine_dimension
from alliance_games.exact.numerals import irrational
from alliance_games.model.extensive import CHANCE, TERMINAL, ExtensiveGame
from alliance_games.model.profiles import Mixed, Payoffs, is_distribution
from alliance_games.results.solutions import Behaviour, Certificate, Solution
from alliance_games.results.tree_solutions import Continuum, Family

CLAIM = "every player's best reply was found by going back through her information sets"
CLAIM_NEAR = f"{CLAIM}, and gains her no more than is said"

GAIN = "largest gain"
"""The property by which an approximate equilibrium says how far it is from being one."""

Choices = Sequence[Mixed | None]
Plans = tuple[tuple[Fraction, ...], ...]

ONE, NIL = Fraction(1), Fraction(0)


class Play(NamedTuple):
    """What a profile brings: ``best[player]`` is what she would get by replying best."""

    payoffs: Payoffs
    best: Payoffs
    outcomes: dict[int, Fraction]
    excluded: frozenset[int]

    @property
    def gain(self) -> Fraction:
        """The most any player can gain by deviating."""
        return max((b - p for b, p in zip(self.best, self.payoffs, strict=True)), default=NIL)


def check(game: ExtensiveGame, solution: Solution) -> Certificate:
    """Hold a profile or a continuum to the definition (Nash 1951)."""
    if game.recall_violation() is not None:
        return Certificate(False, "without perfect recall behaviour is not enough")
    if isinstance(solution, Behaviour):
        return check_behaviour(game, solution)
    if isinstance(solution, Continuum):
        return check_continuum(game, solution)
    return Certificate(False, f"a {solution.kind} is no answer to this question")


def check_behaviour(game: ExtensiveGame, one: Behaviour) -> Certificate:
    """One distribution per set; nobody gains (or as much as is said); all that is told is right."""
    if not is_behaviour(game, one.choices):
        return Certificate(False, "it has not one distribution for every information set")
    play = play_of(game, one.choices)
    said = one.properties.get(GAIN, 0)
    holds = (
        play.gain <= Fraction(said)
        and play.payoffs == one.payoffs
        and len(dict(one.outcomes)) == len(one.outcomes)
        and play.outcomes == dict(one.outcomes)
        and one.free == tuple(sorted(play.excluded))
        and _facts_hold(game, one, play)
    )
    return Certificate(holds, CLAIM_NEAR if said else CLAIM, play.gain)


def is_behaviour(game: ExtensiveGame, choices: Choices) -> bool:
    """Whether there is one distribution for each information set, and none for chance."""
    return len(choices) == len(game.sets) and all(
        choice is None
        if one.player == CHANCE
        else choice is not None and len(choice) == len(one.actions) and is_distribution(choice)
        for choice, one in zip(choices, game.sets, strict=True)
    )


def _facts_hold(game: ExtensiveGame, one: Behaviour, play: Play) -> bool:
    pure = all(
        choice is None or 1 in choice
        for index, choice in enumerate(one.choices)
        if index not in play.excluded
    )
    return one.properties.get("pure", pure) == pure


def play_of(game: ExtensiveGame, choices: Choices) -> Play:
    """What a profile brings each player, and what her best reply would."""
    reach = _reach(game, choices)
    outcomes = {node: p for node, p in enumerate(reach) if p and game.set_of[node] == TERMINAL}
    payoffs, best, excluded = [], [], set()
    for player, (table, over) in enumerate(zip(game.numerators, game.denominators, strict=True)):
        now = sum((p * table[game.terminal[node]] for node, p in outcomes.items()), NIL)
        payoffs.append(now / over)
        best.append(_best_reply(game, choices, player) / over)
        excluded |= _excluded(game, choices, player)
    return Play(tuple(payoffs), tuple(best), outcomes, frozenset(excluded))


def _reach(game: ExtensiveGame, choices: Choices, without: int | None = None) -> list[Fraction]:
    """The probability of each node; with ``without``, that player's own moves left out."""
    reach = [NIL] * game.size
    reach[0] = ONE
    for node in range(game.size):
        here, index = reach[node], game.set_of[node]
        if not here or index == TERMINAL:
            continue
        mover, children = game.sets[index].player, game.children(node)
        if mover == CHANCE:
            for child, share in zip(children, game.shares(node), strict=True):
                if share:
                    reach[child] = share if here == 1 else here * share
            continue
        choice = choices[index] or ()
        for child, p in zip(children, choice, strict=True):
            if mover == without or p == 1:
                reach[child] = here
            elif p:
                reach[child] = here * p
    return reach


def _best_reply(game: ExtensiveGame, choices: Choices, player: int) -> Fraction:
    """What the player gets at most, over her denominator."""
    reach = _reach(game, choices, without=player)
    table = game.numerators[player]
    # What every choice of hers is worth; the choice before each node of hers is above it.
    worth: dict[tuple[int, int], Fraction] = {(-1, 0): NIL}
    latest: list[tuple[int, int]] = [(-1, 0)] * game.size
    own: dict[int, tuple[int, int]] = {}
    for node in range(game.size):
        index, before = game.set_of[node], latest[node]
        if index == TERMINAL:
            if reach[node]:
                worth[before] += reach[node] * table[game.terminal[node]]
            continue
        mine = game.sets[index].player == player
        if mine and index not in own:
            own[index] = before
        for action, child in enumerate(game.children(node)):
            if mine:
                before = index, action
                worth.setdefault(before, NIL)
            latest[child] = before
    # A set is met in breadth-first order after those its player passes before it.
    for index, before in reversed(own.items()):
        actions = range(len(game.sets[index].actions))
        worth[before] += max([worth[index, action] for action in actions])
    return worth[-1, 0]


def _excluded(game: ExtensiveGame, choices: Choices, player: int) -> set[int]:
    """The player's sets that her own choices, or chance, rule out."""
    open_ = bytearray(game.size)
    open_[0] = 1
    met: dict[int, int] = {}
    for node in range(game.size):
        index = game.set_of[node]
        if index == TERMINAL:
            continue
        mover, here = game.sets[index].player, open_[node]
        if mover == player:
            met[index] = met.get(index, 0) or here
        if not here:
            continue
        choice = choices[index] or ()
        for action, child in enumerate(game.children(node)):
            if mover == CHANCE:
                open_[child] = game.weight[child] > 0
            else:
                open_[child] = mover != player or choice[action] > 0
    return {index for index, here in met.items() if not here}


def check_continuum(game: ExtensiveGame, one: Continuum) -> Certificate:
    """Every family is all products of some plans of each player, equilibria at every corner and
    in between; dimensions are right, no corner is superfluous, and the families hang together."""
    gain = NIL
    behaviours = []
    for point in one.points:
        if not isinstance(point, Behaviour):
            return Certificate(False, "its points are no behaviour strategies")
        verdict = check_behaviour(game, point)
        gain = max(gain, verdict.largest_gain or NIL)
        if not verdict.verified or GAIN in point.properties:
            return Certificate(False, "some extreme point is no equilibrium as described", gain)
        behaviours.append(point)
    plans = [plans_of(game, point.choices) for point in behaviours]
    if {place for family in one.families for place in family.points} != set(range(len(plans))):
        return Certificate(False, "the families' points are not the extreme points", gain)
    if len(set(plans)) != len(plans):
        return Certificate(False, "an extreme point is given twice", gain)
    for family in one.families:
        if family.hull == "" and family.conditions:
            from alliance_games.certificates.behaviour_families import fault_of_conditions

            examples = [behaviours[place].choices for place in family.points]
            fault = fault_of_conditions(game, family, examples)
        else:
            fault = _fault(game, family, plans)
        if fault:
            return Certificate(False, fault, gain)
    if one.dimension != max(family.dimension for family in one.families) or one.dimension < 1:
        return Certificate(False, "the dimension is another", gain)
    if not _connected([set(family.points) for family in one.families]):
        from alliance_games.certificates.behaviour_families import hang_together

        if not hang_together(one.families, [point.choices for point in behaviours], plans):
            return Certificate(False, "the families do not hang together", gain)
    constant = len({point.payoffs for point in behaviours}) == 1
    if one.properties.get("constant payoffs", constant) != constant:
        return Certificate(False, "what is said of the payoffs does not hold", gain)
    return Certificate(
        True,
        "every deviation from every extreme point, and from a mixture of each family, was tried",
        gain,
    )


def _fault(game: ExtensiveGame, family: Family, plans: Sequence[Plans]) -> str:
    """What is wrong with a family, in words; '' where nothing is."""
    if family.hull != "realization" or family.conditions:
        return "a family is not given by realization plans"
    corners = {plans[place] for place in family.points}
    sides = [sorted(set(side)) for side in zip(*corners, strict=True)]
    if corners != set(product(*sides)) or len(corners) != len(family.points):
        return "a family is not every combination of some plans of each player"
    if family.dimension != sum(map(affine_dimension, sides)):
        return "a family's dimension is another"
    if not all(_is_extreme(place, side) for side in sides for place in range(len(side))):
        return "a family has a corner that is a mixture of others"
    mixture = tuple(map(_mixture, sides))
    if play_of(game, _choices(game, mixture)).gain != 0:
        return "a mixture of a family is no equilibrium"
    return ""


def plans_of(game: ExtensiveGame, choices: Choices) -> Plans:
    """For each player how probable her own moves make each action of each of her sets."""
    found = []
    for player in range(len(game.players)):
        own = [NIL] * game.size
        own[0] = ONE
        plan = []
        for node in range(game.size):
            index = game.set_of[node]
            if index == TERMINAL:
                continue
            mine = game.sets[index].player == player
            choice = choices[index] or ()
            first = mine and node == game.nodes_of[index][0]
            for action, child in enumerate(game.children(node)):
                own[child] = own[node] * choice[action] if mine else own[node]
                if first:
                    plan.append(own[child])
        found.append(tuple(plan))
    return tuple(found)


def _choices(game: ExtensiveGame, plans: Plans) -> list[Mixed | None]:
    """Behaviour strategies that make the same sequences as probable."""
    choices: list[Mixed | None] = [None] * len(game.sets)
    for player, plan in enumerate(plans):
        entries = iter(plan)
        seen = set()
        for index in game.set_of:
            if index == TERMINAL or game.sets[index].player != player or index in seen:
                continue
            seen.add(index)
            shares = [next(entries) for _ in game.sets[index].actions]
            total = sum(shares)
            choices[index] = (
                tuple(share / total for share in shares)
                if total
                else (ONE, *[NIL] * (len(shares) - 1))
            )
    return choices


def _mixture(points: Sequence[tuple[Fraction, ...]]) -> tuple[Fraction, ...]:
    """A point inside: the k-th corner has the weight k + 1."""
    weights = range(1, len(points) + 1)
    total = sum(weights)
    return tuple(
        sum((w * x for w, x in zip(weights, entries, strict=True)), NIL) / total
        for entries in zip(*points, strict=True)
    )


def _is_extreme(place: int, points: Sequence[tuple[Fraction, ...]]) -> bool:
    """Whether a point is no mixture of the others: a linear program without a feasible point."""
    if len(points) <= 2 or any(irrational(entry) for point in points for entry in point):
        return True  # of irrational corners it is not asked
    from alliance_games.exact.programs import Program, maximize

    others = [point for other, point in enumerate(points) if other != place]
    rows = [
        (coefficients, value)
        for *coefficients, value in {
            (*(point[entry] for point in others), points[place][entry])
            for entry in range(len(points[place]))
        }
    ]
    rows.append(([ONE] * len(others), ONE))
    return maximize(Program([0] * len(others), equal=rows)).status == "infeasible"


def _connected(groups: Sequence[Iterable[int]]) -> bool:
    """Whether one can go from any group to any other over members they share."""
    left = [set(group) for group in groups]
    reached = left.pop()
    while left:
        touching = [group for group in left if group & reached]
        if not touching:
            return False
        for group in touching:
            reached |= group
        left = [group for group in left if group not in touching]
    return True
