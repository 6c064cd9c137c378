"""Ordinal games: what holds for all payoffs that fit the rankings, against random such payoffs."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import permutations

import pytest

from alliance_games.claims import Outcome, check
from alliance_games.model.cardinal import cardinal_study, symbols
from alliance_games.model.normal import NormalGame
from alliance_games.parametric.agreement import difference
from alliance_games.parametric.regimes import regimes
from alliance_games.reading import read_text
from alliance_games.results.solutions import Point
from alliance_games.solve import solve
from tests.parametric.studies import holders

HUNT = """
game: Two hunters who only rank the outcomes
players: [Alice, Jack]
strategies: [Stag, Rabbit]
payoffs:
  Stag, Stag:     feast
  Stag, Rabbit:   Jack alone eats
  Rabbit, Stag:   Alice alone eats
  Rabbit, Rabbit: both eat rabbit
ordinal:
  Alice: [feast, Alice alone eats = both eat rabbit, Jack alone eats]
  Jack:  [feast, Jack alone eats = both eat rabbit, Alice alone eats]
expect:
"""

TREE = """
game: A threat that is only ranked
players: [A, B]
tree:
  A:
    Stay: peace
    Press:
      B:
        Yield: A gains
        Resist: war
ordinal:
  A: [A gains, peace, war]
  B: [peace, A gains, war]
expect:
"""


def outcome(game: str, line: str) -> Outcome:
    return check(read_text(game + f"  - {line}\n"))[-1].outcome


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("{pure-nash: [[Stag, Stag], [Rabbit, Rabbit]]}", Outcome.HELD),
        ("{count: {nash: 3}}", Outcome.PROVED),
        ("{count: {nash: 2}}", Outcome.REFUTED),
        ("{payoff-dominance: [Stag, Stag]}", Outcome.PROVED),
        # Which one is risk-dominant depends on numbers that rankings do not give.
        ("{risk-dominance: [Stag, Stag]}", Outcome.REFUTED),
        ("{risk-dominance: [Rabbit, Rabbit]}", Outcome.REFUTED),
        (
            '{risk-dominance: [Stag, Stag], when: "feast[Alice] + Jack_alone_eats[Alice] > '
            "2 * Alice_alone_eats[Alice] and feast[Jack] + Alice_alone_eats[Jack] > "
            '2 * Jack_alone_eats[Jack]"}',
            Outcome.PROVED,
        ),
        (
            '{equilibrium: {Alice: {Stag: "(Jack_alone_eats[Jack] - Alice_alone_eats[Jack]) / '
            '(feast[Jack] - Alice_alone_eats[Jack])"}, Jack: {Stag: "(Alice_alone_eats[Alice] - '
            'Jack_alone_eats[Alice]) / (feast[Alice] - Jack_alone_eats[Alice])"}}}',
            Outcome.PROVED,
        ),
        ("{equilibrium: {Alice: {Stag: 1/2}, Jack: {Stag: 1/2}}}", Outcome.REFUTED),
        ('{decreasing: {of: threshold(Alice), in: "feast[Alice]"}}', Outcome.PROVED),
        ('{compare: "payoff(Alice) >= Alice_alone_eats[Alice]"}', Outcome.PROVED),
        # Between players payoffs are not compared by rankings.
        ('{compare: "payoff(Alice) >= payoff(Jack)"}', Outcome.REFUTED),
    ],
)
def test_claims_about_rankings(line: str, expected: Outcome) -> None:
    assert outcome(HUNT, line) is expected


def test_a_ranked_tree() -> None:
    assert outcome(TREE, "{subgame-perfect: [[Press, Yield]]}") is Outcome.HELD
    assert outcome(TREE, '{compare: "payoff(A) == A_gains[A]"}') is Outcome.PROVED
    assert outcome(TREE, '{compare: "payoff(A) > payoff(B)"}') is Outcome.REFUTED


def test_names_of_outcomes_become_names_of_numbers() -> None:
    assert symbols(["war", "no war!", "no war?", "if", "1914", "x"], ["x"]) == {
        "war": "war",
        "no war!": "no_war_",
        "no war?": "no_war__",
        "if": "if_",
        "1914": "outcome_1914",
        "x": "x_",
    }


def ranked(rows: tuple[tuple[int, ...], tuple[int, ...]]) -> str:
    """A 2x2 game of outcomes a, b, c, d with these ranks; equal ranks are ties."""
    rankings = []
    for row in rows:
        levels = sorted(set(row), reverse=True)
        said = [
            " = ".join(name for name, rank in zip("abcd", row, strict=True) if rank == level)
            for level in levels
        ]
        rankings.append(f"[{', '.join(said)}]")
    return (
        "game: ranked\nplayers: [One, Two]\nstrategies: [X, Y]\n"
        "payoffs: {'X, X': a, 'X, Y': b, 'Y, X': c, 'Y, Y': d}\n"
        f"ordinal:\n  One: {rankings[0]}\n  Two: {rankings[1]}\n"
    )


@pytest.mark.parametrize("seed", range(12))
def test_random_numbers_that_fit_the_rankings_fall_into_one_cell_each(seed: int) -> None:
    """The solver is given tables of numbers made here, from the ranks alone."""
    dice = random.Random(seed)
    orders = list(permutations((1, 2, 3, 4)))
    rows = (dice.choice(orders), dice.choice(orders))
    if seed % 3 == 0:
        rows = (tuple(min(rank, 3) for rank in rows[0]), rows[1])  # a tie at the top
    study = read_text(ranked(rows))
    found = regimes(study)
    assert found.covers == found.disjoint == ""
    for _ in range(8):
        tables = [_numbers(dice, row) for row in rows]
        values = {
            (name, player): tables[place][index]
            for index, name in enumerate("abcd")
            for place, player in enumerate(("One", "Two"))
        }
        point = tuple(values[name, keys[0]] for name, keys in found.region.symbols.places)
        (regime,) = holders(found, point)
        assert difference(found.study, found.region.symbols, regime.cell.outcome, point) is None
        built = found.study.game.at(found.region.symbols.values(point))
        assert isinstance(built, NormalGame)
        own = NormalGame.from_payoffs(
            ("One", "Two"),
            (("X", "Y"), ("X", "Y")),
            lambda at, tables=tables: [table[2 * at[0] + at[1]] for table in tables],  # type: ignore[misc]
        )
        assert _equilibria(built) == _equilibria(own)


def _numbers(dice: random.Random, ranks: tuple[int, ...]) -> list[Fraction]:
    steps = {rank: Fraction(dice.randint(1, 12), dice.randint(1, 4)) for rank in set(ranks)}
    return [sum((steps[r] for r in steps if r <= rank), Fraction(-3)) for rank in ranks]


def _equilibria(game: NormalGame) -> set[object]:
    (result,) = solve(game, ["nash"]).results
    return {
        one.profile if isinstance(one, Point) else getattr(one, "extreme_points", None)
        for one in result.solutions
    }


def test_a_game_of_numbers_is_itself() -> None:
    study = read_text("game: x\nplayers: [A]\nstrategies: [U]\npayoffs:\n  U: 1\n")
    assert cardinal_study(study) is study
