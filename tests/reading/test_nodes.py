"""Nodes: what was written, and where; and every fault of YAML in plain words."""

from __future__ import annotations

import time
from typing import NamedTuple

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from alliance_games.exact.span import Span
from alliance_games.model.problems import Problem
from alliance_games.reading.formula import FormulaError, read_formula
from alliance_games.reading.nodes import Mapping, Node, Scalar, Sequence, read_nodes


def read(text: str) -> Node:
    node, problems = read_nodes(text.encode(), "game.yaml")
    assert node is not None and problems == []
    return node


def scalar(text: str) -> Scalar:
    node = read(text)
    assert isinstance(node, Mapping)
    value = node.entries[0][1]
    assert isinstance(value, Scalar)
    return value


def faults(text: str | bytes) -> list[Problem]:
    data = text if isinstance(text, bytes) else text.encode()
    _, problems = read_nodes(data, "game.yaml")
    return problems


def plain(node: Node) -> object:
    """The tree as Python's own lists, dictionaries and texts."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.entries}


# What was written


def test_text_is_what_was_typed() -> None:
    node = read(
        "answer: yes\nnumber: 010\nrate: 0.1\nnothing: null\nnone:\ntilde: ~\ndate: 2001-01-01\n"
        "list: [on, No, 1e3]\ninline: {a: 1, b: '2'}\n"
    )
    assert plain(node) == {
        "answer": "yes", "number": "010", "rate": "0.1", "nothing": "null", "none": "",
        "tilde": "~", "date": "2001-01-01", "list": ["on", "No", "1e3"],
        "inline": {"a": "1", "b": "2"},
    }  # fmt: skip


def test_quotes_and_blocks_are_remembered() -> None:
    node = read("a: x\nb: 'x'\nc: \"x\"\nd: |\n  x\ne: >-\n  x\n")
    assert isinstance(node, Mapping)
    values = [value for _, value in node.entries if isinstance(value, Scalar)]
    assert [value.quoted for value in values] == [False, True, True, False, False]
    assert [value.block for value in values] == [False, False, False, True, True]


def test_get() -> None:
    node = read("a: 1\nb: 2\n")
    assert isinstance(node, Mapping)
    value = node.get("b")
    assert isinstance(value, Scalar) and value.text == "2"
    assert node.get("c") is None


def test_spans() -> None:
    node = read("players: [Alice, 'Jack']\npayoffs:\n  Stag, Stag: 4, 4\n")
    assert isinstance(node, Mapping)
    (players, names), (_, table) = node.entries
    assert isinstance(names, Sequence) and isinstance(table, Mapping)
    assert node.span == Span(1, 1)
    assert players.span == Span(1, 1, 7)
    assert names.span == Span(1, 10, 15)
    assert [item.span for item in names.items] == [Span(1, 11, 5), Span(1, 18, 6)]
    assert table.span == Span(3, 3)
    assert table.entries[0][0].span == Span(3, 3, 10)
    assert table.entries[0][1].span == Span(3, 15, 4)


def test_columns_count_characters() -> None:
    node = read("é🂡: [λ, x]\n")
    assert isinstance(node, Mapping)
    assert node.entries[0][0].span == Span(1, 1, 2)
    value = node.entries[0][1]
    assert isinstance(value, Sequence)
    assert value.items[1].span == Span(1, 9, 1)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_however_they_end(end: str) -> None:
    node = read(end.join(["a: 1", "", "b: |", "  x", "  yz", "c: 2", ""]))
    assert isinstance(node, Mapping)
    assert [key.span.line for key, _ in node.entries] == [1, 3, 6]
    block = node.entries[1][1]
    assert isinstance(block, Scalar)
    assert [(line.text, line.span) for line in block.lines()] == [
        ("x", Span(4, 3, 1)), ("yz", Span(5, 3, 2)),
    ]  # fmt: skip


def test_a_byte_order_mark_and_a_version_line_do_not_shift_columns() -> None:
    node, problems = read_nodes(b"\xef\xbb\xbfa: 1\n", "f")
    assert isinstance(node, Mapping) and node.entries[0][0].span == Span(1, 1, 1)
    assert problems == []
    assert plain(read("%YAML 1.2\n---\na: 1\n")) == {"a": "1"}


def test_names_are_composed_so_that_they_compare_alike() -> None:
    assert plain(read("e\u0301: e\u0301\n")) == {"é": "é"}


# Places inside scalars


class Inside(NamedTuple):
    """A scalar's YAML, a word in its text, and where the word stands in the file."""

    yaml: str
    word: str
    place: Span


