"""From Gambit's nodes in prefix order to the flat arrays of a game in extensive form."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction

from alliance_games.model.extensive import CHANCE, TERMINAL, ExtensiveGame, InformationSet
from alliance_games.model.integers import over_common_denominator
from alliance_games.reading.gambit_names import Names
from alliance_games.reading.gambit_text import Cursor

_LONGEST_NAME = 30
"""A set without a name is called by the moves that lead to it, if they are no more than this."""

Raw = tuple[str | None, str | None]
"""The texts that describe a thing, as they stand in the file: its name, and its list."""


@dataclass(slots=True, eq=False)
class SetRecord:
    """An information set of the file; ``names`` are its actions as written, ``weights`` a chance
    move's probabilities as integers, ``raw`` the texts of its first description, ``at`` where."""

    player: int
    number: int
    label: str
    names: tuple[str, ...]
    actions: tuple[str, ...]
    weights: tuple[int, ...]
    raw: Raw
    at: int

    def is_told_by(self, name: str | None, actions: str | None) -> bool:
        """Whether a node says nothing new of it."""
        return (name, actions) == self.raw or (name is None and actions is None)


@dataclass(slots=True, eq=False)
class OutcomeRecord:
    """An outcome of the file: its payoffs are added to those of the others on the path."""

    name: str
    payoffs: tuple[Fraction, ...]
    raw: Raw = (None, None)

    def is_told_by(self, name: str | None, payoffs: str | None) -> bool:
        """Whether a node says nothing new of it."""
        return (name, payoffs) == self.raw or (name is None and payoffs is None)


def assemble(
    cursor: Cursor,
    players: tuple[str, ...],
    set_of: Sequence[SetRecord | None],
    outcome_of: Sequence[OutcomeRecord | None],
    starts: Sequence[int],
) -> ExtensiveGame:
    """The game of a complete list of nodes in prefix order.

    ``starts`` are their places in the file. Doubled names of sets get numbers, with a warning;
    without perfect recall there is a warning as well.
    """
    parent, children = _family(set_of)
    order, first_child = _breadth_first(children)
    sets, indices = _sets(cursor, set_of, order, _deep(parent, set_of))
    weight = array("q", [0]) * len(order)
    large: dict[int, int] = {}
    for place, node in enumerate(order):
        record = set_of[node]
        if record is not None and record.player == CHANCE:
            for child, share in enumerate(record.weights, first_child[place]):
                if share < 2**63:
                    weight[child] = share
                else:
                    large[child] = share
    endings = _endings(len(players), parent, set_of, outcome_of, order)
    game = ExtensiveGame(
        players,
        sets,
        indices,
        first_child,
        [large.get(child, share) for child, share in enumerate(weight)] if large else weight,
        endings.terminal,
        endings.numerators,
        endings.denominators,
        endings.outcomes,
    )
    _check_recall(cursor, game, order, starts)
    return game


def _family(set_of: Sequence[SetRecord | None]) -> tuple[array[int], list[list[int]]]:
    """The node before each, and the nodes after it, of nodes in prefix order."""
    parent = array("q", [-1]) * len(set_of)
    none: list[int] = []
    children: list[list[int]] = []
    open_nodes: list[int] = []
    for node, record in enumerate(set_of):
        if open_nodes:
            above = open_nodes[-1]
            parent[node] = above
            family = children[above]
            family.append(node)
            if len(family) == len(set_of[above].actions):  # type: ignore[union-attr]
                open_nodes.pop()
        if record is None:
            children.append(none)
        else:
            children.append([])
            open_nodes.append(node)
    return parent, children


def _deep(parent: Sequence[int], set_of: Sequence[SetRecord | None]) -> set[int]:
    """The sets (their records' ids) below more moves than make a name."""
    depth = array("q", [0]) * len(parent)
    for node in range(1, len(parent)):
        depth[node] = depth[parent[node]] + 1
    return {id(set_of[node]) for node, moves in enumerate(depth) if moves > _LONGEST_NAME}


def _breadth_first(children: Sequence[Sequence[int]]) -> tuple[list[int], array[int]]:
    """The nodes in breadth-first order, and where the children of each stand in it."""
    order, first_child = [0], array("q")
    for node in order:  # grows as it is read
        first_child.append(len(order))
        order.extend(children[node])
    first_child.append(len(order))
    return order, first_child


def _sets(
    cursor: Cursor,
    set_of: Sequence[SetRecord | None],
    order: Sequence[int],
    deep: Collection[int],
) -> tuple[tuple[InformationSet, ...], array[int]]:
    """The information sets in the order of their first nodes, and that of each node."""
    labels = _labels(cursor, Counter(map(id, set_of)), set_of, deep)
    sets: list[InformationSet] = []
    known: dict[int, int] = {}
    indices = array("q")
    for node in order:
        record = set_of[node]
        if record is None:
            indices.append(TERMINAL)
            continue
        index = known.get(id(record))
        if index is None:
            index = len(sets)
            sets.append(InformationSet(record.player, record.actions, labels[id(record)]))
            # Chance moves with one number share their probabilities, and are moves of their own.
            if record.player != CHANCE:
                known[id(record)] = index
        indices.append(index)
    return tuple(sets), indices


