"""Answers that are no list of equilibria: dominance, security, welfare, selection, in lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from typing import TypeVar

from alliance_games.exact.numerals import decimal
from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.other_forms import OtherForm
from alliance_games.model.profiles import Mixed, as_pure, support
from alliance_games.report.blocks import Piece, Text, text
from alliance_games.report.mixtures import mixture_words
from alliance_games.report.words import both, listed, many, profile_words
from alliance_games.results.concept import Game
from alliance_games.results.result import Result
from alliance_games.results.solutions import (
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

MOST_LINES = 40
MOST_NAMES = 12
MOST_NUMBERS = 12

_TOLD = ("payoff of ", "product of ")
"""Numbers of a selection that its reason gives already."""

Key = TypeVar("Key")


def strategies_of(game: Game, player: int) -> tuple[str, ...]:
    """The names of a player's strategies (none in extensive and other forms)."""
    if isinstance(game, ExtensiveGame | OtherForm):
        return ()
    return game.strategies if isinstance(game, AnonymousGame) else game.strategies[player]


def lines(result: Result, game: Game) -> list[Text]:
    """A result in lines to stand beside its name."""
    if result.concept == "supermodular":
        from alliance_games.report.complements import lines as of_complements

        return of_complements(result, game)
    if result.concept == "potential":
        from alliance_games.report.potentials import lines as of_potential

        return of_potential(result)
    found = [line for lines_of in _WRITERS for line in lines_of(result.solutions, game)]
    if not found:
        found = [text("none")]
    if len(found) > MOST_LINES:
        hidden = len(found) - MOST_LINES
        found = [*found[:MOST_LINES], text(f"{hidden:,} more; --format json lists all")]
    return found


def who(players: Sequence[int], game: Game) -> str:
    """Some players in words: their names, or how many where they are many."""
    if len(players) == len(game.players) > 2:
        return "every player"
    names = [game.players[player] for player in players]
    if len(names) > MOST_NAMES:
        return f"{names[0]}, {names[1]} ... {names[-1]} ({len(names):,} players)"
    return listed(names)


def _together(pairs: Iterable[tuple[Key, int]]) -> dict[Key, list[int]]:
    """Players of whom the same can be said."""
    groups: dict[Key, list[int]] = {}
    for key, player in pairs:
        groups.setdefault(key, []).append(player)
    return groups


def _dominance(solutions: Sequence[Solution], game: Game) -> list[Text]:
    dominant = [one for one in solutions if isinstance(one, Dominant)]
    dominated = [one for one in solutions if isinstance(one, Dominated)]
    if not dominant and not dominated:
        return []
    ruling = {(one.player, one.strategy) for one in dominant}
    plain = [
        one for one in dominated if one.round == 0 and (one.player, _only(one.by)) not in ruling
    ]
    shown: list[Text] = []
    groups = _together(
        ((strategies_of(game, one.player)[one.strategy], one.strength), one.player)
        for one in dominant
    )
    for (name, strength), players in groups.items():
        how = "strictly" if strength == "strict" else "weakly"
        shown.append(
            text(
                Piece(name, "strategy"),
                f" is {how} dominant for ",
                Piece(who(players, game), "player"),
            )
        )
    shown += _by_another(plain, game, "")
    for number in sorted({one.round for one in dominated if one.round > 1}):
        shown += _by_another(
            [one for one in dominated if one.round == number], game, f"round {number}: "
        )
    return shown


def _only(mixed: Mixed) -> int:
    """The one strategy a mixture uses, or -1."""
    used = [index for index, probability in enumerate(mixed) if probability]
    return used[0] if len(used) == 1 else -1


