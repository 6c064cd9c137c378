"""The body ``payoffs``: a table of profiles, or formulas."""

from __future__ import annotations

from itertools import product
from math import prod
from typing import TYPE_CHECKING

from alliance_games.exact.expression import Expression
from alliance_games.exact.words import listed
from alliance_games.model.tables import NormalTable
from alliance_games.reading.contexts import PAYOFF_FORMULA, ZERO
from alliance_games.reading.declarations import Players
from alliance_games.reading.desk import Desk, split_names, unquoted
from alliance_games.reading.endings import Ending, Endings
from alliance_games.reading.nodes import Node, Scalar

if TYPE_CHECKING:
    from alliance_games.model.formulas import NormalFormulas

MOST_TABLE_PROFILES = 200_000
"""The most profiles of a game that is written out profile by profile."""

Strategies = tuple[tuple[str, ...], ...]


def read_payoffs(
    desk: Desk,
    at: Scalar,
    node: Node,
    players: Players,
    strategies: Strategies,
    endings: Endings,
) -> NormalTable | NormalFormulas | None:
    """The body under the key ``at``; None where there is nothing to go on with."""
    entries = desk.filled(node, "'payoffs'", "as in  Stag, Stag: 4, 4")
    if not entries or not players.names or not strategies:
        return None
    keys = {key.text for key, _ in entries}
    if "each" in keys or (len(players.names) > 1 and keys & set(players.names)):
        return _formulas(desk, at, entries, players, strategies)
    if players.crowd or prod(map(len, strategies)) > MOST_TABLE_PROFILES:
        message = "there are too many profiles to list them one by one"
        hint = "write a formula: 'each: if(mine == ..., ..., ...)'"
        desk.fault("too-large", message, at.span, hint)
        return None
    return _table(desk, at, entries, players.names, strategies, endings)


def _formulas(
    desk: Desk,
    at: Scalar,
    entries: list[tuple[Scalar, Node]],
    players: Players,
    strategies: Strategies,
) -> NormalFormulas | None:
    each: Expression | None = None
    own: dict[str, Expression] = {}
    for key, value in entries:
        if key.text == "each" and "each" not in players.names:
            each = desk.formula(value, PAYOFF_FORMULA, "a payoff")
        elif desk.choose(key, ["each", *players.names], "unknown-player", "player") is not None:
            own[key.text] = desk.formula(value, PAYOFF_FORMULA, "a payoff")
    missing = [player for player in players.names if player not in own]
    if each is None and missing:
        message = f"there is no formula for {listed(missing)}"
        hint = "'each:' is the formula of all players who have none of their own"
        desk.fault("missing-formula", message, at.span, hint)
        return None
    if players.crowd and own:
        message = f"where '{players.crowd}' says how many players there are, all have one formula"
        desk.fault("players", message, at.span, "write 'each: ...'")
        return None
    from alliance_games.model.formulas import NormalFormulas

    # One object for all who share it, so that they are seen to share it.
    return NormalFormulas(
        players.names,
        strategies,
        tuple(own.get(player, each or ZERO) for player in players.names),
        players.crowd,
    )


def _table(
    desk: Desk,
    at: Scalar,
    entries: list[tuple[Scalar, Node]],
    players: tuple[str, ...],
    strategies: Strategies,
    endings: Endings,
) -> NormalTable | None:
    found: dict[tuple[str, ...], tuple[Scalar, Ending]] = {}
    unread = 0
    for key, value in entries:
        profile = _profile(desk, key, players, strategies)
        ending = endings.read(value, f"the profile '{key.text}'")
        if profile is None:
            unread += 1
        elif profile in found:
            first = found[profile][0].span.line
            message = f"the profile '{', '.join(profile)}' stands here twice"
            desk.fault("doubled-profile", message, key.span, f"the first is in line {first}")
        else:
            found[profile] = (key, ending)
    endings_by_profile = {profile: ending for profile, (_, ending) in found.items()}
    return whole_table(desk, at, endings_by_profile, players, strategies, unread)


def _profile(
    desk: Desk, key: Scalar, players: tuple[str, ...], strategies: Strategies
) -> tuple[str, ...] | None:
    parts = split_names(key) if len(players) > 1 else [unquoted(key)]
    if len(parts) != len(players):
        message = (
            f"the profile '{key.text}' has {len(parts)} "
            f"strateg{'y' if len(parts) == 1 else 'ies'} for {len(players)} "
            f"player{'s' * (len(players) != 1)}"
        )
        hint = f"one strategy for each of {listed(players)}"
        desk.fault("profile-length", message, key.span, hint)
        return None
    whole = True
    for part, player, names in zip(parts, players, strategies, strict=True):
        if part.text not in names:
            whole = False
            desk.unknown(part, list(names), "unknown-strategy", f"strategy of {player}")
    return tuple(part.text for part in parts) if whole else None


def whole_table(
    desk: Desk,
    at: Scalar,
    found: dict[tuple[str, ...], Ending],
    players: tuple[str, ...],
    strategies: Strategies,
    unread: int = 0,
) -> NormalTable | None:
    """The table, if every profile has its ending; ``unread`` profiles were reported already."""
    missing: list[str] = []
    cells, outcomes = [], []
    for profile in product(*strategies):
        ending = found.get(profile)
        if ending is None:
            missing.append(", ".join(profile))
        else:
            cells.append(ending[0])
            outcomes.append(ending[1])
    if missing and len(missing) <= unread:
        return None
    if missing:
        count = len(missing)
        shown = "; ".join(missing[:5]) + ("; ..." if count > 5 else "")
        message = f"{count} profile{'s are' if count > 1 else ' is'} missing: {shown}"
        desk.fault("missing-profile", message, at.span)
        return None
    return NormalTable(players, strategies, tuple(cells), tuple(outcomes) if any(outcomes) else ())
