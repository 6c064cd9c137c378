"""All pure equilibria of a game of numbers: candidates from first-order conditions, ends and kinks,
each judged over the player's whole range."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from alliance_games.algorithms.continuous_candidates import Candidates, Found
from alliance_games.algorithms.continuous_game import Prepared
from alliance_games.algorithms.continuous_judge import Verdict, judged
from alliance_games.algorithms.continuous_values import Worth
from alliance_games.algorithms.continuous_words import conditions_in_words
from alliance_games.exact.algebraic import Exact
from alliance_games.exact.forms import NotAForm
from alliance_games.exact.systems import Undecided
from alliance_games.model.continuous import ContinuousGame
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Answers
from alliance_games.results.named.continuous import ChoiceContinuum, ChoiceEquilibrium
from alliance_games.results.result import Conclusion, Coverage
from alliance_games.results.solutions import Fact

METHOD = "first-order conditions, ends and kinks solved exactly, each candidate judged globally"
HOW = (
    "every equilibrium is at an end, at a kink or where the marginal payoff is zero for each "
    "player; all such profiles were found, and every other choice of every player was compared"
)


def answers(game: ContinuousGame, budget: Budget) -> Answers:
    """The equilibria in the order of the players' choices, and how many of all they are."""
    try:
        prepared = Prepared(game, budget.tick)
    except NotAForm as reason:
        from alliance_games.algorithms.continuous_numeric import answers as numerically

        return (yield from numerically(game, budget, str(reason)))
    search = _Search(prepared, budget)
    search.look()
    yield from search.found[: 1 if budget.one else None]
    return search.conclusion()