INSIDE = [
    Inside("a: stag - rabbit\n", "rabbit", Span(1, 11, 6)),
    Inside("a: 'stag - rabbit'\n", "rabbit", Span(1, 12, 6)),
    Inside("a: 'it''s x'\n", "x", Span(1, 11, 1)),
    Inside('a: "\\u0041\\t\\x42 c"\n', "c", Span(1, 18, 1)),
    Inside('a: "say \\"no\\" x"\n', '"no"', Span(1, 9, 5)),
    Inside("a: one\n  two three\n", "two", Span(2, 3, 3)),
    Inside("a: one\n\n\n    two\n", "two", Span(4, 5, 3)),
    Inside("a: 'one\n  two'\n", "two", Span(2, 3, 3)),
    Inside('a: "one\\\n  two"\n', "two", Span(2, 3, 3)),
    Inside("a: |\n  one\n    two\n", "two", Span(3, 5, 3)),
    Inside("a: |-  # a comment\n\n  one\n  two\n", "two", Span(4, 3, 3)),
    Inside("a: >\n  one\n  two\n\n  three\n", "three", Span(5, 3, 5)),
    Inside("a: |2\n    one\n", "one", Span(2, 5, 3)),
    Inside("a: &x stag - rabbit\n", "rabbit", Span(1, 14, 6)),
    Inside("a: &x 'stag - rabbit'\n", "rabbit", Span(1, 15, 6)),
    Inside("a: &x |\n  one\n  two\n", "two", Span(3, 3, 3)),
    Inside("a: &x\n  one\n", "one", Span(2, 3, 3)),
]


@pytest.mark.parametrize("inside", INSIDE)
def test_a_word_inside_a_scalar_is_found(inside: Inside) -> None:
    value = scalar(inside.yaml)
    offset = value.text.index(inside.word)
    assert value.span_at(offset, len(inside.word)) == inside.place
    part = value.part(offset, offset + len(inside.word))
    assert (part.text, part.span) == (inside.word, inside.place)


def test_a_formula_over_two_lines_knows_its_columns() -> None:
    value = scalar("a: >-\n  stag -\n    rabit?\n")
    with pytest.raises(FormulaError) as caught:
        read_formula(value.text, value.span_at)
    assert caught.value.span == Span(3, 10, 1)
    tree = read_formula(value.text[:-1], value.span_at)
    assert tree.span == Span(2, 3, 6)  # cut off at its first line's end


def test_places_beyond_the_text_are_at_its_end() -> None:
    assert scalar("a: 12\n").span_at(2) == Span(1, 6, 1)
    assert scalar("a: |\n  12\n\nb: c\n").span_at(4) == Span(2, 5, 1)
    assert scalar("a: |\n  12\n\nb: c\n").span_at(9) == Span(2, 5, 1)
    assert scalar('a: ""\n').span_at(0) == Span(1, 5, 1)
    assert scalar("a:\nb: 1\n").span == Span(1, 3, 1)
    assert Scalar("made in memory", Span(3, 4)).span_at(2, 3) == Span(3, 6, 3)


def test_parts_of_parts_know_their_places() -> None:
    table = scalar("matrix: |\n  A \\ B | Stag\n  Stag  | 4, 4\n")
    second = table.lines()[1]
    assert (second.text, second.span) == ("Stag  | 4, 4", Span(3, 3, 12))
    cell = second.part(second.text.index("|") + 1, len(second.text))
    assert (cell.text, cell.span) == ("4, 4", Span(3, 11, 4))
    assert cell.part(2, 99).span == Span(3, 14, 1)
    assert scalar("a: 'b | c'\n").part(3, 5).span == Span(1, 9, 1)


