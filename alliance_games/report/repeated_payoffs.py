"""Sets of payoffs of repeated games in words, tables and pictures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from alliance_games.certificates.payoff_sets import code_worths
from alliance_games.model.repeated import RepeatedGame
from alliance_games.report.blocks import (
    Block,
    Bullets,
    Column,
    Label,
    Piece,
    Plot,
    Prose,
    Region,
    Series,
    Span,
    Table,
    Text,
    text,
)
from alliance_games.report.words import amount, both, count, decimal, profile_words
from alliance_games.results.named.repeated import (
    CodeState,
    Feasible,
    Least,
    PayoffSet,
    Penal,
)

Pair = tuple[Fraction, Fraction]

MOST_CORNERS = 20
MOST_STATES = 12
MOST_DIGITS = 10**6


def _table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    columns = tuple(Column(text(title)) for title in titles)
    return Table(columns, tuple(tuple((text(cell),) for cell in row) for row in rows))


# Feasible payoffs


def feasible_set(found: Feasible, game: RepeatedGame) -> list[Block]:
    """Minmax payoffs, then the rational payoffs and their picture."""
    rows = []
    for one in found.minmax:
        others = [name for name, who in zip(one.by, game.players, strict=True) if who != one.player]
        cells = [one.player, both(one.pure), ", ".join(others)]
        if one.mixed is not None:
            cells += [both(one.mixed), _mixture(one.held_by)]
        rows.append(cells)
    titles = ["Player", "Held by pure actions to", "by"]
    if len(game.players) == 2:
        titles += ["By mixtures to", "by"]
    blocks: list[Block] = [_table(titles, rows)]
    if not found.rational:
        return blocks
    blocks.append(Prose(text(Piece("Corners of the rational payoffs", "strong"))))
    blocks.append(_corners(found.rational, game))
    blocks.append(_picture(game, found.feasible, found.rational, "rational", "feasible"))
    return blocks


def _mixture(play: object) -> str:
    assert hasattr(play, "items")
    parts = list(play.items())
    if len(parts) == 1:
        return str(parts[0][0])
    return " + ".join(f"{amount(weight)} {name}" for name, weight in parts)


def _corners(corners: Sequence[Pair], game: RepeatedGame) -> Table:
    shown = [(_told(x), _told(y)) for x, y in corners[:MOST_CORNERS]]
    if len(corners) > MOST_CORNERS:
        shown.append((f"{len(corners) - MOST_CORNERS} more", "--format json lists all"))
    return _table(game.players, shown)


def _told(value: Fraction) -> str:
    """The number; one with many digits, which stands near a corner, by its first ones."""
    return both(value) if value.denominator < MOST_DIGITS else f"≈{decimal(value, 7)[0]}"


def _picture(
    game: RepeatedGame, around: Sequence[Pair], filled: Sequence[Pair], name: str, outline: str
) -> Plot:
    """The set filled within the outline of another, and the stage's profiles."""
    outer = [_floats(pair) for pair in around]
    inner = [_floats(pair) for pair in filled]
    curves = []
    if outer:
        curves.append(Series(outline, (*outer, outer[0]), "."))
    if len(inner) < 3:
        curves.append(Series(name, tuple(inner), "#", "points" if len(inner) == 1 else "solid"))
    labels = []
    stage = game.stage
    if stage.size <= 9:
        for profile in stage.profiles():
            labels.append(Label(", ".join(stage.names(profile)), _floats(stage.payoffs(profile))))
    everything = [*outer, *inner, *(label.at for label in labels)]
    return Plot(
        game.players[1],
        game.players[0],
        tuple(curves),
        across=_axis(place[0] for place in everything),
        upward=_axis(place[1] for place in everything),
        regions=(Region(name, tuple(inner), "#"),) if len(inner) > 2 else (),
        labels=tuple(labels),
        title="Average payoffs",
    )


def _floats(pair: Sequence[Fraction]) -> tuple[float, float]:
    return float(pair[0]), float(pair[1])


def _axis(values: Iterable[float]) -> Span:
    known = list(values)
    low, high = min(known), max(known)
    margin = (high - low) * 0.05 or 1.0
    return low - margin, high + margin


# Equilibrium payoffs


