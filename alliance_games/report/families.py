"""What is fixed in a continuum of equilibria of a tree and what may vary, in words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from alliance_games.model.extensive import CHANCE, ExtensiveGame
from alliance_games.model.profiles import Mixed
from alliance_games.report.conditions import WHOLE, Range, bounds, shortened, unknowns
from alliance_games.report.mixtures import letters, mixture_words
from alliance_games.report.seen import Play, points_of
from alliance_games.report.words import listed, number
from alliance_games.results.codec_trees import condition_words
from alliance_games.results.naming import Names
from alliance_games.results.tree_solutions import Assessment, Continuum, Family, Unknown

CHOICE, BELIEF = "choice", "belief"

MOST_CORNERS = 12
"""Corners of a family in which several things vary together are told up to so many."""


class Place(NamedTuple):
    """A choice or a belief at an information set: what may vary by itself."""

    of: str
    set: int


def distribution(one: Play, place: Place) -> Mixed | None:
    """The choice or belief of one equilibrium at a place; None where it says nothing there."""
    if place.of == CHOICE:
        return None if place.set in getattr(one, "free", ()) else one.choices[place.set]
    return one.beliefs[place.set] if isinstance(one, Assessment) else None


def options(game: ExtensiveGame, place: Place) -> tuple[str, ...]:
    """What the probabilities at a place are probabilities of."""
    return game.sets[place.set].actions if place.of == CHOICE else game.node_names(place.set)


def places(game: ExtensiveGame, *, beliefs: bool) -> list[Place]:
    """Every choice and (where there are beliefs) every belief over several nodes, set by set."""
    found = []
    for index, each in enumerate(game.sets):
        if each.player == CHANCE:
            continue
        found.append(Place(CHOICE, index))
        if beliefs and len(game.nodes_of[index]) > 1:
            found.append(Place(BELIEF, index))
    return found


class Variation:
    """One continuum: which places vary, and within which ranges in each of its families."""

    def __init__(self, one: Continuum, game: ExtensiveGame) -> None:
        self.one, self.game = one, game
        self.points = points_of(one)
        self.beliefs = isinstance(self.points[0], Assessment)
        self.ranges = [self._ranges(family) for family in one.families]
        self.varying = [
            place
            for place in places(game, beliefs=self.beliefs)
            if len({ranges[place] for ranges in self.ranges}) > 1
            or any(not each.fixed for ranges in self.ranges for each in ranges[place] or ())
        ]

    def _ranges(self, family: Family) -> dict[Place, tuple[Range, ...] | None]:
        """Each option's range at each place; None where nothing is said of the place."""
        members = [self.points[place] for place in family.points]
        agreed = {} if family.hull else self._agreed(family)
        limits = {} if family.hull else bounds(shortened(family.conditions, agreed))
        spoken = {one for condition in family.conditions for one in unknowns(condition)}
        found: dict[Place, tuple[Range, ...] | None] = {}
        for place in places(self.game, beliefs=self.beliefs):
            known = [d for each in members if (d := distribution(each, place)) is not None]
            if not known:
                found[place] = None
                continue
            rows = list(zip(*known, strict=True))
            shown = tuple(Range(min(row), max(row)) for row in rows)
            if not family.hull:
                shown = _by_conditions(place, shown, limits, spoken, agreed)
            found[place] = shown
        return found

    def _agreed(self, family: Family) -> dict[Unknown, Fraction]:
        """The values on which several examples of a family agree and that no condition bounds."""
        if len(family.points) < 2:
            return {}
        bounded = {
            one
            for condition in family.conditions
            if len(unknowns(condition)) == 1
            for one in unknowns(condition)
        }
        members = [self.points[place] for place in family.points]
        found = {}
        for place in places(self.game, beliefs=self.beliefs):
            known = [d for each in members if (d := distribution(each, place)) is not None]
            for option, row in enumerate(zip(*known, strict=True)):
                one = Unknown(place.of, place.set, option)
                if len(set(row)) == 1 and one not in bounded:
                    found[one] = row[0]
        return found

    @property
    def exact(self) -> bool:
        """Whether payoffs take their extremes at the points: they are linear in what any one set
        does, so not where several sets vary together, nor where the points are examples."""
        return all(
            family.hull == "behaviour"
            and (
                len({each.set for each in self.varying if self._moves(family, each)}) <= 1
                or self._independent(family)
            )
            for family in self.one.families
        )

    def over_all(self, place: Place) -> tuple[Range, ...] | None:
        """Each option's range over the whole continuum."""
        known = [own for ranges in self.ranges if (own := ranges[place]) is not None]
        if not known:
            return None
        return tuple(
            Range(
                min(each.low for each in row),
                max(each.high for each in row),
                loose=any(each.loose for each in row),
            )
            for row in zip(*known, strict=True)
        )

    def sentences(self, who: Callable[[int], str]) -> list[str]:
        """Each family in words; ``who`` names an information set ('after Treaty')."""
        return [
            self._family(family, ranges, who)
            for family, ranges in zip(self.one.families, self.ranges, strict=True)
        ]

    def joint(self, family: Family) -> list[str]:
        """The conditions of a family that tie several probabilities together."""
        names = Names(self.game)
        short = shortened(family.conditions, self._agreed(family))
        return [condition_words(one, names) for one in short if len(unknowns(one)) > 1]

    def _family(
        self,
        family: Family,
        ranges: dict[Place, tuple[Range, ...] | None],
        who: Callable[[int], str],
    ) -> str:
        parts: list[str] = []
        for index in dict.fromkeys(place.set for place in self.varying):
            here = [place for place in self.varying if place.set == index]
            said = [place_words(self.game, place, ranges[place]) for place in here]
            parts.append(f"{who(index)}: {', at '.join(said)}")
        words = "; ".join(parts)
        joint = self.joint(family)
        if joint:
            words += f"; such that {listed(joint)}"
        elif family.hull and not self._independent(family):
            words += f"; together: any mixture of {self._corners(family, who)}"
        return words

    def _independent(self, family: Family) -> bool:
        """Whether what varies does so independently, so that the ranges say it all."""
        members = [self.points[place] for place in family.points]
        total = 0
        for place in self.varying:
            known = [distribution(each, place) for each in members]
            if any(each is None for each in known):
                return False
            total += _rank([each for each in known if each is not None])
            if any(len(each or ()) > 2 for each in known) and _rank(known) > 1:  # type: ignore[arg-type]
                return False
        return total == family.dimension

    def _moves(self, family: Family, place: Place) -> bool:
        """Whether a place varies within one family."""
        return len({distribution(self.points[k], place) for k in family.points}) > 1

    def _corners(self, family: Family, who: Callable[[int], str]) -> str:
        corners = []
        for place in family.points[:MOST_CORNERS]:
            one = self.points[place]
            said = []
            for varying in (each for each in self.varying if self._moves(family, each)):
                known = distribution(one, varying)
                if known is not None:
                    shown = mixture_words(known, options(self.game, varying))
                    belief = "belief " if varying.of == BELIEF else ""
                    said.append(f"{who(varying.set)}: {belief}{shown}")
            corners.append(f"({'; '.join(said)})")
        hidden = len(family.points) - len(corners)
        return listed([*corners, *([f"{hidden:,} more"] if hidden else [])])


