"""Subgame perfection of trees with hidden moves, from the definition.

A profile is subgame perfect exactly when in no subgame a player gains by another plan for the moves
up to the next subgames, what follows there staying as it is (Selten 1965: the subgames inside are
equilibria themselves, so nobody gains there, and may be replaced by their payoffs). The best plan
against the others' behaviour is found over the player's own sequences of moves, the last first
(von Stengel 1996), which is linear in the subgame.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from heapq import heapify, heappop, heappush

from alliance_games.model.extensive import CHANCE, TERMINAL, ExtensiveGame
from alliance_games.model.profiles import Mixed, is_distribution
from alliance_games.results.solutions import Behaviour, Certificate

CLAIM = "in no subgame another plan, against the same play of the others, gives its player more"

Worth = list[Fraction]
"""One payoff per player."""


def check_stages(game: ExtensiveGame, behaviour: Behaviour) -> Certificate:
    """Whether ``behaviour`` is a subgame perfect equilibrium with the payoffs it names."""
    if not _well_formed(game, behaviour.choices):
        return Certificate(False, CLAIM)
    starts = subgame_starts(game)
    shares = _shares(game, behaviour.choices)
    worth = _values(game, shares)
    gain = Fraction(0)
    for root in range(game.size):
        if starts[root]:
            gain = max(gain, *_gains(game, root, starts, shares, worth))
    told = tuple(worth[0]) == behaviour.payoffs
    outcomes = dict(behaviour.outcomes)
    told = told and len(outcomes) == len(behaviour.outcomes) and _reached(game, shares) == outcomes
    free = set(behaviour.free)
    if not free <= _ruled_out(game, shares, starts):
        return Certificate(False, CLAIM, largest_gain=gain)
    return Certificate(gain == 0 and told, CLAIM, largest_gain=gain)


def behaviour_fault(game: ExtensiveGame, behaviour: Behaviour) -> str | None:
    """What is wrong with a profile's form, or with the payoffs and endings it names; or None."""
    if not _well_formed(game, behaviour.choices):
        return "no profile of behaviour strategies"
    shares = _shares(game, behaviour.choices)
    outcomes = dict(behaviour.outcomes)
    if tuple(_values(game, shares)[0]) != behaviour.payoffs:
        return "other payoffs"
    if len(outcomes) != len(behaviour.outcomes) or _reached(game, shares) != outcomes:
        return "other endings"
    return None


def _well_formed(game: ExtensiveGame, choices: Sequence[Mixed | None]) -> bool:
    if len(choices) != len(game.sets) or game.recall_violation() is not None:
        return False
    for one, choice in zip(game.sets, choices, strict=True):
        if one.player == CHANCE or choice is None:
            if not (one.player == CHANCE and choice is None):
                return False
        elif len(choice) != len(one.actions) or not is_distribution(choice):
            return False
    return True


def subgame_starts(game: ExtensiveGame) -> list[bool]:
    """For each node whether a proper subgame starts there.

    None starts at a node below which there is a part of an information set and not all of it:
    these are the nodes from a member up to where the ways to the members meet.
    """
    starts = [index != TERMINAL for index in game.set_of]
    for nodes in game.nodes_of:
        if len(nodes) == 1:
            continue
        for node in nodes:
            starts[node] = False
        ways, seen = [-node for node in nodes], set(nodes)
        heapify(ways)
        while len(ways) > 1:
            # Numbers ascend from level to level, so the largest is among the deepest.
            node = -heappop(ways)
            starts[node] = False
            if game.parent[node] not in seen:
                seen.add(game.parent[node])
                heappush(ways, -game.parent[node])
    starts[0] = True
    return starts


def _shares(game: ExtensiveGame, choices: Sequence[Mixed | None]) -> list[Fraction]:
    """The probability of the branch into each node."""
    shares = [Fraction(1)] * game.size
    for node in range(game.size):
        index = game.set_of[node]
        if index == TERMINAL:
            continue
        children = game.children(node)
        choice = choices[index]
        total = sum(game.weight[child] for child in children)
        for action, child in enumerate(children):
            share = Fraction(game.weight[child], total) if choice is None else choice[action]
            shares[child] = share
    return shares


