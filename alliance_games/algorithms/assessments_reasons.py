"""Why candidates for an equilibrium are ruled out, in words."""

from __future__ import annotations

from alliance_games.algorithms.assessments_rationality import Broken
from alliance_games.algorithms.assessments_supports import Beaten, Pattern
from alliance_games.model.extensive import ExtensiveGame

MOST = 40
"""So many rejected candidates are told one by one."""


class Reasons:
    """Collects what a search rejects; ``told`` gives the sentences."""

    def __init__(self, game: ExtensiveGame) -> None:
        self.game = game
        self.sentences: dict[str, None] = {}
        self.more = 0

    def __call__(self, candidate: Beaten | tuple[Pattern, Broken] | Pattern) -> None:
        if len(self.sentences) >= MOST:
            self.more += 1
            return
        self.sentences[self._sentence(candidate)] = None

    def told(self) -> tuple[str, ...]:
        """The sentences, and how many candidates more were ruled out."""
        if not self.more:
            return tuple(self.sentences)
        return (*self.sentences, f"{self.more} more candidates were ruled out in the same ways")

    def _sentence(self, candidate: Beaten | tuple[Pattern, Broken] | Pattern) -> str:
        if isinstance(candidate, Beaten):
            later = {h: own for h, own in candidate.pattern.items() if h != candidate.at}
            what = self._choices({candidate.at: candidate.pattern[candidate.at]})
            condition = f" given {self._choices(later)}" if later else ""
            return (
                f"{what}{condition}: whatever is believed there, another action is better than one "
                "of those used"
            )
        if isinstance(candidate, tuple):
            pattern, broken = candidate
            if broken.used < 0:
                return f"{self._choices(pattern)}: no consistent beliefs"
            one = self.game.sets[broken.at]
            who = self.game.players[one.player]
            used, better = one.actions[broken.used], one.actions[broken.better]
            return (
                f"{self._choices(pattern)}: at {self.game.set_name(broken.at)!r} {who} is not "
                f"content with {used} where {better} is possible, whatever is believed off the path"
            )
        return (
            f"{self._choices(candidate)}: no probabilities and beliefs satisfy all conditions "
            "together"
        )

    def _choices(self, pattern: Pattern) -> str:
        return ", ".join(
            f"{self.game.players[self.game.sets[h].player]} @ {self.game.set_name(h)}: "
            + " or ".join(self.game.sets[h].actions[a] for a in used)
            for h, used in sorted(pattern.items())
        )
