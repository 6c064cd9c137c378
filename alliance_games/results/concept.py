"""A question one can ask of a game: the record each file of ``concepts/`` registers."""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from typing import Any

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.other_forms import OtherForm
from alliance_games.results.budget import Budget
from alliance_games.results.result import Conclusion, Result
from alliance_games.results.solutions import Certificate, Solution

Game = NormalGame | AnonymousGame | ExtensiveGame | OtherForm

Answers = Generator[Solution, None, Conclusion]
"""What ``solve`` gives: a generator of solutions that returns a Conclusion."""

Needed = Mapping[str, Result]
"""The results of the concepts that ``needs`` names, by name."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One solution concept.

    ``name``: the field's term in kebab case; ``title``: the same for a reader; ``cites``: author
    and year; ``summary``: the definition in one sentence; ``games``: the kinds of game it is asked
    of (``normal``, ``anonymous``, ``extensive``); ``accepts``: None, or the reason in words why
    this very game is out; ``needs``: the concepts whose results it reads; ``needs_one_of``: those
    of which it reads the first that accepts the game (all equilibria where they can be found, say,
    else the pure ones); ``solve``: yields solutions as it finds them and returns a Conclusion;
    ``verify``: holds one solution to the definition, by a checker from ``certificates/`` that
    shares no code with the algorithm.
    ``conditions`` will state the concept as signs of polynomials for parametric games.
    ``invariances`` are the changes of a game that leave the answer as it is ('relabelling',
    'positive affine payoffs', 'adding a strictly dominated strategy'), tested for each concept.
    """

    name: str
    title: str
    cites: tuple[str, ...]
    summary: str
    games: tuple[str, ...]
    solve: Callable[[Any, Needed, Budget], Answers]
    verify: Callable[[Any, Solution, Needed], Certificate]
    accepts: Callable[[Any], str | None] = lambda game: None
    needs: tuple[str, ...] = ()
    needs_one_of: tuple[str, ...] = ()
    needs_nothing: tuple[str, ...] = ()
    """The kinds of game of which it is asked without what it ``needs`` elsewhere."""
    conditions: Callable[..., Any] | None = None
    ordinal: bool = False
    """Whether the answer depends on the order of each player's payoffs alone."""
    default: bool | Callable[[Any], bool] = False
    """Whether ``solve`` asks it of every game that it accepts, when nothing else is asked (or of
    which of them)."""
    unless: str = ""
    """A concept that says all this one says: where that is a default, this one is none."""
    invariances: tuple[str, ...] = ()
    order: int = 100
    """Where the concept stands in lists and reports (lower is earlier)."""

    def refuses(self, game: Game) -> str | None:
        """Why the concept cannot be asked of ``game``, in words; None where it can."""
        if game.kind not in self.games:
            article = "an" if game.kind[0] in "aeiou" else "a"
            kinds = " and ".join(self.games)
            return f"it is defined for {kinds} games, and this is {article} {game.kind} game"
        if game.ordinal and not self.ordinal:
            return "it needs numbers, and this game's payoffs are rankings"
        return self.accepts(game)


__all__ = ["Answers", "Concept", "Game", "Needed"]
