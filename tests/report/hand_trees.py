"""Trees with hidden moves that were solved by hand, and their equilibria as they were derived.

``horse``: Selten 1975, with the payoffs of Osborne and Rubinstein 1994, figure 225.1. Player 3
prefers L where her belief of 'after D' is above 1/3 (2b against 1 - b), so that the sequential
equilibria are: D never, d never, and R with belief up to 1/3, or belief 1/3 and L up to 1/4 (above,
player 2 would move d: 4 times the probability of L against 1).

``treaty``: a treaty as a costly signal (after Morrow 1994, two types). A treaty costs 4 and makes
war better by 1 for its signatory, who pays 1 for reneging. Committed allies always fight (2 > 0),
Uncommitted ones never (-2 < -1; -3 < 0). The adversary attacks where the probability of fighting is
below 1/2.

``beer_quiche``: Cho and Kreps 1987.
"""

from __future__ import annotations

from fractions import Fraction as F

from alliance_games.model.extensive import CHANCE, ExtensiveGame
from alliance_games.model.tree_builder import Chance, Move, Terminal, build
from alliance_games.results.solutions import Behaviour, Certificate
from alliance_games.results.tree_solutions import (
    Assessment,
    Condition,
    Continuum,
    Family,
    Tremble,
    Unknown,
)

CHECKED = Certificate(True, "consistent and sequentially rational", F(0))


def horse() -> ExtensiveGame:
    """Selten's horse."""

    def third(left, right):
        return Move(2, ("L", "R"), (Terminal(left), Terminal(right)), "third")

    second = Move(1, ("c", "d"), (Terminal((1, 1, 1)), third((4, 4, 0), (0, 0, 1))))
    root = Move(0, ("C", "D"), (second, third((3, 3, 2), (0, 0, 0))))
    return build(("One", "Two", "Three"), root, lambda state: state)


def treaty(pi: F = F(3, 10), cost: int = 4) -> ExtensiveGame:
    """A treaty as a signal, with the ally's choice to fight at the end."""

    def crisis(value, war, message):
        signed = message == "Treaty"
        paid = cost if signed else 0
        fight = Terminal((war + signed - paid, -4), "war")
        stand = Terminal((-signed - paid, 4), "abandoned")
        return Move(
            1,
            ("Attack", "Desist"),
            (
                Move(0, ("Fight", "Stand aside"), (fight, stand)),
                Terminal((value - paid, 0), "peace"),
            ),
            message,
        )

    def ally(name, value, war):
        after = tuple(crisis(value, war, message) for message in ("Treaty", "No treaty"))
        return Move(0, ("Treaty", "No treaty"), after, name)

    root = Chance(
        ("Committed", "Uncommitted"),
        (pi, 1 - pi),
        (ally("Committed", 10, 2), ally("Uncommitted", 3, -3)),
    )
    return build(("Ally", "Adversary"), root, lambda state: state)


def beer_quiche() -> ExtensiveGame:
    """A strong type (9/10) likes beer, a weak one quiche; both would rather not fight a duel."""

    def saloon(strong, meal):
        own = int((meal == "Beer") == strong)
        duel = Terminal((own, 0 if strong else 1))
        peace = Terminal((own + 2, 1 if strong else 0))
        return Move(1, ("Duel", "Let be"), (duel, peace), meal)

    def sender(strong):
        meals = ("Beer", "Quiche")
        after = tuple(saloon(strong, meal) for meal in meals)
        return Move(0, meals, after, "Strong" if strong else "Weak")

    root = Chance(("Strong", "Weak"), (F(9, 10), F(1, 10)), (sender(True), sender(False)))
    return build(("Sender", "Receiver"), root, lambda state: state)


def set_of(game: ExtensiveGame, name: str) -> int:
    """The information set of this name."""
    return next(i for i in range(len(game.sets)) if game.set_name(i) == name)


def unknown(game: ExtensiveGame, of: str, name: str, place: str) -> Unknown:
    """What a condition speaks of, by names."""
    index = set_of(game, name)
    options = game.sets[index].actions if of == "choice" else game.node_names(index)
    return Unknown(of, index, options.index(place))


def at_most(one: Unknown, bound: F) -> Condition:
    """The unknown is at most ``bound``."""
    return Condition(((F(-1), (one,)), (F(bound), ())), ">=")


def at_least(one: Unknown, bound: F) -> Condition:
    """The unknown is at least ``bound``."""
    return Condition(((F(1), (one,)), (F(-bound), ())), ">=")


def exactly(one: Unknown, value: F) -> Condition:
    """The unknown is ``value``."""
    return Condition(((F(1), (one,)), (F(-value), ())), "=")


def play(game: ExtensiveGame, chosen: dict, free: tuple[str, ...] = (), **more) -> Behaviour:
    """A behaviour strategy profile from names: an action, or a mixture of actions, by set."""
    choices = []
    for index, each in enumerate(game.sets):
        if each.player == CHANCE:
            choices.append(None)
            continue
        one = chosen[game.set_name(index)]
        mixed = {one: F(1)} if isinstance(one, str) else one
        choices.append(tuple(F(mixed.get(action, 0)) for action in each.actions))
    outcomes = _reached(game, choices)
    payoffs = tuple(
        sum((chance * game.payoffs(node)[player] for node, chance in outcomes), F(0))
        for player in range(len(game.players))
    )
    sets = tuple(set_of(game, name) for name in free)
    return Behaviour(tuple(choices), payoffs, outcomes, free=sets, **more)


