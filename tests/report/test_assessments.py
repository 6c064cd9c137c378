"""Equilibria with beliefs, as they are shown: held to games solved by hand (see hand_trees)."""

from dataclasses import replace
from fractions import Fraction as F

import pytest

from alliance_games.model.tree_builder import Move, Terminal, build
from alliance_games.report.conditions import Range
from alliance_games.report.families import Place, Variation, place_words, range_words
from alliance_games.results.solutions import Tally
from alliance_games.results.tree_solutions import (
    Condition,
    Continuum,
    Correlated,
    Discarded,
    Family,
    QuantalPath,
    Tremble,
)
from tests.report import hand_trees as hand
from tests.report.tree_answers import part, report, result_of

HORSE, TREATY, QUICHE = hand.horse(), hand.treaty(), hand.beer_quiche()
THIRD = hand.set_of(HORSE, "third")


def assert_says(text: str, *facts: str) -> None:
    missing = [fact for fact in facts if fact not in text]
    assert not missing, f"{missing} not in: {text}"


def test_an_assessment_is_a_table_by_information_set() -> None:
    text = report(TREATY, result_of(hand.separating(TREATY)))
    assert_says(text, "1  separating · payoffs Ally 9/5 (1.8), Adversary 14/5 (2.8)")
    rows = [line.split("  ") for line in part(text, "Ally @ Committed").splitlines()]
    found = {row[0]: [cell.strip() for cell in row[1:] if cell.strip()] for row in rows}
    assert found["Ally @ Committed"] == ["Treaty"]
    assert found["Ally @ Uncommitted"] == ["No treaty"]
    assert found["Adversary @ Treaty"] == ["Desist", "Committed 1"]
    assert found["Adversary @ No treaty"] == ["Attack", "Uncommitted 1"]
    assert found["Ally @ Committed > Treaty > Attack (not reached)"] == ["Fight"]
    assert found["Ally @ Uncommitted > No treaty > Attack"] == ["Stand aside"]


def test_a_continuum_is_one_entry_that_says_what_may_vary() -> None:
    text = report(HORSE, result_of(hand.horse_equilibria(HORSE)))
    assert_says(
        text,
        "Sequential equilibria: a continuum",
        "payoffs One 1, Two 1, Three 1 · a continuum of dimension 1",
        "L 0 to 1/4  D 0 to 1/3",
        "in two parts that together are the continuum",
        "(a) Three at third: R, at any belief of D up to 1/3.",
        "(b) Three at third: L with any probability up to 1/4, at belief of D 1/3.",
    )


def test_points_and_continua_are_counted_apart() -> None:
    text = report(TREATY, result_of(hand.separating(TREATY), hand.pooling(TREATY)))
    assert_says(
        text,
        "Sequential equilibria: one and a continuum",
        "2  pooling on No treaty · payoffs Ally 3/5 (0.6), Adversary 8/5 (1.6)",
        "(a) Adversary after Treaty: Attack, at any belief of Committed up to 1/2.",
        "Attack with any probability from 4/7 to 1, at belief of Committed 1/2.",
    )


def test_the_drawing_marks_beliefs_and_says_which_equilibrium() -> None:
    text = report(HORSE, result_of(hand.horse_equilibria(HORSE)))
    assert part(text, "One\n".strip(), "• {A}").rstrip().splitlines()[:8] == [
        "One",
        "╞═► C  Two",
        "│   ╞═► c  (1, 1, 1)",
        "│   └── d  Three @ third {A} belief 1",
        "│       ├── L  (4, 4, 0)",
        "│       └─► R  (0, 0, 1)",
        "└── D  Three @ third {A} belief 0",
        "    ├── L  (3, 3, 2)",
    ]
    assert_says(text, "the path of a corner of the continuum")
    both = report(TREATY, result_of(hand.separating(TREATY), hand.pooling(TREATY)))
    assert_says(both, "the path of equilibrium 1 of 2 ·")


def test_the_equilibrium_with_beliefs_is_drawn_though_plans_came_first() -> None:
    plan = hand.play(HORSE, {"start": "D", "C": "c", "third": "L"})
    found = [result_of(plan, concept="nash"), result_of(hand.horse_equilibria(HORSE))]
    text = report(HORSE, *found)
    assert_says(text, "╞═► C  Two", "a corner of the continuum (sequential)")


def test_an_equilibrium_is_shown_once() -> None:
    separating, pooling = hand.separating(TREATY), hand.pooling(TREATY)
    reason = "a Committed ally would gain by Treaty if that were believed"
    refined = result_of(
        separating,
        Discarded(pooling, reason, {"gain": F(4)}),
        concept="intuitive-criterion",
    )
    text = report(TREATY, result_of(separating, pooling), refined)
    assert text.count("Adversary @ Treaty  ") == 1
    assert_says(
        text,
        "shown above, sequential 1",
        "Ruled out: one",
        "pooling on No treaty (payoffs 3/5, 8/5) (sequential 2): A Committed ally would gain by "
        "Treaty if that were believed. (gain 4)",
    )


