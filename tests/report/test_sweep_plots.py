"""What a sweep's plots and maps are made of."""

from __future__ import annotations

from fractions import Fraction

import pytest

from alliance_games.model.study import Study
from alliance_games.parametric.sweeps.outline import Outline, outline
from alliance_games.parametric.sweeps.points import Axis, Grid
from alliance_games.parametric.sweeps.sweep import Sweep, base_values
from alliance_games.reading import read_file, read_text
from alliance_games.report.blocks import Map, Note, Plot, plain
from alliance_games.report.sweep_plots import NothingToDraw, branches, build

STAG_HUNT = read_file("games/stag_hunt.yaml")
TIES = read_text("""game: Ties
players: [A, B]
parameters: {t: 1}
strategies: [X, Y]
payoffs:
  X, X: t, 2 - t
  X, Y: 1, 1 - t
  Y, X: 1, 1
  Y, Y: 1, 1
""")


def whole(study: Study, *axes: Axis) -> Outline:
    return outline(Sweep(study, base_values(study, None, {}), Grid(axes)))


def even(name: str, start: int, stop: int, count: int) -> Axis:
    return Axis.even(name, Fraction(start), Fraction(stop), count)


def plots(study: Study, *axes: Axis, of: tuple[str, ...] = ()) -> list[Plot]:
    blocks = build(whole(study, *axes), of).blocks
    return [block for block in blocks if isinstance(block, Plot)]


def test_a_plot_for_each_player_s_first_strategy_and_payoff() -> None:
    found = plots(STAG_HUNT, even("stag", 3, 9, 7))
    assert [plot.y for plot in found] == [
        "Probability that Alice plays Stag", "Probability that Jack plays Stag",
        "Payoff of Alice", "Payoff of Jack",
    ]  # fmt: skip
    assert all(plot.across == (3.0, 9.0) and plot.x == "stag" for plot in found)


def test_branches_are_the_closed_form_and_marked_by_their_index() -> None:
    (plot,) = plots(STAG_HUNT, even("stag", 3, 9, 7), of=("Alice.Stag",))
    by_name = {series.name: series for series in plot.series}
    mixed = by_name["(Stag/Rabbit, Stag/Rabbit), unstable (index -1)"]
    assert mixed.points == tuple((float(s), pytest.approx(3 / s)) for s in range(4, 10))
    assert (mixed.mark, mixed.style) == ("○", "dashed")
    stag = by_name["(Stag, Stag), stable (index +1)"]
    rabbit = by_name["(Rabbit, Rabbit), stable (index +1)"]
    assert stag.points == tuple((float(s), 1.0) for s in range(4, 10))
    assert {stag.mark, rabbit.mark} == {"●", "■"} and stag.style == rabbit.style == "solid"


def test_payoffs_of_branches() -> None:
    (plot,) = plots(STAG_HUNT, even("stag", 4, 8, 3), of=("payoff.Jack",))
    points = {series.name.partition(",")[0]: series.points for series in plot.series}
    assert points["(Rabbit"] == ((4.0, 3.0), (6.0, 3.0), (8.0, 3.0))
    names = [series for series in plot.series if series.name.startswith("(Stag, Stag)")]
    assert names[0].points == ((4.0, 4.0), (6.0, 6.0), (8.0, 8.0))
    assert plot.upward[0] <= 3 and plot.upward[1] >= 8


def test_what_is_not_drawn_is_said() -> None:
    notes = [b for b in build(whole(STAG_HUNT, even("stag", 2, 5, 4))).blocks
             if isinstance(b, Note)]  # fmt: skip
    assert [plain(note.content) for note in notes] == [
        "Not drawn: excluded: the values break the assumption 'stag > rabbit'"
    ]


def test_a_branch_ends_where_its_equilibrium_does() -> None:
    """The assumption cuts a gap into the axis; no line crosses it."""
    gap = read_text(
        "game: Gap\nplayers: [A, B]\nparameters: {t: 2}\nassume: [abs(t) > 1]\n"
        "strategies: [X, Y]\npayoffs:\n  X, X: 1, 1\n  X, Y: 0, 0\n  Y, X: 0, 0\n  Y, Y: 2, 2\n"
    )
    found = list(branches(whole(gap, even("t", -3, 3, 7))))
    assert sorted(len(one.rows) for one in found) == [2] * 6


def test_continua_are_areas_where_they_last_and_upright_lines_where_they_do_not() -> None:
    (plot,) = plots(TIES, even("t", -1, 3, 5), of=("B.X",))
    (area,) = plot.regions
    assert area.name == "a continuum within (Y, X/Y)"
    assert area.corners == ((-1.0, 0.0), (0.0, 0.0), (0.0, 1.0), (-1.0, 1.0))
    upright = next(one for one in plot.series if one.mark == "|")
    assert upright.points == ((1.0, 0.0), (1.0, 1.0))
    # Where all of the continuum plays alike it is a line.
    (flat,) = plots(TIES, even("t", -1, 3, 5), of=("A.X",))
    assert flat.regions == ()
    assert any(one.mark == ":" and one.points == ((-1.0, 0.0), (0.0, 0.0)) for one in flat.series)


def maps(*axes: Axis) -> dict[str, Map]:
    blocks = build(whole(STAG_HUNT, *axes)).blocks
    return {block.title: block for block in blocks if isinstance(block, Map)}


def test_maps_have_the_letter_of_each_point() -> None:
    found = maps(even("stag", 2, 6, 9), even("rabbit", 1, 4, 7))
    assert list(found) == ["Sets of equilibria", "Risk-dominant equilibrium"]
    sets, risk = found.values()
    assert sets.x == "stag" and sets.y == "rabbit"
    legend = {key.mark: plain(key.content) for key in risk.legend}
    for y, row in zip(risk.ys, risk.cells, strict=True):
        for x, letter in zip(risk.xs, row, strict=True):
            name = legend[letter].partition(" (")[0] if letter == "·" else legend[letter]
            if x <= y:
                assert letter == "·" and name.startswith("excluded")
            elif x == 2 * y:
                assert name.startswith("none")
            else:
                assert name.startswith("(Stag, Stag)" if x > 2 * y else "(Rabbit, Rabbit)")
    assert {letter for row in sets.cells for letter in row} == {"A", "·"}
    assert "(Stag, Stag), (Stag/Rabbit, Stag/Rabbit), (Rabbit, Rabbit)" in plain(
        sets.legend[0].content
    )


def test_a_list_of_values_is_put_in_order() -> None:
    axis = Axis.of("stag", [Fraction(6), Fraction(4), Fraction(5)])
    (plot,) = plots(STAG_HUNT, axis, of=("payoff.Alice",))
    stag = next(one for one in plot.series if one.name.startswith("(Stag, Stag)"))
    assert stag.points == ((4.0, 4.0), (5.0, 5.0), (6.0, 6.0))
    found = maps(axis, even("rabbit", 1, 2, 2))["Sets of equilibria"]
    assert found.xs == (4.0, 5.0, 6.0) and found.cells == ("AAA", "AAA")


def test_what_cannot_be_drawn_is_said() -> None:
    with pytest.raises(NothingToDraw, match="one value only"):
        build(whole(STAG_HUNT, even("stag", 4, 4, 1)))
    with pytest.raises(NothingToDraw, match=r"no column .Stag. to draw; there are Alice.Stag"):
        build(whole(STAG_HUNT, even("stag", 4, 5, 2)), ("Stag",))