def _values(game: ExtensiveGame, shares: Sequence[Fraction]) -> list[Worth]:
    values: list[Worth] = [[] for _ in range(game.size)]
    for node in range(game.size - 1, -1, -1):
        if game.set_of[node] == TERMINAL:
            values[node] = list(game.payoffs(node))
        else:
            below = [(shares[child], values[child]) for child in game.children(node)]
            values[node] = [
                sum((p * v[player] for p, v in below if p), Fraction(0))
                for player in range(len(game.players))
            ]
    return values


def _gains(
    game: ExtensiveGame,
    root: int,
    starts: Sequence[bool],
    shares: Sequence[Fraction],
    worth: Sequence[Worth],
) -> list[Fraction]:
    """What each player would gain in the subgame at ``root`` by her best plan up to the next."""
    inside = [root]
    for node in inside:
        if game.set_of[node] != TERMINAL and (node == root or not starts[node]):
            inside.extend(game.children(node))
    movers = {game.mover(node) for node in inside if node == root or not starts[node]}
    return [
        _best(game, root, inside, starts, shares, worth, player) - worth[root][player]
        for player in range(len(game.players))
        if player in movers
    ] or [Fraction(0)]


def _best(
    game: ExtensiveGame,
    root: int,
    inside: Sequence[int],
    starts: Sequence[bool],
    shares: Sequence[Fraction],
    worth: Sequence[Worth],
    player: int,
) -> Fraction:
    """The most a player can get against the others' behaviour, by her sequences of moves."""
    # last[node]: her set and action before the node; weight[node]: the others' part in reaching it.
    last: dict[int, tuple[int, int] | None] = {root: None}
    weight = {root: Fraction(1)}
    total: dict[tuple[int, int] | None, Fraction] = {}
    before: dict[int, tuple[int, int] | None] = {}
    for node in inside:
        if game.set_of[node] == TERMINAL or (node != root and starts[node]):
            share = weight[node] * worth[node][player]
            total[last[node]] = total.get(last[node], Fraction(0)) + share
            continue
        index = game.set_of[node]
        own = game.sets[index].player == player
        if own:
            before.setdefault(index, last[node])
        for action, child in enumerate(game.children(node)):
            last[child] = (index, action) if own else last[node]
            weight[child] = weight[node] if own else weight[node] * shares[child]
    # With perfect recall a set comes after all of those she passed before it.
    for index in reversed(before):
        actions = range(len(game.sets[index].actions))
        best = max(total.get((index, action), Fraction(0)) for action in actions)
        total[before[index]] = total.get(before[index], Fraction(0)) + best
    return total.get(None, Fraction(0))


def _reached(game: ExtensiveGame, shares: Sequence[Fraction]) -> dict[int, Fraction]:
    probability = [Fraction(1)] * game.size
    found = {}
    for node in range(game.size):
        if node:
            probability[node] = probability[game.parent[node]] * shares[node]
        if game.set_of[node] == TERMINAL and probability[node]:
            found[node] = probability[node]
    return found


def _ruled_out(game: ExtensiveGame, shares: Sequence[Fraction], starts: Sequence[bool]) -> set[int]:
    """The sets that, within their subgame, their own player's earlier choices, or chance, keep from
    being reached."""
    blocked: list[frozenset[int]] = [frozenset()] * game.size
    left: set[int] = set()
    out: set[int] = set()
    for node in range(game.size):
        index = game.set_of[node]
        if index == TERMINAL:
            continue
        if starts[node]:
            blocked[node] = frozenset()
        player = game.sets[index].player
        stopped = blocked[node] & {player, CHANCE}
        (out if stopped else left).add(index)
        for child in game.children(node):
            blocked[child] = blocked[node] if shares[child] else blocked[node] | {player}
    return out - left
