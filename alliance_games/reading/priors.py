"""The probabilities of type profiles: independent by player, or a joint ``prior``."""

from __future__ import annotations

from itertools import product

from alliance_games.exact.expression import Arithmetic, Expression, Number
from alliance_games.exact.span import Span
from alliance_games.exact.words import listed
from alliance_games.reading.desk import Desk
from alliance_games.reading.nodes import Node, Scalar
from alliance_games.reading.signalling import probability_of
from alliance_games.reading.types import TypeProfile, Types, type_profile

Priors = tuple[tuple[tuple[Expression, ...], Span], ...]
"""Distributions as written, each with its place."""

States = list[tuple[TypeProfile, Expression]]
"""Type profiles, each with its probability."""


def read_prior(
    desk: Desk, types: Types, prior: tuple[Scalar, Node] | None
) -> tuple[States, Priors]:
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
    states: States = []
    for profile, parts in zip(types.profiles(), product(*own), strict=True):
        probability = parts[0]
        for part in parts[1:]:
            probability = Arithmetic("*", probability, part, part.span)
        if not any(_is_never(part) for part in parts):
            states.append((profile, probability))
    return states, tuple(zip(own, types.spans.values(), strict=True))


def _joint(desk: Desk, types: Types, at: Scalar, node: Node) -> tuple[States, Priors]:
    for player, given in types.given.items():
        if given:
            types.whole = False
            message = f"the types of {player} have probabilities here and under 'prior'"
            names = ", ".join(types.names[player])
            desk.fault("two-priors", message, types.spans[player], f"write {player}: [{names}]")
    found: dict[TypeProfile, Expression] = {}
    known = dict.fromkeys(types.profiles()) if types.whole else {}
    for key, value in desk.filled(node, "'prior'", 'as in  "Resolute, Weak": 1/4'):
        profile = type_profile(key, types)
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
    if missing and types.whole and found:
        types.whole = False
        message = f"these type profiles have no probability: {listed(missing)}"
        desk.fault("no-prior", message, at.span, "write 0 for one that cannot be")
    if not types.whole or not found:
        return [], ()
    states = [(profile, found[profile]) for profile in known if not _is_never(found[profile])]
    return states, ((tuple(found[profile] for profile in known), at.span),)


def _is_never(probability: Expression) -> bool:
    return isinstance(probability, Number) and not probability.value
