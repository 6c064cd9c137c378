"""A game in normal form in Gambit's format .nfg, with exact rationals.

The payoff version; where outcomes have names, the outcome version. Read back, the text gives an
equal game, but for what the format does not carry: that payoffs are approximations, or mean only an
order.
"""

from __future__ import annotations

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.model.normal import NormalGame
from alliance_games.writing import Unfit
from alliance_games.writing.gambit import heading, listed, quoted

MOST_PROFILES = 1_000_000
"""The most profiles that a game by counts is spelled out to."""


def to_nfg(game: NormalGame | AnonymousGame, title: str = "", comment: str = "") -> str:
    """The text of an .nfg file; raises Unfit for a game by counts with too many profiles."""
    if isinstance(game, AnonymousGame):
        game = spelled_out(game)
    strategies = "\n".join(map(listed, game.strategies))
    head = f"{heading('NFG 1', title, game.players)}\n\n{{ {strategies}\n}}\n{quoted(comment)}\n\n"
    places = _in_gambits_order(game)
    columns = [
        [_quotient(integer, denominator) for integer in table]
        for table, denominator in zip(game.numerators, game.denominators, strict=True)
    ]
    rows = list(zip(*columns, strict=True))
    if any(game.outcomes):
        return head + _outcomes(game.outcomes, rows, places)
    return head + "\n".join([" ".join(rows[place]) for place in places]) + "\n"


def spelled_out(game: AnonymousGame) -> NormalGame:
    """A game by counts as a table of profiles; raises Unfit where there are too many."""
    number = len(game.players)
    profiles = len(game.strategies) ** number
    if profiles > MOST_PROFILES:
        raise Unfit(
            f"a table would need {len(game.strategies)}^{number} profiles; at most "
            f"{MOST_PROFILES:,} are written"
        )

    def payoffs(profile: tuple[int, ...]) -> list[object]:
        counts = [profile.count(strategy) for strategy in range(len(game.strategies))]
        own = []
        for role, strategy in zip(game.roles, profile, strict=True):
            counts[strategy] -= 1
            own.append(game.payoff(role, strategy, tuple(counts)))
            counts[strategy] += 1
        return own  # type: ignore[return-value]

    strategies = (game.strategies,) * number
    return NormalGame.from_payoffs(game.players, strategies, payoffs, numeric=game.numeric)  # type: ignore[arg-type]


def _in_gambits_order(game: NormalGame) -> list[int]:
    """Where Gambit's profiles stand in our tables: there the first player's strategy changes
    fastest, here the last player's."""
    places = [0]
    for size, stride in reversed(list(zip(game.shape, game.strides, strict=True))):
        ways = range(0, size * stride, stride)
        places = [place + way for place in places for way in ways]
    return places


def _quotient(integer: int, denominator: int) -> str:
    if denominator == 1:
        return str(integer)
    from fractions import Fraction

    return str(Fraction(integer, denominator))


def _outcomes(names: tuple[str, ...], rows: list[tuple[str, ...]], places: list[int]) -> str:
    """The list of outcomes, and their numbers profile by profile."""
    numbers: dict[tuple[str, tuple[str, ...]], int] = {}
    body = [numbers.setdefault((names[p], rows[p]), len(numbers) + 1) for p in places]
    told = [f"{{ {quoted(name)} {', '.join(row)} }}" for name, row in numbers]
    return "{\n" + "\n".join(told) + "\n}\n" + " ".join(map(str, body)) + "\n"
