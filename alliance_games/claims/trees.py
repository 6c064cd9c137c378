"""Expected answers held against the solutions that trees have: behaviour, beliefs, continua."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from alliance_games.claims.setting import Setting
from alliance_games.claims.verdict import NoMatch, Undecided
from alliance_games.model.expectations import Leaf, Listing, Table, Wanted
from alliance_games.model.extensive import CHANCE, ExtensiveGame
from alliance_games.model.profiles import Mixed, Payoffs
from alliance_games.model.signalling import signalling_view
from alliance_games.model.signalling_forms import form, is_form
from alliance_games.results.signalling_forms import FORM, typical_members
from alliance_games.results.solutions import Behaviour, Solution
from alliance_games.results.tree_solutions import (
    Assessment,
    Condition,
    Continuum,
    Correlated,
    Family,
)

BELIEFS = "beliefs"
"""A key of a table of behaviour that is no player, as ``form`` is."""

Played = Assessment | Behaviour
SameMixture = Callable[[Setting, Wanted, tuple[str, ...], Mixed], bool]


@dataclass(frozen=True, slots=True)
class Claim:
    """What a table says of one information set: ``of`` is 'choice' or 'belief'."""

    of: str
    set: int
    names: tuple[str, ...]
    wanted: Wanted

    def found(self, one: Played) -> Mixed | None:
        """The distribution a solution has there."""
        if self.of == "choice":
            return one.choices[self.set]
        return one.beliefs[self.set] if isinstance(one, Assessment) else None


def matches(setting: Setting, wanted: Wanted, found: Played | Continuum, same: SameMixture) -> bool:
    """Whether ``wanted`` describes an equilibrium, or every member of a continuum.

    ``{Minor: {full: accept}}`` speaks of the sets it names; a list is the path of play; beside the
    players ``beliefs`` speaks of beliefs in the same way, and ``form`` of a signalling game's
    messages. ``same`` compares a distribution with one as written.
    """
    game = setting.game
    assert isinstance(game, ExtensiveGame)
    members = found.plays if isinstance(found, Continuum) else (found,)
    if isinstance(wanted, Listing):
        steps = tuple(item.text for item in wanted.items if isinstance(item, Leaf))
        held = all(_path(game, one) == steps for one in members)
        return held and (not isinstance(found, Continuum) or _only_path(found))
    if not isinstance(wanted, Table):
        raise NoMatch("behaviour is written {Player: {information set: action}}")
    words = wanted.get(FORM)
    if words is not None and not all(
        _has_form(game, words, choices) for choices in typical_members(found)
    ):
        return False
    claims = list(_claims(game, wanted))
    for claim in claims:
        for one in members:
            distribution = claim.found(one)
            if distribution is None or not same(setting, claim.wanted, claim.names, distribution):
                return False
    if isinstance(found, Continuum):
        _require_for_all(game, found, claims, words)
    return True


def _path(game: ExtensiveGame, one: Played) -> tuple[str, ...] | None:
    """The path of play, where only one ending is reached."""
    return game.played(one.outcomes[0][0]) if len(one.outcomes) == 1 else None


def _only_path(found: Continuum) -> bool:
    """Whether the members between the points take no other path than the points do."""
    if any(not family.hull for family in found.families):
        raise Undecided("the continuum is given by examples, and others may take another path")
    return True


def _has_form(game: ExtensiveGame, words: Wanted, choices: Sequence[Mixed | None]) -> bool:
    view = signalling_view(game)
    if view is None:
        raise NoMatch("only signalling games have equilibria that pool or separate")
    if not isinstance(words, Leaf) or not is_form(view, words.text):
        raise NoMatch(
            "a form is pooling, separating, partially pooling or semi-separating, or pooling on "
            f"one of {', '.join(view.messages)}"
        )
    found = form(view, choices)
    return found == words.text or found.startswith(f"{words.text} on ")


def _claims(game: ExtensiveGame, wanted: Table) -> Iterator[Claim]:
    """Every statement about one information set, in the order written."""
    for name, content in wanted:
        if name == BELIEFS and name not in game.players:
            if not isinstance(content, Table):
                raise NoMatch("beliefs are written {Player: {information set: {node: 2/3}}}")
            for player, sets in content:
                yield from _claims_of(game, player, sets, "belief")
        elif name != FORM or name in game.players:
            yield from _claims_of(game, name, content, "choice")


def _claims_of(game: ExtensiveGame, player: str, wanted: Wanted, of: str) -> Iterator[Claim]:
    if player not in game.players:
        raise NoMatch(f"there is no player {player}; there are {', '.join(game.players)}")
    if not isinstance(wanted, Table):
        what = "choices" if of == "choice" else "beliefs"
        raise NoMatch(f"the {what} of {player} are written {{information set: ...}}")
    sets = sets_of(game, player)
    for name, content in wanted:
        index = set_called(sets, name, player)
        names = game.sets[index].actions if of == "choice" else game.node_names(index)
        yield Claim(of, index, names, content)


def pure_sets_of(game: ExtensiveGame, wanted: Table) -> frozenset[int] | None:
    """The information sets at which an action is wanted for certain; None if chances are."""
    claims = list(_claims(game, wanted))
    if any(isinstance(claim.wanted, Table) for claim in claims) or wanted.get(FORM) is not None:
        return None
    return frozenset(claim.set for claim in claims)


def sets_of(game: ExtensiveGame, player: str) -> dict[str, int]:
    """The information sets of a player by name."""
    mover = game.players.index(player)
    return {
        game.set_name(index): index
        for index, each in enumerate(game.sets)
        if each.player == mover and each.player != CHANCE
    }


def set_called(sets: dict[str, int], name: str, player: str) -> int:
    """The information set called so; NoMatch says which there are."""
    if name not in sets:
        known = ", ".join(sets)
        raise NoMatch(f"there is no information set of {player} {name}; there are {known}")
    return sets[name]


def _require_for_all(
    game: ExtensiveGame, found: Continuum, claims: list[Claim], words: Wanted | None
) -> None:
    """Undecided where what holds at a continuum's points may not hold at all its members.

    What holds at the points of a convex family holds throughout it. Of a family of assessments that
    is given by examples so does what is the same at all of them; of one of other profiles only what
    its conditions fix.
    """
    for family in found.families:
        if family.hull:
            continue
        if words is not None:
            raise Undecided("the continuum is given by examples, and others may be of another form")
        for claim in claims:
            values = {claim.found(found.plays[place]) for place in family.points}
            beliefs = isinstance(found.plays[0], Assessment)
            if len(values) > 1 or not (beliefs or _fixed(family, claim, values.pop())):
                where = game.set_name(claim.set)
                raise Undecided(
                    f"the continuum is given by examples, and the {claim.of} at {where} may differ"
                )


def _fixed(family: Family, claim: Claim, value: Mixed | None) -> bool:
    """Whether the conditions fix every probability of the distribution but one, as ``value``."""
    pinned = set()
    for condition in family.conditions:
        at = _pinned(condition, claim)
        if at is not None and value is not None and at[1] == value[at[0]]:
            pinned.add(at[0])
    return value is not None and len(pinned) >= len(value) - 1


def _pinned(condition: Condition, claim: Claim) -> tuple[int, Fraction] | None:
    """The place and the value, for a condition ``probability = value`` of the claim's set."""
    if condition.relation != "=":
        return None
    constant, places = Fraction(0), []
    for coefficient, unknowns in condition.terms:
        if not unknowns:
            constant += coefficient
        else:
            places.append((coefficient, unknowns))
    if len(places) != 1 or len(places[0][1]) != 1:
        return None
    coefficient, (unknown,) = places[0]
    if (unknown.of, unknown.set) != (claim.of, claim.set):
        return None
    return unknown.place, -constant / coefficient


