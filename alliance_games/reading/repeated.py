"""The body ``repeated``: a stage game, how much the future counts, and what binds the players."""

from __future__ import annotations

from typing import TYPE_CHECKING

from alliance_games.exact.expression import Expression
from alliance_games.exact.words import listed
from alliance_games.model.profiles import PureProfile
from alliance_games.model.repeated import ALL, ONE, RepeatedBody, StateBody
from alliance_games.reading import declarations
from alliance_games.reading.contexts import AGAIN, CHANCE, EXIT_COST, Context
from alliance_games.reading.declarations import Players
from alliance_games.reading.desk import Desk, split_names
from alliance_games.reading.endings import Endings
from alliance_games.reading.nodes import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from alliance_games.model.automata import Automaton
    from alliance_games.model.formulas import NormalFormulas
    from alliance_games.model.tables import NormalTable

KEYS = (
    "discount",
    "survival",
    "stage",
    "states",
    "cooperate",
    "punish",
    "exit cost",
    "relationships",
    "breach",
    "automata",
)
"""The parts of a repeated game, in the order of reading aloud."""

STAGE_KEYS = ("strategies", "payoffs", "matrix")
STATE_KEYS = ("where", "payoffs", "matrix", "next")

_STAGE = "as in  stage: {strategies: [Honour, Renege], payoffs: {...}}"
_STATES = "as in  grave: {where: {threat: 4}, next: {grave: 9/10, calm: 1/10}}"
_PROFILE = "as in  cooperate: [Honour, Honour]"

Parts = dict[str, tuple[Scalar, Node]]


def read_body(desk: Desk, at: Scalar, node: Node, players: tuple[str, ...]) -> RepeatedBody | None:
    """The repeated game under the key ``at``; None where it cannot be made."""
    reader = _Reader(desk, at, players)
    reader.take(node)
    return reader.body()


