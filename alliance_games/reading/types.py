"""``types`` and ``prior``: private information in a game in normal form (Harsanyi 1967)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from math import prod

from alliance_games.exact.expression import Arithmetic, Expression, Name, Number, walk
from alliance_games.exact.span import Span
from alliance_games.model.formulas import NormalFormulas
from alliance_games.model.tables import NormalTable
from alliance_games.model.trees import TreeBody
from alliance_games.reading.declarations import Players
from alliance_games.reading.desk import Desk, split_names, unquoted
from alliance_games.reading.endings import Endings
from alliance_games.reading.nodes import Mapping, Node, Scalar, Sequence
from alliance_games.reading.normal_form import Strategies, read_payoffs
from alliance_games.reading.scope import listed
from alliance_games.reading.signalling import probability_of
from alliance_games.reading.stage import Plain, Stage
from alliance_games.reading.tree import MOST_NODES
from alliance_games.reading.unfolding import UNINFORMED, Draw, Leaf, Turn, unfolded

TypeProfile = tuple[str, ...]
"""A type of each player who has some, in the order of the players."""

_EXAMPLE = "as in  Ally: {Resolute: 1/2, Irresolute: 1/2}"


class Types:
    """Who has which types: ``names[player]`` in the order of ``players:``.

    ``given`` holds each type's name with what stands under it where ``types`` says probabilities,
    and is empty for a player whose types are a list. ``strategies[player][type]`` is what a type
    can do, for the players of whom the file says so type by type.
    """

    def __init__(self) -> None:
        self.names: dict[str, tuple[str, ...]] = {}
        self.given: dict[str, list[tuple[Scalar, Node]]] = {}
        self.spans: dict[str, Span] = {}
        self.strategies: dict[str, dict[str, tuple[str, ...]]] = {}
        self.whole = True

    def actions(
        self, players: tuple[str, ...], strategies: Strategies, profile: TypeProfile
    ) -> Strategies:
        """What each player can do where these are the types."""
        own = dict(zip(self.names, profile, strict=True))
        return tuple(
            self.strategies[player].get(own[player], names) if player in self.strategies else names
            for player, names in zip(players, strategies, strict=True)
        )

    def profiles(self) -> Iterator[TypeProfile]:
        """Every combination of types, the last player's changing fastest."""
        return product(*self.names.values())


def read_type_names(desk: Desk, node: Node, players: tuple[str, ...]) -> Types:
    """The types' names, and formulas told of them; their probabilities are read later."""
    found = Types()
    spoken: dict[str, tuple[tuple[str, ...], list[tuple[Scalar, Node]], Span]] = {}
    for key, value in desk.filled(node, "'types'", _EXAMPLE):
        if desk.choose(key, players, "unknown-player", "player") is None:
            found.whole = False
            continue
        given = list(value.entries) if isinstance(value, Mapping) else []
        if isinstance(value, Mapping):
            desk.filled(value, f"the types of {key.text}", _EXAMPLE)
            names = tuple(name.text for name, _ in given)
        else:
            names = tuple(n.text for n in desk.names(value, f"the types of {key.text}", "type"))
        found.whole = found.whole and bool(names)
        spoken[key.text] = (names, given, key.span)
    for player in players:  # in their order, whatever that of the file is
        if player in spoken:
            names, found.given[player], found.spans[player] = spoken[player]
            found.names[player] = names
    found.whole = found.whole and bool(found.names)
    if (number := prod(map(len, found.names.values()))) > MOST_NODES:
        message = f"there are {number:,} type profiles, and a tree has at most {MOST_NODES:,} nodes"
        desk.fault("too-large", message, node.span)
        found.whole, found.names = False, {}
    every = dict.fromkeys(name for names in found.names.values() for name in names)
    desk.scope.words = {"type": tuple(every)}
    desk.scope.types = dict(found.names)
    return found


def read_strategies_by_type(desk: Desk, types: Types, node: Node) -> Node:
    """Take the strategies that are written type by type out of the node of ``strategies``.

    What is left has one list for each player: all that some type of hers can do.
    """
    if not isinstance(node, Mapping):
        return node
    entries: list[tuple[Scalar, Node]] = []
    for key, value in node.entries:
        if isinstance(value, Mapping) and key.text in types.names:
            value = _by_type(desk, types, key, value)
        entries.append((key, value))
    return Mapping(tuple(entries), node.span)


