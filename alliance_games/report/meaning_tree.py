"""What happens in a tree, and why each mover chooses so."""

from __future__ import annotations

from fractions import Fraction

from alliance_games.model.extensive import CHANCE, ExtensiveGame
from alliance_games.model.profiles import support
from alliance_games.report.equilibria_trees import ending
from alliance_games.report.ranks import rank
from alliance_games.report.words import amount, capital, count, listed, number
from alliance_games.results.cases import CaseAnswer
from alliance_games.results.result import Coverage, Result
from alliance_games.results.solutions import Behaviour, Tally

MOST_NODES = 20_000
"""Continuations of at most so many nodes are looked at to give a reason."""

MOST_STEPS = 8
"""Longer paths are told by their beginning."""

MOST_REASONS = 5
"""Longer chains of reasons are left to the drawing."""


def sentences(answer: CaseAnswer, game: ExtensiveGame) -> list[str]:
    """Paragraphs on the first equilibrium: the path in words, the reasons from the last move up."""
    result = plans_of(answer)
    if result is None:
        return []
    found = [one for one in result.solutions if isinstance(one, Behaviour)]
    if not found:
        return []
    others = _others(result, found, game)
    first = "In the first equilibrium " if others and path_words(found[0], game) else ""
    parts = [first + _what_happens(found[0], game), _reasons(found[0], game), others]
    return [part for part in parts if part]


def plans_of(answer: CaseAnswer) -> Result | None:
    """The first result made of behaviour strategies."""
    for result in answer.results:
        if any(isinstance(one, Behaviour) for one in result.solutions):
            return result
    return None


def path_words(one: Behaviour, game: ExtensiveGame, verb: str = ": ", then: str = ", ") -> str:
    """``Major: offer full, Minor: accept``; what comes after a chance move is left out."""
    steps: list[str] = []
    node = 0
    while game.children(node) and len(steps) < MOST_STEPS:
        mover = game.mover(node)
        if mover == CHANCE and (sure := _sure(game, node)) is not None:
            node = sure
            continue
        if mover is None or mover == CHANCE:
            break
        choice = one.choices[game.set_of[node]]
        used = support(choice) if choice is not None else ()
        if len(used) != 1:
            break
        action = game.sets[game.set_of[node]].actions[used[0]]
        steps.append(f"{game.players[mover]}{verb}{action}")
        node = game.children(node)[used[0]]
    if game.children(node) and len(steps) == MOST_STEPS:
        steps.append("and so on")
    return then.join(steps)


def _sure(game: ExtensiveGame, node: int) -> int | None:
    """The branch that a chance move takes with certainty, if there is one."""
    possible = [child for child in game.children(node) if game.weight[child]]
    return possible[0] if len(possible) == 1 else None


def _what_happens(one: Behaviour, game: ExtensiveGame) -> str:
    path = path_words(one, game, " chooses ", ", then ")
    if len(one.outcomes) == 1:
        node = one.outcomes[0][0]
        name = game.outcomes[game.terminal[node]] if game.outcomes else ""
        leads = f", which ends in {name}" if name else ""
        start = path or ("It is settled by chance" if game.children(0) else "Nobody has a move")
        return f"{start}{leads}. {_gains(one, game)}".rstrip()
    shown = [
        f"{ending(game, node)} with probability {number(chance)}"
        for node, chance in one.outcomes[:6]
    ]
    more = f" and {len(one.outcomes) - 6:,} others" if len(one.outcomes) > 6 else ""
    start = f"{path}. " if path else ""
    return f"{start}The endings reached are {listed(shown)}{more}. {_gains(one, game)}"


def _gains(one: Behaviour, game: ExtensiveGame) -> str:
    if len(game.players) > 8 or game.ordinal:
        return ""
    gets = listed(
        f"{player} {'gets ' if index == 0 else ''}{amount(value)}"
        for index, (player, value) in enumerate(zip(game.players, one.payoffs, strict=True))
    )
    return f"{gets}{' in expectation' if len(one.outcomes) > 1 else ''}."


def _reasons(one: Behaviour, game: ExtensiveGame) -> str:
    """Each choice on the way, the last first: what it brings against the best alternative."""
    nodes = _decisions_on_the_way(one, game)
    if not nodes or len(nodes) > MOST_REASONS:
        return ""
    reasons: list[str] = []
    for place, node in enumerate(reversed(nodes)):
        reason = _reason(one, game, node, foreseeing=place > 0)
        if reason is None:
            return ""
        reasons.append(reason)
    return f"Read from the end: {'; '.join(reasons)}."