def _by_another(dominated: list[Dominated], game: Game, when: str) -> list[Text]:
    groups = _together(
        (
            (
                strategies_of(game, one.player)[one.strategy],
                one.strength,
                mixture_words(one.by, strategies_of(game, one.player)),
                _only(one.by) < 0,
            ),
            one.player,
        )
        for one in dominated
    )
    return [
        text(
            when,
            Piece(who(players, game), "player"),
            ": ",
            Piece(name, "strategy"),
            f" is {'strictly' if strength == 'strict' else 'weakly'} dominated by ",
            "the mixture " if mixed else "",
            Piece(by, "strategy"),
        )
        for (name, strength, by, mixed), players in groups.items()
    ]


def _members(solutions: Sequence[Solution], game: Game) -> list[Text]:
    shown: list[Text] = []
    ruled_out = any(isinstance(one, (Dominant, Dominated)) for one in solutions)
    for one in solutions:
        if not isinstance(one, Members) or isinstance(game, ExtensiveGame):
            continue
        sizes = [len(strategies_of(game, player)) for player in range(len(one.members))]
        if [len(kept) for kept in one.members] == sizes:
            if one.of == "rationalizable":
                shown.append(text("every strategy of every player"))
            elif ruled_out:
                shown.append(text(f"{one.of}: every strategy"))
            else:
                shown.append(text("no strategy dominates another"))
            continue
        shown += _kept(one, game)
    return shown


def _kept(one: Members, game: Game) -> list[Text]:
    label = "" if one.of == "rationalizable" else f"{one.of}: "
    if all(len(kept) == 1 for kept in one.members) and len(one.members) <= MOST_NAMES:
        alone = [strategies_of(game, player)[kept[0]] for player, kept in enumerate(one.members)]
        return [text(label, Piece(profile_words(alone), "strong"), " alone")]
    groups = _together(
        (", ".join(strategies_of(game, player)[index] for index in kept), player)
        for player, kept in enumerate(one.members)
    )
    return [
        text(label, Piece(who(players, game), "player"), f": {names}")
        for names, players in groups.items()
    ]


def _numbers(solutions: Sequence[Solution], game: Game) -> list[Text]:
    shown: list[Text] = []
    for one in solutions:
        if not isinstance(one, Numbers):
            continue
        # A number that does not exist has a note of its own, which says why.
        exist = {name: value for name, value in one.values.items() if value is not None}
        if exist:
            shown.append(text("; ".join(f"{name} {both(value)}" for name, value in exist.items())))
        shown += [text(f"{one.of} ", line) for line in _per_player(one, game)]
    return shown


def _per_player(one: Numbers, game: Game) -> list[Text]:
    def plays(player: int) -> str:
        if player >= len(one.strategies):
            return ""
        names = strategies_of(game, player)
        return listed((mixture_words(mixed, names) for mixed in one.strategies[player]), "or")

    groups: dict[tuple[Fraction, str], list[int]] = _together(
        ((value, plays(player)), player) for player, value in enumerate(one.per_player)
    )
    return [
        text(
            both(value),
            " for ",
            Piece(who(players, game), "player"),
            ", by " if by else "",
            Piece(by, "strategy"),
        )
        for (value, by), players in groups.items()
    ]


def _selection(solutions: Sequence[Solution], game: Game) -> list[Text]:
    shown: list[Text] = []
    for one in solutions:
        if not isinstance(one, Selection):
            continue
        chosen = "none" if one.profile is None else named(one.profile, game)
        if one.reason.startswith(chosen):
            shown.append(text(Piece(chosen, "strong"), one.reason.removeprefix(chosen)))
        else:
            shown.append(text(Piece(chosen, "strong"), f". {one.reason}"))
        told = [
            f"{name} {both(value)}"
            for name, value in one.numbers.items()
            if not name.startswith(_TOLD)
        ]
        if len(told) > MOST_NUMBERS:
            told = [*told[:MOST_NUMBERS], f"{len(told) - MOST_NUMBERS:,} more numbers"]
        if told:
            shown.append(text("; ".join(told)))
    return shown


def named(profile: Sequence[int], game: Game) -> str:
    """A pure profile by the names of its strategies: ``(Stag, Stag)``, or ``all Stag``."""
    if isinstance(game, AnonymousGame):
        from alliance_games.report.counted_profiles import in_counts

        return in_counts(profile, game)
    return profile_words(
        [strategies_of(game, player)[index] for player, index in enumerate(profile)]
    )


