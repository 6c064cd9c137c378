"""Plots and maps as PNG or SVG files, drawn by matplotlib (the extra ``pictures``).

The same blocks give the same bytes: no dates, no random names, no names of programs. Nothing of
pyplot is touched, so that no window and no global state is involved.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from alliance_games.render import axes
from alliance_games.report.blocks import Block, Map, Plot, Series, plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FORMATS = ("png", "svg")

COLOURS = (
    "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8a6d00", "#666666",
    "#7a3ea8", "#b22222",
)  # fmt: skip
"""Colours that colour-blind readers can tell apart (Okabe and Ito 2008), then some more."""

_STYLES: dict[str, Any] = {"solid": "-", "dashed": "--", "dotted": ":"}
_SETTINGS: Any = {
    "svg.hashsalt": "alliance-games",
    "svg.fonttype": "none",
    "text.parse_math": False,  # a dollar sign in a name is a dollar sign
    "font.family": "DejaVu Sans",
    "font.size": 9.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
}


class NoPictures(Exception):
    """matplotlib is not installed; the message says what to do."""

    def __init__(self) -> None:
        super().__init__(
            'pictures need matplotlib, which is an extra: pip install "alliance-games[pictures]"'
        )


def picture(blocks: Sequence[Block], form: str) -> bytes:
    """The plots and maps among the blocks, one below the other, as a PNG or SVG file.

    Raises NoPictures where matplotlib is missing, ValueError where there is nothing to draw or
    the format is another.
    """
    from io import BytesIO

    if form not in FORMATS:
        raise ValueError(f"pictures are written as {' or '.join(FORMATS)}, not {form}")
    require()
    from matplotlib import rc_context

    with rc_context(_SETTINGS):
        drawn = figure(blocks)
        content = BytesIO()
        nothing: dict[str, None] = {"Date": None} if form == "svg" else {"Software": None}
        if form == "svg":
            nothing["Creator"] = None
        drawn.savefig(content, format=form, metadata=nothing, dpi=150)
    return content.getvalue()


def require() -> None:
    """Raise NoPictures unless matplotlib can be imported."""
    try:
        import matplotlib  # noqa: F401
    except ImportError:
        raise NoPictures from None


def figure(blocks: Sequence[Block]) -> Figure:
    """A matplotlib figure of the plots and maps among the blocks, one below the other."""
    from matplotlib.figure import Figure

    drawable = [block for block in blocks if isinstance(block, (Plot, Map))]
    if not drawable:
        raise ValueError("there is no plot and no map to draw")
    heights = [_height(block) for block in drawable]
    whole = Figure(figsize=(8.0, sum(heights)), layout="constrained")
    panels = whole.subplots(
        len(drawable), 1, squeeze=False, gridspec_kw={"height_ratios": heights}
    )[:, 0]
    for panel, block in zip(panels, drawable, strict=True):
        if isinstance(block, Plot):
            _plot(panel, block)
        else:
            _map(panel, block)
    return whole


def _height(block: Plot | Map) -> float:
    """Inches: room for the legend below the panel."""
    if isinstance(block, Plot):
        named = {(one.name, one.mark) for one in block.series if one.name}
        return 3.0 + 0.17 * (len(named) + len({one.name for one in block.regions}))
    return 4.0 + 0.17 * len(block.legend)


def _plot(panel: Axes, block: Plot) -> None:
    named = [one for one in dict.fromkeys((s.name, s.mark) for s in block.series) if one[0]]
    areas = list(dict.fromkeys((one.name, one.mark) for one in block.regions))
    colours = {one: COLOURS[k % len(COLOURS)] for k, one in enumerate((*named, *areas))}
    for region in block.regions:
        colour = colours[(region.name, region.mark)]
        panel.fill(*zip(*region.corners, strict=True), color=colour, alpha=0.25, linewidth=0)
    for series in block.series:
        _curve(panel, series, colours.get((series.name, series.mark), "#555555"))
    for arrow in block.arrows:
        panel.annotate(
            "", arrow.end, arrow.start, arrowprops={"arrowstyle": "->", "color": "#777777"}
        )
    _labels(panel, block)
    _frame(panel, block)
    if block.across is None:
        from matplotlib.scale import FuncScale

        until = block.until
        panel.set_xscale(FuncScale(panel.xaxis, (lambda x: _forth(x, until), _back(until))))
        found = axes.ticks(until, 60)
        panel.set_xticks([value for value, _ in found], [label for _, label in found])
    panel.set_xlim(*axes.ends(block))
    low, high = block.upward
    panel.set_ylim(low - (high - low) * 0.02, high + (high - low) * 0.02)
    _legend(panel, named, areas, colours, {(s.name, s.mark): s for s in reversed(block.series)})


def _forth(x: Any, until: float) -> Any:
    """``axes.place`` for arrays."""
    import numpy as np

    return np.log1p(np.maximum(x, 0) / until * axes.CURVATURE) / np.log1p(axes.CURVATURE)


def _back(until: float) -> Any:
    """The inverse of ``_forth``."""
    import numpy as np

    return lambda share: (
        np.expm1(np.asarray(share) * np.log1p(axes.CURVATURE)) / axes.CURVATURE * until
    )


def _style(series: Series) -> str:
    return series.style or ("dashed" if series.mark.isalpha() else "solid")


def _curve(panel: Axes, series: Series, colour: str) -> None:
    if not series.points:
        return
    xs, ys = zip(*series.points, strict=True)
    style = _style(series)
    if style == "points" or len(xs) == 1:
        face = colour if style != "dashed" else "none"
        panel.plot(xs, ys, "o", color=colour, markersize=4, markerfacecolor=face)
    else:
        panel.plot(xs, ys, _STYLES[style], color=colour, linewidth=1.8)


def _map(panel: Axes, block: Map) -> None:
    import numpy as np
    from matplotlib.colors import ListedColormap

    marks = [key.mark for key in block.legend]
    numbers = {mark: number for number, mark in enumerate(marks, 1)}
    cells = np.array([[numbers.get(mark, 0) for mark in row] for row in block.cells])
    colours = _colours(block)
    shades = ListedColormap(["#ffffff", *(colours[mark] for mark in marks)])
    panel.pcolormesh(
        _edges(block.xs), _edges(block.ys), cells, cmap=shades, vmin=-0.5, vmax=len(marks) + 0.5,
        alpha=0.55, linewidth=0, rasterized=True, antialiased=False,
    )  # fmt: skip
    for series in block.curves:
        xs, ys = zip(*series.points, strict=True)
        panel.plot(xs, ys, _STYLES.get(_style(series), "-"), color="#222222", linewidth=1.2)
    _labels(panel, block)
    _frame(panel, block)
    panel.set_xlim(*_edges(block.xs)[:: len(block.xs)])
    panel.set_ylim(*_edges(block.ys)[:: len(block.ys)])
    entries = [(f"{key.mark}  {plain(key.content)}", key.mark) for key in block.legend]
    _legend(panel, [], entries, {entry: colours[entry[1]] for entry in entries}, {}, 0.55)


def _colours(block: Map) -> dict[str, str]:
    """Each letter's colour; a sign that is no letter (nothing is there) is grey."""
    lettered = [key.mark for key in block.legend if key.mark.isalnum()]
    grey = {key.mark: "#aaaaaa" for key in block.legend if not key.mark.isalnum()}
    return grey | {mark: COLOURS[k % len(COLOURS)] for k, mark in enumerate(lettered)}


