"""Gambit's trees (.efg): the nodes in prefix order, each with its information set and outcome.

One regular expression reads a whole node; only where it does not match is the node taken apart word
by word, to say what is wrong with it, and reading goes on at the next line that begins one.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from alliance_games.model.extensive import CHANCE, ExtensiveGame
from alliance_games.model.integers import over_common_denominator
from alliance_games.model.tree_builder import MAX_NODES
from alliance_games.reading.gambit_arrays import OutcomeRecord, SetRecord, assemble
from alliance_games.reading.gambit_names import settle
from alliance_games.reading.gambit_text import TEXT, Cursor, Unreadable, unquoted
from alliance_games.reading.problems import MAX_PROBLEMS

_LIST = rf"(?:\s*+\{{((?:[^\"{{}}]++|{TEXT})*+)\}})?+"
_COUNT = r"([0-9]{1,18}+)(?![0-9])"
_NODE = re.compile(
    rf"\s*+(?:(p)\s*+{TEXT}\s*+{_COUNT}\s++{_COUNT}|(c)\s*+{TEXT}\s*+{_COUNT}|t\s*+{TEXT})"
    rf"(?:(?<=[0-9])(?:\s*+({TEXT}))?+{_LIST})?+"
    rf"\s*+(?<![0-9]){_COUNT}(?:\s*+({TEXT}))?+{_LIST}(?!\s*+[\"{{}}])(?![^\spct])",
    re.ASCII,
)
"""A node: its kind, player and set (or chance set), the set's name and actions, the outcome, the
outcome's name and payoffs."""

_NEXT = re.compile(r"^[ \t]*+[pct][ \t]*+\"", re.MULTILINE)


def read_tree(cursor: Cursor, players: tuple[str, ...]) -> ExtensiveGame | None:
    """The tree whose nodes follow; None where a fault was noted. Raises Unreadable."""
    reader = _Reader(cursor, players)
    reader.read()
    if cursor.problems.errors:
        return None
    return assemble(cursor, players, reader.set_of, reader.outcome_of, reader.starts)


