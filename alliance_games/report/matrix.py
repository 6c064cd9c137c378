"""A game in normal form, drawn: matrices, slices, tables by counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from alliance_games.model.anonymous import AnonymousGame, count_vectors, number_of_count_vectors
from alliance_games.model.normal import NormalGame
from alliance_games.model.profiles import PureProfile
from alliance_games.report.blocks import (
    Block,
    Cell,
    Column,
    Facts,
    Matrix,
    Note,
    Payoff,
    Piece,
    Prose,
    Table,
    Text,
    text,
)
from alliance_games.report.words import beside, count, decimal, number, ordinal

MOST_CELLS = 400
"""A report draws games of up to so many profiles; beyond, the drawing would bury the answer."""

MOST_ROWS = 60
"""A table by counts shows up to so many rows."""

_LONG = 4
"""A fraction of so many characters gets a decimal beside it in a matrix."""


def draw_normal(
    game: NormalGame,
    equilibria: Iterable[PureProfile] | None = None,
    efficient: Iterable[PureProfile] | None = None,
    most: int = MOST_CELLS,
) -> list[Block]:
    """The game as matrices (two players, or one slice per strategy of a third), best replies
    marked; ``equilibria`` and ``efficient`` profiles are marked where they are known."""
    if len(game.players) > 3 or game.size > most:
        return [_summary(game, most)]
    marks = _Marks(game, equilibria, efficient)
    if len(game.players) == 1:
        return [_one_player(game, marks)]
    third = range(game.shape[2]) if len(game.players) == 3 else [None]
    blocks: list[Block] = [_matrix(game, marks, index) for index in third]
    return [*blocks, _legend(game, marks)]


class _Marks:
    """What is worth marking in the cells of one game."""

    def __init__(
        self,
        game: NormalGame,
        equilibria: Iterable[PureProfile] | None,
        efficient: Iterable[PureProfile] | None,
    ) -> None:
        self.game = game
        self.best = [best_replies(game, player) for player in range(len(game.players))]
        self.equilibria = frozenset(equilibria or ())
        self.efficient = frozenset(efficient or ())
        values = {
            Fraction(numerator, denominator)
            for table, denominator in zip(game.numerators, game.denominators, strict=True)
            for numerator in set(table)
        }
        self.decimals = any(beside(value) and len(number(value)) >= _LONG for value in values)
        self.ranks = [_ranks(table) for table in game.numerators] if game.ordinal else []

    def cell(self, profile: PureProfile) -> Cell:
        """The cell of one profile."""
        position = self.game.position(profile)
        payoffs = []
        for player, value in enumerate(self.game.payoffs(profile)):
            shown = (
                self.ranks[player][self.game.numerators[player][position]]
                if self.ranks
                else number(value)
            )
            decimals = ""
            if self.decimals and not self.ranks:
                decimals = beside(value) or decimal(value)[0]
            payoffs.append(Payoff(shown, decimals, position in self.best[player]))
        outcome = self.game.outcomes[position] if self.game.outcomes else ""
        return Cell(tuple(payoffs), profile in self.equilibria, profile in self.efficient, outcome)


def best_replies(game: NormalGame, player: int) -> frozenset[int]:
    """The positions of the profiles in which the player's strategy is a best reply."""
    table = game.numerators[player]
    stride, size = game.strides[player], game.shape[player]
    best: list[int] = []
    for start in range(game.size):
        if (start // stride) % size:
            continue
        line = range(start, start + stride * size, stride)
        most = max(table[position] for position in line)
        best.extend(position for position in line if table[position] == most)
    return frozenset(best)


def _ranks(table: Sequence[int]) -> dict[int, str]:
    """How each payoff ranks among all of them: ``1st`` is the best, ``2nd=`` shares its place."""
    shown, rank = {}, 1
    values = sorted(table, reverse=True)
    for value in dict.fromkeys(values):
        ties = values.count(value)
        shown[value] = f"{ordinal(rank)}{'=' if ties > 1 else ''}"
        rank += ties
    return shown


def _matrix(game: NormalGame, marks: _Marks, third: int | None) -> Matrix:
    tail = () if third is None else (third,)
    rows, columns = game.strategies[0], game.strategies[1]
    cells = tuple(
        tuple(marks.cell((row, column, *tail)) for column in range(len(columns)))
        for row in range(len(rows))
    )
    caption: Text = ()
    if third is not None:
        caption = text(
            Piece(game.players[2], "third"), " plays ", Piece(game.strategies[2][third], "strong")
        )
    return Matrix(game.players[0], game.players[1], rows, columns, cells, caption)


def _legend(game: NormalGame, marks: _Marks) -> Prose:
    what = "ranks (1st is the best)" if game.ordinal else "payoffs"
    roles = ("first", "second", "third")
    parts: list[str | Piece] = [f"Cells: {what} of "]
    for index, player in enumerate(game.players):
        parts += [", " if index else "", Piece(player, roles[index])]
    parts += [Piece(".  "), Piece("*", "best-reply"), " best reply"]
    if marks.equilibria:
        parts += [" · ", Piece("boxed", "equilibrium"), " pure Nash equilibrium"]
    if marks.efficient:
        parts += [" · ° Pareto-efficient"]
    return Prose(tuple(Piece(p, "muted") if isinstance(p, str) else p for p in parts if p))


def _one_player(game: NormalGame, marks: _Marks) -> Table:
    rows = []
    for index, name in enumerate(game.strategies[0]):
        cell = marks.cell((index,))
        payoff = cell.payoffs[0]
        role = "best-reply" if payoff.best else ""
        value = text(Piece(payoff.value + ("*" if payoff.best else ""), role))
        rows.append(((text(name),), (value,), (text(Piece(cell.outcome, "muted")),)))
    columns = (Column(text(game.players[0])), Column(text("Payoff"), "right"), Column(()))
    return Table(columns, tuple(rows))


def _summary(game: NormalGame, most: int) -> Block:
    if len(game.players) <= 3:
        shape = " by ".join(str(size) for size in game.shape)
        return Note(text(f"The game is {shape}: {game.size:,} profiles, too many to draw here."))
    pairs = [(text("Profiles"), text(f"{game.size:,}"))]
    alike = len(set(game.strategies)) == 1
    if alike:
        pairs.append(
            (text("Strategies"), text(f"of every player: {', '.join(game.strategies[0])}"))
        )
    else:
        pairs += [
            (text(Piece(player, "player")), text(", ".join(strategies)))
            for player, strategies in zip(game.players, game.strategies, strict=True)
        ]
    return Facts(tuple(pairs))


def draw_anonymous(game: AnonymousGame) -> list[Block]:
    """The game by counts: what each strategy pays for each number of others."""
    others = len(game.players) - 1
    if len(game.strategies) == 2:
        return [block for role in range(len(game.members)) for block in _by_number(game, role)]
    total = number_of_count_vectors(others, len(game.strategies))
    if total > MOST_ROWS:
        return [
            Note(
                text(
                    f"Payoffs depend on how many of the {others} others choose what: "
                    f"{total:,} cases, too many to draw here."
                )
            )
        ]
    return [block for role in range(len(game.members)) for block in _by_counts(game, role)]


def role_name(game: AnonymousGame, role: int) -> str:
    """The players of a role in words: all of them, their names, or how many they are."""
    members = game.members[role]
    if len(members) == len(game.players):
        return "every player"
    if len(members) <= 4:
        return ", ".join(game.players[member] for member in members)
    return f"{game.players[members[0]]}, {game.players[members[1]]} ... ({len(members)} players)"


def _what_they_get(game: AnonymousGame, role: int, which: str) -> Prose:
    several = 1 < len(game.members[role]) < len(game.players)
    who = Piece(role_name(game, role), "player")
    return Prose(text("What ", "each of " if several else "", who, f" gets (* the {which} reply):"))


def _by_number(game: AnonymousGame, role: int) -> list[Block]:
    """Two strategies: one row per number of others who choose the first."""
    first, second = game.strategies
    others = len(game.players) - 1
    rows = []
    shown = range(others + 1) if others < MOST_ROWS else _sampled(game, role, others)
    for number_of in shown:
        values = [game.payoff(role, own, (number_of, others - number_of)) for own in (0, 1)]
        rows.append(
            (
                (text(str(number_of)),),
                *((_marked(value, value == max(values)),) for value in values),
            )
        )
    columns = (
        Column(text("Others who choose ", Piece(first, "strategy")), "right"),
        Column(text(Piece(first, "strategy"), " pays"), "right"),
        Column(text(Piece(second, "strategy"), " pays"), "right"),
    )
    blocks: list[Block] = [
        _what_they_get(game, role, "better"),
        Table(columns, tuple(rows)),
    ]
    if len(rows) <= others:
        blocks.append(
            Note(
                text(
                    f"{count(others + 1 - len(rows), 'row')} between these not shown: "
                    "the better reply does not change there."
                )
            )
        )
    return blocks


def _sampled(game: AnonymousGame, role: int, others: int) -> list[int]:
    """The ends of every stretch over which the better reply stays the same."""
    tables = game.numerators[role]
    signs = [
        (tables[0][index] > tables[1][index]) - (tables[0][index] < tables[1][index])
        for index in range(others + 1)
    ]
    # count_vectors runs from everybody choosing the first strategy down to nobody.
    signs.reverse()
    ends = {0, others}
    for index in range(others):
        if signs[index] != signs[index + 1]:
            ends |= {index, index + 1}
    return sorted(ends)[:MOST_ROWS]


def _by_counts(game: AnonymousGame, role: int) -> list[Block]:
    rows = []
    for counts in count_vectors(len(game.players) - 1, len(game.strategies)):
        values = [game.payoff(role, own, counts) for own in range(len(game.strategies))]
        rows.append(
            (
                *((text(str(number_of)),) for number_of in counts),
                *((_marked(value, value == max(values)),) for value in values),
            )
        )
    columns = (
        *(Column(text("others in ", Piece(name, "strategy")), "right") for name in game.strategies),
        *(Column(text(Piece(name, "strategy"), " pays"), "right") for name in game.strategies),
    )
    return [
        _what_they_get(game, role, "best"),
        Table(columns, tuple(rows)),
    ]


def _marked(value: Fraction, best: bool) -> Text:
    extra = beside(value)
    aside = text(Piece(f" ({extra})", "muted")) if extra and len(number(value)) >= _LONG else ()
    shown = number(value)
    return text(Piece(f"{shown}*", "best-reply") if best else f"{shown} ", aside)