class _Reader:
    """Reads one body; goes on after each fault with what there is."""

    def __init__(self, desk: Desk, at: Scalar, players: tuple[str, ...]) -> None:
        self.desk, self.at, self.players = desk, at, players
        self.parts: Parts = {}
        self.strategies: tuple[tuple[str, ...], ...] = ()
        self.whole = True

    def take(self, node: Node) -> None:
        """Note the parts there are."""
        for key, value in self.desk.filled(node, "'repeated'", _STAGE):
            if self.desk.choose(key, KEYS, "unknown-key", "part of a repeated game") is not None:
                self.parts[key.text] = (key, value)
            else:
                self.whole = False

    def body(self) -> RepeatedBody | None:
        """Everything read; None where something is missing or faulty."""
        desk = self.desk
        discount = self._formula("discount", AGAIN)
        survival = self._formula("survival", AGAIN)
        exit_cost = self._formula("exit cost", EXIT_COST)
        relationships = self._formula("relationships", AGAIN)
        stage, own = self._stage()
        states = self._states(stage, own)
        cooperate, punish = self._profile("cooperate"), self._profile("punish")
        breach = self._breach()
        automata: tuple[Automaton, ...] = ()
        if "automata" in self.parts and self.strategies:
            from alliance_games.reading.automata import read_automata

            found = read_automata(
                desk, *self.parts["automata"], self.players, self.strategies, cooperate, punish
            )
            self.whole = self.whole and found is not None
            automata = found or ()
        if not self.whole or not states:
            return None
        return RepeatedBody(
            self.players,
            states,
            discount,
            survival,
            exit_cost,
            relationships,
            breach,
            cooperate,
            punish,
            automata,
        )

    def _formula(self, key: str, context: Context) -> Expression | None:
        if key not in self.parts:
            return None
        return self.desk.formula(self.parts[key][1], context, f"'{key}'")

    # The stage

    def _stage(self) -> tuple[NormalTable | NormalFormulas | None, Parts]:
        """The stage that all states share, if one is written, and its parts."""
        if "stage" not in self.parts:
            # A part that is misspelt is a fault already, and may have been meant for it.
            if "states" not in self.parts and self.whole and self.parts:
                message = "the repeated game has no 'stage'"
                self.desk.fault("missing-key", message, self.at.span, _STAGE)
            self.whole = self.whole and "states" in self.parts
            return None, {}
        at, node = self.parts["stage"]
        own: Parts = {}
        for key, value in self.desk.filled(node, "'stage'", _STAGE):
            if self.desk.choose(key, STAGE_KEYS, "unknown-key", "part of a stage") is not None:
                own[key.text] = (key, value)
            else:
                self.whole = False
        if "strategies" in own:
            self._take_strategies(own["strategies"][1])
        return self._payoffs(own, at, needed="states" not in self.parts), own

    def _take_strategies(self, node: Node) -> None:
        self.strategies = declarations.read_strategies(self.desk, node, self.players)
        self.whole = self.whole and bool(self.strategies)
        known = {name: None for one in self.strategies for name in one}
        self.desk.scope.strategies = known or declarations.names_in(node)

    def _payoffs(
        self, own: Parts, at: Scalar, *, needed: bool
    ) -> NormalTable | NormalFormulas | None:
        """The body under ``payoffs`` or ``matrix``; None where there is none, or a faulty one."""
        given = [key for key in ("payoffs", "matrix") if key in own]
        if len(given) == 2:
            self.whole = False
            message = "a stage has 'payoffs' or a 'matrix', not both"
            self.desk.fault("two-bodies", message, own["matrix"][0].span)
            return None
        if not given:
            if needed:
                self.whole = False
                message = f"there are no payoffs under '{at.text}'"
                self.desk.fault("missing-key", message, at.span, _STAGE)
            return None
        key, node = own[given[0]]
        found = self._matrix(key, node) if given == ["matrix"] else self._table(key, node)
        self.whole = self.whole and found is not None
        return found

    def _matrix(self, key: Scalar, node: Node) -> NormalTable | None:
        from alliance_games.reading.matrix import read_matrix

        endings = Endings(self.desk, self.players, None, ())
        found = read_matrix(self.desk, key, node, self.players, self.strategies, endings)
        if found is not None and not self.strategies:
            self.strategies = found.strategies
            self.desk.scope.strategies = {n: None for one in found.strategies for n in one}
        return found

    def _table(self, key: Scalar, node: Node) -> NormalTable | NormalFormulas | None:
        from alliance_games.reading.normal_form import read_payoffs

        if not self.strategies:
            if self.whole:
                self.whole = False
                hint = "as in  strategies: [Honour, Renege]"
                message = "the strategies of the stage are missing"
                self.desk.fault("missing-key", message, key.span, hint)
            return None
        players = Players(self.players)
        endings = Endings(self.desk, self.players, None, ())
        return read_payoffs(self.desk, key, node, players, self.strategies, endings)

    # The states

    def _states(
        self, stage: NormalTable | NormalFormulas | None, own: Parts
    ) -> tuple[StateBody, ...]:
        if "states" not in self.parts:
            return () if stage is None else (StateBody("", stage),)
        at, node = self.parts["states"]
        entries = self.desk.filled(node, "'states'", _STATES)
        names = [key.text for key, _ in entries]
        if len(names) == 1:
            self.whole = False
            message = "one state is none: there are two or more, or no 'states'"
            self.desk.fault("one-state", message, at.span, _STATES)
        found = [self._state(key, value, names, stage) for key, value in entries]
        whole = [state for state in found if state is not None]
        return tuple(whole) if len(whole) == len(found) else ()

    def _state(
        self,
        at: Scalar,
        node: Node,
        names: list[str],
        stage: NormalTable | NormalFormulas | None,
    ) -> StateBody | None:
        own: Parts = {}
        for key, value in self.desk.filled(node, f"the state '{at.text}'", _STATES):
            if self.desk.choose(key, STATE_KEYS, "unknown-key", "part of a state") is not None:
                own[key.text] = (key, value)
            else:
                self.whole = False
        written = self._payoffs(own, at, needed=stage is None) or stage
        where = self._where(own)
        after = self._next(at, own, names)
        if written is None or not after:
            self.whole = False
            return None
        return StateBody(at.text, written, where, after)

    def _where(self, own: Parts) -> tuple[tuple[str, Expression], ...]:
        """The values that parameters have in the state."""
        if "where" not in own:
            return ()
        found = []
        known = self.desk.scope.parameters
        single = [name for name, keys in known.items() if keys is None]
        for key, value in self.desk.filled(own["where"][1], "'where'", "as in {threat: 4}"):
            formula = self.desk.formula(value, AGAIN, f"'{key.text}'")
            if key.text in known and key.text not in single:
                self.whole = False
                message = f"'{key.text}' has a number for each player, and a state changes one"
                self.desk.fault("which-entry", message, key.span)
            elif self.desk.choose(key, single, "unknown-name", "parameter") is None:
                self.whole = False
            else:
                found.append((key.text, formula))
        return tuple(found)

    def _next(self, at: Scalar, own: Parts, names: list[str]) -> tuple[tuple[str, Expression], ...]:
        """The probabilities of what follows the state."""
        if "next" not in own:
            message = f"it is not said what follows the state '{at.text}'"
            self.desk.fault("missing-key", message, at.span, _STATES)
            return ()
        found = []
        for key, value in self.desk.filled(own["next"][1], "'next'", "as in {grave: 1/2, ...}"):
            formula = self.desk.formula(value, CHANCE, f"the probability of '{key.text}'")
            if self.desk.choose(key, names, "unknown-state", "state") is None:
                self.whole = False
            found.append((key.text, formula))
        return tuple(found)

    # Profiles and words

    def _profile(self, key: str) -> PureProfile | None:
        if key not in self.parts or not self.strategies:
            return None
        at, node = self.parts[key]
        found = read_profile(self.desk, at, node, self.players, self.strategies)
        self.whole = self.whole and found is not None
        return found

    def _breach(self) -> str:
        if "breach" not in self.parts:
            return ALL
        at, node = self.parts["breach"]
        word = self.desk.text(node, "'breach'")
        if word is None or word.text not in (ALL, ONE):
            self.whole = False
            message = "'breach' says how many relationships a player can break at once"
            if word is not None:
                self.desk.fault("unknown-word", message, word.span, "it is 'all' or 'one'")
            return ALL
        if "relationships" not in self.parts:
            message = "'breach' speaks of several relationships, and there is one"
            self.desk.warn("idle-key", message, at.span, "as in  relationships: 3")
        return word.text


