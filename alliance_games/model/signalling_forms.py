"""What the messages of a signalling game tell: pooling, separating, or in between."""

from __future__ import annotations

from collections.abc import Sequence

from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.profiles import Mixed, support
from alliance_games.model.signalling import Signalling, signalling_view

POOLING = "pooling"
SEPARATING = "separating"
PARTIALLY_POOLING = "partially pooling"
SEMI_SEPARATING = "semi-separating"


def form(view: Signalling, choices: Sequence[Mixed | None]) -> str:
    """How an equilibrium's messages tell the types apart (those of positive probability).

    ``choices`` is by information set. 'pooling on M': every type sends M for certain (or
    'pooling on a mixture of M and N': every type mixes in the same way), so nothing is learned.
    'separating': no message is sent by two types, so every message tells the type. 'partially
    pooling': every type sends one message for certain, and some but not all share theirs.
    'semi-separating' (hybrid): anything else, which takes a type that mixes.
    """
    sent = [_messages(view, choices, one) for one, p in enumerate(view.prior) if p]
    used = [support(one) for one in sent]
    if all(one == sent[0] for one in sent):
        names = [view.messages[message] for message in used[0]]
        if len(names) == 1:
            return f"{POOLING} on {names[0]}"
        return f"{POOLING} on a mixture of {', '.join(names[:-1])} and {names[-1]}"
    if sum(map(len, used)) == len(set().union(*used)):
        return SEPARATING
    if all(len(one) == 1 for one in used):
        return PARTIALLY_POOLING
    return SEMI_SEPARATING


def is_form(view: Signalling, words: str) -> bool:
    """Whether equilibria of this game could have a form of this name."""
    if words in (POOLING, SEPARATING, PARTIALLY_POOLING, SEMI_SEPARATING):
        return True
    if not words.startswith(f"{POOLING} on "):
        return False
    on = words.removeprefix(f"{POOLING} on ")
    mixed = on.removeprefix("a mixture of ").replace(" and ", ", ").split(", ")
    return on in view.messages or (on.startswith("a mixture of ") and {*mixed} <= {*view.messages})


def forms(view: Signalling, members: Sequence[Sequence[Mixed | None]]) -> str:
    """The forms of several equilibria, each named once: 'pooling on A or semi-separating'."""
    return " or ".join(dict.fromkeys(form(view, choices) for choices in members))


def _messages(view: Signalling, choices: Sequence[Mixed | None], type_: int) -> Mixed:
    choice = choices[view.sender_set[type_]]
    if choice is None:
        raise ValueError(f"nothing is chosen by the type {view.types[type_]}")
    return choice


def unsuited(game: ExtensiveGame) -> str | None:
    """Why refinements of signalling equilibria cannot be asked of a game; None where they can."""
    view = signalling_view(game)
    if view is None:
        return (
            "it refines the equilibria of signalling games, in which chance draws a sender's type, "
            "she sends a message, and a receiver who sees the message alone responds"
        )
    if not all(view.prior):
        one = view.types[view.prior.index(0)]
        return f"it needs a positive probability of every type, and {one} has none"
    return None
