"""What a mediator draws and a leader commits to, in the words of an ``expect:`` line."""

from __future__ import annotations

from fractions import Fraction

from alliance_games.claims import matching, wording
from alliance_games.claims.setting import Setting
from alliance_games.claims.verdict import NoMatch, Undecided
from alliance_games.model.expectations import Leaf, Table, Wanted
from alliance_games.results.commitment_solutions import Commitment
from alliance_games.results.mediated_solutions import Distribution
from alliance_games.results.result import Result
from alliance_games.results.solutions import Solution

WELFARE = "welfare"
"""A key of a table of payoffs that is no player."""


def solution(setting: Setting, found: Solution) -> str:
    """``welfare-best {Alice: 21/4, Jack: 21/4}``."""
    assert isinstance(found, Distribution | Commitment)
    players, payoffs = setting.game.players, found.payoffs
    worth = ", ".join(
        f"{who}: {wording.number(p)}" for who, p in zip(players, payoffs, strict=True)
    )
    if isinstance(found, Commitment):
        chosen = wording.mixture(setting.strategies(found.leader), found.commitment)
        near = "" if found.towards is None else "nearly "
        leads = f"{players[found.leader]} leads by {near}{chosen} ({found.ties} ties)"
        return f"{leads} {{{worth}}}"
    player = "" if found.player is None else f" for {players[found.player]}"
    return f"{found.of}{player} {{{worth}}}"


def matches(setting: Setting, wanted: Wanted, found: Solution) -> bool:
    """Whether the payoffs are those written, by player or as their sum (``welfare``)."""
    assert isinstance(found, Distribution | Commitment)
    if not isinstance(wanted, Table):
        raise NoMatch(f"a {found.kind} is told by payoffs such as {{Alice: 21/4, Jack: 21/4}}")
    known = _known(setting, found)
    for name, value in wanted:
        matching.place(name, tuple(known), "player")
        if not isinstance(value, Leaf):
            raise NoMatch(f"the payoff of {name} is a number")
        if not matching.equal(setting, value, known[name]):
            return False
    return True


def is_mixture(setting: Setting, wanted: Wanted, result: Result) -> bool:
    """Whether some mixture of the extreme points has the payoffs, which are linear in it.

    Raises Undecided where the extreme points are not all listed, or a number is approximate.
    """
    from alliance_games.exact.programs import Program, maximize

    corners = [
        one for one in result.solutions if isinstance(one, Distribution) and one.of == "corner"
    ]
    if not corners:
        raise Undecided("its extreme points are not listed, of which any mixture belongs to it")
    payoffs = [_known(setting, one) for one in corners]
    rows: list[tuple[list[Fraction], Fraction]] = [([Fraction(1)] * len(corners), Fraction(1))]
    assert isinstance(wanted, Table)
    for name, value in wanted:
        assert isinstance(value, Leaf)
        if value.places is not None:
            raise Undecided("of mixtures it is asked in exact numbers only")
        rows.append(([each[name] for each in payoffs], setting.number(value)))
    return maximize(Program([0] * len(corners), equal=rows)).status == "optimal"


def _known(setting: Setting, found: Distribution | Commitment) -> dict[str, Fraction]:
    """The payoffs by player, and their sum."""
    known = dict(zip(setting.game.players, found.payoffs, strict=True))
    return known | {WELFARE: sum(found.payoffs, Fraction(0))}