@given(st.text("ab '\"\\\n\tλ:#-", min_size=1, max_size=30), st.sampled_from("'\"|>"))
def test_every_character_written_by_yaml_is_found_again(text: str, style: str) -> None:
    dumped = yaml.dump({"k": text}, default_style=style, width=20, allow_unicode=True)
    node, problems = read_nodes(dumped.encode(), "f")
    assert problems == [] and isinstance(node, Mapping)
    value = node.entries[0][1]
    assert isinstance(value, Scalar) and value.text == text
    lines = dumped.splitlines()
    for offset, character in enumerate(text):
        span = value.span_at(offset)
        shown = lines[span.line - 1][span.column - 1 :]
        if character not in " \n\t":
            assert shown.startswith(character) or shown.startswith("\\")


# Anchors


def test_an_alias_is_the_node_of_its_anchor() -> None:
    node = read("a: &x {b: 1}\nc: *x\nd: [*x, &y z, *y]\n*y : 3\n")
    assert isinstance(node, Mapping)
    assert node.get("c") is node.get("a")
    assert plain(node) == {"a": {"b": "1"}, "c": {"b": "1"}, "d": [{"b": "1"}, "z", "z"], "z": "3"}


def test_a_later_anchor_hides_an_earlier_one() -> None:
    assert plain(read("- &x 1\n- *x\n- &x 2\n- *x\n")) == ["1", "1", "2", "2"]


# Faults: code, place, words


