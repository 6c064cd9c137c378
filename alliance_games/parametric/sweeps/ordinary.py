"""Points that are solved one by one, by the ordinary solver: any game, any equilibrium concept."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import accumulate
from typing import Any, NamedTuple

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.environments import Values
from alliance_games.model.extensive import CHANCE, ExtensiveGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.parametric import ParametricGame
from alliance_games.model.problems import InvalidGame, Problem
from alliance_games.model.profiles import support
from alliance_games.parametric.sweeps import rows as codes
from alliance_games.parametric.sweeps.payoffs import broken, outside_range
from alliance_games.parametric.sweeps.rows import BLANK, Rows
from alliance_games.results.budget import Budget
from alliance_games.results.concept import Game
from alliance_games.results.result import Result, Status
from alliance_games.results.solutions import Solution
from alliance_games.solve import Answer, solve

SELECTIONS = ("payoff-dominance", "risk-dominance")
"""The principles that pick one of the Nash equilibria of a normal form."""


class UnfitConcept(Exception):
    """A concept whose answers are no equilibria; the message says so."""


@dataclass(slots=True)
class Line:
    """One row before it is put into a table."""

    number: int = 0
    kind: int = codes.NONE
    corner: int = 0
    dimension: int = 0
    index: int = BLANK
    payoff_dominant: int = BLANK
    risk_dominant: int = BLANK
    status: int = codes.EXACT
    coverage: int = 0
    problem: str = ""
    chances: Sequence[Fraction | None] = field(default_factory=tuple)
    payoffs: Sequence[Fraction | None] = field(default_factory=tuple)


class Choice(NamedTuple):
    """What somebody chooses between: a player's strategies, or in a tree the actions at one of her
    information sets (``at``, '' in a normal form)."""

    player: str
    at: str
    options: tuple[str, ...]

    @property
    def name(self) -> str:
        """``Alice``, or ``Patron at resolute``."""
        return f"{self.player} at {self.at}" if self.at else self.player

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of its probabilities: ``Alice.Stag``, ``Patron.resolute.Defend``."""
        head = f"{self.player}.{self.at}" if self.at else self.player
        return tuple(f"{head}.{option}" for option in self.options)


def choices_of(game: Game) -> tuple[Choice, ...]:
    """All choices, in the order of the columns of probabilities.

    Raises UnfitConcept for a game by counts, whose players are too many for a column each, and for
    one without strategies.
    """
    if isinstance(game, NormalGame):
        pairs = zip(game.players, game.strategies, strict=True)
        return tuple(Choice(player, "", own) for player, own in pairs)
    if isinstance(game, ExtensiveGame):
        return tuple(
            Choice(game.players[one.player], game.set_name(at), one.actions)
            for at, one in enumerate(game.sets)
            if one.player != CHANCE
        )
    if not isinstance(game, AnonymousGame):
        raise UnfitConcept(
            "a sweep follows equilibria in strategies along a parameter, and this is a "
            f"{game.kind} game; 'batch' solves every scenario of a file"
        )
    raise UnfitConcept("a game by counts has too many players for a column each")


class Solver:
    """Solves points of a parametric game one by one."""

    def __init__(
        self,
        game: ParametricGame,
        base: Values,
        concept: str,
        selections: Sequence[str],
        choices: tuple[Choice, ...],
    ) -> None:
        self.game, self.base, self.concept, self.choices = game, base, concept, choices
        self.selections = tuple(selections)

    def lines(self, point: Mapping[str, Fraction], budget: Budget) -> list[Line]:
        """The rows of one point; a point without an equilibrium, or without a game, has one."""
        try:
            values = self.game.values(merged(self.base, point))
            game = self.game.at(values)
        except InvalidGame as invalid:
            return [_without_game(self.game, _gravest(invalid.problems))]
        if choices_of(game) != self.choices:
            raise UnfitConcept("the strategies of the players change along the sweep")
        answer = solve(game, [self.concept, *self.selections], budget)
        result = answer.of(self.concept)
        if result is None:
            reason = next(one.reason for one in answer.refusals if one.concept == self.concept)
            return [Line(status=codes.REFUSED, problem=reason)]
        return _lines(game, result, answer)


def merged(base: Values, point: Mapping[str, Fraction]) -> Values:
    """The base values with those of a point, whose names may be entries."""
    found: dict[str, Any] = dict(base)
    for name, number in point.items():
        head, bracket, keys = name.partition("[")
        if bracket and name not in base:
            entry = tuple(key.strip() for key in keys.rstrip("]").split(","))
            found[head] = {**found[head], entry: number}
            if len(entry) == 2 and entry[::-1] in base[head]:  # type: ignore[operator]
                found[head].pop(entry, None)
                found[head][entry[::-1]] = number
        else:
            found[name] = number
    return found


def _gravest(problems: Sequence[Problem]) -> Problem:
    """What a point is left out for: values that are not in question, before what has no value."""
    outside = (p for p in problems if p.code in ("out-of-range", "broken-assumption"))
    return next(outside, problems[0])


def _without_game(game: ParametricGame, problem: Problem) -> Line:
    """A point at which there is no game: out of range, against an assumption, or no payoffs."""
    if problem.code == "out-of-range":
        name = next((p.name for p in game.parameters if p.span == problem.span), "a parameter")
        return Line(status=codes.EXCLUDED, problem=outside_range(name))
    if problem.code == "broken-assumption":
        for assumption in game.assumptions:
            if assumption.span == problem.span and broken(assumption.text) in problem.message:
                return Line(status=codes.EXCLUDED, problem=broken(assumption.text))
        return Line(status=codes.EXCLUDED, problem=problem.message)
    return Line(status=codes.FAULT, problem=problem.message)


