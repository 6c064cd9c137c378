"""Labels that break careless renderers, and games that wear them."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from alliance_games.model.extensive import ExtensiveGame
from alliance_games.model.normal import NormalGame
from alliance_games.model.tree_builder import Chance, Move, Terminal
from alliance_games.model.tree_builder import build as build_tree
from alliance_games.report.blocks import Document
from alliance_games.report.build import build
from tests.report.studies import answered

NASTY = (
    "Escalate [resolved]", "[bold]Attack[/bold]", "[/]", ":smile:", "a\\b", "\\[x]", "同盟国",
    "日本 の 防衛", "No treaty | none", "**bold** _it_", "<b>x</b> & co", "`code`", "$x^2$",
    "1. first", "# heading", "- item", "> quote", "~~gone~~", "supercalifragilisticexpialidocious",
    "=1+1", "Ünïcødé", "tab\there", "two\nlines", "bell\x07", "red \x1b[31malert\x1b[0m",
    "a\u202eb", "C:\\new\\table", "{braces} %s {0}", "e\u0301", "'quoted' \"twice\"",
)  # fmt: skip

labels = st.sampled_from(NASTY) | st.text(
    st.characters(min_codepoint=32, exclude_categories=("Cs", "Cn", "Co", "Zs", "Mn", "Me", "Cf")),
    min_size=1,
    max_size=30,
)

payoffs = st.fractions(-9, 9, max_denominator=12)


@st.composite
def games(draw: st.DrawFn) -> NormalGame:
    """Two-player games with nasty names for players and strategies."""
    names = draw(st.lists(labels, min_size=2, max_size=2, unique=True))
    shape = draw(st.tuples(st.integers(1, 3), st.integers(1, 3)))
    strategies = [draw(st.lists(labels, min_size=n, max_size=n, unique=True)) for n in shape]
    cells = st.lists(payoffs, min_size=shape[0] * shape[1], max_size=shape[0] * shape[1])
    tables: list[list[Fraction]] = [draw(cells), draw(cells)]
    return NormalGame.from_payoffs(
        names, strategies, lambda p: [table[p[0] * shape[1] + p[1]] for table in tables]
    )


def wearing(name: str) -> NormalGame:
    """A stag hunt in which a player and everybody's strategies wear the name."""
    table = [[4, 0], [3, 3]]
    strategies = ((name, f"not {name}"), (name, f"not {name}"))
    columns = [list(column) for column in zip(*table, strict=True)]
    return NormalGame.from_matrices(table, columns, (name, "Jack"), strategies)


def report(game: NormalGame) -> Document:
    """The report on a game's pure equilibria, dominance and security."""
    return build(answered(game, title="A game", concepts=["pure-nash", "dominance", "maxmin"]))


def names_of(game: NormalGame) -> list[str]:
    return [*game.players, *(name for names in game.strategies for name in names)]


def tree_wearing(name: str) -> ExtensiveGame:
    """A signalling game in which a player, a type, a message and a response wear the name."""

    def answer(kind: int, said: int) -> Move:
        ends = (Terminal((kind + said, 1 - kind)), Terminal((3 + kind - said, kind)))
        return Move(1, (name, f"not {name}"), ends, f"after {said}")

    def sender(kind: int) -> Move:
        return Move(0, (name, f"not {name}"), (answer(kind, 0), answer(kind, 1)), f"{name} {kind}")

    root = Chance((name, f"not {name}"), (Fraction(1, 3), Fraction(2, 3)), (sender(0), sender(1)))
    return build_tree((name, "Jack"), root, lambda state: state)


def tree_report(game: ExtensiveGame) -> Document:
    """The report on all sequential equilibria of a tree."""
    return build(answered(game, title="A tree", concepts=["sequential"]))