def _by_type(desk: Desk, types: Types, player: Scalar, node: Mapping) -> Node:
    """Notes the strategies of each type; a list of them all, each where it is written first."""
    known = types.names[player.text]
    own = types.strategies.setdefault(player.text, {})
    every: dict[str, Scalar] = {}
    for key, value in node.entries:
        names = desk.names(value, f"the strategies of {key.text}", "strategy")
        if desk.choose(key, known, "unknown-type", f"type of {player.text}") is not None:
            own[key.text] = tuple(name.text for name in names)
        types.whole = types.whole and bool(names)
        for name in names:
            every.setdefault(name.text, name)
    missing = [name for name in known if name not in own]
    if missing:
        types.whole = False
        message = f"the strategies of {listed(missing)} are missing"
        desk.fault("missing-strategies", message, player.span)
    return Sequence(tuple(every.values()), node.span)


def read_bayesian(
    desk: Desk,
    types: Types,
    prior: tuple[Scalar, Node] | None,
    at: Scalar,
    strategies: Strategies,
    bodies: dict[TypeProfile, Plain] | Plain | None,
) -> TreeBody | None:
    """The tree: chance draws a type profile, then everybody moves knowing her own type alone."""
    states, priors = _prior(desk, types, prior)
    if not bodies or not types.whole or not states:
        return None
    any_body = next(iter(bodies.values())) if isinstance(bodies, dict) else bodies
    players = any_body.players
    if any_body.crowd:
        desk.fault("players", "types are those of named players", at.span, "list the players")
        return None
    if len(states) * prod(map(len, strategies)) * 2 > MOST_NODES:
        message = f"with these types the tree has more than {MOST_NODES:,} nodes"
        desk.fault("too-large", message, at.span)
        return None
    if not _has_the_types_it_speaks_of(desk, types, bodies):
        return None
    profiles = [profile for profile, _ in states]
    stages = {
        profile: Stage(desk, bodies[profile] if isinstance(bodies, dict) else bodies)
        for profile in profiles
        if not isinstance(bodies, dict) or profile in bodies
    }
    if len(stages) < len(profiles):
        lacking = [", ".join(profile) for profile in profiles if profile not in stages]
        count = f"{len(lacking)} type profile{'s have' if len(lacking) > 1 else ' has'} no payoffs"
        desk.fault("missing-profile", f"{count}: {'; '.join(lacking[:5])}", at.span)
        return None

    if desk.problems.errors:
        return None  # formulas with faults cannot be written out

    def expand(state: object) -> Leaf | Turn | Draw:
        assert isinstance(state, tuple)
        if not state:
            events = tuple(", ".join(profile) for profile in profiles)
            return Draw(
                events, tuple(p for _, p in states), [(profile, ()) for profile in profiles]
            )
        profile, played = state
        own = dict(zip(types.names, profile, strict=True))
        if len(played) == len(players):
            return Leaf(*stages[profile].ending(played, own))
        mover = len(played)
        actions = types.actions(players, strategies, profile)[mover]
        then = [(profile, (*played, action)) for action in actions]
        return Turn(mover, own.get(players[mover], UNINFORMED), actions, then)

    span = prior[0].span if prior is not None else next(iter(types.spans.values()))
    return unfolded(players, (), expand, span, priors)


def payoffs_by_type(
    desk: Desk,
    types: Types,
    node: Node,
    players: Players,
    strategies: Strategies,
    endings: Endings,
) -> dict[TypeProfile, Plain] | None:
    """The body of each type profile, where ``payoffs`` has one under each; else None."""
    entries = list(node.entries) if isinstance(node, Mapping) else []
    known = set(types.profiles())
    named = {key.text: _type_profile(key, types) for key, _ in entries}
    nested = [
        key
        for key, value in entries
        if isinstance(value, Mapping) and named[key.text] in known and key.text not in players.names
    ]
    if not nested:
        return None
    found: dict[TypeProfile, Plain] = {}
    for key, value in entries:
        profile = named[key.text]
        if profile not in known:
            shown = [", ".join(each) for each in known]
            desk.unknown(key, sorted(shown), "unknown-type", "type profile")
        elif profile in found:
            message = f"the type profile '{key.text}' stands here twice"
            desk.fault("doubled-profile", message, key.span)
        else:
            can = types.actions(players.names, strategies, profile) if strategies else ()
            body = read_payoffs(desk, key, value, players, can, endings)
            found |= {profile: body} if body is not None else {}
    return found


