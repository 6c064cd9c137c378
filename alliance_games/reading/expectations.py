"""The lines of ``expect:``, read into typed records; nothing is decided here."""

from __future__ import annotations

from collections.abc import Collection

from alliance_games.exact.expression import Compare, Expression, Logic, Name, Not
from alliance_games.exact.words import did_you_mean, nearest
from alliance_games.model.expectations import Expectation, Leaf, Listing, Wanted
from alliance_games.reading.answers import AnswerReader
from alliance_games.reading.contexts import ASSUMPTION, CLAIM, PLAIN, Context
from alliance_games.reading.desk import Desk
from alliance_games.reading.nodes import Mapping, Node, Scalar, Sequence

FORMS = (
    "equilibrium",
    "not equilibrium",
    "count",
    "unique",
    "never",
    "increasing",
    "decreasing",
    "constant",
    "compare",
)
"""What a line can begin with besides the name of a concept."""

MODIFIERS = ("when", "in scenario", "in game", "as", "at", "may be")
"""What can follow in a line."""


def read_expectations(
    desk: Desk,
    node: Node,
    answers: AnswerReader,
    scenarios: Collection[str],
    known_concepts: Collection[str] | None,
    named: Collection[str] = (),
) -> tuple[Expectation, ...]:
    """Every line, in order; a ``count`` of several concepts gives a record for each.

    ``named`` are names of equilibria that other lines give.
    """
    reader = _LineReader(desk, answers, scenarios, known_concepts)
    reader.names.update({name: Scalar(name, Leaf("").span) for name in named})
    items = desk.items(node, "'expect'", "as in  - pure-nash: [[Stag, Stag]]")
    reader.note_names(items)
    return tuple(expectation for item in items for expectation in reader.line(item))


class _Line:
    """One line while it is read: its head, and what its modifiers say."""

    def __init__(self, text: str, head: Scalar, node: Node) -> None:
        self.text, self.head, self.node = text, head, node
        self.values: dict[str, str] = {}
        self.when: Expression | None = None

    def expectation(self, form: str, **content: object) -> Expectation:
        """The record with what the modifiers say filled in."""
        return Expectation(
            form,
            self.text,
            self.head.span,
            when=self.when,
            scenario=self.values.get("in scenario"),
            game=self.values.get("in game"),
            name=self.values.get("as"),
            at=self.values.get("at"),
            may_be_undecided="may be" in self.values,
            **content,  # type: ignore[arg-type]
        )