@dataclass(slots=True)
class _Reader:
    """The nodes as they come: what follows is known only from how many actions each has."""

    cursor: Cursor
    players: tuple[str, ...]
    sets: dict[tuple[int, int], SetRecord] = field(default_factory=dict)
    outcomes: dict[int, OutcomeRecord] = field(default_factory=dict)
    set_of: list[SetRecord | None] = field(default_factory=list)
    outcome_of: list[OutcomeRecord | None] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    followable: bool = True

    def read(self) -> None:
        """All the nodes, to the end of the file."""
        cursor, text = self.cursor, self.cursor.text
        match, sets, outcomes = _NODE.match, self.set_of, self.outcome_of
        starts, nothing = self.starts, OutcomeRecord("", ())
        known_sets, known_outcomes = self.sets, self.outcomes
        missing = 1
        while missing or not self.followable:
            found = match(text, cursor.at)
            if found is None:
                if not cursor.peek() or len(cursor.problems) >= MAX_PROBLEMS:
                    break
                self._take_apart()
                continue
            p, player, number, c, event, name, actions, outcome, label, payoffs = found.groups()
            starts.append(cursor.at)
            cursor.at = found.end()
            if p or c:
                key = (int(player) - 1, int(number)) if p else (CHANCE, int(event))
                record = known_sets.get(key)
                if record is None or not record.is_told_by(name, actions):
                    record = self._set(key, record, found)
                sets.append(record)
                missing += len(record.actions) - 1
            else:
                sets.append(None)
                missing -= 1
            if outcome == "0" and label is None and payoffs is None:
                outcomes.append(None)
                continue
            ending = known_outcomes.get(int(outcome))
            if ending is None or not ending.is_told_by(label, payoffs):
                ending = self._outcome(int(outcome), ending, found) or nothing
            outcomes.append(ending)
            if len(starts) > MAX_NODES or len(cursor.problems) >= MAX_PROBLEMS:
                break
        self._end(missing)

    def _end(self, missing: int) -> None:
        """Note where the tree does not end with the file."""
        cursor = self.cursor
        if len(self.starts) > MAX_NODES:
            cursor.fault("too-many-nodes", f"the tree has more than {MAX_NODES:,} nodes", cursor.at)
        if not self.followable or len(cursor.problems) >= MAX_PROBLEMS:
            return
        if missing:
            nodes = "one more node" if missing == 1 else f"{missing:,} more nodes"
            message = f"the file ends before the tree does: at least {nodes} must follow"
            cursor.note("tree-unfinished", message, len(cursor.text.rstrip()) - 1)
        elif cursor.peek():
            hint = "every node before it has all the branches that its actions need"
            cursor.note("after-the-tree", "the tree is complete before this", cursor.at, 1, hint)

    # Information sets and outcomes

    def _set(self, key: tuple[int, int], record: SetRecord | None, found: Any) -> SetRecord:
        """The information set of a node that describes it, for the first time or once more."""
        cursor = self.cursor
        player, number = key
        name, actions = found[6], found[7]
        at = found.start(3 if found[1] else 5)
        chance = player == CHANCE
        what = f"the chance move {number}" if chance else f"the information set {number}"
        if not chance and not 0 <= player < len(self.players):
            message = f"there is no player {player + 1}: there are {len(self.players)}"
            cursor.note("unknown-player", message, found.start(2), len(found[2]))
        if number == 0:
            cursor.note("gambit-syntax", "information sets are numbered from 1 on", at)
        if record is None:
            if actions is None:
                message = f"{what} has no list of actions where it first occurs"
                cursor.note("undefined-set", message, at, len(str(number)))
                # How many nodes follow cannot be known.
                self.followable = False
                return SetRecord(player, number, "", (), (), (), (name, actions), at)
            record = self._described(player, number, name, actions, found.start(7))
            self.sets[key] = record
            return record
        again = self._described(player, number, name, actions or "", found.start(7))
        if actions is not None and (again.names, again.weights) != (record.names, record.weights):
            own = "probabilities" if chance else "actions"
            message = f"{what} had other {own} at an earlier node"
            hint = (
                f"it had {', '.join(record.actions)}; nodes of one set have the same in one order"
            )
            cursor.note("information-set-differs", message, found.start(7), len(actions), hint)
            return again
        if name is not None and unquoted(name) != record.label:
            message = f"{what} had the name '{record.label}' at an earlier node"
            cursor.note("information-set-differs", message, found.start(6), len(name))
        return record

    def _described(
        self, player: int, number: int, name: str | None, actions: str, at: int
    ) -> SetRecord:
        """What a node says of its set: name, actions and, of a chance move, probabilities."""
        inner = Cursor(self.cursor.problems, at)
        end = at + len(actions)
        names: list[str] = []
        chances: list[Fraction] = []
        try:
            while inner.peek() and inner.at < end:
                names.append(inner.name("an action"))
                if player == CHANCE:
                    chances.append(inner.number(f"the probability of '{names[-1]}'"))
                inner.take(",")
        except Unreadable:
            self.followable = False
        else:
            self._check(names, chances, player == CHANCE, at, len(actions))
        if len(set(names)) < len(names) and (player, number) not in self.sets:
            doubled = Counter(names).most_common(1)[0][0]
            message = f"two actions are called '{doubled}': all but the first get a number"
            if doubled.strip():
                self.cursor.note("renamed", message, at, len(actions), warning=True)
        label = "" if name is None else unquoted(name)
        weights = tuple(over_common_denominator(chances)[0])
        raw = (name, actions)
        return SetRecord(player, number, label, tuple(names), settle(names), weights, raw, at)

    def _check(
        self, names: list[str], chances: list[Fraction], chance: bool, at: int, length: int
    ) -> None:
        note = self.cursor.note
        if not names:
            note("no-actions", "a node needs at least one action", max(at - 1, 0), 1)
            self.followable = False
        elif chance and min(chances) < 0:
            note("negative-probability", "a probability is negative", at, length)
        elif chance and sum(chances) != 1:
            message = f"the probabilities of a chance move sum to {sum(chances)}, not to 1"
            hint = "numbers are exact: write 1/3, not 0.333"
            note("probabilities-do-not-sum-to-one", message, at, length, hint)

    def _outcome(self, number: int, record: OutcomeRecord | None, found: Any) -> Any:
        """The outcome of a node that describes it, for the first time or once more."""
        cursor = self.cursor
        label, payoffs, at = found[9], found[10], found.start(8)
        if number == 0:
            message = "outcome 0 is the null outcome: it has no name and no payoffs"
            cursor.note("null-outcome", message, at, 1, "number outcomes from 1 on")
            return None
        if payoffs is None:
            if record is None or label is not None:
                message = f"outcome {number} has no payoffs here, and none before"
                if record is not None:
                    message = f"outcome {number} is told by a name without payoffs"
                cursor.note("undefined-outcome", message, at, len(found[8]))
            return record
        values = self._payoffs(payoffs, found.start(10), number)
        name = "" if label is None else unquoted(label)
        if record is None:
            record = OutcomeRecord(name, values, (label, payoffs))
            self.outcomes[number] = record
        elif (name, values) != (record.name, record.payoffs):
            message = f"outcome {number} had another name or other payoffs at an earlier node"
            cursor.note("outcome-differs", message, at, len(found[8]), "give it another number")
        return record

    def _payoffs(self, payoffs: str, at: int, number: int) -> tuple[Fraction, ...]:
        inner, values = Cursor(self.cursor.problems, at), []
        end = at + len(payoffs)
        try:
            while inner.peek() and inner.at < end:
                values.append(inner.number("a payoff"))
                inner.take(",")
        except Unreadable:
            return (Fraction(0),) * len(self.players)
        if len(values) != len(self.players):
            message = (
                f"outcome {number} needs {len(self.players)} payoffs, one per player, "
                f"and has {len(values)}"
            )
            self.cursor.note("wrong-number-of-payoffs", message, at, len(payoffs))
            return (Fraction(0),) * len(self.players)
        return tuple(values)

    # A node that is none

    def _take_apart(self) -> None:
        """Say what is wrong with the node that comes next, and go on after it."""
        cursor = self.cursor
        self.followable = False
        start = cursor.at
        try:
            self._words_of_a_node()
            cursor.fault("gambit-syntax", "this node cannot be read", start)
        except Unreadable:
            following = _NEXT.search(cursor.text, max(cursor.at, start + 1))
            cursor.at = following.start() if following else len(cursor.text)

    def _words_of_a_node(self) -> None:
        """A node word by word; raises Unreadable at the first that does not fit."""
        cursor = self.cursor
        cursor.skip()
        start, kind = cursor.at, cursor.word()
        if kind not in ("p", "c", "t"):
            cursor.at = start
            cursor.missing("a node, which begins with p, c or t")
        cursor.name("the name of the node")
        if kind == "p":
            cursor.count("the player's number")
        if kind != "t":
            cursor.count("the number of the information set")
            if cursor.peek() == '"':
                cursor.name("the name of the information set")
            if cursor.take("{"):
                while not cursor.take("}"):
                    cursor.name("an action")
                    if kind == "c":
                        cursor.number("the probability of an action")
                    cursor.take(",")
        cursor.count("the number of the outcome (0: none)")
        if cursor.peek() == '"':
            cursor.name("the name of the outcome")
        if cursor.take("{"):
            while not cursor.take("}"):
                cursor.number("a payoff")
                cursor.take(",")
        if (following := cursor.peek()) and following not in "pct":
            cursor.missing("a node, which begins with p, c or t")