def test_what_no_other_concept_has_shown_is_shown_where_it_is_ruled_out() -> None:
    gone = Discarded(hand.pooling(TREATY), "nobody would believe it")
    text = report(TREATY, result_of(hand.separating(TREATY), gone, concept="d1"))
    assert_says(
        text,
        "Ruled out 1  pooling on No treaty · payoffs Ally 3/5 (0.6), Adversary 8/5 (1.6)",
        "Attack 4/7 to 1",
        "Because: Nobody would believe it.",
    )


def test_a_reason_with_figures_of_its_own_needs_no_others() -> None:
    gone = Discarded(hand.pooling(TREATY), "Committed gains (6 > 2)", {"gain": F(4)})
    text = report(TREATY, result_of(gone, concept="intuitive-criterion"))
    assert_says(text, "Committed gains (6 > 2).")
    assert "(gain 4)" not in text


def test_sets_at_which_anything_goes_say_any() -> None:
    plan = hand.play(HORSE, {"start": "D", "C": "c", "third": "L"}, free=("C",))
    other = hand.horse_equilibria(HORSE)
    text = report(HORSE, result_of(plan, other, concept="nash"))
    (row,) = [line for line in text.splitlines() if line.startswith("Two @ C (not reached)")]
    assert row.split()[-1] == "any"


def test_a_continuum_of_plans_has_no_belief_column() -> None:
    points = tuple(
        hand.play(HORSE, {"start": "C", "C": "c", "third": {"L": left, "R": 1 - left}})
        for left in (F(0), F(1, 4))
    )
    one = Continuum(1, points, (Family(1, (0, 1), hull="realization"),))
    text = report(HORSE, result_of(one, concept="nash"))
    assert "Belief" not in text and "belief" not in text
    assert_says(text, "May vary: Three at third: L with any probability up to 1/4.")


def test_payoffs_that_vary_are_a_range() -> None:
    """One player is indifferent, and her choice moves the other's payoff from 0 to 3."""
    root = Move(0, ("Left", "Right"), (Terminal((1, 0)), Terminal((1, 3))))
    game = build(("One", "Two"), root, lambda state: state)
    points = tuple(hand.assess(game, {"start": side}, {}) for side in ("Left", "Right"))
    one = Continuum(1, points, (Family(1, (0, 1)),))
    text = report(game, result_of(one))
    assert_says(
        text, "payoffs One 1, Two 0 to 3", "May vary: One at the start: Left with any probability."
    )


# What may vary, in detail

D = hand.unknown(HORSE, "belief", "third", "D")
LEFT = hand.unknown(HORSE, "choice", "third", "L")


def continuum(*families: Family) -> Continuum:
    return Continuum(1, hand.horse_equilibria(HORSE).points, families)


def test_where_there_is_no_hull_the_conditions_give_the_ranges() -> None:
    below = Condition(((F(-3), (D,)), (F(1), ())), ">")  # 1 - 3 D > 0
    one = continuum(Family(1, (0,), (below, hand.exactly(LEFT, F(0))), ""))
    varies = Variation(one, HORSE)
    belief = Place("belief", THIRD)
    assert varies.varying == [belief]
    ranges = varies.ranges[0][belief]
    assert ranges == (
        Range(F(0), F(1, 3), open_high=True),
        Range(F(2, 3), F(1), open_low=True),
    )
    assert place_words(HORSE, belief, ranges) == "any belief of D below 1/3"


def test_a_bound_on_the_second_option_is_one_on_the_first() -> None:
    other = hand.unknown(HORSE, "belief", "third", "C > d")
    one = continuum(Family(1, (0,), (hand.at_least(other, F(3, 4)),), ""))
    ranges = Variation(one, HORSE).ranges[0][Place("belief", THIRD)]
    assert ranges == (Range(F(0), F(1, 4)), Range(F(3, 4), F(1)))


def test_conditions_that_tie_probabilities_together_are_told() -> None:
    tied = Condition(((F(1), (D, LEFT)), (F(-1, 12), ())), ">=")
    one = continuum(Family(2, (1, 2), (tied, hand.at_most(D, F(1, 2))), ""))
    (said,) = Variation(one, HORSE).sentences(lambda index: "Three")
    # The solver names the set by the player's name and the set's.
    assert "belief(Three @ third: D) Pr(Three @ third: L) >= 1/12" in said


def test_what_varies_together_is_told_by_its_corners() -> None:
    """A segment along which the choice and the belief both move is not the box they span."""
    one = continuum(Family(1, (0, 2)))
    (said,) = Variation(one, HORSE).sentences(lambda index: "at third")
    assert_says(said, "together: any mixture of", "at third: L 1/4, R 3/4;", "(at third: R;")
    square = Continuum(
        2,
        tuple(
            hand.assess(
                HORSE,
                {"start": "C", "C": "c", "third": {"L": left, "R": 1 - left}},
                {"third": {"D": held, "C > d": 1 - held}},
            )
            for left in (F(0), F(1, 4))
            for held in (F(0), F(1, 3))
        ),
        (Family(2, (0, 1, 2, 3)),),
    )
    (said,) = Variation(square, HORSE).sentences(lambda index: "at third")
    assert "together" not in said


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (0, 1, "any belief of D"),
        (0, F(1, 3), "any belief of D up to 1/3"),
        (F(2, 3), 1, "any belief of D of at least 2/3"),
        (F(1, 4), F(1, 3), "any belief of D from 1/4 to 1/3"),
        (F(1, 3), F(1, 3), "belief of D 1/3"),
    ],
)
def test_ranges_of_a_belief_in_words(low: F, high: F, words: str) -> None:
    ranges = (Range(F(low), F(high)), Range(1 - F(high), 1 - F(low)))
    assert place_words(HORSE, Place("belief", THIRD), ranges) == words


