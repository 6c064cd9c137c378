"""Where disagreement leads in a game: what each can make sure of, or its one equilibrium's payoffs.

Both readings of a game's own threat are common: players who fall back on safety (the maxmin point),
and players who then play the game as it stands (Nash 1953 compares them).
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache

from alliance_games.exact.tableau import Tick, no_limit
from alliance_games.model.bargaining import MAXMIN, NASH, BargainingGame, Lotteries
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Mixed, support
from alliance_games.results.named.bargaining import Disagreement

MOST_STRATEGIES = 20
"""Strategies of both players together up to which all equilibria are looked for."""


def no_threat(game: BargainingGame) -> str | None:
    """Why the game has no one point of disagreement, in words; None where it has."""
    if game.threat != NASH or not isinstance(game.over, Lotteries):
        return None
    if sum(game.over.table.shape) > MOST_STRATEGIES:
        return (
            f"all equilibria are looked for up to {MOST_STRATEGIES} strategies; give the payoffs "
            "of disagreement"
        )
    different = _equilibrium_payoffs(game.over.table)
    if len(different) > 1:
        return (
            "disagreement leads to a Nash equilibrium, and the game has several with different "
            "payoffs; give one of them"
        )
    return None


def disagreement(game: BargainingGame, tick: Tick) -> Disagreement:
    """The point, with the play that leads to it. ``no_threat`` is None."""
    over = game.over
    if isinstance(over, Lotteries) and game.threat == MAXMIN:
        return _security(over.table, tick)
    if isinstance(over, Lotteries) and game.threat == NASH:
        ((payoffs, (row, column)),) = _equilibrium_payoffs(over.table).items()
        play = _named(over.table, (row, column))
        return Disagreement(how=NASH, payoffs=_by_player(game, payoffs), play=play)
    assert game.disagreement is not None
    return Disagreement(how=game.threat, payoffs=_by_player(game, game.disagreement))


def _by_player(game: BargainingGame, pair: tuple[Fraction, Fraction]) -> Mapping[str, Fraction]:
    return dict(zip(game.players, pair, strict=True))


def _named(table: NormalGame, profile: tuple[Mixed, ...]) -> dict[str, dict[str, Fraction]]:
    return {
        player: {names[index]: mixed[index] for index in support(mixed)}
        for player, names, mixed in zip(table.players, table.strategies, profile, strict=True)
    }


def _security(table: NormalGame, tick: Tick) -> Disagreement:
    from alliance_games.algorithms.opponents import ByProfiles
    from alliance_games.algorithms.security import security

    views = ByProfiles(table)
    found = [security(views.rows(player, views.everyone), tick) for player in (0, 1)]
    levels = [one.level / over for one, over in zip(found, table.denominators, strict=True)]
    held = {
        table.players[player]: {
            table.strategies[1 - player][at]: weight
            for at, weight in sorted(found[player].held_by.items())
            if weight
        }
        for player in (0, 1)
    }
    return Disagreement(
        how=MAXMIN,
        payoffs=dict(zip(table.players, levels, strict=True)),
        play=_named(table, tuple([one.strategies[0] for one in found])),
        held_by=held,
    )


@lru_cache(maxsize=16)
def _equilibrium_payoffs(
    table: NormalGame,
) -> dict[tuple[Fraction, Fraction], tuple[Mixed, Mixed]]:
    """Every pair of payoffs of an extreme equilibrium, with the first that gives it."""
    from alliance_games.algorithms.bimatrix import all_equilibria
    from alliance_games.algorithms.equilibrium_properties import Describer

    describer = Describer(table, no_limit)
    found: dict[tuple[Fraction, Fraction], tuple[Mixed, Mixed]] = {}
    for component in all_equilibria(table.matrix(0), table.matrix(1), no_limit).components:
        for extreme in component.extreme:
            profile = extreme.row, extreme.column
            first, second = describer.payoffs(profile)
            found.setdefault((first, second), profile)
    return found
