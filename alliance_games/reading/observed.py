"""``observed``: one player of a game in normal form moves first, and what the others see of it.

Public, secret, or seen through noise (Bagwell 1995).
"""

from __future__ import annotations

from fractions import Fraction

from alliance_games.exact.expression import Arithmetic, Expression, Number
from alliance_games.model.trees import TreeBody
from alliance_games.reading.contexts import CHANCE
from alliance_games.reading.desk import Desk
from alliance_games.reading.nodes import Node, Scalar
from alliance_games.reading.stage import Plain, Stage, profiles_of
from alliance_games.reading.tree import MOST_NODES
from alliance_games.reading.unfolding import UNINFORMED, Draw, Leaf, Turn, unfolded

_WAYS = (
    "public, secret, or noisy(eps) with the probability of seeing another move than the true one"
)
_ONE = Number(Fraction(1))


def read_observed(desk: Desk, at: Scalar, node: Node, body: Plain) -> TreeBody | None:
    """The tree in which the player named moves first; None where it cannot be made."""
    entries = desk.filled(node, "'observed'", "as in  observed: {Defender: public}")
    if not entries:
        return None
    if len(entries) > 1:
        message = "'observed' speaks of one player, who moves first"
        desk.fault("one-player", message, entries[1][0].span, "a game with more moves is a tree")
        return None
    key, value = entries[0]
    whole = desk.choose(key, body.players, "unknown-player", "player") is not None
    text = desk.text(value, "how the move is observed")
    way = None if text is None else _way(desk, text)
    if body.crowd:
        desk.fault("players", "who is observed is a named player", at.span, "list the players")
        return None
    if not whole or way is None or desk.problems.errors:
        return None  # formulas with faults cannot be written out
    signals = 1 if isinstance(way, str) else max(map(len, body.strategies))
    if profiles_of(body) * signals * 3 > MOST_NODES:
        desk.fault("too-large", f"the tree has more than {MOST_NODES:,} nodes", at.span)
        return None
    return _tree(desk, at, body, body.players.index(key.text), way)


def _way(desk: Desk, text: Scalar) -> Expression | str | None:
    """'public', 'secret', or the probability of a wrong signal."""
    word = text.text.strip()
    if word in ("public", "secret"):
        return word
    name, bracket, _ = word.partition("(")
    if name.strip() == "noisy" and bracket and word.endswith(")"):
        start = text.text.index("(") + 1
        inside = text.part(start, len(text.text.rstrip()) - 1)
        return desk.formula(inside, CHANCE, "the noise")
    hint = "write noisy(eps)" if name.strip() == "noisy" else _WAYS
    desk.fault("observed", f"'{word}' is no way to observe a move", text.span, hint)
    return None


def _tree(desk: Desk, at: Scalar, body: Plain, leader: int, way: Expression | str) -> TreeBody:
    stage = Stage(desk, body)
    moves = body.strategies[leader]
    followers = [player for player in range(len(body.players)) if player != leader]

    def expand(state: object) -> Leaf | Turn | Draw:
        """A state is the leader's move, the signal of it, and the others' moves so far."""
        assert isinstance(state, tuple)
        if not state:
            return Turn(leader, "", moves, [(move,) for move in moves])
        if len(state) == 1:
            if isinstance(way, str):
                return follow(state[0], state[0] if way == "public" else UNINFORMED, ())
            return Draw(
                tuple(f"seen as {signal}" for signal in moves),
                tuple(_seen(way, state[0], signal, len(moves)) for signal in moves),
                [(state[0], signal, ()) for signal in moves],
            )
        return follow(*state)

    def follow(move: str, signal: str, played: tuple[str, ...]) -> Leaf | Turn:
        if len(played) == len(followers):
            profile = [*played]
            profile.insert(leader, move)
            return Leaf(*stage.ending(tuple(profile), {}))
        mover = followers[len(played)]
        actions = body.strategies[mover]
        return Turn(mover, signal, actions, [(move, signal, (*played, a)) for a in actions])

    return unfolded(body.players, (), expand, at.span, prunes=not isinstance(way, str))


def _seen(noise: Expression, move: str, signal: str, number: int) -> Expression:
    """The probability of a signal: the true move's is 1 - noise, the others share the noise."""
    if number == 1:
        return _ONE
    if move == signal:
        return Arithmetic("-", _ONE, noise, noise.span)
    if number == 2:
        return noise
    return Arithmetic("/", noise, Number(Fraction(number - 1)), noise.span)
