"""``extends: other.yaml``: another file's game with other parameters, assumptions or scenarios.

Parameters and scenarios are changed by name; ``assume``, ``sources``, ``theory`` and ``solve``
replace the other file's lists; title and prose are taken over where they are left out. What is
expected is never taken over: it was about the other file's values.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from alliance_games.exact.words import did_you_mean
from alliance_games.model.environments import Value
from alliance_games.model.parametric import Parameter, ParametricGame
from alliance_games.model.problems import InvalidGame
from alliance_games.model.study import Study
from alliance_games.reading import declarations, library
from alliance_games.reading.nodes import Mapping, Node, Scalar
from alliance_games.reading.parameters import read_range
from alliance_games.reading.problems import Problems
from alliance_games.reading.scenarios import ScenarioNode, read_setting
from alliance_games.reading.source import is_gambit, read_source
from alliance_games.reading.study import KEYS, FileReader

ALLOWED = (
    "game",
    "about",
    "sources",
    "theory",
    "extends",
    "parameters",
    "assume",
    "observed",
    "scenarios",
    "solve",
    "expect",
)
"""The keys of a file that extends another; the rest of the game is the other's."""

LONGEST_CHAIN = 20


if TYPE_CHECKING:
    from alliance_games.model.parametric import Body


@dataclass(slots=True)
class Extended:
    """A study, and the reader that still knows its names."""

    study: Study
    reader: FileReader
    scenarios: list[ScenarioNode]


def read_extending(
    root: Mapping,
    problems: Problems,
    known_concepts: Collection[str] | None,
    before: tuple[Path, ...] = (),
) -> Extended:
    """The study of a file with ``extends``; raises InvalidGame with all its problems."""
    reader = FileReader(problems, known_concepts)
    reader.take_keys(root)
    for key, (scalar, _) in reader.keys.items():
        if key in KEYS and key not in ALLOWED:
            message = f"a file that extends another cannot change '{key}'"
            hint = f"it can change {', '.join(ALLOWED[5:])}"
            reader.desk.fault("not-here", message, scalar.span, hint)
    base = _base(reader, known_concepts, before)
    if base is None:
        raise InvalidGame(problems.in_order())
    return _changed(reader, base)


def _base(
    reader: FileReader, known_concepts: Collection[str] | None, before: tuple[Path, ...]
) -> Extended | None:
    """The extended file, read; None where it cannot be found."""
    node = reader.keys["extends"][1]
    name = reader.desk.text(node, "'extends'")
    if name is None:
        return None
    here = Path(reader.desk.file)
    path = _find(reader, name, here)
    if path is None:
        return None
    chain = (*before, here.resolve() if reader.desk.file else here)
    if path.resolve() in chain or len(chain) > LONGEST_CHAIN:
        way = " -> ".join(each.name for each in (*chain, path))
        message = f"files extend each other in a circle: {way}"
        reader.desk.fault("circular-extends", message, name.span)
        return None
    from alliance_games.reading.files import root_of

    source, found = read_source(path)
    if is_gambit(source):
        message = f"'{name.text}' is a file of Gambit's, which has nothing that could be changed"
        hint = "'alliance-games convert' makes a YAML file of it"
        reader.desk.fault("not-here", message, name.span, hint)
        return None
    try:
        if found:
            raise InvalidGame(found)
        problems = Problems(source)
        root = root_of(source, problems)
        if root.get("extends") is not None:
            return read_extending(root, problems, known_concepts, chain)
        base = FileReader(problems, known_concepts)
        return Extended(base.read(root), base, base.scenario_nodes)
    except InvalidGame as invalid:
        first = invalid.problems[0]
        if first.code == "circular-extends":
            reader.desk.fault(first.code, first.message, name.span)
        else:
            message = f"the extended file '{name.text}' is not a valid game: {first}"
            reader.desk.fault("invalid-extends", message, name.span)
        return None


def _find(reader: FileReader, name: Scalar, here: Path) -> Path | None:
    """Beside the file, else in the library."""
    beside = here.parent / name.text
    try:
        if beside.is_file():
            return beside
    except (OSError, ValueError):  # a name no file can have
        pass
    found = library.find(name.text)
    if found is None:
        close = library.close_names(name.text)
        hint = (
            f"did you mean '{close[0]}'?" if close else "a path from this file, or a library name"
        )
        message = f"there is no file or library game '{name.text}'"
        reader.desk.fault("missing-file", message, name.span, hint)
    return found


