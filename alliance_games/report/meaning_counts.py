"""What a game by counts means: tipping points, free riding, who holds out."""

from __future__ import annotations

from collections.abc import Sequence

from alliance_games.model.anonymous import AnonymousGame
from alliance_games.report.findings import counted
from alliance_games.report.matrix import role_name
from alliance_games.report.meaning_normal import is_whole
from alliance_games.report.words import capital, listed, numeral
from alliance_games.results.cases import CaseAnswer
from alliance_games.results.solutions import CountPoint


def sentences(answer: CaseAnswer, game: AnonymousGame) -> list[str]:
    """Paragraphs on when a strategy pays and on the pure equilibria."""
    parts = []
    if len(game.strategies) == 2:
        parts += [
            when_it_pays(game, role)
            for role in range(len(game.members))
            if len(game.members[role]) > 1 or len(game.members) <= 4
        ]
    result = answer.of("pure-nash")
    if result is not None and is_whole(result):
        found = [one for one in result.solutions if isinstance(one, CountPoint)]
        parts.append(_equilibria(found, game))
    return [part for part in parts if part]


def gains(game: AnonymousGame, role: int) -> list[int]:
    """The sign of choosing the first of two strategies, for each number of others who choose it."""
    first, second = game.numerators[role]
    # Vectors of counts run from all the others choosing the first strategy down to none.
    return [(a > b) - (a < b) for a, b in zip(reversed(first), reversed(second), strict=True)]


def when_it_pays(game: AnonymousGame, role: int) -> str:
    """For how many others a player does better with the first strategy."""
    one, two = game.strategies
    signs = gains(game, role)
    who = role_name(game, role)
    whose = "" if len(game.members) == 1 else f"For {who}: "
    if all(sign > 0 for sign in signs):
        return f"{whose}{one} is dominant: it does better than {two} however many others choose it."
    if all(sign < 0 for sign in signs):
        return f"{whose}{two} is dominant: it does better than {one} whatever the others do."
    changes = [index for index in range(1, len(signs)) if signs[index] != signs[index - 1]]
    if 0 in signs or len(changes) != 1:
        return _in_stretches(whose, signs, one, two)
    turn = changes[0]
    if signs[0] < 0:
        enough = _others(turn, len(signs) - 1, "once at least")
        return f"{whose}{one} pays {enough}, and {two} below that: a tipping point."
    few = _others(turn - 1, len(signs) - 1, "while at most")
    beyond = "beyond: once enough do" if turn > 1 else "otherwise: once somebody does"
    return (
        f"{whose}{one} pays {few}, and {two} {beyond} it, the rest would rather leave it to "
        f"{'them' if turn > 1 else 'that one'}."
    )


def _others(number: int, most: int, how: str) -> str:
    """``once at least two of the others choose it``, in the words for none, one and all."""
    if number == 0:
        return "only if none of the others chooses it"
    if number == most:
        return f"{how.split()[0]} all the others choose it"
    return f"{how} {numeral(number)} of the others choose{'s' if number == 1 else ''} it"


def _in_stretches(whose: str, signs: Sequence[int], one: str, two: str) -> str:
    """Where each strategy is better, stretch by stretch."""
    pieces: list[str] = []
    start = 0
    names = {1: f"{one} is better", -1: f"{two} is better", 0: "both are worth the same"}
    for index in range(1, len(signs) + 1):
        if index == len(signs) or signs[index] != signs[start]:
            span = str(start) if index - 1 == start else f"{start} to {index - 1}"
            pieces.append(f"{names[signs[start]]} with {span}")
            start = index
    if len(pieces) > 8:
        return ""
    return capital(f"{whose}by the number of others who choose {one}: {listed(pieces)}.")


def _equilibria(found: Sequence[CountPoint], game: AnonymousGame) -> str:
    if not found:
        return "There is no pure equilibrium: somebody would always rather switch."
    shown = [counted(one, game) for one in found[:6]]
    if len(found) > 6:
        shown.append(f"{len(found) - 6:,} others")
    several = any(one.profiles > 1 for one in found)
    who = " Who plays which is open where both are played." if several else ""
    if len(found) == 1:
        if not several:
            return f"There is one pure equilibrium: {shown[0]}."
        return f"There is one kind of pure equilibrium: {shown[0]}.{who}"
    return f"The pure equilibria are {listed(shown)}.{who}"
