"""The regimes of four models against tables derived by hand, at random exact points.

Each table is written here as a function from values to the answer that its source gives.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction

import pytest

from alliance_games.exact.expression import to_text
from alliance_games.parametric.describing import at
from alliance_games.parametric.regimes import Regimes, regimes
from alliance_games.parametric.telling import Telling
from alliance_games.parametric.wording import written
from alliance_games.results.solutions import Behaviour, Point, Selection
from tests.parametric.studies import holders, library, study

Answer = dict[str, object]


def described(found: Regimes, values: dict[str, Fraction]) -> Answer:
    """Pure equilibria, mixed ones and the selection that the one cell at these values gives."""
    point = tuple(values[name] for name in found.region.symbols.names)
    (regime,) = holders(found, point)
    answer: Answer = {}
    for concept, solutions in at(regime.cell.outcome, point):
        if concept == "nash":
            strategies = [one.profile for one in solutions if isinstance(one, Point)]
            answer["all"] = set(strategies)
        elif concept == "risk-dominance":
            picked = [one.profile for one in solutions if isinstance(one, Selection)]
            answer["risk"] = picked[0] if picked else "no pair"
        elif concept == "subgame-perfect":
            answer["play"] = {one.choices for one in solutions if isinstance(one, Behaviour)}
    return answer


PURE = ((Fraction(1), Fraction(0)), (Fraction(0), Fraction(1)))


def pure(*profiles: tuple[int, int]) -> set[object]:
    return {(PURE[a], PURE[b]) for a, b in profiles}


def both(p: Fraction) -> tuple[object, object]:
    return (p, 1 - p), (p, 1 - p)


def draw(dice: random.Random, low: int, high: int) -> Fraction:
    return Fraction(dice.randint(low * 1000, high * 1000), 1009)


# (a1) two hunters, s > r > 0 and h = 0


def stag_hunt(v: dict[str, Fraction]) -> Answer:
    s, r = v["stag"], v["rabbit"]
    risk = (0, 0) if s > 2 * r else (1, 1) if s < 2 * r else None
    return {"all": {*pure((0, 0), (1, 1)), both(r / s)}, "risk": risk}


def draw_hunters(dice: random.Random) -> dict[str, Fraction]:
    rabbit = draw(dice, 1, 5)
    return {"rabbit": rabbit, "stag": rabbit + draw(dice, 1, 9)}


# (b1) two threatened states


def balancing(v: dict[str, Fraction]) -> Answer:
    worth, kap = v["independence"], v["cost"] / v["independence"]
    m, threat, phi, om = v["capability"], v["threat"], v["accrual"], v["free_ride"]
    p1, p2 = m / (m + threat + phi * m), 2 * m / (2 * m + threat)
    beta = v["forbearance"]
    beta1, beta2 = p1 - kap, (p2 - kap - p1 * om) / (1 - p1)
    trade_off = (p1 + p2 - 2 * kap - p1 * om) / (2 - p1)
    # What mixing must leave indifferent, from the row payoffs of the model.
    a, b = p2 * worth - v["cost"], p1 * worth - v["cost"]
    c, d = (1 - p1) * beta * worth + p1 * om * worth, beta * worth
    mixed = both((d - b) / ((a - c) + (d - b))) if (a - c) + (d - b) else None
    if beta < min(beta1, beta2):
        return {"all": pure((0, 0)), "risk": "no pair"}
    if beta > max(beta1, beta2):
        return {"all": pure((1, 1)), "risk": "no pair"}
    if beta1 < beta < beta2:
        risk = (0, 0) if beta < trade_off else (1, 1)
        return {"all": {*pure((0, 0), (1, 1)), mixed}, "risk": risk}
    return {"all": {*pure((0, 1), (1, 0)), mixed}, "risk": None}


def draw_states(dice: random.Random) -> dict[str, Fraction]:
    share = lambda: Fraction(dice.randint(1, 996), 997)  # noqa: E731
    positive = {name: draw(dice, 1, 9) for name in ("independence", "capability", "threat")}
    cost = positive["independence"] * Fraction(dice.randint(1, 400), 1009)
    shares = {name: share() for name in ("accrual", "forbearance", "free_ride")}
    return {**positive, "cost": cost, **shares}


# (e2) support or withhold


def support(v: dict[str, Fraction]) -> Answer:
    net = (v["crisis"] + v["emboldening"]) * (v["entrapment"] - v["interest"])
    net -= v["realignment"] * v["defection"]
    return {"all": pure((0, 0)) if net < 0 else pure((1, 1)), "risk": "no pair"}


def draw_allies(dice: random.Random) -> dict[str, Fraction]:
    shares = {n: Fraction(dice.randint(0, 997), 997) for n in ("crisis", "realignment")}
    shares["emboldening"] = Fraction(dice.randint(0, 997), 997)
    losses = {n: draw(dice, 1, 9) for n in ("abandonment", "defection")}
    return {**shares, **losses, "entrapment": draw(dice, -5, 9), "interest": draw(dice, -5, 9)}


# (f1) the menu: none (0, 0); light s = 1, a = 2; full s = 2, a = 4


def menu(v: dict[str, Fraction]) -> Answer:
    alpha, beta, gamma, kappa = (v[name] for name in ("alpha", "beta", "gamma", "kappa"))
    offers = {
        1: (alpha - 2 * beta, 2 * gamma - kappa / 2),
        2: (2 * alpha - 8 * beta, 4 * gamma - 2 * kappa),
    }
    accepts = {offer: minor > 0 for offer, (minor, _) in offers.items()}
    worth = [
        Fraction(0),
        *(major if accepts[offer] else Fraction(0) for offer, (_, major) in offers.items()),
    ]
    best = [offer for offer in range(3) if worth[offer] == max(worth)]
    three = [tuple(Fraction(i == offer) for i in range(3)) for offer in range(3)]
    replies = [PURE[0 if accepts[offer] else 1] for offer in (1, 2)]
    return {"play": {(three[offer], *replies) for offer in best}}


def draw_powers(dice: random.Random) -> dict[str, Fraction]:
    return {name: draw(dice, 1, 9) for name in ("alpha", "beta", "gamma", "kappa")}


TABLES: dict[str, tuple[str, Callable[..., Answer], Callable[..., dict[str, Fraction]]]] = {
    "a1": ("stag_hunt.yaml", stag_hunt, draw_hunters),
    "b1": ("balancing_vs_bandwagoning.yaml", balancing, draw_states),
    "e2": ("alliance_security_dilemma.yaml", support, draw_allies),
    "f1": ("morrow_autonomy_security.yaml", menu, draw_powers),
}


@pytest.mark.parametrize("name", TABLES)
def test_the_table_of_the_model(name: str) -> None:
    file, table, drawn = TABLES[name]
    found = regimes(library(file))
    dice = random.Random(name)
    for _ in range(500):
        values = drawn(dice)
        assert described(found, values) == table(values), values


# (g1) balancing against a rising offence: roots of o (1 - o) = c / V

BUCK = """
game: Buck-passing
players: [A, B]
parameters: {V: 10, c: 1, o: {value: 0.5, range: [0, 1]}}
assume: [V > 0, c > 0]
strategies: [Balance, Pass]
payoffs:
  Balance, Balance: V * (1 - o^2) - c, V * (1 - o^2) - c
  Balance, Pass: V * (1 - o) - c, V * (1 - o)
  Pass, Balance: V * (1 - o), V * (1 - o) - c
  Pass, Pass: 0, 0
