"""What reports say of repeated games."""

from __future__ import annotations

from fractions import Fraction as F
from pathlib import Path

from alliance_games.model.study import Case
from alliance_games.reading import read_file
from alliance_games.report.blocks import Bullets, Plot, Prose, Table, plain
from alliance_games.report.kinds.repeated import COLUMNS, draw, meaning
from alliance_games.report.named.repeated import blocks
from alliance_games.results.cases import CaseAnswer
from alliance_games.solve import solve
from tests.contract.others.repeated import ABREU, AUTOMATA, dilemma, repeated, threatened

GAMES = Path(__file__).resolve().parents[2] / "games" / "endurance"
CONCEPTS = (
    "grim-trigger",
    "automata",
    "folk-theorem",
    "repeated-payoffs",
    "optimal-punishments",
)


def answered(game: object) -> CaseAnswer:
    answer = solve(game, CONCEPTS)
    return CaseAnswer(Case(None, {}, game), answer.results, answer.refusals)


def of_library(name: str, scenario: str | None = None) -> CaseAnswer:
    return answered(read_file(GAMES / f"{name}.yaml").case(scenario).game)


def cells(answer: CaseAnswer, concept: str) -> list[list[str]]:
    table = next(b for b in blocks(answer.of(concept), answer) if isinstance(b, Table))
    return [[" ".join(map(plain, cell)) for cell in row] for row in table.rows]


def test_an_alliance_that_holds_and_one_that_collapses() -> None:
    (holds,) = meaning(of_library("alliance"))
    assert "at least 1/4 (0.25)" in holds and "1 / (1 + 3)" in holds and "it holds" in holds
    (gone,) = meaning(of_library("alliance", "Warsaw Pact"))
    assert "No shadow of the future" in gone and "would have to be 2" in gone
    assert "it collapses" in gone


def test_worse_punishments_are_told_where_they_do_more() -> None:
    answer = of_library("stick_and_carrot")
    told, of_automata = meaning(answer)
    assert "from 1/3 (≈0.3333) up" in told and "only by the worse punishments" in told
    assert "A year of the stick is one only as long as its threat need not be" in of_automata
    shown = {title: tell(answer) for title, tell in COLUMNS}
    assert shown["Cooperation"] == ["holds by the worst punishments"]


def test_credible_and_idle_threats() -> None:
    told = " ".join(meaning(of_library("reciprocity")))
    assert "Tit for tat is one only as long as its threat need not be carried out" in told
    rows = cells(of_library("reciprocity"), "automata")
    assert rows[1][:3] == ["tit for tat", "never", "Nash only"]
    assert rows[0][2] == "perfect" and rows[2][2] == "none"


def test_the_state_that_tests_the_alliance() -> None:
    answer = answered(threatened(F(4), F(1, 2), F(9, 10)))
    rows = cells(answer, "grim-trigger")
    assert "in 'calm'" in rows[0][2] and "0.73815" in rows[0][1]
    drawn = draw(answer.case.game, answer, False)
    assert "After 'grave'" in [plain(name) for name, _ in drawn[0].pairs]


def test_a_picture_of_the_payoffs() -> None:
    answer = answered(repeated(dilemma(5), F(2, 3), automata=AUTOMATA))
    (plot,) = (b for b in blocks(answer.of("repeated-payoffs"), answer) if isinstance(b, Plot))
    told = [plain(item) for b in blocks(answer.of("repeated-payoffs"), answer)
            if isinstance(b, Bullets) for item in b.items]  # fmt: skip
    assert told[0] == "state 1, worth 1 and 1: (r2, c2), then state 1"
    (region,) = plot.regions
    assert set(region.corners) == {(1.0, 1.0), (13 / 3, 1.0), (3.0, 3.0), (1.0, 13 / 3)}
    assert plot.across is not None and plot.across[0] < 0 and plot.across[1] > 5


def test_a_set_that_is_one_point_or_empty() -> None:
    lone = answered(repeated(dilemma(5), F(1, 10)))
    (plot,) = (b for b in blocks(lone.of("repeated-payoffs"), lone) if isinstance(b, Plot))
    assert not plot.regions and any(curve.points == ((1.0, 1.0),) for curve in plot.series)
    from tests.concepts.test_repeated_payoffs import PENNIES

    none = answered(repeated(PENNIES, F(1, 2)))
    (prose,) = blocks(none.of("repeated-payoffs"), none)
    assert isinstance(prose, Prose) and "No equilibrium" in plain(prose.content)


def test_what_is_known_between_two_ends() -> None:
    answer = answered(repeated(ABREU, F(1, 2), cooperate=(1, 2)))
    assert cells(answer, "optimal-punishments")[0][1] == "none up to 0.999"
