"""One switch: a first move is public, secret, or seen through noise (Bagwell 1995)."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from alliance_games.model.extensive import CHANCE, ExtensiveGame
from alliance_games.reading import read_file
from tests.reading.games import codes, faults, study

BAGWELL = """\
game: A leader and a follower
players: [L, F]
parameters: {eps: {value: 1/10, range: [0, 1]}}
strategies: {L: [S, C], F: [s, c]}
payoffs:
  S, s: 5, 2
  S, c: 3, 1
  C, s: 6, 3
  C, c: 4, 4
"""
PAID = {("S", "s"): (5, 2), ("S", "c"): (3, 1), ("C", "s"): (6, 3), ("C", "c"): (4, 4)}


def tree(observed: str, **values: Fraction) -> ExtensiveGame:
    game = study(f"{BAGWELL}observed: {observed}\n").case(None, values).game
    assert isinstance(game, ExtensiveGame)
    return game


def endings(game: ExtensiveGame) -> dict[tuple[str, ...], tuple[Fraction, ...]]:
    return {game.path(n): game.payoffs(n) for n in range(game.size) if game.mover(n) is None}


def sets(game: ExtensiveGame) -> dict[str, list[tuple[str, ...]]]:
    """The paths to the nodes of every information set of players, by name."""
    return {
        game.set_name(index): [game.path(node) for node in nodes]
        for index, nodes in enumerate(game.nodes_of)
        if game.sets[index].player != CHANCE
    }


def test_public_and_secret() -> None:
    public, secret = tree("{L: public}"), tree("{L: secret}")
    assert endings(public) == endings(secret) == PAID
    assert sets(public) == {"start": [()], "S": [("S",)], "C": [("C",)]}
    assert [game.has_perfect_information for game in (public, secret)] == [True, False]
    # both start with their own set called so
    assert [len(nodes) for nodes in secret.nodes_of] == [1, 2]
    assert secret.set_name(1) == "start"


def test_noise_shows_another_move_with_its_probability() -> None:
    game = tree("{L: noisy(eps)}")
    assert sets(game) == {
        "start": [()],
        "S": [("S", "seen as S"), ("C", "seen as S")],
        "C": [("S", "seen as C"), ("C", "seen as C")],
    }
    chance = [game.probability(n) for n in range(1, game.size) if game.weight[n]]
    assert chance == [Fraction(9, 10), Fraction(1, 10), Fraction(1, 10), Fraction(9, 10)]
    for path, payoffs in endings(game).items():
        assert payoffs == PAID[path[0], path[2]]


def test_without_noise_it_is_public() -> None:
    assert tree("{L: noisy(eps)}", eps=Fraction(0)) == tree("{L: public}")
    assert tree("{L: noisy(0)}") == tree("{L: public}")
    assert endings(tree("{L: noisy(eps)}", eps=Fraction(1)))  # always deceived: still a tree


def test_others_share_the_noise_equally_and_everybody_sees_one_signal() -> None:
    text = """\
game: Three moves, three players
players: [A, L, B]
strategies: {A: [x, y], L: [l, m, r], B: [x, y]}
payoffs: {each: "count(x) + 10 * plays(L, m) + if(mine == m, 100, 0)"}
observed: {L: noisy(1/2)}
"""
    game = study(text).case().game
    assert isinstance(game, ExtensiveGame)
    found = endings(game)
    assert len(found) == 3 * 3 * 2 * 2
    assert found["m", "seen as l", "x", "y"] == (11, 111, 11)
    assert found["r", "seen as r", "x", "x"] == (2, 2, 2)
    node = next(n for n in range(game.size) if game.path(n) == ("m", "seen as m"))
    assert game.probability(node) == Fraction(1, 2)
    assert game.probability(node + 1) == Fraction(1, 4)
    by_player = [(one.player, one.label) for one in game.sets if one.player != CHANCE]
    assert sorted(by_player) == sorted(
        [(1, ""), *((player, label) for player in (0, 2) for label in "lmr")]
    )


def test_a_file_that_extends_another_changes_who_sees(tmp_path: Path) -> None:
    (tmp_path / "plain.yaml").write_text(BAGWELL)
    (tmp_path / "public.yaml").write_text(
        "game: Open\nextends: plain.yaml\nobserved: {L: public}\n"
    )
    (tmp_path / "noisy.yaml").write_text(
        "game: Noisy\nextends: public.yaml\nobserved: {L: noisy(eps)}\n"
        "scenarios: {clear: {eps: 0}}\n"
    )
    assert read_file(tmp_path / "plain.yaml").game.kind == "normal"
    assert read_file(tmp_path / "public.yaml").case().game == tree("{L: public}")
    noisy = read_file(tmp_path / "noisy.yaml")
    assert noisy.case().game == tree("{L: noisy(eps)}")
    assert noisy.case("clear").game == tree("{L: public}")


def test_a_tree_is_not_observed_by_extension(tmp_path: Path) -> None:
    (tmp_path / "tree.yaml").write_text("game: T\nplayers: [A]\ntree: {A: {l: 1, r: 2}}\n")
    (tmp_path / "seen.yaml").write_text("game: S\nextends: tree.yaml\nobserved: {A: public}\n")
    from alliance_games.model.problems import InvalidGame

    with pytest.raises(InvalidGame) as caught:
        read_file(tmp_path / "seen.yaml")
    assert [problem.code for problem in caught.value.problems] == ["not-here"]


@pytest.mark.parametrize(
    ("observed", "code"),
    [
        ("{L: open}", "observed"),
        ("{L: noisy}", "observed"),
        ("{L: noisy()}", "empty"),
        ("{L: noisy(x)}", "unknown-name"),
        ("{L: noisy(2)}", "probability"),
        ("{L: noisy(1 +)}", "formula-syntax"),
        ("{M: public}", "unknown-player"),
        ("{L: public, F: public}", "one-player"),
        ("{}", "empty"),
        ("public", "wrong-shape"),
        ("{L: [public]}", "wrong-shape"),
        ("", "empty"),
    ],
)
def test_faults(observed: str, code: str) -> None:
    found = faults(f"{BAGWELL}observed: {observed}\n")
    assert (code, 10) in [(fault.code, fault.span.line) for fault in found], found


def test_rankings_have_no_noise() -> None:
    text = """\
game: G
players: [A, B]
strategies: [X]
payoffs: {"X, X": peace}
ordinal: {A: [peace], B: [peace]}
observed: {A: public}
"""
    assert codes(text) == ["two-payoffs"]
