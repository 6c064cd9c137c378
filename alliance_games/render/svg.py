"""Plots and maps as SVG for web pages and notebooks, without any library."""

from __future__ import annotations

from html import escape

from alliance_games.render import axes
from alliance_games.render.layout import visible
from alliance_games.render.map import chosen
from alliance_games.render.plot import clipped, clipped_points
from alliance_games.report.blocks import Map, Place, Plot, Series, plain

COLOURS = ("#06a", "#a17", "#186", "#a50", "#64a", "#555", "#960", "#088", "#b44", "#47c")
"""Colours of curves and regions, in turn."""

_WIDE, _HIGH, _LEFT, _TOP = 560, 260, 48, 20


def plot(block: Plot) -> str:
    """The plot as an SVG picture, with a legend."""
    named = [one for one in dict.fromkeys((s.name, s.mark) for s in block.series) if one[0]]
    areas = list(dict.fromkeys((r.name, r.mark) for r in block.regions))
    parts = [_head(block.y, block.title, len(named) + len(areas))]
    low, high = block.upward
    for quarter in range(5):
        y = _TOP + _HIGH * quarter / 4
        parts.append(_level(y, f"{high - (high - low) * quarter / 4:.4g}"))
    for value, label in axes.ticks_of(block, 80):
        parts.append(_tick(_LEFT + _WIDE * axes.across(block, value), label))
    parts.append(_foot(block.x))
    for region in block.regions:
        fill = COLOURS[(len(named) + areas.index((region.name, region.mark))) % len(COLOURS)]
        corners = " ".join(_point(block, at) for at in region.corners)
        parts.append(f'<polygon points="{corners}" fill="{fill}" fill-opacity="0.25"/>')
    colours = {one: COLOURS[index % len(COLOURS)] for index, one in enumerate(named)}
    for series in block.series:
        colour = colours.get((series.name, series.mark), "#555")
        parts.append(_curve(block, series, colour))
    for arrow in block.arrows:
        ends = zip("12", (arrow.start, arrow.end), strict=True)
        line = " ".join(
            f'x{k}="{x}" y{k}="{y}"' for k, at in ends for x, y in [_point(block, at).split(",")]
        )
        parts.append(f'<line {line} stroke="#888"/>')
    for words, at in block.labels:
        place = dict(zip("xy", _point(block, at).split(","), strict=True))
        parts.append(f'<text x="{place["x"]}" y="{place["y"]}">{escape(visible(words))}</text>')
    marks = {(s.name, s.mark): _dashes(s) for s in reversed(block.series)}
    for index, one in enumerate(named):
        y = _TOP + _HIGH + 50 + 18 * index
        parts.append(
            f'<line x1="{_LEFT}" x2="{_LEFT + 24}" y1="{y}" y2="{y}" stroke="{colours[one]}" '
            f'stroke-width="2"{marks[one]}/>'
            f'<text x="{_LEFT + 32}" y="{y + 4}">{escape(visible(one[0]))}</text>'
        )
    for index, (name, _) in enumerate(areas, len(named)):
        parts.append(_swatch(index, COLOURS[index % len(COLOURS)], name))
    return "".join(parts) + "</svg>"


def map_(block: Map) -> str:
    """The map as an SVG picture, with a legend; cells of one row that are alike are joined."""
    columns, rows = chosen(block.xs, 140), chosen(block.ys, 100)[::-1]
    lettered = [key.mark for key in block.legend if key.mark.isalnum()]
    colours = {key.mark: "#aaa" for key in block.legend}
    colours |= {mark: COLOURS[index % len(COLOURS)] for index, mark in enumerate(lettered)}
    parts = [_head(block.y, block.title, len(block.legend))]
    wide, high = _WIDE / len(columns), _HIGH / len(rows)
    for place, row in enumerate(rows):
        start = 0
        letters = [block.cells[row][column] for column in columns]
        for end in range(1, len(letters) + 1):
            if end < len(letters) and letters[end] == letters[start]:
                continue
            if letters[start] in colours:
                parts.append(
                    f'<rect x="{_LEFT + start * wide:.1f}" y="{_TOP + place * high:.1f}" '
                    f'width="{(end - start) * wide:.1f}" height="{high:.1f}" '
                    f'fill="{colours[letters[start]]}" fill-opacity="0.55"/>'
                )
            start = end
    for place in range(0, len(rows), max(len(rows) // 5, 1)):
        parts.append(_level(_TOP + (place + 0.5) * high, f"{block.ys[rows[place]]:.4g}"))
    ends = (block.xs[0], block.xs[-1])
    for value, label in axes.even_ticks(ends, 6):
        parts.append(_tick(_LEFT + wide / 2 + (_WIDE - wide) * axes.even(value, ends), label))
    parts.append(_foot(block.x))
    for index, key in enumerate(block.legend):
        parts.append(_swatch(index, colours[key.mark], f"{key.mark} {plain(key.content)}"))
    return "".join(parts) + "</svg>"


def _head(name: str, title: str, entries: int) -> str:
    above = f"{title}: {name}" if title else name
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDE + 70}" '
        f'height="{_HIGH + 64 + 18 * entries}" font-size="12" fill="currentColor">'
        f'<text x="4" y="12">{escape(visible(above))}</text>'
    )


def _foot(name: str) -> str:
    right = _LEFT + _WIDE
    y = _TOP + _HIGH + 36
    return f'<text x="{right}" y="{y}" text-anchor="end">{escape(visible(name))}</text>'


def _level(y: float, label: str) -> str:
    return (
        f'<line x1="{_LEFT}" x2="{_LEFT + _WIDE}" y1="{y:.1f}" y2="{y:.1f}" stroke="#8884"/>'
        f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{label}</text>'
    )


def _tick(x: float, label: str) -> str:
    return (
        f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{_TOP + _HIGH}" y2="{_TOP + _HIGH + 5}" '
        'stroke="currentColor"/>'
        f'<text x="{x:.1f}" y="{_TOP + _HIGH + 19}" text-anchor="middle">{label}</text>'
    )


def _swatch(index: int, colour: str, name: str) -> str:
    y = _TOP + _HIGH + 50 + 18 * index
    return (
        f'<rect x="{_LEFT}" y="{y - 6}" width="24" height="12" fill="{colour}" '
        f'fill-opacity="0.55"/><text x="{_LEFT + 32}" y="{y + 4}">{escape(visible(name))}</text>'
    )


def _point(block: Plot, at: Place) -> str:
    x = _LEFT + _WIDE * axes.across(block, at[0])
    return f"{x:.1f},{_TOP + _HIGH * (1 - axes.upward(block, at[1])):.1f}"


def _dashes(series: Series) -> str:
    style = series.style or ("dashed" if series.mark.isalpha() else "solid")
    return {"dashed": ' stroke-dasharray="5 3"', "dotted": ' stroke-dasharray="1 3"'}.get(style, "")


def _curve(block: Plot, series: Series, colour: str) -> str:
    if series.style == "points" or len(series.points) == 1:
        dots = (_point(block, at).split(",") for at in clipped_points(block, series.points))
        return "".join(f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>' for x, y in dots)
    runs: list[list[str]] = []
    for start, end in clipped(block, series.points):
        if not runs or runs[-1][-1] != _point(block, start):
            runs.append([_point(block, start)])
        runs[-1].append(_point(block, end))
    return "".join(
        f'<polyline points="{" ".join(run)}" fill="none" stroke="{colour}" '
        f'stroke-width="2"{_dashes(series)}/>'
        for run in runs
    )
