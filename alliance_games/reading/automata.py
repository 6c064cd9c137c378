"""Courses of play of a repeated game: automata by name, or written state by state."""

from __future__ import annotations

from math import prod

from alliance_games.model import automata
from alliance_games.model.automata import ALWAYS, MOST_PERIODS, NAMES, PUNISH, Automaton
from alliance_games.model.profiles import PureProfile
from alliance_games.reading.desk import Desk
from alliance_games.reading.nodes import Mapping, Node, Scalar
from alliance_games.reading.repeated import read_profile

ELSE = "else"
MOST_STATES = 200
MOST_PROFILES = 2500
"""Automata are written out profile by profile; larger stages have none."""

KNOWN = ("grim trigger", "tit for tat", "pavlov", "punish 3", "always ...")
_EXAMPLE = "as in  automata: [grim trigger, tit for tat, punish 3]"
_STATES = 'as in  {good: {plays: [Honour, Honour], then: {"Honour, Honour": good, else: bad}}, ...}'

Strategies = tuple[tuple[str, ...], ...]


def read_automata(
    desk: Desk,
    at: Scalar,
    node: Node,
    players: tuple[str, ...],
    strategies: Strategies,
    cooperate: PureProfile | None,
    punish: PureProfile | None,
) -> tuple[Automaton, ...] | None:
    """The automata under the key ``at``; None where some cannot be made."""
    shape = [len(own) for own in strategies]
    if prod(shape) > MOST_PROFILES:
        message = f"automata are for stages of up to {MOST_PROFILES:,} profiles"
        desk.fault("too-large", message, at.span)
        return None
    reader = _Reader(desk, players, strategies, cooperate, punish)
    items = desk.items(node, "'automata'", _EXAMPLE)
    if not items and not isinstance(node, Scalar):
        desk.fault("empty", "nothing is written for 'automata'", node.span, _EXAMPLE)
    found = [reader.one(item) for item in items]
    whole = [one for one in found if one is not None]
    seen: set[str] = set()
    for one, item in zip(found, items, strict=True):
        if one is not None and one.name in seen:
            desk.fault("doubled-name", f"'{one.name}' stands here twice", item.span)
            return None
        if one is not None:
            seen.add(one.name)
    return tuple(whole) if whole and len(whole) == len(found) else None


