"""What a 2x2 game of each kind means, in sentences made from its names and payoffs."""

from __future__ import annotations

from collections.abc import Callable

from alliance_games.report import two_by_two as kinds
from alliance_games.report.two_by_two import TwoByTwo
from alliance_games.report.two_by_two_conflict import battle, chicken, mixed_motives, pure_conflict
from alliance_games.report.two_by_two_coordination import (
    common_interest,
    pure_coordination,
    stag_hunt,
)
from alliance_games.report.two_by_two_dominance import (
    both_dominant,
    deadlock,
    harmony,
    one_dominant,
    prisoners_dilemma,
)
from alliance_games.report.two_by_two_phrases import Words


def sentences(game: TwoByTwo) -> list[str]:
    """Paragraphs on the game, by its kind; none where ties leave the kind open."""
    kind = kinds.kind(game)
    writer = _WRITERS.get(kind)
    return [] if writer is None else writer(Words(game))


_WRITERS: dict[str, Callable[[Words], list[str]]] = {
    kinds.PRISONERS_DILEMMA: prisoners_dilemma,
    kinds.DEADLOCK: deadlock,
    kinds.HARMONY: harmony,
    kinds.BOTH_DOMINANT: both_dominant,
    kinds.ONE_DOMINANT: one_dominant,
    kinds.STAG_HUNT: stag_hunt,
    kinds.COMMON_INTEREST: common_interest,
    kinds.PURE_COORDINATION: pure_coordination,
    kinds.CHICKEN: chicken,
    kinds.BATTLE: battle,
    kinds.MIXED_MOTIVES: mixed_motives,
    kinds.PURE_CONFLICT: pure_conflict,
}