def read_profile(
    desk: Desk,
    at: Scalar,
    node: Node,
    players: tuple[str, ...],
    strategies: tuple[tuple[str, ...], ...],
) -> PureProfile | None:
    """``[Honour, Honour]``, ``Honour, Honour``, ``{France: Honour, ...}``, or one for all."""
    if isinstance(node, Mapping):
        return _by_player(desk, at, node, players, strategies)
    if isinstance(node, Sequence):
        names = [desk.text(item, "a strategy") for item in node.items]
    else:
        text = desk.text(node, f"'{at.text}'")
        names = [] if text is None else list(split_names(text))
        if text is None:
            return None
    if len(names) == 1 and len(players) > 1:
        return _for_all(desk, names[0], players, strategies)
    if len(names) != len(players):
        message = f"'{at.text}' has {len(names)} strategies for {len(players)} players"
        desk.fault("profile-length", message, node.span, f"one for each of {listed(players)}")
        return None
    found = [
        _strategy(desk, name, player, own)
        for name, player, own in zip(names, players, strategies, strict=True)
    ]
    whole = [index for index in found if index is not None]
    return tuple(whole) if len(whole) == len(players) else None


def _for_all(
    desk: Desk,
    name: Scalar | None,
    players: tuple[str, ...],
    strategies: tuple[tuple[str, ...], ...],
) -> PureProfile | None:
    """One strategy that every player has; a fault of the first who has not."""
    found = []
    for player, own in zip(players, strategies, strict=True):
        index = _strategy(desk, name, player, own)
        if index is None:
            return None
        found.append(index)
    return tuple(found)


def _by_player(
    desk: Desk,
    at: Scalar,
    node: Mapping,
    players: tuple[str, ...],
    strategies: tuple[tuple[str, ...], ...],
) -> PureProfile | None:
    found: dict[str, int] = {}
    faulty = False
    for key, value in node.entries:
        name = desk.text(value, "a strategy")
        if desk.choose(key, players, "unknown-player", "player") is None:
            faulty = True
            continue
        index = _strategy(desk, name, key.text, strategies[players.index(key.text)])
        faulty = faulty or index is None
        found[key.text] = index or 0
    missing = [player for player in players if player not in found]
    if missing and not faulty:
        message = f"'{at.text}' says nothing of {listed(missing)}"
        desk.fault("profile-length", message, at.span, _PROFILE)
    return None if faulty or missing else tuple(found[player] for player in players)


def _strategy(desk: Desk, name: Scalar | None, player: str, own: tuple[str, ...]) -> int | None:
    if name is None:
        return None
    known = desk.choose(name, own, "unknown-strategy", f"strategy of {player}")
    return None if known is None else own.index(known)
