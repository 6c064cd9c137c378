"""What may stand beside what in a game file."""

from __future__ import annotations

from collections.abc import Mapping as Keys

from alliance_games.reading.desk import Desk
from alliance_games.reading.nodes import Node, Scalar

_IN_A_TREE = {
    "types": "a tree draws types by 'chance', and 'Player @ label' says who knows what",
    "prior": "a tree draws types by 'chance', and 'Player @ label' says who knows what",
    "observed": "a tree says by 'Player @ label' who sees what",
}

_WITHOUT_STRATEGIES = ("coalitions", "landscape", "matching")
_OF_STRATEGIES = ("strategies", "types", "prior", "observed", "outcomes", "ordinal")


def fits_together(desk: Desk, keys: Keys[str, tuple[Scalar, Node]], body: str) -> bool:
    """Whether types, a prior and an observed move belong to the body under the key ``body``."""
    whole = True
    if body in _WITHOUT_STRATEGIES:
        for part in _OF_STRATEGIES:
            if part in keys:
                message = f"'{part}' belongs to games of strategies, not beside '{body}'"
                desk.fault("not-here", message, keys[part][0].span, "leave it out")
                whole = False
        return whole
    for part in ("types", "prior", "observed"):
        if part not in keys:
            continue
        fault = _misplaced(part, body, keys)
        if fault is not None:
            code, message, hint = fault
            desk.fault(code, message, keys[part][0].span, hint)
            whole = False
    return whole


def _misplaced(
    part: str, body: str, keys: Keys[str, tuple[Scalar, Node]]
) -> tuple[str, str, str] | None:
    """The code, message and hint of what is wrong with a part; None where it belongs."""
    if body in ("tree", "signalling"):
        message = f"'{part}' stands beside a game in normal form, not beside '{body}'"
        hint = "a signalling game says who has types and what is seen"
        return "not-here", message, _IN_A_TREE[part] if body == "tree" else hint
    if part == "prior" and "types" not in keys:
        message = "'prior' gives the probabilities of types, and there are none"
        return "missing-key", message, "as in  types: {Ally: [Resolute, Irresolute]}"
    if part == "observed" and "types" in keys:
        return "not-here", "'types' and 'observed' are not read together", "write it as a tree"
    if "ordinal" in keys:
        message = f"rankings are not weighed by chances, and '{part}' needs payoffs in numbers"
        return "two-payoffs", message, "give the outcomes payoffs under 'outcomes:'"
    return None
