"""Signalling games of the literature and of models.md, as tables and as trees."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from random import Random

from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.tree_builder import Chance, Move, Terminal, build

Pay = Callable[[str, str, str], tuple[Fraction | int, Fraction | int]]


def signalling(
    types: dict[str, Fraction],
    messages: Sequence[str],
    responses: Sequence[str],
    pay: Pay,
    players: tuple[str, str] = ("Sender", "Receiver"),
) -> ExtensiveGame:
    """The tree of a signalling game; ``pay(type, message, response)`` pays both players."""

    def expand(state: tuple[str, ...]) -> Terminal | Move | Chance:
        if not state:
            return Chance(tuple(types), tuple(types.values()), [(one,) for one in types])
        if len(state) == 1:
            return Move(0, tuple(messages), [(*state, one) for one in messages], state[0])
        if len(state) == 2:
            return Move(1, tuple(responses), [(*state, one) for one in responses], state[1])
        return Terminal(pay(*state))

    return build(players, (), expand)


def beer_quiche() -> ExtensiveGame:
    """Cho and Kreps 1987, figure I: Surly 9/10 likes beer, Weak quiche; neither likes duels."""

    def pay(kind: str, breakfast: str, answer: str) -> tuple[int, int]:
        liked = (kind == "Surly") == (breakfast == "Beer")
        duel = answer == "Duel"
        return int(liked) + 2 * (not duel), int(duel == (kind == "Weak"))

    types = {"Weak": Fraction(1, 10), "Surly": Fraction(9, 10)}
    return signalling(types, ("Beer", "Quiche"), ("Duel", "Not"), pay)


def treaty(
    pi: Fraction = Fraction(3, 10),
    k: Fraction = Fraction(4),
    r: Fraction = Fraction(1),
    tau: Fraction = Fraction(1),
) -> ExtensiveGame:
    """models f2 with the last move played out: H always fights, L never (WL + tau < -r)."""
    value, war = {"H": 10, "L": 3}, {"H": 2, "L": -3}
    assert war["L"] + tau < -r

    def pay(kind: str, said: str, answer: str) -> tuple[Fraction, Fraction]:
        signed = Fraction(said == "Sign")
        if answer == "Refrain":
            return value[kind] - k * signed, Fraction(0)
        if kind == "H":
            return war["H"] + tau * signed - k * signed, Fraction(-4)
        return -r * signed - k * signed, Fraction(4)

    types = {"H": pi, "L": 1 - pi}
    return signalling(types, ("Sign", "NoSign"), ("Attack", "Refrain"), pay, ("D", "C"))


def reliability(w: int, dr: int, du: int, pi: Fraction = Fraction(7, 10)) -> ExtensiveGame:
    """models j1: a patron backs or restrains a client, an onlooking ally stays or leaves."""

    def pay(kind: str, did: str, answer: str) -> tuple[int, int]:
        backs, stays = did == "Back", answer == "Stay"
        own = {"R": dr, "U": du}[kind] * backs + 5 * stays
        return own, ((4 if kind == "R" else -4) - w * backs) * stays

    types = {"R": pi, "U": 1 - pi}
    return signalling(types, ("Back", "Restrain"), ("Stay", "Leave"), pay, ("P", "O"))


def job_market(
    efforts: Sequence[str], wages: Sequence[str], weights: Sequence[int]
) -> ExtensiveGame:
    """Spence 1973: a worker of productivity 1, 2, ... is educated at a cost of effort over
    productivity; a firm loses the square of its error about the productivity."""

    def pay(kind: str, effort: str, wage: str) -> tuple[Fraction, Fraction]:
        productivity, paid = Fraction(kind), Fraction(wage)
        return paid - Fraction(effort) / productivity, -((paid - productivity) ** 2)

    types = {str(k + 1): Fraction(w, sum(weights)) for k, w in enumerate(weights)}
    return signalling(types, efforts, wages, pay, ("Worker", "Firm"))


def random_game(random: Random, types: int, messages: int, responses: int) -> ExtensiveGame:
    """Small integer payoffs, generic as a rule."""
    weights = [random.randint(1, 4) for _ in range(types)]
    prior = {f"t{k}": Fraction(w, sum(weights)) for k, w in enumerate(weights)}
    table: dict[tuple[str, str, str], tuple[int, int]] = {}

    def pay(*place: str) -> tuple[int, int]:
        return table.setdefault(place, (random.randint(-9, 9), random.randint(-9, 9)))

    names = [f"m{k}" for k in range(messages)]
    return signalling(prior, names, [f"r{k}" for k in range(responses)], pay)
