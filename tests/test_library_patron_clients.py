"""Patron, clients and adversary: the library's files against backward induction by hand."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import product

import pytest

import alliance_games as ag

F = Fraction
CLIENTS = ["Commit", "Decline"]


def drawn(seed: int) -> dict[str, Fraction]:
    """Parameters drawn so that each regime comes up, in fractions that make ties unlikely."""
    rng = random.Random(seed)

    def share() -> Fraction:
        return F(rng.randint(1, 96), 97)

    bilateral = F(rng.randint(2, 40), 13)
    values = {
        "offence": share(),
        "land": F(0),
        "crossing": share(),
        "foothold": share(),
        "contagion": share(),
        "patron_cover": share(),
        "mutual_help": share(),
        "loss": F(rng.randint(5, 30)),
        "commitment": F(rng.randint(1, 60), 11),
        "stake": F(rng.randint(5, 30)),
        "bilateral": bilateral,
        "multilateral": bilateral * share(),
        "prize": F(rng.randint(5, 30)),
        "attack": F(rng.randint(1, 60), 7),
    }
    worst = values["stake"] * values["patron_cover"] * (1 + values["contagion"])
    return values | {"entrapment": worst + share()}


def threat(p: dict[str, Fraction]) -> Fraction:
    return p["offence"] * (p["crossing"] + (1 - p["crossing"]) * p["foothold"])


def ending(p: dict[str, Fraction], committed: tuple[bool, bool]) -> tuple[list[Fraction], str, str]:
    """The clients' payoffs and what patron and adversary do after the clients' moves.

    Written from the story: the adversary attacks if that pays, the patron looks ahead to it.
    """
    both = all(committed)
    options = []
    for move in ["Stay out", "Bilateral"] + ["Multilateral"] * both:
        covers = move != "Stay out"
        chance = threat(p)
        if covers:
            chance *= 1 - p["patron_cover"]
        if both:
            chance *= 1 - p["mutual_help"]
        fallen = chance * (1 + p["contagion"])
        attacked = fallen * p["prize"] > p["attack"]
        upkeep = {"Stay out": F(0), "Bilateral": p["bilateral"], "Multilateral": p["multilateral"]}
        patron = -2 * upkeep[move]
        clients = [-p["commitment"] * c for c in committed]
        if attacked:
            patron -= p["stake"] * fallen + p["entrapment"] * covers
            for i, other in ((0, 1), (1, 0)):
                if committed[i] == committed[other]:
                    clients[i] -= chance * p["loss"] * (1 + p["contagion"]) / 2
                elif committed[i]:
                    clients[i] -= chance * p["loss"]
                else:
                    clients[i] -= chance * p["loss"] * p["contagion"]
        options.append((patron, clients, move, "Attack" if attacked else "Refrain"))
    _, clients, move, reply = max(options, key=lambda option: option[0])
    return clients, move, reply


def expected(p: dict[str, Fraction]) -> set[tuple[str, ...]]:
    """The paths of the equilibria in pure strategies, by trying both clients' deviations."""
    paths = set()
    for first, second in product([True, False], repeat=2):
        mine, move, reply = ending(p, (first, second))
        if (
            mine[0] >= ending(p, (not first, second))[0][0]
            and mine[1] >= ending(p, (first, not second))[0][1]
        ):
            paths.add((CLIENTS[not first], CLIENTS[not second], move, reply))
    return paths


def only(mixture: dict[str, Fraction]) -> str | None:
    """The action that is certain, if one is."""
    return next((action for action, chance in mixture.items() if chance == 1), None)


def path(found: ag.Found) -> tuple[str, ...] | None:
    """What happens in an equilibrium of the tree; None where the clients mix."""
    behaviour = found.behaviour
    first = only(behaviour["First"]["start"])
    second = only(behaviour["Second"]["unseen"])
    if first is None or second is None:
        return None
    where = {
        ("Commit", "Commit"): "both committed",
        ("Commit", "Decline"): "first alone committed",
        ("Decline", "Commit"): "second alone committed",
        ("Decline", "Decline"): "neither committed",
    }[first, second]
    move = only(behaviour["Patron"][where])
    reply = {
        ("both committed", "Stay out"): "two who help each other",
        ("both committed", "Bilateral"): "two who help each other and are covered",
        ("both committed", "Multilateral"): "one pact",
        ("first alone committed", "Stay out"): "first exposed",
        ("first alone committed", "Bilateral"): "first exposed but covered",
        ("second alone committed", "Stay out"): "second exposed",
        ("second alone committed", "Bilateral"): "second exposed but covered",
        ("neither committed", "Stay out"): "each alone",
        ("neither committed", "Bilateral"): "each covered",
    }[where, str(move)]
    return first, second, str(move), str(only(behaviour["Adversary"][reply]))


@pytest.mark.parametrize("seed", range(40))
def test_the_tree_s_equilibria_are_those_of_backward_induction(seed: int) -> None:
    values = drawn(seed)
    found = ag.load("patron_clients/patron_clients_adversary").at(**values)
    paths = {path(one) for one in found.solve("subgame-perfect").solutions}
    assert paths - {None} == expected(values)


@pytest.mark.parametrize("seed", range(40))
def test_the_clients_stage_folds_the_tree(seed: int) -> None:
    values = drawn(seed)
    kept = {
        name: value
        for name, value in values.items()
        if name not in ("offence", "land", "crossing", "foothold", "entrapment")
    }
    stage = ag.load("patron_clients/clients_commitment").at(threat=threat(values), **kept)
    profiles = {
        (only(one.profile["First"]), only(one.profile["Second"]))
        for one in stage.solve("pure-nash").solutions
    }
    assert profiles == {one[:2] for one in expected(values)}


def test_the_draws_reach_every_kind_of_answer() -> None:
    """Peace without and with cover, pacts with and without the patron, and occupation."""
    ends = {one for seed in range(40) for one in expected(drawn(seed))}
    assert {one[2:] for one in ends} >= {
        ("Stay out", "Refrain"),
        ("Stay out", "Attack"),
        ("Bilateral", "Refrain"),
        ("Multilateral", "Refrain"),
    }
    assert ("Commit", "Commit", "Stay out", "Refrain") in ends
