"""Solutions that are profiles - points, continua, counts, behaviour - as numbered tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, cast

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.other_forms import OtherForm
from alliance_games.model.profiles import as_pure
from alliance_games.report.blocks import Block, Note, text
from alliance_games.results.concept import Game
from alliance_games.results.solutions import Behaviour, Component, CountPoint, Point, Solution

if TYPE_CHECKING:
    from alliance_games.results.commitment_solutions import Commitment
    from alliance_games.results.mediated_solutions import Distribution

MOST_LISTED = 100
"""A report lists so many solutions one by one; the machine formats list them all."""


def profiles(
    solutions: Sequence[Solution],
    game: Game,
    concept: str = "",
    told: dict[object, str] | None = None,
) -> list[Block]:
    """Solutions that are profiles of strategies, numbered as they come; others are left out.

    ``told`` are the equilibria of a tree that the report has shown already, under which concept.
    """
    if not isinstance(game, ExtensiveGame) and any(one.kind == "discarded" for one in solutions):
        return _with_ruled_out(solutions, game, concept)
    listed_ones = solutions[:MOST_LISTED]
    blocks = _tables(listed_ones, game, concept, told)
    hidden = len(solutions) - len(listed_ones)
    if hidden:
        blocks.append(
            Note(
                text(f"{hidden:,} more are not shown here; --format json, jsonl or csv lists all."),
                "warning",
            )
        )
    return blocks


def _with_ruled_out(solutions: Sequence[Solution], game: Game, concept: str) -> list[Block]:
    from alliance_games.report.ruled_out import ruled_out
    from alliance_games.results.tree_solutions import Discarded

    kept = [one for one in solutions if not isinstance(one, Discarded)]
    left = [one for one in solutions if isinstance(one, Discarded)]
    blocks = [*profiles(kept, game, concept), *ruled_out(left[:MOST_LISTED], game)]
    if len(left) > MOST_LISTED:
        more = f"{len(left) - MOST_LISTED:,} more are ruled out; --format json lists all."
        blocks.append(Note(text(more), "warning"))
    return blocks


def _tables(
    solutions: Sequence[Solution], game: Game, concept: str, told: dict[object, str] | None
) -> list[Block]:
    """The tables of one kind of game; each kind's module is loaded where it is met."""
    if isinstance(game, OtherForm):
        return []
    if solutions and solutions[0].kind == "distribution" and not isinstance(game, ExtensiveGame):
        from alliance_games.report.findings_mediated import distributions

        return distributions(cast("list[Distribution]", solutions), game)
    if solutions and solutions[0].kind == "commitment" and isinstance(game, NormalGame):
        from alliance_games.report.findings_commitment import commitments

        return commitments(cast("list[Commitment]", solutions), game)
    if solutions and solutions[0].kind == "path" and not isinstance(game, ExtensiveGame):
        from alliance_games.report import branches

        return branches.blocks(solutions, game)
    if solutions and solutions[0].kind == "levels" and not isinstance(game, ExtensiveGame):
        from alliance_games.report import levels

        return levels.blocks(solutions, game)
    if isinstance(game, NormalGame):
        from alliance_games.report.equilibria_normal import of_normal

        return of_normal(solutions, game)
    if isinstance(game, AnonymousGame):
        from alliance_games.report.equilibria_counts import by_counts

        return by_counts([one for one in solutions if isinstance(one, CountPoint)], game)
    from alliance_games.report.equilibria_trees import by_player

    if solutions and all(isinstance(one, Behaviour) for one in solutions):
        return by_player([one for one in solutions if isinstance(one, Behaviour)], game)
    from alliance_games.report.assessments import entries

    return entries(solutions, game, concept, told)


def pure_profiles(solutions: Iterable[Solution]) -> list[tuple[int, ...]]:
    """The pure profiles among points and corners of continua, in order, each once."""
    found: dict[tuple[int, ...], None] = {}
    for one in solutions:
        candidates = [one.profile] if isinstance(one, Point) else []
        if isinstance(one, Component):
            candidates = list(one.extreme_points)
        for profile in candidates:
            if (indices := as_pure(profile)) is not None:
                found[indices] = None
    return list(found)
