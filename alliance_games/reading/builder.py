"""Nodes built from PyYAML's events, with an explicit stack and bounds on depth and size.

PyYAML's own ``compose`` recurses, and 100,000 nested brackets kill the process in it; its event
stream does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from yaml import YAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from alliance_games.exact.span import Span
from alliance_games.reading.nodes import Mapping, Node, Scalar, Sequence
from alliance_games.reading.yaml_faults import MAX_DEPTH, explain

if TYPE_CHECKING:
    from alliance_games.reading.problems import Problems
    from alliance_games.reading.source import Source

MAX_NODES = 1_000_000
"""How many nodes a file may have, aliases written out."""


def build(source: Source, problems: Problems) -> Node | None:
    """The tree of a text; what is wrong with it is added to ``problems``."""
    builder = _Builder(source, problems)
    try:
        for event in _events(source.text):
            builder.take(event)
    except _GiveUp:
        return None
    except YAMLError as error:
        explain(error, source, problems, builder.last)
        return None
    if builder.root is None or (
        isinstance(builder.root, Scalar) and not builder.root.text and not builder.root.quoted
    ):
        if len(problems):
            return None
        problems.add(
            "empty-file", "this file is empty", Span(1, 1), "a game file begins with 'game:'"
        )
        return None
    return builder.root


def _events(text: str) -> Iterator[Any]:
    parser: Any
    try:
        from yaml import CSafeLoader

        parser = CSafeLoader(text)  # for its events alone; nothing is ever constructed
    except ImportError:  # PyYAML built without libyaml
        from yaml import SafeLoader

        parser = SafeLoader(text)
    while True:
        try:
            event = parser.get_event()
        except (ValueError, OverflowError) as fault:  # the pure parser on "\\Uffffffff"
            raise YAMLError(str(fault)) from fault
        yield event
        if isinstance(event, StreamEndEvent):
            return


class _GiveUp(Exception):
    """The rest of the file cannot be read; the problem is noted already."""


class _Open:
    """A list or mapping whose end has not come yet."""

    __slots__ = ("anchor", "entries", "event", "first", "height", "items", "key", "size")

    def __init__(self, event: Any) -> None:
        self.event = event
        self.anchor: str | None = event.anchor
        self.items: list[Node] = []
        self.entries: list[tuple[Scalar, Node]] = []
        self.first: dict[str, Scalar] = {}
        self.key: Node | None = None
        self.size = 1
        self.height = 1


class _Builder:
    def __init__(self, source: Source, problems: Problems) -> None:
        self.source = source
        self.problems = problems
        self.root: Node | None = None
        self.last: Scalar | None = None  # for the words about a fault right after it
        self.stack: list[_Open] = []
        self.documents = 0
        # Per anchor: its node with its size and height, aliases written out.
        self.anchors: dict[str, tuple[Node, int, int]] = {}
        self.total = 0

    def take(self, event: Any) -> None:
        """One event, which makes, opens or closes a node or does nothing."""
        kind = type(event)
        if kind is ScalarEvent:
            self.scalar(event)
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            self.open(event)
        elif kind.__name__ in ("MappingEndEvent", "SequenceEndEvent"):
            self.close(event)
        elif kind is AliasEvent:
            self.alias(event)
        elif kind is DocumentStartEvent:
            self.documents += 1
            if self.documents > 1:
                self.problems.add(
                    "several-documents",
                    "a second document begins here",
                    self.span(event),
                    "a file holds one game: remove the line '---'",
                )
                raise _GiveUp

    # Nodes

    def scalar(self, event: Any) -> None:
        start, end, style = event.start_mark.index, event.end_mark.index, event.style
        if event.anchor is not None or event.tag is not None:
            self.refuse_tag(event)
            start = self.after_properties(start, end)
        text: str = event.value
        span = Span(event.start_mark.line + 1, event.start_mark.column + 1, max(len(text), 1))
        if start != event.start_mark.index or end - start != len(text):
            span = self.source.span(start, end)
        scalar = Scalar(
            text, span, style in ("'", '"'), style in ("|", ">"), self.source, start, end
        )
        if style == '"' and not text.isprintable():
            self.check_escapes(scalar)
        self.last = scalar
        self.add(scalar, 1, 0, event.anchor)

    def open(self, event: Any) -> None:
        if event.tag is not None:
            self.refuse_tag(event)
        self.check_depth(len(self.stack) + 1, event)
        self.stack.append(_Open(event))
        if event.anchor is not None:
            # Until it is complete, no alias can stand for it; not even for an earlier namesake.
            self.anchors.pop(event.anchor, None)

    def close(self, event: Any) -> None:
        opened = self.stack.pop()
        start = opened.event.start_mark
        length = event.end_mark.column - start.column if event.end_mark.line == start.line else 1
        span = Span(start.line + 1, start.column + 1, max(length, 1))
        node: Node
        if type(event) is SequenceEndEvent:
            node = Sequence(tuple(opened.items), span)
        else:
            node = Mapping(tuple(opened.entries), span)
        self.add(node, opened.size, opened.height, opened.anchor)

    def alias(self, event: Any) -> None:
        known = self.anchors.get(event.anchor)
        if known is None:
            inside = any(opened.anchor == event.anchor for opened in self.stack)
            self.problems.add(
                "recursive-alias" if inside else "undefined-alias",
                f"*{event.anchor} stands inside itself"
                if inside
                else f"no '&{event.anchor}' comes before '*{event.anchor}'",
                self.span(event),
                "a formula that begins with * is put in quotes" if not inside else "",
            )
            known = (Scalar("", self.span(event)), 1, 0)
        node, size, height = known
        self.check_depth(len(self.stack) + height, event)
        self.add(node, size, height, None, event)

    def add(
        self, node: Node, size: int, height: int, anchor: str | None, alias: Any = None
    ) -> None:
        """Put a complete node where it belongs."""
        if anchor is not None:
            self.anchors[anchor] = (node, size, height)
        # A closed list was counted as its parts came in.
        self.total += size if alias is not None else 1
        if self.total > MAX_NODES:
            self.problems.add(
                "too-many-nodes",
                f"this file has more than {MAX_NODES:,} parts, aliases written out",
                self.span(alias) if alias is not None else node.span,
            )
            raise _GiveUp
        if not self.stack:
            self.root = node
            return
        above = self.stack[-1]
        above.size += size
        above.height = max(above.height, height + 1)
        if type(above.event) is SequenceStartEvent:
            above.items.append(node)
        elif above.key is None:
            above.key = node
        else:
            key, above.key = above.key, None
            self.entry(above, key, node)

    def entry(self, above: _Open, key: Node, value: Node) -> None:
        """Put a pair into its mapping, unless the key cannot be one."""
        if not isinstance(key, Scalar):
            kind = "list" if isinstance(key, Sequence) else "mapping"
            self.problems.add(
                "key-not-text",
                f"a {kind} cannot be a key",
                key.span,
                "put a key with brackets in quotes",
            )
        elif key.text == "<<" and not key.quoted:
            self.problems.add(
                "merge-key",
                "merge keys ('<<') are not read",
                key.span,
                "write the entries out, or use 'extends:' for a variant of a file",
            )
        elif not key.text and not key.quoted:
            self.problems.add("empty-key", "a key is missing before ':'", key.span)
        elif key.text in above.first:
            line = above.first[key.text].span.line
            self.problems.add(
                "duplicate-key",
                f"'{key.text}' is given twice",
                key.span,
                f"it is given first on line {line}",
            )
        else:
            above.first[key.text] = key
            above.entries.append((key, value))

    # Checks

    def check_depth(self, depth: int, event: Any) -> None:
        if depth > MAX_DEPTH:
            self.problems.add(
                "too-deep",
                f"more than {MAX_DEPTH} lists or mappings are nested in each other",
                self.span(event),
            )
            raise _GiveUp

    def refuse_tag(self, event: Any) -> None:
        if event.tag is None:
            return
        start: int = event.start_mark.index
        place = self.source.text.find("!", start)
        end = place
        while end < len(self.source.text) and not self.source.text[end].isspace():
            end += 1
        self.problems.add(
            "yaml-tag",
            f"'{self.source.text[place:end]}' is a YAML tag; tags are not read",
            self.source.span(place, end),
            "remove it, or put the whole text in quotes",
        )

    def after_properties(self, start: int, end: int) -> int:
        """Where the content begins after an anchor (``&name``) or a tag."""
        text = self.source.text
        while start < end and text[start] in "&!":
            while start < end and not text[start].isspace():
                start += 1
            while start < end and text[start].isspace():
                start += 1
        return start

    def check_escapes(self, scalar: Scalar) -> None:
        """An escape can smuggle in what decoding refused."""
        for offset, character in enumerate(scalar.text):
            code = ord(character)
            if (
                (code < 32 and character not in "\t\n\r")
                or 127 <= code < 160
                or (0xD800 <= code < 0xE000)
            ):
                self.problems.add(
                    "control-character",
                    f"the control character U+{code:04X} cannot stand in a game file",
                    scalar.span_at(offset),
                )
                return

    def span(self, event: Any) -> Span:
        return self.source.span(event.start_mark.index, event.end_mark.index)