class _Reader:
    def __init__(
        self,
        desk: Desk,
        players: tuple[str, ...],
        strategies: Strategies,
        cooperate: PureProfile | None,
        punish: PureProfile | None,
    ) -> None:
        self.desk, self.players, self.strategies = desk, players, strategies
        self.cooperate, self.punish = cooperate, punish
        self.shape = [len(own) for own in strategies]

    def one(self, node: Node) -> Automaton | None:
        """One automaton: a name, one for each player, or a mapping with its states."""
        if isinstance(node, Mapping):
            if any(key.text in self.players for key, _ in node.entries):
                return self._by_player(node)
            return self._written(node)
        text = self.desk.text(node, "an automaton")
        if text is None:
            return None
        words = " ".join(text.text.split())
        first, _, rest = words.partition(" ")
        if first.casefold() == ALWAYS and rest:
            place = text.part(text.text.index(first) + len(first), len(text.text))
            place = Scalar(place.text.strip(), place.span)
            profile = read_profile(self.desk, text, place, self.players, self.strategies)
            return None if profile is None else automata.always(words, self.shape, profile)
        name = NAMES.get(
            words.casefold().replace("-", " ").replace("win stay lose", "win-stay lose")
        )
        name = NAMES.get(words.casefold(), name)
        periods = 0
        if first.casefold() == PUNISH:
            count = self._periods(text, rest)
            if count is None:
                return None
            name, periods = PUNISH, count
        if name is None:
            self.desk.unknown(text, [*KNOWN], "unknown-automaton", "automaton")
            return None
        return self._named(text, name, periods)

    def _by_player(self, node: Mapping) -> Automaton | None:
        """Each player's own: ``{Ally: tit for tat, Patron: always Leave}``."""
        parts: dict[str, Automaton] = {}
        for key, value in node.entries:
            if self.desk.choose(key, self.players, "unknown-player", "player") is None:
                return None
            found = self._of_player(self.players.index(key.text), value)
            if found is None:
                return None
            parts[key.text] = found
        missing = [player for player in self.players if player not in parts]
        if missing:
            message = f"it is not said what {' and '.join(missing)} does"
            self.desk.fault("profile-length", message, node.span, "one for each player")
            return None
        own = [parts[player] for player in self.players]
        if prod(len(part.states) for part in own) > MOST_STATES:
            message = f"together they have more than {MOST_STATES} states"
            self.desk.fault("too-large", message, node.span)
            return None
        name = ", ".join(f"{player}: {parts[player].name}" for player in self.players)
        return automata.combined(name, self.shape, own)

    def _of_player(self, player: int, node: Node) -> Automaton | None:
        """A player's automaton; ``always X`` speaks of her own strategies."""
        words = " ".join(node.text.split()) if isinstance(node, Scalar) else ""
        first, _, rest = words.partition(" ")
        if first.casefold() == ALWAYS and rest in self.strategies[player]:
            profile = [0] * len(self.players)
            profile[player] = self.strategies[player].index(rest)
            return automata.always(words, self.shape, tuple(profile))
        return self.one(node)

    def _periods(self, text: Scalar, rest: str) -> int | None:
        word = rest.split(" ")[0]
        if (
            word.isdecimal()
            and 1 <= int(word) <= MOST_PERIODS
            and rest in (word, f"{word} periods")
        ):
            return int(word)
        message = f"'punish' says for how many periods, from 1 to {MOST_PERIODS}"
        self.desk.fault("unknown-automaton", message, text.span, "as in  punish 3")
        return None

    def _named(self, text: Scalar, name: str, periods: int) -> Automaton | None:
        if name in (automata.TIT_FOR_TAT, automata.PAVLOV) and len(self.players) != 2:
            message = f"'{text.text}' is for two players"
            self.desk.fault("unknown-automaton", message, text.span, "write it state by state")
            return None
        if self.cooperate is None:
            message = f"'{text.text}' needs to know what cooperation is"
            self.desk.fault("missing-key", message, text.span, "as in  cooperate: [Honour, Honour]")
            return None
        punish = self.punish
        if punish is None and all(size == 2 for size in self.shape):
            punish = tuple(1 - own for own in self.cooperate)
        if punish is None:
            message = f"'{text.text}' needs to know what punishment is"
            self.desk.fault("missing-key", message, text.span, "as in  punish: [Renege, Renege]")
            return None
        if name == automata.TIT_FOR_TAT and any(
            good == bad for good, bad in zip(self.cooperate, punish, strict=True)
        ):
            message = f"in '{text.text}' each player punishes by doing something else"
            self.desk.fault("unknown-automaton", message, text.span)
            return None
        return automata.named(name, self.shape, self.cooperate, punish, periods)

    # State by state

    def _written(self, node: Mapping) -> Automaton | None:
        parts: dict[str, tuple[Scalar, Node]] = {}
        for key, value in node.entries:
            if self.desk.choose(key, ("name", "states"), "unknown-key", "part of an automaton"):
                parts[key.text] = (key, value)
        missing = [key for key in ("name", "states") if key not in parts]
        for part in missing:
            message = f"the automaton has no '{part}'"
            self.desk.fault("missing-key", message, node.span, _STATES if part == "states" else "")
        if missing:
            return None
        name = self.desk.text(parts["name"][1], "the name of an automaton")
        entries = self.desk.filled(parts["states"][1], "'states'", _STATES)
        if len(entries) > MOST_STATES:
            message = f"an automaton has up to {MOST_STATES} states"
            self.desk.fault("too-large", message, parts["states"][0].span)
            return None
        names = [key.text for key, _ in entries]
        found = [self._state(key, value, names) for key, value in entries]
        whole = [one for one in found if one is not None]
        if name is None or not whole or len(whole) < len(found):
            return None
        plays, follows = zip(*whole, strict=True)
        return Automaton(name.text, tuple(names), plays, follows)

    def _state(
        self, at: Scalar, node: Node, names: list[str]
    ) -> tuple[PureProfile, tuple[int, ...]] | None:
        parts: dict[str, tuple[Scalar, Node]] = {}
        for key, value in self.desk.filled(node, f"the state '{at.text}'", _STATES):
            if self.desk.choose(key, ("plays", "then"), "unknown-key", "part of a state"):
                parts[key.text] = (key, value)
        missing = [key for key in ("plays", "then") if key not in parts]
        for part in missing:
            message = f"the state '{at.text}' has no '{part}'"
            self.desk.fault("missing-key", message, at.span, _STATES)
        if missing:
            return None
        plays = read_profile(self.desk, *parts["plays"], self.players, self.strategies)
        after = self._then(at, parts["then"][1], names)
        return None if plays is None or after is None else (plays, after)

    def _then(self, at: Scalar, node: Node, names: list[str]) -> tuple[int, ...] | None:
        """Which state follows each profile, in the order of the tables."""
        profiles = automata.profiles_of(self.shape)
        if isinstance(node, Scalar):
            only = self._place(node, names)
            return None if only is None else (only,) * len(profiles)
        known: dict[PureProfile, int] = {}
        other: int | None = None
        faulty = False
        for key, value in self.desk.filled(node, "'then'", _STATES):
            place = self._place(value, names)
            faulty = faulty or place is None
            if key.text == ELSE:
                other = place
                continue
            profile = read_profile(self.desk, key, key, self.players, self.strategies)
            if profile is None or place is None:
                faulty = True
            else:
                known[profile] = place
        if faulty:
            return None
        after = [known.get(profile, other) for profile in profiles]
        whole = [place for place in after if place is not None]
        if len(whole) < len(profiles):
            message = f"it is not said what follows some profiles in the state '{at.text}'"
            self.desk.fault("missing-profile", message, at.span, "'else' is all the others")
            return None
        return tuple(whole)

    def _place(self, node: Node, names: list[str]) -> int | None:
        text = self.desk.text(node, "a state")
        if text is None or self.desk.choose(text, names, "unknown-state", "state") is None:
            return None
        return names.index(text.text)
