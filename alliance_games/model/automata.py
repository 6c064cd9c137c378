"""Courses of play in repeated games as automata of all players together.

An automaton has states; each says what everybody does, and which state follows each profile that
may be played in it (Mailath and Samuelson 2006, 2.3). A strategy that is an automaton of one player
alone, like tit for tat, is one with a state for each combination of the players' own states.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from alliance_games.model.profiles import PureProfile


@dataclass(frozen=True, slots=True)
class Automaton:
    """``plays[w]`` is the profile of state ``w``, ``follows[w][k]`` the state after the ``k``-th
    profile (in the order of the stage game's tables); play begins in state 0."""

    name: str
    states: tuple[str, ...]
    plays: tuple[PureProfile, ...]
    follows: tuple[tuple[int, ...], ...]


GRIM, TIT_FOR_TAT, PAVLOV, ALWAYS, PUNISH = (
    "grim trigger",
    "tit for tat",
    "pavlov",
    "always",
    "punish",
)

NAMES = {
    "grim": GRIM,
    "grim trigger": GRIM,
    "tit for tat": TIT_FOR_TAT,
    "tit-for-tat": TIT_FOR_TAT,
    "pavlov": PAVLOV,
    "win-stay lose-shift": PAVLOV,
}
"""The names of automata as files write them; besides these ``always X`` and ``punish 3``."""

MOST_PERIODS = 60


def profiles_of(shape: Sequence[int]) -> list[PureProfile]:
    """All pure profiles in the order of the tables."""
    return list(product(*map(range, shape)))


def named(
    name: str, shape: Sequence[int], cooperate: PureProfile, punish: PureProfile, periods: int = 0
) -> Automaton:
    """The automaton of a known name (``NAMES``, or ``punish`` with its ``periods``).

    Tit for tat and Pavlov are for two players: each is told what the other, or both, did.
    """
    if name == GRIM:
        return _grim(shape, cooperate, punish)
    if name == PUNISH:
        return _for_a_while(shape, cooperate, punish, periods)
    if name == TIT_FOR_TAT:
        return _tit_for_tat(shape, cooperate, punish)
    if name == PAVLOV:
        return _pavlov(shape, cooperate, punish)
    raise ValueError(f"no automaton is called {name!r}")


def always(name: str, shape: Sequence[int], profile: PureProfile) -> Automaton:
    """The same profile whatever happened."""
    return Automaton(name, ("always",), (profile,), ((0,) * len(profiles_of(shape)),))


def combined(name: str, shape: Sequence[int], parts: Sequence[Automaton]) -> Automaton:
    """The automaton in which each player follows her part of one of ``parts``.

    Its states are the combinations of the parts' states that some play leads to.
    """
    profiles = range(len(profiles_of(shape)))
    states = [(0,) * len(parts)]
    follows: list[tuple[int, ...]] = []
    place = {states[0]: 0}
    for state in states:
        row = []
        for k in profiles:
            after = tuple(part.follows[at][k] for part, at in zip(parts, state, strict=True))
            if after not in place:
                place[after] = len(states)
                states.append(after)
            row.append(place[after])
        follows.append(tuple(row))
    plays = [
        tuple(
            part.plays[at][player]
            for player, (part, at) in enumerate(zip(parts, state, strict=True))
        )
        for state in states
    ]
    names = [
        "; ".join(part.states[at] for part, at in zip(parts, state, strict=True))
        for state in states
    ]
    return Automaton(name, tuple(names), tuple(plays), tuple(follows))


def _grim(shape: Sequence[int], cooperate: PureProfile, punish: PureProfile) -> Automaton:
    """Cooperate until anybody has not; then punish for ever (Friedman 1971)."""
    profiles = profiles_of(shape)
    first = tuple(0 if profile == cooperate else 1 for profile in profiles)
    states = ("cooperate", "punish")
    return Automaton(GRIM, states, (cooperate, punish), (first, (1,) * len(profiles)))


def _for_a_while(
    shape: Sequence[int], cooperate: PureProfile, punish: PureProfile, periods: int
) -> Automaton:
    """Cooperate; after any deviation punish for some periods, then cooperate again.

    A deviation during the punishment starts it anew.
    """
    profiles = profiles_of(shape)
    states = ("cooperate", *(f"punish, {periods - i} to go" for i in range(periods)))
    follows = [tuple(0 if profile == cooperate else 1 for profile in profiles)]
    for at in range(1, periods + 1):
        after = at + 1 if at < periods else 0
        follows.append(tuple(after if profile == punish else 1 for profile in profiles))
    plays = (cooperate, *(punish,) * periods)
    return Automaton(f"{PUNISH} {periods}", states, plays, tuple(follows))


def _tit_for_tat(shape: Sequence[int], cooperate: PureProfile, punish: PureProfile) -> Automaton:
    """Each cooperates first, and then does what the other did: she cooperates where the other did,
    and punishes where the other did anything else (Rapoport; Axelrod 1984)."""
    states = [(0, 0), (0, 1), (1, 0), (1, 1)]
    plays = [_played(state, cooperate, punish) for state in states]
    after = []
    for profile in profiles_of(shape):
        kept = [own == wanted for own, wanted in zip(profile, cooperate, strict=True)]
        after.append(states.index((int(not kept[1]), int(not kept[0]))))
    names = _names_of(states)
    return Automaton(TIT_FOR_TAT, names, tuple(plays), (tuple(after),) * 4)


def _pavlov(shape: Sequence[int], cooperate: PureProfile, punish: PureProfile) -> Automaton:
    """Cooperate first and after periods in which both cooperated or both did not; else punish
    (win-stay, lose-shift: Nowak and Sigmund 1993; perfect tit for tat: Boyd 1989)."""
    profiles = profiles_of(shape)
    after = []
    for profile in profiles:
        kept = [own == wanted for own, wanted in zip(profile, cooperate, strict=True)]
        after.append(0 if kept[0] == kept[1] else 1)
    states = ("cooperate", "punish")
    return Automaton(PAVLOV, states, (cooperate, punish), (tuple(after),) * 2)


def _played(state: tuple[int, ...], cooperate: PureProfile, punish: PureProfile) -> PureProfile:
    pairs = zip(state, cooperate, punish, strict=True)
    return tuple(bad if at else good for at, good, bad in pairs)


def _names_of(states: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    words = ("cooperates", "punishes")
    names = {(0, 0): "both cooperate", (1, 1): "both punish"}
    return tuple(
        names.get(state, f"first {words[state[0]]}, second {words[state[1]]}") for state in states
    )
