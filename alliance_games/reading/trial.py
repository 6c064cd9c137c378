"""A game tried at its defaults and in every scenario, so that a file's faults show at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from fractions import Fraction
from itertools import cycle
from typing import TYPE_CHECKING, cast

from alliance_games.exact.evaluate import EvaluationError, evaluate_number
from alliance_games.exact.expression import Expression, Number, names
from alliance_games.exact.numerals import number
from alliance_games.exact.span import NOWHERE, Span
from alliance_games.model.environments import environment_at
from alliance_games.model.extensive import CHANCE, ExtensiveGame
from alliance_games.model.parametric import ParametricGame, Values
from alliance_games.model.problems import InvalidGame, Problem
from alliance_games.reading.problems import Problems
from alliance_games.reading.scenarios import ScenarioNode

if TYPE_CHECKING:
    from alliance_games.model.trees import TreeBody


def try_out(
    problems: Problems,
    game: ParametricGame,
    scenarios: list[ScenarioNode],
    extends: Span = NOWHERE,
) -> None:
    """Build every case; report what has no value, by scenario.

    ``extends`` is where the file names another: faults of that one's formulas show there.
    """
    known: set[tuple[str, Span]] = set()
    built = _build(problems, game, None, known, extends)
    is_tree = game.body.kind == "extensive"
    tree = cast("TreeBody", game.body) if is_tree else None
    for scenario in scenarios:
        one = _build(problems, game, scenario, known, scenario.name.span)
        if tree is not None and isinstance(one, ExtensiveGame):
            where = f"in the scenario '{scenario.name.text}': "
            _check_reach(problems, tree, one, where, scenario.name.span)
    if isinstance(built, ExtensiveGame) and tree is not None:
        _check_recall(problems, tree, built)
        _check_chances(problems, game, tree)
        _check_reach(problems, tree, built, "", extends)


def _build(
    problems: Problems,
    game: ParametricGame,
    scenario: ScenarioNode | None,
    known: set[tuple[str, Span]],
    otherwise: Span,
) -> object:
    try:
        return game.at(game.values(scenario.values if scenario else {}))
    except InvalidGame as invalid:
        for problem in invalid.problems:
            _report(problems, problem, scenario, known, otherwise)
    return None


def _report(
    problems: Problems,
    problem: Problem,
    scenario: ScenarioNode | None,
    known: set[tuple[str, Span]],
    otherwise: Span,
) -> None:
    span, message = problem.span, problem.message
    if scenario is None:
        known.add((problem.code, span))
    else:
        if (problem.code, span) in known:
            return
        message = f"in the scenario '{scenario.name.text}': {message}"
        # Values that break a range or an assumption are the scenario's fault, not theirs.
        if span.line == 0 or problem.code in ("out-of-range", "broken-assumption"):
            span = scenario.name.span
    if problem.file and problem.file != problems.source.file:
        where = f"{problem.file}:{problem.span.line}:{problem.span.column}"
        message, span = f"{message} ({where})", otherwise
    problems.add(problem.code, message, span, problem.hint)


def _check_recall(problems: Problems, body: TreeBody, game: ExtensiveGame) -> None:
    if all(not one.label for one in body.sets):
        return  # every set holds one node
    violation = game.recall_violation()
    if violation is None:
        return
    first, second = violation
    name = game.set_name(game.set_of[first])
    player = game.players[game.sets[game.set_of[first]].player]
    ways = " and by ".join(" > ".join(game.path(node)) or "the start" for node in violation)
    problems.add(
        "imperfect-recall",
        f"{player} does not remember in '{name}' what she knew or did before: it is reached "
        f"by {ways}",
        body.spans[second],
        "most solution concepts for trees suppose perfect recall",
        warning=True,
    )


def _check_reach(
    problems: Problems, body: TreeBody, game: ExtensiveGame, where: str, otherwise: Span
) -> None:
    """Warn of information sets that only events of probability zero lead to."""
    never = (not game.weight[child] for node, *_ in body.chances for child in game.children(node))
    if body.prunes or not any(never):
        return
    possible = bytearray([1]) * game.size
    for node in range(game.size):
        is_chance = game.mover(node) == CHANCE
        for child in game.children(node):
            if not possible[node] or (is_chance and not game.weight[child]):
                possible[child] = 0
    lost = [
        index
        for index, one in enumerate(game.sets)
        if one.player != CHANCE and not any(possible[node] for node in game.nodes_of[index])
    ]
    if not lost:
        return
    first = lost[0]
    who = game.players[game.sets[first].player]
    more = f", nor to {len(lost) - 1} more information set{'s' * (len(lost) > 2)}"
    more = more if len(lost) > 1 else ""
    message = f"{where}play never comes to '{game.set_name(first)}' of {who}{more}"
    hint = "only events of probability zero lead there; leave them out if they cannot happen"
    span = body.spans[game.nodes_of[first][0]] if not otherwise.line else otherwise
    problems.add("unreachable", message, span, hint, warning=True)


# Chance probabilities that sum to one whatever the symbols stand for


_TRIES = 4
_MOST_ALONE = 50
_SHIFTS = tuple(Fraction(*pair) for pair in ((7, 97), (-11, 89), (5, 83), (-13, 101), (3, 79)))


def _check_chances(problems: Problems, game: ParametricGame, body: TreeBody) -> None:
    """Beside the defaults: probabilities that only happen to sum to one there are a fault."""
    symbolic = {
        id(probabilities): (probabilities, span)
        for probabilities, span in body.priors or [chance[1:] for chance in body.chances]
        if not all(isinstance(part, Number) for part in probabilities)
    }
    if not symbolic or problems.errors:
        return
    parts = [part for probabilities, _ in symbolic.values() for part in probabilities]
    points = list(_beside(game, frozenset().union(*map(names, parts))))
    for probabilities, span in symbolic.values():
        for values in points:
            total = _total(game, probabilities, values)
            if total is not None and total != 1:
                _report_sum(problems, game, probabilities, span, values, total)
                break


def _beside(game: ParametricGame, used: frozenset[str]) -> Iterator[Values]:
    """Values near the defaults that keep within ranges and assumptions.

    All parameters move at once, then each of those used by itself, either way: at the ends of
    their ranges one may only rise and another only fall.
    """
    for first in range(_TRIES):
        turned = [
            _SHIFTS[at:] + _SHIFTS[:at]
            for at in ((first + index) % len(_SHIFTS) for index in range(len(game.parameters)))
        ]
        yield from _moved(game, dict(zip(game.parameter_names, turned, strict=True)))
    for name in [name for name in game.parameter_names if name in used][:_MOST_ALONE]:
        for shift in _SHIFTS[:2]:
            yield from _moved(game, {name: (shift,)})


def _moved(game: ParametricGame, shifts: Mapping[str, tuple[Fraction, ...]]) -> Iterator[Values]:
    """The values moved by their shifts, entry after entry; none where they are not allowed."""

    def moved(default: Fraction, shift: Fraction) -> Fraction:
        return default * (1 + shift) if default else abs(shift)

    overrides: dict[str, object] = {}
    for parameter in game.parameters:
        name, default = parameter.name, parameter.default
        if name not in shifts or name == game.body.crowd:
            continue
        if isinstance(default, Fraction):
            overrides[name] = moved(default, shifts[name][0])
        else:
            overrides[name] = {
                keys: moved(entry, shift)
                for (keys, entry), shift in zip(default.items(), cycle(shifts[name]), strict=False)
            }
    with suppress(InvalidGame):
        yield game.values(overrides)  # type: ignore[arg-type]


def _total(
    game: ParametricGame, probabilities: tuple[Expression, ...], values: Values
) -> Fraction | None:
    """The exact sum at these values; None where there is none, or it is an approximation."""
    environment = environment_at(values, game.players)
    try:
        total = sum([evaluate_number(part, environment) for part in probabilities], Fraction(0))
    except EvaluationError:
        return None
    return None if environment.numeric else total


def _report_sum(
    problems: Problems,
    game: ParametricGame,
    probabilities: tuple[Expression, ...],
    span: Span,
    values: Values,
    total: Fraction,
) -> None:
    used = frozenset().union(*(names(part) for part in probabilities))
    shown = ", ".join(f"{name} = {values[name]}" for name in values if name in used)
    problems.add(
        "chance-sum",
        f"the probabilities of this chance move do not sum to 1 for all values: with {shown} "
        f"they sum to {number(total)}",
        span,
        "write one of them as 1 minus the others",
    )