@pytest.mark.parametrize(
    ("text", "code", "place", "message", "hint"),
    [
        ("", "empty-file", (1, 1, 1), "this file is empty", "a game file begins with 'game:'"),
        ("# nothing\n", "empty-file", (1, 1, 1), "this file is empty", ""),
        ("---\n", "empty-file", (1, 1, 1), "this file is empty", ""),
        ("a:\n\tb: 1\n", "tab", (2, 1, 1), "a tab is used for indentation; YAML wants spaces",
         "replace each tab by spaces"),
        ("a:\n  b: 1\n\tc: 2\n", "tab", (3, 1, 1), "a tab is used", ""),
        ("- \ta: 1\n", "tab", (1, 3, 1), "a tab stands here", ""),
        ('a: "abc\nb: 1\n', "yaml-syntax", (1, 4, 1), "this quote is never closed",
         "add the closing quote"),
        ("a: 'abc\n", "yaml-syntax", (1, 4, 1), "this quote is never closed", ""),
        ('a: "abc\nb: "def"\n', "yaml-syntax", (2, 5, 1),
         "the quoted text that begins on line 1 ends before this",
         "a quote on an earlier line may not be closed"),
        ('a: "\\q"\n', "yaml-syntax", (1, 5, 2), "'\\q' has no meaning in double quotes",
         "in single quotes a backslash is itself"),
        ('a: "x" == y\n', "yaml-syntax", (1, 8, 1), "text stands after the closing quote",
         "put the whole text in single quotes"),
        ('a: "No\\0"\n', "control-character", (1, 7, 1), "U+0000", ""),
        ("a: [1, 2\nb: 3\n", "yaml-syntax", (1, 4, 1), "this '[' is never closed", "add ']'"),
        ("a: {x: 1\n", "yaml-syntax", (1, 4, 1), "this '{' is never closed", "add '}'"),
        ("a: [1, 2}\n", "yaml-syntax", (1, 9, 1), "',' or ']' is wanted here, not '}'", ""),
        ("a: [1, 2]]\n", "yaml-syntax", (1, 10, 1), "this ']' closes nothing", ""),
        ("a: [1,,2]\n", "yaml-syntax", (1, 7, 1), "something is missing before this ','", ""),
        ("a: {b: c: d}\n", "yaml-syntax", (1, 9, 1), "a second ':' stands in one entry", ""),
        ("a: b: c\n", "yaml-syntax", (1, 5, 1), "a second ': ' stands in one line",
         "put the text in quotes"),
        ("- Walt: origins: of\n", "yaml-syntax", (1, 16, 1), "a second ': ' stands in one", ""),
        ("a: 1\n  b: 2\n", "yaml-syntax", (2, 3, 4), "indented more than the one above",
         "lines that belong together begin in the same column"),
        ("a:\n    b: 1\n  c: 2\n", "yaml-syntax", (3, 3, 4), "a column that fits none", ""),
        ("  a: 1\nb: 2\n", "yaml-syntax", (2, 1, 4), "a column that fits none", ""),
        ("a: 1\nfoo\nb: 2\n", "yaml-syntax", (2, 1, 3), "this line has no ':'",
         "write it as 'key: value'"),
        ("foo bar\nb: 2\n", "yaml-syntax", (1, 1, 7), "the line before an entry has no ':'", ""),
        ("p:\n  A, B: - cost, 1\n", "yaml-syntax", (2, 9, 1),
         "a list cannot begin in the middle of a line", "no space after it: -cost, 1"),
        ("a: 1\n- b\n", "yaml-syntax", (2, 1, 1), "a list item stands among entries", ""),
        ("- b\na: 1\n", "yaml-syntax", (2, 1, 1), "an entry stands among list items",
         "begin it with '- '"),
        ("a: > 3\n", "yaml-syntax", (1, 4, 1), "in YAML '>' announces text",
         "a formula that begins with > is put in quotes"),
        ("a: | x\n", "yaml-syntax", (1, 4, 1), "in YAML '|' announces text",
         "begin the text on the next line"),
        ("a: @x\n", "yaml-syntax", (1, 4, 1), "'@' cannot begin a text", "put the text in quotes"),
        ("a: %x\n", "yaml-syntax", (1, 4, 1), "'%' cannot begin a text", ""),
        ("a: ? b\n", "yaml-syntax", (1, 4, 1), "'?' at the beginning", ""),
        (": a\n", "yaml-syntax", (1, 1, 1), "a key is missing before this ':'", ""),
        ("{: a}\n", "yaml-syntax", (1, 2, 1), "something is missing before this ':'", ""),
        ("?\n: x\n", "empty-key", (1, 2, 1), "a key is missing before ':'", ""),
        ("a: * x\n", "yaml-syntax", (1, 4, 1), "a value that begins with '*'",
         "put the whole text in quotes"),
        ("a: & x\n", "yaml-syntax", (1, 4, 1), "a value that begins with '&'", ""),
        ("a: *x\n", "undefined-alias", (1, 4, 2), "no '&x' comes before '*x'",
         "a formula that begins with * is put in quotes"),
        ("a: &x [1, *x]\n", "recursive-alias", (1, 11, 2), "*x stands inside itself", ""),
        ("a: !!python/object:os.system x\n", "yaml-tag", (1, 4, 25),
         "'!!python/object:os.system' is a YAML tag; tags are not read", "remove it"),
        ("a: &x !foo [b]\n", "yaml-tag", (1, 7, 4), "'!foo' is a YAML tag", ""),
        ("a: !x!y z\n", "yaml-tag", (1, 4, 1), "is a YAML tag", "put the text in quotes"),
        ("a: {b: 1, <<: {c: 2}}\n", "merge-key", (1, 11, 2), "merge keys", "extends:"),
        ("? [a, b]\n: c\n", "key-not-text", (1, 3, 6), "a list cannot be a key", "in quotes"),
        ("{[a]: c}\n", "key-not-text", (1, 2, 3), "a list cannot be a key", ""),
        ("a: 1\nb: 2\n'a': 3\n", "duplicate-key", (3, 1, 3), "'a' is given twice",
         "it is given first on line 1"),
        ("a: 1\n---\nb: 2\n", "several-documents", (2, 1, 3), "a second document begins",
         "remove the line '---'"),
        ("%YAML 2.0\n---\na: 1\n", "yaml-syntax", (1, 1, 1), "an instruction to YAML", ""),
        ("a: 1\nb: \0\n", "control-character", (2, 4, 1), "U+0000", "remove this invisible"),
        ("a: \x1b[31m\n", "control-character", (1, 4, 1), "U+001B", ""),
        ("a: b\n\u0080\n", "control-character", (2, 1, 1), "U+0080", ""),
        ("k" * 2_000 + ": 1\n", "yaml-syntax", (1, 2_001, 1), "longer than the 1,024", ""),
    ],
)  # fmt: skip
def test_faults(text: str, code: str, place: tuple[int, int, int], message: str, hint: str) -> None:
    (problem,) = faults(text)
    assert (problem.code, problem.span) == (code, Span(*place))
    assert message in problem.message and hint in problem.hint
    assert problem.file == "game.yaml"
    line = text.split("\n")[place[0] - 1]
    assert problem.source == (line if len(line) < 500 else "")