_STATUS = {
    Status.EXACT: codes.EXACT,
    Status.NUMERIC: codes.NUMERIC,
    Status.STOPPED: codes.STOPPED,
}


def _lines(game: Game, result: Result, answer: Answer) -> list[Line]:
    status = _STATUS[result.status]
    coverage = codes.COVERAGES.index(result.coverage.value)
    found: list[Line] = []
    picked = {name: _picked(game, answer, name) for name in SELECTIONS}
    for number, solution in enumerate(result.solutions, 1):
        lines = _of_solution(game, solution)
        for line in lines:
            line.number, line.status, line.coverage = number, status, coverage
            if line.kind != codes.SELECTION:
                line.payoff_dominant = _flag(picked["payoff-dominance"], line)
                line.risk_dominant = _flag(picked["risk-dominance"], line)
        found += lines
    if not found:
        problem = result.because if status == codes.STOPPED or coverage != 1 else ""
        found.append(Line(status=status, coverage=coverage, problem=problem))
    elif status == codes.STOPPED:
        found[-1].problem = result.because
    return found


def _picked(game: Game, answer: Answer, name: str) -> Sequence[int] | None:
    """The columns of the strategies that the principle picks, none where it picks nothing; None
    where it was not asked, does not apply or could not tell."""
    result = answer.of(name)
    if result is None or not result.solutions:
        return None
    profile = getattr(result.solutions[0], "profile", None)
    if profile is None:
        return ()
    assert isinstance(game, NormalGame)
    before = accumulate(game.shape, initial=0)
    return [start + own for start, own in zip(before, profile, strict=False)]


def _flag(picked: Sequence[int] | None, line: Line) -> int:
    if picked is None:
        return BLANK
    ones = [k for k, chance in enumerate(line.chances) if chance == 1]
    return int(line.kind == codes.PURE and bool(picked) and ones == picked)


def _of_solution(game: Game, solution: Solution) -> list[Line]:
    find = _READERS.get(solution.kind)
    if find is None:
        raise UnfitConcept(
            f"a sweep follows equilibria, and the answers of this concept ({solution.kind}) are "
            "none; `batch` asks any concept"
        )
    return find(game, solution)


def _profile(profile: Any, payoffs: Any, properties: Mapping[str, Any]) -> Line:
    pure = all(len(support(mixed)) == 1 for mixed in profile)
    return Line(
        kind=codes.PURE if pure else codes.MIXED,
        index=int(properties.get("index", BLANK)),
        chances=[chance for mixed in profile for chance in mixed],
        payoffs=payoffs,
    )


def _point(game: Game, one: Any) -> list[Line]:
    return [_profile(one.profile, one.payoffs, one.properties)]


def _component(game: Game, one: Any) -> list[Line]:
    """One row for each extreme point of a continuum."""
    points = getattr(one, "extreme_points", None)
    if points is not None:
        pairs = [(profile, payoffs) for profile, payoffs in zip(points, one.payoffs, strict=True)]
        lines = [_profile(profile, payoffs, one.properties) for profile, payoffs in pairs]
    else:
        lines = [line for point in one.points for line in _of_solution(game, point)]
        for line in lines:
            line.index = int(one.properties.get("index", BLANK))
    for corner, line in enumerate(lines, 1):
        line.kind, line.corner, line.dimension = codes.COMPONENT, corner, one.dimension
    return lines


def _choices(kind: int) -> Callable[[Game, Any], list[Line]]:
    def line(game: Game, one: Any) -> list[Line]:
        chances = [chance for mixed in one.choices if mixed is not None for chance in mixed]
        pure = all(chance in (0, 1) for chance in chances)
        return [
            Line(
                kind=codes.PURE if pure else codes.MIXED,
                index=int(one.properties.get("index", BLANK)),
                chances=chances,
                payoffs=one.payoffs,
            )
        ]

    return line


def _selection(game: Game, one: Any) -> list[Line]:
    if one.profile is None:
        return [Line(kind=codes.SELECTION)]
    assert isinstance(game, NormalGame)
    chances = [
        Fraction(int(own == chosen))
        for chosen, size in zip(one.profile, game.shape, strict=True)
        for own in range(size)
    ]
    return [Line(kind=codes.SELECTION, chances=chances, payoffs=game.payoffs(one.profile))]


_READERS: Mapping[str, Callable[[Game, Any], list[Line]]] = {
    "point": _point,
    "component": _component,
    "behaviour": _choices(codes.BEHAVIOUR),
    "assessment": _choices(codes.ASSESSMENT),
    "selection": _selection,
}


def table(
    lines: Sequence[tuple[int, Line]],
    strategies: int,
    players: int,
    problem: Callable[[str], int],
    *,
    exact: bool,
) -> Rows:
    """The lines as columns, each with the place of its point; ``problem`` numbers the texts."""
    rows = Rows.blank(len(lines), strategies, players, exact=exact)
    for row, (point, line) in enumerate(lines):
        rows.point[row] = point
        for name in _INTEGERS:
            getattr(rows, name)[row] = getattr(line, name)
        rows.problem[row] = problem(line.problem)
        for column, chance in enumerate(line.chances):
            rows.chances[row, column] = chance if exact else _float(chance)
        for player, payoff in enumerate(line.payoffs):
            rows.payoffs[row, player] = payoff if exact else _float(payoff)
    return rows


_INTEGERS = (
    "number", "kind", "corner", "dimension", "index", "payoff_dominant", "risk_dominant",
    "status", "coverage",
)  # fmt: skip


def _float(number: Fraction | None) -> float:
    if number is None:
        return float("nan")
    try:
        return float(number)
    except OverflowError:
        return float("inf") if number > 0 else float("-inf")