def _profiles(solutions: Sequence[Solution], game: Game) -> list[Text]:
    """Pure profiles one after the other (the efficient ones, say)."""
    found = []
    for one in solutions:
        if isinstance(one, Point) and (indices := as_pure(one.profile)) is not None:
            found.append(named(indices, game))
        elif isinstance(one, CountPoint):
            found.append(counted(one, game))
    many = any(isinstance(one, Numbers) for one in solutions)
    most = max(MOST_LINES // len(game.players), 3)
    hidden = f" and {len(found) - most:,} more" if len(found) > most else ""
    shown = f"{', '.join(found[:most])}{hidden}"
    return [text("attained at " if many else "", shown)] if shown else []


def counted(one: CountPoint, game: Game) -> str:
    """How many choose what: ``(3 Balance, 1 Hide)``; role by role where there are several and
    they differ: ``(A and B: all Balance; C and 7 others: 2 Balance, 6 Hide)``."""
    names = strategies_of(game, 0)
    totals = [sum(column) for column in zip(*one.counts, strict=True)]
    if sum(map(bool, totals)) == 1:
        return _chosen(totals, names)
    if len(one.counts) == 1 or not isinstance(game, AnonymousGame):
        return f"({_chosen(totals, names)})"
    roles = (
        f"{_together_in_role(game, role)}: {_chosen(counts, names)}"
        for role, counts in enumerate(one.counts)
    )
    return f"({'; '.join(roles)})"


def _chosen(counts: Sequence[int], names: Sequence[str]) -> str:
    """``all Hide``, or ``3 Balance, 1 Hide``; one player by the strategy alone."""
    used = [(number, name) for name, number in zip(names, counts, strict=True) if number]
    if len(used) == 1:
        number, name = used[0]
        return name if number == 1 else f"all {name}"
    return ", ".join(f"{number:,} {name}" for number, name in used)


def _together_in_role(game: AnonymousGame, role: int) -> str:
    members = game.members[role]
    if len(members) <= 4:
        return listed(game.players[member] for member in members)
    return f"{game.players[members[0]]} and {len(members) - 1:,} others"


def _ruled_out(solutions: Sequence[Solution], game: Game) -> list[Text]:
    """Equilibria that a refinement rules out, each with the reason."""
    if not any(one.kind == "discarded" for one in solutions):
        return []
    from alliance_games.report.ruled_out import lines_of

    return lines_of(solutions, game)


def _tally(solutions: Sequence[Solution], game: Game) -> list[Text]:
    return [
        text(f"{many(one.number)} {one.what} in all") for one in solutions if isinstance(one, Tally)
    ]


def _symmetric(solutions: Sequence[Solution], game: Game) -> list[Text]:
    """What every player of a symmetric game does."""
    if not any(one.kind == "symmetric" for one in solutions):
        return []
    from alliance_games.results.tree_solutions import Symmetric

    shown: list[Text] = []
    for one in solutions:
        if not isinstance(one, Symmetric):
            continue
        strategy, payoff = one.strategy, one.payoff
        names = strategies_of(game, 0)
        words, worth = mixture_words(strategy, names), both(payoff)
        if "told within" in one.properties:  # a root's decimals are no fraction to be read as one
            words = ", ".join(f"{names[k]} ≈{decimal(strategy[k])[0]}" for k in support(strategy))
            written, whole = decimal(payoff)
            worth = written if whole else f"≈{written}"
        strict = ", strict" if one.properties.get("strict") else ""
        shown.append(text("everybody plays ", Piece(words, "strategy"), f": {worth} each{strict}"))
    return shown


_WRITERS: tuple[Callable[[Sequence[Solution], Game], list[Text]], ...] = (
    _dominance,
    _members,
    _numbers,
    _selection,
    _profiles,
    _symmetric,
    _ruled_out,
    _tally,
)
