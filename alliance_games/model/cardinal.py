"""Ordinal games as parametric ones: every way to put numbers on the rankings.

A player's payoff from an outcome is a parameter that bears the outcome's name, with an entry for
each player (``feast[Alice]``); the rankings are assumptions on them. What holds for all values of
these parameters holds whatever the players' intensities and attitudes to risk are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from alliance_games.exact.expression import KEYWORDS, Compare, Entry, Expression
from alliance_games.model.environments import Value
from alliance_games.model.parametric import Assumption, Parameter, ParametricGame
from alliance_games.model.rankings import OrdinalTable
from alliance_games.model.study import Study
from alliance_games.model.tables import NormalTable
from alliance_games.model.trees import TreeBody

Ranks = tuple[tuple[Fraction, ...], ...]
"""Each player's rank of each place, higher is better."""

_MEANT = KEYWORDS | {"n", "mine", "size"}
"""Words that formulas have a meaning for."""


def is_ordinal(game: ParametricGame) -> bool:
    """Whether the players only rank the outcomes."""
    return isinstance(game.body, OrdinalTable) or (
        isinstance(game.body, TreeBody) and game.body.ordinal
    )


def cardinal_study(study: Study) -> Study:
    """The study with numbers on its rankings; itself where it has no rankings."""
    game = cardinal(study.game)
    return study if game is study.game else replace(study, game=game)


def cardinal(game: ParametricGame) -> ParametricGame:
    """The game with a parameter for each player's payoff from each outcome, by default its rank.

    Outcomes between which a player is indifferent share the parameter of the first of them. A game
    that is not ordinal is itself.
    """
    body = game.body
    if isinstance(body, OrdinalTable):
        ranks: Ranks = tuple(tuple(map(Fraction, row)) for row in body.ranks)
    elif isinstance(body, TreeBody) and body.ordinal:
        ranks = _ranks_of(body)
    else:
        return game
    called = symbols(body.outcomes, [*game.parameter_names, *game.definitions])
    entries: dict[str, dict[tuple[str, ...], Fraction]] = {name: {} for name in called.values()}
    columns: list[list[Expression]] = []
    assumptions: list[Assumption] = []
    for player, own in zip(body.players, ranks, strict=True):
        first: dict[Fraction, Entry] = {}
        for outcome, rank in zip(body.outcomes, own, strict=True):
            if rank not in first:
                first[rank] = Entry(called[outcome], (player,))
                entries[called[outcome]][(player,)] = rank
        columns.append([first[rank] for rank in own])
        order = tuple(first[rank] for rank in sorted(first, reverse=True))
        if len(order) > 1:
            chain = Compare(order, (">",) * (len(order) - 1))
            assumptions.append(Assumption(chain, str(chain), game.file))
    parameters = tuple(
        Parameter(name, _default(values), about=f"the payoff from '{outcome}'", file=game.file)
        for outcome, name in called.items()
        if (values := entries[name])
    )
    cells = tuple(zip(*columns, strict=True))
    return ParametricGame(
        game.players,
        (*game.parameters, *parameters),
        (*game.assumptions, *assumptions),
        NormalTable(body.players, body.strategies, cells, body.outcomes)
        if isinstance(body, OrdinalTable)
        else replace(body, payoffs=cells, ordinal=False),
        game.definitions,
        game.file,
    )


def _default(values: dict[tuple[str, ...], Fraction]) -> Value:
    return dict(values)


def _ranks_of(body: TreeBody) -> Ranks:
    """The ranks under which a tree keeps its endings: plain numbers."""
    from alliance_games.exact.evaluate import Environment, evaluate_number

    nothing = Environment()
    return tuple(
        tuple(evaluate_number(ending[player], nothing) for ending in body.payoffs)
        for player in range(len(body.players))
    )


def symbols(outcomes: Sequence[str], taken: Sequence[str]) -> dict[str, str]:
    """A parameter's name for each outcome: the outcome's own, with ``_`` between its words.

    A name that formulas have another meaning for, or that is ``taken``, gets a ``_`` at its end.
    """
    found: dict[str, str] = {}
    used = {*taken, *_MEANT}
    for outcome in dict.fromkeys(outcomes):
        name = "".join(sign if ("a" + sign).isidentifier() else "_" for sign in outcome.strip())
        name = name if name.isidentifier() else f"outcome_{name}"
        while name in used:
            name += "_"
        used.add(name)
        found[outcome] = name
    return found


__all__ = ["cardinal", "cardinal_study", "is_ordinal", "symbols"]