def _by_conditions(
    place: Place,
    examples: tuple[Range, ...],
    limits: Mapping[Unknown, Range],
    spoken: Collection[Unknown],
    agreed: Mapping[Unknown, Fraction],
) -> tuple[Range, ...]:
    """Ranges by conditions; with two options what is known of one says the other's."""
    options_here = [Unknown(place.of, place.set, option) for option in range(len(examples))]
    given: list[Range | None] = [limits.get(one) for one in options_here]
    if len(examples) == 2:
        for option in (0, 1):
            other = given[1 - option]
            if given[option] is None and other is not None:
                given[option] = other.complement()
    mentioned = any(one in spoken and one not in agreed for one in options_here)
    found = []
    for own, example in zip(given, examples, strict=True):
        if own is not None or example.fixed:
            found.append(own or example)
        else:
            found.append(example._replace(loose=True) if mentioned else WHOLE)
    return tuple(found)


def _rank(rows: Sequence[Mixed]) -> int:
    """The dimension of the smallest flat through some points."""
    left = [[a - b for a, b in zip(row, rows[0], strict=True)] for row in rows[1:]]
    rank = 0
    for column in range(len(rows[0])):
        pivot = next((row for row in left if row[column]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        left = [
            [a - row[column] / pivot[column] * b for a, b in zip(row, pivot, strict=True)]
            for row in left
        ]
        rank += 1
    return rank


# Words


def place_words(game: ExtensiveGame, place: Place, ranges: tuple[Range, ...] | None) -> str:
    """``any belief of Committed up to 1/3``, ``Attack with any probability from 4/7 to 1``."""
    names = options(game, place)
    if ranges is None:
        return "anything"
    told = _told(ranges)
    if place.of == BELIEF:
        if len(told) > 1:
            return f"belief: {range_words(names, ranges)}"
        return _belief(names[told[0]], ranges[told[0]])
    if len(told) > 1:
        return range_words(names, ranges)
    return _choice(names[told[0]], ranges[told[0]])


def _told(ranges: tuple[Range, ...]) -> list[int]:
    """The options that have to be told: of two that share the whole, the first used."""
    open_ones = [k for k, each in enumerate(ranges) if not each.fixed]
    if not open_ones:
        used = [k for k, each in enumerate(ranges) if each.high]
        return used[:1] if len(used) <= 2 else used
    used = [k for k, each in enumerate(ranges) if each.high]
    return used[:1] if len(used) == 2 else used


def _belief(name: str, own: Range) -> str:
    if own.loose:
        return f"a belief of {name} that the conditions give"
    if own.fixed:
        return f"belief of {name} {number(own.low)}"
    whole = own.low == 0 and own.high == 1
    if whole and not own.open_low and not own.open_high:
        return f"any belief of {name}"
    if own.low == 0 and not own.open_low:
        return f"any belief of {name} {'below' if own.open_high else 'up to'} {number(own.high)}"
    if own.high == 1 and not own.open_high:
        least = "above" if own.open_low else "of at least"
        return f"any belief of {name} {least} {number(own.low)}"
    return f"any belief of {name} {_between(own)}"


def _choice(name: str, own: Range) -> str:
    if own.loose:
        return f"{name} with a probability that the conditions give"
    if own.fixed:
        return name if own.low == 1 else f"{name} with probability {number(own.low)}"
    if own.low == 0 and own.high == 1 and not own.open_low and not own.open_high:
        return f"{name} with any probability"
    if own.low == 0 and not own.open_low:
        most = "below" if own.open_high else "up to"
        return f"{name} with any probability {most} {number(own.high)}"
    return f"{name} with any probability {_between(own)}"


def _between(own: Range) -> str:
    low = f"above {number(own.low)}" if own.open_low else f"from {number(own.low)}"
    if own.open_low:
        return f"{low} and {'below' if own.open_high else 'up to'} {number(own.high)}"
    return f"{low} {'to below' if own.open_high else 'to'} {number(own.high)}"


def range_words(names: Sequence[str], ranges: tuple[Range, ...]) -> str:
    """A cell of a table: ``Attack 4/7 to 1``; all the options where more than two are used."""
    told = _told(ranges)
    return ", ".join(
        f"{names[k]}{'' if ranges[k].fixed and ranges[k].low == 1 else ' ' + _span(ranges[k])}"
        for k in told
    )


def _span(own: Range) -> str:
    if own.loose:
        return "as below"
    return number(own.low) if own.fixed else f"{number(own.low)} to {number(own.high)}"


def family_tag(place: int) -> str:
    """(a), (b)..."""
    return f"({letters(place)})"
