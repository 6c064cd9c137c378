"""Trees whose equilibria are known from books or by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.tree_builder import Chance, Move, Terminal, build


def tree(players: Sequence[str], root: Move | Chance) -> ExtensiveGame:
    """The game with these nodes inside each other."""
    return build(players, root, lambda state: state)


def horse() -> ExtensiveGame:
    """Selten's horse (Selten 1975, figure 1), with the payoffs of Osborne and Rubinstein 1994,
    figure 225.1."""
    below_d = Move(2, ("L", "R"), [Terminal((4, 4, 0)), Terminal((0, 0, 1))], "third")
    second = Move(1, ("c", "d"), [Terminal((1, 1, 1)), below_d])
    below = Move(2, ("L", "R"), [Terminal((3, 3, 2)), Terminal((0, 0, 0))], "third")
    return tree(("1", "2", "3"), Move(0, ("C", "D"), [second, below]))


def signals(
    prior: Sequence[Fraction],
    types: Sequence[str],
    messages: Sequence[str],
    responses: Sequence[str],
    payoffs: Callable[[int, int, int], Sequence[Fraction | int]],
) -> ExtensiveGame:
    """A signalling game; ``payoffs(type, message, response)`` are the sender's and receiver's."""

    def sender(t: int) -> Move:
        after = [
            Move(
                1,
                tuple(responses),
                [Terminal(tuple(payoffs(t, m, r))) for r in range(len(responses))],
                message,
            )
            for m, message in enumerate(messages)
        ]
        return Move(0, tuple(messages), after, types[t])

    root = Chance(tuple(types), tuple(prior), [sender(t) for t in range(len(types))])
    return tree(("Sender", "Receiver"), root)


def beer_and_quiche() -> ExtensiveGame:
    """Cho and Kreps 1987: the strong type (9/10) likes beer, the weak one quiche; both prefer not
    to be fought (2) to their breakfast (1), and only the weak are worth fighting."""

    def payoffs(t: int, m: int, r: int) -> tuple[int, int]:
        return (t == m) + 2 * r, int((t == 1) == (r == 0))

    prior = (Fraction(9, 10), Fraction(1, 10))
    return signals(prior, ("Strong", "Weak"), ("Beer", "Quiche"), ("Fight", "Not"), payoffs)


def reliability(pi: Fraction, war: int, reliable: int, unreliable: int) -> ExtensiveGame:
    """A patron backs or restrains a client while an ally looks on, who stays or leaves.

    The ally gains 4 from a reliable patron and loses 4 by an unreliable one; staying after Back
    costs her ``war``. The patron's types gain ``reliable`` and ``unreliable`` by Back, and 5 where
    the ally stays.
    """

    def payoffs(t: int, m: int, r: int) -> tuple[int, int]:
        own = (reliable, unreliable)[t] if m == 0 else 0
        ally = (4 if t == 0 else -4) - (war if m == 0 else 0)
        return own + (5 if r == 0 else 0), ally if r == 0 else 0

    return signals((pi, 1 - pi), ("R", "U"), ("Back", "Restrain"), ("Stay", "Leave"), payoffs)


def treaty(
    pi: Fraction = Fraction(3, 10),
    cost: Fraction = Fraction(4),
    renege: Fraction = Fraction(1),
    gain: Fraction = Fraction(1),
) -> ExtensiveGame:
    """A defender signs a treaty or not, a challenger attacks or not, the defender then intervenes
    or stands aside: a costly signal after Morrow 1994 and Fearon 1997."""
    peace, war = (10, 3), (2, -3)

    def after(t: int, signed: int, label: str) -> Move:
        intervene = Terminal((war[t] + (gain - cost) * signed, -4))
        aside = Terminal((-(renege + cost) * signed, 4))
        attacked = Move(0, ("Intervene", "Stand aside"), [intervene, aside])
        return Move(
            1, ("Attack", "Refrain"), [attacked, Terminal((peace[t] - cost * signed, 0))], label
        )

    def defender(t: int) -> Move:
        ways = [after(t, 1, "signed"), after(t, 0, "unsigned")]
        return Move(0, ("Sign", "No sign"), ways, ("H", "L")[t])

    return tree(("D", "C"), Chance(("H", "L"), (pi, 1 - pi), [defender(0), defender(1)]))


def deterrence(challenger: Fraction, defender: Fraction) -> ExtensiveGame:
    """Unilateral deterrence after Zagare and Kilgour 2000: each side is hard or soft, privately."""
    hard = {"challenger": (-1, -4), "defender": (-2, -5)}

    def start(c: int, d: int) -> Move:
        conflict = Terminal((hard["challenger"][c], hard["defender"][d]))
        press = Move(0, ("Back down", "Press"), [Terminal((-2, 1)), conflict], f"again {'HS'[c]}")
        answer = Move(1, ("Concede", "Resist"), [Terminal((2, -3)), press], f"defender {'HS'[d]}")
        return Move(0, ("Accept", "Initiate"), [Terminal((0, 2)), answer], f"first {'HS'[c]}")

    pairs = [(c, d) for c in (0, 1) for d in (0, 1)]
    shares = [(challenger, 1 - challenger)[c] * (defender, 1 - defender)[d] for c, d in pairs]
    names = tuple("HS"[c] + "HS"[d] for c, d in pairs)
    return tree(("Ch", "Def"), Chance(names, shares, [start(c, d) for c, d in pairs]))


def seen_through_noise(noise: Fraction) -> ExtensiveGame:
    """A commitment seen wrongly with probability ``noise`` (after Bagwell 1995)."""

    def answer(committed: bool, seen: str) -> Move:
        endings = [(8, 0), (-8, -4)] if committed else [(10, 0), (-4, 4)]
        return Move(1, ("Refrain", "Attack"), [Terminal(each) for each in endings], seen)

    def look(committed: bool) -> Chance:
        true, false = ("commit", "not") if committed else ("not", "commit")
        return Chance(
            ("right", "wrong"),
            (1 - noise, noise),
            [answer(committed, true), answer(committed, false)],
        )

    return tree(("D", "C"), Move(0, ("Commit", "Not"), [look(True), look(False)]))


def entry() -> ExtensiveGame:
    """Entry, then both fight or accommodate at once (Mas-Colell, Whinston and Green 1995, 9.C)."""

    def incumbent(payoffs: Sequence[tuple[int, int]]) -> Move:
        return Move(1, ("Fight", "Accommodate"), [Terminal(each) for each in payoffs], "incumbent")

    after = [incumbent([(-3, -1), (1, -2)]), incumbent([(-2, -1), (3, 1)])]
    inside = Move(0, ("Fight", "Accommodate"), after)
    return tree(("E", "I"), Move(0, ("Out", "In"), [Terminal((0, 2)), inside]))


def two_onlookers() -> ExtensiveGame:
    """One stays out, or does A or B. Two others see only that something was done. The deviator is
    punished only if one onlooker thinks A likely and the other thinks B likely."""

    def third(act: int, x: int) -> Move:
        ally = ((1, -2)[act]) if x == 0 else 0
        return Move(
            2,
            ("y", "n"),
            [Terminal((-1 if x == 0 else 1, ally, (-2, 1)[act])), Terminal((1, ally, 0))],
            "third",
        )

    def second(act: int) -> Move:
        return Move(1, ("x", "n"), [third(act, 0), third(act, 1)], "second")

    return tree(
        ("1", "2", "3"), Move(0, ("Out", "A", "B"), [Terminal((0, 0, 0)), second(0), second(1)])
    )


def volunteers(cost: Fraction = Fraction(3, 10)) -> ExtensiveGame:
    """Three allies each act or wait, at once; all gain 1 where somebody acts, at a cost."""

    def node(acts: tuple[int, ...]) -> Move | Terminal:
        if len(acts) == 3:
            return Terminal([int(any(acts)) - cost * act for act in acts])
        player = len(acts)
        return Move(player, ("Act", "Wait"), [node((*acts, 1)), node((*acts, 0))], f"ally {player}")

    root = node(())
    assert isinstance(root, Move)
    return tree(("1", "2", "3"), root)
