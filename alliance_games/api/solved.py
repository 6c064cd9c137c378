"""The answers to what was asked, with the names of the game put on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.profiles import Mixed, Payoffs
from alliance_games.results.cases import CaseAnswer, StudyAnswer
from alliance_games.results.concept import Game
from alliance_games.results.naming import Json, Names
from alliance_games.results.records import Record
from alliance_games.results.result import Refusal, Result
from alliance_games.results.solutions import Certificate, Fact, Point, Solution

if TYPE_CHECKING:
    from alliance_games.report.blocks import Document


_WITH_PAYOFFS = {"point", "behaviour", "assessment", "correlated", "distribution", "commitment"}
"""The kinds of solutions that give each player one payoff."""


@dataclass(frozen=True, slots=True)
class Found:
    """One solution with the names of its game. ``solution`` is the record itself, by index."""

    solution: Solution
    game: Game
    concept: str

    @property
    def kind(self) -> str:
        """Its shape: 'point', 'component', 'behaviour', 'dominated'..."""
        return self.solution.kind

    @property
    def profile(self) -> dict[str, dict[str, Fraction]]:
        """Each player's probabilities by strategy. Raises AttributeError for what is no point."""
        if not isinstance(self.solution, Point):
            raise AttributeError(f"a {self.kind} is no single profile of mixed strategies")
        names = Names(self.game)
        return {
            player: dict(zip(names.strategies(index), mixture, strict=True))
            for index, (player, mixture) in enumerate(
                zip(self.game.players, self.solution.profile, strict=True)
            )
        }

    @property
    def payoffs(self) -> dict[str, Fraction]:
        """Each player's payoff. Raises AttributeError for what has none."""
        payoffs: Payoffs | None = None
        if isinstance(self.solution, Record):
            named = getattr(self.solution, "payoffs", None)
            if not isinstance(named, Mapping):
                raise AttributeError(f"a {self.kind} has no single vector of payoffs")
            return dict(named)
        if self.kind in _WITH_PAYOFFS:
            payoffs = getattr(self.solution, "payoffs", None)
        if payoffs is None:
            raise AttributeError(f"a {self.kind} has no single vector of payoffs")
        return dict(zip(self.game.players, payoffs, strict=True))

    @property
    def behaviour(self) -> dict[str, dict[str, dict[str, Fraction]]]:
        """In a tree each player's probabilities by information set and action.

        Raises AttributeError for what is no single profile of a tree.
        """
        game, choices = self.game, getattr(self.solution, "choices", None)
        if choices is None or not isinstance(game, ExtensiveGame):
            raise AttributeError(f"a {self.kind} is no single profile of behaviour strategies")
        return self._by_set(choices, [each.actions for each in game.sets])

    @property
    def beliefs(self) -> dict[str, dict[str, dict[str, Fraction]]]:
        """The beliefs of an assessment by player, information set of several nodes and node.

        Raises AttributeError for what is no single assessment.
        """
        game, beliefs = self.game, getattr(self.solution, "beliefs", None)
        if self.kind != "assessment" or beliefs is None or not isinstance(game, ExtensiveGame):
            raise AttributeError(f"a {self.kind} has no single system of beliefs")
        held = [one if one is not None and len(one) > 1 else None for one in beliefs]
        return self._by_set(held, [game.node_names(index) for index in range(len(game.sets))])

    def _by_set(
        self, found: Sequence[Mixed | None], names: Sequence[tuple[str, ...]]
    ) -> dict[str, dict[str, dict[str, Fraction]]]:
        known = Names(self.game)
        told: dict[str, dict[str, dict[str, Fraction]]] = {}
        for index, one in enumerate(found):
            place = known.information_set(index)
            if one is not None and place is not None:
                player, label = place
                told.setdefault(player, {})[label] = dict(zip(names[index], one, strict=True))
        return told

    @property
    def properties(self) -> Mapping[str, Fact]:
        """What is said of it: pure, strict, index..."""
        return getattr(self.solution, "properties", {})

    @property
    def certificate(self) -> Certificate | None:
        """What the independent checker found."""
        return self.solution.certificate

    def to_dict(self) -> Json:
        """The solution as JSON gives it."""
        from alliance_games.results.codec_solutions import solution

        return solution(self.solution, Names(self.game))

    def __str__(self) -> str:
        from alliance_games.batch.rows import in_words

        return in_words(self.to_dict())


class Solved:
    """The answers to what was asked. Indexing gives a concept's result: ``solved["nash"]``.

    ``answer`` holds everything, with every case that was solved.
    """

    def __init__(self, answer: StudyAnswer) -> None:
        self.answer = answer

    @property
    def _first(self) -> CaseAnswer:
        return self.answer.cases[0]

    @property
    def cases(self) -> dict[str | None, Solved]:
        """The answers of each case by its scenario; None is the defaults."""
        return {
            case.case.scenario: Solved(replace(self.answer, cases=(case,)))
            for case in self.answer.cases
        }

    @property
    def results(self) -> tuple[Result, ...]:
        """One result for each concept that was asked and applies, of the first case."""
        return self._first.results

    @property
    def refusals(self) -> tuple[Refusal, ...]:
        """The concepts that were asked and do not apply, with the reasons."""
        return self._first.refusals

    @property
    def solutions(self) -> tuple[Found, ...]:
        """Every solution of the first case, concept after concept."""
        game = self._first.case.game
        return tuple(
            Found(one, game, result.concept) for result in self.results for one in result.solutions
        )

    def __iter__(self) -> Iterator[Found]:
        return iter(self.solutions)

    def __len__(self) -> int:
        return len(self.solutions)

    def __getitem__(self, concept: str) -> Result:
        result = self._first.of(concept)
        if result is None:
            known = ", ".join(one.concept for one in self.results)
            raise KeyError(f"there is no answer to {concept!r}; there are answers to {known}")
        return result

    def of(self, concept: str) -> tuple[Found, ...]:
        """The solutions of one concept. Raises KeyError where it was not asked."""
        game = self._first.case.game
        return tuple(Found(one, game, concept) for one in self[concept].solutions)

    @property
    def verified(self) -> bool:
        """Whether every solution carries a certificate that holds."""
        return all(result.verified for case in self.answer.cases for result in case.results)

    def to_dict(self) -> Json:
        """The JSON document, as ``solve --format json`` writes it."""
        from alliance_games.results.codec import encode

        return encode(self.answer)

    def _document(self, explain: bool = False) -> Document:
        from alliance_games.report.build import build

        return build(self.answer, explain=explain)

    def report(self, width: int | None = None, *, explain: bool = False) -> str:
        """The report as plain text, wrapped at ``width`` characters if given."""
        from alliance_games.render.terminal import to_text

        return to_text(self._document(explain), width)

    def _repr_html_(self) -> str:
        from alliance_games.render.html import render

        return render(self._document())

    def __repr__(self) -> str:
        study = self.answer.study
        asked = ", ".join(f"{one.concept}: {len(one.solutions)}" for one in self.results)
        return f"<Solved {study.title if study else ''!r}: {asked}>"

    def __str__(self) -> str:
        return self.report()