def test_three_options_are_all_given() -> None:
    ranges = (Range(F(0), F(1, 2)), Range(F(1, 4), F(1)), Range(F(0), F(1, 4)))
    shown = range_words(("A", "B", "C"), ranges)
    assert shown == "A 0 to 1/2, B 1/4 to 1, C 0 to 1/4"


# What only trees are asked


def test_correlated_play_lists_its_plans() -> None:
    half = F(1, 2)
    one = Correlated(
        "welfare-best",
        (((0, 0, 1), half), ((1, -1, 0), half)),
        (F(2), F(2), F(3, 2)),
        ((3, half), (5, half)),
    )
    text = report(HORSE, result_of(one, concept="extensive-form-correlated"))
    assert_says(text, "welfare-best · payoffs 2, 2, 3/2", "What happens: ")
    rows = [line for line in text.splitlines() if line.lstrip().startswith("1/2")]
    assert [row.split()[2:] for row in rows] == [
        ["C", "c", "third:", "R"],
        ["D", "nothing", "third:", "L"],
    ]


def test_a_quantal_branch_shows_its_ends_and_its_limit() -> None:
    even = (0.5, 0.5)
    points = tuple(
        (float(k), (even, even, (0.5 - k / 200, 0.5 + k / 200)), 1e-9) for k in range(101)
    )
    limit = hand.horse_equilibria(HORSE).points[0]
    text = report(HORSE, result_of(QuantalPath(points, limit), concept="logit"))
    rows = [line.split() for line in part(text, "─").splitlines()[1:]]
    assert ["0", "0.5", "0.5", "0.5"] in rows and ["100", "0.5", "0.5", "0"] in rows
    assert_says(
        text,
        "of its 101 points",
        "Limit  payoffs One 1, Two 1, Three 1",
        "The limit: One, at the start, chooses C: it brings 1, D 0.",
    )


def test_a_tally_stands_under_the_table() -> None:
    text = report(HORSE, result_of(hand.horse_equilibria(HORSE), Tally(12, "candidates")))
    assert "12 candidates in all." in text


# --explain


def test_trembles_and_rejected_candidates_are_told_on_request() -> None:
    """One trembles to D with probability e, Two to d with 2e: D is believed with 1/3."""
    tremble = Tremble(((0, 1), (0, 1), (0, 0)), ((F(1), F(1)), (F(1), F(2)), (F(1, 4), F(3, 4))))
    one = hand.assess(
        HORSE,
        {"start": "C", "C": "c", "third": {"L": F(1, 4), "R": F(3, 4)}},
        {"third": {"D": F(1, 3), "C > d": F(2, 3)}},
        tremble=tremble,
    )
    found = result_of(one, rejected=("Three takes L: R is better",))
    assert_says(
        report(HORSE, found, explain=True),
        "1: in the limit of mistakes with probabilities near One @ start: D e; Two @ C: d 2 e; "
        "they lead to the beliefs D 1/3, C > d 2/3 at third",
        "Rejected candidates: 1",
        "• Three takes L: R is better",
    )
    longer = replace(tremble, further=(((), ((2, F(-3)),)), None, None))
    text = report(HORSE, result_of(replace(one, tremble=longer)), explain=True)
    assert_says(text, "One @ start: D e - 3 e^2; Two @ C: d 2 e;")
    quiet = report(HORSE, found)
    assert "mistakes" not in quiet and "Rejected" not in quiet


def test_irrational_probabilities_are_told_by_decimals() -> None:
    """L with the probability 1 - 1/sqrt(2), about 0.29289: One gets 3 times that by D."""
    from alliance_games.exact.algebraic import algebraic

    left = algebraic([1, -4, 2], F(0), F(1))  # 2 x^2 - 4 x + 1 = 0
    one = hand.horse_equilibria(HORSE).points[0]
    mixed = (left, 1 - left)
    odd = replace(one, choices=(*one.choices[:2], mixed), payoffs=(3 * left, F(1), F(1)))
    text = report(HORSE, result_of(odd), width=80)
    assert_says(
        text,
        "L ≈0.29289 (root of 2x^2 - 4x + 1)",
        "payoffs One ≈0.87868",
        "chooses C: it brings 1, D ≈0.87868",
    )
    text = report(HORSE, result_of(Continuum(1, (one, odd), (Family(1, (0, 1)),))))
    assert_says(text, "L with any probability up to ≈0.29289", "L 0 to ≈0.29289")