def _reached(game: ExtensiveGame, choices) -> tuple[tuple[int, F], ...]:
    reach = {0: F(1)}
    for node in range(game.size):
        for action, child in enumerate(game.children(node)):
            choice = choices[game.set_of[node]]
            step = game.probability(child) if choice is None else choice[action]
            reach[child] = reach[node] * step
    return tuple((n, p) for n, p in reach.items() if p and not game.children(n))


def assess(
    game: ExtensiveGame, chosen: dict, beliefs: dict, tremble: Tremble | None = None, **more
) -> Assessment:
    """An assessment from names; ``beliefs`` of the sets of several nodes."""
    played = play(game, chosen)
    held = []
    for index, each in enumerate(game.sets):
        if each.player == CHANCE:
            held.append(None)
        elif len(game.nodes_of[index]) == 1:
            held.append((F(1),))
        else:
            own = beliefs[game.set_name(index)]
            held.append(tuple(F(own.get(name, 0)) for name in game.node_names(index)))
    return Assessment(
        played.choices, tuple(held), played.payoffs, played.outcomes, tremble=tremble, **more
    )


def horse_equilibria(game: ExtensiveGame, certificate: Certificate | None = CHECKED) -> Continuum:
    """All sequential equilibria of Selten's horse: two segments that meet at belief 1/3."""
    after_d = next(name for name in game.node_names(set_of(game, "third")) if name == "D")
    other = next(name for name in game.node_names(set_of(game, "third")) if name != "D")

    def point(left, belief):
        mixed = {"L": F(left), "R": 1 - F(left)}
        beliefs = {after_d: F(belief), other: 1 - F(belief)}
        return assess(game, {"start": "C", "C": "c", "third": mixed}, {"third": beliefs})

    belief = unknown(game, "belief", "third", after_d)
    left = unknown(game, "choice", "third", "L")
    families = (
        Family(1, (0, 1), (exactly(left, F(0)), at_most(belief, F(1, 3)))),
        Family(1, (1, 2), (exactly(belief, F(1, 3)), at_most(left, F(1, 4)))),
    )
    points = (point(0, 0), point(0, F(1, 3)), point(F(1, 4), F(1, 3)))
    return Continuum(1, points, families, certificate=certificate)


ENDS = {
    "Committed > Treaty > Attack": "Fight",
    "Committed > No treaty > Attack": "Fight",
    "Uncommitted > Treaty > Attack": "Stand aside",
    "Uncommitted > No treaty > Attack": "Stand aside",
}
"""What both types of ally do when it comes to a crisis."""


def separating(game: ExtensiveGame, **more) -> Assessment:
    """The Committed ally signs, the Uncommitted one does not; 'treaty' at its defaults."""
    return assess(
        game,
        {"Committed": "Treaty", "Uncommitted": "No treaty", "Treaty": "Desist",
         "No treaty": "Attack", **ENDS},
        {"Treaty": {"Committed": 1}, "No treaty": {"Uncommitted": 1}},
        **more,
    )  # fmt: skip


def pooling(game: ExtensiveGame, **more) -> Continuum:
    """Nobody signs, and the adversary attacks; a treaty would not be believed.

    The Committed would sign if it were attacked with a probability below 4/7: without a treaty it
    gets 2, with one 6 - 7x.
    """

    def point(attack, belief):
        return assess(
            game,
            {"Committed": "No treaty", "Uncommitted": "No treaty", "No treaty": "Attack",
             "Treaty": {"Attack": F(attack), "Desist": 1 - F(attack)}, **ENDS},
            {"No treaty": {"Committed": F(3, 10), "Uncommitted": F(7, 10)},
             "Treaty": {"Committed": F(belief), "Uncommitted": 1 - F(belief)}},
        )  # fmt: skip

    belief = unknown(game, "belief", "Treaty", "Committed")
    attack = unknown(game, "choice", "Treaty", "Attack")
    families = (
        Family(1, (0, 1), (at_most(belief, F(1, 2)), exactly(attack, F(1)))),
        Family(1, (1, 2), (exactly(belief, F(1, 2)), at_least(attack, F(4, 7)))),
    )
    points = (point(1, 0), point(1, F(1, 2)), point(F(4, 7), F(1, 2)))
    return Continuum(1, points, families, **more)


def assurance() -> ExtensiveGame:
    """Two states of unknown trust (after Kydd 2005): each is trusting with probability 3/4.

    Both trusting: 4 for cooperation, 3 for defecting on it, 0 for being betrayed, 2 for none. A
    wary state defects whatever the other does (6 against 4, 2 against 0). So the trusting
    cooperate where the other does so with a probability of at least 2/3.
    """
    types = ("trusting", "wary")

    def payoff(type_, mine, other):
        if mine == other:
            return 4 if mine == "Cooperate" else 2
        if mine == "Cooperate":
            return 0
        return 3 if type_ == "trusting" else 6

    moves = ("Cooperate", "Defect")

    def second(first_type, mine, second_type):
        ends = tuple(
            Terminal((payoff(first_type, mine, other), payoff(second_type, other, mine)))
            for other in moves
        )
        return Move(1, moves, ends, second_type)

    def first(first_type, second_type):
        after = tuple(second(first_type, mine, second_type) for mine in moves)
        return Move(0, moves, after, first_type)

    pairs = [(a, b) for a in types for b in types]
    odds = {"trusting": F(3, 4), "wary": F(1, 4)}
    root = Chance(
        tuple(f"{a}, {b}" for a, b in pairs),
        tuple(odds[a] * odds[b] for a, b in pairs),
        tuple(first(a, b) for a, b in pairs),
    )
    return build(("A", "B"), root, lambda state: state)
