"""Strictly core-stable partitions of hedonic games."""

from __future__ import annotations

from collections.abc import Iterator

from alliance_games.algorithms.partition_conditions import stable
from alliance_games.algorithms.stable_partition_answers import answers
from alliance_games.certificates.stable_partitions import check
from alliance_games.model.hedonic import HedonicGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers, Concept, Needed
from alliance_games.results.ordered import Signs
from alliance_games.results.solutions import Certificate, Solution

NAME = "strict-core-stable"


def solve(game: HedonicGame, needed: Needed, budget: Budget) -> Answers:
    """All of them, or the proof that there is none."""
    return (yield from answers(game, NAME, budget))


def verify(game: HedonicGame, solution: Solution, needed: Needed) -> Certificate:
    """Try every departure again."""
    return check(game, solution, NAME)


def conditions(game: HedonicGame, signs: Signs) -> Iterator[Solution]:
    """Every partition held to the definition, by the signs of differences of utilities."""
    yield from stable(game, NAME, signs)


CONCEPT = Concept(
    name=NAME,
    title="Strictly core-stable partitions",
    cites=("Banerjee, Konishi and Sönmez 2001", "Bogomolnaia and Jackson 2002"),
    summary=(
        "Partitions such that no set of players could form a coalition in which none of "
        "them loses and some gain."
    ),
    games=("hedonic",),
    solve=solve,
    verify=verify,
    conditions=conditions,
    order=221,
)
