"""A game in normal form with private information, as a tree (Harsanyi 1967)."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from alliance_games.exact.expression import Expression, Name, walk
from alliance_games.model.formulas import NormalFormulas
from alliance_games.model.tables import NormalTable
from alliance_games.model.trees import TreeBody
from alliance_games.reading.declarations import Players
from alliance_games.reading.desk import Desk
from alliance_games.reading.endings import Endings
from alliance_games.reading.nodes import Mapping, Node, Scalar
from alliance_games.reading.normal_form import Strategies, read_payoffs
from alliance_games.reading.priors import read_prior
from alliance_games.reading.stage import Plain, Stage
from alliance_games.reading.tree import MOST_NODES
from alliance_games.reading.types import TypeProfile, Types, type_profile
from alliance_games.reading.unfolding import UNINFORMED, Draw, Leaf, Turn, unfolded


def read_bayesian(
    desk: Desk,
    types: Types,
    prior: tuple[Scalar, Node] | None,
    at: Scalar,
    strategies: Strategies,
    bodies: dict[TypeProfile, Plain] | Plain | None,
) -> TreeBody | None:
    """The tree: chance draws a type profile, then everybody moves knowing her own type alone."""
    states, priors = read_prior(desk, types, prior)
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
    named = {key.text: type_profile(key, types) for key, _ in entries}
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