"""


def test_buck_passing() -> None:
    found = regimes(study(BUCK))
    dice = random.Random("g1")
    for _ in range(500):
        worth, cost, o = draw(dice, 1, 9), draw(dice, 1, 3), Fraction(dice.randint(1, 996), 997)
        kap = cost / worth
        if o * (1 - o) > kap:
            expected = pure((0, 0))
        elif kap < 1 - o:
            mixed = both((worth * (1 - o) - cost) / (worth * (1 - o) ** 2))
            expected = {*pure((0, 1), (1, 0)), mixed}
        else:
            expected = pure((1, 1))
        assert described(found, {"V": worth, "c": cost, "o": o})["all"] == expected


def test_the_thresholds_of_buck_passing_are_irrational_roots() -> None:
    """Along o alone the cells end at 0.112702 and 0.887298 and at 0.9."""
    found = regimes(study(BUCK), over=["o"])
    for o, pures in (("0.05", 2), ("0.1127", 2), ("0.1128", 1), ("0.8872", 1), ("0.8873", 2)):
        (regime,) = holders(found, (Fraction(o),))
        solutions = dict(regime.cell.outcome or ())["nash"]
        assert len([s for s in solutions if not mixes(s)]) == pures
    (hopeless,) = holders(found, (Fraction("0.95"),))
    assert len(dict(hopeless.cell.outcome or ())["nash"]) == 1


def mixes(solution: object) -> bool:
    from alliance_games.algorithms.pure_conditions import as_pure_profile

    return isinstance(solution, Point) and as_pure_profile(solution.profile) is None


# (f3) an alliance that changes what the ally does later

TIES = """
game: Complete information
players: [Patron, Ally]
parameters: {V: 5, k: 1, W0: -1, tau: 1, r: 1}
assume: [V > 0, k > 0, tau > 0, r > 0]
tree:
  Patron:
    Treaty:
      Ally @ treaty: {Fight: "V - k, W0 + tau", Desert: "-k, -r"}
    None:
      Ally @ none: {Fight: "V, W0", Desert: "0, 0"}