def _type_profile(key: Scalar, types: Types) -> TypeProfile:
    parts = split_names(key) if len(types.names) > 1 else [unquoted(key)]
    return tuple(part.text for part in parts)


def _has_the_types_it_speaks_of(
    desk: Desk, types: Types, bodies: dict[TypeProfile, Plain] | Plain
) -> bool:
    """Report ``type`` in the payoff of a player without types (``each`` may be all players')."""
    whole = True
    for body in bodies.values() if isinstance(bodies, dict) else (bodies,):
        for place, player in enumerate(body.players):
            if player in types.names or "type" in desk.scope.known_names():
                continue
            for formula in _own_formulas(body, place):
                spoken = [each for each in walk(formula) if each == Name("type")]
                if spoken:
                    whole = False
                    message = f"{player} has no types, so that 'type' means nothing here"
                    other = next(iter(types.names))
                    desk.fault("not-here", message, spoken[0].span, f"as in type({other})")
                    break
    return whole


def _own_formulas(body: Plain, place: int) -> Iterator[Expression]:
    if isinstance(body, NormalTable):
        return iter([cell[place] for cell in body.cells])
    assert isinstance(body, NormalFormulas)
    own = body.formulas[place]
    shared = sum(each is own for each in body.formulas) > 1
    return iter(()) if shared else iter((own,))


# Probabilities

_Priors = tuple[tuple[tuple[Expression, ...], Span], ...]
_States = list[tuple[TypeProfile, Expression]]


def _prior(desk: Desk, types: Types, prior: tuple[Scalar, Node] | None) -> tuple[_States, _Priors]:
    """Every type profile that can be, with its probability, and the distributions as written."""
    if prior is not None:
        return _joint(desk, types, *prior)
    own: list[tuple[Expression, ...]] = []
    for player, names in types.names.items():
        given = types.given[player]
        if names and not given:
            types.whole = False
            message = f"the types of {player} have no probabilities"
            hint = f"write {player}: {{{names[0]}: 1/2, ...}}, or a joint table under 'prior:'"
            desk.fault("no-prior", message, types.spans[player], hint)
        own.append(tuple([probability_of(desk, kind, node) for kind, node in given]))
    if not types.whole:
        return [], ()
    states: _States = []
    for profile, parts in zip(types.profiles(), product(*own), strict=True):
        probability = parts[0]
        for part in parts[1:]:
            probability = Arithmetic("*", probability, part, part.span)
        if not any(_is_never(part) for part in parts):
            states.append((profile, probability))
    return states, tuple(zip(own, types.spans.values(), strict=True))


def _joint(desk: Desk, types: Types, at: Scalar, node: Node) -> tuple[_States, _Priors]:
    for player, given in types.given.items():
        if given:
            types.whole = False
            message = f"the types of {player} have probabilities here and under 'prior'"
            names = ", ".join(types.names[player])
            desk.fault("two-priors", message, types.spans[player], f"write {player}: [{names}]")
    found: dict[TypeProfile, Expression] = {}
    known = list(types.profiles()) if types.whole else []
    for key, value in desk.filled(node, "'prior'", 'as in  "Resolute, Weak": 1/4'):
        profile = _type_profile(key, types)
        probability = probability_of(desk, key, value)
        if profile in found:
            desk.fault("doubled-profile", f"'{key.text}' stands here twice", key.span)
        elif profile in known:
            found[profile] = probability
        elif types.whole:
            shown = [", ".join(each) for each in known]
            desk.unknown(key, shown, "unknown-type", "type profile")
            types.whole = False
    missing = [", ".join(profile) for profile in known if profile not in found]
    if missing and types.whole:
        types.whole = False
        message = f"these type profiles have no probability: {listed(missing)}"
        desk.fault("no-prior", message, at.span, "write 0 for one that cannot be")
    if not types.whole:
        return [], ()
    states = [(profile, found[profile]) for profile in known if not _is_never(found[profile])]
    return states, ((tuple(found[profile] for profile in known), at.span),)


def _is_never(probability: Expression) -> bool:
    return isinstance(probability, Number) and not probability.value
