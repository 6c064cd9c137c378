"""The parts a report is made of, as data.

A text is a tuple of pieces, each with a role that a renderer may colour; a label is never parsed
for markup, so ``Escalate [resolved]`` stays what it is. These are named tuples rather than
dataclasses because a frozen dataclass costs most of a millisecond each at every start.
"""

from __future__ import annotations

from typing import NamedTuple


class Piece(NamedTuple):
    """Some characters and what they stand for.

    ``role`` is '' for plain words, or one of ``equilibrium``, ``best-reply``, ``path``, ``player``,
    ``strategy``, ``strong``, ``muted``, ``warning``, ``first``, ``second``, ``third`` (the last
    three: something that belongs to the player drawn in rows, columns, slices).
    """

    text: str
    role: str = ""


Text = tuple[Piece, ...]
"""A line of text, or a paragraph without line breaks of its own."""


def text(*parts: str | Piece | Text) -> Text:
    """One text out of words, pieces and texts."""
    pieces: list[Piece] = []
    for part in parts:
        if isinstance(part, str):
            pieces.append(Piece(part))
        elif isinstance(part, Piece):
            pieces.append(part)
        else:
            pieces.extend(part)
    return tuple(piece for piece in pieces if piece.text)


def plain(content: Text) -> str:
    """The characters of a text without their roles."""
    return "".join(piece.text for piece in content)


def joined(separator: str, texts: list[Text]) -> Text:
    """The texts with ``separator`` between them."""
    pieces: list[Piece] = []
    for index, content in enumerate(texts):
        if index:
            pieces.append(Piece(separator))
        pieces.extend(content)
    return tuple(pieces)


class Heading(NamedTuple):
    """A title; ``level`` 1 is the document's, 2 a case's or a part's, 3 a section's."""

    content: Text
    level: int = 2


class Prose(NamedTuple):
    """A paragraph."""

    content: Text


class Facts(NamedTuple):
    """Names with their values, one a line."""

    pairs: tuple[tuple[Text, Text], ...]


class Payoff(NamedTuple):
    """One player's payoff in a cell; ``beside`` is a decimal to go with it, '' where needless."""

    value: str
    beside: str = ""
    best: bool = False


class Cell(NamedTuple):
    """One profile of a payoff matrix; ``outcome`` is the name of what happens there, or ''."""

    payoffs: tuple[Payoff, ...]
    equilibrium: bool = False
    efficient: bool = False
    outcome: str = ""


class Matrix(NamedTuple):
    """A payoff matrix: the row player's strategies by the column player's.

    ``caption`` says which slice of a game of three it is ('' for two players).
    """

    row_player: str
    column_player: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[Cell, ...], ...]
    caption: Text = ()


class Column(NamedTuple):
    """The head of a table's column; ``align`` is 'left', 'right' or 'center'."""

    title: Text
    align: str = "left"


class Table(NamedTuple):
    """Rows of cells; a cell is a tuple of lines."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[tuple[Text, ...], ...], ...]


class Branch(NamedTuple):
    """One line of a drawn tree: the ``guide`` that leads to it, and what stands there.

    ``hang`` is the guide under it, for a text that needs a second line.
    """

    guide: Text
    hang: str
    content: Text


class Tree(NamedTuple):
    """A game tree, one node a line."""

    branches: tuple[Branch, ...]


class Bullets(NamedTuple):
    """Items of a list."""

    items: tuple[Text, ...]


class Note(NamedTuple):
    """A remark set apart; ``level`` is 'note' or 'warning'."""

    content: Text
    level: str = "note"


Span = tuple[float, float]
"""The two ends of an axis, the lower first."""

Place = tuple[float, float]
"""A point of a plot in the units of its axes: x, then y."""


class Series(NamedTuple):
    """A curve of a plot: its name, its points in order, and the sign that draws it in characters
    (a letter is a curve of second rank).

    ``style`` is ``solid``, ``dashed`` or ``dotted`` for a line, ``points`` for its points alone;
    '' leaves it to the mark (a letter is dashed). Curves of one name and mark are parts of one
    curve, with gaps between them, and stand in the legend once; so do single points. A curve
    without a name is not in the legend.
    """

    name: str
    points: tuple[Place, ...]
    mark: str
    style: str = ""


class Region(NamedTuple):
    """A filled area of a plot: its name, the corners of its outline in order, and the sign that
    fills it in characters."""

    name: str
    corners: tuple[Place, ...]
    mark: str


class Label(NamedTuple):
    """A few words at a place of a plot or map (in characters they begin there)."""

    words: str
    at: Place


class Arrow(NamedTuple):
    """A direction at a place of a plot: a field of forces, a move, a gain."""

    start: Place
    end: Place


class Plot(NamedTuple):
    """Curves, regions, arrows and labels over two axes.

    ``y`` and ``x`` name the axes. ``across`` is the even axis of x; where it is None the axis runs
    from 0 to ``until``, later values closer (half-logarithmic). ``upward`` is the axis of y.
    What lies outside the axes is cut off. Regions lie under curves, curves under labels.
    """

    y: str
    x: str
    series: tuple[Series, ...]
    until: float = 1.0
    across: Span | None = None
    upward: Span = (0.0, 1.0)
    regions: tuple[Region, ...] = ()
    arrows: tuple[Arrow, ...] = ()
    labels: tuple[Label, ...] = ()
    title: str = ""


class Key(NamedTuple):
    """An entry of a map's legend: the sign of its cells and what it means.

    A letter or digit has a colour of its own in pictures; any other sign (nothing is there) is
    grey.
    """

    mark: str
    content: Text


class Map(NamedTuple):
    """A plane of two quantities, each cell a letter for what holds there.

    ``xs`` and ``ys`` are the values that the columns and rows of cells stand for, ascending, two
    or more of each; ``cells[r][c]`` is the letter at ``ys[r]`` and ``xs[c]`` (a blank: nothing).
    Renderers put large values of y at the top, and show fewer cells where there is little room.
    ``curves`` are boundaries that pictures draw over the cells; ``labels`` are written on them.
    """

    y: str
    x: str
    ys: tuple[float, ...]
    xs: tuple[float, ...]
    cells: tuple[str, ...]
    legend: tuple[Key, ...]
    curves: tuple[Series, ...] = ()
    labels: tuple[Label, ...] = ()
    title: str = ""


Block = Heading | Prose | Facts | Matrix | Table | Tree | Bullets | Note | Plot | Map


class Document(NamedTuple):
    """A whole report."""

    title: str
    blocks: tuple[Block, ...]