"""


def test_an_alliance_is_made_where_it_changes_the_choice_to_come() -> None:
    """W0 < 0 < W0 + tau + r and V > k: what the patron pays the ally must turn it."""
    found = regimes(study(TIES))
    dice = random.Random("f3")
    for _ in range(500):
        values = {name: draw(dice, 1, 6) for name in ("V", "k", "tau", "r")}
        values["W0"] = draw(dice, -9, 4)
        allies = values["W0"] < 0 < values["W0"] + values["tau"] + values["r"]
        allies = allies and values["V"] > values["k"]
        play = described(found, values)["play"]
        assert {choices[0] for choices in play} == {PURE[0 if allies else 1]}


# What the cells are called


def where(found: Regimes) -> list[str]:
    telling = Telling(found)
    return [written(told.where) if told.where else "everywhere" for told in telling.cells]


def test_conditions_read_as_the_reader_would_write_them() -> None:
    assert where(regimes(library("stag_hunt.yaml"))) == ["stag < 2 * rabbit", "stag > 2 * rabbit"]
    along = regimes(library("balancing_vs_bandwagoning.yaml"), over=["forbearance"])
    assert where(along) == [
        "13/70 < forbearance < 23/60",
        "forbearance < 13/70",
        "23/60 < forbearance < 33/50",
        "forbearance > 33/50",
    ]
    assert where(regimes(library("alliance_security_dilemma.yaml"))) == [
        "net_cost > 0",
        "net_cost < 0",
    ]


def test_the_thresholds_of_balancing_are_those_of_the_model() -> None:
    """beta1, beta2 and betaRD of the model, in the file's own definitions."""
    found = regimes(library("balancing_vs_bandwagoning.yaml"))
    telling = Telling(found, "forbearance")
    bounds = set()
    for told in telling.cells:
        assert told.where is not None
        bounds |= set(to_text(told.where).replace(" and ", " < ").split(" < "))
    text = " ".join(sorted(bounds))
    assert "(independence * alone - cost) / independence" in text
    assert "(independence * together - independence * free_ride * alone - cost)" in text


def test_an_edge_that_is_like_its_neighbour_belongs_to_it() -> None:
    """(Stag, Stag) is an equilibrium also where stag equals the rabbit."""
    found = regimes(
        study(
            "game: g\nplayers: [A, B]\nparameters: {stag: 4, rabbit: 3}\nassume: [rabbit > 0]\n"
            "strategies: [Stag, Rabbit]\npayoffs:\n  Stag, Stag: stag, stag\n"
            "  Stag, Rabbit: 0, rabbit\n  Rabbit, Stag: rabbit, 0\n"
            "  Rabbit, Rabbit: rabbit, rabbit\n"
        ),
        ["pure-nash"],
    )
    telling = Telling(found)
    assert where(found) == ["stag >= rabbit", "stag < rabbit"]
    assert not telling.edges
    said = {s.about: telling.where(s) for s in found.statements if s.what == "pure"}
    assert str(said[0, 0]) == "stag >= rabbit"
    assert said[1, 1] is None
