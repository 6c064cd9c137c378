"""Trees of the tests on regimes, as files."""

from __future__ import annotations

from alliance_games.model.study import Study
from tests.parametric.studies import study


def cohen() -> Study:
    """models.md o1: two clients commit or not, a patron covers them or not, an adversary moves."""
    values = {"w": "9/10", "lam": "4/5", "G": 10, "K": "27/10", "b": "7/10", "d": "3/5", "L": 10}
    values |= {"k": "5/2", "v": 10, "W": 20, "eB": "3/2", "eM": "1/2"}
    lines = ["game: patron, clients and adversary", "players: [C1, C2, P, X]", "parameters:"]
    lines += [f"  {name}: {value}" for name, value in values.items()]
    lines += ["assume: [w >= 0, k >= 0]", "tree:", "  C1:"]
    for first in "CN":
        lines += [f"    {first}:", "      C2 @ second:"]
        for second in "CN":
            pair = first + second
            lines += [f"        {second}:", f"          P @ {pair}:"]
            for cover in ("None", "Bilateral", *(["Multi"] if pair == "CC" else [])):
                lines += [
                    f"            {cover}:",
                    f"              X @ {pair} {cover}:",
                    f'                Refrain: "{_peace(pair, cover)}"',
                    f'                Challenge: "{_war(pair, cover)}"',
                ]
    return study("\n".join(lines) + "\n")


def _price(cover: str) -> str:
    return {"None": "0", "Bilateral": "2 * eB", "Multi": "2 * eM"}[cover]


def _peace(pair: str, cover: str) -> str:
    mine = ["-k" if each == "C" else "0" for each in pair]
    return f"{mine[0]}, {mine[1]}, -({_price(cover)}), 0"


def _war(pair: str, cover: str) -> str:
    covered = cover != "None"
    q = "w" + (" * (1 - b)" if covered else "") + (" * (1 - d)" if pair == "CC" else "")
    if pair in ("CC", "NN"):
        cost = "k" if pair == "CC" else "0"
        clients = [f"-{cost} - {q} * (1 + lam) * L / 2"] * 2
    else:
        clients = [f"-k - {q} * L" if each == "C" else f"-lam * {q} * L" for each in pair]
    patron = f"-({_price(cover)}) - v * {q} * (1 + lam){' - W' if covered else ''}"
    return f"{clients[0]}, {clients[1]}, {patron}, {q} * (1 + lam) * G - K"
