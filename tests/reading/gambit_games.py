"""Random games in extensive and normal form, and games in Gambit's formats written by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import strategies as st

from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.tree_builder import Chance, Move, Terminal, build

NAMES = st.text(
    alphabet=st.sampled_from("ab\"\\é ß,{}():#-1@'&*\u4e2d"), min_size=1, max_size=6
).filter(lambda name: bool(name.strip()))
"""Names with everything in them that a format might stumble over."""

WORDS = st.text(alphabet="abcdeé12 -.'\"", min_size=1, max_size=6).filter(
    lambda name: name == name.strip() and name[0] not in "'\"" and "  " not in name
)
NUMBERS = st.fractions(min_value=-9, max_value=9, max_denominator=12)


@st.composite
def trees(
    draw: Any,
    names: st.SearchStrategy[str] = NAMES,
    depth: int = 4,
    *,
    named_chance: bool = False,
) -> ExtensiveGame:
    """A tree with chance moves, information sets, named outcomes; with or without recall."""
    players = draw(st.lists(names, min_size=1, max_size=3, unique=True))
    outcomes = {
        name: tuple(draw(NUMBERS) for _ in players)
        for name in draw(st.lists(names, max_size=2, unique=True))
    }
    shared: dict[tuple[int, str], tuple[str, ...]] = {}
    labels = draw(st.lists(names, max_size=3, unique=True))

    def expand(state: object) -> Any:
        assert isinstance(state, int)
        kinds = ["end", "move", "move", "chance"] if 0 < state < depth else ["move"]
        kind = "end" if state == depth else draw(st.sampled_from(kinds))
        if kind == "end":
            if outcomes and draw(st.booleans()):
                name = draw(st.sampled_from(sorted(outcomes)))
                return Terminal(outcomes[name], name)
            return Terminal([draw(NUMBERS) for _ in players])
        actions = tuple(draw(st.lists(names, min_size=1, max_size=3, unique=True)))
        if kind == "chance":
            weights = [draw(st.integers(0, 5)) for _ in actions]
            weights[0] += 1
            chances = [Fraction(weight, sum(weights)) for weight in weights]
            label = draw(names) if named_chance else ""
            return Chance(actions, chances, [state + 1] * len(actions), label)
        player = draw(st.integers(0, len(players) - 1))
        label = draw(st.sampled_from(["", *labels]))
        if label:
            # One label for one player, as a file of ours has it.
            player = labels.index(label) % len(players)
            actions = shared.setdefault((player, label), actions)
        return Move(player, actions, [state + 1] * len(actions), label)

    return build(players, 0, expand)


@st.composite
def tables(draw: Any, names: st.SearchStrategy[str] = NAMES) -> NormalGame:
    """A normal form of one to three players."""
    players = draw(st.lists(names, min_size=1, max_size=3, unique=True))
    strategies = [draw(st.lists(names, min_size=1, max_size=3, unique=True)) for _ in players]
    return NormalGame.from_payoffs(
        players, strategies, lambda profile: [draw(NUMBERS) for _ in players]
    )
