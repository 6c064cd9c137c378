"""Branches of logit quantal response: this package, and gambit's where pygambit is installed.

Run as `python benchmarks/quantal_response.py`. Random integer payoffs 0..100 from
`random.Random(k)`. Times are CPU seconds, medians over the games: of following the principal branch
alone, of the whole answer (exact limit and certificate included), and of pygambit's `logit_solve`
inside a running process. The limits must agree to 1e-5 with pygambit's.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from importlib.util import find_spec
from itertools import product
from statistics import median

from alliance_games.algorithms.logit_branches import principal_branch
from alliance_games.algorithms.logit_equations import LogitEquations
from alliance_games.model.normal import NormalGame
from alliance_games.solve import solve

SHAPES = ((2, 2), (8, 8), (20, 20), (4, 4, 4), (2, 2, 2, 2))
GAMES = 5


def game(shape: tuple[int, ...], number: int) -> NormalGame:
    rng = random.Random(number)
    return NormalGame.from_payoffs(
        [f"P{player}" for player in range(len(shape))],
        [[f"s{own}" for own in range(width)] for width in shape],
        lambda profile: [rng.randint(0, 100) for _ in shape],
    )


def timed(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def nfg(one: NormalGame) -> str:
    """The game as Gambit writes it: the first player's strategy changes fastest."""
    players = " ".join(f'"{name}"' for name in one.players)
    head = f'NFG 1 R "game" {{{players}}} {{{" ".join(map(str, one.shape))}}}\n\n'
    profiles = (back[::-1] for back in product(*(range(n) for n in reversed(one.shape))))
    return head + " ".join(str(v) for p in profiles for v in one.payoffs(p)) + "\n"


def beside_gambit(one: NormalGame, end: tuple[tuple[float, ...], ...]) -> float:
    """How long pygambit takes; its answer must be ours."""
    import io

    import pygambit

    other = pygambit.read_nfg(io.StringIO(nfg(one)))
    start = time.process_time()
    found = pygambit.nash.logit_solve(other)
    spent = time.process_time() - start
    profile = getattr(found, "equilibrium", None) or found.equilibria[0]
    for player, shares in zip(one.players, end, strict=True):
        for own, share in enumerate(shares):
            theirs = float(profile[player][str(own + 1)])
            assert abs(theirs - share) < 1e-5, (player, own, theirs, share)
    return spent


def main() -> None:
    has_gambit = find_spec("pygambit") is not None
    print(f"{'shape':>14} {'branch':>8} {'answer':>8} {'gambit':>8} {'points':>7} {'error':>8}")
    for shape in SHAPES:
        games = [game(shape, number) for number in range(GAMES)]
        ends, alone, points, errors = [], [], [], []
        for one in games:
            start = time.process_time()
            branch = principal_branch(LogitEquations(one), lambda: None)
            alone.append(time.process_time() - start)
            ends.append(branch.end)
            points.append(len(branch.points))
            errors.append(max(point.error for point in branch.points))
        whole = [timed(lambda one=one: solve(one, ["logit"])) for one in games]
        pairs = list(zip(games, ends, strict=True)) if has_gambit else []
        theirs = [beside_gambit(*pair) for pair in pairs]
        gambit = f"{median(theirs):8.4f}" if theirs else f"{'-':>8}"
        print(
            f"{'x'.join(map(str, shape)):>14} {median(alone):8.4f} {median(whole):8.4f} {gambit} "
            f"{median(points):7.0f} {max(errors):8.1e}"
        )


if __name__ == "__main__":
    main()
