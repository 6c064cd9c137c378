"""Are the replies best? Each is held to the definition, and the formula must give them."""

from __future__ import annotations

from fractions import Fraction

from alliance_games.certificates.continuous import is_best_reply
from alliance_games.certificates.formula_values import NotAFormula, value_of
from alliance_games.exact.algebraic import Algebraic
from alliance_games.model.continuous import ContinuousGame
from alliance_games.results.named.continuous import ReplyCurve
from alliance_games.results.solutions import Certificate


def check(game: ContinuousGame, found: ReplyCurve) -> Certificate:
    """No choice pays more than a reply against what it replies to (Cournot 1838)."""
    if found.player not in game.players or len(game.players) != 2 or not found.replies:
        return Certificate(False, "it is no curve of one of two players")
    player = game.players.index(found.player)
    own, other = game.choices[player], game.choices[1 - player]
    names = {str(node): number for node, number in game.given}
    agreed = 0
    for reply in found.replies:
        exact = [Fraction(one) if isinstance(one, float) else one for one in reply.choices]
        if not other.holds(reply.to) or not all(own.holds(one) for one in exact):
            return Certificate(False, "a number is out of its range")
        for one in exact:
            point = (one, reply.to) if player == 0 else (reply.to, one)
            if not is_best_reply(game, player, point):
                return Certificate(False, f"{found.player} has a better reply to {reply.to}")
        if not found.formula:
            continue
        try:
            told = value_of(found.formula, {**names, str(other.symbol): reply.to})
        except NotAFormula:
            continue
        inside = (own.low is None or told > own.low) and (own.high is None or told < own.high)
        if inside and len(exact) == 1 and _is_inside(game, player, exact[0]):
            if isinstance(exact[0], Algebraic) or told != exact[0]:
                return Certificate(False, "the formula gives another reply")
            agreed += 1
    if found.formula and not agreed:
        return Certificate(False, "the formula gives none of the replies")
    claim = "every choice in the range was compared with each reply"
    return Certificate(True, f"{claim}; the formula gives {agreed} of them" if agreed else claim)


def _is_inside(game: ContinuousGame, player: int, number: Fraction) -> bool:
    return number not in (game.choices[player].low, game.choices[player].high)
