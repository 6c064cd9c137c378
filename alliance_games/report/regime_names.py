"""What answers are called in reports on regimes, and their formulas on one line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from alliance_games.algorithms.pure_conditions import as_pure_profile
from alliance_games.model.profiles import Mixed
from alliance_games.parametric.describing import Description, flatten
from alliance_games.parametric.statements import EFFICIENT
from alliance_games.parametric.telling import Telling, Told
from alliance_games.report.words import profile_words
from alliance_games.results.named.cooperative import DivisionSet, EmptyCore
from alliance_games.results.named.landscape import RestingPlace
from alliance_games.results.named.matching import Accepted, Matched, Partners
from alliance_games.results.named.partitions import Partition
from alliance_games.results.records import Record
from alliance_games.results.solutions import (
    Behaviour,
    Component,
    Dominant,
    Dominated,
    Members,
    Point,
    Selection,
    Solution,
)
from alliance_games.results.tree_solutions import Assessment, Continuum


def name_of(one: Solution, telling: Telling) -> str:
    """A short name of a solution: ``(Stag, Stag)``, ``mixed 1``, ``continuum 2``."""
    if isinstance(one, Point):
        pure = as_pure_profile(one.profile)
        if pure is not None:
            return profile_words(tuple(telling.names.pure(pure).values()))
        return f"mixed {_number(one, telling)}"
    if isinstance(one, Component):
        return f"continuum {_number(one, telling)}"
    if isinstance(one, Selection):
        if one.profile is None:
            return "neither" if len(one.compared) == 2 else "none"
        return profile_words(tuple(telling.names.pure(one.profile).values()))
    if isinstance(one, Dominant):
        player = telling.names.players[one.player]
        strategy = telling.names.strategies(one.player)[one.strategy]
        return f"{strategy} dominant for {player} ({one.strength})"
    if isinstance(one, Dominated):
        player = telling.names.players[one.player]
        strategy = telling.names.strategies(one.player)[one.strategy]
        return f"{strategy} dominated for {player} ({one.strength})"
    if isinstance(one, Members) and one.of == "rationalizable":
        return "all" if _is_everything(one, telling) else _members(one, telling)
    if isinstance(one, Members):
        return f"left: {_members(one, telling)}"
    if isinstance(one, Behaviour):
        return play_words(one, telling)
    if isinstance(one, Assessment) or (
        isinstance(one, Continuum) and isinstance(one.points[0], Assessment)
    ):
        from alliance_games.report.regime_assessments import short

        return short(one, telling)
    return str(one.kind)


def lines_of(one: Solution, telling: Telling) -> list[str]:
    """A solution in lines: its name; of an answer that names its parts, a line for each."""
    if not isinstance(one, Record):
        return [name_of(one, telling)]
    if isinstance(one, EmptyCore):
        # Which coalitions are worth too much is what tells such cells apart.
        told = []
        for each in one.balanced:
            weight = "" if each.weight == 1 else f"{each.weight} "
            told.append(f"{weight}{{{', '.join(each.members)}}}")
        return [f"none, by {' + '.join(told)}"]
    if isinstance(one, DivisionSet) and one.listed:
        corners = [_division(point, telling) for point in one.extreme_points]
        return [corners[0], *(f"to {corner}" for corner in corners[1:])]
    if isinstance(one, Partition):
        return [sides_words(one.coalitions)]
    if isinstance(one, RestingPlace):
        return [sides_words(one.sides), f"energy: {telling.writer.text(one.energy)}"]
    if isinstance(one, Matched | Accepted):
        proposing = f"{one.proposing} proposing: " if isinstance(one, Accepted) else ""
        return [f"{proposing}{partners_words(one.partners)}"]
    said = one.said()
    if not isinstance(said, Mapping):
        return [_in_words(said, telling)]
    return [f"{name}: {_in_words(part, telling)}" for name, part in said.items()]


def _division(point: Mapping[str, Any], telling: Telling) -> str:
    """Who gets what, those left out who get nothing."""
    shares = [f"{name}: {_in_words(share, telling)}" for name, share in point.items() if share]
    return ", ".join(shares) or "nothing for anybody"


def sides_words(sides: Sequence[Sequence[str]]) -> str:
    """``Britain, France | Germany``: coalitions, or sides."""
    return " | ".join(", ".join(side) for side in sides)


def partners_words(partners: Partners) -> str:
    """``US: Israel, Jordan; USSR: Egypt``: each pair once, by the side named first."""
    told: set[str] = set()
    parts = []
    for name, own in partners.items():
        if name not in told:
            parts.append(f"{name}: {', '.join(own) or 'none'}")
            told.update(own)
    return "; ".join(parts)


def _in_words(said: Any, telling: Telling) -> str:
    match said:
        case None:
            return "none"
        case bool():
            return "yes" if said else "no"
        case str():
            return said
        case Mapping():
            parts = (f"{name}: {_in_words(part, telling)}" for name, part in said.items())
            return "{" + ", ".join(parts) + "}"
        case tuple():
            return "[" + ", ".join(_in_words(part, telling) for part in said) + "]"
        case frozenset():
            return "[" + ", ".join(sorted(_in_words(part, telling) for part in said)) + "]"
    return telling.writer.text(said)


def _members(one: Members, telling: Telling) -> str:
    return "; ".join(
        f"{name} {', '.join(telling.names.strategies(player)[i] for i in one.members[player])}"
        for player, name in enumerate(telling.names.players)
    )


def worth_a_line(one: Solution, telling: Telling) -> bool:
    """Whether a solution says what others do not."""
    if isinstance(one, Dominated):
        return len(telling.names.strategies(one.player)) > 2
    if isinstance(one, Members):
        return one.of == "rationalizable" or not _is_everything(one, telling)
    return True


def _is_everything(one: Members, telling: Telling) -> bool:
    sizes = [len(telling.names.strategies(p)) for p in range(len(one.members))]
    return [len(left) for left in one.members] == sizes


def play_words(one: Behaviour, telling: Telling) -> str:
    """What everybody does in a tree: ``Major offer full; Minor light accept, full accept``."""
    parts = []
    for player, name in enumerate(telling.names.players):
        chosen = []
        for index, label, actions in telling.names.sets_of(player):
            mixed = one.choices[index]
            if mixed is None:
                continue
            action = _mixture(mixed, actions, telling)
            chosen.append(action if label == "start" else f"{label}: {action}")
        if chosen:
            parts.append(f"{name} {', '.join(chosen)}")
    return "; ".join(parts)


def _mixture(mixed: Mixed, names: Sequence[str], telling: Telling) -> str:
    used = [i for i, p in enumerate(mixed) if not (isinstance(p, Fraction) and p == 0)]
    if len(used) == 1:
        return names[used[0]]
    return ", ".join(f"{names[i]}: {telling.writer.text(mixed[i])}" for i in used)


def _number(one: Any, telling: Telling) -> int:
    """The place of a mixed equilibrium or continuum among those of its kind."""
    kind = type(one)
    known = [other for other in distinct(telling) if isinstance(other, kind)]
    if kind is Point:
        known = [other for other in known if as_pure_profile(other.profile) is None]
    flat = flatten(one)
    return next(i for i, other in enumerate(known, 1) if flatten(other) == flat)


def distinct(telling: Telling) -> list[Any]:
    """The equilibria of all cells and edges, each once, pure ones first."""
    met: dict[object, Any] = {}
    for told in (*telling.cells, *telling.edges):
        for concept, solutions in description(told):
            for one in solutions if concept != EFFICIENT else ():
                if isinstance(one, Point | Component | Assessment | Continuum):
                    met.setdefault(flatten(one), one)
    return sorted(
        met.values(),
        key=lambda one: (
            isinstance(one, Component),
            isinstance(one, Point) and as_pure_profile(one.profile) is None,
        ),
    )


def description(told: Told) -> Description:
    """What the concepts answer there; nothing where nothing is described."""
    return told.regime.cell.outcome or ()


def solution_words(one: Solution, telling: Telling) -> tuple[str, str]:
    """The strategies and the payoffs of a solution as formulas, on one line each."""
    if isinstance(one, Point):
        return _profile_line(one.profile, telling), _payoff_line(one.payoffs, telling)
    if isinstance(one, Component):
        corners = [_profile_line(profile, telling) for profile in one.extreme_points]
        return " | ".join(corners), " | ".join(_payoff_line(p, telling) for p in one.payoffs)
    if isinstance(one, Behaviour):
        return play_words(one, telling), _payoff_line(one.payoffs, telling)
    if isinstance(one, Assessment | Continuum):
        from alliance_games.parametric.on_path import members
        from alliance_games.report.regime_assessments import formulas

        points = members(one)
        told = ["; ".join(formulas(p, telling)) for p in points if isinstance(p, Assessment)]
        return " | ".join(told), " | ".join(_payoff_line(p.payoffs, telling) for p in points)
    return "", ""


def _profile_line(profile: Any, telling: Telling) -> str:
    names = telling.names
    return "; ".join(
        f"{names.players[player]}: {_mixture(mixed, names.strategies(player), telling)}"
        for player, mixed in enumerate(profile)
    )


def _payoff_line(payoffs: Any, telling: Telling) -> str:
    return ", ".join(map(telling.writer.text, payoffs))
