"""What the equilibria of any game in normal form look like, in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import Payoffs, PureProfile, support
from alliance_games.report.equilibria import pure_profiles
from alliance_games.report.findings import who
from alliance_games.report.mixtures import mixture_words
from alliance_games.report.words import amount, capital, count, listed, numeral, profile_words
from alliance_games.results.cases import CaseAnswer
from alliance_games.results.result import Coverage, Result, Status
from alliance_games.results.solutions import (
    Component,
    Members,
    Numbers,
    Point,
    Selection,
    Solution,
)

MOST_COMPARED = 4096
"""Profiles of the largest game whose equilibria are held against every other outcome."""


def sentences(answer: CaseAnswer, game: NormalGame) -> list[str]:
    """Sentences on the equilibria found: how many, for whom they are good, which stands out."""
    result = equilibria_of(answer)
    if result is None:
        return []
    parts = [_how_many(result, game), _surviving(answer, game, result)]
    if is_whole(result):
        parts += _patterns(result, game)
    parts.append(_value(answer, game))
    if is_whole(result):
        parts += [_efficiency(result, game), _selected(answer, game)]
    told = " ".join(part for part in parts if part)
    return [told] if told else []


def equilibria_of(answer: CaseAnswer) -> Result | None:
    """The result that says most about equilibria."""
    for name in ("nash", "pure-nash"):
        if (result := answer.of(name)) is not None:
            return result
    return None


def is_whole(result: Result) -> bool:
    """Whether the result speaks of every solution there is: then 'all' and 'none' may be said."""
    return result.coverage is Coverage.ALL and result.status is not Status.STOPPED


def _how_many(result: Result, game: NormalGame) -> str:
    found = [one for one in result.solutions if one.kind in ("point", "component")]
    which = "pure equilibrium" if result.concept == "pure-nash" else "equilibrium"
    if not found:
        if is_whole(result):
            return f"There is no {which}."
        stopped = " before the search was stopped" if result.status is Status.STOPPED else ""
        return f"No {which} was found{stopped}."
    if not is_whole(result):
        return f"{capital(count(len(found), which, _plural(which)))} found; there may be more."
    if len(found) == 1:
        return _the_only(found[0], game, which)
    pure = sum(isinstance(one, Point) and _is_pure(one) for one in found)
    continua = sum(not isinstance(one, Point) for one in found)
    mixed = len(found) - pure - continua
    if result.concept == "pure-nash":
        return f"There are {count(len(found), which, _plural(which))}."
    if continua:
        return _with_continua(pure, mixed, continua)
    if not mixed or not pure:
        every = "both" if len(found) == 2 else "all"
        how = f", {every} {'pure' if pure else 'mixed'}"
    else:
        how = f": {numeral(pure)} pure and {numeral(mixed)} mixed"
    return f"There are {count(len(found), which, _plural(which))}{how}."


def _with_continua(pure: int, mixed: int, continua: int) -> str:
    """Continua hold infinitely many equilibria; the others stand alone."""
    parts = [f"{count(continua, 'continuum', 'continua')} of them"]
    kinds = listed(
        f"{numeral(number_of)} {name}"
        for number_of, name in ((pure, "pure"), (mixed, "mixed"))
        if number_of
    )
    if kinds:
        alone = "stands by itself" if pure + mixed == 1 else "stand by themselves"
        parts.append(f"{kinds} that {alone}")
    return f"There are infinitely many equilibria: {listed(parts)}."


def _plural(which: str) -> str:
    return which.replace("equilibrium", "equilibria")


def _is_pure(one: Point) -> bool:
    return all(len(support(mixed)) == 1 for mixed in one.profile)


def _the_only(one: Solution, game: NormalGame, which: str) -> str:
    if isinstance(one, Component):
        return f"All equilibria form one continuum: {_indifferent(one, game)}."
    if not isinstance(one, Point):
        return "All equilibria form one continuum: somebody is indifferent throughout it."
    if not _is_pure(one):
        why = ""
        if not any(len(support(mixed)) == 1 for mixed in one.profile):
            why = ": nobody can afford to be predictable"
        return f"There is one equilibrium, in mixed strategies{why}."
    names = profile_text(game, tuple(support(mixed)[0] for mixed in one.profile))
    gives = "" if game.ordinal else f", which gives {_gains(one.payoffs, game)}"
    return f"There is one {which}, {names}{gives}."


def _indifferent(one: Component, game: NormalGame) -> str:
    """Who mixes freely in a continuum, where that can be said in a line."""
    subset = one.subsets[0]
    free = [player for player, corners in enumerate((subset.rows, subset.columns)) if corners[1:]]
    if len(one.subsets) > 1 or len(free) != 1:
        return (
            "somebody is indifferent throughout it, so payoffs alone do not settle what is played"
        )
    mixer, other = free[0], 1 - free[0]
    corners = (subset.rows, subset.columns)
    names = game.strategies
    plays = mixture_words(corners[other][0], names[other])
    among = [mixture_words(corner, names[mixer]) for corner in corners[mixer]]
    while_ = f"while {game.players[other]} plays {plays}, {game.players[mixer]}"
    if all(len(support(corner)) == 1 for corner in corners[mixer]):
        return f"{while_} is indifferent between {listed(among)}"
    if len(among) == 2:
        return f"{while_} may play anything from {among[0]} to {among[1]}"
    return f"{while_} may play any mixture of {listed(f'({one})' for one in among)}"


def profile_text(game: NormalGame, profile: PureProfile) -> str:
    """A profile in a sentence; of many players, by who plays what."""
    names = game.names(profile)
    if len(names) > 3 and len(set(names)) == 1:
        return f"everybody playing {names[0]}"
    if len(names) <= 6:
        return profile_words(names)
    groups: dict[str, list[int]] = {}
    for player, name in enumerate(names):
        groups.setdefault(name, []).append(player)
    return "; ".join(f"{name} by {who(players, game)}" for name, players in groups.items())


def _gains(payoffs: Payoffs, game: NormalGame) -> str:
    if len(set(payoffs)) == 1:
        return f"{amount(payoffs[0])} to each"
    if all(player.isdigit() for player in game.players):
        # Beside a payoff a number that is a name would be read as one more.
        whose = {
            value: [p for p, own in zip(game.players, payoffs, strict=True) if own == value]
            for value in payoffs
        }
        return listed(
            f"{amount(value)} to player{'s' if len(own) > 1 else ''} {listed(own)}"
            for value, own in whose.items()
        )
    return listed(
        f"{player} {amount(value)}" for player, value in zip(game.players, payoffs, strict=True)
    )


def _surviving(answer: CaseAnswer, game: NormalGame, equilibria: Result) -> str:
    """Whether dominance alone settles the game; what is left is the equilibrium named before."""
    result = answer.of("dominance")
    if result is not None and not is_whole(result):
        return ""
    sets = [one for one in result.solutions if isinstance(one, Members)] if result else []
    if not sets or any(len(kept) != 1 for kept in sets[0].members):
        return ""
    left = tuple(kept[0] for kept in sets[0].members)
    told = is_whole(equilibria) and pure_profiles(equilibria.solutions) == [left]
    return (
        "The game is solved by dominance: removing strictly dominated strategies, round by round, "
        f"leaves {'nothing else' if told else f'only {profile_text(game, left)}'}."
    )


def _patterns(result: Result, game: NormalGame) -> list[str]:
    """With many players of the same strategies: how many play what in the pure equilibria."""
    pure = pure_profiles(result.solutions)
    if len(game.players) < 3 or len(set(game.strategies)) != 1 or not pure:
        return []
    names = game.strategies[0]
    found = {
        tuple(sum(index == own for own in profile) for index in range(len(names)))
        for profile in pure
    }
    if len(found) > 4:
        return []
    spread = [_spread(counts, names, len(game.players)) for counts in sorted(found, reverse=True)]
    if len(pure) == 1:
        # A profile of one strategy, or of few players, is plain from its name.
        return [] if len(set(pure[0])) == 1 or len(pure[0]) <= 6 else [f"In it {spread[0]}."]
    if len(found) == 1:
        return [f"In every pure equilibrium {spread[0]}; they differ in who."]
    if any(" and " in one for one in spread):
        return [f"In the pure equilibria {', or '.join(spread)}."]
    return [f"In the pure equilibria {listed(spread, 'or')}."]


def _spread(counts: Sequence[int], names: Sequence[str], players: int) -> str:
    """``two of four play Balance and two Hide``; ``one of three plays Act and two Wait``."""
    for name, number_of in zip(names, counts, strict=True):
        if number_of == players:
            return f"all play {name}"
    used = [(number_of, name) for name, number_of in zip(names, counts, strict=True) if number_of]
    (first, name), *rest = used
    verb = "plays" if first == 1 else "play"
    head = f"{numeral(first)} of {numeral(players)} {verb} {name}"
    return listed([head, *(f"{numeral(number_of)} {name}" for number_of, name in rest)])


def _value(answer: CaseAnswer, game: NormalGame) -> str:
    """A constant-sum game has a value, and both know it."""
    result = answer.of("maxmin")
    numbers = [one for one in result.solutions if isinstance(one, Numbers)] if result else []
    value = numbers[0].values.get("value") if numbers else None
    if value is None:
        return ""
    return (
        f"What one gains the other loses: {game.players[0]} can secure {amount(value)}, the value "
        f"of the game, whatever {game.players[1]} does, and {game.players[1]} can keep "
        f"{game.players[0]} from more."
    )


def _efficiency(result: Result, game: NormalGame) -> str:
    """Which pure equilibria all would gladly leave together."""
    pure = pure_profiles(result.solutions)
    if not pure or game.ordinal or game.size > MOST_COMPARED or len(pure) > 20:
        return ""
    better = [(profile, _improvement(game, profile)) for profile in pure]
    worse = [(profile, there) for profile, there in better if there is not None]
    if not worse:
        if len(pure) == 1:
            alone = len(result.solutions) == 1
            than = "" if alone else f" than {profile_text(game, pure[0])}"
            return f"No other outcome would be better for everybody{than}."
        return "None of the pure equilibria could be improved on for everybody at once."
    profile, there = worse[0]
    everybody = "both" if len(game.players) == 2 else "all"
    here, best = profile_text(game, profile), profile_text(game, there)
    return (
        f"From {here} {everybody} would gain by moving together to "
        f"{best}, which gives {_gains(game.payoffs(there), game)}"
        f"{'' if there in pure else ', but is no equilibrium'}."
    )


def _improvement(game: NormalGame, profile: PureProfile) -> PureProfile | None:
    """The outcome better for everybody with the greatest sum of payoffs, or None."""
    here = game.payoffs(profile)
    best: tuple[Fraction, PureProfile] | None = None
    for other in game.profiles():
        there = game.payoffs(other)
        if all(b > a for a, b in zip(here, there, strict=True)):
            total = sum(there, Fraction(0))
            if best is None or total > best[0]:
                best = (total, other)
    return None if best is None else best[1]


def _selected(answer: CaseAnswer, game: NormalGame) -> str:
    """What payoff dominance picks among several."""
    result, found = answer.of("payoff-dominance"), equilibria_of(answer)
    if result is None or found is None or len(found.solutions) < 2:
        return ""
    picks = [one for one in result.solutions if isinstance(one, Selection)]
    if not picks or picks[0].profile is None:
        return ""
    names = profile_text(game, picks[0].profile)
    return f"Of the equilibria, {names} is best: no other gives anybody more."