def test_bytes_that_are_not_utf8() -> None:
    (problem,) = faults("a: 1\nnom: été\n".encode("latin-1"))
    assert (problem.code, problem.span) == ("not-utf-8", Span(2, 6))
    assert problem.message == "the byte 0xE9 is not UTF-8 text"
    assert problem.hint == "save the file as UTF-8"
    assert problem.source == "nom: \ufffdt\ufffd"
    (problem,) = faults(b"\xef\xbb\xbfa: \xff")
    assert problem.span == Span(1, 4)
    (problem,) = faults("a: é\r\nb: ".encode() + b"\xc3")
    assert problem.span == Span(2, 4)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_is_recognised(encoding: str) -> None:
    (problem,) = faults("game: Stag hunt\n".encode(encoding))
    assert problem.code in ("not-utf-8", "control-character")
    assert problem.hint == "save the file as UTF-8"


def test_all_faults_at_once_in_the_order_of_the_file() -> None:
    problems = faults("a: 1\nb: !t 2\na: *x\n<<: 3\nc: {d: 1, d: 2}\n")
    assert [(problem.code, problem.span.line) for problem in problems] == [
        ("yaml-tag", 2), ("duplicate-key", 3), ("undefined-alias", 3), ("merge-key", 4),
        ("duplicate-key", 5),
    ]  # fmt: skip


def test_what_was_found_before_a_fault_of_yaml_is_kept() -> None:
    node, problems = read_nodes(b"a: 1\na: 2\nb: [\n", "f")
    assert node is None
    assert [problem.code for problem in problems] == ["duplicate-key", "yaml-syntax"]


def test_faulty_entries_do_not_take_the_others_with_them() -> None:
    node, problems = read_nodes(b"a: 1\na: 2\n<<: 3\nb: 4\n", "f")
    assert len(problems) == 2
    assert node is not None and plain(node) == {"a": "1", "b": "4"}


# Hostile files


def bomb(levels: int) -> bytes:
    lines = ["- &a0 [x, x, x, x, x, x, x, x, x, x]"]
    for level in range(levels):
        lines.append(f"- &a{level + 1} [{', '.join([f'*a{level}'] * 10)}]")
    return "\n".join(lines).encode()


@pytest.mark.parametrize(
    ("data", "code", "column"),
    [
        (b"[" * 100_000, "too-deep", {101, 1001}),  # libyaml's own limit may come first
        (b"[\n" * 100_000, "too-deep", 1),
        (b"{a: " * 100_000, "too-deep", 401),
        (b"- " * 100_000, "too-deep", 201),
        (b"? " * 100_000, "too-deep", 201),
        (
            b"- &a " + b"[" * 80 + b"]" * 80 + b"\n- " + b"[" * 40 + b"*a" + b"]" * 40,
            "too-deep",
            43,
        ),
        (bomb(9), "too-many-nodes", None),
        (b"a: " * 100_000, "yaml-syntax", 5),
        (b'"' + b"x\n\n" * 100_000, "yaml-syntax", 1),
        (b"!" * 100_000, "yaml-tag", 1),
        (b"a" * 10_000_001, "file-too-large", 0),
    ],
)
def test_hostile_files_end_quickly_in_a_problem(
    data: bytes, code: str, column: int | set[int] | None
) -> None:
    begin = time.process_time()
    (problem,) = faults(data)
    assert time.process_time() - begin < 2
    assert problem.code == code
    columns = {column} if isinstance(column, int) else column
    assert columns is None or problem.span.column in columns
    assert len(problem.source) <= 500


