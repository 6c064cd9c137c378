"""Small random games of every kind, the same each time."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from alliance_games.model.anonymous import AnonymousGame, count_vectors
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.other_forms import OtherForm
from alliance_games.model.tree_builder import Move, Terminal, build
from tests.algorithms.bayesian_trees import assurance
from tests.algorithms.sample_trees import noisy_leader
from tests.concepts.signalling_games import beer_quiche, treaty
from tests.contract import others

STAG_HUNT = NormalGame.from_matrices(
    [[4, 0], [3, 3]], [[4, 3], [0, 3]], ("Alice", "Jack"), (("Stag", "Rabbit"),) * 2
)
CONTINUUM = NormalGame.from_matrices([[1, 1], [0, 1]], [[1, 1], [1, 0]])
PENNIES = NormalGame.from_matrices([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])


def normal(random: Random, shape: tuple[int, ...], least: int = -9, most: int = 9) -> NormalGame:
    """Random payoffs over random denominators."""
    parts = [random.randint(1, 3) for _ in shape]
    return NormalGame.from_payoffs(
        tuple(f"P{player}" for player in range(len(shape))),
        tuple(tuple(f"s{player}.{own}" for own in range(n)) for player, n in enumerate(shape)),
        lambda profile: [Fraction(random.randint(least, most), part) for part in parts],
    )


def coordination(random: Random) -> NormalGame:
    """A 2x2 game with two strict equilibria, on either diagonal."""
    turned = random.randrange(2)
    games = [[[random.randint(0, 9) for _ in range(2)] for _ in range(2)] for _ in range(2)]
    for row, column in ((0, turned), (1, 1 - turned)):
        for payoffs in games:
            payoffs[row][column] += 10
    return NormalGame.from_matrices(*games)


def anonymous(
    random: Random, sizes: tuple[int, ...], strategies: int, spread: int = 3
) -> AnonymousGame:
    """As many roles as ``sizes``, each with so many players; few different payoffs, so ties."""
    players = sum(sizes)
    others = count_vectors(players - 1, strategies)
    return AnonymousGame(
        tuple(f"P{player}" for player in range(players)),
        tuple(f"s{own}" for own in range(strategies)),
        tuple(role for role, size in enumerate(sizes) for _ in range(size)),
        tuple(
            tuple(tuple(random.randint(0, spread) for _ in others) for _ in range(strategies))
            for _ in sizes
        ),
        tuple(random.randint(1, 3) for _ in sizes),
    )


def tree(random: Random, depth: int) -> ExtensiveGame:
    """Two players in turn, two or three moves each, small payoffs, so ties."""

    def node(level: int) -> Move | Terminal:
        if level == depth:
            return Terminal([random.randint(0, 2), random.randint(0, 2)])
        moves = ("Left", "Middle", "Right")[: random.randint(2, 3)]
        return Move(level % 2, moves, [node(level + 1) for _ in moves])

    return build(["First", "Second"], node(0), lambda state: state)


def outside_option() -> ExtensiveGame:
    """One stays out for 2, or both play the battle of the sexes, worth 3 or 1 to her."""
    inside = [
        Move(1, ("b", "s"), [Terminal([3, 1]), Terminal([0, 0])], "inside"),
        Move(1, ("b", "s"), [Terminal([0, 0]), Terminal([1, 3])], "inside"),
    ]
    root = Move(0, ("Out", "In"), [Terminal([2, 2]), Move(0, ("B", "S"), inside)])
    return build(["First", "Second"], root, lambda state: state)


def some_games() -> list[NormalGame | AnonymousGame | ExtensiveGame | OtherForm]:
    """Two players, generic and with ties; more players; like players; trees; other forms."""
    random = Random(7)
    games: list[NormalGame | AnonymousGame | ExtensiveGame] = [STAG_HUNT, CONTINUUM, PENNIES]
    games += [normal(random, (2, 2)) for _ in range(6)]
    games += [coordination(random) for _ in range(6)]
    games += [normal(random, (3, 3)) for _ in range(4)]
    games += [normal(random, (3, 3), 0, 2) for _ in range(6)]
    games += [normal(random, (2, 3, 2), 0, 3) for _ in range(3)]
    games += [anonymous(random, sizes, 2) for sizes in ((4,), (2, 2), (1, 3))]
    games += [anonymous(random, (3,), 3), anonymous(random, (5,), 2, 0)]
    games += [tree(random, depth) for depth in (2, 3)]
    games += [outside_option(), beer_quiche(), treaty()]
    games += [assurance(Fraction(3, 4))]
    games += [noisy_leader([[5, 3], [6, 4]], [[2, 1], [3, 4]], Fraction(1, 5))]
    return [*games, *others.games()]
