"""Assessments of exchanges in reports on regimes, told set by set: who does what, seeing what."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from alliance_games.model.extensive import CHANCE, ExtensiveGame
from alliance_games.parametric.on_path import Used
from alliance_games.parametric.telling import Telling
from alliance_games.results.tree_solutions import Assessment

Write = Callable[[str, Sequence[int], Sequence[str]], str]


def way_in_words(way: Used, tree: ExtensiveGame) -> str:
    """``Challenger: Hard Initiate, Soft Accept; Defender: Hard Resist``, on the path of play."""
    said: dict[str, list[str]] = {}
    for player, name, chosen, actions in _on_the_way(way, tree):
        words = " or ".join(actions[place] for place in chosen)
        said.setdefault(player, []).append(words if name == "start" else f"{name} {words}")
    return "; ".join(f"{player}: {', '.join(each)}" for player, each in said.items())


def clauses(way: Used, tree: ExtensiveGame, does: Write) -> Iterator[str]:
    """``Challenger at Hard plays Initiate``, for each set that play reaches."""
    for player, name, chosen, actions in _on_the_way(way, tree):
        at = "" if name == "start" else f" at {name}"
        yield f"{player}{at} {does('plays', chosen, actions)}"


def formulas(
    point: Assessment, telling: Telling, mixture: Callable[[str, int], list[str]]
) -> Iterator[str]:
    """All choices, and all beliefs at sets of several nodes, one a line."""
    tree = telling.names.tree
    assert tree is not None
    known = [
        (index, f"{tree.players[one.player]} @ {tree.set_name(index)}")
        for index, one in enumerate(tree.sets)
        if one.player != CHANCE and point.beliefs[index] is not None
    ]
    for index, head in known:
        yield from mixture(f"{head}: ", index)
    for index, head in known:
        belief = point.beliefs[index]
        if belief is None or len(belief) == 1:
            continue
        said = ", ".join(
            f"{name} {telling.writer.text(chance)}"
            for name, chance in zip(tree.node_names(index), belief, strict=True)
        )
        yield f"believed by {head}: {said}"


def _on_the_way(
    way: Used, tree: ExtensiveGame
) -> Iterator[tuple[str, str, tuple[int, ...], tuple[str, ...]]]:
    for index, chosen in enumerate(way):
        one = tree.sets[index]
        if chosen is not None and one.player != CHANCE:
            yield tree.players[one.player], tree.set_name(index), chosen, one.actions


__all__ = ["clauses", "formulas", "way_in_words"]