def test_as_deep_as_allowed() -> None:
    assert plain(read("[" * 100 + "]" * 100)) is not None
    assert [problem.code for problem in faults("[" * 101 + "]" * 101)] == ["too-deep"]


def test_thousands_of_faults_are_cut_off() -> None:
    problems = faults("a: 1\n" * 5_000)
    assert len(problems) == 201
    assert problems[-1].code == "too-many-problems"


yaml_pieces = st.sampled_from(
    ["a", "b", ":", ": ", "- ", "-", "\n", "\n  ", "  ", "\t", "[", "]", "{", "}", ",", "'", '"',
     "|\n", ">\n", "&x ", "*x", "!t ", "?", "? ", "#", "%", "---\n", "...\n", "<<", "\\", "é",
     "\r\n", "\u2028", "\x85", "~", "@", "`", "\0", "🂡", "\ufeff"]
)  # fmt: skip


@given(
    st.one_of(
        st.binary(max_size=80),
        st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")),
        st.lists(yaml_pieces, max_size=30).map(lambda pieces: "".join(pieces).encode()),
    )
)
@example(b"a: &x")
@example(b"\xef\xbb\xbf")
@example(b"a: !t")
@example(b"!t &x\n--- ")
@example(b'"\\ud800"')
def test_any_bytes_give_nodes_or_problems(data: bytes) -> None:
    node, problems = read_nodes(data, "f")
    assert node is not None or problems
    lines = data.decode("utf-8-sig", "replace").splitlines()
    for problem in problems:
        assert problem.message and problem.file == "f"
        assert problem.span.line <= len(lines) + 1
    stack = [node] if node is not None else []
    while stack:
        here = stack.pop()
        assert 1 <= here.span.line <= len(lines) + 1
        if isinstance(here, Scalar):
            assert here.span_at(0, len(here.text)).line >= here.span.line
            assert " ".join(part.text for part in here.lines()).split() == here.text.split()
        elif isinstance(here, Sequence):
            stack.extend(here.items)
        else:
            keys = [key.text for key, _ in here.entries]
            assert len(keys) == len(set(keys))
            stack.extend(value for _, value in here.entries)
            stack.extend(key for key, _ in here.entries)


@given(st.recursive(
    st.text("abλ 1:,", max_size=6),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text("abc", min_size=1), inner, max_size=4)
    ),
    max_leaves=20,
))  # fmt: skip
def test_trees_written_by_pyyaml_are_read_back(tree: object) -> None:
    text = yaml.safe_dump({"root": tree}, default_style='"', allow_unicode=True, sort_keys=False)
    assert plain(read(text)) == {"root": tree}


def test_the_pure_parser_says_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """PyYAML may be built without libyaml; its own parser then gives the events."""
    cases = [
        "a: 1\nb: [x, {y: z}]\n", "a:\n\tb: 1\n", 'a: "abc\n', "a: [1, 2\nb: 3\n", "a: b: c\n",
        "a: 1\n  b: 2\n", "a: 1\nfoo\nb: 2\n", "p:\n  A, B: - cost, 1\n", "a: > 3\n", "a: @x\n",
        "a: * x\n", "a: 'x' == y\n", "a: [1,,2]\n", "a: 1\n- b\n", "a: !t x\n", "a: {b: c: d}\n",
        "  a: 1\nb: 2\n", "a: |\n  x\n  y\n", "[" * 300,
    ]  # fmt: skip
    quick = [read_nodes(case.encode(), "f") for case in cases]
    monkeypatch.delattr(yaml, "CSafeLoader")
    for case, (node, problems) in zip(cases, quick, strict=True):
        slow_node, slow_problems = read_nodes(case.encode(), "f")
        assert (repr(slow_node), slow_problems) == (repr(node), problems)
    # It stumbles over such an escape with an error that is not its own.
    _, (problem,) = read_nodes(b'a: "\\Uffffffff"\n', "f")
    assert problem.code == "yaml-syntax"
