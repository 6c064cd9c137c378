"""Assessments in reports on regimes: what is sent and answered, and the formulas behind it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.profiles import Mixed
from alliance_games.model.signalling import Signalling, signalling_view
from alliance_games.parametric.on_path import Used, form_in_words, members, used
from alliance_games.parametric.telling import Telling
from alliance_games.report.regime_exchanges import clauses, way_in_words
from alliance_games.report.regime_exchanges import formulas as of_exchanges
from alliance_games.results.solutions import Solution
from alliance_games.results.tree_solutions import Assessment, Continuum


def _view(telling: Telling) -> Signalling | None:
    """The game at its defaults as a signalling game; None where it is another exchange."""
    return signalling_view(_tree(telling))


def _tree(telling: Telling) -> ExtensiveGame:
    tree = telling.names.tree
    assert tree is not None, "assessments are of trees"
    return tree


def short(one: Solution, telling: Telling) -> str:
    """``separating: Firm Treaty, Weak No treaty; after Treaty Refrain``, on the path of play."""
    tree, view = _tree(telling), _view(telling)
    ways: dict[Used, str] = {}
    for point in members(one):
        assert isinstance(point, Assessment)
        way = used(tree, point)
        if view is None:
            ways.setdefault(way, way_in_words(way, tree))
        else:
            ways.setdefault(way, f"{form_in_words(view, point)}: {_way(way, view)}")
    said = list(ways.values())
    if not isinstance(one, Continuum):
        return said[0]
    if len(said) == 1:
        return f"{said[0]} (continuum)"
    if view is None:
        return f"continuum with corners that play {' or '.join(said)}"
    forms = dict.fromkeys(each.split(":")[0] for each in said)
    return f"continuum with corners that are {' or '.join(forms)}"


def _way(way: Used, view: Signalling) -> str:
    sent = []
    for type_, index in zip(view.types, view.sender_set, strict=True):
        messages = way[index]
        if messages is not None:
            sent.append(f"{type_} {_either(messages, view.messages)}")
    answered = []
    for message, at in enumerate(view.receiver_set):
        chosen = None if at is None else way[at]
        if chosen is not None:
            said = _either(chosen, view.responses[message])
            answered.append(f"after {view.messages[message]} {said}")
    return "; ".join([", ".join(sent), *answered])


def _either(chosen: Sequence[int], names: Sequence[str]) -> str:
    return " or ".join(names[place] for place in chosen)


def existence(one: Assessment, telling: Telling) -> str:
    """``A separating equilibrium in which Firm sends Treaty, Weak sends No treaty, and ...``"""
    tree, view = _tree(telling), _view(telling)
    way = used(tree, one)
    if view is None:
        return f"An equilibrium in which {_listed(list(clauses(way, tree, _does)))},"
    form = form_in_words(view, one).split(" on ")[0]
    parts = []
    for type_, index in zip(view.types, view.sender_set, strict=True):
        messages = way[index]
        if messages is not None:
            parts.append(f"{type_} {_does('sends', messages, view.messages)}")
    for message, at in enumerate(view.receiver_set):
        chosen = None if at is None else way[at]
        if chosen is not None:
            receiver = view.game.players[view.receiver]
            said = _does("answers with", chosen, view.responses[message])
            parts.append(f"after {view.messages[message]} {receiver} {said}")
    article = "An" if form[0] in "aeiou" else "A"
    return f"{article} {form} equilibrium in which {_listed(parts)},"


def _listed(parts: Sequence[str]) -> str:
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else parts[0]


def _does(verb: str, chosen: Sequence[int], names: Sequence[str]) -> str:
    if len(chosen) == 1:
        return f"{verb} {names[chosen[0]]}"
    return f"mixes {_listed([names[place] for place in chosen])}"


def formulas(point: Assessment, telling: Telling) -> list[str]:
    """The probabilities that are formulas or fractions, and all beliefs that choices do not make
    certain, one a line."""
    tree, view = _tree(telling), _view(telling)
    if view is None:

        def mixture(head: str, index: int) -> list[str]:
            return _mixture(head, point.choices[index], tree.sets[index].actions, telling)

        return list(of_exchanges(point, telling, mixture))
    lines = []
    for type_, index in zip(view.types, view.sender_set, strict=True):
        if point.beliefs[index] is None:
            continue
        lines += _mixture(f"{type_}: ", point.choices[index], view.messages, telling)
    for message, at in enumerate(view.receiver_set):
        if at is not None:
            said = view.messages[message]
            lines += _mixture(
                f"after {said}: ", point.choices[at], view.responses[message], telling
            )
    for message, at in enumerate(view.receiver_set):
        if at is None:
            continue
        belief = point.beliefs[at]
        assert belief is not None
        names = tree.node_names(at)
        said = ", ".join(
            f"{name} {telling.writer.text(chance)}"
            for name, chance in zip(names, belief, strict=True)
            if not _zero(chance)
        )
        lines.append(f"believed after {view.messages[message]}: {said}")
    return lines


def _mixture(head: str, mixed: Mixed | None, names: Sequence[str], telling: Telling) -> list[str]:
    if mixed is None:
        return []
    chosen = [place for place, chance in enumerate(mixed) if not _zero(chance)]
    if len(chosen) == 1:
        return [f"{head}{names[chosen[0]]}"]
    said = ", ".join(f"{names[place]} {telling.writer.text(mixed[place])}" for place in chosen[:-1])
    return [f"{head}{said}, else {names[chosen[-1]]}"]


def _zero(number: Fraction) -> bool:
    return isinstance(number, Fraction) and not number