def _changed(reader: FileReader, base: Extended) -> Extended:
    desk, game = reader.desk, base.study.game
    scope = base.reader.desk.scope
    scope.report = desk.fault
    desk.scope = scope
    reader.players, reader.strategies = base.reader.players, base.reader.strategies
    parameters = list(game.parameters)
    if (node := reader.node("parameters")) is not None:
        parameters = _parameters(reader, node, game)
    assumptions = game.assumptions
    if (node := reader.node("assume")) is not None:
        assumptions = declarations.read_assumptions(desk, node)
    changed = replace(game, parameters=tuple(parameters), assumptions=assumptions)
    reader.plain = base.reader.plain
    if "observed" in reader.keys:
        changed = replace(changed, body=_observed(reader, game) or game.body)
    scenarios = {each.name.text: each for each in base.scenarios}
    scenarios |= {each.name.text: each for each in reader.scenarios()}
    study = reader.finish(changed, list(scenarios.values()))
    if reader.problems.errors or study is None:
        raise InvalidGame(reader.problems.in_order())
    other = base.study
    study = replace(
        study,
        title=study.title or other.title,
        about=study.about or other.about,
        sources=study.sources or other.sources,
        theory=study.theory or other.theory,
        solve=study.solve or other.solve,
    )
    return Extended(study, reader, list(scenarios.values()))


def _observed(reader: FileReader, game: ParametricGame) -> Body | None:
    """The other file's game with another observability; it is, or was made of, a normal form."""
    body = reader.observed(reader.plain or game.body)
    if body is None and not reader.problems.errors:
        message = "the extended game is no normal form in which somebody could move first"
        hint = "a tree says by 'Player @ label' who sees what"
        reader.desk.fault("not-here", message, reader.keys["observed"][0].span, hint)
    return body


def _parameters(reader: FileReader, node: Node, game: ParametricGame) -> list[Parameter]:
    """The other file's parameters with new defaults, ranges and notes."""
    desk = reader.desk
    changed = {parameter.name: parameter for parameter in game.parameters}
    for key, value in desk.mapping(node, "'parameters'", "as in  stag: 4"):
        before = changed.get(key.text)
        if before is None:
            hint = did_you_mean(key.text, changed) or "the extended game has no use for it"
            desk.fault("unknown-parameter", f"there is no parameter '{key.text}'", key.span, hint)
            continue
        changed[key.text] = _parameter(reader, key, value, before)
    return list(changed.values())


def _parameter(reader: FileReader, key: Scalar, node: Node, before: Parameter) -> Parameter:
    desk = reader.desk
    keys = ("value", "range", "about")
    if not isinstance(node, Mapping) or not any(part.text in keys for part, _ in node.entries):
        return _with_default(reader, key, node, before)
    after = replace(before, file=desk.file, span=key.span)
    for part, inner in node.entries:
        if part.text == "value":
            after = _with_default(reader, key, inner, after)
        elif part.text == "range" and (ends := read_range(desk, inner)):
            after = replace(after, low=ends[0], high=ends[1])
        elif part.text == "about":
            after = replace(after, about=desk.prose(inner, "'about'"))
        elif part.text not in keys:
            desk.unknown(part, list(keys), "unknown-key", "key")
    return after


def _with_default(reader: FileReader, key: Scalar, node: Node, before: Parameter) -> Parameter:
    value = read_setting(reader.desk, key, node)
    if value is None:
        return before
    return replace(
        before, default=_merged(before.default, value), file=reader.desk.file, span=key.span
    )


def _merged(default: Value, value: Value) -> Value:
    """Entries changed one by one, a pair in either order; one number for all of them."""
    if isinstance(default, dict):
        if not isinstance(value, dict):
            return dict.fromkeys(default, value)  # type: ignore[arg-type]
        named = {keys if keys in default else keys[::-1]: v for keys, v in value.items()}
        return {**default, **named}
    return value
