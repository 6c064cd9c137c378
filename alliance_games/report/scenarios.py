"""Several cases of one game side by side, and what changes from the first to each other one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.other_forms import OtherForm
from alliance_games.model.profiles import as_pure
from alliance_games.model.study import Study
from alliance_games.report.blocks import Block, Bullets, Column, Piece, Table, text
from alliance_games.report.equilibria import pure_profiles
from alliance_games.report.findings import counted, named
from alliance_games.report.meaning import character
from alliance_games.report.meaning_normal import equilibria_of
from alliance_games.report.meaning_tree import path_words, plans_of
from alliance_games.report.mixtures import mixture_words
from alliance_games.report.opening import changed, differences
from alliance_games.report.words import amount, count, listed
from alliance_games.results.cases import CaseAnswer
from alliance_games.results.records import Record
from alliance_games.results.solutions import (
    Behaviour,
    Component,
    CountPoint,
    Point,
    Selection,
)

MOST_NAMED = 4

Lines = list[str]


def side_by_side(study: Study, cases: Sequence[CaseAnswer]) -> list[Block]:
    """A table of all cases, then a sentence on each but the first."""
    first = cases[0]
    columns_of = _columns(first)
    kept = [(title, tell) for title, tell in columns_of if any(tell(case) for case in cases)]
    rows = []
    for case in cases:
        name = text(Piece(case.case.scenario or "default", "strong"))
        pairs = differences(study, case.case, first.case)
        rows.append(
            (
                (name,),
                tuple(text(f"{key} = {value}") for key, value in pairs) or ((),),
                *(tuple(map(text, tell(case))) or ((),) for _, tell in kept),
            )
        )
    columns = (
        Column(text("Case")),
        Column(text("With")),
        *(Column(text(title)) for title, _ in kept),
    )
    sentences = [text(_change(study, first, case)) for case in cases[1:]]
    return [Table(columns, tuple(rows)), Bullets(tuple(sentences))]


def _kind(case: CaseAnswer) -> Lines:
    name = character(case)
    return [name] if name else []


def pure(case: CaseAnswer) -> Lines:
    """The pure equilibria by name."""
    game = case.case.game
    result = equilibria_of(case)
    if result is None or isinstance(game, ExtensiveGame):
        return []
    if isinstance(game, AnonymousGame):
        found = [counted(one, game) for one in result.solutions if isinstance(one, CountPoint)]
    else:
        found = [named(profile, game) for profile in pure_profiles(result.solutions)]
    if len(found) > MOST_NAMED:
        found = [*found[:MOST_NAMED], f"{len(found) - MOST_NAMED:,} more"]
    return found or ["none"]


def mixed(case: CaseAnswer) -> Lines:
    """The mixed equilibria, in a line each, and the number of continua."""
    game = case.case.game
    result = case.of("nash")
    if result is None or not isinstance(game, NormalGame):
        return []
    found = []
    for one in result.solutions:
        if isinstance(one, Point) and as_pure(one.profile) is None:
            words = [
                mixture_words(strategy, names)
                for strategy, names in zip(one.profile, game.strategies, strict=True)
            ]
            found.append(f"{words[0]} (each)" if len(set(words)) == 1 else " × ".join(words))
    continua = sum(isinstance(one, Component) for one in result.solutions)
    if continua:
        found.append(count(continua, "continuum", "continua"))
    if len(found) > MOST_NAMED:
        found = [*found[:MOST_NAMED], f"{len(found) - MOST_NAMED:,} more"]
    return found


def _selected(concept: str) -> Callable[[CaseAnswer], Lines]:
    def tell(case: CaseAnswer) -> Lines:
        game = case.case.game
        result = case.of(concept)
        picks = [one for one in result.solutions if isinstance(one, Selection)] if result else []
        if not picks:
            return []
        return ["neither" if picks[0].profile is None else named(picks[0].profile, game)]

    return tell


def _path(case: CaseAnswer) -> Lines:
    game = case.case.game
    if not isinstance(game, ExtensiveGame):
        return []
    found = [one for one in plays(case) if isinstance(one, Behaviour)]
    if game.has_perfect_information and found:
        paths = list(dict.fromkeys(path_words(one, game) or "by chance" for one in found))
    else:
        from alliance_games.report.assessments import name_of
        from alliance_games.report.seen import Seen

        seen = Seen(game)
        paths = list(dict.fromkeys(name_of(one, seen) for one in plays(case)))
    return paths if len(paths) <= MOST_NAMED else [*paths[:MOST_NAMED], "..."]


def plays(case: CaseAnswer) -> list[Any]:
    """The equilibria of a tree that the case is told by: points and continua."""
    game = case.case.game
    if not isinstance(game, ExtensiveGame):
        return []
    result = plans_of(case) if game.has_perfect_information else None
    if result is None:
        from alliance_games.report.meaning_assessments import equilibria_in, told_of

        told = told_of(case)
        return [] if told is None else list(equilibria_in(told))
    return [one for one in result.solutions if one.kind == "behaviour"]


def _plan_payoffs(case: CaseAnswer) -> Lines:
    found = [point.payoffs for one in plays(case) for point in getattr(one, "points", (one,))]
    shown = dict.fromkeys(", ".join(map(amount, payoffs)) for payoffs in found)
    return list(shown)[:MOST_NAMED]


_COLUMNS: tuple[tuple[str, Callable[[CaseAnswer], Lines]], ...] = (
    ("Kind", _kind),
    ("Pure equilibria", pure),
    ("Mixed", mixed),
    ("Risk-dominant", _selected("risk-dominance")),
    ("What happens", _path),
    ("Payoffs", _plan_payoffs),
)


def _columns(case: CaseAnswer) -> Sequence[tuple[str, Callable[[CaseAnswer], Lines]]]:
    """What is told of every case, with its title; other forms of game bring their own."""
    if not isinstance(case.case.game, OtherForm):
        return (*_COLUMNS, *_of_records(case))
    from alliance_games.report.kinds import room

    return room(case.case.game).COLUMNS


def _of_records(case: CaseAnswer) -> Sequence[tuple[str, Callable[[CaseAnswer], Lines]]]:
    """What is told of answers that name their parts, where their family brings columns."""
    if not any(isinstance(one, Record) for result in case.results for one in result.solutions):
        return ()
    from alliance_games.report import named

    return named.columns(case)


def _changes_of_form(
    first: CaseAnswer,
    case: CaseAnswer,
    columns: Sequence[tuple[str, Callable[[CaseAnswer], Lines]]],
) -> list[str]:
    """Which of the lines are different that columns tell, and what they were."""
    told = [(title.lower(), tell(first), tell(case)) for title, tell in columns]
    return [
        f"{title}: {'; '.join(after) or 'none'} instead of {'; '.join(before) or 'none'}"
        for title, before, after in told
        if before != after
    ]


def _change(study: Study, first: CaseAnswer, case: CaseAnswer) -> str:
    """One sentence on what is different in ``case``."""
    pairs = differences(study, case.case, first.case)
    where = f"In '{case.case.scenario}'" + (f" ({changed(pairs)})" if pairs else "")
    if isinstance(case.case.game, OtherForm):
        changes = _changes_of_form(first, case, _columns(case))
    else:
        changes = [change for teller in _CHANGES if (change := teller(first, case))]
        changes += _changes_of_form(first, case, _of_records(case))
    return f"{where}: {'; '.join(changes or [_unchanged(first, case)])}."


def _unchanged(first: CaseAnswer, case: CaseAnswer) -> str:
    """What can be said where nothing that the table shows is different."""
    if case.results == first.results:
        return "the same answer"
    if _played(case) != _played(first):
        if not _path(case):
            return "other equilibria"
        game = case.case.game
        hidden = isinstance(game, ExtensiveGame) and not game.has_perfect_information
        other = "other choices or beliefs" if hidden else "other choices"
        if _on_path(case) == _on_path(first):
            return f"the same path, with {other} off it"
        return f"equilibria of the same kind, with {other} where play comes"
    if not _played(case):
        return "other answers"
    if _gains(first) == _gains(case):
        return "the same equilibria, with the same payoffs"
    return "the same equilibria, with other payoffs"


def _played(case: CaseAnswer) -> list[object]:
    """Who does what in every equilibrium found."""
    ways = ("profile", "extreme_points", "counts", "choices", "beliefs", "number", "families")
    result = equilibria_of(case)
    found = [*(result.solutions if result is not None else ()), *plays(case)]
    return [
        [
            *(getattr(one, way, None) for way in ways),
            *(
                (point.choices, getattr(point, "beliefs", None))
                for point in getattr(one, "points", ())
            ),
        ]
        for one in found
    ]


def _on_path(case: CaseAnswer) -> list[object]:
    """What is done and believed where play comes, in every equilibrium found."""
    game = case.case.game
    assert isinstance(game, ExtensiveGame)
    from alliance_games.report.seen import believed, points_of, reach
    from alliance_games.results.tree_solutions import Continuum

    told: list[object] = []
    for one in plays(case):
        ways: list[object] = []
        for point in points_of(one) if isinstance(one, Continuum) else (one,):
            chances = reach(game, point)
            way = [
                (index, point.choices[index], believed(game, point, index, chances))
                for index, nodes in enumerate(game.nodes_of)
                if any(chances[node] for node in nodes)
            ]
            if way not in ways:
                ways.append(way)
        told.append(ways)
    return told


def _gains(case: CaseAnswer) -> list[object]:
    """The payoffs of everything found."""
    return [getattr(one, "payoffs", None) for result in case.results for one in result.solutions]


def _kind_change(first: CaseAnswer, case: CaseAnswer) -> str:
    before, after = character(first), character(case)
    if before == after or not after:
        return ""
    return f"{_article(after)} instead of {_article(before)}" if before else _article(after)


_UNCOUNTED = ("pure coordination", "harmony", "matching pennies", "chicken")


def _article(kind: str) -> str:
    if kind.startswith(("both", "dominance-solvable")):
        return "a game solved by dominance"
    if kind in _UNCOUNTED or kind.startswith("coordination"):
        return kind
    return f"a {kind}"


def _pure_change(first: CaseAnswer, case: CaseAnswer) -> str:
    before, after = pure(first), pure(case)
    if before == after or not after:
        return ""
    if after == ["none"]:
        return "no pure equilibrium is left"
    if len(after) == 1:
        return f"the only pure equilibrium is {after[0]}"
    return f"the pure equilibria are {listed(after)}"


def _risk_change(first: CaseAnswer, case: CaseAnswer) -> str:
    tell = _selected("risk-dominance")
    before, after = tell(first), tell(case)
    if before == after or not after:
        return ""
    if after == ["neither"]:
        return "neither equilibrium is risk-dominant"
    if before and before != ["neither"]:
        return f"{after[0]} is risk-dominant instead of {before[0]}"
    return f"{after[0]} is risk-dominant"


def _path_change(first: CaseAnswer, case: CaseAnswer) -> str:
    before, after = _path(first), _path(case)
    if not after or before == after:
        return ""
    game = case.case.game
    if isinstance(game, ExtensiveGame) and not game.has_perfect_information:
        if any("; " in one for one in (*before, *after)):
            return f"the equilibria are: {' | '.join(after)}"
        return f"the equilibria are {listed(after)}, not {listed(before) or 'any'}"
    return "; or ".join(after)


def _mixed_change(first: CaseAnswer, case: CaseAnswer) -> str:
    before, after = mixed(first), mixed(case)
    if before == after or case.of("nash") is None or pure(first) != pure(case):
        return ""
    continua = any("continu" in one for one in (*before, *after))
    if len(before) == len(after) == 1 and not continua:
        return f"the mixed equilibrium is {after[0]} instead of {before[0]}"
    shown = "; ".join(after) if after else "none"
    return f"not in pure strategies: {shown} (instead of {'; '.join(before) or 'none'})"


_CHANGES: tuple[Callable[[CaseAnswer, CaseAnswer], str], ...] = (
    _kind_change,
    _pure_change,
    _risk_change,
    _mixed_change,
    _path_change,
)