def _edges(values: Sequence[float]) -> list[float]:
    """Where the cells around the values begin and end: half-way between neighbours."""
    middles = [(a + b) / 2 for a, b in pairwise(values)]
    return [2 * values[0] - middles[0], *middles, 2 * values[-1] - middles[-1]]


def _labels(panel: Axes, block: Plot | Map) -> None:
    for label in block.labels:
        panel.text(*label.at, label.words, fontsize=8)


def _frame(panel: Axes, block: Plot | Map) -> None:
    panel.set_xlabel(block.x)
    panel.set_ylabel(block.y)
    if block.title:
        panel.set_title(block.title, loc="left", fontsize=10)


def _legend(
    panel: Axes,
    curves: Sequence[tuple[str, str]],
    areas: Sequence[tuple[str, str]],
    colours: dict[tuple[str, str], str],
    examples: dict[tuple[str, str], Series],
    opacity: float = 0.25,
) -> None:
    """A legend below the panel: lines for curves, patches for areas."""
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    handles: list[Any] = []
    for one in curves:
        style = _style(examples[one])
        line = _STYLES.get(style, "none")
        marker = "o" if style == "points" else "none"
        handles.append(
            Line2D([], [], color=colours[one], linestyle=line, marker=marker, label=one[0])
        )
    handles += [Patch(color=colours[one], alpha=opacity, label=one[0]) for one in areas]
    if handles:
        panel.legend(
            handles=handles, loc="upper left", bbox_to_anchor=(0.0, -0.16), frameon=False,
            fontsize=8, borderaxespad=0.0,
        )  # fmt: skip