def _decisions_on_the_way(one: Behaviour, game: ExtensiveGame) -> list[int]:
    """The decision nodes reached, where nothing is left to chance or to mixing."""
    nodes = []
    node = 0
    while game.children(node):
        choice = one.choices[game.set_of[node]]
        used = support(choice) if choice is not None else ()
        if len(used) != 1:
            break
        nodes.append(node)
        node = game.children(node)[used[0]]
    return nodes


def _reason(one: Behaviour, game: ExtensiveGame, node: int, foreseeing: bool) -> str | None:
    """Why the mover at a node on the way chooses so, or None where that takes too long to tell."""
    index = game.set_of[node]
    if len(game.children(node)) < 2:
        return f"{game.players[game.sets[index].player]} has one move"
    if not game.has_perfect_information and len(game.nodes_of[index]) > 1:
        return None
    mover = game.sets[index].player
    values = []
    for child in game.children(node):
        value = continuation(one, game, child, mover)
        if value is None:
            return None
        values.append(value)
    choice = one.choices[index]
    assert choice is not None
    chosen = support(choice)[0]
    actions = game.sets[index].actions
    best = max((other for other in range(len(values)) if other != chosen), key=values.__getitem__)
    ahead = ", foreseeing this," if foreseeing else ""
    who = game.players[mover]

    def worth(value: Fraction) -> str:
        return f"the ending ranked {rank(game, mover, value)}" if game.ordinal else amount(value)

    tied = [actions[other] for other, value in enumerate(values) if value == values[chosen]]
    if len(tied) > 2:
        return f"{who}{ahead} is indifferent between {listed(tied)} ({worth(values[chosen])} each)"
    if len(tied) == 2:
        return (
            f"{who}{ahead} is indifferent between {actions[chosen]} and {actions[best]}"
            f"{_answer_to(one, game, game.children(node)[best], mover)} "
            f"({worth(values[chosen])} either way)"
        )
    return (
        f"{who}{ahead} prefers {actions[chosen]} because {worth(values[chosen])} beats "
        f"{worth(values[best])} from {actions[best]}"
        f"{_answer_to(one, game, game.children(node)[best], mover)}"
    )


def _answer_to(one: Behaviour, game: ExtensiveGame, node: int, mover: int) -> str:
    """What another player would do at a node off the way."""
    if not game.children(node) or game.mover(node) in (CHANCE, mover):
        return ""
    index = game.set_of[node]
    choice = one.choices[index]
    used = support(choice) if choice is not None else ()
    if len(used) != 1:
        return ""
    who = game.players[game.sets[index].player]
    return f", which {who} would answer with {game.sets[index].actions[used[0]]}"


def continuation(
    one: Behaviour, game: ExtensiveGame, start: int, player: int, most: int = MOST_NODES
) -> Fraction | None:
    """What ``player`` can expect from ``start`` on; None after more than ``most`` nodes."""
    total = Fraction(0)
    waiting = [(start, Fraction(1))]
    seen = 0
    while waiting:
        node, chance = waiting.pop()
        seen += 1
        if seen > most:
            return None
        children = game.children(node)
        if not children:
            total += chance * game.payoffs(node)[player]
            continue
        choice = one.choices[game.set_of[node]]
        for action, child in enumerate(children):
            weight = game.probability(child) if choice is None else choice[action]
            if weight:
                waiting.append((child, chance * weight))
    return total


def _others(result: Result, found: list[Behaviour], game: ExtensiveGame) -> str:
    tallies = [one for one in result.solutions if isinstance(one, Tally)]
    total = tallies[0].number if tallies else len(found)
    if total == 1:
        return ""
    # At a tie one may also mix, so that only the pure ones can be counted.
    how_many = capital(count(total, "pure equilibrium", "pure equilibria"))
    if total > len(found) or result.coverage is not Coverage.ALL:
        return f"{how_many} exist because somebody is indifferent somewhere." if tallies else ""
    ends = {tuple(node for node, _ in one.outcomes) for one in found}
    if len(ends) == 1:
        return (
            f"{how_many} differ only in what would be done off this path, where somebody is "
            "indifferent."
        )
    names = {tuple(ending(game, node) for node, _ in one.outcomes) for one in found}
    if len(names) == 1 and len({one.payoffs for one in found}) == 1:
        alike = f"{'both' if total == 2 else 'all'} end in {listed(names.pop(), 'or')}"
    else:
        alike = f"they do not {'' if total == 2 else 'all '}end alike"
    return f"{how_many} exist because somebody is indifferent somewhere; {alike}."
