"""From a file's text to its Study: the nodes, then the file they make."""

from __future__ import annotations

from collections.abc import Collection

from alliance_games.exact.span import Span
from alliance_games.model.problems import InvalidGame
from alliance_games.model.study import Study
from alliance_games.reading.nodes import Mapping, read_source_nodes
from alliance_games.reading.problems import Problems
from alliance_games.reading.source import Source, is_gambit
from alliance_games.reading.study import FileReader


def study_of(source: Source, known_concepts: Collection[str] | None = None) -> Study:
    """The study in a decoded text; raises InvalidGame with all its problems."""
    if is_gambit(source):
        from alliance_games.reading.gambit import read_gambit

        return read_gambit(source)
    problems = Problems(source)
    return read_with_names(root_of(source, problems), problems, known_concepts)[0]


def read_with_names(
    root: Mapping, problems: Problems, known_concepts: Collection[str] | None = None
) -> tuple[Study, FileReader]:
    """The study a file's nodes make, and the reader that still knows the file's names."""
    if root.get("extends") is not None:
        from alliance_games.reading.extends import read_extending

        extended = read_extending(root, problems, known_concepts)
        return extended.study, extended.reader
    reader = FileReader(problems, known_concepts)
    return reader.read(root), reader


def root_of(source: Source, problems: Problems) -> Mapping:
    """The mapping a game file is; raises InvalidGame where it is none."""
    node = read_source_nodes(source, problems)
    if not problems.errors and not isinstance(node, Mapping):
        if node is None:
            hint = "'alliance-games new' writes a file to begin with"
            problems.add("empty-file", "there is no game in this file", hint=hint)
        else:
            message = "a game file is made of 'key: value' pairs"
            problems.add("not-a-game", message, Span(1, 1), "as in  game: Stag hunt")
    if not isinstance(node, Mapping):
        raise InvalidGame(problems.in_order())
    return node  # with its faults noted: the rest of the file is read for more of them