class _LineReader:
    def __init__(
        self,
        desk: Desk,
        answers: AnswerReader,
        scenarios: Collection[str],
        known_concepts: Collection[str] | None,
    ) -> None:
        self.desk, self.answers = desk, answers
        self.scenarios, self.known_concepts = scenarios, known_concepts
        self.names: dict[str, Scalar] = {}

    def note_names(self, items: list[Node]) -> None:
        """The equilibria that lines name with ``as``."""
        for item in items:
            name = item.get("as") if isinstance(item, Mapping) else None
            if isinstance(name, Scalar):
                if name.text in self.names:
                    message = f"two lines name an equilibrium '{name.text}'"
                    first = f"the first is in line {self.names[name.text].span.line}"
                    self.desk.fault("doubled-name", message, name.span, first)
                self.names.setdefault(name.text, name)

    def line(self, node: Node) -> list[Expectation]:
        """The expectations of one line; none where it is faulty."""
        if not isinstance(node, Mapping) or not node.entries:
            message = "an expectation begins with a concept and what its answer is"
            self.desk.fault("wrong-shape", message, node.span, "as in  - nash: [[Stag, Stag]]")
            return []
        heads = [entry for entry in node.entries if entry[0].text not in MODIFIERS]
        if len(heads) != 1:
            self._heads(node, heads)
            return []
        line = _Line(_written(node), *heads[0])
        # What is said of another file's game is in that file's names.
        elsewhere = node.get("in game") is not None
        self.answers.elsewhere = elsewhere
        for key, value in node.entries:
            if key.text in MODIFIERS:
                self._modifier(line, key, value, elsewhere)
        return self._head(line)

    def _heads(self, node: Mapping, heads: list[tuple[Scalar, Node]]) -> None:
        if not heads:
            message = "this line says under which condition, but not what is expected"
            self.desk.fault("wrong-shape", message, node.entries[0][0].span)
            return
        second = heads[1][0]
        hint = did_you_mean(second.text, MODIFIERS) or "begin a line of its own with '- '"
        message = f"a line expects one thing; '{second.text}' is a second one"
        self.desk.fault("unknown-key", message, second.span, hint)

    def _modifier(self, line: _Line, key: Scalar, node: Node, elsewhere: bool) -> None:
        text = self.desk.text(node, f"'{key.text}'")
        if text is None:
            return
        match key.text:
            case "when":
                line.when = self._formula(text, ASSUMPTION, elsewhere)
                return
            case "in scenario" if not elsewhere:
                hint = "" if self.scenarios else "the file has no scenarios"
                self.desk.choose(text, self.scenarios, "unknown-scenario", "scenario", hint)
            case "may be" if text.text != "undecided":
                self.desk.unknown(text, ["undecided"], "unknown-value", "value")
            case "at":
                hint = "" if self.names else "name one with 'as:' in its own line"
                self.desk.choose(text, self.names, "unknown-equilibrium", "equilibrium", hint)
        line.values[key.text] = text.text.strip()

    def _formula(self, text: Scalar, context: Context, elsewhere: bool) -> Expression | None:
        expression = self.desk.parsed(text, context)
        if expression is None or elsewhere:
            return expression
        return self.desk.scope.ready(expression, context)

    # The forms

    def _head(self, line: _Line) -> list[Expectation]:
        match line.head.text:
            case "equilibrium" | "not equilibrium" | "never":
                return self._about_a_profile(line)
            case "count":
                return self._counts(line)
            case "unique":
                name = self.desk.text(line.node, "'unique'")
                if name is None or not self._is_concept(name):
                    return []
                return [line.expectation("unique", concept=name.text)]
            case "compare":
                return self._compare(line)
            case "increasing" | "decreasing" | "constant":
                return self._change(line)
        return self._concept(line)

    def _is_concept(self, name: Scalar, forms: tuple[str, ...] = ()) -> bool:
        known = self.known_concepts
        if known is None or name.text in known:
            return True
        what = "concept or form" if forms else "concept"
        hint = "'alliance-games concepts' lists the concepts"
        self.desk.unknown(name, sorted({*known, *forms}), "unknown-concept", what, hint)
        return False

    def _concept(self, line: _Line) -> list[Expectation]:
        if not self._is_concept(line.head, FORMS):
            return []
        name, node = line.head.text, line.node
        if isinstance(node, Scalar) and node.text == "none" and not node.quoted:
            return [line.expectation("concept", concept=name, none=True)]
        if isinstance(node, Mapping) and any(map(self._is_part, node.entries)):
            parts = {}
            for key, value in node.entries:
                if self.desk.choose(key, _PARTS, "unknown-key", "key") is not None:
                    parts[key.text] = _several(self.answers.answer(value, key.text, name))
            return [line.expectation("concept", concept=name, **parts)]
        return [line.expectation("concept", concept=name, content=self.answers.answer(node, name))]

    def _is_part(self, entry: tuple[Scalar, Node]) -> bool:
        """Whether a key is ``includes`` or ``excludes``, or meant to be."""
        name = entry[0].text
        named = (*self.answers.players, *self.answers.actions)
        return name in _PARTS or (name not in named and nearest(name, _PARTS) is not None)

    def _about_a_profile(self, line: _Line) -> list[Expectation]:
        form = line.head.text
        if form == "never":
            content = self.answers.action(line.node)
        else:
            content = self.answers.profile(line.node, form)
        return [] if content is None else [line.expectation(form, content=content)]

    def _counts(self, line: _Line) -> list[Expectation]:
        found = []
        for key, value in self.desk.filled(line.node, "'count'", "as in  count: {nash: 3}"):
            text = self.desk.text(value, "a count")
            if not self._is_concept(key) or text is None:
                continue
            number = self._formula(text, PLAIN, self.answers.elsewhere)
            found.append(line.expectation("count", concept=key.text, number=number))
        return found

    def _compare(self, line: _Line) -> list[Expectation]:
        text = self.desk.text(line.node, "'compare'")
        expression = text and self._formula(text, CLAIM, self.answers.elsewhere)
        if text is None or expression is None:
            return []
        if not isinstance(expression, Compare | Logic | Not):
            message = "this is a quantity, not a comparison"
            hint = "as in  compare: payoff(Alice) > payoff(Jack)"
            self.desk.fault("not-a-comparison", message, text.span, hint)
        return [line.expectation("compare", of=expression)]

    def _change(self, line: _Line) -> list[Expectation]:
        """``increasing: {of: "probability(Alice, Stag)", in: rabbit, at: mixed}``."""
        form, example = line.head.text, 'as in {of: "payoff(Alice)", in: stag}'
        parts: dict[str, Scalar] = {}
        for key, value in self.desk.mapping(line.node, f"'{form}'", example):
            text = self.desk.text(value, f"'{key.text}'")
            if self.desk.choose(key, ["of", "in", "at"], "unknown-key", "key") and text:
                parts[key.text] = text
        missing = [key for key in ("of", "in") if key not in parts]
        if missing:
            message = f"'{form}' does not say '{missing[0]}'"
            self.desk.fault("missing-key", message, line.head.span, example)
            return []
        if "at" in parts:
            self._modifier(line, _AT, parts["at"], self.answers.elsewhere)
        of = self._formula(parts["of"], CLAIM, self.answers.elsewhere)
        if not self.answers.elsewhere:
            self._check_parameter(parts["in"])
        if of is None:
            return []
        return [line.expectation(form, of=of, parameter=parts["in"].text)]

    def _check_parameter(self, text: Scalar) -> None:
        expression = self.desk.parsed(text)
        if isinstance(expression, Name) and expression.name not in self.desk.scope.parameters:
            known = list(self.desk.scope.parameters)
            self.desk.unknown(text, known, "unknown-parameter", "parameter")
        elif expression is not None:
            self.desk.scope.ready(expression, PLAIN)


_PARTS = ("includes", "excludes")
_AT = Scalar("at", Leaf("").span)


def _several(content: Wanted) -> tuple[Wanted, ...]:
    """A list of answers is several; a profile, or an answer by player, is one."""
    if isinstance(content, Listing) and not any(isinstance(one, Leaf) for one in content.items):
        return content.items
    return (content,)


def _written(node: Node) -> str:
    """The line in one line, as it would be written in braces and brackets."""
    if isinstance(node, Mapping):
        parts = [f"{_name(key)}: {_inner(value)}" for key, value in node.entries]
        return " ".join(parts)
    return _inner(node)


def _inner(node: Node) -> str:
    if isinstance(node, Mapping):
        return "{" + ", ".join(f"{_name(k)}: {_inner(v)}" for k, v in node.entries) + "}"
    if isinstance(node, Sequence):
        return "[" + ", ".join(map(_inner, node.items)) + "]"
    return _name(node)


def _name(node: Scalar) -> str:
    text = " ".join(node.text.split())
    return f'"{text}"' if any(sign in text for sign in ",[]{}:") else text
