"""Gambit itself as the judge: its own games read by us, ours read by it.

Skipped where its Python package is missing: it is an optional oracle. Version 17 is meant.
"""

from __future__ import annotations

import io
from dataclasses import replace
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.normal import NormalGame
from alliance_games.reading import read_file, read_text
from alliance_games.results.concept import Game
from alliance_games.transforms.normal_form import reduced_normal_form
from alliance_games.writing.efg import to_efg
from alliance_games.writing.nfg import to_nfg
from tests.reading.gambit_games import tables, trees

gambit = pytest.importorskip("pygambit", reason="pygambit, an optional oracle, is not installed")

CATALOGUE = sorted(Path(gambit.__file__).parent.glob("catalog_data/**/*.[en]fg"))
# What Gambit 17 lets be a name: no blanks at the ends or doubled, no backslash (it doubles them).
PLAIN = st.text(alphabet="abcé\"'-1", min_size=1, max_size=4)

often = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def theirs(text: str, kind: str) -> Any:
    return getattr(gambit, f"read_{kind}")(io.BytesIO(text.encode()))


def ours(text: str, kind: str) -> Game:
    return read_text(text, f"theirs.{kind}").case().game


def paid(other: Any, names: dict[str, str]) -> tuple[Fraction, ...]:
    payoffs = other.get_payoffs(names)
    return tuple(Fraction(str(payoffs[player])) for player in names)


def nameless(game: Game) -> Game:
    """The game without its names, which Gambit settles in a way of its own."""
    assert isinstance(game, ExtensiveGame)
    sets = tuple(
        replace(one, label="", actions=tuple(map(str, range(len(one.actions)))))
        for one in game.sets
    )
    return replace(game, sets=sets, outcomes=())


def prefix_sets(game: ExtensiveGame, player: int) -> list[int]:
    """The sets of a player as a walk through the tree, branch by branch, meets them."""
    met: dict[int, None] = {}
    waiting = [0]
    while waiting:
        node = waiting.pop()
        if game.mover(node) == player:
            met.setdefault(game.set_of[node])
        waiting.extend(reversed(game.children(node)))
    return list(met)


def check_reduced_forms(game: ExtensiveGame, other: Any) -> None:
    """Gambit's reduced normal form pays, strategy by strategy, what ours does."""
    form = reduced_normal_form(game)
    table = ours(other.to_nfg(), "nfg")
    assert isinstance(table, NormalGame)
    places = []
    for player, plans in enumerate(form.plans):
        order = prefix_sets(game, player)
        # Gambit numbers the strategies in the order of their actions, set by set.
        acts = [tuple(plan.get(index, -1) for index in order) for plan in plans]
        numbers = {act: number for number, act in enumerate(sorted(acts))}
        assert len(numbers) == len(table.strategies[player])
        places.append([numbers[act] for act in acts])
    for profile in product(*(range(len(plans)) for plans in form.plans)):
        at = tuple(own[index] for own, index in zip(places, profile, strict=True))
        assert form.game.payoffs(profile) == table.payoffs(at)


@pytest.mark.parametrize("path", CATALOGUE, ids=lambda path: path.stem)
def test_a_game_of_its_catalogue_pays_the_same(path: Path) -> None:
    game = read_file(path).case().game
    kind = path.suffix[1:]
    other = theirs(path.read_text(), kind)
    if isinstance(game, NormalGame):
        for profile in game.profiles():
            names = dict(zip(game.players, game.names(profile), strict=True))
            assert paid(other, names) == game.payoffs(profile)
        return
    assert isinstance(game, ExtensiveGame)
    assert nameless(ours(other.to_efg(), kind)) == nameless(game)
    assert (game.recall_violation() is None) == other.is_perfect_recall
    if game.recall_violation() is None:
        check_reduced_forms(game, other)


@often
@given(trees(PLAIN))
def test_it_reads_our_trees(game: ExtensiveGame) -> None:
    other = theirs(to_efg(game, "T"), "efg")
    assert nameless(ours(other.to_efg(), "efg")) == nameless(game)
    if game.recall_violation() is None:
        check_reduced_forms(game, other)


@often
@given(tables(PLAIN))
def test_it_reads_our_tables(game: NormalGame) -> None:
    other = theirs(to_nfg(game, "T"), "nfg")
    for profile in game.profiles():
        names = dict(zip(game.players, game.names(profile), strict=True))
        assert paid(other, names) == game.payoffs(profile)
    again = ours(other.to_nfg(), "nfg")
    assert isinstance(again, NormalGame)
    assert replace(again, outcomes=()) == game