def endings(game: ExtensiveGame, found: Played | Continuum) -> set[int]:
    """The terminal nodes that some member of a solution reaches.

    Inside a convex family every action is taken that one of its points takes, so that endings may
    be reached that no single point reaches. Undecided where a family is given by examples.
    """
    if not isinstance(found, Continuum):
        return {end for end, chance in found.outcomes if chance}
    reached: set[int] = set()
    for family in found.families:
        if not family.hull:
            raise Undecided("a continuum is given by examples, and others may play otherwise")
        reached |= _reached(game, [found.plays[place].choices for place in family.points])
    return reached


def _reached(game: ExtensiveGame, members: list[tuple[Mixed | None, ...]]) -> set[int]:
    taken = [
        {a for choices in members for a, p in enumerate(choices[index] or ()) if p}
        for index in range(len(game.sets))
    ]
    reached, waiting = set(), [0]
    while waiting:
        node = waiting.pop()
        mover = game.mover(node)
        if mover is None:
            reached.add(node)
            continue
        shares = game.shares(node) if mover == CHANCE else ()
        for action, child in enumerate(game.children(node)):
            if shares[action] if mover == CHANCE else action in taken[game.set_of[node]]:
                waiting.append(child)
    return reached


def payoffs(game: object, found: Solution) -> Payoffs | None:
    """The payoffs of a solution, where it has the same ones everywhere; None elsewhere."""
    if isinstance(found, Assessment | Behaviour | Correlated):
        return found.payoffs
    if isinstance(found, Continuum) and isinstance(game, ExtensiveGame) and one_play(game, found):
        return found.plays[0].payoffs
    return None


def one_play(game: ExtensiveGame, found: Continuum) -> bool:
    """Whether all members of a continuum play alike on the path.

    They do where the points reach the same endings with the same probabilities, and no member
    reaches any other: the choices at every set that is reached are then the same.
    """
    outcomes = found.plays[0].outcomes
    if any(point.outcomes != outcomes for point in found.plays):
        return False
    return endings(game, found) == {end for end, _ in outcomes}


def distribution(found: Solution, of: str, index: int) -> Mixed | None:
    """The choice ('probability') or belief at an information set, if it is one and the same."""
    if not isinstance(found, Assessment | Behaviour | Continuum):
        return None
    if isinstance(found, Continuum) and not all(family.hull for family in found.families):
        return None
    members = found.plays if isinstance(found, Continuum) else (found,)
    first = _at(members[0], of, index)
    return first if all(_at(one, of, index) == first for one in members) else None


def _at(one: Played, of: str, index: int) -> Mixed | None:
    if of == "probability":
        return one.choices[index]
    return one.beliefs[index] if isinstance(one, Assessment) else None