def payoff_set(found: PayoffSet, game: RepeatedGame) -> list[Block]:
    """The corners, each player's worst payoff, play that bears them out, and the picture."""
    if not found.bound:
        return [Prose(text("No equilibrium in pure actions: no payoffs are left."))]
    if not found.corners:
        return [_corners(found.bound, game)]
    assert found.distance is not None
    near = decimal(found.distance, 1)[0]
    blocks: list[Block] = [
        Prose(
            text(
                "Every mixture of these payoffs can be had in equilibrium, and no equilibrium's "
                f"payoffs are further than {near} from them:"
            )
        ),
        _corners(found.corners, game),
    ]
    worst = [f"{player} {_between(one.low, one.high)}" for player, one in found.worst.items()]
    blocks.append(
        Prose(text(Piece("Worst equilibrium payoffs: ", "strong"), "; ".join(worst), "."))
    )
    assert game.factor is not None
    blocks += _code(found.code, game, game.factor)
    feasible = [game.stage.payoffs(profile) for profile in game.stage.profiles()]
    outline = _hull([_floats(pair) for pair in feasible])
    around = [(Fraction(x), Fraction(y)) for x, y in outline]
    blocks.append(_picture(game, around, found.corners, "equilibria", "feasible"))
    return blocks


def _between(low: Fraction, high: Fraction) -> str:
    """The number where both ends are the same to a reader, else both ends."""
    if high - low <= Fraction(1, 10**6):
        return _told(high)
    return f"between {decimal(low, 6)[0]} and {decimal(high, 6)[0]}"


def _code(code: Sequence[CodeState], game: RepeatedGame, factor: Fraction) -> list[Block]:
    """How the states of play follow each other and what they are worth; long codes by size."""
    title = Piece("Play that bears them out", "strong")
    if len(code) > MOST_STATES:
        many = count(len(code), "state")
        return [Prose(text(title, f": a code of {many}; --format json lists them."))]
    worths = code_worths(game, code, factor) or []
    items: list[Text] = []
    for place, (state, worth) in enumerate(zip(code, worths, strict=True)):
        words = f"state {place + 1}, worth {_chance(worth[0])} and {_chance(worth[1])}: "
        items.append(text(f"{words}{profile_words(state.play)}, then {_then(state)}"))
    note = "; whoever deviates is met by the state that is worst for her:"
    return [Prose(text(title, note)), Bullets(tuple(items))]


def _then(state: CodeState) -> str:
    if len(state.then) == 1:
        return f"state {state.then[0].state + 1}"
    parts = [
        f"state {one.state + 1} with probability {_chance(one.probability)}" for one in state.then
    ]
    return " or ".join(parts)


def _chance(value: Fraction) -> str:
    """A fraction of few digits as it is, another one by its first ones."""
    return str(value) if value.denominator < 1000 else f"≈{decimal(value, 4)[0]}"


def _hull(points: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """The outline of some points, for a picture."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered
    sides: list[tuple[float, float]] = []
    for sequence in (ordered, ordered[::-1]):
        side: list[tuple[float, float]] = []
        for point in sequence:
            while len(side) > 1 and _turn(side[-2], side[-1], point) <= 0:
                side.pop()
            side.append(point)
        sides += side[:-1]
    return sides


def _turn(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


# Optimal punishments


def penal_codes(found: Penal, game: RepeatedGame) -> list[Block]:
    """The least discount factor of each profile asked about, and how it is sustained there."""
    titles = ["Profile", "Least discount factor"]
    if game.discount is not None:
        titles.append(f"At {amount(game.discount)}")
    rows = []
    for one in found.profiles:
        cells = [profile_words(one.profile), least_words(one)]
        if game.discount is not None:
            cells.append({True: "holds", False: "fails", None: "open"}[one.holds])
        rows.append(cells)
    blocks: list[Block] = [_table(titles, rows)]
    shown = [one for one in found.profiles if one.high]
    if len(found.profiles) == 1 and shown:
        one = shown[0]
        assert one.high is not None
        blocks += _code(one.code, game, one.high * game.survival)
    return blocks


def least_words(one: Least) -> str:
    """``1/3``, ``0.307692 to 0.307693``, ``none up to 0.999``."""
    if one.high is None:
        return f"none up to {decimal(one.tried, 4)[0]}"
    if one.low == one.high:
        return both(one.high)
    return f"{decimal(one.low, 8)[0]} to {decimal(one.high, 8)[0]}"