def _labels(
    cursor: Cursor,
    sizes: Counter[int],
    set_of: Sequence[SetRecord | None],
    deep: Collection[int],
) -> dict[int, str]:
    """A label for each set: its name where no other set of the player has it.

    A set without a name that has several nodes is called by its number, and so is one (of those
    in ``deep``) that too many moves lead to; another one stays without, and is named by them.
    """
    records = {id(record): record for record in set_of if record is not None}
    taken: dict[int, set[str]] = {}
    for record in records.values():
        taken.setdefault(record.player, set()).add(record.label)
    known = {player: Names(own) for player, own in taken.items()}
    used: dict[int, set[str]] = {player: set() for player in taken}
    labels = {}
    for key, record in records.items():
        own, label = known[record.player], record.label
        if not label.strip():
            alone = (sizes[key] == 1 and key not in deep) or record.player == CHANCE
            label = "" if alone else own.numbered(f"set {record.player + 1}:{record.number}")
        elif label in used[record.player] and record.player != CHANCE:
            label = own.numbered(label)
            message = (
                f"two information sets of one player are called '{record.label}': "
                f"this one is called '{label}' here"
            )
            cursor.note("renamed", message, record.at, 1, warning=True)
        used[record.player].add(label)
        labels[key] = label
    return labels


@dataclass(frozen=True, slots=True)
class _Endings:
    """The parts of the arrays that tell the payoffs."""

    terminal: array[int]
    numerators: tuple[list[int], ...]
    denominators: tuple[int, ...]
    outcomes: tuple[str, ...]


def _endings(
    players: int,
    parent: Sequence[int],
    set_of: Sequence[SetRecord | None],
    outcome_of: Sequence[OutcomeRecord | None],
    order: Sequence[int],
) -> _Endings:
    """The payoffs at the end of each path: the sum of the outcomes on it."""
    total = _totals(parent, set_of, outcome_of)
    nothing = OutcomeRecord("", (Fraction(0),) * players)
    terminal = array("q")
    places: dict[int, int] = {}
    different: list[OutcomeRecord] = []
    which = array("q")
    for node in order:
        if set_of[node] is not None:
            terminal.append(-1)
            continue
        record = total[node] or nothing
        place = places.get(id(record))
        if place is None:
            place = places[id(record)] = len(different)
            different.append(record)
        terminal.append(len(which))
        which.append(place)
    numerators, denominators = [], []
    for player in range(players):
        integers, denominator = over_common_denominator([one.payoffs[player] for one in different])
        numerators.append([integers[place] for place in which])
        denominators.append(denominator)
    names = _outcome_names(different)
    outcomes = tuple(names[place] for place in which) if any(names) else ()
    return _Endings(terminal, tuple(numerators), tuple(denominators), outcomes)


def _totals(
    parent: Sequence[int],
    set_of: Sequence[SetRecord | None],
    outcome_of: Sequence[OutcomeRecord | None],
) -> Sequence[OutcomeRecord | None]:
    """For each node the sum of the outcomes on the path to it, as one outcome."""
    inner = any(
        outcome is not None and record is not None
        for outcome, record in zip(outcome_of, set_of, strict=True)
    )
    if not inner:
        return outcome_of
    total: list[OutcomeRecord | None] = []
    sums: dict[tuple[int, int], OutcomeRecord] = {}
    for node, outcome in enumerate(outcome_of):
        before = total[parent[node]] if parent[node] >= 0 else None
        if before is None or outcome is None:
            total.append(outcome or before)
            continue
        key = (id(before), id(outcome))
        if key not in sums:
            payoffs = tuple(a + b for a, b in zip(before.payoffs, outcome.payoffs, strict=True))
            name = " + ".join(filter(None, (before.name, outcome.name)))
            sums[key] = OutcomeRecord(name, payoffs)
        total.append(sums[key])
    return total


def _outcome_names(different: Sequence[OutcomeRecord]) -> list[str]:
    """The names of outcomes, those of one name with other payoffs numbered."""
    known: dict[str, tuple[Fraction, ...]] = {}
    taken = Names(record.name for record in different)
    names = []
    for record in different:
        name = record.name
        if name and known.setdefault(name, record.payoffs) != record.payoffs:
            name = taken.numbered(name)
        known[name] = record.payoffs
        names.append(name)
    return names


def _check_recall(
    cursor: Cursor, game: ExtensiveGame, order: Sequence[int], starts: Sequence[int]
) -> None:
    violation = game.recall_violation()
    if violation is None:
        return
    first, second = violation
    index = game.set_of[first]
    player = game.players[game.sets[index].player]
    ways = " and by ".join(" > ".join(game.path(node)) or "the start" for node in violation)
    cursor.skip()
    at = starts[order[second]]
    at += len(cursor.text[at : at + 1000]) - len(cursor.text[at : at + 1000].lstrip())
    cursor.note(
        "imperfect-recall",
        f"{player} does not remember in '{game.set_name(index)}' what she knew or did before: it "
        f"is reached by {ways}",
        at,
        1,
        "most solution concepts for trees suppose perfect recall",
        warning=True,
    )
