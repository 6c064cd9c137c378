"""What every part of the reader works with: one file's nodes, names and problems."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from alliance_games.exact.expression import Expression, is_plain, quoted
from alliance_games.exact.span import Span
from alliance_games.exact.words import did_you_mean, listed
from alliance_games.reading.calls import ANSWER_FUNCTIONS
from alliance_games.reading.contexts import ZERO, Context
from alliance_games.reading.formula import FUNCTIONS, OF_COALITIONS, read_formula, read_formulas
from alliance_games.reading.nodes import Mapping, Node, Problems, Scalar, Sequence
from alliance_games.reading.scope import Scope
from alliance_games.reading.tokens import FormulaError

_WITH_ANSWERS = FUNCTIONS | ANSWER_FUNCTIONS
_QUOTE_IT = "inside [ ] and { } a comma ends the item: put the whole text in quotes"
T = TypeVar("T")
_QUOTES = {'"': '"', "'": "'", "“": "”", "‘": "’"}


class Desk:
    """Reads nodes of one file, noting each fault and going on with what there is."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.scope = Scope(self.fault)

    @property
    def file(self) -> str:
        """The name of the file, as given."""
        return self.problems.source.file

    def fault(self, code: str, message: str, span: Span, hint: str = "") -> None:
        """Note a fault."""
        self.problems.add(code, message, span, hint)

    def warn(self, code: str, message: str, span: Span, hint: str = "") -> None:
        """Note what is allowed but may not be meant."""
        self.problems.add(code, message, span, hint, warning=True)

    # Nodes

    def mapping(self, node: Node, what: str, example: str = "") -> list[tuple[Scalar, Node]]:
        """The entries of a mapping; none, and a fault, where the node is something else."""
        if isinstance(node, Mapping):
            return list(node.entries)
        if not _is_empty(node):
            self.fault("wrong-shape", f"{what} is written as 'name: ...' pairs", node.span, example)
        else:
            self.fault("empty", f"nothing is written for {what}", node.span, example)
        return []

    def filled(self, node: Node, what: str, example: str = "") -> list[tuple[Scalar, Node]]:
        """Like ``mapping``, where an empty one says nothing and is a fault."""
        entries = self.mapping(node, what, example)
        if isinstance(node, Mapping) and not entries:
            self.fault("empty", f"nothing is written for {what}", node.span, example)
        return entries

    def text(self, node: Node, what: str) -> Scalar | None:
        """A scalar with some text in it."""
        if not isinstance(node, Scalar):
            self.fault("wrong-shape", f"{what} is one piece of text", node.span)
            return None
        if not node.text.strip() and not node.quoted:
            hint = _QUOTE_IT if self._is_cut_off(node) else ""
            self.fault("empty", f"nothing is written for {what}", node.span, hint)
            return None
        return node

    def _is_cut_off(self, node: Scalar) -> bool:
        """Whether nothing is there because YAML took what precedes a comma for a key."""
        text = self.problems.source.text
        return not text[: node.end()].rstrip().endswith(":") and text[node.end() :][:1] in (
            ",",
            "}",
        )

    def prose(self, node: Node, what: str) -> str:
        """Text for a reader; '' where there is none."""
        found = self.text(node, what)
        return found.text.strip() if found else ""

    def items(self, node: Node, what: str, example: str = "") -> list[Node]:
        """The items of a list; a single piece of text counts as a list of one."""
        if isinstance(node, Sequence):
            return list(node.items)
        if isinstance(node, Scalar) and not _is_empty(node):
            return [node]
        if _is_empty(node):
            self.fault("empty", f"nothing is written for {what}", node.span, example)
        else:
            self.fault("wrong-shape", f"a list is needed for {what}", node.span, example)
        return []

    def names(self, node: Node, what: str, of: str) -> list[Scalar]:
        """A list of different names (``of`` says of what)."""
        example = "as in [First, Second]"
        if isinstance(node, Scalar) and "," in node.text and not node.quoted:
            self.fault(
                "wrong-shape", f"a list is needed for {what}", node.span, f"write [{node.text}]"
            )
            return []
        if isinstance(node, Sequence) and not node.items:
            self.fault("empty", f"nothing is written for {what}", node.span, example)
        found: dict[str, Scalar] = {}
        alike: dict[str, str] = {}
        for item in self.items(node, what, example):
            name = self.text(item, f"the name of a {of}")
            if name is None:
                continue
            self._check_name(name, of)
            if name.text in found:
                first = found[name.text].span.line
                message = f"there are two {_plural(of)} called '{name.text}'"
                self.fault("doubled-name", message, name.span, f"the first is in line {first}")
                continue
            found[name.text] = name
            other = alike.setdefault(name.text.casefold(), name.text)
            if other != name.text:
                message = f"the {_plural(of)} '{other}' and '{name.text}' differ only by case"
                self.warn("similar-names", message, name.span)
        return list(found.values())

    def _check_name(self, name: Scalar, of: str) -> None:
        """A name is one line, and there are quotes that it leaves to formulas."""
        if len(name.text.splitlines()) != 1 or not name.text.strip():
            self.fault("bad-name", f"the name of a {of} is one line of text", name.span)
        elif not is_plain(name.text):
            try:
                quoted(name.text)
            except ValueError:
                message = f"with so many kinds of quotes no formula can name this {of}"
                self.fault("bad-name", message, name.span)

    def choose(
        self, key: Scalar, known: Iterable[str], code: str, what: str, hint: str = ""
    ) -> str | None:
        """The key's text where it is known; else a fault that lists what is."""
        names = list(known)
        if key.text in names:
            return key.text
        self.unknown(key, names, code, what, hint)
        return None

    def unknown(self, key: Scalar, known: list[str], code: str, what: str, hint: str = "") -> None:
        """Note that a name is none of those known (``what``: ``strategy of Alice``)."""
        near = did_you_mean(key.text, known)
        hint = near or hint or (f"there are {listed(known)}" if known else "")
        kind, of, owner = what.partition(" of ")
        whose = f"{owner} has no {kind}" if of else f"there is no {what}"
        self.fault(code, f"{whose} '{key.text}'", key.span, hint)

    # Formulas

    def formula(self, node: Node, context: Context, what: str = "a formula") -> Expression:
        """One formula, checked and with definitions written out; zero where it is faulty."""
        text = self.text(node, what)
        if text is None:
            return ZERO
        expression = self.parsed(text, context)
        return ZERO if expression is None else self.scope.ready(expression, context)

    def parsed(self, text: Scalar, context: Context | None = None) -> Expression | None:
        """One formula as it is written, its names not yet looked at; None where it is faulty."""
        functions = _WITH_ANSWERS if context is not None and context.answers else FUNCTIONS
        if self.scope.types:
            functions |= {"type"}
        about_pairs = context is not None and (context.coalition or context.pair)
        if self.scope.coalitions or about_pairs:
            functions |= OF_COALITIONS
        return self.attempt(lambda: read_formula(text.text, text.span_at, functions), text)

    def formulas(self, text: Scalar, context: Context) -> tuple[Expression, ...] | None:
        """Formulas separated by commas, ready; None where they cannot be read."""
        functions = FUNCTIONS | {"type"} if self.scope.types else FUNCTIONS
        found = self.attempt(lambda: read_formulas(text.text, text.span_at, functions), text)
        if found is None:
            return None
        return tuple([self.scope.ready(expression, context) for expression in found])

    def attempt(self, read: Callable[[], T], text: Scalar | None = None) -> T | None:
        """What ``read`` gives, or None and its fault noted."""
        try:
            return read()
        except FormulaError as error:
            hint = error.hint
            if text is not None and self._is_cut_short(text):
                hint = _QUOTE_IT
            self.fault(error.code, error.message, error.span, hint)
            return None

    def _is_cut_short(self, text: Scalar) -> bool:
        """Whether YAML ended the text at a comma within a formula's brackets."""
        after = self.problems.source.text[text.end() :].lstrip()
        return (
            not text.quoted
            and after.startswith(",")
            and text.text.count("(") > text.text.count(")")
        )


def split_names(text: Scalar) -> list[Scalar]:
    """``Stag, "No treaty"``: the names between the commas, without their quotes."""
    parts: list[Scalar] = []
    start, closing = 0, ""
    for position, character in enumerate(text.text):
        if closing:
            closing = "" if character == closing else closing
        elif character in _QUOTES and not text.text[start:position].strip():
            closing = _QUOTES[character]
        elif character == ",":
            parts.append(unquoted(text.part(start, position)))
            start = position + 1
    parts.append(unquoted(text.part(start, len(text.text))))
    return parts


def unquoted(part: Scalar) -> Scalar:
    """The name without the quotes around it, if there are any."""
    text = part.text
    if len(text) >= 2 and text[0] in _QUOTES and text[-1] == _QUOTES[text[0]]:
        return part.part(1, len(text) - 1)
    return part


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and not node.text.strip()


def _plural(noun: str) -> str:
    return noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
