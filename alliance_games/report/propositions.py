"""What the regimes amount to, in sentences that carry their formulas as formulas.

A sentence is a list of words and expressions, so that it can be written for a terminal and in
LaTeX alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from alliance_games.exact.expression import Compare, Expression, Logic, Name
from alliance_games.exact.expression import names as names_in
from alliance_games.model.parametric import entries_of
from alliance_games.parametric.statements import Statement
from alliance_games.parametric.sums import constant
from alliance_games.parametric.telling import Telling
from alliance_games.parametric.wording import written
from alliance_games.report.regime_names import partners_words, play_words, sides_words
from alliance_games.report.words import profile_words

Sentence = list[str | Expression]
Subject = Callable[[Statement, Telling], tuple[Sentence, str]]
"""What a statement speaks of, and what it says of it."""


def words(sentence: Sequence[str | Expression] | Expression) -> str:
    """A sentence as plain text; of a condition, alternatives with a comma before 'or'."""
    parts = [sentence] if not isinstance(sentence, list | tuple) else sentence
    return "".join(part if isinstance(part, str) else _plain(part) for part in parts)


def _plain(expression: Any) -> str:
    if isinstance(expression, Logic) and expression.operator == "or":
        return ", or ".join(written(part) for part in expression.operands)
    return written(expression)


def propositions(telling: Telling) -> list[Sentence]:
    """The assumptions as a supposition, then one sentence for each statement."""
    found = telling.found
    if found.stopped or not found.statements:
        return []
    said = [one for one in found.statements if not _said_already(one, telling)]
    sentences = [_said(one, telling) for one in said]
    head = [*suppose(telling), *_definitions(telling, sentences)]
    if any(one.generic for one in said):
        head.append(" The knife edges that were not looked into are set aside.")
    return [head, *sentences]


def _definitions(telling: Telling, sentences: Sequence[Sentence]) -> Sentence:
    """`` Write alone == capability / (capability + threat).``, of the definitions used."""
    used = {
        name
        for sentence in sentences
        for part in sentence
        if not isinstance(part, str)
        for name in names_in(part)
    }
    told: Sentence = []
    for name, definition in telling.writer.used.items():
        if name in used:
            told += [", " if told else " Write ", Compare((Name(name), definition), ("==",))]
    return [*told, "."] if told else []


def _said_already(one: Statement, telling: Telling) -> bool:
    """Of two strategies one is dominated where the other is dominant."""
    return one.what == "dominated" and len(telling.names.strategies(one.about.player)) == 2


def suppose(telling: Telling) -> Sentence:
    """``Suppose stag > rabbit and rabbit > 0.``"""
    found = telling.found
    parts: list[Expression] = [
        one.expression
        for one in found.study.game.assumptions
        if not found.held or _speaks_of(one.expression, found.region.symbols.places)
    ]
    parts += ranges_of(telling)
    for name, value in found.held.items():
        for label, number in entries_of(name, value):
            parts.append(Compare((Name(label), constant(number)), ("==",)))
    if not parts:
        return ["For all values of the parameters:"]
    sentence: Sentence = ["Suppose "]
    for place, part in enumerate(parts):
        if place:
            sentence.append(" and " if place == len(parts) - 1 else ", ")
        sentence.append(part)
    return [*sentence, "."]


def ranges_of(telling: Telling) -> list[Compare]:
    """The declared ranges of the free parameters."""
    free = {name for name, _ in telling.found.region.symbols.places}
    said = []
    for parameter in telling.found.study.game.parameters:
        low, high, name = parameter.low, parameter.high, Name(parameter.name)
        if parameter.name not in free or (low is None and high is None):
            continue
        if low is None:
            assert high is not None
            said.append(Compare((name, high), ("<=",)))
        elif high is None:
            said.append(Compare((name, low), (">=",)))
        else:
            said.append(Compare((low, name, high), ("<=", "<=")))
    return said


def _speaks_of(expression: Expression, places: Sequence[tuple[str, tuple[str, ...]]]) -> bool:
    """Whether an assumption speaks of a parameter left free."""
    return bool(names_in(expression) & {name for name, _ in places})


def _said(one: Statement, telling: Telling) -> Sentence:
    subject, predicate = _subject(one, telling)
    where = telling.where(one)
    when = "if and only if" if one.only_if else "if"
    if one.what == "path":
        from alliance_games.report.regime_assessments import existence

        said = existence(one.about, telling)
        return (
            [f"{said} always exists."] if where is None else [f"{said} exists {when} ", where, "."]
        )
    if where is None:
        if one.what == "one":
            return ["There is exactly one equilibrium, everywhere."]
        return [*subject, f" is always {predicate}."]
    if one.what == "one":
        return [f"There is exactly one equilibrium {when} ", where, "."]
    return [*subject, f" is {predicate} {when} ", where, "."]


_STABLE = {
    "nash-stable": "Nash-stable",
    "core-stable": "core-stable",
    "strict-core-stable": "strictly core-stable",
    "individually-stable": "individually stable",
    "contractually-individually-stable": "contractually individually stable",
}


def _subject(one: Statement, telling: Telling) -> tuple[Sentence, str]:
    return _SUBJECTS[one.what](one, telling) if one.what in _SUBJECTS else ([""], "")


def _pure(predicate: str) -> Subject:
    def subject(one: Statement, telling: Telling) -> tuple[Sentence, str]:
        return [profile_words(tuple(telling.names.pure(one.about).values()))], predicate

    return subject


def _selected(one: Statement, telling: Telling) -> tuple[Sentence, str]:
    laplacian = one.concept == "laplacian"
    said = "the Laplacian choice" if laplacian else one.concept.replace("dominance", "dominant")
    return _pure(said)(one, telling)


def _strategy(predicate: str) -> Subject:
    def subject(one: Statement, telling: Telling) -> tuple[Sentence, str]:
        names, player = telling.names, one.about.player
        how = "strictly" if one.about.strength == "strict" else "weakly"
        strategy = names.strategies(player)[one.about.strategy]
        return [strategy], f"{how} {predicate} for {names.players[player]}"

    return subject


def _words(words: str, predicate: str) -> Subject:
    return lambda one, telling: ([words], predicate)


_SUBJECTS: dict[str, Subject] = {
    "pure": _pure("an equilibrium"),
    "efficient": _pure("Pareto efficient"),
    "selected": _selected,
    "dominant": _strategy("dominant"),
    "dominated": _strategy("dominated"),
    "mixed": lambda one, telling: (
        _mixed(one.about.profile, telling),
        "an isolated equilibrium",
    ),
    "chosen": lambda one, telling: (_chosen(one.about.choices, telling), "an equilibrium"),
    "sustained": lambda one, telling: (
        [f"Playing {profile_words(one.about)} for ever"],
        "sustained by reversion",
    ),
    "empty": _words("The core", "empty"),
    "convex": _words("The game", "convex"),
    "agreed": _words("An agreement by which both gain", "possible"),
    "stable": lambda one, telling: (
        [f"The partition {sides_words(one.about.coalitions)}"],
        _STABLE[one.concept],
    ),
    "minimum": lambda one, telling: ([sides_words(one.about.sides)], "a local minimum"),
    "matched": lambda one, telling: (
        [f"The matching {partners_words(one.about.partners)}"],
        "stable",
    ),
    "play": lambda one, telling: (
        [f"({play_words(one.about, telling)})"],
        "a subgame perfect equilibrium",
    ),
}
"""What each kind of statement speaks of, and what it says of it."""


def _chosen(choices: Mapping[str, Fraction], telling: Telling) -> Sentence:
    """``The profile in which Major chooses 1 and Minor chooses a / b,``"""
    sentence: Sentence = ["The profile in which "]
    for place, (player, number) in enumerate(choices.items()):
        sentence += [" and " if place else "", f"{player} chooses ", telling.writer.number(number)]
    return [*sentence, ","]


def _mixed(profile: Any, telling: Telling) -> Sentence:
    """``The profile in which Alice plays Stag with probability rabbit / stag and Jack ...``"""
    names = telling.names
    players = range(len(profile))
    alike = len({names.strategies(player) for player in players}) == 1 and len(set(profile)) == 1
    sentence: Sentence = ["The profile in which "]
    for player in players if not alike else range(1):
        mixed, actions = profile[player], names.strategies(player)
        used = [i for i, p in enumerate(mixed) if not (isinstance(p, Fraction) and p == 0)]
        if player:
            sentence.append(" and ")
        sentence.append("each plays " if alike else f"{names.players[player]} plays ")
        if len(used) == 1:
            sentence.append(actions[used[0]])
            continue
        for place, index in enumerate(used[:-1]):
            if place:
                sentence.append(", ")
            sentence += [f"{actions[index]} with probability ", telling.writer.number(mixed[index])]
        sentence.append(f", else {actions[used[-1]]}")
    return [*sentence, ","]


__all__ = ["Sentence", "propositions", "words"]
