"""Why a refinement rules an equilibrium of a signalling game out, in words with the numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from alliance_games.algorithms.signalling_criteria import Ruling
from alliance_games.algorithms.signalling_outcomes import Outcome
from alliance_games.exact import numerals
from alliance_games.model.profiles import Mixed
from alliance_games.model.signalling import Signalling


def intuitive(view: Signalling, outcome: Outcome, ruling: Ruling, least: Fraction) -> str:
    """``a Committed Ally would gain by deviating to Treaty (4 > 2) if that were believed; ...``."""
    gains, message = _gains(view, outcome, ruling, least), view.messages[ruling.message]
    if not ruling.excluded:
        return f"{gains}, whatever best reply it met"
    others = [another(view, one) for one in ruling.excluded]
    if len(view.types) - len(others) == 1:
        return f"{gains} if that were believed; {listed(others, 'or')} never, whatever the response"
    return (
        f"{gains} if {message} were not ascribed to {listed(others, 'or')}; "
        f"{'that one' if len(others) == 1 else 'those'} never would, whatever the response"
    )


def d1(view: Signalling, outcome: Outcome, ruling: Ruling, least: Fraction | None) -> str:
    """``whenever an Uncommitted Ally would not lose by Treaty a Committed one would gain; ...``."""
    message = view.messages[ruling.message]
    parts = [
        f"whenever {one_of(view, one)} would gain by deviating to {message}, or not lose, "
        f"{another(view, other)} would gain"
        for one, other in ruling.because.items()
    ]
    if parts:
        left = [view.types[t] for t in range(len(view.types)) if t not in ruling.excluded]
        parts.append(f"so {message} is ascribed to {listed(left, 'or')} alone")
    return "; ".join([*parts, _then(view, outcome, ruling, least)])


def divine(view: Signalling, outcome: Outcome, ruling: Ruling, least: Fraction | None) -> str:
    """``where Treaty is ascribed to the types that would gain by it ...``."""
    message = view.messages[ruling.message]
    believed = beliefs(view, ruling.beliefs)
    first = (
        f"where {message} is ascribed to the types that would gain by it (to several of them as "
        f"the prior has it), the belief is {believed}"
    )
    return f"{first}; {_then(view, outcome, ruling, least)}"


def _then(view: Signalling, outcome: Outcome, ruling: Ruling, least: Fraction | None) -> str:
    message = view.messages[ruling.message]
    if ruling.gaining and least is not None:
        return f"against such a belief {_gains(view, outcome, ruling, least)}"
    return f"no best reply to such a belief keeps every type from deviating to {message}"


def _gains(view: Signalling, outcome: Outcome, ruling: Ruling, least: Fraction) -> str:
    one, message = ruling.gaining[0], view.messages[ruling.message]
    now = outcome.payoffs[one]
    return (
        f"{one_of(view, one)} would gain by deviating to {message} "
        f"({numerals.number(now + least)} > {numerals.number(now)})"
    )


def one_of(view: Signalling, type_: int) -> str:
    """``a Committed Ally``; ``Ally of type H`` where the type is a letter or a number."""
    name, sender = view.types[type_], view.game.players[view.sender]
    return f"{_a(name)} {sender}" if _is_word(name) else f"{sender} of type {name}"


def another(view: Signalling, type_: int) -> str:
    """``an Uncommitted one``, or ``type L``."""
    name = view.types[type_]
    return f"{_a(name)} one" if _is_word(name) else f"type {name}"


def _is_word(name: str) -> bool:
    return len(name) > 2 and name[0].isalpha()


def _a(word: str) -> str:
    return f"{'an' if word[0].lower() in 'aeio' or word[:2].lower() == 'un' else 'a'} {word}"


def listed(words: Sequence[str], last: str) -> str:
    """``a, b or c``."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def beliefs(view: Signalling, corners: Iterable[Mixed]) -> str:
    """``Committed``, or ``a mixture of Committed and Committed (1/3) + Uncommitted (2/3)``."""
    shown = [
        " + ".join(
            view.types[one] if p == 1 else f"{view.types[one]} ({numerals.number(p)})"
            for one, p in enumerate(corner)
            if p
        )
        for corner in corners
    ]
    return shown[0] if len(shown) == 1 else f"a mixture of {listed(shown, 'and')}"


def no_weight_on(view: Signalling, excluded: Iterable[int]) -> str:
    """``no weight on Uncommitted``."""
    return f"no weight on {listed([view.types[one] for one in excluded], 'or')}"
