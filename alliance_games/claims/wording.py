"""What was found, in the words of an ``expect:`` line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from alliance_games.claims.setting import Setting
from alliance_games.exact import numerals
from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.profiles import Mixed, Profile, as_pure
from alliance_games.results.records import Record
from alliance_games.results.solutions import (
    Behaviour,
    Component,
    CountPoint,
    Dominant,
    Dominated,
    Members,
    Numbers,
    Point,
    Selection,
    Solution,
    Tally,
)


def answers(setting: Setting, found: Iterable[Solution]) -> str:
    """Solutions on one line."""
    return "; ".join(solution(setting, one) for one in found) or "none"


def solution(setting: Setting, found: Solution) -> str:
    """One solution, written as a file would write it where a file can."""
    players = setting.game.players
    match found:
        case Point():
            return profile(setting, found.profile)
        case Component():
            points = ", ".join(profile(setting, point) for point in found.extreme_points)
            return f"a continuum of dimension {found.dimension} with extreme points {points}"
        case Behaviour():
            assert isinstance(setting.game, ExtensiveGame)
            return behaviour(setting.game, found.choices)
        case CountPoint():
            names = setting.strategies(0)
            totals = [sum(role[index] for role in found.counts) for index in range(len(names))]
            return _table(names, [str(total) for total in totals])
        case Members():
            listed = (
                "[" + ", ".join(setting.strategies(player)[index] for index in members) + "]"
                for player, members in enumerate(found.members)
            )
            return f"{found.of} {_table(players, list(listed))}"
        case Dominant():
            name = setting.strategies(found.player)[found.strategy]
            return f"{name} is dominant for {players[found.player]}"
        case Dominated():
            name = setting.strategies(found.player)[found.strategy]
            return f"{name} is dominated for {players[found.player]}"
        case Numbers():
            values = {**found.values, **dict(zip(players, found.per_player, strict=False))}
            return _table(
                tuple(values), ["none" if one is None else str(one) for one in values.values()]
            )
        case Selection():
            if found.profile is None:
                return "none"
            if isinstance(setting.game, AnonymousGame):
                names = setting.game.strategies
                totals = [found.profile.count(own) for own in range(len(names))]
                return _table(names, [str(total) for total in totals])
            chosen = (setting.strategies(player)[i] for player, i in enumerate(found.profile))
            return "[" + ", ".join(chosen) + "]"
        case Tally():
            return f"{found.number} {found.what}"
    return _elsewhere(setting, found)


def _elsewhere(setting: Setting, found: Solution) -> str:
    """The kinds of solution whose words stand in modules that a plain game does not load."""
    if found.kind in ("distribution", "commitment"):
        from alliance_games.claims import mediated_wording

        return mediated_wording.solution(setting, found)
    if found.kind == "symmetric":
        from alliance_games.claims import bounded_wording

        return bounded_wording.symmetric(setting, found)
    if found.kind in ("path", "levels") and not isinstance(setting.game, ExtensiveGame):
        from alliance_games.claims import bounded_wording

        return bounded_wording.solution(setting, found)
    if found.kind == "symmetric":
        from alliance_games.results.tree_solutions import Symmetric

        assert isinstance(found, Symmetric)
        return mixture(setting.strategies(0), found.strategy)
    if isinstance(found, Record):
        from alliance_games.claims import records

        return records.in_words(found.said()) if found.is_something else "none"
    from alliance_games.claims import tree_wording

    game = setting.game
    assert isinstance(game, ExtensiveGame)
    return tree_wording.solution(game, found)


def profile(setting: Setting, found: Profile) -> str:
    """A profile as a list of strategies, or by player where somebody mixes."""
    chosen = as_pure(found)
    if chosen is not None:
        names = (setting.strategies(player)[index] for player, index in enumerate(chosen))
        return "[" + ", ".join(names) + "]"
    mixtures = [mixture(setting.strategies(i), one) for i, one in enumerate(found)]
    return _table(setting.game.players, mixtures)


def mixture(names: tuple[str, ...], found: Mixed) -> str:
    """A strategy: its name, or the probabilities that are not zero."""
    used = [(name, number) for name, number in zip(names, found, strict=True) if number]
    if len(used) == 1:
        return used[0][0]
    return _table(tuple(name for name, _ in used), [str(number) for _, number in used])


def behaviour(game: ExtensiveGame, chosen: Sequence[Mixed | None]) -> str:
    """The choices of each player by information set."""
    return by_set(game, chosen, [each.actions for each in game.sets])


def by_set(
    game: ExtensiveGame, found: Sequence[Mixed | None], names: Sequence[tuple[str, ...]]
) -> str:
    """Distributions over ``names`` of each information set, by player; None is left out."""
    lines = []
    for player, name in enumerate(game.players):
        told = [
            (game.set_name(index), mixture(names[index], one))
            for index, one in enumerate(found)
            if one is not None and game.sets[index].player == player
        ]
        if told:
            lines.append((name, _table(tuple(at for at, _ in told), [one for _, one in told])))
    return _table(tuple(name for name, _ in lines), [choices for _, choices in lines])


def number(value: Fraction) -> str:
    """An exact number, with its decimal beside it where it is no integer.

    Of a formula in the parameters, as proofs compute with, it only says that it is one.
    """
    if numerals.irrational(value) and not hasattr(value, "interval"):
        return "a formula"
    shown = numerals.number(value)
    # One of very many digits is shown as a decimal already.
    return f"{shown} ({numerals.decimal(value, 6)[0]})" if "/" in shown else shown


def _table(names: tuple[str, ...], values: list[str]) -> str:
    pairs = (f"{name}: {value}" for name, value in zip(names, values, strict=True))
    return "{" + ", ".join(pairs) + "}"
