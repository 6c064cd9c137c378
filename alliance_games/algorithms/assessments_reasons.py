"""Why candidates for an equilibrium are ruled out, in words."""

from __future__ import annotations

from alliance_games.algorithms.assessments_ground import Ground
from alliance_games.algorithms.assessments_supports import (
    NO_ONE_ACTION,
    Beaten,
    Broken,
    Pattern,
    settled,
)
from alliance_games.model.extensive import TERMINAL, ExtensiveGame

MOST = 40
"""So many rejected candidates are told one by one."""


class Reasons:
    """Collects what a search rejects; ``told`` gives the sentences."""

    def __init__(self, game: ExtensiveGame) -> None:
        self.game = game
        self.ground = Ground(game)
        self.settled = settled(self.ground)
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
            return self._of_beaten(candidate)
        if isinstance(candidate, tuple):
            pattern, wrong = candidate
            if wrong.used == NO_ONE_ACTION:
                return f"{self._play(pattern)}: no consistent beliefs"
            return f"{self._against(pattern, wrong)}, whatever is believed off the path"
        return f"{self._play(candidate)}: no probabilities and beliefs satisfy all conditions"

    def _of_beaten(self, candidate: Beaten) -> str:
        wrong, pattern = candidate.wrong, candidate.pattern
        around = self._after(wrong.at)
        if candidate.reached:
            members = self.ground.members[wrong.at]
            around |= {g for x in members for g, _ in self.ground.ways[x]}
        told = {h: used for h, used in pattern.items() if h in around or h == wrong.at}
        if wrong.used == NO_ONE_ACTION:
            where = self.game.set_name(wrong.at)
            return f"{self._play(told)}: no belief at {where!r} makes what is used there the best"
        hidden = len(self.ground.members[wrong.at]) > 1 and not candidate.reached
        return f"{self._against(told, wrong)}{', whatever is believed there' if hidden else ''}"

    def _against(self, pattern: Pattern, wrong: Broken) -> str:
        """``D @ H: Sign, where C @ signed: Attack: No sign would be better``."""
        # Alone or in a mixture, the action is beaten for the same reason.
        own = self._play({wrong.at: (wrong.used,)}, settled_too=True)
        others = self._play({h: used for h, used in pattern.items() if h != wrong.at})
        better = self.game.sets[wrong.at].actions[wrong.better]
        return f"{own}{', where ' if others else ''}{others}: {better} would be better"

    def _after(self, index: int) -> set[int]:
        """The players' sets that may follow an information set."""
        found = set()
        waiting = list(self.ground.members[index])
        while waiting:
            node = waiting.pop()
            h = self.game.set_of[node]
            if h != TERMINAL:
                found.add(h)
                waiting += self.game.children(node)
        return found

    def _play(self, pattern: Pattern, settled_too: bool = False) -> str:
        """``Sender @ Strong: Beer, Receiver @ Beer: Fight or Not`` in the order of the sets.

        What a set does in any case is left out.
        """
        return ", ".join(
            f"{self.game.players[self.game.sets[h].player]} @ {self.game.set_name(h)}: "
            + " or ".join(self.game.sets[h].actions[a] for a in used)
            for h, used in sorted(pattern.items())
            if settled_too or h not in self.settled
        )