class _Search:
    """What was found so far, and what stands in the way of calling it all."""

    def __init__(self, prepared: Prepared, budget: Budget) -> None:
        self.prepared, self.budget = prepared, budget
        self.game = prepared.game
        self.points: dict[tuple[Exact, ...], list[Verdict]] = {}
        self.continua: list[tuple[Found, list[Verdict]]] = []
        self.doubts: list[str] = []
        self.rejected: list[str] = []
        self.tried: set[tuple[Exact, ...]] = set()

    @property
    def found(self) -> list[ChoiceEquilibrium | ChoiceContinuum]:
        """The answers: points that lie in no continuum, and continua, in order."""
        points = [
            self._equilibrium(point, verdicts)
            for point, verdicts in sorted(self.points.items())
            if not any(found.cell.holds(point) for found, _ in self.continua)
        ]
        return [*points, *(self._continuum(*one) for one in self.continua)]

    def look(self) -> None:
        """Go through all candidates."""
        try:
            for found in Candidates(self.prepared).cells():
                self._take(found)
        except Undecided as reason:
            self.doubts.append(f"a system of first-order conditions was not settled ({reason})")

    def _take(self, found: Found) -> None:
        point = found.cell.sample
        if found.cell.dimension == 0:
            self._judge(point)
            return
        if found.is_enough:
            verdicts = self._verdicts(point)
            if verdicts is not None and not self._is_covered(found):
                self.continua = [one for one in self.continua if not _within(one[0], found)]
                self.continua.append((found, verdicts))
            return
        for each in (point, *found.cell.corners):
            self._judge(each)
        self._suspect(found)

    def _suspect(self, found: Found) -> None:
        """A continuum of candidates: told apart only where its sample is no equilibrium."""
        self.doubts.append(
            "a continuum of candidates was judged at some of its points only, for payoffs that are "
            "not continuous and concave in the player's own choice"
        )

    def _is_covered(self, found: Found) -> bool:
        return any(_within(found, other) for other, _ in self.continua)

    def _judge(self, point: tuple[Exact, ...]) -> None:
        if point in self.tried:
            return
        self.tried.add(point)
        verdicts = self._verdicts(point)
        if verdicts is not None:
            self.points[point] = verdicts

    def _verdicts(self, point: tuple[Exact, ...]) -> list[Verdict] | None:
        self.budget.tick()
        verdicts = []
        for player in range(len(point)):
            verdict = judged(self.prepared, player, point)
            if verdict is None or verdict.holds is False:
                self._reject(point, player, verdict)
                return None
            if verdict.holds is None:
                self.doubts.append(
                    "two payoffs with roots or logarithms agree in more than 200 digits, and "
                    "are taken to be equal"
                )
            verdicts.append(verdict)
        return verdicts

    def _reject(self, point: Sequence[Exact], player: int, verdict: Verdict | None) -> None:
        if not self.budget.explain:
            return
        from alliance_games.algorithms.continuous_words import profile_in_words, rejection

        self.rejected.append(
            f"{profile_in_words(self.game, self._outward(point))}: "
            f"{rejection(self.prepared, player, verdict)}"
        )

    def _equilibrium(
        self, point: Sequence[Exact], verdicts: Sequence[Verdict]
    ) -> ChoiceEquilibrium:
        properties: dict[str, Fact] = {}
        rational = (*point, *(verdict.worth.exact for verdict in verdicts))
        if all(isinstance(number, Fraction) for number in rational):
            # Elsewhere the checker bounds what others pay, and cannot tell a tie from a near one.
            properties["strict"] = all(verdict.strict for verdict in verdicts)
        properties["interior"] = all(
            number not in (choice.low, choice.high)
            for number, choice in zip(self._outward(point), self.game.choices, strict=True)
        )
        return ChoiceEquilibrium(
            choices=self._by_player(point), payoffs=self._payoffs(verdicts), properties=properties
        )

    def _continuum(self, found: Found, verdicts: Sequence[Verdict]) -> ChoiceContinuum:
        cell = found.cell
        return ChoiceContinuum(
            dimension=cell.dimension,
            conditions=conditions_in_words(self.game, cell.conditions),
            choices=self._by_player(cell.sample),
            payoffs=self._payoffs(verdicts),
            corners=tuple(
                dict(zip(self.game.players, self._outward(one), strict=True))
                for one in cell.corners
            ),
        )

    def _by_player(self, point: Sequence[Exact]) -> Mapping[str, float | Fraction]:
        return dict(zip(self.game.players, self._outward(point), strict=True))

    def _outward(self, point: Sequence[Exact]) -> tuple[Exact, ...]:
        return tuple(self.prepared.outward(player, one) for player, one in enumerate(point))

    def _payoffs(self, verdicts: Sequence[Verdict]) -> Mapping[str, float | Fraction]:
        return {
            player: number_of(verdict.worth)
            for player, verdict in zip(self.game.players, verdicts, strict=True)
        }

    def conclusion(self) -> Conclusion:
        """How many of all equilibria these are."""
        notes = tuple(self._notes())
        rejected = tuple(self.rejected)
        if self.budget.one and len(self.found) > 1:
            because = f"{HOW}; one of {len(self.found)} answers is given, as asked"
            return Conclusion(Coverage.SOME, because, METHOD, notes, rejected=rejected)
        if self.doubts:
            because = "; ".join(dict.fromkeys(self.doubts))
            some = Coverage.SOME if self.found else Coverage.UNKNOWN
            return Conclusion(some, because, METHOD, notes, rejected=rejected)
        return Conclusion(Coverage.ALL, HOW, METHOD, notes, rejected=rejected)

    def _notes(self) -> Iterator[str]:
        floats = [
            number
            for one in self.found
            for number in one.payoffs.values()
            if isinstance(number, float)
        ]
        if floats:
            yield (
                "the choices are exact; payoffs with logarithms or roots of high degree in them "
                "are told to the nearest 16 digits"
            )


def number_of(worth: Worth) -> float | Fraction:
    """The payoff, exact where that is known."""
    return worth.near if worth.exact is None else worth.exact


def _within(smaller: Found, larger: Found) -> bool:
    """Whether a continuum lies in another, told by its corners and a point of it."""
    if smaller.cell.dimension > larger.cell.dimension or not smaller.cell.corners:
        return False
    return all(larger.system.holds(point) for point in (smaller.cell.sample, *smaller.cell.corners))
